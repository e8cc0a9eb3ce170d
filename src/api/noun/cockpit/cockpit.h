/* cockpit.h - what the files of the cockpit share: a kind at a time, conditions that list what was
 * counted, where figures are from.
 *
 * An answer may be about several kinds: cockpit_open takes a kind's roster as c->roster and gives
 * the one before back, so texts that outlive it are copied. Counts are those of the very condition
 * that goes out with them, or of one pass over the rows that test/cockpit holds against it.
 */
#ifndef GECI_API_COCKPIT_H
#define GECI_API_COCKPIT_H

#include "api/api.h"
#include "api/call.h"
#include "api_types.h"
#include "query/query.h"

struct outcome;

/* The roster of a kind, within the caller's scope. ERR_GONE: no such kind. */
NODISCARD enum status cockpit_open(struct call *c, Str kind);
/* The rows that meet a condition; empty: all. */
NODISCARD enum status cockpit_select(struct call *c, Str where, struct selection **out);
NODISCARD enum status cockpit_count(struct call *c, Str name, Str where,
                                    struct api_cockpit_count *out);

/* --- conditions --- */

Str cockpit_is(struct call *c, Str field, Str value); /* empty: nothing is known there */
Str cockpit_within(struct call *c, Str field, Str region);
Str cockpit_known(struct call *c, Str field);
Str cockpit_compared(struct call *c, Str a, const char *how, Str b); /* two fields: a > b */
Str cockpit_both(struct call *c, Str a, Str b);                      /* an empty one holds always */
Str cockpit_either(struct call *c, Str a, Str b);                    /* an empty one is left out */
Str cockpit_at(struct call *c, Str field, int64_t year);             /* 研发费用@2025 */

/* --- where figures are from --- */

struct api_cockpit_source cockpit_register(struct call *c); /* the kind's document */
NODISCARD enum status cockpit_run(struct call *c, const struct outcome *o,
                                  struct api_cockpit_source *out);
/* The outcome with a score that stands for the kind: with a grade rather than without, published
 * rather than not. NULL: none. */
const struct outcome *cockpit_outcome(struct call *c);
/* Is it in the caller's sight? Of runs that are not published only with drafts. */
bool cockpit_sees(const struct call *c, const struct outcome *o);
/* The column of a role: locality, chain, name; empty: none, or out of sight. */
Str cockpit_role(const struct call *c, enum subject_role role);

/* --- the county's pack --- */

/* Rows of a table of it, the head left out. */
struct cockpit_table {
    Str *cell; /* cell[i * columns + k] */
    size_t n, columns;
};
NODISCARD enum status cockpit_table(struct call *c, Str csv, struct cockpit_table *out);
/* The name of a locality, or its code. */
Str cockpit_place(struct call *c, const struct cockpit_table *regions, Str code);
/* The texts between semicolons; `keep`: the call's arena. */
size_t cockpit_words(struct call *c, Str text, Str **out);
enum { COCKPIT_OFFICIAL, COCKPIT_SECONDARY, COCKPIT_EXAMPLE, COCKPIT_UNSAID };
int cockpit_status(Str word); /* 官方 二手; anything else: 示例 */
int cockpit_rule_status(enum rule_status status);

#endif
