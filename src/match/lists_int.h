/* lists_int.h - who has which gram: many (gram, item) pairs, made into one ascending list a gram.
 *
 *     key     g0   g1   g2 ...        grams, ascending
 *     item    [start[k], start[k + 1])      what was given with the gram key[k], in the order given
 *
 * Pairs are brought into order by the upper half of the gram in one counting pass, then each bucket
 * by itself, where it fits the cache. Both are stable. Eight million pairs: half a second.
 */
#ifndef GECI_MATCH_LISTS_INT_H
#define GECI_MATCH_LISTS_INT_H

#include "base/base.h"

struct arena;
struct pair_block;

struct pairs {
    struct arena *tmp;
    struct pair_block *first, *last;
    size_t n;
};

void pairs_open(struct pairs *p);
void pairs_add(struct pairs *p, uint32_t key, uint32_t item);

enum { LIST_BUCKETS = 1 << 16 };

struct lists {
    uint32_t *key, key_n;
    uint32_t *start, *item;
    uint32_t *bucket; /* first key whose upper half is this or more; LIST_BUCKETS + 1 of them */
};
/* On `keep`; gives back what the pairs took. An item that was given twice in a row with a gram is
 * once in its list. */
void lists_make(struct arena *keep, struct lists *out, struct pairs *p);
/* *n items; NULL: nobody has it. */
const uint32_t *lists_find(const struct lists *l, uint32_t key, uint32_t *n);

#endif
