/* sheet.h - a spreadsheet file as cells of text, whatever the file was.
 *
 *     xlsx  xls  CSV, TSV  --sheet_read, in a child process-->  struct book  --find.h-->  a table
 *
 * A cell is what a person sees in it, as exactly as the file says it: a number in at most 15
 * significant digits (as Excel shows it, without thousands commas), a percentage with its sign, a
 * day as 2024-01-31 by the number format of the cell, 是 or 否, an error as #N/A. Of a formula the
 * value that was stored counts; macros are never looked at. Cells without text are left out.
 *
 * Limits: a file of SHEET_FILE_MAX bytes, SHEET_UNPACKED_MAX unpacked (and 100 times the file),
 * 1,000 parts, SHEET_ROWS x SHEET_COLUMNS cells a sheet, SHEET_TEXT_MAX characters a cell, 256
 * sheets. Errors name the place (`第 3 行 C 列`) and the way out; see fault_list.h.
 */
#ifndef GECI_SHEET_SHEET_H
#define GECI_SHEET_SHEET_H

#include "base/base.h"
#include "base/diag.h"

struct arena;

enum {
    SHEET_ROWS = 1048576,
    SHEET_COLUMNS = 16384,
    SHEET_TEXT_MAX = 32767,
    SHEET_BOOK_MAX = 256,
    SHEET_MERGES = 100000,
    SHEET_FILE_MAX = 64 << 20,
    SHEET_UNPACKED_MAX = 64 << 20,
};

enum cell_kind { CELL_TEXT, CELL_NUMBER, CELL_DAY, CELL_TRUTH, CELL_ERROR, CELL_KIND_N };

struct sheet_cell {
    Str text;
    uint32_t column; /* from 0 */
    enum cell_kind kind;
};

struct sheet_row {
    uint32_t number;         /* as Excel counts, from 1; of CSV: the line */
    struct sheet_cell *cell; /* by column; only those with text */
    uint32_t cell_n;
};

struct sheet_merge { /* inclusive; rows from 1, columns from 0 */
    uint32_t row, column, row_end, column_end;
};

struct sheet {
    Str name;
    bool hidden;
    struct sheet_row *row; /* by number; only those with cells */
    uint32_t row_n;
    size_t row_cap;
    uint32_t column_n; /* one past the last that has text */
    struct sheet_merge *merge;
    uint32_t merge_n;
    size_t merge_cap;
};

enum book_form { BOOK_XLSX, BOOK_XLS, BOOK_CSV };

struct book {
    enum book_form form;
    bool macros; /* there are some; nobody looked at them */
    struct sheet *sheet;
    uint32_t sheet_n;
    size_t sheet_cap;
};

enum sheet_fault_code {
#define FAULT(id, st, zh, en, fix_zh, fix_en) SHEET_##id,
#include "sheet/fault_list.h"
#undef FAULT
    SHEET_FAULT_N
};

struct sheet_fault {
    enum sheet_fault_code code;
    Str arg;         /* what it is about; copied where it is to last */
    Str sheet;       /* empty: no certain one */
    uint32_t row;    /* from 1; 0: no certain cell */
    uint32_t column; /* from 0 */
};

/* Is it told by its first bytes to be a spreadsheet (zip or compound file), and not text? */
bool sheet_is_packed(Str bytes);

/* Reads `bytes` in a child process. `tick` as in os/child.h, or NULL. On failure *fault says why.
 */
struct sheet_tick {
    bool (*tick)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};
NODISCARD enum status sheet_read(struct arena *keep, struct book **out, Str bytes,
                                 const struct sheet_tick *tick, struct sheet_fault *fault);

/* The same within this process: for tests of the readers alone. */
NODISCARD enum status sheet_read_here(struct arena *keep, struct book **out, Str bytes,
                                      struct sheet_fault *fault);

enum status sheet_fault_status(enum sheet_fault_code code);
/* "工作表“填报” 第 3 行 C 列：……。建议：……" */
Str sheet_fault_text(struct arena *keep, const struct sheet_fault *f, enum lang lang);

/* 0 -> A, 26 -> AA */
enum { COLUMN_NAME_MAX = 8 };
Str sheet_column_name(char out[static COLUMN_NAME_MAX], uint32_t column);
/* The text of a cell, empty where there is none. */
Str sheet_text(const struct sheet_row *r, uint32_t column);

#endif
