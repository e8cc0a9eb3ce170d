/* rank_int.h - what an index of texts is made of, and a question. */
#ifndef GECI_MATCH_RANK_INT_H
#define GECI_MATCH_RANK_INT_H

#include "match/lists_int.h"
#include "match/rank.h"

enum {
    IMPACT_BITS = 8,
    IMPACT_MAX = 255,
    RANK_GLYPHS_MAX = 768, /* of a part that is asked: what is behind is not read */
    SCORE_ONE = 1000,
};

/* How grams of a document are counted. */
struct rank_measure {
    struct rank_opts o;
    uint64_t length[RANK_FIELDS]; /* of all documents, characters */
    uint64_t mean[RANK_FIELDS];   /* 16ths of a character, to five digits of two */
};

struct rank_index {
    struct arena *own;
    struct rank_measure measure;
    uint32_t n, there_n; /* documents, and of them those that are not gone */
    uint32_t *id;
    struct lists grams; /* document << IMPACT_BITS | impact */
    uint32_t *length;   /* of each document as a vector of rarity * impact; NULL: no kin */
    struct lists asked; /* the texts that ask; none: key_n is 0 */
    uint32_t asked_n;
    const struct sense *sense;
    int8_t *vector; /* SENSE_SIZE of each document; NULL: none */
    /* Of a patched one; what is above is of the whole one, but measure, counts, id, length. */
    uint32_t whole_n;         /* documents from here on are late */
    struct lists late, taken; /* grams of those that came, and of those that are gone */
    uint64_t *gone;           /* bit i: document i is; NULL: none is */
    int8_t *late_vector;
};

struct counted {
    uint32_t key;
    uint32_t times;
};

/* In how many documents a gram stands. */
uint32_t rank_df(const struct rank_index *x, uint32_t key);
/* Adds weight * impact of every document with the gram. */
void rank_add_gram(uint32_t *got, const struct rank_index *x, uint32_t key, uint32_t weight);
/* Characters of documents onto b->length, and what they are on the mean. */
void rank_measure_lengths(struct rank_measure *b, const struct rank_doc *d, uint32_t n, bool taken);
void rank_measure_mean(struct rank_measure *b, uint32_t n);
/* Pairs of the documents' grams, numbered from `first` on. */
void rank_list_docs(struct rank_index *x, struct pairs *p, const struct rank_doc *d, uint32_t n,
                    uint32_t first);
void rank_sense_docs(const struct rank_index *x, const struct rank_doc *d, uint32_t n, int8_t *out);

/* The grams of a document by key, each once, `times` being its impact. */
size_t rank_read_doc(struct arena *tmp, const struct rank_measure *m, struct counted **out,
                     const struct rank_doc *d);

struct rank_question {
    struct counted *gram; /* by key, each once */
    size_t n;
};

void rank_read(struct arena *tmp, struct rank_question *q, const struct rank_ask *ask);
/* What an impact of one is worth, of a gram that df documents have; 0: it is passed over. */
uint32_t rank_weight(const struct rank_index *x, const struct rank_question *q,
                     const struct counted *g, uint32_t df);

/* Brings grams into order, each once with the sum of its times; how many are left. */
size_t rank_merge(struct arena *tmp, struct counted *v, size_t n);
/* log2 of how few have a gram, in 32nds. */
uint32_t rank_rarity(uint32_t n, uint32_t df);
uint64_t rank_root(uint64_t x);

/* --- rank_kin.c --- */

struct rank_room {
    struct arena *own, *tmp;
    uint32_t *got, *kin, cap; /* by document */
    int32_t *felt;
};

static inline bool rank_is_asked(const struct rank_index *x, const struct rank_ask *ask,
                                 uint32_t doc)
{
    if (x->gone != NULL && (x->gone[doc / 64] >> doc % 64 & 1) != 0)
        return false;
    if (ask->filter == NULL)
        return true;
    uint32_t id = x->id[doc];
    return id / 64 < ask->filter_n && (ask->filter[id / 64] >> id % 64 & 1) != 0;
}

/* x->length, from its lists, where kin may be asked for. */
void rank_measure_docs(struct rank_index *x);
/* room->kin from room->got. */
void rank_add_kin(struct rank_room *room, const struct rank_index *x, const struct rank_ask *ask);

#endif
