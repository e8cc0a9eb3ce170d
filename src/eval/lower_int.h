/* lower_int.h - from expressions to nodes.
 *
 *     plan.c         items in order, phases            plan_lower.c  one expression at one shift
 *     plan_node.c    hash-consing, folding             plan_span.c   functions over periods
 *     plan_table.c   decision tables, choices          plan_pop.c    population steps
 *     plan_agg.c     aggregation of children
 *
 * What a function cannot do is noted in `status` (with a diagnostic) and it returns an unknown
 * constant, so that callers need not look; plan_build does, once.
 */
#ifndef GECI_EVAL_LOWER_INT_H
#define GECI_EVAL_LOWER_INT_H

#include "base/decimal.h"
#include "eval/cell.h"
#include "eval/plan_int.h"

struct diags;

/* How far from the period of evaluation an expression is looked at. */
typedef struct Shift {
    int year, quarter;
} Shift;

struct lower {
    struct arena *keep;
    struct plan *plan;
    struct diags *ds;
    enum status status;
    uint32_t *slot; /* hash-consing: node + 1 */
    size_t slot_n;
    int depth;
    Str name; /* of the item being lowered, for messages */
};

/* Nodes. A node with constant arguments is folded into a constant. */
uint32_t node_const(struct lower *l, enum type_kind kind, int scale, Cell value);
uint32_t node_unknown(struct lower *l, enum type_kind kind, int scale);
uint32_t node_number(struct lower *l, int64_t value); /* scale 0 */
/* `like` gives op, kind, scale and what the op needs besides arguments. */
uint32_t node_add(struct lower *l, struct node like, const uint32_t *arg, uint32_t arg_n);
uint32_t node_1(struct lower *l, struct node like, uint32_t a);
uint32_t node_2(struct lower *l, struct node like, uint32_t a, uint32_t b);
uint32_t node_3(struct lower *l, struct node like, uint32_t a, uint32_t b, uint32_t c);
/* The truth node `op` of two arguments. */
uint32_t node_truth(struct lower *l, enum node_op op, uint32_t a, uint32_t b);
/* The same number with `scale` decimals, half-up; other kinds are left alone. */
uint32_t node_rescale(struct lower *l, uint32_t n, int scale, enum rounding how);
/* condition ? yes : no, brought to one scale. */
uint32_t node_if(struct lower *l, uint32_t condition, uint32_t yes, uint32_t no);
/* op (ADD SUB MAX MIN) at the larger of the scales. */
uint32_t node_even(struct lower *l, enum node_op op, uint32_t a, uint32_t b);
const struct node *node_at(const struct lower *l, uint32_t n); /* until the next node is made */
bool node_is_const(const struct lower *l, uint32_t n);
bool node_is_truth(const struct lower *l, uint32_t n, enum truth t); /* constantly so */

/* An expression: at its own type's scale. */
uint32_t lower_expr(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_scaled(struct lower *l, const struct expr *e, Shift at, int scale);
uint32_t lower_table(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_choice(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_equal(struct lower *l, uint32_t a, uint32_t b);
uint32_t lower_compare(struct lower *l, enum op op, uint32_t a, uint32_t b);
uint32_t lower_span(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_agg(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_pop(struct lower *l, const struct expr *e, Shift at);
uint32_t lower_impute(struct lower *l, const struct field *f, uint32_t x, Shift at);
/* Notes PLAN-LARGE; returns an unknown number. */
uint32_t lower_too_large(struct lower *l);

#endif
