/* scratch.h - a file that lies in memory and has a path, for libraries that write to paths only. */
#ifndef GECI_OS_SCRATCH_H
#define GECI_OS_SCRATCH_H

#include "base/base.h"

struct arena;
struct scratch;

/* ERR_IO: the system has none to give. */
NODISCARD enum status scratch_open(struct arena *keep, struct scratch **out);
const char *scratch_path(const struct scratch *s); /* of this process, until it is closed */
/* All that was written, on `keep`. */
NODISCARD enum status scratch_read(struct arena *keep, Str *out, const struct scratch *s);
void scratch_close(struct scratch *s);

#endif
