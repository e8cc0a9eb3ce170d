/* Sums of all rows against each row by itself: random policies over random firms, whose figures are
 * whole, missing, below 0, of 32 bits and beyond. */
#include "t.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "check/check.h"
#include "col/dataset.h"
#include "entitle/entitle.h"
#include "load/load.h"
#include "unit/grade/gen.h"

enum { DOCUMENTS = 60, FIRMS = 700, CERTAIN = 520, POLICIES = 9, TEXT_MAX = 1 << 20 };

static const char head[] = "# 奖补\n- 版本: 1\n- 生效: 2026-01-01\n- 对象: 企业\n- 身份: 编号\n"
                           "- 状态: 示例\n\n## 字段\n| 名称 | 类型 | 单位 | 小数 | 缺数 | 含义 |\n"
                           "|---|---|---|---|---|---|\n| x | 数 | | 0 | | |\n"
                           "| y | 数 | | 0 | | |\n| a | 是否 | | | | |\n";

static void draw_policies(struct buf *b, struct gen *g)
{
    static const char *const amount[] = {"x × 1元",       "x × 0.01元",       "y × 1元",
                                         "(x − y) × 1元", "取大(x, 0) × 3元", "5万元"};
    static const char *const mode[] = {"就高不重复", "可叠加", "补差", "未明确"};
    int n = gen_int(g, 2, POLICIES);
    for (int i = 0; i < n; i++) {
        buf_fmt(b, "## 政策 p%d\n", i);
        if (gen_int(g, 0, 2) == 0)
            buf_add(b, S("- 条件: a\n"));
        buf_fmt(b, "- 金额: %s\n", amount[gen_int(g, 0, (int)ARRAY_N(amount) - 1)]);
        int group = gen_int(g, 0, 3);
        if (group < 3)
            buf_fmt(b, "- 叠加组: g%d\n- 叠加: %s\n", group, mode[group]);
    }
    if (gen_int(g, 0, 2) == 0) /* two that exclude each other across groups: searched */
        buf_fmt(b, "## 叠加 两项\n- 方式: 就高不重复\n- 成员: p0; p%d\n", n - 1);
    if (gen_int(g, 0, 1) == 0)
        buf_fmt(b, "## 叠加 全部\n- 最高: %d元\n", gen_int(g, 100, 90000));
}

static void draw_figure(struct buf *b, struct gen *g, bool certain, bool large)
{
    int kind = gen_int(g, 0, 9);
    if (kind == 0 && !certain)
        return;
    if (kind == 1 && large)
        buf_fmt(b, "%d000000000", gen_int(g, 1, 900));
    else
        buf_fmt(b, "%d", gen_int(g, kind == 2 ? -500 : 0, 20000));
}

static void draw_firms(struct buf *b, struct gen *g)
{
    bool large = gen_int(g, 0, 1) == 1;
    buf_add(b, S("编号,x,y,a\n"));
    for (int i = 0; i < FIRMS; i++) {
        bool certain = i < CERTAIN;
        buf_fmt(b, "f%04d,", i);
        draw_figure(b, g, certain, false);
        buf_char(b, ',');
        draw_figure(b, g, certain, large);
        buf_fmt(b, ",%s\n", gen_int(g, 0, 1) ? "是" : certain || gen_int(g, 0, 3) ? "否" : "");
    }
}

static void check_document(struct gen *g)
{
    struct arena *a = arena_open();
    struct diags ds;
    struct buf doc, csv;
    struct rules *r;
    struct entitle *e;
    struct dataset *d;
    struct plan *p;
    struct result *res;
    Money *total[READ_N];
    struct load_opts lo = {.period = INT32_MIN, .as_of_year = 2026};
    struct eval_opts o = {.values_only = true};
    diags_init(&ds, a);
    buf_init(&doc, a, TEXT_MAX);
    buf_init(&csv, a, TEXT_MAX);
    buf_add(&doc, str_of(head));
    draw_policies(&doc, g);
    draw_firms(&csv, g);
    CHECK(check_load(a, &r, S("doc.md"), buf_str(&doc), &ds) == OK);
    CHECK(entitle_open(a, &e, r, &ds) == OK);
    CHECK(load_csv(a, &d, &o.period, e->rules, buf_str(&csv), &lo, &ds) == OK);
    o.as_of = r->from;
    CHECK(plan_build(a, &p, e->rules, o.as_of, o.period, &ds) == OK);
    CHECK(eval_run(a, &res, p, d, &o, &ds) == OK);
    CHECK(entitle_totals(a, e, res, total) == OK);
    for (uint32_t row = 0; row < FIRMS; row++) {
        struct entitlement one;
        CHECK(entitle_one(a, &one, &(struct subject_row){e, res, row}) == OK);
        for (int k = 0; k < READ_N; k++) {
            CHECK_INT(total[k][row].lo, one.total[k].lo);
            CHECK_INT(total[k][row].hi, one.total[k].hi);
        }
    }
    arena_close(a);
}

TEST(totals_are_those_of_each_row)
{
    struct gen g = {.state = 7};
    for (int i = 0; i < DOCUMENTS; i++)
        check_document(&g);
}
