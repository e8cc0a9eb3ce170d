/* sense.h - what texts have to do with each other, learned from those that were matched.
 *
 * Every gram has a vector; a text is the sum of those of its grams, the rare ones more, at length
 * one; two texts are near when the cosine of theirs is high. Training pulls the texts of a pair
 * together and pushes those of other pairs apart (in-batch softmax). Without pairs of people's
 * making, a title and its text are a pair. The result depends on the pairs, their order and the
 * seed alone: the same bytes on every machine.
 */
#ifndef GECI_MATCH_SENSE_H
#define GECI_MATCH_SENSE_H

#include "base/base.h"

struct arena;
struct sense;

/* Models of 128 numbers, trained apart from other beginnings: what they agree in is not chance. */
enum { SENSE_DIM = 128, SENSE_MODELS = 3, SENSE_SIZE = SENSE_MODELS * SENSE_DIM };

struct sense_part {
    Str text;
    uint8_t weight; /* 0: nothing there */
};

/* The text's vectors, each at length 127 * 4 with what is longer than a byte cut off; all 0 where
 * no gram of it is known. */
void sense_of(struct arena *tmp, const struct sense *s, const struct sense_part *part, size_t n,
              int8_t out[static SENSE_SIZE]);
/* Inner products of n texts with one. */
void sense_compare(int32_t *out, const int8_t *vectors, uint32_t n,
                   const int8_t v[static SENSE_SIZE]);

enum { SENSE_PARTS = 3 };

struct sense_pair {
    /* Borrowed. Without a `b` the text is a pair by itself: one part of its grams and the rest. */
    struct sense_part a[SENSE_PARTS], b[SENSE_PARTS];
    uint8_t weight; /* how good; 0: was looked at and turned down */
};

struct sense_opts {
    uint32_t alone;        /* rounds through all pairs */
    uint32_t rounds;       /* in all: the others are through those that people made */
    uint32_t learned_from; /* the first of those */
    uint64_t seed;
};

/* On an arena of its own. Grams that stand in fewer than two texts are not learned; of more than
 * SENSE_GRAMS_MAX those that stand in few. */
struct sense *sense_train(const struct sense_pair *p, uint32_t n, const struct sense_opts *o);

enum { SENSE_GRAMS_MAX = 1 << 16, SENSE_BYTES_MAX = 1 << 25 };
/* As bytes to keep, some 400 a gram: vectors rounded to bytes, each with its own size. What is read
 * back is what was written, to the last bit, when it is written again. */
Str sense_write(struct arena *keep, const struct sense *s);
struct sense *sense_read(Str bytes); /* NULL: they are not a model */
void sense_close(struct sense *s);   /* NULL is fine */

#endif
