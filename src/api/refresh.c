/* refresh.c - rosters follow acts: woken after each write, and by every loop's clock for what other
 * programs did to the store. */
#include "api/refresh.h"

#include "base/arena.h"
#include "db/db.h"
#include "os/thread.h"
#include "query/finder.h"
#include "query/roster.h"

struct refresher {
    struct lock *lock;
    struct thread *thread;
    struct refreshed what;
    struct db_conn *conn;
    bool wanted, closing;
};

static enum status refresh(struct refresher *r)
{
    TRY(db_begin(r->conn));
    enum status st = rosters_refresh(r->what.rosters, r->conn, NULL);
    db_rollback(r->conn);
    return st;
}

/* Sleeps until there is something to do; false: the end. */
static bool wait(struct refresher *r)
{
    lock_take(r->lock);
    while (!r->wanted && !r->closing)
        lock_wait(r->lock);
    r->wanted = false;
    bool go = !r->closing;
    lock_give(r->lock);
    return go;
}

/* A refresh that fails leaves the rosters as they were; the next write asks again. */
static void follow(void *arg)
{
    struct refresher *r = arg;
    do
        if (refresh(r) == OK)
            finder_follow(r->what.finder);
    while (wait(r));
}

void refresher_wake(struct refresher *r)
{
    lock_take(r->lock);
    r->wanted = true;
    lock_wake(r->lock);
    lock_give(r->lock);
}

enum status refresher_open(struct arena *keep, struct refresher **out, const struct refreshed *what,
                           struct db *db, struct diags *ds)
{
    struct refresher *r = ARENA_NEW(keep, struct refresher);
    r->what = *what;
    TRY(db_connect(db, DB_READ, &r->conn, ds));
    r->lock = lock_open(keep);
    enum status st = thread_start(keep, &r->thread, follow, r);
    *out = r;
    if (st == OK)
        return OK;
    lock_close(r->lock);
    db_disconnect(r->conn);
    *out = NULL;
    return st;
}

void refresher_close(struct refresher *r)
{
    lock_take(r->lock);
    r->closing = true;
    lock_wake(r->lock);
    lock_give(r->lock);
    thread_join(r->thread);
    lock_close(r->lock);
    db_disconnect(r->conn);
}
