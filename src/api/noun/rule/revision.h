/* revision.h - a wording of rules, and the one that it is held against. */
#ifndef GECI_API_NOUN_REVISION_H
#define GECI_API_NOUN_REVISION_H

#include "api/call.h"
#include "api_types.h"

struct revision {
    struct api_revision_side said;
    Str text;
    struct rules *rules;
    int64_t in_force; /* the newest published run of rules of that name, else of rules about the
                         same kind; 0: there is none */
};

/* What is asked: a document of the book, or (entry 0) a wording; and against which. */
struct revision_ask {
    int64_t entry;
    Str text;
    struct api_int against;
};
/* Both sides, as far as the caller may see them. ERR_INPUT: the wording does not compile, or there
 * is nothing to hold it against (API-NO-BASE). */
NODISCARD enum status revision_sides(struct call *c, const struct revision_ask *ask,
                                     struct revision *old, struct revision *new);

#endif
