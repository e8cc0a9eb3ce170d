/* seek.c - the questions: a goal's cheapest changes, the next threshold of each leaf. */
#include "seek/seek.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { STEPS_MAX = 400, TREE_DEPTH = 60 };

/* ---- a goal ---- */

static struct seek_change change_of(const struct seek *s, const struct move *m)
{
    const struct lever *l = &s->lever[m->lever];
    struct seek_change c = {.field = l->field, .period = l->period, .cost = m->cost};
    c.from = l->has ? cell_point(l->now) : cell_unknown(l->kind);
    c.to = cell_point(m->value);
    return c;
}

/* Dear changes first; what cannot be told apart stays in the order of the document. */
static void list_changes(const struct seek *s, const struct found *f, struct seek_answer *a)
{
    a->change = ARENA_ARRAY(s->keep, struct seek_change, (size_t)f->n + 1);
    for (uint32_t i = 0; i < f->n; i++) {
        struct seek_change one = change_of(s, &f->at[i]);
        uint32_t at = a->change_n++;
        for (; at > 0 && a->change[at - 1].cost < one.cost; at--)
            a->change[at] = a->change[at - 1];
        a->change[at] = one;
    }
}

static Str text_of(const struct seek *s, uint32_t unit)
{
    const struct part *u = &s->part[unit];
    if (u->expr == NULL)
        return s->rules->item[u->item >= 0 ? (uint32_t)u->item : s->goal->item].name;
    return str_trim(str_sub(s->rules->text, u->expr->span.beg, u->expr->span.end));
}

static void open_goal(struct seek *s)
{
    const struct expr *e = s->rules->item[s->goal->item].expr;
    lever_add_below(s, e);
    atom_traits(s);
    mono_open(s);
    mono_keep_divisors(s, e);
    s->walked[s->goal->item] = true;
    atom_collect(s, e);
    if (s->goal->kind == SEEK_NUMBER) {
        struct expr *item = ARENA_NEW(s->keep, struct expr), *at = ARENA_NEW(s->keep, struct expr);
        *item = (struct expr){.kind = EXPR_ITEM, .type = e->type, .ref = s->goal->item};
        *at = (struct expr){.kind = EXPR_CONST, .type = e->type};
        item->type = at->type = s->rules->item[s->goal->item].type;
        at->value = cell_point(s->goal->value);
        atom_collect_pair(s, item, at);
    }
    part_split(s);
    if (s->opts->budget == 0 && atom_trait(s, e, true).pop)
        s->budget = SEEK_BUDGET_POP;
}

/* srccheck:params as eval/eval.h has them: which row of what; then the question. */
enum status seek_goal(struct arena *keep, struct seek_answer *out, const struct plan *p,
                      const struct result *res, uint32_t row, const struct seek_goal *goal,
                      const struct seek_opts *o)
{
    struct seek s;
    struct found f = {0};
    state_open(&s, keep, p, res, row, o);
    s.goal = goal;
    Cell before = result_cell(res, goal->item, row);
    *out =
        (struct seek_answer){.before = before, .after = before, .stuck = S(""), .stuck_item = -1};
    if (part_goal_met(&s, goal, before, false)) {
        state_close(&s);
        return OK;
    }
    open_goal(&s);
    search_cheapest(&s, &f, false);
    if (!f.any && !f.ruled_out && s.part_n > 1)
        search_cheapest(&s, &f, true);
    out->end = f.any ? SEEK_REACHED : f.ruled_out ? SEEK_UNREACHABLE : SEEK_NOT_FOUND;
    out->proof = !f.complete ? SEEK_BUDGET_OUT : f.coupled ? SEEK_THRESHOLDS : SEEK_BEST;
    out->evaluations = s.evaluations;
    if (!f.any) {
        out->stuck = text_of(&s, f.stuck);
        out->stuck_item = s.part[f.stuck].item;
    }
    if (f.any) {
        list_changes(&s, &f, out);
        out->cost = f.cost;
        const Cell *c = state_items(&s);
        ASSERT(c != NULL);
        out->item = ARENA_ARRAY(keep, Cell, (size_t)s.rules->item_n + 1);
        for (uint32_t i = 0; i < s.rules->item_n; i++)
            out->item[i] = c[i];
        out->after = c[goal->item];
    }
    state_close(&s);
    return OK;
}

/* srccheck:params as above, and one change of the answer. */
enum status seek_without(struct arena *keep, Cell **without, const struct plan *p,
                         const struct result *res, uint32_t row, const struct seek_answer *a,
                         uint32_t i)
{
    struct dataset *d = dataset_of_row(keep, res->data, row);
    for (uint32_t k = 0; k < a->change_n; k++)
        if (k != i)
            column_set(dataset_column(d, a->change[k].field, a->change[k].period), 0,
                       a->change[k].to.lo);
    return eval_frozen(keep, without, p, res, d, row, NULL);
}

/* ---- steps ---- */

static const struct expr *table_in(const struct expr *e, int depth)
{
    if (e == NULL || depth > TREE_DEPTH || e->kind == EXPR_TABLE)
        return e != NULL && e->kind == EXPR_TABLE ? e : NULL;
    for (uint32_t i = 0; i < e->arg_n; i++) {
        const struct expr *t = table_in(e->arg[i], depth + 1);
        if (t != NULL)
            return t;
    }
    return NULL;
}

/* The cell of the leaf's table that the lever's input falls into, under the present facts. */
static Span interval_of(struct seek *s, const struct item *leaf, uint32_t lever)
{
    const struct expr *e = table_in(leaf->expr, 0);
    Cell c;
    if (e == NULL || e->table->md == NULL || (!state_value(s, e, &c) && s->trace == NULL))
        return (Span){0, 0};
    const struct table *t = e->table;
    enum truth *hit = ARENA_ARRAY(s->keep, enum truth, (size_t)t->row_n + 1);
    if (!s->fresh_trace || !trace_table(s->trace, e, 0, 0, hit))
        return (Span){0, 0};
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; hit[i] == TRUTH_MET && k < t->input_n; k++)
            if ((atom_trait(s, t->input[k], true).levers >> lever & 1) != 0 &&
                t->row[i].cell[k].test_n > 0)
                return t->row[i].cell[k].span;
    return (Span){0, 0};
}

static uint32_t top_of(const struct rules *r, uint32_t item)
{
    while (r->item[item].parent >= 0)
        item = (uint32_t)r->item[item].parent;
    return item;
}

static bool rises(Cell from, Cell to)
{
    return !cell_is_bad(to) && !cell_is_open(from) && !cell_is_open(to) && to.lo >= from.lo &&
           to.hi >= from.hi && (to.lo > from.lo || to.hi > from.hi);
}

/* The cheapest move of the lever with which leaf and top rise. */
static bool step_of(struct seek *s, uint32_t leaf, uint32_t lever, const struct moves *m,
                    struct seek_step *out)
{
    uint32_t top = top_of(s->rules, leaf);
    Cell leaf_from = result_cell(s->res, leaf, s->row), top_from = result_cell(s->res, top, s->row);
    bool found = false;
    for (uint32_t i = 0; i < m->n && !found && !state_spent(s); i++) {
        state_set(s, lever, m->at[i].value);
        const Cell *c = state_items(s);
        if (c == NULL || !rises(leaf_from, c[leaf]) || !rises(top_from, c[top]))
            continue;
        found = true;
        *out = (struct seek_step){.leaf = leaf, .top = top, .change = change_of(s, &m->at[i])};
        out->leaf_from = leaf_from;
        out->leaf_to = c[leaf];
        out->top_from = top_from;
        out->top_to = c[top];
        Wide lo = c[top].lo - top_from.lo, hi = c[top].hi - top_from.hi;
        out->gain = lo > 0 ? lo : hi;
        out->interval = interval_of(s, &s->rules->item[leaf], lever);
    }
    state_reset(s, lever);
    return found;
}

/* More points for the cost. A gain for nothing comes before all. */
static bool is_better(const struct seek *s, const struct seek_step *a, const struct seek_step *b)
{
    int sa = s->rules->item[a->top].type.scale, sb = s->rules->item[b->top].type.scale;
    Wide x, y;
    if (!wide_mul(&x, a->gain, sa, b->change.cost, SEEK_COST_SCALE, SEEK_COST_SCALE, ROUND_DOWN) ||
        !wide_mul(&y, b->gain, sb, a->change.cost, SEEK_COST_SCALE, SEEK_COST_SCALE, ROUND_DOWN))
        return false;
    return x > y;
}

/* On a branch that 择一 left aside? */
static bool is_aside(struct seek *s, uint32_t leaf)
{
    for (uint32_t i = leaf; s->rules->item[i].parent >= 0; i = (uint32_t)s->rules->item[i].parent) {
        const struct item *up = &s->rules->item[s->rules->item[i].parent];
        Cell c;
        if (up->agg == OP_CHOICE && up->choice != NULL && state_value(s, up->choice, &c) &&
            !cell_is_open(c) && c.lo == c.hi &&
            !str_eq(labels_text(s->work->labels, (uint32_t)c.lo), s->rules->item[i].name))
            return true;
    }
    return false;
}

static bool leaf_step(struct seek *s, uint32_t leaf, struct moves *const *m, struct seek_step *best)
{
    bool any = false;
    uint64_t levers = s->item_trait[1][leaf].levers;
    for (uint32_t l = 0; l < s->lever_n; l++) {
        struct seek_step one;
        if ((levers >> l & 1) == 0 || NEVER(m[l] == NULL) || !step_of(s, leaf, l, m[l], &one))
            continue;
        if (!any || is_better(s, &one, best))
            *best = one;
        any = true;
    }
    return any;
}

static bool is_leaf(const struct item *it)
{
    return it->kind == ITEM_SCORE && it->child_n == 0;
}

static void open_steps(struct seek *s, struct moves **m)
{
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        if (is_leaf(&s->rules->item[i]))
            lever_add_below(s, s->rules->item[i].expr);
    atom_traits(s);
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        if (is_leaf(&s->rules->item[i]))
            mono_keep_divisors(s, s->rules->item[i].expr);
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        if (is_leaf(&s->rules->item[i])) {
            s->walked[i] = true;
            atom_collect(s, s->rules->item[i].expr);
        }
    for (uint32_t l = 0; l < s->lever_n; l++) {
        m[l] = ARENA_NEW(s->keep, struct moves);
        lever_values(s, l, m[l]);
        turn_moves(s, l, 0, m[l]);
        turn_pieces(s, l, m[l]);
    }
}

/* srccheck:params as eval/eval.h has them. */
enum status seek_steps(struct arena *keep, struct seek_step **out, uint32_t *out_n,
                       const struct plan *p, const struct result *res, uint32_t row,
                       const struct seek_opts *o)
{
    struct seek s;
    struct moves *m[LEVERS_MAX] = {NULL};
    struct seek_step *list = ARENA_ARRAY(keep, struct seek_step, STEPS_MAX), one;
    uint32_t n = 0;
    state_open(&s, keep, p, res, row, o);
    open_steps(&s, m);
    for (uint32_t i = 0; i < s.rules->item_n && n < STEPS_MAX; i++) {
        if (!is_leaf(&s.rules->item[i]) || is_aside(&s, i) || !leaf_step(&s, i, m, &one))
            continue;
        uint32_t at = n++;
        for (; at > 0 && is_better(&s, &one, &list[at - 1]); at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
    *out = list;
    *out_n = n;
    state_close(&s);
    return OK;
}
