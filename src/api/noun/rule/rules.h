/* rules.h - documents of the rulebook, for those who may see them. */
#ifndef GECI_API_NOUN_RULES_H
#define GECI_API_NOUN_RULES_H

#include "base/base.h"

struct call;
struct rules;

/* ERR_GONE: there is none, or not for this caller. */
NODISCARD enum status rules_seen(struct call *c, int64_t entry, struct rules **out, Str *text);

#endif
