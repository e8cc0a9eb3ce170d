/* verb_int.h - the verbs, in lists that end with a row without a name. */
#ifndef GECI_CMD_VERB_INT_H
#define GECI_CMD_VERB_INT_H

#include "cmd/verb/verb.h"

extern const struct verb VERBS_ENGINE[], VERBS_STORE[], VERBS_AUDIT[], VERBS_LEDGER[],
    VERBS_SERVER[], VERBS_ACCESS[], VERBS_MATCH[], VERBS_CASE[];

#endif
