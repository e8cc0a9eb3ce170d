#include <string.h>

#include "base/str.h"
#include "t.h"

static const Str nothing = {NULL, 0};

TEST(str_compares_bytes)
{
    CHECK(str_eq(S(""), nothing) && str_eq(S("甲"), S("甲")));
    CHECK(!str_eq(S("甲"), S("乙")) && !str_eq(S("a"), S("ab")));
    CHECK(str_cmp(S("a"), S("b")) < 0 && str_cmp(S("b"), S("a")) > 0);
    CHECK(str_cmp(S("a"), S("ab")) < 0 && str_cmp(S("ab"), S("a")) > 0);
    CHECK(str_cmp(nothing, S("")) == 0 && str_cmp(nothing, S("a")) < 0);
    CHECK(str_cmp(S("\xFF"), S("a")) > 0); /* bytes are unsigned */
}

TEST(str_knows_its_ends)
{
    CHECK(str_starts(S("县"), S("县")) && str_ends(S("县"), S("县")));
    CHECK(str_starts(S("县域创新"), S("县域")) && str_starts(S("a"), nothing));
    CHECK(!str_starts(S("县"), S("县域")) && !str_starts(S("域县"), S("县")));
    CHECK(str_ends(S("县域创新"), S("创新")) && str_ends(nothing, S("")));
    CHECK(!str_ends(S("新"), S("创新")) && !str_ends(S("创新者"), S("创新")));
    CHECK_STR(str_sub(S("abcdef"), 2, 4), "cd");
    CHECK_STR(str_sub(nothing, 0, 0), "");
    CHECK_STR(str_of("z"), "z");
}

TEST(str_trims_blanks_and_ideographic_spaces)
{
    CHECK_STR(str_trim(S(" \t\r\n\v\f甲 乙　 　")), "甲 乙");
    CHECK_STR(str_trim(S("　　")), "");
    CHECK_STR(str_trim(S("   ")), "");
    CHECK_STR(str_trim(S("　 a")), "a");
    CHECK_STR(str_trim(nothing), "");
    CHECK_STR(str_trim(S("\xE3\x80\x81")), "、"); /* shares two bytes with U+3000 */
}

TEST(str_finds)
{
    CHECK_INT(str_find(S("aaab"), S("aab")), 1);
    CHECK_INT(str_find(S("abcabd"), S("abd")), 3);
    CHECK_INT(str_find(S("abc"), S("")), 0);
    CHECK_INT(str_find(S("abc"), S("d")), 3);
    CHECK_INT(str_find(S("abc"), S("cd")), 3);
    CHECK_INT(str_find(S("ab"), S("abc")), 2);
    CHECK_INT(str_find(nothing, S("a")), 0);
    CHECK_INT(str_find(S("aab"), S("ab")), 1);
    CHECK_INT(str_find(S("ba"), S("b")), 0);
}

TEST(str_cuts_at_a_separator)
{
    Str rest = S("a,,b");
    CHECK_STR(str_cut(&rest, ','), "a");
    CHECK_STR(rest, ",b");
    CHECK_STR(str_cut(&rest, ','), "");
    CHECK_STR(str_cut(&rest, ','), "b");
    CHECK_STR(rest, "");
    CHECK_STR(str_cut(&rest, ','), "");
    rest = S("x,");
    CHECK_STR(str_cut(&rest, ','), "x");
    CHECK_STR(rest, "");
}

/* The values are part of nothing stored, but must be those of every other machine. */
TEST(str_hash_is_the_same_everywhere)
{
    for (size_t n = 0; n < 24; n++) /* nothing behind the text counts */
        CHECK(str_hash((Str){"aaaaaaaaaaaaaaaaaaaaaaaaaaaa", n}) ==
              str_hash(str_sub(S("aaaaaaaaaaaaaaaaaaaaaaaaXXXX"), 24 - n, 24)));
    CHECK(str_hash(nothing) == str_hash(S("")));
    CHECK(str_hash(S("")) == 0x9E3779B9E17D05ACu);
    CHECK(str_hash(S("geci")) == 0xE7636A458701F5E9u);
    CHECK(str_hash(S("县域创新格次")) == 0xC7DCACB94D979C64u);
}

/* Names that differ in one bit anywhere must not share the bits that a table looks at. */
TEST(str_hash_spreads)
{
    static uint32_t seen[1 << 16];
    char text[24] = "企业名称企业名称";
    int same = 0, n = 0;
    memset(seen, 0, sizeof seen);
    for (size_t bit = 0; bit < 8 * sizeof text; bit++) {
        text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
        for (size_t len = bit / 8 + 1; len <= sizeof text; len++, n++)
            same += seen[str_hash((Str){text, len}) & 0xFFFF]++ > 0;
        text[bit / 8] = (char)(text[bit / 8] ^ (1 << bit % 8));
    }
    CHECK_INT(n, 2400);
    CHECK(same < 80); /* about 43 of 2,400 by chance */
}

TEST(str_distance_counts_slips)
{
    CHECK_INT(str_distance(S("研发费用"), S("研发费用"), 3), 0);
    CHECK_INT(str_distance(S("研发费用"), S("研发费"), 3), 1);
    CHECK_INT(str_distance(S("研费用"), S("研发费用"), 3), 1);
    CHECK_INT(str_distance(S("研发费用"), S("研发收用"), 3), 1);
    CHECK_INT(str_distance(S("研发费用"), S("研费发用"), 3), 1); /* neighbours swapped */
    CHECK_INT(str_distance(S("研发"), S("费用"), 3), 2);
    CHECK_INT(str_distance(S("kitten"), S("sitting"), 9), 3);
    CHECK_INT(str_distance(S(""), S("abc"), 9), 3);
    CHECK_INT(str_distance(S("ab"), S("ba"), 9), 1);
}

TEST(str_distance_gives_up_at_its_cap)
{
    CHECK_INT(str_distance(S("abc"), S("xyz"), 2), 2);
    CHECK_INT(str_distance(S("a"), S("abcdef"), 3), 3);
    CHECK_INT(str_distance(S("abcdef"), S("a"), 3), 3);
    CHECK_INT(str_distance(S("abc"), S("abd"), 0), 0);
    CHECK_INT(str_distance(S("aaaaaaaa"), S("bbbbbbbb"), 4), 4);
    char longer[100];
    memset(longer, 'x', sizeof longer);
    Str big = {longer, sizeof longer}, less = {longer, sizeof longer - 1};
    CHECK_INT(str_distance(big, less, 2), 2);
    CHECK_INT(str_distance(S("x"), big, 2), 2);
    CHECK_INT(str_distance(big, big, 2), 0);
}

/* Against the definition: distance by the plain recursion on short strings over two letters. */
static size_t slow_distance(const char *a, size_t an, const char *b, size_t bn)
{
    if (an == 0 || bn == 0)
        return an + bn;
    size_t d = slow_distance(a, an - 1, b, bn) + 1, e = slow_distance(a, an, b, bn - 1) + 1;
    d = e < d ? e : d;
    e = slow_distance(a, an - 1, b, bn - 1) + (a[an - 1] != b[bn - 1]);
    d = e < d ? e : d;
    if (an > 1 && bn > 1 && a[an - 1] == b[bn - 2] && a[an - 2] == b[bn - 1]) {
        e = slow_distance(a, an - 2, b, bn - 2) + 1;
        d = e < d ? e : d;
    }
    return d;
}

TEST(str_distance_is_the_definition)
{
    for (unsigned x = 0; x < 243; x++) {
        for (unsigned y = 0; y < 243; y++) {
            char a[5], b[5];
            for (unsigned i = 0, p = x, q = y; i < 5; i++, p /= 3, q /= 3) {
                a[i] = "abc"[p % 3];
                b[i] = "abc"[q % 3];
            }
            size_t an = 3 + x % 3, bn = 3 + y % 3, slow = slow_distance(a, an, b, bn);
            for (size_t cap = 1; cap < 6; cap += 2)
                CHECK(str_distance((Str){a, an}, (Str){b, bn}, cap) == (slow < cap ? slow : cap));
        }
    }
}

static void backwards(void *s)
{
    (void)str_sub(*(Str *)s, 2, 1);
}

static void beyond(void *s)
{
    (void)str_sub(*(Str *)s, 0, 99);
}

TEST(str_sub_stops_on_our_own_mistakes)
{
    Str s = S("abc");
    CHECK(t_dies(backwards, &s));
    CHECK(t_dies(beyond, &s));
}

TEST(str_hex_goes_there_and_back)
{
    char hex[2 * 4 + 1];
    uint8_t back[4] = {0};
    str_hex(hex, S("\x00\x7f\x80\xff"));
    CHECK_STR(str_of(hex), "007f80ff");
    CHECK(str_unhex(back, 4, str_of(hex)) && memcmp(back, "\x00\x7f\x80\xff", 4) == 0);
    CHECK(str_unhex(back, 1, S("aF")) && back[0] == 0xaf);
    str_hex(hex, nothing);
    CHECK_STR(str_of(hex), "");
    CHECK(str_unhex(back, 0, S("")));
}

TEST(str_unhex_wants_digits_and_their_number)
{
    uint8_t back[4];
    CHECK(!str_unhex(back, 1, S("a")) && !str_unhex(back, 1, S("abc")));
    CHECK(!str_unhex(back, 1, S("g0")) && !str_unhex(back, 1, S("0G")));
    CHECK(!str_unhex(back, 1, S("/0")) && !str_unhex(back, 1, S("0:")));
    CHECK(!str_unhex(back, 1,
                     S("\x11"
                       "0")) &&
          !str_unhex(back, 1, S("@0")));
}
