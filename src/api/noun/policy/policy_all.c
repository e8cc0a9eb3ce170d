#include "api/noun/policy/policy_all.h"

#include "record/record.h"

enum status everybody_facts(struct everybody *x, Day day, int64_t until_act)
{
    struct record_facts facts;
    struct call *c = x->c;
    struct record_asked q = {.county = c->county,
                             .kind = x->e->rules->subject,
                             .as = x->e->rules,
                             .day = day,
                             .until_act = until_act};
    TRY(record_facts(c->conn, c->arena, &facts, &q));
    x->data = facts.data;
    x->subject = facts.subject;
    return OK;
}

enum status everybody_evaluate(struct everybody *x, Day day, int period)
{
    struct plan *p;
    struct call *c = x->c;
    struct eval_opts o = {.as_of = day, .period = period, .values_only = true};
    TRY(plan_build(c->arena, &p, x->e->rules, day, period, &c->diags));
    return eval_run(c->arena, &x->res, p, x->data, &o, &c->diags);
}
