/* load.c - a file of facts into columns, in one pass: rows into chunks, chunks into columns.
 *
 * The file says how many rows there may be at most, and so many are opened. A chunk holds
 * CHUNK_FILL figures of 64 bits a column and goes into the dataset's narrow column at once, so
 * that beside the text and the columns little else is held: the lines of the ids, and a table of
 * ids that come in no order.
 * Linear in the bytes of the file. Warnings are repeated up to WARNED_MAX times a column and then
 * counted, so that they cannot crowd out errors.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/fill.h"
#include "load/load_int.h"
#include "rule/lex.h"

enum { WARNED_MAX = 3, LIST_MAX = 2000, PERCENT_ROWS = 3 };
/* A figure beyond 64 bits, set when all others are. */
struct large {
    size_t column;
    uint32_t row;
    Wide value;
};

void load_note(struct load *l, enum status st)
{
    if (st != OK)
        l->st = st;
}

Str load_number(struct load *l, size_t n)
{
    return arena_fmt(l->tmp, "%zu", n);
}

/* Header */

static bool is_named(struct load *l, size_t i, Str field)
{
    return field.n > 0 && str_eq(name_fold(l->tmp, l->head[i].text), name_fold(l->tmp, field));
}

static void find_id_columns(struct load *l)
{
    bool found = l->rules->id_field.n == 0;
    l->name_at = SIZE_MAX;
    for (size_t i = 0; i < l->head_n; i++) {
        if (!found && is_named(l, i, l->rules->id_field)) {
            l->id_at = i;
            found = true;
        }
        if (l->name_at == SIZE_MAX && is_named(l, i, l->rules->name_field))
            l->name_at = i;
    }
    if (!found)
        load_note(l, diag_add(l->ds, DIAG_DATA_ID_COLUMN, l->head[0].span, l->rules->id_field,
                              NO_ARG, NO_ARG));
}

static void read_header(struct load *l)
{
    load_note(l, csv_next(&l->csv, l->ds));
    l->head_n = l->csv.cell_n;
    l->head = ARENA_ARRAY(l->tmp, struct head, l->head_n);
    if (l->head_n == 0) {
        if (l->st == OK)
            load_note(l, diag_add(l->ds, DIAG_DATA_EMPTY, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG));
        return;
    }
    for (size_t i = 0; i < l->head_n; i++)
        load_note(l, head_read(l->tmp, &l->head[i], l->rules, l->csv.cell[i].text,
                               l->csv.cell[i].span, l->ds));
    find_id_columns(l);
}

static int year_of_header(const struct load *l, const struct load_opts *o)
{
    int year = INT32_MIN;
    for (size_t i = 0; i < l->head_n; i++)
        if (l->head[i].field >= 0 && l->head[i].has_year && l->head[i].year > year)
            year = l->head[i].year;
    return o->period != INT32_MIN ? o->period : year != INT32_MIN ? year : o->as_of_year - 1;
}

/* "甲、乙、丙", cut behind a name when it grows long. */
struct names {
    struct buf text;
    size_t n;
};

static void names_add(struct names *x, Str name)
{
    if (x->n++ > 0)
        buf_add(&x->text, S("、"));
    buf_add(&x->text, name);
}

static void names_report(struct load *l, const struct names *x, enum diag_code code)
{
    Str s = buf_str(&x->text);
    if (x->text.over)
        s = arena_fmt(l->tmp, "%.*s…", STR_ARG(s));
    if (x->n > 0)
        load_note(l, diag_add(l->ds, code, (Span){0, 0}, s, load_number(l, x->n), NO_ARG));
}

static bool is_extra(const struct load *l, size_t i, bool none)
{
    const struct head *h = &l->head[i];
    bool known = h->as.name.p != NULL || i == l->id_at || i == l->name_at;
    return h->text.n > 0 && (none || !known);
}

static Str before_period(Str head)
{
    return str_sub(head, 0, str_find(head, S("@")));
}

/* Columns that are no fields, each once: 境外收入@2023/2024; where none is one, the first line is
 * no header at all. */
static void report_extra(struct load *l, bool none)
{
    struct names x = {.n = 0};
    Str last = S("");
    buf_init(&x.text, l->tmp, LIST_MAX);
    for (size_t i = 0; i < l->head_n; i++) {
        Str text = l->head[i].text, name = before_period(text);
        if (!is_extra(l, i, none))
            continue;
        if (name.n < text.n && str_eq(name, last)) {
            buf_char(&x.text, '/');
            buf_add(&x.text, str_sub(text, name.n + 1, text.n));
            x.n++;
        } else {
            names_add(&x, text);
        }
        last = name.n < text.n ? name : S("");
    }
    names_report(l, &x, none ? DIAG_DATA_HEAD : DIAG_DATA_EXTRA);
}

/* Of a yearly field the year of evaluation is wanted, unless the last one known will do. A field
 * that a person decides (人工) may well have no column yet. */
static void report_absent(struct load *l, const bool *has, int period)
{
    struct names x = {.n = 0};
    buf_init(&x.text, l->tmp, LIST_MAX);
    for (uint32_t i = 0; i < l->rules->field_n; i++) {
        const struct field *f = &l->rules->field[i];
        bool yearly = f->period == PERIOD_YEAR && f->blank != BLANK_CARRY;
        if (f->implied || !f->used)
            continue;
        if (!has[i])
            names_add(&x, f->name);
        else if (yearly && dataset_find(l->data, i, period) == NULL)
            names_add(&x, arena_fmt(l->tmp, "%.*s@%d", STR_ARG(f->name), period));
    }
    names_report(l, &x, DIAG_DATA_ABSENT);
}

static void report_columns(struct load *l, int period)
{
    bool *has = ARENA_ARRAY(l->tmp, bool, l->rules->field_n + 1), any = false, wants = false;
    for (size_t i = 0; i < l->head_n; i++)
        if (l->head[i].as.name.p != NULL) {
            has[rule_find_field(l->rules, l->head[i].as.name)] = true;
            any = true;
        }
    for (uint32_t i = 0; i < l->rules->field_n; i++)
        wants |= !l->rules->field[i].implied && l->rules->field[i].used;
    if (l->head_n == 0)
        return;
    report_extra(l, wants && !any);
    if (!wants || any)
        report_absent(l, has, period);
}

/* 5% comes out of spreadsheets as 0.05, which is read as 0.05%. */
static void report_percents(struct load *l)
{
    const struct unit *percent = unit_find(S("%"));
    for (size_t i = 0; i < l->head_n && l->data->row_n >= PERCENT_ROWS; i++) {
        const struct head *h = &l->head[i];
        if (h->column == SIZE_MAX || h->as.unit != percent)
            continue;
        const struct column *c = &l->data->column[h->column];
        if (c->least == 0 && c->most > 0 && c->most <= wide_pow10(h->as.type.scale) / 100)
            load_note(l, diag_add(l->ds, DIAG_DATA_PERCENT, h->span, h->text, NO_ARG, NO_ARG));
    }
}

static const struct head *head_of_column(const struct load *l, size_t column)
{
    for (size_t i = 0; i < l->head_n; i++)
        if (l->head[i].column == column)
            return &l->head[i];
    return NULL;
}

static void open_columns(struct load *l, int period)
{
    struct dataset *d = l->data;
    for (size_t i = 0; i < l->head_n; i++) {
        struct head *h = &l->head[i];
        if (h->field < 0)
            continue;
        size_t before = d->column_n;
        struct column *c = dataset_bare_column(d, (uint32_t)h->field, head_key(h, period));
        size_t at = (size_t)(c - d->column);
        if (at < before)
            load_note(l, diag_add(l->ds, DIAG_DATA_COLUMN, h->span, h->text,
                                  head_of_column(l, at)->text, NO_ARG));
        else
            h->column = at;
    }
}

/* Rows */

static void mark_bad(struct load *l, uint32_t row, Str column, const struct diag *d)
{
    struct load_rows *rows = l->rows;
    if (rows == NULL)
        return;
    struct buf b;
    buf_init(&b, l->keep, LIST_MAX);
    buf_add(&b, rows->why[row]);
    buf_add(&b, b.n > 0 ? S("; ") : S(""));
    buf_add(&b, column);
    buf_add(&b, column.n > 0 ? S(": ") : S(""));
    diag_text(&b, d, rows->lang);
    rows->why[row] = buf_str(&b);
    rows->bad[row / WORD_ROWS] |= (uint64_t)1 << row % WORD_ROWS;
}

void load_refuse_row(struct load *l, uint32_t row, const struct diag *d)
{
    mark_bad(l, row, NO_ARG, d);
    load_note(l, diag_add(l->ds, d->code, d->span, d->arg[0], d->arg[1], d->arg[2]));
}

static void pass_on(struct load *l, struct head *h, const struct diag *d, uint32_t row)
{
    if (diag_info(d->code)->sev == SEV_ERROR)
        mark_bad(l, row, h->text, d);
    bool warns = diag_info(d->code)->sev != SEV_ERROR;
    if (warns && h->warned_n++ >= WARNED_MAX)
        return;
    load_note(l, diag_add(l->ds, d->code, d->span, d->arg[0], d->arg[1], d->arg[2]));
    load_note(l, diag_add(l->ds, DIAG_DATA_CELL, (Span){d->span.beg, d->span.beg},
                          load_number(l, l->csv.line), l->data->id[row], h->text));
}

/* A cell that rule_read_cell is asked about. False: it is missing, or will be set later. */
static bool read_odd_cell(struct load *l, size_t at, const CsvCell *from, uint32_t row,
                          int64_t *out)
{
    Cell cell;
    struct head *h = &l->head[at];
    enum status st = rule_read_cell(&cell, l->rules, &h->as, (Text){from->text, from->span},
                                    l->data->labels, &l->cell_ds);
    bool is_missing = str_trim(from->text).n == 0, remarked = l->cell_ds.n > 0;
    if (remarked) {
        for (size_t i = 0; i < l->cell_ds.n; i++)
            pass_on(l, h, &l->cell_ds.at[i], row);
        diags_init(&l->cell_ds, l->tmp);
    }
    load_note(l, st);
    if (st != OK || is_missing)
        return false;
    if (cell.lo <= -INT64_MAX || cell.lo >= INT64_MAX) {
        VEC_PUSH(l->tmp, l->large, l->large_n, l->large_cap) =
            (struct large){h->column, row, cell.lo};
        return false;
    }
    *out = (int64_t)cell.lo;
    if (!remarked)
        reader_keep(l->lane[at].reader, from->text, *out);
    return true;
}

void load_cell(struct load *l, size_t at, const CsvCell *cell, uint32_t row)
{
    struct reader *r = l->lane[at].reader;
    Str s = cell->text;
    int64_t figure = 0;
    bool has = s.n > 0 && (reader_number(r, s, &figure) || reader_recall(r, s, &figure) ||
                           read_odd_cell(l, at, cell, row, &figure));
    if (has)
        reader_set(r, row % CHUNK_FILL, figure);
    else
        reader_blank(r, row % CHUNK_FILL);
}

void load_id(struct load *l, uint32_t row, const CsvCell *cell)
{
    Str id = str_trim(cell->text);
    l->line[row] = l->csv.line;
    l->data->id[row] = arena_copy(l->keep, id);
    if (id.n == 0) {
        load_refuse_row(l, row,
                        &(struct diag){.code = DIAG_DATA_ID_EMPTY,
                                       .span = cell->span,
                                       .arg = {load_number(l, l->csv.line)}});
        return;
    }
    int64_t same = ids_add(&l->ids, row);
    if (same >= 0)
        load_refuse_row(l, row,
                        &(struct diag){.code = DIAG_DATA_ID_SAME,
                                       .span = cell->span,
                                       .arg = {id, load_number(l, l->line[same]),
                                               load_number(l, l->csv.line)}});
}

/* One of the rows at hand, and what of it was not read a column at a time. */
static void load_row(struct load *l, uint32_t i, uint32_t row)
{
    CsvCell cell = l->from->cell(l, l->brief, i, l->id_at);
    l->csv.line = l->csv.next_line++;
    load_id(l, row, &cell);
    if (l->name_at != SIZE_MAX) {
        cell = l->from->cell(l, l->brief, i, l->name_at);
        l->data->name[row] = arena_copy(l->keep, str_trim(cell.text));
    }
    for (size_t k = 0; k < l->odd_n; k++)
        if ((l->lane[l->odd[k]].odd >> i & 1) != 0) {
            cell = l->from->cell(l, l->tmp, i, l->odd[k]); /* readers keep texts */
            load_cell(l, l->odd[k], &cell, row);
        }
}

void load_rows(struct load *l, uint32_t row, uint32_t n)
{
    l->odd_n = 0;
    for (size_t k = 0; k < l->head_n; k++)
        if (l->lane[k].odd != 0)
            l->odd[l->odd_n++] = k;
    const ArenaMark mark = arena_mark(l->brief);
    for (uint32_t i = 0; i < n; i++)
        load_row(l, i, row + i);
    arena_reset(l->brief, mark);
}

/* The chunk that ends before `row` into the columns. */
static void fill_columns(struct load *l, uint32_t row)
{
    uint32_t from = (row - 1) / CHUNK_FILL * CHUNK_FILL;
    for (size_t i = 0; i < l->head_n; i++) {
        struct reader *r = l->lane[i].reader;
        if (r == NULL)
            continue;
        fill_column(&l->data->column[l->head[i].column], from, r->figure, r->missing, row - from);
        for (size_t k = 0; k < ARRAY_N(r->missing); k++)
            r->missing[k] = 0;
    }
}

/* To the end, or to the first ill-formed row. */
static void read_rows(struct load *l)
{
    uint32_t row = 0;
    for (uint32_t n; l->head_n > 0 && (n = l->from->some(l, row)) > 0;) {
        row += n;
        if (row % CHUNK_FILL == 0)
            fill_columns(l, row);
    }
    if (row % CHUNK_FILL != 0)
        fill_columns(l, row);
    fill_end(l->data, row);
    for (size_t i = 0; i < l->large_n; i++)
        column_set(&l->data->column[l->large[i].column], l->large[i].row, l->large[i].value);
}

static void report_repeated(struct load *l)
{
    for (size_t i = 0; i < l->head_n; i++) {
        const struct head *h = &l->head[i];
        if (h->warned_n > WARNED_MAX)
            load_note(l, diag_add(l->ds, DIAG_DATA_MORE, h->span, h->text,
                                  load_number(l, h->warned_n - WARNED_MAX), NO_ARG));
    }
}

static void open_lanes(struct load *l)
{
    uint32_t row_n = l->data->row_n;
    ids_open(&l->ids, l->tmp, l->data->id, row_n);
    l->line = arena_raw(l->rows != NULL ? l->keep : l->tmp, row_n, sizeof *l->line);
    if (l->rows != NULL) {
        l->rows->line = l->line;
        l->rows->bad = ARENA_ARRAY(l->keep, uint64_t, vec_words(row_n));
        l->rows->why = ARENA_ARRAY(l->keep, Str, row_n);
    }
    l->lane = ARENA_ARRAY(l->tmp, struct lane, l->head_n);
    l->odd = ARENA_ARRAY(l->tmp, size_t, l->head_n);
    if (l->name_at != SIZE_MAX)
        l->data->name = ARENA_ARRAY(l->keep, Str, row_n);
    for (size_t i = 0; i < l->head_n; i++) {
        struct lane *lane = &l->lane[i];
        if (l->head[i].column == SIZE_MAX)
            continue;
        lane->reader = ARENA_NEW(l->tmp, struct reader);
        lane->odd = UINT64_MAX;
        reader_init(lane->reader, l->tmp, &l->head[i].as);
    }
}

uint32_t load_rows_max(const struct load_opts *o)
{
    return o->rows_max == 0 ? LOAD_ROWS_MAX : o->rows_max;
}

static enum status load_all(struct load *l, int *period, const struct load_opts *o)
{
    if (l->from->row_n > load_rows_max(o)) {
        (void)diag_add(l->ds, DIAG_DATA_ROWS, (Span){0, 0}, load_number(l, load_rows_max(o)),
                       NO_ARG, NO_ARG);
        return ERR_LIMIT;
    }
    csv_open(&l->csv, l->tmp, l->from->head);
    read_header(l);
    *period = year_of_header(l, o);
    l->data = load_open(l->keep, l->rules, l->from->row_n);
    open_columns(l, *period);
    report_columns(l, *period);
    open_lanes(l);
    read_rows(l);
    report_repeated(l);
    report_percents(l);
    return l->st;
}

/* srccheck:params load_csv and load_gcol with the file in `from`. */
enum status load_from(struct arena *keep, struct dataset **out, int *period, const struct rules *r,
                      struct feed *from, const struct load_opts *o, struct diags *ds)
{
    struct load l = {.keep = keep, .tmp = arena_open(), .rules = r, .rows = o->rows, .ds = ds};
    l.from = from;
    l.brief = arena_open();
    diags_init(&l.cell_ds, l.tmp);
    enum status st = load_all(&l, period, o);
    *out = l.data;
    arena_close(l.brief);
    arena_close(l.tmp);
    return st;
}
