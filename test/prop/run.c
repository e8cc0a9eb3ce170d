#include "prop/run.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "check/check.h"
#include "load/load.h"
#include "ref/ref.h"

bool run_open(struct run *w, Str doc, Str csv, Day as_of, int period)
{
    *w = (struct run){.keep = arena_open(), .o = {.as_of = as_of, .period = period}};
    diags_init(&w->ds, w->keep);
    struct load_opts lo = {.period = period, .as_of_year = period + 1};
    return check_load(w->keep, &w->r, S("doc.md"), doc, &w->ds) == OK &&
           load_csv(w->keep, &w->d, &w->o.period, w->r, csv, &lo, &w->ds) == OK &&
           plan_build(w->keep, &w->plan, w->r, as_of, w->o.period, &w->ds) == OK;
}

void run_close(struct run *w)
{
    arena_close(w->keep);
}

void run_complain(const struct run *w)
{
    struct buf b;
    buf_init(&b, w->keep, BUF_MAX);
    for (size_t i = 0; i < w->ds.n; i++)
        if (diag_info(w->ds.at[i].code)->sev == SEV_ERROR) {
            buf_add(&b, str_of(diag_info(w->ds.at[i].code)->mnemonic));
            buf_char(&b, ' ');
            diag_text(&b, &w->ds.at[i], LANG_EN);
            buf_char(&b, '\n');
        }
    (void)fprintf(stderr, "%.*s", (int)b.n, b.p);
}

enum status run_vector(struct run *w, struct result **out)
{
    return eval_run(w->keep, out, w->plan, w->d, &w->o, &w->ds);
}

enum status run_ref(struct run *w, struct result **out)
{
    return eval_ref(w->keep, out, w->r, w->d, &w->o, &w->ds);
}

static void print_end(struct buf *b, const struct result *res, const struct item *it, Wide v)
{
    if (v == WIDE_INF || v == -WIDE_INF)
        buf_add(b, v < 0 ? S("-inf") : S("inf"));
    else if (it->type.kind == TYPE_TEXT)
        buf_add(b, labels_text(res->data->labels, (uint32_t)v));
    else
        dec_print(b, v, it->type.scale);
}

static bool same_end(const struct result *a, const struct result *b, uint32_t item, Wide x, Wide y)
{
    bool text = a->rules->item[item].type.kind == TYPE_TEXT && x != WIDE_INF && x != -WIDE_INF &&
                y != WIDE_INF && y != -WIDE_INF;
    return text ? str_eq(labels_text(a->data->labels, (uint32_t)x),
                         labels_text(b->data->labels, (uint32_t)y))
                : x == y;
}

static void show(const char *what, const struct result *a, const struct result *b, uint32_t item,
                 const uint32_t at[2])
{
    struct arena *tmp = arena_open();
    struct buf out;
    const struct item *it = &a->rules->item[item];
    const struct result *res[2] = {a, b};
    buf_init(&out, tmp, BUF_MAX);
    buf_fmt(&out, "%s: %.*s of %.*s:", what, (int)it->name.n, it->name.p, (int)a->data->id[at[0]].n,
            a->data->id[at[0]].p);
    for (int i = 0; i < 2; i++) {
        buf_add(&out, i == 0 ? S(" [") : S(" and ["));
        print_end(&out, res[i], it, result_cell(res[i], item, at[i]).lo);
        buf_add(&out, S(", "));
        print_end(&out, res[i], it, result_cell(res[i], item, at[i]).hi);
        buf_add(&out, S("]"));
    }
    (void)fprintf(stderr, "%.*s\n", (int)out.n, out.p);
    arena_close(tmp);
}

bool run_same(const char *what, const struct result *a, const struct result *b,
              const uint32_t *order)
{
    for (uint32_t k = 0; k < a->rules->item_n; k++) {
        uint32_t i = a->rules->order[k];
        for (uint32_t row = 0; row < a->row_n; row++) {
            uint32_t at[2] = {row, order == NULL ? row : order[row]};
            Cell x = result_cell(a, i, at[0]), y = result_cell(b, i, at[1]);
            if (same_end(a, b, i, x.lo, y.lo) && same_end(a, b, i, x.hi, y.hi))
                continue;
            show(what, a, b, i, at);
            return false;
        }
    }
    return true;
}
