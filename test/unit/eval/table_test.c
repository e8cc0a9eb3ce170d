/* table_test.c - decision tables, segments, choices and grades. */
#include "help/eval_help.h"

#define BANDS                                                                                 \
    "## 指标 w\n\n| x | w |\n|---|---|\n| >= 6 | 50 |\n| [5, 6) | 40 |\n| [2, 5) | 7~8 |\n" \
    "| < 2 | 0 |"

TEST(eval_table_gives_the_row_that_is_met)
{
    CHECK_BODY(BANDS, "x=6", "50");
    CHECK_BODY(BANDS, "x=5.999", "40");
    CHECK_BODY(BANDS, "x=5", "40");
    CHECK_BODY(BANDS, "x=2", "7~8");
    CHECK_BODY(BANDS, "x=-1", "0");
    CHECK_BODY(BANDS, "", "0~50");
}

TEST(eval_table_gives_the_hull_of_rows_that_may_be)
{
    const char *body = "## 指标 w\n- 命中: 首行\n\n| r + x | w |\n|---|---|\n| >= 12 | 50 |\n"
                       "| [5, 12) | 40 |\n| (0, 5) | 3 |\n| - | 0 |";
    CHECK_BODY(body, "x=1", "0~40"); /* the last row is always met */
    CHECK_BODY(body, "x=5", "0~50");
    CHECK_BODY(body, "x=12", "50");
    CHECK_BODY(body, "x=20", "50");
    CHECK_BODY(body, "x=-1", "0~40");
}

TEST(eval_table_first_row_wins_and_ends_the_walk)
{
    const char *body = "## 指标 w\n- 命中: 首行\n\n| x | a | w |\n|---|---|---|\n| >= 5 | - | 1 |\n"
                       "| >= 3 | 是 | 2 |\n| >= 1 | - | 3 |\n| - | 是 | 4 |\n| - | - | 5 |";
    CHECK_BODY(body, "x=7", "1");
    CHECK_BODY(body, "x=4; a=是", "2");
    CHECK_BODY(body, "x=4; a=否", "3");
    CHECK_BODY(body, "x=4", "2~3");
    CHECK_BODY(body, "x=0", "4~5");
    CHECK_BODY(body, "a=否", "1~5");
    CHECK_BODY(body, "a=是", "1~4");
}

TEST(eval_table_without_a_row_is_unknown)
{
    const char *body =
        "## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n| 1; 2 | 10 |\n| = 4 | 20 |";
    CHECK_BODY(body, "x=2", "10");
    CHECK_BODY(body, "x=4", "20");
    CHECK_BODY(body, "x=3", "?");
    CHECK_BODY(body, "", "10~20");
}

TEST(eval_table_tests_texts_by_label_and_prefix)
{
    const char *body =
        "## 指标 w\n- 命中: 首行\n\n| s | c | w |\n|---|---|---|\n| 31*; 32* | 高; 中 | 1 |\n"
        "| 31* | - | 2 |\n| - | 低 | 3 |\n| - | - | 4 |";
    CHECK_BODY(body, "s=3205; c=中", "1");
    CHECK_BODY(body, "s=3101; c=低", "2");
    CHECK_BODY(body, "s=3205; c=低", "3");
    CHECK_BODY(body, "s=99; c=高", "4");
    CHECK_BODY(body, "c=高", "1~4");
    CHECK_BODY(body, "s=3101", "1~2");
}

#define SEGMENT                                                                           \
    "## 分组 w\n- 命中: 首行\n\n| x | a | w |\n|---|---|---|\n| > 10 | - | 甲 |\n" \
    "| > 5 | - | 乙 |\n"                                                                 \
    "| - | 是 | 丙 |\n| - | - | 甲 |"

TEST(eval_table_of_texts_gives_the_rows_between)
{
    CHECK_BODY(SEGMENT, "x=11; a=是", "甲");
    CHECK_BODY(SEGMENT, "x=7; a=否", "乙");
    CHECK_BODY(SEGMENT, "x=1; a=是", "丙");
    CHECK_BODY(SEGMENT, "a=是", "丙|甲");
    CHECK_BODY(SEGMENT, "x=1", "甲|丙");
    CHECK_BODY(SEGMENT, "a=否", "?"); /* 甲 or 乙 or 甲 again is not 甲 */
}

TEST(eval_if_of_texts_is_a_table_of_two_rows)
{
    const char *body =
        "## 分组 g\n- 命中: 首行\n\n| x | g |\n|---|---|\n| > 5 | 甲 |\n| - | 乙 |\n\n"
        "## 分组 h\n- 命中: 首行\n\n| y | h |\n|---|---|\n| > 5 | 甲 |\n| - | 丙 |\n\n"
        "## 指标 w\n- 式: 如果 a 则 g 否则 h\n";
    CHECK_BODY(body, "x=6; y=1; a=是", "甲");
    CHECK_BODY(body, "x=6; y=1; a=否", "丙");
    CHECK_BODY(body, "x=6; y=1", "丙|甲");
    CHECK_BODY(body, "x=6; y=6", "甲");
    CHECK_BODY(body, "y=1", "丙|甲");
    CHECK_BODY(body, "x=6", "丙|甲");
    CHECK_BODY(body, "x=6; y=1; a=是", "甲");
}

TEST(eval_table_of_truths_agrees_or_is_unknown)
{
    const char *body = "## 条件 g\n- 须: a\n\n## 条件 h\n- 须: b\n\n"
                       "## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n| > 5 | g |\n| - | h |\n";
    CHECK_BODY(body, "x=6; a=是; b=否", "met");
    CHECK_BODY(body, "x=4; a=是; b=否", "unmet");
    CHECK_BODY(body, "a=是; b=是", "met");
    CHECK_BODY(body, "a=是; b=否", "unknown");
}

TEST(eval_table_drops_rows_not_in_force)
{
    const char *body =
        "## 参数 w\n\n| 生效 | 失效 | w |\n|---|---|---|\n| 2015-01-01 | 2024-06-30 | 2000 |\n"
        "| 2024-07-01 | | 1500 |\n";
    struct scored s = score_body(body, "");
    CHECK_STR(shown(&s, "w", 0), "2000");
    s.o.as_of += 1;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "1500");
    CHECK(day_of(&s.o.as_of, 2014, 12, 31));
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "?");
    unscore(&s);
}

TEST(eval_choice_takes_the_child_that_was_chosen)
{
    const char *body = "## 字段\n\n| 名称 | 类型 | 选项 |\n|---|---|---|\n| k | 选项 | m1; m2 |\n\n"
                       "## 评分 w\n- 汇总: 择一\n- 选择: k\n\n### m1\n- 满分: 10\n- 式: x\n\n"
                       "### m2\n- 满分: 20\n- 式: y\n";
    CHECK_BODY(body, "k=m1; x=3; y=5", "3");
    CHECK_BODY(body, "k=m2; x=3; y=5", "5");
    CHECK_BODY(body, "x=3; y=5", "3~5");
    CHECK_BODY(body, "x=3", "0~20");
}

/* Behind rows that leave nothing over stands one that is never met, but a value that is not known
 * may be in any of them: the last one's result belongs to what is possible. */
TEST(eval_table_counts_a_last_row_that_is_never_met_as_possible)
{
    struct scored s =
        score_doc("# t\n- 状态: 示例\n\n## 字段\n\n| 名称 | 类型 |\n|---|---|\n| x | 数 |\n"
                  "| y | 数 |\n\n## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n"
                  "| < 5 | 1 |\n| >= 5 | 2 |\n| - | y |\n\n## 测试\n\n| x | y | w |\n"
                  "|---|---|---|\n| 3 | 100 | 1 |\n| | 100 | 1~100 |\n| 7 | 50 | 2 |\n");
    CHECK_STR(shown(&s, "w", 0), "1");
    CHECK_STR(shown(&s, "w", 1), "1~100");
    CHECK_STR(shown(&s, "w", 2), "2");
    unscore(&s);
}

/* An unknown row makes what is known about x wider than the column of those that are there. */
TEST(eval_table_cuts_beyond_a_narrow_column_hold_nobody)
{
    struct scored s = score_doc(
        "# t\n- 状态: 示例\n\n## 字段\n\n| 名称 | 类型 | 范围 | 小数 |\n|---|---|---|---|\n"
        "| x | 数 | [-60, 60] | 3 |\n\n## 指标 w\n\n| x | w |\n|---|---|\n| < -4 | 7 |\n"
        "| [-4, 4) | 1 |\n| [4, 14) | 2 |\n| >= 14 | 3 |\n\n## 测试\n\n| x | w |\n"
        "|---|---|\n| 0 | 1 |\n| | 1~7 |\n| 0.01 | 1 |\n");
    CHECK_STR(shown(&s, "w", 0), "1");
    CHECK_STR(shown(&s, "w", 1), "1~7");
    CHECK_STR(shown(&s, "w", 2), "1");
    unscore(&s);
}
