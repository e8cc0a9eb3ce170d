/* spawn.h - runs a program that lies beside this one: bytes in, bytes out.
 *
 * It gets no environment but a locale, no descriptors but its three, and limits: memory, processor
 * time, no files to write. What it does with outside bytes is its own to guard; its answer is not
 * believed by anybody. For readers that live in this program child.h is stricter.
 * Cost: some milliseconds, and what the program takes.
 */
#ifndef GECI_OS_SPAWN_H
#define GECI_OS_SPAWN_H

#include "base/base.h"

struct arena;

enum spawn_end {
    SPAWN_DONE,  /* it ended by itself: look at code */
    SPAWN_NONE,  /* there is no such program beside this one */
    SPAWN_LATE,  /* out of time on the wall */
    SPAWN_LONG,  /* answers too much */
    SPAWN_BROKEN /* ended by a signal, or could not be started */
};

struct spawn_job {
    const char *name; /* of the program: looked for beside this one, then in `folder` there */
    const char *folder;
    Str in;
    size_t memory_bytes, answer_bytes;
    uint32_t cpu_s, wall_s;
};

struct spawn_result {
    enum spawn_end end;
    int code;   /* exit code, of SPAWN_DONE */
    Str answer; /* standard output, on `keep` */
    Str said;   /* the beginning of standard error */
};

void spawn_run(struct arena *keep, struct spawn_result *out, const struct spawn_job *job);

#endif
