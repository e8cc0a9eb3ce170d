/* forecast.h - years ahead from years behind: no more than their own changes, as an interval.
 *
 *     past 100 110 121 (latest last)   changes 1.1 .. 1.1   next 133.1, 146.41
 *
 * Each change is of a sum to the year after, of lower ends and of upper ends; the interval of a
 * year ahead grows by the least and the most of them each year. Pure, exact to the millionth of a
 * ratio and to the fen, half up.
 */
#ifndef GECI_ENTITLE_FORECAST_H
#define GECI_ENTITLE_FORECAST_H

#include "entitle/entitle.h"

struct forecast_growth {
    bool known; /* two years with sums that are above 0 and have an end */
    int64_t low_e6, high_e6;
};
/* past[0] is the latest. */
struct forecast_growth forecast_growth(const Money *past, size_t n);
/* So many years after past[0]; without a known growth as it was. */
Money forecast_year(const Money *past, struct forecast_growth g, int ahead);

#endif
