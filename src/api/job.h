/* job.h - work that outlives its request, one job after another on a thread of its own.
 *
 *     handler --job_ask--> row of the store --> the thread: looks and computes (run)
 *        202, its number       survives             |
 *                            a restart          on the writer, in one act: what it changes (keep),
 *                                               that it was done, its outcome, its file
 *
 * A job acts as the account that asked for it, with the rights which that has when it runs; it may
 * be run twice, when the program ended meanwhile, but is kept once. The one that runs is told to
 * stop by job_tick, and whoever cancelled it before its act began has cancelled all of it.
 */
#ifndef GECI_API_JOB_H
#define GECI_API_JOB_H

#include "api/call.h"

struct api_job;
struct api_job_asked;
struct jobs;
struct upload;

enum job_state { JOB_QUEUED = 1, JOB_RUNNING, JOB_DONE, JOB_FAILED, JOB_CANCELLED }; /* stored */

enum {
    JOBS_UNFINISHED_MAX = 3, /* of an account of the office */
    JOBS_UNFINISHED_OUT = 2, /* of one outside it */
    JOB_RESULT_MAX = 256 << 20,
    JOB_KEEP_DAYS = 7, /* for its file */
};

struct job {
    struct call call; /* of the account that asked; looks at the store; there is no request */
    struct jobs *jobs;
    int64_t no, input; /* input: an upload; 0: none */
    Str kind, about, ask;

    /* What `run` leaves: */
    int64_t n; /* rows it went over */
    struct api_job_outcome *outcome;
    Str result, media, file; /* also of a job that failed */
    const char *verb;        /* of its act: call.object and call.body say more; NULL: none */
    enum status (*keep)(struct job *j); /* in the act, on call.conn; NULL: nothing to change */
    void *own;                          /* what `run` leaves for `keep` */
};

/* A kind of jobs: asked for by the POST route whose rights it needs. On failure `run` and `keep`
 * report in call.diags; ERR_BUSY: it was told to stop. */
struct job_kind {
    const char *name, *route;
    enum status (*run)(struct job *j);
};
enum status export_run(struct job *j);
enum status import_run(struct job *j);
enum status bank_run(struct job *j);
enum status pairing_run(struct job *j);

/* How far it is; `total` 0: unknown. False: stop. From the thread that runs it. */
bool job_tick(struct job *j, uint64_t done, uint64_t total);

/* Takes a job: the act of a route that runs `on worker`. API-JOBS when the account has too many. */
struct job_order {
    const char *kind;
    Str about, ask;
    int64_t input; /* the upload that it is about, and its name; 0: none */
    Str title;
    struct upload *bring; /* or the request's body becomes it; NULL: not so */
};
NODISCARD enum status job_ask(struct call *c, const struct job_order *in,
                              struct api_job_asked *out);

/* The job as the API tells it. ERR_GONE: there is none. *account: whose. */
NODISCARD enum status job_read(struct db_conn *conn, struct arena *keep, const struct api *a,
                               int64_t no, struct api_job *out, int64_t *account);

#endif
