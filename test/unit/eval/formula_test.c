/* formula_test.c - what each operator and function gives, for figures, intervals and unknowns. */
#include "help/eval_help.h"

TEST(eval_adds_and_scales)
{
    CHECK_NUM("x + y", "x=1.5; y=2", "3.5");
    CHECK_NUM("x - y", "x=1.5; y=2", "-0.5");
    CHECK_NUM("-x", "x=1.5", "-1.5");
    CHECK_NUM("x × y", "x=1.5; y=-2", "-3");
    CHECK_NUM("x / y", "x=2; y=3", "0.666666666667");
    CHECK_NUM("x / y", "x=-2; y=3", "-0.666666666667");
    CHECK_NUM("合计(x, y, 1)", "x=2; y=3", "6");
    CHECK_NUM("平均(x, y, 1)", "x=2; y=3", "2");
    CHECK_NUM("平均(x, y)", "x=2; y=3", "2.5");
    CHECK_NUM("1000000 × x + 0.001", "x=3", "3000000.001");
}

TEST(eval_carries_intervals_through_arithmetic)
{
    CHECK_NUM("r + 1", "", "1~11");
    CHECK_NUM("1 - r", "", "-9~1");
    CHECK_NUM("r × (0 - 2)", "", "-20~0");
    CHECK_NUM("(r - 5) × (r - 5)", "", "-25~25");
    CHECK_NUM("n + 1", "", "1~inf");
    CHECK_NUM("0 - n", "", "-inf~0");
    CHECK_NUM("n × n", "", "0~inf");
    CHECK_NUM("n × (0 - 1)", "", "-inf~0");
    CHECK_NUM("x × 0", "", "0");
    CHECK_NUM("x + 1", "", "?");
    CHECK_NUM("x - x", "", "?");
    CHECK_NUM("-n", "", "-inf~0");
}

TEST(eval_divides_intervals_that_hold_no_zero)
{
    CHECK_NUM("x / y", "x=1; y=0", "?");
    CHECK_NUM("x / r", "x=1", "?");
    CHECK_NUM("0 / r", "", "?");
    CHECK_NUM("1 / (r + 1)", "", "0.090909090909~1");
    CHECK_NUM("1 / (n + 2)", "", "0~0.5");
    CHECK_NUM("n / (n + 2)", "", "0~inf");
    CHECK_NUM("n / (0 - 2)", "", "-inf~0");
    CHECK_NUM("r / (0 - 2)", "", "-5~0");
    CHECK_NUM("x / 4", "", "?");
}

TEST(eval_takes_largest_smallest_and_clamps)
{
    CHECK_NUM("取大(x, y, 2)", "x=1; y=3", "3");
    CHECK_NUM("取小(x, y, 2)", "x=1; y=3", "1");
    CHECK_NUM("取大(r, 4)", "", "4~10");
    CHECK_NUM("取大(x, 4)", "", "4~inf");
    CHECK_NUM("取小(x, 4)", "", "-inf~4");
    CHECK_NUM("封顶(x, 5)", "x=7", "5");
    CHECK_NUM("保底(x, 5)", "x=3", "5");
    CHECK_NUM("限幅(x, 1, 2)", "x=3", "2");
    CHECK_NUM("限幅(x, 1, 2)", "", "1~2");
    CHECK_NUM("目标区间(x, 20, 85)", "x=52.5", "0.5");
    CHECK_NUM("目标区间(x, 20, 85)", "x=100", "1");
    CHECK_NUM("目标区间(x, 20, 85)", "", "0~1");
    CHECK_NUM("达标率(x, 4)", "x=1", "0.25");
    CHECK_NUM("达标率(x, 4)", "x=9", "1");
}

TEST(eval_rounds_as_told)
{
    CHECK_NUM("四舍五入(x, 1)", "x=1.25", "1.3");
    CHECK_NUM("四舍五入(x, 1)", "x=-1.25", "-1.3");
    CHECK_NUM("四舍六入(x, 1)", "x=1.25", "1.2");
    CHECK_NUM("四舍六入(x, 1)", "x=1.35", "1.4");
    CHECK_NUM("舍尾(x, 1)", "x=-1.29", "-1.2");
    CHECK_NUM("进一(x, 1)", "x=1.21", "1.3");
    CHECK_NUM("取整(x)", "x=-1.5", "-2");
    CHECK_NUM("四舍五入(x)", "x=2.5", "3");
    CHECK_NUM("四舍五入(r / 3, 1)", "", "0~3.3");
    CHECK_NUM("四舍五入(n / 3, 1)", "", "0~inf");
    CHECK_BODY("## 指标 w\n- 式: x\n- 精度: 1 向上", "x=-1.29", "-1.2");
    CHECK_BODY("## 指标 w\n- 式: x\n- 精度: 1 向下", "x=-1.21", "-1.3");
    CHECK_BODY("## 指标 w\n- 式: x\n- 精度: 8", "x=0.5", "0.5");
}

TEST(eval_knows_roots_logarithms_and_powers)
{
    CHECK_NUM("绝对值(x)", "x=-3", "3");
    CHECK_NUM("绝对值(r - 4)", "", "0~6");
    CHECK_NUM("绝对值(0 - r)", "", "0~10");
    CHECK_NUM("绝对值(n)", "", "0~inf");
    CHECK_NUM("绝对值(x)", "", "0~inf");
    CHECK_NUM("开方(x)", "x=2", "1.414213562373");
    CHECK_NUM("开方(x)", "x=-1", "?");
    CHECK_NUM("开方(n)", "", "0~inf");
    CHECK_NUM("开方(r)", "", "0~3.162277660168");
    CHECK_NUM("自然对数(x)", "x=0", "?");
    CHECK_NUM("自然对数(x)", "x=2", "0.69314718056");
    CHECK_NUM("常用对数(r + 1)", "", "0~1.041392685158");
    CHECK_NUM("指数函数(x)", "x=1", "2.718281828459");
    CHECK_NUM("指数函数(0 - n)", "", "0~1");
    CHECK_NUM("指数函数(x)", "", "0~inf");
    CHECK_NUM("x ^ 2", "x=-3", "9");
    CHECK_NUM("乘方(x, y)", "x=2; y=-1", "0.5");
    CHECK_NUM("乘方(x, y)", "x=0; y=0", "1");
    CHECK_NUM("乘方(x, y)", "x=0; y=-1", "?");
    CHECK_NUM("乘方(x, y)", "x=-2; y=0.5", "?");
    CHECK_NUM("乘方(r, 2)", "", "0~100");
    CHECK_NUM("乘方(r - 1, 2)", "", "?");
    CHECK_NUM("乘方(r, 0)", "", "?");
    CHECK_NUM("乘方(n + 1, 2)", "", "?");
    CHECK_NUM("乘方(2, r)", "", "1~1024");
    CHECK_NUM("乘方(2, x)", "", "?");
}

TEST(eval_knows_ranges_defaults_and_counts)
{
    CHECK_NUM("25~30", "", "25~30");
    CHECK_NUM("区间(x, y)", "x=1; y=2", "1~2");
    CHECK_NUM("区间(x, y)", "x=2; y=1", "1~2");
    CHECK_NUM("区间(r, 20)", "", "0~20");
    CHECK_NUM("补值(x, 7)", "", "7");
    CHECK_NUM("补值(x, 7)", "x=3", "3");
    CHECK_NUM("补值(n, 7)", "", "7");
    CHECK_NUM("补值(r, 7)", "", "0~10");
    CHECK_NUM("计数(a, b, x > 1)", "a=是; b=否; x=2", "2");
    CHECK_NUM("计数(a, b, j)", "a=是", "1~3");
    CHECK_NUM("如果 a 则 x 否则 2.5", "a=是; x=1", "1");
    CHECK_NUM("如果 a 则 x 否则 2.5", "a=否; x=1", "2.5");
    CHECK_NUM("如果 a 则 x 否则 2.5", "x=1", "1~2.5");
    CHECK_NUM("如果 j 则 x 否则 2.5", "x=3", "2.5~3");
    CHECK_NUM("如果 a 则 x 否则 2.5", "", "?");
}

TEST(eval_orders_truth)
{
    CHECK_TRUTH("a 且 b", "a=是; b=是", "met");
    CHECK_TRUTH("a 且 b", "a=否", "unmet");
    CHECK_TRUTH("b 且 a", "a=否", "unmet");
    CHECK_TRUTH("a 且 b", "a=是", "unknown");
    CHECK_TRUTH("a 且 j", "a=是", "manual");
    CHECK_TRUTH("j 且 a", "", "unknown");
    CHECK_TRUTH("a 或 b", "a=是", "met");
    CHECK_TRUTH("a 或 b", "b=是", "met");
    CHECK_TRUTH("a 或 j", "a=否", "manual");
    CHECK_TRUTH("a 或 j", "", "unknown");
    CHECK_TRUTH("a 或 b", "a=否; b=否", "unmet");
    CHECK_TRUTH("非 a", "a=是", "unmet");
    CHECK_TRUTH("非 a", "a=否", "met");
    CHECK_TRUTH("非 a", "", "unknown");
    CHECK_TRUTH("非 j", "", "manual");
    CHECK_TRUTH("全部(a, b, j)", "a=是; b=是; j=是", "met");
    CHECK_TRUTH("任一(a, b, j)", "a=否; b=否; j=否", "unmet");
    CHECK_TRUTH("如果 a 则 b 否则 x > 1", "b=是; x=2", "met");
    CHECK_TRUTH("如果 a 则 b 否则 x > 1", "b=是; x=0", "unknown");
    CHECK_TRUTH("如果 j 则 b 否则 x > 1", "b=是; x=0", "manual");
}

TEST(eval_not_applicable_is_met_in_and_unmet_in_or)
{
    const char *body = "## 条件 g\n- 须: a\n- 适用: b\n\n## 条件 all\n- 须: 全部(g)\n\n"
                       "## 条件 any\n- 须: 任一(g)\n\n## 条件 both\n- 须: g 且 x > 1\n\n"
                       "## 指标 one\n- 式: 计数(g)\n\n## 指标 if\n- 式: 如果 g 则 1 否则 2\n\n"
                       "## 条件 not\n- 须: 非 g\n";
    struct scored s = score_body(body, "a=是; b=否; x=2");
    CHECK_STR(shown(&s, "g", 0), "na");
    CHECK_STR(shown(&s, "all", 0), "met");
    CHECK_STR(shown(&s, "any", 0), "unmet");
    CHECK_STR(shown(&s, "both", 0), "met");
    CHECK_STR(shown(&s, "one", 0), "0");
    CHECK_STR(shown(&s, "if", 0), "2");
    CHECK_STR(shown(&s, "not", 0), "na");
    unscore(&s);
}

TEST(eval_compares_intervals)
{
    CHECK_TRUTH("x = y", "x=1; y=1.0", "met");
    CHECK_TRUTH("x ≠ y", "x=1; y=1", "unmet");
    CHECK_TRUTH("r = 11", "", "unmet");
    CHECK_TRUTH("r = (0 - 1)", "", "unmet");
    CHECK_TRUTH("r = 5", "", "unknown");
    CHECK_TRUTH("r < 11", "", "met");
    CHECK_TRUTH("r < 10", "", "unknown");
    CHECK_TRUTH("r < 0", "", "unmet");
    CHECK_TRUTH("r <= 10", "", "met");
    CHECK_TRUTH("r <= 0", "", "unknown");
    CHECK_TRUTH("r <= (0 - 1)", "", "unmet");
    CHECK_TRUTH("r >= 0", "", "met");
    CHECK_TRUTH("r > 0", "", "unknown");
    CHECK_TRUTH("n > (0 - 1)", "", "met");
    CHECK_TRUTH("x > n", "", "unknown");
    CHECK_TRUTH("r = x", "x=11", "unmet");
    CHECK_TRUTH("x = r", "x=11", "unmet");
    CHECK_TRUTH("r = x", "x=-1", "unmet");
    CHECK_TRUTH("r = x", "x=5", "unknown");
    CHECK_TRUTH("r = x", "r=5; x=5", "met");
    CHECK_TRUTH("0 < x ≤ 5", "x=5", "met");
    CHECK_TRUTH("0 < x ≤ 5", "x=0", "unmet");
    CHECK_TRUTH("x 在 [5, 6)", "x=6", "unmet");
    CHECK_TRUTH("x 在 [5, 6)", "x=5", "met");
    CHECK_TRUTH("x 在 (1; 2)", "x=2", "met");
    CHECK_TRUTH("x 在 (1; 2)", "x=3", "unmet");
    CHECK_TRUTH("x / 3 > 0.333", "x=1", "met");
}

TEST(eval_compares_texts_truths_and_days)
{
    CHECK_TRUTH("c = \"高\"", "c=高", "met");
    CHECK_TRUTH("c = \"高\"", "c=低", "unmet");
    CHECK_TRUTH("c = \"高\"", "", "unknown");
    CHECK_TRUTH("c ≠ \"高\"", "c=低", "met");
    CHECK_TRUTH("s = \"高\"", "s=别的", "unmet");
    CHECK_TRUTH("c = s", "c=高; s=高", "met");
    CHECK_TRUTH("c = s", "c=高; s=低", "unmet");
    CHECK_TRUTH("c = s", "c=高", "unknown");
    CHECK_TRUTH("s = c", "c=高", "unknown");
    CHECK_TRUTH("c = s", "", "unknown");
    CHECK_TRUTH("开头(s, \"31\", \"32\")", "s=3205", "met");
    CHECK_TRUTH("开头(s, \"31\", \"32\")", "s=33", "unmet");
    CHECK_TRUTH("开头(s, \"31\", \"32\")", "", "unknown");
    CHECK_TRUTH("a = 是", "a=是", "met");
    CHECK_TRUTH("a = 否", "a=是", "unmet");
    CHECK_TRUTH("a = 是", "", "unknown");
    CHECK_TRUTH("j = 否", "", "manual");
    CHECK_TRUTH("d < 2024-01-01", "d=2023-12-31", "met");
    CHECK_TRUTH("d ≤ 评价日", "d=2024-06-30", "met");
    CHECK_TRUTH("d < 2024-01-01", "", "unknown");
}

TEST(eval_tells_what_is_missing)
{
    CHECK_TRUTH("缺(x)", "", "met");
    CHECK_TRUTH("缺(x)", "x=0", "unmet");
    CHECK_TRUTH("缺(n)", "", "met");
    CHECK_TRUTH("缺(r)", "", "unmet");
    CHECK_TRUTH("缺(a)", "", "met");
    CHECK_TRUTH("缺(j)", "", "met");
    CHECK_TRUTH("缺(j)", "j=否", "unmet");
    CHECK_TRUTH("缺(c)", "", "met");
    CHECK_TRUTH("缺(d)", "d=2024-01-01", "unmet");
}

TEST(eval_counts_years_and_days)
{
    CHECK_NUM("年数(d, 评价日)", "d=2023-07-01", "0");
    CHECK_NUM("年数(d, 评价日)", "d=2020-06-30", "4");
    CHECK_NUM("年数(评价日, d)", "d=2020-06-30", "-4");
    CHECK_NUM("年数(d, 评价日)", "", "?");
    CHECK_NUM("天数(d, 评价日)", "d=2024-06-01", "29");
    CHECK_NUM("天数(d, 评价日)", "", "?");
    CHECK_NUM("年份(d)", "d=2020-06-30", "2020");
    CHECK_NUM("年份(d)", "", "?");
    CHECK_NUM("年份(d) - 评价期", "d=2020-06-30", "-3");
}
