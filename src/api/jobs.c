/* jobs.c - one job after another. What is under way is known here, what became of it in the store.
 *
 * Whether a job is cancelled is decided where it is kept, by its row in the writer's transaction:
 * the flag here only spares the work. */
#include "api/jobs.h"

#include "access/account.h"
#include "api/follower.h"
#include "api/job.h"
#include "api/may.h"
#include "api/print/document.h"
#include "api/problem.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/thread.h"
#include "sql.h"

enum { PIECE_BYTES = 1 << 20, TRIES = 100, PAUSE_MS = 100 };

static const int64_t DAY_US = INT64_C(86400000000);

struct jobs {
    struct api *api;
    struct follower thread;

    /* under its lock */
    int64_t running; /* 0: none */
    bool stop;       /* that one */
    uint64_t done, total;
};

static const struct job_kind KINDS[] = {
    {"export", "export_new", export_run},
    {"import", "import_commit", import_run},
    {"bank", "ledger_answers", bank_run},
    {"pairing", "pairing_new", pairing_run},
};

static const struct job_kind *kind_named(Str name)
{
    for (size_t i = 0; i < ARRAY_N(KINDS); i++)
        if (str_eq(str_of(KINDS[i].name), name))
            return &KINDS[i];
    return NULL;
}

/* --- from any thread --- */

void jobs_wake(struct jobs *x)
{
    follower_wake(&x->thread);
}

void jobs_stop(struct jobs *x, int64_t no)
{
    lock_take(x->thread.lock);
    if (x->running == no)
        x->stop = true;
    lock_give(x->thread.lock);
}

bool jobs_progress(struct jobs *x, int64_t no, uint64_t *done, uint64_t *total)
{
    lock_take(x->thread.lock);
    bool runs = x->running == no;
    *done = x->done;
    *total = x->total;
    lock_give(x->thread.lock);
    return runs;
}

bool job_tick(struct job *j, uint64_t done, uint64_t total)
{
    struct jobs *x = j->jobs;
    lock_take(x->thread.lock);
    x->done = done;
    x->total = total;
    bool go = !x->stop && !x->thread.closing;
    lock_give(x->thread.lock);
    return go;
}

static void set_running(struct jobs *x, int64_t no)
{
    lock_take(x->thread.lock);
    x->running = no;
    x->stop = false;
    x->done = x->total = 0;
    lock_give(x->thread.lock);
    watch_wake(x->api->watch);
}

/* --- the end of a job, on the writer --- */

struct ending {
    struct job *job;
    enum job_state state; /* JOB_QUEUED: it goes back */
    Str message, message_en;
};

static enum status keep_act(struct job *j)
{
    struct call *c = &j->call;
    TRY(act_begin(&c->at, c->conn, c->arena, c->county, clock_us()));
    c->act = &c->at;
    if (j->keep != NULL)
        TRY(j->keep(j));
    json_kint(&c->body, "job", j->no);
    json_obj_end(&c->body);
    j->outcome->act = c->act->no;
    struct act_words words = {c->who.name, str_of(j->verb), c->object, buf_str(&c->text)};
    return act_end(c->act, &words);
}

static enum status keep_result(struct job *j)
{
    struct call *c = &j->call;
    for (size_t at = 0, piece = 0; at < j->result.n; at += PIECE_BYTES, piece++) {
        size_t end = j->result.n - at < PIECE_BYTES ? j->result.n : at + PIECE_BYTES;
        TRY(sql_job_piece_add(c->conn, &(struct sql_job_piece_add){c->county, j->no, (int64_t)piece,
                                                                   str_sub(j->result, at, end)}));
    }
    return OK;
}

static Str outcome_text(struct job *j)
{
    struct buf b;
    if (j->outcome == NULL)
        return S("");
    buf_init(&b, j->call.arena, BUF_MAX);
    api_write(&b, api_type_named("job_outcome"), j->outcome, PROTECT_PERSONAL);
    return buf_str(&b);
}

static enum status write_end(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct ending *e = arg;
    struct job *j = e->job;
    struct call *c = &j->call;
    struct sql_job_get_row row;
    int64_t now = clock_us();
    c->conn = conn;
    TRY(sql_job_get_one(conn, tmp, &(struct sql_job_get){c->county, j->no}, &row));
    if (row.state != JOB_RUNNING) /* it was kept, though the connection was lost then */
        return OK;
    if (row.stop != 0)
        e->state = JOB_CANCELLED;
    if (e->state == JOB_DONE && j->verb != NULL)
        TRY(keep_act(j));
    bool over = e->state != JOB_QUEUED, tells = over && e->state != JOB_CANCELLED;
    bool has = tells && j->result.n > 0;
    if (has)
        TRY(keep_result(j));
    TRY(sql_job_piece_sweep(
        conn, &(struct sql_job_piece_sweep){c->county, now - JOB_KEEP_DAYS * DAY_US}));
    return sql_job_end(conn, &(struct sql_job_end){
                                 .county = c->county,
                                 .job = j->no,
                                 .state = e->state,
                                 .n = tells ? j->n : 0,
                                 .message = e->message,
                                 .message_en = e->message_en,
                                 .outcome = tells ? outcome_text(j) : S(""),
                                 .media = has ? j->media : S(""),
                                 .file = has ? j->file : S(""),
                                 .ended_us = {over ? now : 0, over},
                             });
}

/* What stands in the row of a job that failed. */
static void say_why(struct ending *e, enum status st)
{
    struct call *c = &e->job->call;
    e->state = JOB_FAILED;
    if (e->job->outcome != NULL)
        e->job->outcome->act = 0;
    if (c->diags.n == 0) {
        problem_words(api_refusal_for(st), &e->message, &e->message_en);
        return;
    }
    struct api_problem_item item = problem_item(c->arena, &c->diags.at[0]);
    e->message = item.message;
    e->message_en = item.message_en;
}

static void pause(struct jobs *x)
{
    lock_take(x->thread.lock);
    lock_wait_until(x->thread.lock, clock_ms() + PAUSE_MS);
    lock_give(x->thread.lock);
}

/* A store that takes nothing leaves the job as it is: taken up again when the program starts. */
static void end_job(struct job *j, enum status st)
{
    struct ending e = {.job = j, .state = JOB_DONE, .message = S(""), .message_en = S("")};
    if (st == OK)
        st = call_write(&j->call, write_end, &e);
    if (st == OK)
        return;
    if (st == ERR_BUSY)
        e.state = JOB_QUEUED;
    else
        say_why(&e, st);
    for (int i = 0; i < TRIES && call_write(&j->call, write_end, &e) == ERR_BUSY; i++)
        pause(j->jobs);
}

/* --- a job --- */

enum status jobs_result(struct call *c, int64_t no, Str *out)
{
    struct db_rows rows;
    struct sql_job_pieces_row row;
    struct buf b;
    buf_init(&b, c->arena, JOB_RESULT_MAX);
    TRY(sql_job_pieces(c->conn, &(struct sql_job_pieces){c->county, no}, &rows));
    while (sql_job_pieces_next(&rows, &row))
        buf_add(&b, row.bytes);
    *out = b.n == 0 ? S("") : buf_str(&b);
    return db_rows_end(&rows);
}

/* The next one, and who asked for it. */
static enum status look_up(struct job *j, int64_t *account)
{
    struct call *c = &j->call;
    struct sql_job_next_row next;
    struct sql_job_get_row row;
    TRY(sql_job_next_one(c->conn, c->arena, &(struct sql_job_next){c->county}, &next));
    j->no = next.job;
    TRY(sql_job_get_one(c->conn, c->arena, &(struct sql_job_get){c->county, j->no}, &row));
    j->kind = row.kind;
    j->about = row.about;
    j->ask = row.ask;
    j->input = row.input;
    c->who.name = row.actor;
    *account = row.account;
    return OK;
}

static enum status write_begin(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct job *j = arg;
    (void)tmp;
    return sql_job_begin(conn, &(struct sql_job_begin){j->call.county, j->no, clock_us()});
}

/* As the account is now, which may have lost the right since. */
static enum status take_rights(struct job *j, int64_t account)
{
    struct call *c = &j->call;
    struct access_view v = api_view(c, c->conn);
    enum status st = account_caller(&v, account, &c->who);
    if (st == ERR_GONE)
        return ERR_DENIED;
    TRY(st);
    c->who.scopes = TOKEN_ALL;
    c->who.stepped_up = true; /* they were, or nobody had taken the job */
    return api_may(c->route, &c->who) == API_MAY ? OK : ERR_DENIED;
}

static enum status do_job(struct job *j, int64_t account)
{
    const struct job_kind *kind = kind_named(j->kind);
    struct call *c = &j->call;
    ASSERT(kind != NULL);
    c->route = api_route_named(kind->route);
    TRY(db_begin(c->conn));
    enum status st = take_rights(j, account);
    if (st == OK)
        st = kind->run(j);
    db_rollback(c->conn);
    return st;
}

static void begin_call(struct jobs *x, struct job *j, struct arena *a)
{
    struct call *c = &j->call;
    j->jobs = x;
    c->arena = a;
    c->api = x->api;
    c->county = x->api->o.county;
    c->conn = x->thread.conn;
    c->now_us = clock_us();
    c->today = moment_day(c->now_us, ZONE_CHINA);
    diags_init(&c->diags, a);
    buf_init(&c->text, a, BUF_MAX);
    json_open(&c->body, &c->text, false);
    json_obj(&c->body);
}

/* False: there is none, or the store is in no state for it. */
static bool do_next(struct jobs *x)
{
    struct arena *a = arena_open();
    struct job *j = ARENA_NEW(a, struct job);
    int64_t account = 0;
    begin_call(x, j, a);
    enum status st = db_begin(x->thread.conn);
    if (st == OK) {
        st = look_up(j, &account);
        db_rollback(x->thread.conn);
    }
    if (st == OK)
        st = call_write(&j->call, write_begin, j);
    if (st == OK) {
        set_running(x, j->no);
        end_job(j, do_job(j, account));
        set_running(x, 0);
        roster_release(j->call.roster);
        refresher_wake(x->api->refresher);
    }
    arena_close(a);
    return st == OK;
}

static void work(void *arg)
{
    struct jobs *x = arg;
    while (!rosters_filled(x->api->rosters) && !follower_closing(&x->thread))
        pause(x);
    while (follower_sleep(&x->thread, FOLLOWER_EVER))
        while (!follower_closing(&x->thread) && do_next(x))
            continue;
}

/* --- start and end --- */

static enum status requeue(struct write_job *job, struct db_conn *conn, struct arena *tmp)
{
    struct api *a = job->arg;
    (void)tmp;
    return sql_job_requeue(conn, &(struct sql_job_requeue){a->o.county});
}

enum status jobs_open(struct arena *keep, struct jobs **out, struct api *a, struct diags *ds)
{
    struct jobs *x = ARENA_NEW(keep, struct jobs);
    struct write_job again = {.run = requeue, .arg = a};
    x->api = a;
    TRY(writer_run(a->writer, &again));
    TRY(follower_open(keep, &x->thread, a->o.db, work, x, ds));
    *out = x;
    return OK;
}

void jobs_close(struct jobs *x)
{
    follower_close(&x->thread);
}
