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

struct why {
    struct arena *keep, *tmp;
    const struct rank_index *x;
    const struct rank_ask *ask;
    struct rank_question q;
    uint64_t *worth; /* of each gram of q, in this document; 0 when told */
    struct folded field[RANK_FIELDS];
    struct rank_why *out;
    size_t n, cap; /* of the reasons */
};

/* The document's impact in a list, which is in order of documents; 0: it is not there. */
static uint32_t impact_in(const uint32_t *item, uint32_t n, uint32_t doc)
{
    uint32_t lo = 0, hi = n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (item[mid] >> IMPACT_BITS < doc)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < n && item[lo] >> IMPACT_BITS == doc ? item[lo] & IMPACT_MAX : 0;
}

static void weigh(struct why *w, uint32_t doc)
{
    w->worth = ARENA_ARRAY(w->tmp, uint64_t, w->q.n + 1);
    for (size_t i = 0; i < w->q.n; i++) {
        uint32_t n;
        const uint32_t *item = lists_find(&w->x->grams, w->q.gram[i].key, &n);
        uint32_t weight = rank_weight(w->x, &w->q, &w->q.gram[i], n);
        w->worth[i] = weight == 0 ? 0 : (uint64_t)weight * impact_in(item, n, doc);
    }
}

/* Takes what the gram is worth: 0 where it was told before. */
static uint64_t take(struct why *w, uint32_t key)
{
    size_t lo = 0, hi = w->q.n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (w->q.gram[mid].key < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == w->q.n || w->q.gram[lo].key != key)
        return 0;
    uint64_t worth = w->worth[lo];
    w->worth[lo] = 0;
    return worth;
}

/* The first place of the run in the document. */
static void find_run(const struct why *w, const Glyph *run, uint32_t n, struct rank_reason *r)
{
    for (uint8_t k = 0; k < RANK_FIELDS; k++) {
        const struct folded *f = &w->field[k];
        for (uint32_t i = 0; i + n <= f->n; i++)
            if (memcmp(f->at + i, run, n * sizeof *run) == 0) {
                r->field = k;
                r->answered = (Span){f->of[i].beg, f->of[i + n - 1].end};
                return;
            }
    }
}

static bool in_document(const struct why *w, const Glyph *run, uint32_t n)
{
    struct rank_reason r = {.answered = {0, 0}};
    find_run(w, run, n, &r);
    return r.answered.end > 0;
}

/* Runs of the part that stand in the document, as long as they go. */
static void tell_part(struct why *w, uint8_t part)
{
    struct folded f;
    fold_glyphs(w->tmp, &f, w->ask->part[part].text);
    f.n = f.n < RANK_GLYPHS_MAX ? f.n : RANK_GLYPHS_MAX;
    for (uint32_t beg = 0, end; beg < f.n; beg = end) {
        uint64_t worth = 0;
        end = beg;
        while (end < f.n && in_document(w, f.at + beg, end + 1 - beg)) {
            worth += take(w, gram_of(GRAM_ONE, f.at[end], 0, 0));
            if (end > beg)
                worth += take(w, gram_of(GRAM_TWO, f.at[end - 1], f.at[end], 0));
            end++;
        }
        if (worth > 0) {
            struct rank_reason *r = &VEC_PUSH(w->keep, w->out->at, w->n, w->cap);
            *r = (struct rank_reason){.part = part, .asked = {f.of[beg].beg, f.of[end - 1].end}};
            r->worth = (int32_t)worth; /* scaled when all are known */
            find_run(w, f.at + beg, end - beg, r);
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

void rank_why(struct arena *keep, const struct rank_index *x, const struct rank_ask *ask,
              const struct rank_hit *hit, const struct rank_doc *d, struct rank_why *out)
{
    struct why w = {.keep = keep, .tmp = arena_open(), .x = x, .ask = ask, .out = out};
    int32_t told = 0;
    *out = (struct rank_why){0};
    rank_read(w.tmp, &w.q, ask);
    weigh(&w, hit->doc);
    for (size_t k = 0; k < RANK_FIELDS; k++)
        fold_glyphs(w.tmp, &w.field[k], d->field[k]);
    for (uint8_t k = 0; k < RANK_PARTS; k++)
        if (ask->part[k].weight > 0)
            tell_part(&w, k);
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
