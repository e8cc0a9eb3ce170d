/* Headings: their kinds and names, what may stand below what, and the head of the document. */
#include "help/rule_help.h"
#include "t.h"

static struct loaded load_whole(const char *text)
{
    struct loaded l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    l.st = rule_load(l.arena, &l.r, S("test.md"), str_of(text), &l.ds);
    return l;
}

static void check_codes(const char *text, const char *want)
{
    struct loaded l = load_whole(text);
    CHECK_STR(said_all(&l), want);
    unload(&l);
}

TEST(headings_are_reported_once)
{
    check_codes("# t\n# 其他\n", "DOC-TITLE-AGAIN");
    check_codes("# t\n# 指标 甲\n- 式: 1\n", "DOC-TITLE-AGAIN");
    check_codes("# t\n## \n", "HEADING-EMPTY");
    check_codes("# t\n## 指示 甲\n", "KIND-UNKNOWN");
    check_codes("# t\n## 评分\n- 式: 1\n", "NAME-MISSING");
}

TEST(headings_nest_in_scores_and_notes_only)
{
    check_codes("# t\n## 评分 甲\n### 乙\n- 式: 1\n### 丙\n#### 丁\n- 式: 2\n", "");
    check_codes("# t\n## 说明\n### 指标 甲\n随便\n", "");
    check_codes("# t\n## 指标 甲\n- 式: 1\n### 指标 乙\n- 式: 1\n", "HEADING-NESTED");
    check_codes("# t\n## 指标 甲\n- 式: 1\n### 评分 乙\n- 式: 1\n", "HEADING-NESTED");
    check_codes("# t\n### 评分 乙\n- 式: 1\n", "HEADING-LEVEL HEADING-NESTED");
}

TEST(headings_part_kind_and_name_at_blanks)
{
    struct loaded l = load_whole("# t\n## 指标\t \t甲\n- 式: 1\n## indicator\tb\n- formula: 2\n");
    CHECK(l.st == OK);
    CHECK_INT(l.r->item_n, 2);
    CHECK_STR(l.r->item[0].name, "甲");
    CHECK_STR(l.r->item[1].name, "b");
    CHECK(l.r->english);
    unload(&l);
}

TEST(head_of_the_document)
{
    struct loaded l =
        load_whole("# t\n- 生效: 2026-01-01\n- 失效:\n- 小数: 6\n- 办法: 甲〔2026〕1号\n");
    CHECK(l.st == OK);
    CHECK(l.r->has_from && !l.r->has_until);
    CHECK_INT(l.r->decimals, 6);
    CHECK_INT(l.r->source_n, 1);
    CHECK_STR(l.r->source[0].text, "甲〔2026〕1号");
    unload(&l);
    check_codes("# t\n- 生效: 明年\n", "VALUE-BAD");
    check_codes("# t\n- 小数: 6 四舍五入\n", "");
    check_codes("# t\n- 小数: 6 舍尾\n", "VALUE-BAD");
    check_codes("# t\n- 小数: 多\n", "VALUE-BAD");
    check_codes("# t\n- 小数: 2.5\n", "VALUE-BAD");
    check_codes("# t\n- 小数: -1\n", "VALUE-BAD");
    check_codes("# t\n- 小数: 19\n", "VALUE-BAD");
    check_codes("# t\n| 甲 |\n|---|\n", "TABLE-PLACE");
}
