/* measure.h - how good a ranking is: figures over questions whose right answers are known.
 *
 * Each question gives one value, in millionths; a figure is their mean with a 95 % interval by
 * bootstrap over the questions (2,000 draws, fixed seed): the same on every machine.
 */
#ifndef GECI_MATCH_MEASURE_H
#define GECI_MATCH_MEASURE_H

#include "base/base.h"

struct arena;

enum { MEASURE_ONE = 1000000 };

struct measure {
    int32_t *at; /* millionths */
    size_t n, cap;
};
void measure_add(struct arena *keep, struct measure *m, int32_t value);

struct figure {
    int32_t mean, low, high; /* millionths */
};
struct figure measure_figure(struct arena *tmp, const struct measure *m);

/* Precision, recall and their harmonic mean, of yes and no. Right: said so, of the right one. */
enum { MEASURE_IS = 1, MEASURE_SAID = 2, MEASURE_RIGHT = 4 };
struct verdicts {
    uint8_t *at; /* MEASURE_IS | ... of each question */
    size_t n, cap;
};
struct verdict_figures {
    struct figure f1, precision, recall;
};
void measure_verdicts(struct arena *tmp, const struct verdicts *v, struct verdict_figures *out);

/* Discounted gain of the first ten over the best order of `ideal`, which has all gains of the
 * question, in any order; a gain g counts 2^g - 1, g <= 20. 0 where nothing has a gain. */
int32_t measure_ndcg(const uint8_t *ranked, size_t n, const uint8_t *ideal, size_t ideal_n);
/* 1 / place of the first right answer among ten (place from 1); 0 for none. */
int32_t measure_reciprocal(size_t place);

#endif
