/* What a settlement would come to: figures by hand, and sums that must hold whatever is drawn. */
#include "base/arena.h"
#include "base/str.h"
#include "ledger/ledger.h"
#include "ledger/simulate.h"
#include "ledger/split.h"
#include "t.h"
#include "unit/grade/gen.h"

static struct simulate_out settle(struct arena *a, const int64_t *points, size_t n,
                                  struct simulate_terms t)
{
    struct simulate_out out;
    CHECK(simulate_settle(a, &out, points, n, &t));
    return out;
}

TEST(rate_floor_cap_and_budget)
{
    struct arena *a = arena_open();
    const int64_t points[] = {100000, 50000, 49999, 0, 500000}; /* 10, 5, 4.9999, 0, 50 */
    struct simulate_out o =
        settle(a, points, 5, (struct simulate_terms){.rate_fen = 200000, .floor_e4 = 50000});
    CHECK_INT(o.fen[0], 2000000);
    CHECK_INT(o.fen[2], 0);
    CHECK_INT(o.payee_n, 3);
    CHECK_INT(o.below_n, 2);
    CHECK_INT(o.points_e4, 650000);
    CHECK_INT(o.total_fen, 13000000);
    CHECK_INT(o.cut_e6, 1000000);
    o = settle(
        a, points, 5,
        (struct simulate_terms){
            .rate_fen = 200000, .floor_e4 = 50000, .cap_fen = 5000000, .budget_fen = 4000000});
    CHECK_INT(o.capped_n, 1);
    CHECK_INT(o.worth_fen, 8000000);
    CHECK_INT(o.total_fen, 4000000);
    CHECK_INT(o.fen[4], 2500000);
    CHECK_INT(o.fen[1], 500000);
    CHECK_INT(o.cut_e6, 500000);
    CHECK_INT(o.first10_e6, 1000000);
    CHECK_INT(o.top1_e6, 625000);
    CHECK_INT(o.top10_e6, 625000);
    arena_close(a);
}

/* 1 2 3 .. n fen: the Gini index is (n - 1) / 3n. */
static struct simulate_out ladder(struct arena *a, int n)
{
    int64_t *points = ARENA_ARRAY(a, int64_t, (size_t)n);
    for (int i = 0; i < n; i++)
        points[i] = (int64_t)(i + 1) * 10000;
    return settle(a, points, (size_t)n, (struct simulate_terms){.rate_fen = 1});
}

TEST(who_gets_most)
{
    struct arena *a = arena_open();
    struct simulate_out o = ladder(a, 200);
    CHECK_INT(o.payee_n, 200);
    CHECK_INT(o.total_fen, 20100);
    CHECK_INT(o.gini_e6, 331667);
    CHECK_INT(o.top1_e6, 19851);   /* 200 + 199 */
    CHECK_INT(o.top10_e6, 189552); /* 181 to 200 */
    CHECK_INT(o.first10_e6, 97264);
    o = ladder(a, 199);
    CHECK_INT(o.top1_e6, 10000); /* 199 */
    CHECK_INT(o.top10_e6, 181407);
    o = ladder(a, 1);
    CHECK_INT(o.top1_e6, 1000000);
    arena_close(a);
}

TEST(nothing_and_next_to_nothing)
{
    struct arena *a = arena_open();
    const int64_t none[] = {0, 0}, least[] = {1, 0, -1}, huge[] = {LEDGER_AMOUNT_MAX};
    struct simulate_out o = settle(a, none, 2, (struct simulate_terms){.rate_fen = 100});
    CHECK_INT(o.below_n, 2);
    CHECK_INT(o.payee_n, 0);
    CHECK_INT(o.total_fen, 0);
    CHECK_INT(o.gini_e6, 0);
    CHECK_INT(o.top1_e6, 0);
    CHECK_INT(o.top10_e6, 0);
    CHECK_INT(o.first10_e6, 0);
    CHECK_INT(o.cut_e6, 1000000);
    o = settle(a, least, 3, (struct simulate_terms){.rate_fen = 20000});
    CHECK_INT(o.below_n, 2);
    CHECK_INT(o.points_e4, 1);
    CHECK_INT(o.fen[0], 2);
    CHECK_INT(o.fen[2], 0);
    CHECK(!simulate_settle(a, &o, huge, 1, &(struct simulate_terms){.rate_fen = 10001}));
    arena_close(a);
}

/* What is just so much is not too much. */
TEST(caps_and_budgets_to_the_fen)
{
    struct arena *a = arena_open();
    const int64_t points[] = {50000, 20000};
    struct simulate_out o =
        settle(a, points, 2, (struct simulate_terms){.rate_fen = 100, .cap_fen = 500});
    CHECK_INT(o.capped_n, 0);
    o = settle(a, points, 2, (struct simulate_terms){.rate_fen = 100, .cap_fen = 1});
    CHECK_INT(o.capped_n, 2);
    CHECK_INT(o.total_fen, 2);
    o = settle(a, points, 2, (struct simulate_terms){.rate_fen = 100, .budget_fen = 700});
    CHECK_INT(o.total_fen, 700);
    CHECK_INT(o.cut_e6, 1000000);
    o = settle(a, points, 2, (struct simulate_terms){.rate_fen = 100, .budget_fen = 699});
    CHECK_INT(o.total_fen, 699);
    CHECK_INT(o.worth_fen, 700);
    CHECK_INT(o.cut_e6, 998571);
    o = settle(a, points, 2, (struct simulate_terms){.rate_fen = 100, .budget_fen = 1});
    CHECK_INT(o.total_fen, 1);
    CHECK_INT(o.payee_n, 1);
    arena_close(a);
}

TEST(a_cut_goes_by_what_is_lost)
{
    struct arena *a = arena_open();
    int64_t fen[4] = {0, 0, 0, 99};
    simulate_cut(a, fen, (int64_t[]){4, 3}, 2, 4); /* 2.29 and 1.71 */
    CHECK_INT(fen[0], 2);
    CHECK_INT(fen[1], 2);
    simulate_cut(a, fen, (int64_t[]){1, 1, 1}, 3, 1); /* all alike: the first */
    CHECK_INT(fen[0], 1);
    CHECK_INT(fen[1], 0);
    CHECK_INT(fen[2], 0);
    fen[0] = fen[1] = 7;
    simulate_cut(a, fen, (int64_t[]){0, 0}, 2, 5);
    CHECK_INT(fen[0], 0);
    CHECK_INT(fen[1], 0);
    CHECK_INT(fen[3], 99);
    arena_close(a);
}

/* Shares 1 3: G = 2 (1 + 6) / 4 / 2 - 3 / 2 = 1/4. */
TEST(gini_of_a_few)
{
    struct arena *a = arena_open();
    CHECK_INT(simulate_gini(a, (int64_t[]){3, 0, 1}, 3), 250000);
    CHECK_INT(simulate_gini(a, (int64_t[]){7, 7, 7}, 3), 0);
    CHECK_INT(simulate_gini(a, (int64_t[]){0, 0}, 2), 0);
    CHECK_INT(simulate_gini(a, (int64_t[]){1, 2, 3, 4}, 4), 250000);
    arena_close(a);
}

TEST(without_terms_it_is_the_settlement)
{
    enum { N = 300 };
    struct arena *a = arena_open();
    struct gen g = {7};
    for (int round = 0; round < 200; round++) {
        int64_t points[N], fen[N], total;
        ArenaMark mark = arena_mark(a);
        for (int i = 0; i < N; i++)
            points[i] = gen_int(&g, 0, 5) == 0 ? 0 : gen_int(&g, 1, 9999999);
        int64_t rate = gen_int(&g, 1, 300000);
        CHECK(ledger_settle(a, fen, &total, points, N, rate));
        struct simulate_out o = settle(a, points, N, (struct simulate_terms){.rate_fen = rate});
        CHECK_INT(o.total_fen, total);
        for (int i = 0; i < N; i++)
            CHECK(o.fen[i] == fen[i]);
        arena_reset(a, mark);
    }
    arena_close(a);
}

TEST(a_cut_spends_the_budget_to_the_fen)
{
    enum { N = 97 };
    struct arena *a = arena_open();
    struct gen g = {11};
    for (int round = 0; round < 500; round++) {
        int64_t worth[N], points[N], fen[N], all = 0, sum = 0;
        ArenaMark mark = arena_mark(a);
        for (int i = 0; i < N; i++) {
            all += worth[i] = gen_int(&g, 0, 3) == 0 ? 0 : gen_int(&g, 1, 1000000);
            points[i] = worth[i] * 10000;
        }
        int64_t budget = gen_int(&g, 0, (int)all);
        simulate_cut(a, fen, worth, N, budget);
        for (int i = 0; i < N; i++) {
            sum += fen[i];
            CHECK(fen[i] <= worth[i] && (worth[i] > 0 || fen[i] == 0));
            CHECK(fen[i] - (int64_t)((Wide)worth[i] * budget / all) <= 1);
        }
        CHECK_INT(sum, budget);
        struct simulate_out o =
            settle(a, points, N, (struct simulate_terms){.rate_fen = 1, .budget_fen = budget});
        for (int i = 0; i < N && budget > 0; i++)
            CHECK_INT(o.fen[i], fen[i]);
        arena_reset(a, mark);
    }
    arena_close(a);
}

TEST(groups_add_up)
{
    struct arena *a = arena_open();
    const int64_t points[] = {10000, 20000, 30000, 0};
    const Str town[] = {S("乙"), S("甲"), S("乙"), S("丙")};
    struct simulate_out o = settle(a, points, 4, (struct simulate_terms){.rate_fen = 100});
    struct simulate_group *g;
    CHECK_INT(simulate_by(a, &g, &o, points, town, 4), 3);
    CHECK_STR(g[1].name, "乙");
    CHECK_INT(g[1].n, 2);
    CHECK_INT(g[1].points_e4, 40000);
    CHECK_INT(g[1].fen, 400);
    CHECK_INT(g[0].fen, 0);
    CHECK_INT(g[0].n, 0);
    CHECK_INT(g[0].points_e4, 0);
    CHECK_STR(g[0].name, "丙");
    CHECK_STR(g[2].name, "甲");
    CHECK_INT(g[2].points_e4, 20000);
    CHECK_INT(simulate_by(a, &g, &o, points, town, 0), 0);
    CHECK(g == NULL);
    const int64_t small[] = {1, 10000};
    const Str same[] = {S("甲"), S("甲")};
    o = settle(a, small, 2, (struct simulate_terms){.rate_fen = 1});
    CHECK_INT(simulate_by(a, &g, &o, small, same, 2), 1); /* only who got a fen counts */
    CHECK_INT(g[0].n, 1);
    CHECK_INT(g[0].points_e4, 10000);
    CHECK_INT(g[0].fen, 1);
    arena_close(a);
}
