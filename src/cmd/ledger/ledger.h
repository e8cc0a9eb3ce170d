/* ledger.h - what the verbs `ledger ..` share: one act of the store, operations in it. */
#ifndef GECI_CMD_LEDGER_H
#define GECI_CMD_LEDGER_H

#include "cmd/store/store.h"
#include "ledger/ledger.h"

struct desk {
    struct cli *c;
    struct store store;
    struct ledger ledger;
    struct arena *tmp;
    Day today;
    int64_t op_n;
};

/* Opens the store and an act; 0 when all is well. */
int desk_open(struct cli *c, struct desk *d);
/* One operation: `op` without client (then it has none of its own), day and person. A refusal is
 * told, the act undone and the desk closed. */
int desk_do(struct desk *d, struct ledger_op *op, struct ledger_done *done);
int desk_commit(struct desk *d, Str object);
/* Undoes the act and closes. */
int desk_fail(struct desk *d, enum status st);

/* `单价=2000;起付=10;封顶=50万元;预算=3000万元` onto *t; an exit code. */
struct simulate_terms;
int settle_terms(struct cli *c, Str text, struct simulate_terms *t);

/* The operand as an id; an exit code. */
int ledger_id_operand(struct cli *c, int64_t *out);

#endif
