/* verify_int.h - between verify.c, which follows the chain, and verify_rest.c, which looks at all
 * that is no act and no sealed row. */
#ifndef GECI_AUDIT_VERIFY_INT_H
#define GECI_AUDIT_VERIFY_INT_H

#include "audit/verify.h"

struct verify {
    struct db_conn *conn;
    struct arena *keep;
    struct audit_found *out;
    const struct audit_asked *q;
    struct diags *ds;
};

/* Reports, and returns OK: the search goes on. */
enum status audit_tell(struct verify *v, enum diag_code code, Str a0, Str a1, Str a2);

NODISCARD enum status audit_verify_rest(struct verify *v);

#endif
