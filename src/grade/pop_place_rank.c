/* pop_place_rank.c - ranks of intervals by merging (pop_rank.c has the definitions).
 *
 * The rows in the order of one end meet the sorted other ends of all: two readers that only go
 * forward, O(n) after two sorts.
 *
 *     best     of a row: counts the worse ends that lie before its better end
 *     worst    counts the better ends that lie before its worse end, less its own
 *
 * Descending, hi is the better end and what lies before is greater; ascending, lo and less.
 */
#include "base/arena.h"
#include "grade/pop_place_int.h"

/* Ends in order, and where the reader stands. */
struct reader {
    uint64_t *key;
    uint32_t n, below, upto; /* less than the last key asked for; not greater */
};

struct match {
    const struct placing *p;
    const int64_t *lo, *hi; /* of the rows; equal where definite */
    struct ladder mine;
    struct reader ends, more; /* more: for dense ranks */
    bool worst;
};

static void reader_seek(struct reader *r, uint64_t key)
{
    while (r->below < r->n && r->key[r->below] < key)
        r->below++;
    r->upto = r->upto < r->below ? r->below : r->upto;
    while (r->upto < r->n && r->key[r->upto] == key)
        r->upto++;
}

static uint64_t reader_before(const struct match *m, const struct reader *r)
{
    return m->p->in->ascending ? r->below : r->n - r->upto;
}

/* What a row of this end gets. */
static int64_t place_end(const struct match *m, bool definite)
{
    const enum pop_method ties = m->p->in->op == OP_RANK ? m->p->in->method : TIES_MIN;
    uint64_t before = reader_before(m, &m->ends), more = reader_before(m, &m->more);
    uint64_t equal = m->ends.upto - m->ends.below - definite, own = m->worst && !definite;
    if (ties == TIES_DENSE && m->worst)
        return place_rank(m->p, 2 * (before + more - own));
    if (ties == TIES_DENSE)
        return place_rank(m->p, before == 0 && more > 0 ? 2 : 2 * before);
    if (ties == TIES_MAX)
        before += equal;
    return place_rank(m->p, 2 * (before - own) + (ties == TIES_MEAN ? equal : 0));
}

static void match_all(struct match *m, int64_t *out)
{
    const uint32_t n = m->mine.of->n;
    for (uint32_t i = 0, end; i < n; i = end) {
        const uint64_t key = ladder_key(&m->mine, i);
        reader_seek(&m->ends, key);
        reader_seek(&m->more, key);
        int64_t value[2] = {0};
        bool known[2] = {false};
        for (end = i; end < n && ladder_key(&m->mine, end) == key; end++) {
            const uint32_t row = ladder_place(&m->mine, end);
            const bool definite = m->lo[row] == m->hi[row];
            if (!known[definite])
                value[definite] = place_end(m, definite);
            known[definite] = true;
            out[row] = value[definite];
        }
    }
}

/* The keys of a ladder: of all rows, of the definite ones (once each), or of the others. */
enum which { ALL, FIXED, LOOSE };
static struct reader reader_open(struct arena *tmp, const struct match *m, const struct ladder *l,
                                 enum which which)
{
    const uint32_t n = l->of->n;
    struct reader r = {.key = ARENA_ARRAY(tmp, uint64_t, n)};
    for (uint32_t i = 0; i < n; i++) {
        const uint32_t row = ladder_place(l, i);
        const bool definite = m->lo[row] == m->hi[row];
        if (which != ALL && definite != (which == FIXED))
            continue;
        const uint64_t key = ladder_key(l, i);
        if (which != FIXED || r.n == 0 || r.key[r.n - 1] != key)
            r.key[r.n++] = key;
    }
    return r;
}

void place_intervals(struct placing *p, struct arena *tmp, struct figures *lo, struct figures *hi)
{
    const bool dense = p->in->op == OP_RANK && p->in->method == TIES_DENSE;
    const uint32_t n = lo->n;
    ArenaMark mark = arena_mark(tmp);
    struct figures *better = p->in->ascending ? lo : hi, *worse = p->in->ascending ? hi : lo;
    struct ladder first, last;
    ladder_open(&first, better, ARENA_ARRAY(tmp, uint64_t, (size_t)n * 2));
    ladder_open(&last, worse, ARENA_ARRAY(tmp, uint64_t, (size_t)n * 2));
    struct match best = {.p = p, .lo = lo->at, .hi = hi->at, .mine = first}, worst = best;
    worst.mine = last;
    worst.worst = true;
    best.ends = reader_open(tmp, &best, &last, dense ? FIXED : ALL);
    worst.ends = reader_open(tmp, &best, &first, dense ? FIXED : ALL);
    if (dense) {
        best.more = reader_open(tmp, &best, &last, ALL);
        worst.more = reader_open(tmp, &best, &first, LOOSE);
    }
    int64_t *out_best = ARENA_ARRAY(tmp, int64_t, n), *out_worst = ARENA_ARRAY(tmp, int64_t, n);
    p->n = n;
    match_all(&best, out_best);
    match_all(&worst, out_worst);
    for (uint32_t i = 0; i < n; i++) {
        lo->at[i] = out_best[i];
        hi->at[i] = out_worst[i];
    }
    arena_reset(tmp, mark);
}
