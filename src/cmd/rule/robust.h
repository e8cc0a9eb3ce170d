/* robust.h - what the verb `robust` prints, in words (robust.c) and as JSON (robust_json.c). */
#ifndef GECI_CMD_ROBUST_H
#define GECI_CMD_ROBUST_H

#include "cmd/job.h"
#include "robust/robust.h"

struct robust_view {
    struct cli *c;
    const struct job *j;
    const struct robust *r;
};

/* part / whole with `digits` decimals, half up; a whole of 0 gives 0. */
Str robust_ratio(struct cli *c, uint64_t part, uint64_t whole, int digits);
/* What a factor is called: "研发@初创期". */
Str robust_factor_name(const struct robust_view *v, uint32_t factor);
void robust_json(const struct robust_view *v);

#endif
