/* loop.c - one thread, its connections, and what other threads ask of it. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/day.h"
#include "http/http_int.h"
#include "os/clock.h"

enum { ACCEPT_AT_ONCE = 64, SPARE_BYTES = 256 * 1024 };

/* ---- arenas for requests, used again ---- */

struct arena *loop_lend(struct loop *l)
{
    return l->spare_n > 0 ? l->spare[--l->spare_n] : arena_open();
}

void loop_take_back(struct loop *l, struct arena *a)
{
    bool large = arena_used(a) > SPARE_BYTES;
    if (large || l->spare_n == ARRAY_N(l->spare)) {
        arena_close(a);
        return;
    }
    arena_reset(a, (ArenaMark){0, 0});
    l->spare[l->spare_n++] = a;
}

/* ---- the date, once a second ---- */

Str loop_date(struct loop *l)
{
    /* 1970-01-01 was a Thursday. */
    static const char *const days[] = {"Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
    static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                         "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    int64_t now_s = clock_us() / 1000000;
    if (now_s != l->date_s) {
        int year, month, day, s = (int)(now_s % 86400);
        l->date_s = now_s;
        day_split((Day)(now_s / 86400), &year, &month, &day);
        (void)snprintf(l->date, sizeof l->date, /* fits */
                       "Date: %s, %02d %s %04d %02d:%02d:%02d GMT\r\n", days[now_s / 86400 % 7],
                       day, months[month - 1], year, s / 3600, s / 60 % 60, s % 60);
    }
    return (Str){l->date, strlen(l->date)};
}

/* ---- calls from other threads ---- */

/* Under the lock. */
static void wake(struct loop *l)
{
    if (l->wake_fd >= 0)                    /* else it has ended */
        (void)eventfd_write(l->wake_fd, 1); /* full: then it is awake already */
}

void http_later(struct http_server *s, int loop, struct http_task *t)
{
    ASSERT(loop >= 0 && loop < s->loop_n);
    struct loop *l = &s->loop[loop];
    t->next = NULL;
    lock_take(l->lock);
    bool first = l->first == NULL;
    if (first)
        l->first = t;
    else
        l->last->next = t;
    l->last = t;
    if (first)
        wake(l);
    lock_give(l->lock);
}

/* ---- connections ---- */

static void on_accept(evutil_socket_t fd, short what, void *arg)
{
    (void)what; /* readable */
    struct loop *l = arg;
    for (int i = 0; i < ACCEPT_AT_ONCE; i++) {
        struct sockaddr_storage from = {.ss_family = AF_UNSPEC};
        socklen_t n = sizeof from;
        int conn = accept(fd, (struct sockaddr *)&from, &n);
        if (conn >= 0) {
            (void)evutil_make_socket_nonblocking(conn); /* cannot fail for a socket just made */
            (void)evutil_make_socket_closeonexec(conn);
            conn_accept(l, conn, (const struct sockaddr *)&from);
            continue;
        }
        if (errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM)
            (void)event_del(&l->accept); /* until the next tick, instead of asking on and on */
        if (errno != ECONNABORTED && errno != EINTR)
            return;
    }
}

static void on_tick(evutil_socket_t fd, short what, void *arg)
{
    (void)fd; /* none: the time has come */
    (void)what;
    struct loop *l = arg;
    struct http_server *s = l->server;
    uint64_t beat = atomic_fetch_add(&l->beat, 1);
    int64_t now_ms = clock_ms();
    for (struct conn *c = l->conns, *next; c != NULL; c = next) {
        next = c->next;
        conn_check(c, now_ms);
    }
    log_flush(l);
    if (l->drained == DRAIN_NO)
        (void)event_add(&l->accept, NULL); /* on again, if it was off */
    if (s->hooks.tick != NULL && beat % (1000 / HTTP_TICK_MS) == 0)
        s->hooks.tick(s->hooks.arg, l->index, l->local);
}

/* ---- the end ---- */

void loop_check_end(struct loop *l)
{
    if (l->drained != DRAIN_NO && l->conn_n == 0 && l->held == 0)
        (void)event_base_loopbreak(l->base); /* never fails */
}

static void drain(struct loop *l, int how)
{
    if (l->drained == DRAIN_NO) { /* who has been let in by the kernel is served */
        on_accept(l->listen_fd, EV_READ, l);
        (void)event_del(&l->accept);
        (void)close(l->listen_fd);
        l->listen_fd = -1;
    }
    l->drained = how;
    for (struct conn *c = l->conns, *next; c != NULL; c = next) {
        next = c->next;
        if (how == DRAIN_CUT)
            conn_close(c);
        else
            conn_drain(c);
    }
    if (how == DRAIN_CUT)
        (void)event_base_loopbreak(l->base);
    else
        loop_check_end(l);
}

static struct http_task *take_tasks(struct loop *l)
{
    lock_take(l->lock);
    struct http_task *t = l->first;
    l->first = l->last = NULL;
    lock_give(l->lock);
    return t;
}

static void on_wake(evutil_socket_t fd, short what, void *arg)
{
    (void)what; /* readable */
    struct loop *l = arg;
    eventfd_t times;
    (void)eventfd_read(fd, &times); /* only to quieten it */
    for (struct http_task *t = take_tasks(l), *next; t != NULL; t = next) {
        next = t->next;
        t->run(t, l->local);
    }
    int ask = atomic_load(&l->drain);
    if (ask > l->drained)
        drain(l, ask);
}

/* ---- the thread ---- */

static void add_events(struct loop *l)
{
    struct timeval tick = {.tv_usec = (suseconds_t)HTTP_TICK_MS * 1000};
    short again = EV_PERSIST;
    ASSERT(event_assign(&l->wake, l->base, l->wake_fd, EV_READ | again, on_wake, l) == 0);
    ASSERT(event_assign(&l->tick, l->base, -1, again, on_tick, l) == 0);
    ASSERT(event_assign(&l->accept, l->base, l->listen_fd, EV_READ | again, on_accept, l) == 0);
    ASSERT(event_add(&l->wake, NULL) == 0 && event_add(&l->tick, &tick) == 0);
    ASSERT(event_add(&l->accept, NULL) == 0);
}

static void tell_started(struct http_server *s, enum status st)
{
    lock_take(s->lock);
    s->started++;
    if (st != OK)
        s->failure = st;
    lock_wake(s->lock);
    lock_give(s->lock);
}

static void tell_ended(struct loop *l)
{
    struct http_server *s = l->server;
    lock_take(s->lock);
    s->ended++;
    s->left += l->held;
    lock_wake(s->lock);
    lock_give(s->lock);
}

void loop_run(void *arg)
{
    struct loop *l = arg;
    struct http_server *s = l->server;
    enum status st = OK;
    if (s->hooks.loop_start != NULL)
        st = s->hooks.loop_start(s->hooks.arg, l->index, &l->local);
    tell_started(s, st);
    if (st != OK)
        return;
    add_events(l);
    (void)event_base_dispatch(l->base); /* until it is broken off */
    log_flush(l);
    if (s->hooks.loop_end != NULL)
        s->hooks.loop_end(s->hooks.arg, l->index, l->local);
    while (l->spare_n > 0)
        arena_close(l->spare[--l->spare_n]);
    tell_ended(l);
}

enum status loop_open(struct loop *l)
{
    struct event_config *config = event_config_new();
    ASSERT(config != NULL);
    ASSERT(event_config_set_flag(config, EVENT_BASE_FLAG_NOLOCK) == 0);
    l->base = event_base_new_with_config(config);
    event_config_free(config);
    l->wake_fd = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
    l->arena = arena_open();
    l->log_arena = arena_open();
    l->lock = lock_open(l->server->keep);
    return l->base != NULL && l->wake_fd >= 0 ? OK : ERR_IO;
}

void loop_ask(struct loop *l, int how)
{
    lock_take(l->lock);
    atomic_store(&l->drain, how);
    wake(l);
    lock_give(l->lock);
}

/* Exchanges may still be in other hands, and come back to nobody: the list of tasks and its lock
 * live as long as the server's arena. */
void loop_close(struct loop *l)
{
    if (l->base != NULL)
        event_base_free(l->base);
    if (l->wake_fd >= 0) {
        lock_take(l->lock);
        (void)close(l->wake_fd); /* an eventfd has nothing to lose */
        l->wake_fd = -1;
        lock_give(l->lock);
    }
    arena_close(l->arena);
    arena_close(l->log_arena);
}
