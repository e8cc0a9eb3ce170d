/* doctor.h - findings of the verb `doctor`. */
#ifndef GECI_CMD_DOCTOR_H
#define GECI_CMD_DOCTOR_H

#include "cmd/cli.h"

struct doctor;

void doctor_tell(struct doctor *d, const char *zh, const char *en, bool good, Str text);
/* What does not matter is only told. */
void doctor_remark(struct doctor *d, const char *zh, const char *en, Str text);

/* The store of --db. */
void doctor_store(struct doctor *d, struct cli *c);

#endif
