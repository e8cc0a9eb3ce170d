/* import.c - the verb `import`: a table of people's making into facts of a store.
 *
 * All or nothing; with --good-rows those rows that have no error. The file is kept with the facts,
 * so that it is known again when it comes a second time, and every fact leads back to its line.
 */
#include "base/arena.h"
#include "base/csv.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/book.h"
#include "cmd/job.h"
#include "cmd/store/store.h"
#include "col/dataset.h"
#include "eval/eval.h"
#include "load/gcol.h"
#include "load/load.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/out.h"
#include "record/record.h"
#include "sheet/out.h"

enum { SHOWN_ROWS = 5 };

struct import {
    struct cli *c;
    struct store s;
    Str path, bytes, text, kind_name;
    Str evidence; /* bytes of --evidence */
    Sha256 file, evidence_hash;
    struct rules *kind;
    struct dataset *data;
    struct load_rows rows;
    uint32_t bad_n;
    Day day;
    int period;
};

/* --- what is asked --- */

static int read_options(struct import *m)
{
    struct job j = {.rules = m->kind};
    int code = job_when(m->c, &j);
    m->day = j.as_of;
    m->period = j.period;
    m->rows.lang = m->c->lang;
    return code;
}

static int read_bytes(struct cli *c, Str *bytes, Sha256 *hash, Str path)
{
    int err = 0;
    enum status st = file_read(c->arena, bytes, path, CONTENT_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    *hash = sha256_of(*bytes);
    return 0;
}

static int read_files(struct import *m)
{
    struct cli *c = m->c;
    m->kind_name = c->args.operand[0];
    m->path = c->args.operand[1];
    int code = read_bytes(c, &m->bytes, &m->file, m->path);
    if (code == 0 && c->args.given[OPT_EVIDENCE_FILE])
        code = read_bytes(c, &m->evidence, &m->evidence_hash, c->args.value[OPT_EVIDENCE_FILE]);
    return code;
}

/* The kind in force; not 0 when the file was imported before. */
static int read_kind(struct import *m, bool *known)
{
    struct cli *c = m->c;
    int64_t act = 0;
    *known = false;
    enum status st = db_begin(m->s.conn);
    if (st == OK)
        st = record_kind_get(m->s.conn, c->arena, &m->kind, m->s.county, m->kind_name, RECORD_NOW);
    if (st == ERR_GONE)
        return cli_fail(c, st,
                        ZE(c, "库里没有种类“%.*s”；先用 geci kind set 登记它的文档",
                           "the store has no kind “%.*s”; enter its document with geci kind set"),
                        STR_ARG(m->kind_name));
    if (st == OK)
        st = record_report_of_file(m->s.conn, m->s.county, m->kind_name, m->file, &act);
    db_rollback(m->s.conn);
    if (st != OK && st != ERR_GONE)
        return store_fail(c, &m->s, st);
    *known = act != 0;
    if (*known && !c->quiet)
        buf_fmt(&c->out,
                ZE(c, "这个文件已经导入过（第 %lld 号行为），没有再写\n",
                   "this file was imported before (act %lld); nothing was written\n"),
                (long long)act);
    return 0;
}

/* --- the rows --- */

static bool is_bad(const struct import *m, uint32_t row)
{
    return (m->rows.bad[row / WORD_ROWS] >> row % WORD_ROWS & 1) != 0;
}

static int load_rows(struct import *m)
{
    struct cli *c = m->c;
    struct diags ds;
    struct load_opts o = {.period = m->period, .as_of_year = day_year(m->day), .rows = &m->rows};
    diags_init(&ds, c->arena);
    cli_progress(c, ZE(c, "读 %.*s（%zu 字节）……", "reading %.*s (%zu bytes) ..."),
                 STR_ARG(m->path), m->bytes.n);
    Str bytes = m->bytes;
    int code = book_unpack(c, &bytes, m->path);
    if (code != 0)
        return code;
    enum status st = sheet_is_packed(bytes) ? OK : csv_decode(c->arena, &m->text, bytes, NULL, &ds);
    code = st == OK ? book_data(c, &m->text, m->kind, m->path, bytes) : 0;
    if (code != 0)
        return code;
    if (st == OK)
        st = load_csv(c->arena, &m->data, &m->period, m->kind, m->text, &o, &ds);
    for (uint32_t i = 0; m->data != NULL && i < m->data->row_n; i++)
        m->bad_n += is_bad(m, i);
    cli_diags(c, &ds, m->path, m->data != NULL ? m->text : m->bytes);
    if (st == OK)
        return 0;
    bool only_rows = st == ERR_INPUT && m->bad_n > 0 && ds.error_n <= ds.n;
    if (only_rows && c->args.given[OPT_GOOD_ROWS])
        return 0;
    if (m->bad_n == 0)
        return cli_fail(c, st,
                        ZE(c, "“%.*s”读不进来，见上面的提示。什么也没有写。",
                           "“%.*s” cannot be used; see above. Nothing was written."),
                        STR_ARG(m->path));
    return cli_fail(c, st,
                    ZE(c,
                       "“%.*s”有 %u 行读不懂，见上面的提示，什么也没有写。改好再导入；或加 "
                       "--good-rows 先收好的行，--failed 把坏的行另存一份。",
                       "“%.*s” has %u rows that cannot be read; see above. Nothing was written. "
                       "Mend them, or give --good-rows to take the others, --failed to set these "
                       "apart."),
                    STR_ARG(m->path), m->bad_n);
}

static void put_bytes(void *ctx, Str bytes)
{
    buf_add(ctx, bytes);
}

/* A row of the file with a reason behind it. */
static enum status put_failed(struct out_table *t, struct arena *tmp, const struct csv *in, Str why)
{
    struct out_cell *cell = ARENA_ARRAY(tmp, struct out_cell, in->cell_n + 1);
    for (size_t i = 0; i < in->cell_n; i++)
        cell[i].text = in->cell[i].text;
    cell[in->cell_n].text = why;
    return out_table_row(t, cell);
}

static enum status print_failed(struct import *m, struct buf *b)
{
    struct arena *a = m->c->arena;
    struct csv in;
    struct out_table *t;
    uint32_t row = 0;
    csv_open(&in, a, m->text);
    TRY(csv_next(&in, NULL));
    size_t head_n = in.cell_n;
    struct out_column *column = ARENA_ARRAY(a, struct out_column, head_n + 1);
    for (size_t i = 0; i < head_n; i++)
        column[i].head = in.cell[i].text;
    column[head_n].head = str_of(ZE(m->c, "原因", "reason"));
    struct out_spec spec = {.form = out_form_of(m->c->args.value[OPT_FAILED]),
                            .sheet = S("退回"),
                            .column = column,
                            .column_n = (uint32_t)head_n + 1,
                            .put = put_bytes,
                            .ctx = b};
    TRY(out_table_open(a, &t, &spec));
    enum status st = OK;
    while (st == OK && csv_next(&in, NULL) == OK && in.cell_n > 0) {
        while (row < m->data->row_n && m->rows.line[row] < in.line)
            row++;
        if (in.cell_n == head_n && row < m->data->row_n && m->rows.line[row] == in.line &&
            is_bad(m, row))
            st = put_failed(t, a, &in, m->rows.why[row]);
    }
    enum status closed = out_table_close(t);
    return st != OK ? st : closed;
}

/* The rows that were refused as they came, and why. */
static int write_failed(struct import *m)
{
    struct cli *c = m->c;
    struct buf b;
    int err = 0;
    if (!c->args.given[OPT_FAILED] || m->data == NULL || m->bad_n == 0)
        return 0;
    buf_init(&b, c->arena, BUF_MAX);
    enum status st = print_failed(m, &b);
    if (st != OK)
        return cli_fail(
            c, st,
            ZE(c, "退回的行写不成文件：有一格太长，或内存不够。",
               "the refused rows cannot be written: a cell is too long, or no memory."));
    st = out_file(c->args.value[OPT_FAILED], buf_str(&b), &err);
    return st == OK ? 0 : cli_fail_file(c, st, c->args.value[OPT_FAILED], err, true);
}

/* --- what the kind says must hold of a row --- */

static void tell_gate(struct import *m, const struct result *res, uint32_t item)
{
    struct cli *c = m->c;
    struct buf who;
    uint32_t n = 0;
    buf_init(&who, c->arena, 4096);
    for (uint32_t row = 0; row < res->row_n; row++) {
        if (result_cell(res, item, row).lo != TRUTH_UNMET)
            continue;
        if (n++ < SHOWN_ROWS)
            buf_fmt(&who, ZE(c, "%s第 %u 行 %.*s", "%sline %u %.*s"),
                    n > 1 ? ZE(c, "、", ", ") : "", m->rows.line[row], STR_ARG(m->data->id[row]));
    }
    if (n > 0)
        cli_warn(c,
                 ZE(c, "“%.*s”不符 %u 行，照样收下，请核实：%.*s%s",
                    "“%.*s” fails in %u rows, taken all the same, to be looked into: %.*s%s"),
                 STR_ARG(m->kind->item[item].name), n, STR_ARG(buf_str(&who)),
                 n > SHOWN_ROWS ? "……" : "");
}

/* Only told of: a figure that looks odd may be right. */
static void check_gates(struct import *m)
{
    struct diags ds;
    struct plan *plan;
    struct result *res;
    if (m->kind->item_n == 0 || m->c->quiet)
        return;
    diags_init(&ds, m->c->arena);
    struct eval_opts o = {.as_of = m->day, .period = m->period, .values_only = true};
    if (plan_build(m->c->arena, &plan, m->kind, m->day, m->period, &ds) != OK ||
        eval_run(m->c->arena, &res, plan, m->data, &o, &ds) != OK) {
        cli_diags(m->c, &ds, m->kind_name, m->kind->text);
        return;
    }
    for (uint32_t i = 0; i < m->kind->item_n; i++)
        if (m->kind->item[i].kind == ITEM_GATE)
            tell_gate(m, res, i);
}

/* --- into the store --- */

static bool tick(void *ctx, uint32_t done, uint32_t total)
{
    struct cli *c = ctx;
    cli_progress(c, ZE(c, "写入 %u / %u 行……", "writing %u of %u rows ..."), done, total);
    return true;
}

static Str words_of(struct import *m, const struct record_counts *n)
{
    struct json j;
    struct buf b;
    char hex[65];
    sha256_hex(hex, m->file);
    buf_init(&b, m->c->arena, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "file", str_of(hex));
    json_kstr(&j, "name", m->path);
    if (m->evidence.p != NULL) {
        sha256_hex(hex, m->evidence_hash);
        json_kstr(&j, "evidence", str_of(hex));
    }
    json_kint(&j, "lines", n->lines);
    json_kint(&j, "facts", (int64_t)n->facts);
    json_kint(&j, "subjects", n->subjects);
    json_kint(&j, "refused", m->bad_n);
    json_obj_end(&j);
    return buf_str(&b);
}

/* From which day facts without a period hold is what people stumble over: runs as of an earlier day
 * do not see them. */
static void say_taken(struct import *m, const struct record_counts *n)
{
    struct cli *c = m->c;
    buf_fmt(&c->out,
            ZE(c, "%.*s：收下 %u 行，%llu 个数；新登记 %u 个，退回 %u 行，空白 %u 行\n",
               "%.*s: %u rows taken, %llu facts; %u new subjects, %u rows refused, %u blank\n"),
            STR_ARG(m->kind->name), n->lines, (unsigned long long)n->facts, n->subjects, m->bad_n,
            n->blank);
    buf_add(&c->out, str_of(ZE(c, "没有期间的数自 ", "facts without a period hold from ")));
    day_print(&c->out, m->day);
    buf_add(&c->out, str_of(ZE(c, " 起成立（--as-of 可改）\n", " on (--as-of)\n")));
}

static Str media_of(Str bytes)
{
    return sheet_is_packed(bytes) ? S("application/vnd.ms-excel")
           : gcol_is(bytes)       ? S("application/octet-stream")
                                  : S("text/csv");
}

static int write_facts(struct import *m)
{
    struct cli *c = m->c;
    struct record_counts n;
    const struct args *a = &c->args;
    int code = store_begin(c, &m->s);
    if (code != 0)
        return code;
    struct record r = record_of(&m->s.act);
    struct record_report in = {.kind = m->kind,
                               .data = m->data,
                               .line = m->rows.line,
                               .skip = m->rows.bad,
                               .day = m->day,
                               .source = a->given[OPT_SOURCE] ? a->value[OPT_SOURCE] : m->path,
                               .reporter =
                                   a->given[OPT_REPORTER] ? a->value[OPT_REPORTER] : m->s.actor,
                               .file = &m->file,
                               .tick = tick,
                               .ctx = c};
    enum status st = content_put_as(&r, m->file, m->bytes, media_of(m->bytes));
    if (st == OK && m->evidence.p != NULL) {
        in.evidence = &m->evidence_hash;
        st = content_put_as(&r, m->evidence_hash, m->evidence, S("application/octet-stream"));
    }
    if (st == OK)
        st = record_report_add(&r, &in, &n);
    if (st != OK)
        return store_fail(c, &m->s, st);
    code = store_commit(c, &m->s, S("facts.import"), m->kind->name, words_of(m, &n));
    if (code == 0 && !c->quiet)
        say_taken(m, &n);
    return code;
}

int cmd_import(struct cli *c)
{
    struct import m = {.c = c};
    bool known = false;
    int code = read_files(&m);
    if (code == 0)
        code = store_open(c, &m.s, DB_WRITE);
    if (code != 0)
        return code;
    code = read_kind(&m, &known);
    if (code == 0 && !known) {
        code = read_options(&m);
        if (code == 0)
            code = load_rows(&m);
        int failed = write_failed(&m);
        code = code != 0 ? code : failed;
        if (code == 0)
            check_gates(&m);
        if (code == 0)
            code = write_facts(&m);
    }
    store_close(&m.s);
    return code;
}
