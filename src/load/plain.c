/* plain.c - a bit for each byte that ends a cell, 64 to a word.
 *
 * Most cells have four or five bytes, so that a branch a cell, on how long it is, is foretold badly
 * and costs more than all else. Here the bits of a word are written out SPREE at a time, as many as
 * there hardly ever are, and what is too much is written over by the next word. Only newlines, one
 * for a row, are looked at one by one: each must be the last of its row.
 */
#include "load/plain.h"

#include "base/arena.h"
#include "base/swar.h"

enum { SPREE = 8 };

void plain_open(struct plain *s, struct arena *a, size_t cell_n)
{
    /* one before the first, and room for what is written too much */
    uint32_t *all = arena_raw(a, PLAIN_ROWS * cell_n + 1 + SWAR_BLOCK + SPREE, sizeof *all);
    *s = (struct plain){.cell_n = cell_n, .end = all + 1};
}

/* Writes where the set bits are, `at` being the offset of the first. */
static inline void write_ends(uint32_t *end, uint64_t bits, size_t at)
{
    while (bits != 0) {
        for (int i = 0; i < SPREE; i++) {
            end[i] = (uint32_t)at + (uint32_t)__builtin_ctzll(bits | (uint64_t)1 << 63);
            bits &= bits - 1;
        }
        end += SPREE;
    }
}

/* Takes in the newlines of a word, n ends being known. False: one is not the last of its row. */
static inline bool take_rows(struct plain *s, uint64_t newline, size_t at, size_t n, uint32_t most)
{
    for (; newline != 0; newline &= newline - 1) {
        size_t row_end = (s->row_n + 1) * s->cell_n;
        if (s->row_n == most || row_end > n ||
            s->end[row_end - 1] != at + (size_t)__builtin_ctzll(newline))
            return false;
        s->row_n++;
    }
    return true;
}

void plain_find(struct plain *s, const struct csv *c, uint32_t row_n)
{
    const char *p = c->text.p;
    size_t n = 0;
    s->row_n = 0;
    s->text = p;
    if (c->at < SWAR_BYTES || c->text.n < SWAR_BLOCK || c->text.n >= UINT32_MAX)
        return; /* cells are read with what is before them */
    s->end[-1] = (uint32_t)c->at - 1;
    for (size_t at = c->at; n < row_n * s->cell_n && at <= c->text.n - SWAR_BLOCK;
         at += SWAR_BLOCK) {
        uint64_t newline = swar_bits(p + at, '\n'), quote = swar_bits(p + at, '"');
        uint64_t ends = newline | swar_bits(p + at, c->sep);
        uint64_t fine = quote == 0 ? UINT64_MAX : (quote & -quote) - 1;
        write_ends(s->end + n, ends, at);
        n += swar_count(ends);
        if (!take_rows(s, newline & fine, at, n, row_n) || quote != 0)
            return;
    }
}

void plain_skip(const struct plain *s, struct csv *c, uint32_t row_n)
{
    ASSERT(row_n <= s->row_n);
    c->at = row_n == 0 ? c->at : (size_t)s->end[row_n * s->cell_n - 1] + 1;
}
