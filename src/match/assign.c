/* assign.c - a county in two parts.
 *
 *                   needs                                          supplies
 *     enough        all places filled   --- best pairs, by need ---   some left free
 *     short         some left empty     -- best pairs, by supply --   all places filled
 *
 * As many pairs as can be come first. That alone decides which needs may go without and which
 * supplies will be full (assign_cut.c); a pair of a short need with a supply of the other part is
 * in every such way, and no pair of the others crosses. Within a part, the side that is served in
 * full asks, place by place (assign_flow.c), and soon finds somebody who has nothing yet: were
 * those asked who must go without, each would search far to learn that. Prices of the parts
 * together are prices of the whole, so the two ways are one best way; if it breaks promises, the
 * flow goes on from it until it keeps what can be kept.
 */
#include "match/assign.h"

#include <string.h>

#include "base/arena.h"
#include "match/assign_int.h"

struct county {
    struct assign_task t; /* `wants`, `capacity`, `floor`: what the locked pairs leave */
    uint16_t *wants, *capacity;
    uint32_t *floor;
    struct arena *tmp;
    bool *taken;
    bool *is_short;  /* of needs, then supplies */
    int64_t *height; /* of needs, supplies, groups */
    int64_t pair_worth;
};

static uint32_t group_of(const struct assign_task *t, uint32_t need)
{
    return t->group == NULL ? 0 : t->group[need];
}

static void read_limits(struct county *c, const struct assign_task *t)
{
    c->t = *t;
    c->wants = arena_raw(c->tmp, t->need_n + 1, sizeof *c->wants);
    c->capacity = arena_raw(c->tmp, t->supply_n + 1, sizeof *c->capacity);
    c->floor = ARENA_ARRAY(c->tmp, uint32_t, t->group_n + 1);
    memcpy(c->wants, t->wants, t->need_n * sizeof *c->wants);
    memcpy(c->capacity, t->capacity, t->supply_n * sizeof *c->capacity);
    if (t->floor != NULL)
        memcpy(c->floor, t->floor, t->group_n * sizeof *c->floor);
    c->t.wants = c->wants;
    c->t.capacity = c->capacity;
    c->t.floor = c->floor;
}

static enum status take_locked(struct county *c, struct assignment *out)
{
    for (uint32_t p = 0; p < c->t.pair_n; p++) {
        const struct assign_pair *x = &c->t.pair[p];
        uint32_t *floor = &c->floor[group_of(&c->t, x->need)];
        if (x->lock != ASSIGN_IN)
            continue;
        if (c->capacity[x->supply] == 0 || c->wants[x->need] == 0) {
            out->bad_at = p;
            return ERR_INPUT;
        }
        c->capacity[x->supply]--;
        c->wants[x->need]--;
        *floor -= *floor > 0;
        c->taken[p] = true;
    }
    return OK;
}

/* More than any way round through scores can gain. */
static int64_t worth_of_pair(const struct assign_task *t)
{
    int32_t most = 0;
    uint32_t nodes = t->need_n + t->supply_n + (t->group_n > 0 ? t->group_n : 1);
    ASSERT(nodes <= ASSIGN_NODES_MAX);
    for (uint32_t p = 0; p < t->pair_n; p++) {
        ASSERT(t->pair[p].score >= 0 && t->pair[p].score <= ASSIGN_SCORE_MAX);
        ASSERT(p == 0 || t->pair[p - 1].need <= t->pair[p].need);
        most = t->pair[p].score > most ? t->pair[p].score : most;
    }
    return ((int64_t)nodes + 1) * (most + 1);
}

/* --- the two parts --- */

static bool is_within(const struct county *c, const struct assign_pair *x, bool is_short)
{
    return x->lock == ASSIGN_FREE && c->is_short[x->need] == is_short &&
           c->is_short[c->t.need_n + x->supply] == is_short;
}

/* Pairs of the part by asker: needs, or supplies where needs are short. `at`: which they are. */
static void select_pairs(const struct county *c, struct assign_task *part, uint32_t *at,
                         bool is_short)
{
    uint32_t *next = ARENA_ARRAY(c->tmp, uint32_t, part->need_n + 2);
    part->pair_n = 0;
    for (uint32_t p = 0; p < c->t.pair_n; p++)
        if (is_within(c, &c->t.pair[p], is_short)) {
            next[(is_short ? c->t.pair[p].supply : c->t.pair[p].need) + 1]++;
            part->pair_n++;
        }
    for (uint32_t i = 0; i < part->need_n; i++)
        next[i + 1] += next[i];
    part->pair = arena_raw(c->tmp, part->pair_n + 1, sizeof *part->pair);
    for (uint32_t p = 0; p < c->t.pair_n; p++) {
        const struct assign_pair *x = &c->t.pair[p];
        if (!is_within(c, x, is_short))
            continue;
        uint32_t asker = is_short ? x->supply : x->need;
        part->pair[next[asker]] =
            (struct assign_pair){asker, is_short ? x->need : x->supply, x->score, ASSIGN_FREE};
        at[next[asker]++] = p;
    }
}

/* What askers want and the others have. What crosses between the parts is taken. */
static void share_limits(struct county *c, struct assign_task *part, bool is_short)
{
    const struct assign_task *t = &c->t;
    uint16_t *wants = ARENA_ARRAY(c->tmp, uint16_t, part->need_n + 1);
    uint16_t *has = ARENA_ARRAY(c->tmp, uint16_t, part->supply_n + 1);
    for (uint32_t i = 0; i < t->need_n; i++)
        if (c->is_short[i] == is_short)
            *(is_short ? &has[i] : &wants[i]) = t->wants[i];
    for (uint32_t i = 0; i < t->supply_n; i++)
        if (c->is_short[t->need_n + i] == is_short)
            *(is_short ? &wants[i] : &has[i]) = t->capacity[i];
    for (uint32_t p = 0; p < t->pair_n; p++) {
        const struct assign_pair *x = &t->pair[p];
        if (x->lock == ASSIGN_FREE && c->is_short[x->need] && !c->is_short[t->need_n + x->supply]) {
            has[is_short ? x->need : x->supply]--;
            c->taken[p] = true;
        }
    }
    part->wants = wants;
    part->capacity = has;
}

static void serve_part(struct county *c, bool is_short)
{
    const struct assign_task *t = &c->t;
    struct assign_task part = {.need_n = is_short ? t->supply_n : t->need_n,
                               .supply_n = is_short ? t->need_n : t->supply_n};
    uint32_t *at = arena_raw(c->tmp, t->pair_n + 1, sizeof *at);
    struct assign_flow f;
    share_limits(c, &part, is_short);
    select_pairs(c, &part, at, is_short);
    assign_flow_open(&f, c->tmp, &part, c->pair_worth);
    assign_flow_serve(&f);
    for (uint32_t p = 0; p < part.pair_n; p++)
        c->taken[at[p]] = f.is_taken[p];
    for (uint32_t i = 0; i < t->need_n + t->supply_n; i++)
        if (c->is_short[i] == is_short)
            c->height[i] = !is_short       ? f.height[i]
                           : i < t->need_n ? -f.height[t->supply_n + i]
                                           : -f.height[i - t->need_n];
}

/* --- the whole --- */

static void tell(const struct county *c, struct arena *keep, struct assignment *out)
{
    const struct assign_task *t = &c->t;
    out->taken = c->taken;
    out->pair_worth = c->pair_worth;
    out->promise_worth = assign_promise_worth(t, c->pair_worth);
    out->price = ARENA_ARRAY(keep, int64_t, t->supply_n + 1);
    out->group_price = ARENA_ARRAY(keep, int64_t, t->group_n + 1);
    out->got = ARENA_ARRAY(keep, uint32_t, t->group_n + 1);
    for (uint32_t i = 0; i < t->supply_n; i++)
        out->price[i] = -c->height[t->need_n + i];
    for (uint32_t g = 0; g < t->group_n; g++)
        out->group_price[g] = -c->height[t->need_n + t->supply_n + g];
    for (uint32_t p = 0; p < t->pair_n; p++)
        if (out->taken[p]) {
            out->n++;
            out->score += t->pair[p].score;
            out->got[group_of(t, t->pair[p].need)]++;
        }
}

static void keep_promises(struct county *c)
{
    struct assign_flow f;
    assign_flow_open(&f, c->tmp, &c->t, c->pair_worth);
    f.is_taken = c->taken;
    f.height = c->height;
    assign_flow_promise(&f);
}

enum status assign_run(struct arena *keep, const struct assign_task *t, struct assignment *out)
{
    struct county c = {.tmp = arena_open(), .pair_worth = worth_of_pair(t)};
    *out = (struct assignment){0};
    c.taken = ARENA_ARRAY(keep, bool, t->pair_n + 1);
    c.is_short = ARENA_ARRAY(c.tmp, bool, t->need_n + t->supply_n + 1);
    c.height = ARENA_ARRAY(c.tmp, int64_t, t->need_n + t->supply_n + t->group_n + 2);
    read_limits(&c, t);
    enum status st = take_locked(&c, out);
    if (st == OK) {
        assign_cut(c.tmp, &c.t, c.is_short);
        serve_part(&c, false);
        serve_part(&c, true);
        if (t->floor != NULL)
            keep_promises(&c);
        tell(&c, keep, out);
    }
    arena_close(c.tmp);
    return st;
}
