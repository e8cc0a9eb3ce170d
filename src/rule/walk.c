#include "rule/walk.h"

#include "base/arena.h"

static const struct table **seen_slot(const struct walker *w, const struct table *t)
{
    size_t i = ((uintptr_t)t >> 4) * 0x9E3779B1u & (w->cap - 1);
    while (w->seen[i] != NULL && w->seen[i] != t)
        i = (i + 1) & (w->cap - 1);
    return &w->seen[i];
}

/* False: met before. */
static bool meet(struct walker *w, const struct table *t)
{
    if (w->n * 2 >= w->cap) {
        struct walker old = *w;
        w->cap = old.cap == 0 ? 64 : old.cap * 2;
        w->seen = ARENA_ARRAY(w->tmp, const struct table *, w->cap);
        for (size_t i = 0; i < old.cap; i++)
            if (old.seen[i] != NULL)
                *seen_slot(w, old.seen[i]) = old.seen[i];
    }
    const struct table **slot = seen_slot(w, t);
    if (*slot == t)
        return false;
    *slot = t;
    w->n++;
    return true;
}

void walk_list(struct walker *w, struct expr *const *e, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        walk_expr(w, e[i]);
}

static void walk_row(struct walker *w, const struct table *t, const struct table_row *row)
{
    for (uint32_t i = 0; i < t->input_n; i++)
        for (uint32_t k = 0; k < row->cell[i].test_n; k++) {
            walk_expr(w, row->cell[i].test[k].lo);
            walk_expr(w, row->cell[i].test[k].hi);
        }
    walk_expr(w, row->result);
}

void walk_pop(struct walker *w, const struct pop *pop)
{
    if (pop == NULL)
        return;
    walk_list(w, pop->by, pop->by_n);
    walk_expr(w, pop->lo);
    walk_expr(w, pop->hi);
}

void walk_expr(struct walker *w, const struct expr *e)
{
    if (e == NULL || (e->kind == EXPR_TABLE && !meet(w, e->table)))
        return;
    w->visit(w->arg, e);
    walk_list(w, e->arg, e->arg_n);
    walk_expr(w, e->since);
    walk_pop(w, e->pop);
    if (e->kind != EXPR_TABLE)
        return;
    walk_list(w, e->table->input, e->table->input_n);
    for (uint32_t i = 0; i < e->table->row_n; i++)
        walk_row(w, e->table, &e->table->row[i]);
}
