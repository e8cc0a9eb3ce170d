/* pairing.h - batch matching: who gets whom, for all needs of a kind at once.
 *
 *     rosters --pairing_find--> the best for each --pairing_open--> a round, a draft
 *     limits, locks --pairing_limit, pairing_lock--> pairing_solve: exact, as often as one likes
 *     draft --pairing_propose--> by another person: pairing_publish --> each pair was accepted
 *
 * A round keeps what was found as a content; who gets whom follows from it, the limits and the
 * locks that hold, and nothing else, so that "what if" is the same computation with other limits.
 * Whatever is changed behind a proposal makes a draft of it again. What was proposed and published
 * is a content too. Kept are identities and scores: no names.
 *
 * What writes takes an act that has begun (audit/act.h) in a transaction of the caller's; on an
 * error, reported where ERR_INPUT, the caller rolls back.
 */
#ifndef GECI_PAIRING_PAIRING_H
#define GECI_PAIRING_PAIRING_H

#include "base/diag.h"
#include "base/hash.h"
#include "match/assign.h"
#include "query/suit.h"

struct act;
struct arena;
struct db_conn;

enum {
    PAIRING_EACH = 64, /* found for a need; fewer where there are more needs than 10,000: */
    PAIRING_PAIRS_MAX = 640000,
    PAIRING_NEEDS_MAX = 60000, /* of a round */
    PAIRING_OWN_MAX = 200,     /* floors of their own */
    PAIRING_SCARCE = 5,
    PAIRING_BYTES_MAX = 64 << 20,
};

enum pairing_state { PAIRING_DRAFT, PAIRING_PROPOSED, PAIRING_PUBLISHED, PAIRING_GIVEN_UP };
enum pairing_split { PAIRING_WHOLE, PAIRING_BY_PLACE, PAIRING_BY_CHAIN };

struct pairing_floor {
    Str group; /* code of a locality, name of a chain */
    uint32_t least;
};
struct pairing_limits {
    uint32_t each, places; /* pairs of a need, of one of the supply, at most */
    enum pairing_split split;
    uint32_t floor; /* of every group, as far as it has them; where there, `own` instead */
    struct pairing_floor *own;
    size_t own_n;
};
extern const struct pairing_limits pairing_limits_usual; /* one each, two places, no floors */

/* "320582100=3;320582101=1" and back. ERR_INPUT: it is not that. */
NODISCARD enum status pairing_floors_read(struct arena *keep, struct pairing_limits *out, Str text);
Str pairing_floors_text(struct arena *keep, const struct pairing_limits *x);

struct pairing_pair {
    Str need, answer;
    Str place, chain, house; /* of the need; house: whose it is */
    int32_t score;           /* 0 .. ASSIGN_SCORE_MAX */
    uint8_t lock;            /* enum assign_lock */
    Str why;                 /* of the lock */
    bool taken;
};
struct pairing_pairs {
    struct pairing_pair *at; /* by need, best first */
    size_t n, cap;
};

/* --- what there is to choose from --- */

struct pairing_ask {
    struct db_conn *conn; /* for what was said before: contracts count, refusals are left out */
    Str county;
    Str kind, other;
    Str where; /* a condition that needs meet, or empty */
    const struct scope *scope, *other_scope;
    bool (*tick)(void *ctx, uint32_t done, uint32_t total); /* false cancels; or NULL */
    void *ctx;
    struct diags *diags;
};
/* The best of `other` for each need of `kind`, as text for pairing_open. ERR_GONE: no such kind;
 * ERR_INPUT: the condition, or more than PAIRING_NEEDS_MAX needs (PAIRING-MANY); ERR_BUSY:
 * cancelled, or no rosters yet. */
NODISCARD enum status pairing_find(struct suits *s, struct rosters *all, struct arena *keep,
                                   const struct pairing_ask *ask, uint32_t *needs, Str *text);

/* --- who gets whom --- */

struct pairing_group {
    Str name;
    uint32_t needs, got, least;
};
struct pairing_scarce { /* of whom one more place would do most */
    Str answer;
    int64_t pairs, score; /* more by it, at most */
};
struct pairing_plan {
    uint32_t needs, supply, pairs, alone; /* alone: needs that get nobody */
    int64_t score;
    struct pairing_group *group; /* by name; none if needs are not split */
    size_t group_n;
    struct pairing_scarce scarce[PAIRING_SCARCE];
    size_t scarce_n;
};
/* Sets `taken`. ERR_INPUT: locks are past a limit (PAIRING-LOCKED). */
NODISCARD enum status pairing_solve(struct arena *keep, struct pairing_pairs *x,
                                    const struct pairing_limits *limits, struct pairing_plan *out,
                                    struct diags *ds);

/* --- rounds --- */

struct pairing {
    int64_t number;
    Str title, kind, other, where;
    Sha256 found;
    struct pairing_limits limits;
    enum pairing_state state;
    Str by, proposed_by; /* proposed_by: also who published; empty: nobody */
    int64_t at_us, since_us;
    Sha256 result; /* of what is proposed or published */
};
struct pairing_view {
    struct db_conn *conn;
    struct arena *keep;
    Str county;
    struct diags *diags;
};
/* ERR_GONE, told: no such round. */
NODISCARD enum status pairing_get(const struct pairing_view *v, int64_t number,
                                  struct pairing *out);
/* The newest first. */
NODISCARD enum status pairing_list(const struct pairing_view *v, struct pairing **out, size_t *n);
/* What it has to choose from, with the locks that hold; of what was published, as it was. */
NODISCARD enum status pairing_read(const struct pairing_view *v, const struct pairing *x,
                                   struct pairing_pairs *out);

struct pairing_desk {
    struct act *act;
    struct diags *diags;
    Str who;
};
struct pairing_new {
    Str title, kind, other, where, found;
    struct pairing_limits limits;
};
NODISCARD enum status pairing_open(const struct pairing_desk *d, const struct pairing_new *in,
                                   int64_t *number);
/* Of a draft, or of a proposal, which is a draft again. PAIRING-STATE otherwise. */
NODISCARD enum status pairing_limit(const struct pairing_desk *d, int64_t number,
                                    const struct pairing_limits *limits);
/* Each says need, answer, lock and why; need not be among what was found for that need. */
NODISCARD enum status pairing_lock(const struct pairing_desk *d, int64_t number,
                                   const struct pairing_pair *pair, size_t n);
NODISCARD enum status pairing_propose(const struct pairing_desk *d, int64_t number, Str why,
                                      struct pairing_plan *out);
NODISCARD enum status pairing_give_up(const struct pairing_desk *d, int64_t number, Str why);
/* By another than who proposed (PAIRING-SAME). *out: the pairs, all taken, each of which was said
 * to be accepted. */
NODISCARD enum status pairing_publish(const struct pairing_desk *d, int64_t number, Str why,
                                      struct pairing_pairs *out);

const char *pairing_state_name(enum pairing_state s, bool english);

#endif
