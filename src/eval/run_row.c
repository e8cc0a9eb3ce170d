/* run_row.c - one row through every node, and the traces made of that. */
#include "base/arena.h"
#include "base/diag.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "eval/trace.h"
#include "grade/pop_move.h"

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

bool row_run_same(const struct row_run *r, uint32_t n, const struct vec *before, uint32_t row)
{
    const struct node *k = &r->plan->node[n];
    bool same = true;
    for (uint32_t i = 0; i < k->arg_n && same; i++) {
        const uint32_t a = r->plan->arg[k->arg + i];
        same = r->has[a] && cell_same(r->value[a], vec_cell(&before[a], row));
    }
    return same;
}

static bool keys_are(const struct row_run *r, const struct peering *p, const struct vec *before,
                     uint32_t row)
{
    for (uint32_t i = 0; i < p->key_n; i++)
        if (vec_cell(&before[p->key[i]], row).lo != r->value[p->key[i]].lo)
            return false;
    return true;
}

uint32_t row_run_group(const struct row_run *r, const struct peering *p, const struct vec *before,
                       uint32_t row)
{
    bool stays = true;
    for (uint32_t i = 0; i < p->key_n; i++) {
        const uint32_t n = p->key[i];
        if (!cell_is_definite(r->plan->node[n].kind, r->value[n]))
            return STAND_NO_GROUP;
        stays = stays && cell_same(r->value[n], vec_cell(&before[n], row));
    }
    if (stays)
        return p->group[row];
    for (uint32_t g = 0, n; g < p->group_n; g++)
        if (keys_are(r, p, before, crowd_rows(p->crowd, g, &n)[0]))
            return g;
    return STAND_ALONE;
}

struct trace {
    struct row_run run;
};

enum status trace_open(struct arena *keep, struct trace **out, const struct plan *p,
                       const struct result *res, uint32_t row)
{
    ASSERT(res->kept != NULL && res->kept->plan == p);
    standing_complete(res);
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
