/* figures.c - selecting by counting, sorting by radix.
 *
 * Keys are distances from the least, so a pass is spent only on bits that differ. Words carry the
 * row's place along, since finding it afterwards by binary search costs ten times the sort. Digits
 * have 11 bits: 2,048 write positions stay in the first two caches; for few words 8 bits, as the
 * counters would cost more than the words. A digit that is the same everywhere
 * moves nothing.
 *
 * A sieve selects: figures are counted by the upper 11 bits of their distance; the class with the
 * wanted one is taken out and sieved again. Skewed figures (most of them in one class) take as
 * many levels as a sort has passes, even ones take two.
 */
#include <string.h>

#include "base/arena.h"
#include "grade/figures_int.h"

enum { DIGIT_BITS = 11, SMALL_BITS = 8, FEW = 32, SMALL = 2048 };
enum { DIGIT_N = 1 << DIGIT_BITS };

void figures_measure(struct figures *f)
{
    int64_t least = f->n > 0 ? f->at[0] : 0, most = least;
    for (uint32_t i = 0; i < f->n; i++) {
        least = f->at[i] < least ? f->at[i] : least;
        most = f->at[i] > most ? f->at[i] : most;
    }
    f->least = least;
    f->most = most;
}

static void insert_words(uint64_t *w, uint32_t n, int from)
{
    for (uint32_t i = 1; i < n; i++) {
        uint64_t x = w[i];
        uint32_t j = i;
        for (; j > 0 && w[j - 1] >> from > x >> from; j--)
            w[j] = w[j - 1];
        w[j] = x;
    }
}

/* One pass, stable. False: all words have the same digit, nothing was moved. */
static bool sort_digit(uint64_t *to, const uint64_t *w, uint32_t n, int shift, int digit)
{
    uint32_t at[DIGIT_N], sum = 0;
    const uint32_t digit_n = (uint32_t)1 << digit;
    memset(at, 0, digit_n * sizeof *at);
    for (uint32_t i = 0; i < n; i++)
        at[w[i] >> shift & (digit_n - 1)]++;
    if (at[w[0] >> shift & (digit_n - 1)] == n)
        return false;
    for (uint32_t d = 0; d < digit_n; d++) {
        uint32_t here = at[d];
        at[d] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < n; i++)
        to[at[w[i] >> shift & (digit_n - 1)]++] = w[i];
    return true;
}

/* In the order of `bits` bits from `from` on, stable. Returns w or buffer, which has it. */
static uint64_t *sort_words(uint64_t *w, uint64_t *buffer, uint32_t n, int from, int bits)
{
    if (n <= FEW) {
        insert_words(w, n, from);
        return w;
    }
    const int most = n < SMALL ? SMALL_BITS : DIGIT_BITS;
    const int pass_n = (bits + most - 1) / most;
    const int digit = pass_n == 0 ? 0 : (bits + pass_n - 1) / pass_n;
    for (int p = 0; p < pass_n; p++) {
        if (!sort_digit(buffer, w, n, from + p * digit, digit))
            continue;
        uint64_t *swap = w;
        w = buffer;
        buffer = swap;
    }
    return w;
}

/* The lower bits of words whose upper bits are alike. `w` and `buffer` hold them and have room. */
static void sort_rest(const struct ladder *l, uint64_t *w, uint64_t *buffer, uint32_t n)
{
    const uint64_t upper = w[0] >> l->place_bits << l->place_bits;
    const uint64_t mask = ((uint64_t)1 << l->dropped) - 1;
    const uint64_t place = ((uint64_t)1 << l->place_bits) - 1;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t key = (uint64_t)l->of->at[w[i] & place] - (uint64_t)l->of->least;
        w[i] = (key & mask) << l->place_bits | (w[i] & place);
    }
    uint64_t *sorted = sort_words(w, buffer, n, l->place_bits, l->dropped);
    for (uint32_t i = 0; i < n; i++)
        w[i] = upper | (sorted[i] & place);
}

void ladder_open(struct ladder *l, const struct figures *f, uint64_t *scratch)
{
    uint64_t *w = scratch, *buffer = scratch + f->n;
    int bits = bits_of(figures_spread(f));
    *l = (struct ladder){.of = f, .place_bits = bits_of(f->n)};
    if (bits + l->place_bits > 64)
        l->dropped = bits + l->place_bits - 64;
    for (uint32_t i = 0; i < f->n; i++)
        w[i] = ((uint64_t)f->at[i] - (uint64_t)f->least) >> l->dropped << l->place_bits | i;
    l->word = sort_words(w, buffer, f->n, l->place_bits, bits - l->dropped);
    buffer = l->word == w ? buffer : w;
    for (uint32_t i = 0, end; l->dropped > 0 && i < f->n; i = end) {
        uint64_t upper = l->word[i] >> l->place_bits;
        for (end = i + 1; end < f->n && l->word[end] >> l->place_bits == upper; end++) {
        }
        if (end - i > 1)
            sort_rest(l, l->word + i, buffer, end - i);
    }
}

void figures_sort(struct figures *f)
{
    uint64_t *w = ARENA_ARRAY(f->tmp, uint64_t, (size_t)f->n * 2);
    for (uint32_t i = 0; i < f->n; i++)
        w[i] = (uint64_t)f->at[i] - (uint64_t)f->least;
    f->sorted = sort_words(w, w + f->n, f->n, 0, bits_of(figures_spread(f)));
}

uint32_t figures_below(const struct figures *f, int64_t v, bool upto)
{
    const uint64_t key = (uint64_t)v - (uint64_t)f->least, *s = f->sorted;
    uint32_t lo = 0, n = f->n;
    while (n > 0) {
        uint32_t half = n / 2;
        bool past = s[lo + half] < key || (upto && s[lo + half] == key);
        lo = past ? lo + half + 1 : lo;
        n = past ? n - half - 1 : half;
    }
    return lo;
}

struct sieve {
    const int64_t *at;
    uint32_t n;
    int64_t least;
    int shift;
    uint32_t *beg;       /* DIGIT_N + 1; NULL: `at` is sorted */
    uint32_t class;      /* of inner */
    struct sieve *inner; /* NULL: none yet */
};

static struct sieve *sieve_few(struct arena *tmp, const int64_t *at, uint32_t n)
{
    struct sieve *s = ARENA_NEW(tmp, struct sieve);
    int64_t *v = arena_raw(tmp, n, sizeof *v);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t j = i;
        for (; j > 0 && v[j - 1] > at[i]; j--)
            v[j] = v[j - 1];
        v[j] = at[i];
    }
    *s = (struct sieve){.at = v, .n = n};
    return s;
}

static struct sieve *sieve_open(const struct figures *f)
{
    if (f->n <= FEW)
        return sieve_few(f->tmp, f->at, f->n);
    struct sieve *s = ARENA_NEW(f->tmp, struct sieve);
    int bits = bits_of(figures_spread(f));
    *s = (struct sieve){.at = f->at, .n = f->n, .least = f->least};
    s->shift = bits > DIGIT_BITS ? bits - DIGIT_BITS : 0;
    s->beg = ARENA_ARRAY(f->tmp, uint32_t, DIGIT_N + 1);
    for (uint32_t i = 0; i < f->n; i++)
        s->beg[(((uint64_t)f->at[i] - (uint64_t)f->least) >> s->shift) + 1]++;
    for (uint32_t d = 0; d < DIGIT_N; d++)
        s->beg[d + 1] += s->beg[d];
    return s;
}

/* The figures of one class, sieved again. */
static void sieve_class(struct arena *tmp, struct sieve *s, uint32_t class)
{
    uint32_t n = s->beg[class + 1] - s->beg[class], k = 0;
    struct figures f = {.tmp = tmp, .at = ARENA_ARRAY(tmp, int64_t, (size_t)n + 1), .n = n};
    for (uint32_t i = 0; i < s->n; i++) {
        f.at[k] = s->at[i];
        k += ((uint64_t)s->at[i] - (uint64_t)s->least) >> s->shift == class;
    }
    figures_measure(&f);
    s->inner = sieve_open(&f);
    s->class = class;
}

int64_t figures_nth(struct figures *f, uint32_t i)
{
    ASSERT(i < f->n);
    if (i == 0 || i == f->n - 1)
        return i == 0 ? f->least : f->most;
    if (f->sieve == NULL)
        f->sieve = sieve_open(f);
    struct sieve *s = f->sieve;
    while (s->beg != NULL) {
        uint32_t class = 0;
        for (uint32_t step = DIGIT_N / 2; step > 0; step /= 2)
            class += s->beg[class + step] <= i ? step : 0;
        if (s->shift == 0)
            return (int64_t)((uint64_t)s->least + class);
        if (s->inner == NULL || s->class != class)
            sieve_class(f->tmp, s, class);
        i -= s->beg[class];
        s = s->inner;
    }
    return s->at[i];
}
