/* snapshot.c - what holds, as a CSV of its own: the same facts, the same bytes.
 *
 * Rows by identity, columns by name and period, so that neither the order in which facts came nor
 * that of the document's table matters; figures in base units, said in the head: 研发费用(元)@2024.
 */
#include "base/csv.h"
#include "record/record_int.h"

struct place { /* of a column in the file */
    Str field;
    int period;
    size_t at;
};

static int by_place(const struct place *a, const struct place *b)
{
    int names = str_cmp(a->field, b->field);
    return names != 0 ? names : (a->period > b->period) - (a->period < b->period);
}

/* Columns without a value are none: nobody may tell from the bytes what was asked. */
static bool is_empty(const struct column *c)
{
    for (uint32_t row = 0; row < c->row_n; row++)
        if (column_has(c, row))
            return false;
    return true;
}

static struct place *order_columns(struct arena *tmp, const struct rules *kind,
                                   const struct dataset *d, size_t *n)
{
    struct place *p = ARENA_ARRAY(tmp, struct place, d->column_n + 1);
    *n = 0;
    for (size_t i = 0; i < d->column_n; i++) {
        struct place new = {kind->field[d->column[i].field].name, d->column[i].period, i};
        if (d->column[i].field == (uint32_t)kind->role[SUBJECT_ROLE_ID] || is_empty(&d->column[i]))
            continue;
        size_t at = (*n)++;
        for (; at > 0 && by_place(&new, &p[at - 1]) < 0; at--)
            p[at] = p[at - 1];
        p[at] = new;
    }
    return p;
}

/* 研发费用(元)@2024, 占比(倍): so that a bare figure is read as one in base units. */
static void print_head(struct buf *b, struct arena *tmp, const struct field *f, int period)
{
    struct buf head, dim;
    buf_init(&head, tmp, 4096);
    buf_init(&dim, tmp, 4096);
    value_base_unit(&dim, f);
    ASSERT(f->unit == NULL || unit_find(buf_str(&dim)) != NULL);
    Str name = f->unit == NULL
                   ? f->name
                   : arena_fmt(tmp, "%.*s(%.*s)", (int)f->name.n, f->name.p, (int)dim.n, dim.p);
    record_show_column(&head, name, f->period, period);
    csv_write_cell(b, buf_str(&head), false, false);
}

static void print_value(struct buf *b, struct buf *cell, const struct field *f,
                        const struct dataset *d, Wide v)
{
    cell->n = 0;
    if (f->type.kind == TYPE_NUM)
        dec_print(cell, v, f->type.scale);
    else if (f->type.kind == TYPE_TRUTH)
        buf_add(cell, v == TRUTH_MET ? S("是") : S("否"));
    else if (f->type.kind == TYPE_DAY)
        value_print(cell, f, d->labels, v);
    else
        buf_add(cell, labels_text(d->labels, (uint32_t)v));
    csv_write_cell(b, buf_str(cell), false, false);
}

static void print_all(struct buf *b, struct arena *tmp, const struct rules *kind,
                      const struct dataset *d)
{
    size_t n;
    const struct place *p = order_columns(tmp, kind, d, &n);
    struct buf cell;
    buf_init(&cell, tmp, BUF_MAX);
    csv_write_cell(b, kind->field[kind->role[SUBJECT_ROLE_ID]].name, true, false);
    for (size_t i = 0; i < n; i++)
        print_head(b, tmp, &kind->field[d->column[p[i].at].field], p[i].period);
    csv_write_end(b);
    for (uint32_t row = 0; row < d->row_n; row++) {
        csv_write_cell(b, d->id[row], true, false);
        for (size_t i = 0; i < n; i++) {
            const struct column *c = &d->column[p[i].at];
            if (column_has(c, row))
                print_value(b, &cell, &kind->field[c->field], d, column_value(c, row));
            else
                csv_write_cell(b, S(""), false, false);
        }
        csv_write_end(b);
    }
}

enum status record_snapshot_add(struct record *r, struct arena *keep, struct record_snapshot *out,
                                const struct rules *kind, Day day, int64_t until_act)
{
    struct record_facts x;
    struct buf b;
    int64_t until = until_act < r->act ? until_act : r->act;
    struct record_asked q = {.county = r->county,
                             .kind = kind->name,
                             .as = kind,
                             .day = day,
                             .until_act = until,
                             .active = true};
    TRY(record_facts(r->conn, keep, &x, &q));
    buf_init(&b, keep, CONTENT_MAX);
    print_all(&b, keep, kind, x.data);
    if (b.over)
        return ERR_LIMIT;
    out->text = buf_str(&b);
    out->subjects = x.data->row_n;
    TRY(content_put(r, &out->hash, out->text, S("text/csv")));
    return sql_snapshot_add(
        r->conn,
        &(struct sql_snapshot_add){r->county, r->act, record_next(r, RECORD_SNAPSHOT), kind->name,
                                   day, until, out->subjects, sha256_str(&out->hash)});
}
