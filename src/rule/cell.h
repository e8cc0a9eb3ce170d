/* cell.h - questions about one Cell that is of a type. The bad cells of a run are eval/cell.h. */
#ifndef GECI_RULE_CELL_H
#define GECI_RULE_CELL_H

#include "base/decimal.h"
#include "rule/type.h"

static inline Cell cell_point(Wide v)
{
    return (Cell){v, v};
}

static inline Cell cell_truth(enum truth t)
{
    return (Cell){t, t};
}

static inline enum truth truth_of(Cell c)
{
    return (enum truth)c.lo;
}

/* Is an end without bound? For numbers, days and texts. */
static inline bool cell_is_open(Cell c)
{
    return c.lo == -WIDE_INF || c.hi == WIDE_INF;
}

static inline bool cell_is_unknown(enum type_kind kind, Cell c)
{
    if (kind == TYPE_TRUTH)
        return c.lo == TRUTH_UNKNOWN || c.lo == TRUTH_MANUAL;
    return cell_is_open(c);
}

static inline bool cell_is_definite(enum type_kind kind, Cell c)
{
    return c.lo == c.hi && !cell_is_unknown(kind, c);
}

/* "Nothing is known" of a type. */
static inline Cell cell_unknown(enum type_kind kind)
{
    return kind == TYPE_TRUTH ? cell_truth(TRUTH_UNKNOWN) : CELL_UNKNOWN;
}

#endif
