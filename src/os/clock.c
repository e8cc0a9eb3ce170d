#include "os/clock.h"

#include <time.h>

#include "base/moment.h"

Day clock_today(void)
{
    return moment_day(clock_us(), ZONE_CHINA);
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
