#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "t.h"

TEST(buf_builds_text)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    CHECK_STR(buf_str(&b), "");
    buf_add(&b, S(""));
    buf_add(&b, S("得分"));
    buf_char(&b, ':');
    buf_fill(&b, ' ', 0);
    buf_fill(&b, ' ', 2);
    buf_fmt(&b, "%d%%", 95);
    CHECK_STR(buf_str(&b), "得分:  95%");
    CHECK(!b.over);
    arena_close(a);
}

TEST(buf_formats_more_than_it_guesses)
{
    struct arena *a = arena_open();
    struct buf b;
    char longer[1000];
    memset(longer, 'x', sizeof longer - 1);
    longer[sizeof longer - 1] = '\0';
    buf_init(&b, a, BUF_MAX);
    buf_fmt(&b, "<%s>", longer);
    CHECK_INT(buf_str(&b).n, 1001);
    CHECK(b.p[0] == '<' && b.p[1000] == '>');
    for (int n = 250; n < 260; n++) { /* around the size of its guess */
        buf_init(&b, a, BUF_MAX);
        buf_fmt(&b, "%.*s", n, longer);
        CHECK_INT(b.n, n);
        CHECK(b.p[n - 1] == 'x');
    }
    arena_close(a);
}

/* A maximum never cuts an addition in half, and what follows a refused one is refused too. */
TEST(buf_stops_at_its_maximum)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, 7);
    buf_add(&b, S("张家"));
    CHECK(!b.over);
    buf_add(&b, S("港"));
    CHECK(b.over);
    buf_char(&b, 'x');
    buf_fill(&b, 'x', 1);
    buf_fmt(&b, "x");
    CHECK_STR(buf_str(&b), "张家");
    arena_close(a);
}

TEST(buf_reaches_its_maximum_exactly)
{
    struct arena *a = arena_open();
    for (size_t max = 0; max < 300; max++) {
        struct buf b;
        buf_init(&b, a, max);
        for (size_t i = 0; i < max; i++)
            buf_char(&b, 'x');
        CHECK(!b.over && b.n == max);
        buf_char(&b, 'x');
        CHECK(b.over && b.n == max);
    }
    arena_close(a);
}
