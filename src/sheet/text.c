/* text.c - CSV and TSV as a book of one sheet; rows are numbered by their lines. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "sheet/readers.h"

enum { TELL_ROWS = 4096 };

static enum status csv_fault(struct wire *w, const struct csv *c, enum status st)
{
    w->row = c->line;
    w->in_row = true;
    w->column = 0;
    return wire_fault(w, st == ERR_LIMIT ? SHEET_COLUMN_MANY : SHEET_CSV_QUOTE, S(""));
}

static enum status put_row(struct wire *w, const struct csv *c)
{
    TRY(wire_row(w, c->line));
    for (size_t i = 0; i < c->cell_n; i++)
        TRY(wire_cell(w, (uint32_t)i, CELL_TEXT, c->cell[i].text));
    return OK;
}

enum status text_read(struct arena *keep, struct wire *w, Str bytes)
{
    struct diags ds;
    struct csv c;
    Str text;
    diags_init(&ds, keep);
    if (csv_decode(keep, &text, bytes, NULL, &ds) != OK)
        return wire_fault(w, SHEET_ENCODING, ds.n > 0 ? ds.at[0].arg[0] : S("?"));
    wire_form(w, BOOK_CSV, false);
    TRY(wire_sheet(w, S(""), false));
    csv_open(&c, keep, text);
    for (uint32_t row = 0;; row++) {
        enum status st = csv_next(&c, &ds);
        if (st != OK)
            return csv_fault(w, &c, st);
        if (c.cell_n == 0)
            return OK;
        TRY(put_row(w, &c));
        if (w->tell != NULL && row % TELL_ROWS == 0)
            w->tell(w->ctx, c.at, text.n);
    }
}
