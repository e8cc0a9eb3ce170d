/* A file of facts gives the same columns, ids, labels and diagnostics when every cell of it is put
 * in quotes, which no fast way of src/load takes: all its rows are then split by csv_next alone.
 *
 * The bytes are the rows behind a header that has a field of every type; behind a '#' they are the
 * whole file. Rows are added at the end, so that those before are far from it.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "load/load.h"
#include "same.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char header[] = "编号,a,b@2021,b@2022,c,d,f,h,j,k,l,名称\n";

static void add_quoted(struct buf *b, Str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

/* The same file in quotes, its rows on the same lines; false: it is ill-formed, up to there. */
static bool quote_all(struct arena *a, struct buf *b, Str text)
{
    struct csv c;
    csv_open(&c, a, text);
    for (uint32_t line = 1;; line = c.next_line) {
        if (csv_next(&c, NULL) != OK)
            return false;
        if (c.cell_n == 0)
            return true;
        for (; line < c.line; line++)
            buf_char(b, '\n');
        for (size_t i = 0; i < c.cell_n; i++) {
            if (i > 0)
                buf_char(b, ',');
            add_quoted(b, c.cell[i].text);
        }
        buf_char(b, '\n');
    }
}

static Str whole_text(struct arena *a, Str bytes)
{
    struct buf b;
    bool whole = str_starts(bytes, S("#"));
    buf_init(&b, a, BUF_MAX);
    if (!whole)
        buf_add(&b, str_of(header));
    buf_add(&b, whole ? str_sub(bytes, 1, bytes.n) : bytes);
    buf_char(&b, '\n');
    for (int i = 0; !whole && i < 3; i++)
        buf_fmt(&b, "the last %d,1,2,3,4%%,5,6,是,高,2024-02-29,text,name\n", i);
    return buf_str(&b);
}

static void compare(struct arena *a, Str bytes)
{
    struct diags ds;
    struct buf b;
    struct loaded one, two;
    Str text;
    diags_init(&ds, a);
    if (csv_decode(a, &text, whole_text(a, bytes), NULL, &ds) != OK)
        return;
    buf_init(&b, a, BUF_MAX);
    bool well = quote_all(a, &b, text);
    loaded_csv(a, &one, text);
    loaded_csv(a, &two, buf_str(&b));
    ASSERT((one.d == NULL) == (two.d == NULL) || !well);
    if (one.d != NULL && two.d != NULL) {
        ASSERT(one.period == two.period || !well);
        same_data(one.d, two.d);
    }
    ASSERT(well ? one.st == two.st : one.st != OK);
    if (well)
        same_diags(&one.ds, &two.ds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    compare(a, (Str){(const char *)data, size});
    arena_close(a);
    return 0;
}
