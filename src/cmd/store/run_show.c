/* run_show.c - the verbs that look at runs: list, show, receipt, results, verify. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/store/run.h"
#include "cmd/store/store.h"
#include "explain/layout.h"
#include "os/workers.h"
#include "record/record.h"
#include "run/run.h"
#include "sql.h"

static const char *state_name(struct cli *c, int64_t state)
{
    return run_state_name((enum run_state)state, c->lang);
}

static struct run_view view_of(struct cli *c, struct store *s, struct workers *w)
{
    return (struct run_view){s->conn, c->arena, s->county, w, &s->diags};
}

static int open_run(struct cli *c, struct store *s, struct run *r)
{
    int64_t number;
    int code = run_number(c, c->args.operand[0], &number);
    if (code == 0)
        code = store_open(c, s, DB_READ);
    if (code != 0)
        return code;
    struct run_view v = view_of(c, s, NULL);
    enum status st = run_get(&v, r, number);
    return st == OK ? 0 : store_fail(c, s, st);
}

/* --- list --- */

static void list_open(struct cli *c, struct grid *g)
{
    grid_open(g, c->arena);
    grid_column(g, str_of(ZE(c, "号", "run")), true, 0);
    grid_column(g, str_of(ZE(c, "状态", "state")), false, 0);
    grid_column(g, str_of(ZE(c, "评价期", "period")), true, 0);
    grid_column(g, str_of(ZE(c, "评价日", "as of")), false, 0);
    grid_column(g, str_of(ZE(c, "主体", "subjects")), true, 0);
    grid_column(g, str_of(ZE(c, "标题", "title")), false, 0);
}

static Str number_str(struct cli *c, int64_t n)
{
    return arena_fmt(c->arena, "%lld", (long long)n);
}

static void list_line(struct cli *c, struct grid *g, const struct sql_run_all_row *row)
{
    grid_cell(g, number_str(c, row->run));
    grid_cell(g, str_of(state_name(c, row->state)));
    grid_cell(g, number_str(c, row->period));
    grid_cell(g, day_str(c->arena, (Day)row->day));
    grid_cell(g, row->subjects.set ? number_str(c, row->subjects.v) : S(""));
    Str title = arena_copy(c->arena, row->title);
    grid_cell(g, row->replaces == 0
                     ? title
                     : arena_fmt(c->arena, ZE(c, "%.*s，更正第 %lld 号", "%.*s, replaces %lld"),
                                 STR_ARG(title), (long long)row->replaces));
}

static void list_json(struct json *j, const struct sql_run_all_row *row)
{
    json_obj(j);
    json_kint(j, "run", row->run);
    json_kstr(j, "title", row->title);
    json_kstr(j, "kind", row->kind);
    json_kstr(j, "state", str_of(run_state_name((enum run_state)row->state, LANG_EN)));
    json_kint(j, "period", row->period);
    json_kint(j, "replaces", row->replaces);
    json_obj_end(j);
}

int cmd_run_list(struct cli *c)
{
    struct store s;
    struct db_rows rows;
    struct sql_run_all_row row;
    struct json j;
    struct grid g;
    bool json = c->args.given[OPT_JSON];
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    list_open(c, &g);
    enum status st = sql_run_all(s.conn, &(struct sql_run_all){s.county}, &rows);
    if (st != OK)
        return store_fail(c, &s, st);
    json_open(&j, &c->out, true);
    if (json)
        json_arr(&j);
    while (sql_run_all_next(&rows, &row)) {
        if (json)
            list_json(&j, &row);
        else
            list_line(c, &g, &row);
    }
    if (json)
        json_arr_end(&j);
    else if (g.cell_n > g.column_n)
        (void)grid_print(&c->out, &g, 0, SIZE_MAX);
    else
        buf_add(&c->out, str_of(ZE(c, "还没有测算；用 geci run new 起草\n",
                                   "no run yet; draft one with geci run new\n")));
    st = db_rows_end(&rows);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return 0;
}

/* --- show --- */

static void show_hash(struct cli *c, const char *name, const Sha256 *h)
{
    buf_fmt(&c->out, "  %s %s\n", name, arena_hex(c->arena, sha256_str(h)).p);
}

static void show_head(struct cli *c, const struct run *r)
{
    Str day = day_str(c->arena, r->day);
    buf_fmt(&c->out, ZE(c, "第 %lld 号  %.*s  【%s】\n", "run %lld  %.*s  [%s]\n"),
            (long long)r->run, STR_ARG(r->title), state_name(c, r->state));
    buf_fmt(&c->out,
            ZE(c, "  对象 %.*s，评价期 %d，评价日 %.*s\n", "  kind %.*s, period %d, as of %.*s\n"),
            STR_ARG(r->kind), r->period, STR_ARG(day));
    show_hash(c, ZE(c, "规则", "rules   "), &r->rules);
    if (!r->computed)
        return;
    show_hash(c, ZE(c, "快照", "snapshot"), &r->snapshot);
    show_hash(c, ZE(c, "结果", "results "), &r->results);
    buf_fmt(&c->out,
            ZE(c, "  凭证 %s（%lld 个主体，%.*s）\n", "  receipts %s (%lld subjects, %.*s)\n"),
            arena_hex(c->arena, digest_str(&r->receipts)).p, (long long)r->subjects,
            STR_ARG(r->engine));
}

static enum status show_steps(struct cli *c, const struct store *s, int64_t run)
{
    struct db_rows rows;
    struct sql_run_steps_row row;
    TRY(sql_run_steps(s->conn, &(struct sql_run_steps){s->county, run}, &rows));
    while (sql_run_steps_next(&rows, &row)) {
        Str at = moment_str(c->arena, row.at_us, ZONE_CHINA);
        buf_fmt(&c->out, "  %.*s  %s  %.*s", STR_ARG(at), state_name(c, row.state),
                STR_ARG(row.actor));
        if (row.first_day.set) {
            Str first = day_str(c->arena, (Day)row.first_day.v),
                last = day_str(c->arena, (Day)row.last_day.v);
            buf_fmt(&c->out, "  %.*s ~ %.*s", STR_ARG(first), STR_ARG(last));
        }
        if (row.state == RUN_REPLACED) /* the reason is a number */
            buf_fmt(&c->out, ZE(c, "  由第 %.*s 号取代\n", "  by run %.*s\n"), STR_ARG(row.why));
        else
            buf_fmt(&c->out, "%s%.*s\n", row.why.n > 0 ? "  " : "", STR_ARG(row.why));
    }
    return db_rows_end(&rows);
}

static enum status show_appeals(struct cli *c, const struct store *s, int64_t run)
{
    struct db_rows rows;
    struct sql_appeals_row row;
    TRY(sql_appeals(s->conn, &(struct sql_appeals){s->county, run}, &rows));
    while (sql_appeals_next(&rows, &row)) {
        const char *verdict = !row.upheld.set ? ZE(c, "待答复", "open")
                              : row.upheld.v  ? ZE(c, "成立", "upheld")
                                              : ZE(c, "不成立", "rejected");
        buf_fmt(&c->out, ZE(c, "  异议 %lld  %.*s  %s：%.*s", "  appeal %lld  %.*s  %s: %.*s"),
                (long long)row.appeal, STR_ARG(row.identity), verdict, STR_ARG(row.text));
        buf_fmt(&c->out, "%s%.*s\n", row.why.n > 0 ? " → " : "", STR_ARG(row.why));
    }
    return db_rows_end(&rows);
}

int cmd_run_show(struct cli *c)
{
    struct store s;
    struct run r;
    int code = open_run(c, &s, &r);
    if (code != 0)
        return code;
    show_head(c, &r);
    enum status st = show_steps(c, &s, r.run);
    if (st == OK)
        st = show_appeals(c, &s, r.run);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return 0;
}

/* --- results and receipts --- */

static int not_computed(struct cli *c, struct store *s, const struct run *r)
{
    store_close(s);
    return cli_fail(c, ERR_GONE, ZE(c, "第 %lld 号测算还没有算过", "run %lld is not computed yet"),
                    (long long)r->run);
}

static bool is_figure(Str text)
{
    Dec d;
    bool lossy;
    return dec_parse(&d, text, &lossy);
}

/* The CSV that is kept, as a workbook or JSON Lines. What is a figure is one there as well, but for
 * identities. */
static int list_results(struct cli *c, const struct run *r, Str text)
{
    struct listing out = {0};
    struct csv in;
    csv_open(&in, c->arena, text);
    if (csv_next(&in, NULL) != OK)
        return cli_fail(c, ERR_IO, ZE(c, "测算结果已损坏", "the results are damaged"));
    size_t n = in.cell_n;
    struct out_column *column = ARENA_ARRAY(c->arena, struct out_column, n);
    struct out_cell *cell = ARENA_ARRAY(c->arena, struct out_cell, n);
    for (size_t i = 0; i < n; i++)
        column[i] =
            (struct out_column){.head = in.cell[i].text, .kind = i == 0 ? OUT_TEXT : OUT_NUMBER};
    listing_fact(&out, "测算", arena_fmt(c->arena, "%lld", (long long)r->run));
    listing_fact(&out, "标题", r->title);
    listing_fact(&out, "规则 SHA-256", arena_hex(c->arena, sha256_str(&r->rules)));
    listing_fact(&out, "快照 SHA-256", arena_hex(c->arena, sha256_str(&r->snapshot)));
    int code = listing_open(&out, c, str_of(ZE(c, "测算结果", "results")), column, (uint32_t)n);
    if (code != 0)
        return code;
    while (csv_next(&in, NULL) == OK && in.cell_n == n) {
        for (size_t i = 0; i < n; i++)
            cell[i] =
                (struct out_cell){.text = in.cell[i].text, .words = !is_figure(in.cell[i].text)};
        listing_row(&out, cell);
    }
    return listing_close(&out);
}

int cmd_run_results(struct cli *c)
{
    struct store s;
    struct run r;
    Str text;
    int code = open_run(c, &s, &r);
    if (code != 0)
        return code;
    if (!r.computed)
        return not_computed(c, &s, &r);
    enum status st = content_get(s.conn, c->arena, &text, s.county, r.results, CONTENT_MAX);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    if (listing_is_asked(c))
        return list_results(c, &r, text);
    code = cli_output_open(c);
    if (code != 0)
        return code;
    buf_add(&c->out, text);
    return cli_output_close(c, true);
}

/* Item and value, a pair a column of the line. */
static void receipt_values(struct cli *c, struct json *j, const struct run_receipt *r)
{
    struct csv head, line;
    csv_open(&head, c->arena, r->head);
    csv_open(&line, c->arena, r->line);
    json_key(j, S("values"));
    json_obj(j);
    if (csv_next(&head, NULL) == OK && csv_next(&line, NULL) == OK) {
        for (size_t i = 0; i < head.cell_n && i < line.cell_n; i++) {
            json_key(j, head.cell[i].text);
            json_str(j, line.cell[i].text);
        }
    }
    json_obj_end(j);
}

static void receipt_json(struct cli *c, Str county, const struct run_receipt *r)
{
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-receipt-1"));
    json_kstr(&j, "county", county);
    json_kint(&j, "run", r->run.run);
    json_kstr(&j, "title", r->run.title);
    json_kstr(&j, "state", str_of(run_state_name(r->run.state, LANG_EN)));
    json_kstr(&j, "rules", arena_hex(c->arena, sha256_str(&r->run.rules)));
    json_kstr(&j, "snapshot", arena_hex(c->arena, sha256_str(&r->run.snapshot)));
    json_kstr(&j, "engine", r->run.engine);
    json_kstr(&j, "line", r->line);
    receipt_values(c, &j, r);
    json_kstr(&j, "hash", arena_hex(c->arena, digest_str(&r->hash)));
    json_kint(&j, "row", r->row);
    json_kint(&j, "rows", r->run.subjects);
    json_key(&j, S("path"));
    json_arr(&j);
    for (size_t i = 0; i < r->path_n; i++)
        json_str(&j, arena_hex(c->arena, digest_str(&r->path[i])));
    json_arr_end(&j);
    json_kstr(&j, "root", arena_hex(c->arena, digest_str(&r->run.receipts)));
    json_obj_end(&j);
    buf_char(&c->out, '\n');
}

int cmd_run_receipt(struct cli *c)
{
    struct store s;
    struct run r;
    struct run_receipt receipt = {0};
    if (!c->args.given[OPT_ID])
        return cli_usage(c, ZE(c, "要用 --id 写明是谁的凭证", "name the subject with --id"));
    int code = open_run(c, &s, &r);
    if (code != 0)
        return code;
    if (!r.computed)
        return not_computed(c, &s, &r);
    struct run_view v = view_of(c, &s, NULL);
    enum status st = run_receipt(&v, &receipt, r.run, c->args.value[OPT_ID]);
    if (st != OK)
        return store_fail(c, &s, st);
    receipt_json(c, s.county, &receipt);
    store_close(&s);
    return 0;
}

/* --- verify --- */

static int say_verdict(struct cli *c, const struct run *r, const struct run_verdict *v)
{
    if (v->results && v->receipts && v->root) {
        buf_fmt(&c->out,
                ZE(c, "第 %lld 号测算：按存下的规则和快照重算，%lld 个主体的结果和凭证逐字节相同\n",
                   "run %lld: computed again from the rules and the snapshot kept; results and "
                   "receipts of %lld subjects are the same byte for byte\n"),
                (long long)r->run, (long long)v->subjects);
        return 0;
    }
    if (v->differs.n > 0)
        return cli_fail(c, ERR_INPUT,
                        ZE(c,
                           "第 %lld 号测算重算后不同，第一个不同的是 %.*s（当时的程序：%.*s）。"
                           "运行 geci audit verify 查数据库是否被改过",
                           "run %lld comes out differently, first for %.*s (engine then: %.*s). "
                           "geci audit verify tells whether the store was tampered with"),
                        (long long)r->run, STR_ARG(v->differs), STR_ARG(r->engine));
    return cli_fail(c, ERR_INPUT,
                    ZE(c, "第 %lld 号测算重算后不同：%s%s%s（当时的程序：%.*s）",
                       "run %lld comes out differently: %s%s%s (engine then: %.*s)"),
                    (long long)r->run, v->results ? "" : ZE(c, " 结果", " results"),
                    v->receipts ? "" : ZE(c, " 凭证", " receipts"),
                    v->root ? "" : ZE(c, " 总凭证", " root"), STR_ARG(r->engine));
}

int cmd_verify(struct cli *c)
{
    struct store s;
    struct run r;
    struct run_verdict v;
    int threads = 0;
    int code = job_threads(c, &threads);
    if (code == 0)
        code = open_run(c, &s, &r);
    if (code != 0)
        return code;
    if (!r.computed)
        return not_computed(c, &s, &r);
    struct workers *w = workers_open(c->arena, (uint32_t)threads);
    struct run_view view = view_of(c, &s, w);
    enum status st = run_verify(&view, &v, &r);
    workers_close(w);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return say_verdict(c, &r, &v);
}

/* --- for the verbs that start from rules and data --- */

static int load_job(struct cli *c, struct job *j, struct store *s, const struct run *r)
{
    Str rules, snapshot;
    enum status st = content_get(s->conn, c->arena, &rules, s->county, r->rules, CONTENT_MAX);
    if (st == OK)
        st = content_get(s->conn, c->arena, &snapshot, s->county, r->snapshot, CONTENT_MAX);
    if (st != OK)
        return store_fail(c, s, st);
    store_close(s);
    int code = job_doc_text(c, j, r->title, rules);
    j->stored = true;
    j->as_of = r->day;
    j->period = r->period;
    if (code == 0)
        code = job_data_text(
            c, j, arena_fmt(c->arena, ZE(c, "第 %lld 号快照", "snapshot %lld"), (long long)r->run),
            snapshot);
    return code == 0 ? job_run(c, j) : code;
}

int run_job(struct cli *c, struct job *j, Str number)
{
    struct store s;
    struct run r;
    int64_t n;
    int code = run_number(c, number, &n);
    if (code == 0)
        code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct run_view v = view_of(c, &s, NULL);
    enum status st = run_get(&v, &r, n);
    if (st != OK)
        return store_fail(c, &s, st);
    return r.computed ? load_job(c, j, &s, &r) : not_computed(c, &s, &r);
}
