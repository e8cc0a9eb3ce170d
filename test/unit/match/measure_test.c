/* measure_test.c - figures with known values. */
#include "base/arena.h"
#include "match/measure.h"
#include "test/t.h"

TEST(measure_knows_gains)
{
    const uint8_t ranked[] = {3, 2, 3, 0, 1, 2}, ideal[] = {3, 2, 3, 0, 1, 2};
    CHECK_INT(measure_ndcg(ranked, 6, ideal, 6), 948810); /* the example of many textbooks */
    const uint8_t best[] = {3, 3, 2, 2, 1, 0};
    CHECK_INT(measure_ndcg(best, 6, ideal, 6), MEASURE_ONE);
    CHECK_INT(measure_ndcg(best + 5, 1, best + 5, 1), 0);
    CHECK_INT(measure_reciprocal(4), 250000);
    CHECK_INT(measure_reciprocal(0), 0);
    CHECK_INT(measure_reciprocal(11), 0);
}

TEST(measure_has_intervals)
{
    struct arena *a = arena_open();
    struct measure m = {0};
    CHECK_INT(measure_figure(a, &m).mean, 0);
    for (int i = 0; i < 400; i++)
        measure_add(a, &m, i % 4 == 0 ? MEASURE_ONE : 0);
    struct figure f = measure_figure(a, &m);
    CHECK_INT(f.mean, 250000);
    CHECK(f.low > 200000 && f.low < 220000 && f.high > 280000 && f.high < 300000);
    arena_close(a);
}
