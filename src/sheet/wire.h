/* wire.h - a book as one flat run of bytes, from the process that reads to the one that asked.
 *
 *     V form macros                     once, first
 *     T n, n x (len, bytes)             texts that cells refer to (xlsx, xls keep them apart)
 *     B hidden len bytes                a sheet begins
 *     R number                          a row begins
 *     C column kind len bytes           a cell;  S column kind index: one of the texts
 *     M row column row_end column_end   merged cells of the sheet
 *     F code row column len bytes len bytes   it failed: argument, sheet; nothing follows
 *     E                                 the end
 *
 * Numbers are 4 bytes, kinds and codes 1. wire_read believes nothing: order, bounds, UTF-8 and
 * lengths are checked, and anything else makes the whole answer void.
 */
#ifndef GECI_SHEET_WIRE_H
#define GECI_SHEET_WIRE_H

#include "sheet/sheet.h"

/* Where readers put what they find. Each function gives a status: a limit, or OK. */
struct wire {
    void (*put)(void *ctx, Str bytes);
    void *ctx;
    void (*tell)(void *ctx, uint64_t done, uint64_t total); /* NULL: nobody asks */
    struct sheet_fault fault;                               /* the first */
    Str sheet;                                              /* the one being read */
    uint32_t sheet_n, row, row_n, column, merge_n;
    bool in_row;
};

enum status wire_fault(struct wire *w, enum sheet_fault_code code, Str arg);

void wire_form(struct wire *w, enum book_form form, bool macros);
void wire_texts(struct wire *w, const Str *text, uint32_t n);
NODISCARD enum status wire_sheet(struct wire *w, Str name, bool hidden);
/* Rows from 1, columns from 0, both rising. Cells without text are left out. */
NODISCARD enum status wire_row(struct wire *w, uint32_t number);
NODISCARD enum status wire_cell(struct wire *w, uint32_t column, enum cell_kind kind, Str text);
NODISCARD enum status wire_cell_text(struct wire *w, uint32_t column, uint32_t index, Str text);
NODISCARD enum status wire_merge(struct wire *w, struct sheet_merge m);
/* The end, or the fault. */
void wire_end(struct wire *w);

/* OK; the fault that was sent; or SHEET_CRASH where the bytes are no answer. The book lives on
 * `keep` and borrows from `bytes`. */
NODISCARD enum status wire_read(struct arena *keep, struct book **out, Str bytes,
                                struct sheet_fault *fault);

#endif
