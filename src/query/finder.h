/* finder.h - any subject of any kind in a keystroke, within a scope of each kind.
 *
 *     rosters --finder_follow--> index of names, former names and identities (match/search.h)
 *     text + scope of each kind --finder_find--> hits, best first
 *
 * Only the rows that a kind's scope holds are looked at, and only of kinds whose name the scope may
 * be asked by: nothing else moves a hit, an order or a count.
 *
 * Threads: finder_follow from one at a time; finder_find from any. The first index is made by the
 * first finder_follow; until then finder_find says ERR_BUSY.
 */
#ifndef GECI_QUERY_FINDER_H
#define GECI_QUERY_FINDER_H

#include "base/base.h"
#include "query/roster.h"
#include "query/scope.h"

struct arena;
struct finder;

struct finder *finder_open(struct arena *keep, struct rosters *rosters);
void finder_close(struct finder *f); /* NULL is fine */

/* Brings the index up to what the rosters hold now: some 10 us for each subject that was named
 * anew, 2 s for 120,000 the first time. */
void finder_follow(struct finder *f);

struct finder_kind { /* what is seen of a kind */
    Str kind;
    const struct scope *scope;
};

struct finder_ask {
    Str text;                       /* as typed */
    const struct finder_kind *kind; /* to be looked in */
    size_t kind_n;
    uint32_t top; /* hits wanted, at most 64 */
};

enum finder_part { FINDER_NAME, FINDER_FORMER, FINDER_IDENTITY };

struct finder_hit {
    Str kind, identity, name, locality;
    int64_t subject;
    enum finder_part part; /* where most of what was typed stands */
    Str *piece;            /* that text in pieces: not typed, typed, not typed, .. */
    size_t piece_n;
    bool corrected; /* the identity differs from what was typed in a character */
    int score;      /* 0 to 1000: how much of what was typed is there */
};

struct finder_found {
    struct finder_hit *hit;
    size_t n;
    uint32_t total;  /* subjects with at least half of what was typed */
    uint32_t *count; /* of those, by the kinds asked for */
};

/* On `keep`. ERR_BUSY: not ready yet. */
NODISCARD enum status finder_find(struct finder *f, struct arena *keep,
                                  const struct finder_ask *ask, struct finder_found *out);

#endif
