/* run_row.c - one row through every node, for traces and for what-if with a frozen population. */
#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "eval/trace.h"

void row_run_open(struct arena *a, struct row_run *r, const struct plan *p, const struct dataset *d,
                  uint32_t row)
{
    ASSERT(p->magic == PLAN_MAGIC && row < d->row_n);
    *r = (struct row_run){.plan = p, .data = d, .row = row};
    r->value = ARENA_ARRAY(a, Cell, p->node_n);
    r->has = ARENA_ARRAY(a, bool, p->node_n);
    r->in = ARENA_ARRAY(a, struct operand, p->arg_max);
}

void row_run_node(struct row_run *r, uint32_t n)
{
    const struct node *k = &r->plan->node[n];
    r->has[n] = true;
    if (k->op == NODE_CONST) {
        r->value[n] = k->value;
        return;
    }
    if (k->op == NODE_FIELD) {
        r->value[n] = run_load(k, dataset_find(r->data, k->ref, k->period), r->row);
        return;
    }
    for (uint32_t i = 0; i < k->arg_n; i++) {
        uint32_t a = r->plan->arg[k->arg + i];
        r->has[n] &= r->has[a];
        r->in[i] = (struct operand){&r->value[a], 0};
    }
    if (r->has[n])
        kernel_of[k->op](k, r->data->labels, &r->value[n], r->in, 1);
}

/* Places the row's new value among the base's population. */
static enum status frozen_pop(struct row_run *r, const struct result *base, uint32_t n,
                              struct diags *ds)
{
    const struct plan *p = r->plan;
    const struct node *k = &p->node[n];
    uint32_t row_n = base->row_n, bad_row = 0;
    struct arena *tmp = arena_open();
    struct vec *kept = ARENA_ARRAY(tmp, struct vec, p->node_n), out;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        uint32_t a = p->arg[k->arg + i];
        kept[a] = vec_with(tmp, &base->kept->column[a], row_n, r->row, r->value[a]);
    }
    struct peerings *g = peerings_open(tmp, p, row_n);
    run_pop_prepare(g, n, kept);
    enum status st = run_pop(tmp, &out, g, n, kept, &bad_row);
    if (st == OK)
        r->value[n] = vec_cell(&out, r->row);
    r->has[n] = true;
    arena_close(tmp);
    return st == OK ? OK : run_pop_fault(p, r->data, n, st, bad_row, ds);
}

/* srccheck:params as eval/eval.h has them: which row of what, before and after. */
/* srccheck:params a run and a change to it, each with what it needs. */
enum status eval_frozen(struct arena *keep, Cell **cell, const struct plan *p,
                        const struct result *base, const struct dataset *changed, uint32_t row,
                        struct diags *ds)
{
    ASSERT(base->kept != NULL && base->kept->plan == p && changed->row_n == base->row_n);
    struct arena *tmp = arena_open();
    struct row_run r;
    row_run_open(tmp, &r, p, changed, row);
    enum status st = OK;
    for (uint32_t n = 0; n < p->node_n && st == OK; n++) {
        const struct node *k = &p->node[n];
        if (!k->live)
            continue;
        if (k->op == NODE_POP)
            st = frozen_pop(&r, base, n, ds);
        else
            row_run_node(&r, n);
        if (st == OK && k->checked && cell_is_bad(r.value[n]))
            st = run_fault(p, changed, n, row, r.value[n], ds);
    }
    if (st == OK) {
        *cell = ARENA_ARRAY(keep, Cell, p->rules->item_n);
        for (uint32_t i = 0; i < p->rules->item_n; i++)
            (*cell)[i] = r.value[p->item[i]];
    }
    arena_close(tmp);
    return st;
}

struct trace {
    struct row_run run;
};

enum status trace_open(struct arena *keep, struct trace **out, const struct plan *p,
                       const struct result *res, uint32_t row)
{
    ASSERT(res->kept != NULL && res->kept->plan == p);
    struct trace *t = ARENA_NEW(keep, struct trace);
    row_run_open(keep, &t->run, p, res->data, row);
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        if (k->op != NODE_POP) {
            row_run_node(&t->run, n);
        } else if (k->live) {
            t->run.value[n] = vec_cell(&res->kept->column[n], row);
            t->run.has[n] = true;
        }
    }
    *out = t;
    return OK;
}

bool trace_value(const struct trace *t, const struct expr *e, int year_shift, int quarter_shift,
                 Cell *out)
{
    uint32_t n = plan_find(t->run.plan, e, year_shift, quarter_shift);
    if (n == NODE_NONE || !t->run.has[n] || cell_is_bad(t->run.value[n]))
        return false;
    *out = t->run.value[n];
    return true;
}

bool trace_table(const struct trace *t, const struct expr *table_expr, int year_shift,
                 int quarter_shift, enum truth *hit)
{
    const struct plan *p = t->run.plan;
    const struct lowered_table *found = NULL;
    for (size_t i = 0; i < p->table_n && found == NULL; i++)
        if (p->table[i].expr == table_expr && p->table[i].year == year_shift &&
            p->table[i].quarter == quarter_shift)
            found = &p->table[i];
    if (found == NULL)
        return false;
    for (uint32_t i = 0; i < table_expr->table->row_n; i++) {
        uint32_t n = found->row[i];
        bool known = n != NODE_NONE && t->run.has[n] && !cell_is_bad(t->run.value[n]);
        hit[i] = known ? truth_of(t->run.value[n]) : n == NODE_NONE ? TRUTH_NA : TRUTH_UNKNOWN;
    }
    return true;
}
