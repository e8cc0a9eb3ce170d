/* audit_derived.c - the derived tables that no statement can make, and who makes them again. */
#include "cmd/audit.h"
#include "record/record.h"

const struct audit_derived AUDIT_DERIVED[] = {{"subject_now", record_now_check}};
const size_t AUDIT_DERIVED_N = ARRAY_N(AUDIT_DERIVED);
