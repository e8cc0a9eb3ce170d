/* load_csv.c - rows of a CSV: many at once where they are plain, else as csv_next splits them. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "base/swar.h"
#include "col/dataset.h"
#include "load/load_int.h"
#include "load/plain.h"

/* Blank cells behind the header's are the mark of spreadsheets. */
bool load_row_fits(const struct csv *c, size_t head_n)
{
    size_t n = c->cell_n;
    while (n > head_n && str_trim(c->cell[n - 1].text).n == 0)
        n--;
    return n == head_n;
}

static void blank_row(struct load *l, uint32_t row)
{
    for (size_t i = 0; i < l->head_n; i++)
        if (l->lane[i].reader != NULL)
            reader_blank(l->lane[i].reader, row % CHUNK_FILL);
}

/* As csv_next has split it. */
static void read_split_row(struct load *l, uint32_t row)
{
    const CsvCell *cell = l->csv.cell;
    if (l->id_at < l->csv.cell_n)
        load_id(l, row, &cell[l->id_at]);
    if (!load_row_fits(&l->csv, l->head_n)) {
        Span all = {cell[0].span.beg, cell[l->csv.cell_n - 1].span.end};
        load_refuse_row(
            l, row,
            &(struct diag){.code = DIAG_DATA_SHAPE,
                           .span = all,
                           .arg = {load_number(l, l->csv.line), load_number(l, l->csv.cell_n),
                                   load_number(l, l->head_n)}});
        blank_row(l, row);
        return;
    }
    if (l->name_at != SIZE_MAX)
        l->data->name[row] = arena_copy(l->keep, str_trim(cell[l->name_at].text));
    for (size_t i = 0; i < l->head_n; i++)
        if (l->lane[i].reader != NULL)
            load_cell(l, i, &cell[i], row);
}

static CsvCell plain_csv_cell(struct load *l, struct arena *a, uint32_t i, size_t column)
{
    const struct plain *rows = l->from->self;
    Str s = str_trim(plain_cell(rows, i, column));
    uint32_t beg = (uint32_t)(s.n == 0 ? 0 : s.p - l->csv.text.p);
    (void)a; /* nothing is made: cells borrow from the text */
    return (CsvCell){s, {beg, beg + (uint32_t)s.n}};
}

static bool has_id(const struct plain *rows, uint32_t i, size_t id_at)
{
    Str s = plain_cell(rows, i, id_at);
    return (s.n > 0 && s.p[0] > ' ') || str_trim(s).n > 0;
}

/* How many plain rows there are before one without id, which may be none. */
static uint32_t rows_with_id(const struct load *l, const struct plain *rows)
{
    uint32_t n = 0;
    while (n < rows->row_n && has_id(rows, n, l->id_at))
        n++;
    return n;
}

/* Some rows a column at a time, as far as that goes; the rest of them in the order of the file. */
static uint32_t read_plain_rows(struct load *l, uint32_t row)
{
    struct plain *rows = l->from->self;
    if (rows->end == NULL)
        plain_open(rows, l->tmp, l->head_n);
    plain_find(rows, &l->csv, WORD_ROWS - row % WORD_ROWS);
    const uint32_t n = rows_with_id(l, rows);
    for (size_t i = 0; n > 0 && i < l->head_n; i++) {
        struct lane *lane = &l->lane[i];
        if (lane->reader != NULL && lane->reader->number)
            lane->odd = reader_column(lane->reader, row % CHUNK_FILL, rows, i, n);
    }
    load_rows(l, row, n);
    plain_skip(rows, &l->csv, n);
    return n;
}

static uint32_t read_some(struct load *l, uint32_t row)
{
    uint32_t n = read_plain_rows(l, row);
    if (n > 0)
        return n;
    load_note(l, csv_next(&l->csv, l->ds));
    if (l->csv.cell_n == 0)
        return 0;
    ASSERT(row < l->data->row_n);
    read_split_row(l, row);
    return 1;
}

/* Rows behind the header that can be read; stops at the first ill-formed one. */
static uint32_t count_rows(Str text, uint32_t most)
{
    struct arena *tmp = arena_open();
    struct csv c;
    csv_open(&c, tmp, text);
    uint32_t n = 0;
    while (n <= most + 1 && csv_next(&c, NULL) == OK && c.cell_n > 0)
        n++;
    arena_close(tmp);
    return n > 0 ? n - 1 : 0;
}

LANE_LOOP static size_t newlines(Str s)
{
    size_t n = 0, at = 0;
    for (; s.n - at >= SWAR_BLOCK; at += SWAR_BLOCK)
        n += (size_t)__builtin_popcountll(swar_bits(s.p + at, '\n'));
    for (; at < s.n; at++)
        n += s.p[at] == '\n';
    return n;
}

/* No fewer rows than there are behind the header; exact only where that is more than `most`. */
static uint32_t rows_at_most(Str text, uint32_t most)
{
    size_t n = newlines(text);
    n -= text.n > 0 && text.p[text.n - 1] == '\n'; /* behind the last row: begins none */
    return n > most ? count_rows(text, most) : (uint32_t)n;
}

/* srccheck:params the caller wants the data and the year found in it. */
enum status load_csv(struct arena *keep, struct dataset **out, int *period, const struct rules *r,
                     Str text, const struct load_opts *o, struct diags *ds)
{
    struct plain rows = {0};
    struct feed from = {.self = &rows,
                        .head = text,
                        .row_n = rows_at_most(text, load_rows_max(o)),
                        .some = read_some,
                        .cell = plain_csv_cell};
    return load_from(keep, out, period, r, &from, o, ds);
}
