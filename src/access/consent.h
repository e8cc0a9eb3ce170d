/* consent.h - what an enterprise lets a bank or fund see, or a model outside be told: which fields,
 * for what, until when.
 *
 * A consent is read at each request, so one revoked is gone with the next.
 */
#ifndef GECI_ACCESS_CONSENT_H
#define GECI_ACCESS_CONSENT_H

#include "access/access.h"
#include "access/caller.h"

enum { CONSENT_FIELDS_MAX = 200, CONSENT_DAYS_MAX = 3 * 366 };

struct consent {
    int64_t number, subject;
    Str kind; /* of the subject */
    Str organisation, purpose;
    const Str *field; /* names of fields, ascending */
    size_t field_n;
    int64_t until_us;
};

/* By the subject's own people: ERR_DENIED to anybody else. */
NODISCARD enum status consent_give(struct access_desk *d, const struct caller *who,
                                   const struct consent *in, int64_t *number);
NODISCARD enum status consent_revoke(struct access_desk *d, const struct caller *who,
                                     int64_t number);

/* In force for this caller's organisation, by subject; none for whoever is no bank. */
NODISCARD enum status consent_all(struct db_conn *c, struct arena *keep, const struct caller *who,
                                  struct consent **out, size_t *n);
/* Likewise of the organisation of `like`, which has no account here, and for its purpose alone. */
NODISCARD enum status consent_for(struct db_conn *c, struct arena *keep, const struct caller *who,
                                  const struct consent *like, struct consent **out, size_t *n);
/* Whether one of them lets this field of this subject be seen. */
bool consent_covers(const struct consent *all, size_t n, int64_t subject, Str field);

#endif
