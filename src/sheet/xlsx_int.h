/* xlsx_int.h - between xlsx.c, the workbook, and xlsx_cells.c, a sheet of it. */
#ifndef GECI_SHEET_XLSX_INT_H
#define GECI_SHEET_XLSX_INT_H

#include "sheet/readers.h"
#include "sheet/xml.h"

enum { XLSX_TEXT_BYTES = 4 * SHEET_TEXT_MAX + 1024 };

struct xlsx_sheet {
    Str name, id;
    bool hidden;
};

struct xlsx {
    struct arena *keep;
    struct wire *wire;
    struct zip zip;
    Str folder, book; /* "xl/", "workbook.xml" */
    struct xlsx_sheet *sheet;
    size_t sheet_n, sheet_cap;
    struct styles styles;
    Str *text; /* shared strings */
    uint32_t text_n;
};

/* Takes _x000A_ and the like back, in place. */
Str xlsx_unescape(struct buf *b);
NODISCARD enum status xlsx_read_cells(struct xlsx *x, const struct zip_part *p);

#endif
