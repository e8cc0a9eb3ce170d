/* u256.c - schoolbook arithmetic on four 64-bit words.
 *
 * Division is Knuth's algorithm D (The Art of Computer Programming, volume 2, 4.3.1) with 64-bit
 * digits; its two rare corrections have tests of their own.
 */
#include "base/u256_int.h"

enum { WORDS = 4 };

U256 u256_of(UWide n)
{
    return (U256){{(uint64_t)n, (uint64_t)(n >> 64), 0, 0}};
}

/* out[0 .. an+bn) = a * b */
static void multiply(uint64_t *out, const uint64_t *a, int an, const uint64_t *b, int bn)
{
    for (int i = 0; i < an + bn; i++)
        out[i] = 0;
    for (int i = 0; i < an; i++) {
        uint64_t carry = 0;
        for (int j = 0; j < bn; j++) {
            UWide t = (UWide)a[i] * b[j] + out[i + j] + carry;
            out[i + j] = (uint64_t)t;
            carry = (uint64_t)(t >> 64);
        }
        out[i + bn] = carry;
    }
}

U256 u256_mul(UWide a, UWide b)
{
    U256 x = u256_of(a), y = u256_of(b), out = {{0}};
    multiply(out.w, x.w, 2, y.w, 2);
    return out;
}

bool u256_scale(U256 *out, U256 a, UWide b)
{
    U256 y = u256_of(b);
    uint64_t product[WORDS + 2];
    multiply(product, a.w, WORDS, y.w, 2);
    for (int i = 0; i < WORDS; i++)
        out->w[i] = product[i];
    return (product[WORDS] | product[WORDS + 1]) == 0;
}

bool u256_is_wide(U256 a)
{
    return (a.w[2] | a.w[3]) == 0;
}

UWide u256_low(U256 a)
{
    return (UWide)a.w[1] << 64 | a.w[0];
}

int u256_cmp(U256 a, U256 b)
{
    for (int i = WORDS; i-- > 0;)
        if (a.w[i] != b.w[i])
            return a.w[i] < b.w[i] ? -1 : 1;
    return 0;
}

U256 u256_sub(U256 a, U256 b)
{
    U256 out;
    uint64_t borrow = 0;
    for (int i = 0; i < WORDS; i++) {
        UWide t = (UWide)a.w[i] - b.w[i] - borrow;
        out.w[i] = (uint64_t)t;
        borrow = (uint64_t)(t >> 64) & 1;
    }
    ASSERT(borrow == 0);
    return out;
}

static int words_of(U256 a)
{
    int n = WORDS;
    while (n > 0 && a.w[n - 1] == 0)
        n--;
    return n;
}

static U256 divide_small(U256 a, uint64_t d, U256 *rem)
{
    U256 q;
    UWide r = 0;
    for (int i = WORDS; i-- > 0;) {
        UWide t = r << 64 | a.w[i];
        q.w[i] = (uint64_t)(t / d);
        r = t % d;
    }
    *rem = u256_of(r);
    return q;
}

/* One digit of the quotient: how often v[0 .. n) goes into u[0 .. n], guessed from the top two
 * words and at most one too high after the loop. */
static uint64_t guess(const uint64_t *u, const uint64_t *v, int n)
{
    UWide top = (UWide)u[n] << 64 | u[n - 1];
    UWide q = top / v[n - 1], r = top % v[n - 1];
    while (q >> 64 != 0 || (UWide)(uint64_t)q * v[n - 2] > (r << 64 | u[n - 2])) {
        q--;
        r += v[n - 1];
        if (r >> 64 != 0)
            break;
    }
    return (uint64_t)q;
}

/* u[0 .. n] -= q * v[0 .. n), adding v back if that was one too many. Returns the right digit. */
static uint64_t subtract(uint64_t *u, const uint64_t *v, int n, uint64_t q)
{
    uint64_t carry = 0, borrow = 0;
    for (int i = 0; i < n; i++) {
        UWide product = (UWide)q * v[i] + carry;
        carry = (uint64_t)(product >> 64);
        UWide t = (UWide)u[i] - (uint64_t)product - borrow;
        u[i] = (uint64_t)t;
        borrow = (uint64_t)(t >> 64) & 1;
    }
    UWide t = (UWide)u[n] - carry - borrow;
    u[n] = (uint64_t)t;
    if (t >> 64 == 0)
        return q;
    uint64_t up = 0;
    for (int i = 0; i < n; i++) {
        UWide sum = (UWide)u[i] + v[i] + up;
        u[i] = (uint64_t)sum;
        up = (uint64_t)(sum >> 64);
    }
    u[n] += up;
    return q - 1;
}

U256 u256_div(U256 a, U256 b, U256 *rem)
{
    int n = words_of(b);
    ASSERT(n > 0);
    if (n == 1)
        return divide_small(a, b.w[0], rem);
    /* Normalise: shift both so that the divisor's top bit is set. */
    int shift = __builtin_clzll(b.w[n - 1]);
    uint64_t u[WORDS + 1] = {0}, v[WORDS] = {0};
    for (int i = 0; i < WORDS; i++) {
        UWide t = (UWide)a.w[i] << shift;
        u[i] |= (uint64_t)t;
        u[i + 1] = (uint64_t)(t >> 64);
        t = (UWide)b.w[i] << shift;
        v[i] |= (uint64_t)t;
        if (i + 1 < n)
            v[i + 1] = (uint64_t)(t >> 64);
    }
    U256 q = {{0}};
    for (int j = WORDS - n; j >= 0; j--)
        q.w[j] = subtract(u + j, v, n, guess(u + j, v, n));
    for (int i = 0; i < WORDS; i++) {
        UWide t = (UWide)u[i + 1] << 64 | u[i];
        rem->w[i] = (uint64_t)(t >> shift);
    }
    return q;
}

/* Bit by bit from the top: the root has at most 128 bits, and each costs a 256-bit comparison. */
UWide u256_sqrt(U256 a)
{
    int n = words_of(a);
    if (n == 0)
        return 0;
    int bit = (64 * n - __builtin_clzll(a.w[n - 1]) - 1) / 2;
    UWide root = 0;
    for (; bit >= 0; bit--) {
        UWide next = root | (UWide)1 << bit;
        if (u256_cmp(u256_mul(next, next), a) <= 0)
            root = next;
    }
    return root;
}
