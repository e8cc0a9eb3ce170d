#include "demo/draw.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"

static uint64_t splitmix64(uint64_t x)
{
    x += 0x9E3779B97F4A7C15U;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
    return x ^ (x >> 31);
}

uint64_t draw_bits(struct draw d, uint32_t what)
{
    return splitmix64(splitmix64(d.seed) ^ splitmix64((uint64_t)d.row << 32 | what));
}

int64_t draw_ppm(struct draw d, uint32_t what)
{
    return draw_range(d, what, 0, PPM - 1);
}

int64_t draw_range(struct draw d, uint32_t what, int64_t lo, int64_t hi)
{
    ASSERT(lo <= hi);
    uint64_t width = (uint64_t)(hi - lo) + 1;
    return lo + (int64_t)(((UWide)draw_bits(d, what) * width) >> 64);
}

bool draw_chance(struct draw d, uint32_t what, int64_t ppm)
{
    return draw_ppm(d, what) < ppm;
}

/* ---- quantiles ---- */

static const char *const names[Q_N] = {[Q_REVENUE] = "营业收入",
                                       [Q_RND_INTENSITY] = "研发强度",
                                       [Q_NET_MARGIN] = "净利率",
                                       [Q_RND_STAFF_SHARE] = "研发人员占比",
                                       [Q_MASTER_SHARE] = "硕士及以上占比",
                                       [Q_REVENUE_PER_HEAD] = "人均营收",
                                       [Q_REVENUE_GROWTH] = "营业收入增长率"};

static void read_row(struct quantiles *q, const struct csv *c, bool *seen)
{
    for (int v = 0; v < Q_N; v++) {
        if (!str_eq(c->cell[0].text, str_of(names[v])))
            continue;
        ASSERT(c->cell_n > QUANTILE_POINTS);
        for (int k = 0; k < QUANTILE_POINTS; k++) {
            Dec d;
            Wide m = 0;
            bool good = dec_parse(&d, c->cell[k + 1].text, NULL) &&
                        wide_rescale(&m, d.m, d.scale, 6, ROUND_HALF_UP) && m < INT64_MAX;
            ASSERT(good);
            q->at[v][k] = (int64_t)m;
        }
        seen[v] = true;
    }
}

void quantiles_read(struct quantiles *q, Str csv)
{
    struct arena *tmp = arena_open();
    struct csv c;
    bool seen[Q_N] = {false};
    csv_open(&c, tmp, csv);
    while (csv_next(&c, NULL) == OK && c.cell_n > 0)
        read_row(q, &c, seen);
    for (int v = 0; v < Q_N; v++)
        ASSERT(seen[v]);
    arena_close(tmp);
}

int64_t quantiles_at(const struct quantiles *q, enum quantile_var v, int64_t ppm)
{
    static const int64_t point[QUANTILE_POINTS] = {10000,  50000,  100000, 250000, 500000,
                                                   750000, 900000, 950000, 990000};
    const int64_t *at = q->at[v];
    if (ppm <= point[0])
        return at[0];
    for (int k = 1; k < QUANTILE_POINTS; k++)
        if (ppm <= point[k]) {
            Wide part = (Wide)(at[k] - at[k - 1]) * (ppm - point[k - 1]);
            return at[k - 1] + (int64_t)(part / (point[k] - point[k - 1]));
        }
    return at[QUANTILE_POINTS - 1];
}
