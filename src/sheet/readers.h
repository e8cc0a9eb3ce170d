/* readers.h - the readers of the forms of spreadsheets: bytes to wire. Each runs in the child. */
#ifndef GECI_SHEET_READERS_H
#define GECI_SHEET_READERS_H

#include "sheet/number.h"
#include "sheet/wire.h"

struct arena;

NODISCARD enum status xlsx_read(struct arena *keep, struct wire *w, Str bytes);
NODISCARD enum status xls_read(struct arena *keep, struct wire *w, Str bytes);
NODISCARD enum status text_read(struct arena *keep, struct wire *w, Str bytes);

/* A number of a workbook into a cell, as its format shows it. */
struct styles {
    enum cell_show *show; /* by style */
    uint32_t show_n;
    bool from_1904;
};
/* `text` is made by number_text; `tmp` is scratch of the cell. */
NODISCARD enum status put_number(struct wire *w, const struct styles *s, uint32_t style,
                                 uint32_t column, struct buf *text, struct buf *shown);

#endif
