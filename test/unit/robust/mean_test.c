/* Means in fixed point against decimals. */
#include "base/decimal.h"
#include "robust/robust_int.h"
#include "t.h"

enum { TRIALS = 400, PARTS = 3 };

static int64_t by_decimals(enum op agg, const int64_t *w, const int64_t *x)
{
    Wide sum = 0, weight = 0, term = 0, out = 0;
    for (uint32_t k = 0; k < PARTS; k++) {
        CHECK(agg == OP_AGG_GEO ? wide_ln(&term, x[k], 0, 18)
                                : wide_div(&term, 1, 0, x[k], 0, 18, ROUND_HALF_UP));
        sum += term * w[k];
        weight += w[k];
    }
    if (agg == OP_AGG_GEO)
        CHECK(wide_div(&sum, sum, 18, weight, 0, 18, ROUND_HALF_UP) && wide_exp(&out, sum, 18, 0));
    else
        CHECK(wide_div(&out, weight, 0, sum, 18, 0, ROUND_HALF_UP));
    return (int64_t)out;
}

TEST(mean_is_that_of_decimals)
{
    struct arena *tmp = arena_open();
    const struct means *m = means_open(tmp);
    uint64_t seed = 7;
    for (int t = 0; t < TRIALS; t++) {
        int64_t w[PARTS], x[PARTS], out = 0;
        struct node n = {.agg = t % 2 == 0 ? OP_AGG_GEO : OP_AGG_HARM, .part_n = PARTS};
        struct mean_run r = {.out = &out, .n = 1};
        for (uint32_t k = 0; k < PARTS; k++) {
            seed = robust_hash(seed, (uint64_t)t, k);
            w[k] = (int64_t)(seed % 50000000) + 1;
            x[k] = (int64_t)(seed >> 40) % (t < TRIALS / 2 ? 1000000 : 200) + 1;
            r.part[k] = &x[k];
        }
        means_of(m, &n, w, &r);
        CHECK_INT(out, by_decimals(n.agg, w, x));
        x[1] = 0;
        means_of(m, &n, w, &r);
        CHECK_INT(out, 0);
    }
    arena_close(tmp);
}
