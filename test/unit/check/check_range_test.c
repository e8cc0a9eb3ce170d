/* What values an expression can take, before any data. A bound must never be too tight. */
#include "base/buf.h"
#include "base/str.h"
#include "check/check.h"
#include "check/check_int.h"
#include "help/rule_help.h"
#include "t.h"

/* "0..100", "0..+" (any amount above), "0..?", "?..?" of an indicator. */
static Str range_in(struct arena *a, const struct loaded *l, const char *name)
{
    struct checker c;
    struct buf out;
    buf_init(&out, a, 200);
    check_open(&c, a, l->r, NULL);
    int32_t at = rule_find_item(l->r, str_of(name));
    CHECK(at >= 0);
    struct range r = c.item[at];
    if (r.has_lo)
        check_print(&out, &c, dec_trim(r.lo), NULL);
    else
        buf_char(&out, '?');
    buf_add(&out, S(".."));
    if (r.has_hi)
        check_print(&out, &c, dec_trim(r.hi), NULL);
    else
        buf_char(&out, r.unbounded ? '+' : '?');
    return buf_str(&out);
}

/* Fields: n counts, p is 0~40%, q is -1~2, m is money, k is money from 0, 等级 a choice. */
static void check_range_of(const char *formula, const char *want)
{
    struct arena *a = arena_open();
    struct loaded l = {.arena = a};
    struct buf text;
    diags_init(&l.ds, a);
    buf_init(&text, a, BUF_MAX);
    buf_add(&text, S("# t\n- 状态: 示例\n\n## 字段\n| 名称 | 类型 | 单位 | 期间 | 范围 | 选项 |\n"
                     "|---|---|---|---|---|---|\n| n | 数 | 人 | 年 | | |\n"
                     "| p | 数 | % | 年 | [0, 40%] | |\n| q | 数 | | 年 | [-1, 2] | |\n"
                     "| m | 数 | 元 | 年 | | |\n| k | 数 | 元 | 年 | >= 0 | |\n"
                     "| b | 是否 | | | | |\n| 等级 | 选项 | | | | 高; 低 |\n"
                     "| d | 日期 | | | | |\n| z | 数 | | | | |\n\n"
                     "## 指标 甲\n- 式: "));
    buf_add(&text, str_of(formula));
    buf_char(&text, '\n');
    l.st = check_load(a, &l.r, S("t.md"), buf_str(&text), &l.ds);
    CHECK_INT(l.ds.error_n, 0);
    Str got = range_in(a, &l, "甲");
    Str got_of = arena_fmt(a, "%s = %.*s", formula, (int)got.n, got.p);
    CHECK_STR(got_of, arena_fmt(a, "%s = %s", formula, want).p);
    arena_close(a);
}

TEST(range_of_leaves)
{
    check_range_of("5", "5..5");
    check_range_of("n", "0..+");
    check_range_of("p", "0..0.4");
    check_range_of("m", "?..+");
    check_range_of("k", "0..+");
    check_range_of("z", "?..?");
    check_range_of("25 ~ 30", "25..30");
    check_range_of("评价期", "?..?");
}

TEST(range_of_arithmetic)
{
    check_range_of("-q", "-2..1");
    check_range_of("-m", "?..?");
    check_range_of("p + q", "-1..2.4");
    check_range_of("p - q", "-2..1.4");
    check_range_of("p × q", "-0.4..0.8");
    check_range_of("k + k", "0..+");
    check_range_of("k + m", "?..+");
    check_range_of("k - k", "?..?");
    check_range_of("n × n", "0..+");
    check_range_of("n × q", "?..?");
    check_range_of("k / n", "0..+");
    check_range_of("k / k", "0..+");
    check_range_of("m / n", "?..?");
    check_range_of("q ^ 2", "?..?");
    check_range_of("n × p", "0..+");
    check_range_of("p × n", "0..+");
    check_range_of("z × z", "?..?");
    check_range_of("n / q", "?..?");
    check_range_of("z + p", "?..?");
    check_range_of("p + z", "?..?");
    check_range_of("m + k", "?..+");
    /* too large to be told */
    check_range_of("9999999999999999999999999999999999999 + 9", "?..?");
    check_range_of("9999999999999999999999999999999999999 × 9", "0..?");
    check_range_of("-9999999999999999999999999999999999999 × 9", "?..?");
    check_range_of("0.000000000001 × 0.000000000001 × 0.1 × 1", "0..?");
    check_range_of("9999999999999999999999999999999999999 + 0.1", "?..?");
}

TEST(range_of_functions)
{
    check_range_of("取大(q, p)", "0..2");
    check_range_of("取小(q, p)", "-1..0.4");
    check_range_of("取大(z, p)", "0..?");
    check_range_of("取小(z, p)", "?..0.4");
    check_range_of("取大(p, z)", "0..?");
    check_range_of("取小(p, z)", "?..0.4");
    check_range_of("取大(k, m)", "0..+");
    check_range_of("取小(k, m)", "?..+");
    check_range_of("取大(z, z)", "?..?");
    check_range_of("取小(z, z)", "?..?");
    check_range_of("乘方(q, 2)", "?..?");
    check_range_of("指数函数(q)", "0..?");
    check_range_of("封顶(k, 5元)", "0..5");
    check_range_of("保底(m, 5元)", "5..+");
    check_range_of("限幅(z, 1, 3)", "1..3");
    check_range_of("限幅(z, q, p)", "-1..0.4");
    check_range_of("目标区间(z, 1, 3)", "0..1");
    check_range_of("达标率(k, 5元)", "0..1");
    check_range_of("达标率(m, 5元)", "?..1");
    check_range_of("四舍五入(p, 1)", "0..0.4");
    check_range_of("进一(p)", "0..1");
    check_range_of("取整(q)", "-1..2");
    check_range_of("绝对值(q)", "0..2");
    check_range_of("绝对值(z)", "0..?");
    check_range_of("开方(q)", "0..?");
    check_range_of("自然对数(k / 1元)", "?..?");
    check_range_of("补值(p, 2)", "0..2");
    check_range_of("计数(b, n > 0人)", "0..2");
    check_range_of("如果 b 则 p 否则 q", "-1..2");
    check_range_of("年数(d, 评价日)", "?..?");
    check_range_of("平均(p, q)", "-1..2");
    check_range_of("合计(p, q)", "-1..2.4");
}

TEST(range_over_periods)
{
    check_range_of("合计(p, 近3年)", "0..1.2");
    check_range_of("合计(n, 近3年)", "0..+");
    check_range_of("合计(q, 近3年)", "-3..6");
    check_range_of("合计(m, 近3年)", "?..+");
    check_range_of("平均(p, 近3年)", "0..0.4");
    check_range_of("沿用(p, 近3年)", "0..0.4");
    check_range_of("增长率(n, 近3年)", "-1..?");
    check_range_of("增长率(m, 近3年)", "?..?");
    check_range_of("上年(p)", "0..0.4");
    check_range_of("期间最大(p, 近3年)", "0..0.4");
    check_range_of("期间最小(p, 近3年)", "0..0.4");
    check_range_of("复合增长率(n, 近3年)", "-1..?");
}

TEST(range_over_the_population)
{
    check_range_of("百分位(z)", "0..1");
    check_range_of("名次(z)", "1..?");
    check_range_of("波达分(z)", "0..?");
    check_range_of("标准分(z)", "?..?");
    check_range_of("距标杆(n)", "0..1");
    check_range_of("距标杆(m)", "?..?");
    check_range_of("缩尾(p, 5%, 95%)", "0..0.4");
    check_range_of("组均值(p)", "0..0.4");
    check_range_of("组中位数(p)", "0..0.4");
    check_range_of("组最大(p)", "0..0.4");
    check_range_of("组最小(p)", "0..0.4");
    check_range_of("组分位数(p, 5%)", "0..0.4");
    check_range_of("补均值(p)", "0..0.4");
    check_range_of("补中位数(p)", "0..0.4");
    check_range_of("偏度处理(p, 2, 3.5, 5)", "0..0.4");
    check_range_of("极差标准化(z)", "0..1");
    check_range_of("组标准差(p)", "?..?");
    check_range_of("组合计(n)", "0..?");
    check_range_of("组合计(m)", "?..?");
    check_range_of("组计数(z)", "0..?");
}

TEST(range_of_scores)
{
    struct loaded l = load_body(
        "## 评分 和\n### 甲\n- 满分: 20\n- 式: x / 1元\n### 乙\n- 专家: 3~5\n\n"
        "## 评分 权\n- 汇总: 加权\n### 丙\n- 权重: 0.5\n- 满分: 20\n- 式: x / 1元\n"
        "### 丁\n- 权重: 2\n- 专家: 3~5\n\n"
        "## 评分 择\n- 汇总: 择一\n- 选择: c\n### 高\n- 专家: 1~2\n### 低\n- 专家: 3~5\n\n"
        "## 评分 均\n- 汇总: 算术平均\n### 戊\n- 专家: 1~2\n### 己\n- 专家: 3~5\n\n"
        "## 评分 缺\n- 有效: 50%\n- 满分: 10\n### 庚\n- 满分: 5\n- 式: x / 1元\n"
        "### 辛\n- 满分: 5\n- 适用: b\n- 式: 4\n\n"
        "## 评分 专\n- 专家: 7~8\n- 评审: 评审分\n- 一票否决: b\n\n"
        "## 评分 比\n- 汇总: 科普兰\n### 壬\n- 专家: 1~2\n### 癸\n- 专家: 3~5\n\n"
        "## 评分 几\n- 汇总: 几何平均\n### 一\n- 专家: 1~2\n### 二\n- 专家: 3~5\n\n"
        "## 评分 调\n- 汇总: 调和平均\n### 三\n- 专家: 1~2\n### 四\n- 专家: 3~5\n\n"
        "## 评分 大\n- 汇总: 取大\n### 五\n- 专家: 1~2\n### 六\n- 专家: 3~5\n\n"
        "## 评分 小\n- 汇总: 取小\n### 七\n- 专家: 1~2\n### 八\n- 专家: 3~5\n\n"
        "## 评分 步\n- 计量: n\n- 门槛: 50人\n- 起步分: 5\n- 每: 1人\n- 得: 0.1\n\n"
        "## 评分 份\n- 计量: n\n- 每: 30人\n- 得: 1\n\n"
        "## 评分 表\n\n| n | 得分 |\n|---|---|\n| < 5人 | 1 |\n| >= 5人 | 6~9 |\n");
    static const char *const want[][2] = {
        {"和", "3..25"}, {"权", "6..20"}, {"择", "1..5"}, {"均", "1..5"}, {"缺", "0..10"},
        {"专", "0..8"},  {"比", "-1..1"}, {"几", "1..5"}, {"调", "1..5"}, {"大", "1..5"},
        {"小", "1..5"},  {"步", "?..?"},  {"份", "0..+"}, {"表", "1..9"}};
    for (size_t i = 0; i < ARRAY_N(want); i++)
        CHECK_STR(range_in(l.arena, &l, want[i][0]), want[i][1]);
    unload(&l);
}
