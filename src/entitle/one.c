/* one.c - one subject: what counts of each policy beside the others, and what stands in the way. */
#include "base/arena.h"
#include "entitle/entitle_int.h"

struct choice { /* at one end of the amounts, under one reading */
    int64_t amount[BEST_MAX], counts[BEST_MAX];
    uint64_t chosen;
    int64_t total;
};

static bool tops_up(const struct entitle *e, const struct policy *p, enum reading r)
{
    if (p->group < 0)
        return false;
    enum stacking mode = e->group[p->group].mode;
    return mode == STACK_TOP_UP || (mode == STACK_UNSTATED && r == READ_TOP_UP);
}

/* 补差: each of the group counts with what it is above the largest before it, lowest first. */
static void spread_top_up(const struct entitle *e, const struct group *g, struct choice *c)
{
    int64_t paid = 0, most = 0;
    for (uint64_t left = g->member & c->chosen; left != 0; left &= left - 1)
        most = c->amount[__builtin_ctzll(left)];
    uint64_t left = g->member & e->counted;
    while (left != 0 && paid < most) {
        uint32_t low = (uint32_t)__builtin_ctzll(left);
        for (uint64_t set = left; set != 0; set &= set - 1)
            if (c->amount[__builtin_ctzll(set)] < c->amount[low])
                low = (uint32_t)__builtin_ctzll(set);
        left &= ~((uint64_t)1 << low);
        if (c->amount[low] <= paid || c->amount[low] > most)
            continue;
        c->counts[low] = c->amount[low] - paid;
        paid = c->amount[low];
    }
}

/* What a cap leaves goes to the earlier ones. */
static void under_cap(uint64_t member, int64_t most, int64_t *counts)
{
    for (; member != 0; member &= member - 1) {
        int64_t *one = &counts[__builtin_ctzll(member)];
        *one = *one < most ? *one : most;
        most -= *one;
    }
}

static enum status choose(const struct entitle *e, enum reading r, struct choice *c)
{
    TRY(best_choose(&e->best[r], c->amount, &c->chosen, &c->total));
    for (uint32_t i = 0; i < e->policy_n; i++)
        c->counts[i] = c->chosen >> i & 1 ? c->amount[i] : 0;
    for (uint32_t i = 0; i < e->policy_n; i++)
        if ((c->chosen >> i & 1) && tops_up(e, &e->policy[i], r))
            spread_top_up(e, &e->group[e->policy[i].group], c);
    for (uint32_t i = 0; i < e->cap_n; i++)
        under_cap(e->cap[i].member, e->cap[i].most, c->counts);
    if (e->has_cap)
        under_cap(e->counted, e->cap_fen, c->counts);
    if (e->has_cap && c->total > e->cap_fen)
        c->total = e->cap_fen;
    return OK;
}

/* ---- what binds ---- */

static bool under_group_cap(const struct entitle *e, uint32_t policy)
{
    for (uint32_t i = 0; i < e->cap_n; i++)
        if (e->cap[i].member >> policy & 1)
            return true;
    return false;
}

static enum binding binding_of(const struct entitle *e, enum reading r, const struct entitled *one,
                               const struct choice *hi)
{
    const struct policy *p = &e->policy[one->policy];
    bool whole = one->counts[r].hi == one->amount.hi;
    if (whole || p->apart)
        return p->has_cap && one->amount.hi == p->cap_fen && one->amount.lo == p->cap_fen
                   ? BIND_OWN
                   : BIND_NONE;
    if ((hi->chosen >> one->policy & 1) == 0 || tops_up(e, p, r))
        return BIND_OTHER;
    return under_group_cap(e, one->policy) ? BIND_GROUP : BIND_ALL;
}

static int32_t counts_instead(const struct entitle *e, uint32_t policy, const struct choice *hi)
{
    uint64_t others = e->best[READ_HIGHEST].of.excludes[policy] & hi->chosen;
    return others == 0 ? -1 : (int32_t)__builtin_ctzll(others);
}

static int64_t open_end(int64_t fen)
{
    return fen >= BEST_OPEN ? FEN_OPEN : fen;
}

static void put(const struct entitle *e, enum reading r, struct entitlement *out,
                const struct choice *lo, const struct choice *hi)
{
    out->total[r] = (Money){lo->total, open_end(hi->total)};
    for (uint32_t i = 0; i < out->n; i++) {
        struct entitled *one = &out->at[i];
        int64_t a = lo->counts[i], b = hi->counts[i];
        one->counts[r] = (Money){a < b ? a : b, open_end(a < b ? b : a)};
        one->binding[r] = one->amount.hi > 0 ? binding_of(e, r, one, hi) : BIND_NONE;
        if (r == READ_HIGHEST && one->binding[r] == BIND_OTHER)
            one->by = counts_instead(e, i, hi);
    }
}

enum status entitle_one(struct arena *keep, struct entitlement *out, const struct subject_row *at)
{
    const struct entitle *e = at->e;
    struct choice *lo = ARENA_NEW(keep, struct choice), *hi = ARENA_NEW(keep, struct choice);
    *out = (struct entitlement){.n = e->policy_n};
    out->at = ARENA_ARRAY(keep, struct entitled, e->policy_n + 1);
    for (uint32_t i = 0; i < e->policy_n; i++) {
        Money m = entitle_money(result_cell(at->res, e->policy[i].item, at->row));
        out->at[i] = (struct entitled){.policy = i,
                                       .state = entitle_state(e, at->res, i, at->row),
                                       .amount = {m.lo, open_end(m.hi)},
                                       .by = -1};
        lo->amount[i] = e->policy[i].apart ? 0 : m.lo;
        hi->amount[i] = e->policy[i].apart ? 0 : m.hi;
        if (e->policy[i].apart)
            out->apart = (Money){out->apart.lo + m.lo, open_end(out->apart.hi + m.hi)};
    }
    for (int r = 0; r < READ_N; r++) {
        TRY(choose(e, (enum reading)r, lo));
        TRY(choose(e, (enum reading)r, hi));
        put(e, (enum reading)r, out, lo, hi);
    }
    out->differ = out->total[READ_SUM].lo != out->total[READ_HIGHEST].lo ||
                  out->total[READ_SUM].hi != out->total[READ_HIGHEST].hi;
    return OK;
}
