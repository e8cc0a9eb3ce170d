/* load_int.h - a load under way: what its two kinds of file share.
 *
 *     load_csv.c, load_gcol.c   rows, 64 and fewer at a time: numbers a column at a time, the rest
 *                               marked odd
 *     load.c                    the header, ids, odd cells in the order of the file, columns
 *
 * Odd cells are read row by row, because the first sight of a label gives it its code.
 */
#ifndef GECI_LOAD_LOAD_INT_H
#define GECI_LOAD_LOAD_INT_H

#include "base/csv.h"
#include "base/diag.h"
#include "load/head.h"
#include "load/ids.h"
#include "load/load.h"
#include "load/reader.h"

struct load;

/* Where rows come from. */
struct feed {
    void *self;
    Str head;       /* a CSV whose first row is the header */
    uint32_t row_n; /* no fewer than there are behind it */
    /* Reads one or more rows, as far as columns go and not beyond a multiple of WORD_ROWS; 0: there
     * are no more. */
    uint32_t (*some)(struct load *l, uint32_t row);
    /* A cell of row i of those at hand; a text that must be made is made on `a`. */
    CsvCell (*cell)(struct load *l, struct arena *a, uint32_t i, size_t column);
};

/* A column of the file. */
struct lane {
    struct reader *reader; /* NULL: not read */
    uint64_t odd; /* of the rows at hand, those whose cell a column at a time was not for */
};

struct load {
    struct arena *keep, *tmp, *brief; /* brief: until the next rows */
    const struct rules *rules;
    struct feed *from;
    struct load_rows *rows;
    struct diags *ds, cell_ds; /* cell_ds: what one cell gives, before it is passed on */
    enum status st;
    struct csv csv; /* of from->head */
    struct head *head;
    size_t head_n, id_at, name_at;
    struct dataset *data;
    struct ids ids;
    uint32_t *line;     /* of each row */
    struct lane *lane;  /* head_n */
    size_t *odd, odd_n; /* columns with such cells among the rows at hand */
    struct large *large;
    size_t large_n, large_cap;
};

/* The most rows that are allowed. */
uint32_t load_rows_max(const struct load_opts *o);
enum status load_from(struct arena *keep, struct dataset **out, int *period, const struct rules *r,
                      struct feed *from, const struct load_opts *o, struct diags *ds);

/* Has the row of a CSV, once read, as many cells as the header? */
bool load_row_fits(const struct csv *c, size_t head_n);

/* For feeds: the n rows at hand from `row` on, and what of them was not read a column at a time. */
void load_rows(struct load *l, uint32_t row, uint32_t n);
void load_id(struct load *l, uint32_t row, const CsvCell *cell);
void load_cell(struct load *l, size_t at, const CsvCell *cell, uint32_t row);
/* An error of the row itself. */
void load_refuse_row(struct load *l, uint32_t row, const struct diag *d);
void load_note(struct load *l, enum status st);
Str load_number(struct load *l, size_t n);

#endif
