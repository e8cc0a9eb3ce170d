/* Explanations word for word: each subject of test/golden/explain/NAME.csv under NAME.md, as text
 * in Chinese with its next steps, then the first subject in English, JSON and HTML. NAME.expect is
 * what
 * comes out; GECI_ACCEPT=1 (`make accept`) writes it anew.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "load/load.h"
#include "t.h"

struct told {
    struct arena *arena;
    struct buf out;
    struct plan *plan;
    struct result *res;
};

static Str source_text(struct arena *a, const char *name, const char *end)
{
    size_t n = 0;
    Str path = arena_fmt(a, "test/golden/explain/%s%s", name, end);
    char *text = t_read(t_source(path.p), &n);
    Str copy = arena_copy(a, (Str){text, n});
    t_release(text);
    return copy;
}

static bool evaluate(struct told *t, const char *name)
{
    struct diags ds;
    struct rules *r = NULL;
    struct dataset *d = NULL;
    struct eval_opts o = {.period = INT32_MIN};
    struct load_opts l = {.period = INT32_MIN, .as_of_year = 2026};
    Str file = arena_fmt(t->arena, "%s.md", name);
    diags_init(&ds, t->arena);
    CHECK(day_of(&o.as_of, 2026, 1, 1));
    CHECK_INT(check_load(t->arena, &r, file, source_text(t->arena, name, ".md"), &ds), OK);
    CHECK_INT(load_csv(t->arena, &d, &o.period, r, source_text(t->arena, name, ".csv"), &l, &ds),
              OK);
    enum status st = plan_build(t->arena, &t->plan, r, o.as_of, o.period, &ds);
    if (st == OK)
        st = eval_run(t->arena, &t->res, t->plan, d, &o, &ds);
    CHECK_INT(st, OK);
    return st == OK;
}

static void add_row(struct told *t, uint32_t row, enum explain_format f, enum lang lang)
{
    struct next_step *step = NULL;
    uint32_t n = 0;
    CHECK_INT(explain_row(&t->out, t->plan, t->res, row, -1, f, lang), OK);
    if (f != EXPLAIN_TEXT)
        return;
    CHECK_INT(explain_next(t->arena, &step, &n, t->plan, t->res, row, lang), OK);
    for (uint32_t i = 0; i < n; i++)
        buf_fmt(&t->out, "  > %.*s\n", (int)step[i].text.n, step[i].text.p);
    buf_char(&t->out, '\n');
}

static void accept(const char *path, Str text)
{
    FILE *out = fopen(path, "wb");
    CHECK(out != NULL && fwrite(text.p, 1, text.n, out) == text.n && fclose(out) == 0);
}

static void check_golden(const char *name)
{
    struct told t = {.arena = arena_open()};
    buf_init(&t.out, t.arena, BUF_MAX);
    if (evaluate(&t, name)) {
        for (uint32_t row = 0; row < t.res->row_n; row++)
            add_row(&t, row, EXPLAIN_TEXT, LANG_ZH);
        add_row(&t, 0, EXPLAIN_TEXT, LANG_EN);
        add_row(&t, 0, EXPLAIN_JSON, LANG_ZH);
        add_row(&t, 0, EXPLAIN_HTML, LANG_EN);
    }
    Str path = arena_fmt(t.arena, "test/golden/explain/%s.expect", name);
    if (getenv("GECI_ACCEPT") != NULL)
        accept(t_source(path.p), buf_str(&t.out));
    Str want = source_text(t.arena, name, ".expect");
    CHECK_STR(buf_str(&t.out), want.p);
    arena_close(t.arena);
}

TEST(explanations_of_all_forms)
{
    check_golden("forms");
}

TEST(explanations_of_gates_and_policies)
{
    check_golden("gates");
}

TEST(explanations_of_what_is_missing_and_what_pays)
{
    check_golden("blanks");
}

TEST(explanations_of_weights_periods_and_populations)
{
    check_golden("weights");
}
