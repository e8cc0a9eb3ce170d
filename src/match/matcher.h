/* matcher.h - who can do what is needed, or what somebody can be of use for; and why.
 *
 *     offers (experts, platforms, achievements; or needs)  --matcher_build-->  struct matcher
 *     a need + filter, conflicts, past work  --matcher_run-->  rows, best first
 *     row  --matcher_why-->  places in both texts and terms of business, each with its share
 *
 * Texts are compared as in match/rank.h; terms of business are added to that, each bounded and
 * seen by itself. All numbers are integers, thousandths of a spread of words: parts add up to a
 * row's score, and reasons to its parts, exactly. The same both ways: build it of needs and ask
 * with an expert.
 *
 * A matcher never changes and keeps what it was given; any number of threads may ask, each with a
 * room of its own. When texts change the owner makes the next one, whole (62,000 profiles: 2 s) or
 * as a patch of a whole one (15 ms), and closes the old one when the last of its readers is done.
 */
#ifndef GECI_MATCH_MATCHER_H
#define GECI_MATCH_MATCHER_H

#include "base/base.h"

struct arena;
struct matcher;
struct rank_asked;
struct rank_opts;
struct rank_room;
struct sense;
struct taxonomy;

enum match_field { MATCH_TITLE, MATCH_KEYWORDS, MATCH_BODY, MATCH_FIELDS };

struct match_doc {
    uint32_t id; /* the caller's number, small: bitmaps run over it */
    Str text[MATCH_FIELDS];
    Str unit;  /* whom it belongs to, a university or a firm; "": nobody */
    Str place; /* code of a division, 2 to 12 digits: nearer the more they begin alike; "": any */
    Str chain; /* "": none */
    uint16_t grade;    /* how good by other people's judgement: 0 .. 1000 */
    uint16_t capacity; /* how many it can take on; 0: is not counted */
    uint16_t busy;     /* of these */
};

enum match_part {
    MATCH_WORDS, /* shared words */
    MATCH_KIN,   /* what it shares with the best by words; where texts are titles */
    MATCH_SENSE, /* what texts that were matched before had to do with each other */
    MATCH_NEAR,  /* how near it is */
    MATCH_CHAIN, /* one chain */
    MATCH_PAST,  /* worked together before */
    MATCH_ROOM,  /* part of its capacity that is left */
    MATCH_GRADE,
    MATCH_NODE,  /* other words of the same technique: match/taxonomy.h */
    MATCH_MODEL, /* what a model outside said: added by who asked it, query/suit.h */
    MATCH_PARTS,
};

/* What a term is worth at most, in hundredths of a spread of words; words themselves are 100. */
struct match_weights {
    uint16_t of[MATCH_PARTS];
};
/* Set by hand, but for words and kin: 0 for sense, which wants a model, and 25; 20 of each
 * term of business, 10 of room, 30 of nodes. */
extern const struct match_weights match_weights_usual;

/* How texts are compared: the same where what is learned is tried out. */
extern const struct rank_opts matcher_texts;
enum { MATCH_TITLE_BYTES = 200 /* on the mean: texts are titles, and kin counts */ };

struct match_opts {
    struct match_weights weights;
    const struct sense *sense;       /* must outlive the matcher, as the next; NULL: none */
    const struct taxonomy *taxonomy; /* NULL: none */
    /* What is asked otherwise (needs, if offers are what is built), as match/rank.h has it. */
    const struct rank_asked *asked;
    uint32_t asked_n;
};

struct matcher *matcher_build(const struct match_doc *d, uint32_t n, const struct match_opts *o);
/* What matcher_build makes of `d`, all that is there now, no two of one id, with the options of
 * `whole`, which must outlive it: texts of an id that are as they were are not read again. NULL: it
 * is to be made whole, as texts are of another length on the mean or too many are others. Some 30
 * us for each that is another, and 15 ms for 62,000. */
enum { MATCH_LATE_MAX = 4096 };
struct matcher *matcher_patch(const struct matcher *whole, const struct match_doc *d, uint32_t n);
uint32_t matcher_late(const struct matcher *m); /* how much of it is another; 0: made whole */
void matcher_close(struct matcher *m);          /* NULL is fine */
uint32_t matcher_count(const struct matcher *m);
bool matcher_has(const struct matcher *m, uint32_t id);
/* As given, borrowed; by a row's `doc`. */
const struct match_doc *matcher_doc(const struct matcher *m, uint32_t doc);

struct match_past {
    uint32_t id;
    uint32_t times; /* done and accepted; from three on it counts no more */
};

struct match_ask {
    struct match_doc of;    /* id, grade, capacity, busy are not read */
    uint32_t top;           /* rows wanted, at most RANK_TOP_MAX */
    uint32_t per_unit;      /* rows of one unit at most; 0: no limit */
    bool full_too;          /* also what has no capacity left */
    const uint64_t *filter; /* bit i of word i / 64: id i is asked for; NULL: all */
    uint32_t filter_n;      /* words */
    const uint32_t *barred; /* ids with a conflict of interest: as if they were not there */
    uint32_t barred_n;
    const Str *barred_unit; /* units of which all are */
    uint32_t barred_unit_n;
    const struct match_past *past;
    uint32_t past_n;
};

struct match_row {
    uint32_t id, doc;
    int32_t part[MATCH_PARTS]; /* adds up to */
    int32_t score;
    int64_t spread; /* for matcher_why */
};

struct match_found {
    struct match_row *row; /* best first, then by id */
    uint32_t n;
    uint32_t passed_over; /* better than the last row, but their unit had its rows */
};

/* On `keep`; `room` is of rank_room_open. */
void matcher_run(struct arena *keep, struct rank_room *room, const struct matcher *m,
                 const struct match_ask *ask, struct match_found *out);

struct match_reason {
    enum match_part part;
    int32_t worth; /* of the score */
    /* MATCH_WORDS, MATCH_NODE: bytes of the asking text and of the answering one; else all 0 */
    enum match_field asked_in, answered_in;
    Span asked, answered;
    Str node, chain; /* MATCH_NODE: what both belong to; borrowed from the taxonomy */
};

struct match_why {
    struct match_reason
        *at;    /* words first, worth most first; then the other parts that are not 0 */
    uint32_t n; /* all add up to the row's score */
};

/* Of n rows of this very `ask`, in `out`; the question is read once. On `keep`. */
void matcher_why(struct arena *keep, const struct matcher *m, const struct match_ask *ask,
                 const struct match_row *row, uint32_t n, struct match_why *out);

#endif
