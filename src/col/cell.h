/* cell.h - one value of any type, as an interval of 128-bit mantissas.
 *
 *   number, day: lo..hi at the static scale; lo == hi is definite; -WIDE_INF / WIDE_INF
 *                mean "no bound"; (-WIDE_INF, WIDE_INF) is "unknown"
 *   truth:       lo == hi == enum truth (rule/type.h)
 *   text:        lo == hi == code; two codes = "one of the rows between" (grades); unknown text is
 *                (-WIDE_INF, WIDE_INF)
 *   bad:         lo = WIDE_INF, hi says which fault (eval/cell.h)
 */
#ifndef GECI_COL_CELL_H
#define GECI_COL_CELL_H

#include "base/decimal.h"

typedef struct Cell {
    Wide lo, hi;
} Cell;

#define CELL_UNKNOWN ((Cell){-WIDE_INF, WIDE_INF})

/* An end as a figure: 0 where there is no bound. */
static inline Wide cell_finite(Wide end)
{
    return end == WIDE_INF || end == -WIDE_INF ? 0 : end;
}

#endif
