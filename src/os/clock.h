/* clock.h - the only place that knows what day it is. */
#ifndef GECI_OS_CLOCK_H
#define GECI_OS_CLOCK_H

#include "base/base.h"
#include "base/day.h"

Day clock_today(void);  /* in China */
int64_t clock_ms(void); /* since some moment; never goes back */
int64_t clock_us(void); /* a moment of base/moment.h */

#endif
