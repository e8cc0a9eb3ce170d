#include "base/arena.h"
#include "base/moment.h"
#include "t.h"

static const int64_t AT = INT64_C(1795336200123456); /* 2026-11-22 16:30:00.123456 in China */

TEST(moment_is_shown_in_its_zone)
{
    struct arena *a = arena_open();
    CHECK_STR(moment_str(a, AT, ZONE_CHINA), "2026-11-22 16:30:00");
    CHECK_STR(moment_str(a, AT, ZONE_UTC), "2026-11-22 08:30:00");
    CHECK_STR(moment_rfc3339(a, AT, ZONE_CHINA), "2026-11-22T16:30:00.123456+08:00");
    CHECK_STR(moment_rfc3339(a, AT, ZONE_UTC), "2026-11-22T08:30:00.123456Z");
    CHECK_STR(moment_rfc3339(a, AT, -210), "2026-11-22T05:00:00.123456-03:30");
    arena_close(a);
}

TEST(moment_before_1970_and_beyond_the_calendar)
{
    struct arena *a = arena_open();
    CHECK_STR(moment_rfc3339(a, -1, ZONE_UTC), "1969-12-31T23:59:59.999999Z");
    CHECK_STR(moment_str(a, -1, ZONE_CHINA), "1970-01-01 07:59:59");
    CHECK_STR(moment_str(a, INT64_MAX, ZONE_UTC), "9223372036854775807");
    CHECK_STR(moment_str(a, INT64_MAX, ZONE_CHINA), "9223372036854775807");
    CHECK_STR(moment_rfc3339(a, INT64_MIN, ZONE_UTC), "-9223372036854775808");
    CHECK_STR(moment_str(a, moment_of_day(DAY_MAX, ZONE_CHINA), ZONE_CHINA), "9999-12-31 00:00:00");
    arena_close(a);
}

TEST(moment_of_a_day_is_its_first)
{
    Day day = moment_day(AT, ZONE_CHINA);
    struct arena *a = arena_open();
    CHECK_STR(day_str(a, day), "2026-11-22");
    CHECK_INT(moment_day(moment_of_day(day, ZONE_CHINA), ZONE_CHINA), day);
    CHECK_INT(moment_day(moment_of_day(day, ZONE_CHINA) - 1, ZONE_CHINA), day - 1);
    CHECK_INT(moment_day(moment_of_day(day, ZONE_CHINA), ZONE_UTC), day - 1);
    CHECK_INT(moment_of_day(0, ZONE_UTC), 0);
    arena_close(a);
}
