/* workers.h - several threads, for those that start none themselves.
 *
 * A function of its arguments may hand parts of its work to `struct workers`; os/ gives one of
 * these. Parts share nothing they write, so that the result is the same for any number of threads.
 */
#ifndef GECI_BASE_WORKERS_H
#define GECI_BASE_WORKERS_H

#include "base/base.h"

/* Runs job(arg, 0..n-1), in any order, maybe on several threads, and returns when all are done. Not
 * from within a job. */
struct workers {
    void (*run)(struct workers *w, void (*job)(void *arg, uint32_t i), void *arg, uint32_t n);
    uint32_t n; /* threads */
};

/* How many threads there are; NULL: one. A page of a browser has no more, and no code for it. */
static inline uint32_t workers_n(const struct workers *w)
{
#ifdef __wasm__
    (void)w;
    return 1;
#else
    return w == NULL ? 1 : w->n;
#endif
}

static inline void workers_run(struct workers *w, void (*job)(void *, uint32_t), void *arg,
                               uint32_t n)
{
    if (workers_n(w) > 1 && n > 1) {
        w->run(w, job, arg, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        job(arg, i);
}

#endif
