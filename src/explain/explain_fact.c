/* explain_fact.c - the facts and items that an expression uses, in the order they are named. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

enum { FACTS_MAX = 400, DEPTH_MAX = 400 };

struct walk {
    struct explain *x;
    struct why *w;
    int year, quarter; /* shift */
    int depth;
};

static enum fact_state state_of(const struct walk *k, const struct field *f, Fact fact, Cell value)
{
    const struct column *c = dataset_find(k->x->res->data, fact.field, fact.period);
    if (c != NULL && column_has(c, k->x->row))
        return FACT_GIVEN;
    if (f->ftype == FIELD_JUDGED || k->w->it->review == (int32_t)fact.field)
        return FACT_PERSON;
    bool known = cell_is_definite(f->type.kind, value);
    switch (f->blank) {
    case BLANK_ZERO: return FACT_ZERO;
    case BLANK_MEAN: return known ? FACT_MEAN : FACT_MISSING;
    case BLANK_MEDIAN: return known ? FACT_MEDIAN : FACT_MISSING;
    case BLANK_CARRY: return known ? FACT_CARRIED : FACT_MISSING;
    case BLANK_UNKNOWN: break;
    }
    return FACT_MISSING;
}

static void add_fact(struct walk *k, const struct expr *e)
{
    struct why *w = k->w;
    const struct field *f = &k->x->rules->field[e->ref];
    Fact fact = {.field = e->ref,
                 .period = rule_period_key(f, k->x->res->opts.period + k->year, k->quarter)};
    Cell value;
    for (size_t i = 0; i < w->fact_n; i++)
        if (w->fact[i].fact.field == fact.field && w->fact[i].fact.period == fact.period)
            return;
    if (w->fact_n == FACTS_MAX)
        return;
    if (!trace_value(k->x->trace, e, k->year, k->quarter, &value))
        return; /* never looked at: a branch that constants ruled out */
    struct why_fact *new = &VEC_PUSH(k->x->arena, w->fact, w->fact_n, w->fact_cap);
    *new = (struct why_fact){fact, value, state_of(k, f, fact, value)};
}

static void walk(struct walk k, const struct expr *e);

static void walk_item(struct walk k, uint32_t item)
{
    if (k.year != 0 || k.quarter != 0) {
        walk(k, k.x->rules->item[item].expr);
        return;
    }
    if (k.x->own[item] || k.x->rules->item[item].kind == ITEM_SCORE)
        return;
    struct why *w = k.w, *use = why_item(k.x, item);
    if (use != NULL)
        why_append(&w->use, use);
}

/* Only results of rows that hold or may hold count. */
static void walk_table(struct walk k, const struct expr *e)
{
    const struct table *t = e->table;
    for (uint32_t i = 0; i < t->input_n; i++)
        walk(k, t->input[i]);
    enum truth *hit = ARENA_ARRAY(k.x->arena, enum truth, t->row_n + 1);
    if (!trace_table(k.x->trace, e, k.year, k.quarter, hit))
        return;
    for (uint32_t i = 0; i < t->row_n; i++)
        if (hit[i] != TRUTH_UNMET && hit[i] != TRUTH_NA)
            walk(k, t->row[i].result);
}

static void walk_span(struct walk k, const struct expr *e)
{
    walk(k, e->since);
    for (uint32_t n = e->span_n == 0 ? 1 : e->span_n; n-- > 0;) {
        struct walk past = k;
        if (e->period == PERIOD_QUARTER)
            past.quarter -= (int)n;
        else
            past.year -= (int)n;
        for (uint32_t i = 0; i < e->arg_n; i++)
            walk(past, e->arg[i]);
    }
}

static struct walk moved(struct walk k, const struct expr *e)
{
    if (e->at_abs)
        k.year = e->at - k.x->res->opts.period;
    else if (e->period == PERIOD_QUARTER)
        k.quarter += e->at;
    else
        k.year += e->at;
    return k;
}

static void walk(struct walk k, const struct expr *e)
{
    if (e == NULL || ++k.depth > DEPTH_MAX)
        return;
    switch (e->kind) {
    case EXPR_FIELD: add_fact(&k, e); return;
    case EXPR_ITEM: walk_item(k, e->ref); return;
    case EXPR_TABLE: walk_table(k, e); return;
    case EXPR_AT: walk(moved(k, e), e->arg[0]); return;
    case EXPR_SPAN: walk_span(k, e); return;
    case EXPR_POP:
        for (uint32_t i = 0; e->pop != NULL && i < e->pop->by_n; i++)
            walk(k, e->pop->by[i]);
        /* fallthrough */
    case EXPR_OP:
        for (uint32_t i = 0; i < e->arg_n; i++)
            walk(k, e->arg[i]);
        return;
    case EXPR_CONST:
    case EXPR_NAME:
    case EXPR_AS_OF:
    case EXPR_YEAR: return;
    }
}

/* By field and period, so that a series stands together. */
static void sort_facts(struct why *w)
{
    for (size_t i = 1; i < w->fact_n; i++) {
        struct why_fact f = w->fact[i];
        size_t at = i;
        for (; at > 0 && (w->fact[at - 1].fact.field > f.fact.field ||
                          (w->fact[at - 1].fact.field == f.fact.field &&
                           w->fact[at - 1].fact.period > f.fact.period));
             at--)
            w->fact[at] = w->fact[at - 1];
        w->fact[at] = f;
    }
}

void why_facts(struct explain *x, struct why *w, const struct expr *e)
{
    walk((struct walk){.x = x, .w = w}, e);
    sort_facts(w);
}

Str why_fact_text(const struct explain *x, const struct why_fact *f)
{
    static const char *const note[][2] = {
        [FACT_GIVEN] = {"", ""},
        [FACT_MISSING] = {"", ""},
        [FACT_PERSON] = {"待人判断", "a person has to decide"},
        [FACT_ZERO] = {"（缺数，按规则记零）", " (missing, counted as zero)"},
        [FACT_MEAN] = {"（缺数，按组均值）", " (missing, the mean of its group)"},
        [FACT_MEDIAN] = {"（缺数，按组中位数）", " (missing, the median of its group)"},
        [FACT_CARRIED] = {"（缺数，沿用最近一期）", " (missing, the latest known)"}};
    const struct field *field = &x->rules->field[f->fact.field];
    Str after = str_of(note[f->state][x->lang]);
    if (f->state == FACT_PERSON)
        return after;
    if (f->state == FACT_MISSING && cell_is_open(f->value))
        return str_of(EX(x, "缺数", "missing"));
    Str value = field->type.kind == TYPE_TRUTH ? why_yes(x, f->value)
                                               : why_cell(x, field->type, field->unit, f->value);
    return arena_fmt(x->arena, "%.*s%.*s", STR_ARG(value), STR_ARG(after));
}
