/* rate_test.c - buckets that empty and fill. */
#include "api/rate.h"
#include "base/arena.h"
#include "test/t.h"

static int takes(struct rates *r, enum api_rate rate, const struct caller *who, Str peer,
                 int64_t at_ms)
{
    int n = 0;
    while (n < 10000 && rates_take(r, rate, who, peer, at_ms))
        n++;
    return n;
}

TEST(a_burst_then_so_many_a_second)
{
    struct arena *a = arena_open();
    struct rates *r = rates_open(a);
    struct caller one = {.account = 1}, two = {.account = 2}, nobody = {0};
    const int64_t noon = 1000000;
    CHECK_INT(takes(r, API_RATE_HEAVY, &one, S("10.0.0.1"), noon), 20);
    CHECK_INT(takes(r, API_RATE_HEAVY, &one, S("10.0.0.2"), noon + 499), 0); /* by account */
    CHECK_INT(takes(r, API_RATE_HEAVY, &one, S("10.0.0.2"), noon + 500), 1);
    CHECK_INT(takes(r, API_RATE_HEAVY, &one, S("10.0.0.2"), noon + 60000), 20);
    CHECK_INT(takes(r, API_RATE_HEAVY, &two, S("10.0.0.1"), noon), 20);
    CHECK_INT(takes(r, API_RATE_WRITE, &one, S("10.0.0.1"), noon), 60); /* each class its own */
    CHECK_INT(takes(r, API_RATE_LOGIN, &nobody, S("10.0.0.1"), noon), 20);
    CHECK_INT(takes(r, API_RATE_LOGIN, &nobody, S("10.0.0.1"), noon), 0);
    CHECK_INT(takes(r, API_RATE_LOGIN, &nobody, S("10.0.0.9"), noon), 20); /* by address */
    rates_close(r);
    arena_close(a);
}
