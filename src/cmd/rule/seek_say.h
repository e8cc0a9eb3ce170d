/* seek_say.h - an answer of `seek` in words and as JSON. */
#ifndef GECI_CMD_SEEK_SAY_H
#define GECI_CMD_SEEK_SAY_H

#include "cmd/job.h"
#include "seek/seek.h"

struct asked {
    struct cli *c;
    struct job j;
    uint32_t row;
    struct seek_opts opts;
};

/* Onto the run's output. */
void seek_say_goal(const struct asked *a, const struct seek_goal *g, const struct seek_answer *w);
void seek_say_steps(const struct asked *a, const struct seek_step *step, uint32_t n);
void seek_json_goal(const struct asked *a, const struct seek_goal *g, const struct seek_answer *s);
void seek_json_steps(const struct asked *a, const struct seek_step *step, uint32_t n);

/* Values as text, on the run's arena. */
Str seek_say_item(const struct asked *a, uint32_t item, Cell v);
Str seek_say_fact(const struct asked *a, uint32_t field, Cell v);

#endif
