/* assign_proof.c - what no way that keeps the limits can exceed (the dual of the linear
 * programme): a place of a supply earns its price, a place that a group can spare the group's, a
 * need the best that it can get for its places once those are paid. */
#include "base/arena.h"
#include "match/assign.h"

struct group {
    uint32_t places, promised, got; /* besides what is locked */
};

static uint32_t group_of(const struct assign_task *t, uint32_t need)
{
    return t->group == NULL ? 0 : t->group[need];
}

/* Keeps the `want` highest. */
static uint32_t keep_best(int64_t *best, uint32_t n, uint32_t want, int64_t gain)
{
    uint32_t at = n;
    for (; at > 0 && best[at - 1] < gain; at--)
        if (at < want)
            best[at] = best[at - 1];
    if (at < want)
        best[at] = gain;
    return n < want ? n + 1 : n;
}

/* What needs can get at most for their places. */
static Wide best_of_needs(const struct assign_task *t, const struct assignment *x,
                          const uint32_t *want, int64_t *best)
{
    Wide sum = 0;
    for (uint32_t need = 0, p = 0; need < t->need_n; need++) {
        int64_t none = -x->group_price[group_of(t, need)];
        uint32_t n = 0;
        for (; p < t->pair_n && t->pair[p].need == need; p++)
            if (t->pair[p].lock == ASSIGN_FREE && want[need] > 0)
                n = keep_best(best, n, want[need],
                              x->pair_worth + t->pair[p].score - x->price[t->pair[p].supply]);
        for (uint32_t k = 0; k < want[need]; k++)
            sum += k < n && best[k] > none ? best[k] : none;
    }
    return sum;
}

/* What was locked, taken out of the question; the value of what was taken beside it. */
static int64_t read_way(const struct assign_task *t, const struct assignment *x, uint32_t *want,
                        uint32_t *room, struct group *g)
{
    int64_t sum = 0;
    for (uint32_t i = 0; i < t->supply_n; i++)
        room[i] = t->capacity[i];
    for (uint32_t i = 0; i < t->need_n; i++)
        want[i] = t->wants[i];
    for (uint32_t i = 0; i < t->group_n && t->floor != NULL; i++)
        g[i].promised = t->floor[i];
    for (uint32_t p = 0; p < t->pair_n; p++) {
        const struct assign_pair *pair = &t->pair[p];
        struct group *of = &g[group_of(t, pair->need)];
        if (pair->lock == ASSIGN_IN) {
            want[pair->need]--;
            room[pair->supply]--;
            of->promised -= of->promised > 0;
        } else if (x->taken[p]) {
            sum += x->pair_worth + pair->score;
            of->got++;
        }
    }
    for (uint32_t i = 0; i < t->need_n; i++)
        g[group_of(t, i)].places += want[i];
    return sum;
}

bool assign_is_best(const struct assign_task *t, const struct assignment *x)
{
    struct arena *tmp = arena_open();
    uint32_t *want = arena_raw(tmp, t->need_n + 1, sizeof *want);
    uint32_t *room = arena_raw(tmp, t->supply_n + 1, sizeof *room);
    struct group *g = ARENA_ARRAY(tmp, struct group, t->group_n + 1);
    int64_t *best = arena_raw(tmp, UINT16_MAX, sizeof *best);
    Wide reached = read_way(t, x, want, room, g), bound = 0;
    bool ok = true;
    for (uint32_t i = 0; i < t->supply_n; i++) {
        ok = ok && x->price[i] >= 0;
        bound += (Wide)x->price[i] * room[i];
    }
    for (uint32_t i = 0; i < t->group_n || i == 0; i++) {
        uint32_t promised = g[i].promised < g[i].places ? g[i].promised : g[i].places;
        ok = ok && x->group_price[i] >= 0 && x->group_price[i] <= x->promise_worth;
        bound += (Wide)x->group_price[i] * (g[i].places - promised);
        reached -= g[i].got < promised ? (Wide)x->promise_worth * (promised - g[i].got) : 0;
    }
    bound += best_of_needs(t, x, want, best);
    arena_close(tmp);
    return ok && reached == bound;
}
