/* form.c - a report as it would come: a table in CSV, read by the kind's document. */
#include "base/csv.h"
#include "base/json.h"
#include "col/dataset.h"
#include "demo/demo_int.h"
#include "load/load.h"
#include "record/record.h"
#include "rule/model.h"

void form_open(struct form *t, const char *head, int year)
{
    *t = (struct form){.arena = arena_open(), .first = true};
    buf_init(&t->text, t->arena, BUF_MAX);
    for (; *head != '\0'; head++) {
        buf_char(&t->text, *head);
        if (*head == '@')
            buf_fmt(&t->text, "%d", year);
    }
    form_end(t);
}

void form_put(struct form *t, Str cell)
{
    csv_write_cell(&t->text, cell, t->first, false);
    t->first = false;
}

void form_int(struct form *t, int64_t v)
{
    if (!t->first)
        buf_char(&t->text, ',');
    buf_fmt(&t->text, "%lld", (long long)v);
    t->first = false;
}

void form_yes(struct form *t, bool yes)
{
    form_put(t, yes ? S("是") : S("否"));
}

void form_day(struct form *t, Day day)
{
    if (!t->first)
        buf_char(&t->text, ',');
    day_print(&t->text, day);
    t->first = false;
}

void form_end(struct form *t)
{
    csv_write_end(&t->text);
    t->first = true;
}

/* Nothing in it may be wrong: a fault is told. */
static enum status read_form(struct demo *d, struct form *t, const struct filing *f,
                             struct dataset **out)
{
    struct load_opts o = {.period = f->year, .as_of_year = f->year + 1};
    struct diags own;
    int period;
    diags_init(&own, t->arena);
    enum status st =
        load_csv(t->arena, out, &period, d->kind[f->kind], buf_str(&t->text), &o, &own);
    for (size_t i = 0; i < own.n && st != OK; i++)
        if (diag_info(own.at[i].code)->sev == SEV_ERROR)
            (void)diag_add(d->diags, own.at[i].code, (Span){0, 0}, own.at[i].arg[0],
                           own.at[i].arg[1], own.at[i].arg[2]); /* st stands */
    return st;
}

static Str words_of(struct demo *d, const struct record_counts *n)
{
    struct json j;
    struct buf b;
    buf_init(&b, d->tmp, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kint(&j, "lines", n->lines);
    json_kint(&j, "facts", (int64_t)n->facts);
    json_kint(&j, "subjects", n->subjects);
    json_obj_end(&j);
    return buf_str(&b);
}

static enum status report(struct demo *d, struct form *t, const struct filing *f)
{
    struct record_counts n;
    struct dataset *data;
    TRY(read_form(d, t, f, &data));
    if (data->row_n == 0)
        return OK;
    TRY(demo_begin(d, f->day));
    struct record r = record_of(&d->act);
    struct record_report in = {.kind = d->kind[f->kind],
                               .data = data,
                               .day = f->day,
                               .source = f->source,
                               .reporter = f->reporter};
    TRY(record_report_add(&r, &in, &n));
    d->n.lines += n.lines;
    d->n.facts += (int64_t)n.facts;
    return demo_commit(d, f->reporter, S("facts.import"), in.kind->name, words_of(d, &n));
}

enum status hand_in(struct demo *d, struct form *t, const struct filing *f)
{
    enum status st = report(d, t, f);
    arena_close(t->arena);
    return st;
}
