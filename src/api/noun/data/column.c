/* column.c - how the API names the parts of a field. */
#include "api/noun/data/column.h"

#include "base/str.h"
#include "field/unit.h"
#include "rule/model.h"

Str field_type_word(const struct field *f)
{
    static const char *const TYPES[] = {"number", "truth", "judged", "text",     "choice",
                                        "day",    "uscc",  "region", "industry", "link"};
    return str_of(TYPES[f->ftype]);
}

Str field_unit_word(const struct field *f)
{
    return f->unit == NULL ? S("") : str_of(f->unit->zh);
}

int field_period_index(const struct field *f)
{
    return (int)f->period;
}

int field_protect_index(const struct field *f)
{
    return f->protect < PROTECT_PUBLIC ? PROTECT_SENSITIVE - PROTECT_PUBLIC
                                       : (int)f->protect - PROTECT_PUBLIC;
}
