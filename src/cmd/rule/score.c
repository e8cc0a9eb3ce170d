/* score.c - the verb `score`: every subject of a data file, as CSV, a workbook, JSON or a table. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/listing.h"
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

/* ---- CSV, workbooks, JSON Lines ---- */

enum { COLUMNS_AROUND = 5 /* beside the items */, ID_WIDTH = 21, NAME_WIDTH = 36 };

static Str head_of(const struct cli *c, const struct item *it)
{
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
    return buf_str(&head);
}

static struct out_column *columns_of(const struct report *r, uint32_t *n)
{
    const struct cli *c = r->cli;
    const struct rules *rules = r->job->rules;
    struct out_column *col = ARENA_ARRAY(c->arena, struct out_column, r->item_n + COLUMNS_AROUND);
    uint32_t at = 0;
    col[0].width = ID_WIDTH;
    col[1].width = NAME_WIDTH;
    col[at++].head = rules->id_field.n > 0 ? rules->id_field : str_of(ZE(c, "编号", "id"));
    col[at++].head = rules->name_field.n > 0 ? rules->name_field : str_of(ZE(c, "名称", "name"));
    col[at++].head = str_of(ZE(c, "规则状态", "status"));
    for (size_t i = 0; i < r->item_n; i++, at++) {
        const struct item *it = &rules->item[r->item[i]];
        col[at].head = head_of(c, it);
        col[at].kind = it->type.kind == TYPE_NUM   ? OUT_NUMBER
                       : it->type.kind == TYPE_DAY ? OUT_DAY
                                                   : OUT_TEXT;
    }
    if (r->has_person)
        col[at++].head = str_of(ZE(c, "待人工", "to judge"));
    col[at++].head = str_of(ZE(c, "缺数", "missing"));
    *n = at;
    return col;
}

static void put_row(struct report *r, struct listing *t, struct out_cell *cell, uint32_t row,
                    struct arena *tmp)
{
    const struct job *j = r->job;
    struct buf b;
    size_t at = 0;
    cell[at++].text = j->data->id[row];
    cell[at++].text = j->data->name != NULL ? j->data->name[row] : S("");
    cell[at++].text = str_of(item_status(j->rules->status, r->cli->lang));
    for (size_t i = 0; i < r->item_n; i++) {
        buf_init(&b, tmp, 4096);
        report_cell(r, &b, r->item[i], result_cell(j->res, r->item[i], row));
        cell[at++].text = buf_str(&b);
    }
    for (int person = r->has_person; person >= 0; person--) {
        buf_init(&b, tmp, BUF_MAX);
        report_missing(r, &b, row, person == 1);
        cell[at++].text = buf_str(&b);
    }
    listing_row(t, cell);
}

/* What a reader must know who has only the file. */
static void tell_facts(const struct report *r, struct listing *t)
{
    const struct cli *c = r->cli;
    const struct job *j = r->job;
    const struct rules *rules = j->rules;
    char hex[65];
    struct buf day;
    sha256_hex(hex, rules->hash);
    buf_init(&day, c->arena, 32);
    day_print(&day, j->as_of);
    listing_fact(t, ZE(c, "查询", "query"),
                 arena_fmt(c->arena, "geci score %.*s --data %.*s --period %d --as-of %.*s%s",
                           STR_ARG(j->doc_path), STR_ARG(j->data_path), j->period,
                           STR_ARG(buf_str(&day)), c->args.given[OPT_ALL] ? " --all" : ""));
    listing_fact(t, ZE(c, "规则", "rules"), rules->name);
    listing_fact(t, ZE(c, "规则版本", "version"), rules->version);
    listing_fact(t, ZE(c, "规则状态", "status"), str_of(item_status(rules->status, c->lang)));
    listing_fact(t, ZE(c, "规则哈希", "rules sha256"), arena_copy(c->arena, str_of(hex)));
    listing_fact(t, ZE(c, "数据哈希", "data sha256"), str_of(j->data_sha256));
    listing_fact(t, ZE(c, "评价日", "as of"), buf_str(&day));
    listing_fact(t, ZE(c, "评价期", "period"), arena_fmt(c->arena, "%d", j->period));
    listing_fact(t, ZE(c, "程序", "engine"), S("geci " GECI_VERSION));
}

/* Scratch is given back as rows go on, so that a file of any length will do. */
static int write_cells(struct report *r)
{
    struct listing t = {0};
    uint32_t column_n;
    const struct out_column *column = columns_of(r, &column_n);
    struct out_cell *cell = ARENA_ARRAY(r->cli->arena, struct out_cell, column_n);
    tell_facts(r, &t);
    int code = listing_open(&t, r->cli, S("结果"), column, column_n);
    if (code != 0)
        return code;
    struct arena *tmp = arena_open();
    ArenaMark mark = arena_mark(tmp);
    for (uint32_t row = 0; row < r->job->data->row_n; row++) {
        put_row(r, &t, cell, row, tmp);
        if (row % FLUSH_ROWS == 0)
            arena_reset(tmp, mark);
    }
    arena_close(tmp);
    return listing_close(&t);
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

static void json_rows(struct report *r, struct json *j)
{
    struct arena *tmp = arena_open();
    ArenaMark mark = arena_mark(tmp);
    for (uint32_t row = 0; row < r->job->data->row_n; row++) {
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
    json_rows(r, &j);
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
    return !a->given[OPT_OUTPUT] && term_is_tty(TERM_OUT) ? S("table") : S("cells");
}

int cmd_score(struct cli *c)
{
    struct job j = {.values_only = true};
    struct report r;
    Str format = chosen_format(c);
    bool is_json = str_eq(format, S("json")), is_table = str_eq(format, S("table"));
    int code = job_all(c, &j);
    if (code == 0 && (is_json || is_table))
        code = cli_output_open(c);
    if (code != 0)
        return code;
    report_open(&r, c, &j, c->args.given[OPT_ALL]);
    cli_progress(c, ZE(c, "写出 %u 行……", "writing %u rows ..."), j.data->row_n);
    if (!is_json && !is_table)
        return write_cells(&r);
    if (is_json)
        write_json(&r);
    else
        write_table(&r);
    return cli_output_close(c, true);
}
