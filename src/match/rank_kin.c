/* rank_kin.c - what a document shares with those that are best by words.
 *
 *     the ten best by words, each by how good it is  ->  the grams they have most in common
 *     grams  ->  what each document has of them, but for what it brought in itself
 *
 * Titles are short: what answers a question often names the thing by another word, which others
 * that answer it use too. Ten documents and sixty grams: more of either, up to all, gain as much;
 * needs of the development set gain .007 of nDCG by it. Taken from the best of words and sense
 * together it gains less, as the two repeat each other.
 */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "match/rank_int.h"

enum {
    BEST = 10,
    KIN_GRAMS = 60,
    WORTH_ONE = 256, /* of the best document */
    SCALE = 8,       /* keeps sums of sixty grams below 2^32 */
};

struct best {
    uint32_t doc, got, worth;
    struct counted *gram; /* with its impacts */
    size_t n;
};

/* Those that are asked for, best first. */
static uint32_t find_best(struct best *best, const struct rank_room *room,
                          const struct rank_index *x, const struct rank_ask *ask)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < x->n; i++) {
        uint32_t got = room->got[i];
        if (got == 0 || (n == BEST && got <= best[n - 1].got) || !rank_is_asked(x, ask, i))
            continue;
        uint32_t at = n < BEST ? n++ : n - 1;
        for (; at > 0 && best[at - 1].got < got; at--)
            best[at] = best[at - 1];
        best[at] = (struct best){.doc = i, .got = got};
    }
    return n;
}

/* e to the minus number of spreads that it is behind the best, by lines between halves. */
static uint32_t worth_of(uint32_t behind, int64_t spread)
{
    enum { FINE = 1024, LOG_E = 1477 /* of base 2 */, HALVES = 8 };
    uint64_t x = (uint64_t)behind * LOG_E / (uint64_t)spread, whole = x / FINE;
    return whole > HALVES ? 0
                          : (uint32_t)((WORTH_ONE - WORTH_ONE / 2 * (x % FINE) / FINE) >> whole);
}

static bool is_worth_less(const void *ctx, uint32_t a, uint32_t b)
{
    const struct counted *v = ctx;
    return v[a].times != v[b].times ? v[a].times < v[b].times : v[a].key > v[b].key;
}

/* What a document of this worth brings in by a gram. */
static uint32_t share(uint32_t rarity, uint32_t impact, uint32_t worth)
{
    return (uint32_t)((uint64_t)rarity * impact * worth / ((uint64_t)WORTH_ONE * IMPACT_MAX));
}

static uint32_t rarity_of(const struct rank_index *x, uint32_t key)
{
    uint32_t df;
    (void)lists_find(&x->grams, key, &df);
    return df == 0 ? 0 : rank_rarity(x->n, df);
}

/* The document's part of a gram's sum, which is not its own to gain by. */
static void take_own(struct rank_room *room, const struct best *b, uint32_t key, uint32_t rarity)
{
    for (size_t i = 0; i < b->n; i++)
        if (b->gram[i].key == key) {
            uint64_t own = (uint64_t)share(rarity, b->gram[i].times, b->worth) * rarity / SCALE *
                           b->gram[i].times;
            uint32_t *kin = &room->kin[b->doc];
            *kin -= own < *kin ? (uint32_t)own : *kin;
        }
}

void rank_add_kin(struct rank_room *room, const struct rank_index *x, const struct rank_ask *ask,
                  int64_t spread)
{
    struct best best[BEST];
    struct counted *sum = NULL;
    size_t n = 0, cap = 0;
    uint32_t best_n = find_best(best, room, x, ask);
    memset(room->kin, 0, x->n * sizeof *room->kin);
    for (uint32_t i = 0; i < best_n; i++) {
        struct best *b = &best[i];
        b->worth = worth_of(best[0].got - b->got, spread);
        b->n = rank_read_doc(room->tmp, &x->measure, &b->gram, &ask->doc[b->doc]);
        for (size_t k = 0; k < b->n; k++)
            VEC_PUSH(room->tmp, sum, n, cap) = (struct counted){
                b->gram[k].key, share(rarity_of(x, b->gram[k].key), b->gram[k].times, b->worth)};
    }
    n = rank_merge(room->tmp, sum, n);
    uint32_t *order = order_rows(room->tmp, (uint32_t)n, is_worth_less, sum);
    for (size_t i = 0; i < n && i < KIN_GRAMS; i++) {
        ASSERT(sum != NULL);
        const struct counted *g = &sum[order[i]];
        uint32_t df, rarity = rarity_of(x, g->key);
        const uint32_t *item = lists_find(&x->grams, g->key, &df);
        rank_add_list(room->kin, item, df, g->times * rarity / SCALE);
        for (uint32_t k = 0; k < best_n; k++)
            take_own(room, &best[k], g->key, rarity);
    }
}
