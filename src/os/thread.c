#include "os/thread.h"

#include <pthread.h>

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
    ASSERT(pthread_mutex_init(&l->mutex, NULL) == 0 && pthread_cond_init(&l->woken, NULL) == 0);
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
