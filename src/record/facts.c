/* facts.c - what holds: lines in the order they came, folded into columns.
 *
 *     reports -> slots (which column of the dataset each of their columns is)
 *     lines   -> cells, later ones over earlier ones; those that were returned are passed over
 *
 * One pass over the lines by their key, beside the reports and the returned marks, which come in
 * the same order. Memory: the dataset, four bytes a cell of fields without a period (the day it
 * holds from), and the reports' columns.
 */
#include <string.h>

#include "col/fill.h"
#include "load/load.h"
#include "record/record_int.h"

struct slot {
    uint32_t field;
    size_t column; /* of the dataset; SIZE_MAX: not asked for */
    Day *since;    /* by row: of fields without a period, the day of what is there */
};

struct report {
    int64_t act, n;
    Day day;
    struct slot *slot;
    uint32_t slot_n;
    Str columns;
};

struct verdict { /* of a line with a return among its marks; in the order they were given */
    int64_t act, n;
    Str field; /* empty: the whole line */
    bool returned;
};

struct later { /* a line of a merged subject */
    const struct report *report;
    const struct verdict *verdict;
    Str body;
    uint32_t row;
};

struct own { /* of a row that others are merged into: the columns it says something of itself */
    uint32_t row;
    bool *says;
};

struct fold {
    struct arena *keep, *tmp;
    struct db_conn *conn;
    const struct record_asked *q;
    struct record_facts *out;
    struct report *report;
    size_t report_n, report_cap, report_at;
    struct verdict *verdict;
    size_t verdict_n, verdict_cap, verdict_at;
    uint32_t *row_of; /* by subject: row + 1 */
    int64_t subject_max;
    Day **since; /* by column of the dataset */
    size_t since_n, since_cap;
    struct later *later; /* in their order */
    size_t later_n, later_cap;
    struct own *own;
    size_t own_n, own_cap;
};

/* --- who --- */

struct who {
    Str identity;
    int64_t subject;
};

static enum status read_one(struct fold *f, struct who **who, size_t *n)
{
    struct sql_subject_kind_row row;
    TRY(sql_subject_kind_one(f->conn, f->tmp,
                             &(struct sql_subject_kind){f->q->county, f->q->subject}, &row));
    *who = ARENA_NEW(f->tmp, struct who);
    **who = (struct who){row.identity, f->q->subject};
    *n = 1;
    return str_eq(row.kind, f->q->kind) ? OK : ERR_GONE;
}

/* By identity, as bytes. */
static enum status read_all(struct fold *f, struct who **who, size_t *n)
{
    struct db_rows rows;
    struct sql_subject_of_kind_row row;
    size_t cap = 0;
    TRY(sql_subject_of_kind(
        f->conn, &(struct sql_subject_of_kind){f->q->county, f->q->kind, f->q->until_act}, &rows));
    while (sql_subject_of_kind_next(&rows, &row))
        if (twin_into(f->out->twin, f->out->twin_n, row.subject) == 0)
            VEC_PUSH(f->tmp, *who, *n, cap) =
                (struct who){arena_copy(f->keep, row.identity), row.subject};
    return db_rows_end(&rows);
}

static enum status open_rows(struct fold *f)
{
    struct who *who = NULL;
    size_t n = 0;
    const struct record_asked *q = f->q;
    TRY(twin_read(f->conn, f->keep, &f->out->twin, &f->out->twin_n,
                  &(struct twin_asked){q->county, q->kind, q->subject, q->until_act}));
    TRY(q->subject != 0 ? read_one(f, &who, &n) : read_all(f, &who, &n));
    if (n > UINT32_MAX - 1)
        return ERR_LIMIT;
    struct dataset *d = f->out->data = load_open(f->keep, f->q->as, (uint32_t)n);
    f->out->subject = ARENA_ARRAY(f->keep, int64_t, n);
    for (size_t i = 0; i < n; i++)
        f->subject_max = who[i].subject > f->subject_max ? who[i].subject : f->subject_max;
    for (size_t i = 0; i < f->out->twin_n; i++)
        if (f->out->twin[i].subject > f->subject_max)
            f->subject_max = f->out->twin[i].subject;
    f->row_of = ARENA_ARRAY(f->tmp, uint32_t, (size_t)f->subject_max + 1);
    for (size_t i = 0; i < n; i++) {
        d->id[i] = arena_copy(f->keep, who[i].identity);
        f->out->subject[i] = who[i].subject;
        f->row_of[who[i].subject] = (uint32_t)i + 1;
    }
    for (size_t i = 0; i < f->out->twin_n; i++)
        f->row_of[f->out->twin[i].subject] = f->row_of[f->out->twin[i].into];
    return OK;
}

/* --- reports --- */

/* The day column beside a column of a field without a period. */
static Day *since_of(struct fold *f, size_t column)
{
    while (f->since_n <= column)
        VEC_PUSH(f->tmp, f->since, f->since_n, f->since_cap) = NULL;
    if (f->since[column] == NULL) {
        uint32_t n = f->out->data->row_n;
        f->since[column] = arena_raw(f->tmp, n + 1, sizeof(Day));
        for (uint32_t i = 0; i < n; i++)
            f->since[column][i] = INT32_MIN;
    }
    return f->since[column];
}

static struct slot slot_of(struct fold *f, const struct report *r, Str name, int period)
{
    struct slot none = {.column = SIZE_MAX};
    int32_t at = rule_find_field(f->q->as, name);
    if (at < 0 || (f->q->want != NULL && !f->q->want[at]))
        return none;
    bool dated = f->q->as->field[at].period == PERIOD_NONE;
    if (dated != (period == COL_NO_PERIOD) || (dated && r->day > f->q->day))
        return none;
    const struct column *c = dataset_column(f->out->data, (uint32_t)at, period);
    struct slot s = {.field = (uint32_t)at, .column = (size_t)(c - f->out->data->column)};
    s.since = dated ? since_of(f, s.column) : NULL;
    return s;
}

static void open_slots(struct fold *f, struct report *r)
{
    const struct report *before = r > f->report ? r - 1 : NULL;
    if (before != NULL && before->day == r->day && str_eq(before->columns, r->columns)) {
        r->slot = before->slot;
        r->slot_n = before->slot_n;
        return;
    }
    size_t cap = 0, n = 0;
    Str rest = r->columns, name;
    int period;
    while (columns_next(&rest, &name, &period))
        VEC_PUSH(f->tmp, r->slot, n, cap) = slot_of(f, r, name, period);
    r->slot_n = (uint32_t)n;
}

static void take_report(struct fold *f, int64_t act, int64_t n, int64_t day, Str columns)
{
    const struct report *before = f->report_n > 0 ? &f->report[f->report_n - 1] : NULL;
    bool same = before != NULL && str_eq(before->columns, columns);
    columns = same ? before->columns : arena_copy(f->tmp, columns);
    VEC_PUSH(f->tmp, f->report, f->report_n, f->report_cap) =
        (struct report){.act = act, .n = n, .day = (Day)day, .columns = columns};
}

static enum status read_reports(struct fold *f)
{
    const struct record_asked *q = f->q;
    struct db_rows rows;
    if (q->subject != 0) {
        struct sql_report_of_subject_row row;
        TRY(sql_report_of_subject(
            f->conn, &(struct sql_report_of_subject){q->county, q->subject, q->until_act}, &rows));
        while (sql_report_of_subject_next(&rows, &row))
            take_report(f, row.act, row.n, row.day, row.columns);
    } else {
        struct sql_report_of_kind_row row;
        TRY(sql_report_of_kind(
            f->conn, &(struct sql_report_of_kind){q->county, q->kind, q->until_act}, &rows));
        while (sql_report_of_kind_next(&rows, &row))
            take_report(f, row.act, row.n, row.day, row.columns);
    }
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < f->report_n; i++)
        open_slots(f, &f->report[i]);
    return OK;
}

/* --- what was returned --- */

static bool same_line(const struct verdict *a, int64_t act, int64_t n)
{
    return a->act == act && a->n == n;
}

/* Marks come line by line. Those of a line that nobody returned say nothing here. */
static void end_line(struct fold *f)
{
    size_t from = f->verdict_n;
    bool returned = false;
    while (from > 0 && same_line(&f->verdict[from - 1], f->verdict[f->verdict_n - 1].act,
                                 f->verdict[f->verdict_n - 1].n))
        returned |= f->verdict[--from].returned;
    f->verdict_n = returned ? f->verdict_n : from;
}

static void take_mark(struct fold *f, struct verdict v)
{
    if (f->verdict_n > 0 && !same_line(&f->verdict[f->verdict_n - 1], v.act, v.n))
        end_line(f);
    v.field = arena_copy(f->tmp, v.field);
    VEC_PUSH(f->tmp, f->verdict, f->verdict_n, f->verdict_cap) = v;
}

static enum status read_marks(struct fold *f)
{
    const struct record_asked *q = f->q;
    struct db_rows rows;
    if (q->subject != 0) {
        struct sql_mark_returned_of_row row;
        TRY(sql_mark_returned_of(
            f->conn, &(struct sql_mark_returned_of){q->county, q->subject, q->until_act}, &rows));
        while (sql_mark_returned_of_next(&rows, &row))
            take_mark(f, (struct verdict){row.of_act, row.of_n, row.field,
                                          row.verdict == RECORD_RETURNED});
    } else {
        struct sql_mark_returned_row row;
        TRY(sql_mark_returned(f->conn, &(struct sql_mark_returned){q->county, q->until_act},
                              &rows));
        while (sql_mark_returned_next(&rows, &row))
            take_mark(f, (struct verdict){row.of_act, row.of_n, row.field,
                                          row.verdict == RECORD_RETURNED});
    }
    end_line(f);
    return db_rows_end(&rows);
}

static bool is_before(int64_t act, int64_t n, int64_t than_act, int64_t than_n)
{
    return act < than_act || (act == than_act && n < than_n);
}

/* The first verdict on the line, or NULL; moves on with the lines. */
static const struct verdict *verdicts_of(struct fold *f, int64_t act, int64_t n)
{
    while (f->verdict_at < f->verdict_n &&
           is_before(f->verdict[f->verdict_at].act, f->verdict[f->verdict_at].n, act, n))
        f->verdict_at++;
    if (f->verdict_at == f->verdict_n)
        return NULL;
    const struct verdict *v = &f->verdict[f->verdict_at];
    return same_line(v, act, n) ? v : NULL;
}

/* The last verdict on the column or the whole line counts. */
static bool is_returned(const struct fold *f, const struct verdict *v, Str column)
{
    bool returned = false;
    int64_t act = v->act, n = v->n;
    for (; v < f->verdict + f->verdict_n && same_line(v, act, n); v++)
        if (v->field.n == 0 || str_eq(v->field, column))
            returned = v->returned;
    return returned;
}

/* --- lines --- */

/* The report of a line; NULL: of another kind. */
static const struct report *report_of(struct fold *f, int64_t act, int64_t n)
{
    while (f->report_at < f->report_n && f->report[f->report_at].act < act)
        f->report_at++;
    for (size_t i = f->report_at; i < f->report_n && f->report[i].act == act; i++)
        if (f->report[i].n == n)
            return &f->report[i];
    return NULL;
}

static void set_cell(struct fold *f, const struct slot *s, uint32_t row, Day day, Str text)
{
    const struct field *field = &f->q->as->field[s->field];
    Wide v;
    if (s->since != NULL && s->since[row] > day)
        return;
    if (!value_read(&v, f->q->as, field, text, f->out->data->labels, f->tmp)) {
        f->out->odd++;
        return;
    }
    if (s->since != NULL)
        s->since[row] = day;
    column_set(&f->out->data->column[s->column], row, v);
}

/* Of what a line says: all, or what is not among `own`. */
static void take_cells(struct fold *f, const struct later *l, const bool *own)
{
    const struct report *r = l->report;
    const struct verdict *v = l->verdict;
    Str rest = l->body, columns = r->columns;
    for (uint32_t i = 0; i < r->slot_n && rest.n > 0; i++) {
        Str text = str_cut(&rest, '\t');
        Str column = v != NULL ? str_cut(&columns, '\t') : (Str){NULL, 0};
        if (text.n == 0 || r->slot[i].column == SIZE_MAX ||
            (own != NULL && own[r->slot[i].column]) || (v != NULL && is_returned(f, v, column)))
            continue;
        set_cell(f, &r->slot[i], l->row, r->day, text);
    }
}

/* What was reported of merged subjects waits until all is known that was of the other. */
static void take_line(struct fold *f, const struct sql_line_all_row *l)
{
    const struct report *r = report_of(f, l->act, l->report);
    const struct verdict *v = verdicts_of(f, l->act, l->n);
    if (r == NULL || l->subject > f->subject_max || f->row_of[l->subject] == 0)
        return;
    struct later line = {r, v, l->body, f->row_of[l->subject] - 1};
    f->out->lines++;
    if (f->out->subject[line.row] == l->subject) {
        take_cells(f, &line, NULL);
        return;
    }
    line.body = arena_copy(f->tmp, l->body);
    VEC_PUSH(f->tmp, f->later, f->later_n, f->later_cap) = line;
}

static const bool *own_of(struct fold *f, uint32_t row)
{
    const struct dataset *d = f->out->data;
    for (size_t i = 0; i < f->own_n; i++)
        if (f->own[i].row == row)
            return f->own[i].says;
    struct own one = {row, ARENA_ARRAY(f->tmp, bool, d->column_n + 1)};
    for (size_t i = 0; i < d->column_n; i++)
        one.says[i] = column_has(&d->column[i], row);
    VEC_PUSH(f->tmp, f->own, f->own_n, f->own_cap) = one;
    return one.says;
}

/* They fill what the one they went into does not say, among themselves by the usual order. */
static void take_later(struct fold *f)
{
    for (size_t i = 0; i < f->later_n; i++)
        take_cells(f, &f->later[i], own_of(f, f->later[i].row));
}

static enum status read_lines(struct fold *f)
{
    struct db_rows rows;
    struct sql_line_all_row row;
    TRY(sql_line_all(f->conn, &(struct sql_line_all){f->q->county, f->q->until_act}, &rows));
    while (sql_line_all_next(&rows, &row))
        take_line(f, &row);
    return db_rows_end(&rows);
}

static enum status read_lines_of_one(struct fold *f)
{
    struct db_rows rows;
    struct sql_line_bodies_row row;
    TRY(sql_line_bodies(
        f->conn, &(struct sql_line_bodies){f->q->county, f->q->subject, f->q->until_act}, &rows));
    while (sql_line_bodies_next(&rows, &row))
        take_line(f, &(struct sql_line_all_row){row.act, row.n, row.report, row.subject, row.body});
    return db_rows_end(&rows);
}

/* --- all of it --- */

/* Rows whose standing does not count go; the others move up. */
static void keep_active(struct fold *f)
{
    const struct rules *k = f->q->as;
    int32_t at = k->role[SUBJECT_ROLE_STANDING];
    struct dataset *d = f->out->data;
    const struct column *c = at < 0 ? NULL : dataset_find(d, (uint32_t)at, COL_NO_PERIOD);
    if (k->active_n == 0 || c == NULL)
        return;
    uint32_t n = 0;
    for (uint32_t row = 0; row < d->row_n; row++) {
        bool counts = !column_has(c, row); /* not said: it counts */
        for (uint32_t i = 0; i < k->active_n && !counts; i++)
            counts = column_value(c, row) == k->active[i];
        if (!counts)
            continue;
        for (size_t i = 0; i < d->column_n && n != row; i++) {
            if (column_has(&d->column[i], row))
                column_set(&d->column[i], n, column_value(&d->column[i], row));
            else
                column_clear(&d->column[i], n);
        }
        d->id[n] = d->id[row];
        f->out->subject[n++] = f->out->subject[row];
    }
    for (size_t i = 0; i < d->column_n; i++)
        for (uint32_t row = n; row < d->row_n; row++)
            column_clear(&d->column[i], row);
    fill_end(d, n);
}

enum status record_facts(struct db_conn *c, struct arena *keep, struct record_facts *out,
                         const struct record_asked *q)
{
    struct fold f = {.keep = keep, .tmp = arena_open(), .conn = c, .q = q, .out = out};
    *out = (struct record_facts){0};
    enum status st = open_rows(&f);
    if (st == OK)
        st = read_reports(&f);
    if (st == OK)
        st = read_marks(&f);
    if (st == OK)
        st = q->subject != 0 ? read_lines_of_one(&f) : read_lines(&f);
    if (st == OK)
        take_later(&f);
    if (st == OK && q->active)
        keep_active(&f);
    arena_close(f.tmp);
    return st;
}
