/* follower.c - sleeping and waking. */
#include "api/follower.h"

#include "db/db.h"
#include "os/clock.h"
#include "os/thread.h"

enum status follower_open(struct arena *keep, struct follower *f, struct db *db,
                          void (*run)(void *arg), void *arg, struct diags *ds)
{
    *f = (struct follower){.wanted = true};
    TRY(db_connect(db, DB_READ, &f->conn, ds));
    f->lock = lock_open(keep);
    enum status st = thread_start(keep, &f->thread, run, arg);
    if (st != OK) {
        lock_close(f->lock);
        db_disconnect(f->conn);
    }
    return st;
}

void follower_close(struct follower *f)
{
    lock_take(f->lock);
    f->closing = true;
    lock_wake(f->lock);
    lock_give(f->lock);
    thread_join(f->thread);
    lock_close(f->lock);
    db_disconnect(f->conn);
}

void follower_wake(struct follower *f)
{
    lock_take(f->lock);
    f->wanted = true;
    lock_wake(f->lock);
    lock_give(f->lock);
}

bool follower_sleep(struct follower *f, int64_t until_ms)
{
    lock_take(f->lock);
    while (!f->wanted && !f->closing && clock_ms() < until_ms)
        lock_wait_until(f->lock, until_ms);
    f->wanted = false;
    bool go_on = !f->closing;
    lock_give(f->lock);
    return go_on;
}

bool follower_closing(struct follower *f)
{
    lock_take(f->lock);
    bool closing = f->closing;
    lock_give(f->lock);
    return closing;
}
