/* number.c - doubles as 15 decimal digits, serial days as days.
 *
 * The digits of a double are found exactly: m * 2^e is m * 2^e, or for e < 0 m * 5^-e / 10^-e, in
 * limbs of nine digits. Typical numbers take four multiplications.
 */
#include "sheet/number.h"

#include <string.h>

#include "base/buf.h"
#include "base/day.h"
#include "base/decimal.h"
#include "base/str.h"

enum {
    SHOWN = 15,    /* significant digits */
    KEPT = 40,     /* digits that are looked at; what lies behind cannot matter for 15 */
    PLAIN_UP = 21, /* longer whole numbers are written with an exponent */
    PLAIN_DOWN = -20,
    EXP_MAX = 9999,
    LIMB = 1000000000,
    LIMB_N = 96, /* 2^1074 * 2^53 needs 85 */
    DAY_SECONDS = 86400,
};

/* digit[0].digit[1].. * 10^exp, leading zeros gone; n == 0 is zero */
struct digits {
    bool minus;
    uint8_t digit[KEPT];
    int n, exp;
};

static void round_to_shown(struct digits *d)
{
    if (d->n > SHOWN) {
        bool up = d->digit[SHOWN] >= 5;
        d->n = SHOWN;
        int i = SHOWN - 1;
        while (up && i >= 0 && d->digit[i] == 9)
            i--;
        if (up && i < 0) {
            d->digit[0] = 1;
            d->n = 1;
            d->exp++;
        } else if (up) {
            d->digit[i]++;
            d->n = i + 1;
        }
    }
    while (d->n > 0 && d->digit[d->n - 1] == 0)
        d->n--;
}

static void print_run(struct buf *out, const struct digits *d, int from, int to)
{
    for (int i = from; i < to; i++)
        buf_char(out, (char)('0' + (i >= 0 && i < d->n ? d->digit[i] : 0)));
}

static void print(struct buf *out, struct digits *d)
{
    round_to_shown(d);
    if (d->n == 0) {
        buf_char(out, '0');
        return;
    }
    if (d->minus)
        buf_char(out, '-');
    if (d->exp >= PLAIN_UP || d->exp < PLAIN_DOWN) {
        print_run(out, d, 0, 1);
        if (d->n > 1)
            buf_char(out, '.');
        print_run(out, d, 1, d->n);
        buf_fmt(out, "E%+d", d->exp);
        return;
    }
    print_run(out, d, d->exp < 0 ? d->exp : 0, d->exp + 1);
    if (d->n > d->exp + 1) {
        buf_char(out, '.');
        print_run(out, d, d->exp + 1, d->n);
    }
}

static void add_digit(struct digits *d, uint8_t digit)
{
    if (d->n < KEPT)
        d->digit[d->n++] = digit;
}

static bool read_exponent(Str s, size_t at, int *out)
{
    bool minus = at < s.n && s.p[at] == '-';
    at += at < s.n && (s.p[at] == '-' || s.p[at] == '+');
    int e = 0;
    if (at == s.n)
        return false;
    for (; at < s.n; at++) {
        if (s.p[at] < '0' || s.p[at] > '9')
            return false;
        if (e < EXP_MAX)
            e = e * 10 + (s.p[at] - '0');
    }
    *out = minus ? -e : e;
    return true;
}

static bool read_digits(struct digits *d, Str s)
{
    size_t at = s.n > 0 && (s.p[0] == '-' || s.p[0] == '+');
    bool point = false, any = false;
    int exp = 0;
    *d = (struct digits){.minus = s.n > 0 && s.p[0] == '-', .exp = -1};
    for (; at < s.n; at++) {
        char c = s.p[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9')
            break;
        any = true;
        bool counts = d->n > 0 || c != '0';
        if (counts)
            add_digit(d, (uint8_t)(c - '0'));
        d->exp += (counts && !point) - (!counts && point);
    }
    if (!any || (at < s.n && s.p[at] != 'e' && s.p[at] != 'E'))
        return false;
    if (at < s.n && !read_exponent(s, at + 1, &exp))
        return false;
    d->exp += exp;
    return true;
}

bool number_text(struct buf *out, Str text)
{
    struct digits d;
    if (!read_digits(&d, text))
        return false;
    print(out, &d);
    return true;
}

/* ---- the bits of a double ---- */

struct limbs { /* least first */
    uint32_t at[LIMB_N];
    int n;
};

static void times(struct limbs *x, uint64_t by)
{
    uint64_t carry = 0;
    for (int i = 0; i < x->n || carry > 0; i++) {
        uint64_t v = (i < x->n ? x->at[i] : 0) * by + carry;
        x->at[i] = (uint32_t)(v % LIMB);
        carry = v / LIMB;
        x->n = i < x->n ? x->n : i + 1;
    }
}

static void times_power(struct limbs *x, uint64_t base, int power, int step)
{
    for (; power > 0; power -= step) {
        uint64_t by = 1;
        for (int i = 0; i < step && i < power; i++)
            by *= base;
        times(x, by);
    }
}

static void limb_digits(struct digits *d, const struct limbs *x)
{
    for (int i = x->n - 1; i >= 0; i--)
        for (uint32_t unit = LIMB / 10; unit > 0; unit /= 10) {
            uint8_t digit = (uint8_t)(x->at[i] / unit % 10);
            if (d->n == 0 && digit == 0)
                continue;
            add_digit(d, digit);
            d->exp++;
        }
}

bool number_bits(struct buf *out, uint64_t bits)
{
    struct digits d = {.minus = bits >> 63 != 0, .exp = -1};
    int e = (int)(bits >> 52 & 0x7FF);
    uint64_t m = bits & ((1ULL << 52) - 1);
    if (e == 0x7FF)
        return false;
    m |= e > 0 ? 1ULL << 52 : 0;
    e = (e > 0 ? e : 1) - 1075;
    while (m != 0 && (m & 1) == 0 && e < 0) {
        m >>= 1;
        e++;
    }
    struct limbs x = {.at = {(uint32_t)(m % LIMB), (uint32_t)(m / LIMB)}, .n = 2};
    times_power(&x, e < 0 ? 5 : 2, e < 0 ? -e : e, e < 0 ? 13 : 30);
    limb_digits(&d, &x);
    d.exp += e < 0 ? e : 0;
    print(out, &d);
    return true;
}

/* ---- what a format makes of it ---- */

static bool show_percent(struct buf *out, Str text)
{
    struct digits d;
    if (!read_digits(&d, text))
        return false;
    d.exp += d.n > 0 ? 2 : 0;
    print(out, &d);
    buf_char(out, '%');
    return true;
}

static void print_time(struct buf *out, int64_t s)
{
    buf_fmt(out, "%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60));
    if (s % 60 != 0)
        buf_fmt(out, ":%02d", (int)(s % 60));
}

/* Serial days and their fraction in seconds; false where there is no such day. */
static bool split_serial(Str text, Wide *day, int64_t *second)
{
    Dec d;
    bool lossy;
    Wide seconds;
    if (!dec_parse(&d, text, &lossy) || d.m < 0 ||
        !wide_mul(&seconds, d.m, d.scale, DAY_SECONDS, 0, 0, ROUND_HALF_UP))
        return false;
    *day = seconds / DAY_SECONDS;
    *second = (int64_t)(seconds % DAY_SECONDS);
    return *day <= DAY_MAX;
}

bool number_show(struct buf *out, Str text, enum cell_show show, bool from_1904)
{
    enum { DAY_1904 = -24107, DAY_1899_12_30 = -25569, LEAP_1900 = 60 };
    Wide day;
    int64_t second;
    if (show == SHOW_PERCENT)
        return show_percent(out, text);
    if (show == SHOW_PLAIN || !split_serial(text, &day, &second))
        return false;
    if (show == SHOW_TIME && day == 0) {
        print_time(out, second);
        return true;
    }
    if (!from_1904 && (day == LEAP_1900 || day == 0))
        return false;
    Wide at = from_1904 ? DAY_1904 + day : DAY_1899_12_30 + day + (day < LEAP_1900);
    if (show == SHOW_TIME || at > DAY_MAX)
        return false; /* a length of time of more than a day: as a number */
    day_print(out, (Day)at);
    if (second != 0) {
        buf_char(out, ' ');
        print_time(out, second);
    }
    return true;
}

/* Steps over what a format shows as it stands: "..", \x, _x, *x, and [..] but for [h] [m] [s]. */
static size_t skip_literal(Str code, size_t at)
{
    char c = code.p[at];
    if (c == '\\' || c == '_' || c == '*')
        return at + 2;
    if (c != '"' && c != '[')
        return at;
    char close = c == '"' ? '"' : ']';
    size_t end = at + 1;
    while (end < code.n && code.p[end] != close)
        end++;
    if (c == '[' && end == at + 2 && strchr("hHmMsS", code.p[at + 1]) != NULL)
        return at;
    return end + 1;
}

enum cell_show number_format(Str code)
{
    bool day = false, time = false, percent = false;
    for (size_t at = 0; at < code.n && code.p[at] != ';';) {
        size_t next = skip_literal(code, at);
        if (next > at) {
            at = next;
            continue;
        }
        char c = code.p[at++];
        day |= c == 'y' || c == 'Y' || c == 'd' || c == 'D' || c == 'e';
        time |= c == 'h' || c == 'H' || c == 's' || c == 'S';
        percent |= c == '%';
        if (c == 'G' || c == 'g') /* General: its letters mean nothing */
            at += str_starts(str_sub(code, at, code.n), S("eneral")) ? 6 : 0;
    }
    /* a lone m is a month */
    bool month = !time && str_find(code, S("m")) < code.n && str_find(code, S("0")) == code.n &&
                 str_find(code, S("#")) == code.n && str_find(code, S("@")) == code.n &&
                 str_find(code, S("\"")) == code.n && str_find(code, S("[")) == code.n;
    return percent ? SHOW_PERCENT : day || month ? SHOW_DAY : time ? SHOW_TIME : SHOW_PLAIN;
}

enum cell_show number_format_builtin(uint32_t id)
{
    if (id == 9 || id == 10)
        return SHOW_PERCENT;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 ||
        id == 56)
        return SHOW_TIME;
    if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 ||
        (id >= 50 && id <= 54) || id == 57 || id == 58)
        return SHOW_DAY;
    return SHOW_PLAIN;
}
