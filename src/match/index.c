/* index.c - indexes as lists of shared segments.
 *
 * A change makes one new segment of what is new, and takes smaller and equally small ones into it,
 * so that there are never more than a few: a document is written again some log2(n) times in all.
 * What was replaced or deleted in a larger segment is marked there, in a copy of its marks; a
 * segment with an eighth of its documents gone is written again without them.
 */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "match/search_int.h"

enum { MERGE_TIMES = 2, SMALL_DOCS = 1024, GONE_PART = 8 };

static struct search_index *open_index(uint32_t pieces)
{
    struct arena *own = arena_open();
    struct search_index *x = ARENA_NEW(own, struct search_index);
    x->own = own;
    x->piece = ARENA_ARRAY(own, struct piece, pieces + 1);
    return x;
}

static void add_piece(struct search_index *x, struct segment *s)
{
    s->users++;
    x->piece[x->piece_n++] = (struct piece){.segment = s};
    x->n += s->n;
}

static bool doc_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct search_doc *d = ctx;
    return d[a].id > d[b].id;
}

/* The last of each id, in order of id. */
static struct search_doc *last_of_each(struct arena *tmp, const struct search_doc *d, uint32_t *n)
{
    uint32_t *order = order_rows(tmp, *n, doc_behind, d), kept = 0;
    struct search_doc *out = arena_raw(tmp, *n + 1, sizeof *out);
    for (uint32_t i = 0; i < *n; i++) {
        if (kept > 0 && out[kept - 1].id == d[order[i]].id)
            kept--;
        out[kept++] = d[order[i]];
    }
    *n = kept;
    return out;
}

struct search_index *search_build(const struct search_doc *d, uint32_t n)
{
    struct search_index *x = open_index(1);
    struct arena *tmp = arena_open();
    struct search_doc *each = last_of_each(tmp, d, &n);
    if (n > 0)
        add_piece(x, segment_build(each, n));
    arena_close(tmp);
    return x;
}

void search_close(struct search_index *x)
{
    if (x == NULL)
        return;
    for (uint32_t i = 0; i < x->piece_n; i++)
        if (--x->piece[i].segment->users == 0)
            segment_close(x->piece[i].segment);
    arena_close(x->own);
}

/* --- a change --- */

static bool is_gone(const struct piece *p, uint32_t doc)
{
    return p->gone != NULL && (p->gone[doc / 64] >> doc % 64 & 1) != 0;
}

static void read_doc(const struct segment *s, uint32_t doc, struct search_doc *out)
{
    *out = (struct search_doc){
        .id = s->id[doc],
        .prior = s->prior[doc],
        .name = segment_text(s, doc, SEARCH_NAME),
        .former = segment_text(s, doc, SEARCH_FORMER),
        .more = segment_text(s, doc, SEARCH_MORE),
        .code = segment_text(s, doc, SEARCH_CODE),
    };
    memcpy(out->facet, s->facet[doc], SEARCH_FACETS);
}

static void set_gone(struct search_index *x, struct piece *p, uint32_t id)
{
    uint32_t doc = segment_find(p->segment, id);
    if (doc == UINT32_MAX || is_gone(p, doc))
        return;
    if (p->gone == NULL)
        p->gone = ARENA_ARRAY(x->own, uint64_t, p->segment->n / 64 + 1);
    p->gone[doc / 64] |= 1ULL << doc % 64;
    p->gone_n++;
    x->n--;
}

/* The old pieces, with marks of their own. */
static struct search_index *copy_index(const struct search_index *old)
{
    struct search_index *x = open_index(old->piece_n + 1);
    for (uint32_t i = 0; i < old->piece_n; i++) {
        const struct piece *from = &old->piece[i];
        struct piece *to = &x->piece[i];
        *to = *from;
        if (from->gone != NULL) {
            size_t n = from->segment->n / 64 + 1;
            to->gone = arena_raw(x->own, n, sizeof *to->gone);
            memcpy(to->gone, from->gone, n * sizeof *to->gone);
        }
        to->segment->users++;
    }
    x->piece_n = old->piece_n;
    x->n = old->n;
    return x;
}

static uint32_t alive(const struct piece *p)
{
    return p->segment->n - p->gone_n;
}

/* Does the new segment of `n` documents take this piece in? */
static bool takes_in(const struct piece *p, uint32_t n)
{
    return alive(p) <= SMALL_DOCS || alive(p) <= MERGE_TIMES * (uint64_t)n ||
           p->gone_n > p->segment->n / GONE_PART;
}

struct growing {
    struct arena *tmp;
    struct search_doc *d;
    size_t n, cap;
};

/* Moves the documents of pieces that are taken in to `g`, the newest piece first. Their texts are
 * borrowed: `old` still holds those segments. */
static void take_in(struct search_index *x, struct growing *g)
{
    uint32_t kept = 0;
    for (uint32_t i = x->piece_n; i-- > 0;) {
        struct piece *p = &x->piece[i];
        if (!takes_in(p, (uint32_t)g->n))
            continue;
        for (uint32_t doc = 0; doc < p->segment->n; doc++)
            if (!is_gone(p, doc))
                read_doc(p->segment, doc, &VEC_PUSH(g->tmp, g->d, g->n, g->cap));
        x->n -= alive(p);
        p->segment->users--;
        p->segment = NULL;
    }
    for (uint32_t i = 0; i < x->piece_n; i++)
        if (x->piece[i].segment != NULL)
            x->piece[kept++] = x->piece[i];
    x->piece_n = kept;
}

struct search_index *search_change(struct search_index *old, const struct search_doc *d, uint32_t n,
                                   const uint32_t *gone, uint32_t gone_n)
{
    struct search_index *x = copy_index(old);
    struct growing g = {.tmp = arena_open()};
    for (uint32_t i = 0; i < x->piece_n; i++) {
        for (uint32_t k = 0; k < gone_n; k++)
            set_gone(x, &x->piece[i], gone[k]);
        for (uint32_t k = 0; k < n; k++)
            set_gone(x, &x->piece[i], d[k].id);
    }
    const struct search_doc *each = last_of_each(g.tmp, d, &n);
    for (uint32_t i = 0; i < n; i++)
        VEC_PUSH(g.tmp, g.d, g.n, g.cap) = each[i];
    take_in(x, &g);
    if (g.n > 0)
        add_piece(x, segment_build(g.d, (uint32_t)g.n));
    arena_close(g.tmp);
    return x;
}

uint32_t search_count(const struct search_index *x)
{
    return x->n;
}

size_t search_bytes(const struct search_index *x)
{
    size_t n = arena_used(x->own);
    for (uint32_t i = 0; i < x->piece_n; i++)
        n += arena_used(x->piece[i].segment->own);
    return n;
}

bool search_get(const struct search_index *x, uint32_t id, struct search_doc *out)
{
    for (uint32_t i = 0; i < x->piece_n; i++) {
        uint32_t doc = segment_find(x->piece[i].segment, id);
        if (doc != UINT32_MAX && !is_gone(&x->piece[i], doc)) {
            read_doc(x->piece[i].segment, doc, out);
            return true;
        }
    }
    return false;
}
