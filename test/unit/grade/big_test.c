#include <string.h>

#include "base/decimal.h"
#include "gen.h"
#include "grade/big.h"
#include "t.h"

static Wide random_wide(struct gen *g, int bits)
{
    UWide v = (UWide)gen_bits(g) << 64 | gen_bits(g);
    v >>= 128 - bits;
    return gen_int(g, 0, 1) ? (Wide)v : -(Wide)v;
}

static bool is_wide(Big a, Wide b)
{
    Big other = big_of(b);
    return big_cmp(&a, &other) == 0 && a.neg == other.neg && a.n == other.n;
}

TEST(big_agrees_with_the_machine_where_it_can)
{
    struct gen g = {1};
    for (int i = 0; i < 20000; i++) {
        Wide a = random_wide(&g, gen_int(&g, 1, 62)), b = random_wide(&g, gen_int(&g, 1, 62));
        Big x = big_of(a), y = big_of(b);
        CHECK(is_wide(big_add(&x, &y), a + b));
        CHECK(is_wide(big_sub(&x, &y), a - b));
        CHECK(is_wide(big_mul(&x, &y), a * b));
        CHECK(is_wide(big_times(&x, b), a * b));
        CHECK(big_cmp(&x, &y) == (a > b) - (a < b));
    }
    CHECK(is_wide(big_of(0), 0));
    CHECK(is_wide(big_of(-WIDE_INF), -WIDE_INF));
}

/* (a + b)(a - b) = a^2 - b^2, carries and borrows across many limbs. */
TEST(big_keeps_the_laws_of_algebra)
{
    struct gen g = {2};
    for (int i = 0; i < 20000; i++) {
        Big a = big_of(random_wide(&g, gen_int(&g, 1, 127)));
        Big b = big_of(random_wide(&g, gen_int(&g, 1, 127)));
        for (int k = gen_int(&g, 0, 3); k > 0; k--) {
            a = big_times(&a, random_wide(&g, gen_int(&g, 1, 127)));
            b = big_times(&b, random_wide(&g, gen_int(&g, 1, 127)));
        }
        Big sum = big_add(&a, &b), difference = big_sub(&a, &b);
        Big left = big_mul(&sum, &difference);
        a = big_mul(&a, &a);
        b = big_mul(&b, &b);
        Big right = big_sub(&a, &b);
        CHECK(big_cmp(&left, &right) == 0);
        right = big_sub(&right, &left);
        CHECK(big_is_zero(&right) && !right.neg);
    }
}

TEST(big_carries_into_a_new_limb)
{
    Big ones = big_of((Wide)UINT64_MAX), one = big_of(1);
    Big sum = big_add(&ones, &one);
    CHECK(is_wide(sum, (Wide)1 << 64));
    CHECK(is_wide(big_sub(&sum, &one), (Wide)UINT64_MAX));
    Big big = big_pow10(76), parts = big_pow10(38);
    parts = big_mul(&parts, &parts);
    CHECK(big_cmp(&big, &parts) == 0);
}

static void multiply_too_far(void *arg)
{
    Big a = big_pow10(76);
    for (int i = 0; i < 6; i++)
        a = big_mul(&a, &a);
    *(Big *)arg = a;
}

TEST(big_stops_rather_than_wraps)
{
    Big out = {.n = 0};
    CHECK(t_dies(multiply_too_far, &out));
}

TEST(big_quotient_rounds_half_away_from_zero)
{
    struct gen g = {3};
    for (int i = 0; i < 5000; i++) {
        Wide num = random_wide(&g, gen_int(&g, 1, 100)), den = random_wide(&g, gen_int(&g, 1, 60));
        den = den == 0 ? 1 : den < 0 ? -den : den;
        Wide want = 0, got = 0;
        CHECK(wide_muldiv(&want, num, 1, den, ROUND_HALF_UP));
        Big over = big_of(num), under = big_of(den);
        CHECK(big_quotient(&got, &over, &under));
        CHECK(got == want);
    }
    Big top = big_of(WIDE_MAX), one = big_of(1), two = big_of(2);
    Wide got = 0;
    CHECK(big_quotient(&got, &top, &one) && got == WIDE_MAX);
    top = big_add(&top, &one);
    CHECK(!big_quotient(&got, &top, &one));
    CHECK(big_quotient(&got, &one, &two) && got == 1);
    one.neg = true;
    CHECK(big_quotient(&got, &one, &two) && got == -1);
}

TEST(big_root_undoes_the_square)
{
    struct gen g = {4};
    for (int i = 0; i < 3000; i++) {
        Wide root = random_wide(&g, gen_int(&g, 1, 120)), got = 0;
        root = root < 0 ? -root : root;
        Big num = big_of(root), den = big_of(random_wide(&g, 50)), one = big_of(1);
        den.neg = false;
        den = big_add(&den, &one);
        num = big_mul(&num, &num);
        num = big_mul(&num, &den);
        CHECK(big_sqrt_quotient(&got, &num, &den) && got == root);
    }
}

/* sqrt(k / 4) for k = 1, 9, 25 ends in one half; one less stays below. */
TEST(big_root_rounds_half_up)
{
    Big den = big_of(4);
    for (int odd = 1; odd < 2000; odd += 2) {
        Wide got = 0;
        Big num = big_of((Wide)odd * odd);
        CHECK(big_sqrt_quotient(&got, &num, &den) && got == (odd + 1) / 2);
        num = big_of((Wide)odd * odd - 1);
        CHECK(big_sqrt_quotient(&got, &num, &den) && got == (odd - 1) / 2);
    }
    Big far = big_pow10(75), one = big_of(1);
    Wide got = 0;
    CHECK(!big_sqrt_quotient(&got, &far, &one));
}
