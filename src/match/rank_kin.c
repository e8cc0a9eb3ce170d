/* rank_kin.c - how much a document is like those that are best by words.
 *
 *     the best by words, each a vector of grams at length one  ->  their sum
 *     a document's kin = its cosine with each of them, summed; not with itself
 *
 * Titles are short: what answers a question often names the thing by another word, which others
 * that answer it use too; and what is like none of them got there by a word that means something
 * else. All of the best count alike: weighed by how good they are, needs of the development set
 * gain half as much (docs/adr/0069).
 */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "match/rank_int.h"

enum {
    BEST = 48,
    KIN_GRAMS = 256,
    LENGTH = 4096, /* of a vector */
    SCALE = 128,   /* keeps sums of grams below 2^32 */
};

struct best {
    uint32_t doc, got;
    struct counted *gram; /* with its impacts */
    size_t n;
};

static bool is_better(const struct rank_index *x, uint32_t doc, uint32_t got, const struct best *b)
{
    return got != b->got ? got > b->got : x->id[doc] < x->id[b->doc];
}

/* Those that are asked for, best first, then by id. */
static uint32_t find_best(struct best *best, const struct rank_room *room,
                          const struct rank_index *x, const struct rank_ask *ask)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t got = room->got[i];
        if (got == 0 || (n == BEST && !is_better(x, i, got, &best[n - 1])) ||
            !rank_is_asked(x, ask, i))
            continue;
        uint32_t at = n < BEST ? n++ : n - 1;
        for (; at > 0 && is_better(x, i, got, &best[at - 1]); at--)
            best[at] = best[at - 1];
        best[at] = (struct best){.doc = i, .got = got};
    }
    return n;
}

static bool is_worth_less(const void *ctx, uint32_t a, uint32_t b)
{
    const struct counted *v = ctx;
    return v[a].times != v[b].times ? v[a].times < v[b].times : v[a].key > v[b].key;
}

static uint32_t rarity_of(const struct rank_index *x, uint32_t key)
{
    uint32_t df = rank_df(x, key);
    return df == 0 ? 0 : rank_rarity(x->there_n, df);
}

/* What a gram is of its document's vector. */
static uint32_t share(const struct rank_index *x, uint32_t doc, uint32_t rarity, uint32_t impact)
{
    return (uint32_t)((uint64_t)rarity * impact * LENGTH / x->length[doc]);
}

static void add_squares(uint64_t *to, const struct rank_index *x, const struct lists *l)
{
    for (uint32_t k = 0; k < l->key_n; k++) {
        uint64_t rarity = rarity_of(x, l->key[k]);
        for (uint32_t i = l->start[k]; i < l->start[k + 1]; i++) {
            uint64_t v = rarity * (l->item[i] & IMPACT_MAX);
            to[l->item[i] >> IMPACT_BITS] += v * v;
        }
    }
}

void rank_measure_docs(struct rank_index *x)
{
    if (!x->measure.o.kin)
        return;
    struct arena *tmp = arena_open();
    uint64_t *squares = ARENA_ARRAY(tmp, uint64_t, x->n + 1);
    x->length = arena_raw(x->own, x->n + 1, sizeof *x->length);
    add_squares(squares, x, &x->grams);
    if (x->gone != NULL)
        add_squares(squares, x, &x->late);
    for (uint32_t i = 0; i < x->n; i++) {
        uint64_t root = rank_root(squares[i]);
        x->length[i] = root > 0 ? (uint32_t)root : 1;
    }
    arena_close(tmp);
}

/* The sum of all vectors, by gram; a gram that one alone has brings nobody nearer. */
static size_t sum_best(struct rank_room *room, const struct rank_index *x,
                       const struct rank_ask *ask, struct best *best, uint32_t best_n,
                       struct counted **out)
{
    struct counted *sum = NULL;
    size_t n = 0, cap = 0;
    for (uint32_t i = 0; i < best_n; i++) {
        struct best *b = &best[i];
        b->n = rank_read_doc(room->tmp, &x->measure, &b->gram, &ask->doc[b->doc]);
        for (size_t k = 0; k < b->n; k++)
            VEC_PUSH(room->tmp, sum, n, cap) = (struct counted){
                b->gram[k].key, share(x, b->doc, rarity_of(x, b->gram[k].key), b->gram[k].times)};
    }
    *out = sum;
    return rank_merge(room->tmp, sum, n);
}

/* What the document itself brought into a gram's sum is not its own to gain by. */
static void take_own(struct rank_room *room, const struct rank_index *x, const struct best *b,
                     const struct counted *g, uint32_t rarity)
{
    size_t lo = 0, hi = b->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (b->gram[mid].key < g->key)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == b->n || b->gram[lo].key != g->key)
        return;
    uint32_t impact = b->gram[lo].times, others = g->times - share(x, b->doc, rarity, impact);
    room->kin[b->doc] -= (g->times * rarity / SCALE - others * rarity / SCALE) * impact;
}

void rank_add_kin(struct rank_room *room, const struct rank_index *x, const struct rank_ask *ask)
{
    struct best best[BEST];
    struct counted *sum;
    ASSERT(x->length != NULL);
    uint32_t best_n = find_best(best, room, x, ask);
    memset(room->kin, 0, x->n * sizeof *room->kin);
    size_t n = sum_best(room, x, ask, best, best_n, &sum);
    ASSERT(n == 0 || sum != NULL);
    uint32_t *order = order_rows(room->tmp, (uint32_t)n, is_worth_less, sum);
    for (size_t i = 0; i < n && i < KIN_GRAMS; i++) {
        const struct counted *g = &sum[order[i]];
        uint32_t rarity = rarity_of(x, g->key);
        rank_add_gram(room->kin, x, g->key, g->times * rarity / SCALE);
        for (uint32_t k = 0; k < best_n; k++)
            take_own(room, x, &best[k], g, rarity);
    }
    for (uint32_t i = 0; i < x->n; i++)
        room->kin[i] = (uint32_t)((uint64_t)room->kin[i] * LENGTH / x->length[i]);
}
