/* again_pop.c - a population step again, where one row has moved: only its peers are placed anew.
 *
 * The row leaves a group and comes into one, mostly the same. Everybody in these two is a
 * population of its own to the step; all others get what they had. Where all of the peers get what
 * they had too, nothing but the row has changed behind the step either. Where these are most rows,
 * gathering costs more than it saves: the step runs, a range together with its bounds.
 *
 * Cost: the step over the rows of these groups, a copy of its column; or the step.
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

/* Is it known which rows of its arguments have changed, and are all of them peers of the row? */
static bool can_place(const struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const struct node *k = &p->node[n];
    const uint32_t x = p->arg[k->arg];
    if (p->pop[k->ref].op == OP_AGG_COPELAND || !(a->run.has[x] || a->spread[x]) ||
        (a->spread[x] && !run_pop_same_keys(p, k, &p->node[x])) ||
        a->given->column[run_pop_x(a->peers, n)].lo == NULL)
        return false;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        const uint32_t arg = p->arg[k->arg + i];
        if ((i > 0 && !a->run.has[arg]) || (a->run.has[arg] && cell_is_bad(a->run.value[arg])))
            return false;
    }
    return true;
}

/* Those in the groups that the row leaves and comes into, it last. False: these are most rows. */
static bool list_peers(struct placing_anew *k, const struct peering *p, uint32_t to)
{
    const uint32_t own = k->a->run.row, from = p->group[own], row_n = k->a->change->base->row_n;
    const uint32_t group[GROUPS] = {from, to == from ? STAND_NO_GROUP : to};
    const uint32_t *row[GROUPS] = {NULL, NULL};
    uint32_t n[GROUPS] = {0, 0};
    for (int g = FROM; g < GROUPS; g++)
        if (group[g] < p->group_n)
            row[g] = crowd_rows(p->crowd, group[g], &n[g]);
    if (n[FROM] + n[TO] > row_n / 2)
        return false;
    k->row = arena_raw(k->a->tmp, row_n, sizeof *k->row);
    k->few.who = (struct peering){.key = p->key, .key_n = p->key_n, .group_n = GROUPS};
    k->few.who.group = arena_raw(k->a->tmp, row_n, sizeof *k->few.who.group);
    for (uint32_t g = FROM; g < GROUPS; g++)
        for (uint32_t i = 0; row[g] != NULL && i < n[g]; i++) {
            k->few.who.group[k->few.row_n] = g;
            k->row[k->few.row_n] = row[g][i];
            k->few.row_n += row[g][i] != own;
        }
    k->few.who.group[k->few.row_n] = to == STAND_NO_GROUP ? UINT32_MAX : to == from ? FROM : TO;
    k->row[k->few.row_n++] = own;
    return true;
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

/* Is there room for what they get, without looking at each? */
static bool has_room(const struct placing_anew *k, const struct vec *was, const struct vec *got)
{
    const size_t words = vec_words(k->few.row_n);
    if (got->type != was->type || got->type == VEC_I8 || got->type == VEC_CELL ||
        !got->hi != !was->hi || !got->open != !was->open)
        return false;
    return got->hi != NULL || got->open == NULL ||
           (cell_same(*was->blank, *got->blank) &&
            memcmp(gather_open(k, was), got->open, words * sizeof *got->open) == 0);
}

#define SCATTER(TYPE)                             \
    for (uint32_t i = 0; i < k->few.row_n; i++) { \
        const TYPE x = ((const TYPE *)from)[i];   \
        differ += ((TYPE *)to)[k->row[i]] != x;   \
        ((TYPE *)to)[k->row[i]] = x;              \
    }

/* Put in their places; how many differ. */
static uint32_t scatter(const struct placing_anew *k, void *to, const void *from, enum vec_type t)
{
    uint32_t differ = 0;
    if (t == VEC_I32)
        SCATTER(int32_t)
    else
        SCATTER(int64_t)
    return differ;
}

/* The column with what the peers get. False: it has no room for that. `alone`: only the row's own
 * has changed. */
static bool put(struct vec *v, bool *alone, const struct placing_anew *k, const struct vec *got)
{
    const struct vec was = *v;
    const uint32_t own = k->a->run.row;
    if (!has_room(k, v, got))
        return false;
    vec_own(k->a->keep, v, k->a->change->base->row_n, false);
    const uint32_t differ = scatter(k, v->lo, got->lo, v->type);
    *alone = v->hi == NULL &&
             (differ == 0 || (differ == 1 && !cell_same(vec_cell(v, own), vec_cell(&was, own))));
    if (v->hi == NULL)
        return true;
    (void)scatter(k, v->hi, got->hi, v->type);
    for (uint32_t i = 0; i < k->few.row_n; i++) {
        uint64_t *word = &v->open[k->row[i] / WORD_ROWS],
                 bit = (uint64_t)1 << k->row[i] % WORD_ROWS;
        *word = vec_is_open(got, i) ? *word | bit : *word & ~bit;
    }
    return true;
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
    if (v->blank == NULL || facts == NULL || !cell_same(*v->blank, f->blank) ||
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
        !put(&v, &alone, k, &got.column))
        return false;
    a->given->column[k->node] = v;
    learn(a, k->node, &got);
    a->run.value[k->node] = vec_cell(&got.column, k->few.row_n - 1);
    a->run.has[k->node] = alone;
    a->spread[k->node] = !alone;
    return true;
}

/* Are the columns the same but for one row? False may be wrong. */
static bool same_but(const struct vec *a, const struct vec *b, uint32_t row, uint32_t row_n)
{
    const size_t size = vec_size(a->type), at = row * size, end = at + size;
    const char *x = a->lo, *y = b->lo;
    if (a->type != b->type || a->hi != NULL || b->hi != NULL || !a->open != !b->open ||
        !a->blank != !b->blank || (a->blank != NULL && !cell_same(*a->blank, *b->blank)))
        return false;
    for (size_t w = 0; a->open != NULL && w < vec_words(row_n); w++)
        if ((a->open[w] ^ b->open[w]) & ~((uint64_t)(w == row / WORD_ROWS) << row % WORD_ROWS))
            return false;
    return memcmp(x, y, at) == 0 && memcmp(x + end, y + end, row_n * size - end) == 0;
}

/* Most rows may move: the step is run, and nobody gathered. False: a column of it is not there. */
static bool place_all(struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const struct node *k = &p->node[n];
    const struct vec *column = a->given->column, *was = &a->change->base->kept->column[n];
    struct pop_out got;
    bool ready = column[run_pop_x(a->peers, n)].lo != NULL;
    for (uint32_t i = 1; i < k->arg_n; i++)
        ready = ready && column[p->arg[k->arg + i]].lo != NULL;
    if (!ready)
        return false;
    run_pop_prepare(a->peers, n, column);
    if (run_pop(a->keep, &got, a->peers, n, column, NULL) != OK)
        return false;
    a->given->column[n] = got.column;
    learn(a, n, &got);
    a->run.value[n] = vec_cell(&got.column, a->run.row);
    a->run.has[n] = same_but(was, &got.column, a->run.row, a->change->base->row_n);
    a->spread[n] = !a->run.has[n];
    return true;
}

/* A WINSOR whose work the step above it does: nobody waits for its column (standing_complete). */
static bool leave_out(struct again *a, uint32_t n)
{
    const struct vec *x = &a->given->column[run_pop_x(a->peers, n)];
    a->spread[n] = run_pop_left_out(a->peers, n) && x->lo != NULL && x->type != VEC_CELL;
    return a->spread[n];
}

bool again_pop(struct again *a, uint32_t n)
{
    const struct plan *p = a->change->plan;
    const struct node *step = &p->node[n];
    const struct result *base = a->change->base;
    struct placing_anew k = {.a = a, .node = n, .x = p->arg[step->arg]};
    if (!can_place(a, n))
        return false;
    const struct peering *peers = standing_peers(base, n);
    const uint32_t to = row_run_group(&a->run, peers, base->kept->column, a->run.row);
    if (p->pop[step->ref].min_group > 0 || !list_peers(&k, peers, to)) /* small go by all */
        return !leave_out(a, n) && place_all(a, n);
    return place(&k) || place_all(a, n);
}
