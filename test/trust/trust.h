/* trust.h - what the checks of test/trust have in common.
 *
 *     trust_NAME [--seed N] [--n N] [--full] [--canary] [--only sqlite|postgres]
 *
 * Each prints its figures and `N passed, N failed`. With --canary it runs with a defect planted and
 * must find it: then it says so and counts as one that passed.
 */
#ifndef GECI_TEST_TRUST_H
#define GECI_TEST_TRUST_H

#include "audit/verify.h"
#include "base/base.h"
#include "base/diag.h"
#include "db/db.h"
#include "test/help/folder.h"

struct arena;

struct trust {
    const char *name;
    uint64_t seed, state;
    int64_t n; /* of --n; 0: not given */
    bool full, canary;
    const char *only; /* of --only; NULL: both databases (oom: all verbs) */
    int64_t passed, failed;
    int64_t started_ms;
};

void trust_begin(struct trust *t, const char *name, int argc, char **argv);
/* Does it run on this database, `sqlite` or `postgres`? */
bool trust_on(const struct trust *t, const char *database);
/* How many: --n, or one of these. */
int64_t trust_n(const struct trust *t, int64_t quick, int64_t full);
void trust_seed(struct trust *t, uint64_t seed);
uint64_t trust_next(struct trust *t);
uint64_t trust_below(struct trust *t, uint64_t n);
/* Counts; what failed is printed, the first dozen. */
bool trust_check(struct trust *t, bool ok, const char *fmt, ...) PRINTF_LIKE(3, 4);
/* Seconds so far. */
double trust_seconds(const struct trust *t);
int trust_end(struct trust *t); /* the exit code */
/* Runs `on` with a new store on each database that there is and --only does not leave out; ends. */
int trust_each(struct trust *t, void (*on)(struct trust *t, const char *name, Str url));

/* A store being written to. */
struct work {
    struct arena *a;
    struct diags ds;
    struct db *db;
    struct db_conn *w;
};

#define WORK_COUNTY S("320582")

/* With a VFS the log is copied back every few acts. */
NODISCARD enum status work_open(struct work *k, Str url, const char *vfs);
void work_close(struct work *k);
/* What `does` writes, kept; or nothing of it, where it fails. */
NODISCARD enum status work_do(struct work *k, enum status (*does)(struct work *k, void *arg),
                              void *arg);
/* One act with a sealed row, whose token is in its body and in the row. *no is its number. */
NODISCARD enum status work_write(struct work *k, int64_t token, int64_t *no);

/* What somebody finds who opens the store later. */
struct look {
    enum status opened, verified;
    size_t wrong;    /* diagnostics */
    int64_t acts;    /* of WORK_COUNTY */
    int64_t *token;  /* of each act from 1; on the arena */
    char said[4096]; /* the diagnostics in words */
};
void look(struct arena *a, struct look *out, Str url, const char *vfs, const struct audit_asked *q);

/* A new folder, gone with work_folder_end. */
void work_folder(char out[FOLDER_N]);
void work_folder_end(const char *folder);

#endif
