/* policy.c - the verb `policy`: which documents, whose facts, and one subject. */
#include "cmd/rule/policy.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/order.h"
#include "base/str.h"
#include "cmd/rule/docset.h"
#include "cmd/store/store.h"
#include "col/dataset.h"
#include "os/view.h"
#include "record/record.h"

/* ---- documents ---- */

static int open_doc(struct policy_job *p, const struct document *d)
{
    struct cli *c = p->c;
    struct diags ds;
    struct entitle *e;
    diags_init(&ds, c->arena);
    if (d->status != OK) {
        struct diags own = d->diags;
        cli_diags(c, &own, d->path, d->text);
        return cli_fail(c, d->status,
                        ZE(c, "“%.*s”有错误，先改好再算。", "“%.*s” has errors; mend them first."),
                        STR_ARG(d->path));
    }
    if (entitle_open(c->arena, &e, d->rules, &ds) != OK) {
        cli_diags(c, &ds, d->path, d->text);
        return EXIT_DATA;
    }
    if (e->policy_n == 0)
        return 0;
    if (p->n == POLICY_DOCS_MAX)
        return cli_fail(
            c, ERR_LIMIT,
            ZE(c, "一次最多 %d 份政策文档。", "at most %d documents with policies at once."),
            POLICY_DOCS_MAX);
    p->doc[p->n++] = (struct policy_doc){
        .e = e, .text = d->text, .job = {.doc_path = d->path, .rules = e->rules}};
    return 0;
}

static int open_docs(struct policy_job *p)
{
    struct docset set;
    struct document d;
    int code = docset_open(p->c, &set);
    p->doc = ARENA_ARRAY(p->c->arena, struct policy_doc, POLICY_DOCS_MAX);
    for (size_t i = 0; i < set.n && code == 0; i++) {
        code = docset_read(p->c, set.path[i], &d);
        if (code == 0)
            code = open_doc(p, &d);
    }
    if (code == 0 && p->n == 0)
        return cli_fail(p->c, ERR_GONE, "%s",
                        ZE(p->c, "这些文档里没有一项政策（“## 政策 名称”）。",
                           "no policy (“## Policy name”) in these documents."));
    return code;
}

/* ---- whose ---- */

static Str kind_of(const struct policy_doc *d)
{
    return d->job.rules->subject;
}

/* How many columns of the file are fields of the document. */
static size_t columns_known(const struct policy_job *p, const struct policy_doc *d, Str head)
{
    struct csv csv;
    size_t n = 0;
    csv_open(&csv, p->c->arena, head);
    if (csv_next(&csv, NULL) != OK)
        return 0;
    for (size_t i = 0; i < csv.cell_n; i++) {
        Str rest = csv.cell[i].text, name = str_cut(&rest, '@');
        n += rule_find_field(d->job.rules, str_trim(name)) >= 0;
    }
    return n;
}

static void keep_kind(struct policy_job *p, Str kind)
{
    size_t n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(kind_of(&p->doc[i]), kind))
            p->doc[n++] = p->doc[i];
    p->n = n;
    p->kind = kind;
}

static bool one_kind(const struct policy_job *p)
{
    for (size_t i = 1; i < p->n; i++)
        if (!str_eq(kind_of(&p->doc[i]), kind_of(&p->doc[0])))
            return false;
    return true;
}

static void choose_kind(struct policy_job *p, Str head)
{
    size_t most = 0, best = 0;
    for (size_t i = 0; i < p->n; i++) {
        size_t n = columns_known(p, &p->doc[i], head);
        best = n > most ? i : best;
        most = n > most ? n : most;
    }
    if (most == 0)
        return;
    cli_warn(p->c,
             ZE(p->c, "这些政策的对象不止一种；按数据的列名，只看“%.*s”的。",
                "the policies are about several kinds; by its columns the file is of “%.*s”."),
             STR_ARG(kind_of(&p->doc[best])));
    keep_kind(p, kind_of(&p->doc[best]));
}

/* ---- facts ---- */

static bool is_later(const void *subject, uint32_t a, uint32_t b)
{
    const int64_t *of = subject;
    return of[a] > of[b];
}

static enum status names_of(struct store *s, struct arena *keep, Str kind, struct dataset *d,
                            const int64_t *subject)
{
    struct record_now *now;
    size_t n, at = 0; /* both lists are by number */
    TRY(record_now_all(s->conn, keep, &now, &n, s->county, kind));
    d->name = ARENA_ARRAY(keep, Str, (size_t)d->row_n + 1);
    uint32_t *row = order_rows(keep, d->row_n, is_later, subject);
    for (uint32_t i = 0; i < d->row_n; i++) {
        while (at < n && now[at].subject < subject[row[i]])
            at++;
        if (at < n && now[at].subject == subject[row[i]])
            d->name[row[i]] = now[at].name;
    }
    return OK;
}

static int facts_of_store(struct policy_job *p, struct policy_doc *d)
{
    struct cli *c = p->c;
    struct store s;
    struct record_facts x;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct job *j = &d->job;
    struct record_asked ask = {.county = s.county,
                               .kind = j->rules->subject,
                               .as = j->rules,
                               .day = j->as_of,
                               .until_act = RECORD_NOW};
    enum status st = record_facts(s.conn, c->arena, &x, &ask);
    if (st == OK)
        st = names_of(&s, c->arena, ask.kind, x.data, x.subject);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    j->data = x.data;
    j->data_path = store_url(c);
    if (j->period == INT32_MIN)
        j->period = day_year(j->as_of) - 1;
    return 0;
}

static int facts_of(struct policy_job *p, struct policy_doc *d)
{
    return p->c->args.given[OPT_DATA] ? job_data(p->c, &d->job, p->c->args.value[OPT_DATA])
                                      : facts_of_store(p, d);
}

/* The years back: the day and the year of evaluation move, the facts stay. */
static int run_doc(struct policy_job *p, struct policy_doc *d, int years_back)
{
    struct job *j = &d->job;
    if (j->data == NULL) {
        int code = job_when(p->c, j);
        if (code == 0)
            code = facts_of(p, d);
        if (code != 0)
            return code;
    }
    struct job then = *j;
    then.as_of = day_add_months(j->as_of, -12 * years_back);
    then.period = j->period - years_back;
    d->skipped = (j->rules->has_from && then.as_of < j->rules->from) ||
                 (j->rules->has_until && then.as_of > j->rules->until);
    int code = job_run(p->c, &then);
    j->plan = then.plan;
    j->res = then.res;
    return code;
}

int policy_run(struct policy_job *p, int years_back)
{
    for (size_t i = 0; i < p->n; i++) {
        int code = run_doc(p, &p->doc[i], years_back);
        if (code != 0)
            return code;
    }
    return 0;
}

/* ---- one subject ---- */

static int one_subject(struct policy_job *p)
{
    struct cli *c = p->c;
    struct statement_opts o = {.lang = c->lang, .seek = POLICY_SEEK};
    struct json j;
    bool json = c->args.given[OPT_JSON];
    int code = cli_output_open(c);
    if (json) {
        json_open(&j, &c->out, false);
        json_arr(&j);
    }
    for (size_t i = 0; i < p->n && code == 0; i++) {
        struct statement s;
        uint32_t row;
        struct policy_doc *d = &p->doc[i];
        code = job_row(c, &d->job, &row);
        if (code != 0)
            break;
        enum status st = statement_make(c->arena, &s, &(struct subject_row){d->e, d->job.res, row},
                                        d->job.plan, &o);
        if (st != OK)
            code = cli_fail(c, st, "%s", ZE(c, "算不下去。", "it cannot be evaluated."));
        else if (json) {
            json_obj(&j);
            policy_json_doc(&j, c, d);
            json_kstr(&j, "id", d->job.data->id[row]);
            policy_json(&j, &s);
            json_obj_end(&j);
        } else
            policy_say(p, i, &s);
    }
    if (json && code == 0) {
        json_arr_end(&j);
        buf_char(&c->out, '\n');
    }
    return code == 0 ? cli_output_close(c, true) : code;
}

/* Of documents about several kinds, those of the kind that the header of a CSV is of. */
static int look_at_data(struct policy_job *p)
{
    struct cli *c = p->c;
    struct file_view *view;
    Str bytes, text, path = c->args.value[OPT_DATA];
    int err = 0;
    if (!c->args.given[OPT_DATA] || one_kind(p))
        return 0;
    struct arena *tmp = arena_open();
    enum status st = view_open(tmp, &view, &bytes, path, DATA_BYTES_MAX, &err);
    int code = st == OK ? 0 : cli_fail_file(c, st, path, err, false);
    if (st == OK) {
        size_t line = 0;
        while (line < bytes.n && bytes.p[line] != '\n')
            line++;
        if (csv_decode(tmp, &text, str_sub(bytes, 0, line), NULL, NULL) == OK)
            choose_kind(p, text);
        view_close(view);
    }
    arena_close(tmp);
    return code;
}

enum { PAST_USUAL = 2 }; /* as the API */

static bool read_years(struct cli *c, int option, int *years)
{
    return !c->args.given[option] ||
           (args_int(c->args.value[option], years) && *years >= 1 && *years <= POLICY_YEARS_MAX);
}

int cmd_policy(struct cli *c)
{
    struct policy_job p = {.c = c};
    int past = 0, ahead = 0, code = open_docs(&p);
    if (code == 0)
        code = look_at_data(&p);
    if (code != 0)
        return code;
    if (!one_kind(&p))
        return cli_usage(
            c, "%s",
            ZE(c, "这些政策的对象不止一种；请点名一种的文档，或用 --data 给出数据。",
               "the policies are about several kinds; name the documents of one, or give --data."));
    p.kind = kind_of(&p.doc[0]);
    if (!read_years(c, OPT_PAST, &past) || !read_years(c, OPT_AHEAD, &ahead))
        return cli_usage(c, "%s",
                         ZE(c, "--past 和 --ahead 应为 1 到 10 的整数。",
                            "--past and --ahead are numbers from 1 to 10."));
    if (past + ahead > 0)
        return policy_years(&p, past > 0 ? past : PAST_USUAL, ahead);
    code = policy_run(&p, 0);
    if (code != 0)
        return code;
    return c->args.given[OPT_ID] ? one_subject(&p) : policy_list(&p);
}

Str policy_money(struct cli *c, Money m)
{
    struct buf b;
    buf_init(&b, c->arena, 256);
    statement_money(&b, m, c->lang);
    return buf_str(&b);
}
