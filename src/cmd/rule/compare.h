/* compare.h - the report of the verb `compare`. */
#ifndef GECI_CMD_COMPARE_H
#define GECI_CMD_COMPARE_H

#include "cmd/cli.h"
#include "compare/compare.h"

struct json;

void compare_text(struct cli *c, const struct compare *k, const struct impact *m);
void compare_json(const struct compare *k, const struct impact *m, struct json *j);

#endif
