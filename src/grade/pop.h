/* pop.h - population statistics over columns: what a value is worth among its peers.
 *
 * Pure functions on arrays; no rules, no rows' identity. Every function works on one numeric column
 * of Cells (intervals at a static scale) and a peer-group number per row. The population of a group
 * is its *definite* members (lo == hi); a row with an interval is placed at both ends against that
 * population (all functions are monotone in the row's own value), an unbounded end gives the
 * function's bound; unknown rows count for nobody. Ties and order never depend on row order.
 * All sums are exact; each result is rounded once, half up, to `to` decimals (grade/README.md has
 * the formulas). Cost: one sort per group, O(n log n) (Copeland O(n^2 k)).
 *
 * Where the definition leaves a choice:
 *   - a group below min_group uses everybody, rows in no group included;
 *   - positions (percentile) count the row itself: an interval row is one more among its peers;
 *   - nobody to compare with: GROUP_COUNT and GROUP_SUM 0, BORDA 0, the percentile of one; MINMAX
 *     with a given bound [0, 1]; else unknown; IMPUTE and UNSKEW leave the row as it is;
 *   - TO_MAX with a maximum of 0 is unknown; MINMAX without a range and ZSCORE without deviation
 *     are 0; GROUP_SD of one is unknown (of all: 0).
 */
#ifndef GECI_GRADE_POP_H
#define GECI_GRADE_POP_H

#include "base/base.h"
#include "rule/expr.h"

struct arena;

struct pop_in {
    const Cell *x; /* row_n */
    uint32_t row_n;
    const uint32_t *group; /* row_n group numbers < group_n; UINT32_MAX: the row is in no group
                              (unknown key) and gets unknown, or IMPUTE's own value. NULL: all
                              are one group */
    uint32_t group_n;
    int scale, to; /* of x; of the result */
    enum op op;    /* OP_PERCENTILE .. OP_BOARD */
    enum pop_method method;
    uint32_t min_group; /* smaller groups (definite members) use everybody */
    bool ascending;
    uint32_t quota_e6;   /* OP_BOARD: taken off each rank, in millionths */
    const Cell *lo, *hi; /* given bounds (at `scale`), or NULL */
    bool winsorised;     /* MINMAX without bounds, min_group 0: as if WINSOR with these shares had
                            been there first, arg[0] <= arg[1], its results at `mid` */
    int mid;             /* >= scale */
    Wide arg[3];         /* WINSOR: shares at 12 decimals; UNSKEW: skew, kurtosis at 12, count;
                              GROUP_QUANTILE: share at 12 */
};

/* Fills out[row_n]. ERR_INPUT: overflow, *bad_row is the first row that has it. */
NODISCARD enum status pop_apply(struct arena *tmp, Cell *out, const struct pop_in *in,
                                uint32_t *bad_row);

/* Copeland: won less lost duels over n - 1. A duel of two subjects goes to the one whose better
 * indicators weigh more; a subject alone gets 0. ERR_LIMIT: too many rows; ERR_INPUT: the weights
 * do not add up in a Wide. */
enum { COPELAND_ROWS_MAX = 20000 };
struct copeland_in {
    const Cell *const *x; /* k columns of row_n */
    const Wide *weight;   /* k, all at one scale */
    uint32_t k, row_n;
    const uint32_t *group; /* as in pop_in */
    int to;
    const uint32_t *only; /* the one row that is asked for, the others' cells are left; NULL: all */
};
NODISCARD enum status pop_copeland(struct arena *tmp, Cell *out, const struct copeland_in *in);

/* Ranks (OP_RANK) and shares of the board, (rank - quota) / number ranked (OP_BOARD), of interval
 * scores: best = 1 + number surely better, worst = 1 + number possibly better (ties by method, see
 * pop_rank.c). Rows unbounded on a side are not ranked (unknown) and count for nobody; all others
 * count, definite or not. pop_apply comes here for both. */
void pop_rank_intervals(struct arena *tmp, Cell *out, const struct pop_in *in);

#endif
