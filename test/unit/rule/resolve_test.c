/* Types, units, decimals, order; what the forms become. */
#include <stdio.h>
#include <string.h>

#include "col/dataset.h"
#include "help/rule_help.h"
#include "t.h"

/* Loads `## 指标 甲 - 式: text`; the caller unloads. */
static struct loaded indicator(const char *formula)
{
    static char body[2000];
    (void)snprintf(body, sizeof body, "## 指标 甲\n- 式: %s\n", formula);
    return load_body(body);
}

/* "kind scale dimension" of an expression, or the first error's code. */
static const char *type_of(const char *formula)
{
    static char out[200];
    struct loaded l = indicator(formula);
    if (l.ds.error_n > 0) {
        (void)snprintf(out, sizeof out, "!%s", diag_info(l.ds.at[0].code)->mnemonic);
    } else {
        static const char *const kinds[] = {"none", "num", "truth", "text", "day"};
        Type t = l.r->item[0].type;
        struct buf dim;
        buf_init(&dim, l.arena, 100);
        if (t.kind == TYPE_NUM && !dim_is_none(t.dim))
            dim_print(&dim, t.dim, false);
        (void)snprintf(out, sizeof out, "%s %u %.*s", kinds[t.kind], t.scale, (int)dim.n,
                       dim.n > 0 ? dim.p : "");
    }
    unload(&l);
    return out;
}

static bool is_type(const char *formula, const char *want)
{
    const char *got = type_of(formula);
    bool same = strcmp(got, want) == 0;
    if (!same)
        (void)fprintf(stderr, "%s: %s, not %s\n", formula, got, want);
    return same;
}

TEST(decimals_follow_the_manual)
{
    static const char *const cases[][2] = {
        {"x", "num 2 元"},
        {"n", "num 4 人"},
        {"p", "num 12 "},
        {"5.10%", "num 3 "},
        {"x + y", "num 2 元"},
        {"x * 0.125", "num 5 元"},
        {"x * p", "num 12 元"},
        {"p * p", "num 12 "},
        {"x / n", "num 12 元/人"},
        {"x / y", "num 12 "},
        {"四舍五入(x / y, 4)", "num 4 "},
        {"取大(x, 1.125元)", "num 3 元"},
        {"平均(x, y)", "num 12 元"},
        {"如果 b 则 x 否则 0", "num 2 元"},
        {"如果 b 则 0 否则 x", "num 2 元"},
        {"补值(x, 0)", "num 2 元"},
        {"开方(x * x)", "num 12 元"},
        {"p ^ 2", "num 12 "},
        {"n ^ 2", "num 12 人^2"},
        {"自然对数(x / 1元)", "num 12 "},
        {"计数(b, x > 0元)", "num 0 "},
        {"年数(d, 评价日)", "num 0 年"},
        {"天数(d, 2026-01-01)", "num 0 天"},
        {"年份(d)", "num 0 "},
        {"评价期", "num 0 "},
        {"x@2020", "num 2 元"},
        {"合计(x, 近3年)", "num 2 元"},
        {"平均(x, 近3年)", "num 12 元"},
        {"增长率(x, 近3年)", "num 12 "},
        {"复合增长率(x, 近3年)", "num 12 "},
        {"沿用(x)", "num 2 元"},
        {"百分位(x, 同 c)", "num 12 "},
        {"名次(x)", "num 0 "},
        {"名次(x, 并列 平均)", "num 1 "},
        {"波达分(x)", "num 1 "},
        {"组均值(x)", "num 12 元"},
        {"组最大(x)", "num 2 元"},
        {"组计数(x)", "num 0 "},
        {"标准分(x)", "num 12 "},
        {"达标率(x, 5万元)", "num 12 "},
        {"目标区间(x, 0, 5万元)", "num 12 "},
        {"d", "day 0 "},
        {"取大(d, 2020-01-01)", "day 0 "},
        {"c", "text 0 "},
        {"x > 0", "truth 0 "},
        {"b = 否", "truth 0 "},
        {"开头(t, \"31\")", "truth 0 "},
        {"逐年(x > 0, 近2年)", "truth 0 "},
        {"缺(x)", "truth 0 "},
        {"t = \"高\"", "truth 0 "},
    };
    for (size_t i = 0; i < ARRAY_N(cases); i++)
        CHECK(is_type(cases[i][0], cases[i][1]));
}

TEST(clashes_are_errors)
{
    static const char *const cases[][2] = {
        {"x + n", "!UNIT-MISMATCH"},
        {"x + 1", "!UNIT-MISMATCH"},
        {"n <= 500", "!UNIT-MISMATCH"},
        {"x + b", "!TYPE-MISMATCH"},
        {"b + x", "!TYPE-MISMATCH"},
        {"-b", "!TYPE-MISMATCH"},
        {"x > t", "!TYPE-MISMATCH"},
        {"t > \"高\"", "!TYPE-MISMATCH"},
        {"取大(t, t)", "!TYPE-MISMATCH"},
        {"取大(b, b)", "!TYPE-MISMATCH"},
        {"x 且 b", "!TYPE-MISMATCH"},
        {"如果 x 则 1 否则 2", "!TYPE-MISMATCH"},
        {"如果 b 则 1 否则 t", "!TYPE-MISMATCH"},
        {"年数(x, d)", "!TYPE-MISMATCH"},
        {"逐年(x, 近2年)", "!TYPE-MISMATCH"},
        {"合计(b, 近2年)", "!TYPE-MISMATCH"},
        {"合计(x, 近2年, 自 n)", "!TYPE-MISMATCH"},
        {"百分位(t)", "!TYPE-MISMATCH"},
        {"极差标准化(x, 下限 0, 上限 5人)", "!UNIT-MISMATCH"},
        {"缩尾(x, 5元, 95%)", "!UNIT-BARE"},
        {"自然对数(x)", "!UNIT-BARE"},
        {"x ^ 0.5", "!UNIT-BARE"},
        {"p ^ n", "!UNIT-BARE"},
        {"开方(x)", "!UNIT-BARE"},
        {"b = (x > 0)", "!NEVER-EQUAL"},
        {"开头(t, t)", "!TEXT-CONST"},
        {"开头(x, \"3\")", "!TYPE-MISMATCH"},
        {"通过(x)", "!PASS-NONE"},
        {"没有", "!NAME-UNKNOWN"},
        {"甲 + 1", "!CYCLE"},
        {"百分位(x, 同 没有)", "!NAME-UNKNOWN"},
        {"((x*x*x*x)*(x*x*x*x)*(x*x*x*x)*(x*x*x*x))*((x*x*x*x)*(x*x*x*x)*(x*x*x*x)*(x*x*x))",
         "!EXPR-DEPTH"},
    };
    for (size_t i = 0; i < ARRAY_N(cases); i++)
        CHECK(is_type(cases[i][0], cases[i][1]));
}

/* x = 是 is x and x = 否 its opposite; a condition compares with nothing else. */
TEST(conditions_compare_with_yes_and_no_only)
{
    CHECK(is_type("b = 是", "truth 0 "));
    CHECK(is_type("是 = b", "truth 0 "));
    CHECK(is_type("b <> 否", "truth 0 "));
    CHECK(is_type("b = 1", "!TYPE-MISMATCH"));
    CHECK(is_type("b = \"高\"", "!TYPE-MISMATCH"));
    CHECK(is_type("是 = t", "!TYPE-MISMATCH"));
    CHECK(is_type("b > 是", "!NEVER-EQUAL"));
    CHECK(is_type("b = b", "!NEVER-EQUAL"));
}

TEST(parts_of_a_formula_are_checked_wherever_they_stand)
{
    static const char *const cases[][2] = {
        {"没有@-1", "!NAME-UNKNOWN"},
        {"合计(没有, 近3年)", "!NAME-UNKNOWN"},
        {"合计(x, 近3年, 自 没有)", "!NAME-UNKNOWN"},
        {"极差标准化(x, 下限 没有)", "!NAME-UNKNOWN"},
        {"极差标准化(x, 上限 没有)", "!NAME-UNKNOWN"},
        {"b * x", "!TYPE-MISMATCH"},
        {"b ^ 2", "!TYPE-MISMATCH"},
        {"p ^ b", "!TYPE-MISMATCH"},
        {"开方(b)", "!TYPE-MISMATCH"},
        {"d + d", "!TYPE-MISMATCH"},
        {"限幅(t, t, t)", "!TYPE-MISMATCH"},
    };
    for (size_t i = 0; i < ARRAY_N(cases); i++)
        CHECK(is_type(cases[i][0], cases[i][1]));
}

/* 元^4 and its inverse are units still; no unit has an exponent beyond 30. */
TEST(units_have_bounded_powers)
{
    CHECK(is_type("x ^ 4", "num 12 元^4"));
    CHECK(is_type("x ^ -4 * x ^ 3", "num 12 1/元"));
    CHECK(is_type("x ^ 5", "!UNIT-BARE"));
    CHECK(is_type("x ^ -5", "!UNIT-BARE"));
    CHECK(is_type("x ^ p", "!UNIT-BARE"));
    CHECK(is_type("(x ^ 4) ^ 4 * (x ^ 4) ^ 3", "num 12 元^28"));
    CHECK(is_type("(x ^ 4) ^ 4 * (x ^ 4) ^ 4", "!EXPR-DEPTH"));
    CHECK(is_type("(x ^ -4) ^ 4 * (x ^ -4) ^ 4", "!EXPR-DEPTH"));
}

/* A bare 0 takes the unit it is put beside, also out of a conditional. */
TEST(zero_takes_any_unit)
{
    CHECK(is_type("x + (如果 b 则 0 否则 0)", "num 2 元"));
    CHECK(is_type("x + (如果 b 则 0 否则 1)", "!UNIT-MISMATCH"));
    CHECK(is_type("取大(0, x)", "num 2 元"));
    CHECK(is_type("取大(0元, n)", "!UNIT-MISMATCH"));
}

/* The first error of a document, or "". */
static const char *first_error(const char *body)
{
    struct loaded l = load_body(body);
    const char *code = "";
    for (size_t i = l.ds.n; i > 0; i--)
        if (diag_info(l.ds.at[i - 1].code)->sev == SEV_ERROR)
            code = diag_info(l.ds.at[i - 1].code)->mnemonic;
    unload(&l);
    return code;
}

static bool fails(const char *body, const char *code)
{
    bool same = strcmp(first_error(body), code) == 0;
    if (!same)
        (void)fprintf(stderr, "%s\n%s, not %s\n", body, first_error(body), code);
    return same;
}

TEST(items_are_of_their_kind_and_unit)
{
    CHECK(fails("## 指标 甲\n- 式: b\n- 单位: 元\n", "UNIT-MISMATCH"));
    CHECK(fails("## 指标 甲\n- 式: x\n- 显示: 人\n", "UNIT-MISMATCH"));
    CHECK(fails("## 指标 甲\n- 式: x\n- 显示: 万元\n", ""));
    CHECK(fails("## 评分 甲\n- 式: b\n", "TYPE-MISMATCH"));
    CHECK(fails("## 评分 甲\n- 式: x\n", "UNIT-BARE"));
    CHECK(fails("## 政策 甲\n- 金额: x\n- 条件: 没有\n", "NAME-UNKNOWN"));
    CHECK(fails("## 评分 甲\n- 汇总: 加权\n### 乙\n- 权重: 没有\n- 式: 1\n", "NAME-UNKNOWN"));
    CHECK(fails("## 评分 甲\n- 汇总: 加权\n### 乙\n- 权重: 5元\n- 式: 1\n", "UNIT-BARE"));
    CHECK(fails("## 评分 甲\n- 汇总: 择一\n- 选择: n\n### 乙\n- 式: 1\n", "TYPE-MISMATCH"));
    CHECK(fails("## 评分 甲\n- 汇总: 择一\n- 选择: t\n### 乙\n- 式: 1\n", ""));
    CHECK(fails("## 评分 甲\n- 汇总: 科普兰\n### 乙\n- 权重: 5元\n- 式: p\n", "UNIT-BARE"));
}

static struct loaded load_whole(const char *text)
{
    struct loaded l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    l.st = rule_load(l.arena, &l.r, S("t.md"), str_of(text), &l.ds);
    return l;
}

/* 小数 is the least that quotients carry; operands with more keep theirs. */
TEST(decimals_of_the_document_yield_to_those_of_operands)
{
    struct loaded l =
        load_whole("# t\n- 状态: 示例\n- 小数: 3\n\n## 字段\n| 名称 | 小数 |\n|---|---|\n"
                   "| 细 | 6 |\n| 粗 | 1 |\n\n## 指标 甲\n- 式: 细 / 粗\n\n"
                   "## 指标 乙\n- 式: 粗 / 细\n\n## 指标 丙\n- 式: 粗 / 粗\n");
    CHECK_INT(l.ds.error_n, 0);
    CHECK_INT(l.r->item[0].type.scale, 6);
    CHECK_INT(l.r->item[1].type.scale, 6);
    CHECK_INT(l.r->item[2].type.scale, 3);
    unload(&l);
}

TEST(english_documents_are_answered_in_english)
{
    struct loaded l =
        load_whole("# t\n- status: example\n- version: 1\n\n## Fields\n| name | type |\n"
                   "|---|---|\n| size | number |\n| ok | yesno |\n\n"
                   "## Gate big\n- must: size + ok\n\n## Policy aid\n- when: ok\n");
    CHECK(l.r->english);
    for (size_t i = 0; i < l.ds.n; i++) {
        if (l.ds.at[i].code == DIAG_TYPE_MISMATCH)
            CHECK_STR(l.ds.at[i].arg[0], "a number");
        if (l.ds.at[i].code == DIAG_KEY_MISSING)
            CHECK_STR(l.ds.at[i].arg[1], "amount");
    }
    CHECK(load_said(&l, DIAG_TYPE_MISMATCH) && load_said(&l, DIAG_KEY_MISSING));
    unload(&l);
}

/* A section's item, as an S-expression. */
static Str item_shown(struct loaded *l, const char *name)
{
    int32_t i = rule_find_item(l->r, str_of(name));
    if (i < 0 || l->r->item[i].expr == NULL)
        return S("?");
    const struct expr *e = l->r->item[i].expr;
    return e->kind == EXPR_TABLE ? S("table") : show_expr(l->arena, e);
}

TEST(order_puts_dependencies_first)
{
    struct loaded l = load_body("## 指标 甲\n- 式: 乙 + 丙\n\n## 指标 乙\n- 式: 丙 * 2\n\n"
                                "## 指标 丙\n- 式: p\n");
    CHECK_INT(l.ds.error_n, 0);
    CHECK(l.r->order[0] == 2 && l.r->order[1] == 1 && l.r->order[2] == 0);
    unload(&l);
}

TEST(gates_carry_their_attributes)
{
    struct loaded l = load_body("## 条件 甲\n- 须: x > 0\n- 适用: b\n- 缺数: 不符\n"
                                "- 不符: 太少 {x}\n\n## 条件 乙\n- 人工: 看现场\n\n"
                                "## 条件 丙\n- 须: b\n- 人工: 看现场\n");
    CHECK_INT(l.ds.error_n, 0);
    const struct item *it = &l.r->item[rule_find_item(l.r, S("甲"))];
    CHECK(it->on_unknown == TRUTH_UNMET && it->applies != NULL && !it->manual);
    CHECK_STR(it->unmet_text, "太少 {x}");
    CHECK(l.r->item[1].manual && l.r->item[1].expr->kind == EXPR_FIELD);
    CHECK_INT(l.r->field[l.r->item[1].expr->ref].ftype, FIELD_JUDGED);
    CHECK_INT(l.r->item[2].expr->op, OP_AND);
    unload(&l);
}

TEST(scores_clamp_veto_and_round)
{
    struct loaded l = load_body(
        "## 评分 总分\n- 满分: 30\n- 通过: 总分 > 5\n- 一票否决: b\n\n"
        "### 甲分\n- 满分: 20\n- 式: 3\n- 封顶: 15\n- 最低: 2\n\n"
        "### 乙分\n- 满分: 10\n- 式: 4\n- 适用: b\n\n### 丙分\n- 满分: 2\n- 加分: 是\n- 式: 1\n\n"
        "### 丁分\n- 满分: 2\n- 扣分: 是\n- 式: 1\n- 精度: 1 向下\n");
    CHECK_INT(l.ds.error_n, 0);
    Str s = item_shown(&l, "甲分");
    CHECK_STR(s, "(round:4:0 (clamp (min 3 15) 0 20))");
    const struct item *root = &l.r->item[0];
    CHECK(root->child_n == 4 && root->pass == 1 && root->max != NULL);
    const struct expr *pass = l.r->item[root->pass].expr;
    CHECK(pass->op == OP_AND && pass->arg[1]->op == OP_GE);
    CHECK_INT(l.r->item[rule_find_item(l.r, S("丁分"))].how, ROUND_FLOOR);
    CHECK_INT(l.r->item[rule_find_item(l.r, S("丁分"))].digits, 1);
    unload(&l);
}

TEST(forms_become_expressions)
{
    struct loaded l =
        load_body("## 评分 总分\n"
                  "### 起步\n- 计量: n\n- 门槛: 50人\n- 起步分: 5\n- 每: 1人\n- 得: 0.1\n\n"
                  "### 每份\n- 计量: x\n- 每: 30万元\n- 得: 1\n- 零头: 按比例\n\n"
                  "### 进一份\n- 计量: x\n- 每: 30万元\n- 得: 1\n- 零头: 进一\n\n"
                  "### 目标分\n- 满分: 4\n- 计量: x\n- 目标: y\n- 超额: 2\n\n"
                  "### 标准分数\n- 满分: 4\n- 计量: p\n- 标准: 2.5%\n\n"
                  "### 均值分\n- 计量: p\n- 均值: 组均值(p)\n- 起步分: 10\n- 每: 5%\n- 得: 0.5\n\n"
                  "### 定基分\n- 计量: x\n- 定基: 2018\n\n"
                  "### 标志分\n- 标志: b; x > 0\n- 得: 3\n\n"
                  "### 标志表\n| 标志 | 得分 |\n|---|---|\n| b | 2 |\n\n"
                  "### 计数表\n| 计数 | 每项 |\n|---|---|\n| n | 0.5 |\n\n"
                  "### 专家分\n- 专家: 0~6\n- 评审: 新分\n");
    static const enum score_form want[] = {FORM_STEP,     FORM_PER_UNIT, FORM_PER_UNIT, FORM_TARGET,
                                           FORM_STANDARD, FORM_AVERAGE,  FORM_INDEX,    FORM_FLAGS,
                                           FORM_FLAGS,    FORM_CATEGORY, FORM_EXPERT};
    CHECK_INT(l.ds.error_n, 0);
    CHECK_INT(l.r->item[0].child_n, ARRAY_N(want));
    for (uint32_t i = 0; i < ARRAY_N(want) && i < l.r->item[0].child_n; i++)
        CHECK_INT(l.r->item[l.r->item[0].child[i]].form, want[i]);
    CHECK(rule_find_field(l.r, S("新分")) >= 0);

    unload(&l);
}
