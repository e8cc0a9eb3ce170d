/* member.h - a member of a JSON object that is a text. */
#ifndef GECI_API_MEMBER_H
#define GECI_API_MEMBER_H

#include <jansson.h>

#include "base/arena.h"
#include "base/str.h"

/* Borrowed from `root`; `otherwise` where there is none, or something else. */
static inline Str member_text(const json_t *root, const char *name, Str otherwise)
{
    const json_t *v = json_object_get(root, name);
    return json_is_string(v) ? (Str){json_string_value(v), json_string_length(v)} : otherwise;
}

/* The same, on `keep`. */
static inline Str member_kept(struct arena *keep, const json_t *root, const char *name,
                              const char *otherwise)
{
    return arena_copy(keep, member_text(root, name, str_of(otherwise)));
}

#endif
