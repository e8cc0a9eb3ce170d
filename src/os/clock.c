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
