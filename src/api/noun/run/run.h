/* run.h - what the files about runs share. */
#ifndef GECI_API_RUN_H
#define GECI_API_RUN_H

#include "run/run.h"

struct call;

/* The run, if the caller may see it; ERR_GONE otherwise. */
NODISCARD enum status run_seen(struct call *c, int64_t run, struct run *out);

#endif
