/* digits.h - bare numbers of at most eight characters, DIGITS_N at once.
 *
 *     "6443.72"   chars = '?6443.72' (last character highest)   bits = 56
 *     figure = 644372 * times[2]
 *
 * A cell of a plain file is four or five bytes: time goes into branches that cannot be foretold, so
 * there are none, and numbers stand side by side in a vector. What is no bare number is said to be
 * odd and not read. Cost: about 6 cycles a number on processors with AVX2, 13 without.
 */
#ifndef GECI_BASE_DIGITS_H
#define GECI_BASE_DIGITS_H

#include "base/base.h"

enum { DIGITS_N = 64, DIGITS_DECIMALS = 8 };

/* What a number means. */
struct digits_as {
    int64_t least, most;             /* figures outside are odd */
    uint32_t times[DIGITS_DECIMALS]; /* of the last of so many decimals; 0: such numbers are odd */
};

struct digits {
    uint64_t chars[DIGITS_N]; /* the cell at the high end; below it, anything */
    uint64_t bits[DIGITS_N];  /* how many of them are the cell; more than 64: all and more */
    int64_t figure[DIGITS_N]; /* 0 of no bits */
    uint64_t blank, odd;      /* a bit each: no bits; not [-]digits[.digits], or not within `as` */
};

void digits_read(struct digits *d, const struct digits_as *as);

#endif
