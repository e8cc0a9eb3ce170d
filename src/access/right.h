/* right.h - which rows a caller reaches, and how much of them is shown.
 *
 *     rows      office: all; town: its locality; enterprise, carrier, institute, expert: their own;
 *               bank: those that consent; judge, expert: those assigned; admins, public: none
 *     values    public, internal, sensitive (enum protection) by what the caller is to the subject;
 *               personal ones masked, but to the subject itself; secrets have no way out at all
 *
 * Both are asked for each request, so what was revoked is gone with the next.
 */
#ifndef GECI_ACCESS_RIGHT_H
#define GECI_ACCESS_RIGHT_H

#include "access/access.h"
#include "access/caller.h"
#include "db/db.h"
#include "query/scope.h"
#include "rule/model.h"

/* The rows of a kind that the caller reaches. `only`: of one subject, which may be seen in more
 * fields than all of a list together; 0: of all. */
NODISCARD enum status access_scope(struct db_conn *c, struct arena *keep, const struct caller *who,
                                   Str kind, int64_t only, struct scope *out);

/* Whose reports the caller could reach at all, for the store's second net: a bank's and a
 * judge's are known only with the scope of a kind. */
struct db_reach access_reach(const struct caller *who, const struct scope *known);

/* What the caller is to one subject, within the scope of its kind. */
enum relation {
    RELATION_NONE,
    RELATION_OWN,
    RELATION_OFFICE,
    RELATION_LOCALITY,
    RELATION_CONSENT, /* in the fields of the scope only */
    RELATION_ASSIGNED,
    RELATION_N
};
enum relation access_relation(const struct caller *who, const struct scope *s, int64_t subject,
                              Str locality);

enum sight { SIGHT_NONE, SIGHT_MASKED, SIGHT_CLEAR };
enum sight access_may_see(const struct caller *who, enum protection p, enum relation r);
/* May they ask for a masked value in clear, with a reason that is kept? */
bool access_may_unmask(const struct caller *who, enum relation r);

/* Whom the caller works with: one side, and within it one town, subject or bank. Is kept. */
Str access_team(struct arena *keep, const struct caller *who);

/* 13812345678 -> 138****5678; 张三丰 -> 张**. Letters, not bytes; never all of them. */
Str access_mask(struct arena *keep, Str value);

#endif
