#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "slow_ref.h"
#include "t.h"

enum function { LN, LOG10, EXP, SQRT, POW };

static const struct {
    const char *x, *y, *value;
    enum function fn;
    int to;
} row[] = {
#define MATH(fn, x, y, to, value) {x, y, value, fn, to},
#include "decimal_math_list.h"
#undef MATH
};

static bool apply(enum function fn, Wide *out, Dec x, Dec y, int to)
{
    switch (fn) {
    case LN: return wide_ln(out, x.m, x.scale, to);
    case LOG10: return wide_log10(out, x.m, x.scale, to);
    case EXP: return wide_exp(out, x.m, x.scale, to);
    case SQRT: return wide_sqrt(out, x.m, x.scale, to);
    case POW: break;
    }
    return wide_pow(out, x.m, x.scale, y.m, y.scale, to);
}

TEST(math_agrees_with_the_table)
{
    struct arena *a = arena_open();
    CHECK(ARRAY_N(row) > 200);
    for (size_t i = 0; i < ARRAY_N(row); i++) {
        Dec x = {0, 0}, y = x;
        Wide value = 0;
        struct buf b;
        CHECK(dec_parse(&x, str_of(row[i].x), NULL) && dec_parse(&y, str_of(row[i].y), NULL));
        buf_init(&b, a, BUF_MAX);
        if (apply(row[i].fn, &value, x, y, row[i].to))
            dec_print_fixed(&b, value, row[i].to, row[i].to);
        CHECK_STR(buf_str(&b), row[i].value);
    }
    arena_close(a);
}

/* The same number with zeros behind it has the same logarithm: scales are only a way of writing. */
TEST(math_does_not_see_trailing_zeros)
{
    uint64_t seed = 5;
    for (int i = 0; i < 2000; i++) {
        Wide m = 1 + (Wide)(slow_random(&seed) % 1000000), long_m = 0, got = 0, again = 0;
        int scale = (int)(slow_random(&seed) % 6), more = (int)(slow_random(&seed) % 12);
        CHECK(wide_rescale(&long_m, m, scale, scale + more, ROUND_DOWN));
        for (enum function fn = LN; fn <= POW; fn++) {
            Dec y = {15, 1};
            bool ok = apply(fn, &got, (Dec){m, scale}, y, 9);
            bool ok_again = apply(fn, &again, (Dec){long_m, scale + more}, y, 9);
            CHECK(ok == ok_again && got == again);
        }
    }
}

/* exp(ln x) is x again, to the digits that a logarithm of 18 decimals can carry. */
TEST(math_exp_undoes_ln)
{
    uint64_t seed = 6;
    for (int i = 0; i < 3000; i++) {
        int scale = (int)(slow_random(&seed) % 13);
        Wide x = 1 + (Wide)(slow_random(&seed) % 1000000000000000000u), log = 0, back = 0, off = 0;
        CHECK(wide_ln(&log, x, scale, 18) && wide_exp(&back, log, 18, 18));
        CHECK(wide_rescale(&off, x, scale, 18, ROUND_DOWN));
        off = back > off ? back - off : off - back; /* at most x * 0.5e-18 and a rounding */
        Wide most = x / wide_pow10(scale) + 2;
        CHECK(off <= most);
    }
}

TEST(math_is_monotone)
{
    uint64_t seed = 7;
    for (int i = 0; i < 3000; i++) {
        Wide x = 1 + (Wide)(slow_random(&seed) % 40000000000u), y = x + 1 + (Wide)(i % 7);
        Wide low = 0, high = 0;
        CHECK(wide_ln(&low, x, 9, 18) && wide_ln(&high, y, 9, 18) && low < high);
        CHECK(wide_log10(&low, x, 9, 18) && wide_log10(&high, y, 9, 18) && low < high);
        CHECK(wide_exp(&low, x, 9, 18) && wide_exp(&high, y, 9, 18) && low < high);
        CHECK(wide_sqrt(&low, x, 9, 18) && wide_sqrt(&high, y, 9, 18) && low < high);
        CHECK(wide_pow(&low, x, 9, 15, 1, 18) && wide_pow(&high, y, 9, 15, 1, 18) && low <= high);
    }
}

/* Functional equations tie the functions to each other and to exact arithmetic. */
TEST(math_obeys_its_laws)
{
    uint64_t seed = 8;
    for (int i = 0; i < 1000; i++) {
        Wide x = 1 + (Wide)(slow_random(&seed) % 1000000),
             y = 1 + (Wide)(slow_random(&seed) % 1000000);
        Wide a = 0, b = 0, c = 0;
        CHECK(wide_ln(&a, x, 3, 18) && wide_ln(&b, y, 3, 18) && wide_ln(&c, x * y, 6, 18));
        CHECK(a + b - c >= -2 && a + b - c <= 2);
        CHECK(wide_sqrt(&a, x * x, 6, 3) && a == x);
        CHECK(wide_pow(&a, x, 3, 2, 0, 6) && a == x * x);
        CHECK(wide_pow(&a, x, 3, 5, 1, 15) && wide_sqrt(&b, x, 3, 15) && a == b);
        CHECK(wide_pow(&a, x, 3, -1, 0, 18) && wide_div(&b, 1, 0, x, 3, 18, ROUND_HALF_UP) &&
              a == b);
    }
}

TEST(math_rounds_exact_ties_up)
{
    for (int odd = 1; odd < 200; odd += 2) {
        Wide out = 0, half = (Wide)odd * 5, eighth = (Wide)odd * 125;
        CHECK(wide_pow(&out, half, 1, 2, 0, 1)); /* n.5^2 = ..25 */
        CHECK_INT(out, (half * half + 5) / 10);
        CHECK(wide_pow(&out, eighth, 3, 1, 0, 2));
        CHECK_INT(out, (eighth + 5) / 10);
        CHECK(wide_pow(&out, -eighth, 3, 1, 0, 2));
        CHECK_INT(out, -(eighth + 5) / 10);
    }
}

/* (n / 2^j)^2 to the power of 1/2 is a tie to j - 1 decimals, of 3/2 to 3j - 1. Such ties run to
 * the last step of precision, and there halves of ln 2 do not cancel: a wrong bit in any word of
 * it, upwards or downwards, would show. */
TEST(math_rounds_ties_of_roots_up)
{
    for (int j = 1; j <= 6; j++) {
        for (int n = 1; n < 200; n += 2) {
            Wide root = n, out = 0, want = 0;
            for (int i = 0; i < j; i++)
                root *= 5; /* n / 2^j = n * 5^j / 10^j */
            Wide square = root * root;
            CHECK(wide_rescale(&want, root, j, j - 1, ROUND_HALF_UP));
            CHECK(wide_pow(&out, square, 2 * j, 5, 1, j - 1));
            CHECK_INT(out, want);
            CHECK(wide_rescale(&want, square * root, 3 * j, 3 * j - 1, ROUND_HALF_UP));
            CHECK(wide_pow(&out, square, 2 * j, 15, 1, 3 * j - 1));
            CHECK_INT(out, want);
        }
    }
}

TEST(math_refuses_arguments_out_of_range)
{
    Wide out;
    CHECK(!wide_ln(&out, WIDE_INF, 0, 3) && !wide_log10(&out, WIDE_INF, 0, 3));
    CHECK(!wide_exp(&out, WIDE_INF, 0, 3) && !wide_exp(&out, -WIDE_INF, 0, 3));
    CHECK(!wide_sqrt(&out, WIDE_INF, 0, 3));
    CHECK(!wide_pow(&out, WIDE_INF, 0, 1, 0, 3) && !wide_pow(&out, 2, 0, WIDE_INF, 0, 3));
    CHECK(!wide_pow(&out, WIDE_INF, 0, 0, 0, 3) && !wide_pow(&out, 1, 0, WIDE_INF, 0, 3));
}

static void too_fine(void *unused)
{
    Wide out;
    (void)unused;
    CHECK(wide_ln(&out, 2, 0, 19));
}

static void negative_scale(void *unused)
{
    Wide out;
    (void)unused;
    CHECK(wide_ln(&out, 2, -1, 3));
}

TEST(math_stops_on_our_own_mistakes)
{
    CHECK(t_dies(too_fine, NULL));
    CHECK(t_dies(negative_scale, NULL));
}
