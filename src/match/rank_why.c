/* rank_why.c - what a score is made of.
 *
 * Every gram the two share is worth something; grams that stand side by side in the question are
 * told as one run. What rounding leaves goes to the first reason, so that the sum is exact.
 */
#include <string.h>

#include "base/arena.h"
#include "match/rank_int.h"
#include "text/fold.h"
#include "text/gram.h"

struct rank_teller {
    const struct rank_index *x;
    struct rank_question q;
    uint32_t *weight; /* of each gram of q */
    struct folded part[RANK_PARTS];
    bool asked[RANK_PARTS];
};

/* A document's field by its characters: the first place of each sort, and the next like it. */
enum { SORTS = 256, NOWHERE = UINT16_MAX };
struct places {
    struct folded f;
    uint16_t first[SORTS], *next;
};

struct why {
    struct arena *keep, *tmp;
    const struct rank_teller *t;
    uint64_t *worth; /* of each gram of q, in this document; 0 when told */
    struct places *field;
    struct rank_why *out;
    size_t n, cap; /* of the reasons */
};

struct rank_teller *rank_tell(struct arena *keep, const struct rank_index *x,
                              const struct rank_ask *ask)
{
    struct rank_teller *t = ARENA_NEW(keep, struct rank_teller);
    t->x = x;
    rank_read(keep, &t->q, ask);
    t->weight = arena_raw(keep, t->q.n + 1, sizeof *t->weight);
    for (size_t i = 0; i < t->q.n; i++) {
        const struct counted *g = &t->q.gram[i];
        t->weight[i] = rank_weight(x, &t->q, g, rank_df(x, g->key));
    }
    for (size_t k = 0; k < RANK_PARTS; k++) {
        t->asked[k] = ask->part[k].weight > 0;
        fold_glyphs(keep, &t->part[k], ask->part[k].text);
        t->part[k].n = t->part[k].n < RANK_GLYPHS_MAX ? t->part[k].n : RANK_GLYPHS_MAX;
    }
    return t;
}

/* The document is read again, which is faster than looking for it in every list. */
static void weigh(struct why *w, const struct rank_doc *d)
{
    struct counted *gram;
    const struct rank_question *q = &w->t->q;
    size_t n = rank_read_doc(w->tmp, &w->t->x->measure, &gram, d), at = 0;
    w->worth = ARENA_ARRAY(w->tmp, uint64_t, q->n + 1);
    for (size_t i = 0; i < q->n; i++) {
        while (at < n && gram[at].key < q->gram[i].key)
            at++;
        if (at < n && gram[at].key == q->gram[i].key)
            w->worth[i] = (uint64_t)w->t->weight[i] * gram[at].times;
    }
}

static void read_places(struct why *w, const struct rank_doc *d)
{
    w->field = arena_raw(w->tmp, RANK_FIELDS, sizeof *w->field);
    for (size_t k = 0; k < RANK_FIELDS; k++) {
        struct places *p = &w->field[k];
        fold_glyphs(w->tmp, &p->f, d->field[k]);
        uint32_t n = p->f.n < NOWHERE ? p->f.n : NOWHERE;
        p->next = arena_raw(w->tmp, n + 1, sizeof *p->next);
        memset(p->first, 0xFF, sizeof p->first);
        for (uint32_t i = n; i-- > 0;) {
            uint16_t *first = &p->first[p->f.at[i] % SORTS];
            p->next[i] = *first;
            *first = (uint16_t)i;
        }
    }
}

/* Takes what the gram is worth: 0 where it was told before. */
static uint64_t take(struct why *w, uint32_t key)
{
    const struct rank_question *q = &w->t->q;
    size_t lo = 0, hi = q->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (q->gram[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == q->n || q->gram[lo].key != key)
        return 0;
    uint64_t worth = w->worth[lo];
    w->worth[lo] = 0;
    return worth;
}

static uint32_t alike(const Glyph *a, uint32_t a_n, const Glyph *b, uint32_t b_n)
{
    uint32_t n = 0;
    while (n < a_n && n < b_n && a[n] == b[n])
        n++;
    return n;
}

/* The longest beginning of the run that stands in the document: its first place, and its length. */
static uint32_t find_run(const struct why *w, const Glyph *run, uint32_t n, struct rank_reason *r)
{
    uint32_t most = 0;
    for (int k = 0; k < RANK_FIELDS; k++) {
        const struct places *p = &w->field[k];
        for (uint16_t i = p->first[run[0] % SORTS]; i != NOWHERE; i = p->next[i]) {
            uint32_t same = alike(p->f.at + i, p->f.n - i, run, n);
            if (same <= most)
                continue;
            most = same;
            r->field = (uint8_t)k;
            r->answered = (Span){p->f.of[i].beg, p->f.of[i + same - 1].end};
        }
    }
    return most;
}

/* Runs of the part that stand in the document, as long as they go. */
static void tell_part(struct why *w, uint8_t part)
{
    const struct folded *f = &w->t->part[part];
    for (uint32_t beg = 0, end; beg < f->n; beg = end) {
        struct rank_reason r = {.part = part};
        uint64_t worth = 0;
        end = beg + find_run(w, f->at + beg, f->n - beg, &r);
        for (uint32_t i = beg; i < end; i++) {
            worth += take(w, gram_of(GRAM_ONE, f->at[i], 0, 0));
            if (i > beg)
                worth += take(w, gram_of(GRAM_TWO, f->at[i - 1], f->at[i], 0));
        }
        if (worth > 0) {
            r.asked = (Span){f->of[beg].beg, f->of[end - 1].end};
            r.worth = (int32_t)worth; /* scaled when all are known */
            VEC_PUSH(w->keep, w->out->at, w->n, w->cap) = r;
        }
        end += end == beg;
    }
}

static void sort_reasons(struct rank_reason *r, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct rank_reason x = r[i];
        uint32_t at = i;
        for (; at > 0 && r[at - 1].worth < x.worth; at--)
            r[at] = r[at - 1];
        r[at] = x;
    }
}

void rank_why(struct arena *keep, const struct rank_teller *t, const struct rank_hit *hit,
              const struct rank_doc *d, struct rank_why *out)
{
    struct why w = {.keep = keep, .tmp = arena_open(), .t = t, .out = out};
    int32_t told = 0;
    *out = (struct rank_why){0};
    weigh(&w, d);
    read_places(&w, d);
    for (int k = 0; k < RANK_PARTS; k++)
        if (t->asked[k])
            tell_part(&w, (uint8_t)k);
    out->n = (uint32_t)w.n;
    sort_reasons(out->at, out->n);
    for (uint32_t i = 0; i < out->n; i++) {
        out->at[i].worth = (int32_t)((int64_t)out->at[i].worth * SCORE_ONE / hit->spread);
        told += out->at[i].worth;
    }
    if (out->n > 0)
        out->at[0].worth += hit->words - told;
    arena_close(w.tmp);
}
