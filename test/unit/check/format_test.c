#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "check/format.h"
#include "rule/read.h"
#include "t.h"

/* That the result is stable, means the same and looks the same is tested on many documents in
 * test/prop/read_cmark_test.c; here is what it looks like. */
static void check_format(Str text, const char *want)
{
    struct arena *a = arena_open();
    struct buf out;
    buf_init(&out, a, BUF_MAX);
    CHECK(format_document(a, &out, text, NULL) == OK);
    CHECK_STR(buf_str(&out), want);
    arena_close(a);
}

TEST(format_sets_blank_lines)
{
    check_format(
        S("\xEF\xBB\xBF# t\r\n\r\n- a: b\r\n\n\n- c：d \n> 引\n| x|\n|-\n|y  |\n##  s  ##\n\n\n"),
        "# t\n- a: b\n\n- c: d\n\n> 引\n\n| x |\n|---|\n| y |\n\n## s\n");
}

TEST(format_pads_cells_and_keeps_alignment)
{
    check_format(S("# t\n|a|  |b\\|c\n|:-|-:|:----:|\n|1|||\n\n|x\n|-\n"),
                 "# t\n\n| a | | b\\|c |\n|:---|---:|:---:|\n| 1 | | |\n\n| x |\n|---|\n");
}

TEST(format_keeps_clauses_apart_and_their_inner_blanks)
{
    check_format(S("# t\n>一\n>   - 二  \n>\n>\t三\n\n> 四\n"),
                 "# t\n\n> 一\n>   - 二\n>\n>\t三\n\n> 四\n");
}

TEST(format_leaves_notes_alone)
{
    check_format(S("# t\n## 说明\n\n\n闲话  \n\n\n  * 列\n```\n\n# x  \n```\n\n\n"
                   "### 小\n- a:b\n## 条件 甲\n- 须：是"),
                 "# t\n\n## 说明\n\n闲话\n\n\n  * 列\n```\n\n# x  \n```\n\n"
                 "### 小\n\n- a:b\n\n## 条件 甲\n- 须: 是\n");
}

TEST(format_keeps_titles_that_end_in_hashes)
{
    check_format(S("# C# ##\n## a # #\n## # #\n"), "# C#\n\n## a # #\n\n## # #\n");
    check_format(S("# a\t# #\n"), "# a\t# #\n");
}

TEST(format_refuses_what_it_cannot_read)
{
    struct arena *a = arena_open();
    struct diags ds;
    struct buf out;
    diags_init(&ds, a);
    buf_init(&out, a, BUF_MAX);
    CHECK(format_document(a, &out, S("# t\n闲话\n"), &ds) == ERR_INPUT);
    CHECK_INT(ds.n, 1);
    CHECK_INT(out.n, 0);
    buf_init(&out, a, 3);
    CHECK(format_document(a, &out, S("# title\n"), NULL) == ERR_LIMIT);
    arena_close(a);
}
