#include "os/clock.h"

#include <time.h>

Day clock_today(void)
{
    time_t now = time(NULL);
    struct tm local;
    Day day = 0;
    if (localtime_r(&now, &local) == NULL ||
        !day_of(&day, local.tm_year + 1900, local.tm_mon + 1, local.tm_mday))
        return 0;
    return day;
}

int64_t clock_ms(void)
{
    struct timespec at;
    if (clock_gettime(CLOCK_MONOTONIC, &at) != 0)
        return 0;
    return (int64_t)at.tv_sec * 1000 + at.tv_nsec / 1000000;
}

int64_t clock_us(void)
{
    struct timespec at;
    if (clock_gettime(CLOCK_REALTIME, &at) != 0)
        return 0;
    return (int64_t)at.tv_sec * 1000000 + at.tv_nsec / 1000;
}

int64_t clock_local_us(int64_t utc_us)
{
    time_t at = (time_t)(utc_us / 1000000);
    struct tm local;
    if (localtime_r(&at, &local) == NULL)
        return utc_us;
    return utc_us + (int64_t)local.tm_gmtoff * 1000000;
}

int64_t clock_day_us(Day day)
{
    struct tm local = {.tm_isdst = -1};
    int year, month, of_month;
    day_split(day, &year, &month, &of_month);
    local.tm_year = year - 1900;
    local.tm_mon = month - 1;
    local.tm_mday = of_month;
    return (int64_t)mktime(&local) * 1000000;
}
