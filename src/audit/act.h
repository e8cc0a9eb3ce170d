/* act.h - everything that changes the store is somebody's act, and acts form a chain.
 *
 *     db_begin -> act_begin -> statements .. -> act_end -> db_commit
 *
 * Rows that an act adds to sealed tables carry its county, its number and n = 0, 1, 2 .. for each
 * table. They are digested as they are written (db/seal.c), or by act_end as they stand in the
 * store where that is something else. It writes the act's own row with the hash of the act before:
 * an effect and its record are committed together or not at all.
 *
 *     seals   a line `table rows digest` for each sealed table it wrote to, as in schema/;
 *             the digest is over all columns of the rows, in the order of schema/
 *     hash    over "geci-act-1" county act at_us actor verb object body seals prev, each a field
 *             of crypto/digest.h, numbers in decimal
 *
 * Acts of one county follow one another: act_begin waits for the transaction before it.
 */
#ifndef GECI_AUDIT_ACT_H
#define GECI_AUDIT_ACT_H

#include "base/base.h"
#include "crypto/digest.h"

struct arena;
struct db_conn;

struct act {
    struct db_conn *conn;
    struct arena *arena; /* scratch until act_end */
    Str county;
    int64_t no; /* 1, 2, 3 .. in the county */
    int64_t at_us;
    Digest prev;
    enum digest_by by, next_by; /* hashes this act, and those after it */
};

/* What an act was: who did what to what, and a JSON object with the rest. */
struct act_words {
    Str actor, verb, object, body;
};

/* Within a transaction of a writing connection. `at_us`: now, microseconds since 1970 UTC. */
NODISCARD enum status act_begin(struct act *a, struct db_conn *c, struct arena *tmp, Str county,
                                int64_t at_us);
NODISCARD enum status act_end(struct act *a, const struct act_words *w);

/* A county's first act, or a change of its name or of the digest that later acts use. */
NODISCARD enum status act_county(struct act *a, Str name, enum digest_by by);

/* The parts of a chain, as its verifier needs them too. */
struct act_row {
    int64_t act, at_us, hash_by;
    Str actor, verb, object, body, seals, prev;
};
Digest act_hash(struct digest *d, Str county, const struct act_row *row);
struct db_seal_row;
/* Adds a row to the digest of its act and table. */
void act_seal_row(struct digest *d, const struct db_seal_row *row);

#endif
