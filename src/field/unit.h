/* unit.h - units of measure as dimension vectors with exact factors.
 *
 *     5000万元 = 5000 * 10^4 元        亩 = 2000/3 ㎡        % = 1/100 (dimensionless)
 *
 * 分 (points) is dimensionless with factor 1. Values are stored in base units. Each name has a
 * Chinese and, where usual, an English spelling; both are found.
 */
#ifndef GECI_FIELD_UNIT_H
#define GECI_FIELD_UNIT_H

#include "base/base.h"

struct buf;

enum { DIM_N = 16 };

typedef struct Dim {
    int8_t exp[DIM_N]; /* exponent of each base unit; all zero = dimensionless */
} Dim;

/* Base units, in the order of Dim.exp. */
enum dim_base {
    DIM_YUAN,
    DIM_USD,
    DIM_PERSON,
    DIM_ITEM /* 项 件 个 次 */,
    DIM_FIRM /* 家 */,
    DIM_YEAR,
    DIM_MONTH,
    DIM_DAY,
    DIM_HOUR,
    DIM_M2,
    DIM_TONNE,
    DIM_TCE /* 吨标准煤 */,
    DIM_KWH,
    DIM_SPARE_1,
    DIM_SPARE_2,
    DIM_SPARE_3,
};

struct unit {
    const char *zh, *en; /* en may equal zh */
    Dim dim;
    int64_t num, den; /* one of this unit = num/den base units */
    int scale;        /* decimals a column in this base unit carries by default; -1: working */
};

/* NULL if there is no such unit. */
const struct unit *unit_find(Str name);
/* The longest unit that starts `text`, or NULL; *len is its bytes. */
const struct unit *unit_prefix(Str text, size_t *len);
bool dim_eq(Dim a, Dim b);
bool dim_is_none(Dim d);
bool dim_is(Dim d, enum dim_base b); /* of one such unit, to the first power */
bool dim_is_counted(Dim d);          /* 人 项 家: comes in whole ones, as a rule */
Dim dim_mul(Dim a, Dim b);
Dim dim_div(Dim a, Dim b);
/* "元", "元/人", "没有单位"/"no unit". */
void dim_print(struct buf *b, Dim d, bool english);

#endif
