#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/u256_int.h"
#include "slow_ref.h"
#include "t.h"

/* Asked for by name in every property: a failure prints what it was about. */
static const char *shown(Wide m)
{
    static char ring[8][48];
    static size_t at;
    char *out = ring[at++ % 8];
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    dec_print(&b, m, 0);
    (void)snprintf(out, sizeof ring[0], "%.*s", (int)b.n, b.p);
    arena_close(a);
    return out;
}

static Wide wide(const char *digits)
{
    Dec d = {0, 0};
    CHECK(dec_parse(&d, str_of(digits), NULL) && d.scale == 0);
    return d.m;
}

TEST(decimal_divides_and_rounds_as_written)
{
    Wide out = 0;
    CHECK(wide_div(&out, 15, 2, 3, 0, 12, ROUND_HALF_UP) && out == 50000000000); /* 0.15 / 3 */
    CHECK(wide_rescale(&out, 2675, 3, 2, ROUND_HALF_UP) && out == 268);
    CHECK(wide_rescale(&out, -2675, 3, 2, ROUND_HALF_UP) && out == -268);
    CHECK(wide_mul(&out, 11, 1, 11, 1, 2, ROUND_HALF_UP) && out == 121);
    CHECK(wide_muldiv(&out, 100, 2000, 3, ROUND_HALF_UP) &&
          out == 66667); /* 100 mu in square metres */
}

TEST(decimal_rounds_six_ways)
{
    /* half up, half even, down, up, floor, ceil */
    static const struct {
        int from;
        int to[6];
    } row[] = {
        {25, {3, 2, 2, 3, 2, 3}},        {35, {4, 4, 3, 4, 3, 4}},
        {-25, {-3, -2, -2, -3, -3, -2}}, {-35, {-4, -4, -3, -4, -4, -3}},
        {24, {2, 2, 2, 3, 2, 3}},        {26, {3, 3, 2, 3, 2, 3}},
        {-24, {-2, -2, -2, -3, -3, -2}}, {-26, {-3, -3, -2, -3, -3, -2}},
        {20, {2, 2, 2, 2, 2, 2}},        {-20, {-2, -2, -2, -2, -2, -2}},
        {1, {0, 0, 0, 1, 0, 1}},         {-1, {0, 0, 0, -1, -1, 0}},
        {0, {0, 0, 0, 0, 0, 0}},
    };
    for (size_t i = 0; i < ARRAY_N(row); i++)
        for (int how = ROUND_HALF_UP; how <= ROUND_CEIL; how++) {
            Wide out = 99;
            CHECK(wide_rescale(&out, row[i].from, 1, 0, (enum rounding)how));
            CHECK_INT(out, row[i].to[how]);
            CHECK(wide_div(&out, row[i].from, 0, 10, 0, 0, (enum rounding)how));
            CHECK_INT(out, row[i].to[how]);
            CHECK(wide_div(&out, -row[i].from, 0, -10, 0, 0, (enum rounding)how));
            CHECK_INT(out, row[i].to[how]);
        }
}

TEST(decimal_refuses_infinity)
{
    Wide out = 7;
    CHECK(!wide_add(&out, WIDE_INF, -1) && !wide_add(&out, 1, -WIDE_INF));
    CHECK(!wide_sub(&out, 1, WIDE_INF) && !wide_sub(&out, -WIDE_INF, 1));
    CHECK(!wide_mul(&out, WIDE_INF, 0, 0, 0, 0, ROUND_DOWN));
    CHECK(!wide_mul(&out, 0, 0, -WIDE_INF, 0, 0, ROUND_DOWN));
    CHECK(!wide_div(&out, WIDE_INF, 0, 1, 0, 0, ROUND_DOWN));
    CHECK(!wide_div(&out, 1, 0, WIDE_INF, 0, 0, ROUND_DOWN));
    CHECK(!wide_muldiv(&out, WIDE_INF, 1, 1, ROUND_DOWN));
    CHECK(!wide_muldiv(&out, 1, WIDE_INF, 1, ROUND_DOWN));
    CHECK(!wide_muldiv(&out, 1, 1, WIDE_INF, ROUND_DOWN));
    CHECK(!wide_rescale(&out, WIDE_INF, 0, 0, ROUND_DOWN));
    CHECK(out == 7);
}

TEST(decimal_refuses_what_does_not_fit)
{
    Wide out = 7, big = WIDE_MAX;
    CHECK(wide_add(&out, big - 1, 1) && out == big);
    CHECK(!wide_add(&out, big, 1) && !wide_add(&out, -big, -1) && !wide_sub(&out, -big, 1));
    CHECK(wide_sub(&out, big, big) && out == 0);
    CHECK(!wide_rescale(&out, big, 0, 1, ROUND_DOWN) && !wide_rescale(&out, 1, 0, 38, ROUND_DOWN));
    CHECK(!wide_rescale(&out, 2, 0, 37, ROUND_DOWN) && !wide_rescale(&out, 1, 0, 37, ROUND_DOWN));
    CHECK(!wide_rescale(&out, 18, 0, 37, ROUND_DOWN)); /* past 2^127 */
    CHECK(out == 0);
    CHECK(wide_rescale(&out, 1, 0, 36, ROUND_DOWN) && out == wide_pow10(36));
    CHECK(wide_rescale(&out, 0, 0, 60, ROUND_DOWN) && out == 0);
    /* rounding may be what carries it over */
    CHECK(!wide_mul(&out, big, 0, wide_pow10(1) + 1, 1, 0, ROUND_UP));
    CHECK(!wide_muldiv(&out, big, 11, 10, ROUND_DOWN));
}

/* Scales far apart: everything rounds to 0 or the last place, and nothing overflows on the way. */
TEST(decimal_survives_scales_far_apart)
{
    Wide out = 7, big = WIDE_MAX;
    CHECK(wide_rescale(&out, big, 100, 0, ROUND_HALF_UP) && out == 0);
    CHECK(wide_rescale(&out, -1, 100, 0, ROUND_FLOOR) && out == -1);
    CHECK(wide_mul(&out, big, 60, big, 60, 0, ROUND_CEIL) && out == 1);
    CHECK(wide_mul(&out, big, 60, big, 60, 0, ROUND_HALF_UP) && out == 0);
    CHECK(!wide_mul(&out, big, 0, big, 0, 24, ROUND_HALF_UP));
    CHECK(wide_mul(&out, 0, 0, big, 0, 24, ROUND_HALF_UP) && out == 0);
    CHECK(wide_div(&out, big, 90, big, 0, 0, ROUND_UP) && out == 1);
    CHECK(wide_div(&out, big, 90, 1, 0, 0, ROUND_HALF_UP) && out == 0);
    CHECK(!wide_div(&out, big, 0, 1, 24, 24, ROUND_HALF_UP));
    CHECK(!wide_div(&out, big, 0, 1, 60, 24, ROUND_HALF_UP));
    CHECK(wide_div(&out, 0, 0, big, 60, 24, ROUND_HALF_UP) && out == 0);
    CHECK(wide_cmp(1, 0, big, 90) == 1 && wide_cmp(big, 90, 1, 0) == -1);
    CHECK(wide_cmp(-1, 0, -big, 90) == -1);
}

TEST(decimal_compares_exactly)
{
    Wide big = WIDE_MAX;
    CHECK(wide_cmp(15, 1, 150, 2) == 0 && wide_cmp(15, 1, 151, 2) == -1);
    CHECK(wide_cmp(-15, 1, -151, 2) == 1 && wide_cmp(-1, 0, 1, 24) == -1);
    CHECK(wide_cmp(big, 0, big, 24) == 1 && wide_cmp(big, 24, big, 0) == -1);
    CHECK(wide_cmp(0, 3, 0, 5) == 0 && wide_cmp(0, 3, 1, 24) == -1);
    CHECK(wide_cmp(WIDE_INF, 0, big, 0) == 1 && wide_cmp(WIDE_INF, 24, 1, 0) == 1);
    CHECK(wide_cmp(-WIDE_INF, 24, -big, 0) == -1 && wide_cmp(-big, 0, -WIDE_INF, 24) == 1);
    CHECK(wide_cmp(WIDE_INF, 24, WIDE_INF, 0) == 0 && wide_cmp(1, 0, WIDE_INF, 24) == -1);
    CHECK(dec_eq((Dec){250, 2}, (Dec){25, 1}) && !dec_eq((Dec){250, 2}, dec_int(2)));
}

/* Property: every operation is the schoolchild's, for any arguments, scales and rounding. */
TEST(decimal_is_what_long_division_says)
{
    uint64_t seed = 1;
    int fit = 0;
    for (int i = 0; i < 20000; i++) {
        Wide a = slow_random_wide(&seed), b = slow_random_wide(&seed), c = slow_random_wide(&seed);
        uint64_t r = slow_random(&seed);
        int sa = (int)(r % 25), sb = (int)(r / 25 % 25), to = (int)(r / 625 % 25);
        enum rounding how = (enum rounding)(r / 15625 % 6);
        Wide got[4] = {0}, want[4] = {0};
        bool ok[4] = {wide_rescale(&got[0], a, sa, to, how),
                      wide_mul(&got[1], a, sa, b, sb, to, how),
                      b == 0 || wide_div(&got[2], a, sa, b, sb, to, how),
                      c == 0 || wide_muldiv(&got[3], a, b, c, how)};
        bool fits[4] = {slow_rescale(&want[0], a, sa, to, how),
                        slow_mul_wide(&want[1], a, sa, b, sb, to, how),
                        b == 0 || slow_div_wide(&want[2], a, sa, b, sb, to, how),
                        c == 0 || slow_muldiv(&want[3], a, b, c, how)};
        for (int op = 0; op < 4; op++) {
            fit += fits[op];
            if (ok[op] == fits[op] && got[op] == want[op])
                continue;
            t_fail(__FILE__, __LINE__, "long division");
            (void)fprintf(stderr, "op %d: %s e-%d, %s e-%d, %s to %d how %d: %s not %s\n", op,
                          shown(a), sa, shown(b), sb, shown(c), to, (int)how, shown(got[op]),
                          shown(want[op]));
            return;
        }
        CHECK_INT(wide_cmp(a, sa, b, sb), slow_cmp_wide(a, sa, b, sb));
    }
    CHECK(fit > 40000); /* and most of it is about results, not refusals */
}

/* Knuth's division has two corrections that random numbers almost never reach. Each quotient is
 * proved by multiplying back. */
TEST(decimal_256_bit_division_takes_every_branch)
{
    static const uint64_t word[] = {0,
                                    1,
                                    2,
                                    UINT64_MAX,
                                    UINT64_MAX - 1,
                                    (uint64_t)1 << 63,
                                    ((uint64_t)1 << 63) - 1,
                                    0x123456789ABCDEF0u};
    uint64_t seed = 2;
    for (int i = 0; i < 200000; i++) {
        U256 a, b, rem;
        for (int k = 0; k < 4; k++) {
            a.w[k] = word[slow_random(&seed) % 8];
            b.w[k] = word[slow_random(&seed) % 8];
        }
        for (int k = 3; k >= (int)(slow_random(&seed) % 5); k--)
            b.w[k] = 0;
        if (u256_cmp(b, u256_of(0)) == 0)
            continue;
        U256 q = u256_div(a, b, &rem), part, back = rem;
        bool fits = u256_cmp(rem, b) < 0;
        U256 low = {{b.w[0], b.w[1], 0, 0}}, high = {{b.w[2], b.w[3], 0, 0}};
        fits = fits && u256_scale(&part, q, u256_low(low));
        U256 zero = u256_of(0);
        if (u256_cmp(q, zero) == 0)
            part = zero;
        /* back = q * b + rem, by words: q * low + (q * high << 128) + rem */
        UWide carry = 0;
        U256 upper = zero;
        fits = fits && (u256_cmp(high, zero) == 0 || u256_scale(&upper, q, u256_low(high)));
        fits = fits && u256_is_wide(upper);
        for (int k = 0; k < 4; k++) {
            carry += (UWide)part.w[k] + rem.w[k] + (k >= 2 ? upper.w[k - 2] : 0);
            back.w[k] = (uint64_t)carry;
            carry >>= 64;
        }
        if (!fits || carry != 0 || u256_cmp(back, a) != 0) {
            t_fail(__FILE__, __LINE__, "q * b + rem == a");
            return;
        }
    }
}

TEST(decimal_256_bit_square_roots)
{
    uint64_t seed = 3;
    CHECK(u256_sqrt(u256_of(0)) == 0 && u256_sqrt(u256_of(1)) == 1 && u256_sqrt(u256_of(3)) == 1);
    for (int i = 0; i < 20000; i++) {
        UWide root =
            ((UWide)slow_random(&seed) << 64 | slow_random(&seed)) >> (slow_random(&seed) % 127);
        U256 square = u256_mul(root, root);
        CHECK(u256_sqrt(square) == root);
        if (root > 0)
            CHECK(u256_sqrt(u256_sub(square, u256_of(1))) == root - 1);
    }
    U256 all = {{UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX}};
    CHECK(u256_sqrt(all) == (UWide)-1);
}

static bool reads(const char *text, Wide m, int scale)
{
    Dec d = {-1, -1};
    bool lossy = true;
    return dec_parse(&d, str_of(text), NULL) && d.m == m && d.scale == scale &&
           dec_parse(&d, str_of(text), &lossy) && d.m == m && d.scale == scale && !lossy;
}

TEST(decimal_reads_numbers)
{
    CHECK(reads("0", 0, 0) && reads("-0.00", 0, 0) && reads("+5", 5, 0) && reads("007", 7, 0));
    CHECK(reads("2.675", 2675, 3) && reads("-0.05", -5, 2) && reads("2.50", 25, 1));
    CHECK(reads("100", 100, 0) && reads("10.0", 10, 0) && reads("0.0e5", 0, 0));
    CHECK(reads("12,345.6", 123456, 1) && reads("1,234,567", 1234567, 0) &&
          reads("999,000", 999000, 0));
    CHECK(reads("1e3", 1000, 0) && reads("1.2E+05", 120000, 0) && reads("125e-2", 125, 2));
    CHECK(reads("1200e-2", 12, 0) && reads("-1.5e-3", -15, 4));
    CHECK(reads("1e36", wide_pow10(36), 0) && reads("1e-24", 1, 24));
    CHECK(reads("9999999999999999999999999999999999999", WIDE_MAX, 0));
    CHECK(reads("-9999999999999.999999999999999999999999", -WIDE_MAX, 24));
    CHECK(reads("0.1000000000000000000000000000000000000000", 1, 1));
    CHECK(reads("10000000000000000000000000000000000000000e-40", 1, 0));
    CHECK(reads("0.00000000000000000000000000000000000000001e41", 1, 0));
    CHECK(reads("0e99999999999999999999999999", 0, 0));
}

TEST(decimal_refuses_what_is_no_number)
{
    static const char *const bad[] = {
        "",     "-",       "+",      ".",     ".5",    "5.",    "1.e3", "e3",     "1e",
        "1e+",  "1e3.5",   "1 ",     " 1",    "--1",   "+-1",   "1,23", "1,2345", "12345,678",
        ",123", "1,234,5", "1,,234", "0x10",  "１",    "1.2.3", "inf",  "nan",    "1.2,345",
        "1e3x", "1x",      "1,234x", "1_000", "1e--3", "1e 3",  "-.5",  "1,",     "1e3,000"};
    Dec d;
    bool lossy;
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        CHECK(!dec_parse(&d, str_of(bad[i]), NULL) && !dec_parse(&d, str_of(bad[i]), &lossy));
    CHECK(!dec_parse(&d, S("1\0002"), NULL));
}

TEST(decimal_refuses_numbers_too_long)
{
    Dec d;
    bool lossy;
    CHECK(!dec_parse(&d, S("1e37"), NULL) && !dec_parse(&d, S("1e37"), &lossy));
    CHECK(!dec_parse(&d, S("1e999999999999999999999"), &lossy));
    CHECK(!dec_parse(&d, S("10000000000000000000000000000000000000"), &lossy));
    CHECK(!dec_parse(&d, S("12345678901234567890123456789012345678"), &lossy));
    CHECK(!dec_parse(&d, S("1e-25"), NULL));
    CHECK(!dec_parse(&d, S("99999999999999.999999999999999999999999"), NULL)); /* 38 digits */
    CHECK(!dec_parse(&d, S("99999999999999.999999999999999999999999"), &lossy));
    CHECK(
        !dec_parse(&d, S("9999999999999.9999999999999999999999995"), &lossy)); /* rounds to 10^37 */
}

TEST(decimal_rounds_excess_decimals_when_told)
{
    Dec d;
    bool lossy = false;
    CHECK(dec_parse(&d, S("0.1234567890123456789012345"), &lossy) && lossy && d.scale == 24);
    CHECK(d.m == wide("123456789012345678901235"));
    CHECK(dec_parse(&d, S("-1e-25"), &lossy) && lossy && d.m == 0 && d.scale == 0);
    CHECK(dec_parse(&d, S("4e-25"), &lossy) && lossy && d.m == 0);
    CHECK(dec_parse(&d, S("5e-25"), &lossy) && lossy && d.m == 1 && d.scale == 24);
    CHECK(dec_parse(&d, S("9e-26"), &lossy) && lossy && d.m == 0);
    CHECK(dec_parse(&d, S("0.9999999999999999999999999"), &lossy) && lossy && d.m == 1 &&
          d.scale == 0);
    CHECK(dec_parse(&d, S("1e-99999999999999999999999"), &lossy) && lossy && d.m == 0);
    CHECK(dec_parse(&d, S("1,000.0000000000000000000000005"), &lossy) && lossy && d.scale == 24);
    CHECK(dec_parse(&d, S("0.50"), &lossy) && !lossy && d.m == 5);
}

static struct arena *arena;

static Str printed(Wide m, int scale)
{
    struct buf b;
    buf_init(&b, arena, BUF_MAX);
    dec_print(&b, m, scale);
    return buf_str(&b);
}

static Str fixed(Wide m, int scale, int n)
{
    struct buf b;
    buf_init(&b, arena, BUF_MAX);
    dec_print_fixed(&b, m, scale, n);
    return buf_str(&b);
}

TEST(decimal_prints)
{
    arena = arena_open();
    CHECK_STR(printed(2675, 3), "2.675");
    CHECK_STR(printed(3000, 3), "3");
    CHECK_STR(printed(-5, 2), "-0.05");
    CHECK_STR(printed(0, 12), "0");
    CHECK_STR(printed(100, 0), "100");
    CHECK_STR(printed(-1200, 3), "-1.2");
    CHECK_STR(printed(1, 24), "0.000000000000000000000001");
    CHECK_STR(printed(WIDE_MAX, 0), "9999999999999999999999999999999999999");
    CHECK_STR(printed(-WIDE_MAX, 24), "-9999999999999.999999999999999999999999");
    CHECK_STR(printed(wide_pow10(19), 0), "10000000000000000000");
    CHECK_STR(printed(wide_pow10(19) - 1, 19), "0.9999999999999999999");
    CHECK_STR(printed(WIDE_INF, 3), "∞");
    CHECK_STR(printed(-WIDE_INF, 3), "-∞");
    CHECK_STR(fixed(2675, 3, 2), "2.68");
    CHECK_STR(fixed(-2675, 3, 2), "-2.68");
    CHECK_STR(fixed(-4, 3, 2), "0.00");
    CHECK_STR(fixed(25, 1, 3), "2.500");
    CHECK_STR(fixed(0, 0, 2), "0.00");
    CHECK_STR(fixed(95, 1, 0), "10");
    CHECK_STR(fixed(7, 0, 0), "7");
    CHECK_STR(fixed(WIDE_MAX, 0, 3), "9999999999999999999999999999999999999.000");
    CHECK_STR(fixed(WIDE_MAX, 1, 0), "1000000000000000000000000000000000000");
    CHECK_STR(fixed(WIDE_INF, 0, 2), "∞");
    arena_close(arena);
}

/* Property: what is printed reads back as the same number, and no zero is left at its end. */
TEST(decimal_prints_what_it_reads)
{
    uint64_t seed = 4;
    arena = arena_open();
    for (int i = 0; i < 50000; i++) {
        ArenaMark mark = arena_mark(arena);
        Wide m = slow_random_wide(&seed);
        int scale = (int)(slow_random(&seed) % 25);
        Str text = printed(m, scale);
        Dec d = {0, 0}, trimmed = dec_trim((Dec){m, m == 0 ? 0 : scale});
        CHECK(dec_parse(&d, text, NULL) && d.m == trimmed.m && d.scale == trimmed.scale);
        CHECK(d.scale == 0 || text.p[text.n - 1] != '0');
        Str exact = fixed(m, scale, scale);
        CHECK(dec_parse(&d, exact, NULL) && dec_eq(d, (Dec){m, scale}));
        arena_reset(arena, mark);
    }
    arena_close(arena);
}

TEST(decimal_trims)
{
    Dec d = dec_trim((Dec){2500, 3});
    CHECK(d.m == 25 && d.scale == 1);
    d = dec_trim((Dec){2500, 0});
    CHECK(d.m == 2500 && d.scale == 0);
    d = dec_trim((Dec){0, 9});
    CHECK(d.m == 0 && d.scale == 0);
    CHECK(dec_int(-7).m == -7 && dec_int(INT64_MIN).m == INT64_MIN && dec_int(3).scale == 0);
}

static void divide_by_zero(void *unused)
{
    Wide out;
    (void)unused;
    CHECK(wide_div(&out, 1, 0, 0, 0, 0, ROUND_DOWN));
}

static void share_of_zero(void *unused)
{
    Wide out;
    (void)unused;
    CHECK(wide_muldiv(&out, 1, 1, 0, ROUND_DOWN));
}

static void power_beyond(void *unused)
{
    (void)unused;
    (void)wide_pow10(39);
}

TEST(decimal_stops_on_our_own_mistakes)
{
    CHECK(t_dies(divide_by_zero, NULL));
    CHECK(t_dies(share_of_zero, NULL));
    CHECK(t_dies(power_beyond, NULL));
}
