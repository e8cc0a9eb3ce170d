/* audit.h - what the audit verbs have in common. */
#ifndef GECI_CMD_AUDIT_H
#define GECI_CMD_AUDIT_H

#include "audit/verify.h"
#include "cmd/cli.h"

/* The tables of the store that are derived by code, with who derives them again. */
extern const struct audit_derived AUDIT_DERIVED[];
extern const size_t AUDIT_DERIVED_N;

/* 2026-11-22 16:30:00, as the clocks on the wall showed. */
Str audit_when(struct cli *c, int64_t at_us);
/* The private key of --key; an exit code. */
int audit_private(struct cli *c, struct sign_private **out);

#endif
