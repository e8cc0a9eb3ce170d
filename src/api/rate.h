/* rate.h - how often a caller may ask: a bucket of requests each, filled again by the clock.
 *
 * By account, or by address for whoever has none. Threads: any.
 */
#ifndef GECI_API_RATE_H
#define GECI_API_RATE_H

#include "api/route.h"

struct arena;
struct rates;

struct rates *rates_open(struct arena *keep);
void rates_close(struct rates *r);
/* May it go on? `now_ms` of clock_ms. */
bool rates_take(struct rates *r, enum api_rate rate, const struct caller *who, Str peer,
                int64_t now_ms);

#endif
