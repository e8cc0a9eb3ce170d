/* Decoded text is UTF-8. Cells lie in the text, in order. What is read and written again reads the
 * same, and writing that again gives the same bytes. An error is one diagnostic, in bounds.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_row(const struct csv *c, size_t from)
{
    for (size_t i = 0; i < c->cell_n; i++) {
        Span span = c->cell[i].span;
        ASSERT(span.beg >= from && span.beg <= span.end && span.end <= c->at);
        ASSERT(c->cell[i].text.n <= span.end - span.beg);
        from = span.end;
    }
    ASSERT(c->line <= c->next_line && c->cell_n <= CSV_CELLS_MAX);
}

/* Reads all rows of `text` and writes them to `out`; the status of the last. */
static enum status copy_rows(struct arena *a, struct buf *out, Str text, struct diags *ds)
{
    struct csv c;
    csv_open(&c, a, text);
    for (;;) {
        size_t from = c.at;
        TRY(csv_next(&c, ds));
        if (c.cell_n == 0)
            return OK;
        check_row(&c, from);
        for (size_t i = 0; i < c.cell_n; i++)
            csv_write_cell(out, c.cell[i].text, i == 0, false);
        csv_write_end(out);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct buf once, twice;
    struct diags ds;
    Str text;
    buf_init(&once, a, BUF_MAX);
    buf_init(&twice, a, BUF_MAX);
    diags_init(&ds, a);
    enum status st = csv_decode(a, &text, (Str){(const char *)data, size}, NULL, &ds);
    if (st != OK) {
        ASSERT(ds.n == 1 && ds.at[0].span.end <= size);
        arena_close(a);
        return 0;
    }
    ASSERT(utf8_bad_at(text) == text.n);
    st = copy_rows(a, &once, text, &ds);
    ASSERT(ds.n == (st != OK) && (st == OK || ds.at[0].span.end <= text.n));
    ASSERT(copy_rows(a, &twice, buf_str(&once), &ds) == OK);
    ASSERT(str_eq(buf_str(&once), buf_str(&twice)));
    arena_close(a);
    return 0;
}
