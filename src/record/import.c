/* import.c - a dataset, read from a file, into a report and its lines.
 *
 * New subjects are written in order of identity and lines in order of subject, whatever the order
 * of the file (a line knows its place there): so every index grows at its end.
 * Cost: a microsecond or two a line for the database, some 60 ns a cell.
 */
#include "audit/act.h"
#include "base/order.h"
#include "record/record_int.h"

enum { FEW_ROWS = 64, TICK_ROWS = 4096, SUBJECT_NEW = -1 };

struct import {
    struct record *r;
    const struct record_report *in;
    struct record_counts *out;
    struct arena *tmp;
    int64_t report;
    uint32_t id_field;
    struct labels *text; /* of the dataset, and what rows call their subjects */
    uint32_t *code;      /* what each row calls its subject */
    int64_t *subject;    /* of each code; 0: none known */
    struct now_row *row; /* who each row is about */
    uint32_t *by;  /* rows in order of subject, as they stand in the file where it is the same */
    bool latest;   /* no earlier report holds from a later day */
    size_t *order; /* columns of the dataset that go in, in order of field and period */
    size_t column_n;
};

static bool is_left_out(const struct import *m, uint32_t row)
{
    const uint64_t *skip = m->in->skip;
    return skip != NULL && (skip[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

/* --- subjects --- */

/* As the field reads it (a code in upper case), else as it stands. */
static uint32_t identity_of(const struct import *m, const struct column *id, uint32_t row)
{
    return id != NULL && column_has(id, row) ? (uint32_t)column_value(id, row)
                                             : labels_code(m->text, m->in->data->id[row]);
}

/* What each row calls its subject, as a code. */
static void read_names(struct import *m)
{
    const struct dataset *d = m->in->data;
    const struct column *id = dataset_find(d, m->id_field, COL_NO_PERIOD);
    m->text = labels_copy(m->tmp, d->labels);
    m->code = ARENA_ARRAY(m->tmp, uint32_t, d->row_n);
    for (uint32_t row = 0; row < d->row_n; row++)
        if (!is_left_out(m, row))
            m->code[row] = identity_of(m, id, row);
    m->subject = ARENA_ARRAY(m->tmp, int64_t, labels_n(m->text));
}

static enum status read_known(struct import *m)
{
    struct db_rows rows;
    struct sql_subject_known_row row;
    TRY(sql_subject_known(m->r->conn, &(struct sql_subject_known){m->r->county, m->in->kind->name},
                          &rows));
    while (sql_subject_known_next(&rows, &row)) {
        int64_t code = labels_find(m->text, row.identity);
        if (code >= 0)
            m->subject[code] = row.subject;
    }
    return db_rows_end(&rows);
}

/* Those that rows are about: all are read, or each is asked for where rows are few. */
static enum status find_subjects(struct import *m)
{
    uint32_t row_n = m->in->data->row_n;
    if (row_n > FEW_ROWS)
        return read_known(m);
    for (uint32_t row = 0; row < row_n; row++) {
        if (is_left_out(m, row))
            continue;
        enum status st =
            subject_named(m->r->conn, m->r->county, m->in->kind->name,
                          labels_text(m->text, m->code[row]), &m->subject[m->code[row]]);
        if (st != OK && st != ERR_GONE)
            return st;
    }
    return OK;
}

/* Subjects that are new, with the eight bytes behind what all their names begin with: codes of one
 * county begin alike, and most comparisons end with these. */
struct new_subjects {
    uint32_t n;
    uint32_t *code;
    Str *name;
    uint64_t *key;
};

static bool is_named_later(const void *ctx, uint32_t a, uint32_t b)
{
    const struct new_subjects *s = ctx;
    return s->key[a] != s->key[b] ? s->key[a] > s->key[b] : str_cmp(s->name[a], s->name[b]) > 0;
}

static uint64_t key_of(Str name, size_t from)
{
    uint64_t key = 0;
    for (size_t i = from; i < from + sizeof key; i++)
        key = key << 8 | (i < name.n ? (unsigned char)name.p[i] : 0);
    return key;
}

static void set_keys(struct new_subjects *s)
{
    size_t same = s->n > 0 ? s->name[0].n : 0;
    for (uint32_t i = 1; i < s->n; i++)
        while (!str_starts(s->name[i], str_sub(s->name[0], 0, same)))
            same--;
    for (uint32_t i = 0; i < s->n; i++)
        s->key[i] = key_of(s->name[i], same);
}

static void find_new(struct import *m, struct new_subjects *s)
{
    uint32_t row_n = m->in->data->row_n;
    s->code = ARENA_ARRAY(m->tmp, uint32_t, row_n);
    s->name = ARENA_ARRAY(m->tmp, Str, row_n);
    s->key = ARENA_ARRAY(m->tmp, uint64_t, row_n);
    for (uint32_t row = 0; row < row_n; row++) {
        uint32_t code = m->code[row];
        if (is_left_out(m, row) || m->subject[code] != 0)
            continue;
        m->subject[code] = SUBJECT_NEW;
        s->name[s->n] = labels_text(m->text, code);
        s->code[s->n++] = code;
    }
    set_keys(s);
}

/* In order of identity, which is the order of an index: three times as fast as in any other. */
static enum status add_subjects(struct import *m, int64_t last)
{
    struct new_subjects s = {0};
    find_new(m, &s);
    const uint32_t *by = order_rows(m->tmp, s.n, is_named_later, &s);
    for (uint32_t i = 0; i < s.n; i++) {
        m->subject[s.code[by[i]]] = ++last;
        m->out->subjects++;
        TRY(sql_subject_add(m->r->conn,
                            &(struct sql_subject_add){m->r->county, m->r->act,
                                                      record_next(m->r, RECORD_SUBJECT), last,
                                                      m->in->kind->name, s.name[by[i]]}));
    }
    return OK;
}

static enum status name_rows(struct import *m)
{
    struct sql_subject_last_row last;
    uint32_t row_n = m->in->data->row_n;
    m->row = ARENA_ARRAY(m->tmp, struct now_row, row_n);
    TRY(sql_subject_last_one(m->r->conn, m->tmp, &(struct sql_subject_last){m->r->county}, &last));
    read_names(m);
    TRY(find_subjects(m));
    TRY(db_batch_begin(m->r->conn));
    enum status st = add_subjects(m, last.subject), ended = db_batch_end(m->r->conn);
    for (uint32_t row = 0; row < row_n; row++)
        if (!is_left_out(m, row))
            m->row[row] =
                (struct now_row){m->subject[m->code[row]], labels_text(m->text, m->code[row])};
    m->by = now_order(m->tmp, m->row, row_n);
    return st != OK ? st : ended;
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
    uint32_t n = print_row(m, b, row);
    if (n == 0) {
        m->out->blank++;
        return OK;
    }
    m->out->lines++;
    m->out->facts += n;
    int64_t at = m->in->line == NULL ? 0 : m->in->line[row];
    return sql_line_add(
        m->r->conn, &(struct sql_line_add){m->r->county, m->r->act, record_next(m->r, RECORD_LINE),
                                           m->report, m->row[row].subject, at, buf_str(b)});
}

static enum status add_lines(struct import *m)
{
    uint32_t row_n = m->in->data->row_n;
    struct buf b;
    buf_init(&b, m->tmp, BUF_MAX);
    for (uint32_t i = 0; i < row_n; i++) {
        if (i % TICK_ROWS == 0 && m->in->tick != NULL && !m->in->tick(m->in->ctx, i, row_n))
            return ERR_BUSY;
        if (!is_left_out(m, m->by[i]))
            TRY(add_line(m, &b, m->by[i]));
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
        return m->latest ? now_lay_over(m->r, m->in->kind, d, m->row, m->by)
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
    struct record_twin *twin;
    size_t twin_n;
    TRY(record_twins(m->r->conn, m->tmp, &twin, &twin_n, m->r->county, m->in->kind->name));
    m->latest = m->in->day >= row.day && twin_n == 0; /* what is said of twins may not hold */
    return OK;
}

static enum status write_lines(struct import *m)
{
    TRY(db_batch_begin(m->r->conn));
    enum status st = add_lines(m), ended = db_batch_end(m->r->conn);
    return st != OK ? st : ended;
}

static enum status import_all(struct import *m)
{
    TRY(find_latest(m));
    TRY(name_rows(m));
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

enum status subject_named(struct db_conn *c, Str county, Str kind, Str identity, int64_t *subject)
{
    struct sql_subject_get_row row;
    struct arena *tmp = arena_open();
    enum status st =
        sql_subject_get_one(c, tmp, &(struct sql_subject_get){county, kind, identity}, &row);
    arena_close(tmp);
    *subject = st == OK ? row.subject : 0;
    return st;
}

enum status record_subject(struct db_conn *c, Str county, Str kind, Str identity, int64_t *subject)
{
    TRY(subject_named(c, county, kind, identity, subject));
    return twin_follow(c, county, subject);
}

enum status record_subject_identity(struct db_conn *c, struct arena *keep, Str county,
                                    int64_t subject, Str *identity)
{
    struct sql_subject_kind_row row;
    TRY(sql_subject_kind_one(c, keep, &(struct sql_subject_kind){county, subject}, &row));
    *identity = row.identity;
    return OK;
}

struct record record_of(const struct act *a)
{
    return (struct record){.conn = a->conn, .county = a->county, .act = a->no};
}
