/* run_test.c - whole populations: phases, chunks, strands, faults; what-if with one row changed. */
#include <stdio.h>

#include "base/buf.h"
#include "base/workers.h"
#include "help/eval_help.h"

/* Every kind of step: row nodes before, between and behind population steps, groups, blanks. */
static const char model[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n\n## 字段\n\n"
    "| 名称 | 类型 | 期间 | 缺数 | 选项 |\n|---|---|---|---|---|\n| 收入 | 数 | 年 | | |\n"
    "| 研发 | 数 | 年 | 组中位数 同 区镇 | |\n| 区镇 | 选项 | | | 东; 西; 南 |\n"
    "| 专精 | 是否 | | | |\n\n"
    "## 指标 强度\n- 式: 研发 / 收入\n\n"
    "## 指标 强度分\n- 式: 百分位(强度, 同 区镇) × 100\n\n"
    "## 指标 增长分\n- 式: 极差标准化(增长率(收入)) × 100\n\n"
    "## 评分 总分\n- 满分: 100\n- 汇总: 加权\n\n### 强\n- 权重: 0.6\n- 式: 强度分\n\n"
    "### 增\n- 权重: 0.4\n- 式: 增长分\n\n"
    "## 指标 标准分值\n- 式: 标准分(总分)\n\n"
    "## 指标 折算\n- 式: 如果 专精 则 总分 + 标准分值 否则 总分 + 强度\n\n"
    "## 格次 格次\n- 依据: 总分\n- 排名: 同 区镇\n\n| 总分 | 格次 |\n|---|---|\n| >= 60 | 甲 |\n"
    "| [30, 60) | 乙 |\n| < 30 | 丙 |\n\n## 测试\n\n"
    "| 收入 | 研发 | 区镇 | 专精 | 强度 |\n|---|---|---|---|---|\n"
    "| 90; 100 | 5 | 东 | 是 | 0.05 |\n"
    "| 80; 100 | 7 | 东 | 否 | 0.07 |\n| 120; 100 | 3 | 东 | | 0.03 |\n"
    "| 100; 100 | | 西 | 是 | 0.065 |\n"
    "| 50; 60 | 9 | 西 | 否 | 0.15 |\n| 70; 60 | 4 | 西 | 是 | 0.066666666667 |\n"
    "| ; 60 | 5 | | 是 | 未知 |\n| 10; 0 | 5 | 南 | 是 | 未知 |\n";

/* A thousand rows of the same, with values from a small generator. */
static struct dataset *many_rows(struct scored *s, uint32_t row_n, bool backwards)
{
    static const Str towns[] = {{"东", 3}, {"西", 3}, {"南", 3}};
    struct dataset *d = dataset_open(s->arena, row_n);
    for (uint32_t i = 0; i < s->r->label_n; i++)
        (void)labels_code(d->labels, s->r->label[i]); /* codes are 0, 1, .. */
    uint32_t field = (uint32_t)rule_find_field(s->r, S("收入"));
    int32_t rnd = rule_find_field(s->r, S("研发")), town = rule_find_field(s->r, S("区镇"));
    for (uint32_t i = 0; i < row_n; i++) {
        uint32_t row = backwards ? row_n - 1 - i : i, h = i * 2654435761u;
        d->id[row] = arena_fmt(s->arena, "s%u", i);
        column_set(dataset_column(d, field, 2023), row, (h >> 5) % 100000);
        if (h % 7 != 0)
            column_set(dataset_column(d, field, 2022), row, (h >> 7) % 90000);
        if (h % 11 != 0)
            column_set(dataset_column(d, (uint32_t)rnd, 2023), row, (h >> 9) % 5000);
        if (h % 13 != 0)
            column_set(dataset_column(d, (uint32_t)town, COL_NO_PERIOD), row,
                       labels_code(d->labels, towns[h % 3]));
    }
    return d;
}

struct backward { /* runs jobs last to first: no order is promised */
    struct workers w;
    uint32_t calls;
};

static void run_backward(struct workers *w, void (*job)(void *, uint32_t), void *arg, uint32_t n)
{
    ((struct backward *)w)->calls++;
    while (n-- > 0)
        job(arg, n);
}

TEST(eval_chunks_strands_and_row_order_do_not_show)
{
    enum { ROWS = 1000 };
    struct scored s = score_doc(model);
    s.d = many_rows(&s, ROWS, false);
    rescore(&s);
    struct result *whole = s.res;
    static const uint32_t chunk[] = {1, 7, 64, 999, 1000, 5000};
    for (size_t i = 0; i < ARRAY_N(chunk); i++) {
        struct backward b = {{run_backward, 3}, 0};
        s.o.chunk_rows = chunk[i];
        s.o.workers = i % 2 == 0 ? &b.w : NULL;
        rescore(&s);
        CHECK(s.st == OK && same_results(whole, s.res));
        CHECK(b.calls > 0 || i % 2 != 0);
    }
    s.d = many_rows(&s, ROWS, true);
    rescore(&s);
    for (uint32_t i = 0; i < s.r->item_n; i++)
        for (uint32_t row = 0; row < ROWS; row++) {
            Cell a = result_cell(whole, i, row), b = result_cell(s.res, i, ROWS - 1 - row);
            if (s.r->item[i].type.kind != TYPE_TEXT)
                CHECK(a.lo == b.lo && a.hi == b.hi);
        }
    unscore(&s);
}

TEST(eval_scores_a_population)
{
    struct scored s = score_doc(model);
    CHECK(s.st == OK);
    CHECK_STR(shown(&s, "强度", 1), "0.07");
    CHECK_STR(shown(&s, "强度分", 1), "83.3333333333");
    CHECK_STR(shown(&s, "强度", 3), "0.065"); /* 研发: the median of 西 */
    CHECK_STR(shown(&s, "强度", 7), "?");
    CHECK_STR(shown(&s, "强度分", 6), "?"); /* in no town */
    unscore(&s);
}

/* Tails cut and put between 0 and 1: at once where nobody else reads what was cut, or one after the
 * other. */
TEST(eval_cuts_and_scales_at_once_as_one_after_the_other)
{
    static const char *const CUT[] = {"缩尾(x, 10%, 90%)", "缩尾(x, 20%, 80%, 最小组 3)",
                                      "缩尾(x, 10%, 90%, 同 c)", "缩尾(y, 25%, 75%)"};
    static const char *const MORE[] = {"",           ", 下限 1",          ", 上限 6",
                                       ", 最小组 2", ", 下限 -1, 上限 9", ", 同 c"};
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, 1 << 16);
    for (size_t i = 0; i < ARRAY_N(CUT); i++)
        for (size_t k = 0; k < ARRAY_N(MORE); k++)
            buf_fmt(&b,
                    "## 指标 m%zu%zu\n- 式: 极差标准化(%s%s)\n\n## 指标 w%zu%zu\n- 式: %s\n\n"
                    "## 指标 n%zu%zu\n- 式: 极差标准化(w%zu%zu%s) + w%zu%zu × 0\n\n",
                    i, k, CUT[i], MORE[k], i, k, CUT[i], i, k, i, k, MORE[k], i, k);
    struct scored s = score_body(arena_copy(a, buf_str(&b)).p, "");
    s.d = dataset_open(s.arena, 9);
    for (uint32_t i = 0; i < s.r->label_n; i++)
        (void)labels_code(s.d->labels, s.r->label[i]); /* codes are 0, 1, .. */
    for (uint32_t row = 0; row < 9; row++) {
        s.d->id[row] = arena_fmt(s.arena, "%u", row);
        Str given = arena_fmt(s.arena, "x=%u; y=%u.5; c=%s", row * row % 11, row * 5 % 7,
                              row % 2 == 0 ? "高" : "低");
        while (given.n > 0)
            CHECK(load_set(s.d, s.r, row, 2023, str_trim(str_cut(&given, ';')), &s.ds) == OK);
    }
    rescore(&s);
    CHECK_INT(s.st, OK);
    for (size_t i = 0; i < ARRAY_N(CUT) * ARRAY_N(MORE) && s.st == OK; i++)
        for (uint32_t row = 0; row < 9; row++) {
            Str at = arena_fmt(a, "%zu%zu", i / ARRAY_N(MORE), i % ARRAY_N(MORE));
            CHECK(str_eq(shown(&s, arena_fmt(a, "m%s", at.p).p, row),
                         shown(&s, arena_fmt(a, "n%s", at.p).p, row)));
        }
    unscore(&s);
    arena_close(a);
}

TEST(eval_of_nobody_is_empty)
{
    struct scored s = score_doc(model);
    s.d = many_rows(&s, 0, false);
    rescore(&s);
    CHECK(s.st == OK && s.res->row_n == 0);
    unscore(&s);
}

TEST(eval_overflow_names_subject_and_item)
{
    struct scored s =
        score_body("## 指标 幂\n- 式: 指数函数(x)\n\n## 指标 w\n- 式: 幂 + 1\n", "x=1000");
    CHECK(s.st == ERR_INPUT && s.res == NULL && said(&s, DIAG_DATA_OVERFLOW));
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[0], "1");
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[1], "幂");
    unscore(&s);
    s = score_body("## 指标 w\n- 式: 指数函数(1000)\n", "");
    CHECK(s.st == ERR_INPUT && said(&s, DIAG_DATA_OVERFLOW));
    unscore(&s);
    s = score_body("## 指标 w\n- 式: 名次(指数函数(x))\n", "x=1000");
    CHECK(s.st == ERR_INPUT && said(&s, DIAG_DATA_OVERFLOW));
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[1], "w");
    unscore(&s);
}

/* Two rows, one of them too large for its exponential, or for a sum over everybody. */
TEST(eval_overflow_in_the_population_names_the_row)
{
    const char *text =
        "## 指标 w\n- 式: 名次(指数函数(x))\n\n## 指标 k\n- 式: 组合计(x × y) + 组合计(x × z)\n";
    struct scored s = score_body(text, "");
    s.d = dataset_open(s.arena, 3);
    for (uint32_t i = 0; i < s.r->label_n; i++)
        (void)labels_code(s.d->labels, s.r->label[i]); /* codes are 0, 1, .. */
    s.d->id[0] = S("甲");
    s.d->id[1] = S("乙");
    s.d->id[2] = S("丙");
    CHECK(load_set(s.d, s.r, 0, 2023, S("x=1"), &s.ds) == OK);
    CHECK(load_set(s.d, s.r, 1, 2023, S("x=1000"), &s.ds) == OK);
    rescore(&s);
    CHECK(s.st == ERR_INPUT && s.ds.error_n == 1);
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[0], "乙");
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[1], "w");
    for (uint32_t row = 0; row < 3; row++) {
        CHECK(load_set(s.d, s.r, row, 2023, S("x=1"), &s.ds) == OK);
        CHECK(load_set(s.d, s.r, row, 2023, S("y=8e24"), &s.ds) == OK);
        CHECK(load_set(s.d, s.r, row, 2023, S("z=8e24"), &s.ds) == OK);
    }
    s.st = OK;
    rescore(&s);
    CHECK(s.st == ERR_INPUT && s.ds.error_n == 2);
    CHECK_STR(s.ds.at[s.ds.n - 1].arg[1], "k");
    unscore(&s);
}

TEST(eval_frozen_reports_a_sum_that_grew_too_large)
{
    struct scored s = score_body("## 指标 w\n- 式: 组合计(x)\n", "");
    s.d = dataset_open(s.arena, 2);
    for (uint32_t i = 0; i < s.r->label_n; i++)
        (void)labels_code(s.d->labels, s.r->label[i]); /* codes are 0, 1, .. */
    CHECK(load_set(s.d, s.r, 0, 2023, S("x=4e24"), &s.ds) == OK);
    CHECK(load_set(s.d, s.r, 1, 2023, S("x=4e24"), &s.ds) == OK);
    rescore(&s);
    CHECK_INT(s.st, OK);
    struct dataset *changed = dataset_copy(s.arena, s.d);
    CHECK(load_set(changed, s.r, 0, 2023, S("x=8e24"), &s.ds) == OK);
    Cell *cell = NULL;
    CHECK(eval_frozen(s.arena, &cell, s.p, s.res, changed, 0, &s.ds) == ERR_INPUT);
    CHECK(said(&s, DIAG_DATA_OVERFLOW) && cell == NULL);
    unscore(&s);
}

TEST(eval_what_is_not_used_cannot_overflow)
{
    CHECK_NUM("如果 x > 100 则 100 否则 指数函数(x)", "x=1000", "100");
    CHECK_NUM("补值(x, 指数函数(1000))", "x=1", "1");
    CHECK_TRUTH("x > 100 或 指数函数(x) > 5", "x=1000", "met");
    CHECK_TRUTH("指数函数(x) > 5 且 x < 100", "x=1000", "unmet");
    CHECK_BODY(
        "## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n| > 100 | 1 |\n| - | 指数函数(x) |\n",
        "x=1000", "1");
}

static bool overflows(const char *kind, const char *formula, const char *given)
{
    struct arena *tmp = arena_open();
    struct scored s = score_body(arena_fmt(tmp, "%s%s\n", kind, formula).p, given);
    bool yes = s.st == ERR_INPUT && said(&s, DIAG_DATA_OVERFLOW);
    unscore(&s);
    arena_close(tmp);
    return yes;
}

TEST(eval_overflow_passes_through_what_uses_it)
{
    static const char num[] = "## 指标 w\n- 式: ", truth[] = "## 条件 w\n- 须: ";
    static const char *const nums[] = {
        "指数函数(x) + 1",
        "1 + 指数函数(x)",
        "-指数函数(x)",
        "如果 指数函数(x) > 1 则 1 否则 2",
        "如果 a 则 指数函数(x) 否则 2",
        "如果 a 则 2 否则 指数函数(x)",
        "计数(指数函数(x) > 1)",
        "补值(y, 指数函数(x))",
        "沿用(指数函数(x), 近2年)",
        "补值(指数函数(x), 1)",
        "四舍五入(指数函数(x) × y, 2)",
        "指数函数(r + x)",
        "10000000000000000000 × 10000000000000000000 × x",
        "绝对值(10000000000000000000 × x) × 10000000000000000000",
        "(x + r) ^ 15 × 1000000",
    };
    for (size_t i = 0; i < ARRAY_N(nums); i++)
        if (!overflows(num, nums[i], "x=1000"))
            t_fail(__FILE__, __LINE__, nums[i]);
    CHECK(overflows(truth, "a 且 指数函数(x) > 1", "x=1000; a=是"));
    CHECK(overflows(truth, "指数函数(x) > 1 且 a", "x=1000; a=是"));
    CHECK(overflows(truth, "指数函数(x) > 1 或 a", "x=1000; a=否"));
    CHECK(overflows(truth, "缺(指数函数(x))", "x=1000"));
    CHECK(overflows("## 指标 w\n- 命中: 首行\n\n| x | a | w |\n|---|---|---|\n",
                    "| > 100 | 是 | 指数函数(x) |\n| - | - | 1 |", "x=1000"));
    CHECK(overflows("## 指标 w\n- 命中: 首行\n\n| 指数函数(x) | w |\n|---|---|\n",
                    "| > 100 | 3 |\n| - | 1 |", "x=1000"));
    CHECK(overflows("## 评分 w\n- 汇总: 几何平均\n\n### k1\n- 式: 指数函数(x)\n\n### k2\n",
                    "- 式: 2", "x=1000"));
    CHECK(overflows("## 评分 w\n- 汇总: 调和平均\n\n### k1\n- 式: 指数函数(x)\n\n### k2\n",
                    "- 式: 2", "x=1000"));
    CHECK(overflows(num, "复合增长率(u, 近3年)", "u=1000000000000000000000; u@2021=0.0001"));
}

/* What-if: one row evaluated again among the population of the base. */
TEST(eval_frozen_without_a_change_is_the_base)
{
    struct scored s = score_doc(model);
    s.d = many_rows(&s, 200, false);
    rescore(&s);
    for (uint32_t row = 0; row < 200; row += 17) {
        Cell *cell = NULL;
        CHECK(eval_frozen(s.arena, &cell, s.p, s.res, s.d, row, &s.ds) == OK);
        for (uint32_t i = 0; i < s.r->item_n; i++)
            CHECK(cell[i].lo == result_cell(s.res, i, row).lo &&
                  cell[i].hi == result_cell(s.res, i, row).hi);
    }
    unscore(&s);
}

TEST(eval_frozen_places_the_change_among_the_others)
{
    struct scored s = score_doc(model);
    struct dataset *changed = dataset_copy(s.arena, s.d);
    CHECK(load_set(changed, s.r, 1, s.o.period, S("研发=1"), &s.ds) == OK);
    Cell *cell = NULL;
    CHECK(eval_frozen(s.arena, &cell, s.p, s.res, changed, 1, &s.ds) == OK);
    int32_t score = item_of(&s, "强度分");
    CHECK_STR(show_cell(&s, s.r->item[score].type, cell[score]), "16.6666666667");
    s.d = changed;
    rescore(&s); /* alone in the change, the row ranks the same in a new run */
    CHECK_STR(shown(&s, "强度分", 1), "16.6666666667");
    unscore(&s);
}

TEST(eval_frozen_reports_what_a_run_would)
{
    struct scored s = score_body("## 指标 w\n- 式: 名次(指数函数(x))\n", "x=1");
    struct dataset *changed = dataset_copy(s.arena, s.d);
    CHECK(load_set(changed, s.r, 0, s.o.period, S("x=1000"), &s.ds) == OK);
    Cell *cell = NULL;
    CHECK(eval_frozen(s.arena, &cell, s.p, s.res, changed, 0, &s.ds) == ERR_INPUT && cell == NULL);
    CHECK(said(&s, DIAG_DATA_OVERFLOW));
    unscore(&s);
}

TEST(eval_copeland_takes_only_so_many)
{
    const char *body =
        "## 评分 w\n- 汇总: 科普兰\n\n### k1\n- 式: x\n\n### k2\n- 权重: 2\n- 式: y\n";
    struct scored s = score_body(body, "x=1; y=2");
    CHECK_STR(shown(&s, "w", 0), "0");
    s.d = dataset_open(s.arena, 20001);
    for (uint32_t i = 0; i < s.r->label_n; i++)
        (void)labels_code(s.d->labels, s.r->label[i]); /* codes are 0, 1, .. */
    rescore(&s);
    CHECK(s.st == ERR_LIMIT && said(&s, DIAG_POP_ROWS));
    unscore(&s);
}

static void with_other_labels(void *arg)
{
    struct scored *s = arg;
    s->d = dataset_open(s->arena, 1);
    (void)labels_code(s->d->labels, S("不是这份文档的")); /* code 0 */
    rescore(s);
}

TEST(eval_insists_on_one_dictionary)
{
    struct scored s = score_doc(model);
    CHECK(t_dies(with_other_labels, &s));
    unscore(&s);
}
