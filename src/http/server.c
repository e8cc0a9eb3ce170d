/* server.c - all loops together: their start, their figures, and their end. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/diag.h"
#include "base/str.h"
#include "http/http_int.h"
#include "os/clock.h"
#include "os/workers.h"

static atomic_int signal_fd = -1; /* of the server that waits for signals */

static void on_signal(int number)
{
    (void)number; /* TERM and INT mean the same */
    int err = errno, fd = atomic_load(&signal_fd);
    if (fd >= 0)
        (void)eventfd_write(fd, 1); /* full: it has been told */
    errno = err;
}

/* TERM and INT stop the server from the moment it answers; -1: they end the program again. */
static void catch_signals(int fd)
{
    struct sigaction stop = {.sa_handler = fd < 0 ? SIG_DFL : on_signal, .sa_flags = SA_RESTART};
    struct sigaction ignore = {.sa_handler = SIG_IGN};
    atomic_store(&signal_fd, fd);
    (void)sigaction(SIGTERM, &stop, NULL); /* fails for numbers that are no signals only */
    (void)sigaction(SIGINT, &stop, NULL);
    (void)sigaction(SIGPIPE, &ignore, NULL); /* a log that nobody reads is an error, no end */
}

static uint32_t or_default(uint32_t n, uint32_t otherwise)
{
    return n == 0 ? otherwise : n;
}

static void set_defaults(struct http_options *o)
{
    if (o->loops <= 0)
        o->loops = (int)workers_cpus();
    if (o->loops > HTTP_LOOPS_MAX)
        o->loops = HTTP_LOOPS_MAX;
    if (o->head_bytes == 0)
        o->head_bytes = 16384;
    if (o->body_total_bytes == 0)
        o->body_total_bytes = (size_t)256 << 20;
    o->connections = or_default(o->connections, 8192);
    o->peer_connections = or_default(o->peer_connections, 256);
    o->in_flight = or_default(o->in_flight, 1024);
    o->wait_ms = or_default(o->wait_ms, 200);
    o->head_ms = or_default(o->head_ms, 10000);
    o->idle_ms = or_default(o->idle_ms, 30000);
    o->body_bytes_s = or_default(o->body_bytes_s, 1024);
    o->drain_ms = or_default(o->drain_ms, 20000);
}

static enum status read_trusted(struct http_server *s, struct diags *ds)
{
    s->trusted = ARENA_ARRAY(s->keep, Network, s->o.trusted_n);
    for (size_t i = 0; i < s->o.trusted_n; i++)
        if (!network_parse(&s->trusted[s->trusted_n++], s->o.trusted[i]))
            return diag_add(ds, DIAG_HTTP_TRUSTED, (Span){0, 0}, s->o.trusted[i], NO_ARG, NO_ARG);
    return OK;
}

static void join(struct http_server *s)
{
    for (int i = 0; i < s->loop_n; i++)
        if (s->loop[i].thread != NULL)
            thread_join(s->loop[i].thread);
}

/* stop_fd stays open: a signal handler on another thread may be about to write to it. */
static void release(struct http_server *s)
{
    for (int i = 0; i < s->loop_n; i++) {
        struct loop *l = &s->loop[i];
        if (l->listen_fd >= 0)
            (void)close(l->listen_fd);
        loop_close(l);
    }
    peers_close(s->peers);
}

static enum status start(struct http_server *s, struct diags *ds)
{
    TRY(read_trusted(s, ds));
    for (int i = 0; i < s->loop_n; i++)
        TRY(loop_open(&s->loop[i]));
    TRY(listen_open(s, ds));
    int started = 0;
    enum status st = OK;
    for (; st == OK && started < s->loop_n; started += st == OK)
        st = thread_start(s->keep, &s->loop[started].thread, loop_run, &s->loop[started]);
    if (st != OK)
        s->loop[started].thread = NULL;
    lock_take(s->lock);
    while (s->started < started)
        lock_wait(s->lock);
    if (st == OK)
        st = s->failure;
    lock_give(s->lock);
    if (st == OK)
        return OK;
    for (int i = 0; i < started; i++)
        loop_ask(&s->loop[i], DRAIN_CUT);
    join(s);
    return st;
}

enum status http_open(struct arena *keep, struct http_server **out, const struct http_options *o,
                      const struct http_hooks *hooks, struct diags *ds)
{
    struct http_server *s = *out = ARENA_NEW(keep, struct http_server);
    s->o = *o;
    s->hooks = *hooks;
    s->keep = keep;
    set_defaults(&s->o);
    s->loop_n = s->o.loops;
    s->loop = ARENA_ARRAY(keep, struct loop, (size_t)s->loop_n);
    for (int i = 0; i < s->loop_n; i++) {
        s->loop[i].server = s;
        s->loop[i].index = i;
        s->loop[i].listen_fd = s->loop[i].wake_fd = -1;
    }
    s->lock = lock_open(keep);
    s->peers = peers_open(keep, s->o.connections);
    s->born_ms = (uint64_t)clock_us() / 1000;
    s->stop_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    if (!s->o.quiet_signals)
        catch_signals(s->stop_fd);
    enum status st = s->stop_fd < 0 ? ERR_IO : start(s, ds);
    if (st == OK)
        return OK;
    if (!s->o.quiet_signals)
        catch_signals(-1);
    release(s);
    return st;
}

int http_port(const struct http_server *s)
{
    return s->port;
}

int http_loops(const struct http_server *s)
{
    return s->loop_n;
}

void http_stop(struct http_server *s)
{
    (void)eventfd_write(s->stop_fd, 1); /* full: it has been told */
}

bool http_stopping(const struct http_server *s)
{
    return atomic_load(&s->stopping);
}

/* ---- waiting ---- */

/* Have all loops gone round since we looked last? */
static bool all_beat(struct http_server *s, uint64_t *seen)
{
    bool all = true;
    for (int i = 0; i < s->loop_n; i++) {
        uint64_t now = atomic_load(&s->loop[i].beat);
        all = all && now != seen[i];
        seen[i] = now;
    }
    return all;
}

/* Sleeps until it is told to stop; tells systemd's watchdog meanwhile that the loops turn. */
static void wait_for_stop(struct http_server *s)
{
    uint64_t seen[HTTP_LOOPS_MAX] = {0};
    int64_t watchdog_ms = notify_watchdog_ms();
    int sleep_ms = watchdog_ms > 0 ? (int)(watchdog_ms / 2) : -1;
    struct pollfd stop = {.fd = s->stop_fd, .events = POLLIN};
    for (;;) {
        int n = poll(&stop, 1, sleep_ms);
        if (n > 0)
            return;
        if (n == 0 && all_beat(s, seen))
            notify_systemd(S("WATCHDOG=1"));
    }
}

/* Waits for all loops to end; false: not by then. */
static bool wait_for_end(struct http_server *s, int64_t until_ms)
{
    lock_take(s->lock);
    while (s->ended < s->loop_n && clock_ms() < until_ms)
        lock_wait_until(s->lock, until_ms);
    bool ended = s->ended == s->loop_n;
    lock_give(s->lock);
    return ended;
}

enum status http_wait(struct http_server *s)
{
    notify_systemd(S("READY=1"));
    wait_for_stop(s);
    notify_systemd(S("STOPPING=1"));
    atomic_store(&s->stopping, true);
    for (int i = 0; i < s->loop_n; i++)
        loop_ask(&s->loop[i], DRAIN_GENTLY);
    bool gently = wait_for_end(s, clock_ms() + s->o.drain_ms);
    for (int i = 0; !gently && i < s->loop_n; i++)
        loop_ask(&s->loop[i], DRAIN_CUT);
    join(s);
    release(s);
    return gently ? OK : ERR_BUSY;
}
