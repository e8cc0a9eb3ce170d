#include "same.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/gcol.h"
#include "load/load.h"
#include "rule/model.h"

enum { ROWS_MOST = 3000 };

static const char rules_text[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n\n## 字段\n\n"
    "| 名称 | 类型 | 单位 | 小数 | 选项 | 范围 | 期间 |\n|---|---|---|---|---|---|---|\n"
    "| a | 数 | | | | | |\n| b | 数 | 万元 | | | | 年 |\n| c | 数 | % | 4 | | [-50%, 900%] | |\n"
    "| d | 数 | 人 | 0 | | [0人, 12345人] | |\n| f | 数 | | 18 | | | |\n"
    "| h | 是否 | | | | | |\n| j | 选项 | | | 高; 中; 低 | | |\n| k | 日期 | | | | | |\n"
    "| l | 文本 | | | | | |\n\n## 指标 w\n- 式: a + f\n";

/* Compiled once, and kept. */
static const struct rules *the_rules(void)
{
    static struct rules *r;
    static struct arena *keep;
    if (r == NULL) {
        struct diags ds;
        keep = arena_open();
        diags_init(&ds, keep);
        ASSERT(rule_load(keep, &r, S("x.md"), str_of(rules_text), &ds) == OK);
    }
    return r;
}

static const struct load_opts opts = {
    .period = INT32_MIN, .as_of_year = 2024, .rows_max = ROWS_MOST};

void loaded_csv(struct arena *a, struct loaded *l, Str text)
{
    diags_init(&l->ds, a);
    l->d = NULL;
    l->st = load_csv(a, &l->d, &l->period, the_rules(), text, &opts, &l->ds);
}

void loaded_gcol(struct arena *a, struct loaded *l, const struct gcol *g)
{
    diags_init(&l->ds, a);
    l->d = NULL;
    l->st = load_gcol(a, &l->d, &l->period, the_rules(), g, &opts, &l->ds);
}

static void same_column(const struct column *x, const struct column *y)
{
    ASSERT(x->field == y->field && x->period == y->period && x->type == y->type);
    for (uint32_t row = 0; row < x->row_n; row++)
        ASSERT(column_has(x, row) == column_has(y, row) &&
               column_value(x, row) == column_value(y, row));
}

void same_data(const struct dataset *x, const struct dataset *y)
{
    ASSERT(x->row_n == y->row_n && x->column_n == y->column_n);
    ASSERT((x->name == NULL) == (y->name == NULL));
    for (uint32_t row = 0; row < x->row_n; row++)
        ASSERT(str_eq(x->id[row], y->id[row]) &&
               (x->name == NULL || str_eq(x->name[row], y->name[row])));
    for (size_t i = 0; i < x->column_n; i++)
        same_column(&x->column[i], &y->column[i]);
    ASSERT(labels_n(x->labels) == labels_n(y->labels));
    for (uint32_t code = 0; code < labels_n(x->labels); code++)
        ASSERT(str_eq(labels_text(x->labels, code), labels_text(y->labels, code)));
}

void same_diags(const struct diags *x, const struct diags *y)
{
    ASSERT(x->n == y->n && x->error_n == y->error_n);
    for (size_t i = 0; i < x->n; i++) {
        ASSERT(x->at[i].code == y->at[i].code);
        for (size_t k = 0; k < ARRAY_N(x->at[i].arg); k++)
            ASSERT(str_eq(x->at[i].arg[k], y->at[i].arg[k]));
    }
}

Str gcol_csv(struct arena *a, const struct gcol *g)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, gcol_head(g));
    gcol_print(&b, g, NULL, 0, 0, gcol_row_n(g));
    return buf_str(&b);
}
