/* verify.h - is the store what its acts made it?
 *
 *     act      1  2  3  4 ..       numbered without a gap, each hashed with the hash before it
 *     seals    |  |     |
 *     tables   ## #     ####       every row belongs to an act that sealed it
 *
 * One pass: acts in order, and beside them a cursor on each sealed table, so that every row of
 * every table is read once and memory does not grow. Then what is derived is derived again (by the
 * statements `-- derived:` of src/db/sql, or by code), contents are hashed, signatures checked.
 *
 * The chain alone shows what was changed by somebody who did not go on to compute every later hash
 * anew. Anchors, kept elsewhere, show the rest: up to the last of them nothing can have changed.
 */
#ifndef GECI_AUDIT_VERIFY_H
#define GECI_AUDIT_VERIFY_H

#include "audit/anchor.h"
#include "base/diag.h"

struct act_row;
struct db_seal_row;

/* A derived table that no statement can make: its owner compares. What is wrong goes to `ds`. */
struct audit_derived {
    const char *table;
    enum status (*check)(struct db_conn *c, struct arena *tmp, struct diags *ds);
};

struct audit_asked {
    const struct anchor *anchor;
    size_t anchor_n;
    const SignKey *key; /* whose signatures count; NULL: anybody's */
    const struct audit_derived *derived;
    size_t derived_n;
    void (*tick)(void *ctx, int64_t acts, int64_t rows); /* now and then; or NULL */
    void *ctx;
};

/* The chain of one county. */
struct audit_chain {
    Str county;
    int64_t acts, last, last_us;   /* the number and the time of the last one */
    int64_t anchored, anchored_us; /* the last act that a good anchor vouches for; 0: none */
    int64_t bad, bad_us;           /* the first act that something is wrong with; 0: none */
};

struct audit_found {
    struct audit_chain *chain;
    size_t chain_n, chain_cap;
    int64_t acts, rows, signatures, anchors;
};

/* In a transaction of its own. OK even when things are wrong: they are in `ds` as errors. */
NODISCARD enum status audit_verify(struct db_conn *c, struct arena *keep, struct audit_found *out,
                                   const struct audit_asked *q, struct diags *ds);

/* Is `table` one that a verification covers, but for those derived by code? */
bool audit_covers(Str table);

#endif
