/* rank.c - ranks of a column of totals.
 *
 * Totals with few possible values (100 points at 2 decimals are 10,001) are counted; others are
 * sorted by radix, 11 bits a pass. Both cost a few nanoseconds a subject, and neither looks at the
 * order of the subjects.
 */
#include "robust/robust_int.h"

enum { RADIX_BITS = 11, RADIX = 1 << RADIX_BITS, COUNT_TIMES = 2, COUNT_LEAST = 1 << 16 };

static uint64_t count_cap(uint32_t column_n)
{
    uint64_t cap = (uint64_t)column_n * COUNT_TIMES;
    return cap < COUNT_LEAST ? COUNT_LEAST : cap;
}

void ranker_open(struct ranker *r, struct arena *keep, const struct tree *t)
{
    const struct node *top = &t->node[t->node_n - 1];
    uint32_t subject_n = t->subject_n, column_n = t->column_n;
    uint64_t range = (uint64_t)top->reach * (top->clamped ? 1 : 2);
    *r = (struct ranker){.subject_n = subject_n, .column_n = column_n};
    r->count = ARENA_ARRAY(keep, uint32_t, (size_t)count_cap(column_n) + RADIX);
    if (range < count_cap(column_n))
        return; /* never to be sorted */
    r->a = ARENA_ARRAY(keep, struct sort_pair, column_n);
    r->b = ARENA_ARRAY(keep, struct sort_pair, column_n);
}

static void by_counting(struct ranker *r, uint32_t *rank, const int64_t *value, int64_t most,
                        uint64_t range)
{
    uint32_t *count = r->count, before = 1;
    for (uint64_t i = 0; i <= range; i++)
        count[i] = 0;
    for (uint32_t i = 0; i < r->subject_n; i++)
        count[most - value[i]]++;
    for (uint64_t i = 0; i <= range; i++) {
        uint32_t own = count[i];
        count[i] = before;
        before += own;
    }
    for (uint32_t i = 0; i < r->column_n; i++)
        rank[i] = count[most - value[i]];
}

static void pass(struct ranker *r, int shift)
{
    uint32_t *count = r->count, at = 0;
    for (uint32_t i = 0; i < RADIX; i++)
        count[i] = 0;
    for (uint32_t i = 0; i < r->column_n; i++)
        count[r->a[i].key >> shift & (RADIX - 1)]++;
    for (uint32_t i = 0; i < RADIX; i++) {
        uint32_t own = count[i];
        count[i] = at;
        at += own;
    }
    for (uint32_t i = 0; i < r->column_n; i++)
        r->b[count[r->a[i].key >> shift & (RADIX - 1)]++] = r->a[i];
    struct sort_pair *swap = r->a;
    r->a = r->b;
    r->b = swap;
}

static void by_sorting(struct ranker *r, uint32_t *rank, const int64_t *value, int64_t most,
                       uint64_t range)
{
    for (uint32_t i = 0; i < r->column_n; i++)
        r->a[i] = (struct sort_pair){.key = (uint64_t)(most - value[i]), .at = i};
    for (int shift = 0; shift < 64 && range >> shift > 0; shift += RADIX_BITS)
        pass(r, shift);
    uint32_t before = 1;
    for (uint32_t i = 0, end; i < r->column_n; i = end) {
        uint32_t own = 0;
        for (end = i; end < r->column_n && r->a[end].key == r->a[i].key; end++) {
            rank[r->a[end].at] = before;
            own += r->a[end].at < r->subject_n;
        }
        before += own;
    }
}

void ranker_rank(struct ranker *r, uint32_t *rank, const int64_t *value)
{
    int64_t least = INT64_MAX, most = INT64_MIN;
    for (uint32_t i = 0; i < r->column_n; i++) {
        least = value[i] < least ? value[i] : least;
        most = value[i] > most ? value[i] : most;
    }
    if (r->column_n == 0)
        return;
    uint64_t range = (uint64_t)(most - least);
    if (range < count_cap(r->column_n))
        by_counting(r, rank, value, most, range);
    else
        by_sorting(r, rank, value, most, range);
}
