/* docs.h - documents the program makes from its own tables. */
#ifndef GECI_CMD_DOCS_H
#define GECI_CMD_DOCS_H

#include "cmd/cli.h"

void manual_write(struct buf *out); /* roff, man(7), both languages */
bool completion_write(struct buf *out, Str shell, enum lang lang); /* false: no such shell */

#endif
