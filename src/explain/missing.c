/* missing.c - see missing.h. Opening collects for each item the facts and the items that its own
 * expression names; listing walks from the items asked for through those that are not definite.
 * An item used at another period is read through at once, since results hold the current one only.
 */
#include "explain/missing.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"

enum { READ_DEPTH_MAX = 400, QUARTERS = 4 };

struct need { /* one fact an item names; `since`: only from the year of that day field on */
    Fact fact;
    int32_t since;
};

struct uses {
    struct need *need;
    size_t need_n, need_cap;
    uint32_t *item;
    size_t item_n, item_cap;
};

struct missing {
    struct arena *arena;
    const struct rules *rules;
    int period;
    struct uses *uses; /* by item */
    bool *person;      /* by field: somebody's judgement */
    bool *seen;        /* by item, while listing */
    Fact *found;
    size_t found_n, found_cap;
};

/* Where an expression is being read. */
struct place {
    uint32_t item;
    int year, quarter; /* shift */
    int32_t since;
    int depth;
};

static void add_need(struct missing *m, struct place at, uint32_t field)
{
    struct uses *u = &m->uses[at.item];
    const struct field *f = &m->rules->field[field];
    struct need n = {.since = at.since};
    n.fact = (Fact){.field = field,
                    .period = rule_period_key(f, m->period + at.year, at.quarter),
                    .person = m->person[field]};
    for (size_t i = 0; i < u->need_n; i++)
        if (u->need[i].fact.field == field && u->need[i].fact.period == n.fact.period)
            return;
    VEC_PUSH(m->arena, u->need, u->need_n, u->need_cap) = n;
}

static void add_item(struct missing *m, struct place at, uint32_t item)
{
    struct uses *u = &m->uses[at.item];
    for (size_t i = 0; i < u->item_n; i++)
        if (u->item[i] == item)
            return;
    VEC_PUSH(m->arena, u->item, u->item_n, u->item_cap) = item;
}

static void read_expr(struct missing *m, struct place at, const struct expr *e);

static void read_table(struct missing *m, struct place at, const struct table *t)
{
    for (uint32_t i = 0; i < t->input_n; i++)
        read_expr(m, at, t->input[i]);
    for (uint32_t i = 0; i < t->row_n; i++)
        read_expr(m, at, t->row[i].result);
}

static void read_span(struct missing *m, struct place at, const struct expr *e)
{
    read_expr(m, at, e->since);
    if (e->since != NULL && e->since->kind == EXPR_FIELD)
        at.since = (int32_t)e->since->ref;
    struct place past = at;
    for (uint32_t k = 0; k < (e->span_n == 0 ? 1 : e->span_n); k++) {
        past.year = at.year - (e->period == PERIOD_QUARTER ? 0 : (int)k);
        past.quarter = at.quarter - (e->period == PERIOD_QUARTER ? (int)k : 0);
        for (uint32_t i = 0; i < e->arg_n; i++)
            read_expr(m, past, e->arg[i]);
    }
}

static void read_pop(struct missing *m, struct place at, const struct expr *e)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        read_expr(m, at, e->arg[i]);
    for (uint32_t i = 0; e->pop != NULL && i < e->pop->by_n; i++)
        read_expr(m, at, e->pop->by[i]);
}

static struct place moved(const struct missing *m, struct place at, const struct expr *e)
{
    if (e->period == PERIOD_QUARTER && !e->at_abs)
        at.quarter += e->at;
    else if (!e->at_abs)
        at.year += e->at;
    else
        at.year = e->at - m->period;
    return at;
}

static void read_expr(struct missing *m, struct place at, const struct expr *e)
{
    if (e == NULL || ++at.depth > READ_DEPTH_MAX)
        return;
    switch (e->kind) {
    case EXPR_FIELD: add_need(m, at, e->ref); return;
    case EXPR_ITEM:
        if (at.year == 0 && at.quarter == 0)
            add_item(m, at, e->ref);
        else
            read_expr(m, at, m->rules->item[e->ref].expr);
        return;
    case EXPR_OP:
        for (uint32_t i = 0; i < e->arg_n; i++)
            read_expr(m, at, e->arg[i]);
        return;
    case EXPR_TABLE: read_table(m, at, e->table); return;
    case EXPR_AT: read_expr(m, moved(m, at, e), e->arg[0]); return;
    case EXPR_SPAN: read_span(m, at, e); return;
    case EXPR_POP: read_pop(m, at, e); return;
    case EXPR_CONST:
    case EXPR_NAME:
    case EXPR_AS_OF:
    case EXPR_YEAR: return;
    }
}

struct missing *missing_open(struct arena *keep, const struct rules *r, int period)
{
    struct missing *m = ARENA_NEW(keep, struct missing);
    *m = (struct missing){.arena = keep, .rules = r, .period = period};
    m->uses = ARENA_ARRAY(keep, struct uses, r->item_n + 1);
    m->seen = ARENA_ARRAY(keep, bool, r->item_n + 1);
    m->person = ARENA_ARRAY(keep, bool, r->field_n + 1);
    for (uint32_t i = 0; i < r->field_n; i++)
        m->person[i] = r->field[i].ftype == FIELD_JUDGED;
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].review >= 0 && (uint32_t)r->item[i].review < r->field_n &&
            r->item[i].kind == ITEM_SCORE)
            m->person[r->item[i].review] = true;
    for (uint32_t i = 0; i < r->item_n; i++)
        read_expr(m, (struct place){.item = i, .since = -1}, r->item[i].expr);
    return m;
}

/* ---- listing ---- */

static bool has(const struct dataset *d, uint32_t field, int period, uint32_t row)
{
    const struct column *c = dataset_find(d, field, period);
    return c != NULL && column_has(c, row);
}

/* Before the day it is counted from, a year is not waited for. */
static bool too_early(const struct missing *m, const struct dataset *d, const struct need *n,
                      uint32_t row)
{
    if (n->since < 0 || n->fact.period == COL_NO_PERIOD)
        return false;
    const struct column *c = dataset_find(d, (uint32_t)n->since, COL_NO_PERIOD);
    if (c == NULL || !column_has(c, row))
        return false;
    bool quarterly = m->rules->field[n->fact.field].period == PERIOD_QUARTER;
    int year = quarterly ? n->fact.period / QUARTERS : n->fact.period;
    return year < day_year((Day)column_value(c, row));
}

static bool is_lacking(const struct missing *m, const struct dataset *d, const struct need *n,
                       uint32_t row)
{
    const struct field *f = &m->rules->field[n->fact.field];
    if (has(d, n->fact.field, n->fact.period, row) || too_early(m, d, n, row))
        return false;
    if (f->blank == BLANK_CARRY)
        for (uint32_t k = 1; k < f->blank_n; k++)
            if (has(d, n->fact.field, n->fact.period - (int)k, row))
                return false;
    return f->blank == BLANK_UNKNOWN || f->blank == BLANK_CARRY;
}

/* Keeps the list in the order of fields and periods. */
static void found(struct missing *m, Fact f)
{
    size_t at = m->found_n;
    while (at > 0 && (m->found[at - 1].field > f.field ||
                      (m->found[at - 1].field == f.field && m->found[at - 1].period > f.period)))
        at--;
    if (at > 0 && m->found[at - 1].field == f.field && m->found[at - 1].period == f.period)
        return;
    VEC_PUSH(m->arena, m->found, m->found_n, m->found_cap) = f;
    for (size_t i = m->found_n - 1; i > at; i--)
        m->found[i] = m->found[i - 1];
    m->found[at] = f;
}

static void visit(struct missing *m, const struct result *res, uint32_t row, uint32_t item)
{
    const struct item *it = &m->rules->item[item];
    if (m->seen[item] || cell_is_definite(it->type.kind, result_cell(res, item, row)))
        return;
    m->seen[item] = true;
    const struct uses *u = &m->uses[item];
    for (size_t i = 0; i < u->need_n; i++)
        if (is_lacking(m, res->data, &u->need[i], row))
            found(m, u->need[i].fact);
    for (size_t i = 0; i < u->item_n; i++)
        visit(m, res, row, u->item[i]);
}

size_t missing_list(struct missing *m, const struct result *res, uint32_t row, const uint32_t *item,
                    size_t item_n, const Fact **out)
{
    for (uint32_t i = 0; i < m->rules->item_n; i++)
        m->seen[i] = false;
    m->found_n = 0;
    for (size_t i = 0; i < item_n; i++)
        visit(m, res, row, item[i]);
    *out = m->found;
    return m->found_n;
}

void missing_name(struct buf *out, const struct rules *r, Fact f, int period)
{
    const struct field *field = &r->field[f.field];
    buf_add(out, field->name);
    if (field->period == PERIOD_YEAR && f.period != period)
        buf_fmt(out, "@%d", f.period);
    if (field->period == PERIOD_QUARTER)
        buf_fmt(out, "@%dQ%d", f.period / QUARTERS, f.period % QUARTERS + 1);
}
