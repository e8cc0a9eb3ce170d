/* rank_int.h - what an index of texts is made of, and a question. */
#ifndef GECI_MATCH_RANK_INT_H
#define GECI_MATCH_RANK_INT_H

#include "match/lists_int.h"
#include "match/rank.h"

enum {
    IMPACT_BITS = 8,
    IMPACT_MAX = 255,
    RANK_GLYPHS_MAX = 2048, /* of a part that is asked: what is behind is not read */
    SCORE_ONE = 1000,
};

struct rank_index {
    struct arena *own;
    uint32_t n;
    uint32_t *id;
    struct lists grams; /* document << IMPACT_BITS | impact */
    const struct sense *sense;
    int8_t *vector; /* SENSE_DIM of each document; NULL: none */
};

struct counted {
    uint32_t key;
    uint32_t times;
};

struct rank_question {
    struct counted *gram; /* by key, each once */
    size_t n;
};

void rank_read(struct arena *tmp, struct rank_question *q, const struct rank_ask *ask);
/* What an impact of one is worth, of a gram that df documents have; 0: it is passed over. */
uint32_t rank_weight(const struct rank_index *x, const struct rank_question *q,
                     const struct counted *g, uint32_t df);

#endif
