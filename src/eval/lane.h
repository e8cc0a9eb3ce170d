/* lane.h - the inner loops: one operation on one narrow type over the definite rows of a chunk.
 *
 *     out[i] = op(a[i], b[i], k)       i < n
 *
 * A lane never overflows: whoever selects it has proved that every definite row's result fits the
 * type (code_range.c). Rows that are not definite are computed too, on whatever stands there, and
 * thrown away; arithmetic is therefore done unsigned, where wrapping is defined.
 * Truths are int8_t, TRUTH_MET being 1. `out` overlaps no argument.
 */
#ifndef GECI_EVAL_LANE_H
#define GECI_EVAL_LANE_H

#include "col/vec.h"

/* k[0], k[1]: figures known when the code is made. */
typedef void (*lane_fn)(void *restrict out, const void *restrict a, const void *restrict b,
                        const void *restrict c, const int64_t *k, uint32_t n);

enum lane {
#define LANE(id, comment) LANE_##id,
#include "eval/lane_list.h"
#undef LANE
    LANE_N
};

/* NULL where no code selects it: lane_list.h */
extern const lane_fn lane_of[LANE_N][VEC_CELL];

/* A step function: out = value[j] for the last j with x >= from[j] (from[0] is not looked at). */
struct steps {
    uint32_t n;
    const int64_t *from, *value;
};
typedef void (*steps_fn)(void *restrict out, const void *restrict x, const struct steps *s,
                         uint32_t n);
/* [type of x][type of out] */
extern const steps_fn steps_of[VEC_CELL][VEC_CELL];

#endif
