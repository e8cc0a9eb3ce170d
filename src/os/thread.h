/* thread.h - threads, and locks to wait at. What these calls can fail for is our bug, but for the
 * start of a thread. */
#ifndef GECI_OS_THREAD_H
#define GECI_OS_THREAD_H

#include "base/base.h"

struct arena;
struct lock;
struct thread;

struct lock *lock_open(struct arena *keep);
void lock_close(struct lock *l); /* nobody holds it or waits */
void lock_take(struct lock *l);
void lock_give(struct lock *l);
/* Holding it: lets go, sleeps until somebody wakes, takes it again. Maybe woken for nothing. */
void lock_wait(struct lock *l);
void lock_wait_until(struct lock *l, int64_t until_ms); /* the same, but no longer; of clock_ms */
void lock_wake(struct lock *l);                         /* all who wait */

/* ERR_LIMIT: the system grants no more threads. */
NODISCARD enum status thread_start(struct arena *keep, struct thread **out, void (*run)(void *arg),
                                   void *arg);
void thread_join(struct thread *t); /* waits for its end */

#endif
