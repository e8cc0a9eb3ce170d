#include <string.h>

#include "base/arena.h"
#include "match/lists_int.h"

enum { HALF = 16, SMALL = 48, BLOCK_PAIRS = 1 << 15 };

struct pair_block {
    struct pair_block *next;
    uint32_t n;
    uint32_t key[BLOCK_PAIRS], item[BLOCK_PAIRS];
};

void pairs_open(struct pairs *p)
{
    *p = (struct pairs){.tmp = arena_open()};
}

void pairs_add(struct pairs *p, uint32_t key, uint32_t item)
{
    struct pair_block *b = p->last;
    if (b == NULL || b->n == BLOCK_PAIRS) {
        b = arena_raw(p->tmp, 1, sizeof *b);
        b->next = NULL;
        b->n = 0;
        if (p->last == NULL)
            p->first = b;
        else
            p->last->next = b;
        p->last = b;
    }
    b->key[b->n] = key;
    b->item[b->n++] = item;
    p->n++;
}

/* Stable, of one bucket: insertion where there are few, else a merge. `other`: room for 2 n. */
static void sort_pairs(uint32_t *key, uint32_t *item, uint32_t *other, size_t n)
{
    if (n <= SMALL) {
        for (size_t i = 1; i < n; i++) {
            uint32_t k = key[i], d = item[i];
            size_t at = i;
            for (; at > 0 && key[at - 1] > k; at--) {
                key[at] = key[at - 1];
                item[at] = item[at - 1];
            }
            key[at] = k;
            item[at] = d;
        }
        return;
    }
    size_t half = n / 2, i = 0, k = half;
    sort_pairs(key, item, other, half);
    sort_pairs(key + half, item + half, other, n - half);
    if (key[half - 1] <= key[half])
        return;
    for (size_t at = 0; at < n; at++) {
        size_t from = k == n || (i < half && key[i] <= key[k]) ? i++ : k++;
        other[2 * at] = key[from];
        other[2 * at + 1] = item[from];
    }
    for (size_t at = 0; at < n; at++) {
        key[at] = other[2 * at];
        item[at] = other[2 * at + 1];
    }
}

struct sorted {
    uint32_t *key, *item;
    size_t n;
};

/* Into order of the upper half of the gram; `first` gets where each bucket begins. */
static void scatter(struct arena *tmp, struct sorted *out, const struct pairs *p, size_t *first)
{
    size_t *at = arena_raw(tmp, LIST_BUCKETS, sizeof *at);
    out->n = p->n;
    out->key = arena_raw(tmp, p->n + 1, sizeof *out->key);
    out->item = arena_raw(tmp, p->n + 1, sizeof *out->item);
    for (const struct pair_block *b = p->first; b != NULL; b = b->next)
        for (uint32_t i = 0; i < b->n; i++)
            first[(b->key[i] >> HALF) + 1]++;
    for (size_t i = 1; i <= LIST_BUCKETS; i++)
        first[i] += first[i - 1];
    memcpy(at, first, LIST_BUCKETS * sizeof *at);
    for (const struct pair_block *b = p->first; b != NULL; b = b->next)
        for (uint32_t i = 0; i < b->n; i++) {
            size_t to = at[b->key[i] >> HALF]++;
            out->key[to] = b->key[i];
            out->item[to] = b->item[i];
        }
}

/* Lists out of pairs in order, which are written over, never past what was read. */
static void cut_lists(struct arena *keep, struct arena *tmp, struct lists *out, struct sorted *p)
{
    size_t keys = 0, items = 0;
    uint32_t *start = arena_raw(tmp, p->n + 1, sizeof *start);
    for (size_t i = 0; i < p->n; i++) {
        bool other = keys == 0 || p->key[keys - 1] != p->key[i];
        if (!other && p->item[items - 1] == p->item[i])
            continue;
        if (other) {
            start[keys] = (uint32_t)items;
            p->key[keys++] = p->key[i];
        }
        p->item[items++] = p->item[i];
    }
    start[keys] = (uint32_t)items;
    out->key_n = (uint32_t)keys;
    out->key = arena_raw(keep, keys + 1, sizeof *out->key);
    out->start = arena_raw(keep, keys + 1, sizeof *out->start);
    out->item = arena_raw(keep, items + 1, sizeof *out->item);
    memcpy(out->key, p->key, keys * sizeof *out->key);
    memcpy(out->start, start, (keys + 1) * sizeof *start);
    memcpy(out->item, p->item, items * sizeof *out->item);
}

void lists_make(struct arena *keep, struct lists *out, struct pairs *p)
{
    struct arena *tmp = arena_open();
    struct sorted s;
    size_t *first = ARENA_ARRAY(tmp, size_t, LIST_BUCKETS + 1), most = 0;
    ASSERT(p->n < UINT32_MAX);
    scatter(tmp, &s, p, first);
    arena_close(p->tmp);
    for (size_t b = 0; b < LIST_BUCKETS; b++)
        most = first[b + 1] - first[b] > most ? first[b + 1] - first[b] : most;
    uint32_t *other = arena_raw(tmp, 2 * most + 1, sizeof *other);
    for (size_t b = 0; b < LIST_BUCKETS; b++)
        sort_pairs(s.key + first[b], s.item + first[b], other, first[b + 1] - first[b]);
    cut_lists(keep, tmp, out, &s);
    out->bucket = arena_raw(keep, LIST_BUCKETS + 1, sizeof *out->bucket);
    for (uint32_t b = 0, k = 0; b <= LIST_BUCKETS; b++) {
        while (k < out->key_n && out->key[k] >> HALF < b)
            k++;
        out->bucket[b] = k;
    }
    arena_close(tmp);
}

const uint32_t *lists_find(const struct lists *l, uint32_t key, uint32_t *n)
{
    uint32_t lo = l->bucket[key >> HALF], hi = l->bucket[(key >> HALF) + 1];
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (l->key[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    bool found = lo < l->key_n && l->key[lo] == key;
    *n = found ? l->start[lo + 1] - l->start[lo] : 0;
    return found ? l->item + l->start[lo] : NULL;
}
