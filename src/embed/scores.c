/* scores.c - a CSV of facts scored, and what is asked about single subjects. */
#include <string.h>

#include "base/buf.h"
#include "base/csv.h"
#include "embed/embed_int.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "load/load.h"

enum { YEAR_MIN = 1900, YEAR_MAX = 2999, SHOWN_MAX = 4096, END_MAX = 100 };

/* ---- scoring ---- */

struct geci_scores *embed_open(const struct geci_rules *r)
{
    struct arena *a = arena_open();
    struct geci_scores *s = ARENA_NEW(a, struct geci_scores);
    *s = (struct geci_scores){.arena = a, .of = r, .messages = ""};
    return s;
}

bool embed_may_score(struct geci_scores *s, const char *as_of, int year)
{
    struct diags ds;
    diags_init(&ds, s->arena);
    Str day = str_of(as_of);
    if (!s->of->usable) {
        s->messages = s->of->messages;
    } else if (!day_parse(&s->opts.as_of, day)) {
        (void)diag_add(&ds, DIAG_DATA_DAY, (Span){0, (uint32_t)day.n}, day, NO_ARG, NO_ARG);
        s->messages = embed_messages(s->arena, &ds, S("as_of"), day, s->of->lang);
    } else if (year != 0 && (year < YEAR_MIN || year > YEAR_MAX)) {
        s->messages =
            arena_fmt(s->arena,
                      s->of->lang == LANG_EN ? "year: %d is none of %d to %d; write it like 2025\n"
                                             : "year: %d 不在 %d 至 %d 之间, 写成 2025 这样\n",
                      year, YEAR_MIN, YEAR_MAX)
                .p;
    } else {
        return true;
    }
    return false;
}

/* Plans and runs over s->data. */
static enum status run(struct geci_scores *s, struct diags *ds)
{
    const struct rules *r = s->of->rules;
    TRY(plan_build(s->arena, &s->plan, r, s->opts.as_of, s->opts.period, ds));
    return eval_run(s->arena, &s->result, s->plan, s->data, &s->opts, ds);
}

static void list_ids(struct geci_scores *s)
{
    s->id = ARENA_ARRAY(s->arena, const char *, (size_t)s->data->row_n + 1);
    for (size_t i = 0; i < s->data->row_n; i++)
        s->id[i] = embed_text(s->arena, s->data->id[i]);
}

static enum geci_status finish(struct geci_scores *s, enum status st)
{
    if (st != OK) {
        s->result = NULL;
        return embed_status(st);
    }
    if (s->id == NULL)
        list_ids(s);
    s->told = ARENA_ARRAY(s->arena, struct told, (size_t)s->of->rules->item_n + 1);
    return GECI_OK;
}

static enum status load_and_run(struct geci_scores *s, Str text, int year, struct diags *ds)
{
    struct load_opts lo = {.period = year == 0 ? INT32_MIN : year,
                           .as_of_year = day_year(s->opts.as_of)};
    TRY(load_csv(s->arena, &s->data, &s->opts.period, s->of->rules, text, &lo, ds));
    return run(s, ds);
}

enum geci_status embed_score(struct geci_scores *s, Str file, Str text, int year, struct diags *ds)
{
    enum status st = load_and_run(s, text, year, ds);
    s->messages = embed_messages(s->arena, ds, file, text, s->of->lang);
    return finish(s, st);
}

enum geci_status geci_score_csv(struct geci_scores **out, const struct geci_rules *r,
                                const char *csv, size_t csv_n, const char *as_of, int year)
{
    struct geci_scores *s = *out = embed_open(r);
    if (!embed_may_score(s, as_of, year))
        return GECI_INPUT;
    struct diags ds;
    diags_init(&ds, s->arena);
    Str bytes = arena_copy(s->arena, (Str){csv, csv_n}), text = bytes;
    enum status st = csv_decode(s->arena, &text, bytes, NULL, &ds);
    if (st == OK)
        return embed_score(s, S("csv"), text, year, &ds);
    s->messages = embed_messages(s->arena, &ds, S("csv"), bytes, r->lang);
    return embed_status(st);
}

size_t geci_example_n(const struct geci_rules *r)
{
    return r->usable ? r->rules->example_table_n : 0;
}

enum geci_status geci_score_example(struct geci_scores **out, const struct geci_rules *r,
                                    size_t example, const char *as_of)
{
    struct geci_scores *s = *out = embed_open(r);
    if (example >= geci_example_n(r)) {
        s->messages = r->usable ? "" : r->messages;
        return r->usable ? GECI_GONE : GECI_INPUT;
    }
    const struct example_table *t = &r->rules->example_table[example];
    if (t->has_as_of || r->rules->has_from)
        s->opts.as_of = t->has_as_of ? t->as_of : r->rules->from;
    else if (!embed_may_score(s, as_of == NULL ? "" : as_of, 0))
        return GECI_INPUT;
    s->opts.period = t->has_period ? t->period : day_year(s->opts.as_of) - 1;
    struct diags ds;
    diags_init(&ds, s->arena);
    enum status st =
        load_examples(s->arena, &s->data, r->rules, (uint32_t)example, s->opts.period, &ds);
    if (st == OK)
        st = run(s, &ds);
    s->messages = embed_messages(s->arena, &ds, r->rules->file, r->rules->text, r->lang);
    return finish(s, st);
}

static enum status run_again(struct geci_scores *s, const struct geci_scores *before,
                             struct diags *ds)
{
    TRY(plan_build(s->arena, &s->plan, s->of->rules, s->opts.as_of, s->opts.period, ds));
    return eval_again(s->arena, &s->result, s->plan, before->result, s->data, ds);
}

enum geci_status geci_score_again(struct geci_scores **out, struct geci_scores *before,
                                  const struct geci_rules *r)
{
    struct geci_scores *s = *out = embed_open(r);
    if (!r->usable || before->result == NULL) {
        s->messages = r->usable ? before->messages : r->messages;
        return GECI_INPUT;
    }
    s->data = load_as(s->arena, before->data, before->of->rules, r->rules);
    if (s->data == NULL) {
        s->messages = r->lang == LANG_EN
                          ? "again: fields or texts of the document differ; score the facts anew\n"
                          : "again: 字段或文字与原来的规则不同, 请重新读入数据计算\n";
        return GECI_GONE;
    }
    s->opts = before->opts;
    s->id = before->id;
    struct diags ds;
    diags_init(&ds, s->arena);
    const enum status st = run_again(s, before, &ds);
    s->messages = embed_messages(s->arena, &ds, r->rules->file, r->rules->text, r->lang);
    return finish(s, st);
}

void geci_scores_close(struct geci_scores *s)
{
    if (s == NULL)
        return;
    arena_close(s->reason);
    arena_close(s->arena);
}

const char *geci_scores_messages(const struct geci_scores *s)
{
    return s->messages;
}

int geci_scores_year(const struct geci_scores *s)
{
    return s->result == NULL ? 0 : s->opts.period;
}

size_t geci_subject_n(const struct geci_scores *s)
{
    return s->result == NULL ? 0 : s->data->row_n;
}

const char *geci_subject_id(const struct geci_scores *s, size_t subject)
{
    return subject < geci_subject_n(s) ? s->id[subject] : NULL;
}

/* ---- one subject ---- */

/* A table of ids takes as long as some forty looks at all of them. */
enum { LOOKS = 16 };

int64_t embed_row(struct geci_scores *s, const char *id)
{
    if (s->result == NULL)
        return -1;
    if (s->row == NULL && s->look_n++ < LOOKS)
        return dataset_row(s->data, str_of(id));
    if (s->row == NULL) {
        s->row = labels_open(s->arena); /* ids are unique, so the code of an id is its row */
        for (uint32_t i = 0; i < s->data->row_n; i++)
            ASSERT(labels_code(s->row, s->data->id[i]) == i);
    }
    return labels_find(s->row, str_of(id));
}

int32_t embed_item(const struct geci_rules *r, const char *item)
{
    return rule_find_item(r->rules, str_of(item));
}

const char *embed_end(struct arena *a, const struct dataset *d, Type t, Wide v)
{
    static const char *const truths[] = {"unmet", "met", "unknown", "manual", "na"};
    struct buf b;
    buf_init(&b, a, END_MAX);
    if (t.kind == TYPE_TRUTH)
        return truths[v];
    if (v == WIDE_INF || v == -WIDE_INF)
        return "";
    if (t.kind == TYPE_TEXT)
        return embed_text(a, labels_text(d->labels, (uint32_t)v));
    if (t.kind == TYPE_DAY)
        day_print(&b, (Day)v);
    else
        dec_print(&b, v, t.scale);
    return embed_text(a, buf_str(&b));
}

const char *embed_shown(struct arena *a, const struct geci_rules *r, const struct dataset *d,
                        uint32_t item, Cell c)
{
    const struct item *it = &r->rules->item[item];
    struct buf b;
    buf_init(&b, a, SHOWN_MAX);
    cell_print(&b, r->rules, d, it->type, item_unit(it), c, r->lang);
    return embed_text(a, buf_str(&b));
}

enum geci_status geci_value(struct geci_scores *s, const char *id, const char *item,
                            const char **low, const char **high)
{
    int64_t row = embed_row(s, id);
    int32_t at = embed_item(s->of, item);
    if (row < 0 || at < 0)
        return GECI_GONE;
    Cell c = result_cell(s->result, at, row);
    Type t = s->of->rules->item[at].type;
    *low = embed_end(s->arena, s->data, t, c.lo);
    *high = embed_end(s->arena, s->data, t, c.hi);
    return GECI_OK;
}

const char *geci_shown(struct geci_scores *s, const char *id, const char *item)
{
    int64_t row = embed_row(s, id);
    int32_t at = embed_item(s->of, item);
    if (row < 0 || at < 0)
        return NULL;
    return embed_shown(s->arena, s->of, s->data, (uint32_t)at, result_cell(s->result, at, row));
}

const char *geci_explain(struct geci_scores *s, const char *id, enum geci_format format)
{
    static const enum explain_format of[] = {
        [GECI_TEXT] = EXPLAIN_TEXT, [GECI_JSON] = EXPLAIN_JSON, [GECI_HTML] = EXPLAIN_HTML};
    int64_t row = embed_row(s, id);
    struct buf b;
    arena_close(s->reason);
    s->reason = arena_open();
    buf_init(&b, s->reason, BUF_MAX);
    if (row < 0 ||
        explain_row(&b, s->plan, s->result, (uint32_t)row, -1, of[format], s->of->lang) != OK)
        return NULL;
    return embed_text(s->reason, buf_str(&b));
}
