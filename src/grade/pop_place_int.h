/* pop_place_int.h - positions of whole groups of figures: PERCENTILE, BORDA, RANK, BOARD.
 *
 * Each call replaces the figures of one group by what the function gives them, in place.
 * Cost: counting where the spread is of the size of the group, else a radix sort; then a division
 * for each distinct figure.
 */
#ifndef GECI_GRADE_POP_PLACE_INT_H
#define GECI_GRADE_POP_PLACE_INT_H

#include "grade/pop_int.h"
#include "grade/share_int.h"

struct placing {
    const struct pop_in *in;
    uint64_t one;      /* 10^to */
    uint64_t *scratch; /* room for two words a figure of the largest group */
    uint32_t *count;   /* by distance from the least, and what each gets */
    int64_t *table;
    /* of the group at hand */
    uint32_t n, distinct; /* distinct figures; for dense ranks only */
    struct share share;
};
/* For groups of at most `most` figures. False: results would not fit 62 bits. */
NODISCARD bool place_open(struct arena *tmp, struct placing *p, const struct pop_in *in,
                          uint32_t most);
/* f->at is replaced; `sorted`, if it was made, stays. */
void place_group(struct placing *p, struct figures *f);
/* Ranks of intervals: lo->at and hi->at become best and worst place. Both have the same least and
 * most, those of all ends. */
void place_intervals(struct placing *p, struct arena *tmp, struct figures *lo, struct figures *hi);

/* The value of a rank, given twice the number before it. */
int64_t place_rank(const struct placing *p, uint64_t twice_before);

#endif
