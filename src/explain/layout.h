/* layout.h - text on a terminal: wrapped paragraphs, aligned tables; CJK counts two columns. Pure.
 */
#ifndef GECI_EXPLAIN_LAYOUT_H
#define GECI_EXPLAIN_LAYOUT_H

#include "base/base.h"

struct arena;
struct buf;

/* A paragraph in lines of at most `columns`, each begun with `indent` blanks. Breaks at blanks and
 * between wide characters, but never before a closing mark. Ends with a newline. */
void layout_wrap(struct buf *out, Str text, size_t indent, size_t columns);

/* The text, cut to `columns` with … at the end if it is wider. */
Str layout_cut(struct arena *keep, Str text, size_t columns);

/* A table being filled cell by cell, row after row; the first row is the header. */
enum { GRID_COLUMNS_MAX = 64 };
struct grid {
    struct arena *arena;
    size_t column_n;
    bool right[GRID_COLUMNS_MAX];  /* figures stand to the right */
    size_t most[GRID_COLUMNS_MAX]; /* cut wider cells; 0: never */
    Str *cell;
    size_t cell_n, cell_cap;
};

void grid_open(struct grid *g, struct arena *a);
void grid_column(struct grid *g, Str title, bool right, size_t most); /* before any cell */
void grid_cell(struct grid *g, Str text);
/* Columns that do not fit into `columns` are left out from the right, the last of texts may be cut;
 * returns how many are left out. A rule stands under the header. */
size_t grid_print(struct buf *out, const struct grid *g, size_t indent, size_t columns);

#endif
