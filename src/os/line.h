/* line.h - standard input a line at a time, as it comes. Threads: one. */
#ifndef GECI_OS_LINE_H
#define GECI_OS_LINE_H

#include "base/base.h"

struct arena;

/* The next line without its end. ERR_GONE: there are no more; ERR_LIMIT: it was longer than `max`
 * bytes, and is left out. */
NODISCARD enum status line_read(struct arena *keep, Str *out, size_t max);

#endif
