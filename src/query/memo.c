/* memo.c - questions that were asked of this very roster before: what a filter let through,
 * and which rows a page had. A roster never changes, so these stay right until it goes; scope and
 * day are in the key. A table of a fixed size, the newer in the older's place.
 *
 * Why: everybody's first page is asked for again and again; the next page repeats its filter. */
#include <string.h>

#include "os/thread.h"
#include "query/query_int.h"

enum { SELECTIONS = 128, PAGES = 64 };

struct kept {
    Sha256 key;
    bool there;
    int period; /* of a selection */
    struct query_counts counts;
    uint64_t *rows; /* room for a bit each */
    uint32_t *row;  /* of a page, room for QUERY_LIMIT_MAX + 1 */
    size_t n;
};

struct memo {
    struct arena *arena;
    struct kept selection[SELECTIONS], page[PAGES];
};

static struct memo *memo_of(const struct roster *r)
{
    if (r->own->memo == NULL) {
        struct arena *a = arena_open();
        r->own->memo = ARENA_NEW(a, struct memo);
        r->own->memo->arena = a;
    }
    return r->own->memo;
}

void memo_close(struct memo *m)
{
    if (m != NULL)
        arena_close(m->arena);
}

Sha256 memo_key(Sha256 digest, Day today, uint32_t limit, Str cursor)
{
    struct sha256 h;
    int64_t part[] = {today, limit};
    sha256_init(&h);
    sha256_add(&h, sha256_str(&digest));
    sha256_add(&h, (Str){(const char *)part, sizeof part});
    sha256_add(&h, cursor);
    return sha256_end(&h);
}

static struct kept *place(struct kept *at, size_t n, Sha256 key)
{
    return &at[key.byte[0] % n];
}

static bool is(const struct kept *k, Sha256 key)
{
    return k->there && memcmp(&k->key, &key, sizeof key) == 0;
}

bool memo_selection(struct selection *s, Sha256 key)
{
    const struct roster *r = s->roster;
    lock_take(r->own->lock);
    const struct kept *k = place(memo_of(r)->selection, SELECTIONS, key);
    bool found = is(k, key);
    if (found) {
        memcpy(s->rows, k->rows, vec_words(r->data->row_n) * sizeof *k->rows);
        s->counts = k->counts;
        s->period = k->period;
    }
    lock_give(r->own->lock);
    return found;
}

void memo_keep_selection(const struct selection *s, Sha256 key)
{
    const struct roster *r = s->roster;
    size_t words = vec_words(r->data->row_n);
    lock_take(r->own->lock);
    struct memo *m = memo_of(r);
    struct kept *k = place(m->selection, SELECTIONS, key);
    if (k->rows == NULL)
        k->rows = ARENA_ARRAY(m->arena, uint64_t, words + 1);
    memcpy(k->rows, s->rows, words * sizeof *k->rows);
    k->counts = s->counts;
    k->period = s->period;
    k->key = key;
    k->there = true;
    lock_give(r->own->lock);
}

bool memo_page(const struct roster *r, Sha256 key, uint32_t *row, size_t *n)
{
    lock_take(r->own->lock);
    const struct kept *k = place(memo_of(r)->page, PAGES, key);
    bool found = is(k, key);
    if (found) {
        *n = k->n;
        memcpy(row, k->row, k->n * sizeof *row);
    }
    lock_give(r->own->lock);
    return found;
}

void memo_keep_page(const struct roster *r, Sha256 key, const uint32_t *row, size_t n)
{
    lock_take(r->own->lock);
    struct memo *m = memo_of(r);
    struct kept *k = place(m->page, PAGES, key);
    ASSERT(n <= QUERY_LIMIT_MAX + 1);
    if (k->row == NULL)
        k->row = ARENA_ARRAY(m->arena, uint32_t, QUERY_LIMIT_MAX + 1);
    memcpy(k->row, row, n * sizeof *row);
    k->n = n;
    k->key = key;
    k->there = true;
    lock_give(r->own->lock);
}
