/* embed.h - files that the program carries: for the demonstration, and tables of the sample. */
#ifndef GECI_CMD_EMBED_H
#define GECI_CMD_EMBED_H

#include "base/base.h"

/* The content of a file by its path in the project. Not carried: our bug. */
Str embed_file(const char *path);

#endif
