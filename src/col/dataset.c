#include "col/dataset.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"

struct dataset *dataset_open(struct arena *keep, uint32_t row_n)
{
    struct dataset *d = ARENA_NEW(keep, struct dataset);
    d->arena = keep;
    d->row_n = row_n;
    d->id = ARENA_ARRAY(keep, Str, row_n);
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

static uint64_t *all_missing(struct arena *a, uint32_t row_n)
{
    uint64_t *bits = ARENA_ARRAY(a, uint64_t, vec_words(row_n));
    for (size_t w = 0; w < vec_words(row_n); w++)
        bits[w] = vec_word(w, row_n);
    return bits;
}

struct column *dataset_bare_column(struct dataset *d, uint32_t field, int period)
{
    struct column *c = dataset_find(d, field, period);
    if (c != NULL)
        return c;
    VEC_PUSH(d->arena, d->column, d->column_n, d->column_cap) = (struct column){
        .field = field,
        .period = period,
        .type = VEC_I8,
        .missing = all_missing(d->arena, d->row_n),
        .row_n = d->row_n,
        .arena = d->arena,
    };
    return &d->column[d->column_n - 1];
}

struct column *dataset_column(struct dataset *d, uint32_t field, int period)
{
    struct column *c = dataset_bare_column(d, field, period);
    if (c->value == NULL)
        c->value = ARENA_ARRAY(d->arena, int8_t, d->row_n);
    return c;
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
    struct dataset *out = ARENA_NEW(keep, struct dataset);
    *out = *d;
    out->arena = keep;
    out->labels = labels_copy(keep, d->labels);
    out->column = ARENA_ARRAY(keep, struct column, d->column_n);
    out->column_cap = d->column_n;
    for (size_t i = 0; i < d->column_n; i++) {
        out->column[i] = d->column[i];
        out->column[i].shared = true;
        out->column[i].arena = keep;
    }
    return out;
}

Wide column_value(const struct column *c, uint32_t row)
{
    return c->type == VEC_CELL ? ((const Cell *)c->value)[row].lo : vec_int(c->type, c->value, row);
}

struct dataset *dataset_of_row(struct arena *keep, const struct dataset *d, uint32_t row)
{
    ASSERT(row < d->row_n);
    struct dataset *out = dataset_copy(keep, d);
    out->row_n = 1;
    out->id = &d->id[row];
    out->name = d->name == NULL ? NULL : &d->name[row];
    Cell *cell = ARENA_ARRAY(keep, Cell, d->column_n);
    uint64_t *missing = ARENA_ARRAY(keep, uint64_t, d->column_n);
    for (size_t i = 0; i < d->column_n; i++) {
        struct column *c = &out->column[i];
        cell[i] = (Cell){column_value(c, row), 0};
        missing[i] = !column_has(c, row);
        c->value = &cell[i];
        c->missing = &missing[i];
        c->type = VEC_CELL;
        c->row_n = 1;
        c->shared = false;
    }
    return out;
}

/* Makes the figures the column's own, of type `t`, which is no narrower. */
static void remake(struct column *c, enum vec_type t)
{
    struct vec v = vec_make(c->arena, t, c->row_n, false);
    if (t == c->type)
        copy(v.lo, c->value, c->row_n * vec_size(t));
    for (uint32_t row = 0; t != c->type && row < c->row_n; row++) {
        Wide x = column_value(c, row);
        vec_set(&v, row, (Cell){x, x});
    }
    c->value = v.lo;
    c->type = t;
}

static void make_room(struct column *c, Wide value)
{
    c->least = value < c->least ? value : c->least;
    c->most = value > c->most ? value : c->most;
    enum vec_type t = vec_type_of(c->least, c->most);
    if (t > c->type || c->shared)
        remake(c, t > c->type ? t : c->type);
    if (!c->shared)
        return;
    uint64_t *own = ARENA_ARRAY(c->arena, uint64_t, vec_words(c->row_n));
    copy(own, c->missing, vec_words(c->row_n) * sizeof *own);
    c->missing = own;
    c->shared = false;
}

static void put(struct column *c, uint32_t row, Wide value)
{
    struct vec v = {.type = c->type, .lo = c->value};
    vec_set(&v, row, (Cell){value, value});
}

void column_set(struct column *c, uint32_t row, Wide value)
{
    make_room(c, value);
    put(c, row, value);
    c->missing[row / WORD_ROWS] &= ~((uint64_t)1 << row % WORD_ROWS);
}

void column_clear(struct column *c, uint32_t row)
{
    make_room(c, 0);
    put(c, row, 0);
    c->missing[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
}

bool column_has_gaps(const struct column *c)
{
    uint64_t any = 0;
    for (size_t i = 0; i < vec_words(c->row_n); i++)
        any |= c->missing[i];
    return any != 0;
}
