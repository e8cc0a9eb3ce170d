#include "base/order.h"

#include "base/arena.h"

uint32_t *order_rows(struct arena *keep, uint32_t n, order_behind behind, const void *ctx)
{
    uint32_t *from = ARENA_ARRAY(keep, uint32_t, (size_t)n + 1);
    uint32_t *to = ARENA_ARRAY(keep, uint32_t, (size_t)n + 1);
    for (uint32_t i = 0; i < n; i++)
        from[i] = i;
    for (size_t run = 1; run < n; run *= 2) { /* merges runs, from bottom up */
        for (size_t beg = 0; beg < n; beg += 2 * run) {
            size_t mid = beg + run < n ? beg + run : n, end = mid + run < n ? mid + run : n;
            size_t a = beg, b = mid, at = beg;
            while (a < mid && b < end)
                to[at++] = behind(ctx, from[a], from[b]) ? from[b++] : from[a++];
            while (a < mid)
                to[at++] = from[a++];
            while (b < end)
                to[at++] = from[b++];
        }
        uint32_t *swap = from;
        from = to;
        to = swap;
    }
    return from;
}
