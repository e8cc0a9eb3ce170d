/* jobs.h - the thread that does the jobs (job.h), and the one that tells of them (watch.c). */
#ifndef GECI_API_JOBS_H
#define GECI_API_JOBS_H

#include "base/base.h"
#include "base/diag.h"

struct api;
struct arena;
struct call;
struct jobs;
struct watch;

/* Takes up what was under way when the program ended. Needs the writer. */
NODISCARD enum status jobs_open(struct arena *keep, struct jobs **out, struct api *a,
                                struct diags *ds);
/* The job that runs goes back into the queue. Before the writer ends. */
void jobs_close(struct jobs *x);
void jobs_wake(struct jobs *x);             /* there may be another */
void jobs_stop(struct jobs *x, int64_t no); /* it was cancelled */
/* How far the job is that runs; false: it is not this one. */
bool jobs_progress(struct jobs *x, int64_t no, uint64_t *done, uint64_t *total);

/* The file that a job made; empty: it is gone. */
NODISCARD enum status jobs_result(struct call *c, int64_t no, Str *out);

/* Streams that follow jobs until they end. */
NODISCARD enum status watch_open(struct arena *keep, struct watch **out, struct api *a,
                                 struct diags *ds);
void watch_close(struct watch *w);
void watch_wake(struct watch *w); /* a job changed */
/* Answers the call with a stream of server-sent events. On the loop. */
void watch_job(struct watch *w, struct call *c, int64_t no);
bool watch_is_full(struct watch *w);

#endif
