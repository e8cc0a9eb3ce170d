#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/read.h"
#include "t.h"

struct fixture {
    struct arena *a;
    struct diags ds;
    struct doc *doc;
    enum status st;
};

static struct fixture read_text(Str text)
{
    struct fixture f = {.a = arena_open()};
    diags_init(&f.ds, f.a);
    f.st = rule_read(f.a, &f.doc, text, &f.ds);
    return f;
}

static void done(struct fixture *f)
{
    arena_close(f->a);
}

/* The mnemonics of what was reported, in order, joined by blanks. */
static Str codes(struct fixture *f)
{
    struct buf b;
    buf_init(&b, f->a, BUF_MAX);
    for (size_t i = 0; i < f->ds.n; i++) {
        buf_add(&b, i > 0 ? S(" ") : S(""));
        buf_add(&b, str_of(diag_info(f->ds.at[i].code)->mnemonic));
    }
    return buf_str(&b);
}

/* What reading `text` reports is `want`. */
static void check_codes(Str text, const char *want)
{
    struct fixture f = read_text(text);
    CHECK_STR(codes(&f), want);
    done(&f);
}

static void check_spans_of(const struct fixture *f, Text t)
{
    CHECK(t.span.beg <= t.span.end && t.span.end <= f->doc->text.n);
    if (t.span.end - t.span.beg == t.s.n)
        CHECK(str_eq(t.s, str_sub(f->doc->text, t.span.beg, t.span.end)));
}

TEST(read_sections_and_attributes)
{
    struct fixture f =
        read_text(S("\xEF\xBB\xBF# 科小评价\r\n- 版本: 2017.1\r\n- 状态：官方\r\n\r\n"
                    "## 评分 得分 ##\n### 人员\n- 满分: 20\n### 产出\n#### 专利\n"
                    "## 格次 等级\n- 依据: 得分: 高"));
    CHECK(f.st == OK && f.ds.n == 0);
    CHECK_INT(f.doc->section_n, 6);
    const struct section *s = f.doc->section;
    CHECK_STR(s[0].title.s, "科小评价");
    CHECK_INT(s[0].attr_n, 2);
    CHECK_STR(s[0].attr[0].value.s, "2017.1");
    CHECK_STR(s[0].attr[1].key.s, "状态");
    CHECK_STR(s[0].attr[1].value.s, "官方");
    CHECK_INT(s[0].parent, -1);
    CHECK_INT(s[0].first_child, 1);
    CHECK_STR(s[1].title.s, "评分 得分");
    CHECK_INT(s[1].next, 5);
    CHECK_INT(s[1].first_child, 2);
    CHECK_INT(s[2].next, 3);
    CHECK_INT(s[3].next, 0);
    CHECK_INT(s[4].parent, 3);
    CHECK_INT(s[4].level, 4);
    CHECK_INT(s[5].parent, 0);
    CHECK_STR(s[5].attr[0].key.s, "依据");
    CHECK_STR(s[5].attr[0].value.s, "得分: 高");
    for (uint32_t i = 0; i < f.doc->section_n; i++)
        check_spans_of(&f, s[i].title);
    done(&f);
}

/* A closing run of # is a mark where it stands alone, and part of the name where it does not. */
TEST(read_titles_that_end_in_a_number_sign)
{
    struct fixture f = read_text(S("# t\n## 指标 C#\n## 指标 D ##\n"));
    CHECK(f.st == OK);
    CHECK_STR(f.doc->section[1].title.s, "指标 C#");
    CHECK_STR(f.doc->section[2].title.s, "指标 D");
    done(&f);
}

TEST(read_table_cells_and_their_places)
{
    struct fixture f =
        read_text(S("# t\n\n|甲 | a\\|b ||\n|:--|--:|-|\n| 1|2|\\||\n|  | 全　角　 |x"));
    CHECK(f.st == OK && f.ds.n == 0);
    CHECK_INT(f.doc->section[0].table_n, 1);
    const struct md_table *t = f.doc->section[0].table;
    CHECK_INT(t->column_n, 3);
    CHECK_INT(t->row_n, 2);
    CHECK_STR(t->head.cell[0].s, "甲");
    CHECK_STR(t->head.cell[1].s, "a\\|b");
    CHECK_STR(cell_text(f.a, t->head.cell[1].s), "a|b");
    CHECK_STR(t->head.cell[2].s, "");
    CHECK_STR(cell_text(f.a, t->row[0].cell[2].s), "|");
    CHECK_STR(t->row[1].cell[1].s, "全　角");
    CHECK_STR(t->row[1].cell[2].s, "x");
    for (uint32_t i = 0; i < 3; i++) {
        check_spans_of(&f, t->head.cell[i]);
        check_spans_of(&f, t->row[0].cell[i]);
        check_spans_of(&f, t->row[1].cell[i]);
    }
    done(&f);
}

TEST(read_clauses_join)
{
    struct fixture f = read_text(S("# t\n> 第六条  \n>  一、人员\n>\n- a: b\n\n>尾\n## s\n> 一行"));
    CHECK(f.st == OK);
    CHECK_STR(f.doc->section[0].clause.s, "第六条\n一、人员\n\n尾");
    CHECK_STR(f.doc->section[1].clause.s, "一行");
    check_spans_of(&f, f.doc->section[1].clause);
    done(&f);
}

TEST(read_notes_are_free)
{
    struct fixture f =
        read_text(S("# t\n## 说明 其一\n随便写\n1. 甲\n| 半张表 |\n```\n## 评分 假\n```\n"
                    "### 小节\n还是说明\n## 条件 真\n- 须: 是\n"));
    CHECK(f.st == OK && f.ds.n == 0);
    CHECK_INT(f.doc->section_n, 4);
    CHECK(f.doc->section[1].notes && f.doc->section[2].notes && !f.doc->section[3].notes);
    CHECK_INT(f.doc->section[1].table_n, 0);
    done(&f);
    check_codes(S("# t\n## Notes\n```\n## 评分 x\n"), "NOTES-FENCE");
    check_codes(S("# t\n## 说明\n题目\n---\n"), "NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n<!-- 藏 -->\n"), "NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n  ## 评分 x\n"), "NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n- 甲\n  ```\n"), "NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n甲\n\n---\n<5% 的\n<~5% 的\n"), "");
}

TEST(read_reports_each_mistake)
{
    check_codes(S(""), "DOC-TITLE");
    check_codes(S("## 评分 x\n"), "DOC-TITLE");
    check_codes(S("- a: b\n# t\n"), "DOC-TITLE");
    check_codes(S("# t\n# u\n"), "DOC-TITLE-AGAIN");
    check_codes(S("# t\n### x\n"), "HEADING-LEVEL");
    check_codes(S("# t\n#######  x\n"), "HEADING-DEEP");
    check_codes(S("# t\n##x\n"), "HEADING-SPACE");
    check_codes(S("# t\n## ##\n"), "HEADING-EMPTY");
    check_codes(S("# t\n闲话\n闲话\n\n闲话\n"), "LINE-STRAY LINE-STRAY");
    check_codes(S("# t\n  - a: b\n"), "LINE-INDENT");
    check_codes(S("# t\n　\n"), "LINE-INDENT");
    check_codes(S("# t\n＃ x\n* a: b\n》 x\n｜ x ｜\n"), "LINE-MARK LINE-MARK LINE-MARK LINE-MARK");
    check_codes(S("# t\n- 满分 20\n-满分: 2\n- : 3\n- - a: b\n-\n---\n"),
                "ATTR-SHAPE ATTR-SHAPE ATTR-SHAPE ATTR-SHAPE ATTR-SHAPE ATTR-SHAPE");
    check_codes(S("# t\n| a |\n| b |\n"), "TABLE-RULE");
    check_codes(S("# t\n| a |\n"), "TABLE-RULE");
    check_codes(S("# t\n| a |\n|---x|\n"), "TABLE-RULE");
    check_codes(S("# t\n| a | b |\n|---|\n| 1 |\n| 1 | 2 | 3 |\n"),
                "TABLE-SHAPE TABLE-SHAPE TABLE-SHAPE");
    check_codes(S("# t\n| a |\n|---|\n| 1 |\n| b |\n|---|\n"), "TABLE-JOIN");
    check_codes(S("# t\n- a: b\n| a |\n|---|\n"), "TABLE-BLANK");
    check_codes(S("# t\n\xB0\xA1\n"), "DOC-ENC");
    check_codes(S("# t\xE2\x80\x8B\n"), "DOC-CHAR");
    check_codes(S("# t\n## a\rb\n"), "DOC-CHAR");
    check_codes(S("# t\n- a: b\r"), "DOC-CHAR");
}

TEST(read_finds_what_nobody_sees)
{
    static const char *const seen[] = {"\t",
                                       "é",
                                       "\xC2\xA0",
                                       "　",
                                       "、",
                                       "\xE2\x80\xA6",
                                       "𠮷",
                                       "\xE2\x81\xB0",
                                       "\xF3\xB0\x80\x80"};
    static const char *const unseen[] = {"\x01",
                                         "\x1F",
                                         "\x7F",
                                         "\xC2\x85",
                                         "\xC2\xAD",
                                         "\xE2\x80\x8B",
                                         "\xE2\x80\x8F",
                                         "\xE2\x80\xA8",
                                         "\xE2\x80\xAE",
                                         "\xE2\x81\xA0",
                                         "\xE2\x81\xAF",
                                         "\xEF\xBB\xBF",
                                         "\xF3\xA0\x80\x81",
                                         "\r"};
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(seen); i++)
        check_codes(arena_fmt(a, "# t\n- a: x%sx\n", seen[i]), "");
    for (size_t i = 0; i < ARRAY_N(unseen); i++)
        check_codes(arena_fmt(a, "# t\n- a: x%sx%s\n- b: %s\n", unseen[i], unseen[i], unseen[i]),
                    i + 1 < ARRAY_N(unseen) ? "DOC-CHAR DOC-CHAR" : "DOC-CHAR");
    arena_close(a);
}

TEST(read_fences_and_markup_of_notes)
{
    check_codes(S("# t\n## Notes x\n~~~ a`b\n```\n~~~~\n### y\n## notes\n## 说明　z\n闲话\n"), "");
    check_codes(S("# t\n## 说明\n``` a`b\n闲话\n``\n====\n"), "NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n```\n~~~\n``` x\n``\n"), "NOTES-FENCE");
    check_codes(S("# t\n## 说明\n </p>\n<?x\n<A\n<\n<9\n#x\n #\n####### x\n"),
                "NOTES-MARKUP NOTES-MARKUP NOTES-MARKUP NOTES-MARKUP");
    check_codes(S("# t\n## 说明\n\t~~~\n    # 码\n甲\n-- \n"), "NOTES-MARKUP NOTES-MARKUP");
    check_codes(S("# t\n## 说明书\n闲话\n"), "LINE-STRAY");
    check_codes(S("# t\n## 说明\n#### 深\n闲话\n"), "");
}

TEST(read_odd_tables)
{
    check_codes(S("# t\n| a | b | c | d | e | f | g | h | i |\n"), "TABLE-RULE");
    check_codes(S("# t\n|a|b| \t\n|-:|:-:|\n|---|--\n|--|:---:x|\n"), "");
    check_codes(S("# t\n|\n| \t\n"), "LINE-STRAY");
    check_codes(S("# t\n\t- a: b\n"), "LINE-INDENT");
}

TEST(read_goes_on_after_mistakes)
{
    struct fixture f =
        read_text(S("- a: b\n# t\n- c: d\n# u\n## s\n#### deep\n| a | b |\n|---|---|\n| 1 |\n"));
    CHECK(f.st == ERR_INPUT);
    const struct section *s = f.doc->section;
    CHECK_STR(s[0].title.s, "t");
    CHECK_INT(s[0].attr_n, 2);
    CHECK_INT(s[1].parent, -1);
    CHECK_INT(s[0].first_child, 2);
    CHECK_INT(s[3].parent, 2);
    CHECK_INT(s[3].level, 4);
    CHECK_STR(s[3].table[0].row[0].cell[0].s, "1");
    CHECK_STR(s[3].table[0].row[0].cell[1].s, "");
    done(&f);
}

/* --- bounds --- */

static Str repeat(struct arena *a, Str head, Str part, size_t n)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, head);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, part);
    return buf_str(&b);
}

enum { MEMORY_MAX = 200 << 20 };

static void check_bounded(Str head, Str part, size_t n, const char *first_code)
{
    struct arena *a = arena_open();
    struct fixture f = read_text(repeat(a, head, part, n));
    CHECK(arena_used(f.a) < MEMORY_MAX);
    CHECK(f.ds.n <= DIAGS_MAX);
    if (first_code != NULL)
        CHECK(f.ds.n > 0 && strcmp(diag_info(f.ds.at[0].code)->mnemonic, first_code) == 0);
    else
        CHECK(f.st == OK);
    done(&f);
    arena_close(a);
}

TEST(read_is_bounded)
{
    check_bounded(S(""), S("%$@!\n"), 200000, "DOC-TITLE");
    check_bounded(S("# t\n"), S("x"), 1 << 20, "LINE-STRAY");
    check_bounded(S("# t\n"), S("## 评分 x\n"), 10000, NULL);
    check_bounded(S("# t\n"), S("## x\n"), 30000, "SECTION-MANY");
    check_bounded(S("# t\n|a|b|\n|-|-|\n"), S("|1|2|\n"), 50000, "TABLE-CELLS");
    check_bounded(S("# t\n"), S("|"), 100000, "TABLE-CELLS");
    check_bounded(S("# t\n"), S("- a:\n"), 800000, NULL);
    check_bounded(S("# t\n"), S("> a\n\n"), 200000, NULL);
    check_bounded(S("# t\n"), S("|a\n|-\n\n"), 500000, NULL);
    check_bounded(S("# t\n"), S("x"), 5 << 20, "DOC-SIZE");
    check_bounded(S(""), S("#"), 1 << 20, "DOC-TITLE");
    check_bounded(S("# t\n## 说明\n"), S("```\n"), 200000, NULL);
    /* a wide header whose rows are empty: padding is paid for by the document's budget */
    struct arena *a = arena_open();
    Str head = repeat(a, S("\n"), S("|a"), 200), rule = repeat(a, S("\n"), S("|-"), 200);
    Str rows = repeat(a, S("\n"), S("||\n"), 240);
    Str table =
        arena_fmt(a, "%.*s%.*s%.*s", (int)head.n, head.p, (int)rule.n, rule.p, (int)rows.n, rows.p);
    check_bounded(S("# t\n"), table, 2600, "TABLE-SHAPE");
    arena_close(a);
}

TEST(read_drops_a_table_whose_head_is_too_wide)
{
    struct arena *a = arena_open();
    Str wide = repeat(a, S("# t\n## 评分 甲\n"), S("|a"), 50001);
    struct fixture f =
        read_text(arena_fmt(a, "%.*s\n|---|\n| 1 |\n\n| b |\n|---|\n| 2 |\n", (int)wide.n, wide.p));
    CHECK_STR(codes(&f), "TABLE-CELLS");
    CHECK_INT(f.doc->section[1].table_n, 1);
    CHECK_STR(f.doc->section[1].table[0].head.cell[0].s, "b");
    CHECK_STR(f.doc->section[1].table[0].row[0].cell[0].s, "2");
    done(&f);
    arena_close(a);
}

TEST(read_without_a_list_of_diagnostics)
{
    struct arena *a = arena_open();
    struct doc *doc;
    CHECK(rule_read(a, &doc, S("# t\nx\n"), NULL) == ERR_INPUT);
    CHECK(rule_read(a, &doc, S("# t\n"), NULL) == OK);
    arena_close(a);
}
