/* kernels_arith.c - interval arithmetic on exact decimals.
 *
 * Both ends are computed at the static scale and rounded the same way, which is monotone, so the
 * result encloses every rounded value. "No bound" is WIDE_INF; base/decimal.h never sees it.
 */
#include "base/decimal.h"
#include "eval/kernel_int.h"

static bool is_inf(Wide v)
{
    return v == WIDE_INF || v == -WIDE_INF;
}

static Wide inf_of_sign(bool negative)
{
    return negative ? -WIDE_INF : WIDE_INF;
}

static Wide smaller(Wide a, Wide b)
{
    return a < b ? a : b;
}

static Wide larger(Wide a, Wide b)
{
    return a > b ? a : b;
}

Cell cell_corners(const struct node *k, end_fn fn, Cell a, Cell b)
{
    Wide v[4] = {0};
    if (a.lo == a.hi && b.lo == b.hi)
        return fn(k, &v[0], a.lo, b.lo) ? cell_point(v[0]) : CELL_OVERFLOW;
    if (!fn(k, &v[0], a.lo, b.lo) || !fn(k, &v[1], a.lo, b.hi) || !fn(k, &v[2], a.hi, b.lo) ||
        !fn(k, &v[3], a.hi, b.hi))
        return CELL_OVERFLOW;
    return (Cell){smaller(smaller(v[0], v[1]), smaller(v[2], v[3])),
                  larger(larger(v[0], v[1]), larger(v[2], v[3]))};
}

static bool end_rescale(const struct node *k, Wide *out, Wide v)
{
    *out = v;
    return is_inf(v) || wide_rescale(out, v, k->scale_of[0], k->scale, k->how);
}

static Cell cell_rescale(const struct node *k, Cell a)
{
    Cell c;
    if (!end_rescale(k, &c.lo, a.lo))
        return CELL_OVERFLOW;
    if (a.lo == a.hi)
        return cell_point(c.lo);
    return end_rescale(k, &c.hi, a.hi) ? c : CELL_OVERFLOW;
}
KERNEL_1(rescale)

static Cell cell_neg(const struct node *k, Cell a)
{
    (void)k;
    return (Cell){-a.hi, -a.lo};
}
KERNEL_1(neg)

static Cell cell_abs(const struct node *k, Cell a)
{
    if (a.lo >= 0)
        return a;
    return a.hi <= 0 ? cell_neg(k, a) : (Cell){0, larger(-a.lo, a.hi)};
}
KERNEL_1(abs)

Cell cell_sum(Cell a, Cell b)
{
    Cell c = CELL_UNKNOWN;
    if (a.lo != -WIDE_INF && b.lo != -WIDE_INF && !wide_add(&c.lo, a.lo, b.lo))
        return CELL_OVERFLOW;
    if (a.hi != WIDE_INF && b.hi != WIDE_INF && !wide_add(&c.hi, a.hi, b.hi))
        return CELL_OVERFLOW;
    return c;
}

static Cell cell_add(const struct node *k, Cell a, Cell b)
{
    (void)k;
    return cell_sum(a, b);
}
KERNEL_2(add)

static Cell cell_sub(const struct node *k, Cell a, Cell b)
{
    return cell_sum(a, cell_neg(k, b));
}
KERNEL_2(sub)

static Cell cell_max(const struct node *k, Cell a, Cell b)
{
    (void)k;
    return (Cell){larger(a.lo, b.lo), larger(a.hi, b.hi)};
}
KERNEL_2(max)

static Cell cell_min(const struct node *k, Cell a, Cell b)
{
    (void)k;
    return (Cell){smaller(a.lo, b.lo), smaller(a.hi, b.hi)};
}
KERNEL_2(min)

bool end_mul(const struct node *k, Wide *out, Wide a, Wide b)
{
    *out = 0;
    if (a == 0 || b == 0)
        return true;
    if (is_inf(a) || is_inf(b)) {
        *out = inf_of_sign((a < 0) != (b < 0));
        return true;
    }
    return wide_mul(out, a, k->scale_of[0], b, k->scale_of[1], k->scale, ROUND_HALF_UP);
}

static Cell cell_mul(const struct node *k, Cell a, Cell b)
{
    return cell_corners(k, end_mul, a, b);
}
KERNEL_2(mul)

/* x / inf is 0, inf / inf too: the interval of quotients always reaches 0 there, and its other ends
 * come from the other corners. */
bool end_div(const struct node *k, Wide *out, Wide a, Wide b)
{
    *out = 0;
    if (is_inf(b))
        return true;
    if (is_inf(a)) {
        *out = inf_of_sign((a < 0) != (b < 0));
        return true;
    }
    return wide_div(out, a, k->scale_of[0], b, k->scale_of[1], k->scale, k->how);
}

static Cell cell_div(const struct node *k, Cell a, Cell b)
{
    return b.lo <= 0 && b.hi >= 0 ? CELL_UNKNOWN : cell_corners(k, end_div, a, b);
}
KERNEL_2(div)
