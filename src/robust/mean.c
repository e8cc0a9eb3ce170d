/* mean.c - geometric and harmonic means of weighted parts, for a thousand draws.
 *
 *     geometric   exp(sum of w ln x / sum of w)        harmonic   sum of w / sum of (w / x)
 *
 * In 64-bit fixed point, because decimal logarithms (eval's) would take a microsecond each. ln and
 * exp are right to about 2^-52, far below the decimals of a score; what eval_run found is compared
 * bit for bit all the same, before a group is taken. 0 among the parts gives 0, as there.
 *
 *     ln x    = k ln 2 + ln(1 + i/64) + ln(1 + z)      x = 2^k (1 + i/64) (1 + z)
 *     exp y   = 2^k e^(i/64) e^g                       y = k ln 2 + i/64 + g
 */
#include "base/decimal.h"
#include "robust/robust_int.h"

enum { LN_BITS = 56, UNIT_BITS = 62, STEPS = 64, STEP_BITS = 6, TERMS = 9, PARTS_BITS = 8 };
enum { TABLE_DECIMALS = 18, STEP_DECIMALS = 6, STEP_E6 = 15625 }; /* 1/64 = 0.015625 */

struct means {
    int64_t ln2, ln_step[STEPS]; /* ln(1 + i/64), LN_BITS */
    uint64_t inverse[STEPS];     /* 1 / (1 + i/64), 63 bits */
    int64_t exp_step[STEPS];     /* e^(i/64), UNIT_BITS - 1 */
    int64_t one_over[TERMS + 1]; /* UNIT_BITS */
};

static int64_t fixed(Wide decimal, int bits)
{
    return (int64_t)(decimal * ((Wide)1 << bits) / wide_pow10(TABLE_DECIMALS));
}

const struct means *means_open(struct arena *keep)
{
    struct means *m = ARENA_NEW(keep, struct means);
    Wide v = 0;
    ASSERT(wide_ln(&v, 2, 0, TABLE_DECIMALS));
    m->ln2 = fixed(v, LN_BITS);
    for (Wide i = 0; i < STEPS; i++) {
        ASSERT(wide_ln(&v, (STEPS + i) * STEP_E6, STEP_DECIMALS, TABLE_DECIMALS));
        m->ln_step[i] = fixed(v, LN_BITS);
        m->inverse[i] = (uint64_t)(((UWide)STEPS << 63) / (UWide)(STEPS + i));
        ASSERT(wide_exp(&v, i * STEP_E6, STEP_DECIMALS, TABLE_DECIMALS));
        m->exp_step[i] = fixed(v, UNIT_BITS - 1);
    }
    for (int64_t i = 1; i <= TERMS; i++)
        m->one_over[i] = ((int64_t)1 << UNIT_BITS) / i;
    return m;
}

static inline int64_t times(int64_t a, int64_t b) /* UNIT_BITS each */
{
    return (int64_t)((Wide)a * b >> UNIT_BITS);
}

/* x > 0; LN_BITS */
static int64_t ln_of(const struct means *m, uint64_t x)
{
    int k = 63 - __builtin_clzll(x);
    uint64_t unit = x << (63 - k);
    uint32_t i = (uint32_t)(unit >> (63 - STEP_BITS)) & (STEPS - 1);
    uint64_t rest = (uint64_t)((UWide)unit * m->inverse[i] >> 63);
    int64_t z = (int64_t)(rest - ((uint64_t)1 << 63)) / 2, sum = m->one_over[TERMS];
    for (int t = TERMS - 1; t >= 1; t--)
        sum = m->one_over[t] - times(z, sum);
    return k * m->ln2 + m->ln_step[i] + (times(z, sum) >> (UNIT_BITS - LN_BITS));
}

/* Rounded half up to a whole number; y of LN_BITS, below 62 ln 2. */
static int64_t exp_of(const struct means *m, int64_t y)
{
    int64_t k = y / m->ln2 - (y % m->ln2 < 0), f = (y - k * m->ln2) << (UNIT_BITS - LN_BITS);
    int64_t i = f >> (UNIT_BITS - STEP_BITS), g = f - (i << (UNIT_BITS - STEP_BITS));
    int64_t sum = (int64_t)1 << UNIT_BITS;
    for (int t = TERMS; t >= 1; t--)
        sum = ((int64_t)1 << UNIT_BITS) + times(times(g, m->one_over[t]), sum);
    int64_t value = times(m->exp_step[i], sum); /* UNIT_BITS - 1 */
    int64_t down = UNIT_BITS - 1 - k;
    if (down <= 0)
        return INT64_MAX / 4;
    return down > UNIT_BITS ? 0 : (value + ((int64_t)1 << (down - 1))) >> down;
}

static int64_t geometric(const struct means *m, const int64_t *w, const int64_t *x, uint32_t n)
{
    Wide sum = 0, weight = 0;
    for (uint32_t k = 0; k < n; k++) {
        if (x[k] <= 0)
            return 0;
        sum += (Wide)w[k] * ln_of(m, (uint64_t)x[k]);
        weight += w[k];
    }
    return weight == 0 ? 0 : exp_of(m, (int64_t)(sum / weight));
}

/* Bits that weights can be moved up by, so that the sum of as many quotients still fits. */
static int room_of(const int64_t *w, uint32_t n)
{
    uint64_t most = 1;
    for (uint32_t k = 0; k < n; k++)
        most = (uint64_t)w[k] > most ? (uint64_t)w[k] : most;
    return __builtin_clzll(most) - PARTS_BITS - 1;
}

static int64_t harmonic(const int64_t *w, const int64_t *x, uint32_t n)
{
    uint64_t sum = 0, weight = 0;
    const int up = room_of(w, n);
    for (uint32_t k = 0; k < n; k++) {
        if (x[k] <= 0)
            return 0;
        sum += ((uint64_t)w[k] << up) / (uint64_t)x[k];
        weight += (uint64_t)w[k];
    }
    return sum == 0 ? 0 : (int64_t)(((weight << (up + 1)) / sum + 1) / 2);
}

void means_of(const struct means *m, const struct node *n, const int64_t *coef,
              const struct mean_run *r)
{
    int64_t x[PARTS_MAX];
    for (uint32_t i = 0; i < r->n; i++) {
        const int64_t *w = coef + (r->segment == NULL ? 0 : (size_t)r->segment[i] * n->part_n);
        for (uint32_t k = 0; k < n->part_n; k++)
            x[k] = r->part[k][i];
        r->out[i] =
            n->agg == OP_AGG_GEO ? geometric(m, w, x, n->part_n) : harmonic(w, x, n->part_n);
    }
}
