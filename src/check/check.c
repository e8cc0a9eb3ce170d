#include "check/check.h"

#include "base/diag.h"
#include "rule/model.h"

enum status check_load(struct arena *keep, struct rules **out, Str file, Str text, struct diags *ds)
{
    size_t before = ds->error_n;
    TRY(rule_load(keep, out, file, text, ds));
    check_tables(keep, *out, ds);
    check_scores(keep, *out, ds);
    check_sources(keep, *out, ds);
    return ds->error_n == before ? OK : ERR_INPUT;
}
