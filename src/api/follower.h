/* follower.h - a thread of the server with a connection of its own to look by.
 *
 * It sleeps until it is woken, a time has come, or the server closes. Jobs, those who watch
 * them, the rosters and the webhooks' courier are such. What is its owner's under `lock` is
 * for the owner to say. */
#ifndef GECI_API_FOLLOWER_H
#define GECI_API_FOLLOWER_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct db;
struct db_conn;
struct lock;
struct thread;

struct follower {
    struct lock *lock;
    struct thread *thread;
    struct db_conn *conn; /* the thread's alone */
    bool wanted, closing; /* under `lock` */
};

static const int64_t FOLLOWER_EVER = INT64_MAX;

/* Starts `run(arg)` on the thread; that ends when follower_sleep says so, which it
 * does not the first time: something may be left from before. */
NODISCARD enum status follower_open(struct arena *keep, struct follower *f, struct db *db,
                                    void (*run)(void *arg), void *arg, struct diags *ds);
/* Waits for the end of `run`. */
void follower_close(struct follower *f);

/* There is something to do. From any thread. */
void follower_wake(struct follower *f);
/* On the thread, until woken or clock_ms() reaches until_ms; false: the server closes. */
bool follower_sleep(struct follower *f, int64_t until_ms);
/* In the middle of long work: does the server close? */
bool follower_closing(struct follower *f);

#endif
