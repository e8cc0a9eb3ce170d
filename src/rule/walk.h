/* walk.h - every node of expressions, each table once. */
#ifndef GECI_RULE_WALK_H
#define GECI_RULE_WALK_H

#include "rule/model.h"

typedef void walk_visit(void *arg, const struct expr *e);

/* Set visit, arg and tmp. Tables met so far: open addressing on the pointer, at most half full;
 * score forms share nodes, so a table may be reached by several ways. */
struct walker {
    walk_visit *visit;
    void *arg;
    struct arena *tmp;
    const struct table **seen;
    size_t n, cap;
};

/* NULL is no expression. */
void walk_expr(struct walker *w, const struct expr *e);
void walk_list(struct walker *w, struct expr *const *e, uint32_t n);
void walk_pop(struct walker *w, const struct pop *pop);

#endif
