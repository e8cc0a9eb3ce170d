/* server.c - the parts of the server, in the order in which they start and, backwards, end. */
#include "api/chore.h"
#include "api/hook/hook.h"
#include "api/jobs.h"
#include "api/known.h"
#include "api/noun/money/holdings.h"
#include "api/noun/policy/policy_book.h"
#include "api/noun/run/outcomes.h"
#include "api/server_int.h"
#include "base/arena.h"
#include "query/finder.h"
#include "query/suit.h"

enum { WORKERS = 2, SWEEP_TICKS = 600 };

static enum status loop_start(void *arg, int loop, void **local)
{
    struct api *a = arg;
    struct arena *keep = arena_open();
    struct loop_own *own = ARENA_NEW(keep, struct loop_own);
    (void)loop;
    own->keep = keep;
    own->known = known_open(keep);
    *local = own;
    enum status st = db_connect(a->o.db, DB_READ, &own->conn, NULL);
    if (st != OK)
        arena_close(keep);
    return st;
}

static void loop_end(void *arg, int loop, void *local)
{
    (void)arg;
    (void)loop;
    struct loop_own *own = local;
    db_disconnect(own->conn);
    arena_close(own->keep);
}

/* About once a second: another program may have written; now and then, sessions are swept. */
static void tick(void *arg, int loop, void *local)
{
    struct api *a = arg;
    (void)local;
    if (loop != 0)
        return;
    refresher_wake(a->refresher);
    if (++a->ticks % SWEEP_TICKS == 0)
        chore_sweep(a);
    if (a->ticks % SWEEP_TICKS == 1) /* soon after the start, then every ten minutes */
        chore_tick(a);
}

static bool light(void *arg, struct http_request *rq)
{
    return api_site(arg, rq);
}

static enum status start(struct api *a, struct diags *ds)
{
    struct http_hooks hooks = {
        .arg = a,
        .loop_start = loop_start,
        .loop_end = loop_end,
        .tick = tick,
        .head = api_head,
        .light = light,
        .handle = api_handle,
    };
    int workers = a->o.workers > 0 ? a->o.workers : WORKERS;
    TRY(writer_open(a->keep, &a->writer, a->o.db, ds));
    TRY(pool_open(a->keep, &a->pool, a->o.db, workers, ds));
    TRY(refresher_open(a->keep, &a->refresher,
                       &(struct refreshed){a->rosters, a->finder, a->suits, a->o.county}, a->o.db,
                       ds));
    TRY(watch_open(a->keep, &a->watch, a, ds));
    TRY(jobs_open(a->keep, &a->jobs, a, ds));
    TRY(courier_open(a->keep, &a->courier, a, ds));
    return http_open(a->keep, &a->http, &a->o.http, &hooks, ds);
}

void api_lend_open(struct api *a, struct arena *keep, const struct api_options *o)
{
    a->o = *o;
    a->keep = keep;
    a->outcomes = outcomes_open(keep);
    a->policies = policy_books_open(keep);
    a->holdings = holdings_open(keep);
    a->rates = rates_open(keep);
    a->oidc = oidc_open(keep);
    a->rosters = rosters_open(keep, o->county);
    a->finder = finder_open(keep, a->rosters);
    a->suits = suits_open(keep, a->rosters, o->techniques);
}

void api_lend_close(struct api *a)
{
    suits_close(a->suits);
    finder_close(a->finder);
    rosters_close(a->rosters);
    outcomes_close(a->outcomes);
    policy_books_close(a->policies);
    holdings_close(a->holdings);
    rates_close(a->rates);
    oidc_close(a->oidc);
}

/* What was started, ended. */
static void stop(struct api *a)
{
    if (a->courier != NULL)
        courier_close(a->courier);
    if (a->jobs != NULL)
        jobs_close(a->jobs);
    if (a->watch != NULL)
        watch_close(a->watch);
    if (a->refresher != NULL)
        refresher_close(a->refresher);
    if (a->pool != NULL)
        pool_close(a->pool);
    if (a->writer != NULL)
        writer_close(a->writer);
    api_lend_close(a);
}

enum status api_open(struct arena *keep, struct api **out, const struct api_options *o,
                     struct diags *ds)
{
    struct api *a = ARENA_NEW(keep, struct api);
    api_lend_open(a, keep, o);
    enum status st = start(a, ds);
    if (st != OK)
        stop(a);
    else
        *out = a;
    return st;
}

int api_port(const struct api *a)
{
    return http_port(a->http);
}

bool api_filled(const struct api *a)
{
    return rosters_filled(a->rosters);
}

void api_stop(struct api *a)
{
    http_stop(a->http);
}

enum status api_wait(struct api *a)
{
    enum status st = http_wait(a->http);
    stop(a);
    return st;
}
