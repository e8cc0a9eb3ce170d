/* oidc.h - somebody whom another house vouches for (OpenID Connect) comes in.
 *
 * The house is believed about who it is and which roles they hold; whose account that is, which
 * side it is on and whether it is open is decided here. An account is found by the house's own
 * number of a person alone, never by a name, and made at the first visit.
 */
#ifndef GECI_ACCESS_OIDC_H
#define GECI_ACCESS_OIDC_H

#include "access/login.h"

struct oidc_person {
    Str issuer, person; /* `iss` and `sub` */
    Str name, title;    /* to sign acts with; whose it is */
    uint32_t roles;     /* ROLE_BIT each, of one side */
    Str locality;       /* of a town */
};

struct oidc_visit {
    Str source, agent;
    int64_t session; /* proves themselves again in this session; 0: logs in */
};

/* On the writer's thread, in an act of its own. Roles of the account become those of the person.
 * *wrong: why not, in the words of the record (role, side, name, place, state, session); NULL: *out
 * is as of login_end. ERR_GONE: *wrong, and nobody there to be told of: to be undone. */
NODISCARD enum status oidc_enter(const struct access_view *v, const struct oidc_person *p,
                                 const struct oidc_visit *visit, struct login_answer *out,
                                 const char **wrong);

#endif
