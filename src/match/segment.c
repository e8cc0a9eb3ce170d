/* segment.c - documents as columns, and who has which gram. */
#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "match/search_int.h"

enum { LENGTH_MAX = 255 };

static const char *const forms[] = {"有限责任公司", "有限公司"};
enum { FORM_GLYPHS_MAX = 6 };

/* --- texts --- */

struct form {
    Glyph at[FORM_GLYPHS_MAX];
    uint32_t n;
};

static void read_forms(struct form out[static ARRAY_N(forms)])
{
    for (size_t i = 0; i < ARRAY_N(forms); i++) {
        Str s = str_of(forms[i]);
        out[i].n = 0;
        for (size_t at = 0, len; at < s.n; at += len)
            out[i].at[out[i].n++] = (Glyph)utf8_at(s, at, &len);
    }
}

/* How many glyphs of a legal form stand at `i`. */
static uint32_t form_at(const struct form *form, const struct folded *f, uint32_t i)
{
    for (size_t k = 0; k < ARRAY_N(forms); k++)
        if (f->n - i >= form[k].n && memcmp(f->at + i, form[k].at, form[k].n * sizeof *f->at) == 0)
            return form[k].n;
    return 0;
}

void segment_fold(struct arena *keep, struct folded *out, Str name)
{
    struct form form[ARRAY_N(forms)];
    uint32_t n = 0;
    fold_glyphs(keep, out, name);
    read_forms(form);
    for (uint32_t i = 0; i < out->n;) {
        uint32_t skip = out->at[i] == form[0].at[0] ? form_at(form, out, i) : 0;
        i += skip;
        if (skip == 0) {
            out->at[n] = out->at[i];
            out->of[n++] = out->of[i++];
        }
    }
    out->n = n > 0 ? n : out->n;
}

Str segment_text(const struct segment *s, uint32_t doc, enum search_part part)
{
    const uint32_t *at = s->text_at + (size_t)doc * SEARCH_TEXTS + part;
    return (Str){s->text + at[0], at[1] - at[0]};
}

static void keep_texts(struct segment *s, const struct search_doc *d, const uint32_t *order)
{
    struct arena *tmp = arena_open();
    size_t total = 0;
    for (uint32_t i = 0; i < s->n; i++)
        total += d[i].name.n + d[i].former.n + d[i].more.n + d[i].code.n;
    ASSERT(total < UINT32_MAX);
    s->text = arena_raw(s->own, total + 1, 1);
    s->text_at = arena_raw(s->own, (size_t)s->n * SEARCH_TEXTS + 1, sizeof *s->text_at);
    size_t at = 0, k = 0;
    for (uint32_t i = 0; i < s->n; i++) {
        const struct search_doc *x = &d[order[i]];
        ArenaMark mark = arena_mark(tmp);
        const Str part[SEARCH_TEXTS] = {x->name, x->former, x->more, code_fold(tmp, x->code)};
        for (size_t p = 0; p < SEARCH_TEXTS; p++) {
            s->text_at[k++] = (uint32_t)at;
            if (part[p].n > 0)
                memcpy(s->text + at, part[p].p, part[p].n);
            at += part[p].n;
        }
        arena_reset(tmp, mark);
    }
    s->text_at[k] = (uint32_t)at;
    arena_close(tmp);
}

/* --- grams --- */

struct writer {
    struct segment *s;
    struct arena *tmp; /* grows to the end */
    Glyph *glyph;
    size_t glyph_n, glyph_cap;
    struct pairs pairs;
};

static void add_glyph(struct writer *w, Glyph g)
{
    VEC_PUSH(w->tmp, w->glyph, w->glyph_n, w->glyph_cap) = g;
}

static void add_text(struct writer *w, struct arena *line, uint32_t doc, Str text)
{
    struct folded f;
    uint32_t grams[GRAMS_EACH * GLYPHS_MAX];
    segment_fold(line, &f, text);
    f.n = f.n < GLYPHS_MAX ? f.n : GLYPHS_MAX;
    for (uint32_t i = 0; i < f.n; i++)
        add_glyph(w, f.at[i]);
    uint32_t n = gram_all(grams, f.at, f.n);
    for (uint32_t i = 0; i < n; i++)
        pairs_add(&w->pairs, grams[i], doc);
}

static void read_doc(struct writer *w, struct arena *line, uint32_t doc)
{
    struct segment *s = w->s;
    Str former = segment_text(s, doc, SEARCH_FORMER);
    s->glyph_at[doc] = (uint32_t)w->glyph_n;
    add_text(w, line, doc, segment_text(s, doc, SEARCH_NAME));
    size_t length = w->glyph_n - s->glyph_at[doc];
    s->length[doc] = (uint8_t)(length < LENGTH_MAX ? length : LENGTH_MAX);
    while (former.n > 0) {
        add_glyph(w, 0);
        add_text(w, line, doc, str_cut(&former, ';'));
    }
    add_glyph(w, 0);
    add_text(w, line, doc, segment_text(s, doc, SEARCH_MORE));
}

static void index_grams(struct segment *s)
{
    struct arena *line = arena_open();
    struct writer w = {.s = s, .tmp = arena_open()};
    pairs_open(&w.pairs);
    for (uint32_t i = 0; i < s->n; i++) {
        ArenaMark mark = arena_mark(line);
        read_doc(&w, line, i);
        arena_reset(line, mark);
    }
    arena_close(line);
    ASSERT(w.glyph_n < UINT32_MAX);
    s->glyph_at[s->n] = (uint32_t)w.glyph_n;
    s->glyph = arena_raw(s->own, w.glyph_n + 1, sizeof *s->glyph);
    memcpy(s->glyph, w.glyph, w.glyph_n * sizeof *s->glyph);
    arena_close(w.tmp);
    lists_make(s->own, &s->grams, &w.pairs);
}

/* --- a segment --- */

static bool id_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct search_doc *d = ctx;
    return d[a].id > d[b].id;
}

struct segment *segment_build(const struct search_doc *d, uint32_t n)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    struct segment *s = ARENA_NEW(own, struct segment);
    uint32_t *order = order_rows(tmp, n, id_behind, d);
    s->own = own;
    s->n = n;
    s->id = arena_raw(own, n + 1, sizeof *s->id);
    s->facet = arena_raw(own, n + 1, sizeof *s->facet);
    s->prior = arena_raw(own, n + 1, 1);
    s->length = arena_raw(own, n + 1, 1);
    s->glyph_at = arena_raw(own, (size_t)n + 1, sizeof *s->glyph_at);
    for (uint32_t i = 0; i < n; i++) {
        s->id[i] = d[order[i]].id;
        s->prior[i] = d[order[i]].prior;
        memcpy(s->facet[i], d[order[i]].facet, SEARCH_FACETS);
    }
    keep_texts(s, d, order);
    code_sort(s, tmp);
    arena_close(tmp);
    index_grams(s);
    return s;
}

void segment_close(struct segment *s)
{
    arena_close(s->own);
}

uint32_t segment_find(const struct segment *s, uint32_t id)
{
    uint32_t lo = 0, hi = s->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->id[mid] < id)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n && s->id[lo] == id ? lo : UINT32_MAX;
}
