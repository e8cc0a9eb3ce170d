/* caller.h - who is asking: made once a request from a session or a token, then only read.
 *
 * Rights of a caller are all here, delegations included, so that everything above decides by a
 * value and never asks the store again. A zeroed caller is the public. Its texts live on the
 * request's arena.
 */
#ifndef GECI_ACCESS_CALLER_H
#define GECI_ACCESS_CALLER_H

#include "access/role.h"
#include "base/base.h"

/* What a token may be used for, a bit each; a session may do whatever its roles allow. */
enum token_scope {
    TOKEN_READ = 1,
    TOKEN_WRITE = 2,
    TOKEN_IMPORT = 4,
    TOKEN_EXPORT = 8,
    TOKEN_RUN = 16,
    TOKEN_LEDGER = 32,
    TOKEN_RULES = 64,
    TOKEN_ADMIN = 128,
    TOKEN_SCREEN = 256, /* the cockpit's figures alone, for a screen on a wall */
    TOKEN_ALL = 511,
    TOKEN_LOOK = TOKEN_READ | TOKEN_SCREEN, /* of routes that either opens */
};

struct caller {
    int64_t account; /* 0: nobody in particular */
    Str name;        /* of the account, as it signs acts; "" for the public */
    Str county;
    uint32_t roles;   /* ROLE_BIT each; own ones and those lent by a delegation in force */
    Str locality;     /* of a town's account */
    int64_t subject;  /* of a subject's account, 0 otherwise */
    Str subject_kind; /* its kind: enterprise, carrier .. */
    Str organisation; /* of a bank's account */
    uint32_t scopes;  /* enum token_scope */
    bool stepped_up;  /* proved who they are within the last five minutes */
    bool must_change; /* logged in with a password that somebody else knows: may only change it */
    int64_t session;  /* of these two one is not 0 unless account is 0 */
    int64_t token;
    int64_t now_us; /* of this request: microseconds since 1970 UTC */
    /* Until then all this stays as it is while the store does; what is to be noted of the use of a
     * session or a token is a change, too. */
    int64_t until_us;
};

static inline bool caller_has(const struct caller *c, enum role role)
{
    return (c->roles & ROLE_BIT(role)) != 0;
}

#endif
