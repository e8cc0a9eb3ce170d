/* gzip.h - files as gzip packs them. */
#ifndef GECI_OS_GZIP_H
#define GECI_OS_GZIP_H

#include "base/base.h"

struct arena;

bool gzip_is(Str bytes); /* does it begin like one? */
/* What is packed in `bytes`, on `keep`. ERR_LIMIT: more than `max`; ERR_INPUT: damaged. */
NODISCARD enum status gzip_unpack(struct arena *keep, Str *out, Str bytes, size_t max);

#endif
