/* login.h - proving who one is, within budgets, in three steps that suit three threads:
 *
 *     login_begin    writer's thread    charges the budgets, fetches what is kept of the account
 *     login_verify   a worker           hashes the password: slow on purpose
 *     login_end      writer's thread    second factor, the act, the cookie; gives the charge back
 *
 * The same three steps prove somebody again within a session (step-up) and change a password. An
 * answer is yes or no and never says which of name, password, code, state or budget it was; an
 * unknown name costs the same time as a known one.
 *
 * Budgets refill with time and are charged before anything is looked at, for the name as it was
 * typed, for the address (of IPv6 its /64) and for all together; what was right costs nothing. So
 * of one account at most ten wrong tries an hour are ever evaluated, over all paths. Part of an
 * account's budget is kept for addresses it was logged in from in the last 30 days: a stranger
 * cannot lock its owner out.
 */
#ifndef GECI_ACCESS_LOGIN_H
#define GECI_ACCESS_LOGIN_H

#include "access/access.h"
#include "access/password.h"
#include "access/session.h"

struct login_ask {
    Str name, password;
    Str code;          /* of an authenticator, or a recovery code; or empty */
    Str source, agent; /* the address, and what the browser says of itself */
    Str fresh;         /* a new password; or empty */
    int64_t session;   /* prove oneself again in this session, of the account `name`; 0: log in */
};

/* Between the steps; holds a password's hash: login_wipe. */
struct login {
    bool weighed; /* within the budgets */
    bool right;   /* the password, by login_verify */
    int64_t account;
    char kept[PASSWORD_HASH_MAX];
    char fresh[PASSWORD_HASH_MAX];
    char holder[3][64]; /* whose budgets were charged: name, source, all */
};

struct login_answer {
    bool ok;
    bool must_change;
    int64_t account, session;
    Cookie cookie;
};

/* `ask->fresh` must have passed password_fault. */
NODISCARD enum status login_begin(const struct access_view *v, const struct login_ask *ask,
                                  struct login *out);
/* ERR_LIMIT: no memory for a hash. */
NODISCARD enum status login_verify(struct access *x, const struct login_ask *ask, struct login *l);
/* Begins and ends an act of its own where there is something to tell. */
NODISCARD enum status login_end(const struct access_view *v, const struct login_ask *ask,
                                const struct login *l, struct login_answer *out);
void login_wipe(struct login *l);

/* The same budgets for other credentials, by source alone: may one more be tried? Charges when so.
 * On the writer's thread. */
NODISCARD enum status login_weigh(const struct access_view *v, Str source, bool *ok);
/* Gives such a charge back: it was right. */
NODISCARD enum status login_unweigh(const struct access_view *v, Str source);
/* Only looks. */
NODISCARD enum status login_may(const struct access_view *v, Str source, bool *ok);
/* An address as budgets and sessions know it: of IPv6 the /64, IPv4 in IPv6 as IPv4. */
Str login_source(struct arena *keep, Str address);

#endif
