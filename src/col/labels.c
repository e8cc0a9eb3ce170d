/* labels.c - texts as dense codes: an open-addressing table of codes over an array of texts.
 *
 * At most half full, so a look-up is O(1); the table doubles and is refilled from the array. Codes
 * follow first sight and never the table's order, so nothing depends on the hash.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"

enum { SLOTS_MIN = 64, SLOT_EMPTY = 0 };

struct labels {
    struct arena *arena;
    Str *text;
    uint64_t *hash; /* of text, so that growing needs no reading */
    size_t n, cap, hash_cap;
    uint32_t *slot; /* code + 1 */
    size_t slot_n;  /* a power of two */
    bool shared;    /* everything above belongs to another dictionary: copy before adding */
};

struct labels *labels_open(struct arena *keep)
{
    struct labels *l = ARENA_NEW(keep, struct labels);
    l->arena = keep;
    l->slot_n = SLOTS_MIN;
    l->slot = ARENA_ARRAY(keep, uint32_t, SLOTS_MIN);
    return l;
}

struct labels *labels_copy(struct arena *keep, const struct labels *from)
{
    struct labels *l = ARENA_NEW(keep, struct labels);
    *l = *from;
    l->arena = keep;
    l->shared = true;
    return l;
}

/* Arrays without spare room are copied when they grow, slots at once. */
static void make_own(struct labels *l)
{
    const uint32_t *slot = l->slot;
    l->slot = ARENA_ARRAY(l->arena, uint32_t, l->slot_n);
    memcpy(l->slot, slot, l->slot_n * sizeof *slot);
    l->cap = l->hash_cap = l->n;
    l->shared = false;
}

/* The slot that holds `text`, or the empty one where it belongs. */
static size_t find_slot(const struct labels *l, Str text, uint64_t hash)
{
    size_t at = (size_t)hash & (l->slot_n - 1);
    while (l->slot[at] != SLOT_EMPTY) {
        uint32_t code = l->slot[at] - 1;
        if (l->hash[code] == hash && str_eq(l->text[code], text))
            break;
        at = (at + 1) & (l->slot_n - 1);
    }
    return at;
}

static void grow_slots(struct labels *l)
{
    l->slot_n *= 2;
    l->slot = ARENA_ARRAY(l->arena, uint32_t, l->slot_n);
    for (uint32_t code = 0; code < l->n; code++) {
        size_t at = (size_t)l->hash[code] & (l->slot_n - 1);
        while (l->slot[at] != SLOT_EMPTY)
            at = (at + 1) & (l->slot_n - 1);
        l->slot[at] = code + 1;
    }
}

uint32_t labels_code(struct labels *l, Str text)
{
    uint64_t hash = str_hash(text);
    size_t at = find_slot(l, text, hash);
    if (l->slot[at] != SLOT_EMPTY)
        return l->slot[at] - 1;
    if (l->shared)
        make_own(l);
    if ((l->n + 1) * 2 > l->slot_n) {
        grow_slots(l);
        at = find_slot(l, text, hash);
    }
    ASSERT(l->n < UINT32_MAX - 1);
    size_t before = l->n;
    VEC_PUSH(l->arena, l->text, l->n, l->cap) = arena_copy(l->arena, text);
    VEC_PUSH(l->arena, l->hash, before, l->hash_cap) = hash;
    l->slot[at] = (uint32_t)l->n;
    return (uint32_t)l->n - 1;
}

int64_t labels_find(const struct labels *l, Str text)
{
    return (int64_t)l->slot[find_slot(l, text, str_hash(text))] - 1;
}

Str labels_text(const struct labels *l, uint32_t code)
{
    ASSERT(code < l->n);
    return l->text[code];
}

uint32_t labels_n(const struct labels *l)
{
    return (uint32_t)l->n;
}
