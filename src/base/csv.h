/* csv.h - RFC 4180 as people really write it.
 *
 * Input is UTF-8 (csv_decode turns BOM and GB18030 into it). Quoted cells may hold commas, quotes
 * doubled, and newlines, with blanks around the quotes; rows end in LF or CRLF; a row whose cells
 * are all empty is skipped, as spreadsheets leave them. Tab or semicolon as separator is recognised
 * from the header line when it has no comma. A quote inside an unquoted cell is a quote.
 * Errors: CSV-QUOTE (unterminated, or text behind a closing quote; ERR_INPUT), CSV-LIMIT
 * (ERR_LIMIT); nothing is guessed. Behind an error the text counts as read.
 * Cost: linear; cells borrow from the text, only those with doubled quotes are copied.
 */
#ifndef GECI_BASE_CSV_H
#define GECI_BASE_CSV_H

#include "base/base.h"

struct arena;
struct buf;
struct diags;

enum { CSV_CELLS_MAX = 4096 };

typedef struct CsvCell {
    Str text;  /* unquoted, trimmed of blanks when it was not quoted */
    Span span; /* in the decoded text, quotes included */
} CsvCell;

struct csv {
    Str text;
    size_t at;
    uint32_t line;      /* of the row last read, first line = 1 */
    uint32_t next_line; /* of the row to come */
    char sep;
    struct arena *arena; /* unquoted copies of cells with doubled quotes */
    CsvCell *cell;       /* the row last read */
    size_t cell_n, cell_cap;
};

/* Bytes as they came -> UTF-8: strips a BOM; strict UTF-8 is taken as it is (borrowed), else the
 * whole text must be strict GB18030 (converted on `keep`), else ERR_INPUT with ENC-BAD at the
 * first bad byte. *was_gb may be NULL. */
NODISCARD enum status csv_decode(struct arena *keep, Str *out, Str bytes, bool *was_gb,
                                 struct diags *ds);

void csv_open(struct csv *c, struct arena *keep, Str utf8);
/* Reads one row into c->cell. OK and cell_n == 0: end of text. */
NODISCARD enum status csv_next(struct csv *c, struct diags *ds);

/* Writes one cell, quoted if need be. `first` says whether a separator goes before it. A cell that
 * a spreadsheet would run as a formula (= + - @ tab CR first, and not a plain number) gets a
 * leading apostrophe only when `guard` is set. */
void csv_write_cell(struct buf *b, Str text, bool first, bool guard);
void csv_write_end(struct buf *b);

#endif
