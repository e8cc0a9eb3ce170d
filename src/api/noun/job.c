/* job.c - jobs as their owners see them, and how one is taken. */
#include "api/job.h"

#include "api/jobs.h"
#include "api/print/document.h"
#include "api/server_int.h"
#include "api/upload.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"

enum { LIST_USUAL = 50, LIST_MAX = 500 };

/* --- a job in words --- */

/* Columns of a job come in the same order from both statements. */
struct job_row {
    Str kind, about, actor, message, message_en, title, ask, outcome, media, file;
    int64_t state, n, asked_us;
    SqlInt begun_us, ended_us;
};
#define JOB_ROW(r)                                                                               \
    ((struct job_row){(r).kind, (r).about, (r).actor, (r).message, (r).message_en, (r).title,    \
                      (r).ask, (r).outcome, (r).media, (r).file, (r).state, (r).n, (r).asked_us, \
                      (r).begun_us, (r).ended_us})

static struct api_int maybe(SqlInt v)
{
    return (struct api_int){v.set, v.v};
}

static int kind_index(Str kind)
{
    static const struct {
        const char *name;
        int index;
    } kinds[] = {{"import", API_JOB_KIND_IMPORT},
                 {"bank", API_JOB_KIND_BANK},
                 {"pairing", API_JOB_KIND_PAIRING}};
    for (size_t i = 0; i < ARRAY_N(kinds); i++)
        if (str_eq(kind, str_of(kinds[i].name)))
            return kinds[i].index;
    return API_JOB_KIND_EXPORT;
}

/* `whole`: with what it came to. */
static enum status tell(struct arena *keep, const struct api *a, int64_t no,
                        const struct job_row *row, bool whole, struct api_job *out)
{
    uint64_t done, total;
    *out = (struct api_job){
        .job = no,
        .kind = kind_index(row->kind),
        .about = arena_copy(keep, row->about),
        .actor = arena_copy(keep, row->actor),
        .state = (int)row->state - 1,
        .n = row->n,
        .message = arena_copy(keep, row->message),
        .message_en = arena_copy(keep, row->message_en),
        .title = arena_copy(keep, row->title),
        .ask = arena_copy(keep, row->ask),
        .media = arena_copy(keep, row->media),
        .file = arena_copy(keep, row->file),
        .asked = row->asked_us,
        .begun = maybe(row->begun_us),
        .ended = maybe(row->ended_us),
    };
    if (row->state == JOB_RUNNING && jobs_progress(a->jobs, no, &done, &total)) {
        out->n = (int64_t)done;
        out->total = (struct api_int){total > 0, (int64_t)total};
    }
    if (!whole || row->outcome.n == 0)
        return OK;
    struct diags ds;
    diags_init(&ds, keep);
    out->outcome = ARENA_NEW(keep, struct api_job_outcome);
    return api_read(keep, api_type_named("job_outcome"), out->outcome,
                    arena_copy(keep, row->outcome), &ds) == OK
               ? OK
               : ERR_IO;
}

enum status job_read(struct db_conn *conn, struct arena *keep, const struct api *a, int64_t no,
                     struct api_job *out, int64_t *account)
{
    struct sql_job_get_row row;
    TRY(sql_job_get_one(conn, keep, &(struct sql_job_get){a->o.county, no}, &row));
    *account = row.account;
    return tell(keep, a, no, &JOB_ROW(row), true, out);
}

/* --- looking --- */

static bool sees_all(const struct call *c)
{
    return (c->who.roles & (uint32_t)ROLES_OFFICE) != 0;
}

static enum status read_own(struct call *c, int64_t no, bool office, struct api_job *out)
{
    int64_t account;
    TRY(job_read(c->conn, c->arena, c->api, no, out, &account));
    return account == c->who.account || (office && sees_all(c)) ? OK : ERR_GONE;
}

enum status api_job_get(struct call *c, const struct api_job_get_in *in, struct api_job *out)
{
    return read_own(c, in->job, true, out);
}

enum status api_job_list(struct call *c, const struct api_job_list_in *in, struct api_jobs *out)
{
    struct db_rows rows;
    struct sql_job_list_row row;
    int64_t most = !in->limit.set || in->limit.v < 1 ? LIST_USUAL
                   : in->limit.v > LIST_MAX          ? LIST_MAX
                                                     : in->limit.v;
    struct sql_job_list ask = {c->county, sees_all(c) ? 0 : c->who.account,
                               in->before.set ? in->before.v : INT64_MAX, most + 1};
    size_t cap = 0;
    TRY(sql_job_list(c->conn, &ask, &rows));
    while (sql_job_list_next(&rows, &row)) {
        if ((int64_t)out->jobs.n == most) {
            out->next = API_INT_OF(out->jobs.at[most - 1].job);
            continue;
        }
        struct api_job *to = &VEC_PUSH(c->arena, out->jobs.at, out->jobs.n, cap);
        TRY(tell(c->arena, c->api, row.job, &JOB_ROW(row), false, to));
    }
    return db_rows_end(&rows);
}

static void follow(struct call *c)
{
    watch_job(c->api->watch, c, c->number);
}

enum status api_job_events(struct call *c, const struct api_job_events_in *in)
{
    struct api_job job;
    TRY(read_own(c, in->job, true, &job));
    if (watch_is_full(c->api->watch))
        return ERR_BUSY;
    c->number = in->job;
    c->take = follow;
    return OK;
}

/* Of what is personal it shows what its owner may see: so nobody else gets it. */
enum status api_job_result(struct call *c, const struct api_job_result_in *in)
{
    struct api_job job;
    TRY(read_own(c, in->job, false, &job));
    if (job.media.n == 0)
        return ERR_GONE;
    TRY(jobs_result(c, in->job, &c->bytes));
    c->media = job.media;
    c->file = job.file;
    return c->bytes.n == 0 ? ERR_GONE : OK;
}

/* --- changing --- */

struct cancelling {
    int64_t no;
    struct api_done *out;
};

static enum status cancel(struct call *c, void *arg)
{
    struct cancelling *x = arg;
    struct api_job job;
    TRY(read_own(c, x->no, true, &job));
    c->object = arena_fmt(c->arena, "%lld", (long long)x->no);
    if (job.state != API_JOB_STATE_QUEUED && job.state != API_JOB_STATE_RUNNING)
        return call_refuse(c, DIAG_API_JOB_OVER, c->object, NO_ARG);
    x->out->act = c->act->no;
    return sql_job_stop(c->conn, &(struct sql_job_stop){c->county, x->no, c->now_us});
}

/* Told to stop before the act, whose turn comes only when a job that is being kept gave way. */
enum status api_job_cancel(struct call *c, const struct api_job_cancel_in *in, struct api_done *out)
{
    struct api_job job;
    TRY(read_own(c, in->job, true, &job));
    jobs_stop(c->api->jobs, in->job);
    return call_act(c, cancel, &(struct cancelling){in->job, out});
}

struct taking {
    const struct job_order *in;
    struct api_job_asked *out;
};

static enum status add(struct call *c, void *arg)
{
    struct taking *t = arg;
    const struct job_order *in = t->in;
    struct sql_job_unfinished_row has;
    TRY(sql_job_unfinished_one(c->conn, c->arena,
                               &(struct sql_job_unfinished){c->county, c->who.account}, &has));
    int most = sees_all(c) ? JOBS_UNFINISHED_MAX : JOBS_UNFINISHED_OUT;
    if (has.n >= most)
        return call_refuse(c, DIAG_API_JOBS, arena_fmt(c->arena, "%d", most), NO_ARG);
    if (in->bring != NULL)
        TRY(upload_add(c, in->bring));
    TRY(sql_job_add(c->conn, &(struct sql_job_add){c->county, c->act->no, str_of(in->kind),
                                                   in->about, c->who.account, c->who.name,
                                                   in->bring != NULL ? in->bring->no : in->input,
                                                   str_or_empty(in->title), in->ask, c->now_us}));
    c->object = in->about;
    json_key(&c->body, S("ask"));
    json_raw(&c->body, in->ask);
    t->out->job = c->act->no;
    return OK;
}

enum status job_ask(struct call *c, const struct job_order *in, struct api_job_asked *out)
{
    struct taking t = {in, out};
    TRY(call_act(c, add, &t));
    if (!c->again)
        http_set(c->rq, S("Location"),
                 arena_fmt(c->arena, API_BASE "/jobs/%lld", (long long)out->job));
    jobs_wake(c->api->jobs);
    return OK;
}
