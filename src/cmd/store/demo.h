/* demo.h - the second half of the verb `demo`: a county in a store. */
#ifndef GECI_CMD_DEMO_H
#define GECI_CMD_DEMO_H

#include "cmd/cli.h"

/* Fills the new store of --db (demo/demo.h) and says what is in it; an exit code. */
int demo_county(struct cli *c);

#endif
