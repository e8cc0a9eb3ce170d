/* decimal_math.c - ln, log10, exp, sqrt and pow of exact decimals, correctly rounded.
 *
 * Integer fixed point, so the bits are the same everywhere; libm's are not. A value is computed
 * with `f` words of fraction and a proven bound on its error; if both ends of that interval round
 * to the same decimal, it is the answer, else f doubles (Ziv's strategy). 128 bits of fraction are
 * enough for all small results but one in 10^14; the others are real (exp(5e-19) to 18 decimals
 * needs 123 bits), and the tests have them planted.
 *
 *     ln x     x = 2^k t, 0.7 <= t < 1.43:  k ln 2 + 2 atanh((t - 1) / (t + 1)), by the series
 *     exp x    x = k ln 2 + r, 0 <= r < ln 2:  Taylor at r / 2^h, squared h times, shifted by k
 *     pow      exp(y ln x)
 *     sqrt     integer square root; the remainder decides the rounding, no interval needed
 *
 * Can the strategy fail to end? exp, ln and log10 of a decimal are irrational except where they
 * are 0, 1 or a whole power of ten, and those are no ties. x^y may be a tie: 1.5^2 = 2.25. At the
 * last step, 768 bits of which 500 are sure at worst, an interval that still straddles a tie is
 * taken for one. A power with y whole has at most sx * y decimals, so up to 150 of them this is
 * exact; beyond, an inexact value that close to a tie would be a coincidence of 500 bits from two
 * arguments of 123.
 */
#include "base/decimal.h"
#include "base/u256_int.h"

enum {
    F_MAX = 12,                /* words of fraction at the last step */
    WHOLE = 2,                 /* words before the point */
    WORDS_MAX = F_MAX + WHOLE, /* least significant first */
    TO_MAX = 18,
    EXP_HIGH = 88, /* e^88 > 10^38: no result has as much */
    EXP_LOW = 46,  /* e^-46 < 10^-19: rounds to 0 everywhere */
};

/* An unsigned fixed-point number; signs are kept beside. */
typedef struct Fix {
    uint64_t w[WORDS_MAX];
    int f;
} Fix;

/* A number, its sign, and how wrong it may be: less than 2^err units of its last place. */
typedef struct Approx {
    Fix v;
    bool negative;
    int err;
} Approx;

enum verdict { DECIDED, UNDECIDED, OUT_OF_RANGE };

/* Most significant word first. Every word of ln 2 is needed by exact ties of fractional powers; of
 * 1 / ln 10, which meets no ties, no more than the first four ever were. */
static const uint64_t ln_2[F_MAX] = {
    0xB17217F7D1CF79AB, 0xC9E3B39803F2F6AF, 0x40F343267298B62D, 0x8A0D175B8BAAFA2B,
    0xE7B876206DEBAC98, 0x559552FB4AFA1B10, 0xED2EAE35C1382144, 0x27573B291169B825,
    0x3E96CA16224AE8C5, 0x1ACBDA11317C387E, 0xB9EA9BC3B136603B, 0x256FA0EC7657F74B,
};
static const uint64_t one_by_ln_10[F_MAX] = {
    0x6F2DEC549B9438CA, 0x9AADD557D699EE19, 0x1F71A30122E4D101, 0x1D1F96A27BC7529E,
    0x3AA1277D0A0179F9, 0x4911AAC96323250A, 0x8C671DECFE9C6E5E, 0x37D15C696466D3D9,
    0xA1AB5E8CA46837FC, 0xA0039002C60EE26D, 0x32C5B0F5216426B5, 0x2859B6F6979B9CEA,
};

static Fix fix_whole(UWide n, int f)
{
    Fix x = {.f = f};
    x.w[f] = (uint64_t)n;
    x.w[f + 1] = (uint64_t)(n >> 64);
    return x;
}

static Fix fix_constant(const uint64_t top_first[F_MAX], int f)
{
    Fix x = {.f = f};
    for (int i = 0; i < f; i++)
        x.w[i] = top_first[f - 1 - i];
    return x;
}

static UWide whole_part(const Fix *x)
{
    return (UWide)x->w[x->f + 1] << 64 | x->w[x->f];
}

static bool is_zero(const Fix *x)
{
    uint64_t any = 0;
    for (int i = 0; i < x->f + WHOLE; i++)
        any |= x->w[i];
    return any == 0;
}

/* x += y; the sum must fit. */
static void add(Fix *x, const Fix *y)
{
    uint64_t carry = 0;
    for (int i = 0; i < x->f + WHOLE; i++) {
        UWide t = (UWide)x->w[i] + y->w[i] + carry;
        x->w[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
}

/* x -= y; returns the borrow out. */
static bool subtract(Fix *x, const Fix *y)
{
    uint64_t borrow = 0;
    for (int i = 0; i < x->f + WHOLE; i++) {
        UWide t = (UWide)x->w[i] - y->w[i] - borrow;
        x->w[i] = (uint64_t)t;
        borrow = (uint64_t)(t >> 64) & 1;
    }
    return borrow != 0;
}

/* x *= m; returns what does not fit. */
static uint64_t scale(Fix *x, uint64_t m)
{
    uint64_t carry = 0;
    for (int i = 0; i < x->f + WHOLE; i++) {
        UWide t = (UWide)x->w[i] * m + carry;
        x->w[i] = (uint64_t)t;
        carry = (uint64_t)(t >> 64);
    }
    return carry;
}

static void divide(Fix *x, uint64_t d)
{
    uint64_t r = 0;
    for (int i = x->f + WHOLE; i-- > 0;) {
        if (r == 0 && x->w[i] == 0)
            continue;
        UWide t = (UWide)r << 64 | x->w[i];
        x->w[i] = (uint64_t)(t / d);
        r = (uint64_t)(t % d);
    }
}

/* *out = x * y, rounded down by less than one unit; false if it does not fit. */
static bool multiply(Fix *out, const Fix *x, const Fix *y)
{
    int f = x->f, n = f + WHOLE;
    uint64_t t[2 * WORDS_MAX] = {0};
    for (int i = 0; i < n; i++) {
        uint64_t carry = 0;
        if (x->w[i] == 0)
            continue;
        for (int j = 0; j < n; j++) {
            UWide sum = (UWide)x->w[i] * y->w[j] + t[i + j] + carry;
            t[i + j] = (uint64_t)sum;
            carry = (uint64_t)(sum >> 64);
        }
        t[i + n] = carry;
    }
    *out = (Fix){.f = f};
    for (int i = 0; i < n; i++)
        out->w[i] = t[f + i];
    return (t[f + n] | t[f + n + 1]) == 0;
}

/* n / d rounded down by less than one unit, bit by bit; d < 2^127. */
static Fix ratio(UWide n, UWide d, int f)
{
    Fix x = fix_whole(n / d, f);
    UWide r = n % d;
    for (int i = f; i-- > 0;) {
        uint64_t word = 0;
        for (int bit = 0; bit < 64; bit++) {
            r <<= 1;
            bool one = r >= d;
            r -= one ? d : 0;
            word = word << 1 | one;
        }
        x.w[i] = word;
    }
    return x;
}

/* x *= 2^k, rounded down; the result must fit. */
static void shift(Fix *x, int k)
{
    int n = x->f + WHOLE;
    Fix old = *x;
    int words = (k < 0 ? -k : k) / 64, bits = (k < 0 ? -k : k) % 64;
    *x = (Fix){.f = old.f};
    for (int i = 0; i < n; i++) {
        int to = k < 0 ? i - words : i + words, beside = k < 0 ? to - 1 : to + 1;
        uint64_t moved = k < 0 ? old.w[i] >> bits : old.w[i] << bits, rest = 0;
        if (bits > 0)
            rest = k < 0 ? old.w[i] << (64 - bits) : old.w[i] >> (64 - bits);
        if (to >= 0 && to < n)
            x->w[to] |= moved;
        if (beside >= 0 && beside < n)
            x->w[beside] |= rest;
    }
}

static int bits_of(UWide n)
{
    uint64_t high = (uint64_t)(n >> 64), low = (uint64_t)n;
    if (high != 0)
        return 128 - __builtin_clzll(high);
    return low == 0 ? 0 : 64 - __builtin_clzll(low);
}

/* The number with `to` decimals, half up; false if it is out of range (then *out is not that of any
 * number in range). */
static bool round_fix(Wide *out, Fix v, int to)
{
    *out = -1;
    if (scale(&v, (uint64_t)wide_pow10(to)) != 0)
        return false;
    UWide m = whole_part(&v);
    m += m <= (UWide)WIDE_MAX && v.w[v.f - 1] >> 63 != 0;
    *out = (Wide)m;
    return m <= (UWide)WIDE_MAX;
}

/* Rounds both ends of the interval. At the last step the upper end decides, see the top. */
static enum verdict decide(Wide *out, const Approx *x, int to)
{
    int f = x->v.f;
    if (x->err >= 64 * f)
        return UNDECIDED;
    Fix low = x->v, high = x->v, e = {.f = f};
    e.w[x->err / 64] = (uint64_t)1 << x->err % 64;
    if (subtract(&low, &e))
        low = (Fix){.f = f};
    Wide a = 0, b = 0;
    add(&high, &e); /* x < 2^127 */
    if (!round_fix(&a, low, to))
        return OUT_OF_RANGE;
    bool fits = round_fix(&b, high, to);
    if (f < F_MAX && a != b)
        return UNDECIDED;
    *out = x->negative ? -b : b;
    return ALWAYS(fits) ? DECIDED : OUT_OF_RANGE;
}

/* 2 atanh(z) for z < 0.18: at most 155 terms, each wrong by less than 3 units. */
static Fix twice_atanh(const Fix *z)
{
    Fix sum = *z, power = *z, square, term;
    (void)multiply(&square, z, z); /* < 1 */
    for (uint64_t i = 3;; i += 2) {
        (void)multiply(&power, &power, &square); /* < 1 */
        term = power;
        divide(&term, i);
        if (is_zero(&term))
            break;
        add(&sum, &term); /* < 1 */
    }
    shift(&sum, 1);
    return sum;
}

/* ln of n / d > 0, both < 2^123. |k| <= 124, so k ln 2 is wrong by 2^7 units at most. */
static Approx ln_ratio(UWide n, UWide d, int f)
{
    int k = bits_of(n) - bits_of(d);
    if (k > 0)
        d <<= k;
    else
        n <<= -k;
    /* now n / d is in (1/2, 2); brought to [0.7, 1.43), where |z| < 0.18 */
    if (5 * n >= 7 * d) {
        d <<= 1;
        k++;
    } else if (7 * n < 5 * d) {
        n <<= 1;
        k--;
    }
    bool below = n < d;
    Fix z = ratio(below ? d - n : n - d, n + d, f), part = twice_atanh(&z);
    if (k == 0)
        return (Approx){part, below, 10};
    Fix sum = fix_constant(ln_2, f);
    (void)scale(&sum, (uint64_t)(k < 0 ? -k : k)); /* < 128 */
    if (below == (k < 0))
        add(&sum, &part);
    else
        (void)subtract(&sum, &part); /* ln 2 > part */
    return (Approx){sum, k < 0, 10};
}

/* x = k ln 2 + r with 0 <= r <= ln 2: returns k. Whole and first fraction word guess the quotient,
 * one too low at most after one is taken off. */
static int split_exponent(Fix *r, const Approx *x)
{
    int f = x->v.f;
    Fix ln2 = fix_constant(ln_2, f), part = ln2;
    UWide top = (UWide)x->v.w[f] << 64 | x->v.w[f - 1]; /* the whole part is one word, < 128 */
    uint64_t q = (uint64_t)(top / ln_2[0]);
    q -= q > 0;
    (void)scale(&part, q); /* < 2^8 */
    *r = x->v;
    (void)subtract(r, &part); /* part <= x */
    for (Fix less = *r; !subtract(&less, &ln2); q++)
        *r = less;
    if (!x->negative)
        return (int)q;
    part = ln2;
    (void)subtract(&part, r); /* r < ln 2 */
    *r = part;
    return -(int)q - 1;
}

/* e^x. UNDECIDED if x is known too badly. The error: r has that of x and at most 2^8 units from
 * k ln 2; the series adds fewer than 2^7; squaring h times multiplies by less than 2^(h + 1). */
static enum verdict exp_approx(Approx *out, const Approx *x)
{
    int f = x->v.f, h = 6 + f;
    if (x->err >= 64 * f - 8)
        return UNDECIDED;
    if (whole_part(&x->v) >= (x->negative ? EXP_LOW : EXP_HIGH)) {
        *out = (Approx){.v = {.f = f}};
        return x->negative ? DECIDED : OUT_OF_RANGE;
    }
    Fix r, sum = fix_whole(1, f), term = sum;
    int k = split_exponent(&r, x);
    shift(&r, -h);
    for (uint64_t i = 1; !is_zero(&term); i++) {
        (void)multiply(&term, &term, &r); /* < 1 */
        divide(&term, i);
        add(&sum, &term); /* < 2 */
    }
    for (int i = 0; i < h; i++)
        (void)multiply(&sum, &sum, &sum); /* <= 2 */
    int err = (x->err > h + 8 ? x->err : h + 8) + 4;
    shift(&sum, k); /* < 2^127, as x < 88 */
    err += k;
    *out = (Approx){sum, false, err < 1 ? 1 : err + 1};
    return DECIDED;
}

static UWide size_of(Wide x)
{
    return x < 0 ? -(UWide)x : (UWide)x;
}

/* The next step of precision: 128, 256, 512, 768 bits. */
static int finer(int f)
{
    return f < 8 ? 2 * f : F_MAX;
}

/* Arguments every function here takes. */
static bool usable(Wide x, int sx, int to)
{
    ASSERT(sx >= 0 && sx <= DEC_DIGITS_MAX && to >= 0 && to <= TO_MAX);
    return size_of(x) <= (UWide)WIDE_MAX;
}

static bool is_one(Wide x, int sx)
{
    return x == wide_pow10(sx);
}

bool wide_ln(Wide *out, Wide x, int sx, int to)
{
    if (!usable(x, sx, to) || x <= 0)
        return false;
    enum verdict v = UNDECIDED;
    for (int f = 2; v == UNDECIDED; f = finer(f)) {
        Approx y = ln_ratio((UWide)x, (UWide)wide_pow10(sx), f);
        v = decide(out, &y, to);
    }
    return v == DECIDED;
}

bool wide_log10(Wide *out, Wide x, int sx, int to)
{
    if (!usable(x, sx, to) || x <= 0)
        return false;
    enum verdict v = UNDECIDED;
    for (int f = 2; v == UNDECIDED; f = finer(f)) {
        Approx y = ln_ratio((UWide)x, (UWide)wide_pow10(sx), f);
        Fix factor = fix_constant(one_by_ln_10, f);
        (void)multiply(&y.v, &y.v, &factor); /* < 38 */
        v = decide(out, &y, to);
    }
    return v == DECIDED;
}

bool wide_exp(Wide *out, Wide x, int sx, int to)
{
    if (!usable(x, sx, to))
        return false;
    enum verdict v = UNDECIDED;
    for (int f = 2; v == UNDECIDED; f = finer(f)) {
        Approx y, arg = {ratio(size_of(x), (UWide)wide_pow10(sx), f), x < 0, 1};
        v = exp_approx(&y, &arg);
        if (v == DECIDED)
            v = decide(out, &y, to);
    }
    return v == DECIDED;
}

/* With q the root of floor(4 x 10^(2 to)) the result is (q + 1) / 2 rounded down: q counts halves,
 * and a half goes up. */
bool wide_sqrt(Wide *out, Wide x, int sx, int to)
{
    if (!usable(x, sx, to) || x < 0)
        return false;
    U256 n = u256_mul((UWide)x, 4), rest;
    int up = 2 * to - sx;
    bool fits = u256_scale(&n, n, (UWide)wide_pow10(up > 0 ? up : 0));
    ASSERT(fits); /* 4 * 10^37 * 10^36 < 2^256 */
    n = u256_div(n, u256_of((UWide)wide_pow10(up < 0 ? -up : 0)), &rest);
    *out = (Wide)((u256_sqrt(n) + 1) / 2);
    return true;
}

/* x^y for x > 0. */
static enum verdict pow_positive(Wide *out, UWide x, int sx, Wide y, int sy, int to)
{
    enum verdict v = UNDECIDED;
    int whole = bits_of(size_of(y) / (UWide)wide_pow10(sy));
    for (int f = 2; v == UNDECIDED; f = finer(f)) {
        Approx power, log = ln_ratio(x, (UWide)wide_pow10(sx), f);
        Fix times = ratio(size_of(y), (UWide)wide_pow10(sy), f);
        Approx arg = {.negative = log.negative != (y < 0), .err = log.err + whole + 2};
        if (!multiply(&arg.v, &log.v, &times))
            arg.v = fix_whole(EXP_HIGH, f);
        v = exp_approx(&power, &arg);
        if (v == DECIDED)
            v = decide(out, &power, to);
    }
    return v;
}

bool wide_pow(Wide *out, Wide x, int sx, Wide y, int sy, int to)
{
    if (!usable(x, sx, to) || !usable(y, sy, to))
        return false;
    Dec exponent = dec_trim((Dec){y, sy});
    if (y == 0 || is_one(x, sx))
        return wide_rescale(out, 1, 0, to, ROUND_DOWN);
    if (x == 0) {
        *out = 0;
        return y > 0;
    }
    if (x < 0 && exponent.scale > 0)
        return false;
    if (pow_positive(out, size_of(x), sx, exponent.m, exponent.scale, to) != DECIDED)
        return false;
    if (x < 0 && exponent.m % 2 != 0)
        *out = -*out;
    return true;
}
