/* gen.c - the data of the benchmark, the same bytes everywhere. Usage: gen N DIR -> DIR/data.csv
 *
 * Counter-based (splitmix64 of row and column) and only + - * / floor on doubles, so that any
 * language gives the same bits. Every value has at most 4 decimals, an empty cell is a null.
 */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

enum { SEED = 20250105, INDICATOR_N = 18 };

enum shape { HEAVY, NORM, RATIO, UNIF, COUNT, SMALL };

static const struct {
    double scale;
    enum shape shape;
    int decimals;
} indicators[INDICATOR_N] = {{200, HEAVY, 2}, {0.5, NORM, 4},  {0.3, RATIO, 4},  {2, COUNT, 0},
                             {0.8, RATIO, 4}, {80, HEAVY, 2},  {5000, HEAVY, 2}, {0.6, NORM, 4},
                             {1, UNIF, 4},    {900, HEAVY, 2}, {0.3, NORM, 4},   {80, COUNT, 0},
                             {6, SMALL, 0},   {150, HEAVY, 2}, {1, RATIO, 4},    {1.5, COUNT, 0},
                             {40, HEAVY, 2},  {4, SMALL, 0}};

/* Cumulative shares of the codes. */
static const double of_town[] = {.18, .33, .46, .57, .67, .76, .84, .90, .96, 1};
static const double of_stage[] = {.45, .80, 1};
static const double of_industry[] = {.26, .46, .62, .74, .83, .90, .96, 1};
static const double of_level[] = {.70, .83, .92, .97, 1};

static double u01(uint64_t row, uint64_t col)
{
    uint64_t z = (uint64_t)SEED * 0x9E3779B97F4A7C15u + row * 0xD1342543DE82EF95u +
                 col * 0xBF58476D1CE4E5B9u;
    z ^= z >> 30;
    z *= 0xBF58476D1CE4E5B9u;
    z ^= z >> 27;
    z *= 0x94D049BB133111EBu;
    z ^= z >> 31;
    return (double)(z >> 11) * 0x1p-53;
}

static int pick(double u, const double *cumulative, int n)
{
    int k = 0;
    while (k < n - 1 && u >= cumulative[k])
        k++;
    return k + 1;
}

static double shaped(uint64_t row, uint64_t col, enum shape shape, double scale)
{
    double u = u01(row, col + 1);
    switch (shape) {
    case HEAVY: return scale * fmin(u, 0.999) / (1 - fmin(u, 0.999));
    case COUNT: return scale * fmin(u, 0.998) / (1 - fmin(u, 0.998));
    case NORM: return scale * (u + u01(row, col + 2) + u01(row, col + 3) + u01(row, col + 4) - 2);
    case RATIO: return scale * u * u01(row, col + 2);
    case UNIF: return scale * u;
    case SMALL: return scale * u * u;
    }
    return 0;
}

/* False: null. */
static bool draw(double *out, uint64_t row, int k)
{
    static const double power[] = {1, 10, 100, 1000, 10000};
    uint64_t col = 100 + 10 * (uint64_t)k;
    if (u01(row, col) < 0.10)
        return false;
    double v = shaped(row, col, indicators[k].shape, indicators[k].scale);
    double m = power[indicators[k].decimals];
    v = (indicators[k].decimals > 0 ? floor(v * m + 0.5) : floor(v)) / m;
    *out = v == 0 ? 0.0 : v; /* no -0 */
    return true;
}

static void write_row(FILE *f, uint64_t row)
{
    (void)fprintf(f, "%llu,%d,%d,%d", (unsigned long long)row, pick(u01(row, 1), of_town, 10),
                  pick(u01(row, 2), of_stage, 3), pick(u01(row, 3), of_industry, 8));
    (void)fprintf(f, ",%d,%d,%d", u01(row, 4) < 0.3, pick(u01(row, 5), of_level, 5) - 1,
                  (int)(30 * u01(row, 6) * u01(row, 7)));
    for (int k = 0; k < INDICATOR_N; k++) {
        double v;
        (void)fputc(',', f);
        if (draw(&v, row, k))
            (void)fprintf(f, "%.*f", indicators[k].decimals, v);
    }
    (void)fputc('\n', f);
}

int main(int argc, char **argv)
{
    char path[4096], *end = NULL;
    uint64_t n = argc == 3 ? strtoull(argv[1], &end, 10) : 0;
    if (n == 0 || *end != '\0') {
        (void)fprintf(stderr, "usage: gen N DIR\n");
        return 64;
    }
    (void)snprintf(path, sizeof path, "%s/data.csv", argv[2]);
    FILE *f = fopen(path, "wb");
    if (f == NULL || setvbuf(f, NULL, _IOFBF, 1 << 20) != 0) {
        perror(path);
        return 1;
    }
    (void)fputs("id,town,stage,industry,ht,lvl,age", f);
    for (int k = 1; k <= INDICATOR_N; k++)
        (void)fprintf(f, ",i%02d", k);
    (void)fputc('\n', f);
    for (uint64_t row = 1; row <= n; row++)
        write_row(f, row);
    bool failed = ferror(f) != 0;
    return fclose(f) != 0 || failed;
}
