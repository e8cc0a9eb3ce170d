#include "ledger/simulate.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/order.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "ledger/split.h"

enum { E6 = 1000000, TEN = 10, HUNDRED = 100 };

static int64_t ratio_e6(Wide a, Wide b)
{
    Wide v;
    bool ok = b > 0 && wide_muldiv(&v, a, E6, b, ROUND_HALF_UP);
    return ok ? (int64_t)v : 0;
}

/* ---- the cut ---- */

struct parts {
    const int64_t *worth;
    int64_t budget;
    Wide all;
};

static Wide lost(const struct parts *p, uint32_t i)
{
    return (Wide)p->worth[i] * p->budget % p->all;
}

static bool lost_less(const void *ctx, uint32_t a, uint32_t b)
{
    return lost(ctx, a) < lost(ctx, b);
}

void simulate_cut(struct arena *tmp, int64_t *fen, const int64_t *worth, size_t n, int64_t budget)
{
    struct parts p = {.worth = worth, .budget = budget};
    int64_t left = budget;
    for (size_t i = 0; i < n; i++)
        p.all += worth[i];
    for (size_t i = 0; i < n; i++) {
        fen[i] = p.all == 0 ? 0 : (int64_t)((Wide)worth[i] * budget / p.all);
        left -= fen[i];
    }
    if (p.all == 0 || left == 0)
        return;
    const uint32_t *order = order_rows(tmp, (uint32_t)n, lost_less, &p);
    for (size_t i = 0; i < n && left > 0; i++, left--)
        fen[order[i]]++;
}

/* ---- concentration ---- */

static bool is_more(const void *ctx, uint32_t a, uint32_t b)
{
    const int64_t *fen = ctx;
    return fen[a] > fen[b];
}

/* G = (2 sum(i x_i) / sum(x) - (n + 1)) / n, x ascending from 1. */
int64_t simulate_gini(struct arena *tmp, const int64_t *fen, size_t n)
{
    const uint32_t *order = order_rows(tmp, (uint32_t)n, is_more, fen);
    Wide weighted = 0, sum = 0;
    int64_t rank = 0;
    for (size_t i = 0; i < n; i++) {
        if (fen[order[i]] <= 0)
            continue;
        weighted += (Wide)++rank * fen[order[i]];
        sum += fen[order[i]];
    }
    return rank == 0 ? 0 : ratio_e6(2 * weighted - (rank + 1) * sum, rank * sum);
}

static int64_t share_of_best(const int64_t *fen, const uint32_t *order, size_t n, size_t best,
                             int64_t total)
{
    Wide sum = 0;
    for (size_t i = 0; i < best && i < n; i++)
        sum += fen[order[n - 1 - i]];
    return ratio_e6(sum, total);
}

static void concentrate(struct arena *tmp, struct simulate_out *o, size_t n)
{
    const uint32_t *order = order_rows(tmp, (uint32_t)n, is_more, o->fen);
    size_t one = o->payee_n / HUNDRED, ten = o->payee_n / TEN;
    o->gini_e6 = simulate_gini(tmp, o->fen, n);
    o->top1_e6 = share_of_best(o->fen, order, n, one > 0 ? one : 1, o->total_fen);
    o->top10_e6 = share_of_best(o->fen, order, n, ten > 0 ? ten : 1, o->total_fen);
    o->first10_e6 = share_of_best(o->fen, order, n, TEN, o->total_fen);
}

/* ---- a settlement ---- */

static bool worth_of_all(struct arena *keep, struct simulate_out *o, int64_t *worth,
                         const int64_t *points_e4, size_t n, const struct simulate_terms *t)
{
    int64_t *counted = ARENA_ARRAY(keep, int64_t, n + 1), total;
    for (size_t i = 0; i < n; i++) {
        bool below = points_e4[i] <= 0 || points_e4[i] < t->floor_e4;
        counted[i] = below ? 0 : points_e4[i];
        o->below_n += below;
        o->points_e4 += counted[i];
    }
    if (!ledger_settle(keep, worth, &total, counted, n, t->rate_fen))
        return false;
    for (size_t i = 0; i < n; i++) {
        bool over = t->cap_fen > 0 && worth[i] > t->cap_fen;
        worth[i] = over ? t->cap_fen : worth[i];
        o->capped_n += over;
        o->worth_fen += worth[i];
    }
    return true;
}

bool simulate_settle(struct arena *keep, struct simulate_out *out, const int64_t *points_e4,
                     size_t n, const struct simulate_terms *t)
{
    int64_t *worth = ARENA_ARRAY(keep, int64_t, n + 1);
    *out = (struct simulate_out){.fen = worth, .cut_e6 = E6};
    if (!worth_of_all(keep, out, worth, points_e4, n, t))
        return false;
    out->total_fen = out->worth_fen;
    if (t->budget_fen > 0 && out->worth_fen > t->budget_fen) {
        out->fen = ARENA_ARRAY(keep, int64_t, n + 1);
        simulate_cut(keep, out->fen, worth, n, t->budget_fen);
        out->total_fen = t->budget_fen;
        out->cut_e6 = ratio_e6(out->total_fen, out->worth_fen);
    }
    for (size_t i = 0; i < n; i++)
        out->payee_n += out->fen[i] > 0;
    concentrate(keep, out, n);
    return true;
}

/* ---- by a label ---- */

static bool is_later(const void *ctx, uint32_t a, uint32_t b)
{
    const Str *label = ctx;
    return str_cmp(label[a], label[b]) > 0;
}

size_t simulate_by(struct arena *keep, struct simulate_group **out, const struct simulate_out *s,
                   const int64_t *points_e4, const Str *label, size_t n)
{
    const uint32_t *order = order_rows(keep, (uint32_t)n, is_later, label);
    size_t group_n = 0, cap = 0;
    *out = NULL;
    for (size_t i = 0; i < n; i++) {
        uint32_t at = order[i];
        if (group_n == 0 || !str_eq((*out)[group_n - 1].name, label[at]))
            VEC_PUSH(keep, *out, group_n, cap) = (struct simulate_group){.name = label[at]};
        struct simulate_group *g = &(*out)[group_n - 1];
        g->n += s->fen[at] > 0;
        g->points_e4 += s->fen[at] > 0 ? points_e4[at] : 0;
        g->fen += s->fen[at];
    }
    return group_n;
}
