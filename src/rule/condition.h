/* condition.h - one condition over the fields and items of a document that is compiled already:
 * what somebody looks for, such as `研发费用 / 销售收入 >= 5% 且 主产业链 = 智能装备`. */
#ifndef GECI_RULE_CONDITION_H
#define GECI_RULE_CONDITION_H

#include "rule/model.h"

struct condition {
    Str text;              /* empty: only what is also to hold */
    struct expr *also;     /* made by make.h over the fields and items of the document; or NULL */
    struct labels *labels; /* of the data it will be asked of; texts are added to them */
    uint64_t cost_max; /* a comparison costs 1, a logarithm 300, over 3 years three times as much */
};

/* *out is `base` and gates behind its items, which must all be met: one for each part of an 且. It
 * shares what `base` holds and leaves it as it is. A field or item of `base` without a name cannot
 * be referred to. Opposite a text (= ≠ 在) a name that nothing has is a text itself. ERR_INPUT:
 * diagnostics over c->text; ERR_LIMIT: it would cost more than it may, nothing is reported. */
NODISCARD enum status rule_condition(struct arena *keep, struct rules **out,
                                     const struct rules *base, const struct condition *c,
                                     struct diags *ds);

#endif
