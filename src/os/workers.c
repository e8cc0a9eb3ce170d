#include "os/workers.h"

#include <pthread.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/fault.h"

struct pool {
    struct workers base; /* first: eval knows only this */
    pthread_mutex_t lock;
    pthread_cond_t go, done;
    pthread_t *thread;
    uint32_t thread_n;
    uint64_t round; /* counts runs, so that a thread knows a new one */
    bool stop, busy;

    /* the run under way, under `lock` */
    void (*job)(void *arg, uint32_t i);
    void *arg;
    uint32_t next, n, unfinished;
};

/* Works off jobs of the run under way; called and left with the lock held. */
static void work(struct pool *p)
{
    while (p->next < p->n) {
        uint32_t i = p->next++;
        (void)pthread_mutex_unlock(&p->lock); /* cannot fail: initialised and held */
        p->job(p->arg, i);
        (void)pthread_mutex_lock(&p->lock); /* as above */
        if (--p->unfinished == 0)
            (void)pthread_cond_broadcast(&p->done); /* never fails */
    }
}

static void *thread_main(void *arg)
{
    struct pool *p = arg;
    uint64_t seen = 0;
    (void)pthread_mutex_lock(&p->lock); /* initialised: cannot fail */
    for (;;) {
        while (!p->stop && p->round == seen)
            (void)pthread_cond_wait(&p->go, &p->lock); /* woken for nothing: asks again */
        if (p->stop)
            break;
        seen = p->round;
        work(p);
    }
    (void)pthread_mutex_unlock(&p->lock); /* held */
    return NULL;
}

static void run(struct workers *w, void (*job)(void *arg, uint32_t i), void *arg, uint32_t n)
{
    struct pool *p = (struct pool *)w;
    (void)pthread_mutex_lock(&p->lock); /* initialised: cannot fail */
    ASSERT(!p->busy);
    p->busy = true;
    p->job = job;
    p->arg = arg;
    p->next = 0;
    p->n = p->unfinished = n;
    p->round++;
    (void)pthread_cond_broadcast(&p->go); /* never fails */
    work(p);
    while (p->unfinished > 0)
        (void)pthread_cond_wait(&p->done, &p->lock); /* woken for nothing: asks again */
    p->busy = false;
    (void)pthread_mutex_unlock(&p->lock); /* held */
}

uint32_t workers_cpus(void)
{
    long n = sysconf(_SC_NPROCESSORS_ONLN);
    return n < 1 ? 1 : n > WORKERS_MAX ? WORKERS_MAX : (uint32_t)n;
}

struct workers *workers_open(struct arena *keep, uint32_t n)
{
    if (n == 0)
        n = workers_cpus();
    if (n > WORKERS_MAX)
        n = WORKERS_MAX;
    struct pool *p = ARENA_NEW(keep, struct pool);
    p->base.run = run;
    ASSERT(pthread_mutex_init(&p->lock, NULL) == 0);
    ASSERT(pthread_cond_init(&p->go, NULL) == 0 && pthread_cond_init(&p->done, NULL) == 0);
    p->thread = ARENA_ARRAY(keep, pthread_t, n);
    while (p->thread_n + 1 < n) {
        if (fault_due() || pthread_create(&p->thread[p->thread_n], NULL, thread_main, p) != 0)
            break;
        p->thread_n++;
    }
    p->base.n = p->thread_n + 1;
    return &p->base;
}

void workers_close(struct workers *w)
{
    struct pool *p = (struct pool *)w;
    (void)pthread_mutex_lock(&p->lock); /* initialised: cannot fail */
    p->stop = true;
    (void)pthread_cond_broadcast(&p->go); /* never fails */
    (void)pthread_mutex_unlock(&p->lock); /* held */
    for (uint32_t i = 0; i < p->thread_n; i++)
        (void)pthread_join(p->thread[i], NULL); /* started by us, joined once */
    (void)pthread_cond_destroy(&p->go);         /* nobody waits any more */
    (void)pthread_cond_destroy(&p->done);
    (void)pthread_mutex_destroy(&p->lock);
}
