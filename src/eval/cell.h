/* cell.h - the special cells of a run.
 *
 *     good   lo < WIDE_INF                        (numbers: lo <= hi)
 *     bad    lo = WIDE_INF, hi = enum cell_fault  an error that waits for somebody to use it
 *     none   lo = WIDE_INF, hi = CELL_FAULT_NONE  decision rows: no row below may hold
 */
#ifndef GECI_EVAL_CELL_H
#define GECI_EVAL_CELL_H

#include "rule/cell.h"

enum cell_fault { FAULT_NONE_BELOW, FAULT_OVERFLOW, FAULT_REVIEW };

#define CELL_OVERFLOW ((Cell){WIDE_INF, FAULT_OVERFLOW})
#define CELL_REVIEW   ((Cell){WIDE_INF, FAULT_REVIEW})
#define CELL_NO_ROW   ((Cell){WIDE_INF, FAULT_NONE_BELOW})

static inline bool cell_is_bad(Cell c)
{
    return c.lo == WIDE_INF;
}

static inline bool cell_same(Cell a, Cell b)
{
    return a.lo == b.lo && a.hi == b.hi;
}

#endif
