#include "base/moment.h"

#include "base/arena.h"

static const int64_t MINUTE = INT64_C(60) * MOMENT_SECOND, DAY = INT64_C(86400) * MOMENT_SECOND;

/* A moment on the calendar and clock of a zone. */
struct shown {
    int year, month, of_month, hour, minute, second, us;
};

/* Full days since 1970-01-01, also before it. */
static int64_t days(int64_t us)
{
    return us / DAY - (us % DAY < 0 ? 1 : 0);
}

/* False: no calendar day. */
static bool show(struct shown *out, int64_t us, int zone)
{
    int64_t local;
    if (__builtin_add_overflow(us, zone * MINUTE, &local))
        return false;
    const int64_t day = days(local), of_day = local - day * DAY;
    if (day < DAY_MIN || day > DAY_MAX)
        return false;
    day_split((Day)day, &out->year, &out->month, &out->of_month);
    out->hour = (int)(of_day / MINUTE / 60);
    out->minute = (int)(of_day / MINUTE % 60);
    out->second = (int)(of_day / MOMENT_SECOND % 60);
    out->us = (int)(of_day % MOMENT_SECOND);
    return true;
}

Day moment_day(int64_t us, int zone)
{
    return (Day)days(us + zone * MINUTE);
}

int64_t moment_of_day(Day day, int zone)
{
    return day * DAY - zone * MINUTE;
}

Str moment_str(struct arena *keep, int64_t us, int zone)
{
    struct shown t;
    if (!show(&t, us, zone))
        return arena_fmt(keep, "%lld", (long long)us);
    return arena_fmt(keep, "%04d-%02d-%02d %02d:%02d:%02d", t.year, t.month, t.of_month, t.hour,
                     t.minute, t.second);
}

Str moment_rfc3339(struct arena *keep, int64_t us, int zone)
{
    struct shown t;
    const int east = zone < 0 ? -zone : zone;
    if (!show(&t, us, zone))
        return arena_fmt(keep, "%lld", (long long)us);
    Str offset = zone == ZONE_UTC
                     ? S("Z")
                     : arena_fmt(keep, "%c%02d:%02d", zone < 0 ? '-' : '+', east / 60, east % 60);
    return arena_fmt(keep, "%04d-%02d-%02dT%02d:%02d:%02d.%06d%.*s", t.year, t.month, t.of_month,
                     t.hour, t.minute, t.second, t.us, (int)offset.n, offset.p);
}
