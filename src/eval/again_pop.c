/* again_pop.c - a population step again, where one row has moved: only its peers are placed anew.
 *
 * The row leaves a group and comes into one, mostly the same. Everybody in these two is a
 * population of its own to the step; all others get what they had. Where all of the peers get what
 * they had too, nothing but the row has changed behind the step either.
 *
 * Cost: the step over the rows of these groups; a copy of its column.
 */
#include <string.h>

#include "base/arena.h"
#include "col/dataset.h"
#include "eval/again_int.h"
#include "eval/cell.h"
#include "grade/pop_column.h"
#include "grade/pop_move.h"

enum { FROM, TO, GROUPS };

/* A step, and who is placed by it. */
struct placing_anew {
    struct again *a;
    uint32_t node, x;
    uint32_t *row; /* the last is the row that moved */
    struct pop_few few;
};

/* The groups by their keys as they were. */
static struct peering *peers_before(struct again *a, uint32_t n)
{
    const struct row_change *c = a->change;
    run_pop_prepare(a->peers, n, c->base->kept->column);
    struct peering *p = run_pop_peers(a->peers, n);
    if (p->crowd == NULL)
        p->crowd = crowd_of(a->tmp, p->group, p->group_n, c->base->row_n);
    return p;
}

static bool same_keys(const struct plan *p, const struct node *a, const struct node *b)
{
    return a->arg_n == b->arg_n &&
           memcmp(&p->arg[a->arg + 1], &p->arg[b->arg + 1], (a->arg_n - 1) * sizeof *p->arg) == 0;
}

/* Is it known which rows of its arguments have changed, and are all of them peers of the row? */
static bool can_place(const struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const struct node *k = &p->node[n];
    const uint32_t x = p->arg[k->arg];
    if (p->pop[k->ref].op == OP_AGG_COPELAND || !(a->run.has[x] || a->spread[x]) ||
        (a->spread[x] && !same_keys(p, k, &p->node[x])) || a->given->column[x].lo == NULL)
        return false;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        const uint32_t arg = p->arg[k->arg + i];
        if ((i > 0 && !a->run.has[arg]) || (a->run.has[arg] && cell_is_bad(a->run.value[arg])))
            return false;
    }
    return true;
}

/* Small groups go by everybody, among whom the row has moved: is there one, or will there be? */
static bool has_small_group(const struct again *a, const struct peering *p, uint32_t x,
                            uint32_t least)
{
    uint32_t *n = ARENA_ARRAY(a->tmp, uint32_t, (size_t)p->group_n + 1);
    bool small = false;
    for (uint32_t row = 0; row < a->change->base->row_n && least > 0; row++) {
        const Cell c = vec_cell(&a->given->column[x], row);
        if (p->group[row] < p->group_n && row != a->run.row)
            n[p->group[row]] += c.lo == c.hi;
    }
    for (uint32_t g = 0; g < p->group_n; g++)
        small |= n[g] < least;
    return small;
}

static void add_group(struct placing_anew *k, const struct peering *p, uint32_t g, uint32_t as)
{
    uint32_t n;
    const uint32_t *row = crowd_rows(p->crowd, g, &n);
    for (uint32_t i = 0; i < n; i++) {
        if (row[i] == k->a->run.row)
            continue;
        k->few.who.group[k->few.row_n] = as;
        k->row[k->few.row_n++] = row[i];
    }
}

static void list_peers(struct placing_anew *k, const struct peering *p, uint32_t to)
{
    const uint32_t from = p->group[k->a->run.row], row_n = k->a->change->base->row_n;
    k->row = arena_raw(k->a->tmp, row_n, sizeof *k->row);
    k->few.who = (struct peering){.key = p->key, .key_n = p->key_n, .group_n = GROUPS};
    k->few.who.group = arena_raw(k->a->tmp, row_n, sizeof *k->few.who.group);
    if (from < p->group_n)
        add_group(k, p, from, FROM);
    if (to < p->group_n && to != from)
        add_group(k, p, to, TO);
    k->few.who.group[k->few.row_n] = to == STAND_NO_GROUP ? UINT32_MAX : to == from ? FROM : TO;
    k->row[k->few.row_n++] = k->a->run.row;
}

static void gather(void *to, const void *from, size_t size, const struct placing_anew *k)
{
    for (uint32_t i = 0; i < k->few.row_n; i++)
        if (size == sizeof(int64_t))
            ((int64_t *)to)[i] = ((const int64_t *)from)[k->row[i]];
        else if (size == sizeof(int32_t))
            ((int32_t *)to)[i] = ((const int32_t *)from)[k->row[i]];
        else
            memcpy((char *)to + i * size, (const char *)from + k->row[i] * size, size);
}

/* Which of them are open in a column; NULL: it has no room for any. */
static uint64_t *gather_open(const struct placing_anew *k, const struct vec *v)
{
    if (v->open == NULL)
        return NULL;
    uint64_t *open = ARENA_ARRAY(k->a->tmp, uint64_t, vec_words(k->few.row_n));
    for (uint32_t i = 0; i < k->few.row_n; i += WORD_ROWS) {
        const uint32_t left = k->few.row_n - i, n = left < WORD_ROWS ? left : WORD_ROWS;
        uint64_t word = 0;
        for (uint32_t j = 0; j < n; j++) {
            const uint32_t row = k->row[i + j];
            word |= (v->open[row / WORD_ROWS] >> row % WORD_ROWS & 1) << j;
        }
        open[i / WORD_ROWS] = word;
    }
    return open;
}

/* Their figures. */
static struct vec column_of(const struct placing_anew *k)
{
    const struct vec *v = &k->a->given->column[k->x];
    struct vec out = vec_make(k->a->tmp, v->type, k->few.row_n, false);
    gather(out.lo, v->lo, vec_size(v->type), k);
    if (v->hi != NULL) {
        out.hi = arena_raw(k->a->tmp, k->few.row_n, vec_size(v->type));
        gather(out.hi, v->hi, vec_size(v->type), k);
    }
    out.open = gather_open(k, v);
    out.blank = v->blank;
    return out;
}

/* ---- what they get ---- */

/* Are the figures all that may differ? */
static bool only_figures(const struct placing_anew *k, const struct vec *was, const struct vec *got)
{
    const uint64_t *open = gather_open(k, was);
    const bool any = open != NULL || got->open != NULL;
    if (got->type < VEC_I32 || got->type > was->type || was->type == VEC_CELL)
        return false;
    return !any || (open != NULL && got->open != NULL && was->blank != NULL && got->blank != NULL &&
                    cell_same(*was->blank, *got->blank) &&
                    memcmp(open, got->open, vec_words(k->few.row_n) * sizeof *open) == 0);
}

#define SCATTER(TYPE, FROM)                              \
    for (uint32_t i = 0; i < k->few.row_n; i++) {        \
        const TYPE x = (TYPE)((const FROM *)got->lo)[i]; \
        differ += ((TYPE *)v->lo)[k->row[i]] != x;       \
        ((TYPE *)v->lo)[k->row[i]] = x;                  \
    }

/* Put in their places; how many differ. */
static uint32_t scatter_figures(struct vec *v, const struct placing_anew *k, const struct vec *got)
{
    uint32_t differ = 0;
    if (v->type == VEC_I32)
        SCATTER(int32_t, int32_t)
    else if (got->type == VEC_I32)
        SCATTER(int64_t, int32_t)
    else
        SCATTER(int64_t, int64_t)
    return differ;
}

/* How many differ, of any kind; UINT32_MAX: there is no room for one. */
static uint32_t scatter_cells(struct vec *v, const struct placing_anew *k, const struct vec *got)
{
    uint32_t differ = 0;
    for (uint32_t i = 0; i < k->few.row_n; i++) {
        const bool plain =
            v->type != VEC_CELL && !vec_is_open(got, i) && !vec_is_open(v, k->row[i]);
        if (plain && vec_int(got->type, got->lo, i) == vec_int(v->type, v->lo, k->row[i]))
            continue;
        const Cell c = vec_cell(got, i);
        if (!plain && cell_same(c, vec_cell(v, k->row[i])))
            continue;
        if (!vec_put(v, k->row[i], c, c.lo == c.hi))
            return UINT32_MAX;
        differ++;
    }
    return differ;
}

/* The column with what the peers get. False: it has no room for that. `alone`: only the row's own
 * has changed. */
static bool scatter(struct vec *v, bool *alone, const struct placing_anew *k, const struct vec *got)
{
    const struct vec was = *v;
    const uint32_t own = k->a->run.row;
    vec_own(k->a->keep, v, k->a->change->base->row_n, got->open != NULL && v->blank == NULL);
    const uint32_t differ =
        only_figures(k, &was, got) ? scatter_figures(v, k, got) : scatter_cells(v, k, got);
    *alone = differ == 0 || (differ == 1 && !cell_same(vec_cell(v, own), vec_cell(&was, own)));
    return differ != UINT32_MAX;
}

/* What is known of the column now. */
static void learn(struct again *a, uint32_t n, const struct pop_out *got)
{
    struct fact *f = &a->given->fact[n], here = {.open = false};
    const struct fact *was = &a->change->base->kept->fact[n];
    const struct vec *v = &a->given->column[n];
    fact_of_pop(&here, got);
    *f = *was;
    f->open |= here.open;
    f->range.known &= here.range.known;
    f->range.lo = here.range.lo < f->range.lo ? here.range.lo : f->range.lo;
    f->range.hi = here.range.hi > f->range.hi ? here.range.hi : f->range.hi;
    if (f->gap == NODE_NONE)
        return;
    const struct node *field = &a->change->plan->node[f->gap];
    const struct column *facts = dataset_find(a->change->data, field->ref, field->period);
    if (v->blank == NULL || facts == NULL ||
        memcmp(v->open, facts->missing, vec_words(a->change->base->row_n) * sizeof *v->open) != 0)
        f->gap = NODE_NONE;
}

static bool place(struct placing_anew *k)
{
    struct again *a = k->a;
    struct pop_out got;
    struct vec v = a->change->base->kept->column[k->node];
    bool alone;
    k->few.x = column_of(k);
    if (run_pop_few(a->tmp, &got, a->change->plan, k->node, &k->few) != OK ||
        !scatter(&v, &alone, k, &got.column))
        return false;
    a->given->column[k->node] = v;
    learn(a, k->node, &got);
    a->run.value[k->node] = vec_cell(&got.column, k->few.row_n - 1);
    a->run.has[k->node] = alone;
    a->spread[k->node] = !alone;
    return true;
}

bool again_pop(struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const struct node *step = &p->node[n];
    struct placing_anew k = {.a = a, .node = n, .x = p->arg[step->arg]};
    if (!can_place(a, n))
        return false;
    const struct peering *peers = peers_before(a, n);
    const uint32_t to = row_run_group(&a->run, peers, a->change->base->kept->column, a->run.row);
    const uint32_t least = p->pop[step->ref].min_group;
    if (has_small_group(a, peers, k.x, least) || (to == STAND_ALONE && least > 0))
        return false;
    list_peers(&k, peers, to);
    return place(&k);
}
