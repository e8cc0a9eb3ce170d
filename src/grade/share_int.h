/* share_int.h - k * one / den for many k and one den, rounded half up, without a division.
 *
 *     factor = floor(one * 2^shift / den)       k < 2^shift, so factor gives a quotient that is
 *     q = k * factor >> shift                   right or 1 too small; the remainder, below 2 den,
 *     r = k * one - q * den                     tells which, and how to round
 *
 * Exact: r is known modulo 2^64, and 2 den < 2^64. Cost: three multiplications.
 */
#ifndef GECI_GRADE_SHARE_INT_H
#define GECI_GRADE_SHARE_INT_H

#include "base/base.h"

struct share {
    uint64_t factor, one, den, up; /* up: the least remainder that rounds up */
    int shift;                     /* 1 .. 63 */
};

/* Shares of k <= most. False: these numbers are too large. den > 0. */
static inline bool share_open(struct share *s, uint64_t one, uint64_t den, uint64_t most)
{
    const uint64_t limit = (uint64_t)1 << 62;
    int bits = most == 0 ? 1 : 64 - __builtin_clzll(most);
    if (den == 0 || one >= limit || den >= limit || bits > 62)
        return false;
    UWide factor = ((UWide)one << bits) / den;
    *s = (struct share){(uint64_t)factor, one, den, den - den / 2, bits};
    return factor >> 63 == 0 && ((UWide)most * one) / den < limit;
}

static inline uint64_t share_of(const struct share *s, uint64_t k)
{
    UWide product = (UWide)k * s->factor;
    uint64_t q = (uint64_t)(product >> 64) << (64 - s->shift) | (uint64_t)product >> s->shift;
    uint64_t r = k * s->one - q * s->den;
    return q + (r >= s->up) + (r >= s->den + s->up);
}

#endif
