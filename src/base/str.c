#include "base/str.h"

#include <string.h>

#include "base/swar.h"
#include "base/utf8.h"

Str str_of(const char *z)
{
    return (Str){z, strlen(z)};
}

Str str_or_empty(Str s)
{
    return s.p == NULL ? S("") : s;
}

Str str_sub(Str s, size_t beg, size_t end)
{
    ASSERT(beg <= end && end <= s.n);
    return beg == end ? S("") : (Str){s.p + beg, end - beg};
}

bool str_eq(Str a, Str b)
{
    return a.n == b.n && (a.n == 0 || memcmp(a.p, b.p, a.n) == 0);
}

int str_cmp(Str a, Str b)
{
    size_t n = a.n < b.n ? a.n : b.n;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);
    if (order != 0)
        return order;
    return (a.n > b.n) - (a.n < b.n);
}

bool str_starts(Str s, Str prefix)
{
    return s.n >= prefix.n && str_eq((Str){s.p, prefix.n}, prefix);
}

bool str_ends(Str s, Str suffix)
{
    return s.n >= suffix.n && str_eq(str_sub(s, s.n - suffix.n, s.n), suffix);
}

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

Str str_trim(Str s)
{
    static const Str wide = {"\xE3\x80\x80", 3}; /* U+3000 */
    for (;;) {
        if (s.n > 0 && is_blank(s.p[0]))
            s = str_sub(s, 1, s.n);
        else if (str_starts(s, wide))
            s = str_sub(s, wide.n, s.n);
        else
            break;
    }
    for (;;) {
        if (s.n > 0 && is_blank(s.p[s.n - 1]))
            s.n--;
        else if (str_ends(s, wide))
            s.n -= wide.n;
        else
            return s;
    }
}

size_t str_find(Str s, Str needle)
{
    if (needle.n == 0)
        return 0;
    for (size_t at = 0; at + needle.n <= s.n; at++) {
        const char *hit = memchr(s.p + at, needle.p[0], s.n - needle.n - at + 1);
        if (hit == NULL)
            return s.n;
        at = (size_t)(hit - s.p);
        if (memcmp(hit, needle.p, needle.n) == 0)
            return at;
    }
    return s.n;
}

Str str_cut(Str *rest, char sep)
{
    const char *hit = rest->n == 0 ? NULL : memchr(rest->p, sep, rest->n);
    size_t at = hit == NULL ? rest->n : (size_t)(hit - rest->p);
    Str head = str_sub(*rest, 0, at);
    *rest = str_sub(*rest, hit == NULL ? at : at + 1, rest->n);
    return head;
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 32;
    h *= 0xD6E8FEB86659FD93u; /* odd, found by search to spread every input bit */
    h ^= h >> 32;
    return h * 0xD6E8FEB86659FD93u;
}

/* Eight bytes a step, put together byte by byte so that byte order does not matter; compilers make
 * one load of it. */
uint64_t str_hash(Str s)
{
    uint64_t h = 0x9E3779B97F4A7C15u ^ s.n;
    size_t at = 0;
    for (; s.n - at >= SWAR_BYTES; at += SWAR_BYTES)
        h = mix(h ^ swar_load(s.p + at));
    if (at < s.n) {
        uint64_t word = 0;
        for (size_t i = 0; at + i < s.n; i++)
            word |= (uint64_t)(unsigned char)s.p[at + i] << (SWAR_BITS * i);
        h = mix(h ^ word);
    }
    return h ^ h >> 32;
}

enum { DISTANCE_MAX = 64 };

/* Up to DISTANCE_MAX code points of s; false if there are more. */
static bool runes_of(Str s, Rune *out, size_t *n)
{
    *n = 0;
    for (size_t at = 0, len; at < s.n; at += len) {
        if (*n == DISTANCE_MAX)
            return false;
        out[(*n)++] = utf8_at(s, at, &len);
    }
    return true;
}

static size_t min2(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Optimal string alignment: three rows of the usual table are enough to see a swap. Names are
 * short; one of more than DISTANCE_MAX code points is no misspelling worth a suggestion. */
size_t str_distance(Str a, Str b, size_t cap)
{
    Rune x[DISTANCE_MAX], y[DISTANCE_MAX];
    size_t xn, yn, row[3][DISTANCE_MAX + 1];
    if (str_eq(a, b))
        return 0;
    if (!runes_of(a, x, &xn) || !runes_of(b, y, &yn))
        return cap;
    if ((xn > yn ? xn - yn : yn - xn) >= cap)
        return cap;
    size_t *before = row[0], *above = row[1], *here = row[2];
    for (size_t j = 0; j <= yn; j++)
        above[j] = before[j] = j;
    for (size_t i = 1; i <= xn; i++) {
        size_t best = here[0] = i;
        for (size_t j = 1; j <= yn; j++) {
            size_t d = min2(above[j], here[j - 1]) + 1;
            d = min2(d, above[j - 1] + (x[i - 1] != y[j - 1]));
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1])
                d = min2(d, before[j - 2] + 1);
            here[j] = d;
            best = min2(best, d);
        }
        if (best >= cap) /* no later row has less, even by a swap from the row above */
            return cap;
        size_t *oldest = before;
        before = above;
        above = here;
        here = oldest;
    }
    return min2(above[yn], cap);
}

void str_hex(char *out, Str bytes)
{
    static const char DIGIT[] = "0123456789abcdef";
    for (size_t i = 0; i < bytes.n; i++) {
        unsigned byte = (unsigned char)bytes.p[i];
        out[2 * i] = DIGIT[byte >> 4];
        out[2 * i + 1] = DIGIT[byte & 15];
    }
    out[2 * bytes.n] = '\0';
}

/* The value of a hexadecimal digit, or -1. */
static int digit_value(char c)
{
    char lower = (char)(c | 32);
    return c >= '0' && c <= '9' ? c - '0' : lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

bool str_unhex(uint8_t *out, size_t n, Str hex)
{
    if (hex.n != 2 * n)
        return false;
    for (size_t i = 0; i < n; i++) {
        int high = digit_value(hex.p[2 * i]), low = digit_value(hex.p[2 * i + 1]);
        if (high < 0 || low < 0)
            return false;
        out[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
