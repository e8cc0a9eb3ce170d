/* pool.c - threads that read, behind a bounded queue. */
#include "api/pool.h"

#include "base/arena.h"
#include "db/db.h"
#include "os/thread.h"

struct pool_thread {
    struct pool *pool;
    struct thread *thread;
    struct db_conn *conn;
};

struct pool {
    struct lock *lock;
    struct pool_job *first, **last;
    int waiting, thread_n;
    bool closing;
    struct pool_thread thread[];
};

/* The next job, or NULL when there will be none. */
static struct pool_job *take(struct pool *p)
{
    lock_take(p->lock);
    while (p->first == NULL && !p->closing)
        lock_wait(p->lock);
    struct pool_job *job = p->first;
    if (job != NULL) {
        p->first = job->next;
        p->waiting--;
        if (p->first == NULL)
            p->last = &p->first;
    }
    lock_give(p->lock);
    return job;
}

static void work(void *arg)
{
    struct pool_thread *t = arg;
    for (struct pool_job *job = take(t->pool); job != NULL; job = take(t->pool))
        job->run(job, t->conn);
}

enum status pool_post(struct pool *p, struct pool_job *job)
{
    enum status st = ERR_BUSY;
    lock_take(p->lock);
    if (p->waiting < POOL_QUEUE_MAX && !p->closing) {
        job->next = NULL;
        *p->last = job;
        p->last = &job->next;
        p->waiting++;
        lock_wake(p->lock);
        st = OK;
    }
    lock_give(p->lock);
    return st;
}

void pool_close(struct pool *p)
{
    lock_take(p->lock);
    p->closing = true;
    lock_wake(p->lock);
    lock_give(p->lock);
    for (int i = 0; i < p->thread_n; i++) {
        thread_join(p->thread[i].thread);
        db_disconnect(p->thread[i].conn);
    }
    lock_close(p->lock);
}

enum status pool_open(struct arena *keep, struct pool **out, struct db *db, int threads,
                      struct diags *ds)
{
    struct pool *p = arena_alloc(keep, 1, sizeof *p + (size_t)threads * sizeof p->thread[0],
                                 _Alignof(max_align_t));
    p->lock = lock_open(keep);
    p->last = &p->first;
    for (enum status st = OK; p->thread_n < threads;) {
        struct pool_thread *t = &p->thread[p->thread_n];
        t->pool = p;
        st = db_connect(db, DB_READ, &t->conn, ds);
        if (st == OK && thread_start(keep, &t->thread, work, t) != OK) {
            db_disconnect(t->conn);
            st = ERR_LIMIT;
        }
        if (st != OK) {
            pool_close(p);
            return st;
        }
        p->thread_n++;
    }
    *out = p;
    return OK;
}
