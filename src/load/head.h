/* head.h - the name of a column: which field, period and unit it is. */
#ifndef GECI_LOAD_HEAD_H
#define GECI_LOAD_HEAD_H

#include "base/base.h"
#include "rule/model.h"

struct arena;
struct diags;

/* 研发费用(万元)@2023 */
struct head {
    Str text; /* as written */
    Str name; /* folded, without unit and period */
    Span span;
    int32_t field; /* -1: no field */
    bool has_year;
    int year, quarter;       /* quarter 1..4, 0: none */
    const struct unit *unit; /* NULL: the field's own */
    struct field as;         /* the field, reading bare numbers in `unit` */
    size_t column;           /* in the dataset; SIZE_MAX: not read */
    size_t warned_n;
};

/* Takes a column name apart. A name that is no field is no error (field = -1); a period or unit
 * that does not suit the field is reported and makes it none. */
NODISCARD enum status head_read(struct arena *a, struct head *h, const struct rules *r, Str text,
                                Span span, struct diags *ds);
/* The period key of the column in a dataset of year `period`. */
int head_key(const struct head *h, int period);
#endif
