/* workday.h - working days as the State Council arranges them: public notices run in them.
 *
 * A calendar is data: a CSV of the days that differ from the week, one list for the years that it
 * names. 休: a day off; 班: a Saturday or Sunday worked. Saturdays and Sundays else are off.
 *
 *     日期,类别,名称,依据
 *     2026-01-04,班,元旦,国办发明电〔2025〕7号
 *
 * A year without any line is not arranged yet: what falls into it is unknown, not guessed.
 */
#ifndef GECI_RUN_WORKDAY_H
#define GECI_RUN_WORKDAY_H

#include "base/day.h"
#include "base/diag.h"

struct arena;
struct calendar;

/* WORKDAY-LINE for a line that cannot be read or a day given twice. */
NODISCARD enum status calendar_read(struct arena *keep, struct calendar **out, Str csv,
                                    struct diags *ds);

enum workday { WORKDAY_OFF, WORKDAY_WORKED, WORKDAY_UNKNOWN };
enum workday calendar_day(const struct calendar *c, Day day);

/* The n-th working day after `from` (n >= 1): a notice of 5 working days put up on `from` ends with
 * it. WORKDAY-YEAR (ERR_INPUT) when that would need a year that is not arranged. `ds`: or NULL. */
NODISCARD enum status calendar_after(const struct calendar *c, Day *out, Day from, int n,
                                     struct diags *ds);

#endif
