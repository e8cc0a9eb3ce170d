/* import.c - the verb `import`: a table of people's making into facts of a store.
 *
 * All or nothing; with --good-rows those rows that have no error. The file is kept with the facts,
 * so that it is known again when it comes a second time, and every fact leads back to its line.
 */
#include "exchange/import.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/book.h"
#include "cmd/job.h"
#include "cmd/store/store.h"
#include "col/dataset.h"
#include "os/file.h"
#include "os/out.h"
#include "record/record.h"

struct importing {
    struct cli *c;
    struct store s;
    Str path, kind_name;
    struct intake src;
    struct import_file file;
    struct rules *kind;
    struct import m;
};

/* --- what is asked --- */

static int read_options(struct importing *x)
{
    struct cli *c = x->c;
    struct job j = {.rules = x->kind};
    int code = job_when(c, &j);
    x->m = (struct import){.keep = c->arena,
                           .kind = x->kind,
                           .src = &x->src,
                           .day = j.as_of,
                           .period = j.period,
                           .lang = c->lang};
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

static int read_files(struct importing *x)
{
    struct cli *c = x->c;
    struct import_file *f = &x->file;
    x->kind_name = c->args.operand[0];
    x->path = c->args.operand[1];
    f->name = x->path;
    int code = read_bytes(c, &f->bytes, &f->hash, x->path);
    if (code == 0 && c->args.given[OPT_EVIDENCE_FILE])
        code = read_bytes(c, &f->evidence, &f->evidence_hash, c->args.value[OPT_EVIDENCE_FILE]);
    return code;
}

/* The kind in force; not 0 when the file was imported before. */
static int read_kind(struct importing *x, bool *known)
{
    struct cli *c = x->c;
    int64_t act = 0;
    *known = false;
    enum status st = db_begin(x->s.conn);
    if (st == OK)
        st = record_kind_get(x->s.conn, c->arena, &x->kind, x->s.county, x->kind_name, RECORD_NOW);
    if (st == ERR_GONE)
        return cli_fail(c, st,
                        ZE(c, "库里没有种类“%.*s”；先用 geci kind set 登记它的文档",
                           "the store has no kind “%.*s”; enter its document with geci kind set"),
                        STR_ARG(x->kind_name));
    if (st == OK)
        st = import_known(x->s.conn, x->s.county, x->kind_name, &x->file.hash, NO_ARG, &act);
    db_rollback(x->s.conn);
    if (st != OK && st != ERR_GONE)
        return store_fail(c, &x->s, st);
    *known = act != 0;
    if (*known && !c->quiet)
        buf_fmt(&c->out,
                ZE(c, "这个文件已经导入过（第 %lld 号行为），没有再写\n",
                   "this file was imported before (act %lld); nothing was written\n"),
                (long long)act);
    return 0;
}

/* --- the rows --- */

static int read_table(struct importing *x, struct diags *ds)
{
    struct cli *c = x->c;
    Str bytes = x->file.bytes;
    int code = book_unpack(c, &bytes, x->path);
    enum status st = OK;
    if (code == 0 && !sheet_is_packed(bytes))
        st = csv_decode(c->arena, &x->src.text, bytes, NULL, ds);
    if (st == OK)
        return code != 0 ? code : book_data(c, &x->src, x->kind, x->path, bytes);
    cli_diags(c, ds, x->path, bytes);
    return cli_fail(c, st,
                    ZE(c, "“%.*s”读不进来，见上面的提示。什么也没有写。",
                       "“%.*s” cannot be used; see above. Nothing was written."),
                    STR_ARG(x->path));
}

static int load_rows(struct importing *x)
{
    struct cli *c = x->c;
    struct diags ds;
    diags_init(&ds, c->arena);
    cli_progress(c, ZE(c, "读 %.*s（%zu 字节）……", "reading %.*s (%zu bytes) ..."),
                 STR_ARG(x->path), x->file.bytes.n);
    int code = read_table(x, &ds);
    if (code != 0)
        return code;
    enum status st = import_load(&x->m, &ds);
    cli_diags(c, &ds, x->path, x->src.text);
    bool none = import_none_good(&x->m);
    if (st == OK || (import_only_rows(&x->m, st, &ds) && c->args.given[OPT_GOOD_ROWS] && !none))
        return 0;
    if (x->m.bad_n == 0)
        return cli_fail(c, st,
                        ZE(c, "“%.*s”读不进来，见上面的提示。什么也没有写。",
                           "“%.*s” cannot be used; see above. Nothing was written."),
                        STR_ARG(x->path));
    if (none)
        return cli_fail(c, st,
                        ZE(c, "“%.*s”的 %u 行都读不懂，见上面的提示，什么也没有写。改好再导入。",
                           "“%.*s”: none of its %u rows can be read; see above. Nothing was "
                           "written. Mend them."),
                        STR_ARG(x->path), x->m.bad_n);
    return cli_fail(c, st,
                    ZE(c,
                       "“%.*s”有 %u 行读不懂，见上面的提示，什么也没有写。改好再导入；或加 "
                       "--good-rows 先收好的行，--failed 把坏的行另存一份。",
                       "“%.*s” has %u rows that cannot be read; see above. Nothing was written. "
                       "Mend them, or give --good-rows to take the others, --failed to set these "
                       "apart."),
                    STR_ARG(x->path), x->m.bad_n);
}

/* The rows that were refused as they came, and why. */
static int write_failed(struct importing *x)
{
    struct cli *c = x->c;
    struct buf b;
    int err = 0;
    if (!c->args.given[OPT_FAILED] || x->m.data == NULL || x->m.bad_n == 0)
        return 0;
    buf_init(&b, c->arena, BUF_MAX);
    Str path = c->args.value[OPT_FAILED];
    enum status st = import_failed(&x->m, out_form_of(path), out_to_buf, &b);
    if (st != OK)
        return cli_fail(
            c, st,
            ZE(c, "退回的行写不成文件：有一格太长，或内存不够。",
               "the refused rows cannot be written: a cell is too long, or no memory."));
    st = out_file(path, buf_str(&b), &err);
    return st == OK ? 0 : cli_fail_file(c, st, path, err, true);
}

/* --- what the kind says must hold of a row --- */

static void tell_gate(struct importing *x, const struct import_gate *g)
{
    struct cli *c = x->c;
    struct buf who;
    buf_init(&who, c->arena, 4096);
    for (uint32_t i = 0; i < g->n && i < IMPORT_GATE_ROWS; i++)
        buf_fmt(&who, ZE(c, "%s第 %u 行 %.*s", "%sline %u %.*s"), i > 0 ? ZE(c, "、", ", ") : "",
                x->m.rows.line[g->row[i]], STR_ARG(x->m.data->id[g->row[i]]));
    cli_warn(c,
             ZE(c, "“%.*s”不符 %u 行，照样收下，请核实：%.*s%s",
                "“%.*s” fails in %u rows, taken all the same, to be looked into: %.*s%s"),
             STR_ARG(x->kind->item[g->item].name), g->n, STR_ARG(buf_str(&who)),
             g->n > IMPORT_GATE_ROWS ? "……" : "");
}

static void check_gates(struct importing *x)
{
    struct diags ds;
    struct import_gate *gate;
    size_t n;
    if (x->c->quiet)
        return;
    diags_init(&ds, x->c->arena);
    if (import_gates(&x->m, &gate, &n, &ds) != OK)
        cli_diags(x->c, &ds, x->kind_name, x->kind->text);
    for (size_t i = 0; i < n; i++)
        tell_gate(x, &gate[i]);
}

/* --- into the store --- */

static bool tick(void *ctx, uint32_t done, uint32_t total)
{
    struct cli *c = ctx;
    cli_progress(c, ZE(c, "写入 %u / %u 行……", "writing %u of %u rows ..."), done, total);
    return true;
}

static Str words_of(struct importing *x, const struct record_counts *n)
{
    struct json j;
    struct buf b;
    buf_init(&b, x->c->arena, BUF_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    import_words(&j, &x->m, &x->file, n);
    json_obj_end(&j);
    return buf_str(&b);
}

/* From which day facts without a period hold is what people stumble over: runs as of an earlier day
 * do not see them. */
static void say_taken(struct importing *x, const struct record_counts *n)
{
    struct cli *c = x->c;
    buf_fmt(&c->out,
            ZE(c, "%.*s：收下 %u 行，%llu 个数；新登记 %u 个，退回 %u 行，空白 %u 行\n",
               "%.*s: %u rows taken, %llu facts; %u new subjects, %u rows refused, %u blank\n"),
            STR_ARG(x->kind->name), n->lines, (unsigned long long)n->facts, n->subjects, x->m.bad_n,
            n->blank);
    buf_add(&c->out, str_of(ZE(c, "没有期间的数自 ", "facts without a period hold from ")));
    day_print(&c->out, x->m.day);
    buf_add(&c->out, str_of(ZE(c, " 起成立（--as-of 可改）\n", " on (--as-of)\n")));
}

static int write_facts(struct importing *x)
{
    struct cli *c = x->c;
    struct record_counts n;
    const struct args *a = &c->args;
    int code = store_begin(c, &x->s);
    if (code != 0)
        return code;
    x->file.source = a->given[OPT_SOURCE] ? a->value[OPT_SOURCE] : x->path;
    x->file.reporter = a->given[OPT_REPORTER] ? a->value[OPT_REPORTER] : x->s.actor;
    x->file.tick = tick;
    x->file.ctx = c;
    enum status st = import_write(&x->m, &x->s.act, &x->file, &n);
    if (st != OK)
        return store_fail(c, &x->s, st);
    code = store_commit(c, &x->s, S("facts.import"), x->kind->name, words_of(x, &n));
    if (code == 0 && !c->quiet)
        say_taken(x, &n);
    return code;
}

int cmd_import(struct cli *c)
{
    struct importing x = {.c = c};
    bool known = false;
    int code = read_files(&x);
    if (code == 0)
        code = store_open(c, &x.s, DB_WRITE);
    if (code != 0)
        return code;
    code = read_kind(&x, &known);
    if (code == 0 && !known) {
        code = read_options(&x);
        if (code == 0)
            code = load_rows(&x);
        int failed = write_failed(&x);
        code = code != 0 ? code : failed;
        if (code == 0)
            check_gates(&x);
        if (code == 0)
            code = write_facts(&x);
    }
    store_close(&x.s);
    return code;
}
