/* clock.h - the only place that knows what day it is. */
#ifndef GECI_OS_CLOCK_H
#define GECI_OS_CLOCK_H

#include "base/base.h"
#include "base/day.h"

Day clock_today(void);  /* the local calendar day */
int64_t clock_ms(void); /* since some moment; never goes back */
int64_t clock_us(void); /* of the calendar: microseconds since 1970-01-01 UTC */

#endif
