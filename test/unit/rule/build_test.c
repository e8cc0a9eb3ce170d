/* What sections say that are half written: each mistake once, and nothing that follows from it. */
#include "help/rule_help.h"
#include "t.h"

struct said_case {
    const char *want, *body;
};

static void check_cases(const struct said_case *cases, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct loaded l = load_body(cases[i].body);
        CHECK_STR(said_all(&l), cases[i].want);
        unload(&l);
    }
}

TEST(build_attributes)
{
    static const struct said_case cases[] = {
        {"", "## 指标 甲\n- 式: x\n- 单位:\n- 精度: 2 进一\n"},
        {"", "## 指标 甲\n- 式: x\n- 精度: 2 四舍五入\n"},
        {"", "## 指标 甲\n- 式: x\n- 精度: 2 四舍六入\n- 缺数: 未知\n"},
        {"", "## 指标 甲\n- 式: x\n- 精度: 2 向上\n"},
        {"", "## 指标 甲\n- 式: x\n- 精度: 2 向下\n"},
        {"VALUE-BAD", "## 指标 甲\n- 式: x\n- 精度: 2.5\n"},
        {"VALUE-BAD", "## 指标 甲\n- 式: x\n- 精度: -1\n"},
        {"EXPR-END", "## 指标 甲\n- 式: x +\n- 缺数: 零\n- 精度: 2\n"},
        {"EXPR-END", "## 条件 甲\n- 须: b 且\n- 适用: b\n"},
        {"KEY-MISSING", "## 条件 甲\n- 适用: b\n"},
        {"", "## 条件 甲\n| b | 甲 |\n|---|---|\n| 是 | 是 |\n| 否 | 否 |\n"},
        {"EXPR-END", "## 政策 甲\n- 金额: x\n- 分期: 首期 50%; 尾款\n"},
        {"EXPR-EXPECT", "## 政策 甲\n- 金额: x\n- 分期: 首期 50% 50%\n"},
    };
    check_cases(cases, ARRAY_N(cases));
}

TEST(build_grades)
{
    static const struct said_case cases[] = {
        {"EXPR-END", "## 格次 甲\n- 依据: x +\n- 排名: 全体\n"},
        {"EXPR-EXPECT", "## 格次 甲\n- 依据: x\n- 排名: 全体 各地\n"},
        {"EXPR-END", "## 格次 甲\n- 依据: x\n- 排名: 同\n"},
        {"", "## 格次 甲\n- 依据: x\n- 排名: 同 c\n"},
        {"", "## 格次 甲\n- 依据: x\n- 排名: c\n"},
        {"EXPR-EXPECT", "## 格次 甲\n- 依据: x\n- 排名: 5\n"},
        {"KEY-MISSING", "## 格次 甲\n- 方式: 分位\n- 依据: x\n\n"
                        "| n | p | 甲 |\n|---|---|---|\n| - | - | A |\n"},
        {"EXPR-END", "## 格次 甲\n- 方式: 分位\n- 依据: x\n\n"
                     "| 1 + | 甲 |\n|---|---|\n| - | A |\n"},
    };
    check_cases(cases, ARRAY_N(cases));
}

TEST(build_forms)
{
    static const struct said_case cases[] = {
        {"", "## 评分 甲\n- 计量: n\n- 门槛: 5人\n- 每: 1人\n- 得: 1\n"},
        {"", "## 评分 甲\n- 计量: p\n- 定基: 2018\n"},
        {"VALUE-BAD", "## 评分 甲\n- 计量: p\n- 定基: 2018.5\n"},
        {"VALUE-BAD", "## 评分 甲\n- 计量: p\n- 定基: 1899\n"},
        {"VALUE-BAD", "## 评分 甲\n- 计量: p\n- 定基: 10000\n"},
        {"EXPR-EXPECT", "## 评分 甲\n- 标志: b b\n- 得: 1\n"},
        {"EXPR-END", "## 评分 甲\n- 标志: b\n- 得: 1 +\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: n +\n- 每: 1人\n- 得: 1\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: n\n- 每: 1人 +\n- 得: 1\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: n\n- 每: 1人\n- 得: 1 +\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: n\n- 每: 1人\n- 得: 1\n- 门槛: 5人 +\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: p\n- 每: 1%\n- 得: 1\n- 均值: p +\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: p\n- 满分: 5\n- 目标: p +\n"},
        {"EXPR-END", "## 评分 甲\n- 计量: p\n- 满分: 5\n- 标准: p +\n"},
        {"EXPR-END", "## 评分 甲\n| 计数 | 每项 |\n|---|---|\n| p + | 1 |\n"},
        {"EXPR-END", "## 评分 甲\n| 标志 | 得分 |\n|---|---|\n| b | 1 + |\n"},
        {"TABLE-EXTRA", "## 评分 甲\n| b | 得分 |\n|---|---|\n| - | 1 |\n\n"
                        "| b | 得分 |\n|---|---|\n| - | 1 |\n"},
        {"TABLE-HEAD", "## 评分 甲\n| 计数 | 分 |\n|---|---|\n| p | 1 |\n"},
        {"TABLE-HEAD", "## 评分 甲\n| 标志 | 分 |\n|---|---|\n| b | 1 |\n"},
    };
    check_cases(cases, ARRAY_N(cases));
}

TEST(build_groups)
{
    static const struct said_case cases[] = {
        {"", "## 评分 甲\n- 式: 乙 * 2\n### 乙\n- 式: 1\n"},
        {"EXPR-END", "## 评分 甲\n- 有效: 5 +\n### 乙\n- 式: 1\n"},
        {"VALUE-BAD", "## 评分 甲\n- 有效: p\n### 乙\n- 式: 1\n"},
        {"VALUE-BAD", "## 评分 甲\n- 有效: 0%\n### 乙\n- 式: 1\n"},
        {"VALUE-BAD", "## 评分 甲\n- 有效: 9999999999999999999999999999999999999\n"
                      "### 乙\n- 式: 1\n"},
        {"", "## 评分 甲\n- 汇总: 加权\n- 权重按: c\n\n| 权重 | 甲 | 乙 |\n|---|---|---|\n"
             "| 丙 | 1 | 2 |\n### 丙\n- 式: 1\n### 丁\n- 权重: 3\n- 式: 1\n"},
        {"EXPR-END", "## 评分 甲\n- 汇总: 加权\n- 权重按: c\n\n| 权重 | 甲 | 乙 |\n"
                     "|---|---|---|\n| 丙 | 1 | 2 + |\n### 丙\n- 式: 1\n"},
    };
    check_cases(cases, ARRAY_N(cases));
}

TEST(build_tables)
{
    static const struct said_case cases[] = {
        {"", "## 指标 甲\n| n | 得分 |\n|---|---|\n| - | 1 |\n"},
        {"", "## 指标 甲\n| n | 结果 |\n|---|---|\n| - | 1 |\n"},
        {"TABLE-HEAD", "## 指标 甲\n| 甲 |\n|---|\n| 1 |\n"},
        {"", "## 参数 甲\n| 失效 | 甲 |\n|---|---|\n| 2026-01-01 | 1 |\n"},
        {"", "## 参数 甲\n| 生效 | 失效 | 甲 |\n|---|---|---|\n| - | - | 1 |\n"},
        {"NAME-UNKNOWN", "## 参数 甲\n| 生效 | 生效 | 甲 |\n|---|---|---|\n| - | - | 1 |\n"},
        {"NAME-UNKNOWN", "## 参数 甲\n| 失效 | 失效 | 甲 |\n|---|---|---|\n| - | - | 1 |\n"},
        {"NAME-UNKNOWN", "## 格次 甲\n| 依据 | 甲 |\n|---|---|\n| - | 高 |\n"},
    };
    check_cases(cases, ARRAY_N(cases));
}

TEST(build_labels_lose_their_quotes)
{
    struct loaded l = load_body("## 分组 甲\n| c | 甲 |\n|---|---|\n| 甲 | \"高\" |\n"
                                "| 乙 | \" |\n| - | 低\" |\n| - | \"中 |\n");
    CHECK(l.st == OK);
    const struct table *t = l.r->item[0].expr->table;
    static const char *const want[] = {"高", "\"", "低\"", "\"中"};
    for (uint32_t i = 0; i < 4; i++)
        CHECK_STR(t->row[i].result->name, want[i]);
    unload(&l);
}

TEST(build_same_names_point_at_the_first)
{
    struct loaded l = load_body("## 指标 甲\n- 式: 1\n## 指标 甲\n- 式: 2\n");
    CHECK_STR(said_all(&l), "NAME-DUPLICATE");
    CHECK(l.ds.at[0].has_note);
    CHECK_INT(l.ds.at[0].note_span.beg, l.r->item[0].span.beg);
    unload(&l);
}

/* A section whose attribute says `part` n times, @ being the count. */
static void check_many(const char *before, const char *part, size_t n, const char *after,
                       const char *want)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, str_of(before));
    for (size_t i = 0; i < n; i++) {
        Str rest = str_of(part);
        buf_add(&b, str_cut(&rest, '@'));
        if (rest.n > 0)
            buf_fmt(&b, "%zu%.*s", i, (int)rest.n, rest.p);
    }
    buf_add(&b, str_of(after));
    struct loaded l = load_body(arena_fmt(a, "%.*s", (int)b.n, buf_str(&b).p).p);
    CHECK_STR(said_all(&l), want);
    unload(&l);
    arena_close(a);
}

TEST(build_lists_are_limited)
{
    check_many("## 政策 甲\n- 金额: x\n- 分期: 期 1%", "; 1%", 31, "\n", "");
    check_many("## 政策 甲\n- 金额: x\n- 分期: 期 1%", "; 1%", 32, "\n", "EXPR-EXPECT");
    check_many("## 评分 甲\n- 标志: b", "; b", 63, "\n- 得: 1\n", "");
    check_many("## 评分 甲\n- 标志: b", "; b", 64, "\n- 得: 1\n", "EXPR-EXPECT");
    check_many("## 评分 甲\n- 通过: 甲 > 0\n", "### 项@\n- 最低: 1\n- 式: 2\n", 399, "", "");
    check_many("## 评分 甲\n- 通过: 甲 > 0\n", "### 项@\n- 最低: 1\n- 式: 2\n", 400, "",
               "EXPR-DEPTH");
}

TEST(build_suggests_near_names)
{
    struct loaded l = load_body("## 指标 研发投入强度指标\n- 式: 1\n"
                                "## 指标 乙\n- 式: 研发投人强度指数\n## 指标 丙\n- 式: 丁丁\n");
    CHECK_STR(said_all(&l), "NAME-UNKNOWN NAME-UNKNOWN");
    CHECK_STR(l.ds.at[0].arg[1], "研发投入强度指标");
    CHECK_STR(l.ds.at[1].arg[1], "");
    unload(&l);
}

TEST(build_maxima_by_segment_stand_beside_a_form)
{
    const char *head = "## 评分 甲\n- 满分按: c\n- 计量: p\n";
    const char *maxima = "\n| 满分 | 甲 | 乙 |\n|---|---|---|\n| 甲 | 3 | 4 |\n";
    const char *bands = "\n| p | 甲 |\n|---|---|\n| - | 1 |\n";
    struct arena *a = arena_open();
    struct loaded l = load_body(arena_fmt(a, "%s%s", head, maxima).p);
    CHECK_STR(said_all(&l), "");
    CHECK_INT(l.r->item[0].form, FORM_FORMULA);
    unload(&l);
    l = load_body(arena_fmt(a, "%s%s%s", head, maxima, bands).p);
    CHECK_STR(said_all(&l), "FORM-BOTH");
    unload(&l);
    arena_close(a);
}
