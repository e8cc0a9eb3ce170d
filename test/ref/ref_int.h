/* ref_int.h - the reference interpreter's parts, see ref.c. */
#ifndef GECI_TEST_REF_INT_H
#define GECI_TEST_REF_INT_H

#include "base/decimal.h"
#include "base/diag.h"
#include "eval/eval.h"

/* Whose value, and how far back. */
struct at {
    uint32_t row;
    int years, quarters; /* <= 0 of the evaluation period, or beyond where a year is named */
};

struct ref {
    struct arena *keep;
    const struct rules *r;
    const struct dataset *d;
    Day as_of;
    int period;
    struct diags *ds;
    struct memo *memo;
    uint32_t item;      /* being evaluated, for messages */
    enum status status; /* the first error stays, values after it mean nothing */
};

/* The value of e at its own scale; a number with `scale` decimals, rounded half up. */
Cell ref_eval(struct ref *f, const struct expr *e, struct at at);
Cell ref_number(struct ref *f, const struct expr *e, struct at at, int scale);
/* e for all rows (row_n), at the shifts of `at`; computed once. */
const Cell *ref_column(struct ref *f, const struct expr *e, struct at at);
Cell ref_fail(struct ref *f, enum diag_code code, uint32_t row);
bool ref_missing(Type t, Cell c);

/* ref_num.c: intervals at explicit scales */
Cell num_rescale(struct ref *f, struct at at, Cell a, int from, int to, enum rounding how);
Cell num_add(struct ref *f, struct at at, Cell a, Cell b);
Cell num_neg(Cell a);
struct scales {
    int a, b, to;
};
Cell num_mul(struct ref *f, struct at at, Cell a, Cell b, struct scales s);
Cell num_div(struct ref *f, struct at at, Cell a, Cell b, struct scales s, enum rounding how);
Cell ref_op(struct ref *f, const struct expr *e, struct at at); /* arithmetic and functions */
Cell ref_aggregate(struct ref *f, const struct expr *e, struct at at);
Cell ref_power(struct ref *f, struct at at, Cell x, Cell y, struct scales s);

/* ref_pop.c, ref_span.c */
Cell ref_pop(struct ref *f, const struct expr *e, struct at at);
Cell ref_span(struct ref *f, const struct expr *e, struct at at);
/* The gap of a field with the mean or median of its peers; x are the figures of all rows. */
Cell ref_impute(struct ref *f, const struct field *fd, const Cell *x, enum op op, struct at at);
Cell ref_field(struct ref *f, uint32_t field, struct at at);

static inline bool is_definite(Cell c)
{
    return c.lo == c.hi;
}

static inline bool is_unbounded(Wide v)
{
    return v == WIDE_INF || v == -WIDE_INF;
}

#endif
