/* Each function against its definition, counted naively over small random populations whose exact
 * numbers fit 128 bits; then what is written in pop.h about corners. */
#include "base/arena.h"
#include "base/decimal.h"
#include "gen.h"
#include "grade/pop.h"
#include "t.h"

enum { ROWS = 40, GROUPS = 4, TRIALS = 400, TO = 6, NO_VALUE = INT32_MIN };

struct world {
    struct pop_in in;
    Cell x[ROWS], out[ROWS];
    uint32_t group[ROWS];
    struct arena *tmp;
    Wide lo, hi; /* the naive answer */
};

static bool definite(Cell c)
{
    return c.lo == c.hi;
}

static void fill(struct world *w, struct gen *g, enum op op)
{
    int spread = gen_int(g, 0, 3) == 0 ? 4 : 1000; /* many ties, or few */
    w->in = (struct pop_in){.x = w->x,
                            .row_n = (uint32_t)gen_int(g, 1, ROWS),
                            .group = w->group,
                            .group_n = (uint32_t)gen_int(g, 1, GROUPS),
                            .scale = 2,
                            .to = TO,
                            .op = op};
    for (uint32_t i = 0; i < w->in.row_n; i++) {
        w->x[i] = gen_cell(g, -spread, spread);
        w->group[i] =
            gen_int(g, 0, 9) == 0 ? UINT32_MAX : (uint32_t)gen_int(g, 0, (int)w->in.group_n - 1);
    }
    w->in.min_group = gen_int(g, 0, 2) == 0 ? (uint32_t)gen_int(g, 1, 8) : 0;
}

static void apply(struct world *w)
{
    uint32_t bad = 0;
    CHECK(pop_apply(w->tmp, w->out, &w->in, &bad) == OK);
    CHECK(bad == UINT32_MAX);
}

/* Is `other` among the definite peers of `row`? */
static bool is_peer(const struct world *w, uint32_t row, uint32_t other)
{
    if (!definite(w->x[other]))
        return false;
    if (w->in.min_group == 0)
        return w->group[other] == w->group[row];
    uint32_t n = 0;
    for (uint32_t i = 0; i < w->in.row_n; i++)
        n += w->group[i] == w->group[row] && definite(w->x[i]);
    return n < w->in.min_group || w->group[other] == w->group[row];
}

struct tally {
    Wide n, below, equal, sum, least, most;
    Wide v[ROWS]; /* ascending */
};

static struct tally tally_of(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = {.least = WIDE_INF, .most = -WIDE_INF};
    for (uint32_t i = 0; i < w->in.row_n; i++) {
        if (!is_peer(w, row, i))
            continue;
        Wide x = w->x[i].lo;
        t.below += w->in.ascending ? x > v : x < v;
        t.equal += x == v;
        t.sum += x;
        t.least = x < t.least ? x : t.least;
        t.most = x > t.most ? x : t.most;
        Wide k = t.n++;
        for (; k > 0 && t.v[k - 1] > x; k--)
            t.v[k] = t.v[k - 1];
        t.v[k] = x;
    }
    return t;
}

static Wide half_up(Wide num, Wide den)
{
    Wide twice = 2 * (num < 0 ? -num : num) + den, q = twice / (2 * den);
    return num < 0 ? -q : q;
}

static const Wide one = 1000000; /* 10^TO */

/* Runs `naive(w, row, end, out)` on both ends of every row and compares. */
typedef Wide Naive(const struct world *w, uint32_t row, Wide v);
static void compare(struct world *w, Naive *naive)
{
    apply(w);
    for (uint32_t row = 0; row < w->in.row_n; row++) {
        if (w->group[row] == UINT32_MAX) {
            CHECK(w->out[row].lo == -WIDE_INF && w->out[row].hi == WIDE_INF);
            continue;
        }
        Cell x = w->x[row];
        Wide a = naive(w, row, w->in.ascending ? x.hi : x.lo);
        Wide b = naive(w, row, w->in.ascending ? x.lo : x.hi);
        CHECK(w->out[row].lo == (a < b ? a : b));
        CHECK(w->out[row].hi == (a < b ? b : a));
    }
}

static void try_many(uint64_t seed, enum op op, enum pop_method method, Naive *naive)
{
    struct gen g = {seed};
    struct world w = {.tmp = arena_open()};
    for (int i = 0; i < TRIALS; i++) {
        fill(&w, &g, op);
        w.in.method = method;
        w.in.ascending = (op == OP_PERCENTILE || op == OP_BORDA) && gen_int(&g, 0, 1);
        compare(&w, naive);
    }
    arena_close(w.tmp);
}

static bool is_inf(Wide v)
{
    return v == WIDE_INF || v == -WIDE_INF;
}

static Wide naive_percentile(const struct world *w, uint32_t row, Wide v)
{
    if (is_inf(v))
        return (v > 0) != w->in.ascending ? one : 0;
    struct tally t = tally_of(w, row, v);
    if (!definite(w->x[row])) {
        t.n++;
        t.equal++;
    }
    switch ((int)w->in.method) {
    case PCT_MIN: return t.n == 1 ? 0 : half_up(t.below * one, t.n - 1);
    case PCT_CUM: return half_up((t.below + t.equal) * one, t.n);
    case PCT_OPEN: return half_up((2 * t.below + t.equal + 1) * one, 2 * (t.n + 1));
    default: return half_up((2 * t.below + t.equal) * one, 2 * t.n);
    }
}

TEST(pop_percentile_is_its_definition)
{
    try_many(11, OP_PERCENTILE, POP_DEFAULT, naive_percentile);
    try_many(12, OP_PERCENTILE, PCT_MID, naive_percentile);
    try_many(13, OP_PERCENTILE, PCT_MIN, naive_percentile);
    try_many(14, OP_PERCENTILE, PCT_CUM, naive_percentile);
    try_many(15, OP_PERCENTILE, PCT_OPEN, naive_percentile);
}

static Wide naive_borda(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    if (is_inf(v))
        return (v > 0) != w->in.ascending ? t.n * one : 0;
    return (2 * t.below + t.equal - definite(w->x[row])) * one / 2;
}

TEST(pop_borda_is_its_definition)
{
    try_many(21, OP_BORDA, POP_DEFAULT, naive_borda);
}

static Wide naive_share(Wide v, Wide a, Wide b, bool clamped)
{
    if (is_inf(v) && !clamped)
        return v;
    if (is_inf(v))
        return (v < 0) == (b < a) ? one : 0;
    if (a == b)
        return 0;
    Wide share = b > a ? half_up((v - a) * one, b - a) : half_up((a - v) * one, a - b);
    return !clamped ? share : share < 0 ? 0 : share > one ? one : share;
}

static Wide naive_minmax(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    bool clamped = w->in.lo != NULL || w->in.hi != NULL, lower = v == w->x[row].lo;
    Wide a = w->in.lo != NULL ? w->in.lo->lo : t.least;
    Wide b = w->in.hi != NULL ? w->in.hi->lo : t.most;
    if (t.n > 0 || (w->in.lo != NULL && w->in.hi != NULL))
        return naive_share(v, a, b, clamped);
    if (clamped)
        return lower ? 0 : one;
    return lower ? -WIDE_INF : WIDE_INF;
}

TEST(pop_minmax_is_its_definition)
{
    struct gen g = {31};
    struct world w = {.tmp = arena_open()};
    for (int i = 0; i < 4 * TRIALS; i++) {
        fill(&w, &g, OP_MINMAX);
        Cell lo = {0, 0}, hi = {0, 0};
        lo.lo = lo.hi = gen_int(&g, -500, 500);
        hi.lo = hi.hi = gen_int(&g, 0, 3) == 0 ? lo.lo : gen_int(&g, -500, 500);
        w.in.lo = i % 4 & 1 ? &lo : NULL;
        w.in.hi = i % 4 & 2 ? &hi : NULL;
        /* a group of one interval row has both ends to choose by: naive tells them by value */
        compare(&w, naive_minmax);
    }
    arena_close(w.tmp);
}

static Wide naive_to_max(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    if (t.n == 0 || t.most == 0)
        return NO_VALUE;
    if (is_inf(v))
        return t.most > 0 ? v : -v;
    return t.most > 0 ? half_up(v * one, t.most) : half_up(-v * one, -t.most);
}

/* The smallest r >= 0 with r + 1/2 > sqrt(num / den). */
static Wide naive_root(Wide num, Wide den)
{
    Wide r = 0;
    for (Wide step = (Wide)1 << 40; step > 0; step /= 2)
        while ((2 * (r + step) - 1) * (2 * (r + step) - 1) <= 4 * num / den)
            r += step;
    return r;
}

static Wide spread_of(const struct tally *t)
{
    Wide d2 = 0;
    for (Wide i = 0; i < t->n; i++)
        d2 += (t->n * t->v[i] - t->sum) * (t->n * t->v[i] - t->sum);
    return d2;
}

static Wide naive_z(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    Wide d2 = spread_of(&t), den = w->in.method == SD_ALL ? t.n : t.n - 1;
    if (t.n == 0)
        return NO_VALUE;
    if (is_inf(v))
        return v;
    if (d2 == 0)
        return 0;
    Wide d = t.n * v - t.sum;
    Wide z = naive_root(d * d * den * one * one, d2);
    return d < 0 ? -z : z;
}

static Wide naive_quantile(const struct tally *t, Wide share)
{
    const Wide whole = wide_pow10(12);
    Wide at = (t->n - 1) * share, i = at / whole, part = at % whole;
    Wide v = t->v[i] * whole + (part > 0 ? (t->v[i + 1] - t->v[i]) * part : 0);
    return half_up(v, 100000000); /* 2 + 12 decimals to 6 */
}

static Wide naive_winsor(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    if (t.n == 0)
        return NO_VALUE;
    Wide lo = naive_quantile(&t, w->in.arg[0]), hi = naive_quantile(&t, w->in.arg[1]);
    if (is_inf(v))
        return v < 0 ? lo : hi;
    v *= 10000;
    return v < lo ? lo : v > hi ? hi : v;
}

/* Unknown to naive functions that cannot tell the two ends apart. */
static void compare_or_unknown(struct world *w, Naive *naive)
{
    apply(w);
    for (uint32_t row = 0; row < w->in.row_n; row++) {
        Cell x = w->x[row], got = w->out[row];
        Wide a = naive(w, row, x.lo), b = naive(w, row, x.hi);
        if (w->group[row] == UINT32_MAX || a == NO_VALUE)
            CHECK(got.lo == -WIDE_INF && got.hi == WIDE_INF);
        else
            CHECK(got.lo == (a < b ? a : b) && got.hi == (a < b ? b : a));
    }
}

static void try_or_unknown(uint64_t seed, enum op op, enum pop_method method, Naive *naive)
{
    struct gen g = {seed};
    struct world w = {.tmp = arena_open()};
    for (int i = 0; i < TRIALS; i++) {
        fill(&w, &g, op);
        w.in.method = method;
        w.in.arg[0] = (Wide)gen_int(&g, 0, 500) * wide_pow10(9);
        w.in.arg[1] = (Wide)gen_int(&g, 500, 1000) * wide_pow10(9);
        compare_or_unknown(&w, naive);
    }
    arena_close(w.tmp);
}

TEST(pop_to_max_is_its_definition)
{
    try_or_unknown(41, OP_TO_MAX, POP_DEFAULT, naive_to_max);
}

TEST(pop_zscore_is_its_definition)
{
    try_or_unknown(51, OP_ZSCORE, POP_DEFAULT, naive_z);
    try_or_unknown(52, OP_ZSCORE, SD_ALL, naive_z);
}

TEST(pop_winsor_is_its_definition)
{
    try_or_unknown(61, OP_WINSOR, POP_DEFAULT, naive_winsor);
}

static Wide naive_group(const struct world *w, uint32_t row, Wide v)
{
    struct tally t = tally_of(w, row, v);
    Wide d2 = spread_of(&t), den = w->in.method == SD_ALL ? t.n : t.n - 1;
    if (w->in.op == OP_GROUP_COUNT)
        return t.n * one;
    if (w->in.op == OP_GROUP_SUM)
        return t.sum * 10000;
    if (t.n == 0)
        return NO_VALUE;
    switch ((int)w->in.op) {
    case OP_GROUP_MEAN: return half_up(t.sum * 10000, t.n);
    case OP_GROUP_MAX: return t.most * 10000;
    case OP_GROUP_MIN: return t.least * 10000;
    case OP_GROUP_MEDIAN: return naive_quantile(&t, wide_pow10(12) / 2);
    case OP_GROUP_QUANTILE: return naive_quantile(&t, w->in.arg[0]);
    default: return den == 0 ? NO_VALUE : naive_root(d2 * 100000000, t.n * t.n * den);
    }
}

TEST(pop_group_statistics_are_their_definitions)
{
    for (enum op op = OP_GROUP_MEAN; op <= OP_GROUP_SD; op++)
        try_or_unknown(70 + (uint64_t)op, op, POP_DEFAULT, naive_group);
    try_or_unknown(69, OP_GROUP_SD, SD_ALL, naive_group);
}

static Wide finer(Wide v)
{
    return is_inf(v) ? v : v * 10000;
}

static Cell naive_impute(const struct world *w, uint32_t row)
{
    struct tally t = tally_of(w, row, 0);
    Cell x = w->x[row];
    if (w->group[row] == UINT32_MAX || !(is_inf(x.lo) || is_inf(x.hi)) || t.n == 0)
        return (Cell){finer(x.lo), finer(x.hi)};
    Wide v = w->in.op == OP_IMPUTE_MEAN ? half_up(t.sum * 10000, t.n)
                                        : naive_quantile(&t, wide_pow10(12) / 2);
    return (Cell){v, v};
}

TEST(pop_impute_fills_only_what_is_missing)
{
    struct gen g = {81};
    struct world w = {.tmp = arena_open()};
    for (int i = 0; i < TRIALS; i++) {
        fill(&w, &g, i % 2 ? OP_IMPUTE_MEAN : OP_IMPUTE_MEDIAN);
        apply(&w);
        for (uint32_t row = 0; row < w.in.row_n; row++) {
            Cell want = naive_impute(&w, row);
            CHECK(w.out[row].lo == want.lo && w.out[row].hi == want.hi);
        }
    }
    arena_close(w.tmp);
}

struct shape {
    Wide n, d2, d3, d4;
};

static struct shape shape_of(const Wide *v, Wide n)
{
    struct shape s = {.n = n};
    Wide sum = 0;
    for (Wide i = 0; i < n; i++)
        sum += v[i];
    for (Wide i = 0; i < n; i++) {
        Wide d = n * v[i] - sum;
        s.d2 += d * d;
        s.d3 += d * d * d;
        s.d4 += d * d * d * d;
    }
    return s;
}

/* |G1| >= skew / 10 and G2 >= kurtosis / 10, multiplied out. */
static bool is_odd(const struct shape *s, Wide skew, Wide kurtosis)
{
    Wide n = s->n;
    bool skewed = 100 * n * n * (n - 1) * s->d3 * s->d3 >=
                  skew * skew * (n - 2) * (n - 2) * s->d2 * s->d2 * s->d2;
    Wide excess = (n + 1) * (n * s->d4 - 3 * s->d2 * s->d2) + 6 * s->d2 * s->d2;
    return skewed && 10 * excess * (n - 1) >= kurtosis * (n - 2) * (n - 3) * s->d2 * s->d2;
}

/* Everything at the edge takes the next value inwards; returns how many for the first time. */
static Wide pull(Wide *v, Wide n, bool high, bool *touched)
{
    Wide edge = v[0], next = high ? -WIDE_INF : WIDE_INF, count = 0;
    for (Wide i = 0; i < n; i++)
        if (v[i] != edge && (v[i] > edge) == high)
            edge = v[i];
    for (Wide i = 0; i < n; i++)
        if (v[i] != edge && (v[i] > next) == high)
            next = v[i];
    for (Wide i = 0; i < n; i++) {
        if (v[i] != edge)
            continue;
        v[i] = next;
        count += !touched[i];
        touched[i] = true;
    }
    return count;
}

/* Treats v in place, as the manual says it; returns how many cells were touched. */
static Wide naive_unskew(Wide *v, Wide n, const Wide arg[3])
{
    bool touched[ROWS] = {false};
    Wide count = 0;
    while (n >= 4 && count < arg[2]) {
        struct shape s = shape_of(v, n);
        if (s.d2 == 0 || !is_odd(&s, arg[0], arg[1]))
            break;
        count += pull(v, n, s.d3 >= 0, touched);
    }
    return count;
}

TEST(pop_unskew_is_its_definition)
{
    struct gen g = {91};
    struct world w = {.tmp = arena_open()};
    Wide total = 0;
    for (int i = 0; i < 4 * TRIALS; i++) {
        uint32_t n = (uint32_t)gen_int(&g, 1, 14);
        w.in = (struct pop_in){.x = w.x, .row_n = n, .scale = 2, .to = 2, .op = OP_UNSKEW};
        Wide arg[3] = {gen_int(&g, 0, 20), gen_int(&g, -10, 35), gen_int(&g, 0, 6)}, v[ROWS];
        for (uint32_t row = 0; row < n; row++) {
            int x = gen_int(&g, 0, 5) == 0 ? gen_int(&g, -90, 90) : gen_int(&g, -4, 4);
            v[row] = w.x[row].lo = w.x[row].hi = x;
        }
        total += naive_unskew(v, n, arg);
        w.in.arg[0] = arg[0] * wide_pow10(11);
        w.in.arg[1] = arg[1] * wide_pow10(11);
        w.in.arg[2] = arg[2];
        apply(&w);
        for (uint32_t row = 0; row < n; row++)
            CHECK(w.out[row].lo == v[row] && w.out[row].hi == v[row]);
    }
    CHECK(total > TRIALS);
    arena_close(w.tmp);
}

static Cell at(Wide lo, Wide hi)
{
    return (Cell){lo, hi};
}

static void set_rows(struct world *w, enum op op, const Cell *x, uint32_t n)
{
    w->in = (struct pop_in){.x = w->x, .row_n = n, .scale = 0, .to = 2, .op = op};
    for (uint32_t i = 0; i < n; i++)
        w->x[i] = x[i];
}

static void check_row(const struct world *w, uint32_t row, Wide lo, Wide hi)
{
    CHECK(w->out[row].lo == lo && w->out[row].hi == hi);
}

/* Rows outside the population are clamped where it was treated. */
TEST(pop_unskew_clamps_the_interval_rows)
{
    struct world w = {.tmp = arena_open()};
    Cell x[] = {at(1, 1),     at(2, 2),   at(1, 1),  at(2, 2),    at(3, 3),
                at(900, 900), at(2, 500), at(-7, 2), CELL_UNKNOWN};
    set_rows(&w, OP_UNSKEW, x, ARRAY_N(x));
    w.in.arg[0] = 2 * wide_pow10(12);
    w.in.arg[1] = 35 * wide_pow10(11);
    w.in.arg[2] = 5;
    apply(&w);
    check_row(&w, 4, 300, 300);
    check_row(&w, 5, 300, 300);
    check_row(&w, 6, 200, 300);
    check_row(&w, 7, -700, 200);
    check_row(&w, 8, -WIDE_INF, 300);
    for (uint32_t i = 0; i < w.in.row_n; i++)
        w.x[i] = at(-w.x[i].hi, -w.x[i].lo);
    apply(&w);
    check_row(&w, 5, -300, -300);
    check_row(&w, 6, -300, -200);
    check_row(&w, 8, -300, WIDE_INF);
    arena_close(w.tmp);
}

TEST(pop_says_what_happens_with_nobody_to_compare)
{
    struct world w = {.tmp = arena_open()};
    Cell x[] = {at(3, 5), CELL_UNKNOWN};
    const Wide inf = WIDE_INF;
    struct {
        enum op op;
        Cell first, second;
    } want[] = {{OP_PERCENTILE, {50, 50}, {0, 100}},      {OP_BORDA, {0, 0}, {0, 0}},
                {OP_MINMAX, {-inf, inf}, {-inf, inf}},    {OP_ZSCORE, {-inf, inf}, {-inf, inf}},
                {OP_TO_MAX, {-inf, inf}, {-inf, inf}},    {OP_WINSOR, {-inf, inf}, {-inf, inf}},
                {OP_UNSKEW, {300, 500}, {-inf, inf}},     {OP_GROUP_MEAN, {-inf, inf}, {-inf, inf}},
                {OP_GROUP_COUNT, {0, 0}, {0, 0}},         {OP_GROUP_SUM, {0, 0}, {0, 0}},
                {OP_IMPUTE_MEAN, {300, 500}, {-inf, inf}}};
    for (size_t i = 0; i < ARRAY_N(want); i++) {
        set_rows(&w, want[i].op, x, ARRAY_N(x));
        apply(&w);
        check_row(&w, 0, want[i].first.lo, want[i].first.hi);
        check_row(&w, 1, want[i].second.lo, want[i].second.hi);
    }
    set_rows(&w, OP_GROUP_SUM, x, 0);
    apply(&w);
    arena_close(w.tmp);
}

TEST(pop_minmax_wants_definite_bounds)
{
    struct world w = {.tmp = arena_open()};
    Cell x[] = {at(3, 3), at(5, 5)}, wide = {1, 9};
    set_rows(&w, OP_MINMAX, x, ARRAY_N(x));
    w.in.lo = &wide;
    apply(&w);
    check_row(&w, 0, 0, 100);
    w.in.lo = NULL;
    w.in.hi = &wide;
    apply(&w);
    check_row(&w, 1, 0, 100);
    arena_close(w.tmp);
}

TEST(pop_shares_beyond_all_and_none_are_clamped)
{
    struct world w = {.tmp = arena_open()};
    Cell x[] = {at(3, 3), at(5, 5)};
    set_rows(&w, OP_GROUP_QUANTILE, x, ARRAY_N(x));
    w.in.arg[0] = -1;
    apply(&w);
    check_row(&w, 0, 300, 300);
    w.in.arg[0] = 2 * wide_pow10(12);
    apply(&w);
    check_row(&w, 0, 500, 500);
    arena_close(w.tmp);
}

/* The first row, in the order of rows, that a result does not fit. */
TEST(pop_names_the_row_that_overflows)
{
    struct world w = {.tmp = arena_open()};
    const Wide top = WIDE_MAX;
    Cell small = at(1, 1), x[] = {small, at(0, top), at(-top, 0), at(top, top), at(top, top)};
    struct {
        enum op op;
        uint32_t n, bad;
    } want[] = {{OP_TO_MAX, 3, 1},        {OP_UNSKEW, 3, 1},     {OP_GROUP_SUM, 4, 0},
                {OP_GROUP_MAX, 4, 0},     {OP_GROUP_MEAN, 4, 0}, {OP_IMPUTE_MEAN, 3, 1},
                {OP_IMPUTE_MEDIAN, 4, 1}, {OP_WINSOR, 4, 0},     {OP_GROUP_SD, 4, 0}};
    uint32_t bad = 0;
    for (size_t i = 0; i < ARRAY_N(want); i++) {
        set_rows(&w, want[i].op, x, want[i].n);
        w.in.arg[1] = wide_pow10(12);
        CHECK(pop_apply(w.tmp, w.out, &w.in, &bad) == ERR_INPUT);
        CHECK_INT(bad, want[i].bad);
    }
    Cell a = at(-top, -top), b = at(top, top);
    set_rows(&w, OP_MINMAX, x, 2);
    w.in.lo = &a;
    w.in.hi = &b;
    CHECK(pop_apply(w.tmp, w.out, &w.in, &bad) == ERR_INPUT && bad == 0);
    set_rows(&w, OP_GROUP_COUNT, x, 5);
    w.in.to = 37;
    CHECK(pop_apply(w.tmp, w.out, &w.in, &bad) == ERR_INPUT && bad == 0);
    arena_close(w.tmp);
}

/* Values far apart and many: all passes of the sort, all limbs of the sums. */
TEST(pop_takes_many_and_extreme_values)
{
    enum { MANY = 3000 };
    static Cell x[MANY], out[MANY];
    struct gen g = {101};
    struct arena *tmp = arena_open();
    for (int round = 0; round < 4; round++) {
        int shift = round * 35;
        for (int i = 0; i < MANY; i++)
            x[i].lo = x[i].hi = (Wide)gen_int(&g, -50000, 50000) * ((Wide)1 << shift) / 3;
        struct pop_in in = {.x = x, .row_n = MANY, .scale = 4, .to = 12, .op = OP_PERCENTILE};
        uint32_t bad = 0;
        CHECK(pop_apply(tmp, out, &in, &bad) == OK);
        for (int i = 0; i < MANY; i += 37) {
            Wide twice = 0;
            for (int k = 0; k < MANY; k++)
                twice += 2 * (x[k].lo < x[i].lo) + (x[k].lo == x[i].lo);
            CHECK(out[i].lo == half_up(twice * wide_pow10(12), (Wide)2 * MANY));
        }
        in.op = OP_ZSCORE; /* the squares of n z-scores add up to n - 1 */
        in.to = 9;
        CHECK(pop_apply(tmp, out, &in, &bad) == OK);
        Wide squares = 0;
        for (int i = 0; i < MANY; i++)
            squares += out[i].lo * out[i].lo;
        Wide off = squares - (MANY - 1) * wide_pow10(18);
        CHECK((off < 0 ? -off : off) < wide_pow10(14));
    }
    arena_close(tmp);
}

/* R: quantile(c(1, 2, 4, 8, 16), c(.1, .5, .9)), sd(c(2, 4, 4, 4, 5, 5, 7, 9)),
 * scale(c(1, 2, 6)). */
TEST(pop_agrees_with_textbooks)
{
    struct world w = {.tmp = arena_open()};
    Cell x[] = {at(1, 1), at(2, 2), at(4, 4), at(8, 8), at(16, 16)};
    set_rows(&w, OP_GROUP_QUANTILE, x, 5);
    Wide share[] = {1, 5, 9}, want[] = {140, 400, 1280};
    for (size_t i = 0; i < 3; i++) {
        w.in.arg[0] = share[i] * wide_pow10(11);
        apply(&w);
        check_row(&w, 0, want[i], want[i]);
    }
    Cell y[] = {at(2, 2), at(4, 4), at(4, 4), at(4, 4), at(5, 5), at(5, 5), at(7, 7), at(9, 9)};
    set_rows(&w, OP_GROUP_SD, y, 8);
    w.in.to = 6;
    apply(&w);
    check_row(&w, 0, 2138090, 2138090);
    w.in.method = SD_ALL;
    apply(&w);
    check_row(&w, 0, 2000000, 2000000);
    Cell z[] = {at(1, 1), at(2, 2), at(6, 6)};
    set_rows(&w, OP_ZSCORE, z, 3);
    w.in.to = 7;
    apply(&w);
    check_row(&w, 0, -7559289, -7559289);
    check_row(&w, 2, 11338934, 11338934);
    arena_close(w.tmp);
}
