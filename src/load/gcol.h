/* gcol.h - a table of texts, column by column: what a CSV says, in fewer bytes, with checksums, and
 * faster to read. No rule document is asked: a .gcol is the CSV it was made from, cell for cell.
 *
 *     0   "geci.col"  version u32 = 1  columns u32  rows u32  sections u32  bytes of the file u64
 *     32  SHA-256 of the 32 bytes above and of the directory
 *     64  directory: 64 bytes a section, in the order they lie in the file
 *             kind u32  column u32  offset u64  bytes u64  n u32  width u8  decimals u8
 *             fixed u8  0
 *             SHA-256 of the section's bytes
 *     ..  sections, each at the next multiple of 64, zeros between; everything little-endian
 *
 *     names     the header, as texts                          first, and alone of no column
 *     texts     n + 1 offsets u32, then the bytes they cut    a text a row, or
 *     words     the same: n different texts      | codes      width 1, 2 or 4: which word, or
 *     figures   width 1, 2, 4 or 8, signed: the  | present    a bit a row: 0 is an empty cell
 *               number times 10^decimals; printed with all of them (fixed = 1) or as few as will do
 *
 * Figures are only where printing them gives the cell's text back, so that 007, 1e3 and telephone
 * numbers stay texts. Anything that is not exactly this is refused when it is opened, with the name
 * of the section; what is read later needs no more checks.
 * Lines of rows, in diagnostics, are those of the CSV that gcol_print makes if no cell has a
 * newline in it.
 * Cost of opening: a pass over the file, most of it SHA-256. Everything borrows from the bytes.
 */
#ifndef GECI_LOAD_GCOL_H
#define GECI_LOAD_GCOL_H

#include "base/base.h"

struct arena;
struct buf;
struct diags;
struct gcol;

bool gcol_is(Str bytes); /* by the first eight */
NODISCARD enum status gcol_open(struct arena *keep, const struct gcol **out, Str bytes,
                                struct diags *ds);

uint32_t gcol_row_n(const struct gcol *g);
/* The header as a CSV has it, with its newline. */
Str gcol_head(const struct gcol *g);
/* A cell, borrowed or made on `a`. */
Str gcol_cell(const struct gcol *g, struct arena *a, size_t column, uint32_t row);
/* The rows [from, to) as CSV, of the columns at[0..n), or of all if `at` is NULL. */
void gcol_print(struct buf *b, const struct gcol *g, const size_t *at, size_t n, uint32_t from,
                uint32_t to);

/* The file of a CSV, decoded, in *n parts that follow each other. Rows of another length than its
 * header are errors (DATA-SHAPE), and so are more than LOAD_ROWS_MAX. Two passes over the text. */
NODISCARD enum status gcol_write(struct arena *keep, Str **part, size_t *n, Str csv,
                                 struct diags *ds);

#endif
