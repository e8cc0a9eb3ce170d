#include "rule/check.h"

void check_scores(struct arena *tmp, const struct rules *r, struct diags *ds)
{
    (void)tmp, (void)r, (void)ds;
}
