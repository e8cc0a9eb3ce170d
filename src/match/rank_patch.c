/* rank_patch.c - an index a few documents on.
 *
 *     lists of the whole one   0 1 2 x 4 x 6            x: gone; passed over by whoever adds up
 *     lists of what came                     7 8 9      and counted out of how many have a gram
 *
 * How rare a gram is, and so every score, is of the documents that are there now. What a document
 * says by itself hangs on the others by mean lengths alone: where one is another, there is no
 * patch.
 */
#include <string.h>

#include "base/arena.h"
#include "match/rank_int.h"
#include "match/sense.h"

static bool measures_alike(const struct rank_measure *a, const struct rank_measure *b)
{
    for (size_t k = 0; k < RANK_FIELDS; k++)
        if (a->o.weight[k] > 0 && a->mean[k] != b->mean[k])
            return false;
    return true;
}

static struct rank_doc *gone_docs(struct arena *tmp, const struct rank_patch *p)
{
    struct rank_doc *d = arena_raw(tmp, p->gone_n + 1, sizeof *d);
    for (uint32_t i = 0; i < p->gone_n; i++)
        d[i] = p->doc[p->gone[i]];
    return d;
}

static void patch_lists(struct rank_index *x, const struct rank_patch *p,
                        const struct rank_doc *gone)
{
    struct pairs pairs;
    rank_list_docs(x, &pairs, p->late, p->late_n, x->whole_n);
    lists_make(x->own, &x->late, &pairs);
    rank_list_docs(x, &pairs, gone, p->gone_n, 0);
    lists_make(x->own, &x->taken, &pairs);
    x->gone = ARENA_ARRAY(x->own, uint64_t, x->n / 64 + 1);
    for (uint32_t i = 0; i < p->gone_n; i++)
        x->gone[p->gone[i] / 64] |= 1ULL << p->gone[i] % 64;
}

static void patch_docs(struct rank_index *x, const struct rank_index *whole,
                       const struct rank_patch *p)
{
    x->id = arena_raw(x->own, x->n + 1, sizeof *x->id);
    memcpy(x->id, whole->id, whole->n * sizeof *x->id);
    for (uint32_t i = 0; i < p->late_n; i++)
        x->id[whole->n + i] = p->late[i].id;
    x->length = NULL;
    rank_measure_docs(x);
    if (x->sense == NULL)
        return;
    x->late_vector = arena_raw(x->own, (size_t)p->late_n * SENSE_SIZE + 1, 1);
    rank_sense_docs(x, p->late, p->late_n, x->late_vector);
}

struct rank_index *rank_patch(const struct rank_index *whole, const struct rank_patch *p)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    struct rank_index *x = ARENA_NEW(own, struct rank_index);
    const struct rank_doc *gone = gone_docs(tmp, p);
    ASSERT(whole->gone == NULL && whole->n + p->late_n < RANK_DOCS_MAX);
    *x = *whole;
    x->own = own;
    x->n = whole->n + p->late_n;
    x->there_n = x->n - p->gone_n;
    rank_measure_lengths(&x->measure, gone, p->gone_n, true);
    rank_measure_lengths(&x->measure, p->late, p->late_n, false);
    rank_measure_mean(&x->measure, x->there_n);
    bool alike = measures_alike(&x->measure, &whole->measure);
    if (alike) {
        patch_lists(x, p, gone);
        patch_docs(x, whole, p);
    } else {
        arena_close(own);
    }
    arena_close(tmp);
    return alike ? x : NULL;
}
