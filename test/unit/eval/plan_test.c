/* plan_test.c - what plans look like inside, their limits, and traces. */
#include <stdio.h>

#include "base/buf.h"
#include "eval/plan_int.h"
#include "eval/trace.h"
#include "help/eval_help.h"

static size_t count_nodes(const struct plan *p, enum node_op op)
{
    size_t n = 0;
    for (size_t i = 0; i < p->node_n; i++)
        n += p->node[i].op == op && p->node[i].live;
    return n;
}

TEST(plan_shares_common_subexpressions)
{
    struct scored s =
        score_body("## 指标 m\n- 式: (x + y) / z\n\n## 指标 k\n- 式: (x + y) × (x + y)\n", "");
    CHECK_INT(count_nodes(s.p, NODE_ADD), 1);
    CHECK_INT(count_nodes(s.p, NODE_FIELD), 3);
    unscore(&s);
}

TEST(plan_folds_constants_and_drops_dead_branches)
{
    struct scored s = score_body(
        "## 参数 甲\n- 值: 3\n\n## 指标 m\n- 式: 如果 甲 > 2 则 x × (甲 + 1) 否则 y\n", "x=2");
    CHECK_INT(count_nodes(s.p, NODE_IF), 0);
    CHECK_INT(count_nodes(s.p, NODE_ADD), 0);
    CHECK_INT(count_nodes(s.p, NODE_FIELD), 1);
    CHECK_STR(shown(&s, "m", 0), "8");
    CHECK_STR(shown(&s, "甲", 0), "3");
    unscore(&s);
}

TEST(plan_runs_row_nodes_as_late_as_their_users)
{
    struct scored s =
        score_body("## 指标 m\n- 式: 名次(x) + 开方(y) + 名次(名次(x) + z)\n", "x=1; y=4; z=1");
    CHECK_INT(s.p->phase_n, 3);
    CHECK_STR(shown(&s, "m", 0), "4");
    for (size_t i = 0; i < s.p->node_n; i++)
        if (s.p->node[i].op == NODE_SQRT)
            CHECK(!s.p->node[i].kept && s.p->node[i].phase > 0);
    unscore(&s);
}

TEST(plan_registers_do_not_grow_with_a_table)
{
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, 1000000);
    buf_add(&b, S("## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n"));
    for (int i = 0; i < 2000; i++)
        buf_fmt(&b, "| [%d, %d) | %d |\n", i, i + 1, i * 7);
    buf_add(&b, S("| - | 1 |\n"));
    buf_char(&b, '\0');
    struct scored s = score_body(buf_str(&b).p, "x=1234.5");
    CHECK_STR(shown(&s, "w", 0), "8638");
    unscore(&s);
    arena_close(tmp);
}

TEST(plan_refuses_spans_without_end)
{
    struct scored s = score_body("## 指标 w\n- 式: x\n", "x=1");
    struct expr *e = s.r->item[0].expr, span = *e;
    span.kind = EXPR_SPAN;
    span.op = OP_SUM;
    span.arg = &e;
    span.arg_n = 1;
    span.span_n = 4000000000u;
    span.period = PERIOD_YEAR;
    s.r->item[0].expr = &span;
    rescore(&s);
    CHECK(s.st == ERR_LIMIT && said(&s, DIAG_PLAN_LARGE));
    unscore(&s);
}

TEST(plan_refuses_periods_out_of_this_world)
{
    struct scored s = score_body("## 指标 w\n- 式: u + 1\n", "");
    struct expr *e = s.r->item[0].expr, at = *e;
    at.kind = EXPR_AT;
    at.arg = &e;
    at.arg_n = 1;
    at.at = -2000000000;
    static const enum period_unit unit[] = {PERIOD_YEAR, PERIOD_QUARTER};
    for (int i = 0; i < 4; i++) {
        at.period = unit[i % 2];
        at.at_abs = i >= 2;
        s.r->item[0].expr = &at;
        s.st = OK;
        rescore(&s);
        CHECK(s.st == ERR_LIMIT && said(&s, DIAG_PLAN_LARGE));
    }
    at.period = PERIOD_QUARTER;
    at.at = 2022 * 4 + 1;
    s.st = OK;
    rescore(&s);
    CHECK_INT(s.st, OK);
    unscore(&s);
}

TEST(plan_refuses_a_chain_of_items_too_deep)
{
    struct arena *tmp = arena_open();
    struct buf b;
    buf_init(&b, tmp, 1000000);
    buf_add(&b, S("## 指标 a0\n- 式: u\n\n"));
    for (int i = 1; i <= 3000; i++)
        buf_fmt(&b, "## 指标 a%d\n- 式: a%d + 1\n\n", i, i - 1);
    buf_add(&b, S("## 指标 w\n- 式: 上年(a3000)\n"));
    buf_char(&b, '\0');
    struct scored s = score_body(buf_str(&b).p, "u=1");
    CHECK(s.st == ERR_LIMIT && said(&s, DIAG_PLAN_LARGE));
    unscore(&s);
    arena_close(tmp);
}

TEST(plan_wants_constants_where_a_population_step_needs_them)
{
    struct scored s = score_body("## 指标 w\n- 式: 缩尾(x, 5%, 95%)\n", "x=1");
    CHECK_STR(shown(&s, "w", 0), "1");
    struct expr *e = s.r->item[0].expr;
    while (e->kind != EXPR_POP)
        e = e->arg[0];
    e->arg[2] = e->arg[0];
    rescore(&s);
    CHECK(s.st == ERR_INPUT && said(&s, DIAG_PLAN_CONSTANT));
    unscore(&s);
}

TEST(plan_population_steps_take_bounds_and_shares)
{
    const char *doc = "# 例\n- 版本: 1\n- 状态: 示例\n- 生效: 2024-01-01\n\n## 字段\n\n"
                      "| 名称 | 类型 | 小数 |\n|---|---|---|\n"
                      "| x | 数 | 0 |\n\n## 指标 m\n- 式: 极差标准化(x, 下限 0.5, 上限 4.5)\n\n"
                      "## 指标 k\n- 式: 极差标准化(x)\n\n## 指标 q\n- 式: 组分位数(x, 50%)\n\n"
                      "## 指标 sk\n- 式: 偏度处理(x, 2, 3.5, 5)\n\n## 指标 again\n"
                      "- 式: 极差标准化(x, 下限 0.5, 上限 4.5)\n\n"
                      "## 测试\n\n| x | m |\n|---|---|\n| 1 | 0.125 |\n| 2 | |\n| 5 | |\n";
    struct scored s = score_doc(doc);
    CHECK_STR(shown(&s, "m", 0), "0.125");
    CHECK_STR(shown(&s, "m", 2), "1");
    CHECK_STR(shown(&s, "k", 1), "0.25");
    CHECK_STR(shown(&s, "q", 1), "2");
    CHECK_STR(shown(&s, "sk", 2), "5");
    CHECK_INT(count_nodes(s.p, NODE_POP), 4);
    unscore(&s);
}

TEST(plan_population_steps_differ_in_anything_that_matters)
{
    const char *body =
        "## 指标 t01\n- 式: 百分位(x)\n\n## 指标 t02\n- 式: 百分位(x, 法 最低秩)\n\n"
        "## 指标 t03\n- 式: 百分位(x, 最小组 3)\n\n## 指标 t04\n- 式: 百分位(x, 次序 升)\n\n"
        "## 指标 t05\n- 式: 极差标准化(x)\n\n## 指标 t06\n- 式: 极差标准化(x, 下限 1)\n\n"
        "## 指标 t07\n- 式: 极差标准化(x, 上限 1)\n\n## 指标 t08\n- 式: 极差标准化(x, 下限 2)\n\n"
        "## 指标 t09\n- 式: 极差标准化(x, 上限 2.5)\n\n## 指标 t10\n- 式: 缩尾(x, 5%, 95%)\n\n"
        "## 指标 t11\n- 式: 缩尾(x, 10%, 95%)\n\n## 指标 t12\n- 式: 百分位(x, 同 c)\n\n"
        "## 指标 t13\n- 式: 组计数(x)\n\n## 指标 t14\n- 式: 百分位(x, 同 c)\n\n"
        "## 评分 t15\n- 汇总: 科普兰\n\n### t16\n- 式: x\n\n### t17\n- 权重: 2\n- 式: y\n\n"
        "## 评分 t18\n- 汇总: 科普兰\n\n### t19\n- 式: x\n\n### t20\n- 权重: 3\n- 式: y\n\n"
        "## 评分 t21\n- 汇总: 科普兰\n\n### t22\n- 式: x\n\n### t23\n- 权重: 3\n- 式: y\n\n"
        "## 评分 t24\n- 汇总: 科普兰\n\n### t25\n- 式: x\n\n"
        "## 格次 t26\n- 依据: x\n- 方式: 分位\n\n| x | t26 |\n|---|---|\n| (0, 50%] | 甲 |\n"
        "| - | 乙 |\n\n"
        "## 格次 t27\n- 依据: x\n- 方式: 分位\n- 名额取整: 向上\n\n"
        "| x | t27 |\n|---|---|\n| (0, 50%] | 甲 |\n| - | 乙 |\n";
    struct scored s = score_body(body, "x=1; y=2");
    CHECK_INT(s.st, OK);
    for (size_t i = 0; i < s.p->node_n; i++)
        for (size_t j = 0; j < i; j++) /* one column of 百分位(x, 同 c), one of t18 and t21 */
            CHECK(s.p->node[i].op != NODE_POP || s.p->node[j].op != NODE_POP ||
                  s.p->node[i].ref != s.p->node[j].ref || s.p->node[i].arg_n != s.p->node[j].arg_n);
    CHECK_STR(shown(&s, "t26", 0), "乙");
    CHECK_STR(shown(&s, "t27", 0), "甲");
    unscore(&s);
}

/* What the reader of documents never makes, but a model may hold. */
TEST(plan_takes_ranges_with_one_bound)
{
    struct scored s = score_body(
        "## 指标 w\n- 命中: 首行\n\n| x | w |\n|---|---|\n| [2, 3] | 1 |\n| - | 0 |\n", "x=9");
    const struct expr *e = s.r->item[0].expr;
    while (e->kind != EXPR_TABLE)
        e = e->arg[0];
    struct test *t = &e->table->row[0].cell[0].test[0];
    CHECK_STR(shown(&s, "w", 0), "0");
    struct expr *hi = t->hi;
    t->hi = NULL;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "1");
    t->hi = hi;
    t->lo = NULL;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "0");
    e->table->row[0].cell[0].test_n = 0;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "1");
    unscore(&s);
}

TEST(plan_carries_fields_of_any_kind)
{
    struct scored s = score_body("## 条件 w\n- 须: j\n\n## 指标 k\n- 式: x + u\n", "x=2; u@2022=1");
    for (uint32_t i = 0; i < s.r->field_n; i++) {
        s.r->field[i].blank = BLANK_CARRY;
        s.r->field[i].blank_n = 3;
    }
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "manual");
    CHECK_STR(shown(&s, "k", 0), "3");
    s.r->field[rule_find_field(s.r, S("u"))].blank_n = 5000;
    rescore(&s);
    CHECK(s.st == ERR_LIMIT && said(&s, DIAG_PLAN_LARGE));
    unscore(&s);
}

TEST(plan_counts_years_before_the_first)
{
    struct scored s = score_body("## 指标 w\n- 式: 合计(x, 近3年, 自 d)\n", "x=2");
    s.o.period = -1;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "6");
    unscore(&s);
}

TEST(plan_spans_of_no_length_are_one_period_or_a_pair)
{
    struct scored s = score_body("## 指标 w\n- 式: 合计(u, 近3年)\n\n## 指标 g\n- 式: 增长率(u)\n",
                                 "u=3; u@2022=2");
    for (int i = 0; i < 2; i++) {
        struct expr *e = s.r->item[i].expr;
        while (e->kind != EXPR_SPAN)
            e = e->arg[0];
        e->span_n = 0;
    }
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "3");
    CHECK_STR(shown(&s, "g", 0), "0.5");
    unscore(&s);
}

TEST(plan_names_unknown_things_in_broken_documents)
{
    struct scored s = score_body("## 指标 w\n- 式: x\n", "x=1");
    struct expr name = {.kind = EXPR_NAME, .type = {.kind = TYPE_NUM}};
    s.r->item[0].expr = &name;
    rescore(&s);
    CHECK_STR(shown(&s, "w", 0), "?");
    unscore(&s);
}

/* Traces */

static const char traced[] =
    "## 指标 m\n- 式: 名次(x) + u\n\n## 指标 w\n- 命中: 首行\n\n| m + 上年(u) | a | w |\n"
    "|---|---|---|\n"
    "| >= 100 | - | 1 |\n| >= 5 | 是 | 2 |\n| - | 是 | 3 |\n| - | - | 4 |\n\n"
    "## 评分 sc\n- 满分: 10\n- 计量: x\n- 每: 3\n- 得: 如果 a 则 2 否则 1\n\n"
    "## 参数 pa\n\n| 生效 | 失效 | pa |\n|---|---|---|\n| 2015-01-01 | 2020-12-31 | 1 |\n"
    "| 2021-01-01 | | 2 |\n";

TEST(trace_gives_every_value_of_a_row)
{
    struct scored s = score_body(traced, "x=7; u=4; u@2022=3");
    struct trace *t = NULL;
    Cell c;
    CHECK(trace_open(s.arena, &t, s.p, s.res, 0) == OK);
    const struct item *w = &s.r->item[item_of(&s, "w")], *m = &s.r->item[item_of(&s, "m")];
    CHECK(trace_value(t, m->expr, 0, 0, &c) && c.lo == 5 * (c.lo / 5));
    CHECK_STR(show_cell(&s, m->expr->type, c), "5");
    const struct expr *input = w->expr;
    while (input->kind != EXPR_TABLE)
        input = input->arg[0];
    CHECK(trace_value(t, input->table->input[0], 0, 0, &c));
    CHECK_STR(show_cell(&s, input->table->input[0]->type, c), "8");
    CHECK(!trace_value(t, m->expr, -7, 0, &c));
    const struct item *score = &s.r->item[item_of(&s, "sc")];
    CHECK(trace_value(t, score->measure, 0, 0, &c));
    CHECK_STR(show_cell(&s, score->measure->type, c), "7");
    CHECK(trace_value(t, score->gain, 0, 0, &c));
    CHECK_STR(show_cell(&s, score->gain->type, c), "1~2");
    unscore(&s);
}

static const struct expr *table_of(const struct scored *s, const char *item)
{
    const struct expr *e = s->r->item[item_of(s, item)].expr;
    while (e->kind != EXPR_TABLE)
        e = e->arg[0];
    return e;
}

TEST(trace_tells_how_each_row_of_a_table_stands)
{
    struct scored s = score_body(traced, "x=7; u=4; u@2022=3");
    struct trace *t = NULL;
    enum truth hit[4];
    CHECK(trace_open(s.arena, &t, s.p, s.res, 0) == OK);
    CHECK(trace_table(t, table_of(&s, "w"), 0, 0, hit));
    CHECK_INT(hit[0], TRUTH_UNMET);
    CHECK_INT(hit[1], TRUTH_UNKNOWN);
    CHECK_INT(hit[2], TRUTH_UNKNOWN);
    CHECK_INT(hit[3], TRUTH_MET);
    CHECK(trace_table(t, table_of(&s, "pa"), 0, 0, hit));
    CHECK_INT(hit[0], TRUTH_NA);
    CHECK_INT(hit[1], TRUTH_MET);
    CHECK(!trace_table(t, table_of(&s, "pa"), -1, 0, hit));
    unscore(&s);
}

/* What a constant ruled out is not run over the population, so a trace cannot tell it. */
TEST(trace_does_not_tell_population_values_nobody_asked_for)
{
    struct scored s = score_body("## 指标 w\n- 式: 如果 1 > 2 则 名次(x) + 1 否则 y\n\n"
                                 "## 评分 k\n- 满分: 10\n- 计量: 名次(x) + 1\n- 每: 1\n- 得: 1\n",
                                 "x=1; y=2");
    struct item *k = &s.r->item[item_of(&s, "k")];
    k->expr = s.r->item[item_of(&s, "w")].expr;
    k->type = s.r->item[item_of(&s, "w")].type;
    rescore(&s);
    struct trace *t = NULL;
    Cell c;
    CHECK(trace_open(s.arena, &t, s.p, s.res, 0) == OK);
    CHECK(!trace_value(t, k->measure, 0, 0, &c));
    CHECK(trace_value(t, k->gain, 0, 0, &c));
    unscore(&s);
}

TEST(trace_leaves_out_what_overflowed_unused)
{
    struct scored s = score_body(
        "## 指标 w\n- 式: 如果 x > 100 则 100 否则 指数函数(x)\n\n## 指标 k\n- 命中: 首行\n\n"
        "| x | k |\n|---|---|\n| > 100 | 1 |\n| > 指数函数(x) | 2 |\n| - | 3 |\n",
        "x=1000");
    struct trace *t = NULL;
    enum truth hit[3];
    Cell c;
    CHECK(trace_open(s.arena, &t, s.p, s.res, 0) == OK);
    const struct expr *e = s.r->item[item_of(&s, "w")].expr;
    CHECK(trace_value(t, e, 0, 0, &c));
    while (e->op != OP_IF)
        e = e->arg[0];
    CHECK(trace_value(t, e->arg[1], 0, 0, &c) && !trace_value(t, e->arg[2], 0, 0, &c));
    CHECK(trace_table(t, table_of(&s, "k"), 0, 0, hit));
    CHECK_INT(hit[0], TRUTH_MET);
    CHECK_INT(hit[1], TRUTH_UNKNOWN);
    unscore(&s);
}
