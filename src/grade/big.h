/* big.h - exact signed integers for moments: nothing is rounded before the end.
 *
 * The skewness of a column is a quotient of sums of cubes: with 37-digit values and millions of
 * rows about 1,000 bits. A Big holds BIG_LIMBS * 64 = 1,408 bits on the stack; a result that does
 * not fit is our bug (ASSERT), which the bounds in grade/pop_stat.c rule out. No allocation, no
 * state.
 * Cost: add is linear, multiply quadratic in the limbs in use.
 */
#ifndef GECI_GRADE_BIG_H
#define GECI_GRADE_BIG_H

#include "base/base.h"

enum { BIG_LIMBS = 22 };

typedef struct Big {
    uint64_t limb[BIG_LIMBS]; /* magnitude, least first; only the first n are set */
    uint32_t n;               /* no leading zero limb; zero has none and is not negative */
    bool neg;
} Big;

Big big_of(Wide x);
Big big_add(const Big *a, const Big *b);
Big big_sub(const Big *a, const Big *b);
Big big_mul(const Big *a, const Big *b);
Big big_times(const Big *a, Wide b); /* a * b */
Big big_pow10(int n);                /* 0 <= n <= 76 */
int big_cmp(const Big *a, const Big *b);
static inline bool big_is_zero(const Big *a)
{
    return a->n == 0;
}

/* *out = num / den rounded half away from zero; den > 0. False: beyond WIDE_MAX. */
NODISCARD bool big_quotient(Wide *out, const Big *num, const Big *den);
/* *out = sqrt(num / den) rounded half up; num >= 0, den > 0. False: beyond WIDE_MAX. */
NODISCARD bool big_sqrt_quotient(Wide *out, const Big *num, const Big *den);

#endif
