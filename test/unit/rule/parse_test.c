/* What each piece of expression means, as a tree; and what is refused, once and by name. */
#include <stdio.h>

#include "help/rule_help.h"
#include "t.h"

static struct arena *arena;

static Str tree(const char *text)
{
    if (arena != NULL)
        arena_close(arena);
    arena = arena_open();
    return show_text(arena, text);
}

TEST(precedence_is_that_of_arithmetic)
{
    CHECK_STR(tree("a + b * c"), "(+ a (* b c))");
    CHECK_STR(tree("(a + b) * c"), "(* (+ a b) c)");
    CHECK_STR(tree("a - b - c"), "(- (- a b) c)");
    CHECK_STR(tree("a / b / c"), "(/ (/ a b) c)");
    CHECK_STR(tree("-a ^ 2"), "(neg (pow a 2))");
    CHECK_STR(tree("a ^ b ^ c"), "(pow a (pow b c))");
    CHECK_STR(tree("a ^ -1"), "(pow a (neg 1))");
    CHECK_STR(tree("非 a 且 b 或 c"), "(or (and (not a) b) c)");
    CHECK_STR(tree("not not a"), "a");
    CHECK_STR(tree("a > 1 且 b < 2"), "(and (> a 1) (< b 2))");
    CHECK_STR(tree("25~30"), "(range 25 30)");
}

TEST(comparisons_chain)
{
    CHECK_STR(tree("0 < x <= 5"), "(and (< 0 x) (<= x 5))");
    CHECK_STR(tree("a = b"), "(= a b)");
    CHECK_STR(tree("a ≠ b"), "(<> a b)");
    CHECK_STR(tree("a != b"), "(<> a b)");
    CHECK_STR(tree("a <> b"), "(<> a b)");
    CHECK_STR(tree("a ≥ b"), "(>= a b)");
    CHECK_STR(tree("a ≤ b"), "(<= a b)");
}

TEST(membership_is_an_interval_or_a_list)
{
    CHECK_STR(tree("x 在 [5%, 6%)"), "(and (>= x 0.05) (< x 0.06))");
    CHECK_STR(tree("x 在 (1, 2]"), "(and (> x 1) (<= x 2))");
    CHECK_STR(tree("x in (, 2)"), "(< x 2)");
    CHECK_STR(tree("x in [2, )"), "(>= x 2)");
    CHECK_STR(tree("c 在 (\"甲\"; \"乙\")"), "(or (= c \"甲\") (= c \"乙\"))");
    CHECK_STR(tree("c 在 (\"甲\"、\"乙\")"), "(or (= c \"甲\") (= c \"乙\"))");
    CHECK_STR(tree("x 在 [,]"), "!EXPR-END");
    CHECK_STR(tree("x 在 5"), "!EXPR-EXPECT");
    CHECK_STR(tree("x 在 [1; 2]"), "!EXPR-EXPECT");
    CHECK_STR(tree("x 在 [1, 2"), "!EXPR-END");
    CHECK_STR(tree("x 在 (1; 2"), "!EXPR-END");
    CHECK_STR(tree("x 在 (+)"), "!EXPR-EXPECT");
    CHECK_STR(tree("x 在 (#)"), "!EXPR-CHAR");
    CHECK_STR(tree("x 在 (1; )"), "!EXPR-EXPECT");
    CHECK_STR(tree("x 在 [1, )"), "(>= x 1)");
    CHECK_STR(tree("x 在 [1, +]"), "!EXPR-EXPECT");
    CHECK_STR(tree("x 在 [+, 1]"), "!EXPR-EXPECT");
}

TEST(literals_carry_units_in_base)
{
    CHECK_STR(tree("5000万元"), "50000000");
    CHECK_STR(tree("0.51亿元"), "51000000");
    CHECK_STR(tree("5%"), "0.05");
    CHECK_STR(tree("3‰"), "0.003");
    CHECK_STR(tree("30 人"), "30");
    CHECK_STR(tree("３０％"), "0.3");
    CHECK_STR(tree("3亩"), "2000");
    CHECK_STR(tree("1亩"), "666.666666666667");
    CHECK_STR(tree(".5"), "0.5");
    CHECK_STR(tree("500頭"), "!UNIT-UNKNOWN");
    CHECK_STR(tree("1.2.3"), "!EXPR-EXPECT");
    CHECK_STR(tree("99999999999999999999999999999999999999"), "!NUMBER-BAD");
    CHECK_STR(tree("9999999999999999999999999999999999亿元"), "!EXPR-EXPECT");
    CHECK_STR(tree("是"), "yes");
    CHECK_STR(tree("no"), "no");
    CHECK_STR(tree("“高”"), "\"高\"");
    CHECK_STR(tree("\"高"), "!TEXT-OPEN");
    CHECK_STR(tree("2026-04-01"), "2026-04-01");
    CHECK_STR(tree("2026年4月1日"), "2026-04-01");
    CHECK_STR(tree("2026 - 4 - 1"), "(- (- 2026 4) 1)");
    CHECK_STR(tree("2026-13-01"), "(- (- 2026 13) 1)");
    CHECK_STR(tree("评价日"), "AS_OF");
    CHECK_STR(tree("period"), "YEAR");
}

TEST(names_are_whole_runs)
{
    CHECK_STR(tree("在职人数"), "在职人数");
    CHECK_STR(tree("Ⅰ类知识产权 + ａ１"), "(+ Ⅰ类知识产权 a1)");
    CHECK_STR(tree("「R&D经费」 * 2"), "(* R&D经费 2)");
    CHECK_STR(tree("`a b` + 1"), "(+ a b 1)");
    CHECK_STR(tree("「且」"), "且");
    CHECK_STR(tree("「开着"), "!TEXT-OPEN");
    CHECK_STR(tree("且"), "!EXPR-EXPECT");
    CHECK_STR(tree("a b"), "!EXPR-EXPECT");
    CHECK_STR(tree("a # b"), "!EXPR-CHAR");
    CHECK_STR(tree(""), "!EXPR-END");
    CHECK_STR(tree("(a"), "!EXPR-END");
    CHECK_STR(tree("low + order"), "(+ low order)");
}

TEST(conditionals_ladder)
{
    CHECK_STR(tree("如果 a 则 b 否则 c"), "(if a b c)");
    CHECK_STR(tree("if a then b else if c then d else e"), "(if a b (if c d e))");
    CHECK_STR(tree("如果 a 则 如果 b 则 c 否则 d 否则 e"), "(if a (if b c d) e)");
    CHECK_STR(tree("如果 a 则 b"), "!EXPR-END");
    CHECK_STR(tree("如果 a 否则 b"), "!EXPR-EXPECT");
    CHECK_STR(tree("如果 则 a 否则 b"), "!EXPR-EXPECT");
    CHECK_STR(tree("如果 a 则 否则 b"), "!EXPR-EXPECT");
    CHECK_STR(tree("如果 a 则 b 否则"), "!EXPR-END");
    CHECK_STR(tree("如果 a 则 b 否则 #"), "!EXPR-CHAR");
    CHECK_STR(tree("非 如果 a 则 b 否则 c"), "(not (if a b c))");
    CHECK_STR(tree("非 +"), "!EXPR-EXPECT");
}

TEST(periods_shift)
{
    CHECK_STR(tree("x@2018"), "(@=2018 x)");
    CHECK_STR(tree("x@-1"), "(@-1 x)");
    CHECK_STR(tree("x@上年"), "(@-1 x)");
    CHECK_STR(tree("上年(x / y)"), "(@-1 (/ x y))");
    CHECK_STR(tree("ago(x, 2)"), "(@-2 x)");
    CHECK_STR(tree("ago(x, y)"), "!FUNC-LITERAL");
    CHECK_STR(tree("x@y"), "!EXPR-EXPECT");
    CHECK_STR(tree("x@20180"), "!EXPR-EXPECT");
    CHECK_STR(tree("合计(x, 近3年)"), "(sum:3y x)");
    CHECK_STR(tree("mean(x, last 4 quarters)"), "(mean:4q x)");
    CHECK_STR(tree("mean(x, last 3 years)"), "(mean:3y x)");
    CHECK_STR(tree("合计(x, 近3年, 自 d)"), "(sum:3y x since d)");
    CHECK_STR(tree("平均(x, 近4季)"), "(mean:4q x)");
    CHECK_STR(tree("合计(x, y)"), "(sum x y)");
    CHECK_STR(tree("增长率(x)"), "(growth:2y x)");
    CHECK_STR(tree("沿用(x)"), "(carry:3y x)");
    CHECK_STR(tree("逐年(x)"), "!FUNC-SPAN");
    CHECK_STR(tree("合计(x, y, 近3年)"), "!FUNC-OPTION");
    CHECK_STR(tree("合计(x, 自 d)"), "!FUNC-OPTION");
    CHECK_STR(tree("取大(x, 近3年)"), "!FUNC-OPTION");
}

/* A month, a share or a thousand firms must not be read as so many years. */
TEST(shifts_are_whole_years)
{
    CHECK_STR(tree("x@2018年"), "(@=2018 x)");
    CHECK_STR(tree("x@-1年"), "(@-1 x)");
    CHECK_STR(tree("x@-1月"), "!EXPR-EXPECT");
    CHECK_STR(tree("x@1.5"), "!EXPR-EXPECT");
    CHECK_STR(tree("往年(x, 2年)"), "(@-2 x)");
    CHECK_STR(tree("往年(x, 2个月)"), "!FUNC-LITERAL");
    CHECK_STR(tree("往年(x, 1.5)"), "!FUNC-LITERAL");
    CHECK_STR(tree("往年(x, -1)"), "!FUNC-LITERAL");
    CHECK_STR(tree("往年(x, 101)"), "!FUNC-LITERAL");
    CHECK_STR(tree("四舍五入(x, 2元)"), "!FUNC-LITERAL");
    CHECK_STR(tree("四舍五入(x, 1970-01-03)"), "!FUNC-LITERAL");
}

TEST(spans_are_counted_in_years_or_quarters)
{
    CHECK_STR(tree("sum(x, last 99 years)"), "(sum:99y x)");
    CHECK_STR(tree("sum(x, last 3 months)"), "!EXPR-EXPECT");
    CHECK_STR(tree("sum(x, last 3%)"), "!EXPR-EXPECT");
    CHECK_STR(tree("sum(x, last 2.5)"), "!EXPR-EXPECT");
    CHECK_STR(tree("sum(x, last 0)"), "!EXPR-EXPECT");
    CHECK_STR(tree("sum(x, last 100)"), "!EXPR-EXPECT");
    CHECK_STR(tree("sum(x, last 4 quarter)"), "(sum:4q x)");
    CHECK_STR(tree("sum(x, last 4 y)"), "!UNIT-UNKNOWN");
    CHECK_STR(tree("合计(x, 近12季)"), "(sum:12q x)");
    CHECK_STR(tree("合计(x, 近123年)"), "(sum x 近123年)");
    CHECK_STR(tree("合计(x, 近0年)"), "(sum x 近0年)");
    CHECK_STR(tree("合计(x, 近年)"), "(sum x 近年)");
    CHECK_STR(tree("合计(x, 近3)"), "(sum x 近3)");
    CHECK_STR(tree("合计(x, 近3月)"), "(sum x 近3月)");
}

TEST(smallest_groups_are_counted_one_by_one)
{
    CHECK_STR(tree("百分位(x, 最小组 5家)"), "(percentile x min 5)");
    CHECK_STR(tree("百分位(x, 最小组 5万人)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 最小组 5%)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 最小组 2.5)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 最小组 0)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 最小组 1000001)"), "!EXPR-EXPECT");
}

/* `last` and 近 are names unless they count periods. */
TEST(a_field_may_be_called_last)
{
    CHECK_STR(tree("max(last, 3)"), "(max last 3)");
    CHECK_STR(tree("max(last)"), "(max last)");
    CHECK_STR(tree("max(last - 1, 3)"), "(max (- last 1) 3)");
    CHECK_STR(tree("max(last # 3)"), "!EXPR-CHAR");
    CHECK_STR(tree("max(「近3年」, 3)"), "(max 近3年 3)");
}

TEST(functions_take_their_arguments_and_options)
{
    CHECK_STR(tree("四舍五入(x, 2)"), "(round:2:0 x)");
    CHECK_STR(tree("舍尾(x)"), "(round:0:2 x)");
    CHECK_STR(tree("floor(x)"), "(round:0:4 x)");
    CHECK_STR(tree("四舍五入(x, 99)"), "!FUNC-LITERAL");
    CHECK_STR(tree("封顶(x, 30)"), "(min x 30)");
    CHECK_STR(tree("保底(x, 0)"), "(max x 0)");
    CHECK_STR(tree("封顶(x)"), "!FUNC-ARGS");
    CHECK_STR(tree("没有(x)"), "!FUNC-UNKNOWN");
    CHECK_STR(tree("百分位(x)"), "(percentile x)");
    CHECK_STR(tree("百分位(x, 同 a b, 法 最低秩, 最小组 5)"),
              "(percentile x within a,b method 1 min 5)");
    CHECK_STR(tree("percentile(x, within all)"), "(percentile x)");
    CHECK_STR(tree("名次(x, 并列 密集, 次序 升)"), "(rank x method 10 asc)");
    CHECK_STR(tree("minmax(x, low 0, high 10)"), "(minmax x low 0 high 10)");
    CHECK_STR(tree("标准分(x, 法 总体)"), "(zscore x method 6)");
    CHECK_STR(tree("百分位(x, 法 随便)"), "!EXPR-EXPECT");
    CHECK_STR(tree("名次(x, 并列 随便)"), "!EXPR-EXPECT");
    CHECK_STR(tree("名次(x, 次序 随便)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 最小组 a)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 同)"), "!FUNC-ARGS");
    CHECK_STR(tree("取大(x, 同 a)"), "!FUNC-OPTION");
    CHECK_STR(tree("取大(x, 0"), "!EXPR-END");
    CHECK_STR(tree("取大()"), "!FUNC-ARGS");
}

TEST(options_take_what_they_name)
{
    CHECK_STR(tree("取大(a, )"), "!EXPR-EXPECT");
    CHECK_STR(tree("取大(a b)"), "!EXPR-EXPECT");
    CHECK_STR(tree("四舍五入(x, 1.5)"), "!FUNC-LITERAL");
    CHECK_STR(tree("四舍五入(x, -1)"), "!FUNC-LITERAL");
    CHECK_STR(tree("百分位(x, 法 5)"), "!EXPR-EXPECT");
    CHECK_STR(tree("名次(x, 次序 5)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 同 5)"), "!EXPR-EXPECT");
    CHECK_STR(tree("百分位(x, 同 a; b、c)"), "(percentile x within a,b,c)");
    CHECK_STR(tree("minmax(x, 下限 -5, 上限 (1 + 2))"), "(minmax x low (neg 5) high (+ 1 2))");
    CHECK_STR(tree("minmax(x, 下限 -)"), "!EXPR-EXPECT");
    CHECK_STR(tree("合计(x, 近3年, 自 2020-01-31)"), "(sum:3y x since 2020-01-31)");
}

/* The first fault is the one to report: here the sign behind the call, not its arguments. */
TEST(calls_report_one_fault)
{
    CHECK_STR(tree("封顶(x) #"), "!EXPR-CHAR");
    CHECK_STR(tree("没有(x #)"), "!FUNC-UNKNOWN");
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    CHECK(parse_expr(a, (Text){S("四舍五入(x, 1, 2)"), {0, 23}}, &ds) == NULL);
    CHECK(ds.n == 1 && ds.at[0].code == DIAG_FUNC_ARGS);
    CHECK_STR(ds.at[0].arg[1], "1~2");
    CHECK_STR(ds.at[0].arg[2], "3");
    arena_close(a);
}

/* `head`, then `n` times `part`, then `tail`. */
static Str repeated(const char *head, const char *part, int n, const char *tail)
{
    static char text[8000];
    size_t at = (size_t)snprintf(text, sizeof text, "%s", head);
    for (int i = 0; i < n; i++)
        at += (size_t)snprintf(text + at, sizeof text - at, "%s", part);
    (void)snprintf(text + at, sizeof text - at, "%s", tail);
    return tree(text);
}

TEST(lists_are_bounded)
{
    CHECK_STR(repeated("取大(1", ", 1", 64, ")"), "!EXPR-EXPECT");
    CHECK(str_starts(repeated("取大(1", ", 1", 63, ")"), S("(max 1 1")));
    CHECK_STR(repeated("百分位(x, 同", " a", 17, ")"), "!EXPR-EXPECT");
    CHECK(str_starts(repeated("百分位(x, 同", " a", 16, ")"), S("(percentile x within a,a")));
}

/* Brackets, signs and long chains are all bounded; the report comes once. */
TEST(depth_is_bounded)
{
    static char text[4000];
    for (int kind = 0; kind < 3; kind++) {
        size_t n = 0;
        for (int i = 0; i < 600; i++) {
            text[n++] = kind == 0 ? '(' : kind == 1 ? '-' : '1';
            if (kind == 2)
                text[n++] = '+';
        }
        text[n++] = '1';
        text[n] = '\0';
        CHECK_STR(tree(text), "!EXPR-DEPTH");
    }
    CHECK_STR(tree("((((((((((a))))))))))"), "a");
}

/* A chain may be as high as trees may; nothing can stand on it, on either side. */
TEST(height_is_bounded_on_both_sides)
{
    CHECK(str_starts(repeated("1", "+1", 399, ""), S("(+ (+ (+ (+ ")));
    CHECK_STR(repeated("1", "+1", 400, ""), "!EXPR-DEPTH");
    CHECK_STR(repeated("2 * (1", "+1", 399, ")"), "!EXPR-DEPTH");
    CHECK_STR(repeated("x 在 (1", "+1", 399, ")"), "!EXPR-DEPTH");
    CHECK_STR(repeated("2 + (1", "+1", 399, ") # "), "!EXPR-CHAR");
}

static struct cell_test cell(const char *text, bool is_text)
{
    struct cell_test out = {0};
    Str s = str_of(text);
    if (arena != NULL)
        arena_close(arena);
    arena = arena_open();
    if (!parse_cell(arena, &out, (Text){s, {0, (uint32_t)s.n}}, is_text, NULL))
        out.test_n = 0;
    return out;
}

TEST(cells_are_unary_tests)
{
    CHECK_INT(cell("-", false).test[0].kind, TEST_ANY);
    CHECK_INT(cell("", true).test[0].kind, TEST_ANY);
    struct cell_test c = cell(">= 5%", false);
    CHECK(c.test_n == 1 && c.test[0].kind == TEST_CMP && c.test[0].op == OP_GE);
    c = cell("(0, 5000万元]", false);
    CHECK(c.test_n == 1 && c.test[0].kind == TEST_RANGE && !c.test[0].lo_in && c.test[0].hi_in);
    c = cell("3; 5", false);
    CHECK(c.test_n == 2 && c.test[1].op == OP_EQ);
    c = cell("高; 较高、一般", true);
    CHECK_INT(c.test_n, 3);
    CHECK_STR(c.test[2].lo->name, "一般");
    c = cell("31*", true);
    CHECK_INT(c.test[0].kind, TEST_PREFIX);
    CHECK_STR(c.test[0].lo->name, "31");
    c = cell("<> 无", true);
    CHECK(c.test_n == 1 && c.test[0].op == OP_NE);
    CHECK_STR(c.test[0].lo->name, "无");
    CHECK_STR(cell("= \"甲; 乙\"", false).test[0].lo->name, "甲; 乙");
    CHECK_INT(cell(">= ", false).test_n, 0);
    CHECK_INT(cell("1 2", false).test_n, 0);
    CHECK_INT(cell("高;; 低", true).test_n, 0);
    CHECK_INT(cell("高; 低;", true).test_n, 2);
    CHECK_INT(cell("[1 2]", false).test_n, 0);
    CHECK_INT(cell("[1, 2", false).test_n, 0);
    CHECK_INT(cell("[1, +]", false).test_n, 0);
    CHECK_INT(cell("<> 甲; 乙", true).test_n, 0);
    c = cell("-5", false);
    CHECK(c.test_n == 1 && c.test[0].op == OP_EQ && c.test[0].lo->op == OP_NEG);
    CHECK_STR(cell("= 高", true).test[0].lo->name, "高");
    CHECK_STR(cell("“高”", true).test[0].lo->name, "高");
    CHECK_STR(cell("“高", true).test[0].lo->name, "“高");
    CHECK_STR(cell("\"31*\"", true).test[0].lo->name, "31*");
    CHECK_STR(cell("\"", true).test[0].lo->name, "\"");
}

TEST(a_cell_has_at_most_64_tests)
{
    static char text[300];
    for (size_t n = 64; n <= 65; n++) {
        for (size_t i = 0; i < n; i++)
            (void)snprintf(text + 2 * i, sizeof text - 2 * i, "1;");
        text[2 * n - 1] = '\0';
        CHECK_INT(cell(text, false).test_n, n == 64 ? 64 : 0);
        CHECK_INT(cell(text, true).test_n, n == 64 ? 64 : 0);
    }
}
