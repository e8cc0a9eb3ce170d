/* cell.h - questions about one Cell, and the special cells of a run.
 *
 *     good   lo < WIDE_INF                        (numbers: lo <= hi)
 *     bad    lo = WIDE_INF, hi = enum cell_fault  an error that waits for somebody to use it
 *     none   lo = WIDE_INF, hi = CELL_FAULT_NONE  decision rows: no row below may hold
 */
#ifndef GECI_EVAL_CELL_H
#define GECI_EVAL_CELL_H

#include "base/decimal.h"
#include "rule/type.h"

enum cell_fault { FAULT_NONE_BELOW, FAULT_OVERFLOW, FAULT_REVIEW };

#define CELL_OVERFLOW ((Cell){WIDE_INF, FAULT_OVERFLOW})
#define CELL_REVIEW   ((Cell){WIDE_INF, FAULT_REVIEW})
#define CELL_NO_ROW   ((Cell){WIDE_INF, FAULT_NONE_BELOW})

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

static inline bool cell_is_bad(Cell c)
{
    return c.lo == WIDE_INF;
}

static inline bool cell_same(Cell a, Cell b)
{
    return a.lo == b.lo && a.hi == b.hi;
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
