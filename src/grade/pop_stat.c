/* pop_stat.c - sums, means, deviations, quantiles and outliers of one sorted group.
 *
 * Everything is an exact integer until one rounding at the end. Deviations are taken from n * mean,
 * which is the sum, hence whole:  d = n x - sum,  d2 = sum of d^2,  and so on. With n < 2^32 and
 * |x| < 2^123 (WIDE_MAX) |d| < 2^156, d2 < 2^344, d3 < 2^500, d4 < 2^656; the largest product below
 * has 22 limbs, a Big's bound. Thresholds of skewness are compared as squares, so that no root is
 * taken. Dropped: moments of standardised 18-digit values; faster by a third, but two honest
 * implementations could differ in the last digit.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "grade/pop_int.h"

#define SMALL ((Wide)1 << 80) /* of what is multiplied by 10^SHARE_SCALE */

static Big deviation(const struct moments *m, Wide v)
{
    Big x = big_of(v);
    x = big_times(&x, m->n);
    return big_sub(&x, &m->sum);
}

static Big sum_of(const struct peers *p)
{
    if (p->swap != NULL)
        return p->swap->sum;
    if (p->figures != NULL)
        return big_of(p->figures->sum);
    Big sum = {.n = 0};
    for (uint32_t i = 0; i < p->n; i++) {
        Big x = big_of(p->at[i]);
        sum = big_add(&sum, &x);
    }
    return sum;
}

/* D = n (n Q - S^2), Q being the sum of the squares and S the sum. */
static Big deviations(uint32_t n, const Big *q, const Big *s)
{
    Big of_sum = big_mul(s, s), d = big_times(q, n);
    d = big_sub(&d, &of_sum);
    return big_times(&d, n);
}

/* Of the distances from the least, which deviate as the values do. */
static Big squares_of(const struct figures *f)
{
    const UWide half = (UWide)1 << 64;
    Big s = big_of(f->sum - (Wide)f->n * f->least);
    Big high = big_of((Wide)(f->square / half)), low = big_of((Wide)(f->square % half));
    high = big_times(&high, (Wide)half);
    Big q = big_add(&high, &low);
    return deviations(f->n, &q, &s);
}

struct moments *stat_moments(struct arena *tmp, const struct peers *p)
{
    struct moments *m = ARENA_NEW(tmp, struct moments);
    *m = (struct moments){.n = p->n, .sum = sum_of(p)};
    if (p->swap != NULL) {
        m->d2 = deviations(p->n, &p->swap->square, &p->swap->sum);
        return m;
    }
    if (p->figures != NULL)
        m->d2 = squares_of(p->figures);
    for (uint32_t i = 0; p->figures == NULL && i < p->n; i++) {
        Big d = deviation(m, p->at[i]);
        d = big_mul(&d, &d);
        m->d2 = big_add(&m->d2, &d);
    }
    return m;
}

/* num * 10^to / (den * 10^scale) */
static bool quotient_at(Wide *out, const Big *num, Wide den, int scale, int to)
{
    Big over = big_pow10(to), under = big_pow10(scale);
    over = big_mul(&over, num);
    under = big_times(&under, den);
    return big_quotient(out, &over, &under);
}

bool stat_sum(Wide *out, const struct peers *p, int scale, int to)
{
    Big sum = sum_of(p);
    return quotient_at(out, &sum, 1, scale, to);
}

bool stat_mean(Wide *out, const struct peers *p, int scale, int to)
{
    Big sum = sum_of(p);
    return quotient_at(out, &sum, p->n, scale, to);
}

/* Type 7: at share s of n values stands (n - 1) s, between two neighbours. */
bool stat_quantile(Wide *out, const struct peers *p, Wide share, int scale, int to)
{
    const Wide whole = wide_pow10(SHARE_SCALE);
    share = share < 0 ? 0 : share > whole ? whole : share;
    Wide at = (Wide)(p->n - 1) * share;
    uint32_t below = (uint32_t)(at / whole);
    Wide part = at % whole;
    const Wide least = peers_nth(p, below), next = peers_nth(p, part == 0 ? below : below + 1);
    if (least > -SMALL && next < SMALL) /* then nothing here leaves a Wide */
        return wide_rescale(out, least * (whole - part) + next * part, scale + SHARE_SCALE, to,
                            ROUND_HALF_UP);
    Big lo = big_of(least), hi = big_of(next);
    lo = big_times(&lo, whole - part);
    hi = big_times(&hi, part);
    lo = big_add(&lo, &hi);
    return quotient_at(out, &lo, whole, scale, to);
}

bool stat_sd(Wide *out, const struct moments *m, uint32_t den, int scale, int to)
{
    Big over = big_pow10(2 * to), under = big_pow10(2 * scale);
    over = big_mul(&over, &m->d2);
    under = big_times(&under, (Wide)m->n * m->n);
    under = big_times(&under, den);
    return big_sqrt_quotient(out, &over, &under);
}

Root stat_root(const struct moments *m, uint32_t den)
{
    for (int scale = 24; scale >= 0; scale -= 12) {
        Root root = {.scale = scale};
        Big over = big_pow10(2 * scale), under = big_of(den);
        over = big_mul(&over, &m->d2);
        if (big_sqrt_quotient(&root.m, &over, &under))
            return root;
    }
    return (Root){0};
}

/* size / root, if the root is known well enough to tell. */
static bool z_by_root(Wide *out, Wide size, Root root, int to)
{
    Wide other;
    return root.m > 1 && wide_div(out, size, 0, root.m + 1, root.scale, to, ROUND_HALF_UP) &&
           wide_div(&other, size, 0, root.m - 1, root.scale, to, ROUND_HALF_UP) && *out == other;
}

/* z = d sqrt(den / d2) */
bool stat_z(Wide *out, const struct moments *m, uint32_t den, Wide v, Root root, int to)
{
    *out = 0;
    Big d = deviation(m, v);
    if (big_is_zero(&m->d2) || big_is_zero(&d))
        return true;
    Wide size = d.n > 1 ? (Wide)((UWide)d.limb[1] << 64 | d.limb[0]) : d.limb[0];
    bool fits = d.n <= 2 && size > 0 && z_by_root(out, size, root, to);
    if (!fits) {
        Big over = big_pow10(2 * to);
        over = big_mul(&over, &d);
        over = big_mul(&over, &d);
        over = big_times(&over, den);
        fits = big_sqrt_quotient(out, &over, &m->d2);
    }
    if (d.neg)
        *out = -*out;
    return fits;
}

static Wide treated_value(const struct peers *p, struct treated t, uint32_t i)
{
    if (i < t.low)
        return p->at[t.low];
    return p->at[i < p->n - t.high ? i : p->n - t.high - 1];
}

struct shape {
    Big d2, d3, d4;
};

static struct shape shape_of(const struct peers *p, struct treated t)
{
    struct moments m = {.n = p->n};
    struct shape out = {.d2 = {.n = 0}};
    for (uint32_t i = 0; i < p->n; i++) {
        Big x = big_of(treated_value(p, t, i));
        m.sum = big_add(&m.sum, &x);
    }
    for (uint32_t i = 0; i < p->n; i++) {
        Big d = deviation(&m, treated_value(p, t, i));
        Big power = big_mul(&d, &d);
        out.d2 = big_add(&out.d2, &power);
        power = big_mul(&power, &d);
        out.d3 = big_add(&out.d3, &power);
        power = big_mul(&power, &d);
        out.d4 = big_add(&out.d4, &power);
    }
    return out;
}

/* G1^2 = n^2 (n-1) d3^2 / ((n-2)^2 d2^3) >= skew^2 */
static bool is_skewed(const struct shape *s, uint32_t n, Wide skew)
{
    Big left = big_mul(&s->d3, &s->d3), right = big_mul(&s->d2, &s->d2), unit = big_pow10(24);
    left = big_times(&left, (Wide)n * n);
    left = big_times(&left, n - 1);
    left = big_mul(&left, &unit);
    right = big_mul(&right, &s->d2);
    right = big_times(&right, (Wide)(n - 2) * (n - 2));
    right = big_times(&right, skew);
    right = big_times(&right, skew);
    return skew <= 0 || big_cmp(&left, &right) >= 0;
}

/* G2 = ((n+1)(r-3) + 6)(n-1) / ((n-2)(n-3)) >= kurtosis, where r = n d4 / d2^2 */
static bool is_peaked(const struct shape *s, uint32_t n, Wide kurtosis)
{
    Big left = big_times(&s->d4, n), right = big_mul(&s->d2, &s->d2);
    left = big_times(&left, (Wide)n + 1);
    Big rest = big_times(&right, 3 * (Wide)n - 3); /* 3 (n + 1) - 6 */
    left = big_sub(&left, &rest);
    left = big_times(&left, (Wide)(n - 1) * wide_pow10(SHARE_SCALE));
    right = big_times(&right, (Wide)(n - 2) * (n - 3));
    right = big_times(&right, kurtosis);
    return big_cmp(&left, &right) >= 0;
}

struct treated stat_unskew(const struct peers *p, Wide skew, Wide kurtosis, Wide most)
{
    struct treated t = {0, 0};
    if (p->n < 4)
        return t;
    while (t.low + t.high < most) {
        Wide least = p->at[t.low], greatest = p->at[p->n - t.high - 1];
        struct shape s = shape_of(p, t);
        if (least == greatest || !is_skewed(&s, p->n, skew) || !is_peaked(&s, p->n, kurtosis))
            break;
        if (!s.d3.neg)
            t.high = p->n - peers_find(p, greatest).below;
        else
            t.low = peers_find(p, least).below + peers_find(p, least).equal;
    }
    return t;
}
