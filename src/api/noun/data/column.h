/* column.h - how the API names the parts of a field. */
#ifndef GECI_API_COLUMN_H
#define GECI_API_COLUMN_H

#include "base/base.h"

struct field;

Str field_type_word(
    const struct field *f); /* number truth text choice day uscc region industry link */
Str field_unit_word(const struct field *f);
int field_period_index(const struct field *f);  /* as an index of one(none year quarter month) */
int field_protect_index(const struct field *f); /* of one(public internal sensitive personal) */

#endif
