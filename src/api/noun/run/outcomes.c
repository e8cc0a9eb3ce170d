/* outcomes.c - a few evaluated runs behind one lock. */
#include "api/noun/run/outcomes.h"

#include "base/arena.h"
#include "os/thread.h"
#include "os/workers.h"

enum { KEPT = 2 };

struct kept_run {
    int64_t run; /* 0: none */
    uint64_t used;
    struct arena *arena;
    struct run_outcome outcome;
};

struct outcomes {
    struct lock *lock;
    uint64_t clock;
    struct kept_run at[KEPT];
};

struct outcomes *outcomes_open(struct arena *keep)
{
    struct outcomes *o = ARENA_NEW(keep, struct outcomes);
    o->lock = lock_open(keep);
    return o;
}

void outcomes_close(struct outcomes *o)
{
    for (int i = 0; i < KEPT; i++)
        arena_close(o->at[i].arena);
    lock_close(o->lock);
}

/* The place of the run, or the one that was not asked for the longest. */
static struct kept_run *place(struct outcomes *o, int64_t run)
{
    struct kept_run *oldest = &o->at[0];
    for (int i = 0; i < KEPT; i++) {
        if (o->at[i].run == run)
            return &o->at[i];
        if (o->at[i].used < oldest->used)
            oldest = &o->at[i];
    }
    return oldest;
}

static enum status evaluate(struct kept_run *k, struct db_conn *conn, Str county,
                            const struct run *run, struct diags *ds)
{
    struct run_view v = {.conn = conn, .county = county, .diags = ds};
    struct run own = *run; /* what is kept outlives the question: so must the run's words */
    arena_close(k->arena);
    *k = (struct kept_run){.arena = arena_open()};
    own.title = arena_copy(k->arena, run->title);
    own.kind = arena_copy(k->arena, run->kind);
    v.keep = k->arena;
    v.workers = workers_open(k->arena, 0);
    enum status st = run_explain(&v, &k->outcome, &own);
    workers_close(v.workers);
    if (st == OK)
        k->run = run->run;
    return st;
}

enum status outcomes_take(struct outcomes *o, struct db_conn *conn, Str county,
                          const struct run *run, const struct run_outcome **out, struct diags *ds)
{
    lock_take(o->lock);
    struct kept_run *k = place(o, run->run);
    enum status st = k->run == run->run ? OK : evaluate(k, conn, county, run, ds);
    k->used = ++o->clock;
    *out = &k->outcome;
    if (st != OK)
        lock_give(o->lock);
    return st;
}

void outcomes_give(struct outcomes *o)
{
    lock_give(o->lock);
}
