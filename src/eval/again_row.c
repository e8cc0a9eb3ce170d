/* again_row.c - where the facts of one row alone have changed, row nodes change in that row alone.
 *
 * The row goes through the plan as for a trace. A column that was kept is taken with the row's new
 * cell in it; what only it needs is not computed. A population step that it moves is taken with its
 * peers placed anew (again_pop.c); behind it all rows are run, unless nobody but the row has got
 * anything else. Cells that a column has no room for, and bad ones, are left to the run.
 *
 * Cost: finding the row, O(rows) a changed column; the row; a copy of each kept column that
 * differs; the peers.
 */
#include <string.h>

#include "base/arena.h"
#include "col/dataset.h"
#include "eval/again_int.h"
#include "eval/cell.h"

#define ROW_NONE UINT32_MAX

/* ---- which row ---- */

/* Is a word of rows the same to the byte? */
static bool same_word(const struct column *a, const struct column *b, uint32_t w, uint32_t row_n)
{
    const size_t left = row_n - (size_t)w * WORD_ROWS, n = left < WORD_ROWS ? left : WORD_ROWS;
    if (a == NULL || b == NULL || a->type != b->type || a->missing[w] != b->missing[w])
        return false;
    const size_t size = vec_size(a->type), at = (size_t)w * WORD_ROWS * size;
    return memcmp((const char *)a->value + at, (const char *)b->value + at, n * size) == 0;
}

static bool differs_at(const struct column *a, const struct column *b, uint32_t row)
{
    const bool in_a = a != NULL && column_has(a, row), in_b = b != NULL && column_has(b, row);
    return in_a != in_b || (in_a && column_value(a, row) != column_value(b, row));
}

/* The row whose facts differ, of a word of rows. False: there is one besides what was found. */
static bool look_at_word(uint32_t *found, const struct column *a, const struct column *b,
                         uint32_t w, uint32_t row_n)
{
    if (same_word(a, b, w, row_n))
        return true;
    for (uint32_t i = 0; i < WORD_ROWS && w * WORD_ROWS + i < row_n; i++) {
        const uint32_t row = w * WORD_ROWS + i;
        if (row == *found || !differs_at(a, b, row))
            continue;
        if (*found != ROW_NONE)
            return false;
        *found = row;
    }
    return true;
}

/* The only row whose facts differ, the first if none does; ROW_NONE: there is another. */
static uint32_t changed_row(const struct row_change *c)
{
    uint32_t found = ROW_NONE;
    for (uint32_t n = 0; n < c->plan->node_n; n++) {
        const struct node *k = &c->plan->node[n];
        if (k->op != NODE_FIELD || !k->live || c->match[n] != NODE_NONE)
            continue;
        const struct column *was = dataset_find(c->base->data, k->ref, k->period);
        const struct column *is = dataset_find(c->data, k->ref, k->period);
        for (uint32_t w = 0; w < vec_words(c->base->row_n); w++)
            if (!look_at_word(&found, was, is, w, c->base->row_n))
                return ROW_NONE;
    }
    return found == ROW_NONE ? 0 : found;
}

/* ---- what it becomes ---- */

/* What is known of the column with the cell in it. */
static void widen_fact(struct fact *f, const struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const Cell cell = a->run.value[n];
    const bool definite = cell_is_definite(p->node[n].kind, cell);
    const Wide lo = cell_finite(cell.lo), hi = cell_finite(cell.hi);
    if (f->constant)
        f->open |= !cell_is_definite(p->node[n].kind, f->blank);
    f->constant = false;
    f->open |= !definite;
    f->range.lo = lo < f->range.lo ? lo : f->range.lo;
    f->range.hi = hi > f->range.hi ? hi : f->range.hi;
    if (f->gap == NODE_NONE)
        return;
    const struct node *field = &p->node[f->gap];
    const struct column *facts = dataset_find(a->change->data, field->ref, field->period);
    const bool blank = facts == NULL || !column_has(facts, a->run.row);
    if (facts == NULL || (blank ? !cell_same(cell, f->blank) : !definite))
        f->gap = NODE_NONE;
}

/* The node's column with the row's cell in it. False: it is not kept, or has no room. */
static bool give(struct again *a, uint32_t n)
{
    const struct result *base = a->change->base;
    const Cell cell = a->run.value[n];
    const bool definite = cell_is_definite(a->change->plan->node[n].kind, cell);
    struct vec v = base->kept->column[n];
    if (v.lo == NULL || cell_is_bad(cell))
        return false;
    if (!cell_same(vec_cell(&v, a->run.row), cell)) {
        vec_own(a->keep, &v, base->row_n,
                !definite && (v.blank == NULL || !cell_same(cell, *v.blank)));
        if (!vec_put(&v, a->run.row, cell, definite))
            return false;
    }
    a->given->column[n] = v;
    a->given->fact[n] = base->kept->fact[n];
    widen_fact(&a->given->fact[n], a, n);
    return true;
}

/* Nodes behind a step whose peers have changed have no value. */
static bool run_node(struct again *a, uint32_t n, bool given)
{
    const struct node *k = &a->change->plan->node[n];
    const struct vec *before = a->change->base->kept->column;
    if (k->op != NODE_POP)
        row_run_node(&a->run, n);
    else if (!given && !row_run_same(&a->run, n, before, a->run.row))
        return again_pop(a, n);
    else {
        a->run.value[n] = vec_cell(&before[n], a->run.row);
        a->run.has[n] = true;
    }
    return given || (a->run.has[n] && give(a, n));
}

void again_row(struct arena *keep, struct plan *rest, struct given *g, const struct row_change *c)
{
    const uint32_t row = changed_row(c);
    if (row >= c->base->row_n)
        return;
    struct again a = {.keep = keep, .tmp = arena_open(), .change = c, .given = g};
    a.spread = ARENA_ARRAY(a.tmp, bool, c->plan->node_n);
    a.peers = peerings_open(a.tmp, c->plan, c->base->row_n);
    run_pop_fuse(a.peers);
    row_run_open(a.tmp, &a.run, c->plan, c->data, row);
    for (uint32_t n = 0; n < c->plan->node_n; n++) {
        const struct node *k = &c->plan->node[n];
        struct node *out = &rest->node[n];
        if (k->live && run_node(&a, n, out->given) && k->op != NODE_FIELD && k->op != NODE_CONST)
            out->given = out->kept = true;
    }
    arena_close(a.tmp);
}
