/* case.h - what the verbs `case ..` share. */
#ifndef GECI_CMD_STORE_CASE_H
#define GECI_CMD_STORE_CASE_H

#include "cmd/store/store.h"
#include "flow/flow.h"

/* --role: names of roles with commas, or 本人 (own): who acts as the subject `own`. Exit code. */
int case_person(struct cli *c, Str actor, int64_t own, struct flow_person *out);
/* The number of a case from the first operand. */
int case_number(struct cli *c, int64_t *out);
/* --today, or today. */
int case_today(struct cli *c, Day *out);

#endif
