/* kernels_mean.c - geometric and harmonic means of weighted children.
 *
 *     geometric   exp(sum of w ln x / sum of w)        harmonic   sum of w / sum of (w / x)
 *
 * Both grow with each x, so each end comes from the same ends of the children; both tend to 0 as
 * one child does, and 0 they are. With a child that may be negative they mean nothing: unknown.
 * Inside, logarithms and quotients carry INNER_GUARD more decimals than the result, 18 at most.
 * Arguments x1 w1 x2 w2 ..: all x at one scale, all w at one.
 */
#include "base/decimal.h"
#include "eval/kernel_int.h"

enum { INNER_SCALE_MAX = 18, INNER_GUARD = 6 };

static uint8_t inner_scale(const struct node *k)
{
    int scale = k->scale + INNER_GUARD;
    return (uint8_t)(scale < INNER_SCALE_MAX ? scale : INNER_SCALE_MAX);
}

/* Settles rows with bad, negative or zero children; false: the mean is to be computed. */
static bool settled(const struct node *k, Cell *out, const struct operand *in, uint32_t row)
{
    bool zero = false, negative = false;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        *out = operand_at(&in[i], row);
        if (cell_is_bad(*out))
            return true;
        zero |= i % 2 == 0 && out->lo == 0 && out->hi == 0;
        negative |= i % 2 == 0 && out->lo < 0;
    }
    *out = negative ? CELL_UNKNOWN : cell_point(0);
    return negative || zero;
}

static Cell plus(Cell a, Cell b)
{
    return cell_is_bad(a) ? a : cell_is_bad(b) ? b : cell_sum(a, b);
}

/* a / b, each at its scale */
static Cell quotient(Cell a, uint8_t sa, Cell b, uint8_t sb, uint8_t to)
{
    struct node div = {.scale = to, .scale_of = {sa, sb}};
    if (cell_is_bad(a) || cell_is_bad(b))
        return CELL_OVERFLOW;
    return b.lo <= 0 && b.hi >= 0 ? CELL_UNKNOWN : cell_corners(&div, end_div, a, b);
}

/* w * ln x, ln 0 being -inf; at inner_scale + the scale of w. */
static Cell geo_term(const struct node *k, Cell x, Cell w)
{
    uint8_t scale = inner_scale(k);
    struct node mul = {.scale = (uint8_t)(scale + k->scale_of[1]),
                       .scale_of = {scale, k->scale_of[1]}};
    Cell log = CELL_UNKNOWN;
    bool fits = (x.lo == 0 || wide_ln(&log.lo, x.lo, k->scale_of[0], scale)) &&
                (x.hi == WIDE_INF || wide_ln(&log.hi, x.hi, k->scale_of[0], scale));
    return fits ? cell_corners(&mul, end_mul, log, w) : CELL_OVERFLOW;
}

static Cell geo(const struct node *k, const struct operand *in, uint32_t row)
{
    uint8_t scale = inner_scale(k), sw = k->scale_of[1];
    Cell sum = cell_point(0), weight = cell_point(0), out;
    if (settled(k, &out, in, row))
        return out;
    for (uint32_t i = 0; i < k->arg_n; i += 2) {
        Cell w = operand_at(&in[i + 1], row);
        sum = plus(sum, geo_term(k, operand_at(&in[i], row), w));
        weight = plus(weight, w);
    }
    Cell mean = quotient(sum, (uint8_t)(scale + sw), weight, sw, scale);
    if (cell_is_bad(mean))
        return mean;
    out = (Cell){0, WIDE_INF};
    if ((mean.lo != -WIDE_INF && !wide_exp(&out.lo, mean.lo, scale, k->scale)) ||
        (mean.hi != WIDE_INF && !wide_exp(&out.hi, mean.hi, scale, k->scale)))
        return CELL_OVERFLOW;
    return out;
}

KERNEL(kernel_geo)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] = geo(k, in, row);
}

static Cell harm_term(const struct node *k, Cell x, Cell w)
{
    Cell at_hi = cell_point(0);
    if (x.hi != WIDE_INF)
        at_hi = quotient(w, k->scale_of[1], cell_point(x.hi), k->scale_of[0], inner_scale(k));
    if (x.lo == x.hi || cell_is_bad(at_hi))
        return at_hi;
    if (x.lo == 0) /* w / x has no bound there, unless w is 0 */
        return (Cell){w.lo < 0 ? -WIDE_INF : at_hi.lo, w.hi > 0 ? WIDE_INF : at_hi.hi};
    Cell at_lo = quotient(w, k->scale_of[1], cell_point(x.lo), k->scale_of[0], inner_scale(k));
    return cell_hull(TYPE_NUM, at_lo, at_hi);
}

static Cell harm(const struct node *k, const struct operand *in, uint32_t row)
{
    Cell sum = cell_point(0), weight = cell_point(0), out;
    if (settled(k, &out, in, row))
        return out;
    for (uint32_t i = 0; i < k->arg_n; i += 2) {
        Cell w = operand_at(&in[i + 1], row);
        sum = plus(sum, harm_term(k, operand_at(&in[i], row), w));
        weight = plus(weight, w);
    }
    if (cell_is_bad(sum) || cell_is_bad(weight))
        return CELL_OVERFLOW;
    bool endless = sum.lo == 0 && sum.hi > 0 && weight.lo > 0; /* every x may be boundless */
    if (!endless || sum.hi == WIDE_INF)
        return endless ? (Cell){0, WIDE_INF}
                       : quotient(weight, k->scale_of[1], sum, inner_scale(k), k->scale);
    out = quotient(weight, k->scale_of[1], cell_point(sum.hi), inner_scale(k), k->scale);
    return cell_is_bad(out) ? out : (Cell){out.lo, WIDE_INF};
}

KERNEL(kernel_harm)
{
    (void)labels;
    for (uint32_t row = 0; row < n; row++)
        out[row] = harm(k, in, row);
}
