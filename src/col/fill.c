#include "col/fill.h"

#include <string.h>

#include "base/arena.h"

/* least and most of the column with these figures. */
LANE_LOOP static void take_bounds(struct column *c, const int64_t *figure, uint32_t n)
{
    int64_t least = 0, most = 0;
    for (uint32_t i = 0; i < n; i++) {
        least = figure[i] < least ? figure[i] : least;
        most = figure[i] > most ? figure[i] : most;
    }
    c->least = least < c->least ? least : c->least;
    c->most = most > c->most ? most : c->most;
}

/* Makes the column wider, or gives a bare one room; from row_n on it is missing. */
static void widen(struct column *c, enum vec_type t, uint32_t row_n)
{
    ASSERT(c->value != NULL || row_n == 0);
    struct vec v = vec_make(c->arena, t, c->row_n, false);
    for (uint32_t row = 0; row < row_n; row++) {
        Wide x = column_value(c, row);
        vec_set(&v, row, (Cell){x, x});
    }
    c->value = v.lo;
    c->type = t;
}

LANE_LOOP static void put_figures(const struct column *c, uint32_t row,
                                  const int64_t *restrict figure, uint32_t n)
{
    int8_t *restrict narrow = c->type == VEC_I8 ? (int8_t *)c->value + row : NULL;
    int32_t *restrict usual = c->type == VEC_I32 ? (int32_t *)c->value + row : NULL;
    for (uint32_t i = 0; narrow != NULL && i < n; i++)
        narrow[i] = (int8_t)figure[i];
    for (uint32_t i = 0; usual != NULL && i < n; i++)
        usual[i] = (int32_t)figure[i];
    if (c->type == VEC_I64)
        memcpy((int64_t *)c->value + row, figure, n * sizeof *figure);
}

static uint64_t bits_below(uint32_t n)
{
    return ((uint64_t)1 << n) - 1;
}

void fill_column(struct column *c, uint32_t row, const int64_t *figure, const uint64_t *missing,
                 uint32_t n)
{
    ASSERT(row % WORD_ROWS == 0 && row <= c->row_n && n <= c->row_n - row && !c->shared);
    take_bounds(c, figure, n);
    enum vec_type t = vec_type_of(c->least, c->most);
    ASSERT(t < VEC_CELL && c->type < VEC_CELL);
    if (t > c->type || c->value == NULL)
        widen(c, t, row);
    put_figures(c, row, figure, n);
    uint64_t *word = c->missing + row / WORD_ROWS;
    memcpy(word, missing, n / WORD_ROWS * sizeof *word);
    if (n % WORD_ROWS != 0) {
        uint64_t mine = bits_below(n % WORD_ROWS), *last = &word[n / WORD_ROWS];
        *last = (missing[n / WORD_ROWS] & mine) | (*last & ~mine);
    }
}

void fill_end(struct dataset *d, uint32_t row_n)
{
    ASSERT(row_n <= d->row_n);
    d->row_n = row_n;
    for (size_t i = 0; i < d->column_n; i++) {
        d->column[i].row_n = row_n;
        if (d->column[i].value == NULL)
            d->column[i].value = ARENA_ARRAY(d->arena, int8_t, row_n);
        if (row_n % WORD_ROWS != 0)
            d->column[i].missing[row_n / WORD_ROWS] &= bits_below(row_n % WORD_ROWS);
    }
}
