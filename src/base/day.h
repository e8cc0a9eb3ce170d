/* day.h - calendar days, proleptic Gregorian, as days since 1970-01-01. Pure. */
#ifndef GECI_BASE_DAY_H
#define GECI_BASE_DAY_H

#include "base/base.h"

struct arena;
struct buf;

typedef int32_t Day;

enum { DAY_MIN = -719162 /* 0001-01-01 */, DAY_MAX = 2932896 /* 9999-12-31 */ };

/* Reads 2026-04-01, 2026/4/1, 2026.4.1, 2026年4月1日 or 20260401, and nothing else. */
NODISCARD bool day_parse(Day *out, Str text);
NODISCARD bool day_of(Day *out, int year, int month, int day); /* false: no such day */
void day_split(Day d, int *year, int *month, int *day);
int day_year(Day d);
/* 31 January + 1 month = last day of February; stops at DAY_MIN and DAY_MAX. */
Day day_add_months(Day d, int months);
/* Full years from a to b (anniversaries passed), negative if b < a: age, 成立年限. */
int day_years_between(Day a, Day b);
void day_print(struct buf *b, Day d); /* 2026-04-01 */
Str day_str(struct arena *keep, Day d);

#endif
