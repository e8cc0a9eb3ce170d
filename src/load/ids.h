/* ids.h - has this id been seen? Ids stay where they are; the table holds numbers of rows.
 *
 * Files usually come in the order of their ids: as long as each is above the one before (the
 * longer one, or else by bytes), none can be a second and no table is made.
 * Cost: a comparison a row; else a look-up, and 16 bytes a row until it is closed.
 */
#ifndef GECI_LOAD_IDS_H
#define GECI_LOAD_IDS_H

#include "base/base.h"

struct arena;

struct ids {
    struct arena *arena;
    const Str *id; /* of the dataset, set up to the row asked about */
    uint32_t row_cap;
    Str last;       /* the highest so far */
    uint64_t *slot; /* high half of the hash, row + 1; NULL: still in order */
    size_t slot_n;  /* a power of two */
};

void ids_open(struct ids *s, struct arena *tmp, const Str *id, uint32_t row_cap);
/* The row with the same id before `row`, or -1. Rows come in order; those without id are left out,
 * and are empty in `id`. */
int64_t ids_add(struct ids *s, uint32_t row);

#endif
