#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "check/check.h"
#include "explain/explain.h"
#include "explain/explain_int.h"
#include "explain/item.h"
#include "explain/missing.h"
#include "help/eval_help.h"
#include "load/load.h"
#include "os/file.h"
#include "t.h"

/* ---- one value ---- */

static Str printed(struct arena *a, const char *unit, int scale, Cell c)
{
    struct buf b;
    const struct unit *u = unit_find(str_of(unit));
    Type t = {.kind = TYPE_NUM, .scale = (uint8_t)scale};
    if (u != NULL)
        t.dim = u->dim;
    buf_init(&b, a, 200);
    cell_print(&b, NULL, NULL, t, u != NULL && unit[0] != '!' ? u : NULL, c, LANG_ZH);
    return buf_str(&b);
}

static Str plain_money(struct arena *a, Wide fen)
{
    struct buf b;
    Type t = {.kind = TYPE_NUM, .scale = 2, .dim = unit_find(S("元"))->dim};
    buf_init(&b, a, 200);
    cell_print(&b, NULL, NULL, t, NULL, (Cell){fen, fen}, LANG_ZH);
    return buf_str(&b);
}

TEST(cells_read_like_figures)
{
    struct arena *a = arena_open();
    CHECK_STR(printed(a, "", 4, (Cell){880000, 880000}), "88");
    CHECK_STR(printed(a, "", 4, (Cell){610000, 780000}), "61~78");
    CHECK_STR(printed(a, "", 4, CELL_UNKNOWN), "缺数");
    CHECK_STR(printed(a, "", 4, (Cell){610000, WIDE_INF}), "≥61");
    CHECK_STR(printed(a, "", 4, (Cell){-WIDE_INF, 610000}), "≤61");
    CHECK_STR(printed(a, "%", 4, (Cell){520, 520}), "5.2%");
    CHECK_STR(printed(a, "%", 4, (Cell){400, 500}), "4~5%");
    CHECK_STR(printed(a, "万元", 2, (Cell){123456789, 123456789}), "123.456789万元");
    CHECK_STR(printed(a, "分", 4, (Cell){75000, 75000}), "7.5");
    CHECK_STR(printed(a, "人", 4, (Cell){-30000, -30000}), "-3人");
    arena_close(a);
}

TEST(money_without_a_unit_is_in_wan_from_ten_thousand)
{
    struct arena *a = arena_open();
    CHECK_STR(plain_money(a, 999999), "9999.99元");
    CHECK_STR(plain_money(a, 1000000), "1万元");
    CHECK_STR(plain_money(a, -123456789), "-123.456789万元");
    CHECK_STR(plain_money(a, 0), "0元");
    arena_close(a);
}

/* Cut towards zero, so that a figure below a threshold never reads as the threshold. */
TEST(cut_digits_are_admitted)
{
    struct arena *a = arena_open();
    CHECK_STR(printed(a, "%", 12, (Cell){49999999999, 49999999999}), "≈4.9999%");
    CHECK_STR(printed(a, "%", 12, (Cell){50000000000, 50000000000}), "5%");
    CHECK_STR(printed(a, "", 12, (Cell){666666666667, 666666666667}), "≈0.6666");
    CHECK_STR(printed(a, "", 12, (Cell){-666666666667, -666666666667}), "≈-0.6666");
    CHECK_STR(printed(a, "", 12, (Cell){1234567, 1234567}), "≈0.000001234");
    CHECK_STR(printed(a, "", 12, (Cell){666666666667, WIDE_INF}), "≥0.6666");
    CHECK_STR(printed(a, "亩", 4, (Cell){53333333, 53333333}), "≈8亩");
    CHECK_STR(printed(a, "亩", 4, (Cell){20000000, 20000000}), "3亩");
    arena_close(a);
}

TEST(other_cells)
{
    struct arena *a = arena_open();
    struct buf b;
    Day d = 0;
    CHECK(day_of(&d, 2026, 4, 1));
    buf_init(&b, a, 200);
    cell_print(&b, NULL, NULL, (Type){.kind = TYPE_DAY}, NULL, (Cell){d, d}, LANG_ZH);
    buf_char(&b, ' ');
    cell_print(&b, NULL, NULL, (Type){.kind = TYPE_TRUTH}, NULL, (Cell){TRUTH_NA, TRUTH_NA},
               LANG_ZH);
    buf_char(&b, ' ');
    cell_print(&b, NULL, NULL, (Type){.kind = TYPE_TRUTH}, NULL,
               (Cell){TRUTH_UNKNOWN, TRUTH_UNKNOWN}, LANG_EN);
    CHECK_STR(buf_str(&b), "2026-04-01 不适用 unknown");
    arena_close(a);
}

/* ---- what is missing ---- */

static Str missing_of(struct scored *s, const char *item)
{
    struct buf b;
    const Fact *f;
    uint32_t at = (uint32_t)item_of(s, item);
    struct missing *m = missing_open(s->arena, s->r, s->o.period);
    size_t n = missing_list(m, s->res, 0, &at, 1, &f);
    buf_init(&b, s->arena, 1000);
    for (size_t i = 0; i < n; i++) {
        buf_fmt(&b, "%s%s", i > 0 ? " " : "", f[i].person ? "!" : "");
        missing_name(&b, s->r, f[i], s->o.period);
    }
    return buf_str(&b);
}

static void check_missing(const char *body, const char *given, const char *want)
{
    struct scored s = score_body(body, given);
    CHECK_INT(s.st, OK);
    if (s.st == OK)
        CHECK_STR(missing_of(&s, "w"), want);
    unscore(&s);
}

TEST(missing_names_what_an_open_result_waits_for)
{
    check_missing("## 指标 w\n- 式: x + y\n", "x=1", "y");
    check_missing("## 指标 w\n- 式: x + y\n", "x=1; y=2", "");
    check_missing("## 指标 w\n- 式: 合计(u, 近3年)\n", "u@2022=1", "u@2021 u");
    check_missing("## 指标 w\n- 式: 上年(u) + q\n", "", "u@2022 q@2023Q4");
    check_missing("## 条件 w\n- 须: j 且 x > 1\n", "x=2", "!j");
}

TEST(missing_stops_at_what_is_settled)
{
    check_missing("## 指标 p\n- 式: 补值(x, 1)\n## 指标 w\n- 式: p + y\n", "", "y");
    check_missing("## 条件 w\n- 须: x > 1 或 y > 1\n", "x=2", "");
}

/* ---- properties over every document of the packs ---- */

/* Parts that bring points add up to the score below its caps, to the last decimal; those of a mean
 * as it is rounded. */
static void check_sum(const struct explain *x, const struct why *w)
{
    const struct expr *core = why_core(w->it);
    Cell sum = {0, 0}, is = why_value(x, core), p;
    int scale = w->it->agg == OP_AGG_ARITH ? w->it->type.scale : core->type.scale;
    bool all = w->part.first != NULL && is.lo != -WIDE_INF && is.hi != WIDE_INF;
    for (const struct why *part = w->part.first; part != NULL; part = part->next) {
        check_sum(x, part);
        all &= part->has_points;
        if (!all)
            continue;
        CHECK(wide_rescale(&p.lo, part->points.lo, part->points_scale, scale, ROUND_HALF_UP) &&
              wide_rescale(&p.hi, part->points.hi, part->points_scale, scale, ROUND_HALF_UP));
        sum.lo += p.lo;
        sum.hi += p.hi;
    }
    if (!all)
        return;
    CHECK(wide_rescale(&is.lo, is.lo, core->type.scale, scale, ROUND_HALF_UP) &&
          wide_rescale(&is.hi, is.hi, core->type.scale, scale, ROUND_HALF_UP));
    CHECK(sum.lo == is.lo && sum.hi == is.hi);
}

static void check_row(struct arena *tmp, struct plan *p, struct result *res, uint32_t row)
{
    struct explain x = {.arena = tmp, .rules = res->rules, .plan = p, .res = res, .row = row};
    uint32_t n = res->rules->item_n;
    x.told = ARENA_ARRAY(tmp, bool, n + 1);
    x.own = ARENA_ARRAY(tmp, bool, n + 1);
    x.missing = missing_open(tmp, res->rules, res->opts.period);
    CHECK_INT(trace_open(tmp, &x.trace, p, res, row), OK);
    for (uint32_t i = 0; i < n; i++)
        if (res->rules->item[i].kind == ITEM_SCORE && res->rules->item[i].parent < 0) {
            struct why *w = why_item(&x, i);
            if (w != NULL)
                check_sum(&x, w);
        }
    for (int f = 0; f < 3; f++)
        for (int l = 0; l < 2; l++) {
            struct buf out;
            buf_init(&out, tmp, BUF_MAX);
            CHECK_INT(explain_row(&out, p, res, row, -1, (enum explain_format)f, (enum lang)l), OK);
            CHECK(out.n > 100 && !out.over);
            CHECK(str_find(buf_str(&out), S("(null)")) == out.n);
        }
    struct next_step *step;
    CHECK_INT(explain_next(tmp, &step, &n, p, res, row, LANG_ZH), OK);
}

static void check_document(Str path)
{
    struct arena *a = arena_open();
    struct diags ds;
    struct rules *r = NULL;
    Str text;
    int err = 0;
    diags_init(&ds, a);
    CHECK_INT(file_read(a, &text, path, 1 << 24, &err), OK);
    CHECK_INT(check_load(a, &r, path, text, &ds), OK);
    for (uint32_t t = 0; ds.error_n == 0 && t < r->example_table_n; t++) {
        const struct example_table *et = &r->example_table[t];
        struct dataset *d = NULL;
        struct plan *p = NULL;
        struct result *res = NULL;
        struct eval_opts o = {.as_of = et->has_as_of ? et->as_of : r->has_from ? r->from : 20000};
        o.period = et->has_period ? et->period : day_year(o.as_of) - 1;
        enum status st = load_examples(a, &d, r, t, o.period, &ds);
        if (st == OK)
            st = plan_build(a, &p, r, o.as_of, o.period, &ds);
        if (st == OK)
            st = eval_run(a, &res, p, d, &o, &ds);
        CHECK_INT(st, OK);
        for (uint32_t row = 0; st == OK && row < res->row_n; row++) {
            struct arena *tmp = arena_open();
            check_row(tmp, p, res, row);
            arena_close(tmp);
        }
    }
    arena_close(a);
}

TEST(explanations_of_the_packs_add_up_in_every_format)
{
    struct arena *a = arena_open();
    Str *path = NULL;
    size_t n = 0;
    int err = 0;
    CHECK_INT(file_list_documents(a, &path, &n, str_of(t_source("packs")), &err), OK);
    CHECK(n > 10);
    for (size_t i = 0; i < n; i++)
        check_document(path[i]);
    arena_close(a);
}

TEST(html_is_escaped)
{
    struct scored s = score_body("## 条件 w\n> 甲 < 乙 & \"丙\" <script>\n- 须: x < 3\n", "x=1");
    struct buf b;
    buf_init(&b, s.arena, BUF_MAX);
    CHECK_INT(s.st, OK);
    if (s.st == OK)
        CHECK_INT(explain_row(&b, s.p, s.res, 0, -1, EXPLAIN_HTML, LANG_ZH), OK);
    CHECK(str_find(buf_str(&b), S("<script>")) == b.n);
    CHECK(str_find(buf_str(&b), S("甲 &lt; 乙 &amp; &quot;丙&quot; &lt;script&gt;")) < b.n);
    CHECK(str_find(buf_str(&b), S("x &lt; 3")) < b.n);
    unscore(&s);
}
