#include "entitle/forecast.h"
#include "t.h"

TEST(years_ahead_grow_by_what_years_behind_did)
{
    const Money past[] = {{12100, 12100}, {11000, 11000}, {10000, 10000}};
    struct forecast_growth g = forecast_growth(past, 3);
    CHECK(g.known && g.low_e6 == 1100000 && g.high_e6 == 1100000);
    CHECK_INT(forecast_year(past, g, 1).lo, 13310);
    CHECK_INT(forecast_year(past, g, 2).hi, 14641);
}

TEST(changes_that_differ_make_an_interval)
{
    const Money past[] = {{9000, 24000}, {10000, 20000}};
    struct forecast_growth g = forecast_growth(past, 2);
    CHECK(g.known && g.low_e6 == 900000 && g.high_e6 == 1200000);
    CHECK_INT(forecast_year(past, g, 2).lo, 7290);
    CHECK_INT(forecast_year(past, g, 2).hi, 34560);
}

TEST(without_changes_the_next_is_like_the_last)
{
    const Money past[] = {{500, FEN_OPEN}, {0, FEN_OPEN}};
    struct forecast_growth g = forecast_growth(past, 2);
    CHECK(!g.known);
    CHECK_INT(forecast_year(past, g, 3).lo, 500);
    CHECK(forecast_year(past, g, 3).hi == FEN_OPEN);
}
