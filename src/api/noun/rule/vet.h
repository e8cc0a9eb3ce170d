/* vet.h - rule documents from outside are compiled in a child that can only compute (os/child.h).
 *
 * What compiling says crosses as JSON and is read as strictly as a request. A document that is not
 * through after CPU_S, or with MEMORY_BYTES, is refused (ERR_LIMIT), like one that brings the
 * compiler down. ERR_BUSY: there is no child to be had.
 */
#ifndef GECI_API_NOUN_VET_H
#define GECI_API_NOUN_VET_H

#include "base/base.h"

struct api_rule_checked;
struct call;

/* All that compiling says of `text`, by the child; `out` is zeroed. */
NODISCARD enum status vet_checked(struct call *c, struct api_rule_checked *out, Str text);
/* OK: a child has compiled it, with or without errors; whoever goes on compiles it again. */
NODISCARD enum status vet(struct call *c, Str text);

#endif
