/* import.c - a dataset, read from a file, into a report and its lines.
 *
 * Cost: a microsecond or two a line for the database, some 60 ns a cell.
 */
#include "audit/act.h"
#include "record/record_int.h"

enum { FEW_ROWS = 64, TICK_ROWS = 4096 };

struct import {
    struct record *r;
    const struct record_report *in;
    struct record_counts *out;
    struct arena *tmp;
    int64_t report;
    uint32_t id_field;
    struct labels *known; /* identities; NULL: each is asked for */
    int64_t *subject;     /* by code of `known` */
    size_t subject_n, subject_cap;
    int64_t last;        /* highest number of a subject */
    struct now_row *row; /* who each row is about */
    bool latest;         /* no earlier report holds from a later day */
    size_t *order;       /* columns of the dataset that go in, in order of field and period */
    size_t column_n;
};

/* --- subjects --- */

static enum status read_known(struct import *m)
{
    struct db_rows rows;
    struct sql_subject_of_kind_row row;
    m->known = labels_open(m->tmp);
    TRY(sql_subject_of_kind(
        m->r->conn, &(struct sql_subject_of_kind){m->r->county, m->in->kind->name, RECORD_NOW},
        &rows));
    while (sql_subject_of_kind_next(&rows, &row)) {
        (void)labels_code(m->known, row.identity);
        VEC_PUSH(m->tmp, m->subject, m->subject_n, m->subject_cap) = row.subject;
    }
    return db_rows_end(&rows);
}

static enum status add_subject(struct import *m, Str identity, int64_t *subject)
{
    *subject = ++m->last;
    m->out->subjects++;
    return sql_subject_add(m->r->conn,
                           &(struct sql_subject_add){m->r->county, m->r->act,
                                                     record_next(m->r, RECORD_SUBJECT), *subject,
                                                     m->in->kind->name, identity});
}

static enum status subject_of(struct import *m, Str identity, int64_t *subject)
{
    if (m->known == NULL) {
        enum status st =
            record_subject(m->r->conn, m->r->county, m->in->kind->name, identity, subject);
        return st == ERR_GONE ? add_subject(m, identity, subject) : st;
    }
    int64_t code = labels_find(m->known, identity);
    if (code >= 0) {
        *subject = m->subject[code];
        return OK;
    }
    TRY(add_subject(m, identity, subject));
    (void)labels_code(m->known, identity);
    VEC_PUSH(m->tmp, m->subject, m->subject_n, m->subject_cap) = *subject;
    return OK;
}

/* As the field reads it (a code in upper case), else as it stands. */
static Str identity_of(const struct import *m, uint32_t row)
{
    const struct dataset *d = m->in->data;
    const struct column *c = dataset_find(d, m->id_field, COL_NO_PERIOD);
    return c != NULL && column_has(c, row) ? labels_text(d->labels, (uint32_t)column_value(c, row))
                                           : d->id[row];
}

/* --- columns --- */

static bool goes_before(const struct column *a, const struct column *b)
{
    return a->field != b->field ? a->field < b->field : a->period < b->period;
}

static bool says_something(const struct column *c)
{
    for (uint32_t row = 0; row < c->row_n; row++)
        if (column_has(c, row))
            return true;
    return false;
}

/* The identity is the subject's already. */
static void order_columns(struct import *m)
{
    const struct dataset *d = m->in->data;
    m->order = ARENA_ARRAY(m->tmp, size_t, d->column_n + 1);
    for (size_t i = 0; i < d->column_n; i++) {
        if (d->column[i].field == m->id_field || !says_something(&d->column[i]))
            continue;
        size_t at = m->column_n++;
        for (; at > 0 && goes_before(&d->column[i], &d->column[m->order[at - 1]]); at--)
            m->order[at] = m->order[at - 1];
        m->order[at] = i;
    }
}

static enum status add_report(struct import *m)
{
    const struct record_report *in = m->in;
    struct buf b;
    buf_init(&b, m->tmp, BUF_MAX);
    for (size_t i = 0; i < m->column_n; i++) {
        const struct column *c = &in->data->column[m->order[i]];
        const struct field *f = &in->kind->field[c->field];
        buf_add(&b, i > 0 ? S("\t") : S(""));
        record_show_column(&b, f->name, f->period, c->period);
    }
    m->report = record_next(m->r, RECORD_REPORT);
    return sql_report_add(
        m->r->conn, &(struct sql_report_add){
                        m->r->county, m->r->act, m->report, in->kind->name, in->day, in->source,
                        in->reporter, sha256_str(in->evidence), sha256_str(in->file), buf_str(&b)});
}

/* --- lines --- */

/* The cells of a row; how many say something. */
static uint32_t print_row(const struct import *m, struct buf *b, uint32_t row)
{
    const struct dataset *d = m->in->data;
    uint32_t n = 0;
    size_t end = 0;
    b->n = 0;
    for (size_t i = 0; i < m->column_n; i++) {
        const struct column *c = &d->column[m->order[i]];
        if (i > 0)
            buf_char(b, '\t');
        if (!column_has(c, row))
            continue;
        value_print(b, &m->in->kind->field[c->field], d->labels, column_value(c, row));
        end = b->n;
        n++;
    }
    b->n = end; /* nothing behind the last that says something */
    return n;
}

static enum status add_line(struct import *m, struct buf *b, uint32_t row)
{
    int64_t subject;
    uint32_t n = print_row(m, b, row);
    Str identity = identity_of(m, row);
    TRY(subject_of(m, identity, &subject));
    m->row[row] = (struct now_row){subject, identity};
    if (n == 0) {
        m->out->blank++;
        return OK;
    }
    m->out->lines++;
    m->out->facts += n;
    int64_t at = m->in->line == NULL ? 0 : m->in->line[row];
    return sql_line_add(m->r->conn, &(struct sql_line_add){m->r->county, m->r->act,
                                                           record_next(m->r, RECORD_LINE),
                                                           m->report, subject, at, buf_str(b)});
}

static bool is_left_out(const struct import *m, uint32_t row)
{
    const uint64_t *skip = m->in->skip;
    return skip != NULL && (skip[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

static enum status add_lines(struct import *m)
{
    uint32_t row_n = m->in->data->row_n;
    struct buf b;
    buf_init(&b, m->tmp, BUF_MAX);
    for (uint32_t row = 0; row < row_n; row++) {
        if (row % TICK_ROWS == 0 && m->in->tick != NULL && !m->in->tick(m->in->ctx, row, row_n))
            return ERR_BUSY;
        if (!is_left_out(m, row))
            TRY(add_line(m, &b, row));
    }
    return OK;
}

/* --- all of it --- */

static bool concerns_now(const struct import *m)
{
    for (size_t i = 0; i < m->column_n; i++)
        if (now_concerns(m->in->kind, m->in->data->column[m->order[i]].field))
            return true;
    return m->out->subjects > 0;
}

static enum status refresh(struct import *m)
{
    const struct dataset *d = m->in->data;
    if (!concerns_now(m))
        return OK;
    if (d->row_n > FEW_ROWS)
        return m->latest ? now_lay_over(m->r, m->in->kind, d, m->row)
                         : now_refresh(m->r, m->in->kind, 0);
    for (uint32_t row = 0; row < d->row_n; row++)
        if (m->row[row].subject != 0)
            TRY(now_refresh(m->r, m->in->kind, m->row[row].subject));
    return OK;
}

static enum status find_latest(struct import *m)
{
    struct sql_report_last_day_row row;
    TRY(sql_report_last_day_one(
        m->r->conn, m->tmp, &(struct sql_report_last_day){m->r->county, m->in->kind->name}, &row));
    m->latest = m->in->day >= row.day;
    return OK;
}

/* Rows are sent one behind the other, where nothing has to be asked in between. */
static enum status write_lines(struct import *m)
{
    if (m->known == NULL)
        return add_lines(m);
    TRY(db_batch_begin(m->r->conn));
    enum status st = add_lines(m), ended = db_batch_end(m->r->conn);
    return st != OK ? st : ended;
}

static enum status import_all(struct import *m)
{
    struct sql_subject_last_row last;
    TRY(sql_subject_last_one(m->r->conn, m->tmp, &(struct sql_subject_last){m->r->county}, &last));
    m->last = last.subject;
    m->row = ARENA_ARRAY(m->tmp, struct now_row, m->in->data->row_n);
    TRY(find_latest(m));
    if (m->in->data->row_n > FEW_ROWS)
        TRY(read_known(m));
    order_columns(m);
    TRY(add_report(m));
    TRY(write_lines(m));
    return refresh(m);
}

enum status record_report_add(struct record *r, const struct record_report *in,
                              struct record_counts *out)
{
    *out = (struct record_counts){0};
    ASSERT(in->kind->doc_class != DOC_RULES);
    struct import m = {.r = r, .in = in, .out = out, .tmp = arena_open()};
    m.id_field = (uint32_t)in->kind->role[SUBJECT_ROLE_ID];
    enum status st = import_all(&m);
    arena_close(m.tmp);
    return st;
}

enum status record_report_of_file(struct db_conn *c, Str county, Str kind, Sha256 file,
                                  int64_t *act)
{
    struct sql_report_of_file_row row;
    struct arena *tmp = arena_open();
    enum status st = sql_report_of_file_one(
        c, tmp, &(struct sql_report_of_file){county, kind, sha256_str(&file)}, &row);
    arena_close(tmp);
    *act = st == OK ? row.act : 0;
    return st;
}

enum status record_subject(struct db_conn *c, Str county, Str kind, Str identity, int64_t *subject)
{
    struct sql_subject_get_row row;
    struct arena *tmp = arena_open();
    enum status st =
        sql_subject_get_one(c, tmp, &(struct sql_subject_get){county, kind, identity}, &row);
    arena_close(tmp);
    *subject = st == OK ? row.subject : 0;
    return st;
}

struct record record_of(const struct act *a)
{
    return (struct record){.conn = a->conn, .county = a->county, .act = a->no};
}
