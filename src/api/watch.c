/* watch.c - streams that follow jobs. They are looked at twice a second, and when something
 * changed; what is told is what the store says, so that no change can be missed. */
#include "api/follower.h"
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
    struct follower thread;
    struct watcher *first; /* under its lock, as the rest is */
    int n;
};

/* False: the stream is over. */
static bool tell(struct watch *w, struct arena *tmp, struct watcher *one)
{
    struct api_job job = {0};
    struct buf b;
    int64_t account;
    if (job_read(w->thread.conn, tmp, w->api, one->job, &job, &account) != OK) {
        http_stream_end(one->stream, false);
        return false;
    }
    bool over = job.state != API_JOB_STATE_QUEUED && job.state != API_JOB_STATE_RUNNING;
    buf_init(&b, tmp, EVENT_MAX);
    buf_fmt(&b, "event: %s\ndata: ", over ? "end" : "progress");
    api_write(&b, api_type_named("job"), &job, PROTECT_PERSONAL);
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
    bool reads = db_begin(w->thread.conn) == OK;
    for (struct watcher *one = list, *next; one != NULL; one = next) {
        next = one->next;
        n++;
        if (reads && !tell(w, tmp, one))
            continue;
        n--;
        one->next = left;
        left = one;
    }
    db_rollback(w->thread.conn);
    arena_close(tmp);
    lock_take(w->thread.lock);
    w->n -= n;
    while (left != NULL) {
        struct watcher *one = left;
        left = one->next;
        one->next = w->first;
        w->first = one;
    }
    lock_give(w->thread.lock);
}

static struct watcher *take_all(struct watch *w)
{
    lock_take(w->thread.lock);
    struct watcher *list = w->first;
    w->first = NULL;
    lock_give(w->thread.lock);
    return list;
}

static bool is_idle(struct watch *w)
{
    lock_take(w->thread.lock);
    bool idle = w->first == NULL;
    lock_give(w->thread.lock);
    return idle;
}

static void follow(void *arg)
{
    struct watch *w = arg;
    while (follower_sleep(&w->thread, is_idle(w) ? FOLLOWER_EVER : clock_ms() + LOOK_MS)) {
        struct watcher *list = take_all(w);
        if (list != NULL)
            look(w, list);
    }
}

void watch_wake(struct watch *w)
{
    follower_wake(&w->thread);
}

bool watch_is_full(struct watch *w)
{
    lock_take(w->thread.lock);
    bool full = w->n >= WATCHERS_MAX;
    lock_give(w->thread.lock);
    return full;
}

void watch_job(struct watch *w, struct call *c, int64_t no)
{
    struct http_stream_how how = {
        .cap_bytes = EVENT_MAX, .heartbeat_s = HEARTBEAT_S, .heartbeat = S(":\n\n")};
    struct watcher *one = ARENA_NEW(c->arena, struct watcher);
    one->job = no;
    one->stream = http_stream_begin(c->rq, 200, S("text/event-stream"), &how);
    lock_take(w->thread.lock);
    one->next = w->first;
    w->first = one;
    w->n++;
    lock_give(w->thread.lock);
    follower_wake(&w->thread);
}

enum status watch_open(struct arena *keep, struct watch **out, struct api *a, struct diags *ds)
{
    struct watch *w = ARENA_NEW(keep, struct watch);
    w->api = a;
    TRY(follower_open(keep, &w->thread, a->o.db, follow, w, ds));
    *out = w;
    return OK;
}

void watch_close(struct watch *w)
{
    follower_close(&w->thread);
}
