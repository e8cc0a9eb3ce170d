/* pop_rank.c - places of interval scores.
 *
 * The number of others before me is least when I stand at my better end and they at their worse
 * ones, and greatest the other way round. Both are counted by binary search in the sorted ends of
 * the group: O(n log n) in all.
 *
 *     ties    best                                   worst
 *     min     1 + #(lo > my hi)                      1 + #(hi > my lo)
 *     max     1 + #(lo >= my hi)                     1 + #(hi >= my lo)
 *     mean    half way between the two above         likewise
 *     dense   1 + values surely above, see dense_*   1 + values possibly above
 *
 * # counts the others of the group. Each bound but the best dense one is attained by some outcome;
 * that one counts only definite values, and 1 if there are but intervals above. An ascending order
 * is the descending one of -x.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "grade/pop_int.h"

struct ranking {
    const struct pop_in *in;
    struct crowd crowd;
    struct peers *lo, *hi; /* worse and better ends of the ranked rows */
    struct peers *fixed;   /* distinct definite values, for dense ranks */
    struct peers *loose;   /* better ends of the ranked rows that are not definite */
    uint32_t *definite;    /* how many definite rows each group has */
};

static Cell oriented(const struct pop_in *in, uint32_t row)
{
    Cell c = in->x[row];
    return in->ascending ? (Cell){-c.hi, -c.lo} : c;
}

static bool is_ranked(Cell c)
{
    return c.lo != -WIDE_INF && c.hi != WIDE_INF;
}

static void keep_distinct(struct peers *p)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < p->n; i++)
        if (n == 0 || p->at[n - 1] != p->at[i])
            p->at[n++] = p->at[i];
    p->n = n;
}

static void ranking_open(struct arena *tmp, struct ranking *r, const struct pop_in *in)
{
    Wide *lo = ARENA_ARRAY(tmp, Wide, in->row_n), *hi = ARENA_ARRAY(tmp, Wide, in->row_n);
    uint8_t *ranked = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    uint8_t *fixed = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    uint8_t *loose = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    for (uint32_t row = 0; row < in->row_n; row++) {
        Cell c = oriented(in, row);
        lo[row] = c.lo;
        hi[row] = c.hi;
        ranked[row] = is_ranked(c);
        fixed[row] = cell_is_definite(c);
        loose[row] = ranked[row] && !fixed[row];
    }
    *r = (struct ranking){.in = in};
    crowd_open(tmp, &r->crowd, in);
    r->lo = crowd_sort(tmp, &r->crowd, in, lo, ranked);
    r->hi = crowd_sort(tmp, &r->crowd, in, hi, ranked);
    r->fixed = crowd_sort(tmp, &r->crowd, in, lo, fixed);
    r->loose = crowd_sort(tmp, &r->crowd, in, hi, loose);
    r->definite = ARENA_ARRAY(tmp, uint32_t, (size_t)r->crowd.group_n + 1);
    for (uint32_t g = 0; g <= r->crowd.group_n; g++) {
        r->definite[g] = r->fixed[g].n;
        keep_distinct(&r->fixed[g]);
    }
}

static Wide above(const struct peers *p, Wide v)
{
    struct place at = peers_find(p, v);
    return (Wide)p->n - at.below - at.equal;
}

/* Twice the number of ends before v; `self` of those equal to v are my own. */
static Wide twice_before(enum pop_method ties, const struct peers *p, Wide v, bool self)
{
    struct place at = peers_find(p, v);
    Wide better = (Wide)p->n - at.below - at.equal, equal = (Wide)at.equal - self;
    if (ties == TIES_MAX)
        return 2 * (better + equal);
    return ties == TIES_MEAN ? 2 * better + equal : 2 * better;
}

static Wide dense_best(const struct ranking *r, uint32_t g, Wide v)
{
    Wide n = above(&r->fixed[g], v);
    return n == 0 && above(&r->lo[g], v) > 0 ? 1 : n;
}

static Wide dense_worst(const struct ranking *r, uint32_t g, Wide v, bool definite)
{
    return above(&r->fixed[g], v) + above(&r->loose[g], v) - !definite;
}

static Cell place(const struct ranking *r, uint32_t g, Cell x)
{
    const struct pop_in *in = r->in;
    bool definite = cell_is_definite(x);
    Wide best, worst; /* twice the number before me */
    if (in->op == OP_RANK && in->method == TIES_DENSE) {
        best = 2 * dense_best(r, g, x.hi);
        worst = 2 * dense_worst(r, g, x.lo, definite);
    } else {
        enum pop_method ties = in->op == OP_RANK ? in->method : TIES_MIN;
        best = twice_before(ties, &r->lo[g], x.hi, definite);
        worst = twice_before(ties, &r->hi[g], x.lo, definite) - (definite ? 0 : 2);
    }
    Cell out;
    bool board = in->op == OP_BOARD;
    const Wide half = 500000, one = wide_pow10(in->to); /* half a place, in millionths */
    Wide den = 2 * half * (board ? r->lo[g].n : 1), quota = board ? in->quota_e6 : 0;
    bool fits = wide_muldiv(&out.lo, (best + 2) * half - quota, one, den, ROUND_HALF_UP) &&
                wide_muldiv(&out.hi, (worst + 2) * half - quota, one, den, ROUND_HALF_UP);
    ASSERT(fits); /* 2^33 ranks of 24 decimals have 34 digits */
    return out;
}

void pop_rank_intervals(struct arena *tmp, Cell *out, const struct pop_in *in)
{
    ArenaMark mark = arena_mark(tmp);
    struct ranking r;
    ranking_open(tmp, &r, in);
    const struct crowd *c = &r.crowd;
    for (uint32_t g = 0; g <= c->group_n; g++) {
        uint32_t among = g < c->group_n && r.definite[g] < in->min_group ? c->group_n : g;
        for (uint32_t i = c->beg[g]; i < c->beg[g + 1]; i++) {
            uint32_t row = c->row[i];
            Cell x = oriented(in, row);
            bool grouped = g < c->group_n;
            out[row] = grouped && is_ranked(x) ? place(&r, among, x) : CELL_UNKNOWN;
        }
    }
    arena_reset(tmp, mark);
}
