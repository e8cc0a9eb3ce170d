/* vec.h - a column of Cells, stored as narrowly as its figures allow.
 *
 *     open == NULL, or bit clear    the row is one figure: lo[row]
 *     open bit set, blank == NULL   the row is [lo[row], hi[row]]; +-vec_inf(type) is "no bound"
 *     open bit set, blank != NULL   the row is *blank (a field without a value); lo[row] is 0
 *
 * Columns of VEC_CELL hold whole Cells in `lo`; hi is NULL there, and open bits only mark blanks.
 * Most rows of most columns are definite, so kernels run over `lo` alone and look at open rows
 * apart; a column of figures below 2^31 takes 4 bytes a row where a Cell takes 32.
 */
#ifndef GECI_COL_VEC_H
#define GECI_COL_VEC_H

#include "base/base.h"
#include "col/cell.h"

struct arena;

enum vec_type { VEC_I8, VEC_I32, VEC_I64, VEC_CELL };
enum { VEC_TYPE_N = VEC_CELL + 1, WORD_ROWS = 64 };

struct vec {
    enum vec_type type;
    void *lo, *hi;
    uint64_t *open;
    const Cell *blank;
};

static inline size_t vec_words(size_t row_n)
{
    return (row_n + WORD_ROWS - 1) / WORD_ROWS;
}

/* The bits of word w that stand for rows, of row_n. */
static inline uint64_t vec_word(size_t w, size_t row_n)
{
    size_t left = row_n - w * WORD_ROWS;
    return left >= WORD_ROWS ? UINT64_MAX : ((uint64_t)1 << left) - 1;
}

static inline size_t vec_size(enum vec_type t)
{
    static const uint8_t size[VEC_TYPE_N] = {1, 4, 8, sizeof(Cell)};
    return size[t];
}

/* Stands for WIDE_INF in a column of this type; figures are strictly below it in size. */
static inline int64_t vec_inf(enum vec_type t)
{
    static const int64_t inf[VEC_TYPE_N] = {INT8_MAX, INT32_MAX, INT64_MAX, INT64_MAX};
    return inf[t];
}

/* The narrowest type for figures in [least, most]. */
enum vec_type vec_type_of(Wide least, Wide most);
/* Room for row_n rows, to be written before they are read; with `open`, also for rows that are not
 * definite, none so far. */
struct vec vec_make(struct arena *keep, enum vec_type t, size_t row_n, bool open);
/* The same cell in every row. */
struct vec vec_of_cell(struct arena *keep, Cell c, size_t row_n);
/* A copy in place of what it borrows, to be written to; with `open`, any rows that are not
 * definite, not only blank ones. */
void vec_own(struct arena *keep, struct vec *v, size_t row_n, bool open);
/* Another cell in the row of a column of one's own. False: it has no room for it. */
NODISCARD bool vec_put(struct vec *v, size_t row, Cell c, bool definite);
/* The rows from `row` on, a multiple of WORD_ROWS. */
struct vec vec_from(const struct vec *v, size_t row);

static inline bool vec_is_open(const struct vec *v, size_t row)
{
    return v->open != NULL && (v->open[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

/* lo[row] of a column that is no VEC_CELL. */
static inline int64_t vec_int(enum vec_type t, const void *at, size_t row)
{
    return t == VEC_I32   ? ((const int32_t *)at)[row]
           : t == VEC_I64 ? ((const int64_t *)at)[row]
                          : ((const int8_t *)at)[row];
}

Cell vec_cell(const struct vec *v, size_t row);
/* All rows as Cells. */
Cell *vec_cells(struct arena *keep, const struct vec *v, size_t row_n);
/* The cell must fit the type; an open one needs a vec made with `open`. vec_set takes equal ends
 * for a figure; vec_set_open is for those that are none (the truths UNKNOWN and MANUAL). */
void vec_set(struct vec *v, size_t row, Cell c);
void vec_set_open(struct vec *v, size_t row, Cell c);

#endif
