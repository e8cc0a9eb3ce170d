#include "load/ids.h"

#include "base/arena.h"
#include "base/str.h"

enum { SLOTS_MIN = 64, HASH_SHIFT = 32 };

void ids_open(struct ids *s, struct arena *tmp, const Str *id, uint32_t row_cap)
{
    *s = (struct ids){.arena = tmp, .id = id, .row_cap = row_cap, .last = S("")};
}

/* Half of the hash is kept, so that ids are looked at only where they are the same, or nearly
 * always. */
static int64_t add(struct ids *s, uint32_t row)
{
    uint64_t hash = str_hash(s->id[row]), high = hash >> HASH_SHIFT << HASH_SHIFT;
    size_t at = (size_t)hash & (s->slot_n - 1);
    for (; s->slot[at] != 0; at = (at + 1) & (s->slot_n - 1)) {
        uint32_t seen = (uint32_t)s->slot[at] - 1;
        if (s->slot[at] >> HASH_SHIFT == hash >> HASH_SHIFT && str_eq(s->id[seen], s->id[row]))
            return seen;
    }
    s->slot[at] = high | (row + 1);
    return -1;
}

static void make_table(struct ids *s, uint32_t row_n)
{
    s->slot_n = SLOTS_MIN;
    while (s->slot_n < (size_t)s->row_cap * 2)
        s->slot_n *= 2;
    s->slot = ARENA_ARRAY(s->arena, uint64_t, s->slot_n);
    for (uint32_t row = 0; row < row_n; row++)
        if (s->id[row].n > 0)
            (void)add(s, row); /* they were in order: none is there twice */
}

int64_t ids_add(struct ids *s, uint32_t row)
{
    Str id = s->id[row];
    if (s->slot == NULL) {
        bool above = id.n != s->last.n ? id.n > s->last.n : str_cmp(id, s->last) > 0;
        s->last = id;
        if (above)
            return -1;
        make_table(s, row);
    }
    return add(s, row);
}
