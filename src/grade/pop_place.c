/* pop_place.c - a figure's position among its peers: percentiles, Borda counts, ranks, boards.
 *
 * What a figure gets depends on how many are below it and how many equal, so it is worked out once
 * for each distinct figure. Where the spread is of the size of the group the figures are counted
 * and looked up; else they are sorted with their places. Both are O(n).
 */
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "grade/pop_place_int.h"

enum { COUNTED_MAX = 1 << 17, COUNTED_EACH = 4, HALF_E6 = 500000 };

/* Position of a figure in its group. */
struct rung {
    uint32_t below, equal; /* less; equal, itself included */
    uint32_t distinct;     /* distinct figures that are less */
};

bool place_open(struct arena *tmp, struct placing *p, const struct pop_in *in, uint32_t most)
{
    const Wide limit = (Wide)1 << 62;
    *p = (struct placing){.in = in, .one = (uint64_t)wide_pow10(in->to)};
    p->scratch = arena_raw(tmp, (size_t)most * 2, sizeof(uint64_t));
    p->count = arena_raw(tmp, COUNTED_MAX, sizeof *p->count);
    p->table = arena_raw(tmp, COUNTED_MAX, sizeof *p->table);
    /* a board's share may be negative, by at most the quota, which is below 2^32 millionths */
    return (Wide)p->one * (in->op == OP_BOARD ? 1 << 13 : 2 * ((Wide)most + 2)) < limit;
}

static void share_for(struct placing *p)
{
    uint64_t n = p->n, den = 2 * n;
    if (p->in->op != OP_PERCENTILE)
        return;
    if (p->in->method == PCT_MIN)
        den = n > 1 ? n - 1 : 1;
    else if (p->in->method == PCT_CUM)
        den = n;
    else if (p->in->method == PCT_OPEN)
        den = 2 * (n + 1);
    bool fits = share_open(&p->share, p->one, den, den);
    ASSERT(fits); /* one < 2^61, den < 2^34 */
}

static int64_t percentile(const struct placing *p, uint64_t below, uint64_t equal)
{
    uint64_t k = 2 * below + equal;
    if (p->in->method == PCT_MIN)
        k = below;
    else if (p->in->method == PCT_CUM)
        k = below + equal;
    else if (p->in->method == PCT_OPEN)
        k++;
    return (int64_t)share_of(&p->share, k);
}

/* (rank - quota) / number ranked */
static int64_t board(const struct placing *p, uint64_t twice_before)
{
    const Wide num = ((Wide)(twice_before + 2) * HALF_E6 - p->in->quota_e6) * (Wide)p->one;
    const UWide den = (UWide)2 * HALF_E6 * p->n, size = num < 0 ? -(UWide)num : (UWide)num;
    const int64_t share = (int64_t)((size + den / 2) / den);
    return num < 0 ? -share : share;
}

int64_t place_rank(const struct placing *p, uint64_t twice_before)
{
    if (p->in->op == OP_BOARD)
        return board(p, twice_before);
    return (int64_t)(((twice_before + 2) * p->one + 1) / 2);
}

static int64_t rank(const struct placing *p, struct rung at)
{
    uint64_t before = p->in->ascending ? at.below : p->n - at.below - at.equal;
    uint64_t others = at.equal - 1;
    switch ((int)(p->in->op == OP_RANK ? p->in->method : TIES_MIN)) {
    case TIES_MAX: return place_rank(p, 2 * (before + others));
    case TIES_MEAN: return place_rank(p, 2 * before + others);
    case TIES_DENSE:
        before = p->in->ascending ? at.distinct : p->distinct - at.distinct - 1;
        return place_rank(p, 2 * before);
    default: return place_rank(p, 2 * before);
    }
}

static int64_t value_of(const struct placing *p, struct rung at)
{
    if (p->in->op == OP_RANK || p->in->op == OP_BOARD)
        return rank(p, at);
    uint64_t below = p->in->ascending ? p->n - at.below - at.equal : at.below;
    if (p->in->op == OP_PERCENTILE)
        return percentile(p, below, at.equal);
    return (int64_t)(((2 * below + at.equal - 1) * p->one + 1) / 2);
}

static bool is_dense(const struct placing *p)
{
    return p->in->op == OP_RANK && p->in->method == TIES_DENSE;
}

static void place_counted(struct placing *p, struct figures *f)
{
    const uint32_t key_n = (uint32_t)figures_spread(f) + 1;
    uint32_t *count = p->count;
    memset(count, 0, key_n * sizeof *count);
    for (uint32_t i = 0; i < f->n; i++)
        count[(uint64_t)f->at[i] - (uint64_t)f->least]++;
    p->distinct = 0;
    for (uint32_t k = 0; is_dense(p) && k < key_n; k++)
        p->distinct += count[k] > 0;
    struct rung at = {0, 0, 0};
    for (uint32_t k = 0; k < key_n; k++) {
        if (count[k] == 0)
            continue;
        at.equal = count[k];
        p->table[k] = value_of(p, at);
        at.below += at.equal;
        at.distinct++;
    }
    for (uint32_t i = 0; i < f->n; i++)
        f->at[i] = p->table[(uint64_t)f->at[i] - (uint64_t)f->least];
}

static void place_sorted(struct placing *p, struct figures *f)
{
    struct ladder l;
    ladder_open(&l, f, p->scratch);
    p->distinct = f->n > 0;
    for (uint32_t i = 1; is_dense(p) && i < f->n; i++)
        p->distinct += ladder_key(&l, i) != ladder_key(&l, i - 1);
    struct rung at = {0, 0, 0};
    uint64_t next = f->n > 0 ? ladder_key(&l, 0) : 0;
    for (uint32_t i = 0, end; i < f->n; i = end) {
        uint64_t key = next;
        for (end = i + 1; end < f->n; end++) {
            next = ladder_key(&l, end);
            if (next != key)
                break;
        }
        at.below = i;
        at.equal = end - i;
        int64_t value = value_of(p, at);
        for (; i < end; i++)
            f->at[ladder_place(&l, i)] = value;
        at.distinct++;
    }
}

void place_group(struct placing *p, struct figures *f)
{
    const uint64_t spread = figures_spread(f);
    if (f->n == 0)
        return;
    p->n = f->n;
    share_for(p);
    if (spread < COUNTED_MAX && spread < (uint64_t)COUNTED_EACH * f->n)
        place_counted(p, f);
    else
        place_sorted(p, f);
}
