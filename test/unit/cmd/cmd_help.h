/* cmd_help.h - runs a verb in this process and keeps what it prints. */
#ifndef GECI_TEST_CMD_HELP_H
#define GECI_TEST_CMD_HELP_H

#include "base/arena.h"
#include "base/str.h"
#include "cmd/cli.h"

/* argv of `geci` and these words, NULL at the end. */
char **words_to_argv(struct arena *a, const char *const *words);

struct ran {
    struct arena *arena;
    struct cli cli;
    int code;
    Str out;
};

/* `words`: what follows `geci`, NULL at the end. Standard error is not caught. */
struct ran run_geci(const char *const *words);
void run_close(struct ran *r);
bool run_says(const struct ran *r, const char *text);

#endif
