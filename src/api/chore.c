/* chore.c - small writes in the background. */
#include "api/chore.h"

#include "access/login.h"
#include "access/session.h"
#include "access/token.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "flow/flow.h"
#include "os/clock.h"

struct chore {
    struct write_job job;
    struct arena *arena; /* it lies on, and goes with */
    struct api *api;
    struct caller who;
    Str source;
};

static void ended(struct write_job *job)
{
    struct chore *x = job->arg;
    arena_close(x->arena);
}

static struct chore *begin(struct api *a)
{
    struct arena *arena = arena_open();
    struct chore *x = ARENA_NEW(arena, struct chore);
    x->arena = arena;
    x->api = a;
    x->job.arg = x;
    x->job.done = ended;
    return x;
}

static void post(struct chore *x)
{
    if (writer_post(x->api->writer, &x->job) != OK)
        arena_close(x->arena);
}

static enum status touch(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct chore *x = job->arg;
    (void)tmp;
    if (x->who.token != 0)
        return token_touch(c, x->api->o.county, &x->who);
    return session_touch(c, x->api->o.county, x->who.session, x->who.now_us);
}

void chore_touch(struct api *a, const struct caller *who)
{
    struct chore *x = begin(a);
    x->who = (struct caller){.account = who->account,
                             .session = who->session,
                             .token = who->token,
                             .now_us = who->now_us};
    x->job.run = touch;
    post(x);
}

static enum status weigh(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct chore *x = job->arg;
    struct access_view v = {c, tmp, x->api->o.access, x->api->o.county, clock_us()};
    bool ok;
    return login_weigh(&v, x->source, &ok);
}

void chore_weigh(struct api *a, Str source)
{
    struct chore *x = begin(a);
    x->source = arena_copy(x->arena, source);
    x->job.run = weigh;
    post(x);
}

static enum status sweep(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    struct chore *x = job->arg;
    (void)tmp;
    return session_sweep(c, x->api->o.county, clock_us());
}

void chore_sweep(struct api *a)
{
    struct chore *x = begin(a);
    x->job.run = sweep;
    post(x);
}

static enum status tick(struct write_job *job, struct db_conn *c, struct arena *tmp)
{
    const struct api *a = ((struct chore *)job->arg)->api;
    size_t n;
    return flow_tick_alone(c, tmp, a->o.county, a->o.calendar, clock_us(), &n);
}

void chore_tick(struct api *a)
{
    struct chore *x = begin(a);
    x->job.run = tick;
    post(x);
}
