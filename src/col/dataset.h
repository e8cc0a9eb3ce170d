/* dataset.h - columns of facts, and the dictionary of their texts.
 *
 *     dataset   id[row] name[row]   column (field, period key) -> figures + a bit for each gap
 *
 * Knows nothing of rules: a column is identified by a field number and a period key its user gives.
 * A column is as wide as its largest figure needs (col/vec.h) and widens when a larger one comes.
 * Missing cells hold 0. Rows keep the order of the file.
 * Built once on an arena, then read by any number of threads. A copy shares the columns until it
 * changes them.
 */
#ifndef GECI_COL_DATASET_H
#define GECI_COL_DATASET_H

#include "base/base.h"
#include "col/vec.h"

enum { COL_NO_PERIOD = INT32_MIN, CHUNK_ROWS = 1024 };

/* Dictionary: text <-> code, codes dense from 0 in order of first sight. */
struct labels;
struct labels *labels_open(struct arena *keep);
/* Shares what `from` holds, which must outlive it; what is added is the copy's own. */
struct labels *labels_copy(struct arena *keep, const struct labels *from);
uint32_t labels_code(struct labels *l, Str text);      /* adds if new (copied) */
int64_t labels_find(const struct labels *l, Str text); /* -1 if absent */
Str labels_text(const struct labels *l, uint32_t code);
uint32_t labels_n(const struct labels *l);

struct column {
    uint32_t field; /* the user's number */
    int period;     /* year, year * 4 + quarter (0..3), or COL_NO_PERIOD */
    enum vec_type type;
    bool shared;       /* with the dataset this is a copy of */
    void *value;       /* row_n of `type`: mantissa, day, truth or label code */
    uint64_t *missing; /* one bit a row; clear behind the last */
    Wide least, most;  /* of all figures set so far; 0 is always between them */
    uint32_t row_n;
    struct arena *arena;
};

struct dataset {
    struct arena *arena;
    uint32_t row_n;
    Str *id, *name; /* name: NULL if nothing has any */
    struct column *column;
    size_t column_n, column_cap;
    struct labels *labels;
};

/* Without rows of names; those who have some give it an array. */
struct dataset *dataset_open(struct arena *keep, uint32_t row_n);
/* The column, or NULL. */
struct column *dataset_find(const struct dataset *d, uint32_t field, int period);
/* Finds it or adds an all-missing one. The pointer is valid until the next add. */
struct column *dataset_column(struct dataset *d, uint32_t field, int period);
/* The same without room for figures, which fill.h makes: as wide as the first of them ask for. */
struct column *dataset_bare_column(struct dataset *d, uint32_t field, int period);
/* Row with this id, or -1. */
int64_t dataset_row(const struct dataset *d, Str id);
/* The same facts to be changed freely: what-if. `d` must outlive it and not change meanwhile. */
struct dataset *dataset_copy(struct arena *keep, const struct dataset *d);

/* The facts of one row alone, as its row 0; ids, names and labels are shared with `d`. */
struct dataset *dataset_of_row(struct arena *keep, const struct dataset *d, uint32_t row);

static inline bool column_has(const struct column *c, uint32_t row)
{
    return (c->missing[row / WORD_ROWS] >> row % WORD_ROWS & 1) == 0;
}
bool column_has_gaps(const struct column *c); /* O(row_n / 64) */
/* The figure, 0 where it is missing. */
Wide column_value(const struct column *c, uint32_t row);
void column_set(struct column *c, uint32_t row, Wide value);
void column_clear(struct column *c, uint32_t row);

#endif
