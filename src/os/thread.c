#include "os/thread.h"

#include <errno.h>
#include <pthread.h>
#include <time.h>

#include "base/arena.h"
#include "os/fault.h"

struct lock {
    pthread_mutex_t mutex;
    pthread_cond_t woken;
};

struct thread {
    pthread_t id;
    void (*run)(void *arg);
    void *arg;
};

struct lock *lock_open(struct arena *keep)
{
    struct lock *l = ARENA_NEW(keep, struct lock);
    pthread_condattr_t steady;
    ASSERT(pthread_condattr_init(&steady) == 0);
    ASSERT(pthread_condattr_setclock(&steady, CLOCK_MONOTONIC) == 0);
    ASSERT(pthread_mutex_init(&l->mutex, NULL) == 0 && pthread_cond_init(&l->woken, &steady) == 0);
    ASSERT(pthread_condattr_destroy(&steady) == 0);
    return l;
}

void lock_close(struct lock *l)
{
    ASSERT(pthread_mutex_destroy(&l->mutex) == 0 && pthread_cond_destroy(&l->woken) == 0);
}

void lock_take(struct lock *l)
{
    ASSERT(pthread_mutex_lock(&l->mutex) == 0);
}

void lock_give(struct lock *l)
{
    ASSERT(pthread_mutex_unlock(&l->mutex) == 0);
}

void lock_wait(struct lock *l)
{
    ASSERT(pthread_cond_wait(&l->woken, &l->mutex) == 0);
}

void lock_wait_until(struct lock *l, int64_t until_ms)
{
    struct timespec until = {.tv_sec = until_ms / 1000, .tv_nsec = until_ms % 1000 * 1000000};
    int e = pthread_cond_timedwait(&l->woken, &l->mutex, &until);
    ASSERT(e == 0 || e == ETIMEDOUT);
}

void lock_wake(struct lock *l)
{
    ASSERT(pthread_cond_broadcast(&l->woken) == 0);
}

static void *start(void *arg)
{
    struct thread *t = arg;
    t->run(t->arg);
    return NULL;
}

enum status thread_start(struct arena *keep, struct thread **out, void (*run)(void *arg), void *arg)
{
    struct thread *t = *out = ARENA_NEW(keep, struct thread);
    *t = (struct thread){.run = run, .arg = arg};
    return fault_due() || pthread_create(&t->id, NULL, start, t) != 0 ? ERR_LIMIT : OK;
}

void thread_join(struct thread *t)
{
    ASSERT(pthread_join(t->id, NULL) == 0);
}
