/* export.c - a question about subjects, answered as a file.
 *
 * The rows, columns and masks are those that the same account sees in a list. The file says what
 * was asked and of what state of the store it is, and an act says who took it, how many rows, and
 * the hash of the file. */
#include "api/job.h"
#include "api/noun/data/subject.h"
#include "api/print/document.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/hash.h"
#include "base/moment.h"
#include "base/str.h"
#include "query/query.h"
#include "record/record.h"
#include "rule/model.h"
#include "sheet/out.h"

enum { FACTS_MAX = 16, TICK_ROWS = 1000, ID_WIDTH = 21 };

struct export
{
    struct job *job;
    struct api_export_ask ask;
    struct selection *rows;
    struct query_page page;
    uint32_t *column; /* of the page; the identity stands before them all */
    uint32_t column_n;
    struct out_fact fact[FACTS_MAX];
    size_t fact_n;
    struct buf file;
};

static const struct form {
    enum out_form form;
    const char *media, *ending;
} FORMS[] = {
    [API_EXPORT_ASK_FORM_CSV] = {OUT_CSV, OUT_MEDIA_CSV, "csv"},
    [API_EXPORT_ASK_FORM_XLSX] = {OUT_XLSX, OUT_MEDIA_XLSX, "xlsx"},
    [API_EXPORT_ASK_FORM_JSONL] = {OUT_JSONL, "application/jsonl", "jsonl"},
};

/* --- the question --- */

static enum status find_rows(struct call *c, Str kind, const struct api_export_ask *ask,
                             struct selection **rows, struct query_page *page)
{
    struct query_key *key = NULL;
    size_t key_n = 0;
    struct api_subject_query q = {
        .where = ask->where, .q = ask->q, .undecided = ask->undecided, .period = ask->period};
    q.terms.at = ask->terms.at;
    q.terms.n = ask->terms.n;
    TRY(subject_select(c, kind, &q, rows));
    if (ask->sort.n > 0)
        TRY(query_keys_read(c->arena, &key, &key_n, ask->sort, &c->diags));
    struct query_list how = {
        .key = key, .key_n = key_n, .field = ask->fields.at, .field_n = ask->fields.n};
    return query_all(*rows, &how, c->arena, page, &c->diags);
}

/* What is wrong with the question is said at once, not by the job. */
enum status api_export_new(struct call *c, const struct api_export_new_in *in,
                           struct api_job_asked *out)
{
    struct selection *rows;
    struct query_page page;
    TRY(find_rows(c, in->kind, &in->body, &rows, &page));
    struct job_order order = {.kind = "export", .about = in->kind, .ask = c->rq->body};
    return job_ask(c, &order, out);
}

/* --- the file --- */

static bool is_identity(const struct export *x, uint32_t column)
{
    int period;
    int64_t run;
    const struct rules *kind = x->job->call.roster->rules;
    return query_field(&x->page, column, &period, &run) ==
           &kind->field[kind->role[SUBJECT_ROLE_ID]];
}

static void set_column(struct export *x, struct out_column *out, uint32_t column)
{
    struct arena *a = x->job->call.arena;
    int period;
    int64_t run;
    const struct field *f = query_field(&x->page, column, &period, &run);
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    record_show_head(&b, f, period);
    out->head = buf_str(&b);
    out->kind = f->type.kind == TYPE_NUM   ? OUT_NUMBER
                : f->type.kind == TYPE_DAY ? OUT_DAY
                                           : OUT_TEXT;
    if (run != 0)
        out->note = arena_fmt(a, "测算 %lld", (long long)run);
}

static struct out_column *columns_of(struct export *x)
{
    struct arena *a = x->job->call.arena;
    const struct rules *kind = x->job->call.roster->rules;
    struct out_column *out = ARENA_ARRAY(a, struct out_column, x->page.column_n + 1);
    x->column = ARENA_ARRAY(a, uint32_t, x->page.column_n + 1);
    out[0].head = kind->field[kind->role[SUBJECT_ROLE_ID]].name;
    out[0].width = ID_WIDTH;
    for (uint32_t i = 0; i < x->page.column_n; i++) {
        if (is_identity(x, i))
            continue;
        set_column(x, &out[x->column_n + 1], i);
        x->column[x->column_n++] = i;
    }
    return out;
}

static void fact(struct export *x, const char *key, Str value)
{
    ASSERT(x->fact_n < FACTS_MAX);
    if (value.n > 0)
        x->fact[x->fact_n++] = (struct out_fact){str_of(key), value};
}

/* What a reader must know who has only the file. */
static void tell_facts(struct export *x, Str document)
{
    struct call *c = &x->job->call;
    struct api_int act = subject_act(c);
    struct query_counts n = query_counts(x->rows);
    fact(x, "种类", x->job->about);
    fact(x, "种类文档 SHA-256", document);
    fact(x, "查询", x->job->ask);
    fact(x, "期间", arena_fmt(c->arena, "%d", query_period(x->rows)));
    fact(x, "条件无法判断而未列入的行数", arena_fmt(c->arena, "%u", n.undecided));
    if (act.set)
        fact(x, "截至存证编号", arena_fmt(c->arena, "%lld", (long long)act.v));
    fact(x, "导出时间", moment_str(c->arena, c->now_us, ZONE_CHINA));
    fact(x, "导出人", c->who.name);
    fact(x, "任务号", arena_fmt(c->arena, "%lld", (long long)x->job->no));
    fact(x, "程序", S("geci " GECI_VERSION));
}

/* A figure that is a range, or masked, is words. */
static void set_cell(struct export *x, struct out_cell *out, uint32_t row, uint32_t column)
{
    struct call *c = &x->job->call;
    int period;
    int64_t run;
    struct buf b;
    const struct field *f = query_field(&x->page, column, &period, &run);
    buf_init(&b, c->arena, BUF_MAX);
    bool exact = query_cell(&b, &x->page, row, column) == QUERY_EXACT;
    out->text = subject_cell(c, &x->page, row, column);
    out->words = !exact || f->protect >= PROTECT_PERSONAL;
    if (out->text.p == NULL)
        out->text = S("");
}

static enum status put_rows(struct export *x, struct out_table *t)
{
    struct call *c = &x->job->call;
    struct arena *keep = c->arena, *tmp = arena_open();
    const ArenaMark mark = arena_mark(tmp);
    struct out_cell *cell = ARENA_ARRAY(keep, struct out_cell, x->column_n + 1);
    enum status st = OK;
    c->arena = tmp; /* cells are gone with their row */
    for (uint32_t i = 0; i < x->page.n && st == OK; i++) {
        cell[0].text = query_identity(x->rows, x->page.row[i]);
        for (uint32_t k = 0; k < x->column_n; k++)
            set_cell(x, &cell[k + 1], x->page.row[i], x->column[k]);
        st = out_table_row(t, cell);
        arena_reset(tmp, mark);
        if (st == OK && i % TICK_ROWS == 0 && !job_tick(x->job, i, x->page.n))
            st = ERR_BUSY;
    }
    c->arena = keep;
    arena_close(tmp);
    return st;
}

static enum status write_file(struct export *x)
{
    struct call *c = &x->job->call;
    struct out_table *t;
    struct out_spec spec = {.form = FORMS[x->ask.form].form,
                            .sheet = x->job->about,
                            .column = columns_of(x),
                            .column_n = x->column_n + 1,
                            .fact = x->fact,
                            .fact_n = x->fact_n,
                            .put = out_to_buf,
                            .ctx = &x->file};
    buf_init(&x->file, c->arena, JOB_RESULT_MAX);
    TRY(out_table_open(c->arena, &t, &spec));
    enum status st = put_rows(x, t);
    enum status closed = out_table_close(t);
    st = st != OK ? st : closed;
    return st == OK && x->file.over ? ERR_LIMIT : st;
}

/* --- what stays of it --- */

static void leave(struct export *x, Str document)
{
    struct job *j = x->job;
    struct call *c = &j->call;
    const struct form *form = &FORMS[x->ask.form];
    j->result = buf_str(&x->file);
    j->media = str_of(form->media);
    j->file =
        arena_fmt(c->arena, "%.*s-%lld.%s", STR_ARG(j->about), (long long)j->no, form->ending);
    j->n = x->page.n;
    j->outcome = ARENA_NEW(c->arena, struct api_job_outcome);
    j->outcome->rows = x->page.n;
    j->verb = "export";
    c->object = j->about;
    Sha256 hash = sha256_of(j->result);
    json_kint(&c->body, "rows", x->page.n);
    json_key(&c->body, S("ask"));
    json_raw(&c->body, j->ask);
    json_kstr(&c->body, "document", document);
    json_kstr(&c->body, "file", arena_hex(c->arena, sha256_str(&hash)));
}

enum status export_run(struct job *j)
{
    struct call *c = &j->call;
    struct export x = {.job = j};
    struct rules *kind;
    TRY(api_read(c->arena, api_type_named("export_ask"), &x.ask, j->ask, &c->diags));
    TRY(record_kind_get(c->conn, c->arena, &kind, c->county, j->about, RECORD_NOW));
    Str document = arena_hex(c->arena, sha256_str(&kind->hash));
    TRY(find_rows(c, j->about, &x.ask, &x.rows, &x.page));
    tell_facts(&x, document);
    TRY(write_file(&x));
    leave(&x, document);
    return OK;
}
