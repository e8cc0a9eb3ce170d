/* climb.c - a first combination that meets a goal, so that the search for the cheapest has a bound.
 *
 * For a goal that stands on one number: in each round every lever is tried at its candidates and
 * some way out, and the move is kept that raises the number most for what it costs. When the goal
 * holds, each move, the dearest first, is taken back as far as it still does. The greedy rule by
 * gain over cost is that of submodular cover (Wolsey 1982), without its bound: levers may work
 * together. Where a lone move brings nothing the climb ends, and says so.
 *
 * At most half of the budget; nothing is proven here.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

struct at { /* where a lever stands */
    bool moved;
    struct move move;
};

struct best {
    uint32_t i; /* of the levers climbed with */
    struct move move;
    Wide gain, more; /* what it brings, what it costs beyond where the lever stands */
};

/* The number of the goal, larger is nearer. False: it has none, or it is not known. */
static bool height(struct seek *s, Wide *out)
{
    const struct seek_goal *g = s->goal;
    Cell c;
    if (g->kind == SEEK_GRADE) {
        const struct table *t = s->rules->item[g->item].expr->table;
        if (t->input_n != 1 || !state_value(s, t->input[0], &c))
            return false;
    } else {
        const Cell *items = g->kind == SEEK_NUMBER ? state_items(s) : NULL;
        if (items == NULL)
            return false;
        c = items[g->item];
    }
    bool down = g->kind == SEEK_NUMBER && (g->op == OP_LE || g->op == OP_LT);
    *out = down ? -c.hi : c.lo;
    return !cell_is_bad(c) && (down ? c.hi != WIDE_INF : c.lo != -WIDE_INF);
}

static bool spent(const struct seek *s)
{
    return s->evaluations >= s->budget / 2;
}

/* Further out than where the lever stands, by parts and multiples of its size. */
static void list_moves(const struct climb *c, uint32_t i, Wide from, struct moves *m)
{
    static const int out[] = {1, 2, 5, 10, 20, 50, 100, 300}; /* tenths */
    const struct lever *l = &c->s->lever[c->lever[i]];
    m->n = 0;
    for (uint32_t k = 0; k < c->base[i]->n; k++)
        lever_move(c->s, c->lever[i], c->base[i]->at[k].value, m);
    Wide size = from < 0 ? -from : from;
    size = size > l->unit ? size : l->unit;
    for (size_t k = 0; l->kind == TYPE_NUM && k < ARRAY_N(out); k++) {
        Wide steps = size * out[k] / 10 / l->step;
        Wide by = (steps > 0 ? steps : 1) * l->step;
        if ((c->way[c->lever[i]] & MONO_UP) != 0)
            lever_move(c->s, c->lever[i], from + by, m);
        if ((c->way[c->lever[i]] & MONO_DOWN) != 0)
            lever_move(c->s, c->lever[i], from - by, m);
    }
}

/* a.gain / a.more > b.gain / b.more */
static bool steeper(const struct best *a, const struct best *b)
{
    Wide x, y;
    if (!wide_mul(&x, a->gain, 0, b->more, 0, 0, ROUND_DOWN) ||
        !wide_mul(&y, b->gain, 0, a->more, 0, 0, ROUND_DOWN))
        return a->gain > b->gain;
    return x > y;
}

static void try_lever(const struct climb *c, uint32_t i, const struct at *at, Wide now,
                      struct moves *m, struct best *best)
{
    struct seek *s = c->s;
    const uint32_t lever = c->lever[i];
    list_moves(c, i, at->moved ? at->move.value : s->lever[lever].now, m);
    for (uint32_t k = 0; k < m->n && !spent(s); k++) {
        Wide up, paid = at->moved ? at->move.cost : 0;
        state_set(s, lever, m->at[k].value);
        if (!height(s, &up) || up <= now)
            continue;
        struct best one = {i, m->at[k], up - now, m->at[k].cost > paid ? m->at[k].cost - paid : 1};
        if (best->gain == 0 || steeper(&one, best))
            *best = one;
    }
    if (at->moved)
        state_set(s, lever, at->move.value);
    else
        state_reset(s, lever);
}

/* The dearest move not looked at yet; n: none. */
static uint32_t dearest(const struct climb *c, const struct at *at, const bool *seen)
{
    uint32_t best = c->n;
    for (uint32_t i = 0; i < c->n; i++)
        if (at[i].moved && !seen[i] && (best == c->n || at[i].move.cost > at[best].move.cost))
            best = i;
    return best;
}

/* Takes moves back as far as the goal still holds. */
static void ease(const struct climb *c, struct at *at, struct moves *m)
{
    struct seek *s = c->s;
    bool seen[LEVERS_MAX] = {0};
    for (uint32_t i = dearest(c, at, seen); i < c->n; i = dearest(c, at, seen)) {
        seen[i] = true;
        state_reset(s, c->lever[i]);
        at[i].moved = !c->met(s, c->arg);
        if (!at[i].moved)
            continue;
        m->n = 0;
        turn_until(s, c->lever[i], c->met, c->arg, m);
        if (m->n > 0 && m->at[0].cost < at[i].move.cost)
            at[i].move = m->at[0];
        state_set(s, c->lever[i], at[i].move.value);
    }
}

static bool ascend(const struct climb *c, struct at *at, struct moves *m)
{
    Wide now;
    while (height(c->s, &now) && !spent(c->s)) {
        struct best best = {.gain = 0};
        for (uint32_t i = 0; i < c->n; i++)
            try_lever(c, i, &at[i], now, m, &best);
        if (best.gain == 0)
            return false;
        at[best.i] = (struct at){true, best.move};
        state_set(c->s, best.move.lever, best.move.value);
        if (c->met(c->s, c->arg))
            return true;
    }
    return false;
}

bool climb_to(const struct climb *c, struct move *path, uint32_t *n)
{
    struct at at[LEVERS_MAX] = {{0}};
    struct moves *m = ARENA_NEW(c->s->keep, struct moves);
    bool there = ascend(c, at, m);
    if (there)
        ease(c, at, m);
    *n = 0;
    for (uint32_t i = 0; i < c->n; i++) {
        if (at[i].moved)
            path[(*n)++] = at[i].move;
        state_reset(c->s, c->lever[i]);
    }
    return there;
}
