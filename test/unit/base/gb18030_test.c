#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/gb18030.h"
#include "t.h"

static struct arena *arena;

/* UTF-8 of the code, or "!" if it is refused. */
static Str decoded(const char *code, size_t n)
{
    struct buf b;
    buf_init(&b, arena, BUF_MAX);
    return gb18030_to_utf8(&b, (Str){code, n}) == n ? buf_str(&b) : S("!");
}

TEST(gb18030_reads_text)
{
    arena = arena_open();
    CHECK_STR(decoded("\xD5\xC5\xBC\xD2\xB8\xDB,12", 9), "张家港,12");
    CHECK_STR(decoded("\x81\x30\x81\x30", 4), "\xC2\x80");
    CHECK_STR(decoded("\x84\x31\xA4\x39", 4), "\uFFFF");
    CHECK_STR(decoded("\x90\x30\x81\x30", 4), "\U00010000");
    CHECK_STR(decoded("\xE3\x32\x9A\x35", 4), "\U0010FFFF");
    CHECK_STR(decoded("\xE3\x32\x9A\x36", 4), "!");
    CHECK_STR(decoded("\x95\x32\x82\x36", 4), "𠀀");
    CHECK_STR(decoded("\xFE\x51", 2), "\U00020087");
    CHECK_STR(decoded("", 0), "");
    arena_close(arena);
}

TEST(gb18030_says_where_it_ends)
{
    static const struct {
        const char *text;
        size_t n, bad;
    } cut[] = {
        {"ab\x80", 3, 2},           {"ab\xFF\x41", 4, 2},        {"\xD5\xC5\xBC", 3, 2},
        {"\xD5\x7F", 2, 0},         {"\xD5\xFF", 2, 0},          {"\xD5\x20", 2, 0},
        {"a\x81\x30\x81", 4, 1},    {"a\x81\x30\x81\x41", 5, 1}, {"a\x81\x30\x20\x30", 5, 1},
        {"\x84\x31\xA5\x30", 4, 0}, {"\xFE\x39\xFE\x39", 4, 0},  {"\x81\x39", 2, 0},
    };
    arena = arena_open();
    for (size_t i = 0; i < sizeof cut / sizeof cut[0]; i++) {
        struct buf b;
        buf_init(&b, arena, BUF_MAX);
        CHECK_INT(gb18030_to_utf8(&b, (Str){cut[i].text, cut[i].n}), cut[i].bad);
    }
    arena_close(arena);
}

/* What iconv makes of the code, or "!". */
static Str by_iconv(iconv_t cd, const char *code, size_t n, char out[8])
{
    char copy[4], *from = copy, *to = out;
    size_t from_n = n, to_n = 8;
    memcpy(copy, code, n);
    (void)iconv(cd, NULL, NULL, NULL, NULL);
    if (iconv(cd, &from, &from_n, &to, &to_n) != 0 || from_n > 0)
        return S("!");
    return (Str){out, 8 - to_n};
}

static bool agrees(iconv_t cd, const char *code, size_t n)
{
    char out[8];
    ArenaMark mark = arena_mark(arena);
    Str want = by_iconv(cd, code, n, out), got = decoded(code, n);
    bool same = got.n == want.n && memcmp(got.p, want.p, got.n) == 0;
    arena_reset(arena, mark);
    return same;
}

/* Every two-byte code and every four-byte code that could be one. */
TEST(gb18030_agrees_with_iconv)
{
    iconv_t cd = iconv_open("UTF-8", "GB18030");
    if ((intptr_t)cd == -1)
        SKIP("iconv has no GB18030");
    arena = arena_open();
    int wrong = 0;
    for (unsigned i = 0; i < 0x10000; i++) {
        char code[2] = {(char)(i >> 8), (char)i};
        if (i >> 8 >= 0x80 && ((i & 0xFF) < 0x30 || (i & 0xFF) > 0x39))
            wrong += !agrees(cd, code, 2);
    }
    CHECK_INT(wrong, 0);
    for (unsigned i = 0; i < 126 * 10 * 126 * 10; i++) {
        char code[4] = {(char)(0x81 + i / 12600), (char)('0' + i / 1260 % 10),
                        (char)(0x81 + i / 10 % 126), (char)('0' + i % 10)};
        wrong += !agrees(cd, code, 4);
    }
    CHECK_INT(wrong, 0);
    (void)iconv_close(cd);
    arena_close(arena);
}
