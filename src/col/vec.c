#include "col/vec.h"

#include <string.h>

#include "base/arena.h"

enum vec_type vec_type_of(Wide least, Wide most)
{
    for (enum vec_type t = VEC_I8; t < VEC_CELL; t++)
        if (least > -vec_inf(t) && most < vec_inf(t))
            return t;
    return VEC_CELL;
}

struct vec vec_make(struct arena *keep, enum vec_type t, size_t row_n, bool open)
{
    struct vec v = {.type = t, .lo = arena_raw(keep, row_n, vec_size(t))};
    if (open && t != VEC_CELL) {
        v.hi = arena_raw(keep, row_n, vec_size(t));
        v.open = ARENA_ARRAY(keep, uint64_t, vec_words(row_n));
    }
    return v;
}

struct vec vec_from(const struct vec *v, size_t row)
{
    ASSERT(row % WORD_ROWS == 0);
    struct vec out = *v;
    out.lo = (char *)v->lo + row * vec_size(v->type);
    if (v->hi != NULL)
        out.hi = (char *)v->hi + row * vec_size(v->type);
    if (v->open != NULL)
        out.open = v->open + row / WORD_ROWS;
    return out;
}

static Wide widen(int64_t end, enum vec_type t)
{
    return end == vec_inf(t) ? WIDE_INF : end == -vec_inf(t) ? -WIDE_INF : end;
}

Cell vec_cell(const struct vec *v, size_t row)
{
    bool open = vec_is_open(v, row);
    if (open && v->blank != NULL)
        return *v->blank;
    if (v->type == VEC_CELL)
        return ((const Cell *)v->lo)[row];
    Wide lo = vec_int(v->type, v->lo, row);
    if (!open)
        return (Cell){lo, lo};
    return (Cell){widen((int64_t)lo, v->type), widen(vec_int(v->type, v->hi, row), v->type)};
}

Cell *vec_cells(struct arena *keep, const struct vec *v, size_t row_n)
{
    Cell *out = arena_raw(keep, row_n, sizeof *out);
    for (size_t row = 0; row < row_n; row++)
        out[row] = vec_cell(v, row);
    return out;
}

static void store(void *at, enum vec_type t, size_t row, Wide end)
{
    int64_t x = end == WIDE_INF ? vec_inf(t) : end == -WIDE_INF ? -vec_inf(t) : (int64_t)end;
    ASSERT(x >= -vec_inf(t) && x <= vec_inf(t));
    if (t == VEC_I8)
        ((int8_t *)at)[row] = (int8_t)x;
    else if (t == VEC_I32)
        ((int32_t *)at)[row] = (int32_t)x;
    else
        ((int64_t *)at)[row] = x;
}

void vec_set(struct vec *v, size_t row, Cell c)
{
    if (v->type == VEC_CELL) {
        ((Cell *)v->lo)[row] = c;
    } else if (c.lo == c.hi) {
        store(v->lo, v->type, row, c.lo);
        if (v->open != NULL)
            v->open[row / WORD_ROWS] &= ~((uint64_t)1 << row % WORD_ROWS);
    } else {
        vec_set_open(v, row, c);
    }
}

void vec_set_open(struct vec *v, size_t row, Cell c)
{
    if (v->type == VEC_CELL) {
        ((Cell *)v->lo)[row] = c;
        return;
    }
    ASSERT(v->open != NULL && v->blank == NULL);
    store(v->lo, v->type, row, c.lo);
    store(v->hi, v->type, row, c.hi);
    v->open[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
}

struct vec vec_of_cell(struct arena *keep, Cell c, size_t row_n)
{
    bool figure = c.lo == c.hi;
    enum vec_type t = figure ? vec_type_of(c.lo, c.lo) : VEC_CELL;
    struct vec v = vec_make(keep, t, row_n, false);
    for (size_t row = 0; row < row_n; row++)
        vec_set(&v, row, c);
    return v;
}

static void *copy(struct arena *keep, const void *from, size_t n)
{
    return from == NULL ? NULL : memcpy(arena_raw(keep, n, 1), from, n);
}

static bool has_room(enum vec_type t, Cell c)
{
    const Wide lo = cell_finite(c.lo), hi = cell_finite(c.hi);
    return vec_type_of(lo, hi) <= t && vec_type_of(hi, lo) <= t;
}

void vec_own(struct arena *keep, struct vec *v, size_t row_n, bool open)
{
    const Cell *blank = open && v->blank != NULL && has_room(v->type, *v->blank) ? v->blank : NULL;
    const bool more = open && v->type != VEC_CELL && (v->open == NULL || blank != NULL);
    v->lo = copy(keep, v->lo, row_n * vec_size(v->type));
    v->hi = copy(keep, v->hi, row_n * vec_size(v->type));
    v->open = copy(keep, v->open, vec_words(row_n) * sizeof *v->open);
    if (more && v->open == NULL)
        v->open = ARENA_ARRAY(keep, uint64_t, vec_words(row_n));
    if (!more)
        return;
    v->hi = arena_raw(keep, row_n, vec_size(v->type));
    v->blank = NULL;
    for (size_t row = 0; blank != NULL && row < row_n; row++)
        if (vec_is_open(v, row))
            vec_set_open(v, row, *blank);
}

bool vec_put(struct vec *v, size_t row, Cell c, bool definite)
{
    const uint64_t bit = (uint64_t)1 << row % WORD_ROWS;
    const bool blank = v->blank != NULL && v->open != NULL && !definite && c.lo == v->blank->lo &&
                       c.hi == v->blank->hi;
    if (v->type == VEC_CELL && v->open != NULL)
        v->open[row / WORD_ROWS] &= ~bit;
    if (!has_room(v->type, c))
        return false;
    if (blank || definite || v->type == VEC_CELL)
        vec_set(v, row, blank ? (Cell){0, 0} : c);
    else if (v->open != NULL && v->blank == NULL)
        vec_set_open(v, row, c);
    else
        return false;
    if (blank)
        v->open[row / WORD_ROWS] |= bit;
    return true;
}
