/* assign_cut.c - how many can be served, scores aside, and where places run out.
 *
 * Needs take what is free. One that finds nothing free goes from need to need over the places they
 * took, to one who could go elsewhere. Rounds: first how many steps each is away from those with
 * empty places, as far as the nearest free place; then ways along those steps, each need on one at
 * most (Hopcroft and Karp). A round is two looks at every pair, and ways get longer each time:
 * some twenty rounds for a county. What the last one has reached, finding nothing free, is where
 * places run out (the smallest cut).
 */
#include <string.h>

#include "base/arena.h"
#include "match/assign_int.h"

struct cut {
    const struct assign_task *t;
    uint32_t *start;
    bool *is_taken;                      /* of each pair */
    struct assign_link *taken;           /* of one supply */
    uint32_t *free, *empty;              /* places of each supply, of each need */
    uint32_t *look;                      /* of each need: no pair before has a free place */
    uint32_t *need_steps, *supply_steps; /* from an empty place; ASSIGN_NONE: not reached */
    uint32_t *tried;                     /* of each need: the pair by which it goes on */
    uint32_t *first, *sitting;           /* of each supply: pairs taken; the next to ask */
    uint32_t *held;                      /* of each need on a way: the pair it gives up */
    uint32_t *way;                       /* of needs */
};

static bool is_open(const struct cut *c, uint32_t pair)
{
    return !c->is_taken[pair] && c->t->pair[pair].lock == ASSIGN_FREE;
}

/* A pair with a free place, or ASSIGN_NONE. What is full stays full. */
static uint32_t find_free(struct cut *c, uint32_t need)
{
    for (uint32_t *p = &c->look[need]; *p < c->start[need + 1]; ++*p)
        if (c->free[c->t->pair[*p].supply] > 0 && is_open(c, *p))
            return *p;
    return ASSIGN_NONE;
}

/* --- steps --- */

static uint32_t reach_sitting(struct cut *c, uint32_t supply, uint32_t steps, uint32_t n)
{
    c->supply_steps[supply] = steps;
    c->sitting[supply] = c->first[supply];
    for (uint32_t p = c->first[supply]; p != ASSIGN_NONE; p = c->taken[p].next) {
        uint32_t need = c->t->pair[p].need;
        if (c->need_steps[need] == ASSIGN_NONE) {
            c->need_steps[need] = steps + 1;
            c->tried[need] = c->start[need];
            c->way[n++] = need;
        }
    }
    return n;
}

/* False: nothing free is in reach. */
static bool count_steps(struct cut *c)
{
    const struct assign_task *t = c->t;
    uint32_t n = 0, most = ASSIGN_NONE;
    memset(c->supply_steps, 0xff, t->supply_n * sizeof *c->supply_steps);
    for (uint32_t i = 0; i < t->need_n; i++) {
        c->need_steps[i] = c->empty[i] > 0 ? 0 : ASSIGN_NONE;
        c->tried[i] = c->start[i];
        if (c->empty[i] > 0)
            c->way[n++] = i;
    }
    for (uint32_t i = 0; i < n && c->need_steps[c->way[i]] <= most; i++) {
        uint32_t need = c->way[i], steps = c->need_steps[need];
        if (find_free(c, need) != ASSIGN_NONE)
            most = steps;
        for (uint32_t p = c->start[need]; p < c->start[need + 1] && most == ASSIGN_NONE; p++)
            if (c->supply_steps[t->pair[p].supply] == ASSIGN_NONE && is_open(c, p))
                n = reach_sitting(c, t->pair[p].supply, steps, n);
    }
    return most != ASSIGN_NONE;
}

/* --- ways --- */

/* The next need from here, which no way has tried; ASSIGN_NONE: no more. */
static uint32_t step(struct cut *c, uint32_t need, uint32_t steps)
{
    for (uint32_t *p = &c->tried[need]; *p < c->start[need + 1]; ++*p) {
        uint32_t supply = c->t->pair[*p].supply;
        if (c->supply_steps[supply] != steps || !is_open(c, *p))
            continue;
        for (uint32_t *at = &c->sitting[supply]; *at != ASSIGN_NONE;) {
            uint32_t pair = *at, next = c->t->pair[pair].need;
            *at = c->taken[pair].next;
            if (c->need_steps[next] == steps + 1) {
                c->held[next] = pair;
                return next;
            }
        }
    }
    return ASSIGN_NONE;
}

static void take(struct cut *c, uint32_t pair)
{
    c->is_taken[pair] = true;
    assign_link_in(c->taken, &c->first[c->t->pair[pair].supply], pair);
}

/* The last on the way takes what is free, each before it what the next gives up. */
static void move_up(struct cut *c, uint32_t n, uint32_t pair)
{
    c->free[c->t->pair[pair].supply]--;
    c->empty[c->way[0]]--;
    for (; n > 1; n--) {
        uint32_t held = c->held[c->way[n - 1]];
        c->is_taken[held] = false;
        assign_link_out(c->taken, &c->first[c->t->pair[held].supply], held);
        take(c, pair);
        pair = c->tried[c->way[n - 2]];
    }
    take(c, pair);
}

static bool find_place(struct cut *c, uint32_t asker)
{
    uint32_t n = 0;
    c->way[n++] = asker;
    while (n > 0) {
        uint32_t need = c->way[n - 1], pair = find_free(c, need);
        if (pair != ASSIGN_NONE) {
            move_up(c, n, pair);
            return true;
        }
        uint32_t next = step(c, need, n - 1);
        if (next == ASSIGN_NONE) {
            n--;
        } else {
            c->need_steps[next] = ASSIGN_NONE;
            c->way[n++] = next;
        }
    }
    return false;
}

/* --- all --- */

static void set_up(struct cut *c, struct arena *tmp, const struct assign_task *t)
{
    *c = (struct cut){.t = t, .start = assign_starts(tmp, t)};
    c->is_taken = ARENA_ARRAY(tmp, bool, t->pair_n + 1);
    c->taken = arena_raw(tmp, t->pair_n + 1, sizeof *c->taken);
    c->free = arena_raw(tmp, t->supply_n + 1, sizeof *c->free);
    c->supply_steps = arena_raw(tmp, t->supply_n + 1, sizeof *c->supply_steps);
    c->first = arena_raw(tmp, t->supply_n + 1, sizeof *c->first);
    c->sitting = arena_raw(tmp, t->supply_n + 1, sizeof *c->sitting);
    c->empty = arena_raw(tmp, t->need_n + 1, sizeof *c->empty);
    c->look = arena_raw(tmp, t->need_n + 1, sizeof *c->look);
    c->need_steps = arena_raw(tmp, t->need_n + 1, sizeof *c->need_steps);
    c->tried = arena_raw(tmp, t->need_n + 1, sizeof *c->tried);
    c->held = arena_raw(tmp, t->need_n + 1, sizeof *c->held);
    c->way = arena_raw(tmp, t->need_n + 1, sizeof *c->way);
    for (uint32_t i = 0; i < t->supply_n; i++) {
        c->first[i] = ASSIGN_NONE;
        c->free[i] = t->capacity[i];
    }
    for (uint32_t i = 0; i < t->need_n; i++) {
        c->look[i] = c->start[i];
        c->empty[i] = t->wants[i];
    }
}

void assign_cut(struct arena *tmp, const struct assign_task *t, bool *is_short)
{
    struct cut c;
    set_up(&c, tmp, t);
    while (count_steps(&c))
        for (uint32_t i = 0; i < t->need_n; i++)
            while (c.empty[i] > 0 && find_place(&c, i))
                continue;
    for (uint32_t i = 0; i < t->need_n; i++)
        is_short[i] = c.need_steps[i] != ASSIGN_NONE;
    for (uint32_t i = 0; i < t->supply_n; i++)
        is_short[t->need_n + i] = c.supply_steps[i] != ASSIGN_NONE;
}
