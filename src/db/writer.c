#include "db/writer.h"

#include "base/arena.h"
#include "db/db.h"
#include "os/thread.h"

struct writer {
    struct db *db;
    struct db_conn *conn; /* the thread's; NULL: lost, to be made again */
    struct thread *thread;
    struct lock *lock;

    /* under `lock` */
    struct write_job *first, *last;
    uint32_t queued;
    bool closing;
    struct writer_counts counts;
};

/* The queue */

static void append(struct writer *w, struct write_job *job)
{
    job->next = NULL;
    job->ended = false;
    if (w->first == NULL)
        w->first = job;
    else
        w->last->next = job;
    w->last = job;
    w->queued++;
}

/* Up to WRITER_GROUP_MAX of the jobs that wait; NULL when there are none and never will be. */
static struct write_job *take_group(struct writer *w)
{
    lock_take(w->lock);
    while (w->first == NULL && !w->closing)
        lock_wait(w->lock);
    struct write_job *group = w->first, *end = group;
    for (uint32_t n = 1; end != NULL; n++) {
        w->queued--;
        if (n == WRITER_GROUP_MAX || end->next == NULL)
            break;
        end = end->next;
    }
    if (end != NULL) {
        w->first = end->next;
        end->next = NULL;
    }
    lock_give(w->lock);
    return group;
}

static void finish(struct writer *w, struct write_job *job)
{
    lock_take(w->lock);
    w->counts.jobs++;
    w->counts.failed += job->st != OK;
    void (*done)(struct write_job *) = job->done;
    if (done == NULL) { /* from here on it may be gone */
        job->ended = true;
        lock_wake(w->lock);
    }
    lock_give(w->lock);
    if (done != NULL)
        done(job);
}

/* A transaction */

static void fail_job(struct write_job *job, const struct db_conn *c, enum status st)
{
    static const struct db_fault LOST = {.why = DB_WHY_LOST};
    job->st = st;
    job->fault = c == NULL ? LOST : *db_fault(c);
}

/* Every job of the group that has not failed by itself fails with the transaction. */
static void fail_group(struct write_job *group, const struct db_conn *c, enum status st)
{
    for (struct write_job *job = group; job != NULL; job = job->next) {
        if (job->st == OK)
            fail_job(job, c, st);
    }
}

/* OK: the job is in the transaction or undone; otherwise the transaction is lost. */
static enum status run_job(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    ArenaMark mark = arena_mark(tmp);
    TRY(db_mark(c));
    job->st = job->run(job, c, tmp);
    if (job->st == OK)
        job->st = db_unmark(c);
    enum status undone = OK;
    if (job->st != OK) {
        fail_job(job, c, job->st);
        undone = db_undo(c);
    }
    arena_reset(tmp, mark);
    return undone;
}

static enum status run_group(struct write_job *group, struct db_conn *c, struct arena *tmp)
{
    TRY(db_begin(c));
    for (struct write_job *job = group; job != NULL; job = job->next)
        TRY(run_job(job, c, tmp));
    return db_commit(c);
}

static enum status connected(struct writer *w)
{
    return w->conn != NULL ? OK : db_connect(w->db, DB_WRITE, &w->conn, NULL);
}

static void write_group(struct writer *w, struct write_job *group, struct arena *tmp)
{
    for (struct write_job *job = group; job != NULL; job = job->next)
        job->st = OK;
    enum status st = connected(w);
    if (st == OK)
        st = run_group(group, w->conn, tmp);
    if (st == OK)
        return;
    fail_group(group, w->conn, st);
    if (w->conn == NULL)
        return;
    db_rollback(w->conn);
    if (db_fault(w->conn)->why == DB_WHY_LOST) {
        db_disconnect(w->conn);
        w->conn = NULL;
    }
}

static void run(void *arg)
{
    struct writer *w = arg;
    struct arena *tmp = arena_open();
    for (struct write_job *group; (group = take_group(w)) != NULL;) {
        write_group(w, group, tmp);
        lock_take(w->lock);
        w->counts.commits++;
        lock_give(w->lock);
        for (struct write_job *job = group, *next; job != NULL; job = next) {
            next = job->next;
            finish(w, job);
        }
    }
    arena_close(tmp);
}

/* What others call */

enum status writer_open(struct arena *keep, struct writer **out, struct db *db, struct diags *ds)
{
    struct writer *w = *out = ARENA_NEW(keep, struct writer);
    w->db = db;
    w->lock = lock_open(keep);
    TRY(db_connect(db, DB_WRITE, &w->conn, ds));
    enum status st = thread_start(keep, &w->thread, run, w);
    if (st != OK)
        db_disconnect(w->conn);
    return st;
}

void writer_close(struct writer *w)
{
    lock_take(w->lock);
    w->closing = true;
    lock_wake(w->lock);
    lock_give(w->lock);
    thread_join(w->thread);
    db_disconnect(w->conn);
    lock_close(w->lock);
}

enum status writer_post(struct writer *w, struct write_job *job)
{
    lock_take(w->lock);
    bool full = w->queued >= WRITER_QUEUE_MAX;
    if (!full) {
        append(w, job);
        lock_wake(w->lock);
    }
    lock_give(w->lock);
    return full ? ERR_BUSY : OK;
}

enum status writer_run(struct writer *w, struct write_job *job)
{
    job->done = NULL;
    TRY(writer_post(w, job));
    lock_take(w->lock);
    while (!job->ended)
        lock_wait(w->lock);
    lock_give(w->lock);
    return job->st;
}

struct writer_counts writer_counts(struct writer *w)
{
    lock_take(w->lock);
    struct writer_counts counts = w->counts;
    lock_give(w->lock);
    return counts;
}
