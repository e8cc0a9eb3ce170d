/* run.h - the verbs on runs: steps in run.c, looking in run_show.c. */
#ifndef GECI_CMD_RUN_H
#define GECI_CMD_RUN_H

#include "cmd/job.h"

/* A number from 1 on; complains. */
int run_number(struct cli *c, Str word, int64_t *out);

/* The run of --run as a job: its rules, its facts, its day and year, evaluated; exit code. */
int run_job(struct cli *c, struct job *j, Str number);

#endif
