#include "base/utf8.h"

#include <string.h>

#include "base/utf8_table.h"

/* Ill-formed sequences are refused byte by byte as in table 3-7 of the Unicode standard: the range
 * of the second byte excludes overlong forms, surrogates and what is beyond U+10FFFF. */
Rune utf8_at(Str s, size_t at, size_t *len)
{
    ASSERT(at < s.n);
    const unsigned char *p = (const unsigned char *)s.p + at;
    unsigned first = p[0];
    *len = 1;
    if (first < 0x80)
        return first;
    if (first < 0xC2 || first > 0xF4)
        return RUNE_BAD;
    size_t n = first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    if (n > s.n - at)
        return RUNE_BAD;
    unsigned low = first == 0xE0 ? 0xA0 : first == 0xF0 ? 0x90 : 0x80;
    unsigned high = first == 0xED ? 0x9F : first == 0xF4 ? 0x8F : 0xBF;
    if (p[1] < low || p[1] > high)
        return RUNE_BAD;
    Rune r = first & (0x7Fu >> n);
    for (size_t i = 1; i < n; i++) {
        if ((p[i] & 0xC0) != 0x80)
            return RUNE_BAD;
        r = r << 6 | (p[i] & 0x3F);
    }
    *len = n;
    return r;
}

/* Skips ASCII 32 bytes a step: most of a data file is digits and commas. */
static size_t skip_ascii(Str s, size_t at)
{
    for (uint64_t word[4]; s.n - at >= sizeof word; at += sizeof word) {
        memcpy(word, s.p + at, sizeof word);
        if (((word[0] | word[1] | word[2] | word[3]) & 0x8080808080808080u) != 0)
            break;
    }
    while (at < s.n && (unsigned char)s.p[at] < 0x80)
        at++;
    return at;
}

size_t utf8_bad_at(Str s)
{
    size_t at = skip_ascii(s, 0);
    while (at < s.n) {
        size_t len;
        Rune r = utf8_at(s, at, &len);
        if (r == RUNE_BAD && len == 1)
            return at;
        at += len;
        if (at < s.n && (unsigned char)s.p[at] < 0x80)
            at = skip_ascii(s, at);
    }
    return s.n;
}

size_t utf8_encode(char out[static 4], Rune r)
{
    ASSERT(r <= 0x10FFFF);
    if (r < 0x80) {
        out[0] = (char)r;
        return 1;
    }
    size_t n = r < 0x800 ? 2 : r < 0x10000 ? 3 : 4;
    for (size_t i = n; i-- > 1; r >>= 6)
        out[i] = (char)(0x80 | (r & 0x3F));
    out[0] = (char)((0xF00u >> n & 0xF0) | r);
    return n;
}

static bool in_ranges(Rune r, const struct range *table, size_t n)
{
    size_t low = 0, high = n; /* the answer, if any, is in [low, high) */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (r > table[mid].last)
            low = mid + 1;
        else if (r < table[mid].first)
            high = mid;
        else
            return true;
    }
    return false;
}

int rune_width(Rune r)
{
    if (r < 0x20 || r == 0x7F)
        return 0;
    if (r < 0x300)
        return 1;
    if (r >= 0x4E00 && r <= 0x9FFF)
        return 2;
    if (in_ranges(r, zero_width, ARRAY_N(zero_width)))
        return 0;
    return in_ranges(r, wide, ARRAY_N(wide)) ? 2 : 1;
}

size_t utf8_width(Str s)
{
    size_t width = 0;
    for (size_t at = 0, len; at < s.n; at += len)
        width += (size_t)rune_width(utf8_at(s, at, &len));
    return width;
}

size_t utf8_count(Str s)
{
    size_t n = 0;
    for (size_t at = 0, len; at < s.n; at += len, n++)
        (void)utf8_at(s, at, &len); /* only its length is wanted */
    return n;
}

Rune rune_fold(Rune r)
{
    if (r >= 0xFF01 && r <= 0xFF5E)
        return r - 0xFF01 + '!';
    switch (r) {
    case 0x3000: return ' ';
    case 0x3010: return '['; /* 【 */
    case 0x3011: return ']'; /* 】 */
    default: return r;
    }
}

/* They all begin with one of two bytes, which Chinese characters do not. */
bool utf8_has_wide(Str s)
{
    bool maybe = s.n > 0 && (memchr(s.p, 0xEF, s.n) != NULL || memchr(s.p, 0xE3, s.n) != NULL);
    bool same = true;
    for (size_t at = 0, len = 0; maybe && same && at < s.n; at += len) {
        Rune r = utf8_at(s, at, &len);
        same = rune_fold(r) == r;
    }
    return !same;
}

bool rune_is_digit(Rune r)
{
    Rune c = rune_fold(r);
    return c >= '0' && c <= '9';
}

bool rune_is_letter(Rune r)
{
    Rune c = rune_fold(r);
    if (c < 0x80)
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    return (c >= 0x4E00 && c <= 0x9FFF) || in_ranges(c, letters, ARRAY_N(letters));
}
