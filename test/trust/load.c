/* load.c - what a server answered is there, though it is killed while eight write as fast as they
 * can: started again, every question is asked once more under its key. What was answered is
 * answered by the same bytes, what was on its way is done once, and the chain is whole.
 *
 * The defect planted by --canary: a writer remembers an answer that no server gave. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "os/thread.h"
#include "test/trust/world.h"

enum { WRITERS = 8, ASKED_MAX = 4096, ONCE = 201 };

struct writer {
    struct load *x;
    struct arena *a;
    struct client client;
    int no;
    size_t n;           /* questions sent */
    Str got[ASKED_MAX]; /* answers; p NULL: none came */
};

struct load {
    struct trust *t;
    struct world w;
    struct world_process server;
    struct arena *a;
    int round;
    int64_t told, done_untold;
    struct writer writer[WRITERS];
};

static struct client_question question(const struct writer *k, struct arena *a, size_t i)
{
    const struct load *x = k->x;
    Str head = world_headers(a, &x->w.at[ROLE_OFFICER], false);
    return (struct client_question){
        .method = "POST",
        .path = arena_fmt(a, "/api/v1/subjects/%%E4%%BC%%81%%E4%%B8%%9A/E%d/reports", /* 企业 */
                          1 + k->no % WORLD_FIRMS),
        .headers = arena_fmt(a, "%.*sIdempotency-Key: load-%d-%d-%zu\r\n", STR_ARG(head), x->round,
                             k->no, i),
        .body = arena_fmt(a, "{\"source\":\"x\",\"values\":{\"研发费用@2025\":\"%zu\"}}", i)};
}

/* Until the server is gone; nothing is asked twice here. */
static void write_on(void *arg)
{
    struct writer *k = arg;
    struct client_answer got;
    client_open(&k->client, k->x->server.port);
    for (k->n = 0; k->n < ASKED_MAX;) {
        struct client_question q = question(k, k->a, k->n);
        Str *answer = &k->got[k->n++];
        *answer = (Str){NULL, 0};
        if (!client_send(&k->client, k->a, &q) || !client_read(&k->client, k->a, &got))
            break;
        if (got.status == ONCE)
            *answer = got.body;
    }
    client_close(&k->client);
}

static int64_t last_act(struct load *x, struct client *c)
{
    struct client_answer got;
    struct client_question q = {"GET", S("/api/v1/anchor"),
                                world_headers(x->a, &x->w.at[ROLE_AUDITOR], true), S("")};
    int64_t n = 0;
    client_ask(c, x->a, &got, &q);
    Str act = client_member(&got, "act");
    for (size_t i = 0; i < act.n; i++)
        n = n * 10 + (act.p[i] - '0');
    return n;
}

/* Asks what the writer had asked; how many of its questions had been answered. */
static int64_t ask_again(struct load *x, struct client *c, struct writer *k)
{
    struct client_answer got;
    int64_t told = 0;
    for (size_t i = 0; i < k->n; i++) {
        struct client_question q = question(k, k->a, i);
        bool answered = k->got[i].p != NULL;
        client_ask(c, k->a, &got, &q);
        (void)trust_check(x->t, got.status == ONCE && (!answered || str_eq(got.body, k->got[i])),
                          "round %d: answered %.*s, then %d %.*s", x->round, STR_ARG(k->got[i]),
                          got.status, STR_ARG(got.body));
        told += answered;
    }
    return told;
}

static void start_writers(struct load *x, struct thread *thread[WRITERS])
{
    for (int i = 0; i < WRITERS; i++) {
        struct writer *k = &x->writer[i];
        k->x = x;
        k->no = i;
        k->a = arena_open();
        if (thread_start(x->a, &thread[i], write_on, k) != OK)
            abort();
    }
}

static bool killed_once(struct load *x)
{
    static struct client c;
    struct thread *thread[WRITERS];
    client_open(&c, x->server.port);
    int64_t before = last_act(x, &c), told = 0, asked = 0;
    client_close(&c);
    start_writers(x, thread);
    (void)usleep(30000 + (useconds_t)trust_below(x->t, 200000));
    world_kill(&x->server);
    for (int i = 0; i < WRITERS; i++)
        thread_join(thread[i]);
    if (x->t->canary)
        x->writer[0].got[0] = S("{\"act\":1,\"facts\":1}");
    if (!trust_check(x->t, world_fork(&x->w, &x->server), "no server again"))
        return false;
    client_open(&c, x->server.port);
    int64_t found = last_act(x, &c) - before;
    for (int i = 0; i < WRITERS; i++) {
        told += ask_again(x, &c, &x->writer[i]);
        asked += (int64_t)x->writer[i].n;
        arena_close(x->writer[i].a);
    }
    (void)trust_check(x->t, found >= told, "round %d: %lld acts of %lld answered", x->round,
                      (long long)found, (long long)told);
    int64_t made = last_act(x, &c) - before;
    (void)trust_check(x->t, made == asked, "round %d: %lld acts of %lld questions", x->round,
                      (long long)made, (long long)asked);
    client_close(&c);
    x->told += told;
    x->done_untold += found - told;
    return true;
}

static void on(struct trust *t, const char *name, Str url)
{
    static struct load x;
    struct look seen;
    memset(&x, 0, sizeof x); /* too large for the stack */
    x.t = t;
    x.a = arena_open();
    if (trust_check(t, world_fill(&x.w, url) && world_fork(&x.w, &x.server), "%s: no county",
                    name)) {
        int64_t rounds = trust_n(t, 5, 100);
        for (x.round = 0; x.round < rounds; x.round++)
            if (!killed_once(&x))
                break;
        world_kill(&x.server);
        access_close(x.w.access);
        work_close(&x.w.k);
        look(x.a, &seen, url, NULL, NULL);
        (void)trust_check(t, seen.verified == OK && seen.wrong == 0, "%s: %s", name, seen.said);
        printf("%s: killed %d times, %lld answers told, none lost; %lld more were done and not "
               "told; %.1f s\n",
               name, x.round, (long long)x.told, (long long)x.done_untold, trust_seconds(t));
    }
    arena_close(x.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "load", argc, argv);
    return trust_each(&t, on);
}
