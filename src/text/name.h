/* name.h - the parts of a firm's name.
 *
 *     江苏省张家港市 | 沙源医疗科技 | 股份 | 有限公司 | 苏州分公司
 *     place           core           stock  form       branch
 *
 * Of two names with the same core and stock the rest may be written now so, now so; a branch is a
 * firm of its own.
 */
#ifndef GECI_TEXT_NAME_H
#define GECI_TEXT_NAME_H

#include "base/base.h"

struct arena;

struct places {
    Str *at; /* folded, without 省 市 县 区: 江苏, 苏州, 张家港 */
    size_t n, cap;
};
/* Of "江苏省苏州市张家港市": its parts, longest first. */
void places_read(struct arena *keep, struct places *out, Str region);

struct firm_name {
    Str key;    /* all of it, folded */
    Str place;  /* folded, as written; empty: none that is known */
    Str core;   /* what is left */
    Str branch; /* empty: none */
    bool stock; /* 股份 */
};
/* Texts live on `keep`. A name that is nothing but place and form is all core. */
void name_read(struct arena *keep, struct firm_name *out, const struct places *p, Str name);

#endif
