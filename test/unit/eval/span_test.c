/* span_test.c - periods: fields at a shift, functions over years and quarters, blank policies. */
#include "help/eval_help.h"

TEST(eval_reads_fields_at_their_period)
{
    CHECK_NUM("u", "u=3", "3");
    CHECK_NUM("u", "u@2023=3", "3");
    CHECK_NUM("u@2022", "u@2022=2", "2");
    CHECK_NUM("u@-1", "u@2022=2", "2");
    CHECK_NUM("上年(u)", "u@2022=2", "2");
    CHECK_NUM("上年(u + x)", "u@2022=2; x=1", "3");
    CHECK_NUM("往年(u, 2)", "u@2021=1", "1");
    CHECK_NUM("上年(上年(u))", "u@2021=1", "1");
    CHECK_NUM("上年(u@2022)", "u@2022=2", "2");
    CHECK_NUM("q", "q@2023Q4=4", "4");
    CHECK_NUM("上年(q)", "q@2022Q4=4", "4");
    CHECK_NUM("评价期", "", "2023");
    CHECK_NUM("上年(评价期)", "", "2022");
}

TEST(eval_looks_at_items_in_other_years)
{
    const char *body = "## 指标 m\n- 式: u / 2\n\n## 指标 w\n- 式: m - 上年(m)\n";
    CHECK_BODY(body, "u=10; u@2022=4", "3");
}

TEST(eval_folds_years)
{
    const char *years = "u=5; u@2022=3; u@2021=1";
    CHECK_NUM("合计(u, 近3年)", years, "9");
    CHECK_NUM("平均(u, 近3年)", years, "3");
    CHECK_NUM("平均(u, 近2年)", "u=5; u@2022=4", "4.5");
    CHECK_NUM("期间最大(u, 近3年)", years, "5");
    CHECK_NUM("期间最小(u, 近3年)", years, "1");
    CHECK_NUM("合计(u, 近3年)", "u=5", "?");
    CHECK_NUM("合计(u, 近1年)", "u=5", "5");
    CHECK_NUM("合计(u × 2, 近2年)", years, "16");
    CHECK_NUM("合计(x, 近3年)", "x=2", "6");
    CHECK_TRUTH("逐年(u > 0, 近3年)", years, "met");
    CHECK_TRUTH("逐年(u > 1, 近3年)", years, "unmet");
    CHECK_TRUTH("任一年(u > 4, 近3年)", years, "met");
    CHECK_TRUTH("任一年(u > 4, 近3年)", "u=3", "unknown");
    CHECK_TRUTH("逐年(u > 1, 近1年)", "u=3", "met");
}

TEST(eval_folds_quarters)
{
    CHECK_NUM("合计(q, 近4季)", "q@2023Q4=4; q@2023Q3=3; q@2023Q2=2; q@2023Q1=1", "10");
    CHECK_NUM("合计(q, 近2季)", "q@2023Q4=4; q@2023Q3=3", "7");
    CHECK_NUM("合计(q, 自 d, 近5季)",
              "q@2023Q4=4; q@2023Q3=3; q@2023Q2=2; q@2023Q1=1; d=2023-11-01", "10");
}

TEST(eval_leaves_out_years_before_since)
{
    const char *years = "u=5; u@2022=3; u@2021=1; d=2022-12-31";
    CHECK_NUM("合计(u, 近3年, 自 d)", years, "8");
    CHECK_NUM("平均(u, 近3年, 自 d)", years, "4");
    CHECK_NUM("期间最大(u, 近3年, 自 d)", years, "5");
    CHECK_NUM("期间最小(u, 近3年, 自 d)", years, "3");
    CHECK_TRUTH("逐年(u > 1, 近3年, 自 d)", years, "met");
    CHECK_TRUTH("任一年(u < 2, 近3年, 自 d)", years, "unmet");
    CHECK_NUM("增长率(u, 近3年, 自 d)", "u=6; u@2022=3; d=2022-01-01", "1");
    CHECK_NUM("复合增长率(u, 近3年, 自 d)", "u=6; u@2022=3; d=2022-01-01", "1");
    CHECK_NUM("沿用(u, 近3年, 自 d)", "u@2021=1; d=2022-01-01", "?");
    CHECK_NUM("合计(u, 近3年, 自 d)", "u=5; u@2022=3; u@2021=1", "9");
    CHECK_NUM("合计(u, 近3年, 自 d)", "u=5; d=2024-01-01", "?");
    CHECK_TRUTH("逐年(u > 1, 近3年, 自 d)", "u=5; d=2024-01-01", "unknown");
    CHECK_NUM("增长率(u, 近3年, 自 d)", "u=5; u@2022=3; d=2023-01-01", "?");
    CHECK_NUM("复合增长率(u, 近3年, 自 d)", "u=5; u@2022=3; d=2023-01-01", "?");
}

TEST(eval_knows_growth)
{
    CHECK_NUM("增长率(u)", "u=3; u@2022=2", "0.5");
    CHECK_NUM("增长率(u)", "u=3; u@2022=0", "?");
    CHECK_NUM("增长率(u)", "u=3", "?");
    CHECK_NUM("增长率(u, 近2年)", "u=3; u@2022=2", "0.5");
    CHECK_NUM("增长率(u, 近3年)", "u=6; u@2022=3; u@2021=2", "0.75");
    CHECK_NUM("增长率(u, 近3年)", "u=6; u@2022=3; u@2021=0", "?");
    CHECK_NUM("增长率(u, 近3年)", "u=2; u@2022=3; u@2021=9", "-0.5");
    CHECK_NUM("增长率(u, 近1年)", "u=2", "?");
    CHECK_NUM("复合增长率(u, 近3年)", "u=4; u@2021=1", "1");
    CHECK_NUM("复合增长率(u, 近4年)", "u=8; u@2020=1", "1");
    CHECK_NUM("复合增长率(u, 近3年)", "u=2; u@2021=1", "0.414213562373");
    CHECK_NUM("复合增长率(u, 近2年)", "u=1; u@2022=3", "-0.666666666667");
    CHECK_NUM("复合增长率(u, 近2年)", "u=-3; u@2022=3", "-2");
    CHECK_NUM("复合增长率(绝对值(u), 近2年)", "u@2022=3", "-1~inf");
    CHECK_NUM("复合增长率(u, 近3年)", "u=-3; u@2021=3", "?");
    CHECK_NUM("复合增长率(u, 近3年)", "u=0; u@2021=3", "-1");
    CHECK_NUM("复合增长率(u, 近3年)", "u=4; u@2021=0", "?");
    CHECK_NUM("复合增长率(u, 近3年)", "u=4", "?");
    CHECK_NUM("复合增长率(u + r, 近3年)", "u=0; u@2021=10", "-1~0");
    CHECK_NUM("复合增长率(u, 近1年)", "u=4", "?");
}

TEST(eval_carries_the_latest_known)
{
    CHECK_NUM("沿用(u, 近3年)", "u@2022=3; u@2021=1", "3");
    CHECK_NUM("沿用(u, 近3年)", "u=5; u@2021=1", "5");
    CHECK_NUM("沿用(u, 近3年)", "u@2021=1", "1");
    CHECK_NUM("沿用(u, 近3年)", "u@2020=1", "?");
}

#define POLICY(blank, range)                                                               \
    "## 字段\n\n| 名称 | 类型 | 期间 | 缺数 | 范围 |\n|---|---|---|---|---|\n" \
    "| k | 数 | 年 | " blank " | " range " |\n\n## 指标 w\n- 式: k\n"

TEST(eval_fills_blanks_by_the_policy_of_the_field)
{
    CHECK_BODY(POLICY("", ""), "", "?");
    CHECK_BODY(POLICY("", "[0, 500]"), "", "0~500");
    CHECK_BODY(POLICY("", "<= 500"), "", "-inf~500");
    CHECK_BODY(POLICY("零", "[0, 500]"), "", "0");
    CHECK_BODY(POLICY("沿用", ""), "k@2021=7", "7");
    CHECK_BODY(POLICY("沿用", ""), "k@2020=7", "?");
    CHECK_BODY(POLICY("沿用 近5年", ""), "k@2019=7", "7");
    CHECK_BODY(POLICY("沿用", "[0, 500]"), "k@2020=7", "0~500");
    CHECK_BODY(POLICY("组均值", "[0, 500]"), "", "0~500");
    CHECK_BODY(POLICY("组均值", "[0, 500]"), "k=3", "3");
}

TEST(eval_fills_blanks_from_the_group)
{
    const char *doc =
        "# 例\n- 版本: 1\n- 状态: 示例\n- 生效: 2024-01-01\n\n## 字段\n\n"
        "| 名称 | 类型 | 缺数 | 选项 |\n|---|---|---|---|\n| g | 选项 | | 甲; 乙 |\n"
        "| k | 数 | 组均值 同 g | |\n"
        "| m | 数 | 组中位数 | |\n\n## 指标 kk\n- 式: k\n\n## 指标 mm\n- 式: m\n\n## 测试\n\n"
        "| g | k | m | kk | mm |\n|---|---|---|---|---|\n| 甲 | 1 | 1 | 1 | 1 |\n"
        "| 甲 | 2 | 2 | 2 | 2 |\n"
        "| 甲 | | 9 | 1.5 | 9 |\n| 乙 | 8 | | 8 | 2 |\n| 乙 | | | 8 | 2 |\n";
    struct scored s = score_doc(doc);
    CHECK_STR(shown(&s, "kk", 2), "1.5");
    CHECK_STR(shown(&s, "kk", 4), "8");
    CHECK_STR(shown(&s, "mm", 3), "2");
    CHECK_STR(shown(&s, "mm", 2), "9");
    unscore(&s);
}

TEST(eval_missing_truths_are_unknown_or_manual)
{
    CHECK_TRUTH("a", "", "unknown");
    CHECK_TRUTH("j", "", "manual");
}

TEST(eval_growth_is_right_to_the_last_of_many_decimals)
{
    struct scored s =
        score_doc("# t\n- 状态: 示例\n- 小数: 18\n\n## 字段\n\n| 名称 | 类型 | 期间 |\n"
                  "|---|---|---|\n| u | 数 | 年 |\n\n## 指标 w\n"
                  "- 式: 复合增长率(u, 近3年)\n\n## 测试\n\n| u | w |\n|---|---|\n"
                  "| 3; 2; 1 | - |\n");
    CHECK_STR(shown(&s, "w", 0), "-0.422649730810374235");
    unscore(&s);
}
