#include <string.h>

#include "base/utf8.h"
#include "t.h"

/* The definition in the Unicode standard, by arithmetic instead of byte ranges: decode, then ask
 * whether the shortest encoding of the result is what was read. */
static size_t slow_length(const unsigned char *p, size_t n, Rune *r)
{
    size_t len = p[0] < 0x80       ? 1
                 : p[0] >> 5 == 6  ? 2
                 : p[0] >> 4 == 14 ? 3
                 : p[0] >> 3 == 30 ? 4
                                   : 0;
    if (len == 0 || len > n)
        return 0;
    *r = len == 1 ? p[0] : p[0] & (0xFFu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if (p[i] >> 6 != 2)
            return 0;
        *r = *r << 6 | (p[i] & 63);
    }
    static const Rune least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool surrogate = *r >= 0xD800 && *r <= 0xDFFF;
    return *r >= least[len] && *r <= 0x10FFFF && !surrogate ? len : 0;
}

TEST(utf8_encodes_and_decodes_every_code_point)
{
    for (Rune r = 0; r <= 0x10FFFF; r++) {
        char text[4];
        size_t n = utf8_encode(text, r), len;
        Rune again = utf8_at((Str){text, n}, 0, &len);
        bool surrogate = r >= 0xD800 && r <= 0xDFFF;
        if (surrogate ? again != RUNE_BAD || len != 1 : again != r || len != n) {
            t_fail(__FILE__, __LINE__, "round trip");
            return;
        }
        if (n > 1)
            CHECK(utf8_at((Str){text, n - 1}, 0, &len) == RUNE_BAD && len == 1); /* cut off */
    }
}

/* Every sequence of up to three bytes, and four with a sample of last bytes. */
TEST(utf8_refuses_what_the_standard_refuses)
{
    static const unsigned char last[] = {0x00, 0x7F, 0x80, 0x8F, 0x90,
                                         0x9F, 0xA0, 0xBF, 0xC0, 0xFF};
    int wrong = 0;
    for (unsigned i = 0; i < 1 << 24; i++) {
        unsigned char p[4] = {(unsigned char)(i >> 16), (unsigned char)(i >> 8), (unsigned char)i,
                              last[i % sizeof last]};
        Rune want = RUNE_BAD;
        size_t len, n = slow_length(p, sizeof p, &want);
        Rune got = utf8_at((Str){(const char *)p, sizeof p}, 0, &len);
        wrong += n == 0 ? got != RUNE_BAD || len != 1 : got != want || len != n;
    }
    CHECK_INT(wrong, 0);
}

TEST(utf8_finds_the_first_bad_byte)
{
    char text[64];
    for (size_t n = 0; n <= sizeof text; n++) {
        memset(text, 'a', sizeof text);
        CHECK_INT(utf8_bad_at((Str){text, n}), n);
        for (size_t at = 0; at < n; at++) {
            text[at] = '\x80';
            CHECK_INT(utf8_bad_at((Str){text, n}), at);
            text[at] = 'a';
        }
    }
    CHECK_INT(utf8_bad_at(S("县域a创新\xE5\x8E")), 13);
    CHECK_INT(utf8_bad_at(S("\xEF\xBF\xBD!")), 4); /* U+FFFD itself is well-formed */
    CHECK_INT(utf8_bad_at(S("甲12345678乙\xFF")), 14);
    CHECK_INT(utf8_bad_at((Str){NULL, 0}), 0);
}

TEST(utf8_counts_columns)
{
    CHECK_INT(utf8_width(S("abc")), 3);
    CHECK_INT(utf8_width(S("县域（a）")), 9);
    CHECK_INT(utf8_width(S("e\u0301")), 1); /* combining acute */
    CHECK_INT(utf8_width(S("각")), 2);      /* Hangul from parts */
    CHECK_INT(utf8_width(S("😀𠮷")), 4);
    CHECK_INT(utf8_width(S("\t\x7F")), 0);
    CHECK_INT(utf8_width(S("≥ × § α Ⅱ")), 9);
    CHECK_INT(rune_width(0x200B), 0);
    CHECK_INT(rune_width(0xFF61), 1); /* half-width */
    CHECK_INT(rune_width(0x3000), 2);
    CHECK_INT(rune_width(0x10FFFF), 1);
    CHECK_INT(utf8_count(S("县a域")), 3);
    CHECK_INT(utf8_count(S("\xFF\xFE")), 2);
}

TEST(rune_folds_full_width_forms)
{
    const struct {
        Rune from, to;
    } pair[] = {
        {0xFF01, '!'},    {0xFF5E, '~'},    {0xFF10, '0'},    {0xFF08, '('}, {0xFF0C, ','},
        {0xFF05, '%'},    {0x3000, ' '},    {0x3010, '['},    {0x3011, ']'}, {0x3001, 0x3001},
        {0x2264, 0x2264}, {0xFF00, 0xFF00}, {0xFF5F, 0xFF5F}, {'a', 'a'},    {0x53BF, 0x53BF},
    };
    for (size_t i = 0; i < sizeof pair / sizeof pair[0]; i++)
        CHECK_INT(rune_fold(pair[i].from), pair[i].to);
}

TEST(rune_knows_letters_and_digits)
{
    static const Rune letter[] = {'a',
                                  'z',
                                  'A',
                                  'Z',
                                  '_',
                                  0x53BF,
                                  0x4E00,
                                  0x9FFF,
                                  0x2160 /* Ⅰ */,
                                  0x3B1 /* α */,
                                  0xFF21 /* Ａ */,
                                  0x20BB7,
                                  0x3400,
                                  0xE9,
                                  0x3007};
    static const Rune other[] = {'0',    '9',    ' ',     '@',    '[',     '`',
                                 '{',    0xFF10, 0xFF08,  0x3001, 0x2264,  0xD7,
                                 0x3000, 0x25A0, 0x1F600, 0x80,   0x10FFFF};
    for (size_t i = 0; i < sizeof letter / sizeof letter[0]; i++)
        CHECK(rune_is_letter(letter[i]) && !rune_is_digit(letter[i]));
    for (size_t i = 0; i < sizeof other / sizeof other[0]; i++)
        CHECK(!rune_is_letter(other[i]));
    CHECK(rune_is_digit('0') && rune_is_digit('9') && rune_is_digit(0xFF10) &&
          rune_is_digit(0xFF19));
    CHECK(!rune_is_digit('/') && !rune_is_digit(':') && !rune_is_digit(0x660));
}
