#include "col/dataset.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

enum { WORD_BITS = 64 };

static size_t words_of(uint32_t row_n)
{
    return ((size_t)row_n + WORD_BITS - 1) / WORD_BITS;
}

struct dataset *dataset_open(struct arena *keep, uint32_t row_n)
{
    struct dataset *d = ARENA_NEW(keep, struct dataset);
    d->arena = keep;
    d->row_n = row_n;
    d->id = ARENA_ARRAY(keep, Str, row_n);
    d->name = ARENA_ARRAY(keep, Str, row_n);
    d->labels = labels_open(keep);
    return d;
}

struct column *dataset_find(const struct dataset *d, uint32_t field, int period)
{
    for (size_t i = 0; i < d->column_n; i++)
        if (d->column[i].field == field && d->column[i].period == period)
            return &d->column[i];
    return NULL;
}

struct column *dataset_column(struct dataset *d, uint32_t field, int period)
{
    struct column *c = dataset_find(d, field, period);
    if (c != NULL)
        return c;
    VEC_PUSH(d->arena, d->column, d->column_n, d->column_cap) = (struct column){
        .field = field,
        .period = period,
        .value = ARENA_ARRAY(d->arena, Wide, d->row_n),
        .valid = ARENA_ARRAY(d->arena, uint64_t, words_of(d->row_n)),
    };
    return &d->column[d->column_n - 1];
}

int64_t dataset_row(const struct dataset *d, Str id)
{
    for (uint32_t row = 0; row < d->row_n; row++)
        if (str_eq(d->id[row], id))
            return row;
    return -1;
}

/* arena memory is never NULL, but a dataset without rows may hold nothing to copy from */
static void copy(void *to, const void *from, size_t n)
{
    if (n > 0)
        memcpy(to, from, n);
}

struct dataset *dataset_copy(struct arena *keep, const struct dataset *d)
{
    struct dataset *out = dataset_open(keep, d->row_n);
    copy(out->id, d->id, d->row_n * sizeof *d->id);
    copy(out->name, d->name, d->row_n * sizeof *d->name);
    for (uint32_t code = 0; code < labels_n(d->labels); code++)
        ASSERT(labels_code(out->labels, labels_text(d->labels, code)) == code);
    for (size_t i = 0; i < d->column_n; i++) {
        const struct column *from = &d->column[i];
        struct column *to = dataset_column(out, from->field, from->period);
        copy(to->value, from->value, d->row_n * sizeof *from->value);
        copy(to->valid, from->valid, words_of(d->row_n) * sizeof *from->valid);
    }
    return out;
}

void column_set(struct column *c, uint32_t row, Wide value)
{
    c->value[row] = value;
    c->valid[row / WORD_BITS] |= (uint64_t)1 << row % WORD_BITS;
}

void column_clear(struct column *c, uint32_t row)
{
    c->value[row] = 0;
    c->valid[row / WORD_BITS] &= ~((uint64_t)1 << row % WORD_BITS);
}
