/* watch.c - streams that follow jobs. They are looked at twice a second, and when something
 * changed; what is told is what the store says, so that no change can be missed. */
#include "api/job.h"
#include "api/jobs.h"
#include "api/print/document.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/thread.h"

enum { LOOK_MS = 500, WATCHERS_MAX = 256, HEARTBEAT_S = 15, EVENT_MAX = 64 << 20 };

struct watcher { /* on the arena of its request */
    struct http_stream *stream;
    int64_t job;
    uint64_t told; /* hash of the last event */
    struct watcher *next;
};

struct watch {
    struct api *api;
    struct lock *lock;
    struct thread *thread;
    struct db_conn *conn;
    struct watcher *first; /* under `lock`, as the rest is */
    int n;
    bool wanted, closing;
};

/* False: the stream is over. */
static bool tell(struct watch *w, struct arena *tmp, struct watcher *one)
{
    struct api_job job = {0};
    struct buf b;
    struct json j;
    int64_t account;
    if (job_read(w->conn, tmp, w->api, one->job, &job, &account) != OK) {
        http_stream_end(one->stream, false);
        return false;
    }
    bool over = job.state != API_JOB_STATE_QUEUED && job.state != API_JOB_STATE_RUNNING;
    buf_init(&b, tmp, EVENT_MAX);
    buf_fmt(&b, "event: %s\ndata: ", over ? "end" : "progress");
    json_open(&j, &b, false);
    api_write(&j, api_type_named("job"), &job, PROTECT_PERSONAL);
    buf_add(&b, S("\n\n"));
    uint64_t hash = str_hash(buf_str(&b));
    enum status st = hash == one->told ? OK : http_stream_send(one->stream, buf_str(&b));
    if (st == OK)
        one->told = hash;
    bool ends = st == ERR_GONE || (over && st == OK);
    if (ends)
        http_stream_end(one->stream, st == OK);
    return !ends;
}

static void look(struct watch *w, struct watcher *list)
{
    struct arena *tmp = arena_open();
    struct watcher *left = NULL;
    int n = 0;
    bool reads = db_begin(w->conn) == OK;
    for (struct watcher *one = list, *next; one != NULL; one = next) {
        next = one->next;
        n++;
        if (reads && !tell(w, tmp, one))
            continue;
        n--;
        one->next = left;
        left = one;
    }
    db_rollback(w->conn);
    arena_close(tmp);
    lock_take(w->lock);
    w->n -= n;
    while (left != NULL) {
        struct watcher *one = left;
        left = one->next;
        one->next = w->first;
        w->first = one;
    }
    lock_give(w->lock);
}

/* Sleeps until there is somebody to tell; their list. False: the end. */
static bool wait(struct watch *w, struct watcher **list)
{
    lock_take(w->lock);
    while (w->first == NULL && !w->closing)
        lock_wait(w->lock);
    int64_t until = clock_ms() + LOOK_MS;
    while (!w->wanted && !w->closing && clock_ms() < until)
        lock_wait_until(w->lock, until);
    w->wanted = false;
    *list = w->first;
    w->first = NULL;
    bool go = !w->closing;
    lock_give(w->lock);
    return go;
}

static void follow(void *arg)
{
    struct watch *w = arg;
    struct watcher *list;
    while (wait(w, &list))
        look(w, list);
}

void watch_wake(struct watch *w)
{
    lock_take(w->lock);
    w->wanted = true;
    lock_wake(w->lock);
    lock_give(w->lock);
}

bool watch_is_full(struct watch *w)
{
    lock_take(w->lock);
    bool full = w->n >= WATCHERS_MAX;
    lock_give(w->lock);
    return full;
}

void watch_job(struct watch *w, struct call *c, int64_t no)
{
    struct http_stream_how how = {
        .cap_bytes = EVENT_MAX, .heartbeat_s = HEARTBEAT_S, .heartbeat = S(":\n\n")};
    struct watcher *one = ARENA_NEW(c->arena, struct watcher);
    one->job = no;
    one->stream = http_stream_begin(c->rq, 200, S("text/event-stream"), &how);
    lock_take(w->lock);
    one->next = w->first;
    w->first = one;
    w->n++;
    w->wanted = true;
    lock_wake(w->lock);
    lock_give(w->lock);
}

enum status watch_open(struct arena *keep, struct watch **out, struct api *a, struct diags *ds)
{
    struct watch *w = ARENA_NEW(keep, struct watch);
    w->api = a;
    TRY(db_connect(a->o.db, DB_READ, &w->conn, ds));
    w->lock = lock_open(keep);
    enum status st = thread_start(keep, &w->thread, follow, w);
    if (st == OK)
        *out = w;
    else
        db_disconnect(w->conn);
    return st;
}

void watch_close(struct watch *w)
{
    lock_take(w->lock);
    w->closing = true;
    lock_wake(w->lock);
    lock_give(w->lock);
    thread_join(w->thread);
    lock_close(w->lock);
    db_disconnect(w->conn);
}
