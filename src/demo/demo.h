/* demo.h - a county to try things on: fills a new store through the layers that officers use.
 *
 * How many there are of each kind is as in Zhangjiagang; all else is made up from a seed and says
 * so (示例). The same seed gives the same store: facts, snapshots, results and, but for what a
 * database adds and the salts of passwords, every byte. Its acts are dated from January 2024 to
 * May 2026.
 */
#ifndef GECI_DEMO_DEMO_H
#define GECI_DEMO_DEMO_H

#include "base/base.h"
#include "base/diag.h"

struct access;
struct db_conn;
struct workers;

/* Of every account of the demonstration: known to all, so never on a store with real data. */
#define DEMO_PASSWORD "geci-shili-2026"

/* What is being done: for those who wait. */
enum demo_stage {
    DEMO_KINDS,
    DEMO_REGISTERS, /* of a year: who there is */
    DEMO_FIGURES,   /* of a year: what was reported */
    DEMO_RUNS,      /* of a year */
    DEMO_MONEY,     /* of a year: points and grants */
    DEMO_ACCOUNTS,
    DEMO_CASES,
    DEMO_STAGE_N
};

struct demo_opts {
    uint64_t seed;
    int percent;                   /* of the county's size: 1 to 100 */
    Str (*file)(const char *path); /* a file of the project, such as packs/zhangjiagang/区镇.md */
    void (*tell)(void *ctx, enum demo_stage stage, int year); /* or NULL */
    void *ctx;
    struct workers *workers; /* for runs; or NULL */
    struct access *access;   /* gives the accounts their passwords; NULL: they have none */
};

struct demo_counts {
    int64_t towns, firms, scored, experts, platforms, carriers, institutes, leads, needs, results;
    int64_t acts, lines, facts, marks, runs, accounts, cases;
    int64_t money_ops;
    int64_t payment, joint; /* of points, and of a grant of two levels: numbers to trace */
    int64_t corrected;      /* the run that an appeal led to */
    Str appealed;           /* who appealed; on the arena of the diagnostics */
};

/* Into a store without the county (ERR_INPUT, and nothing is done); a transaction for each act. On
 * failure the last one is undone, and the store is of no use. Errors are those of record.h and
 * run.h. */
NODISCARD enum status demo_fill(struct db_conn *c, Str county, const struct demo_opts *o,
                                struct demo_counts *out, struct diags *ds);

#endif
