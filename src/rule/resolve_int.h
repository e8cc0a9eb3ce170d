/* resolve_int.h - shared by resolve.c (names, tables, items) and resolve_op.c (operators). */
#ifndef GECI_RULE_RESOLVE_INT_H
#define GECI_RULE_RESOLVE_INT_H

#include "rule/build_int.h"

enum { ITEM_NEW, ITEM_OPEN, ITEM_DONE, ITEM_FAILED };
enum { RESOLVE_DEPTH_MAX = 3000 }; /* frames of resolve_expr, items included */

struct resolver {
    struct builder *b;
    uint8_t *state; /* by item */
    uint32_t order_n;
    uint32_t current; /* item being resolved */
    int depth;
};

bool resolve_expr(struct resolver *rs, struct expr *e);
bool resolve_op(struct resolver *rs, struct expr *e);

/* Each reports what does not hold and returns whether it does. */
bool want_kind(struct resolver *rs, const struct expr *e, enum type_kind k);
bool want_plain(struct resolver *rs, const struct expr *e, Str who);
bool want_weights(struct resolver *rs, const struct expr *e); /* x1 w1 x2 w2 .. */
bool unify_all(struct resolver *rs, Type *into, struct expr **e, uint32_t n, uint32_t step);
/* Decimals of a quotient or function: the document's, or more if an operand has more. */
uint8_t working(const struct resolver *rs, const struct expr *a, const struct expr *b);

#endif
