/* gen.h - small random populations, the same on every run. */
#ifndef GECI_TEST_GRADE_GEN_H
#define GECI_TEST_GRADE_GEN_H

#include <stdint.h>

#include "grade/pop.h"

struct gen {
    uint64_t state;
};

static inline uint64_t gen_bits(struct gen *g) /* splitmix64 */
{
    uint64_t z = (g->state += 0x9E3779B97F4A7C15u);
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

static inline int gen_int(struct gen *g, int lo, int hi) /* inclusive */
{
    return lo + (int)(gen_bits(g) % (uint64_t)(hi - lo + 1));
}

/* Definite mostly, then intervals, half-bounded and unknown. */
static inline Cell gen_cell(struct gen *g, int lo, int hi)
{
    Wide a = gen_int(g, lo, hi), b = gen_int(g, lo, hi);
    switch (gen_int(g, 0, 11)) {
    case 0: return CELL_UNKNOWN;
    case 1: return (Cell){-WIDE_INF, a};
    case 2: return (Cell){a, WIDE_INF};
    case 3:
    case 4: return a < b ? (Cell){a, b} : (Cell){b, a};
    default: return (Cell){a, a};
    }
}

#endif
