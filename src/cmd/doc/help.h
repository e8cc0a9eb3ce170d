/* help.h - the usage texts, made from the table of verbs. */
#ifndef GECI_CMD_HELP_H
#define GECI_CMD_HELP_H

#include "cmd/cli.h"

void help_overview(struct cli *c);
void help_family(struct cli *c, Str family); /* its verbs, a line each */
void help_verb(struct cli *c, const struct verb *v);

#endif
