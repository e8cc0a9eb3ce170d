/* failed.c - what is wrong with rows, cell by cell; and the rows themselves, to be mended. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/str.h"
#include "col/dataset.h"
#include "exchange/import.h"
#include "rule/model.h"

/* --- messages --- */

/* What the check of cells does not know: refused as a whole, or bad for the loader alone. */
static struct problem whole_row(const struct import *m, size_t *refusal, uint32_t row, uint32_t at,
                                enum lang lang)
{
    const struct import_refusal *r = m->refusal;
    struct problem p = {.row = at, .what = m->rows.why[row]};
    p.column = m->src->map.id_at == UINT32_MAX ? 0 : m->src->map.id_at;
    while (*refusal < m->refusal_n && r[*refusal].row < row)
        ++*refusal;
    if (*refusal < m->refusal_n && r[*refusal].row == row) {
        struct buf what, fix;
        buf_init(&what, m->keep, BUF_MAX);
        buf_init(&fix, m->keep, BUF_MAX);
        diag_text(&what, &r[*refusal].why, lang);
        diag_fix(&fix, &r[*refusal].why, lang);
        p.what = buf_str(&what);
        p.fix = buf_str(&fix);
    }
    return p;
}

void import_check(const struct import *m, struct checked *out, enum lang lang)
{
    const struct found *t = &m->src->found;
    struct checked k;
    size_t at = 0, refusal = 0;
    check_rows(m->keep, &k, m->kind, t, &m->src->map, lang);
    *out = (struct checked){.bad = k.bad, .bad_n = k.bad_n, .dropped = k.dropped};
    for (uint32_t i = 0; i < t->row_n; i++) {
        for (; at < k.n && k.problem[at].row == i; at++)
            VEC_PUSH(m->keep, out->problem, out->n, out->cap) = k.problem[at];
        uint32_t row = m->data == NULL ? 0 : import_row_at(m, t->row[i].number);
        if (k.bad[i] || m->data == NULL || row == m->data->row_n ||
            m->rows.line[row] != t->row[i].number || !import_is_bad(m, row))
            continue;
        out->bad[i] = true;
        out->bad_n++;
        VEC_PUSH(m->keep, out->problem, out->n, out->cap) = whole_row(m, &refusal, row, i, lang);
    }
    out->good_n = t->row_n - out->bad_n;
}

/* --- the rows --- */

/* A row of the file with a reason behind it. */
static enum status put_row(struct out_table *t, struct arena *tmp, const struct csv *in, Str why)
{
    struct out_cell *cell = ARENA_ARRAY(tmp, struct out_cell, in->cell_n + 1);
    for (size_t i = 0; i < in->cell_n; i++)
        cell[i].text = in->cell[i].text;
    cell[in->cell_n].text = why;
    return out_table_row(t, cell);
}

static enum status put_rows(const struct import *m, struct out_table *t, struct csv *in,
                            size_t head_n)
{
    enum status st = OK;
    while (st == OK && csv_next(in, NULL) == OK && in->cell_n > 0) {
        uint32_t row = import_row_at(m, in->line);
        if (in->cell_n == head_n && row < m->data->row_n && m->rows.line[row] == in->line &&
            import_is_bad(m, row))
            st = put_row(t, m->keep, in, m->rows.why[row]);
    }
    return st;
}

static enum status failed_lines(const struct import *m, struct out_spec *spec)
{
    struct csv in;
    struct out_table *t;
    csv_open(&in, m->keep, m->src->text);
    TRY(csv_next(&in, NULL));
    size_t head_n = in.cell_n;
    struct out_column *column = ARENA_ARRAY(m->keep, struct out_column, head_n + 1);
    for (size_t i = 0; i < head_n; i++)
        column[i].head = in.cell[i].text;
    column[head_n].head = m->lang == LANG_ZH ? S("原因") : S("reason");
    spec->column = column;
    spec->column_n = (uint32_t)head_n + 1;
    TRY(out_table_open(m->keep, &t, spec));
    enum status st = put_rows(m, t, &in, head_n), closed = out_table_close(t);
    return st != OK ? st : closed;
}

enum status import_failed(const struct import *m, enum out_form form,
                          void (*put)(void *ctx, Str bytes), void *ctx)
{
    struct checked k;
    char hex[65];
    sha256_hex(hex, m->kind->hash);
    struct out_fact fact[] = {{S("规则文档"), m->kind->name}, {S("规则文档 SHA-256"), str_of(hex)}};
    struct out_spec spec = {.form = form, .sheet = S("退回"), .put = put, .ctx = ctx};
    if (!m->src->table || form != OUT_XLSX)
        return failed_lines(m, &spec);
    spec.fact = fact;
    spec.fact_n = ARRAY_N(fact);
    import_check(m, &k, m->lang);
    return check_failed(m->keep, m->kind, &m->src->found, &m->src->map, &k, &spec);
}
