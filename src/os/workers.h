/* workers.h - a pool of threads behind the `struct workers` of base/workers.h.
 *
 * One caller at a time, and a job must not call run again (ASSERT). The calling thread works too;
 * where the system grants fewer threads than asked for, the pool is smaller. Jobs are handed out
 * one by one from a shared counter, in no order.
 */
#ifndef GECI_OS_WORKERS_H
#define GECI_OS_WORKERS_H

#include "base/workers.h"

struct arena;

enum { WORKERS_MAX = 256 };

uint32_t workers_cpus(void); /* processors in use by the system, at least 1 */
/* `n` threads in all, the caller's included; 0 = one for each processor. */
struct workers *workers_open(struct arena *keep, uint32_t n);
void workers_close(struct workers *w);

#endif
