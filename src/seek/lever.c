/* lever.c - which facts may move, how far, and at what cost. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { FINE_SCALE = 6 }; /* a number moves by millionths, unless it is finer itself */
enum { FAR = 10000 }; /* without another bound a number moves by at most this many times itself */

/* ---- one lever ---- */

static Wide size_of(Wide v)
{
    return v < 0 ? -v : v;
}

static void set_bounds(const struct seek *s, struct lever *l, const struct field *f)
{
    const struct seek_price *p = s->opts->price != NULL ? &s->opts->price[l->field] : NULL;
    Wide reach = 0, large = size_of(l->now) > l->unit ? size_of(l->now) : l->unit;
    if (!wide_mul(&reach, large, 0, FAR, 0, 0, ROUND_DOWN))
        reach = large;
    l->lo = l->now >= 0 ? 0 : l->now - reach;
    l->hi = l->now + reach;
    if (f->has_lo)
        l->lo = f->lo;
    if (f->has_hi)
        l->hi = f->hi;
    if (p != NULL && p->has_most && l->now - p->most > l->lo)
        l->lo = l->now - p->most;
    if (p != NULL && p->has_most && l->now + p->most < l->hi)
        l->hi = l->now + p->most;
}

static void set_number(const struct seek *s, struct lever *l, const struct field *f)
{
    Wide whole = wide_pow10(f->type.scale), unit = whole;
    if (f->unit != NULL && !wide_muldiv(&unit, whole, f->unit->num, f->unit->den, ROUND_HALF_UP))
        unit = whole;
    l->unit = unit > 0 ? unit : 1;
    Wide fine = f->type.scale > FINE_SCALE ? whole / wide_pow10(FINE_SCALE) : 1;
    l->step = dim_is_counted(f->type.dim) && l->now % whole == 0 ? whole
              : l->now % fine == 0                               ? fine
                                                                 : 1;
    set_bounds(s, l, f);
}

/* May this field move at all? */
static bool may_move(const struct seek *s, const struct field *f, uint32_t field, bool has)
{
    const struct seek_price *p = s->opts->price != NULL ? &s->opts->price[field] : NULL;
    if (f->type.kind != TYPE_NUM && f->type.kind != TYPE_TRUTH && f->ftype != FIELD_CHOICE)
        return false;
    if (p != NULL)
        return p->listed && p->priced;
    return has || f->blank == BLANK_ZERO;
}

static void add_lever(struct seek *s, uint32_t field)
{
    const struct field *f = &s->rules->field[field];
    struct lever l = {
        .field = field, .period = rule_period_key(f, s->res->opts.period, 0), .kind = f->type.kind};
    const struct column *c = dataset_find(s->res->data, field, l.period);
    l.has = c != NULL && column_has(c, s->row);
    if (s->lever_of[field] >= 0 || !may_move(s, f, field, l.has))
        return;
    if (s->lever_n == LEVERS_MAX) {
        s->left_out = true;
        return;
    }
    l.now = l.has ? column_value(c, s->row) : 0;
    if (l.kind == TYPE_NUM)
        set_number(s, &l, f);
    s->lever_of[field] = (int32_t)s->lever_n;
    s->lever[s->lever_n++] = l;
}

static void add_table(struct seek *s, const struct table *t)
{
    for (uint32_t i = 0; i < t->input_n; i++)
        lever_add_below(s, t->input[i]);
    for (uint32_t i = 0; i < t->row_n; i++) {
        lever_add_below(s, t->row[i].result);
        for (uint32_t k = 0; k < t->input_n; k++)
            for (uint32_t j = 0; j < t->row[i].cell[k].test_n; j++) {
                lever_add_below(s, t->row[i].cell[k].test[j].lo);
                lever_add_below(s, t->row[i].cell[k].test[j].hi);
            }
    }
}

void lever_add_below(struct seek *s, const struct expr *e)
{
    if (e == NULL)
        return;
    if (e->kind == EXPR_FIELD)
        add_lever(s, e->ref);
    if (e->kind == EXPR_ITEM && !s->walked[e->ref]) {
        s->walked[e->ref] = true;
        lever_add_below(s, s->rules->item[e->ref].expr);
    }
    if (e->kind == EXPR_TABLE)
        add_table(s, e->table);
    for (uint32_t i = 0; i < e->arg_n; i++)
        lever_add_below(s, e->arg[i]);
}

/* ---- costs ---- */

static bool priced(const struct seek *s, const struct lever *l, Wide size, Wide *cost)
{
    const struct field *f = &s->rules->field[l->field];
    const struct seek_price *p = &s->opts->price[l->field];
    Wide c;
    if (l->kind != TYPE_NUM)
        return wide_rescale(cost, p->cost, p->scale, SEEK_COST_SCALE, ROUND_HALF_UP);
    if (!wide_mul(&c, size, f->type.scale, p->cost, p->scale, 2 * SEEK_COST_SCALE, ROUND_HALF_UP))
        return false;
    if (f->unit != NULL && !wide_muldiv(&c, c, f->unit->den, f->unit->num, ROUND_HALF_UP))
        return false;
    return wide_rescale(cost, c, 2 * SEEK_COST_SCALE, SEEK_COST_SCALE, ROUND_HALF_UP);
}

/* Of a choice: how many places apart in the list, which goes from one rank to the next. */
static Wide places_apart(const struct seek *s, const struct lever *l, Wide value)
{
    const struct field *f = &s->rules->field[l->field];
    int64_t from = 0, to = 0;
    for (uint32_t i = 0; i < f->option_n; i++) {
        int64_t code = labels_find(s->work->labels, s->rules->label[f->option[i]]);
        from = code == l->now ? i : from;
        to = code == value ? i : to;
    }
    return to > from ? to - from : from - to;
}

static bool cost_of(const struct seek *s, const struct lever *l, Wide value, Wide *cost)
{
    Wide size = size_of(value - l->now);
    if (s->opts->price != NULL)
        return priced(s, l, size, cost);
    *cost = wide_pow10(SEEK_COST_SCALE);
    if (l->kind == TYPE_TEXT && l->has)
        *cost *= places_apart(s, l, value);
    if (l->kind != TYPE_NUM)
        return true;
    Wide by = size_of(l->now) > l->unit ? size_of(l->now) : l->unit;
    return wide_div(cost, size, 0, by, 0, SEEK_COST_SCALE, ROUND_HALF_UP);
}

void lever_narrow(const struct seek *s, struct lever *l, Wide cost)
{
    Wide size, by = size_of(l->now) > l->unit ? size_of(l->now) : l->unit;
    int scale = SEEK_COST_SCALE;
    if (s->opts->price != NULL) {
        const struct seek_price *p = &s->opts->price[l->field];
        if (p->cost == 0 ||
            !wide_div(&cost, cost, SEEK_COST_SCALE, p->cost, p->scale, scale, ROUND_CEIL))
            return;
        by = l->unit;
    }
    if (!wide_mul(&size, cost, scale, by, 0, 0, ROUND_CEIL))
        return;
    l->lo = l->now - size > l->lo ? l->now - size : l->lo;
    l->hi = l->now + size < l->hi ? l->now + size : l->hi;
}

/* ---- moves ---- */

void lever_move(const struct seek *s, uint32_t lever, Wide value, struct moves *m)
{
    const struct lever *l = &s->lever[lever];
    struct move one = {.lever = lever, .value = value};
    if ((l->has && value == l->now) || m->n == CANDIDATES_MAX ||
        (l->kind == TYPE_NUM && (value < l->lo || value > l->hi)) ||
        !cost_of(s, l, value, &one.cost))
        return;
    uint32_t at = m->n;
    for (uint32_t i = 0; i < m->n; i++)
        if (m->at[i].lever == lever && m->at[i].value == value)
            return;
    for (; at > 0 && m->at[at - 1].cost > one.cost; at--)
        m->at[at] = m->at[at - 1];
    m->at[at] = one;
    m->n++;
}

void lever_values(const struct seek *s, uint32_t lever, struct moves *m)
{
    const struct lever *l = &s->lever[lever];
    const struct field *f = &s->rules->field[l->field];
    if (l->kind == TYPE_TRUTH) {
        lever_move(s, lever, TRUTH_MET, m);
        if (s->opts->price != NULL) /* what is so may be undone only where that has its price */
            lever_move(s, lever, TRUTH_UNMET, m);
    }
    for (uint32_t i = 0; l->kind == TYPE_TEXT && i < f->option_n; i++) {
        int64_t code = labels_find(s->work->labels, s->rules->label[f->option[i]]);
        if (code >= 0)
            lever_move(s, lever, code, m);
    }
}
