/* suit.h - what suits a subject: those of another kind ranked for its text, within a scope.
 *
 *     rosters --suits_find--> matcher of a kind's rows within a scope (match/matcher.h), kept
 *     texts, place, chain, ties of one + scope of a kind --> rows, best first, with reasons
 *
 * Needs, experts, platforms, achievements, firms: any two kinds, both ways. What is read of a
 * subject are its texts that the scope may both show and ask by, where it is, its chain, the unit
 * that a person works for, and its first score in force.
 *
 * Only rows that the scope holds are in a matcher: nothing else moves a score, an order or a count.
 * An answer is of the rosters as they are when it is asked; one that comes after a kind was changed
 * waits until its matcher is patched, unless suits_follow was there before: 10 to 20 ms of CPU for
 * 62,000. Some seconds wait the first to ask, and who asks after other techniques or a new model
 * came into force, or texts of some 2,000 were changed since a matcher was made whole.
 *
 * Threads: suits_follow from one at a time; the others from any.
 */
#ifndef GECI_QUERY_SUIT_H
#define GECI_QUERY_SUIT_H

#include "base/base.h"
#include "match/matcher.h"
#include "query/roster.h"
#include "query/scope.h"

struct arena;
struct db_conn;
struct suits;

enum { SUITS_TOP_MAX = 100, SUITS_PER_UNIT = 3, SUITS_TOLD = 64 };

/* `techniques`: a document of match/taxonomy.h, which must outlive it, for as long as the county
 * has none of its own in force; empty, or one that cannot be read: texts are compared without. */
struct suits *suits_open(struct arena *keep, struct rosters *rosters, Str techniques);
void suits_close(struct suits *s); /* NULL is fine */

/* From now on by the newest document of techniques in force (rulebook/rulebook.h), or by the one
 * given where there is none, and by what was learned for each kind (`geci match train`); cheap when
 * it is the same. From one thread at a time. */
NODISCARD enum status suits_read(struct suits *s, struct db_conn *c, Str county);

/* Makes anew what was asked for lately and is of older rosters. */
void suits_follow(struct suits *s);

/* What somebody belongs to: a subject of a kind. Who has one in common with another, or is one of
 * the other's, has a conflict of interest with it. */
struct suit_tie {
    Str kind, identity;
};

/* One side of a question. */
struct suit_side {
    struct match_doc doc;
    struct suit_tie *tie; /* itself first, where it is a subject */
    size_t tie_n;
    bool shut; /* by the level that its kind's document names: nothing of it may be told outside */
};
/* Of a subject of the roster, as far as the scope reaches. ERR_GONE: the scope does not hold it. */
NODISCARD enum status suit_side(struct arena *keep, const struct scope *scope,
                                const struct roster *r, int64_t subject, struct suit_side *out);

/* Texts of every row of the roster that the scope holds: doc[i].id is its row. On `keep`. */
NODISCARD enum status suit_docs(struct arena *keep, const struct scope *scope,
                                const struct roster *r, struct match_doc **out, uint32_t *n);

/* Whose a need is, for what is said of it: the firm behind it, or itself: "科技型企业 91…". */
Str suit_house(struct arena *keep, const struct suit_side *s);

struct suit_past {
    int64_t subject;
    uint32_t times;
};

/* What somebody else says of an answer: a part of its score. */
struct suit_told {
    int64_t subject;
    int32_t worth;
};

struct suit_ask {
    const struct suit_side *of;
    Str kind; /* of those that are looked for */
    const struct scope *scope;
    uint32_t top;      /* at most SUITS_TOP_MAX */
    uint32_t per_unit; /* of one unit at most; 0: no limit */
    const struct suit_past *past;
    size_t past_n;
    const struct suit_told *told; /* of some of the first SUITS_TOLD */
    size_t told_n;
    bool reasons;
};

/* Contracts that a house has had: ask->past. */
NODISCARD enum status suits_past(struct db_conn *c, struct arena *keep, Str county, Str house,
                                 struct suit_ask *ask);

struct suit {
    int64_t subject;
    Str identity, name;
    Str locality;
    struct match_doc doc;
    int32_t score, part[MATCH_PARTS];
    struct match_reason *why; /* add up to the score */
    size_t why_n;
};

struct suits_found {
    struct suit *at; /* best first */
    size_t n;
    uint32_t of;          /* subjects that were looked at */
    uint32_t barred;      /* and those that were not, for a conflict of interest */
    uint32_t passed_over; /* better than the last, but their unit has its share */
    enum protection name; /* of the kind's names */
};

/* On `keep`. ERR_GONE: no such kind; ERR_BUSY: no rosters yet. */
NODISCARD enum status suits_find(struct suits *s, struct arena *keep, const struct suit_ask *ask,
                                 struct suits_found *out);

/* The same of texts at hand instead of a kind's rows: doc[i].id is i. */
void suits_rank(struct suits *s, struct arena *keep, const struct suit_ask *ask,
                const struct match_doc *doc, uint32_t n, struct suits_found *out);

#endif
