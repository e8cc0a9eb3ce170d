/* moment.h - moments: microseconds since 1970-01-01 UTC, as days and texts of a zone. Pure.
 *
 * A zone is so many minutes east of UTC. China keeps one all year: days that people name and times
 * that they read are of it, wherever the machine stands. What programs read names its zone.
 */
#ifndef GECI_BASE_MOMENT_H
#define GECI_BASE_MOMENT_H

#include "base/day.h"

struct arena;

enum { ZONE_UTC = 0, ZONE_CHINA = 8 * 60 };

enum { MOMENT_SECOND = 1000000 };

Day moment_day(int64_t us, int zone);
int64_t moment_of_day(Day day, int zone); /* when it begins */

/* For people: 2026-11-22 16:30:00. A moment of no calendar day is given as the bare number. */
Str moment_str(struct arena *keep, int64_t us, int zone);
/* For programs, RFC 3339: 2026-11-22T16:30:00.000000+08:00, or ..Z for UTC. */
Str moment_rfc3339(struct arena *keep, int64_t us, int zone);

#endif
