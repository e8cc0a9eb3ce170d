/* Weights that add up, divisions that round as named, ranks that count. */
#include "robust/robust_int.h"
#include "t.h"

static uint64_t next_random(uint64_t *x)
{
    *x ^= *x << 13;
    *x ^= *x >> 7;
    *x ^= *x << 17;
    return *x;
}

TEST(weights_keep_their_sum)
{
    uint64_t seed = 20261122;
    Wide w[PARTS_MAX], out[PARTS_MAX];
    int32_t id[PARTS_MAX];
    struct part part[PARTS_MAX];
    for (int round = 0; round < 500; round++) {
        struct node n = {.part = part, .segment_n = 1, .weight = w, .weight_id = id};
        Wide sum = 0, got = 0;
        n.part_n = 2 + (uint32_t)(next_random(&seed) % 9);
        for (uint32_t k = 0; k < n.part_n; k++) {
            w[k] = (Wide)(next_random(&seed) % 100 + 1) * ROBUST_MILLION;
            id[k] = (int32_t)k;
            sum += w[k];
        }
        struct shake s = {.seed = 3, .draw = (uint32_t)round, .spread_ppm = 200000, .only = -1};
        robust_weights(&n, 0, &s, out);
        bool near = true;
        for (uint32_t k = 0; k < n.part_n; k++) {
            got += out[k];
            near = near && out[k] * 3 >= w[k] * 2 - 3 && out[k] * 2 <= w[k] * 3 + 2;
        }
        CHECK(got == sum);
        CHECK(near); /* 0.8/1.2 to 1.2/0.8 of the old one */
    }
}

TEST(weights_one_alone)
{
    Wide w[3] = {50000000, 30000000, 20000000}, out[3];
    int32_t id[3] = {4, 5, 6};
    struct part part[3];
    struct node n = {.part = part, .part_n = 3, .segment_n = 1, .weight = w, .weight_id = id};
    struct shake s = {.spread_ppm = 200000, .only = 4, .high = true};
    robust_weights(&n, 0, &s, out);
    CHECK(out[0] == 60000000 && out[1] == 24000000 && out[2] == 16000000);
    s.high = false;
    robust_weights(&n, 0, &s, out);
    CHECK(out[0] == 40000000 && out[1] == 36000000 && out[2] == 24000000);
    s.only = 9; /* of another group */
    robust_weights(&n, 0, &s, out);
    CHECK(out[0] == w[0] && out[1] == w[1] && out[2] == w[2]);
}

TEST(weights_divide_as_decimals_do)
{
    static const enum rounding how[] = {ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN,
                                        ROUND_UP,      ROUND_FLOOR,     ROUND_CEIL};
    static const uint64_t by[] = {1, 2, 3, 7, 10, 64, 999, 1000000, 123456789, 100000000000};
    uint64_t seed = 7;
    bool same = true;
    for (int i = 0; i < 20000; i++) {
        int64_t v = (int64_t)(next_random(&seed) >> (2 + next_random(&seed) % 60));
        uint64_t d = by[next_random(&seed) % ARRAY_N(by)];
        v = next_random(&seed) % 3 == 0 ? v / (int64_t)d * (int64_t)d + (int64_t)(d / 2) : v;
        v = (next_random(&seed) & 1) != 0 && v < (int64_t)1 << 60 ? -v : v >> 1;
        for (size_t h = 0; h < ARRAY_N(how); h++) {
            struct divide at = divide_of(d, how[h]);
            Wide want = 0;
            same = same && wide_div(&want, v, 0, (Wide)d, 0, 0, how[h]) &&
                   want == divide_round(&at, v) && want == divide_wide(&at, v);
            Wide large = (Wide)v * (int64_t)d + (int64_t)(next_random(&seed) % d);
            same = same && wide_div(&want, large, 0, (Wide)d, 0, 0, how[h]) &&
                   want == divide_wide(&at, large);
        }
    }
    CHECK(same);
}

TEST(weights_ranks_by_counting_and_sorting)
{
    struct arena *a = arena_open();
    uint64_t seed = 11;
    uint32_t n = 300, all = 340;
    int64_t *v = ARENA_ARRAY(a, int64_t, all);
    uint32_t *rank = ARENA_ARRAY(a, uint32_t, all);
    struct node top = {.reach = INT64_MAX / 4};
    struct tree t = {.node = &top, .node_n = 1, .subject_n = n, .column_n = all};
    struct ranker r;
    ranker_open(&r, a, &t);
    for (int bits = 2; bits < 60; bits += 7) {
        for (uint32_t i = 0; i < all; i++)
            v[i] = (int64_t)(next_random(&seed) >> (64 - bits)) - (1 << 2);
        ranker_rank(&r, rank, v);
        bool same = true;
        for (uint32_t i = 0; i < all; i++) {
            uint32_t better = 0;
            for (uint32_t k = 0; k < n; k++)
                better += v[k] > v[i];
            same = same && rank[i] == better + 1;
        }
        CHECK(same);
    }
    arena_close(a);
}
