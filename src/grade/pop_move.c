/* pop_move.c - what one row gets when it alone has changed.
 *
 * The peers of a group stay sorted as they were; a swap says which value left them and which came
 * (pop_int.h), and whoever asks for the i-th value or for a place sees them after the swap. Sums
 * and squares are kept exactly, so moments need no pass. All else is what pop.c and pop_rank.c
 * make of peers, whoever they are.
 */
#include "grade/pop_move.h"

#include "base/arena.h"
#include "grade/pop_int.h"

/* Lists of turned cells: ranks go by all, other functions by the definite ones. */
enum list { LIST_DEFINITE, LIST_LO, LIST_HI, LIST_LOOSE, LIST_DISTINCT, LIST_N };

struct roster {
    struct peers list[LIST_N];
    Big sum, square; /* of the definite ones, where the function wants them */
};

struct stand {
    struct arena *keep;
    struct pop_in in;
    const struct vec *x;
    const struct crowd *crowd;
    struct roster **roster; /* by group, then of everybody; NULL: not asked for yet */
};

struct crowd *crowd_of(struct arena *keep, const uint32_t *group, uint32_t group_n, uint32_t row_n)
{
    struct crowd *c = ARENA_NEW(keep, struct crowd);
    const struct pop_in in = {.group = group, .group_n = group_n, .row_n = row_n};
    crowd_open(keep, c, &in);
    return c;
}

const uint32_t *crowd_rows(const struct crowd *c, uint32_t g, uint32_t *n)
{
    *n = c->beg[g + 1] - c->beg[g];
    return c->row + c->beg[g];
}

struct stand *stand_open(struct arena *keep, const struct pop_in *in, const struct vec *x,
                         const struct crowd *c)
{
    struct stand *s = ARENA_NEW(keep, struct stand);
    *s = (struct stand){.keep = keep, .in = *in, .x = x, .crowd = c};
    s->roster = ARENA_ARRAY(keep, struct roster *, (size_t)c->group_n + 1);
    return s;
}

static bool is_ranking(const struct pop_in *in)
{
    return in->op == OP_RANK || in->op == OP_BOARD;
}

static bool is_summing(const struct pop_in *in)
{
    return in->op == OP_ZSCORE || in->op == OP_GROUP_SD || in->op == OP_GROUP_SUM ||
           in->op == OP_GROUP_MEAN || in->op == OP_IMPUTE_MEAN;
}

static Cell turned(const struct pop_in *in, Cell c)
{
    if (is_ranking(in))
        return rank_turned(in, c);
    return pop_is_mirrored(in) ? (Cell){-c.hi, -c.lo} : c;
}

static enum list list_n(const struct pop_in *in)
{
    return is_ranking(in) ? LIST_N : LIST_DEFINITE + 1;
}

/* Does a turned cell stand in the list, and with which value? */
static bool is_listed(enum list l, Cell c, Wide *v)
{
    *v = l == LIST_HI || l == LIST_LOOSE ? c.hi : c.lo;
    if (l == LIST_DEFINITE || l == LIST_DISTINCT)
        return cell_is_definite(c);
    return rank_has(c) && !(l == LIST_LOOSE && cell_is_definite(c));
}

/* ---- peers as they are ---- */

static uint32_t row_at(const struct stand *s, uint32_t g, uint32_t i)
{
    return s->crowd->row[s->crowd->beg[g] + i];
}

static void add_up(struct roster *r)
{
    const struct peers *p = &r->list[LIST_DEFINITE];
    r->sum = r->square = big_of(0);
    for (uint32_t i = 0; i < p->n; i++) {
        Big x = big_of(p->at[i]);
        r->sum = big_add(&r->sum, &x);
        x = big_mul(&x, &x);
        r->square = big_add(&r->square, &x);
    }
}

/* The values of rows [0, n) of group g, or of everybody. */
static void fill(struct stand *s, struct peers *p, enum list l, uint32_t g, uint32_t n)
{
    struct arena *tmp = arena_open();
    Wide v, *at = ARENA_ARRAY(tmp, Wide, n);
    for (uint32_t i = 0; i < n; i++) {
        Cell c = vec_cell(s->x, g == s->crowd->group_n ? i : row_at(s, g, i));
        if (is_listed(l, turned(&s->in, c), &v))
            at[p->n++] = v;
    }
    p->at = arena_raw(s->keep, p->n, sizeof *at);
    for (uint32_t i = 0; i < p->n; i++)
        p->at[i] = at[i];
    peers_sort(p->at, p->n, at);
    if (l == LIST_DISTINCT)
        p->n = peers_distinct(p->at, p->n);
    arena_close(tmp);
}

/* g == group_n: everybody, in a group or not. */
static const struct roster *roster_of(struct stand *s, uint32_t g)
{
    if (s->roster[g] != NULL)
        return s->roster[g];
    const struct crowd *c = s->crowd;
    struct roster *r = ARENA_NEW(s->keep, struct roster);
    for (enum list l = LIST_DEFINITE; l < list_n(&s->in); l++)
        fill(s, &r->list[l], l, g, g == c->group_n ? s->in.row_n : c->beg[g + 1] - c->beg[g]);
    if (is_summing(&s->in))
        add_up(r);
    return s->roster[g] = r;
}

/* ---- peers after the move ---- */

/* The cells that leave and come, turned; NULL: none. */
struct change {
    const Cell *out, *in;
};

struct moved {
    struct peers list[LIST_N];
    struct swap swap[LIST_N];
};

/* A value stays among the distinct ones while somebody has it. */
static void settle_distinct(struct swap *w, const struct roster *r)
{
    const struct peers *p = &r->list[LIST_DEFINITE];
    const uint32_t others = w->has_out && w->has_in && w->out == w->in;
    w->has_in = w->has_in && peers_find(p, w->in).equal == others;
    w->has_out = w->has_out && peers_find(p, w->out).equal == 1;
}

static void swap_sums(struct swap *w, const struct roster *r)
{
    w->sum = r->sum;
    w->square = r->square;
    if (w->has_out) {
        Big x = big_of(w->out);
        w->sum = big_sub(&w->sum, &x);
        x = big_mul(&x, &x);
        w->square = big_sub(&w->square, &x);
    }
    if (w->has_in) {
        Big x = big_of(w->in);
        w->sum = big_add(&w->sum, &x);
        x = big_mul(&x, &x);
        w->square = big_add(&w->square, &x);
    }
}

static void move_peers(struct moved *to, const struct pop_in *in, const struct roster *r,
                       struct change c)
{
    for (enum list l = LIST_DEFINITE; l < list_n(in); l++) {
        struct swap *w = &to->swap[l];
        w->has_out = c.out != NULL && is_listed(l, *c.out, &w->out);
        w->has_in = c.in != NULL && is_listed(l, *c.in, &w->in);
        if (l == LIST_DISTINCT)
            settle_distinct(w, r);
        if (l == LIST_DEFINITE && is_summing(in))
            swap_sums(w, r);
        to->list[l] = r->list[l];
        to->list[l].n = r->list[l].n - w->has_out + w->has_in;
        to->list[l].swap = w;
    }
}

/* Outlier treatment wants the values one after the other. */
static void write_out(struct arena *tmp, struct peers *p)
{
    Wide *at = ARENA_ARRAY(tmp, Wide, p->n);
    for (uint32_t i = 0; i < p->n; i++)
        at[i] = peers_nth(p, i);
    *p = (struct peers){.at = at, .n = p->n};
}

static bool place_among(Cell *out, const struct pop_in *in, struct moved *to, Cell x)
{
    struct peers *p = to->list;
    if (is_ranking(in)) {
        const struct ranked r = {&p[LIST_LO], &p[LIST_HI], &p[LIST_DISTINCT], &p[LIST_LOOSE]};
        Cell c = rank_turned(in, x);
        *out = rank_has(c) ? rank_place(in, &r, c) : CELL_UNKNOWN;
        return true;
    }
    struct arena *tmp = arena_open();
    struct scene scene;
    if (in->op == OP_UNSKEW)
        write_out(tmp, &p[LIST_DEFINITE]);
    scene_open(tmp, &scene, in, &p[LIST_DEFINITE]);
    bool fits = scene_cell(out, &scene, x);
    arena_close(tmp);
    return fits;
}

bool stand_move(Cell *out, struct stand *s, const struct move *m)
{
    static const struct roster nobody = {.sum = {.n = 0}};
    const struct pop_in *in = &s->in;
    const Cell was = turned(in, m->was), is = turned(in, m->is);
    struct moved to = {.list = {{.n = 0}}};
    if (m->to == STAND_NO_GROUP) {
        move_peers(&to, in, &nobody, (struct change){NULL, NULL});
        *out = CELL_UNKNOWN;
        return !pop_is_imputing(in) || place_among(out, in, &to, m->is);
    }
    const struct roster *own = m->to == STAND_ALONE ? &nobody : roster_of(s, m->to);
    move_peers(&to, in, own, (struct change){m->from == m->to ? &was : NULL, &is});
    if (to.list[LIST_DEFINITE].n < in->min_group)
        move_peers(&to, in, roster_of(s, s->crowd->group_n), (struct change){&was, &is});
    return place_among(out, in, &to, m->is);
}
