/* pop_move.h - one subject moves and all others stay: what does a population function give it?
 *
 *     stand   a column and its groups, as they are        sorted group by group, when first asked
 *     move    one row, its group and its cell: before -> after
 *
 * The same, cell for cell, as the function over the column with that one row changed, at the cost
 * of a few binary searches. A group that is met for the first time is sorted, and kept on `keep`.
 * UNSKEW looks at all of the group each time. Not for Copeland.
 * Threads: a stand one at a time.
 */
#ifndef GECI_GRADE_POP_MOVE_H
#define GECI_GRADE_POP_MOVE_H

#include "col/vec.h"
#include "grade/pop.h"

/* The rows of each group, for all functions over the same groups. */
struct crowd;
struct crowd *crowd_of(struct arena *keep, const uint32_t *group, uint32_t group_n, uint32_t row_n);

/* The rows of group g, in order. */
const uint32_t *crowd_rows(const struct crowd *c, uint32_t g, uint32_t *n);

struct stand;
/* in->x is not read, in->group, group_n and row_n are those of the crowd. All is borrowed. */
struct stand *stand_open(struct arena *keep, const struct pop_in *in, const struct vec *x,
                         const struct crowd *c);

#define STAND_ALONE    (UINT32_MAX - 1) /* a group that nobody else is in */
#define STAND_NO_GROUP UINT32_MAX       /* a key is not known */

struct move {
    uint32_t from, to; /* groups; `from` is none but STAND_ALONE */
    Cell was, is;
};
/* False: overflow. */
NODISCARD bool stand_move(Cell *out, struct stand *s, const struct move *m);

#endif
