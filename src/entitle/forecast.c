#include "entitle/forecast.h"

#include "base/decimal.h"

enum { E6 = 1000000 };

static void see(struct forecast_growth *g, int64_t before, int64_t after)
{
    Wide v;
    if (before <= 0 || after <= 0 || before == FEN_OPEN || after == FEN_OPEN ||
        !wide_muldiv(&v, after, E6, before, ROUND_HALF_UP) || v > BEST_OPEN)
        return;
    int64_t change = (int64_t)v;
    g->low_e6 = g->known && g->low_e6 < change ? g->low_e6 : change;
    g->high_e6 = g->known && g->high_e6 > change ? g->high_e6 : change;
    g->known = true;
}

struct forecast_growth forecast_growth(const Money *past, size_t n)
{
    struct forecast_growth g = {0};
    for (size_t i = 0; i + 1 < n; i++) {
        see(&g, past[i + 1].lo, past[i].lo);
        see(&g, past[i + 1].hi, past[i].hi);
    }
    return g;
}

static int64_t grown(int64_t fen, int64_t by_e6)
{
    Wide v;
    if (fen == FEN_OPEN || !wide_muldiv(&v, fen, by_e6, E6, ROUND_HALF_UP) || v > BEST_OPEN)
        return FEN_OPEN;
    return (int64_t)v;
}

Money forecast_year(const Money *past, struct forecast_growth g, int ahead)
{
    Money m = past[0];
    for (int i = 0; i < ahead && g.known; i++)
        m = (Money){grown(m.lo, g.low_e6), grown(m.hi, g.high_e6)};
    return m;
}
