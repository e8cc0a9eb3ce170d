/* score.c - the verb `score`: every subject of a data file, as CSV, JSON or a table. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/report.h"
#include "col/dataset.h"
#include "explain/column.h"
#include "explain/item.h"
#include "os/term.h"

enum { FLUSH_BYTES = 1 << 20, FLUSH_ROWS = 1024 };

static const char *result_word(Cell c)
{
    static const char *const word[] = {[TRUTH_UNMET] = "unmet",
                                       [TRUTH_MET] = "met",
                                       [TRUTH_UNKNOWN] = "unknown",
                                       [TRUTH_MANUAL] = "manual",
                                       [TRUTH_NA] = "na"};
    return word[c.lo];
}

/* ---- CSV ---- */

static void csv_head(struct report *r)
{
    struct cli *c = r->cli;
    const struct rules *rules = r->job->rules;
    struct buf *b = &c->out;
    csv_write_cell(b, rules->id_field.n > 0 ? rules->id_field : str_of(ZE(c, "编号", "id")), true,
                   true);
    csv_write_cell(b, rules->name_field.n > 0 ? rules->name_field : str_of(ZE(c, "名称", "name")),
                   false, true);
    csv_write_cell(b, str_of(ZE(c, "规则状态", "status")), false, true);
    for (size_t i = 0; i < r->item_n; i++) {
        const struct item *it = &rules->item[r->item[i]];
        const struct unit *u = column_unit(it);
        struct buf head;
        buf_init(&head, c->arena, 4096);
        buf_add(&head, it->name);
        if (it->type.kind == TYPE_NUM && (u != NULL || !dim_is_none(it->type.dim))) {
            buf_char(&head, '(');
            if (u != NULL)
                buf_add(&head, str_of(c->lang == LANG_EN ? u->en : u->zh));
            else
                dim_print(&head, it->type.dim, c->lang == LANG_EN);
            buf_char(&head, ')');
        }
        csv_write_cell(b, buf_str(&head), false, true);
    }
    if (r->has_person)
        csv_write_cell(b, str_of(ZE(c, "待人工", "to judge")), false, true);
    csv_write_cell(b, str_of(ZE(c, "缺数", "missing")), false, true);
    csv_write_end(b);
}

static void csv_row(struct report *r, uint32_t row, struct arena *tmp)
{
    struct cli *c = r->cli;
    const struct job *j = r->job;
    struct buf *b = &c->out, cell;
    csv_write_cell(b, j->data->id[row], true, true);
    csv_write_cell(b, j->data->name != NULL ? j->data->name[row] : S(""), false, true);
    csv_write_cell(b, str_of(item_status(j->rules->status, c->lang)), false, true);
    for (size_t i = 0; i < r->item_n; i++) {
        buf_init(&cell, tmp, 4096);
        report_cell(r, &cell, r->item[i], result_cell(j->res, r->item[i], row));
        csv_write_cell(b, buf_str(&cell), false, true);
    }
    for (int person = r->has_person; person >= 0; person--) {
        buf_init(&cell, tmp, BUF_MAX);
        report_missing(r, &cell, row, person == 1);
        csv_write_cell(b, buf_str(&cell), false, true);
    }
    csv_write_end(b);
}

/* ---- JSON ---- */

static void json_head(struct report *r, struct json *j)
{
    const struct job *job = r->job;
    const struct rules *rules = job->rules;
    char hex[65];
    sha256_hex(hex, rules->hash);
    json_kstr(j, "format", S("geci-score-1"));
    json_kstr(j, "engine", S(GECI_VERSION));
    json_key(j, S("rules"));
    json_obj(j);
    json_kstr(j, "name", rules->name);
    json_kstr(j, "version", rules->version);
    json_kstr(j, "status", str_of(item_status(rules->status, LANG_EN)));
    json_kstr(j, "file", job->doc_path);
    json_kstr(j, "sha256", str_of(hex));
    json_obj_end(j);
    json_key(j, S("data"));
    json_obj(j);
    json_kstr(j, "file", job->data_path);
    json_kstr(j, "sha256", str_of(job->data_sha256));
    json_kint(j, "rows", job->data->row_n);
    json_obj_end(j);
    json_kstr(j, "as_of", day_str(r->cli->arena, job->as_of));
    json_kint(j, "period", job->period);
}

static void json_items(struct report *r, struct json *j)
{
    json_key(j, S("items"));
    json_arr(j);
    for (size_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->job->rules->item[r->item[i]];
        const struct unit *u = column_unit(it);
        json_obj(j);
        json_kstr(j, "name", it->name);
        json_kstr(j, "kind", str_of(item_kind_name(it->kind, LANG_EN)));
        if (u != NULL)
            json_kstr(j, "unit", str_of(r->cli->lang == LANG_EN ? u->en : u->zh));
        json_kstr(j, "status", str_of(item_status(it->status, LANG_EN)));
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void json_number(struct json *j, struct arena *tmp, const char *key, const struct item *it,
                        Wide m)
{
    struct buf b;
    json_key(j, str_of(key));
    if (m == WIDE_INF || m == -WIDE_INF) {
        json_null(j);
        return;
    }
    buf_init(&b, tmp, 256);
    column_number(&b, it, m);
    json_str(j, buf_str(&b));
}

static void json_value(struct report *r, struct json *j, uint32_t item, Cell c, struct arena *tmp)
{
    const struct item *it = &r->job->rules->item[item];
    json_key(j, it->name);
    if (it->type.kind == TYPE_TRUTH) {
        json_str(j, str_of(result_word(c)));
    } else if (it->type.kind == TYPE_NUM) {
        json_obj(j);
        json_number(j, tmp, "low", it, c.lo);
        json_number(j, tmp, "high", it, c.hi);
        json_obj_end(j);
    } else if (item_is_unknown(it, c)) {
        json_null(j);
    } else {
        struct buf b;
        buf_init(&b, tmp, 4096);
        report_cell(r, &b, item, c);
        json_str(j, buf_str(&b));
    }
}

static void json_missing(struct report *r, struct json *j, uint32_t row, struct arena *tmp)
{
    const Fact *f;
    size_t n = missing_list(r->missing, r->job->res, row, r->item, r->item_n, &f);
    for (int person = 0; person < 2; person++) {
        json_key(j, person ? S("to_judge") : S("missing"));
        json_arr(j);
        for (size_t i = 0; i < n; i++) {
            struct buf b;
            if (f[i].person != (person == 1))
                continue;
            buf_init(&b, tmp, 4096);
            missing_name(&b, r->job->rules, f[i], r->job->period);
            json_str(j, buf_str(&b));
        }
        json_arr_end(j);
    }
}

static void json_row(struct report *r, struct json *j, uint32_t row, struct arena *tmp)
{
    const struct dataset *d = r->job->data;
    json_obj(j);
    json_kstr(j, "id", d->id[row]);
    if (d->name != NULL && d->name[row].n > 0)
        json_kstr(j, "name", d->name[row]);
    json_key(j, S("values"));
    json_obj(j);
    for (size_t i = 0; i < r->item_n; i++)
        json_value(r, j, r->item[i], result_cell(r->job->res, r->item[i], row), tmp);
    json_obj_end(j);
    json_missing(r, j, row, tmp);
    json_obj_end(j);
}

/* ---- rows in turn ---- */

/* Scratch is given back and the text sent on as it grows, so that a file of any length will do. */
static void write_rows(struct report *r, struct json *j)
{
    struct arena *tmp = arena_open();
    ArenaMark mark = arena_mark(tmp);
    uint32_t n = r->job->data->row_n;
    for (uint32_t row = 0; row < n; row++) {
        if (j == NULL)
            csv_row(r, row, tmp);
        else
            json_row(r, j, row, tmp);
        if (r->cli->out.n > FLUSH_BYTES)
            cli_flush(r->cli);
        if (row % FLUSH_ROWS == 0)
            arena_reset(tmp, mark);
    }
    arena_close(tmp);
}

static void write_json(struct report *r)
{
    struct json j;
    json_open(&j, &r->cli->out, false);
    json_obj(&j);
    json_head(r, &j);
    json_items(r, &j);
    json_key(&j, S("rows"));
    json_arr(&j);
    write_rows(r, &j);
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&r->cli->out, '\n');
}

static void write_table(struct report *r)
{
    struct cli *c = r->cli;
    buf_fmt(&c->out, "%.*s\n\n", STR_ARG(job_title(c, r->job)));
    report_table(r, 0, REPORT_FULL);
}

static Str chosen_format(const struct cli *c)
{
    const struct args *a = &c->args;
    if (a->given[OPT_JSON])
        return S("json");
    if (a->given[OPT_FORMAT_SCORE])
        return a->value[OPT_FORMAT_SCORE];
    return !a->given[OPT_OUTPUT] && term_is_tty(TERM_OUT) ? S("table") : S("csv");
}

int cmd_score(struct cli *c)
{
    struct job j = {.values_only = true};
    struct report r;
    int code = job_all(c, &j);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    Str format = chosen_format(c);
    report_open(&r, c, &j, c->args.given[OPT_ALL]);
    cli_progress(c, ZE(c, "写出 %u 行……", "writing %u rows ..."), j.data->row_n);
    if (str_eq(format, S("json"))) {
        write_json(&r);
    } else if (str_eq(format, S("table"))) {
        write_table(&r);
    } else {
        csv_head(&r);
        write_rows(&r, NULL);
    }
    return cli_output_close(c, true);
}
