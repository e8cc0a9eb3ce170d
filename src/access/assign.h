/* assign.h - what judges and experts are given to judge, and what ties them to it.
 *
 * Whoever works or worked in the last three years for a subject, is kin of its people, holds a
 * patent with it, or comes from its town does not judge it: such an assignment is refused.
 */
#ifndef GECI_ACCESS_ASSIGN_H
#define GECI_ACCESS_ASSIGN_H

#include "access/access.h"
#include "access/caller.h"
#include "base/day.h"

enum tie_kind { TIE_EMPLOYER = 1, TIE_KIN, TIE_PATENT, TIE_TOWN, TIE_OTHER, TIE_N }; /* stored */
enum { TIE_YEARS = 3 };

Str tie_word(enum tie_kind kind, bool zh);

struct tie {
    int64_t account, subject;
    enum tie_kind kind;
    bool ended;
    Day last; /* when it ended */
    Str why;
};
/* Of one kind the last that was told holds. */
NODISCARD enum status assign_tie(struct access_desk *d, const struct tie *in);
/* Is there a conflict of interest today? `why`: its kind. */
NODISCARD enum status assign_conflict(const struct access_view *v, int64_t account, int64_t subject,
                                      bool *conflict, enum tie_kind *why);

struct assignment {
    int64_t number, account, subject;
    Str kind; /* of the subject */
    Str task;
    Day last;
};
/* ERR_DENIED: the account is no judge's, or there is a conflict. */
NODISCARD enum status assign_give(struct access_desk *d, const struct assignment *in,
                                  int64_t *number);
/* Taken back, or recused. */
NODISCARD enum status assign_end(struct access_desk *d, int64_t number, Str why);
/* In force for the caller and without a conflict today, by subject. */
NODISCARD enum status assign_all(struct db_conn *c, struct arena *keep, const struct caller *who,
                                 struct assignment **out, size_t *n);

#endif
