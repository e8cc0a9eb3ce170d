/* figures_int.h - the definite figures of one peer group as 64-bit integers.
 *
 *     at      [ 7 3 9 3 ]            in the order of the rows
 *     sorted  [ 3 3 7 9 ]            where somebody is placed one by one
 *     ladder  3:1 3:3 7:0 9:2        value and place in `at`, where everybody is placed
 *
 * Nothing fails. Scratch comes from the arena of the figures, one thread at a time.
 * Cost: a ladder is a radix sort of 64-bit words, 11 bits of the spread a pass; a value by its
 * number is found by counting on 11 bits a level, some 2 ns a figure, whatever the distribution.
 */
#ifndef GECI_GRADE_FIGURES_INT_H
#define GECI_GRADE_FIGURES_INT_H

#include "base/base.h"

struct arena;
struct sieve;

struct figures {
    struct arena *tmp;
    int64_t *at; /* n; NULL where sums are all that is asked for */
    uint32_t n;
    int64_t least, most; /* of n > 0 */
    Wide sum;
    UWide square;           /* sum of (x - least)^2 */
    const uint64_t *sorted; /* distances from the least, ascending; NULL until figures_sort */
    struct sieve *sieve;    /* NULL until figures_nth */
};

/* Finds least and most of `at`. */
void figures_measure(struct figures *f);
/* The i-th least, i < n. Levels of counting are kept for the next call. */
int64_t figures_nth(struct figures *f, uint32_t i);
/* Fills `sorted`. */
void figures_sort(struct figures *f);
/* How many are less than v, or (upto) not greater; sorted, least <= v <= most. O(log n). */
uint32_t figures_below(const struct figures *f, int64_t v, bool upto);

static inline uint64_t figures_spread(const struct figures *f)
{
    return (uint64_t)f->most - (uint64_t)f->least;
}

static inline int bits_of(uint64_t x)
{
    return x == 0 ? 0 : 64 - __builtin_clzll(x);
}

/* Words of (distance from the least, place in `at`), ascending. Where both do not fit 64 bits the
 * words hold the upper bits of the distance only, but are in the order of all of it. */
struct ladder {
    const struct figures *of;
    uint64_t *word;
    int place_bits, dropped;
};
/* `scratch` has room for 2 n words; the ladder lies in it. */
void ladder_open(struct ladder *l, const struct figures *f, uint64_t *scratch);

static inline uint32_t ladder_place(const struct ladder *l, uint32_t i)
{
    return (uint32_t)(l->word[i] & (((uint64_t)1 << l->place_bits) - 1));
}

static inline uint64_t ladder_key(const struct ladder *l, uint32_t i)
{
    if (l->dropped == 0)
        return l->word[i] >> l->place_bits;
    return (uint64_t)l->of->at[ladder_place(l, i)] - (uint64_t)l->of->least;
}

#endif
