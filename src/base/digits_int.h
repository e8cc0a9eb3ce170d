/* digits_int.h - the two ways to read numbers. Both give the same; the tests hold them to it. */
#ifndef GECI_BASE_DIGITS_INT_H
#define GECI_BASE_DIGITS_INT_H

#include "base/digits.h"

void digits_read_plain(struct digits *d, const struct digits_as *as);
/* The same with AVX2, in half the time. False: the processor has none, and nothing is done. */
bool digits_read_chip(struct digits *d, const struct digits_as *as);

#endif
