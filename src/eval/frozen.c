/* frozen.c - what-if with a frozen population: one row through the plan, the others as they were.
 *
 * Row nodes are computed for that row alone. At a population step the row is placed among its peers
 * by grade/pop_move.h, which keeps them in order; so a question after the first ones costs a kernel
 * a node and some binary searches a step. Copeland alone has no order to search: its row meets all
 * others each time.
 *
 * The key of a group that a row comes into is looked for among the first rows of all groups:
 * O(groups), and only where a key has changed.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "grade/pop_column.h"
#include "grade/pop_move.h"

struct standing {
    struct arena *arena; /* what is kept lives with the result */
    struct peerings *peers;
    struct stand **stand; /* by node; NULL until its step is asked about */
};

struct standing *standing_open(struct arena *keep)
{
    struct standing *s = ARENA_NEW(keep, struct standing);
    s->arena = arena_child(keep);
    return s;
}

struct peering *standing_peers(const struct result *base, uint32_t n)
{
    struct standing *s = base->kept->standing;
    if (s->peers == NULL) {
        s->peers = peerings_open(s->arena, base->kept->plan, base->row_n);
        s->stand = ARENA_ARRAY(s->arena, struct stand *, base->kept->plan->node_n);
    }
    run_pop_prepare(s->peers, n, base->kept->column);
    struct peering *p = run_pop_peers(s->peers, n);
    if (p->crowd == NULL)
        p->crowd = crowd_of(s->arena, p->group, p->group_n, base->row_n);
    return p;
}

void standing_complete(const struct result *base)
{
    const struct kept *kept = base->kept;
    for (uint32_t n = 0; n < kept->plan->node_n && !ENGINE_IS_SMALL; n++) {
        const struct node *k = &kept->plan->node[n];
        struct pop_out out;
        if (k->op != NODE_POP || !k->live || kept->column[n].lo != NULL)
            continue;
        (void)standing_peers(base, n);
        enum status st =
            run_pop(kept->standing->arena, &out, kept->standing->peers, n, kept->column, NULL);
        ASSERT(st == OK); /* its figures have 64 bits */
        kept->column[n] = out.column;
        fact_of_pop(&kept->fact[n], &out);
    }
}

/* One question. */
struct asked {
    struct arena *tmp;
    struct row_run run;
    const struct result *base;
    uint32_t row; /* of the base */
};

static Cell cell_before(const struct asked *a, uint32_t n)
{
    return vec_cell(&a->base->kept->column[n], a->row);
}

static uint32_t group_now(const struct asked *a, const struct peering *p)
{
    return row_run_group(&a->run, p, a->base->kept->column, a->row);
}

static enum status move_in_order(struct asked *a, const struct peering *p, uint32_t n)
{
    const struct plan *plan = a->run.plan;
    const uint32_t x = plan->arg[plan->node[n].arg];
    struct standing *s = a->base->kept->standing;
    if (s->stand[n] == NULL) {
        const struct pop_in in = run_pop_in(plan, n, p, a->base->row_n);
        s->stand[n] = stand_open(s->arena, &in, &a->base->kept->column[x], p->crowd);
    }
    const struct move m = {p->group[a->row], group_now(a, p), cell_before(a, x), a->run.value[x]};
    return stand_move(&a->run.value[n], s->stand[n], &m) ? OK : ERR_INPUT;
}

static enum status meet_all(struct asked *a, const struct peering *p, uint32_t n)
{
    const struct plan *plan = a->run.plan;
    const struct node *k = &plan->node[n];
    const struct pop_step *s = &plan->pop[k->ref];
    const uint32_t row_n = a->base->row_n;
    const Cell **x = ARENA_ARRAY(a->tmp, const Cell *, s->x_n);
    for (uint32_t i = 0; i < s->x_n; i++) {
        const uint32_t arg = plan->arg[k->arg + i];
        Cell *column = vec_cells(a->tmp, &a->base->kept->column[arg], row_n);
        column[a->row] = a->run.value[arg];
        x[i] = column;
    }
    uint32_t *group = ARENA_ARRAY(a->tmp, uint32_t, row_n);
    for (uint32_t i = 0; i < row_n; i++)
        group[i] = p->group[i];
    group[a->row] = group_now(a, p);
    const struct copeland_in in = {.x = x,
                                   .weight = s->weight,
                                   .k = s->x_n,
                                   .row_n = row_n,
                                   .group = group,
                                   .to = s->to,
                                   .only = &a->row};
    Cell *out = ARENA_ARRAY(a->tmp, Cell, row_n);
    TRY(pop_copeland(a->tmp, out, &in));
    a->run.value[n] = out[a->row];
    return OK;
}

static enum status step(struct asked *a, uint32_t n, struct diags *ds)
{
    const struct plan *p = a->run.plan;
    a->run.has[n] = true;
    if (row_run_same(&a->run, n, a->base->kept->column, a->row)) {
        a->run.value[n] = cell_before(a, n);
        return OK;
    }
    const struct peering *peers = standing_peers(a->base, n);
    const bool duels = p->pop[p->node[n].ref].op == OP_AGG_COPELAND;
    enum status st = duels ? meet_all(a, peers, n) : move_in_order(a, peers, n);
    return st == OK ? OK : run_pop_fault(p, a->run.data, n, st, a->run.row, ds);
}

/* srccheck:params as eval/eval.h has them: which row of what, before and after. */
enum status eval_frozen(struct arena *keep, Cell **cell, const struct plan *p,
                        const struct result *base, const struct dataset *changed, uint32_t row,
                        struct diags *ds)
{
    ASSERT(base->kept->standing != NULL && base->kept->plan == p && row < base->row_n);
    ASSERT(changed->row_n == base->row_n || changed->row_n == 1);
    struct asked a = {.tmp = arena_open(), .base = base, .row = row};
    standing_complete(base);
    row_run_open(a.tmp, &a.run, p, changed, changed->row_n == base->row_n ? row : 0);
    enum status st = OK;
    for (uint32_t n = 0; n < p->node_n && st == OK; n++) {
        const struct node *k = &p->node[n];
        if (!k->live)
            continue;
        if (k->op == NODE_POP)
            st = step(&a, n, ds);
        else
            row_run_node(&a.run, n);
        if (st == OK && k->checked && cell_is_bad(a.run.value[n]))
            st = run_fault(p, changed, n, a.run.row, a.run.value[n], ds);
    }
    if (st == OK) {
        *cell = ARENA_ARRAY(keep, Cell, p->rules->item_n);
        for (uint32_t i = 0; i < p->rules->item_n; i++)
            (*cell)[i] = a.run.value[p->item[i]];
    }
    arena_close(a.tmp);
    return st;
}
