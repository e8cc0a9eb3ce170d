/* roster.h - what holds of each subject of a kind, in columns, in memory.
 *
 *     store --record_facts--> roster of act 812        taken by readers, never changed
 *       act 813 edits one subject: only its row        roster of act 813 shares what is the same
 *
 * A roster is immutable and counted: whoever took it reads it until it is released, while newer
 * ones take its place. Its document is that of the kind, and behind the kind's fields those of
 * results: of the newest published run of each rule document about the kind (its scores, grades and
 * ranks, by the names they have there, where the kind has no such field), of the one before it
 * (上次创新得分), and of a newer one that is not published (测算创新得分), which only scopes with
 * drafts reach. A result that is an interval is one here as well: conditions over it may stay
 * undecided.
 *
 * Threads: roster_take and roster_release from any; rosters_refresh from one at a time.
 */
#ifndef GECI_QUERY_ROSTER_H
#define GECI_QUERY_ROSTER_H

#include "base/base.h"
#include "base/diag.h"
#include "rule/model.h"

struct arena;
struct dataset;
struct db_conn;
struct rosters;
struct roster_own;

struct roster {
    Str county, kind;
    int64_t act;                /* the last that changed it */
    const struct rules *rules;  /* the kind's fields, then those of results; items: results */
    const struct dataset *data; /* rows by identity; what has no period as last reported */
    const int64_t *subject;     /* by row */
    struct roster_own *own;
};

/* Of one county; empty until the first refresh. `keep` must outlive it. */
struct rosters *rosters_open(struct arena *keep, Str county);
void rosters_close(struct rosters *x); /* when every roster was released */
/* Before the first refresh: no other kind is wanted. */
void rosters_only(struct rosters *x, Str kind);

/* Brings the rosters of all kinds up to date with the store, in a transaction of the caller's.
 * Cheap when nothing came (one look at the last act). Failure leaves them as they were. */
NODISCARD enum status rosters_refresh(struct rosters *x, struct db_conn *c, struct diags *ds);

/* How many rosters were folded whole so far: by the thread that refreshes. */
uint32_t rosters_whole(const struct rosters *x);

/* The first refresh was done: a kind without a roster is none. */
bool rosters_filled(struct rosters *x);

/* The newest roster of a kind, to be released; NULL: no such kind, or not refreshed yet. */
const struct roster *roster_take(struct rosters *x, Str kind);
void roster_release(const struct roster *r); /* NULL is fine */

/* The runs whose results lie behind the kind's fields: of each rule document the one in force, the
 * one before it, and one that is newer but not published. Names are of columns; empty: none. */
enum outcome_when { OUTCOME_NOW, OUTCOME_BEFORE, OUTCOME_DRAFT };
struct outcome {
    Str document, title;
    enum outcome_when when;
    int64_t run;
    enum rule_status status;
    Str score, grade, rank; /* the document's first of each */
};
size_t roster_outcomes(const struct roster *r, const struct outcome **out);

/* The kinds there are rosters of, in order of their documents. */
size_t rosters_kinds(struct rosters *x, struct arena *keep, Str **kind);

/* The subject of an identity, of a merged one the subject it went into; false: none. */
bool roster_find(const struct roster *r, Str identity, int64_t *subject);
/* Row of a subject, or -1. */
int64_t roster_row(const struct roster *r, int64_t subject);
/* Which run field `i` of its document is a result of, 0 for a field of the kind. False: it is but
 * the higher end of another, and nothing to show. */
bool roster_field_run(const struct roster *r, uint32_t i, int64_t *run);
/* Bytes it holds alone, without what it shares with older ones. */
size_t roster_bytes(const struct roster *r);

#endif
