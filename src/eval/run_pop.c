/* run_pop.c - one population step: peer groups from key columns, then grade/pop.h.
 *
 * Groups are numbered by first sight of their keys; the numbers go no further than pop_apply, whose
 * results do not depend on them. Cost: one pass with a hash table, then the step's own.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "grade/pop.h"

enum { SLOTS_MIN = 64 };

struct grouping {
    const struct plan *plan;
    const struct node *step;
    const Cell *const *key; /* key_n columns */
    uint32_t key_n;
    uint32_t *slot; /* first row of a group + 1 */
    size_t slot_n;
    uint32_t *group; /* the result */
    uint32_t group_n;
};

static enum type_kind key_kind(const struct grouping *g, uint32_t i)
{
    uint32_t at = g->step->arg + g->step->arg_n - g->key_n + i;
    return g->plan->node[g->plan->arg[at]].kind;
}

static bool keys_known(const struct grouping *g, uint32_t row)
{
    for (uint32_t i = 0; i < g->key_n; i++)
        if (!cell_is_definite(key_kind(g, i), g->key[i][row]))
            return false;
    return true;
}

static bool keys_same(const struct grouping *g, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < g->key_n; i++)
        if (g->key[i][a].lo != g->key[i][b].lo)
            return false;
    return true;
}

static size_t keys_slot(const struct grouping *g, uint32_t row)
{
    uint64_t h = 0;
    for (uint32_t i = 0; i < g->key_n; i++) {
        h = (h ^ (uint64_t)g->key[i][row].lo) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    size_t at = h & (g->slot_n - 1);
    while (g->slot[at] != 0 && !keys_same(g, g->slot[at] - 1, row))
        at = (at + 1) & (g->slot_n - 1);
    return at;
}

static void make_groups(struct arena *tmp, struct grouping *g, uint32_t row_n)
{
    g->group = ARENA_ARRAY(tmp, uint32_t, row_n);
    g->slot_n = SLOTS_MIN;
    while (g->slot_n < (size_t)row_n * 2)
        g->slot_n *= 2;
    g->slot = ARENA_ARRAY(tmp, uint32_t, g->slot_n);
    for (uint32_t row = 0; row < row_n; row++) {
        g->group[row] = UINT32_MAX;
        if (!keys_known(g, row))
            continue;
        uint32_t *slot = &g->slot[keys_slot(g, row)];
        if (*slot == 0) {
            *slot = row + 1;
            g->group[row] = g->group_n++;
        } else {
            g->group[row] = g->group[*slot - 1];
        }
    }
}

enum status run_pop(const struct plan *p, uint32_t n, Cell *out, const Cell *const *arg,
                    uint32_t row_n, uint32_t *bad_row)
{
    const struct node *k = &p->node[n];
    const struct pop_step *s = &p->pop[k->ref];
    struct arena *tmp = arena_open();
    struct grouping g = {.plan = p, .step = k, .key = arg + s->x_n, .key_n = k->arg_n - s->x_n};
    make_groups(tmp, &g, row_n);
    struct copeland_in duel = {
        .x = arg, .weight = s->weight, .k = s->x_n, .row_n = row_n, .group = g.group, .to = s->to};
    struct pop_in in = {.x = arg[0],
                        .row_n = row_n,
                        .group = g.group,
                        .group_n = g.group_n,
                        .scale = k->scale_of[0],
                        .to = s->to,
                        .op = s->op,
                        .method = s->method,
                        .min_group = s->min_group,
                        .ascending = s->ascending,
                        .quota_e6 = s->quota_e6,
                        .lo = s->has_lo ? &s->lo : NULL,
                        .hi = s->has_hi ? &s->hi : NULL,
                        .arg = {s->arg[0], s->arg[1], s->arg[2]}};
    *bad_row = 0;
    enum status st = s->op == OP_AGG_COPELAND ? pop_copeland(tmp, out, &duel)
                                              : pop_apply(tmp, out, &in, bad_row);
    arena_close(tmp);
    return st;
}

enum status run_fault(const struct plan *p, const struct dataset *d, uint32_t n, uint32_t row,
                      Cell value, struct diags *ds)
{
    const struct item *it = plan_item_of(p, n);
    enum diag_code code = value.hi == FAULT_REVIEW ? DIAG_DATA_REVIEW : DIAG_DATA_OVERFLOW;
    return diag_add(ds, code, (Span){0, 0}, d->id[row], it->name, NO_ARG);
}

enum status run_pop_fault(const struct plan *p, const struct dataset *d, uint32_t n, enum status st,
                          uint32_t bad_row, struct diags *ds)
{
    if (st != ERR_LIMIT)
        return run_fault(p, d, n, bad_row, CELL_OVERFLOW, ds);
    struct arena *tmp = arena_open();
    Str most = arena_fmt(tmp, "%d", COPELAND_ROWS_MAX);
    (void)diag_add(ds, DIAG_POP_ROWS, (Span){0, 0}, plan_item_of(p, n)->name, most, NO_ARG);
    arena_close(tmp);
    return ERR_LIMIT;
}
