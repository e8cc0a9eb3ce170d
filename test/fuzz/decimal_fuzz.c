/* Two tasks in one. The bytes as text: what dec_parse takes prints and reads back to itself. The
 * bytes as numbers: every operation gives what long division by hand gives.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "unit/base/slow_ref.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(struct arena *a, Str text)
{
    struct buf b;
    Dec d, again;
    bool lossy;
    buf_init(&b, a, BUF_MAX);
    if (!dec_parse(&d, text, &lossy)) {
        ASSERT(!dec_parse(&again, text, NULL));
        return;
    }
    ASSERT(d.scale >= 0 && d.scale <= DEC_SCALE_MAX && d.m <= WIDE_MAX && d.m >= -WIDE_MAX);
    ASSERT(dec_parse(&again, text, NULL) == !lossy);
    dec_print(&b, d.m, d.scale);
    ASSERT(dec_parse(&again, buf_str(&b), NULL) && again.m == d.m && again.scale == d.scale);
    buf_init(&b, a, BUF_MAX);
    dec_print_fixed(&b, d.m, d.scale, DEC_SCALE_MAX);
    ASSERT(dec_parse(&again, buf_str(&b), NULL) && dec_eq(again, d));
}

/* A mantissa from 16 bytes: below 10^37, cut to the digits that the first byte says. */
static Wide wide_from(const uint8_t *p)
{
    UWide m = 0;
    for (int i = 1; i < 16; i++)
        m = m << 8 | p[i];
    m %= (UWide)wide_pow10(p[0] % (DEC_DIGITS_MAX + 1));
    return p[0] >= 128 ? -(Wide)m : (Wide)m;
}

static void check_numbers(const uint8_t *p)
{
    Wide a = wide_from(p), b = wide_from(p + 16), c = wide_from(p + 32), got = 0, want = 0;
    int sa = p[48] % 25, sb = p[49] % 25, to = p[50] % 25;
    enum rounding how = (enum rounding)(p[51] % 6);
    bool ok = wide_rescale(&got, a, sa, to, how);
    ASSERT(ok == slow_rescale(&want, a, sa, to, how) && (!ok || got == want));
    ok = wide_mul(&got, a, sa, b, sb, to, how);
    ASSERT(ok == slow_mul_wide(&want, a, sa, b, sb, to, how) && (!ok || got == want));
    ok = b != 0 && wide_div(&got, a, sa, b, sb, to, how);
    ASSERT(b == 0 || (ok == slow_div_wide(&want, a, sa, b, sb, to, how) && (!ok || got == want)));
    ok = c != 0 && wide_muldiv(&got, a, b, c, how);
    ASSERT(c == 0 || (ok == slow_muldiv(&want, a, b, c, how) && (!ok || got == want)));
    ASSERT(wide_cmp(a, sa, b, sb) == slow_cmp_wide(a, sa, b, sb));
}

/* Inverse functions find each other, whatever the argument. */
static void check_functions(const uint8_t *p)
{
    enum { TO = 18 };
    Wide x = wide_from(p), log = 0, back = 0, exact = 0;
    int scale = p[48] % 25;
    ASSERT(wide_ln(&log, x, scale, TO) == (x > 0));
    /* up to 10^17 the error of back, x * 0.5e-18, stays under one whole */
    bool small = wide_cmp(x, scale, wide_pow10(17), 0) < 0;
    if (x > 0 && small && wide_exp(&back, log, TO, TO)) {
        ASSERT(wide_rescale(&exact, x, scale, TO, ROUND_HALF_UP));
        Wide off = back > exact ? back - exact : exact - back;
        ASSERT(off <= x / wide_pow10(scale) + 2);
    }
    ASSERT(wide_sqrt(&back, x, scale, TO) == (x >= 0));
    if (wide_pow(&exact, x, scale, 5, 1, TO))
        ASSERT(exact == back);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    check_text(a, (Str){(const char *)data, size});
    if (size >= 52) {
        check_numbers(data);
        check_functions(data);
    }
    arena_close(a);
    return 0;
}
