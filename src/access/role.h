/* role.h - the seventeen roles and the one table of their names.
 *
 * A role is a number in code, a bit in a set, a word in documents, in JSON and in the store, and a
 * name on the screen. Numbers stand in the store: new roles go before ROLE_N, none is ever reused.
 */
#ifndef GECI_ACCESS_ROLE_H
#define GECI_ACCESS_ROLE_H

#include "base/base.h"

enum role {
    ROLE_PUBLIC,     /* anybody, also without an account */
    ROLE_OFFICER,    /* county bureau: takes applications and reports in */
    ROLE_REVIEWER,   /* county bureau: the second pair of eyes */
    ROLE_LEADER,     /* county bureau: decides */
    ROLE_AUTHOR,     /* writes rule documents */
    ROLE_TOWN,       /* a zone or town: sees its own locality */
    ROLE_ENTERPRISE, /* these four: a subject's own people */
    ROLE_CARRIER,
    ROLE_INSTITUTE,
    ROLE_EXPERT,
    ROLE_BANK,           /* bank or fund: what enterprises consent to */
    ROLE_JUDGE,          /* judges what is assigned */
    ROLE_FINANCE,        /* pays */
    ROLE_AUDITOR,        /* reads everything, changes nothing */
    ROLE_SYSTEM_ADMIN,   /* the three admins: configuration .. */
    ROLE_SECURITY_ADMIN, /* .. accounts and roles .. */
    ROLE_AUDIT_ADMIN,    /* .. and the record of what the two did */
    ROLE_N
};

/* Sets of roles. */
#define ROLE_BIT(role) ((uint32_t)1 << (role))

enum {
    ROLES_ALL = (1 << ROLE_N) - 1,
    ROLES_ADMIN = 1 << ROLE_SYSTEM_ADMIN | 1 << ROLE_SECURITY_ADMIN | 1 << ROLE_AUDIT_ADMIN,
    /* See every subject's rows. */
    ROLES_OFFICE = 1 << ROLE_OFFICER | 1 << ROLE_REVIEWER | 1 << ROLE_LEADER | 1 << ROLE_AUTHOR |
                   1 << ROLE_FINANCE | 1 << ROLE_AUDITOR,
    /* See the rows of their account's own subject. */
    ROLES_SUBJECT =
        1 << ROLE_ENTERPRISE | 1 << ROLE_CARRIER | 1 << ROLE_INSTITUTE | 1 << ROLE_EXPERT,
};

/* An account is on one side for good and holds roles of that side alone; who changes sides gets
 * another account. So no admin is ever also an officer, no auditor decides, nobody decides and
 * pays. Numbers stand in the store. */
enum side {
    SIDE_NONE,   /* of the public, which is not given to anybody */
    SIDE_BUREAU, /* officer, reviewer, leader, rule author */
    SIDE_TOWN,
    SIDE_ENTERPRISE,
    SIDE_CARRIER,
    SIDE_INSTITUTE,
    SIDE_EXPERT, /* expert, judge */
    SIDE_BANK,
    SIDE_FINANCE,
    SIDE_AUDITOR,
    SIDE_SYSTEM_ADMIN,
    SIDE_SECURITY_ADMIN,
    SIDE_AUDIT_ADMIN,
    SIDE_N
};

struct role_name {
    const char *word; /* "system_admin" */
    const char *zh, *en;
};

const struct role_name *role_name(enum role role); /* never NULL; ASSERTs role < ROLE_N */
/* By word or Chinese name; false: there is no such role. */
bool role_find(Str name, enum role *out);
/* Its bit (ROLE_BIT) alike; for case types, which know no roles (matter/matter.h). */
bool role_find_bit(Str name, uint32_t *bit);
enum side role_side(enum role role);

#endif
