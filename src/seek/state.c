/* state.c - the facts of one row as they are assumed just now, and the row's values under them.
 *
 * One copy of the data set is changed in place: a column is copied once, when its lever first
 * moves. Values are computed when asked for, and again only after a change.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

void state_open(struct seek *s, struct arena *keep, const struct plan *p, const struct result *res,
                uint32_t row, const struct seek_opts *o)
{
    *s = (struct seek){.keep = keep, .rules = res->rules, .plan = p, .res = res, .row = row};
    s->opts = o;
    s->budget = o->budget != 0 ? o->budget : SEEK_BUDGET;
    s->tmp = arena_open();
    s->work = dataset_copy(keep, res->data);
    s->now = *res;
    s->now.data = s->work;
    s->lever_of = ARENA_ARRAY(keep, int32_t, (size_t)s->rules->field_n + 1);
    for (uint32_t i = 0; i < s->rules->field_n; i++)
        s->lever_of[i] = -1;
    s->walked = ARENA_ARRAY(keep, bool, (size_t)s->rules->item_n + 1);
}

void state_close(struct seek *s)
{
    arena_close(s->tmp);
    s->tmp = NULL;
}

static struct column *column_of(struct seek *s, uint32_t lever)
{
    s->fresh_cells = s->fresh_trace = false;
    return dataset_column(s->work, s->lever[lever].field, s->lever[lever].period);
}

void state_set(struct seek *s, uint32_t lever, Wide value)
{
    column_set(column_of(s, lever), s->row, value);
}

void state_hide(struct seek *s, uint32_t lever)
{
    column_clear(column_of(s, lever), s->row);
}

void state_reset(struct seek *s, uint32_t lever)
{
    if (s->lever[lever].has)
        state_set(s, lever, s->lever[lever].now);
    else
        state_hide(s, lever);
}

bool state_spent(const struct seek *s)
{
    return s->evaluations >= s->budget;
}

/* What the last facts gave is forgotten with them. */
static void forget(struct seek *s)
{
    if (s->fresh_cells || s->fresh_trace)
        return;
    arena_close(s->tmp);
    s->tmp = arena_open();
}

const Cell *state_items(struct seek *s)
{
    if (s->fresh_cells)
        return s->cell;
    forget(s);
    s->evaluations++;
    if (eval_frozen(s->tmp, &s->cell, s->plan, s->res, s->work, s->row, NULL) != OK)
        s->cell = NULL;
    s->fresh_cells = true;
    return s->cell;
}

static bool open_trace(struct seek *s)
{
    if (s->fresh_trace)
        return true;
    forget(s);
    s->evaluations++;
    s->fresh_trace = trace_open(s->tmp, &s->trace, s->plan, &s->now, s->row) == OK;
    return s->fresh_trace;
}

bool state_value(struct seek *s, const struct expr *e, Cell *out)
{
    if (atom_trait(s, e, true).pop) {
        const Cell *c = e->kind == EXPR_ITEM ? state_items(s) : NULL;
        if (c != NULL)
            *out = c[e->ref];
        return c != NULL;
    }
    while (e->kind == EXPR_ITEM) /* the trace knows expressions */
        e = s->rules->item[e->ref].expr;
    if (e->kind == EXPR_CONST)
        *out = e->value;
    return e->kind == EXPR_CONST || (open_trace(s) && trace_value(s->trace, e, 0, 0, out));
}

bool state_past(struct seek *s, const struct expr *e, Cell *out)
{
    return !atom_trait(s, e, true).pop && open_trace(s) && trace_value(s->trace, e, -1, 0, out) &&
           !cell_is_bad(*out);
}
