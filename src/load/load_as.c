/* load_as.c - facts that were read by one document, for a revision of it. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/load.h"
#include "rule/model.h"

static bool same_options(const struct field *a, const struct field *b)
{
    bool same = a->option_n == b->option_n;
    for (uint32_t i = 0; same && i < a->option_n; i++) /* codes of the same labels */
        same = a->option[i] == b->option[i];
    return same;
}

/* Is a cell read alike for both? What a blank means is the rules' affair, not the reader's. */
static bool reads_alike(const struct field *a, const struct field *b)
{
    return str_eq(a->name, b->name) && a->ftype == b->ftype && a->type.kind == b->type.kind &&
           a->type.scale == b->type.scale &&
           memcmp(&a->type.dim, &b->type.dim, sizeof a->type.dim) == 0 && a->unit == b->unit &&
           a->period == b->period && a->has_lo == b->has_lo && a->has_hi == b->has_hi &&
           (!a->has_lo || a->lo == b->lo) && (!a->has_hi || a->hi == b->hi) && same_options(a, b);
}

/* The field of `from` that is field `b` of `to`, or -1. */
static int64_t field_in(const struct rules *from, const struct field *b)
{
    for (uint32_t i = 0; i < from->field_n; i++)
        if (reads_alike(&from->field[i], b))
            return i;
    return -1;
}

struct dataset *load_as(struct arena *keep, const struct dataset *d, const struct rules *from,
                        const struct rules *to)
{
    if (!rule_same_labels(from, to) || !str_eq(from->id_field, to->id_field))
        return NULL;
    int64_t *now = ARENA_ARRAY(keep, int64_t, (size_t)from->field_n + 1);
    for (uint32_t i = 0; i < from->field_n; i++)
        now[i] = -1;
    for (uint32_t i = 0; i < to->field_n; i++) {
        const int64_t was = field_in(from, &to->field[i]);
        if (was < 0)
            return NULL;
        now[was] = i;
    }
    struct dataset *out = dataset_copy(keep, d);
    out->column_n = 0;
    for (size_t i = 0; i < d->column_n; i++) {
        struct column c = out->column[i];
        if (now[c.field] < 0)
            continue;
        c.field = (uint32_t)now[c.field];
        out->column[out->column_n++] = c;
    }
    return out;
}
