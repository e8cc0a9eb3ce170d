#include "sheet/out.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/str.h"

enum { FLUSH_BYTES = 1 << 16, LINE_MAX = 1 << 30 };

struct out_table {
    struct arena *arena;
    struct out_spec spec;
    struct buf b;
    uint64_t row_n;
    struct xlsx_out *xlsx;
};

static void flush(struct out_table *o, size_t least)
{
    if (o->b.n < least)
        return;
    o->spec.put(o->spec.ctx, buf_str(&o->b));
    o->b.n = 0;
}

void out_to_buf(void *buf, Str bytes)
{
    buf_add(buf, bytes);
}

enum out_form out_form_of(Str path)
{
    if (str_ends(path, S(".xlsx")))
        return OUT_XLSX;
    return str_ends(path, S(".jsonl")) || str_ends(path, S(".ndjson")) ? OUT_JSONL : OUT_CSV;
}

static void json_facts(struct out_table *o)
{
    struct json j;
    json_open(&j, &o->b, false);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-table-1"));
    for (size_t i = 0; i < o->spec.fact_n; i++) {
        json_key(&j, o->spec.fact[i].key);
        json_str(&j, o->spec.fact[i].value);
    }
    json_key(&j, S("columns"));
    json_arr(&j);
    for (uint32_t i = 0; i < o->spec.column_n; i++)
        json_str(&j, o->spec.column[i].head);
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&o->b, '\n');
}

static void json_row(struct out_table *o, const struct out_cell *cell)
{
    struct json j;
    json_open(&j, &o->b, false);
    json_obj(&j);
    for (uint32_t i = 0; i < o->spec.column_n; i++) {
        json_key(&j, o->spec.column[i].head);
        if (cell[i].text.n == 0)
            json_null(&j);
        else
            json_str(&j, cell[i].text);
    }
    json_obj_end(&j);
    buf_char(&o->b, '\n');
}

static void csv_row(struct out_table *o, const struct out_cell *cell)
{
    for (uint32_t i = 0; i < o->spec.column_n; i++)
        csv_write_cell(&o->b, cell[i].text, i == 0, true);
    csv_write_end(&o->b);
}

static void csv_fact(struct out_table *o, Str key, Str value)
{
    Str line = arena_fmt(o->arena, "说明：%.*s：%.*s", (int)key.n, key.p, (int)value.n, value.p);
    csv_write_cell(&o->b, line, true, true);
    csv_write_end(&o->b);
}

enum status out_table_open(struct arena *keep, struct out_table **out, const struct out_spec *spec)
{
    struct out_table *o = ARENA_NEW(keep, struct out_table);
    o->arena = keep;
    o->spec = *spec;
    *out = o;
    buf_init(&o->b, keep, LINE_MAX);
    if (spec->column_n > SHEET_COLUMNS)
        return ERR_LIMIT;
    if (spec->form == OUT_XLSX)
        return xlsx_out_open(keep, &o->xlsx, spec);
    if (spec->form == OUT_JSONL) {
        json_facts(o);
        return OK;
    }
    if (spec->form == OUT_CSV) /* without it Excel takes UTF-8 for something else */
        buf_add(&o->b, S("\xEF\xBB\xBF"));
    for (uint32_t i = 0; i < spec->column_n; i++)
        csv_write_cell(&o->b, spec->column[i].head, i == 0, true);
    csv_write_end(&o->b);
    return OK;
}

enum status out_table_row(struct out_table *o, const struct out_cell *cell)
{
    o->row_n++;
    if (o->spec.form == OUT_XLSX)
        return xlsx_out_row(o->xlsx, cell);
    if (o->spec.form == OUT_JSONL)
        json_row(o, cell);
    else
        csv_row(o, cell);
    if (o->b.over)
        return ERR_LIMIT;
    flush(o, FLUSH_BYTES);
    return OK;
}

enum status out_table_close(struct out_table *o)
{
    if (o->spec.form == OUT_XLSX)
        return xlsx_out_close(o->xlsx, o->row_n);
    Str rows = arena_fmt(o->arena, "%llu", (unsigned long long)o->row_n);
    if (o->spec.form == OUT_JSONL)
        buf_fmt(&o->b, "{\"rows\":%.*s}\n", (int)rows.n, rows.p);
    for (size_t i = 0; o->spec.form == OUT_CSV && i < o->spec.fact_n; i++)
        csv_fact(o, o->spec.fact[i].key, o->spec.fact[i].value);
    if (o->spec.form == OUT_CSV && o->spec.fact_n > 0)
        csv_fact(o, S("行数"), rows);
    flush(o, 1);
    return o->b.over ? ERR_LIMIT : OK;
}
