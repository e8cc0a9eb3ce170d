/* child.h - runs a reader of outside bytes in a process that can only compute and answer.
 *
 *     parent                          child: fork, limits, landlock, seccomp, then job->fn
 *       child_run  <---- pipe ----      child_write .. child_tell ..
 *
 * What the job reads lies in memory already when the process is made; it can open nothing, call
 * nobody, start nothing, and make no memory executable. An act that is not allowed ends it, as do
 * the limits; child_run then says which. The answer has been counted and framed, not believed:
 * whoever asked checks every field of it.
 * Where the kernel has no seccomp the job is not run at all (CHILD_BARE). Landlock comes on top
 * where the kernel has it. Cost: 1 to 3 ms, and a copy of the answer.
 */
#ifndef GECI_OS_CHILD_H
#define GECI_OS_CHILD_H

#include "base/base.h"

struct arena;
struct child_pipe; /* the child's end */

enum { CHILD_SOCKET = 4 };

enum child_end {
    CHILD_DONE,      /* the job returned; its status is in the result */
    CHILD_BARE,      /* no sandbox, no process or no memory for it: not run */
    CHILD_MEMORY,    /* out of its memory */
    CHILD_CPU,       /* out of its processor time */
    CHILD_LATE,      /* out of time on the wall */
    CHILD_LONG,      /* answers too much */
    CHILD_DENIED,    /* tried what is not allowed */
    CHILD_CRASHED,   /* died by itself, or what it sent is no answer */
    CHILD_CANCELLED, /* job->tick said so */
};

struct child_job {
    enum status (*fn)(struct child_pipe *to, void *arg); /* runs in the child */
    void *arg;
    size_t memory_bytes, answer_bytes; /* memory: beyond what the parent has */
    uint32_t cpu_s, wall_s;
    int socket; /* a connection that the job may use, as CHILD_SOCKET; 0: none */
    /* Asked several times a second, with what child_tell said last; false: stop. NULL: go on. */
    bool (*tick)(void *ctx, uint64_t done, uint64_t total);
    void *ctx;
};

struct child_result {
    enum child_end end;
    enum status status; /* of the job; meaning only where end is CHILD_DONE */
    Str answer;         /* on `keep` */
};

void child_run(struct arena *keep, struct child_result *out, const struct child_job *job);

/* In the child: appends to the answer; says how far the job is. */
void child_write(struct child_pipe *to, Str bytes);
void child_tell(struct child_pipe *to, uint64_t done, uint64_t total);

#endif
