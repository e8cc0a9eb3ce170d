/* slow_ref.h - decimals as a schoolchild does them: digits in base ten, long multiplication, long
 * division by repeated subtraction. Shares no code and no idea with base/decimal.c; for tests.
 */
#ifndef GECI_TEST_SLOW_REF_H
#define GECI_TEST_SLOW_REF_H

#include "base/decimal.h"

enum { SLOW_CAP = 200 };

struct slow {
    signed char d[SLOW_CAP]; /* least significant first, 0..9 */
    int n;                   /* digits in use, the top one is not 0 */
};

static inline void slow_trim(struct slow *a)
{
    while (a->n > 0 && a->d[a->n - 1] == 0)
        a->n--;
}

static inline struct slow slow_of(Wide a)
{
    struct slow s = {{0}, 0};
    UWide m = a < 0 ? -(UWide)a : (UWide)a;
    for (; m > 0; m /= 10)
        s.d[s.n++] = (signed char)(m % 10);
    return s;
}

static inline int slow_cmp(const struct slow *a, const struct slow *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (int i = a->n - 1; i >= 0; i--)
        if (a->d[i] != b->d[i])
            return a->d[i] < b->d[i] ? -1 : 1;
    return 0;
}

/* a * 10^n */
static inline struct slow slow_shift(const struct slow *a, int n)
{
    struct slow s = {{0}, a->n > 0 ? a->n + n : 0};
    ASSERT(s.n <= SLOW_CAP);
    for (int i = 0; i < a->n; i++)
        s.d[i + n] = a->d[i];
    return s;
}

static inline struct slow slow_mul(const struct slow *a, const struct slow *b)
{
    int sum[SLOW_CAP] = {0};
    struct slow s = {{0}, a->n + b->n};
    ASSERT(s.n <= SLOW_CAP);
    for (int i = 0; i < a->n; i++)
        for (int j = 0; j < b->n; j++)
            sum[i + j] += a->d[i] * b->d[j];
    for (int i = 0, carry = 0; i < s.n; i++, carry /= 10) {
        carry += sum[i];
        s.d[i] = (signed char)(carry % 10);
    }
    slow_trim(&s);
    return s;
}

/* a + b for sign 1; a - b, a >= b, for sign -1. */
static inline struct slow slow_add(const struct slow *a, const struct slow *b, int sign)
{
    struct slow s = {{0}, (a->n > b->n ? a->n : b->n) + 1};
    ASSERT(s.n <= SLOW_CAP);
    for (int i = 0, carry = 0; i < s.n; i++) {
        int t = (i < a->n ? a->d[i] : 0) + sign * (i < b->n ? b->d[i] : 0) + carry;
        carry = t > 9 ? 1 : t < 0 ? -1 : 0;
        s.d[i] = (signed char)(t - 10 * carry);
    }
    slow_trim(&s);
    return s;
}

/* a / b, b not 0; the rest in *rem. */
static inline struct slow slow_div(const struct slow *a, const struct slow *b, struct slow *rem)
{
    struct slow q = {{0}, a->n}, r = {{0}, 0};
    for (int i = a->n - 1; i >= 0; i--) {
        r = slow_shift(&r, 1);
        r.d[0] = a->d[i];
        r.n += r.n == 0 && a->d[i] != 0;
        for (; slow_cmp(&r, b) >= 0; q.d[i]++)
            r = slow_add(&r, b, -1);
    }
    slow_trim(&q);
    *rem = r;
    return q;
}

/* Writes n / d, rounded as said, if it has at most DEC_DIGITS_MAX digits. */
static inline bool slow_round(Wide *out, bool negative, const struct slow *n, const struct slow *d,
                              enum rounding how)
{
    struct slow r, q = slow_div(n, d, &r), one = slow_of(1), twice = slow_add(&r, &r, 1);
    int half = slow_cmp(&twice, d);
    bool exact = r.n == 0, away = false;
    if (how == ROUND_HALF_UP)
        away = half >= 0;
    if (how == ROUND_HALF_EVEN)
        away = half > 0 || (half == 0 && q.n > 0 && q.d[0] % 2 == 1);
    if (how == ROUND_UP || (how == ROUND_FLOOR && negative) || (how == ROUND_CEIL && !negative))
        away = !exact;
    if (away)
        q = slow_add(&q, &one, 1);
    if (q.n > DEC_DIGITS_MAX)
        return false;
    Wide m = 0;
    for (int i = q.n - 1; i >= 0; i--)
        m = m * 10 + q.d[i];
    *out = negative ? -m : m;
    return true;
}

/* n / d * 10^e, rounded. */
static inline bool slow_scaled(Wide *out, bool negative, struct slow n, struct slow d, int e,
                               enum rounding how)
{
    if (e >= 0)
        n = slow_shift(&n, e);
    else
        d = slow_shift(&d, -e);
    return slow_round(out, negative, &n, &d, how);
}

static inline bool slow_rescale(Wide *out, Wide m, int from, int to, enum rounding how)
{
    return slow_scaled(out, m < 0, slow_of(m), slow_of(1), to - from, how);
}

/* srccheck:params those of wide_mul */
static inline bool slow_mul_wide(Wide *out, Wide a, int sa, Wide b, int sb, int to,
                                 enum rounding how)
{
    struct slow x = slow_of(a), y = slow_of(b);
    return slow_scaled(out, (a < 0) != (b < 0), slow_mul(&x, &y), slow_of(1), to - sa - sb, how);
}

/* srccheck:params those of wide_div */
static inline bool slow_div_wide(Wide *out, Wide a, int sa, Wide b, int sb, int to,
                                 enum rounding how)
{
    return slow_scaled(out, (a < 0) != (b < 0), slow_of(a), slow_of(b), to + sb - sa, how);
}

static inline bool slow_muldiv(Wide *out, Wide a, Wide num, Wide den, enum rounding how)
{
    struct slow x = slow_of(a), y = slow_of(num);
    bool negative = ((a < 0) != (num < 0)) != (den < 0);
    return slow_scaled(out, negative, slow_mul(&x, &y), slow_of(den), 0, how);
}

static inline int slow_cmp_wide(Wide a, int sa, Wide b, int sb)
{
    struct slow x = slow_of(a), y = slow_of(b);
    x = slow_shift(&x, sb);
    y = slow_shift(&y, sa);
    int order = slow_cmp(&x, &y);
    if (x.n == 0 && y.n == 0)
        return 0;
    if ((a < 0) != (b < 0))
        return a < 0 ? -1 : 1;
    return a < 0 ? -order : order;
}

/* Random numbers for properties: the same in every run and on every machine (splitmix64). */
static inline uint64_t slow_random(uint64_t *state)
{
    uint64_t z = *state += 0x9E3779B97F4A7C15u;
    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
    z = (z ^ z >> 27) * 0x94D049BB133111EBu;
    return z ^ z >> 31;
}

/* A mantissa of any length up to DEC_DIGITS_MAX digits; often at an edge: a power of ten, one off
 * it, a half of it, or the largest. */
static inline Wide slow_random_wide(uint64_t *state)
{
    int n = (int)(slow_random(state) % (DEC_DIGITS_MAX + 1));
    Wide top = wide_pow10(n), m = 0;
    switch (slow_random(state) % 8) {
    case 0: m = top == WIDE_MAX + 1 ? WIDE_MAX : top; break;
    case 1: m = top - 1; break;
    case 2: m = top / 2; break;
    case 3: m = (Wide)(slow_random(state) % 1000); break;
    default: m = (Wide)(((UWide)slow_random(state) << 64 | slow_random(state)) % (UWide)top); break;
    }
    return slow_random(state) % 2 == 0 ? m : -m;
}

#endif
