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

Cell rank_turned(const struct pop_in *in, Cell c)
{
    return in->ascending ? (Cell){-c.hi, -c.lo} : c;
}

bool rank_has(Cell c)
{
    return c.lo != -WIDE_INF && c.hi != WIDE_INF;
}

uint32_t peers_distinct(Wide *v, uint32_t n)
{
    uint32_t kept = 0;
    for (uint32_t i = 0; i < n; i++)
        if (kept == 0 || v[kept - 1] != v[i])
            v[kept++] = v[i];
    return kept;
}

static void ranking_open(struct arena *tmp, struct ranking *r, const struct pop_in *in)
{
    Wide *lo = ARENA_ARRAY(tmp, Wide, in->row_n), *hi = ARENA_ARRAY(tmp, Wide, in->row_n);
    uint8_t *ranked = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    uint8_t *fixed = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    uint8_t *loose = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    for (uint32_t row = 0; row < in->row_n; row++) {
        Cell c = rank_turned(in, in->x[row]);
        lo[row] = c.lo;
        hi[row] = c.hi;
        ranked[row] = rank_has(c);
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
        r->fixed[g].n = peers_distinct(r->fixed[g].at, r->fixed[g].n);
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

static Wide dense_best(const struct ranked *r, Wide v)
{
    Wide n = above(r->fixed, v);
    return n == 0 && above(r->lo, v) > 0 ? 1 : n;
}

static Wide dense_worst(const struct ranked *r, Wide v, bool definite)
{
    return above(r->fixed, v) + above(r->loose, v) - !definite;
}

Cell rank_place(const struct pop_in *in, const struct ranked *r, Cell x)
{
    bool definite = cell_is_definite(x);
    Wide best, worst; /* twice the number before me */
    if (in->op == OP_RANK && in->method == TIES_DENSE) {
        best = 2 * dense_best(r, x.hi);
        worst = 2 * dense_worst(r, x.lo, definite);
    } else {
        enum pop_method ties = in->op == OP_RANK ? in->method : TIES_MIN;
        best = twice_before(ties, r->lo, x.hi, definite);
        worst = twice_before(ties, r->hi, x.lo, definite) - (definite ? 0 : 2);
    }
    Cell out;
    bool board = in->op == OP_BOARD;
    const Wide half = 500000, one = wide_pow10(in->to); /* half a place, in millionths */
    Wide den = 2 * half * (board ? r->lo->n : 1), quota = board ? in->quota_e6 : 0;
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
        const struct ranked of = {&r.lo[among], &r.hi[among], &r.fixed[among], &r.loose[among]};
        for (uint32_t i = c->beg[g]; i < c->beg[g + 1]; i++) {
            uint32_t row = c->row[i];
            Cell x = rank_turned(in, in->x[row]);
            bool grouped = g < c->group_n;
            out[row] = grouped && rank_has(x) ? rank_place(in, &of, x) : CELL_UNKNOWN;
        }
    }
    arena_reset(tmp, mark);
}
