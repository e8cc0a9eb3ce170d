/* plain.c - a bit for each byte that ends a cell, 64 to a word.
 *
 * Most cells have four or five bytes, so that a branch a cell, on how long it is, is foretold badly
 * and costs more than all else. Here eight bits of a word are looked up at a time: a table has the
 * places of those that are set, all eight places are written out, and what is too much is written
 * over by the next. Newlines are counted on the way and looked at when all is found: one at the end
 * of each row, and none besides.
 */
#include "load/plain.h"

#include <string.h>

#include "base/arena.h"
#include "base/swar.h"

enum { BYTE_N = 256 };

void plain_open(struct plain *s, struct arena *a, size_t cell_n)
{
    /* one before the first, and room for what is written too much */
    uint32_t *all = arena_raw(a, PLAIN_ROWS * cell_n + 1 + 2 * (size_t)SWAR_BLOCK, sizeof *all);
    uint8_t(*place)[SWAR_BITS] = arena_alloc(a, BYTE_N, sizeof *place, 1);
    for (unsigned byte = 0; byte < BYTE_N; byte++)
        for (unsigned bit = 0, n = 0; bit < SWAR_BITS; bit++)
            if ((byte >> bit & 1) != 0)
                place[byte][n++] = (uint8_t)bit;
    *s = (struct plain){.cell_n = cell_n, .end = all + 1, .place = place};
}

/* Writes where the set bits are, `at` being the offset of the first. */
static inline void write_ends(const struct plain *s, uint32_t *end, uint64_t bits, size_t at)
{
    for (uint32_t from = (uint32_t)at; from < (uint32_t)at + SWAR_BLOCK; from += SWAR_BITS) {
        uint8_t place[SWAR_BITS];
        memcpy(place, s->place[bits & UINT8_MAX], sizeof place);
        for (unsigned i = 0; i < SWAR_BITS; i++)
            end[i] = from + place[i];
        end += __builtin_popcountll(bits & UINT8_MAX);
        bits >>= SWAR_BITS;
    }
}

struct found {
    size_t ends, newlines; /* so many of the ends are newlines */
};

/* Finds `most` ends and a few, or those before a quote or the last bytes of the text. */
LANE_LOOP static struct found find_ends(const struct plain *s, const struct csv *c, size_t most)
{
    struct found n = {0, 0};
    uint64_t quote = 0;
    for (size_t at = c->at; quote == 0 && n.ends < most && at <= c->text.n - SWAR_BLOCK;
         at += SWAR_BLOCK) {
        const char *p = c->text.p + at;
        quote = swar_bits(p, '"');
        uint64_t fine = quote == 0 ? UINT64_MAX : (quote & -quote) - 1;
        uint64_t newline = swar_bits(p, '\n') & fine,
                 ends = newline | (swar_bits(p, c->sep) & fine);
        write_ends(s, s->end + n.ends, ends, at);
        n.ends += (size_t)__builtin_popcountll(ends);
        n.newlines += (size_t)__builtin_popcountll(newline);
    }
    return n;
}

static size_t newlines(const struct plain *s, size_t from, size_t upto, size_t step)
{
    size_t n = 0;
    for (size_t i = from; i < upto; i += step)
        n += s->text[s->end[i]] == '\n';
    return n;
}

/* Of so many rows' ends, how many rows stand before one that has a newline elsewhere. */
static size_t rows_before_odd(const struct plain *s, size_t row_n)
{
    size_t row = 0;
    for (size_t end = s->cell_n - 1; row < row_n; row++, end += s->cell_n)
        if (s->text[s->end[end]] != '\n' || newlines(s, end + 1 - s->cell_n, end, 1) > 0)
            break;
    return row;
}

void plain_find(struct plain *s, const struct csv *c, uint32_t row_n)
{
    s->row_n = 0;
    s->text = c->text.p;
    if (c->at < SWAR_BYTES || c->text.n < SWAR_BLOCK || c->text.n >= UINT32_MAX)
        return; /* cells are read with what is before them */
    s->end[-1] = (uint32_t)c->at - 1;
    struct found n = find_ends(s, c, row_n * s->cell_n);
    size_t rows = n.ends / s->cell_n < row_n ? n.ends / s->cell_n : row_n, end = rows * s->cell_n;
    bool plain = newlines(s, s->cell_n - 1, end, s->cell_n) == rows &&
                 n.newlines - newlines(s, end, n.ends, 1) == rows;
    s->row_n = (uint32_t)(plain ? rows : rows_before_odd(s, rows));
}

void plain_skip(const struct plain *s, struct csv *c, uint32_t row_n)
{
    ASSERT(row_n <= s->row_n);
    c->at = row_n == 0 ? c->at : (size_t)s->end[row_n * s->cell_n - 1] + 1;
}
