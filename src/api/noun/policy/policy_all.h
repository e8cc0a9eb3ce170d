/* policy_all.h - the policies of one document for every subject of its kind. */
#ifndef GECI_API_POLICY_ALL_H
#define GECI_API_POLICY_ALL_H

#include "api/call.h"
#include "base/day.h"
#include "entitle/entitle.h"

struct dataset;
struct result;

struct everybody {
    struct call *c;
    const struct entitle *e;
    struct dataset *data;   /* rows by identity */
    const int64_t *subject; /* of each row: its number */
    struct result *res;
};
/* The facts of `day` as they were known after an act (RECORD_NOW: as they are). */
NODISCARD enum status everybody_facts(struct everybody *x, Day day, int64_t until_act);
/* What they come to, on a day and for a year. */
NODISCARD enum status everybody_evaluate(struct everybody *x, Day day, int period);

#endif
