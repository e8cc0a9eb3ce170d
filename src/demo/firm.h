/* firm.h - one fictitious enterprise. Money in yuan, periods oldest first. */
#ifndef GECI_DEMO_FIRM_H
#define GECI_DEMO_FIRM_H

#include "base/base.h"
#include "base/day.h"
#include "demo/draw.h"

struct arena;

enum { FIRM_YEARS = 3, REVIEWS = 10, CHAIN_N = 8 };

extern const char *const CHAINS[CHAIN_N]; /* 产业链 */

struct firm {
    Str id, name, locality, industry;
    int chain; /* of CHAINS */
    Day founded;
    int first_year; /* index of the first period with figures; before it there was no firm */
    int64_t revenue[FIRM_YEARS], rnd[FIRM_YEARS], rnd_home[FIRM_YEARS], equity[FIRM_YEARS];
    int64_t income, hitech, assets, cost, contracts; /* of the last year */
    int64_t cooperation[FIRM_YEARS];
    int64_t staff, tech_staff, rnd_staff, masters;
    int64_t ip1, ip2, grants[FIRM_YEARS], transfers[FIRM_YEARS];
    int advance, support; /* 0 best .. 4 none */
    bool own_work, standards_part, standards_lead, award, lab, hnte, accident, dishonest,
        first_time;
    bool by_cost;      /* which R&D indicator it chose */
    const char *title; /* 梯度称号 */
    bool reviewed;
    int64_t review[REVIEWS]; /* the experts' points, see sample.c */
};

struct firm_source {
    struct arena *keep;
    const struct quantiles *quantiles;
    const Str *town; /* codes of localities */
    size_t town_n;
    uint64_t seed;
    int year;          /* the last period */
    const char *block; /* of identifiers, see firm_code */
};

/* The first three characters of an organisation code: those given out since 2015 start with MA, and
 * none start with X. */
#define BLOCK_REAL    "MA1"
#define BLOCK_FIRM    "XA1"
#define BLOCK_CARRIER "XB1"
#define BLOCK_LAB     "XC1"
/* A unified social credit identifier of the county, both check characters right. */
Str firm_code(struct arena *keep, const char *block, uint64_t seed, uint32_t row);

void firm_make(const struct firm_source *s, uint32_t row, struct firm *out);

#endif
