#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "explain/layout.h"
#include "t.h"

static Str wrapped(struct arena *a, Str text, size_t indent, size_t columns)
{
    struct buf b;
    buf_init(&b, a, 4096);
    layout_wrap(&b, text, indent, columns);
    return buf_str(&b);
}

TEST(layout_wraps_at_blanks_and_between_ideographs)
{
    struct arena *a = arena_open();
    CHECK_STR(wrapped(a, S("one two three four five six"), 2, 24),
              "  one two three four\n  five six\n");
    CHECK_STR(wrapped(a, S("一二三四五六七八九十甲乙"), 0, 20), "一二三四五六七八九十\n甲乙\n");
    CHECK_STR(wrapped(a, S(""), 0, 30), "\n");
    CHECK_STR(wrapped(a, S("averyveryverylongwordwithoutanyblank"), 0, 20),
              "averyveryverylongwordwithoutanyblank\n");
    arena_close(a);
}

TEST(layout_keeps_marks_with_their_text)
{
    struct arena *a = arena_open();
    /* the comma would begin the second line: the character before it goes with it */
    CHECK_STR(wrapped(a, S("一二三四五六七八九十，甲"), 0, 20), "一二三四五六七八九\n十，甲\n");
    CHECK_STR(wrapped(a, S("一二三四五六七八九（甲）"), 0, 20), "一二三四五六七八九\n（甲）\n");
    arena_close(a);
}

TEST(layout_lines_never_exceed_the_width)
{
    struct arena *a = arena_open();
    Str text =
        S("缺数不等于零：a score that is not settled is an interval，例如 61~78；缺哪些数列在最"
          "后一列。");
    for (size_t columns = 24; columns < 100; columns++) {
        Str rest = wrapped(a, text, 0, columns);
        while (rest.n > 0) {
            Str line = str_cut(&rest, '\n');
            CHECK(utf8_width(line) <= columns);
        }
    }
    arena_close(a);
}

TEST(layout_cuts_by_columns)
{
    struct arena *a = arena_open();
    CHECK_STR(layout_cut(a, S("张家港"), 6), "张家港");
    CHECK_STR(layout_cut(a, S("张家港"), 5), "张家…");
    CHECK_STR(layout_cut(a, S("abc"), 2), "a…");
    arena_close(a);
}

static void fill(struct grid *g, struct arena *a)
{
    grid_open(g, a);
    grid_column(g, S("名称"), false, 8);
    grid_column(g, S("分"), true, 0);
    grid_column(g, S("说明"), false, 0);
    grid_cell(g, S("甲"));
    grid_cell(g, S("8"));
    grid_cell(g, S("a long remark that needs room"));
    grid_cell(g, S("乙乙乙乙乙乙"));
    grid_cell(g, S("61~78"));
    grid_cell(g, S(""));
}

TEST(grid_aligns_and_leaves_no_blanks_behind)
{
    struct arena *a = arena_open();
    struct grid g;
    struct buf b;
    buf_init(&b, a, 4096);
    fill(&g, a);
    CHECK_INT(grid_print(&b, &g, 0, 80), 0);
    CHECK_STR(buf_str(&b), "名称        分  说明\n"
                           "───────  ─────  "
                           "─────────────────────────────\n"
                           "甲           8  a long remark that needs room\n"
                           "乙乙乙…  61~78\n");
    arena_close(a);
}

TEST(grid_cuts_the_last_column_then_leaves_it_out)
{
    struct arena *a = arena_open();
    struct grid g;
    struct buf b;
    buf_init(&b, a, 4096);
    fill(&g, a);
    CHECK_INT(grid_print(&b, &g, 0, 30), 0);
    CHECK(str_find(buf_str(&b), S("a long remark…\n")) < b.n);
    b.n = 0;
    CHECK_INT(grid_print(&b, &g, 0, 20), 1);
    CHECK(str_find(buf_str(&b), S("remark")) == b.n);
    arena_close(a);
}
