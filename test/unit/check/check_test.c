/* Which static checks speak up, and which must not. How they speak is in test/golden/diag. */
#include "base/buf.h"
#include "base/str.h"
#include "check/check.h"
#include "help/rule_help.h"
#include "t.h"

/* What nearly every short body provokes. */
static bool is_usual(enum diag_code code)
{
    return code == DIAG_UNUSED_NAME || code == DIAG_TEST_NONE || code == DIAG_TABLE_BLANK;
}

static void check_said(const struct loaded *l, const char *body, const char *want)
{
    struct buf got;
    buf_init(&got, l->arena, BUF_MAX);
    for (size_t i = 0; i < l->ds.n; i++)
        if (!is_usual(l->ds.at[i].code)) {
            buf_add(&got, got.n > 0 ? S(" ") : S(""));
            buf_add(&got, str_of(diag_info(l->ds.at[i].code)->mnemonic));
        }
    if (!str_eq(buf_str(&got), str_of(want)))
        t_fail(__FILE__, __LINE__, body);
    CHECK_STR(buf_str(&got), want);
}

/* load_body, and what check_load does behind it. */
static struct loaded load_checked(const char *body)
{
    struct loaded l = load_body(body);
    if (l.st != OK)
        return l;
    check_tables(l.arena, l.r, &l.ds);
    check_scores(l.arena, l.r, &l.ds);
    check_sources(l.arena, l.r, &l.ds);
    return l;
}

/* Loading `body` says exactly `want`, besides the usual. */
static void check_body(const char *body, const char *want)
{
    struct loaded l = load_checked(body);
    check_said(&l, body, want);
    unload(&l);
}

/* The same for a table of points by `head`. */
static void check_table(const char *head, const char *rows, const char *want)
{
    struct arena *a = arena_open();
    struct buf body;
    buf_init(&body, a, BUF_MAX);
    buf_fmt(&body, "## 评分 分\n\n| %s | 得分 |\n", head);
    for (const char *p = head; *p != '\0'; p++)
        if (p == head || *p == '|')
            buf_add(&body, S("|---"));
    buf_fmt(&body, "|---|\n%s", rows);
    check_body(arena_copy(a, buf_str(&body)).p, want);
    arena_close(a);
}

TEST(check_bounds_of_any_unit_and_decimals)
{
    check_table("x", "| < 0.5万元 | 1 |\n| >= 5000.00元 | 2 |\n", "");
    check_table("x", "| < 0.5万元 | 1 |\n| >= 5000.01元 | 2 |\n", "BAND-GAP");
    check_table("x", "| < 0.5万元 | 1 |\n| >= 4999.99元 | 2 |\n", "BAND-OVERLAP");
    /* money has two decimals: between two fen there is nothing */
    check_table("x", "| <= 4999.99元 | 1 |\n| >= 5000元 | 2 |\n", "");
    check_table("p", "| <= 4.99% | 1 |\n| >= 5% | 2 |\n", "BAND-GAP");
    check_table("p", "| < 50‰ | 1 |\n| >= 5% | 2 |\n", "");
    check_table("x", "| < -5元 | 1 |\n| [-5元, 0) | 2 |\n| >= 0元 | 3 |\n", "");
    check_table("x", "| = 5元 | 1 |\n| <> 5元 | 2 |\n", "");
    check_table("x", "| [1元, 5元]; [7元, 9元] | 1 |\n| (5元, 7元) | 2 |\n", "BAND-GAP-END");
}

TEST(check_days)
{
    check_table("d", "| < 2020-01-01 | 1 |\n| >= 2020-01-01 | 2 |\n", "");
    check_table("d", "| <= 2019-12-31 | 1 |\n| >= 2020-01-01 | 2 |\n", "");
    check_table("d", "| <= 2019-12-31 | 1 |\n| >= 2020-01-02 | 2 |\n", "BAND-GAP");
}

TEST(check_labels_in_tables)
{
    check_table("c", "| 甲 | 1 |\n| 乙 | 2 |\n", "");
    check_table("c", "| 甲; 乙 | 1 |\n", "");
    check_table("c", "| <> 甲 | 1 |\n", "BAND-GAP");
    check_table("c", "| 甲* | 1 |\n| 丁* | 2 |\n", "BAND-GAP BAND-LABEL");
    check_table("c", "| 甲 | 1 |\n| - | 2 |\n", "BAND-OVERLAP");
    /* any text: what is not named is nobody's business */
    check_table("t", "| 31* | 1 |\n| 32; 33* | 2 |\n", "");
    check_table("t", "| 31* | 1 |\n| 311 | 2 |\n", "BAND-OVERLAP");
    check_table("t", "| 31* | 1 |\n| 3* | 2 |\n", "BAND-OVERLAP");
    check_table("t", "| 31 | 1 |\n| <> 31 | 2 |\n", "");
    check_table("t", "| <> 31 | 2 |\n", "BAND-GAP");
    check_table("t", "| 31; 32 | 1 |\n| <> 33 | 2 |\n", "BAND-OVERLAP BAND-GAP");
    check_table("t", "| - | 1 |\n| 甲 | 2 |\n", "BAND-OVERLAP");
    check_table("t | b", "| - | 是 | 1 |\n| - | 否 | 2 |\n", "");
    check_table("b", "| <> 是 | 1 |\n| = 是 | 2 |\n", "");
    check_table("t | b", "| 31 | 是 | 1 |\n| 31 | 否 | 2 |\n| 32 | 是 | 3 |\n", "BAND-GAP");
}

TEST(check_labels_in_expressions)
{
    check_body("## 条件 好\n- 须: (如果 b 则 c 否则 \"丁\") = \"丁\"\n", "");
    check_body("## 条件 好\n- 须: (如果 b 则 c 否则 \"丁\") = \"戊\"\n", "BAND-LABEL");
    check_body("## 条件 好\n- 须: (如果 b 则 t 否则 c) = \"戊\"\n", "");
    check_body("## 条件 好\n- 须: (如果 b 则 c 否则 t) = \"戊\"\n", "");
    check_body("## 条件 好\n- 须: 上年(c) = \"戊\"\n", "BAND-LABEL");
    check_body("## 条件 好\n- 须: c = t\n", "");
    check_body("## 条件 好\n- 须: c = \"甲\"\n", "");
    check_body("## 条件 好\n- 须: c = \"丙\"\n", "BAND-LABEL");
    check_body("## 条件 好\n- 须: \"丙\" = c\n", "BAND-LABEL");
    check_body("## 条件 好\n- 须: c ≠ \"丙\"\n", "BAND-LABEL");
    check_body("## 条件 好\n- 须: t = \"丙\"\n", "");
    check_body("## 分组 段\n\n| n | 段 |\n|---|---|\n| < 5人 | 小 |\n| >= 5人 | 大 |\n\n"
               "## 条件 好\n- 须: 段 = \"大\" 或 段 = \"中\"\n",
               "BAND-LABEL");
    check_body("## 分组 段\n\n| n | 段 |\n|---|---|\n| < 5人 | 小 |\n| >= 5人 | 大 |\n\n"
               "## 参数 价\n\n| 段 | 价 |\n|---|---|\n| 小 | 1 |\n| 太 | 2 |\n",
               "BAND-GAP BAND-LABEL");
    check_body("## 评分 择\n- 汇总: 择一\n- 选择: c\n### 甲\n- 专家: 1~2\n### 丙\n- 专家: 1~2\n",
               "BAND-LABEL");
}

TEST(check_labels_that_are_too_many)
{
    struct arena *a = arena_open();
    struct buf body;
    buf_init(&body, a, BUF_MAX);
    buf_add(&body, S("## 分组 段\n\n| n | 段 |\n|---|---|\n"));
    for (int i = 0; i < 1200; i++)
        buf_fmt(&body, "| [%d人, %d人) | 标%d |\n", i, i + 1, i);
    buf_add(&body, S("| >= 1200人 | 多 |\n\n## 参数 价\n\n| 段 | 价 |\n|---|---|\n| 标1 | 1 |\n"
                     "| 无此 | 2 |\n\n## 条件 好\n- 须: 段 = \"无此\"\n"));
    check_body(arena_copy(a, buf_str(&body)).p, ""); /* taken for any text */
    arena_close(a);
}

TEST(check_ends_of_bands)
{
    check_table("n", "| < 5人 | 1 |\n| >= 5人 | 2 |\n", "");
    check_table("n", "| [0人, 5人) | 1 |\n| >= 5人 | 2 |\n", "");
    check_table("n", "| (0人, 5人) | 1 |\n| >= 5人 | 2 |\n", "BAND-GAP-END");
    check_table("n", "| [0人, 5人) | 1 |\n", "BAND-GAP-END");
    check_table("x", "| >= 5元 | 1 |\n", "");
    check_table("p", "| [0, 5%) | 1 |\n| [5%, 10%) | 2 |\n", "");
    check_table("百分位(x)", "| [0, 50%) | 1 |\n| [50%, 90%) | 2 |\n", "BAND-GAP-END");
    check_table("百分位(x)", "| [0, 50%) | 1 |\n| [50%, 100%] | 2 |\n", "");
    check_table("n | b", "| >= 5人 | - | 1 |\n| < 5人 | 是 | 2 |\n| < 5人 | 否 | 0 |\n", "");
}

TEST(check_gives_up_on_what_it_cannot_tell)
{
    check_table("x", "| < y | 1 |\n| >= y | 2 |\n", "BAND-UNCHECKED");
    check_table("x", "| < 5元 ~ 6元 | 1 |\n", "BAND-UNCHECKED");
    struct arena *a = arena_open();
    struct buf rows;
    buf_init(&rows, a, BUF_MAX);
    for (int i = 0; i < 300; i++)
        buf_fmt(&rows, "| >= %d元 | >= %d元 | >= %d人 | 1 |\n", i, i, i);
    check_table("x | y | n", arena_copy(a, buf_str(&rows)).p, "BAND-UNCHECKED");
    arena_close(a);
}

TEST(check_many_rows_inputs_and_tables)
{
    struct arena *a = arena_open();
    struct buf body, head, row;
    buf_init(&body, a, BUF_MAX);
    buf_init(&head, a, BUF_MAX);
    buf_init(&row, a, BUF_MAX);
    for (int i = 0; i < 100; i++) /* overlaps in each: more than are told */
        buf_fmt(&body,
                "## 参数 甲%d\n\n| n | 甲%d |\n|---|---|\n| - | 1 |\n| < 5人 | 2 |\n| < 6人 | 2 |\n"
                "| < 7人 | 2 |\n| < 8人 | 2 |\n| < 9人 | 2 |\n| < 9人 | 3 |\n\n",
                i, i);
    struct loaded l = load_checked(arena_copy(a, buf_str(&body)).p);
    size_t overlap_n = 0;
    for (size_t i = 0; i < l.ds.n; i++)
        overlap_n += l.ds.at[i].code == DIAG_BAND_OVERLAP;
    CHECK_INT(overlap_n, DIAGS_MAX);
    unload(&l);
    for (int i = 0; i < 40; i++) {
        buf_fmt(&head, "%sn", i > 0 ? " | " : "");
        buf_add(&row, S("| - "));
    }
    buf_add(&row, S("| 1 |\n"));
    check_table(arena_copy(a, buf_str(&head)).p, arena_copy(a, buf_str(&row)).p, "BAND-UNCHECKED");
    arena_close(a);
}

TEST(check_work_is_bounded)
{
    struct arena *a = arena_open();
    struct buf body;
    buf_init(&body, a, BUF_MAX);
    buf_add(&body, S("## 评分 分\n- 命中: 首行\n\n| n | 得分 |\n|---|---|\n"));
    for (int i = 0; i < 12000; i++)
        buf_fmt(&body, "| >= %d人 | 1 |\n", i);
    check_body(arena_copy(a, buf_str(&body)).p, "BAND-UNCHECKED");
    arena_close(a);
}

TEST(check_speaks_english)
{
    static const char text[] =
        "# t\n- status: example\n\n## Fields\n"
        "| name | type | unit | options |\n|---|---|---|---|\n"
        "| staff | number | person | |\n| ok | yesno | | |\n| grade | choice | | A; B |\n\n"
        "## Score s\n\n| staff | ok | grade | points |\n|---|---|---|---|\n"
        "| >= 5 person | yes | - | 1 |\n";
    struct loaded l = {.arena = arena_open()};
    struct buf out;
    diags_init(&l.ds, l.arena);
    buf_init(&out, l.arena, BUF_MAX);
    l.st = check_load(l.arena, &l.r, S("t.md"), str_of(text), &l.ds);
    for (size_t i = 0; i < l.ds.n; i++)
        if (l.ds.at[i].code == DIAG_BAND_GAP || l.ds.at[i].code == DIAG_BAND_GAP_END) {
            diag_text(&out, &l.ds.at[i], LANG_EN);
            buf_char(&out, '\n');
        }
    CHECK_STR(buf_str(&out), "no row covers staff [0, 5 person); the result is then unknown\n"
                             "the bands have a gap: staff >= 5 person and ok no is in no row\n");
    unload(&l);
}

#define DATED "## 参数 价\n\n| 生效 | 失效 | 价 |\n|---|---|---|\n"

TEST(check_dated_rows)
{
    check_body(DATED "| 2015-01-01 | 2020-12-31 | 1元 |\n| 2021-01-01 | | 2元 |\n", "");
    check_body(DATED "| | 2020-12-31 | 1元 |\n| 2021-01-01 | | 2元 |\n", "");
    check_body(DATED "| 2015-01-01 | 2020-12-30 | 1元 |\n| 2021-01-01 | | 2元 |\n", "DATE-GAP");
    check_body(DATED "| 2015-01-01 | | 1元 |\n| 2021-01-01 | | 2元 |\n", "DATE-OVERLAP");
    check_body(DATED "| 2015-01-01 | | 1元 |\n| 2015-01-01 | | 2元 |\n", "BAND-OVERLAP");
    check_body(DATED "| 2015-01-01 | 2014-01-01 | 1元 |\n", "DATE-ORDER");
    check_body("## 参数 价\n\n| n | 生效 | 价 |\n|---|---|---|\n| < 5人 | 2015-01-01 | 1元 |\n"
               "| >= 5人 | 2015-01-01 | 2元 |\n",
               "");
    check_body("## 参数 价\n- 命中: 首行\n\n| n | 生效 | 价 |\n|---|---|---|\n"
               "| < 5人 | 2015-01-01 | 1元 |\n| - | 2016-01-01 | 2元 |\n",
               "BAND-GAP-END");
}

TEST(check_sums_of_maxima)
{
    check_body("## 评分 总\n- 满分: 9\n### 甲\n- 满分: 4\n- 专家: 0~4\n### 乙\n- 满分: 5\n"
               "- 专家: 0~5\n",
               "");
    check_body("## 评分 总\n- 满分: 8\n- 封顶: 8\n### 甲\n- 满分: 4\n- 专家: 0~4\n### 乙\n"
               "- 满分: 5\n- 专家: 0~5\n",
               "");
    check_body("## 评分 总\n- 满分: 8\n### 甲\n- 满分: 4\n- 适用: b\n- 专家: 0~4\n### 乙\n"
               "- 满分: 5\n- 专家: 0~5\n",
               "");
    check_body("## 评分 总\n- 满分: 8\n### 甲\n- 专家: 0~4\n### 乙\n- 满分: 5\n- 专家: 0~5\n", "");
    check_body("## 评分 总\n- 满分: 8\n### 甲\n- 式: x / 1元\n### 乙\n- 满分: 5\n- 专家: 0~5\n",
               "");
    check_body("## 评分 总\n- 满分: 8\n### 甲\n- 加分: 是\n- 满分: 4\n- 专家: 0~4\n", "");
    check_body("## 评分 总\n- 满分: 8\n- 汇总: 取大\n### 甲\n- 满分: 9\n- 专家: 0~4\n", "");
    check_body("## 评分 总\n- 满分: 8\n### 甲\n- 满分: n / 1人\n- 专家: 0~4\n", "");
    check_body("## 评分 总\n- 满分按: c\n\n| 满分 | 甲 | 乙 |\n|---|---|---|\n| 总 | 9 | 8 |\n"
               "| 子 | 9 | 9 |\n\n### 子\n- 专家: 0~4\n",
               "SCORE-MAX-SUM");
    check_body("## 评分 总\n- 满分按: c\n\n| 满分 | 甲 | 乙 |\n|---|---|---|\n| 总 | 9 | 8 |\n\n"
               "### 子\n- 满分按: t\n\n| 满分 | 丙 | 丁 |\n|---|---|---|\n| 子 | 7 | 7 |\n\n"
               "#### 丑\n- 满分: 7\n- 专家: 0~7\n",
               "");
    check_body("## 评分 总\n- 满分: n / 1人\n### 甲\n- 满分: 9\n- 专家: 0~4\n", "");
}

#define BY_C "## 评分 总\n- 汇总: 加权\n- 权重按: c\n\n| 权重 | 甲 | 乙 |\n|---|---|---|\n"
#define TWO  "### 子\n- 满分: 10\n- 专家: 0~10\n### 丑\n- 满分: 10\n- 专家: 0~10\n"

TEST(check_weights)
{
    check_body(BY_C "| 子 | 60% | n / 1人 |\n| 丑 | 40% | 50% |\n\n" TWO, "");
    check_body(
        "## 评分 总\n- 汇总: 加权\n- 满分: 10\n### 子\n- 权重: 0.5\n- 适用: b\n- 专家: 0~10\n"
        "### 丑\n- 权重: 0.4\n- 专家: 0~10\n",
        "");
    check_body("## 评分 总\n- 汇总: 加权\n### 子\n- 权重: 0.5\n- 适用: b\n- 专家: 0~10\n"
               "### 丑\n- 权重: 0.4\n- 专家: 0~10\n",
               "");
    check_body("## 评分 总\n- 汇总: 加权\n- 满分: 10\n### 子\n- 权重: 0.5\n- 式: x / 1元\n"
               "### 丑\n- 权重: 0.4\n- 专家: 0~10\n",
               "");
    check_body(BY_C "| 子 | 60% | 50% |\n| 丑 | 40% | 50% |\n\n" TWO, "");
    check_body(BY_C "| 子 | 60% | 50% |\n| 丑 | 40% | 40% |\n\n" TWO, "WEIGHT-SUM");
    check_body(BY_C "| 子 | 60 | 50 |\n| 丑 | 40 | 40 |\n\n" TWO, "");
    check_body("## 评分 总\n- 汇总: 加权\n- 满分: 10\n### 子\n- 权重: 0.5\n- 满分: 10\n"
               "- 专家: 0~10\n### 丑\n- 权重: 0.5\n- 专家: 0~10\n",
               "");
    check_body("## 评分 总\n- 汇总: 加权\n### 子\n- 权重: 0.5\n- 专家: 0~10\n### 丑\n"
               "- 权重: 0.5 × 1\n- 专家: 0~10\n",
               "");
    check_body("## 评分 总\n- 汇总: 加权\n### 子\n- 权重: 0.5\n- 专家: 0~10\n### 丑\n"
               "- 专家: 0~10\n",
               "");
    check_body("## 评分 总\n- 汇总: 算术平均\n- 满分: 10\n### 子\n- 权重: 3\n- 满分: 10\n"
               "- 专家: 0~10\n",
               "");
}

TEST(check_points)
{
    check_body("## 评分 总\n- 满分: 5\n- 标志: b; c = \"甲\"\n- 得: 3\n", "");
    check_body("## 评分 总\n- 满分: 5\n- 标志: b\n- 得: 6\n", "POINTS-ABOVE-MAX");
    check_body("## 评分 总\n- 满分: 5\n\n| 标志 | 得分 |\n|---|---|\n| b | 6 |\n",
               "POINTS-ABOVE-MAX");
    check_body("## 评分 总\n- 满分: 5\n- 封顶: 5\n- 专家: 0~6\n", "");
    check_body("## 评分 总\n- 满分: 5\n- 评审: 评分数\n- 一票否决: b\n- 专家: 0~6\n",
               "POINTS-ABOVE-MAX");
    check_body("## 评分 总\n- 有效: 50%\n### 子\n- 满分: 5\n- 适用: b\n\n| n | 得分 |\n|---|---|\n"
               "| < 5人 | 1 |\n| >= 5人 | 7 |\n",
               "POINTS-ABOVE-MAX");
    check_body("## 评分 总\n- 满分: 5\n- 计量: n\n- 门槛: 50人\n- 起步分: 6\n- 每: 1人\n"
               "- 得: 0.1\n",
               "POINTS-ABOVE-MAX");
    check_body("## 评分 总\n- 满分: 5\n- 计量: n\n- 均值: 组均值(n)\n- 起步分: 6\n- 每: 5%\n"
               "- 得: 0.1\n",
               "POINTS-ABOVE-MAX");
}

TEST(check_marks_that_are_out_of_reach)
{
    check_body("## 评分 总\n- 满分: 10\n- 通过: 总 >= 10\n- 专家: 0~10\n", "");
    check_body("## 评分 总\n- 满分: 10\n- 通过: 总 > 10\n- 专家: 0~10\n", "PASS-UNREACHABLE");
    check_body("## 评分 总\n- 满分: 10\n- 通过: b 且 11 <= 总 且 n > 5人\n- 专家: 0~10\n",
               "PASS-UNREACHABLE");
    check_body("## 评分 总\n- 满分: 10\n- 通过: b 或 总 > 10\n- 专家: 0~10\n", "");
    check_body("## 评分 总\n- 满分: 10\n- 通过: b\n- 专家: 0~10\n", "");
    check_body("## 评分 总\n- 满分: 10\n- 通过: 11 < 总\n- 专家: 0~10\n", "PASS-UNREACHABLE");
    check_body("## 评分 总\n- 满分: 10\n- 通过: 总 = 11\n- 专家: 0~10\n", "");
    check_body("## 评分 总\n- 满分: 10\n- 通过: 总 >= n / 1人\n- 专家: 0~10\n", "");
    check_body("## 评分 总\n- 通过: 总 >= 5 且 非 b\n- 式: x / 1元\n", "");
    check_body("## 评分 总\n- 通过: 总 >= 1\n### 子\n- 满分: 5\n- 最低: 6\n- 专家: 0~5\n",
               "MINIMUM-ABOVE-MAX");
    check_body(
        "## 评分 总\n### 子\n- 最低: 6\n- 式: x / 1元\n### 丑\n- 最低: n / 1人\n- 专家: 0~1\n", "");
}

static void check_head(const char *head, const char *want)
{
    struct loaded l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    l.st = check_load(l.arena, &l.r, S("t.md"), str_of(head), &l.ds);
    check_said(&l, head, want);
    unload(&l);
}

TEST(check_sources_of_what_states_a_rule)
{
    check_head("# t\n- 状态: 官方\n- 办法: 文号\n\n## 条件 甲\n- 须: 是\n", "");
    check_head("# t\n- 状态: 示例\n\n## 条件 甲\n- 须: 是\n", "");
    check_head("# t\n- 状态: 官方\n\n## 条件 甲\n- 须: 是\n", "SOURCE-MISSING");
    check_head("# t\n- 状态: 二手\n\n## 条件 甲\n- 须: 是\n- 来源: 报道\n\n## 评分 乙\n"
               "> 第一条\n### 丙\n- 式: 1\n",
               "");
    check_head(
        "# t\n- 状态: 官方\n\n## 条件 甲\n- 须: 是\n- 来源: 报道\n\n## 评分 乙\n- 状态: 示例\n"
        "- 式: 1\n\n## 参数 丁\n- 值: 1\n",
        "");
    check_head("# t\n\n## 条件 甲\n- 须: 是\n", "STATUS-MISSING SOURCE-MISSING");
    check_head(
        "# t\n- 状态: 示例\n- 生效: 2026-01-02\n- 失效: 2026-01-01\n\n## 条件 甲\n- 须: 是\n",
        "DATE-ORDER");
}

static uint32_t unused_n(const char *body)
{
    struct loaded l = load_checked(body);
    uint32_t n = 0;
    for (size_t i = 0; i < l.ds.n; i++)
        n += l.ds.at[i].code == DIAG_UNUSED_NAME;
    unload(&l);
    return n;
}

TEST(check_unused_names)
{
    enum { FIELD_N = 8 }; /* of load_body */
    CHECK_INT(unused_n("## 条件 甲\n- 须: 是\n"), FIELD_N);
    CHECK_INT(unused_n("## 条件 甲\n- 须: b\n- 不符: 只有 { n } 人, {没有的} {\n"), FIELD_N - 2);
    CHECK_INT(unused_n("## 指标 甲\n- 式: 百分位(x, 同 t)\n"), FIELD_N - 2 + 1);
    CHECK_INT(unused_n("## 指标 甲\n- 式: 合计(x, 近3年, 自 d)\n\n## 测试\n| x | 甲 |\n|---|---|\n"
                       "| 1 | 1元 |\n"),
              FIELD_N - 2);
    CHECK_INT(unused_n("## 分组 段\n\n| n | 段 |\n|---|---|\n| - | 都 |\n\n## 参数 价\n- 值: y\n"),
              FIELD_N - 2 + 2);
    CHECK_INT(unused_n("## 政策 补\n- 金额: x\n- 分期: 50%; 50%\n- 条件: b\n- 最高: y\n"),
              FIELD_N - 3);
    CHECK_INT(unused_n("## 评分 总\n- 专家: 0~5\n- 评审: p\n"), FIELD_N - 1);
}

TEST(check_tests_of_the_document)
{
    check_body("## 条件 甲\n- 须: b\n\n## 测试\n| b | 甲 |\n|---|---|\n| 是 | 符合 |\n| 否 | |\n",
               "TEST-EMPTY");
    check_body(
        "## 指标 甲\n- 式: 百分位(x)\n\n## 测试\n| x | 甲 |\n|---|---|\n| 1 | 0.5 |\n| 2 | |\n",
        "");
    check_body("## 指标 甲\n- 式: 百分位(x)\n\n## 测试\n| x |\n|---|\n| 1 |\n", "TEST-EMPTY");
    check_body("## 评分 分\n\n| n | 得分 |\n|---|---|\n| < 5人 | 1 |\n| >= 5人 | 2 |\n\n## 测试\n"
               "| n | 分 |\n|---|---|\n| 4 | 1 |\n| 5人 | 2 |\n",
               "");
    check_body("## 评分 分\n\n| n | 得分 |\n|---|---|\n| < 5人 | 1 |\n| >= 5人 | 2 |\n\n## 测试\n"
               "| n | 分 |\n|---|---|\n| 4 | 1 |\n| 6 | 2 |\n| 8 | 2 |\n",
               "TEST-EDGE");
    check_body(
        "## 指标 强\n- 式: x / y\n\n## 评分 分\n\n| 强 | 得分 |\n|---|---|\n| < 5% | 1 |\n"
        "| >= 5% | 2 |\n\n## 测试\n| x | y | 强 | 分 |\n|---|---|---|---|\n| 4 | 1 | 4 | 2 |\n",
        "TEST-EDGE");
    check_body("## 评分 分\n\n| x / y | 得分 |\n|---|---|\n| < 5% | 1 |\n| >= 5% | 2 |\n\n## 测试\n"
               "| x | y | 分 |\n|---|---|---|\n| 4 | 1 | 2 |\n",
               "");
}
