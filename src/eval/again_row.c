/* again_row.c - where the facts of one row alone have changed, row nodes change in that row alone.
 *
 * The row goes through the plan as for a trace, up to the population steps that it moves. A column
 * that was kept is taken with the row's new cell in it; what only it needs is not computed. Cells
 * that a column has no room for, and bad ones, are left to the run.
 *
 * Cost: finding the row, O(rows) a changed column; the row; a copy of each kept column that
 * differs.
 */
#include <string.h>

#include "base/arena.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"

#define ROW_NONE UINT32_MAX

/* ---- which row ---- */

static bool differs_at(const struct column *a, const struct column *b, uint32_t row)
{
    const bool in_a = a != NULL && column_has(a, row), in_b = b != NULL && column_has(b, row);
    return in_a != in_b || (in_a && column_value(a, row) != column_value(b, row));
}

/* The only row whose facts differ; ROW_NONE: there is none, or another. */
static uint32_t changed_row(const struct row_change *c)
{
    uint32_t found = ROW_NONE;
    for (uint32_t n = 0; n < c->plan->node_n; n++) {
        const struct node *k = &c->plan->node[n];
        if (k->op != NODE_FIELD || !k->live || c->match[n] != NODE_NONE)
            continue;
        const struct column *was = dataset_find(c->base->data, k->ref, k->period);
        const struct column *is = dataset_find(c->data, k->ref, k->period);
        for (uint32_t row = 0; row < c->base->row_n; row++) {
            if (row == found || !differs_at(was, is, row))
                continue;
            if (found != ROW_NONE)
                return ROW_NONE;
            found = row;
        }
    }
    return found;
}

/* ---- what it becomes ---- */

/* Nodes before any population step that has moved have a value. */
static void run_row(struct row_run *r, const struct row_change *c)
{
    for (uint32_t n = 0; n < c->plan->node_n; n++) {
        const struct node *k = &c->plan->node[n];
        if (!k->live)
            continue;
        if (k->op != NODE_POP) {
            row_run_node(r, n);
        } else if (c->match[n] != NODE_NONE) {
            r->value[n] = vec_cell(&c->base->kept->column[n], r->row);
            r->has[n] = true;
        }
    }
}

static Wide finite(Wide end)
{
    return end == WIDE_INF || end == -WIDE_INF ? 0 : end;
}

static void *copy(struct arena *keep, const void *from, size_t n)
{
    return from == NULL ? NULL : memcpy(arena_raw(keep, n, 1), from, n);
}

/* The column with another cell in the row; false: it has no room for it. */
static bool put(struct arena *keep, struct vec *v, size_t row_n, uint32_t row, const Cell *c,
                bool definite)
{
    const bool room = definite ? v->type != VEC_CELL || v->blank == NULL
                               : v->blank == NULL && (v->type == VEC_CELL || v->open != NULL);
    const Wide lo = finite(c->lo), hi = finite(c->hi);
    if (!room || vec_type_of(lo, hi) > v->type || vec_type_of(hi, lo) > v->type)
        return false;
    v->lo = copy(keep, v->lo, row_n * vec_size(v->type));
    v->hi = copy(keep, v->hi, row_n * vec_size(v->type));
    v->open = copy(keep, v->open, vec_words(row_n) * sizeof *v->open);
    if (definite)
        vec_set(v, row, *c);
    else
        vec_set_open(v, row, *c);
    return true;
}

/* What is known of the column with the cell in it. */
static void widen_fact(struct fact *f, const struct row_change *c, const struct row_run *r,
                       uint32_t n)
{
    const enum type_kind kind = c->plan->node[n].kind;
    const Cell cell = r->value[n];
    const bool definite = cell_is_definite(kind, cell);
    const Wide lo = finite(cell.lo), hi = finite(cell.hi);
    if (f->constant)
        f->open |= !cell_is_definite(kind, f->blank);
    f->constant = false;
    f->open |= !definite;
    f->range.lo = lo < f->range.lo ? lo : f->range.lo;
    f->range.hi = hi > f->range.hi ? hi : f->range.hi;
    if (f->gap == NODE_NONE)
        return;
    const struct node *field = &c->plan->node[f->gap];
    const struct column *facts = dataset_find(c->data, field->ref, field->period);
    const bool blank = facts == NULL || !column_has(facts, r->row);
    if (facts == NULL || (blank ? !cell_same(cell, f->blank) : !definite))
        f->gap = NODE_NONE;
}

void again_row(struct arena *keep, struct plan *rest, struct given *g, const struct row_change *c)
{
    const struct kept *was = c->base->kept;
    const uint32_t row = changed_row(c);
    if (row == ROW_NONE)
        return;
    struct row_run r;
    struct arena *tmp = arena_open();
    row_run_open(tmp, &r, c->plan, c->data, row);
    run_row(&r, c);
    for (uint32_t n = 0; n < c->plan->node_n; n++) {
        const struct node *k = &c->plan->node[n];
        struct vec v = was->column[n];
        if (!r.has[n] || !k->live || v.lo == NULL || rest->node[n].given || k->op == NODE_FIELD ||
            k->op == NODE_CONST || k->op == NODE_POP || cell_is_bad(r.value[n]))
            continue;
        g->fact[n] = was->fact[n];
        if (!cell_same(vec_cell(&v, row), r.value[n]) &&
            !put(keep, &v, c->base->row_n, row, &r.value[n], cell_is_definite(k->kind, r.value[n])))
            continue;
        widen_fact(&g->fact[n], c, &r, n);
        g->column[n] = v;
        rest->node[n].given = rest->node[n].kept = true;
    }
    arena_close(tmp);
}
