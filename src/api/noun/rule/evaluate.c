/* evaluate.c - questions about one subject in one run: why, what if, what next, how to. */
#include "api/call.h"
#include "api/noun/run/outcomes.h"
#include "api/noun/run/run.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "field/unit.h"
#include "load/load.h"
#include "query/query.h"
#include "seek/seek.h"

enum { TREE_MAX = 4 << 20, CELL_MAX = 1 << 14, SET_MAX = 200 };

/* A run in hand, and the subject's row in it. */
struct asked {
    struct call *c;
    const struct run_outcome *o;
    uint32_t row;
    enum lang lang;
};

static enum status take(struct call *c, int64_t run, Str id, int lang, struct asked *a)
{
    struct run r;
    TRY(run_seen(c, run, &r));
    if (!r.computed)
        return ERR_GONE;
    TRY(call_subject(c, r.kind, id));
    *a = (struct asked){.c = c, .lang = lang == 1 ? LANG_EN : LANG_ZH};
    TRY(outcomes_take(c->api->outcomes, c->conn, c->county, &r, &a->o, &c->diags));
    int64_t row = dataset_row(a->o->data, id);
    if (row < 0) {
        outcomes_give(c->api->outcomes);
        return ERR_GONE;
    }
    a->row = (uint32_t)row;
    return OK;
}

static enum status give(struct asked *a, enum status st)
{
    outcomes_give(a->c->api->outcomes);
    return st;
}

/* --- why --- */

/* JSON without what stands between its words: on one line. */
static Str compact(struct arena *keep, Str json)
{
    struct buf b;
    bool inside = false; /* of a string */
    buf_init(&b, keep, json.n);
    for (size_t i = 0; i < json.n; i++) {
        char c = json.p[i];
        if (!inside && (c == ' ' || c == '\n'))
            continue;
        buf_char(&b, c);
        if (inside && c == '\\')
            buf_char(&b, json.p[++i]);
        inside ^= c == '"';
    }
    return buf_str(&b);
}

static enum status explain(struct asked *a, Str item, struct api_explanation *out)
{
    struct buf b;
    int32_t at = -1;
    if (item.p != NULL) {
        at = rule_find_item(a->o->rules, item);
        if (at < 0)
            return ERR_GONE;
    }
    buf_init(&b, a->c->arena, TREE_MAX);
    TRY(explain_row(&b, a->o->plan, a->o->result, a->row, at, EXPLAIN_JSON, a->lang));
    out->tree = compact(a->c->arena, buf_str(&b));
    return OK;
}

enum status api_explain(struct call *c, const struct api_explain_in *in,
                        struct api_explanation *out)
{
    struct asked a;
    out->run = in->run;
    TRY(take(c, in->run, in->id, in->lang, &a));
    return give(&a, explain(&a, in->item, out));
}

static enum status next_steps(struct asked *a, struct api_next_steps *out)
{
    struct next_step *step = NULL;
    uint32_t n = 0;
    TRY(explain_next(a->c->arena, &step, &n, a->o->plan, a->o->result, a->row, a->lang));
    out->steps.at = ARENA_ARRAY(a->c->arena, struct api_next_step, n);
    for (uint32_t i = 0; i < n; i++)
        out->steps.at[out->steps.n++] = (struct api_next_step){
            step[i].text, arena_copy(a->c->arena, a->o->rules->item[step[i].item].name)};
    return OK;
}

enum status api_next_steps(struct call *c, const struct api_next_steps_in *in,
                           struct api_next_steps *out)
{
    struct asked a;
    TRY(take(c, in->run, in->id, in->lang, &a));
    return give(&a, next_steps(&a, out));
}

static Str printed(const struct asked *a, const struct dataset *d, uint32_t item, Cell v)
{
    const struct item *it = &a->o->rules->item[item];
    struct buf b;
    buf_init(&b, a->c->arena, CELL_MAX);
    cell_print(&b, a->o->rules, d, it->type, item_unit(it), v, a->lang);
    return b.n == 0 ? S("") : buf_str(&b);
}

/* --- among the others --- */

/* The definite figures of everybody; false: fewer than may be told of, or it has none itself. */
static bool figures_of(const struct asked *a, uint32_t item, Wide *x, uint32_t *n, Wide *own)
{
    const struct result *res = a->o->result;
    Cell mine = result_cell(res, item, a->row);
    *own = mine.lo;
    *n = 0;
    for (uint32_t row = 0; row < res->row_n; row++) {
        Cell v = result_cell(res, item, row);
        if (v.lo == v.hi)
            x[(*n)++] = v.lo;
    }
    return mine.lo == mine.hi && *n >= QUERY_PEERS_MIN;
}

static void write_places(const struct asked *a, struct api_item_places *out)
{
    struct call *c = a->c;
    const struct rules *r = a->o->rules;
    struct arena *tmp = arena_open();
    Wide own, *x = arena_raw(tmp, (size_t)a->o->result->row_n + 1, sizeof *x);
    uint32_t n;
    out->places.at = ARENA_ARRAY(c->arena, struct api_item_place, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++) {
        struct query_standing s;
        const struct item *it = &r->item[i];
        if ((it->kind != ITEM_SCORE && it->kind != ITEM_INDICATOR) || it->type.kind != TYPE_NUM ||
            !figures_of(a, i, x, &n, &own))
            continue;
        query_stand(tmp, x, n, own, &s);
        struct api_item_place *to = &out->places.at[out->places.n++];
        *to = (struct api_item_place){arena_copy(c->arena, it->name), n, s.below_e2, {0}};
        to->quantiles.at = ARENA_ARRAY(c->arena, Str, QUERY_QUANTILES);
        for (int k = 0; k < QUERY_QUANTILES; k++)
            to->quantiles.at[to->quantiles.n++] =
                printed(a, a->o->data, i, (Cell){s.quantile[k], s.quantile[k]});
    }
    arena_close(tmp);
}

enum status api_run_places(struct call *c, const struct api_run_places_in *in,
                           struct api_item_places *out)
{
    struct asked a;
    TRY(take(c, in->run, in->id, in->lang, &a));
    write_places(&a, out);
    return give(&a, OK);
}

/* --- what if --- */

/* The subject's items with the facts of `d`: one row of its own, or with `all` everybody's. */
static enum status evaluate(struct asked *a, const struct dataset *d, bool all, Cell **out)
{
    struct call *c = a->c;
    struct result *res = NULL;
    if (!all)
        return eval_frozen(c->arena, out, a->o->plan, a->o->result, d, a->row, &c->diags);
    TRY(eval_again(c->arena, &res, a->o->plan, a->o->result, d, &c->diags));
    *out = ARENA_ARRAY(c->arena, Cell, (size_t)a->o->rules->item_n + 1);
    for (uint32_t i = 0; i < a->o->rules->item_n; i++)
        (*out)[i] = result_cell(res, i, a->row);
    return OK;
}

static void write_changes(const struct asked *a, const struct dataset *d, const Cell *after,
                          struct api_whatif_answer *out)
{
    const struct rules *r = a->o->rules;
    out->changes.at = ARENA_ARRAY(a->c->arena, struct api_whatif_change, r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++) {
        Cell was = result_cell(a->o->result, i, a->row);
        if (was.lo == after[i].lo && was.hi == after[i].hi)
            continue;
        out->changes.at[out->changes.n++] = (struct api_whatif_change){
            .item = arena_copy(a->c->arena, r->item[i].name),
            .kind = str_of(item_kind_name(r->item[i].kind, a->lang)),
            .top = item_is_top(r, i),
            .was = printed(a, a->o->data, i, was),
            .becomes = printed(a, d, i, after[i]),
        };
    }
}

static enum status whatif(struct asked *a, const struct api_whatif *in,
                          struct api_whatif_answer *out)
{
    struct call *c = a->c;
    bool all = in->rerank.v;
    struct dataset *d =
        all ? dataset_copy(c->arena, a->o->data) : dataset_of_row(c->arena, a->o->data, a->row);
    Cell *after = NULL;
    if (in->set.n > SET_MAX)
        return call_refuse(c, DIAG_API_LONG, S("set"), S("200"));
    for (size_t i = 0; i < in->set.n; i++)
        TRY(load_set(d, a->o->rules, all ? a->row : 0, a->o->result->opts.period, in->set.at[i],
                     &c->diags));
    TRY(evaluate(a, d, all, &after));
    write_changes(a, d, after, out);
    return OK;
}

enum status api_whatif(struct call *c, const struct api_whatif_in *in,
                       struct api_whatif_answer *out)
{
    struct asked a;
    TRY(take(c, in->run, in->id, 0, &a));
    return give(&a, whatif(&a, &in->body, out));
}

/* --- how to --- */

static Str fact(const struct asked *a, uint32_t field, Cell v)
{
    const struct field *f = &a->o->rules->field[field];
    struct buf b;
    buf_init(&b, a->c->arena, CELL_MAX);
    cell_print(&b, a->o->rules, a->o->data, f->type, f->unit, v, a->lang);
    return b.n == 0 ? S("") : buf_str(&b);
}

static void write_goal(const struct asked *a, const struct seek_goal *g,
                       const struct seek_answer *s, struct api_goal_answer *out)
{
    const struct rules *r = a->o->rules;
    out->end = (int)s->end;
    out->proof = (int)s->proof;
    out->before = printed(a, a->o->data, g->item, s->before);
    out->after = printed(a, a->o->data, g->item, s->after);
    out->stuck = str_or_empty(s->stuck);
    out->changes.at = ARENA_ARRAY(a->c->arena, struct api_goal_change, s->change_n);
    for (uint32_t i = 0; i < s->change_n; i++) {
        const struct seek_change *ch = &s->change[i];
        const struct field *f = &r->field[ch->field];
        struct api_goal_change *to = &out->changes.at[out->changes.n++];
        to->field = arena_copy(a->c->arena, f->name);
        if (ch->period != COL_NO_PERIOD)
            to->period = API_INT_OF(f->period == PERIOD_QUARTER ? ch->period / 4 : ch->period);
        to->unit = f->unit == NULL ? S("") : str_of(f->unit->zh);
        to->was = fact(a, ch->field, ch->from);
        to->needed = fact(a, ch->field, ch->to);
    }
}

static enum status seek(struct asked *a, const struct api_goal *in, struct api_goal_answer *out)
{
    struct call *c = a->c;
    struct seek_goal g;
    struct seek_fault fault;
    struct seek_answer s;
    struct seek_price *price = NULL;
    if (seek_goal_read(c->arena, &g, a->o->rules, in->goal, a->lang, &fault) != OK)
        return call_refuse(c, DIAG_API_GOAL, in->goal, fault.text);
    if (in->costs.p != NULL &&
        seek_prices_read(c->arena, &price, a->o->rules, in->costs, a->lang, &fault) != OK)
        return call_refuse(c, DIAG_API_GOAL, S("costs"), fault.text);
    struct seek_opts opts = {.lang = a->lang, .price = price};
    TRY(seek_goal(c->arena, &s, a->o->plan, a->o->result, a->row, &g, &opts));
    write_goal(a, &g, &s, out);
    return OK;
}

enum status api_seek(struct call *c, const struct api_seek_in *in, struct api_goal_answer *out)
{
    struct asked a;
    TRY(take(c, in->run, in->id, 0, &a));
    return give(&a, seek(&a, &in->body, out));
}
