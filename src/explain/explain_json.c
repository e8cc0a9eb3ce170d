/* explain_json.c - the tree of reasons as JSON, "geci-explain-1". Numbers are strings in base units
 * (the unit stands beside them); `text` is the value as people read it.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

static const char *const truth_word[] = {[TRUTH_UNMET] = "unmet",
                                         [TRUTH_MET] = "met",
                                         [TRUTH_UNKNOWN] = "unknown",
                                         [TRUTH_MANUAL] = "manual",
                                         [TRUTH_NA] = "na"};

static const char *kind_word(enum item_kind k)
{
    static const char *const word[] = {
        [ITEM_PARAM] = "param", [ITEM_SEGMENT] = "segment", [ITEM_INDICATOR] = "indicator",
        [ITEM_GATE] = "gate",   [ITEM_SCORE] = "score",     [ITEM_GRADE] = "grade",
        [ITEM_RANK] = "rank",   [ITEM_PASS] = "pass",       [ITEM_POLICY] = "policy"};
    return word[k];
}

static const char *form_word(enum score_form f)
{
    static const char *const word[] = {
        [FORM_NONE] = "none",         [FORM_GROUP] = "group",       [FORM_BAND] = "band",
        [FORM_EXPERT] = "expert",     [FORM_STEP] = "step",         [FORM_PER_UNIT] = "per_unit",
        [FORM_CATEGORY] = "category", [FORM_FLAGS] = "flags",       [FORM_TARGET] = "target",
        [FORM_AVERAGE] = "average",   [FORM_STANDARD] = "standard", [FORM_INDEX] = "index",
        [FORM_FORMULA] = "formula"};
    return word[f];
}

static void one_end(struct json *j, const char *key, Type t, Wide m)
{
    json_key(j, str_of(key));
    if (m == WIDE_INF || m == -WIDE_INF)
        json_null(j);
    else
        json_dec(j, m, t.scale);
}

/* {"low": "61", "high": "78"}, "met", "B" or ["B", "D"], {"low": "2024-01-31", ..}, null */
static void write_cell(struct json *j, const struct explain *x, Type t, Cell c)
{
    if (t.kind == TYPE_TRUTH) {
        json_str(j, str_of(truth_word[truth_of(c)]));
    } else if (t.kind == TYPE_NUM) {
        json_obj(j);
        one_end(j, "low", t, c.lo);
        one_end(j, "high", t, c.hi);
        json_obj_end(j);
    } else if (cell_is_open(c)) {
        json_null(j);
    } else if (c.lo == c.hi) {
        json_str(j, why_cell(x, t, NULL, c));
    } else {
        json_arr(j);
        json_str(j, why_cell(x, t, NULL, cell_point(c.lo)));
        json_str(j, why_cell(x, t, NULL, cell_point(c.hi)));
        json_arr_end(j);
    }
}

static void write_value(struct json *j, const struct explain *x, const struct why *w)
{
    const struct unit *show = item_unit(w->it);
    json_key(j, S("value"));
    write_cell(j, x, w->it->type, w->value);
    json_kstr(j, "text", why_cell(x, w->it->type, show, w->value));
    if (w->it->type.kind == TYPE_NUM && !dim_is_none(w->it->type.dim)) {
        struct buf b;
        buf_init(&b, x->arena, 256);
        dim_print(&b, w->it->type.dim, x->lang == LANG_EN);
        json_kstr(j, "unit", buf_str(&b));
    }
    if (w->has_max) {
        json_key(j, S("max"));
        write_cell(j, x, w->max_type, w->max);
    }
    if (w->has_weight) {
        json_key(j, S("weight"));
        write_cell(j, x, w->weight_type, w->weight);
    }
    if (w->has_points) {
        json_key(j, S("points"));
        Type t = {.kind = TYPE_NUM, .scale = (uint8_t)w->points_scale};
        write_cell(j, x, t, w->points);
    }
}

static void write_made(struct json *j, const struct why *w)
{
    if (w->how_n > 0) {
        json_key(j, S("how"));
        json_arr(j);
        for (size_t i = 0; i < w->how_n; i++)
            json_str(j, w->how[i]);
        json_arr_end(j);
    }
    if (w->row_n > 0) {
        json_key(j, S("rows"));
        json_arr(j);
        for (size_t i = 0; i < w->row_n; i++) {
            json_obj(j);
            json_kint(j, "number", w->row[i].number);
            json_kstr(j, "tests", w->row[i].tests);
            json_kstr(j, "result", w->row[i].result);
            json_obj_end(j);
        }
        json_arr_end(j);
    }
    if (w->check_n == 0)
        return;
    json_key(j, S("conditions"));
    json_arr(j);
    for (size_t i = 0; i < w->check_n; i++) {
        json_obj(j);
        json_kstr(j, "result", str_of(truth_word[w->check[i].truth]));
        json_kint(j, "depth", w->check[i].depth);
        json_kstr(j, "text", w->check[i].text);
        json_kstr(j, "values", w->check[i].values);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void write_facts(struct json *j, const struct explain *x, const struct why *w)
{
    static const char *const state[] = {
        [FACT_GIVEN] = "given",    [FACT_MISSING] = "missing", [FACT_PERSON] = "person",
        [FACT_ZERO] = "zero",      [FACT_MEAN] = "mean",       [FACT_MEDIAN] = "median",
        [FACT_CARRIED] = "carried"};
    if (w->fact_n == 0)
        return;
    json_key(j, S("facts"));
    json_arr(j);
    for (size_t i = 0; i < w->fact_n; i++) {
        const struct why_fact *f = &w->fact[i];
        const struct field *field = &x->rules->field[f->fact.field];
        json_obj(j);
        json_kstr(j, "field", field->name);
        if (field->period == PERIOD_YEAR)
            json_kint(j, "period", f->fact.period);
        if (field->period == PERIOD_QUARTER)
            json_kstr(j, "period",
                      arena_fmt(x->arena, "%dQ%d", f->fact.period / 4, f->fact.period % 4 + 1));
        json_kstr(j, "state", str_of(state[f->state]));
        json_key(j, S("value"));
        write_cell(j, x, field->type, f->value);
        json_kstr(j, "text", why_cell(x, field->type, field->unit, f->value));
        if (field->source.n > 0)
            json_kstr(j, "source", field->source);
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void write_origin(struct json *j, const struct explain *x, const struct why *w)
{
    const struct item *it = w->it;
    if (w->missing_n > 0) {
        json_key(j, S("missing"));
        json_arr(j);
        for (size_t i = 0; i < w->missing_n; i++) {
            struct buf b;
            buf_init(&b, x->arena, 4096);
            missing_name(&b, x->rules, w->missing[i], x->res->opts.period);
            json_str(j, buf_str(&b));
        }
        json_arr_end(j);
    }
    if (it->clause.n > 0) {
        json_kstr(j, "clause", it->clause);
        json_kint(j, "clause_line", (int64_t)why_line(x, it->clause_span));
    }
    json_kint(j, "line", (int64_t)why_line(x, it->span));
    if (it->source.n > 0)
        json_kstr(j, "source", it->source);
    if (it->certainty.n > 0)
        json_kstr(j, "certainty", it->certainty);
    json_kstr(j, "status", str_of(item_status(it->status, LANG_EN)));
}

static void write_node(struct json *j, const struct explain *x, const struct why *w);

static void write_list(struct json *j, const struct explain *x, const char *key,
                       const struct why *first)
{
    if (first == NULL || j->depth + 8 > JSON_DEPTH_MAX)
        return;
    json_key(j, str_of(key));
    json_arr(j);
    for (const struct why *w = first; w != NULL; w = w->next)
        write_node(j, x, w);
    json_arr_end(j);
}

static void write_node(struct json *j, const struct explain *x, const struct why *w)
{
    json_obj(j);
    json_kstr(j, "item", w->it->name);
    json_kstr(j, "kind", str_of(kind_word(w->it->kind)));
    if (w->it->kind == ITEM_SCORE)
        json_kstr(j, "form", str_of(form_word(w->it->form)));
    write_value(j, x, w);
    write_made(j, w);
    write_facts(j, x, w);
    write_origin(j, x, w);
    write_list(j, x, "pass", w->pass);
    write_list(j, x, "rank", w->rank);
    write_list(j, x, "uses", w->use.first);
    write_list(j, x, "parts", w->part.first);
    json_obj_end(j);
}

static void write_rules(struct json *j, const struct explain *x)
{
    const struct rules *r = x->rules;
    char hex[65];
    sha256_hex(hex, r->hash);
    json_key(j, S("rules"));
    json_obj(j);
    json_kstr(j, "name", r->name);
    json_kstr(j, "version", r->version);
    json_kstr(j, "status", str_of(item_status(r->status, LANG_EN)));
    json_kstr(j, "file", r->file);
    json_kstr(j, "sha256", str_of(hex));
    json_obj_end(j);
}

void explain_json(struct buf *out, const struct explain *x)
{
    const struct dataset *d = x->res->data;
    struct json j;
    json_open(&j, out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-explain-1"));
    write_rules(&j, x);
    json_kstr(&j, "as_of", day_str(x->arena, x->res->opts.as_of));
    json_kint(&j, "period", x->res->opts.period);
    json_kstr(&j, "id", d->id[x->row]);
    if (d->name != NULL && d->name[x->row].n > 0)
        json_kstr(&j, "name", d->name[x->row]);
    write_list(&j, x, "items", x->top.first);
    json_obj_end(&j);
    buf_char(out, '\n');
}
