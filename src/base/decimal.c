/* decimal.c - exact decimals: rounding, the four operations, reading and printing.
 *
 * Every operation is one exact integer quotient n / d, rounded once. Where n and d fit 128 bits,
 * which is nearly always, the quotient is the machine's; else it is taken in 256 bits. An n that
 * needs more than 256 bits belongs to a result that does not fit either.
 */
#include "base/decimal.h"

#include <string.h>

#include "base/buf.h"
#include "base/str.h"
#include "base/u256_int.h"

enum { POW10_MAX = 38 };

/* 10^0 .. 10^19 fit 64 bits; the rest are one product. */
static const uint64_t pow10_small[] = {
    1u,
    10u,
    100u,
    1000u,
    10000u,
    100000u,
    1000000u,
    10000000u,
    100000000u,
    1000000000u,
    10000000000u,
    100000000000u,
    1000000000000u,
    10000000000000u,
    100000000000000u,
    1000000000000000u,
    10000000000000000u,
    100000000000000000u,
    1000000000000000000u,
    10000000000000000000u,
};

Wide wide_pow10(int n)
{
    ASSERT(n >= 0 && n <= POW10_MAX);
    return n <= 19 ? (Wide)pow10_small[n] : (Wide)pow10_small[19] * (Wide)pow10_small[n - 19];
}

static UWide magnitude(Wide a)
{
    return a < 0 ? -(UWide)a : (UWide)a;
}

static bool in_range(Wide a)
{
    return magnitude(a) <= (UWide)WIDE_MAX;
}

static bool signed_of(Wide *out, UWide m, bool negative)
{
    if (m > (UWide)WIDE_MAX)
        return false;
    *out = negative ? -(Wide)m : (Wide)m;
    return true;
}

/* Is a quotient with remainder to be stepped away from zero? `half` compares twice the remainder
 * with the divisor: -1 less, 0 equal, 1 more. */
static bool rounds_away(enum rounding how, bool negative, bool odd, bool exact, int half)
{
    switch (how) {
    case ROUND_HALF_UP: return half >= 0;
    case ROUND_HALF_EVEN: return half > 0 || (half == 0 && odd);
    case ROUND_DOWN: return false;
    case ROUND_UP: return !exact;
    case ROUND_FLOOR: return negative && !exact;
    case ROUND_CEIL: break;
    }
    return !negative && !exact;
}

static bool divide_wide(Wide *out, bool negative, UWide n, UWide d, enum rounding how)
{
    UWide q = n / d, r = n - q * d, rest = d - r;
    int half = (r > rest) - (r < rest);
    q += rounds_away(how, negative, (q & 1) != 0, r == 0, half);
    return signed_of(out, q, negative);
}

static bool divide(Wide *out, bool negative, U256 n, U256 d, enum rounding how)
{
    if (u256_is_wide(n) && u256_is_wide(d))
        return divide_wide(out, negative, u256_low(n), u256_low(d), how);
    U256 r, q = u256_div(n, d, &r);
    if (!u256_is_wide(q) || u256_low(q) > (UWide)WIDE_MAX)
        return false;
    int half = u256_cmp(r, u256_sub(d, r));
    bool exact = u256_is_wide(r) && u256_low(r) == 0;
    UWide m = u256_low(q) + rounds_away(how, negative, (q.w[0] & 1) != 0, exact, half);
    return signed_of(out, m, negative);
}

/* *n *= 10^e; false: past 256 bits. */
static bool scale_up(U256 *n, int e)
{
    for (; e > POW10_MAX; e -= POW10_MAX)
        if (!u256_scale(n, *n, (UWide)wide_pow10(POW10_MAX)))
            return false;
    return u256_scale(n, *n, (UWide)wide_pow10(e));
}

bool wide_rescale(Wide *out, Wide m, int from, int to, enum rounding how)
{
    if (!in_range(m))
        return false;
    if (to <= from) {
        /* beyond 38 places the quotient is 0.0..: the same for every rounding */
        int drop = from - to < POW10_MAX ? from - to : POW10_MAX;
        return divide_wide(out, m < 0, magnitude(m), (UWide)wide_pow10(drop), how);
    }
    if (m != 0 && to - from > DEC_DIGITS_MAX)
        return false;
    Wide product = 0;
    if (m != 0 && __builtin_mul_overflow(m, wide_pow10(to - from), &product))
        return false;
    if (!in_range(product))
        return false;
    *out = product;
    return true;
}

bool wide_add(Wide *out, Wide a, Wide b)
{
    Wide sum = 0;
    if (!in_range(a) || !in_range(b))
        return false;
    sum = a + b; /* at most 2 * 10^37: no overflow */
    if (!in_range(sum))
        return false;
    *out = sum;
    return true;
}

bool wide_sub(Wide *out, Wide a, Wide b)
{
    return in_range(b) && wide_add(out, a, -b);
}

/* srccheck:params each operand brings its scale */
bool wide_mul(Wide *out, Wide a, int sa, Wide b, int sb, int to, enum rounding how)
{
    if (!in_range(a) || !in_range(b))
        return false;
    bool negative = (a < 0) != (b < 0);
    int drop = sa + sb - to;
    UWide x = magnitude(a), y = magnitude(b);
    if (drop >= 0 && drop <= POW10_MAX && (x | y) >> 64 == 0)
        return divide_wide(out, negative, x * y, (UWide)wide_pow10(drop), how);
    if (x == 0 || y == 0)
        return signed_of(out, 0, false);
    U256 n = u256_mul(x, y), d = u256_of(1);
    if (drop > 2 * POW10_MAX) /* the product is below 10^74: 0.0.. already */
        drop = 2 * POW10_MAX;
    if (!(drop < 0 ? scale_up(&n, -drop) : scale_up(&d, drop)))
        return false;
    return divide(out, negative, n, d, how);
}

/* srccheck:params each operand brings its scale */
bool wide_div(Wide *out, Wide a, int sa, Wide b, int sb, int to, enum rounding how)
{
    ASSERT(b != 0);
    if (!in_range(a) || !in_range(b))
        return false;
    bool negative = (a < 0) != (b < 0);
    int up = to + sb - sa;
    UWide x = magnitude(a), y = magnitude(b), n = 0;
    if (up >= 0 && up <= POW10_MAX && !__builtin_mul_overflow(x, (UWide)wide_pow10(up), &n))
        return divide_wide(out, negative, n, y, how);
    if (x == 0)
        return signed_of(out, 0, false);
    U256 num = u256_of(x), den = u256_of(y);
    if (up < -POW10_MAX - 1) /* the quotient is below 10^-2 already */
        up = -POW10_MAX - 1;
    if (!(up >= 0 ? scale_up(&num, up) : scale_up(&den, -up)))
        return false;
    return divide(out, negative, num, den, how);
}

bool wide_muldiv(Wide *out, Wide a, Wide num, Wide den, enum rounding how)
{
    ASSERT(den != 0);
    if (!in_range(a) || !in_range(num) || !in_range(den))
        return false;
    bool negative = ((a < 0) != (num < 0)) != (den < 0);
    return divide(out, negative, u256_mul(magnitude(a), magnitude(num)), u256_of(magnitude(den)),
                  how);
}

static int sign_of(Wide a)
{
    return (a > 0) - (a < 0);
}

static int order_of(Wide a, Wide b)
{
    return (a > b) - (a < b);
}

int wide_cmp(Wide a, int sa, Wide b, int sb)
{
    if (sa == sb || sign_of(a) != sign_of(b))
        return order_of(a, b);
    if (!in_range(a) || !in_range(b)) { /* a bound at infinity has no scale */
        int x = in_range(a) ? 0 : sign_of(a), y = in_range(b) ? 0 : sign_of(b);
        return order_of(x, y);
    }
    int up = sa < sb ? sb - sa : sa - sb;
    Wide scaled = 0;
    if (up <= POW10_MAX && !__builtin_mul_overflow(sa < sb ? a : b, wide_pow10(up), &scaled))
        return sa < sb ? order_of(scaled, b) : order_of(a, scaled);
    U256 x = u256_of(magnitude(a)), y = u256_of(magnitude(b));
    int order = 0;
    if (sa < sb)
        order = scale_up(&x, sb - sa) ? u256_cmp(x, y) : 1;
    else
        order = scale_up(&y, sa - sb) ? u256_cmp(x, y) : -1;
    return a < 0 ? -order : order;
}

Dec dec_int(int64_t n)
{
    return (Dec){n, 0};
}

bool dec_eq(Dec a, Dec b)
{
    return wide_cmp(a.m, a.scale, b.m, b.scale) == 0;
}

Dec dec_trim(Dec d)
{
    while (d.scale > 0 && d.m % 10 == 0) {
        d.m /= 10;
        d.scale--;
    }
    return d;
}

/* What a number looks like: where its digits are, and the power of ten of its last one. */
struct shape {
    bool negative;
    Str body; /* digits, commas and the point */
    int64_t exponent;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(Str s, size_t at)
{
    while (at < s.n && is_digit(s.p[at]))
        at++;
    return at;
}

/* Digits, or one to three and then groups of a comma and three. Returns where they end; `at` if
 * there are none. */
static size_t skip_integer(Str s, size_t at)
{
    size_t end = skip_digits(s, at);
    if (end - at > 3 || end == at)
        return end;
    while (end < s.n && s.p[end] == ',' && skip_digits(s, end + 1) == end + 4)
        end += 4;
    return end;
}

/* Reads e[+-]digits at `at`, which must end the text. Sums beyond EXPONENT_MAX stay there: the
 * number is out of range or zero anyway. */
static bool read_exponent(Str s, size_t at, int64_t *out)
{
    const int64_t EXPONENT_MAX = (int64_t)1 << 48;
    int64_t value = 0;
    bool negative = at + 1 < s.n && s.p[at + 1] == '-';
    size_t from = at + 1 + (at + 1 < s.n && (s.p[at + 1] == '-' || s.p[at + 1] == '+'));
    if (skip_digits(s, from) != s.n || from == s.n)
        return false;
    for (size_t i = from; i < s.n; i++)
        value = value < EXPONENT_MAX ? value * 10 + (s.p[i] - '0') : EXPONENT_MAX;
    *out = negative ? -value : value;
    return true;
}

static bool read_shape(struct shape *out, Str s)
{
    *out = (struct shape){.negative = s.n > 0 && s.p[0] == '-'};
    size_t beg = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    size_t end = skip_integer(s, beg);
    if (end == beg)
        return false;
    size_t point = end;
    if (end < s.n && s.p[end] == '.') {
        end = skip_digits(s, point + 1);
        if (end == point + 1)
            return false;
    }
    out->body = str_sub(s, beg, end);
    if (end < s.n && s.p[end] != 'e' && s.p[end] != 'E')
        return false;
    if (end < s.n && !read_exponent(s, end, &out->exponent))
        return false;
    if (end > point)
        out->exponent -= (int64_t)(end - point - 1);
    return true;
}

/* Cuts zeros (and what is between them) off both ends of the body; the exponent follows. */
static void trim_shape(struct shape *t)
{
    Str s = t->body;
    while (s.n > 0 && (s.p[0] == '0' || !is_digit(s.p[0])))
        s = str_sub(s, 1, s.n);
    for (; s.n > 0 && (s.p[s.n - 1] == '0' || !is_digit(s.p[s.n - 1])); s.n--)
        t->exponent += s.p[s.n - 1] == '0';
    t->body = s;
}

/* The first `keep` digits of the body as a number, plus one if the next asks for it. */
static UWide read_digits(Str body, int64_t keep)
{
    UWide m = 0;
    for (size_t i = 0; i < body.n; i++) {
        if (!is_digit(body.p[i]))
            continue;
        if (keep-- <= 0)
            return m + (keep == -1 && body.p[i] >= '5');
        m *= 10;
        m += (unsigned)(body.p[i] - '0');
    }
    return m;
}

bool dec_parse(Dec *out, Str text, bool *lossy)
{
    struct shape t;
    if (lossy != NULL)
        *lossy = false;
    if (!read_shape(&t, text))
        return false;
    trim_shape(&t);
    if (t.body.n == 0) {
        *out = (Dec){0, 0};
        return true;
    }
    int64_t digit_n = 0;
    for (size_t i = 0; i < t.body.n; i++)
        digit_n += is_digit(t.body.p[i]);
    int64_t drop = t.exponent < -DEC_SCALE_MAX ? -DEC_SCALE_MAX - t.exponent : 0;
    if ((drop > 0 && lossy == NULL) || digit_n - drop > DEC_DIGITS_MAX)
        return false;
    if (t.exponent > 0 && digit_n + t.exponent > DEC_DIGITS_MAX)
        return false;
    UWide m = read_digits(t.body, digit_n - drop);
    if (t.exponent > 0)
        m *= (UWide)wide_pow10((int)t.exponent);
    Dec d = {0, t.exponent < 0 ? (int)-(t.exponent + drop) : 0};
    if (!signed_of(&d.m, m, t.negative))
        return false;
    if (drop > 0)
        *lossy = true;
    *out = m == 0 ? (Dec){0, 0} : dec_trim(d);
    return true;
}

enum { CHUNK = 19 }; /* digits of a 64-bit piece */

struct digits {
    char ch[3 * CHUNK]; /* most significant first, at least one */
    size_t n;
};

static struct digits digits_of(UWide m)
{
    struct digits d;
    size_t at = sizeof d.ch;
    const UWide whole = (UWide)wide_pow10(CHUNK);
    do {
        bool last = m < whole; /* nearly always, and then nothing of 128 bits is divided */
        uint64_t piece = (uint64_t)(last ? m : m % whole);
        m = last ? 0 : m / whole;
        for (int i = 0; i < CHUNK && (piece > 0 || m > 0 || i == 0); i++, piece /= 10)
            d.ch[--at] = (char)('0' + piece % 10);
    } while (m > 0);
    d.n = sizeof d.ch - at;
    memmove(d.ch, d.ch + at, d.n);
    return d;
}

/* The digits, `scale` of them behind the point, then `zeros` more. */
static void print_digits(struct buf *b, const struct digits *d, int scale, int zeros)
{
    size_t decimals = (size_t)scale, whole = d->n > decimals ? d->n - decimals : 0;
    buf_add(b, whole > 0 ? (Str){d->ch, whole} : S("0"));
    if (scale + zeros == 0)
        return;
    buf_char(b, '.');
    buf_fill(b, '0', decimals - (d->n - whole));
    buf_add(b, (Str){d->ch + whole, d->n - whole});
    buf_fill(b, '0', (size_t)zeros);
}

static bool print_infinity(struct buf *b, Wide m)
{
    if (m != WIDE_INF && m != -WIDE_INF)
        return false;
    buf_add(b, m < 0 ? S("-∞") : S("∞"));
    return true;
}

void dec_print(struct buf *b, Wide m, int scale)
{
    ASSERT(scale >= 0);
    if (print_infinity(b, m))
        return;
    struct digits d = digits_of(magnitude(m));
    for (; scale > 0 && d.n > 0 && d.ch[d.n - 1] == '0'; scale--)
        d.n--;
    if (m < 0)
        buf_char(b, '-');
    print_digits(b, &d, m == 0 ? 0 : scale, 0);
}

void dec_print_fixed(struct buf *b, Wide m, int scale, int n)
{
    ASSERT(scale >= 0 && n >= 0);
    if (print_infinity(b, m))
        return;
    Wide rounded = m;
    if (n < scale)
        ASSERT(wide_rescale(&rounded, m, scale, n, ROUND_HALF_UP));
    struct digits d = digits_of(magnitude(rounded));
    if (rounded < 0)
        buf_char(b, '-');
    print_digits(b, &d, n < scale ? n : scale, n > scale ? n - scale : 0);
}
