/* seek_json.c - an answer of `seek` as JSON; figures are exact, in the field's unit. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/report.h"
#include "cmd/rule/seek_say.h"
#include "col/dataset.h"
#include "explain/column.h"
#include "explain/item.h"

enum { FACT_MAX = 1 << 12 };

static void json_fact(struct json *w, const struct asked *a, const char *key, uint32_t field,
                      Cell v)
{
    const struct field *f = &a->j.rules->field[field];
    struct item as = {.kind = ITEM_INDICATOR, .show = f->unit, .type = f->type};
    struct buf b;
    buf_init(&b, a->c->arena, FACT_MAX);
    json_key(w, str_of(key));
    if (v.lo != v.hi || (f->type.kind == TYPE_TRUTH && v.lo > TRUTH_MET)) {
        json_null(w);
        return;
    }
    if (f->type.kind == TYPE_NUM)
        column_number(&b, &as, v.lo);
    else
        buf_add(&b, seek_say_fact(a, field, v));
    json_str(w, buf_str(&b));
}

static void json_change(struct json *w, const struct asked *a, const struct seek_change *ch)
{
    const struct field *f = &a->j.rules->field[ch->field];
    json_kstr(w, "field", f->name);
    if (ch->period != COL_NO_PERIOD)
        json_kint(w, "period", f->period == PERIOD_QUARTER ? ch->period / 4 : ch->period);
    if (f->unit != NULL)
        json_kstr(w, "unit", str_of(f->unit->zh));
    json_fact(w, a, "from", ch->field, ch->from);
    json_fact(w, a, "to", ch->field, ch->to);
    json_key(w, S("cost"));
    json_dec(w, ch->cost, SEEK_COST_SCALE);
}

static void json_head(struct json *w, const struct asked *a)
{
    json_open(w, &a->c->out, true);
    json_obj(w);
    json_kstr(w, "format", S("geci-seek-1"));
    json_kstr(w, "rules", a->j.rules->name);
    json_kstr(w, "status", str_of(item_status(a->j.rules->status, LANG_EN)));
    json_kint(w, "period", a->j.period);
    json_kstr(w, "id", a->j.data->id[a->row]);
    json_kbool(w, "population_frozen", true);
    json_kstr(w, "costs", a->opts.price != NULL ? S("file") : S("relative"));
}

void seek_json_goal(const struct asked *a, const struct seek_goal *g, const struct seek_answer *s)
{
    static const char *const end[] = {"already", "reached", "unreachable", "not_found"};
    static const char *const proof[] = {"cheapest", "cheapest_of_thresholds", "best_found"};
    struct json w;
    json_head(&w, a);
    json_kstr(&w, "goal", a->c->args.value[OPT_GOAL]);
    json_kstr(&w, "item", a->j.rules->item[g->item].name);
    json_kstr(&w, "end", str_of(end[s->end]));
    if (s->end == SEEK_REACHED)
        json_kstr(&w, "proof", str_of(proof[s->proof]));
    if (s->stuck.n > 0)
        json_kstr(&w, "stuck", s->stuck);
    json_kstr(&w, "old", seek_say_item(a, g->item, s->before));
    json_kstr(&w, "new", seek_say_item(a, g->item, s->after));
    json_key(&w, S("cost"));
    json_dec(&w, s->cost, SEEK_COST_SCALE);
    json_kint(&w, "evaluations", s->evaluations);
    json_key(&w, S("changes"));
    json_arr(&w);
    for (uint32_t i = 0; i < s->change_n; i++) {
        json_obj(&w);
        json_change(&w, a, &s->change[i]);
        json_obj_end(&w);
    }
    json_arr_end(&w);
    json_obj_end(&w);
    buf_char(&a->c->out, '\n');
}

void seek_json_steps(const struct asked *a, const struct seek_step *step, uint32_t n)
{
    struct json w;
    json_head(&w, a);
    json_key(&w, S("steps"));
    json_arr(&w);
    for (uint32_t i = 0; i < n; i++) {
        const struct seek_step *s = &step[i];
        json_obj(&w);
        json_kstr(&w, "item", a->j.rules->item[s->leaf].name);
        json_change(&w, a, &s->change);
        json_kstr(&w, "old", seek_say_item(a, s->leaf, s->leaf_from));
        json_kstr(&w, "new", seek_say_item(a, s->leaf, s->leaf_to));
        json_kstr(&w, "score", a->j.rules->item[s->top].name);
        json_key(&w, S("gain"));
        json_dec(&w, s->gain, a->j.rules->item[s->top].type.scale);
        json_obj_end(&w);
    }
    json_arr_end(&w);
    json_obj_end(&w);
    buf_char(&a->c->out, '\n');
}
