/* dataset.h - columns of facts, and the dictionary of their texts.
 *
 *     dataset   id[row] name[row]   column (field, period key) -> value[row] + validity words
 *
 * Knows nothing of rules: a column is identified by a field number and a period key its user gives.
 * Missing cells have a clear validity bit and value 0. Rows keep the order of the file.
 * Built once on an arena, then read by any number of threads.
 */
#ifndef GECI_COL_DATASET_H
#define GECI_COL_DATASET_H

#include "base/base.h"

struct arena;

enum { COL_NO_PERIOD = INT32_MIN, CHUNK_ROWS = 2048 };

/* Dictionary: text <-> code, codes dense from 0 in order of first sight. */
struct labels;
struct labels *labels_open(struct arena *keep);
uint32_t labels_code(struct labels *l, Str text);      /* adds if new (copied) */
int64_t labels_find(const struct labels *l, Str text); /* -1 if absent */
Str labels_text(const struct labels *l, uint32_t code);
uint32_t labels_n(const struct labels *l);

struct column {
    uint32_t field;  /* the user's number */
    int period;      /* year, year * 4 + quarter (0..3), or COL_NO_PERIOD */
    Wide *value;     /* row_n; mantissa, day, truth or label code */
    uint64_t *valid; /* one bit a row */
};

struct dataset {
    struct arena *arena;
    uint32_t row_n;
    Str *id, *name;
    struct column *column;
    size_t column_n, column_cap;
    struct labels *labels;
};

struct dataset *dataset_open(struct arena *keep, uint32_t row_n);
/* The column, or NULL. */
struct column *dataset_find(const struct dataset *d, uint32_t field, int period);
/* Finds it or adds an all-missing one. The pointer is valid until the next add. */
struct column *dataset_column(struct dataset *d, uint32_t field, int period);
/* Row with this id, or -1. */
int64_t dataset_row(const struct dataset *d, Str id);
/* The same columns with `row` copied to be changed freely: what-if. Shares nothing mutable. */
struct dataset *dataset_copy(struct arena *keep, const struct dataset *d);

static inline bool column_has(const struct column *c, uint32_t row)
{
    return c->valid[row / 64] >> (row % 64) & 1;
}
void column_set(struct column *c, uint32_t row, Wide value);
void column_clear(struct column *c, uint32_t row);

#endif
