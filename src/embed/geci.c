/* geci.c - include/geci.h over the engine's own headers. Each object owns one arena. */
#include "geci.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/hash.h"
#include "base/str.h"
#include "check/check.h"
#include "col/dataset.h"
#include "eval/eval.h"
#include "eval/load.h"
#include "explain/explain.h"
#include "rule/model.h"

struct geci_rules {
    struct arena *arena;
    struct rules *rules;
    enum lang lang;
    bool usable;
    const char *messages;
    char hash[65];
    const char **item_name;
};

struct geci_scores {
    struct arena *arena;
    const struct geci_rules *of;
    struct dataset *data;
    struct plan *plan;
    struct result *result; /* NULL when scoring failed */
    const char *messages;
    const char **id;
};

static enum geci_status status_of(enum status st)
{
    switch (st) {
    case OK: return GECI_OK;
    case ERR_LIMIT: return GECI_LIMIT;
    case ERR_GONE: return GECI_GONE;
    case ERR_INPUT:
    case ERR_BUSY:
    case ERR_DENIED:
    case ERR_IO: break;
    }
    return GECI_INPUT;
}

static const char *text_of(struct arena *a, Str s)
{
    return arena_copy(a, s).p;
}

static const char *rendered(struct arena *a, struct diags *ds, Str file, Str text, enum lang lang)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    diags_sort(ds);
    for (size_t i = 0; i < ds->n; i++)
        diag_render(&b, &ds->at[i], file, text, lang);
    return text_of(a, buf_str(&b));
}

const char *geci_version(void)
{
    return "0.1.0";
}

enum geci_status geci_rules_load(struct geci_rules **out, const char *name, const char *text,
                                 size_t text_n, enum geci_lang lang)
{
    struct arena *a = arena_open();
    struct geci_rules *r = *out = ARENA_NEW(a, struct geci_rules);
    *r = (struct geci_rules){.arena = a, .lang = lang == GECI_EN ? LANG_EN : LANG_ZH};
    struct diags ds;
    diags_init(&ds, a);
    Str copy = arena_copy(a, (Str){text, text_n}), file = arena_copy(a, str_of(name));
    enum status st = check_load(a, &r->rules, file, copy, &ds);
    r->usable = st == OK;
    r->messages = rendered(a, &ds, file, copy, r->lang);
    sha256_hex(r->hash, r->rules->hash);
    r->item_name = ARENA_ARRAY(a, const char *, r->rules->item_n + 1);
    for (uint32_t i = 0; i < r->rules->item_n; i++)
        r->item_name[i] = text_of(a, r->rules->item[i].name);
    return status_of(st);
}

void geci_rules_close(struct geci_rules *r)
{
    if (r != NULL)
        arena_close(r->arena);
}

const char *geci_rules_messages(const struct geci_rules *r)
{
    return r->messages;
}

const char *geci_rules_hash(const struct geci_rules *r)
{
    return r->hash;
}

const char *geci_rules_status(const struct geci_rules *r)
{
    static const char *const names[] = {"", "official", "secondary", "example"};
    return names[r->rules->status];
}

size_t geci_item_n(const struct geci_rules *r)
{
    return r->rules->item_n;
}

const char *geci_item_name(const struct geci_rules *r, size_t item)
{
    return item < r->rules->item_n ? r->item_name[item] : NULL;
}

static enum status score(struct geci_scores *s, Str text, Day as_of, int year, struct diags *ds)
{
    const struct rules *r = s->of->rules;
    struct load_opts lo = {.period = year == 0 ? INT32_MIN : year, .as_of_year = day_year(as_of)};
    struct eval_opts eo = {.as_of = as_of};
    TRY(load_csv(s->arena, &s->data, &eo.period, r, text, &lo, ds));
    TRY(plan_build(s->arena, &s->plan, r, as_of, eo.period, ds));
    return eval_run(s->arena, &s->result, s->plan, s->data, &eo, ds);
}

enum geci_status geci_score_csv(struct geci_scores **out, const struct geci_rules *r,
                                const char *csv, size_t csv_n, const char *as_of, int year)
{
    struct arena *a = arena_open();
    struct geci_scores *s = *out = ARENA_NEW(a, struct geci_scores);
    *s = (struct geci_scores){.arena = a, .of = r, .messages = ""};
    struct diags ds;
    diags_init(&ds, a);
    Day day;
    Str bytes = arena_copy(a, (Str){csv, csv_n}), text = bytes;
    if (!r->usable || !day_parse(&day, str_of(as_of))) {
        s->messages = r->messages;
        if (r->usable) {
            (void)diag_add(&ds, DIAG_DATA_DAY, (Span){0, (uint32_t)strlen(as_of)}, str_of(as_of),
                           NO_ARG, NO_ARG);
            s->messages = rendered(a, &ds, S("as_of"), str_of(as_of), r->lang);
        }
        return GECI_INPUT;
    }
    enum status st = csv_decode(a, &text, bytes, NULL, &ds);
    if (st == OK)
        st = score(s, text, day, year, &ds);
    s->messages = rendered(a, &ds, S("csv"), text, r->lang);
    if (st != OK)
        s->result = NULL;
    size_t n = s->result == NULL ? 0 : s->data->row_n;
    s->id = ARENA_ARRAY(a, const char *, n + 1);
    for (size_t i = 0; i < n; i++)
        s->id[i] = text_of(a, s->data->id[i]);
    return status_of(st);
}

void geci_scores_close(struct geci_scores *s)
{
    if (s != NULL)
        arena_close(s->arena);
}

const char *geci_scores_messages(const struct geci_scores *s)
{
    return s->messages;
}

size_t geci_subject_n(const struct geci_scores *s)
{
    return s->result == NULL ? 0 : s->data->row_n;
}

const char *geci_subject_id(const struct geci_scores *s, size_t subject)
{
    return subject < geci_subject_n(s) ? s->id[subject] : NULL;
}

/* Row and item by their names; false if either is unknown. */
static bool find(const struct geci_scores *s, const char *id, const char *item, int64_t *row,
                 int32_t *at)
{
    *row = s->result == NULL ? -1 : dataset_row(s->data, str_of(id));
    *at = item == NULL ? -1 : rule_find_item(s->of->rules, str_of(item));
    return *row >= 0 && (item == NULL || *at >= 0);
}

static const char *end_text(struct geci_scores *s, Type t, Wide v)
{
    static const char *const truths[] = {"unmet", "met", "unknown", "manual", "na"};
    struct buf b;
    buf_init(&b, s->arena, 100);
    if (t.kind == TYPE_TRUTH)
        return truths[v];
    if (v == WIDE_INF || v == -WIDE_INF)
        return "";
    if (t.kind == TYPE_TEXT)
        return text_of(s->arena, labels_text(s->data->labels, (uint32_t)v));
    if (t.kind == TYPE_DAY)
        day_print(&b, (Day)v);
    else
        dec_print(&b, v, t.scale);
    return text_of(s->arena, buf_str(&b));
}

enum geci_status geci_value(struct geci_scores *s, const char *id, const char *item,
                            const char **low, const char **high)
{
    int64_t row;
    int32_t at;
    if (!find(s, id, item, &row, &at))
        return GECI_GONE;
    Cell c = result_cell(s->result, at, row);
    Type t = s->of->rules->item[at].type;
    *low = end_text(s, t, c.lo);
    *high = end_text(s, t, c.hi);
    return GECI_OK;
}

const char *geci_shown(struct geci_scores *s, const char *id, const char *item)
{
    int64_t row;
    int32_t at;
    if (!find(s, id, item, &row, &at))
        return NULL;
    const struct item *it = &s->of->rules->item[at];
    struct buf b;
    buf_init(&b, s->arena, 4096);
    cell_print(&b, s->of->rules, s->data, it->type, it->show, result_cell(s->result, at, row),
               s->of->lang);
    return text_of(s->arena, buf_str(&b));
}

const char *geci_explain(struct geci_scores *s, const char *id, enum geci_format format)
{
    static const enum explain_format of[] = {
        [GECI_TEXT] = EXPLAIN_TEXT, [GECI_JSON] = EXPLAIN_JSON, [GECI_HTML] = EXPLAIN_HTML};
    int64_t row;
    int32_t at;
    struct buf b;
    buf_init(&b, s->arena, BUF_MAX);
    if (!find(s, id, NULL, &row, &at) ||
        explain_row(&b, s->plan, s->result, (uint32_t)row, -1, of[format], s->of->lang) != OK)
        return NULL;
    return text_of(s->arena, buf_str(&b));
}
