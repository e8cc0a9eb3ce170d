/* audit.h - what the audit verbs have in common. */
#ifndef GECI_CMD_AUDIT_H
#define GECI_CMD_AUDIT_H

#include "audit/verify.h"
#include "cmd/cli.h"

/* The tables of the store that are derived by code, with who derives them again. */
extern const struct audit_derived AUDIT_DERIVED[];
extern const size_t AUDIT_DERIVED_N;

/* The private key of --key; an exit code. */
int audit_private(struct cli *c, struct sign_private **out);

#endif
