/* draw.h - reproducible draws: whole numbers only, the same on every machine.
 *
 * A draw is a function of (seed, row, what is drawn), not of what was drawn before: columns may
 * come and go without changing the others. splitmix64 (Steele, Lea, Flood 2014) does the mixing.
 */
#ifndef GECI_DEMO_DRAW_H
#define GECI_DEMO_DRAW_H

#include "base/base.h"

struct arena;

struct draw {
    uint64_t seed;
    uint32_t row;
};

enum { PPM = 1000000 };

uint64_t draw_bits(struct draw d, uint32_t what);
int64_t draw_ppm(struct draw d, uint32_t what);                           /* 0 .. 999,999 */
int64_t draw_range(struct draw d, uint32_t what, int64_t lo, int64_t hi); /* both included */
bool draw_chance(struct draw d, uint32_t what, int64_t ppm);

/* Quantiles of the variables of packs/sample/calibration.csv. */
enum quantile_var {
    Q_REVENUE,
    Q_RND_INTENSITY,
    Q_NET_MARGIN,
    Q_RND_STAFF_SHARE,
    Q_MASTER_SHARE,
    Q_REVENUE_PER_HEAD,
    Q_REVENUE_GROWTH,
    Q_N
};
enum { QUANTILE_POINTS = 9, QUANTILE_SCALE = 1000000 };
struct quantiles {
    int64_t at[Q_N][QUANTILE_POINTS]; /* millionths of yuan, or of 1 */
};
/* Reads the table; a missing variable is our bug (the table is built in). */
void quantiles_read(struct quantiles *q, Str csv);
/* The value below which `ppm` of all lie, between the points on a straight line. */
int64_t quantiles_at(const struct quantiles *q, enum quantile_var v, int64_t ppm);

#endif
