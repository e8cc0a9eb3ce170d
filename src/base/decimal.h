/* decimal.h - exact decimals: an integer and a number of decimals.
 *
 *     Dec {m = 267500, scale = 5}  is  2.67500
 *
 * In columns and kernels the scale is static (known from the plan) and only the mantissa `Wide` is
 * stored; every operation below names its scales. Intermediates are 256 bits wide, so an operation
 * fails only when the *result* does not fit: then it returns false (overflow is an error of the
 * row, never a wrap). Rounding is always named. Same bits on every machine.
 *
 * WIDE_INF and -WIDE_INF stand for "no bound" in intervals (eval). The functions here treat them
 * as out of range: results always lie strictly between -WIDE_MAX-1 and WIDE_MAX+1.
 */
#ifndef GECI_BASE_DECIMAL_H
#define GECI_BASE_DECIMAL_H

#include "base/base.h"

struct buf;

enum { DEC_SCALE_MAX = 24, DEC_DIGITS_MAX = 37 };

/* Largest mantissa: 10^37 - 1. */
#define WIDE_MAX (wide_pow10(DEC_DIGITS_MAX) - 1)
#define WIDE_INF ((Wide)(((UWide)1 << 127) - 1))

typedef struct Dec {
    Wide m;
    int scale;
} Dec;

enum rounding {
    ROUND_HALF_UP,   /* 四舍五入: half away from zero */
    ROUND_HALF_EVEN, /* 四舍六入五成双 */
    ROUND_DOWN,      /* 舍尾: towards zero */
    ROUND_UP,        /* 进一: away from zero */
    ROUND_FLOOR,     /* 向下 */
    ROUND_CEIL,      /* 向上 */
};

Wide wide_pow10(int n); /* 10^n, 0 <= n <= 38 */

/* *out = m * 10^-from expressed with `to` decimals, rounded. */
NODISCARD bool wide_rescale(Wide *out, Wide m, int from, int to, enum rounding how);
NODISCARD bool wide_add(Wide *out, Wide a, Wide b); /* same scale */
NODISCARD bool wide_sub(Wide *out, Wide a, Wide b);
/* a (scale sa) times b (scale sb), result with `to` decimals. */
NODISCARD bool wide_mul(Wide *out, Wide a, int sa, Wide b, int sb, int to, enum rounding how);
/* a / b; b must not be 0 (ASSERT). */
NODISCARD bool wide_div(Wide *out, Wide a, int sa, Wide b, int sb, int to, enum rounding how);
/* a * num / den with one rounding: unit conversion and shares. den must not be 0. */
NODISCARD bool wide_muldiv(Wide *out, Wide a, Wide num, Wide den, enum rounding how);
int wide_cmp(Wide a, int sa, Wide b, int sb); /* exact, any scales: -1, 0, 1 */

Dec dec_int(int64_t n);
bool dec_eq(Dec a, Dec b);
Dec dec_trim(Dec d); /* the same value with the fewest decimals, scale >= 0 */

/* Reads [+-]digits[.digits][e[+-]digits] and nothing else (E will do), into the fewest decimals;
 * thousands commas ("12,345.6", groups of three) are accepted. Full-width digits are not (fold
 * first). False: not a number, or more than DEC_DIGITS_MAX digits / DEC_SCALE_MAX decimals after
 * trimming zeros, unless `lossy` is given: then decimals beyond DEC_SCALE_MAX are rounded half-up
 * and *lossy says so. */
NODISCARD bool dec_parse(Dec *out, Str text, bool *lossy);

/* WIDE_INF prints as ∞, -WIDE_INF as -∞. */
void dec_print(struct buf *b, Wide m, int scale);              /* shortest: 2.675, 3, -0.05 */
void dec_print_fixed(struct buf *b, Wide m, int scale, int n); /* exactly n decimals, half-up */

/* Transcendentals, each correctly rounded half-up to `to` decimals (to <= 18): the true value is
 * enclosed with guard digits and the precision is raised until both ends round alike. False where
 * undefined (ln x <= 0, sqrt x < 0, pow of a negative to a fraction, 0 to a negative) or out of
 * range. 0^0 is 1. Scales of arguments up to DEC_DIGITS_MAX. Cost: 1 to 5 microseconds. */
NODISCARD bool wide_ln(Wide *out, Wide x, int sx, int to);
NODISCARD bool wide_log10(Wide *out, Wide x, int sx, int to);
NODISCARD bool wide_exp(Wide *out, Wide x, int sx, int to);
NODISCARD bool wide_sqrt(Wide *out, Wide x, int sx, int to);
NODISCARD bool wide_pow(Wide *out, Wide x, int sx, Wide y, int sy, int to);

#endif
