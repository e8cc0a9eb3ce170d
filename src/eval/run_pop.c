/* run_pop.c - one population step: peer groups from key columns, then grade/pop.h.
 *
 * Groups are numbered by first sight of their keys; the numbers go no further than pop_apply, whose
 * results do not depend on them. Steps with the same keys share the groups. A range of winsorised
 * figures needs no column of these: it lies between the quantiles, to which at least one figure of
 * each end was moved.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/workers.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "grade/pop.h"
#include "grade/pop_column.h"

enum { SLOTS_MIN = 64, DENSE_MAX = 1 << 20 };

struct peerings {
    struct arena *keep;
    const struct plan *plan;
    uint32_t row_n;
    struct peering *at;
    size_t n, cap;
    uint32_t *winsor; /* by node: the WINSOR whose work it does too, or NODE_NONE; NULL: all none */
    bool *left_out;   /* by node: these WINSORs */
};

struct peerings *peerings_open(struct arena *keep, const struct plan *p, uint32_t row_n)
{
    struct peerings *g = ARENA_NEW(keep, struct peerings);
    *g = (struct peerings){.keep = keep, .plan = p, .row_n = row_n};
    return g;
}

/* Keys of any type, by a hash table of rows. */
struct grouping {
    const struct plan *plan;
    const struct peering *of;
    const struct vec *kept;
    uint32_t *slot; /* first row of a group + 1 */
    size_t slot_n;
};

static Cell key_at(const struct grouping *g, uint32_t i, uint32_t row)
{
    return vec_cell(&g->kept[g->of->key[i]], row);
}

static bool keys_known(const struct grouping *g, uint32_t row)
{
    for (uint32_t i = 0; i < g->of->key_n; i++)
        if (!cell_is_definite(g->plan->node[g->of->key[i]].kind, key_at(g, i, row)))
            return false;
    return true;
}

static bool keys_same(const struct grouping *g, uint32_t a, uint32_t b)
{
    for (uint32_t i = 0; i < g->of->key_n; i++)
        if (key_at(g, i, a).lo != key_at(g, i, b).lo)
            return false;
    return true;
}

static size_t keys_slot(const struct grouping *g, uint32_t row)
{
    uint64_t h = 0;
    for (uint32_t i = 0; i < g->of->key_n; i++) {
        h = (h ^ (uint64_t)key_at(g, i, row).lo) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    size_t at = h & (g->slot_n - 1);
    while (g->slot[at] != 0 && !keys_same(g, g->slot[at] - 1, row))
        at = (at + 1) & (g->slot_n - 1);
    return at;
}

static void group_by_hash(struct peering *p, const struct plan *plan, const struct vec *kept,
                          uint32_t row_n)
{
    struct arena *tmp = arena_open();
    struct grouping g = {.plan = plan, .of = p, .kept = kept, .slot_n = SLOTS_MIN};
    while (g.slot_n < (size_t)row_n * 2)
        g.slot_n *= 2;
    g.slot = ARENA_ARRAY(tmp, uint32_t, g.slot_n);
    for (uint32_t row = 0; row < row_n; row++) {
        p->group[row] = UINT32_MAX;
        if (!keys_known(&g, row))
            continue;
        uint32_t *slot = &g.slot[keys_slot(&g, row)];
        if (*slot == 0) {
            *slot = row + 1;
            p->group[row] = p->group_n++;
        } else {
            p->group[row] = p->group[*slot - 1];
        }
    }
    arena_close(tmp);
}

/* The least and the greatest definite value of a key; false: none, or not narrow. */
static bool key_range(const struct vec *v, uint32_t row_n, int64_t *lo, int64_t *hi)
{
    *lo = INT64_MAX;
    *hi = INT64_MIN;
    for (uint32_t row = 0; row < row_n && v->type != VEC_CELL; row++) {
        if (vec_is_open(v, row))
            continue;
        int64_t x = vec_int(v->type, v->lo, row);
        *lo = x < *lo ? x : *lo;
        *hi = x > *hi ? x : *hi;
    }
    return *lo <= *hi;
}

/* Keys that are few small integers (codes of labels, years, size classes): each combination is a
 * number, and the numbers that occur are counted through. */
static bool group_by_number(struct peering *p, const struct plan *plan, const struct vec *kept,
                            uint32_t row_n)
{
    uint64_t all = 1;
    for (uint32_t i = 0; i < p->key_n; i++) {
        const struct vec v = kept[p->key[i]]; /* a copy stays what it is while groups are written */
        int64_t lo, hi;
        if (plan->node[p->key[i]].kind == TYPE_TRUTH || !key_range(&v, row_n, &lo, &hi))
            return false;
        uint64_t span = (uint64_t)hi - (uint64_t)lo + 1;
        if (span == 0 || span > DENSE_MAX || all * span > DENSE_MAX)
            return false;
        for (uint32_t row = 0; row < row_n; row++) {
            uint64_t x = (uint64_t)vec_int(v.type, v.lo, row) - (uint64_t)lo;
            bool out = vec_is_open(&v, row) || p->group[row] == UINT32_MAX;
            p->group[row] = out ? UINT32_MAX : (uint32_t)(p->group[row] + all * x);
        }
        all *= span;
    }
    struct arena *tmp = arena_open();
    uint32_t *number = ARENA_ARRAY(tmp, uint32_t, all);
    for (uint32_t row = 0; row < row_n; row++) {
        if (p->group[row] == UINT32_MAX)
            continue;
        uint32_t *at = &number[p->group[row]];
        *at = *at != 0 ? *at : ++p->group_n;
        p->group[row] = *at - 1;
    }
    arena_close(tmp);
    return true;
}

/* Are they the peers of step `n`? */
static bool is_peering_of(const struct peering *p, const struct plan *plan, uint32_t n)
{
    const struct node *k = &plan->node[n];
    const uint32_t x_n = plan->pop[k->ref].x_n;
    return p->key_n == k->arg_n - x_n && (p->key_n == 0 || memcmp(p->key, &plan->arg[k->arg + x_n],
                                                                  p->key_n * sizeof *p->key) == 0);
}

struct peering *run_pop_peers(const struct peerings *g, uint32_t n)
{
    for (size_t i = 0; i < g->n; i++)
        if (is_peering_of(&g->at[i], g->plan, n))
            return &g->at[i];
    return NULL;
}

static bool is_needed_behind(const struct peerings *g, const struct peering *p, uint32_t phase)
{
    for (uint32_t f = phase + 1; f < g->plan->phase_n; f++)
        for (uint32_t i = 0; i < g->plan->phase[f].pop_n; i++)
            if (is_peering_of(p, g->plan, g->plan->phase[f].pop[i]))
                return true;
    return false;
}

void run_pop_forget(struct peerings *g, uint32_t phase)
{
    for (size_t i = g->n; i-- > 0;)
        if (!is_needed_behind(g, &g->at[i], phase)) {
            arena_close_child(g->keep, g->at[i].arena);
            g->at[i] = g->at[--g->n];
        }
}

/* Peerings that are being made: those from `first` on. */
struct gathering {
    struct peerings *g;
    size_t first;
    const struct vec *kept;
};

static void group_job(void *arg, uint32_t i)
{
    const struct gathering *m = arg;
    const struct peerings *g = m->g;
    struct peering *p = &g->at[m->first + i];
    p->group = ARENA_ARRAY(p->arena, uint32_t, g->row_n);
    if (!group_by_number(p, g->plan, m->kept, g->row_n)) {
        p->group_n = 0;
        group_by_hash(p, g->plan, m->kept, g->row_n);
    }
    p->order = peer_order_open(p->arena, p->group, p->group_n, g->row_n);
}

/* The peering of step `n`, unless it is there, or one of its keys is not. */
static void add_peering(struct peerings *g, uint32_t n, const struct vec *kept)
{
    const struct node *k = &g->plan->node[n];
    const uint32_t x_n = g->plan->pop[k->ref].x_n;
    struct peering p = {.key = &g->plan->arg[k->arg + x_n], .key_n = k->arg_n - x_n};
    bool ready = run_pop_peers(g, n) == NULL;
    for (uint32_t i = 0; i < p.key_n; i++)
        ready = ready && kept[p.key[i]].lo != NULL;
    if (!ready)
        return;
    p.arena = arena_child(g->keep);
    VEC_PUSH(g->keep, g->at, g->n, g->cap) = p;
}

void run_pop_prepare(struct peerings *g, uint32_t n, const struct vec *kept)
{
    struct gathering m = {g, g->n, kept};
    add_peering(g, n, kept);
    if (g->n > m.first)
        group_job(&m, 0);
}

void run_pop_prepare_phase(struct peerings *g, uint32_t phase, const struct vec *kept,
                           struct workers *w)
{
    const struct plan *p = g->plan;
    struct gathering m = {g, g->n, kept};
    const uint32_t end = workers_n(w) > 1 ? p->phase_n : phase + 1;
    for (uint32_t f = phase; f < end; f++)
        for (uint32_t i = 0; i < p->phase[f].pop_n; i++)
            if (!run_pop_left_out(g, p->phase[f].pop[i]))
                add_peering(g, p->phase[f].pop[i], kept);
    workers_run(w, group_job, &m, (uint32_t)(g->n - m.first));
}

void run_narrow(struct arena *keep, struct pop_out *out, const Cell *cell, uint32_t row_n)
{
    Wide lo = 0, hi = 0;
    bool open = false;
    for (uint32_t row = 0; row < row_n; row++) {
        const Wide end[2] = {cell[row].lo, cell[row].hi};
        open |= end[0] != end[1];
        for (int i = 0; i < 2; i++) {
            if (end[i] == WIDE_INF || end[i] == -WIDE_INF)
                continue;
            lo = end[i] < lo ? end[i] : lo;
            hi = end[i] > hi ? end[i] : hi;
        }
    }
    enum vec_type t = vec_type_of(lo, hi);
    *out = (struct pop_out){.least = lo, .most = hi};
    out->column = vec_make(keep, t < VEC_I32 ? VEC_I32 : t, row_n, open);
    for (uint32_t row = 0; row < row_n; row++)
        vec_set(&out->column, row, cell[row]);
}

bool run_pop_same_keys(const struct plan *p, const struct node *a, const struct node *b)
{
    return a->arg_n == b->arg_n && a->arg_n > 0 &&
           memcmp(&p->arg[a->arg + 1], &p->arg[b->arg + 1], (a->arg_n - 1) * sizeof *p->arg) == 0;
}

/* Node of the WINSOR below a MINMAX that can do its work, or NODE_NONE. */
static uint32_t winsor_below(const struct plan *p, const struct node *k)
{
    if (k->op != NODE_POP || p->pop[k->ref].op != OP_MINMAX)
        return NODE_NONE;
    const struct pop_step *s = &p->pop[k->ref];
    const struct node *below = &p->node[p->arg[k->arg]];
    if (below->op != NODE_POP || p->pop[below->ref].op != OP_WINSOR ||
        !run_pop_same_keys(p, k, below))
        return NODE_NONE;
    const struct pop_step *w = &p->pop[below->ref];
    const bool plain = !s->has_lo && !s->has_hi && s->min_group == 0 && w->min_group == 0;
    const bool exact = w->to >= below->scale_of[0] && w->arg[0] <= w->arg[1];
    return plain && exact ? p->arg[k->arg] : NODE_NONE;
}

/* How many nodes read each, and whether the result does. */
static uint32_t *count_readers(struct arena *tmp, const struct plan *p)
{
    uint32_t *reader_n = ARENA_ARRAY(tmp, uint32_t, p->node_n);
    for (size_t n = 0; n < p->node_n; n++)
        for (uint32_t i = 0; p->node[n].live && i < p->node[n].arg_n; i++)
            reader_n[p->arg[p->node[n].arg + i]]++;
    for (uint32_t i = 0; i < p->rules->item_n; i++)
        reader_n[p->item[i]]++;
    return reader_n;
}

void run_pop_fuse(struct peerings *g)
{
    const struct plan *p = g->plan;
    const uint32_t *reader_n = count_readers(g->keep, p);
    g->winsor = ARENA_ARRAY(g->keep, uint32_t, p->node_n);
    g->left_out = ARENA_ARRAY(g->keep, bool, p->node_n);
    for (size_t n = 0; n < p->node_n; n++) {
        const uint32_t w = p->node[n].live ? winsor_below(p, &p->node[n]) : NODE_NONE;
        g->winsor[n] = w != NODE_NONE && reader_n[w] == 1 ? w : NODE_NONE;
        if (g->winsor[n] != NODE_NONE)
            g->left_out[w] = true;
    }
}

bool run_pop_left_out(const struct peerings *g, uint32_t n)
{
    return g->left_out != NULL && g->left_out[n];
}

static uint32_t fused_of(const struct peerings *g, uint32_t n)
{
    return g->winsor == NULL ? NODE_NONE : g->winsor[n];
}

uint32_t run_pop_x(const struct peerings *g, uint32_t n)
{
    const uint32_t w = fused_of(g, n);
    return g->plan->arg[g->plan->node[w == NODE_NONE ? n : w].arg];
}

static const Cell **columns_of(struct arena *tmp, const struct peerings *g, uint32_t n,
                               const struct vec *kept)
{
    const struct node *k = &g->plan->node[n];
    const uint32_t x_n = g->plan->pop[k->ref].x_n;
    const Cell **x = ARENA_ARRAY(tmp, const Cell *, x_n);
    for (uint32_t i = 0; i < x_n; i++)
        x[i] = vec_cells(tmp, &kept[i == 0 ? run_pop_x(g, n) : g->plan->arg[k->arg + i]], g->row_n);
    return x;
}

struct pop_in run_pop_in(const struct plan *p, uint32_t n, const struct peering *peers,
                         uint32_t row_n)
{
    const struct node *k = &p->node[n];
    const struct pop_step *s = &p->pop[k->ref];
    return (struct pop_in){.row_n = row_n,
                           .group = peers->group,
                           .group_n = peers->group_n,
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
}

/* The same with the work of a step that is left out. */
static struct pop_in fused_in(const struct peerings *g, uint32_t n)
{
    struct pop_in in = run_pop_in(g->plan, n, run_pop_peers(g, n), g->row_n);
    const uint32_t w = fused_of(g, n);
    if (w == NODE_NONE)
        return in;
    const struct pop_step *winsor = &g->plan->pop[g->plan->node[w].ref];
    in.winsorised = true;
    in.mid = winsor->to;
    in.scale = g->plan->node[w].scale_of[0];
    in.arg[0] = winsor->arg[0];
    in.arg[1] = winsor->arg[1];
    return in;
}

/* On whole Cells: what is not for narrow columns. */
static enum status pop_by_cells(struct arena *keep, struct pop_out *out, const struct peerings *g,
                                uint32_t n, const struct vec *kept)
{
    const struct pop_step *s = &g->plan->pop[g->plan->node[n].ref];
    struct arena *tmp = arena_open();
    const Cell **x = columns_of(tmp, g, n, kept);
    struct pop_in in = fused_in(g, n);
    in.x = x[0];
    struct copeland_in duel = {.x = x,
                               .weight = s->weight,
                               .k = s->x_n,
                               .row_n = g->row_n,
                               .group = in.group,
                               .to = s->to};
    Cell *cell = ARENA_ARRAY(tmp, Cell, g->row_n);
    enum status st = s->op == OP_AGG_COPELAND ? pop_copeland(tmp, cell, &duel)
                                              : pop_apply(tmp, cell, &in, &out->bad_row);
    if (st == OK)
        run_narrow(keep, out, cell, g->row_n);
    arena_close(tmp);
    return st;
}

enum status run_pop(struct arena *keep, struct pop_out *out, struct peerings *g, uint32_t n,
                    const struct vec *kept, struct workers *w)
{
    const struct pop_in in = fused_in(g, n);
    const struct vec *x = &kept[run_pop_x(g, n)];
    *out = (struct pop_out){.bad_row = 0};
    if (in.op != OP_AGG_COPELAND && pop_column_can(&in, x))
        return pop_column(keep, out, &in, x, run_pop_peers(g, n)->order, w);
    return pop_by_cells(keep, out, g, n, kept);
}

enum status run_pop_few(struct arena *keep, struct pop_out *out, const struct plan *p, uint32_t n,
                        struct pop_few *few)
{
    struct peerings g = {.keep = keep, .plan = p, .row_n = few->row_n, .at = &few->who, .n = 1};
    struct vec *kept = ARENA_ARRAY(keep, struct vec, p->node_n);
    kept[run_pop_x(&g, n)] = few->x;
    few->who.order = peer_order_open(keep, few->who.group, few->who.group_n, few->row_n);
    return run_pop(keep, out, &g, n, kept, NULL);
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
