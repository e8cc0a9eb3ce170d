/* assign.c - flow of least cost, need by need.
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
#include "match/assign.h"

#include <string.h>

#include "base/arena.h"

#define NONE UINT32_MAX

struct node {
    int64_t length;
    uint32_t seen;  /* the search it was reached in, */
    uint32_t done;  /* and settled in */
    uint32_t from;  /* node on the way, */
    uint32_t pair;  /* and pair; NONE: to or from a group */
    uint32_t first; /* of a supply: pairs taken; of a group: needs with places left empty */
    uint32_t left;  /* places: of a supply free, of a need empty, of a group to spare */
};

struct link {
    uint32_t next, last;
};

struct step {
    int64_t length;
    uint32_t node;
};

/* Nodes: needs, then supplies, then groups. */
struct flow {
    const struct assign_task *t;
    struct node *node;
    int64_t *height; /* of each node: apart, as most of a search is looking at them */
    uint32_t supply_at, group_at, node_n;
    uint32_t *start;    /* of each need's pairs, and the end */
    struct link *taken; /* pairs of one supply */
    struct link *empty; /* needs of one group with places left empty */
    bool *is_taken;
    int64_t pair_worth, promise_worth;
    struct step *heap;
    size_t heap_n, heap_cap;
    struct arena *tmp;
    uint32_t *settled; /* nodes nearer than the end, in this search */
    uint32_t settled_n;
    uint32_t search;
    int64_t best; /* length of the best end, */
    uint32_t end; /* and the node before it; NONE: none yet */
};

/* --- lists --- */

static void link_in(struct link *l, uint32_t *first, uint32_t i)
{
    l[i] = (struct link){.next = *first, .last = NONE};
    if (*first != NONE)
        l[*first].last = i;
    *first = i;
}

static void link_out(struct link *l, uint32_t *first, uint32_t i)
{
    if (l[i].last == NONE)
        *first = l[i].next;
    else
        l[l[i].last].next = l[i].next;
    if (l[i].next != NONE)
        l[l[i].next].last = l[i].last;
}

/* --- heap --- */

static bool is_nearer(const struct step *a, const struct step *b)
{
    return a->length != b->length ? a->length < b->length : a->node < b->node;
}

static void push(struct flow *f, int64_t length, uint32_t node)
{
    struct step x = {length, node};
    VEC_PUSH(f->tmp, f->heap, f->heap_n, f->heap_cap) = x;
    size_t i = f->heap_n - 1;
    for (; i > 0 && is_nearer(&x, &f->heap[(i - 1) / 2]); i = (i - 1) / 2)
        f->heap[i] = f->heap[(i - 1) / 2];
    f->heap[i] = x;
}

static struct step pop(struct flow *f)
{
    struct step top = f->heap[0], x = f->heap[--f->heap_n];
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

static int64_t worth(const struct flow *f, uint32_t pair)
{
    return f->pair_worth + f->t->pair[pair].score;
}

static void reach(struct flow *f, uint32_t to, int64_t length, uint32_t from, uint32_t pair)
{
    struct node *n = &f->node[to];
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

static void leave_need(struct flow *f, uint32_t need, int64_t length)
{
    int64_t from = length + f->height[need];
    uint32_t group = f->group_at + (f->t->group == NULL ? 0 : f->t->group[need]);
    reach(f, group, from - f->height[group], need, NONE);
    for (uint32_t p = f->start[need]; p < f->start[need + 1]; p++) {
        uint32_t to = f->supply_at + f->t->pair[p].supply;
        int64_t there = from - worth(f, p) - f->height[to];
        if (there < f->best && !f->is_taken[p] && f->t->pair[p].lock == ASSIGN_FREE)
            reach(f, to, there, need, p);
    }
}

/* Whoever sits there may go elsewhere. */
static void leave_supply(struct flow *f, uint32_t supply, int64_t length)
{
    for (uint32_t p = f->node[supply].first; p != NONE; p = f->taken[p].next) {
        uint32_t need = f->t->pair[p].need;
        reach(f, need, length + worth(f, p) + f->height[supply] - f->height[need], supply, p);
    }
}

static void leave_group(struct flow *f, uint32_t group, int64_t length)
{
    for (uint32_t need = f->node[group].first; need != NONE; need = f->empty[need].next)
        reach(f, need, length + f->height[group] - f->height[need], group, NONE);
}

static void search(struct flow *f, uint32_t need)
{
    f->search++;
    f->heap_n = 0;
    f->settled_n = 0;
    f->best = INT64_MAX;
    f->end = NONE;
    reach(f, need, 0, NONE, NONE);
    while (f->heap_n > 0) {
        struct step s = pop(f);
        struct node *n = &f->node[s.node];
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

static void take_way(struct flow *f)
{
    for (uint32_t to = f->end, from; (from = f->node[to].from) != NONE; to = from) {
        uint32_t pair = f->node[to].pair;
        if (from < f->supply_at && to < f->group_at) {
            f->is_taken[pair] = true;
            link_in(f->taken, &f->node[to].first, pair);
        } else if (from < f->supply_at) {
            if (f->node[from].left++ == 0)
                link_in(f->empty, &f->node[to].first, from);
        } else if (from < f->group_at) {
            f->is_taken[pair] = false;
            link_out(f->taken, &f->node[from].first, pair);
        } else if (--f->node[to].left == 0)
            link_out(f->empty, &f->node[from].first, to);
    }
    if (f->node[f->end].left > 0)
        f->node[f->end].left--;
}

/* What was nearer than the end falls by how much nearer it was. */
static void lower(struct flow *f)
{
    for (uint32_t i = 0; i < f->settled_n; i++) {
        uint32_t node = f->settled[i];
        f->height[node] += f->node[node].length - f->best;
    }
}

/* The least height at which no arc of the need's has a negative cost. */
static void lift_need(struct flow *f, uint32_t need)
{
    int64_t most = f->height[f->group_at + (f->t->group == NULL ? 0 : f->t->group[need])];
    for (uint32_t p = f->start[need]; p < f->start[need + 1]; p++) {
        int64_t h = worth(f, p) + f->height[f->supply_at + f->t->pair[p].supply];
        if (f->t->pair[p].lock == ASSIGN_FREE && h > most)
            most = h;
    }
    f->height[need] = most;
}

/* --- setting up --- */

static enum status take_locked(struct flow *f, struct assignment *out)
{
    for (uint32_t p = 0; p < f->t->pair_n; p++) {
        const struct assign_pair *x = &f->t->pair[p];
        struct node *supply = &f->node[f->supply_at + x->supply], *need = &f->node[x->need];
        if (x->lock != ASSIGN_IN)
            continue;
        if (supply->left == 0 || need->left == 0) {
            out->bad_at = p;
            return ERR_INPUT;
        }
        supply->left--;
        need->left--;
        f->is_taken[p] = true;
    }
    return OK;
}

/* What each group can spare of its places, once what it was promised is kept back. */
static void spare_places(struct flow *f)
{
    const struct assign_task *t = f->t;
    for (uint32_t g = 0; g < t->group_n; g++)
        f->node[f->group_at + g].left = 0;
    for (uint32_t i = 0; i < t->need_n; i++)
        f->node[f->group_at + (t->group == NULL ? 0 : t->group[i])].left += f->node[i].left;
    for (uint32_t g = 0; g < t->group_n && t->floor != NULL; g++) {
        uint32_t locked = 0, *left = &f->node[f->group_at + g].left;
        for (uint32_t p = 0; p < t->pair_n; p++)
            locked += f->is_taken[p] && t->group != NULL && t->group[t->pair[p].need] == g;
        uint32_t promised = t->floor[g] > locked ? t->floor[g] - locked : 0;
        *left -= promised < *left ? promised : *left;
    }
}

static void set_up(struct flow *f, struct arena *keep)
{
    const struct assign_task *t = f->t;
    int32_t most = 0;
    f->supply_at = t->need_n;
    f->group_at = f->supply_at + t->supply_n;
    f->node_n = f->group_at + (t->group_n > 0 ? t->group_n : 1);
    ASSERT(f->node_n <= ASSIGN_NODES_MAX);
    f->node = ARENA_ARRAY(f->tmp, struct node, f->node_n);
    f->height = ARENA_ARRAY(f->tmp, int64_t, f->node_n);
    f->start = ARENA_ARRAY(f->tmp, uint32_t, t->need_n + 2);
    f->taken = arena_raw(f->tmp, t->pair_n + 1, sizeof *f->taken);
    f->empty = arena_raw(f->tmp, t->need_n + 1, sizeof *f->empty);
    f->settled = arena_raw(f->tmp, f->node_n, sizeof *f->settled);
    f->is_taken = ARENA_ARRAY(keep, bool, t->pair_n + 1);
    for (uint32_t i = 0; i < f->node_n; i++)
        f->node[i].first = NONE;
    for (uint32_t i = 0; i < t->need_n; i++)
        f->node[i].left = t->wants[i];
    for (uint32_t i = 0; i < t->supply_n; i++)
        f->node[f->supply_at + i].left = t->capacity[i];
    for (uint32_t p = 0; p < t->pair_n; p++) {
        const struct assign_pair *x = &t->pair[p];
        ASSERT(x->score >= 0 && x->score <= ASSIGN_SCORE_MAX);
        ASSERT(p == 0 || t->pair[p - 1].need <= x->need);
        f->start[x->need + 1]++;
        most = x->score > most ? x->score : most;
    }
    for (uint32_t i = 0; i < t->need_n; i++)
        f->start[i + 1] += f->start[i];
    f->pair_worth = ((int64_t)f->node_n + 1) * (most + 1);
    f->promise_worth = ((int64_t)f->node_n + 1) * (f->pair_worth + most);
}

/* --- all --- */

static void serve(struct flow *f, uint32_t need)
{
    uint32_t places = f->node[need].left;
    f->node[need].left = 0;
    if (places == 0)
        return;
    lift_need(f, need);
    for (; places > 0; places--) {
        search(f, need);
        lower(f);
        take_way(f);
    }
}

static void tell(const struct flow *f, struct arena *keep, struct assignment *out)
{
    const struct assign_task *t = f->t;
    out->pair_worth = f->pair_worth;
    out->price = ARENA_ARRAY(keep, int64_t, t->supply_n + 1);
    out->got = ARENA_ARRAY(keep, uint32_t, t->group_n + 1);
    for (uint32_t i = 0; i < t->supply_n; i++)
        out->price[i] = -f->height[f->supply_at + i];
    for (uint32_t p = 0; p < t->pair_n; p++)
        if (out->taken[p]) {
            out->n++;
            out->score += t->pair[p].score;
            out->got[t->group == NULL ? 0 : t->group[t->pair[p].need]]++;
        }
}

enum status assign_run(struct arena *keep, const struct assign_task *t, struct assignment *out)
{
    struct flow f = {.t = t, .tmp = arena_open()};
    *out = (struct assignment){0};
    set_up(&f, keep);
    out->taken = f.is_taken;
    enum status st = take_locked(&f, out);
    if (st == OK) {
        spare_places(&f);
        for (uint32_t i = 0; i < t->need_n; i++)
            serve(&f, i);
        tell(&f, keep, out);
    }
    arena_close(f.tmp);
    return st;
}
