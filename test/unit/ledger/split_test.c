/* split_test.c - sums divided and points settled: to the last place and no further. */
#include "base/arena.h"
#include "ledger/ledger.h"
#include "ledger/split.h"
#include "test/t.h"

/* 37,692.55 points of 1,230 firms at 2,000 yuan are 75,385,100.00 yuan; at any rate the parts add
 * up to the whole, and nobody is a fen away from his own worth. */
TEST(settles_to_the_fen)
{
    enum { FIRMS = 1230, ALL_E4 = 376925500 };
    static int64_t points[FIRMS], fen[FIRMS];
    int64_t sum = 0, total, paid = 0;
    struct arena *a = arena_open();
    for (int i = 0; i < FIRMS; i++) {
        points[i] = i < FIRMS - 1 ? 20000 + (i * 7919 % 5000) * 100 : ALL_E4 - sum;
        sum += points[i];
    }
    CHECK(points[FIRMS - 1] > 0);
    CHECK(ledger_settle(a, fen, &total, points, FIRMS, 200000));
    for (int i = 0; i < FIRMS; i++)
        paid += fen[i];
    CHECK_INT(total, 7538510000);
    CHECK_INT(paid, total);
    for (int64_t rate = 1; rate < 200; rate += 7) {
        CHECK(ledger_settle(a, fen, &total, points, FIRMS, rate));
        CHECK_INT(total, (ALL_E4 * rate + 5000) / 10000);
        paid = 0;
        for (int i = 0; i < FIRMS; i++) {
            int64_t own = points[i] * rate / 10000;
            CHECK(fen[i] == own || fen[i] == own + 1);
            paid += fen[i];
        }
        CHECK_INT(paid, total);
    }
    arena_close(a);
}

TEST(divides_to_the_last_place_and_no_further)
{
    struct arena *a = arena_open();
    int64_t fen[3] = {7, 7, 7}, total = 7;
    ledger_split(fen, 100, (int64_t[]){1, 2, 5}, 2);
    CHECK_INT(fen[0], 33);
    CHECK_INT(fen[1], 67);
    CHECK_INT(fen[2], 7);
    CHECK(ledger_worth(fen, LEDGER_AMOUNT_MAX, 10000));
    CHECK_INT(fen[0], LEDGER_AMOUNT_MAX);
    CHECK(!ledger_worth(fen, LEDGER_AMOUNT_MAX, 10001));
    CHECK(ledger_settle(a, fen, &total, (int64_t[]){LEDGER_AMOUNT_MAX, 9}, 1, 10000));
    CHECK_INT(total, LEDGER_AMOUNT_MAX);
    CHECK_INT(fen[1], 67);
    CHECK(ledger_settle(a, fen, &total, (int64_t[]){4999, 10000}, 1, 1));
    CHECK_INT(total, 0);
    CHECK(ledger_settle(a, fen, &total, (int64_t[]){5000, 9999}, 1, 1));
    CHECK_INT(total, 1);
    CHECK_INT(fen[1], 67);
    arena_close(a);
}

TEST(settles_largest_loss_first)
{
    struct arena *a = arena_open();
    const int64_t points[] = {10003, 10005, 10005, 10007}; /* at 10 yuan a point */
    int64_t fen[4], total;
    CHECK(ledger_settle(a, fen, &total, points, 4, 1000)); /* 1000.3 1000.5 1000.5 1000.7 */
    CHECK_INT(total, 4002);
    CHECK_INT(fen[0], 1000);
    CHECK_INT(fen[1], 1001);
    CHECK_INT(fen[2], 1000);
    CHECK_INT(fen[3], 1001);
    CHECK(!ledger_settle(a, fen, &total, points, 4, INT64_MAX / 100));
    CHECK(ledger_settle(a, fen, &total, points, 0, 1000));
    CHECK_INT(total, 0);
    arena_close(a);
}
