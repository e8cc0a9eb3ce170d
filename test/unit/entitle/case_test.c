/* test/policy/cases.md: what policies of the shipped documents come to together, to the fen. */
#include <string.h>

#include "base/buf.h"
#include "check/check.h"
#include "entitle/statement.h"
#include "help/eval_help.h"

enum { C_LABEL, C_DOC, C_DAY, C_FACTS, C_TOTAL, C_POLICY = C_TOTAL + READ_N, C_STEPS, C_N };

struct table_case {
    struct arena *a;
    Str cell[C_N];
    struct entitle *e;
    struct dataset *d;
    struct eval_opts o;
    struct diags ds;
};

static bool read_line(struct table_case *k, Str line)
{
    if (!str_starts(line, S("| ")))
        return false;
    (void)str_cut(&line, '|');
    for (int i = 0; i < C_N; i++)
        k->cell[i] = str_trim(str_cut(&line, '|'));
    return !str_eq(k->cell[C_LABEL], S("说明"));
}

static void open_document(struct table_case *k)
{
    struct rules *r;
    size_t n;
    Str path = arena_fmt(k->a, "packs/zhangjiagang/policy/%.*s.md", STR_ARG(k->cell[C_DOC]));
    char *text = t_read(t_source(path.p), &n);
    CHECK_INT(check_load(k->a, &r, path, arena_copy(k->a, (Str){text, n}), &k->ds), OK);
    t_release(text);
    CHECK_INT(entitle_open(k->a, &k->e, r, &k->ds), OK);
}

/* What a case does not name is no, or nothing. */
static void set_facts(struct table_case *k)
{
    Str rest = k->cell[C_FACTS];
    const struct rules *r = k->e->rules;
    CHECK(day_parse(&k->o.as_of, k->cell[C_DAY]));
    k->o.period = day_year(k->o.as_of) - 1;
    k->d = load_open(k->a, r, 1);
    k->d->id[0] = S("1");
    for (uint32_t f = 0; f < r->field_n; f++) {
        int period = rule_period_key(&r->field[f], k->o.period, 0);
        column_set(dataset_column(k->d, f, period), 0, 0);
    }
    while (rest.n > 0)
        CHECK_INT(load_set(k->d, r, 0, k->o.period, str_trim(str_cut(&rest, ';')), &k->ds), OK);
}

static Str money(struct table_case *k, Money m)
{
    struct buf b;
    buf_init(&b, k->a, 256);
    statement_money(&b, m, LANG_ZH);
    return buf_str(&b);
}

/* Both as they are written: 25000元 and 2.5万元 are the same money. */
static bool same_money(struct table_case *k, Money m, Str want)
{
    Dec d;
    size_t n = want.n;
    if (str_ends(want, S("元")) && !str_ends(want, S("万元")) &&
        dec_parse(&d, str_sub(want, 0, n - S("元").n), NULL))
        return m.lo == m.hi && wide_cmp(m.lo, 2, d.m, d.scale) == 0;
    return str_eq(money(k, m), want);
}

static void check_steps(struct table_case *k, const struct subject_row *at,
                        const struct entitlement *all)
{
    for (uint32_t i = 0; i < k->e->policy_n; i++) {
        struct due *due;
        struct buf b;
        if (!str_eq(k->e->rules->item[k->e->policy[i].item].name, k->cell[C_POLICY]))
            continue;
        size_t n = entitle_steps(k->a, &due, at, i, all->at[i].counts[READ_SUM]);
        buf_init(&b, k->a, 4096);
        statement_steps(&b, due, n, LANG_ZH);
        CHECK_STR(buf_str(&b), arena_copy(k->a, k->cell[C_STEPS]).p);
        return;
    }
    CHECK_STR(k->cell[C_POLICY], "");
}

static void check_case(struct table_case *k)
{
    struct plan *p;
    struct result *res;
    struct entitlement all;
    open_document(k);
    set_facts(k);
    CHECK_INT(plan_build(k->a, &p, k->e->rules, k->o.as_of, k->o.period, &k->ds), OK);
    CHECK_INT(eval_run(k->a, &res, p, k->d, &k->o, &k->ds), OK);
    struct subject_row at = {k->e, res, 0};
    CHECK_INT(entitle_one(k->a, &all, &at), OK);
    for (int r = 0; r < READ_N; r++)
        if (!same_money(k, all.total[r], k->cell[C_TOTAL + r]))
            CHECK_STR(money(k, all.total[r]),
                      arena_fmt(k->a, "%.*s（%.*s）", STR_ARG(k->cell[C_TOTAL + r]),
                                STR_ARG(k->cell[C_LABEL]))
                          .p);
    if (k->cell[C_POLICY].n > 0)
        check_steps(k, &at, &all);
}

TEST(every_case_of_the_table)
{
    enum { CASES = 27 };
    size_t n, cases = 0;
    char *text = t_read(t_source("test/policy/cases.md"), &n);
    Str rest = {text, n};
    while (rest.n > 0) {
        struct table_case k = {.a = arena_open()};
        diags_init(&k.ds, k.a);
        if (read_line(&k, str_cut(&rest, '\n'))) {
            check_case(&k);
            cases++;
        }
        arena_close(k.a);
    }
    CHECK_INT(cases, CASES);
    t_release(text);
}
