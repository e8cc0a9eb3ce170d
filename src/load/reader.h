/* reader.h - cells as figures, fast where they are what most cells are.
 *
 * What a cell means is said by rule_read_cell alone. A reader knows two ways round it: bare numbers
 * in the column's unit are taken eight digits a step, whole columns of rows at a time, and cells it
 * has seen before are remembered (labels, days, yes and no, "5千元"). What neither knows goes to
 * rule_read_cell; the caller hands back what that found without remark. test/prop/reader_test.c
 * holds the ways to one answer.
 *
 * Texts that are remembered are borrowed and must outlive the reader.
 */
#ifndef GECI_LOAD_READER_H
#define GECI_LOAD_READER_H

#include "base/base.h"
#include "base/digits.h"
#include "col/vec.h"

struct arena;
struct field;
struct plain;

enum { READER_DECIMALS = 18, MEMO_SLOTS = 256 };
/* Rows of a chunk, and of room for it: columns a power of two apart would share cache lines. */
enum { CHUNK_FILL = 512, CHUNK_ROOM = CHUNK_FILL + 8 };

struct memo {
    Str text;
    int64_t figure;
};

/* A column that is read, and its figures of the rows of a chunk. */
struct reader {
    struct arena *arena;
    bool number;
    struct digits_as as;                /* of short numbers; within 范围 */
    int64_t times[READER_DECIMALS + 1]; /* figures in the last of so many decimals; 0: not whole */
    struct memo *memo;                  /* MEMO_SLOTS, or NULL: nothing remembered yet */
    int64_t figure[CHUNK_ROOM];         /* 0 where missing */
    uint64_t missing[CHUNK_FILL / WORD_ROWS];
};

void reader_init(struct reader *r, struct arena *a, const struct field *as);

/* A number without unit, blanks, commas or exponent, within the range and exact. */
bool reader_number(const struct reader *r, Str cell, int64_t *out);
/* A cell that was kept. */
bool reader_recall(const struct reader *r, Str cell, int64_t *out);
void reader_keep(struct reader *r, Str cell, int64_t figure);

static inline void reader_set(struct reader *r, uint32_t at, int64_t figure)
{
    r->figure[at] = figure;
    r->missing[at / WORD_ROWS] &= ~((uint64_t)1 << at % WORD_ROWS);
}

static inline void reader_blank(struct reader *r, uint32_t at)
{
    r->figure[at] = 0;
    r->missing[at / WORD_ROWS] |= (uint64_t)1 << at % WORD_ROWS;
}

/* Reads a column of numbers of the first n rows into the figures from `at` on, of which none lies
 * behind a multiple of WORD_ROWS that another lies before. Bit i of the answer: row i is to be read
 * otherwise, its figure is anything. */
uint64_t reader_column(struct reader *r, uint32_t at, const struct plain *rows, size_t column,
                       uint32_t n);

#endif
