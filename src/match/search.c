/* search.c - a question put to an index.
 *
 *     grams of the question, rarest first  ->  what each document has of them   (accumulate)
 *     the CANDIDATES with most             ->  typed and text laid side by side (align.c)
 *     best `top`
 *
 * Only documents in scope are counted and weighed; so what is rare is rare among what the caller
 * may see. A gram that many documents have only adds to those that rarer ones brought up
 * (OPEN_LISTED), and past READ_LISTED the rest of them are not read at all: what is passed over
 * then is in nearly every document, and the side-by-side look still sees it. Both limits go by
 * numbers in scope and by the order of grams, never by how documents are laid out in segments.
 */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/search_int.h"

enum {
    /* Of 128,000 documents and fewer; of more in proportion, as more are much alike. */
    MANY = 128000,
    CANDIDATES = 64,
    CANDIDATES_MAX = 256,
    OPEN_LISTED = 16000,
    READ_LISTED = 48000,
    RARE_PART = 100, /* a gram of fewer than one document in so many always brings documents up */
    LOG_ONE = 16,    /* log2 in sixteenths */
    HOPELESS = 40,   /* percent of what the best has: who has less is not looked at closely */
    SCORE_MIN = 350,
    LENGTH_COST = 1, /* of 1000, for each character of a name that was not typed */
    LENGTH_COST_N = 30,
    FORMER_COST = 10, /* found in a former name, */
    BESIDE_COST = 50, /* or beside the name: those who work for a firm come behind firms like it */
    PRIOR_PART = 16,
    GLYPH_WEIGHT = 48, /* of a character that every document has */
    LETTER_WEIGHT = 100,
    EXACT_CODE = 1000,
    HEAD_CODE = 995,
    NEAR_CODE = 950,
};

static const uint8_t base_weight[GRAM_N] = {
    [GRAM_ONE] = 10,      [GRAM_TWO] = 10,  [GRAM_SKIP] = 5,     [GRAM_HEAD] = 3,
    [GRAM_SYLLABLE] = 10, [GRAM_SOUND] = 8, [GRAM_LETTERS2] = 5, [GRAM_LETTERS3] = 8,
};

struct candidate {
    uint32_t place; /* of all documents */
    uint32_t id;
    int64_t rank;
};

struct search_room {
    struct arena *own, *tmp;
    uint16_t *got; /* by place: weight of the grams it has; all 0 between questions */
    uint32_t *touched, touched_n;
    uint32_t cap;
    struct question q;
};

/* One question being answered. */
struct run {
    const struct search_index *x;
    const struct search_ask *ask;
    struct search_room *room;
    struct question *q;
    uint32_t *first; /* place of each piece's first document */
    uint32_t in_scope;
};

/* --- who may be seen --- */

static bool ids_has(const struct search_ids *s, uint32_t id)
{
    return s == NULL || (id / 64 < s->n && (s->word[id / 64] >> id % 64 & 1) != 0);
}

static bool is_gone(const struct piece *p, uint32_t doc)
{
    return p->gone != NULL && (p->gone[doc / 64] >> doc % 64 & 1) != 0;
}

static bool in_scope(const struct run *r, const struct piece *p, uint32_t doc)
{
    return !is_gone(p, doc) && ids_has(r->ask->scope, p->segment->id[doc]);
}

static bool is_asked(const struct run *r, const struct piece *p, uint32_t doc)
{
    return in_scope(r, p, doc) && ids_has(r->ask->filter, p->segment->id[doc]);
}

static uint32_t seen_in(const struct run *r, const struct piece *p, const uint32_t *list,
                        uint32_t n)
{
    uint32_t seen = 0;
    if (r->ask->scope == NULL && p->gone == NULL)
        return n;
    for (uint32_t i = 0; i < n; i++)
        seen += in_scope(r, p, list[i]);
    return seen;
}

static uint32_t count_scope(const struct run *r)
{
    uint32_t n = 0;
    if (r->ask->scope == NULL)
        return r->x->n;
    for (uint32_t k = 0; k < r->x->piece_n; k++)
        for (uint32_t i = 0; i < r->x->piece[k].segment->n; i++)
            n += in_scope(r, &r->x->piece[k], i);
    return n;
}

static const struct piece *piece_at(const struct run *r, uint32_t place, uint32_t *doc)
{
    uint32_t k = 0;
    while (k + 1 < r->x->piece_n && r->first[k + 1] <= place)
        k++;
    *doc = place - r->first[k];
    return &r->x->piece[k];
}

/* --- weights --- */

/* 16 log2(x), x >= 1, by straight lines between powers of two. */
static uint32_t log_of(uint32_t x)
{
    uint32_t whole = 31 - (uint32_t)__builtin_clz(x);
    uint64_t rest = ((uint64_t)x << 32 >> whole) - (1ULL << 32);
    return whole * LOG_ONE + (uint32_t)(rest * LOG_ONE >> 32);
}

static uint32_t rarity(const struct run *r, uint32_t seen)
{
    uint32_t n = r->in_scope + 1;
    return seen >= n ? 0 : log_of(n) - log_of(seen + 1);
}

static bool gram_before(const struct ask_gram *a, const struct ask_gram *b)
{
    return a->seen != b->seen ? a->seen < b->seen : a->key < b->key;
}

/* What its characters weigh in sum, and each of them by ear. */
static void weigh_word(struct ask_word *w)
{
    w->mass = 0;
    for (uint32_t k = 0; k < w->n; k++) {
        if (w->latin)
            w->weight[k] = LETTER_WEIGHT;
        else if (w->weight[k] == 0) /* a character that stands in the question twice */
            for (uint32_t m = 0; m < k && w->weight[k] == 0; m++)
                w->weight[k] = w->glyph[m] == w->glyph[k] ? w->weight[m] : 0;
        w->weight[k] = w->weight[k] == 0 ? GLYPH_WEIGHT : w->weight[k];
        w->mass += w->weight[k];
    }
    for (uint32_t k = 0; k < w->n; k++) { /* a rare one is rather the wrong one */
        int mean = w->mass / (int)w->n;
        w->by_ear[k] = (w->weight[k] < mean ? w->weight[k] : mean) * 3 / 4;
    }
}

static void weigh(struct run *r)
{
    struct question *q = r->q;
    for (uint32_t i = 0; i < q->gram_n; i++) {
        struct ask_gram g = q->gram[i];
        uint32_t at = i, n;
        g.seen = 0;
        for (uint32_t k = 0; k < r->x->piece_n; k++) {
            const uint32_t *list = lists_find(&r->x->piece[k].segment->grams, g.key, &n);
            g.seen += seen_in(r, &r->x->piece[k], list, n);
        }
        g.weight = 1 + base_weight[g.kind] * rarity(r, g.seen) / LOG_ONE;
        if (g.kind == GRAM_ONE && !q->word[g.word].latin)
            q->word[g.word].weight[g.glyph] = GLYPH_WEIGHT + (int)rarity(r, g.seen) / 3;
        for (; at > 0 && gram_before(&g, &q->gram[at - 1]); at--)
            q->gram[at] = q->gram[at - 1];
        q->gram[at] = g;
    }
    for (uint32_t i = 0; i < q->word_n; i++)
        weigh_word(&q->word[i]);
}

/* --- accumulate --- */

static void open_list(struct run *r, uint32_t k, const struct ask_gram *g)
{
    const struct piece *p = &r->x->piece[k];
    struct search_room *room = r->room;
    uint32_t n, first = r->first[k];
    const uint32_t *list = lists_find(&p->segment->grams, g->key, &n);
    for (uint32_t i = 0; i < n; i++) {
        uint32_t place = first + list[i];
        if (room->got[place] == 0) {
            if (!is_asked(r, p, list[i]))
                continue;
            room->touched[room->touched_n++] = place;
        }
        room->got[place] = (uint16_t)(room->got[place] + g->weight);
    }
}

static void add_list(struct run *r, uint32_t k, const struct ask_gram *g)
{
    uint32_t n;
    const uint32_t *list = lists_find(&r->x->piece[k].segment->grams, g->key, &n);
    uint16_t *got = r->room->got + r->first[k];
    for (uint32_t i = 0; i < n; i++)
        if (got[list[i]] != 0)
            got[list[i]] = (uint16_t)(got[list[i]] + g->weight);
}

static uint64_t in_proportion(const struct run *r, uint64_t of_many)
{
    return r->in_scope <= MANY ? of_many : of_many * r->in_scope / MANY;
}

static void accumulate(struct run *r)
{
    uint64_t opened = 0, read = 0, open_most = in_proportion(r, OPEN_LISTED),
             read_most = in_proportion(r, READ_LISTED);
    for (uint32_t i = 0; i < r->q->gram_n; i++) {
        const struct ask_gram *g = &r->q->gram[i];
        if (g->seen == 0)
            continue;
        bool open =
            opened == 0 || opened + g->seen <= open_most || g->seen <= r->in_scope / RARE_PART;
        if (!open && read + g->seen > read_most)
            return;
        for (uint32_t k = 0; k < r->x->piece_n; k++) {
            if (open)
                open_list(r, k, g);
            else
                add_list(r, k, g);
        }
        opened += open ? g->seen : 0;
        read += g->seen;
    }
}

/* --- candidates --- */

static bool goes_before(const struct candidate *a, const struct candidate *b)
{
    return a->rank != b->rank ? a->rank > b->rank : a->id < b->id;
}

struct heap {
    struct candidate at[CANDIDATES_MAX]; /* the last of them on top */
    uint32_t n, cap;
};

static void sink(struct heap *h, uint32_t i)
{
    struct candidate c = h->at[i];
    for (uint32_t kid; (kid = 2 * i + 1) < h->n; i = kid) {
        if (kid + 1 < h->n && goes_before(&h->at[kid], &h->at[kid + 1]))
            kid++;
        if (!goes_before(&c, &h->at[kid]))
            break;
        h->at[i] = h->at[kid];
    }
    h->at[i] = c;
}

static void heap_add(struct heap *h, const struct candidate *c)
{
    if (h->n < h->cap) {
        h->at[h->n++] = *c;
        for (uint32_t i = h->n / 2; h->n == h->cap && i-- > 0;)
            sink(h, i);
    } else if (goes_before(c, &h->at[0])) {
        h->at[0] = *c;
        sink(h, 0);
    }
}

static void sort_candidates(struct candidate *c, uint32_t n)
{
    for (uint32_t i = 1; i < n; i++) {
        struct candidate x = c[i];
        uint32_t at = i;
        for (; at > 0 && goes_before(&x, &c[at - 1]); at--)
            c[at] = c[at - 1];
        c[at] = x;
    }
}

static void count_facets(const struct run *r, uint16_t half, struct search_found *out)
{
    for (uint32_t i = 0; i < r->room->touched_n; i++) {
        uint32_t place = r->room->touched[i], doc;
        if (r->room->got[place] < half)
            continue;
        const struct piece *p = piece_at(r, place, &doc);
        out->total++;
        for (size_t f = 0; f < SEARCH_FACETS; f++)
            out->count[f][p->segment->facet[doc][f]]++;
    }
}

static void choose(struct run *r, struct heap *h, struct search_found *out)
{
    struct search_room *room = r->room;
    uint16_t most = 0;
    uint32_t mass = 0;
    for (uint32_t i = 0; i < room->touched_n; i++)
        most = room->got[room->touched[i]] > most ? room->got[room->touched[i]] : most;
    for (uint32_t i = 0; i < r->q->gram_n; i++)
        mass += r->q->gram[i].seen > 0 ? r->q->gram[i].weight : 0;
    for (uint32_t i = 0; i < room->touched_n; i++) {
        uint32_t place = room->touched[i], doc;
        if (h->n == h->cap && ((int64_t)room->got[place] << 8) < h->at[0].rank)
            continue;
        const struct segment *s = piece_at(r, place, &doc)->segment;
        int64_t rank = ((int64_t)room->got[place] << 8) - (int64_t)s->length[doc] * (mass >> 2) +
                       s->prior[doc] / PRIOR_PART;
        heap_add(h, &(struct candidate){place, s->id[doc], rank});
    }
    if (room->touched_n > 0)
        count_facets(r, (uint16_t)(most / 2 + most % 2), out);
    for (uint32_t i = 0; i < room->touched_n; i++)
        room->got[room->touched[i]] = 0;
    room->touched_n = 0;
}

/* --- side by side --- */

/* Where the texts of a document stand among its glyphs: name, former ones, more. */
struct texts {
    const Glyph *at[16];
    uint32_t n[16];
    uint32_t count;
};

static void read_texts(struct texts *out, const struct segment *s, uint32_t doc)
{
    const Glyph *g = s->glyph + s->glyph_at[doc], *end = s->glyph + s->glyph_at[doc + 1];
    out->count = 0;
    while (out->count < ARRAY_N(out->at)) {
        const Glyph *from = g;
        while (g < end && *g != 0)
            g++;
        out->at[out->count] = from;
        out->n[out->count++] = (uint32_t)(g - from);
        if (g == end)
            break;
        g++;
    }
}

static int best_text(const struct ask_word *w, const struct texts *t, uint32_t *which)
{
    int best = 0;
    *which = 0;
    for (uint32_t i = 0; i < t->count; i++) {
        int cost = i == 0 ? 0 : i + 1 < t->count ? FORMER_COST : BESIDE_COST;
        int score = align_word(w, t->at[i], t->n[i], NULL) - cost;
        if (score > best) {
            best = score;
            *which = i;
        }
    }
    return best;
}

static int score_of(const struct run *r, const struct segment *s, uint32_t doc)
{
    struct texts t;
    int64_t sum = 0, mass = 0;
    uint32_t typed = 0, which;
    read_texts(&t, s, doc);
    for (uint32_t i = 0; i < r->q->word_n; i++) {
        const struct ask_word *w = &r->q->word[i];
        int part = w->latin ? (int)w->n * GLYPH_WEIGHT : w->mass;
        sum += (int64_t)best_text(w, &t, &which) * part;
        mass += part;
        typed += w->latin ? w->n / 3 : w->n;
    }
    uint32_t more = s->length[doc] > typed ? s->length[doc] - typed : 0;
    more = more < LENGTH_COST_N ? more : LENGTH_COST_N;
    return mass == 0 ? 0 : (int)(sum / mass) - (int)more * LENGTH_COST;
}

static void align_all(struct run *r, struct heap *h)
{
    uint32_t n = 0;
    int64_t most = 0;
    for (uint32_t i = 0; i < h->n; i++)
        most = h->at[i].rank > most ? h->at[i].rank : most;
    for (uint32_t i = 0; i < h->n; i++) {
        uint32_t doc;
        struct candidate c = h->at[i];
        if (c.rank * 100 < most * HOPELESS)
            continue;
        const struct segment *s = piece_at(r, c.place, &doc)->segment;
        int score = score_of(r, s, doc);
        c.rank = ((int64_t)score * PRIOR_PART + s->prior[doc]) * 256 - s->length[doc];
        if (score >= SCORE_MIN)
            h->at[n++] = c;
    }
    h->n = n;
    sort_candidates(h->at, h->n);
}

/* --- what is told --- */

static void add_mark(struct arena *keep, struct search_hit *hit, enum search_part part, Span at)
{
    size_t n = hit->mark_n, cap = n;
    if (n > 0 && hit->mark[n - 1].part == part && hit->mark[n - 1].at.end >= at.beg) {
        hit->mark[n - 1].at.end = at.end;
        return;
    }
    VEC_PUSH(keep, hit->mark, n, cap) = (struct search_mark){part, at};
    hit->mark_n = (uint32_t)n;
}

/* A text of the document: the part it is in, and where there it begins. */
struct placed {
    enum search_part part;
    Str text;
    uint32_t at;
};

static void mark_text(struct arena *keep, struct search_hit *hit, const struct placed *p,
                      const bool *on)
{
    struct folded f;
    segment_fold(keep, &f, p->text);
    f.n = f.n < GLYPHS_MAX ? f.n : GLYPHS_MAX;
    for (uint32_t i = 0; i < f.n; i++)
        if (on[i])
            add_mark(keep, hit, p->part, (Span){f.of[i].beg + p->at, f.of[i].end + p->at});
}

/* The n-th text among name, former ones, more. */
static struct placed text_at(const struct segment *s, uint32_t doc, uint32_t n, uint32_t count)
{
    enum search_part part = n == 0 ? SEARCH_NAME : n + 1 == count ? SEARCH_MORE : SEARCH_FORMER;
    Str all = segment_text(s, doc, part), rest = all;
    if (part != SEARCH_FORMER)
        return (struct placed){part, all, 0};
    for (uint32_t i = 1; i < n; i++)
        (void)str_cut(&rest, ';');
    size_t before = all.n - rest.n;
    return (struct placed){part, str_cut(&rest, ';'), (uint32_t)before};
}

static void mark_hit(struct run *r, struct arena *keep, const struct segment *s, uint32_t doc,
                     struct search_hit *hit)
{
    struct texts t;
    read_texts(&t, s, doc);
    for (uint32_t k = 0; k < t.count; k++) {
        bool on[GLYPHS_MAX] = {false}, any = false;
        uint32_t which;
        for (uint32_t i = 0; i < r->q->word_n; i++)
            if (best_text(&r->q->word[i], &t, &which) >= SCORE_MIN && which == k)
                any = align_word(&r->q->word[i], t.at[k], t.n[k], on) > 0 || any;
        struct placed p = text_at(s, doc, k, t.count);
        if (any)
            mark_text(keep, hit, &p, on);
    }
}

static void tell(struct run *r, struct arena *keep, const struct heap *h, struct search_found *out)
{
    for (uint32_t i = 0; i < h->n && out->n < r->ask->top; i++) {
        uint32_t doc;
        const struct segment *s = piece_at(r, h->at[i].place, &doc)->segment;
        bool told = false;
        for (uint32_t k = 0; k < out->n; k++)
            told = told || out->hit[k].id == h->at[i].id;
        if (told)
            continue;
        struct search_hit *hit = &out->hit[out->n++];
        int64_t score = h->at[i].rank / 256 / PRIOR_PART;
        *hit = (struct search_hit){.id = h->at[i].id, .score = (uint16_t)(score > 0 ? score : 0)};
        mark_hit(r, keep, s, doc, hit);
    }
}

/* --- codes --- */

static void add_codes(struct run *r, struct heap *h, bool inner, Str head, int score)
{
    for (uint32_t k = 0; k < r->x->piece_n; k++) {
        const struct piece *p = &r->x->piece[k];
        uint32_t lo, hi;
        code_range(p->segment, inner, head, &lo, &hi);
        for (uint32_t i = lo; i < hi; i++) {
            uint32_t doc = inner ? p->segment->by_inner[i] : p->segment->by_code[i];
            bool whole = segment_text(p->segment, doc, SEARCH_CODE).n == head.n;
            int64_t rank = whole && score == HEAD_CODE ? EXACT_CODE : score;
            if (is_asked(r, p, doc))
                heap_add(h, &(struct candidate){r->first[k] + doc, p->segment->id[doc],
                                                rank * 256 + p->segment->prior[doc]});
        }
    }
}

static void tell_codes(struct run *r, struct arena *keep, struct heap *h, Str typed,
                       struct search_found *out)
{
    sort_candidates(h->at, h->n);
    for (uint32_t i = 0; i < h->n && out->n < r->ask->top; i++) {
        uint32_t doc;
        const struct piece *p = piece_at(r, h->at[i].place, &doc);
        Str code = segment_text(p->segment, doc, SEARCH_CODE);
        struct search_hit *hit = &out->hit[out->n++];
        *hit = (struct search_hit){.id = h->at[i].id, .score = (uint16_t)(h->at[i].rank / 256)};
        size_t at = str_find(code, typed);
        hit->corrected = at == code.n;
        Span span = hit->corrected ? (Span){0, (uint32_t)code.n}
                                   : (Span){(uint32_t)at, (uint32_t)(at + typed.n)};
        add_mark(keep, hit, SEARCH_CODE, span);
        out->total++;
        for (size_t f = 0; f < SEARCH_FACETS; f++)
            out->count[f][p->segment->facet[doc][f]]++;
    }
}

static void find_codes(struct run *r, struct arena *keep, struct search_found *out)
{
    char near[CODE_NEAR_MAX][CODE_LEN];
    Str typed = r->q->code;
    struct heap h = {.cap = r->ask->top};
    if (typed.n == 0)
        return;
    add_codes(r, &h, false, typed, HEAD_CODE);
    if (typed.n <= CODE_LEN - CODE_ORG_AT)
        add_codes(r, &h, true, typed, HEAD_CODE - 1);
    uint32_t n = h.n == 0 ? code_near(near, typed) : 0;
    for (uint32_t i = 0; i < n; i++)
        add_codes(r, &h, false, (Str){near[i], CODE_LEN}, NEAR_CODE);
    tell_codes(r, keep, &h, typed, out);
}

/* --- one question --- */

struct search_room *search_room_open(void)
{
    struct arena *own = arena_open();
    struct search_room *r = ARENA_NEW(own, struct search_room);
    r->own = own;
    r->tmp = arena_child(own);
    return r;
}

void search_room_close(struct search_room *r)
{
    if (r != NULL)
        arena_close(r->own);
}

static void make_room(struct search_room *room, uint32_t n)
{
    if (n <= room->cap)
        return;
    room->got = ARENA_ARRAY(room->own, uint16_t, n);
    room->touched = arena_raw(room->own, n, sizeof *room->touched);
    room->cap = n;
}

void search_run(struct arena *keep, struct search_room *room, const struct search_index *x,
                const struct search_ask *ask, struct search_found *out)
{
    ArenaMark mark = arena_mark(room->tmp);
    struct run r = {.x = x, .ask = ask, .room = room, .q = &room->q};
    uint32_t n = 0;
    struct heap h = {.n = 0};
    ASSERT(ask->top <= SEARCH_TOP_MAX);
    memset(out, 0, sizeof *out);
    out->hit = ARENA_ARRAY(keep, struct search_hit, ask->top + 1);
    r.first = arena_raw(room->tmp, x->piece_n + 1, sizeof *r.first);
    for (uint32_t k = 0; k < x->piece_n; k++) {
        r.first[k] = n;
        n += x->piece[k].segment->n;
    }
    make_room(room, n);
    ask_read(room->tmp, r.q, ask->text);
    find_codes(&r, keep, out);
    if (out->n < ask->top && r.q->word_n > 0) {
        r.in_scope = count_scope(&r);
        weigh(&r);
        accumulate(&r);
        uint64_t candidates = in_proportion(&r, CANDIDATES);
        h.cap = candidates < CANDIDATES_MAX ? (uint32_t)candidates : CANDIDATES_MAX;
        choose(&r, &h, out);
        align_all(&r, &h);
        tell(&r, keep, &h, out);
    }
    arena_reset(room->tmp, mark);
}
