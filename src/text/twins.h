/* twins.h - subjects that are probably one: registered twice, renamed, mistyped.
 *
 * Pairs to be looked at by a person, each with the reason and a score of 0 to 100; nothing is
 * merged here. Cost: linear in the names but for those that are alike.
 */
#ifndef GECI_TEXT_TWINS_H
#define GECI_TEXT_TWINS_H

#include "text/name.h"

enum twin_why {
    TWIN_CODE, /* the same code, or the organisation code inside it: 100, 98 */
    TWIN_NAME, /* the same name but for spelling, place left out, 有限责任 for 有限: 95, 90 */
    TWIN_FORMER, /* the name is the other's former one: 92 */
    TWIN_FORM,   /* the same but for 股份: 80 */
    TWIN_PLACE,  /* the same core, places differ: 40 */
    TWIN_NEAR,   /* one character apart, in one locality: 70; 60 where a locality is not known */
};

struct twin_subject {
    Str identity; /* USCC, organisation code (9, or 8-1), old tax number (region and it) or other */
    Str name, former; /* former: several with ; */
    Str locality;     /* region code; empty: not known */
};

struct twin {
    uint32_t a, b; /* a < b */
    enum twin_why why;
    int score;
};

struct twins {
    struct twin *at; /* by score, the highest first, then by a and b; each pair once */
    size_t n, cap;
};

void twins_find(struct arena *keep, struct twins *out, const struct places *p,
                const struct twin_subject *s, uint32_t n);
const char *twin_why_name(enum twin_why why, bool english);

#endif
