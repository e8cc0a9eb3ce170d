/* rank.h - texts ranked by a text: achievements, experts, platforms, clauses for a need, or needs
 * for one of those.
 *
 *     ask: parts of a text, each with a weight          need: title x 2, description x 1
 *       |
 *     words    what the two texts share, rare things first: BM25F over characters and pairs of them
 *     kin      what a document shares with those that are best by words, or none
 *     sense    what texts matched before had to do with each other (match/sense.h), or none
 *       |
 *     score = words / spread of words + weight * kin / spread of kin + weight * sense / ...
 *
 * Spreads are over the documents that are asked for, so that all are of one size. All numbers
 * are integers: the same score on every machine, and the parts of a reason add up to it exactly.
 *
 * An index never changes; any number of threads may ask, each with a room of its own. Cost, 62,000
 * profiles of 230 characters: build some 3 s, 80 MB; a whole need 1 ms.
 */
#ifndef GECI_MATCH_RANK_H
#define GECI_MATCH_RANK_H

#include "base/base.h"

struct arena;
struct rank_index;
struct rank_room;
struct rank_teller;
struct sense;

enum {
    RANK_FIELDS = 4,
    RANK_PARTS = 4,
    RANK_TOP_MAX = 1000,
    RANK_DOCS_MAX = 1 << 24,
    RANK_ASKED_MIN = 50
};

struct rank_doc {
    uint32_t id;            /* the caller's number: filters are bitmaps over it */
    Str field[RANK_FIELDS]; /* title, keywords, text ...; read during the call only */
};

struct rank_part {
    Str text;
    uint8_t weight; /* 0: nothing there */
};

/* A text that asks. */
struct rank_asked {
    struct rank_part part[RANK_PARTS];
};

struct rank_opts {
    uint8_t weight[RANK_FIELDS]; /* how often a field counts; 0: not at all */
    /* How soon more of the same stops counting, and how much longer texts are held against; in
     * hundredths: 90 and 30 do for titles, 120 and 75 for paragraphs. */
    uint8_t k1, b;
    bool kin;                  /* rank_ask.kin_weight will be asked for */
    const struct sense *sense; /* must outlive the index; NULL: words only */
    /* What is asked otherwise, read during the call only: "we need a technology for" says little,
     * as all say so. From RANK_ASKED_MIN on; weights do not count. */
    const struct rank_asked *asked;
    uint32_t asked_n;
};

/* Two documents of one id are two documents. */
struct rank_index *rank_build(const struct rank_doc *d, uint32_t n, const struct rank_opts *o);
void rank_close(struct rank_index *x); /* NULL is fine */

struct rank_patch {
    const struct rank_doc *late; /* documents that came: numbered behind those of the whole one */
    uint32_t late_n;
    const uint32_t *gone; /* documents of the whole one that are gone, ascending */
    uint32_t gone_n;
    const struct rank_doc *doc; /* of the whole one, as given to rank_build */
};
/* What rank_build makes of the documents that are there now, in some 30 us for each that came or is
 * gone; `whole` must outlive it. NULL: texts are longer or shorter on the mean than they were, by a
 * twentieth or so, and it is to be made whole. */
struct rank_index *rank_patch(const struct rank_index *whole, const struct rank_patch *p);

struct rank_ask {
    struct rank_part part[RANK_PARTS];
    uint32_t top; /* at most RANK_TOP_MAX */
    const uint64_t
        *filter;       /* bit i of word i / 64: the document with id i is asked for; NULL: all */
    uint32_t filter_n; /* words */
    uint16_t sense_weight;      /* hundredths */
    uint16_t kin_weight;        /* hundredths; wants `doc` */
    const struct rank_doc *doc; /* as given to rank_build: the best are read again; or NULL */
    const int32_t *more; /* of each document, by its order: added to the score of what has one; or
                          * NULL */
};

struct rank_hit {
    uint32_t id;
    uint32_t doc;   /* by the order given to rank_build */
    int64_t spread; /* of words, of all that were asked for */
    /* score = words + kin + sense, and `more` of the question; thousandths of a spread */
    int32_t words, kin, sense, score;
};

struct rank_found {
    struct rank_hit *hit; /* best first, then by id */
    uint32_t n;
};

struct rank_room *rank_room_open(void);
void rank_room_close(struct rank_room *r);

void rank_run(struct arena *keep, struct rank_room *room, const struct rank_index *x,
              const struct rank_ask *ask, struct rank_found *out);

/* Why a hit has its score: runs of characters that the question and the document share. */
struct rank_reason {
    uint8_t part, field;
    Span asked;    /* bytes of that part */
    Span answered; /* bytes of that field of the document: the first such place */
    int32_t worth; /* of the score */
};

struct rank_why {
    struct rank_reason *at; /* worth most first; all of them add up to the hit's `words` */
    uint32_t n;
};

/* A question as it is told, for any number of its hits: some 50 us each. `ask` as it was given to
 * rank_run; it and the index must outlive it. On `keep`. */
struct rank_teller *rank_tell(struct arena *keep, const struct rank_index *x,
                              const struct rank_ask *ask);
/* `d` as it was given to rank_build. On `keep`. */
void rank_why(struct arena *keep, const struct rank_teller *t, const struct rank_hit *hit,
              const struct rank_doc *d, struct rank_why *out);

#endif
