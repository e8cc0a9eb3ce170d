/* make.h - building expression nodes by hand: what score forms, weights and gates become. */
#ifndef GECI_RULE_MAKE_H
#define GECI_RULE_MAKE_H

#include "base/arena.h"
#include "rule/expr.h"

struct expr *make_expr(struct arena *keep, enum expr_kind kind, Span span);
struct expr *make_num(struct arena *keep, Dec value, Span span);
struct expr *make_int(struct arena *keep, int64_t n, Span span);
struct expr *make_truth(struct arena *keep, enum truth t, Span span);
struct expr *make_unknown_num(struct arena *keep, Span span);
struct expr *make_name(struct arena *keep, Str name, Span span);
struct expr *make_field(struct arena *keep, uint32_t field, Span span);
struct expr *make_item(struct arena *keep, uint32_t item, Span span);
/* Operators with one, two or three operands; op(..) over a list. */
struct expr *make_op1(struct arena *keep, enum op op, struct expr *a);
struct expr *make_op2(struct arena *keep, enum op op, struct expr *a, struct expr *b);
struct expr *make_op3(struct arena *keep, enum op op, struct expr *a, struct expr *b,
                      struct expr *c);
struct expr *make_opn(struct arena *keep, enum op op, struct expr **arg, uint32_t arg_n, Span span);
struct expr *make_round(struct arena *keep, struct expr *x, uint8_t digits, enum rounding how);
/* -c or c as a constant number? Then *m at *scale. */
bool expr_const_num(const struct expr *e, Wide *m, int *scale);

#endif
