/* Two texts line by line. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "compare/lines.h"
#include "t.h"

enum { SHORT = 12, ROUNDS = 3000 };

/* What the lines say either text is. */
static Str side(struct arena *a, const struct compare_lines *x, int which)
{
    struct buf b;
    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < x->n; i++)
        if (x->line[i].at[which] > 0) {
            buf_add(&b, x->line[i].text);
            buf_char(&b, '\n');
        }
    return b.n == 0 ? S("") : buf_str(&b);
}

static Str random_text(struct arena *a, uint32_t *seed, size_t lines)
{
    struct buf b;
    buf_init(&b, a, 1 << 20);
    for (size_t i = 0; i < lines; i++) {
        *seed = *seed * 1664525 + 1013904223;
        buf_fmt(&b, "%c\n", 'a' + (char)((*seed >> 16) % 4));
    }
    return b.n == 0 ? S("") : buf_str(&b);
}

/* The longest common subsequence of lines of one letter, the plain way. */
static size_t common(Str a, Str b)
{
    size_t len[SHORT + 1][SHORT + 1] = {{0}};
    for (size_t i = 1; i <= a.n / 2; i++)
        for (size_t k = 1; k <= b.n / 2; k++) {
            size_t most = len[i - 1][k] > len[i][k - 1] ? len[i - 1][k] : len[i][k - 1];
            bool same = a.p[2 * i - 2] == b.p[2 * k - 2];
            len[i][k] = same && len[i - 1][k - 1] + 1 > most ? len[i - 1][k - 1] + 1 : most;
        }
    return len[a.n / 2][b.n / 2];
}

TEST(lines_give_both_texts_with_the_fewest_changes)
{
    uint32_t seed = 7;
    for (size_t i = 0; i < ROUNDS; i++) {
        struct arena *a = arena_open();
        Str old = random_text(a, &seed, i % (SHORT + 1));
        Str new = random_text(a, &seed, i / 13 % (SHORT + 1));
        struct compare_lines x;
        compare_lines(a, &x, old, new);
        CHECK(str_eq(side(a, &x, 0), old));
        CHECK(str_eq(side(a, &x, 1), new));
        CHECK_INT(x.n - x.gone - x.came, common(old, new));
        arena_close(a);
    }
}

TEST(lines_are_numbered_on_both_sides)
{
    struct arena *a = arena_open();
    struct compare_lines x;
    compare_lines(a, &x, S("# x\none\ntwo\n"), S("# x\r\n1\r\ntwo\r\nthree"));
    CHECK_INT(x.n, 5);
    CHECK_INT(x.gone, 1);
    CHECK_INT(x.came, 2);
    CHECK_INT(x.line[1].change, LINE_OLD);
    CHECK_INT(x.line[1].at[0], 2);
    CHECK_INT(x.line[2].change, LINE_NEW);
    CHECK_INT(x.line[2].at[1], 2);
    CHECK_STR(x.line[3].text, "two");
    CHECK_INT(x.line[3].at[0], 3);
    CHECK_STR(x.line[4].text, "three");
    arena_close(a);
}

TEST(lines_too_far_apart_are_all_gone_and_all_come)
{
    struct arena *a = arena_open();
    struct compare_lines x;
    struct buf old, new;
    buf_init(&old, a, 1 << 20);
    buf_init(&new, a, 1 << 20);
    buf_add(&old, S("same\n"));
    buf_add(&new, S("same\n"));
    for (int i = 0; i < LINES_APART; i++) {
        buf_fmt(&old, "old %d\nboth\n", i);
        buf_fmt(&new, "new %d\nboth\n", i);
    }
    compare_lines(a, &x, buf_str(&old), buf_str(&new));
    CHECK_INT(x.gone, 2 * LINES_APART - 1);
    CHECK_INT(x.came, 2 * LINES_APART - 1);
    CHECK(str_eq(side(a, &x, 0), buf_str(&old)));
    CHECK(str_eq(side(a, &x, 1), buf_str(&new)));
    arena_close(a);
}

TEST(sections_that_differ_are_told_by_their_headings)
{
    struct arena *a = arena_open();
    struct compare_section *s;
    size_t n;
    compare_sections(a, &s, &n, S("top\n# x\n## a\n1\n## b\n2\n## c\n3\n## a\n4\n"),
                     S("top\n# x\n## a\n1\n\n## d\n2\n## c\n9\n### a\n4\n"));
    CHECK_INT(n, 5);
    CHECK_STR(s[0].heading, "d");
    CHECK_INT(s[0].line[0], 0);
    CHECK_INT(s[0].line[1], 6);
    CHECK_STR(s[1].heading, "c");
    CHECK_INT(s[1].line[0], 7);
    CHECK_INT(s[1].line[1], 8);
    CHECK_STR(s[2].heading, "a"); /* a heading of another rank is another */
    CHECK_STR(s[3].heading, "b");
    CHECK_INT(s[3].line[1], 0);
    CHECK_STR(s[4].heading, "a");
    compare_sections(a, &s, &n, S("x\n"), S("x\n"));
    CHECK_INT(n, 0);
    arena_close(a);
}
