/* load.c - a CSV of facts into columns, in two passes: count the rows, then read them.
 *
 * Linear in the bytes of the file. Warnings are repeated up to WARNED_MAX times a column and then
 * counted, so that they cannot crowd out errors.
 */
#include "eval/load.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/load_int.h"
#include "rule/lex.h"

enum { ROWS_MAX = 10000000, WARNED_MAX = 3, LIST_MAX = 2000 };

struct load {
    struct arena *keep, *tmp;
    const struct rules *rules;
    struct diags *ds, cell_ds; /* cell_ds: what one cell gives, before it is passed on */
    enum status st;
    struct csv csv;
    struct head *head;
    size_t head_n, id_at, name_at;
    struct dataset *data;
    struct labels *ids; /* ids seen, and the line of each */
    uint32_t *line;
};

static void note(struct load *l, enum status st)
{
    if (st != OK)
        l->st = st;
}

static Str number(struct load *l, size_t n)
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
        note(l, diag_add(l->ds, DIAG_DATA_ID_COLUMN, l->head[0].span, l->rules->id_field, NO_ARG,
                         NO_ARG));
}

static void read_header(struct load *l)
{
    note(l, csv_next(&l->csv, l->ds));
    l->head_n = l->csv.cell_n;
    l->head = ARENA_ARRAY(l->tmp, struct head, l->head_n);
    if (l->head_n == 0) {
        if (l->st == OK)
            note(l, diag_add(l->ds, DIAG_DATA_EMPTY, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG));
        return;
    }
    for (size_t i = 0; i < l->head_n; i++)
        note(l, head_read(l->tmp, &l->head[i], l->rules, l->csv.cell[i].text, l->csv.cell[i].span,
                          l->ds));
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
static void list_add(struct buf *b, Str name)
{
    if (b->n > 0)
        buf_add(b, S("、"));
    buf_add(b, name);
}

static Str list_end(struct load *l, const struct buf *b)
{
    Str s = buf_str(b);
    return b->over ? arena_fmt(l->tmp, "%.*s…", (int)s.n, s.p) : s;
}

static void report_extra(struct load *l)
{
    struct buf b;
    Span first = {0, 0};
    buf_init(&b, l->tmp, LIST_MAX);
    for (size_t i = 0; i < l->head_n; i++) {
        const struct head *h = &l->head[i];
        if (h->as.name.p != NULL || i == l->id_at || i == l->name_at || h->text.n == 0)
            continue;
        first = b.n == 0 ? h->span : first;
        list_add(&b, h->text);
    }
    if (b.n > 0)
        note(l, diag_add(l->ds, DIAG_DATA_EXTRA, first, list_end(l, &b), NO_ARG, NO_ARG));
}

/* A field that a person decides (人工) may well have no column yet. */
static void report_absent(struct load *l)
{
    struct buf b;
    buf_init(&b, l->tmp, LIST_MAX);
    bool *has = ARENA_ARRAY(l->tmp, bool, l->rules->field_n);
    for (size_t i = 0; i < l->head_n; i++)
        if (l->head[i].as.name.p != NULL)
            has[rule_find_field(l->rules, l->head[i].as.name)] = true;
    for (uint32_t i = 0; i < l->rules->field_n; i++) {
        const struct field *f = &l->rules->field[i];
        if (!has[i] && !f->implied && f->used)
            list_add(&b, f->name);
    }
    if (b.n > 0)
        note(l, diag_add(l->ds, DIAG_DATA_ABSENT, (Span){0, 0}, list_end(l, &b), NO_ARG, NO_ARG));
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
        struct column *c = dataset_column(d, (uint32_t)h->field, head_key(h, period));
        size_t at = (size_t)(c - d->column);
        if (at < before)
            note(l, diag_add(l->ds, DIAG_DATA_COLUMN, h->span, h->text, head_of_column(l, at)->text,
                             NO_ARG));
        else
            h->column = at;
    }
}

/* Rows */

static void pass_on(struct load *l, struct head *h, const struct diag *d, uint32_t row)
{
    bool warns = diag_info(d->code)->sev != SEV_ERROR;
    if (warns && h->warned_n++ >= WARNED_MAX)
        return;
    note(l, diag_add(l->ds, d->code, d->span, d->arg[0], d->arg[1], d->arg[2]));
    note(l, diag_add(l->ds, DIAG_DATA_CELL, d->span, number(l, l->csv.line), l->data->id[row],
                     h->text));
}

static void read_cell(struct load *l, struct head *h, const CsvCell *from, uint32_t row)
{
    Cell cell;
    enum status st = rule_read_cell(&cell, l->rules, &h->as, (Text){from->text, from->span},
                                    l->data->labels, &l->cell_ds);
    if (l->cell_ds.n > 0) {
        for (size_t i = 0; i < l->cell_ds.n; i++)
            pass_on(l, h, &l->cell_ds.at[i], row);
        diags_init(&l->cell_ds, l->tmp);
    }
    note(l, st);
    bool is_missing = str_trim(from->text).n == 0;
    if (st == OK && !is_missing)
        column_set(&l->data->column[h->column], row, cell.lo);
}

static void read_id(struct load *l, uint32_t row, const CsvCell *cell)
{
    Str id = str_trim(cell->text);
    l->data->id[row] = arena_copy(l->keep, id);
    if (id.n == 0) {
        note(l, diag_add(l->ds, DIAG_DATA_ID_EMPTY, cell->span, number(l, l->csv.line), NO_ARG,
                         NO_ARG));
        return;
    }
    uint32_t seen = labels_n(l->ids), code = labels_code(l->ids, id);
    if (code < seen)
        note(l, diag_add(l->ds, DIAG_DATA_ID_SAME, cell->span, id, number(l, l->line[code]),
                         number(l, l->csv.line)));
    else
        l->line[code] = l->csv.line;
}

/* Blank cells behind the header's are the mark of spreadsheets. */
static bool row_fits(const struct load *l)
{
    size_t n = l->csv.cell_n;
    while (n > l->head_n && str_trim(l->csv.cell[n - 1].text).n == 0)
        n--;
    return n == l->head_n;
}

static void read_row(struct load *l, uint32_t row)
{
    const CsvCell *cell = l->csv.cell;
    if (l->id_at < l->csv.cell_n)
        read_id(l, row, &cell[l->id_at]);
    if (!row_fits(l)) {
        Span all = {cell[0].span.beg, cell[l->csv.cell_n - 1].span.end};
        note(l, diag_add(l->ds, DIAG_DATA_SHAPE, all, number(l, l->csv.line),
                         number(l, l->csv.cell_n), number(l, l->head_n)));
        return;
    }
    if (l->name_at != SIZE_MAX)
        l->data->name[row] = arena_copy(l->keep, str_trim(cell[l->name_at].text));
    for (size_t i = 0; i < l->head_n; i++)
        if (l->head[i].column != SIZE_MAX)
            read_cell(l, &l->head[i], &cell[i], row);
}

static void read_rows(struct load *l)
{
    l->ids = labels_open(l->tmp);
    l->line = ARENA_ARRAY(l->tmp, uint32_t, l->data->row_n);
    for (uint32_t row = 0; row < l->data->row_n; row++) {
        note(l, csv_next(&l->csv, l->ds));
        read_row(l, row);
    }
    if (l->head_n > 0 && l->st != ERR_LIMIT)
        note(l, csv_next(&l->csv, l->ds)); /* what the first pass stopped at: end, or an error */
    for (size_t i = 0; i < l->head_n; i++) {
        const struct head *h = &l->head[i];
        if (h->warned_n > WARNED_MAX)
            note(l, diag_add(l->ds, DIAG_DATA_MORE, h->span, h->text,
                             number(l, h->warned_n - WARNED_MAX), NO_ARG));
    }
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

static struct dataset *open_dataset(struct arena *keep, const struct rules *r, uint32_t row_n)
{
    struct dataset *d = dataset_open(keep, row_n);
    for (uint32_t code = 0; code < r->label_n; code++)
        ASSERT(labels_code(d->labels, r->label[code]) == code);
    return d;
}

static enum status load_all(struct load *l, int *period, Str text, const struct load_opts *o)
{
    uint32_t most = o->rows_max == 0 ? ROWS_MAX : o->rows_max, row_n = count_rows(text, most);
    if (row_n > most) {
        (void)diag_add(l->ds, DIAG_DATA_ROWS, (Span){0, 0}, number(l, most), NO_ARG, NO_ARG);
        return ERR_LIMIT;
    }
    csv_open(&l->csv, l->tmp, text);
    read_header(l);
    *period = year_of_header(l, o);
    l->data = open_dataset(l->keep, l->rules, row_n);
    open_columns(l, *period);
    report_extra(l);
    report_absent(l);
    read_rows(l);
    return l->st;
}

/* srccheck:params as eval/load.h has them: two results, what to read and how. */
/* srccheck:params the caller wants the data and the year found in it. */
enum status load_csv(struct arena *keep, struct dataset **out, int *period, const struct rules *r,
                     Str text, const struct load_opts *o, struct diags *ds)
{
    struct load l = {.keep = keep, .tmp = arena_open(), .rules = r, .ds = ds};
    diags_init(&l.cell_ds, l.tmp);
    enum status st = load_all(&l, period, text, o);
    *out = l.data;
    arena_close(l.tmp);
    return st;
}

/* Takes `field[@period]=value` apart. */
static enum status read_target(struct arena *tmp, struct head *h, Text *value,
                               const struct rules *r, Str assignment, struct diags *ds)
{
    size_t at = str_find(assignment, S("="));
    Span all = {0, (uint32_t)assignment.n};
    if (at == assignment.n)
        return diag_add(ds, DIAG_DATA_ASSIGN, all, assignment, NO_ARG, NO_ARG);
    Str name = str_trim(str_sub(assignment, 0, at));
    value->s = str_trim(str_sub(assignment, at + 1, assignment.n));
    value->span = (Span){(uint32_t)at + 1, all.end};
    TRY(head_read(tmp, h, r, name, (Span){0, (uint32_t)at}, ds));
    if (h->field >= 0)
        return OK;
    Str bare = str_sub(h->name, 0, str_find(h->name, S("@"))); /* the period is not misspelt */
    return diag_add(ds, DIAG_DATA_FIELD, h->span, name, rule_near_field(r, bare), NO_ARG);
}

enum status load_set(struct dataset *d, const struct rules *r, uint32_t row, int period,
                     Str assignment, struct diags *ds)
{
    ASSERT(row < d->row_n);
    struct arena *tmp = arena_open();
    struct head h = {.field = -1};
    Text value = {S(""), {0, 0}};
    Cell cell = CELL_UNKNOWN;
    enum status st = read_target(tmp, &h, &value, r, assignment, ds);
    if (st == OK)
        st = rule_read_cell(&cell, r, &h.as, value, d->labels, ds);
    if (st == OK) {
        struct column *c = dataset_column(d, (uint32_t)h.field, head_key(&h, period));
        if (value.s.n == 0)
            column_clear(c, row);
        else
            column_set(c, row, cell.lo);
    }
    arena_close(tmp);
    return st;
}

static int example_key(const struct field *f, const struct example_cell *c, int period)
{
    if (f->period == PERIOD_NONE)
        return COL_NO_PERIOD;
    if (c->has_period)
        return c->period;
    return (f->period == PERIOD_YEAR ? period : period * 4 + 3) + c->shift;
}

static void set_example(struct dataset *d, const struct rules *r, const struct example_cell *c,
                        uint32_t row, int period)
{
    const struct field *f = &r->field[c->ref];
    if (cell_is_definite(f->type.kind, c->value)) /* else nothing was given */
        column_set(dataset_column(d, c->ref, example_key(f, c, period)), row, c->value.lo);
}

enum status load_examples(struct arena *keep, struct dataset **out, const struct rules *r,
                          uint32_t t, int period, struct diags *ds)
{
    (void)ds; /* rule_load has reported what is wrong with the cells */
    uint32_t row_n = 0;
    for (uint32_t i = 0; i < r->example_n; i++)
        row_n += r->example[i].table == t;
    struct dataset *d = open_dataset(keep, r, row_n);
    uint32_t row = 0;
    for (uint32_t i = 0; i < r->example_n; i++) {
        const struct example *e = &r->example[i];
        if (e->table != t)
            continue;
        d->id[row] = arena_fmt(keep, "%u", row + 1);
        d->name[row] = e->label;
        for (uint32_t j = 0; j < e->cell_n; j++)
            if (!e->cell[j].expected)
                set_example(d, r, &e->cell[j], row, period);
        row++;
    }
    *out = d;
    return OK;
}
