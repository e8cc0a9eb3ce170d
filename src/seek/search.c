/* search.c - the cheapest combination of moves that meets a goal.
 *
 * Parts of the goal that share no lever are sought apart. For the rest, sets of levers are tried by
 * size, and within a set every combination of candidates, under three bounds: what the levers still
 * to move cost at least; the best found so far; and the goal with those levers missing, which an
 * exact interval evaluation may rule out (not used where a rule asks what is missing, or for
 * population functions, whose answer without a value says nothing about one with it). A lever whose
 * comparisons read others too is also tried behind them, with its thresholds found anew.
 *
 * What a climb (climb.c) comes to is the first best.
 *
 * Cost: evaluations, at most the budget. Tried and dropped: a queue by cost, which sees thousands
 * of cheap useless combinations before the first good one.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "seek/seek_int.h"

enum { SET_MAX = 12 };

struct hunt {
    struct seek *s;
    const uint8_t *group;            /* of each unit */
    uint32_t lever[LEVERS_MAX], n;   /* with candidates */
    uint32_t far[LEVERS_MAX], far_n; /* that help, but have none */
    struct moves *base[LEVERS_MAX];  /* candidates with all else as it is; by position */
    uint64_t coupled[LEVERS_MAX];    /* levers that shift where this one turns; by lever */
    uint64_t needed;                 /* levers without which it cannot be met */
    uint32_t set[SET_MAX], set_n;    /* positions */
    uint32_t path_n, best_n;
    struct move path[LEVERS_MAX], best[LEVERS_MAX];
    struct moves *scratch[SET_MAX];
    Wide best_cost;
    uint8_t which;           /* the group that must hold, the rest is left to others */
    uint8_t way[LEVERS_MAX]; /* in which a lever helps; by lever */
    bool relax, pop;
    bool any, cut; /* cut: something was left untried */
};

static uint64_t bit(uint32_t lever)
{
    return (uint64_t)1 << lever;
}

/* ---- the group's goal ---- */

static bool met(struct seek *s, void *arg)
{
    const struct hunt *h = arg;
    for (uint32_t i = 0; i < s->part_n; i++)
        if (h->group[i] == h->which && !part_met(s, &s->part[i]))
            return false;
    return true;
}

/* Puts a lever where it helps most within what may still be spent, or hides it. */
static void favour(struct hunt *h, uint32_t lever, Wide spent)
{
    struct lever l = h->s->lever[lever];
    if (h->way[lever] == MONO_BOTH) {
        state_hide(h->s, lever);
        return;
    }
    bool up = h->way[lever] == MONO_UP;
    if (l.kind == TYPE_NUM && h->any)
        lever_narrow(h->s, &l, h->best_cost - spent);
    if (l.kind == TYPE_NUM)
        state_set(h->s, lever, up ? l.hi : l.lo);
    else
        state_set(h->s, lever, up ? TRUTH_MET : TRUTH_UNMET);
}

/* With the levers of `free` as good as they can be; they are put back to where they stood. */
static bool possible(struct hunt *h, uint64_t free, Wide spent)
{
    struct seek *s = h->s;
    bool good = true;
    for (uint32_t i = 0; i < h->n; i++)
        if ((free & bit(h->lever[i])) != 0 && h->way[h->lever[i]] == MONO_BOTH && !h->relax)
            return true;
    for (uint32_t i = 0; i < h->n; i++)
        if ((free & bit(h->lever[i])) != 0)
            favour(h, h->lever[i], spent);
    for (uint32_t i = 0; good && i < s->part_n; i++)
        good = h->group[i] != h->which || part_possible(s, &s->part[i]);
    for (uint32_t i = 0; i < h->n; i++)
        if ((free & bit(h->lever[i])) != 0)
            state_reset(s, h->lever[i]);
    return good;
}

/* ---- combinations of one set ---- */

/* The least that the levers of the set not yet moved cost together. */
static Wide least(const struct hunt *h, uint64_t moved)
{
    Wide sum = 0;
    uint64_t all = 0, seen = 0;
    for (uint32_t i = 0; i < h->set_n; i++)
        all |= bit(h->lever[h->set[i]]);
    for (uint32_t i = 0; i < h->set_n; i++) {
        uint32_t lever = h->lever[h->set[i]];
        uint64_t tied = h->coupled[lever] & all;
        if (((moved | seen) & bit(lever)) != 0 || (tied & moved) != 0)
            continue;
        Wide one = h->base[h->set[i]]->at[0].cost;
        if (tied != 0) { /* whichever of them moves first stands at one of its own candidates */
            for (uint32_t k = 0; k < h->set_n; k++) {
                uint32_t other = h->lever[h->set[k]];
                if (((tied | bit(lever)) & bit(other)) == 0)
                    continue;
                Wide cost = h->base[h->set[k]]->at[0].cost;
                one = cost < one ? cost : one;
                seen |= bit(other) | h->coupled[other];
            }
        }
        sum += one;
    }
    return sum;
}

static void keep_best(struct hunt *h, Wide cost)
{
    h->any = true;
    h->best_cost = cost;
    h->best_n = h->path_n;
    for (uint32_t i = 0; i < h->path_n; i++)
        h->best[i] = h->path[i];
}

static bool too_dear(const struct hunt *h, Wide cost)
{
    return h->any && cost >= h->best_cost;
}

/* Candidates of a lever behind those moved. */
static const struct moves *candidates(struct hunt *h, uint32_t pos, bool early, uint64_t moved,
                                      Wide cost)
{
    uint32_t lever = h->lever[pos];
    if ((h->coupled[lever] & moved) == 0)
        return early ? NULL : h->base[pos];
    struct moves *m = h->scratch[h->path_n];
    m->n = 0;
    for (uint32_t i = 0; !early && i < h->base[pos]->n; i++)
        m->at[m->n++] = h->base[pos]->at[i];
    struct lever whole = h->s->lever[lever];
    if (h->any)
        lever_narrow(h->s, &h->s->lever[lever], h->best_cost - cost);
    turn_moves(h->s, lever, moved, m);
    h->s->lever[lever] = whole;
    return m;
}

static void combine(struct hunt *h, uint64_t moved, uint32_t last, Wide cost);

static void try_moves(struct hunt *h, uint64_t moved, uint32_t i, const struct moves *m, Wide cost)
{
    uint32_t lever = h->lever[h->set[i]];
    uint64_t now = moved | bit(lever), rest = 0;
    for (uint32_t k = 0; k < h->set_n; k++)
        rest |= bit(h->lever[h->set[k]]) & ~now;
    Wide more = least(h, now);
    for (uint32_t k = 0; k < m->n; k++) {
        struct move one = m->at[k];
        if (too_dear(h, cost + one.cost + more) || state_spent(h->s))
            break;
        h->path[h->path_n++] = one;
        state_set(h->s, lever, one.value);
        if (rest == 0 && met(h->s, h)) {
            keep_best(h, cost + one.cost);
            h->path_n--;
            break;
        }
        if (rest != 0 && possible(h, rest, cost + one.cost)) {
            state_set(h->s, lever, one.value);
            combine(h, now, i, cost + one.cost);
        }
        h->path_n--;
    }
    state_reset(h->s, lever);
}

static void combine(struct hunt *h, uint64_t moved, uint32_t last, Wide cost)
{
    for (uint32_t i = 0; i < h->set_n && !state_spent(h->s); i++) {
        if ((moved & bit(h->lever[h->set[i]])) != 0)
            continue;
        const struct moves *m = candidates(h, h->set[i], h->path_n > 0 && i < last, moved, cost);
        if (m != NULL)
            try_moves(h, moved, i, m, cost);
    }
}

/* ---- sets ---- */

static void choose(struct hunt *h, uint32_t from, uint32_t size, bool *worth)
{
    if (h->set_n == size) {
        uint64_t all = 0;
        for (uint32_t i = 0; i < h->set_n; i++)
            all |= bit(h->lever[h->set[i]]);
        if (too_dear(h, least(h, 0)))
            return;
        *worth = true;
        if ((h->needed & ~all) == 0 && possible(h, all, 0))
            combine(h, 0, 0, 0);
        return;
    }
    for (uint32_t i = from; i < h->n && !state_spent(h->s); i++) {
        h->set[h->set_n++] = i;
        choose(h, i + 1, size, worth);
        h->set_n--;
    }
}

/* ---- one group ---- */

static uint8_t way_of(struct hunt *h, uint32_t lever)
{
    uint8_t m = 0;
    for (uint32_t i = 0; i < h->s->part_n; i++)
        m |= h->group[i] == h->which ? part_mono(h->s, &h->s->part[i], lever) : 0;
    return m;
}

/* A move that does not help alone and whose lever helps the other way only is none. */
static void narrow_way(struct hunt *h, uint32_t lever)
{
    struct lever *l = &h->s->lever[lever];
    if (l->kind == TYPE_NUM && h->way[lever] == MONO_UP)
        l->lo = l->now;
    if (l->kind == TYPE_NUM && h->way[lever] == MONO_DOWN)
        l->hi = l->now;
}

static bool helps(const struct hunt *h, const struct move *m)
{
    uint8_t way = h->way[m->lever];
    return h->s->lever[m->lever].kind != TYPE_TRUTH || way == MONO_BOTH ||
           (way == MONO_UP) == (m->value == TRUTH_MET);
}

static void add_lever(struct hunt *h, uint32_t lever)
{
    struct seek *s = h->s;
    struct moves *m = ARENA_NEW(s->keep, struct moves), *good = ARENA_NEW(s->keep, struct moves);
    h->way[lever] = way_of(h, lever);
    if (h->way[lever] == 0)
        return;
    narrow_way(h, lever);
    lever_values(s, lever, m);
    turn_moves(s, lever, 0, m);
    turn_pieces(s, lever, m);
    if (h->pop)
        turn_until(s, lever, met, h, m);
    for (size_t i = 0; i < s->atom_n; i++)
        if ((s->atom[i].smooth & bit(lever)) != 0)
            h->coupled[lever] |= s->atom[i].levers & ~bit(lever);
    for (uint32_t i = 0; i < m->n; i++)
        if (helps(h, &m->at[i]))
            good->at[good->n++] = m->at[i];
    if (good->n == 0) { /* by itself it turns nothing */
        h->far[h->far_n++] = lever;
        return;
    }
    h->base[h->n] = good;
    h->lever[h->n++] = lever;
}

static void open_hunt(struct hunt *h)
{
    struct seek *s = h->s;
    struct trait all = {0};
    for (uint32_t i = 0; i < s->part_n; i++)
        if (h->group[i] == h->which) {
            const struct part *u = &s->part[i];
            struct trait t =
                u->expr != NULL
                    ? atom_trait(s, u->expr, true)
                    : s->item_trait[1][u->item >= 0 ? (uint32_t)u->item : s->goal->item];
            all.levers |= t.levers;
            all.pop |= t.pop;
        }
    h->pop = all.pop;
    for (uint32_t l = 0; l < s->lever_n; l++)
        if ((all.levers & bit(l)) != 0)
            add_lever(h, l);
    for (uint32_t i = 0; i < SET_MAX; i++)
        h->scratch[i] = ARENA_NEW(s->keep, struct moves);
    h->relax = !h->pop && relax_allowed(s, all.levers);
}

/* False: it was ruled out for any values. */
static bool find_needed(struct hunt *h)
{
    uint64_t all = 0;
    for (uint32_t i = 0; i < h->n; i++)
        all |= bit(h->lever[i]);
    if (all == 0 || !possible(h, all, 0))
        return all == 0 ? h->s->left_out : false;
    for (uint32_t i = 0; i < h->n; i++)
        if (h->n > 1 && !possible(h, all & ~bit(h->lever[i]), 0))
            h->needed |= bit(h->lever[i]);
    return true;
}

/* A goal far off is met by many moves together, which sets by size come to last. */
static void start_from_climb(struct hunt *h)
{
    const struct part *all = &h->s->part[0];
    const struct climb c = {h->s, h->lever, h->n + h->far_n, h->base, h->way, met, h};
    Wide cost = 0;
    for (uint32_t i = 0; i < h->far_n; i++) {
        h->lever[h->n + i] = h->far[i];
        h->base[h->n + i] = ARENA_NEW(h->s->keep, struct moves);
    }
    if (h->s->part_n > 1 || all->expr != NULL || all->item >= 0 ||
        !climb_to(&c, h->path, &h->path_n))
        return;
    for (uint32_t i = 0; i < h->path_n; i++)
        cost += h->path[i].cost;
    keep_best(h, cost);
    h->path_n = 0;
}

static void hunt_group(struct hunt *h, struct found *f)
{
    bool worth = true;
    open_hunt(h);
    bool can = find_needed(h);
    if (can)
        start_from_climb(h);
    for (uint32_t size = 1; can && worth && size <= h->n && size <= SET_MAX; size++) {
        worth = false;
        choose(h, 0, size, &worth);
        h->cut = state_spent(h->s) || (size == SET_MAX && size < h->n && worth);
    }
    for (uint32_t i = 0; i < h->n; i++)
        f->coupled = f->coupled || h->pop || h->coupled[h->lever[i]] != 0;
    f->complete = f->complete && !h->cut && !h->s->left_out;
    f->any = f->any && h->any;
    f->ruled_out = f->ruled_out || !can;
    for (uint32_t i = 0; h->any && i < h->best_n; i++)
        f->at[f->n++] = h->best[i];
    f->cost += h->any ? h->best_cost : 0;
}

/* ---- all groups ---- */

/* Units that share a lever belong together. */
static void make_groups(const struct seek *s, uint8_t *group)
{
    for (uint32_t i = 0; i < s->part_n; i++)
        group[i] = (uint8_t)i;
    for (uint32_t i = 0; i < s->part_n; i++)
        for (uint32_t k = 0; k < i; k++)
            if ((s->part[i].levers & s->part[k].levers) != 0 && group[i] != group[k]) {
                uint8_t from = group[k], to = group[i];
                for (uint32_t j = 0; j <= i; j++)
                    group[j] = group[j] == from ? to : group[j];
            }
}

/* Puts all moves in force; does the goal hold then? The facts stay so if it does. */
static bool verify(struct seek *s, const struct found *f)
{
    for (uint32_t i = 0; i < f->n; i++)
        state_set(s, f->at[i].lever, f->at[i].value);
    const Cell *c = state_items(s);
    bool good = c != NULL && part_goal_met(s, s->goal, c[s->goal->item], false);
    for (uint32_t i = 0; !good && i < f->n; i++)
        state_reset(s, f->at[i].lever);
    return good;
}

void search_cheapest(struct seek *s, struct found *f, bool whole)
{
    uint8_t group[PARTS_MAX] = {0};
    *f = (struct found){.any = true, .complete = true};
    if (whole) {
        s->part_n = 1;
        s->part[0] = (struct part){.item = -1, .levers = s->item_trait[1][s->goal->item].levers};
    }
    make_groups(s, group);
    for (uint32_t i = 0; i < s->part_n && f->any; i++) {
        struct hunt *h = ARENA_NEW(s->keep, struct hunt);
        *h = (struct hunt){.s = s, .group = group, .which = group[i]};
        if (part_met(s, &s->part[i]))
            continue;
        bool done = false;
        for (uint32_t k = 0; k < i && !done; k++)
            done = group[k] == group[i] && !part_met(s, &s->part[k]);
        if (done)
            continue;
        f->stuck = i;
        hunt_group(h, f);
    }
    f->any = f->any && verify(s, f);
}
