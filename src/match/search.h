/* search.h - any subject in a keystroke, however it is typed.
 *
 *     search_build(all) ---> struct search_index <--- search_run(ask), any number of threads
 *                                 |
 *     search_change(index, what changed) ---> another, which shares what did not
 *
 * Understands codes (from their beginning; whole with one character wrong, missing, too many or
 * two swapped), names and parts of names with characters wrong, missing, swapped or homophones of
 * the right ones, short names (京山轻机), former names, pinyin in full, by first letters or both
 * (xilaixq), and several words of either script, each of which may stand in another text of the
 * subject (wangping 嘉兴学院).
 *
 * An index never changes. The owner makes the next one, hands it to readers by a pointer, and
 * closes the old one when the last of them is done; build, change and close are for one thread at a
 * time. Results depend on the documents alone, not on the changes they came by.
 *
 * What a caller may not see does not count: documents outside `scope` are left out before anything
 * is weighed, so that no order, score, or number of hits can tell of them.
 *
 * Cost, 120,000 subjects: build under 2 s, 80 MB; a question some 0.2 ms.
 */
#ifndef GECI_MATCH_SEARCH_H
#define GECI_MATCH_SEARCH_H

#include "base/base.h"

struct arena;
struct search_index;
struct search_room;

enum { SEARCH_FACETS = 3, SEARCH_FACET_VALUES = 256, SEARCH_TOP_MAX = 64 };

/* Texts are read during the call only. */
struct search_doc {
    uint32_t id;                  /* the caller's number, small: bitmaps run over it */
    uint8_t facet[SEARCH_FACETS]; /* whatever is to be counted: kind, town, chain */
    uint8_t prior;                /* goes first among equals: 0 .. 255 */
    Str name, former, more;       /* former: several with ; more: unit, works for, stands in */
    Str code;                     /* USCC or another identity, in any case */
};

/* Of two documents with one id the later counts. */
struct search_index *search_build(const struct search_doc *d, uint32_t n);
/* With `d` added, or put in the place of what has their ids, and without the ids of `gone`. Takes
 * some 10 us a document, and now and then as long as building all that is smaller. */
struct search_index *search_change(struct search_index *old, const struct search_doc *d, uint32_t n,
                                   const uint32_t *gone, uint32_t gone_n);
void search_close(struct search_index *x); /* NULL is fine */
uint32_t search_count(const struct search_index *x);
size_t search_bytes(const struct search_index *x); /* of memory */
/* The document with this id as it was given, borrowed from the index; false: there is none. */
bool search_get(const struct search_index *x, uint32_t id, struct search_doc *out);

/* A set of ids: bit i of word i / 64. Ids past the end are not in it. */
struct search_ids {
    const uint64_t *word;
    uint32_t n; /* words */
};

struct search_ask {
    Str text;                        /* UTF-8, as typed */
    uint32_t top;                    /* hits wanted, at most SEARCH_TOP_MAX */
    const struct search_ids *scope;  /* what the caller may see; NULL: all */
    const struct search_ids *filter; /* what is asked for; NULL: all */
};

enum search_part { SEARCH_NAME, SEARCH_FORMER, SEARCH_MORE, SEARCH_CODE, SEARCH_PARTS };

struct search_mark {
    enum search_part part;
    Span at; /* bytes of that text as it was given; in order, apart from each other */
};

struct search_hit {
    uint32_t id;
    uint16_t score; /* 0 .. 1000: how much of what was typed is there, and in its order */
    bool corrected; /* a code that differs from what was typed */
    struct search_mark *mark;
    uint32_t mark_n;
};

struct search_found {
    struct search_hit *hit; /* best first; equals by prior, shorter name, id */
    uint32_t n;
    uint32_t total; /* documents with at least half of what was typed, also beyond `top` */
    uint32_t count[SEARCH_FACETS][SEARCH_FACET_VALUES]; /* of those */
};

/* Scratch for one thread at a time; grows to what the largest index asked needs. */
struct search_room *search_room_open(void);
void search_room_close(struct search_room *r);

/* Never fails: what cannot be understood finds nothing. On `keep`. */
void search_run(struct arena *keep, struct search_room *room, const struct search_index *x,
                const struct search_ask *ask, struct search_found *out);

#endif
