/* world.h - a small made-up county for tests of queries, from a seed, as it is and with what some
 * caller must not see made otherwise.
 *
 *     rows of two towns and none, figures of three years, gaps, ties, names alike
 */
#ifndef GECI_TEST_QUERY_WORLD_H
#define GECI_TEST_QUERY_WORLD_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "query/query.h"
#include "test/help/store.h"
#include "test/t.h"

struct dice {
    uint64_t state;
};
uint32_t roll(struct dice *d, uint32_t n); /* 0 .. n - 1 */

struct world {
    struct arena *a; /* of the rosters; NULL: the store's */
    struct rosters *rosters;
    const struct roster *r; /* of 企业, taken */
};

/* 120 rows, subjects 1 to 120; of these 1 to 40 lie in 320582100. Worlds of different `hidden`
 * differ in the rows 41 and up and, if `private`, in what is not public of the others. On the
 * store that is open; the roster outlives it. */
struct world world_make(uint64_t seed, uint64_t hidden, bool private);
void world_end(struct world *w);

/* A report at second s of a table; brings nothing up to date. */
void world_report(int64_t s, const char *csv);
void world_refresh(struct world *w);
/* Every cell of the roster, and what q looks in. */
Str world_text(struct arena *a, const struct roster *r);

/* Anything that may be asked, and the whole answer as text: pages to the last one, facets, spreads;
 * what was refused by its codes, spans and words. */
void world_answer(struct buf *b, const struct roster *r, const struct scope *s, struct dice *d);

/* Subjects in the order of an answer, "3 17 40", or codes of what is wrong. */
Str world_list(const struct roster *r, const struct scope *s, const struct query_ask *ask,
               const char *sort);

extern const struct scope everything;

#endif
