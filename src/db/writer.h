/* writer.h - one thread that writes for all others, and commits the work of many at once.
 *
 *     job job job ..  ->  BEGIN  job  job (fails: undone alone)  job  COMMIT  ->  done done done
 *
 * A commit waits for the disk; jobs that come meanwhile share the next one, so that a store takes
 * several times more writes a second than the disk syncs. A job is a function that runs on the
 * writer's thread inside a transaction; what it did is durable once its `done` is called with OK.
 * A job that fails is undone without the others. When the commit fails, nothing of it was done, and
 * every job gets the failure. Once the store is stopped (db.h) every job gets ERR_IO.
 * Jobs run in the order they came in. Threads: all calls from any thread, but open and close.
 */
#ifndef GECI_DB_WRITER_H
#define GECI_DB_WRITER_H

#include "db/db.h"

struct writer;

enum { WRITER_QUEUE_MAX = 1024, WRITER_GROUP_MAX = 256 };

/* The caller's, untouched until it is done. */
struct write_job {
    enum status (*run)(struct write_job *job, struct db_conn *c, struct arena *tmp);
    void (*done)(struct write_job *job); /* on the writer's thread, short; NULL: writer_run waits */
    void *arg;
    enum status st;        /* how it ended */
    struct db_fault fault; /* and why, when st is not OK and the store refused */
    struct write_job *next;
    bool ended;
};

/* Starts the thread with a connection of its own. */
NODISCARD enum status writer_open(struct arena *keep, struct writer **out, struct db *db,
                                  struct diags *ds);
/* Finishes what is queued. */
void writer_close(struct writer *w);

/* Queues the job; ERR_BUSY when WRITER_QUEUE_MAX wait already (the job is not taken). */
NODISCARD enum status writer_post(struct writer *w, struct write_job *job);
/* Posts it and waits: its status, or ERR_BUSY. */
NODISCARD enum status writer_run(struct writer *w, struct write_job *job);

struct writer_counts {
    uint64_t jobs, failed, commits;
};
struct writer_counts writer_counts(struct writer *w);

#endif
