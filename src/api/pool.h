/* pool.h - threads for work that is too long for a loop, each with a connection for reading.
 *
 * A bounded queue, first come, first served. What cannot be queued is refused at once, so that
 * who waits is served while it still wants to know. Threads: pool_post from any.
 */
#ifndef GECI_API_POOL_H
#define GECI_API_POOL_H

#include "base/base.h"
#include "base/diag.h"

struct arena;
struct db;
struct db_conn;
struct pool;

enum { POOL_QUEUE_MAX = 64 };

struct pool_job { /* the caller's, untouched until run */
    void (*run)(struct pool_job *job, struct db_conn *conn);
    struct pool_job *next;
};

NODISCARD enum status pool_open(struct arena *keep, struct pool **out, struct db *db, int threads,
                                struct diags *ds);
/* Finishes what is queued. */
void pool_close(struct pool *p);
/* ERR_BUSY: POOL_QUEUE_MAX wait already. */
NODISCARD enum status pool_post(struct pool *p, struct pool_job *job);

#endif
