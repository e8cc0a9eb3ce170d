/* pop_column.h - population functions over narrow columns: pop_apply at the speed of the memory.
 *
 * The same results as pop_apply, cell for cell. Definite rows go through 64-bit kernels, a few
 * passes over the column; rows that are not are worked out one by one (all unknown ones of a group
 * once), except ranks, which take intervals at full speed. Where a number would leave 64 bits the
 * whole column goes the way of pop_apply, and the result is a column of Cells.
 *
 * Cost: positions are sorted group by group, 5 to 20 ns a row; ranges, shares and clamps 3 to 8.
 * Memory while it runs: 8 to 32 bytes a row, 160 a group.
 */
#ifndef GECI_GRADE_POP_COLUMN_H
#define GECI_GRADE_POP_COLUMN_H

#include "col/vec.h"
#include "grade/pop.h"

/* The rows of each group, counted once for all steps that share their keys. */
struct peer_order;
struct workers;
/* group[row] < group_n, or UINT32_MAX: in no group. NULL: all are one group. Borrowed. */
struct peer_order *peer_order_open(struct arena *keep, const uint32_t *group, uint32_t group_n,
                                   uint32_t row_n);

/* Is there anything to win? False: not for this function, or not for such a column; make Cells of
 * it and call pop_apply. */
bool pop_column_can(const struct pop_in *in, const struct vec *x);
/* What rows get, as narrow as it can be; where all rows without a figure get the same, that is a
 * `blank`. All figures and finite ends lie in [least, most], which has 0, unless it is a column of
 * Cells. */
struct pop_out {
    struct vec column;
    Wide least, most;
    uint32_t bad_row; /* ERR_INPUT: the first row that overflows */
};
/* in->x, group, group_n, row_n are not read. The column is made on `keep`. `w` may place groups
 * side by side; NULL: none does. ERR_INPUT: overflow. */
NODISCARD enum status pop_column(struct arena *keep, struct pop_out *out, const struct pop_in *in,
                                 const struct vec *x, const struct peer_order *order,
                                 struct workers *w);

#endif
