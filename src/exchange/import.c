/* import.c - rows read, and rows written. */
#include "exchange/import.h"

#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/gcol.h"
#include "record/record.h"
#include "sql.h"

bool import_is_bad(const struct import *m, uint32_t row)
{
    return (m->rows.bad[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

uint32_t import_row_at(const struct import *m, uint32_t line)
{
    uint32_t lo = 0, hi = m->data->row_n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (m->rows.line[mid] < line)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

enum status import_load(struct import *m, struct diags *ds)
{
    struct load_opts o = {.period = m->period, .as_of_year = day_year(m->day), .rows = &m->rows};
    m->rows.lang = m->lang;
    enum status st = load_csv(m->keep, &m->data, &m->period, m->kind, m->src->text, &o, ds);
    for (uint32_t i = 0; m->data != NULL && i < m->data->row_n; i++)
        m->bad_n += import_is_bad(m, i);
    return st;
}

bool import_only_rows(const struct import *m, enum status st, const struct diags *ds)
{
    return st == ERR_INPUT && m->bad_n > 0 && ds->error_n <= ds->n;
}

bool import_none_good(const struct import *m)
{
    return m->bad_n > 0 && m->bad_n == m->data->row_n;
}

/* --- into the store --- */

static Str media_of(Str bytes)
{
    return sheet_is_packed(bytes) ? S("application/vnd.ms-excel")
           : gcol_is(bytes)       ? S("application/octet-stream")
                                  : S("text/csv");
}

enum status import_write(const struct import *m, struct act *act, const struct import_file *f,
                         struct record_counts *n)
{
    struct record r = record_of(act);
    struct record_report in = {.kind = m->kind,
                               .data = m->data,
                               .line = m->rows.line,
                               .skip = m->rows.bad,
                               .day = m->day,
                               .source = f->source,
                               .reporter = f->reporter,
                               .file = &f->hash,
                               .tick = f->tick,
                               .ctx = f->ctx};
    TRY(content_put_as(&r, f->hash, f->bytes, media_of(f->bytes)));
    if (f->evidence.p != NULL) {
        in.evidence = &f->evidence_hash;
        TRY(content_put_as(&r, f->evidence_hash, f->evidence, S("application/octet-stream")));
    }
    return record_report_add(&r, &in, n);
}

/* How the body of an act says that only rows of a locality were taken. */
static Str locality_words(struct arena *tmp, Str locality)
{
    struct buf b;
    struct json j;
    buf_init(&b, tmp, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "locality", locality);
    json_obj_end(&j);
    return str_sub(buf_str(&b), 1, b.n - 1);
}

static bool says(Str body, Str words)
{
    return str_find(body, words) < body.n;
}

enum status import_known(struct db_conn *c, Str county, Str kind, const Sha256 *file, Str locality,
                         int64_t *act)
{
    struct db_rows rows;
    struct sql_report_of_file_row row;
    struct arena *tmp = arena_open();
    *act = 0;
    enum status st =
        sql_report_of_file(c, &(struct sql_report_of_file){county, kind, sha256_str(file)}, &rows);
    while (st == OK && sql_report_of_file_next(&rows, &row)) {
        bool all = !says(row.body, S("\"locality\":"));
        bool own = locality.p != NULL && says(row.body, locality_words(tmp, locality));
        if (*act == 0 && (all || own))
            *act = row.act;
    }
    if (st == OK)
        st = db_rows_end(&rows);
    arena_close(tmp);
    return st != OK ? st : *act == 0 ? ERR_GONE : OK;
}

void import_words(struct json *j, const struct import *m, const struct import_file *f,
                  const struct record_counts *n)
{
    char hex[65];
    sha256_hex(hex, f->hash);
    json_kstr(j, "file", str_of(hex));
    json_kstr(j, "name", f->name);
    if (f->evidence.p != NULL) {
        sha256_hex(hex, f->evidence_hash);
        json_kstr(j, "evidence", str_of(hex));
    }
    if (m->locality.p != NULL)
        json_kstr(j, "locality", m->locality);
    json_kint(j, "lines", n->lines);
    json_kint(j, "facts", (int64_t)n->facts);
    json_kint(j, "subjects", n->subjects);
    json_kint(j, "refused", m->bad_n);
}
