/* plain.h - rows of a CSV that need no closer look: where their cells end, many rows at once.
 *
 * A row is plain if it has no quote, a newline behind it and as many cells as the header; a cell of
 * it is what lies between its ends, trimmed. All others are for csv_next, which alone says what a
 * row means; test/prop/reader_test.c holds the two ways to one answer.
 * Cost: a step for 64 bytes, a few instructions a cell.
 */
#ifndef GECI_LOAD_PLAIN_H
#define GECI_LOAD_PLAIN_H

#include "base/csv.h"

enum { PLAIN_ROWS = 64 };

struct plain {
    const char *text;
    size_t cell_n; /* of a row */
    uint32_t row_n;
    uint8_t (*place)[8]; /* of the bits that are set in a byte */
    uint32_t *end; /* offset behind a cell, row by row; end[-1] + 1 is where the first one begins */
};

void plain_open(struct plain *s, struct arena *a, size_t cell_n);
/* The plain rows that stand before anything else where `c` is, at most row_n <= PLAIN_ROWS. */
void plain_find(struct plain *s, const struct csv *c, uint32_t row_n);
/* `c` goes on behind the first row_n of them. */
void plain_skip(const struct plain *s, struct csv *c, uint32_t row_n);

/* Not trimmed. */
static inline Str plain_cell(const struct plain *s, uint32_t row, size_t i)
{
    const uint32_t *end = &s->end[row * s->cell_n + i];
    return (Str){s->text + end[-1] + 1, end[0] - end[-1] - 1};
}

#endif
