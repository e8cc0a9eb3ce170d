/* rulebook.h - rule documents on their way into force.
 *
 *     draft -> reviewed -> published -> withdrawn
 *         \________\______________________^
 *
 * A draft is a document that compiles; its text is kept by hash and never changes, so that another
 * wording is another entry. Whoever drafted it may not review it, and whoever reviewed it may not
 * publish it (RULEBOOK-SAME). Runs name their rules by the same hash.
 *
 * What writes is part of an act of the caller's (audit/act.h). A wrong step is RULEBOOK-STATE and
 * ERR_INPUT, an entry that is not there RULEBOOK-GONE and ERR_GONE; errors of the store as in
 * db/db.h.
 */
#ifndef GECI_RULEBOOK_RULEBOOK_H
#define GECI_RULEBOOK_RULEBOOK_H

#include "base/diag.h"
#include "base/hash.h"
#include "matter/matter.h"

struct act;
struct arena;
struct db_conn;

enum rulebook_state { /* stored */
                      RULEBOOK_DRAFT = 1,
                      RULEBOOK_REVIEWED,
                      RULEBOOK_PUBLISHED,
                      RULEBOOK_WITHDRAWN
};
const char *rulebook_state_name(enum rulebook_state s, enum lang lang);

enum { RULEBOOK_TEXT_MAX = 4 << 20 };

/* Who does it. */
struct rulebook_desk {
    struct act *act;
    Str actor;
    struct diags *diags;
    matter_role role; /* names of roles, for case types */
};

/* What is wrong with the text is in the diagnostics, with spans into it. */
NODISCARD enum status rulebook_draft(const struct rulebook_desk *d, Str text, int64_t *entry);
NODISCARD enum status rulebook_review(const struct rulebook_desk *d, int64_t entry, Str why);
NODISCARD enum status rulebook_publish(const struct rulebook_desk *d, int64_t entry, Str why);
NODISCARD enum status rulebook_withdraw(const struct rulebook_desk *d, int64_t entry, Str why);

/* Where a document is from, by the head of its text alone: official, secondary or example; empty,
 * if it does not say so there. */
Str rulebook_status(Str head);

struct rulebook_step {
    enum rulebook_state state;
    Str why, actor;
    int64_t at_us, act;
};
struct rulebook_entry {
    int64_t entry;
    Str name, version, kind;
    Sha256 hash;
    enum rulebook_state state;
    Str status;                 /* of rulebook_all */
    struct rulebook_step *step; /* in order; of rulebook_get */
    size_t step_n;
};
NODISCARD enum status rulebook_get(struct db_conn *c, struct arena *keep,
                                   struct rulebook_entry *out, Str county, int64_t entry);
NODISCARD enum status rulebook_all(struct db_conn *c, struct arena *keep,
                                   struct rulebook_entry **out, size_t *n, Str county);
NODISCARD enum status rulebook_text(struct db_conn *c, struct arena *keep, Str *out, Str county,
                                    const struct rulebook_entry *e);

#endif
