/* total.c - sums of all subjects at once.
 *
 * Rows go in blocks that stay in the cache. A cluster of policies that all add up, or of which one
 * counts, is a loop over the rows of a block for each policy; only clusters that are neither are
 * searched row by row (best.h). The upper ends are worked out only where a block has an interval.
 */
#include <string.h>

#include "base/arena.h"
#include "entitle/entitle_int.h"

enum { BLOCK = 256 };

struct block {
    const struct entitle *e;
    const struct result *res;
    uint32_t beg, n;
    uint64_t loops;                     /* policies of clusters that no reading searches */
    bool open;                          /* some amount may be an interval */
    int64_t (*lo)[BLOCK], (*hi)[BLOCK]; /* by policy; not of those that are read in place */
};

Money entitle_money(Cell c)
{
    Money m;
    m.lo = c.lo <= 0 ? 0 : c.lo > BEST_OPEN ? BEST_OPEN : (int64_t)c.lo;
    m.hi = c.hi <= 0 ? 0 : c.hi > BEST_OPEN ? BEST_OPEN : (int64_t)c.hi;
    return m;
}

/* ---- amounts of a block ---- */

static const struct vec *amounts_of(const struct block *b, uint32_t policy)
{
    return &b->res->item[b->e->policy[policy].item];
}

/* Half the work of a sum is to copy figures: loops over definite ones of 32 bits need no copy. */
static bool in_place(const struct block *b, uint32_t policy)
{
    return !b->open && (b->loops >> policy & 1) != 0 && amounts_of(b, policy)->type == VEC_I32;
}

static void read_open(struct block *b, uint32_t policy, const struct vec *v)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (v->type == VEC_CELL || vec_is_open(v, b->beg + i)) {
            Money m = entitle_money(vec_cell(v, b->beg + i));
            b->lo[policy][i] = m.lo;
            b->hi[policy][i] = m.hi;
        }
}

LANE_LOOP static void widen(int64_t *restrict out, const int32_t *restrict at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        out[i] = at[i] > 0 ? at[i] : 0;
}

LANE_LOOP static void bound(int64_t *restrict out, const int64_t *restrict at, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        int64_t x = at[i] > 0 ? at[i] : 0;
        out[i] = x < BEST_OPEN ? x : BEST_OPEN;
    }
}

static void read_definite(struct block *b, uint32_t policy, const struct vec *v)
{
    int64_t *lo = b->lo[policy];
    if (v->type == VEC_I32)
        widen(lo, (const int32_t *)v->lo + b->beg, b->n);
    else if (v->type == VEC_I64)
        bound(lo, (const int64_t *)v->lo + b->beg, b->n);
    else {
        for (uint32_t i = 0; i < b->n; i++) {
            int64_t x = vec_int(v->type, v->lo, b->beg + i);
            lo[i] = x < 0 ? 0 : x > BEST_OPEN ? BEST_OPEN : x;
        }
    }
    if (b->open)
        memcpy(b->hi[policy], lo, sizeof *lo * b->n);
}

static bool may_be_open(const struct block *b, const struct vec *v)
{
    bool open = v->type == VEC_CELL;
    for (uint32_t i = 0; v->open != NULL && !open && i < b->n; i++)
        open = vec_is_open(v, b->beg + i);
    return open;
}

static void read_block(struct block *b)
{
    b->open = false;
    for (uint64_t left = b->e->counted; left != 0 && !b->open; left &= left - 1)
        b->open = may_be_open(b, amounts_of(b, (uint32_t)__builtin_ctzll(left)));
    for (uint64_t left = b->e->counted; left != 0; left &= left - 1) {
        uint32_t p = (uint32_t)__builtin_ctzll(left);
        const struct vec *v = amounts_of(b, p);
        if (v->type != VEC_CELL && !in_place(b, p))
            read_definite(b, p, v);
        if (b->open && (v->type == VEC_CELL || v->open != NULL))
            read_open(b, p, v);
    }
}

/* ---- sums ---- */

LANE_LOOP static void add(int64_t *restrict part, const int64_t *restrict one, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        part[i] += one[i];
}

LANE_LOOP static void take_most(int64_t *restrict part, const int64_t *restrict one, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        part[i] = one[i] > part[i] ? one[i] : part[i];
}

LANE_LOOP static void add_32(int64_t *restrict part, const int32_t *restrict one, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        part[i] += one[i] > 0 ? one[i] : 0;
}

/* What is below 0 is below what `part` begins with. */
LANE_LOOP static void take_most_32(int64_t *restrict part, const int32_t *restrict one, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        part[i] = one[i] > part[i] ? one[i] : part[i];
}

LANE_LOOP static void add_capped(int64_t *restrict sum, const int64_t *restrict part, int64_t most,
                                 uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        sum[i] += part[i] < most ? part[i] : most;
}

static void add_cluster(const struct block *b, const struct best_cluster *k,
                        int64_t (*amount)[BLOCK], int64_t *sum)
{
    int64_t part[BLOCK] = {0};
    for (uint64_t left = k->member & b->e->counted; left != 0; left &= left - 1) {
        uint32_t p = (uint32_t)__builtin_ctzll(left);
        const int32_t *at = (const int32_t *)amounts_of(b, p)->lo;
        if (in_place(b, p) && k->form == BEST_ALL)
            add_32(part, at + b->beg, b->n);
        else if (in_place(b, p))
            take_most_32(part, at + b->beg, b->n);
        else if (k->form == BEST_ALL)
            add(part, amount[p], b->n);
        else
            take_most(part, amount[p], b->n);
    }
    add_capped(sum, part, k->most, b->n);
}

static enum status search_cluster(const struct block *b, const struct best *best,
                                  const struct best_cluster *k, int64_t (*amount)[BLOCK],
                                  int64_t *sum)
{
    int64_t own[BEST_MAX] = {0}, total;
    uint64_t chosen;
    for (uint32_t i = 0; i < b->n; i++) {
        for (uint64_t left = k->member & b->e->counted; left != 0; left &= left - 1)
            own[__builtin_ctzll(left)] = amount[__builtin_ctzll(left)][i];
        TRY(best_of_cluster(best, k, own, &chosen, &total));
        sum[i] += total;
    }
    return OK;
}

static enum status sums(const struct block *b, enum reading r, int64_t (*amount)[BLOCK],
                        int64_t *sum)
{
    const struct best *best = &b->e->best[r];
    memset(sum, 0, sizeof *sum * b->n);
    for (uint32_t i = 0; i < best->cluster_n; i++) {
        if (best->cluster[i].form == BEST_SEARCH)
            TRY(search_cluster(b, best, &best->cluster[i], amount, sum));
        else
            add_cluster(b, &best->cluster[i], amount, sum);
    }
    int64_t most = b->e->has_cap ? b->e->cap_fen : INT64_MAX;
    for (uint32_t i = 0; i < b->n; i++)
        sum[i] = sum[i] < most ? sum[i] : most;
    return OK;
}

static enum status total_block(const struct block *b, enum reading r, Money *total)
{
    int64_t lo[BLOCK], hi[BLOCK];
    TRY(sums(b, r, b->lo, lo));
    if (b->open)
        TRY(sums(b, r, b->hi, hi));
    for (uint32_t i = 0; i < b->n; i++) {
        int64_t most = b->open ? hi[i] : lo[i];
        total[b->beg + i] = (Money){lo[i], most >= BEST_OPEN ? FEN_OPEN : most};
    }
    return OK;
}

/* Nothing that matters is 未明确. */
static bool reads_alike(const struct entitle *e)
{
    for (uint32_t i = 0; i < e->policy_n; i++)
        if (e->best[READ_SUM].of.excludes[i] != e->best[READ_HIGHEST].of.excludes[i])
            return false;
    return true;
}

static uint64_t never_searched(const struct entitle *e)
{
    uint64_t all = UINT64_MAX;
    for (int r = 0; r < READ_N; r++)
        for (uint32_t i = 0; i < e->best[r].cluster_n; i++)
            if (e->best[r].cluster[i].form == BEST_SEARCH)
                all &= ~e->best[r].cluster[i].member;
    return all;
}

enum status entitle_totals(struct arena *keep, const struct entitle *e, const struct result *res,
                           Money *total[READ_N])
{
    struct block b = {.e = e, .res = res, .loops = never_searched(e)};
    b.lo = arena_alloc(keep, BEST_MAX, sizeof *b.lo, sizeof(int64_t));
    b.hi = arena_alloc(keep, BEST_MAX, sizeof *b.hi, sizeof(int64_t));
    total[READ_HIGHEST] = ARENA_ARRAY(keep, Money, (size_t)res->row_n + 1);
    total[READ_SUM] =
        reads_alike(e) ? total[READ_HIGHEST] : ARENA_ARRAY(keep, Money, (size_t)res->row_n + 1);
    total[READ_TOP_UP] = total[READ_HIGHEST];
    for (b.beg = 0; b.beg < res->row_n; b.beg += BLOCK) {
        b.n = res->row_n - b.beg < BLOCK ? res->row_n - b.beg : BLOCK;
        read_block(&b);
        TRY(total_block(&b, READ_HIGHEST, total[READ_HIGHEST]));
        if (total[READ_SUM] != total[READ_HIGHEST])
            TRY(total_block(&b, READ_SUM, total[READ_SUM]));
    }
    return OK;
}

/* ---- one policy of one row ---- */

Money entitle_amount(const struct entitle *e, const struct result *res, uint32_t policy,
                     uint32_t row)
{
    Money m = entitle_money(result_cell(res, e->policy[policy].item, row));
    return (Money){m.lo, m.hi >= BEST_OPEN ? FEN_OPEN : m.hi};
}

enum truth entitle_state(const struct entitle *e, const struct result *res, uint32_t policy,
                         uint32_t row)
{
    const struct policy *p = &e->policy[policy];
    if (p->when >= 0) {
        enum truth t = truth_of(result_cell(res, p->when, row));
        return t == TRUTH_NA ? TRUTH_UNMET : t;
    }
    Money m = entitle_amount(e, res, policy, row);
    return m.lo > 0 ? TRUTH_MET : m.hi > 0 ? TRUTH_UNKNOWN : TRUTH_UNMET;
}

void entitle_keep(struct arena *keep, const struct entitle *e, struct plan *p)
{
    bool *wanted = ARENA_ARRAY(keep, bool, e->rules->item_n + 1);
    for (uint32_t i = 0; i < e->policy_n; i++)
        wanted[e->policy[i].item] = true;
    plan_keep(keep, p, wanted);
}
