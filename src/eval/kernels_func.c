/* kernels_func.c - roots, logarithms, powers, growth; reviews; functions of days.
 *
 * base/decimal.h rounds each end correctly, and rounding is monotone, so the ends of a monotone
 * function are the function of the ends. Where the function is not defined on a part of the
 * argument the result is unknown; where it is too large it is an overflow.
 */
#include "base/day.h"
#include "base/decimal.h"
#include "eval/kernel_int.h"

enum { INNER_SCALE_MIN = 18, INNER_GUARD = 6 };

typedef bool (*wide_fn)(Wide *out, Wide x, int sx, int to);

/* An increasing function defined from the mantissa `from` on; at -inf it is 0 (exp). */
static Cell increasing(const struct node *k, Cell a, wide_fn fn, Wide from)
{
    if (a.lo < from)
        return CELL_UNKNOWN;
    Cell c = {0, WIDE_INF};
    if (a.lo != -WIDE_INF && !fn(&c.lo, a.lo, k->scale_of[0], k->scale))
        return CELL_OVERFLOW;
    if (a.lo == a.hi)
        return cell_point(c.lo);
    if (a.hi != WIDE_INF && !fn(&c.hi, a.hi, k->scale_of[0], k->scale))
        return CELL_OVERFLOW;
    return c;
}

static Cell cell_sqrt(const struct node *k, Cell a)
{
    return increasing(k, a, wide_sqrt, 0);
}
KERNEL_1(sqrt)

static Cell cell_ln(const struct node *k, Cell a)
{
    return increasing(k, a, wide_ln, 1);
}
KERNEL_1(ln)

static Cell cell_log10(const struct node *k, Cell a)
{
    return increasing(k, a, wide_log10, 1);
}
KERNEL_1(log10)

static Cell cell_exp(const struct node *k, Cell a)
{
    return increasing(k, a, wide_exp, -WIDE_INF);
}
KERNEL_1(exp)

static Wide one(int scale)
{
    return wide_pow10(scale);
}

static bool end_pow(const struct node *k, Wide *out, Wide x, Wide y)
{
    return wide_pow(out, x, k->scale_of[0], y, k->scale_of[1], k->scale);
}

/* A figure to a figure wherever that is defined; intervals only where the ends decide: a base that
 * is not negative, no 0 to a power that may be 0, bounds on both. */
static Cell cell_pow(const struct node *k, Cell a, Cell b)
{
    if (cell_is_open(a) || cell_is_open(b))
        return CELL_UNKNOWN;
    bool zero = a.lo == 0 && a.hi == 0, point = a.lo == a.hi && b.lo == b.hi;
    if (!point)
        return a.lo < 0 || (a.lo == 0 && b.lo <= 0) ? CELL_UNKNOWN : cell_corners(k, end_pow, a, b);
    bool whole = b.lo % one(k->scale_of[1]) == 0;
    bool defined = a.lo > 0 || (zero && b.lo >= 0) || (a.lo < 0 && whole);
    return defined ? cell_corners(k, end_pow, a, b) : CELL_UNKNOWN;
}
KERNEL_2(pow)

static bool end_sqrt(const struct node *k, Wide *out, Wide x, Wide half)
{
    (void)half;
    return wide_sqrt(out, x, k->scale_of[0], k->scale);
}

/* Decimals of what goes into a root: enough that its last one is right. */
static uint8_t inner_scale(uint8_t scale)
{
    const int guarded = scale + INNER_GUARD;
    return (uint8_t)(guarded > INNER_SCALE_MIN ? guarded : INNER_SCALE_MIN);
}

static bool less(Wide *end, Wide by)
{
    return *end == WIDE_INF || *end == -WIDE_INF || wide_sub(end, *end, by);
}

/* (a / b)^(1 / ref) - 1; quotient and exponent carry inner_scale decimals. One year needs no root
 * and no rounding but that of the quotient. */
static Cell cell_cagr(const struct node *k, Cell a, Cell b)
{
    if (b.lo <= 0)
        return CELL_UNKNOWN;
    struct node inner = *k;
    inner.how = ROUND_HALF_UP;
    const uint8_t fine = inner_scale(k->scale);
    inner.scale = k->ref == 1 ? k->scale : fine;
    bool open = cell_is_open(a) && k->ref > 1;
    Cell q = open ? CELL_UNKNOWN : cell_corners(&inner, end_div, a, b);
    if (cell_is_bad(q))
        return q;
    if (k->ref > 1) {
        if (q.lo < 0)
            return CELL_UNKNOWN; /* which an open one is too */
        Wide root = 0;
        ASSERT(wide_div(&root, 1, 0, k->ref, 0, fine, ROUND_HALF_UP));
        inner = (struct node){.scale = k->scale, .scale_of = {fine, fine}};
        q = cell_corners(&inner, k->ref == 2 ? end_sqrt : end_pow, q, cell_point(root));
        if (cell_is_bad(q))
            return q;
    }
    Wide by = one(k->scale);
    return less(&q.lo, by) && ALWAYS(less(&q.hi, by)) ? q : CELL_OVERFLOW;
}
KERNEL_2(cagr)

/* A person decides between the two. */
static Cell cell_range(const struct node *k, Cell a, Cell b)
{
    (void)k;
    return a.lo <= b.hi ? (Cell){a.lo, b.hi} : (Cell){b.hi, a.lo};
}
KERNEL_2(range)

/* a: the interval the rules leave; b: the reviewer's figure, if it is there. */
static Cell cell_reviewed(const struct node *k, Cell a, Cell b)
{
    if (!cell_is_definite(k->kind, b))
        return a;
    return a.lo <= b.lo && b.lo <= a.hi ? b : CELL_REVIEW;
}
KERNEL_2(reviewed)

static Cell cell_years(const struct node *k, Cell a, Cell b)
{
    (void)k;
    Cell c = CELL_UNKNOWN;
    if (b.lo != -WIDE_INF && a.hi != WIDE_INF)
        c.lo = day_years_between((Day)a.hi, (Day)b.lo);
    if (b.hi != WIDE_INF && a.lo != -WIDE_INF)
        c.hi = day_years_between((Day)a.lo, (Day)b.hi);
    return c;
}
KERNEL_2(years)

static Cell cell_year_of(const struct node *k, Cell a)
{
    (void)k;
    return (Cell){a.lo == -WIDE_INF ? a.lo : day_year((Day)a.lo),
                  a.hi == WIDE_INF ? a.hi : day_year((Day)a.hi)};
}
KERNEL_1(year_of)
