/* pop_sort.c - rows by group, values in order.
 *
 * Groups by counting, values by radix on their distance from the least: 11 bits a pass, as many
 * passes as the spread needs (money in fen up to 100 bn: 4). O(n) a pass, one buffer of n values.
 * Only values are sorted, not rows: a row finds its place by binary search, so ties and the order
 * of rows cannot matter. That search is most of the cost, 1 us a row at a million rows, 0.3 us at
 * ten thousand; carrying rows through the sort would save it and is not worth the code yet.
 */
#include <string.h>

#include "base/arena.h"
#include "grade/pop_int.h"

enum { DIGIT_BITS = 11, DIGIT_N = 1 << DIGIT_BITS, INSERTION_N = 48 };

static void sort_insertion(Wide *v, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        Wide x = v[i];
        uint32_t j = i;
        for (; j > 0 && v[j - 1] > x; j--)
            v[j] = v[j - 1];
        v[j] = x;
    }
}

/* One pass: `from` in order of the digit at `shift` to `to`, stable. */
static void sort_digit(Wide *to, const Wide *from, uint32_t n, Wide least, int shift)
{
    uint32_t at[DIGIT_N] = {0};
    for (uint32_t i = 0; i < n; i++)
        at[((UWide)from[i] - (UWide)least) >> shift & (DIGIT_N - 1)]++;
    uint32_t sum = 0;
    for (int d = 0; d < DIGIT_N; d++) {
        uint32_t here = at[d];
        at[d] = sum;
        sum += here;
    }
    for (uint32_t i = 0; i < n; i++)
        to[at[((UWide)from[i] - (UWide)least) >> shift & (DIGIT_N - 1)]++] = from[i];
}

void peers_sort(Wide *v, uint32_t n, Wide *buffer)
{
    if (n <= INSERTION_N) {
        sort_insertion(v, n);
        return;
    }
    Wide least = v[0], most = v[0];
    for (uint32_t i = 1; i < n; i++) {
        least = v[i] < least ? v[i] : least;
        most = v[i] > most ? v[i] : most;
    }
    UWide spread = (UWide)most - (UWide)least;
    Wide *from = v, *to = buffer;
    for (int shift = 0; shift < 128 && spread >> shift != 0; shift += DIGIT_BITS) {
        sort_digit(to, from, n, least, shift);
        Wide *swap = from;
        from = to;
        to = swap;
    }
    if (from != v)
        memcpy(v, from, n * sizeof *v);
}

static uint32_t group_of(const struct pop_in *in, uint32_t row)
{
    if (in->group == NULL)
        return 0;
    return in->group[row] == UINT32_MAX ? in->group_n : in->group[row];
}

void crowd_open(struct arena *tmp, struct crowd *c, const struct pop_in *in)
{
    c->group_n = in->group == NULL ? 1 : in->group_n;
    c->row = ARENA_ARRAY(tmp, uint32_t, in->row_n);
    c->beg = ARENA_ARRAY(tmp, uint32_t, (size_t)c->group_n + 2);
    for (uint32_t row = 0; row < in->row_n; row++)
        c->beg[group_of(in, row) + 1]++;
    for (uint32_t g = 0; g <= c->group_n; g++)
        c->beg[g + 1] += c->beg[g];
    uint32_t *at = ARENA_ARRAY(tmp, uint32_t, (size_t)c->group_n + 1);
    memcpy(at, c->beg, ((size_t)c->group_n + 1) * sizeof *at);
    for (uint32_t row = 0; row < in->row_n; row++)
        c->row[at[group_of(in, row)]++] = row;
}

struct peers *crowd_sort(struct arena *tmp, const struct crowd *c, const struct pop_in *in,
                         const Wide *key, const uint8_t *counts)
{
    struct peers *out = ARENA_ARRAY(tmp, struct peers, (size_t)c->group_n + 1);
    Wide *value = ARENA_ARRAY(tmp, Wide, in->row_n), *buffer = ARENA_ARRAY(tmp, Wide, in->row_n);
    uint32_t n = 0;
    for (uint32_t g = 0; g <= c->group_n; g++) {
        struct peers *p = &out[g];
        *p = (struct peers){.at = value + n};
        for (uint32_t i = c->beg[g]; i < c->beg[g + 1]; i++)
            if (counts[c->row[i]])
                p->at[p->n++] = key[c->row[i]];
        n += p->n;
        if (g < c->group_n)
            peers_sort(p->at, p->n, buffer);
    }
    struct peers *all = &out[c->group_n];
    if (in->min_group == 0) {
        all->n = 0;
    } else {
        *all = (struct peers){.at = ARENA_ARRAY(tmp, Wide, n), .n = n};
        memcpy(all->at, value, n * sizeof *value);
        peers_sort(all->at, n, buffer);
    }
    return out;
}

/* First index in [lo, hi) whose value is not less than v (with `past`: greater than v), or hi. */
static uint32_t first_from(const struct peers *p, uint32_t lo, uint32_t hi, Wide v, bool past)
{
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (p->at[mid] < v || (past && p->at[mid] == v))
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

/* Among `n` values of which one has left and another come. */
static Wide nth_swapped(const struct peers *p, uint32_t i)
{
    const struct swap *w = p->swap;
    const uint32_t stood = p->n - w->has_in + w->has_out; /* how many stand at `at` */
    if (w->has_in) {
        uint32_t place = first_from(p, 0, stood, w->in, false) - (w->has_out && w->out < w->in);
        if (i == place)
            return w->in;
        i -= i > place;
    }
    return p->at[i + (w->has_out && i >= first_from(p, 0, stood, w->out, false))];
}

Wide peers_nth(const struct peers *p, uint32_t i)
{
    if (p->swap != NULL)
        return nth_swapped(p, i);
    return p->figures == NULL ? p->at[i] : figures_nth(p->figures, i);
}

/* Of figures: how many are less than v, or not greater. */
static uint32_t count_below(const struct peers *p, Wide v, bool equal)
{
    if (p->n == 0 || v < p->figures->least)
        return 0;
    if (v > p->figures->most)
        return p->n;
    return figures_below(p->figures, (int64_t)v, equal);
}

struct place peers_find(const struct peers *p, Wide v)
{
    if (p->figures != NULL) {
        Wide x = p->mirrored ? -v : v;
        uint32_t less = count_below(p, x, false), upto = count_below(p, x, true);
        return (struct place){p->mirrored ? p->n - upto : less, upto - less};
    }
    const struct swap none = {.has_out = false}, *w = p->swap == NULL ? &none : p->swap;
    const uint32_t stood = p->n - w->has_in + w->has_out;
    uint32_t below = first_from(p, 0, stood, v, false), step = 1; /* ties are few: gallop past */
    while (step < stood - below && p->at[below + step - 1] == v)
        step *= 2;
    uint32_t hi = step < stood - below ? below + step : stood;
    uint32_t equal = first_from(p, below + step / 2, hi, v, true) - below;
    return (struct place){below - (w->has_out && w->out < v) + (w->has_in && w->in < v),
                          equal - (w->has_out && w->out == v) + (w->has_in && w->in == v)};
}
