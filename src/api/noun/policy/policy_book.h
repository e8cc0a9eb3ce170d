/* policy_book.h - the policies of published documents, compiled, as long as none is published or
 * withdrawn. Threads: any that may wait; a book is immutable and counted.
 */
#ifndef GECI_API_POLICY_BOOK_H
#define GECI_API_POLICY_BOOK_H

#include "api_types.h"
#include "base/day.h"
#include "base/diag.h"
#include "entitle/entitle.h"

struct call;
struct policy_books;

struct policy_source {  /* a document */
    int64_t entry, act; /* act: that published it */
    const struct entitle *e;
    bool population; /* what it gives to one depends on others */
};
struct policy_book {
    struct policy_source *at;
    size_t n;
    int *users; /* of its own memory, under the books' lock */
    struct arena *arena;
    Str mark; /* which entries these are */
};

struct policy_books *policy_books_open(struct arena *keep);
void policy_books_close(struct policy_books *b);
/* To be given back. */
NODISCARD enum status policy_book_take(struct call *c, const struct policy_book **out);
void policy_book_give(struct call *c, const struct policy_book *book);

/* `12.3`: the third policy of entry 12, from 0. */
Str policy_id(struct arena *keep, const struct policy_source *s, uint32_t policy);
/* False: there is none of that name. */
bool policy_find(const struct policy_book *b, Str id, const struct policy_source **s,
                 uint32_t *policy);
/* What the ledger and those who were told know it by: its code, or its name where it has none. */
Str policy_key(Str code, Str name);
/* Both ends of a sum as they cross. */
struct api_policy_money policy_range(struct call *c, Money m);
bool policy_in_force(const struct rules *r, Day day);

#endif
