/* account.h - accounts, the roles they hold, and roles lent from one to another.
 *
 * An account is on one side for good (role.h), works for one locality, subject or organisation for
 * good, and is never deleted: acts are signed with its name. Everything here is rows of acts; the
 * last row holds.
 */
#ifndef GECI_ACCESS_ACCOUNT_H
#define GECI_ACCESS_ACCOUNT_H

#include "access/access.h"
#include "access/caller.h"
#include "base/day.h"

enum account_state { ACCOUNT_OPEN = 1, ACCOUNT_LOCKED, ACCOUNT_CLOSED }; /* stored */

struct account {
    int64_t account;
    Str name, title; /* to log in with; whose it is */
    enum side side;
    Str locality;    /* SIDE_TOWN */
    int64_t subject; /* SIDE_ENTERPRISE, _CARRIER, _INSTITUTE; _EXPERT, if any; or 0 */
    Str subject_kind, subject_identity;
    Str organisation; /* SIDE_BANK */
    enum account_state state;
    bool second; /* has an authenticator */
};

/* 2 to 64 letters (a-z, Chinese), digits and . _ - @; not a name that a part of the program signs
 * acts with. */
bool account_name_ok(Str name);
/* As it is looked up: A-Z are a-z. */
Str account_name_fold(struct arena *keep, Str name);

/* Adds the account `in` (its number and state aside) with one role of its side. */
NODISCARD enum status account_add(struct access_desk *d, const struct account *in, enum role role,
                                  int64_t *out);
/* A role given or taken away. ERR_DENIED: it is not of the account's side. */
NODISCARD enum status account_role(struct access_desk *d, int64_t account, enum role role,
                                   bool given);
/* Locked and closed accounts lose their sessions; nothing reopens a closed one. */
NODISCARD enum status account_state(struct access_desk *d, int64_t account,
                                    enum account_state state, Str why);
/* The password, of which password_hash has made `kept`. Ends all sessions but `session`. */
NODISCARD enum status account_password(struct access_desk *d, int64_t account, Str kept,
                                       bool must_change, int64_t session);

struct lending {
    int64_t lender, borrower;
    enum role role;
    Day first, last; /* both days included, a year at most */
    Str why;
};
/* The lender's own role, to somebody of the same side, place, subject and organisation; never an
 * admin's. */
NODISCARD enum status account_lend(struct access_desk *d, const struct lending *in, int64_t *out);
/* Early, by lender or borrower. `by` 0: by whoever may end anybody's. */
NODISCARD enum status account_lend_end(struct access_desk *d, int64_t delegation, int64_t by);

/* Reading: ERR_GONE when there is none. */
NODISCARD enum status account_find(struct db_conn *c, struct arena *keep, Str county, Str name,
                                   int64_t *out);
NODISCARD enum status account_get(struct db_conn *c, struct arena *keep, Str county,
                                  int64_t account, struct account *out);
/* ROLE_BIT of its own roles, and of those lent to it on a day. */
NODISCARD enum status account_roles(struct db_conn *c, Str county, int64_t account, Day day,
                                    uint32_t *own, uint32_t *lent);
/* The caller that the account is now; ERR_GONE: it is not open. Session, token, scopes and
 * stepped_up are for session.c and token.c to say. */
NODISCARD enum status account_caller(const struct access_view *v, int64_t account,
                                     struct caller *out);

#endif
