/* agg_test.c - 汇总: sums, means and extremes of children, with weights and absent children. */
#include <stdio.h>

#include "help/eval_help.h"

static const char children[] =
    "\n\n### k1\n- 式: x\n\n### k2\n- 权重: 2\n- 式: y\n\n### k3\n- 式: z\n";
static const char noted[] = "## 评分 w\n- 汇总: %s\n%s%s";

static void check_agg(int line, const char *how, const char *attributes, const char *given,
                      const char *want)
{
    char body[2000];
    int n = snprintf(body, sizeof body, noted, how, attributes, children);
    CHECK(n > 0 && n < (int)sizeof body);
    check_formula(__FILE__, line, "", body, given, want);
}
#define CHECK_AGG(how, given, want)  check_agg(__LINE__, how, "", given, want)
#define CHECK_SOME(how, given, want) check_agg(__LINE__, how, "- 有效: 60%\n", given, want)

TEST(eval_aggregates_children)
{
    const char *given = "x=3; y=4; z=5";
    CHECK_AGG("合计", given, "12");
    CHECK_AGG("加权", given, "16");
    CHECK_AGG("算术平均", given, "4");
    CHECK_AGG("几何平均", given, "3.936");
    CHECK_AGG("调和平均", given, "3.871");
    CHECK_AGG("取大", given, "5");
    CHECK_AGG("取小", given, "3");
}

TEST(eval_aggregates_intervals)
{
    CHECK_AGG("合计", "x=3; y=4", "?");
    CHECK_BODY("## 评分 w\n- 汇总: 算术平均\n\n### k1\n- 式: r\n\n### k2\n- 权重: 3\n- 式: x\n",
               "x=8", "6~8.5");
    CHECK_BODY("## 评分 w\n- 汇总: 取大\n\n### k1\n- 式: r\n\n### k2\n- 式: x\n", "x=8", "8~10");
    CHECK_BODY("## 评分 w\n- 汇总: 几何平均\n\n### k1\n- 式: r\n\n### k2\n- 式: x\n", "x=10",
               "0~10");
    CHECK_BODY("## 评分 w\n- 汇总: 几何平均\n\n### k1\n- 式: n + 4\n\n### k2\n- 式: x\n", "x=9",
               "6~inf");
    CHECK_BODY("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: r\n\n### k2\n- 式: x\n", "x=10",
               "0~10");
    CHECK_BODY("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: n + 4\n\n### k2\n- 式: x\n", "x=4",
               "4~8");
    CHECK_BODY("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: n + 4\n\n### k2\n- 式: n + 4\n", "",
               "4~inf");
    CHECK_BODY("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: n\n\n### k2\n- 式: n\n", "", "0~inf");
    CHECK_BODY("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: r + 1\n\n### k2\n- 式: r + 1\n", "",
               "1~11");
}

TEST(eval_means_of_zero_are_zero_and_of_the_negative_unknown)
{
    CHECK_AGG("几何平均", "x=0; y=4; z=5", "0");
    CHECK_AGG("调和平均", "x=0; y=4; z=5", "0");
    CHECK_AGG("几何平均", "x=-1; y=4; z=5", "?");
    CHECK_AGG("调和平均", "x=-1; y=0; z=5", "?");
    CHECK_AGG("几何平均", "y=4; z=5", "?");
}

TEST(eval_leaves_out_absent_children_when_enough_are_present)
{
    CHECK_SOME("合计", "x=3; y=4; z=5", "12");
    CHECK_SOME("合计", "x=3; y=4", "10.5");
    CHECK_SOME("加权", "x=3; y=4", "14.6667");
    CHECK_SOME("算术平均", "x=3; y=4", "3.6667");
    CHECK_SOME("几何平均", "x=3; y=4", "3.6342");
    CHECK_SOME("调和平均", "x=3; y=4", "3.6");
    CHECK_SOME("取大", "x=3; y=4", "4");
    CHECK_SOME("取小", "x=3; z=-4", "-4");
    CHECK_SOME("取大", "x=-3; z=-4", "-3");
    CHECK_SOME("取小", "x=3", "?");
    CHECK_SOME("合计", "x=3", "?");
    CHECK_SOME("合计", "", "?");
}

TEST(eval_leaves_out_children_that_do_not_apply)
{
    const char *body =
        "## 评分 w\n- 汇总: 算术平均\n\n### k1\n- 适用: a\n- 式: x\n\n### k2\n- 式: y\n";
    CHECK_BODY(body, "a=是; x=2; y=4", "3");
    CHECK_BODY(body, "a=否; x=2; y=4", "4");
    CHECK_BODY(body, "a=否; y=4", "4");
}

TEST(eval_clamps_scores_to_their_maximum)
{
    const char *body = "## 评分 w\n- 满分: 10\n- 式: x\n";
    CHECK_BODY(body, "x=3.14159", "3.1416");
    CHECK_BODY(body, "x=30", "10");
    CHECK_BODY(body, "x=-3", "0");
    CHECK_BODY(body, "", "0~10");
}

TEST(eval_counts_whole_units)
{
    const char *body = "## 评分 w\n- 计量: x\n- 每: 30\n- 得: 1\n";
    CHECK_BODY(body, "x=89.999", "2");
    CHECK_BODY(body, "x=90", "3");
    CHECK_BODY(body, "x=0", "0");
}

TEST(eval_takes_the_reviewers_figure)
{
    const char *body = "## 字段\n\n| 名称 | 类型 |\n|---|---|\n| k | 数 |\n\n"
                       "## 评分 w\n- 满分: 10\n- 专家: 2~6\n- 评审: k\n";
    CHECK_BODY(body, "", "2~6");
    CHECK_BODY(body, "k=2", "2");
    CHECK_BODY(body, "k=6", "6");
    struct scored s = score_body(body, "k=6.01");
    CHECK(s.st == ERR_INPUT && s.res == NULL && said(&s, DIAG_DATA_REVIEW));
    unscore(&s);
}

TEST(eval_minimum_leaves_out_what_does_not_apply)
{
    static const char body[] = "## 评分 w\n- 汇总: 取小\n\n### k1\n- 式: x\n- 适用: a\n\n### k2\n"
                               "- 式: y\n";
    CHECK_BODY(body, "x=5; y=60; a=是", "5");
    CHECK_BODY(body, "x=5; y=60; a=否", "60");
    CHECK_BODY(body, "x=5; y=60", "0~60");
    CHECK_BODY("## 评分 w\n- 汇总: 取小\n\n### k1\n- 满分: 3\n- 式: 1\n- 适用: a\n", "a=否", "0");
    CHECK_BODY("## 评分 w\n- 汇总: 取小\n\n### k1\n- 满分: 3\n- 式: 1\n- 适用: a\n\n"
               "### k2\n- 式: 5\n- 适用: 非 a\n",
               "a=否", "5");
    CHECK_BODY("## 评分 w\n- 汇总: 取小\n\n### k1\n- 式: 5\n- 适用: a\n\n"
               "### k2\n- 加分: 是\n- 式: 2\n\n### k3\n- 扣分: 是\n- 式: 4\n",
               "a=是", "3");
}
