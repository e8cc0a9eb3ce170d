/* scope.h - what a caller may reach of a kind: which rows, and which of their columns.
 *
 * access/ makes it of who asks; whoever goes over a roster takes it first (query_select). What it
 * does not reach does not exist for it: neither filter, sort, facet nor search can tell of it. All
 * zero reaches nothing.
 */
#ifndef GECI_QUERY_SCOPE_H
#define GECI_QUERY_SCOPE_H

#include "base/base.h"
#include "rule/model.h"

enum scope_rule {
    SCOPE_NONE,
    SCOPE_ALL,
    SCOPE_LOCALITY, /* rows of this locality; of a region code (6 or 9 digits) also what is in it */
    SCOPE_SUBJECTS, /* rows of these subjects */
};

struct scope {
    enum scope_rule rule;
    Str locality;
    const int64_t *subject; /* ascending */
    size_t subject_n;
    enum protection show; /* columns up to this one may be shown (masked by the api, if at all) */
    enum protection ask;  /* and up to this one be filtered, sorted and counted by; <= show */
    const Str *field;     /* of those only these, by name; the identity always. NULL: all */
    size_t field_n;
    bool drafts; /* and results of runs that are not published */
};

struct roster;
/* May values of the roster's field be shown? */
bool scope_shows(const struct scope *s, const struct roster *r, uint32_t field);
/* Does the kind's dictionary have it for them? Results of drafts only for those who see them. */
bool scope_tells(const struct scope *s, const struct roster *r, uint32_t field);

#endif
