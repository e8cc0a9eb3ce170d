/* assign_flow.c - flow of least cost, need by need.
 *
 *     need --(-score - PAIR)--> supply --(capacity)--> end
 *       `---------(0)---------> group  --(0 up to what it can spare, then PROMISE)--> end
 *
 * A place that a need does not fill goes by its group: up to what the group can spare it costs
 * nothing, beyond it costs more than all scores. PAIR, which is more than any way round through
 * scores can gain, makes a pair worth more than none.
 *
 * Needs come one at a time, each place by the shortest way in what is left (Dijkstra with
 * potentials), which may take places from others that do nearly as well elsewhere. The flow is the
 * best one for all needs so far at any time, so the order does not count for the sum. Most ways end
 * at once: lengths past the best end seen are never looked at.
 *
 * Potentials: cost + height[from] - height[to] >= 0 on every arc with room. They only fall, and end
 * at 0 where there is room; a price is how far a supply fell.
 */
#include <string.h>

#include "base/arena.h"
#include "match/assign_int.h"

/* --- lists --- */

void assign_link_in(struct assign_link *l, uint32_t *first, uint32_t i)
{
    l[i] = (struct assign_link){.next = *first, .last = ASSIGN_NONE};
    if (*first != ASSIGN_NONE)
        l[*first].last = i;
    *first = i;
}

void assign_link_out(struct assign_link *l, uint32_t *first, uint32_t i)
{
    if (l[i].last == ASSIGN_NONE)
        *first = l[i].next;
    else
        l[l[i].last].next = l[i].next;
    if (l[i].next != ASSIGN_NONE)
        l[l[i].next].last = l[i].last;
}

uint32_t *assign_starts(struct arena *tmp, const struct assign_task *t)
{
    uint32_t *start = ARENA_ARRAY(tmp, uint32_t, t->need_n + 2);
    for (uint32_t p = 0; p < t->pair_n; p++)
        start[t->pair[p].need + 1]++;
    for (uint32_t i = 0; i < t->need_n; i++)
        start[i + 1] += start[i];
    return start;
}

/* --- heap --- */

static bool is_nearer(const struct assign_step *a, const struct assign_step *b)
{
    return a->length != b->length ? a->length < b->length : a->node < b->node;
}

static void push(struct assign_flow *f, int64_t length, uint32_t node)
{
    struct assign_step x = {length, node};
    VEC_PUSH(f->tmp, f->heap, f->heap_n, f->heap_cap) = x;
    size_t i = f->heap_n - 1;
    for (; i > 0 && is_nearer(&x, &f->heap[(i - 1) / 2]); i = (i - 1) / 2)
        f->heap[i] = f->heap[(i - 1) / 2];
    f->heap[i] = x;
}

static struct assign_step pop(struct assign_flow *f)
{
    struct assign_step top = f->heap[0], x = f->heap[--f->heap_n];
    size_t i = 0;
    for (size_t kid; (kid = 2 * i + 1) < f->heap_n; i = kid) {
        if (kid + 1 < f->heap_n && is_nearer(&f->heap[kid + 1], &f->heap[kid]))
            kid++;
        if (!is_nearer(&f->heap[kid], &x))
            break;
        f->heap[i] = f->heap[kid];
    }
    f->heap[i] = x;
    return top;
}

/* --- shortest way --- */

static uint32_t group_of(const struct assign_flow *f, uint32_t need)
{
    return f->group_at + (f->t->group == NULL ? 0 : f->t->group[need]);
}

static int64_t worth(const struct assign_flow *f, uint32_t pair)
{
    return f->pair_worth + f->t->pair[pair].score;
}

static void reach(struct assign_flow *f, uint32_t to, int64_t length, uint32_t from, uint32_t pair)
{
    struct assign_node *n = &f->node[to];
    if (length >= f->best || (n->seen == f->search && n->length <= length))
        return;
    n->seen = f->search;
    n->length = length;
    n->from = from;
    n->pair = pair;
    if (to >= f->supply_at) {
        int64_t cost = n->left > 0 || to < f->group_at ? 0 : f->promise_worth;
        if ((n->left > 0 || to >= f->group_at) && length + cost + f->height[to] < f->best) {
            f->best = length + cost + f->height[to];
            f->end = to;
        }
    }
    push(f, length, to);
}

static void leave_need(struct assign_flow *f, uint32_t need, int64_t length)
{
    int64_t from = length + f->height[need];
    uint32_t group = group_of(f, need);
    reach(f, group, from - f->height[group], need, ASSIGN_NONE);
    for (uint32_t p = f->start[need]; p < f->start[need + 1]; p++) {
        uint32_t to = f->supply_at + f->t->pair[p].supply;
        int64_t there = from - worth(f, p) - f->height[to];
        if (there < f->best && !f->is_taken[p] && f->t->pair[p].lock == ASSIGN_FREE)
            reach(f, to, there, need, p);
    }
}

/* Whoever sits there may go elsewhere. */
static void leave_supply(struct assign_flow *f, uint32_t supply, int64_t length)
{
    for (uint32_t p = f->node[supply].first; p != ASSIGN_NONE; p = f->taken[p].next) {
        uint32_t need = f->t->pair[p].need;
        reach(f, need, length + worth(f, p) + f->height[supply] - f->height[need], supply, p);
    }
}

static void leave_group(struct assign_flow *f, uint32_t group, int64_t length)
{
    for (uint32_t need = f->node[group].first; need != ASSIGN_NONE; need = f->empty[need].next)
        reach(f, need, length + f->height[group] - f->height[need], group, ASSIGN_NONE);
}

static void search(struct assign_flow *f, uint32_t need)
{
    f->search++;
    f->heap_n = 0;
    f->settled_n = 0;
    f->best = INT64_MAX;
    f->end = ASSIGN_NONE;
    reach(f, need, 0, ASSIGN_NONE, ASSIGN_NONE);
    while (f->heap_n > 0) {
        struct assign_step s = pop(f);
        struct assign_node *n = &f->node[s.node];
        if (s.length >= f->best)
            break;
        if (n->done == f->search)
            continue;
        n->done = f->search;
        f->settled[f->settled_n++] = s.node;
        if (s.node < f->supply_at)
            leave_need(f, s.node, s.length);
        else if (s.node < f->group_at)
            leave_supply(f, s.node, s.length);
        else
            leave_group(f, s.node, s.length);
    }
}

/* --- one place --- */

static void take_way(struct assign_flow *f)
{
    for (uint32_t to = f->end, from; (from = f->node[to].from) != ASSIGN_NONE; to = from) {
        uint32_t pair = f->node[to].pair;
        if (from < f->supply_at && to < f->group_at) {
            f->is_taken[pair] = true;
            assign_link_in(f->taken, &f->node[to].first, pair);
        } else if (from < f->supply_at) {
            if (f->node[from].left++ == 0)
                assign_link_in(f->empty, &f->node[to].first, from);
        } else if (from < f->group_at) {
            f->is_taken[pair] = false;
            assign_link_out(f->taken, &f->node[from].first, pair);
        } else if (--f->node[to].left == 0)
            assign_link_out(f->empty, &f->node[from].first, to);
    }
    if (f->node[f->end].left > 0)
        f->node[f->end].left--;
}

/* What was nearer than the end falls by how much nearer it was. */
static void lower(struct assign_flow *f)
{
    for (uint32_t i = 0; i < f->settled_n; i++) {
        uint32_t node = f->settled[i];
        f->height[node] += f->node[node].length - f->best;
    }
}

/* The least height at which no arc of the need's has a negative cost. */
static void lift_need(struct assign_flow *f, uint32_t need)
{
    int64_t most = f->height[group_of(f, need)];
    for (uint32_t p = f->start[need]; p < f->start[need + 1]; p++) {
        int64_t h = worth(f, p) + f->height[f->supply_at + f->t->pair[p].supply];
        if (f->t->pair[p].lock == ASSIGN_FREE && h > most)
            most = h;
    }
    f->height[need] = most;
}

/* --- all --- */

int64_t assign_promise_worth(const struct assign_task *t, int64_t pair_worth)
{
    return ((int64_t)t->need_n + t->supply_n + t->group_n + 2) * (pair_worth + ASSIGN_SCORE_MAX);
}

void assign_flow_open(struct assign_flow *f, struct arena *tmp, const struct assign_task *t,
                      int64_t pair_worth)
{
    *f = (struct assign_flow){.t = t, .tmp = tmp, .pair_worth = pair_worth};
    f->supply_at = t->need_n;
    f->group_at = f->supply_at + t->supply_n;
    f->node_n = f->group_at + (t->group_n > 0 ? t->group_n : 1);
    f->promise_worth = assign_promise_worth(t, pair_worth);
    f->node = ARENA_ARRAY(tmp, struct assign_node, f->node_n);
    f->height = ARENA_ARRAY(tmp, int64_t, f->node_n);
    f->start = assign_starts(tmp, t);
    f->taken = arena_raw(tmp, t->pair_n + 1, sizeof *f->taken);
    f->empty = arena_raw(tmp, t->need_n + 1, sizeof *f->empty);
    f->settled = arena_raw(tmp, f->node_n, sizeof *f->settled);
    f->is_taken = ARENA_ARRAY(tmp, bool, t->pair_n + 1);
    for (uint32_t i = 0; i < f->node_n; i++)
        f->node[i].first = ASSIGN_NONE;
    for (uint32_t i = 0; i < t->supply_n; i++)
        f->node[f->supply_at + i].left = t->capacity[i];
}

/* One place, by the shortest way from a node. */
static void fill(struct assign_flow *f, uint32_t node)
{
    search(f, node);
    lower(f);
    take_way(f);
}

void assign_flow_serve(struct assign_flow *f)
{
    for (uint32_t g = f->group_at; g < f->node_n; g++)
        f->node[g].left = UINT32_MAX;
    for (uint32_t i = 0; i < f->supply_at; i++) {
        if (f->t->wants[i] > 0)
            lift_need(f, i);
        for (uint32_t k = 0; k < f->t->wants[i]; k++)
            fill(f, i);
    }
    for (uint32_t i = 0; i < f->supply_at; i++)
        if (f->t->wants[i] == 0)
            lift_need(f, i);
}

/* What is taken and what is empty, as lists. */
static void read_way(struct assign_flow *f)
{
    const struct assign_task *t = f->t;
    for (uint32_t i = 0; i < t->need_n; i++)
        f->node[i].left = t->wants[i];
    for (uint32_t p = 0; p < t->pair_n; p++)
        if (f->is_taken[p] && t->pair[p].lock == ASSIGN_FREE) {
            uint32_t supply = f->supply_at + t->pair[p].supply;
            f->node[supply].left--;
            f->node[t->pair[p].need].left--;
            assign_link_in(f->taken, &f->node[supply].first, p);
        }
    for (uint32_t i = 0; i < t->need_n; i++)
        if (f->node[i].left > 0)
            assign_link_in(f->empty, &f->node[group_of(f, i)].first, i);
}

/* A group that has more empty places than it can spare fills them as long as that is possible, each
 * by the shortest way that begins with one of them. */
void assign_flow_promise(struct assign_flow *f)
{
    const struct assign_task *t = f->t;
    uint32_t *lacks = ARENA_ARRAY(f->tmp, uint32_t, t->group_n + 1);
    uint32_t *spare = ARENA_ARRAY(f->tmp, uint32_t, t->group_n + 1);
    read_way(f);
    for (uint32_t i = 0; i < t->need_n; i++) {
        spare[group_of(f, i) - f->group_at] += t->wants[i];
        lacks[group_of(f, i) - f->group_at] += f->node[i].left;
    }
    for (uint32_t g = 0; g < t->group_n; g++) {
        spare[g] -= t->floor[g] < spare[g] ? t->floor[g] : spare[g];
        f->node[f->group_at + g].left = spare[g] > lacks[g] ? spare[g] - lacks[g] : 0;
        lacks[g] -= lacks[g] < spare[g] ? lacks[g] : spare[g];
    }
    for (uint32_t g = 0; g < t->group_n; g++)
        for (; lacks[g] > 0; lacks[g]--)
            fill(f, f->group_at + g);
}
