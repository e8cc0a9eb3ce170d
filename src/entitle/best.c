/* best.c - branch and bound over the awards of a cluster.
 *
 * The next award in order is taken, then left; so the first of equal choices is the one that takes
 * the earlier ones. A branch is given up when it cannot come to more than the best so far: what is
 * left comes at most to all of it under the caps, and at most to the largest of each clique of a
 * cover by cliques, which is tight where exclusions come in groups.
 */
#include "entitle/best.h"

static uint64_t bit(uint32_t i)
{
    return (uint64_t)1 << i;
}

static uint32_t lowest(uint64_t set)
{
    return (uint32_t)__builtin_ctzll(set);
}

static int64_t sum_of(const int64_t *amount, uint64_t set)
{
    int64_t sum = 0;
    for (; set != 0; set &= set - 1)
        sum += amount[lowest(set)];
    return sum;
}

int64_t best_worth(const struct best_problem *p, const int64_t *amount, uint64_t chosen)
{
    int64_t total = 0;
    for (uint32_t i = 0; i < p->cap_n; i++) {
        int64_t sum = sum_of(amount, chosen & p->cap[i].member);
        total += sum < p->cap[i].most ? sum : p->cap[i].most;
        chosen &= ~p->cap[i].member;
    }
    return total + sum_of(amount, chosen);
}

/* ---- clusters ---- */

static uint64_t tied_to(const struct best_problem *p, uint32_t i)
{
    uint64_t tied = p->excludes[i];
    for (uint32_t k = 0; k < p->cap_n; k++)
        if (p->cap[k].member & bit(i))
            tied |= p->cap[k].member;
    return tied;
}

static uint64_t cluster_of(const struct best_problem *p, uint32_t first)
{
    uint64_t all = bit(first), todo = all;
    while (todo != 0) {
        uint32_t i = lowest(todo);
        todo &= todo - 1;
        uint64_t more = tied_to(p, i) & ~all;
        all |= more;
        todo |= more;
    }
    return all;
}

/* No cap, or one over all of it. */
static bool one_cap(const struct best_problem *p, uint64_t member, int64_t *most)
{
    *most = BEST_OPEN;
    for (uint32_t k = 0; k < p->cap_n; k++) {
        if ((p->cap[k].member & member) == 0)
            continue;
        *most = p->cap[k].most;
        return p->cap[k].member == member;
    }
    return true;
}

static enum best_form form_of(const struct best_problem *p, struct best_cluster *k)
{
    bool none = true, all = true;
    for (uint64_t left = k->member; left != 0; left &= left - 1) {
        uint32_t i = lowest(left);
        none &= p->excludes[i] == 0;
        all &= (p->excludes[i] | bit(i)) == k->member;
    }
    if (!one_cap(p, k->member, &k->most))
        return BEST_SEARCH;
    return none ? BEST_ALL : all ? BEST_ONE : BEST_SEARCH;
}

void best_open(struct best *out, const struct best_problem *p)
{
    ASSERT(p->n <= BEST_MAX);
    *out = (struct best){.of = *p};
    uint64_t left = p->n == BEST_MAX ? UINT64_MAX : bit(p->n) - 1;
    while (left != 0) {
        struct best_cluster *k = &out->cluster[out->cluster_n++];
        k->member = cluster_of(p, lowest(left));
        k->form = form_of(p, k);
        left &= ~k->member;
    }
}

/* ---- the search ---- */

struct search {
    const struct best_problem *p;
    const int64_t *amount;
    uint64_t best;
    int64_t total;
    uint32_t steps;
};

static int64_t cover(const struct search *s, uint64_t left)
{
    int64_t sum = 0;
    while (left != 0) {
        uint32_t i = lowest(left);
        uint64_t with = left & s->p->excludes[i];
        int64_t most = s->amount[i];
        left &= left - 1;
        while (with != 0) {
            uint32_t j = lowest(with);
            most = s->amount[j] > most ? s->amount[j] : most;
            left &= ~bit(j);
            with &= s->p->excludes[j];
        }
        sum += most;
    }
    return sum;
}

static bool may_be_more(const struct search *s, uint64_t chosen, uint64_t left)
{
    return best_worth(s->p, s->amount, chosen | left) > s->total &&
           sum_of(s->amount, chosen) + cover(s, left) > s->total;
}

static uint64_t excluded_by(const struct search *s, uint64_t left)
{
    uint64_t gone = 0;
    for (uint64_t set = left; set != 0; set &= set - 1)
        gone |= s->p->excludes[lowest(set)];
    return gone & left;
}

static void branch(struct search *s, uint64_t chosen, uint64_t left)
{
    if (++s->steps > BEST_STEPS_MAX || !may_be_more(s, chosen, left))
        return;
    if (excluded_by(s, left) == 0) { /* nothing to decide */
        s->best = chosen | left;
        s->total = best_worth(s->p, s->amount, s->best);
        return;
    }
    uint32_t i = lowest(left);
    left &= left - 1;
    branch(s, chosen | bit(i), left & ~s->p->excludes[i]);
    branch(s, chosen, left);
}

static uint64_t largest(const int64_t *amount, uint64_t set)
{
    uint64_t best = 0;
    int64_t most = 0;
    for (; set != 0; set &= set - 1) {
        uint32_t i = lowest(set);
        if (amount[i] > most) {
            most = amount[i];
            best = bit(i);
        }
    }
    return best;
}

enum status best_of_cluster(const struct best *b, const struct best_cluster *k,
                            const int64_t *amount, uint64_t *chosen, int64_t *total)
{
    uint64_t some = 0;
    for (uint64_t left = k->member; left != 0; left &= left - 1)
        if (amount[lowest(left)] > 0)
            some |= bit(lowest(left));
    struct search s = {.p = &b->of, .amount = amount};
    switch (k->form) {
    case BEST_ALL: s.best = some; break;
    case BEST_ONE: s.best = largest(amount, some); break;
    case BEST_SEARCH: branch(&s, 0, some); break;
    }
    *chosen = s.best;
    *total = best_worth(&b->of, amount, s.best);
    return s.steps > BEST_STEPS_MAX ? ERR_LIMIT : OK;
}

enum status best_choose(const struct best *b, const int64_t *amount, uint64_t *chosen,
                        int64_t *total)
{
    *chosen = 0;
    *total = 0;
    for (uint32_t i = 0; i < b->cluster_n; i++) {
        uint64_t some;
        int64_t sum;
        TRY(best_of_cluster(b, &b->cluster[i], amount, &some, &sum));
        *chosen |= some;
        *total += sum;
    }
    return OK;
}
