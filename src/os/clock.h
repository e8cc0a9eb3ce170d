/* clock.h - the only place that knows what day it is. */
#ifndef GECI_OS_CLOCK_H
#define GECI_OS_CLOCK_H

#include "base/base.h"
#include "base/day.h"

Day clock_today(void);  /* the local calendar day */
int64_t clock_ms(void); /* since some moment; never goes back */
int64_t clock_us(void); /* of the calendar: microseconds since 1970-01-01 UTC */
/* What the clocks on the wall showed: microseconds of the local calendar. */
int64_t clock_local_us(int64_t utc_us);
/* When a local day began: microseconds of the calendar. */
int64_t clock_day_us(Day day);

#endif
