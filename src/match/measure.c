#include "match/measure.h"

#include "base/arena.h"

enum { DRAWS = 2000, TOP = 10, GAIN_MAX = 20, LOW = DRAWS / 40, HIGH = DRAWS - 1 - DRAWS / 40 };

void measure_add(struct arena *keep, struct measure *m, int32_t value)
{
    VEC_PUSH(keep, m->at, m->n, m->cap) = value;
}

/* SplitMix64. */
static uint64_t next(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
}

static void sort(int64_t *v, size_t n, int64_t *other)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, k = half;
    sort(v, half, other);
    sort(v + half, n - half, other);
    for (size_t at = 0; at < n; at++)
        other[at] = k == n || (i < half && v[i] <= v[k]) ? v[i++] : v[k++];
    for (size_t at = 0; at < n; at++)
        v[at] = other[at];
}

struct figure measure_figure(struct arena *tmp, const struct measure *m)
{
    if (m->n == 0)
        return (struct figure){0};
    int64_t *mean = arena_raw(tmp, DRAWS, sizeof *mean),
            *other = arena_raw(tmp, DRAWS, sizeof *other);
    uint64_t state = 1;
    int64_t all = 0, n = (int64_t)m->n;
    for (size_t i = 0; i < m->n; i++)
        all += m->at[i];
    for (size_t d = 0; d < DRAWS; d++) {
        int64_t sum = 0;
        for (size_t i = 0; i < m->n; i++)
            sum += m->at[(next(&state) >> 32) * m->n >> 32];
        mean[d] = sum / n;
    }
    sort(mean, DRAWS, other);
    return (struct figure){(int32_t)(all / n), (int32_t)mean[LOW], (int32_t)mean[HIGH]};
}

/* --- yes and no --- */

struct tally {
    int64_t is, said, right;
};

static void count(struct tally *t, uint8_t v)
{
    t->is += (v & MEASURE_IS) != 0;
    t->said += (v & MEASURE_SAID) != 0;
    t->right += (v & MEASURE_RIGHT) != 0;
}

static int64_t share(int64_t part, int64_t whole)
{
    return whole == 0 ? 0 : part * MEASURE_ONE / whole;
}

static void read_tally(int64_t out[static 3], const struct tally *t)
{
    out[0] = share(2 * t->right, t->is + t->said);
    out[1] = share(t->right, t->said);
    out[2] = share(t->right, t->is);
}

void measure_verdicts(struct arena *tmp, const struct verdicts *v, struct verdict_figures *out)
{
    int64_t *drawn[3], *other = arena_raw(tmp, DRAWS, sizeof *other), value[3];
    struct figure *figure[3] = {&out->f1, &out->precision, &out->recall};
    struct tally all = {0};
    uint64_t state = 1;
    for (size_t k = 0; k < 3; k++)
        drawn[k] = arena_raw(tmp, DRAWS, sizeof *drawn[k]);
    for (size_t i = 0; i < v->n; i++)
        count(&all, v->at[i]);
    for (size_t d = 0; d < DRAWS; d++) {
        struct tally t = {0};
        for (size_t i = 0; i < v->n; i++)
            count(&t, v->at[(next(&state) >> 32) * v->n >> 32]);
        read_tally(value, &t);
        for (size_t k = 0; k < 3; k++)
            drawn[k][d] = value[k];
    }
    read_tally(value, &all);
    for (size_t k = 0; k < 3; k++) {
        sort(drawn[k], DRAWS, other);
        *figure[k] =
            (struct figure){(int32_t)value[k], (int32_t)drawn[k][LOW], (int32_t)drawn[k][HIGH]};
    }
}

/* --- places --- */

/* 10^9 / log2(place + 1) */
static const int64_t discount[TOP] = {1000000000, 630929754, 500000000, 430676558, 386852807,
                                      356207187,  333333333, 315464877, 301029996, 289064826};

static int64_t worth(uint8_t gain)
{
    return (int64_t)(1ULL << (gain < GAIN_MAX ? gain : GAIN_MAX)) - 1;
}

int32_t measure_ndcg(const uint8_t *ranked, size_t n, const uint8_t *ideal, size_t ideal_n)
{
    int64_t got = 0, best = 0;
    size_t left[GAIN_MAX + 1] = {0}, place = 0;
    for (size_t i = 0; i < n && i < TOP; i++)
        got += worth(ranked[i]) * discount[i];
    for (size_t i = 0; i < ideal_n; i++)
        left[ideal[i] < GAIN_MAX ? ideal[i] : GAIN_MAX]++;
    for (size_t g = GAIN_MAX + 1; g-- > 0;)
        for (; left[g] > 0 && place < TOP; left[g]--)
            best += worth((uint8_t)g) * discount[place++];
    return best == 0 ? 0 : (int32_t)((Wide)got * MEASURE_ONE / best);
}

int32_t measure_reciprocal(size_t place)
{
    return place == 0 || place > TOP ? 0 : (int32_t)(MEASURE_ONE / place);
}
