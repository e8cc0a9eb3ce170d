/* big.c - schoolbook arithmetic on magnitudes, signs beside it.
 *
 * Quotients are found by searching the rounded answer r: the largest r with (2r - 1) * den <= 2 num
 * rounds half up by definition, needs no long division, and serves square roots the same way with
 * (2r - 1)^2 * den <= 4 num. The 124 steps, some microseconds, are for statistics of a group; who
 * has one quotient a row encloses it in Wides first and comes here when that is too close to tell.
 */
#include "grade/big.h"

#include "base/decimal.h"

static void trim(Big *a)
{
    while (a->n > 0 && a->limb[a->n - 1] == 0)
        a->n--;
    if (a->n == 0)
        a->neg = false;
}

static int cmp_magnitude(const Big *a, const Big *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (uint32_t i = a->n; i-- > 0;)
        if (a->limb[i] != b->limb[i])
            return a->limb[i] < b->limb[i] ? -1 : 1;
    return 0;
}

static Big add_magnitude(const Big *a, const Big *b)
{
    Big out = {.n = a->n > b->n ? a->n : b->n};
    UWide carry = 0;
    for (uint32_t i = 0; i < out.n; i++) {
        carry += (UWide)(i < a->n ? a->limb[i] : 0) + (i < b->n ? b->limb[i] : 0);
        out.limb[i] = (uint64_t)carry;
        carry >>= 64;
    }
    if (carry != 0) {
        ASSERT(out.n < BIG_LIMBS);
        out.limb[out.n++] = (uint64_t)carry;
    }
    return out;
}

/* |a| - |b| where |a| >= |b|. */
static Big sub_magnitude(const Big *a, const Big *b)
{
    Big out = {.n = a->n};
    uint64_t borrow = 0;
    for (uint32_t i = 0; i < a->n; i++) {
        uint64_t take = i < b->n ? b->limb[i] : 0;
        uint64_t left = a->limb[i] - take;
        out.limb[i] = left - borrow;
        borrow = (a->limb[i] < take) | (left < borrow);
    }
    trim(&out);
    return out;
}

static Big add_signed(const Big *a, const Big *b, bool b_neg)
{
    Big out;
    if (a->neg == b_neg) {
        out = add_magnitude(a, b);
        out.neg = a->neg;
    } else if (cmp_magnitude(a, b) >= 0) {
        out = sub_magnitude(a, b);
        out.neg = a->neg;
    } else {
        out = sub_magnitude(b, a);
        out.neg = b_neg;
    }
    trim(&out);
    return out;
}

Big big_of(Wide x)
{
    UWide magnitude = x < 0 ? -(UWide)x : (UWide)x;
    Big out = {.n = 2, .neg = x < 0};
    out.limb[0] = (uint64_t)magnitude;
    out.limb[1] = (uint64_t)(magnitude >> 64);
    trim(&out);
    return out;
}

Big big_add(const Big *a, const Big *b)
{
    return add_signed(a, b, b->neg);
}

Big big_sub(const Big *a, const Big *b)
{
    return add_signed(a, b, !b->neg);
}

Big big_mul(const Big *a, const Big *b)
{
    ASSERT(a->n + b->n <= BIG_LIMBS);
    Big out = {.n = a->n + b->n, .neg = a->neg != b->neg};
    for (uint32_t i = 0; i < a->n; i++) {
        UWide carry = 0;
        for (uint32_t j = 0; j < b->n; j++) {
            carry += (UWide)a->limb[i] * b->limb[j] + out.limb[i + j];
            out.limb[i + j] = (uint64_t)carry;
            carry >>= 64;
        }
        out.limb[i + b->n] = (uint64_t)carry;
    }
    trim(&out);
    return out;
}

Big big_times(const Big *a, Wide b)
{
    Big other = big_of(b);
    return big_mul(a, &other);
}

Big big_pow10(int n)
{
    ASSERT(n >= 0 && n <= 76);
    Big half = big_of(wide_pow10(n / 2));
    Big rest = big_of(wide_pow10(n - n / 2));
    return big_mul(&half, &rest);
}

int big_cmp(const Big *a, const Big *b)
{
    if (a->neg != b->neg)
        return a->neg ? -1 : 1;
    return a->neg ? cmp_magnitude(b, a) : cmp_magnitude(a, b);
}

/* (2r - 1)^power * den <= limit */
static bool reaches(UWide r, int power, const Big *den, const Big *limit)
{
    Big odd = big_of((Wide)(2 * r - 1));
    Big left = big_mul(&odd, den);
    if (power == 2)
        left = big_mul(&left, &odd);
    return cmp_magnitude(&left, limit) <= 0;
}

/* The largest r that reaches; 0 always does. False: it is beyond WIDE_MAX. */
static bool search(Wide *out, int power, const Big *den, const Big *limit)
{
    const UWide top = (UWide)WIDE_MAX + 1;
    UWide lo = 0, hi = top + 1; /* lo reaches, hi does not or is no answer */
    while (hi - lo > 1) {
        UWide mid = lo + (hi - lo) / 2;
        if (reaches(mid, power, den, limit))
            lo = mid;
        else
            hi = mid;
    }
    *out = (Wide)lo;
    return lo < top;
}

bool big_quotient(Wide *out, const Big *num, const Big *den)
{
    ASSERT(!den->neg && den->n > 0);
    Big limit = add_magnitude(num, num);
    bool fits = search(out, 1, den, &limit);
    if (num->neg)
        *out = -*out;
    return fits;
}

bool big_sqrt_quotient(Wide *out, const Big *num, const Big *den)
{
    ASSERT(!num->neg && !den->neg && den->n > 0);
    Big limit = big_times(num, 4);
    return search(out, 2, den, &limit);
}
