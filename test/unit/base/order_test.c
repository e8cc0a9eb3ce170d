#include "base/arena.h"
#include "base/order.h"
#include "t.h"

static bool larger(const void *ctx, uint32_t a, uint32_t b)
{
    const int *x = ctx;
    return x[a] > x[b];
}

TEST(order_is_sorted_and_stable)
{
    struct arena *a = arena_open();
    for (uint32_t n = 0; n < 70; n++) {
        int x[70];
        for (uint32_t i = 0; i < n; i++)
            x[i] = (int)(i * 7919 % 13);
        uint32_t *row = order_rows(a, n, larger, x);
        for (uint32_t i = 1; i < n; i++)
            CHECK(x[row[i - 1]] < x[row[i]] || (x[row[i - 1]] == x[row[i]] && row[i - 1] < row[i]));
    }
    arena_close(a);
}
