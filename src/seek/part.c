/* part.c - what must hold for a goal: its parts, and whether each does.
 *
 * A gate that asks for several conditions at once is met when each is, so each may be sought by
 * itself where they share no lever. The parts are tried as they stand in the document; the whole is
 * evaluated once more at the end.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { SPLIT_DEPTH = 40 };

/* ---- does it hold? ---- */

static bool number_met(const struct seek_goal *g, Cell c, bool possible)
{
    switch ((int)g->op) {
    case OP_GE: return possible ? c.hi >= g->value : c.lo != -WIDE_INF && c.lo >= g->value;
    case OP_GT: return possible ? c.hi > g->value : c.lo != -WIDE_INF && c.lo > g->value;
    case OP_LE: return possible ? c.lo <= g->value : c.hi != WIDE_INF && c.hi <= g->value;
    default: return possible ? c.lo < g->value : c.hi != WIDE_INF && c.hi < g->value;
    }
}

static bool row_met(const struct seek_goal *g, int64_t row)
{
    int64_t better = g->rows_up ? row - (int64_t)g->row : (int64_t)g->row - row;
    return g->op == OP_EQ ? better == 0 : g->op == OP_GT ? better > 0 : better >= 0;
}

/* A grade cell is the rows from one label to another. */
static bool grade_met(const struct seek *s, const struct seek_goal *g, Cell c, bool possible)
{
    const struct table *t = s->rules->item[g->item].expr->table;
    int64_t a = -1, b = -1;
    if (cell_is_open(c))
        return possible;
    for (uint32_t i = 0; i < t->row_n; i++) {
        a = t->row[i].result->ref == (uint32_t)c.lo ? i : a;
        b = t->row[i].result->ref == (uint32_t)c.hi ? i : b;
    }
    int64_t first = a < b ? a : b, last = a < b ? b : a;
    for (int64_t i = first; i <= last; i++)
        if (row_met(g, i) == possible)
            return possible;
    return !possible;
}

bool part_goal_met(const struct seek *s, const struct seek_goal *g, Cell c, bool possible)
{
    if (cell_is_bad(c))
        return false;
    if (g->kind == SEEK_GRADE)
        return grade_met(s, g, c, possible);
    if (g->kind == SEEK_NUMBER)
        return number_met(g, c, possible);
    return possible ? truth_of(c) != TRUTH_UNMET : truth_of(c) == TRUTH_MET;
}

static bool truth_met(Cell c, bool possible)
{
    enum truth t = truth_of(c);
    return possible ? t != TRUTH_UNMET : t == TRUTH_MET || t == TRUTH_NA;
}

static bool holds(struct seek *s, const struct part *u, bool possible)
{
    Cell c;
    if (u->expr == NULL) {
        const Cell *items = state_items(s);
        if (items == NULL)
            return possible;
        return u->item >= 0 ? truth_met(items[u->item], possible)
                            : part_goal_met(s, s->goal, items[s->goal->item], possible);
    }
    if (!state_value(s, u->expr, &c))
        return possible;
    if (u->positive)
        return possible ? c.hi > 0 : c.lo > 0;
    return truth_met(c, possible);
}

bool part_met(struct seek *s, const struct part *u)
{
    return holds(s, u, false);
}

bool part_possible(struct seek *s, const struct part *u)
{
    return holds(s, u, true);
}

uint8_t part_mono(struct seek *s, const struct part *u, uint32_t lever)
{
    const struct seek_goal *g = s->goal;
    if (u->expr != NULL)
        return mono_of(s, u->expr, lever);
    uint8_t m = mono_of(s, s->rules->item[u->item >= 0 ? (uint32_t)u->item : g->item].expr, lever);
    if (u->item >= 0 || m == 0 || m == MONO_BOTH)
        return m;
    if (g->kind == SEEK_GRADE && g->op == OP_EQ)
        return MONO_BOTH;
    bool down = g->kind == SEEK_NUMBER && (g->op == OP_LE || g->op == OP_LT);
    return down ? m ^ MONO_BOTH : m;
}

/* ---- parts ---- */

static bool add(struct seek *s, struct part u, struct trait t)
{
    if (s->part_n == PARTS_MAX)
        return false;
    u.levers = t.levers;
    s->part[s->part_n++] = u;
    return true;
}

static bool split_item(struct seek *s, uint32_t item, int depth);

static bool split(struct seek *s, const struct expr *e, int depth)
{
    if (e == NULL || depth > SPLIT_DEPTH || e->type.kind != TYPE_TRUTH)
        return false;
    if (e->kind == EXPR_ITEM)
        return split_item(s, e->ref, depth + 1);
    if (e->kind == EXPR_OP && e->op == OP_AND) {
        for (uint32_t i = 0; i < e->arg_n; i++)
            if (!split(s, e->arg[i], depth + 1))
                return false;
        return true;
    }
    struct trait t = atom_trait(s, e, true);
    return !t.pop && add(s, (struct part){.expr = e, .item = -1}, t);
}

static bool split_item(struct seek *s, uint32_t item, int depth)
{
    const struct expr *e = s->rules->item[item].expr;
    uint32_t before = s->part_n;
    if (e != NULL && e->kind == EXPR_OP && e->op == OP_AND && split(s, e, depth))
        return true;
    s->part_n = before;
    return add(s, (struct part){.item = (int32_t)item}, s->item_trait[1][item]);
}

static bool split_goal(struct seek *s)
{
    const struct item *it = &s->rules->item[s->goal->item];
    if (s->goal->kind == SEEK_TRUTH)
        return split_item(s, s->goal->item, 0);
    bool paid = it->kind == ITEM_POLICY && it->when != NULL && it->amount != NULL &&
                s->goal->op == OP_GT && s->goal->value == 0;
    struct trait t = atom_trait(s, it->amount, true);
    return paid && !t.pop && split(s, it->when, 0) &&
           add(s, (struct part){.expr = it->amount, .item = -1, .positive = true}, t);
}

void part_split(struct seek *s)
{
    s->part = ARENA_ARRAY(s->keep, struct part, PARTS_MAX);
    s->part_n = 0;
    if (split_goal(s))
        return;
    s->part_n = 0;
    (void)add(s, (struct part){.item = -1}, s->item_trait[1][s->goal->item]); /* fits */
}
