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
    bool open;                          /* some amount is an interval */
    int64_t (*lo)[BLOCK], (*hi)[BLOCK]; /* by policy */
};

Money entitle_money(Cell c)
{
    Money m;
    m.lo = c.lo <= 0 ? 0 : c.lo > BEST_OPEN ? BEST_OPEN : (int64_t)c.lo;
    m.hi = c.hi <= 0 ? 0 : c.hi > BEST_OPEN ? BEST_OPEN : (int64_t)c.hi;
    return m;
}

/* ---- amounts of a block ---- */

/* Only blocks with intervals have upper ends of their own. */
static void begin_open(struct block *b)
{
    if (!b->open)
        memcpy(b->hi, b->lo, sizeof *b->hi * b->e->policy_n);
    b->open = true;
}

static void read_open(struct block *b, uint32_t policy, const struct vec *v)
{
    for (uint32_t i = 0; i < b->n; i++)
        if (v->type == VEC_CELL || vec_is_open(v, b->beg + i)) {
            Money m = entitle_money(vec_cell(v, b->beg + i));
            b->lo[policy][i] = m.lo;
            if (m.lo != m.hi)
                begin_open(b);
            if (b->open)
                b->hi[policy][i] = m.hi;
        }
}

static void read_definite(struct block *b, uint32_t policy, const struct vec *v)
{
    int64_t *lo = b->lo[policy];
    if (v->type == VEC_I32) {
        const int32_t *at = (const int32_t *)v->lo + b->beg;
        for (uint32_t i = 0; i < b->n; i++)
            lo[i] = at[i] > 0 ? at[i] : 0;
    } else {
        for (uint32_t i = 0; i < b->n; i++) {
            int64_t x = vec_int(v->type, v->lo, b->beg + i);
            lo[i] = x < 0 ? 0 : x > BEST_OPEN ? BEST_OPEN : x;
        }
    }
    if (b->open)
        memcpy(b->hi[policy], lo, sizeof *lo * b->n);
}

static void read_block(struct block *b)
{
    b->open = false;
    for (uint32_t p = 0; p < b->e->policy_n; p++) {
        const struct vec *v = &b->res->item[b->e->policy[p].item];
        if ((b->e->counted >> p & 1) == 0)
            continue;
        if (v->type != VEC_CELL)
            read_definite(b, p, v);
        if (v->type == VEC_CELL || v->open != NULL)
            read_open(b, p, v);
    }
}

/* ---- sums ---- */

static void add_cluster(const struct block *b, const struct best_cluster *k,
                        int64_t (*amount)[BLOCK], int64_t *sum)
{
    int64_t part[BLOCK] = {0};
    for (uint64_t left = k->member & b->e->counted; left != 0; left &= left - 1) {
        const int64_t *one = amount[__builtin_ctzll(left)];
        if (k->form == BEST_ALL)
            for (uint32_t i = 0; i < b->n; i++)
                part[i] += one[i];
        else
            for (uint32_t i = 0; i < b->n; i++)
                part[i] = one[i] > part[i] ? one[i] : part[i];
    }
    for (uint32_t i = 0; i < b->n; i++)
        sum[i] += part[i] < k->most ? part[i] : k->most;
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

enum status entitle_totals(struct arena *keep, const struct entitle *e, const struct result *res,
                           Money *total[READ_N])
{
    struct block b = {.e = e, .res = res};
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
