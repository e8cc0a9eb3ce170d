/* u256_int.h - unsigned 256-bit integers, just what exact products and quotients need. */
#ifndef GECI_BASE_U256_INT_H
#define GECI_BASE_U256_INT_H

#include "base/base.h"

typedef struct U256 {
    uint64_t w[4]; /* least significant first */
} U256;

U256 u256_of(UWide n);
U256 u256_mul(UWide a, UWide b);             /* always fits */
bool u256_scale(U256 *out, U256 a, UWide b); /* a * b; false: past 256 bits */
bool u256_is_wide(U256 a);                   /* fits 128 bits */
UWide u256_low(U256 a);                      /* its low 128 bits */
int u256_cmp(U256 a, U256 b);                /* -1, 0, 1 */
U256 u256_sub(U256 a, U256 b);               /* a >= b */
U256 u256_div(U256 a, U256 b, U256 *rem);    /* b is not 0 */
UWide u256_sqrt(U256 a);                     /* rounded down */

#endif
