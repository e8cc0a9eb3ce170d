/* pop.h - population statistics over columns: what a value is worth among its peers.
 *
 * Pure functions on arrays; no rules, no rows' identity. Every function works on one numeric column
 * of Cells (intervals at a static scale) and a peer-group number per row. The population of a group
 * is its *definite* members (lo == hi); a row with an interval is placed at both ends against that
 * population (all functions are monotone in the row's own value), an unbounded end gives the
 * function's bound; unknown rows count for nobody. Ties and order never depend on row order.
 * Quotients are rounded half-up to `to` decimals. Cost: one sort per group, O(n log n) (Copeland
 * O(n^2 k)).
 */
#ifndef GECI_GRADE_POP_H
#define GECI_GRADE_POP_H

#include "base/base.h"
#include "rule/expr.h"

struct arena;

struct pop_in {
    const Cell *x;         /* row_n */
    uint32_t row_n;
    const uint32_t *group; /* row_n group numbers < group_n; UINT32_MAX: the row is in no group
                              (unknown key) and gets unknown */
    uint32_t group_n;
    int scale, to;         /* of x; of the result */
    enum op op;            /* OP_PERCENTILE .. OP_BOARD */
    enum pop_method method;
    uint32_t min_group;    /* smaller groups (definite members) use everybody */
    bool ascending;
    const Cell *lo, *hi;   /* given bounds (at `scale`), or NULL */
    Wide arg[3];           /* WINSOR: shares at 12 decimals; UNSKEW: skew, kurtosis at 12, count;
                              GROUP_QUANTILE: share at 12 */
};

/* Fills out[row_n]. ERR_LIMIT: too many rows for Copeland; ERR_INPUT: overflow, *bad_row says where. */
NODISCARD enum status pop_apply(struct arena *tmp, Cell *out, const struct pop_in *in,
                                uint32_t *bad_row);

/* Copeland: k indicator columns with weights (same scale each), see OP_AGG_COPELAND. */
enum { COPELAND_ROWS_MAX = 20000 };
NODISCARD enum status pop_copeland(struct arena *tmp, Cell *out, const Cell *const *x, const Wide *w,
                                   uint32_t k, uint32_t row_n, const uint32_t *group, int to);

/* Ranks of interval scores: best = 1 + number surely better, worst = 1 + number possibly better
 * (ties by method). Rows unbounded on a side are not ranked (unknown) and count for nobody. */
void pop_rank_intervals(struct arena *tmp, Cell *out, const struct pop_in *in);

#endif
