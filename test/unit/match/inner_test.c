/* inner_test.c - each way to inner products that this processor has gives the same integers. */
#include "base/arena.h"
#include "match/inner_int.h"
#include "test/t.h"

enum { VECTORS = 501, ODD = 3 /* bytes that the first is away from an even place */ };

/* By the definition, in a width that cannot overflow. */
static long long wanted(const int8_t *a, const int8_t *b)
{
    long long sum = 0;
    for (int k = 0; k < INNER_DIM; k++)
        sum += (long long)a[k] * b[k];
    return sum;
}

/* Extremes first: all signs at full length, then drawn ones. */
static void fill(int8_t *v, uint32_t n)
{
    uint32_t state = 1;
    for (uint32_t i = 0; i < n * INNER_DIM; i++) {
        uint32_t row = i / INNER_DIM;
        state = state * 1664525U + 1013904223U;
        int drawn = (int)(state >> 24) - 128;
        int x = row == 0 ? 127 : row == 1 ? -127 : row == 2 ? (i % 2 ? 127 : -127) : drawn;
        v[i] = (int8_t)(x < -127 ? -127 : x);
    }
}

TEST(inner_products_are_the_same_by_each_way)
{
    struct arena *a = arena_open();
    int8_t *v = (int8_t *)arena_raw(a, (size_t)VECTORS * INNER_DIM + ODD, 1) + ODD;
    int32_t *out = arena_raw(a, VECTORS + 1, sizeof *out);
    CHECK(inner_has(INNER_PLAIN));
    CHECK(inner_has(inner_best()));
    fill(v, VECTORS);
    for (int way = 0; way < INNER_WAYS; way++)
        for (uint32_t asked = 0; asked < 8 && inner_has((enum inner_way)way); asked++) {
            bool same = true;
            out[VECTORS] = 77;
            inner_products((enum inner_way)way, out, v, VECTORS, v + asked * INNER_DIM);
            for (uint32_t i = 0; i < VECTORS; i++)
                same = same && out[i] == wanted(v + i * INNER_DIM, v + asked * INNER_DIM);
            CHECK(same);
            CHECK_INT(out[VECTORS], 77);
        }
    arena_close(a);
}
