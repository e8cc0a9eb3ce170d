/* history.c - every fact that was ever reported of a subject, and what became of it. */
#include "record/record_int.h"

struct history {
    struct arena *keep;
    Str county, field;
    int64_t subject;
    struct record_entries *out;
};

static void add_cells(struct history *h, const struct sql_line_of_subject_row *l)
{
    Str columns = arena_copy(h->keep, l->columns), body = arena_copy(h->keep, l->body), rest;
    struct record_entry e = {.act = l->act,
                             .n = l->n,
                             .at = l->at,
                             .at_us = l->at_us,
                             .day = (Day)l->day,
                             .actor = arena_copy(h->keep, l->actor),
                             .source = arena_copy(h->keep, l->source),
                             .reporter = arena_copy(h->keep, l->reporter),
                             .file = arena_copy(h->keep, l->file),
                             .evidence = arena_copy(h->keep, l->evidence),
                             .twin = l->subject != h->subject};
    while (body.n > 0 && columns.n > 0) {
        Str value = str_cut(&body, '\t'), name;
        int period;
        e.column = str_cut(&columns, '\t');
        rest = e.column;
        (void)columns_next(&rest, &name, &period);
        e.field = name;
        if (value.n == 0 || (h->field.n > 0 && !str_eq(h->field, name)))
            continue;
        e.value = value_text(h->keep, value);
        VEC_PUSH(h->keep, h->out->at, h->out->n, h->out->cap) = e;
    }
}

static enum status read_lines(struct history *h, struct db_conn *c)
{
    struct db_rows rows;
    struct sql_line_of_subject_row row;
    TRY(sql_line_of_subject(c, &(struct sql_line_of_subject){h->county, h->subject, RECORD_NOW},
                            &rows));
    while (sql_line_of_subject_next(&rows, &row))
        add_cells(h, &row);
    return db_rows_end(&rows);
}

/* A verdict about the line is one about each of its cells; later ones win. */
static void take_mark(struct history *h, const struct sql_mark_of_subject_row *m)
{
    for (size_t i = 0; i < h->out->n; i++) {
        struct record_entry *e = &h->out->at[i];
        if (e->act != m->of_act || e->n != m->of_n ||
            (m->field.n > 0 && !str_eq(m->field, e->column)))
            continue;
        e->verdict = m->verdict == RECORD_RETURNED ? RECORD_RETURNED : RECORD_VERIFIED;
        e->why = arena_copy(h->keep, m->why);
        e->judge = arena_copy(h->keep, m->actor);
    }
}

static enum status read_marks(struct history *h, struct db_conn *c)
{
    struct db_rows rows;
    struct sql_mark_of_subject_row row;
    TRY(sql_mark_of_subject(c, &(struct sql_mark_of_subject){h->county, h->subject, RECORD_NOW},
                            &rows));
    while (sql_mark_of_subject_next(&rows, &row))
        take_mark(h, &row);
    return db_rows_end(&rows);
}

/* Its own before those of one that went into it. */
static bool is_better(const struct record_entry *e, const struct record_entry *best, bool dated)
{
    if (best == NULL || e->twin != best->twin)
        return best == NULL || best->twin;
    return !dated || e->day >= best->day;
}

/* The last of its column that was not returned: by day, then by act; the entries come by act, and
 * those of columns with a period all hold from no day. */
static void find_holding(struct history *h)
{
    for (size_t i = 0; i < h->out->n; i++) {
        struct record_entry *best = NULL;
        bool first = true;
        for (size_t k = 0; k < i && first; k++)
            first = !str_eq(h->out->at[k].column, h->out->at[i].column);
        bool dated = str_find(h->out->at[i].column, S("@")) == h->out->at[i].column.n;
        for (size_t k = i; k < h->out->n && first; k++) {
            struct record_entry *e = &h->out->at[k];
            if (e->verdict == RECORD_RETURNED || !str_eq(e->column, h->out->at[i].column))
                continue;
            if (is_better(e, best, dated))
                best = e;
        }
        if (best != NULL)
            best->holds = true;
    }
}

void record_show_entry(struct buf *b, struct arena *tmp, const struct rules *kind,
                       const struct record_entry *e)
{
    int32_t at = rule_find_field(kind, e->field);
    struct labels *labels = labels_open(tmp);
    Wide v;
    for (uint32_t i = 0; i < kind->label_n; i++)
        (void)labels_code(labels, kind->label[i]); /* options are by number */
    if (at < 0 || !value_read(&v, kind, &kind->field[at], e->value, labels, tmp)) {
        buf_add(b, e->value);
        return;
    }
    record_show_value(b, &kind->field[at], labels, v);
    record_show_unit(b, &kind->field[at]);
}

enum status record_history(struct db_conn *c, struct arena *keep, struct record_entries *out,
                           Str county, int64_t subject, Str field)
{
    struct history h = {
        .keep = keep, .county = county, .field = field, .subject = subject, .out = out};
    *out = (struct record_entries){0};
    TRY(read_lines(&h, c));
    TRY(read_marks(&h, c));
    find_holding(&h);
    return OK;
}
