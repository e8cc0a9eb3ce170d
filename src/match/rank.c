/* rank.c - BM25F over characters and pairs of characters, in integers.
 *
 * Of every document and gram one number of 8 bits is kept, how much the gram says about the
 * document: tf / (k1 + tf), where tf counts fields by their weights and long fields less. A
 * question brings how rare each of its grams is and how often it stands there; the product is added
 * up over all documents, list by list. Segmented words lose .05 of MRR on clauses, skips .01.
 */
#include "match/rank.h"

#include <string.h>

#include "base/arena.h"
#include "match/rank_int.h"
#include "match/sense.h"
#include "text/fold.h"
#include "text/gram.h"

enum {
    TF_ONE = 1 << 10, /* of the arithmetic of tf */
    LOG_ONE = 32,     /* of log2 of rarity */
    MEAN_STEPS = 32,  /* and as many again, between a length and its double */
    MANY_GRAMS = 24,
    MANY_DOCS = 20000, /* where there are as many of either, */
    COMMON_PART = 12,  /* a gram that one document in so many has is passed over */
    SAYS_ONE = 32,
    OFTEN_MAX = 24, /* a gram that stands more often in a question counts so often */
};

/* --- grams of a text --- */

static uint32_t grams_of(uint32_t *out, const Glyph *g, uint32_t n)
{
    uint32_t at = 0;
    for (uint32_t i = 0; i < n; i++) {
        out[at++] = gram_of(GRAM_ONE, g[i], 0, 0);
        if (i > 0)
            out[at++] = gram_of(GRAM_TWO, g[i - 1], g[i], 0);
    }
    return at;
}

static void sort_counted(struct counted *v, struct counted *other, size_t n)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, k = half;
    sort_counted(v, other, half);
    sort_counted(v + half, other, n - half);
    for (size_t at = 0; at < n; at++)
        other[at] = k == n || (i < half && v[i].key <= v[k].key) ? v[i++] : v[k++];
    memcpy(v, other, n * sizeof *v);
}

size_t rank_merge(struct arena *tmp, struct counted *v, size_t n)
{
    size_t kept = 0;
    sort_counted(v, arena_raw(tmp, n + 1, sizeof *v), n);
    for (size_t i = 0; i < n; i++) {
        if (kept > 0 && v[kept - 1].key == v[i].key)
            v[kept - 1].times += v[i].times;
        else
            v[kept++] = v[i];
    }
    return kept;
}

/* --- index --- */

void rank_measure_lengths(struct rank_measure *b, const struct rank_doc *d, uint32_t n, bool taken)
{
    struct arena *tmp = arena_open();
    struct folded f;
    for (uint32_t i = 0; i < n; i++)
        for (size_t k = 0; k < RANK_FIELDS; k++) {
            if (b->o.weight[k] == 0 || d[i].field[k].n == 0)
                continue;
            ArenaMark mark = arena_mark(tmp);
            fold_glyphs(tmp, &f, d[i].field[k]);
            b->length[k] += taken ? -(uint64_t)f.n : f.n;
            arena_reset(tmp, mark);
        }
    arena_close(tmp);
}

/* Rounded, so that it stays as it is while a few documents come and go. */
void rank_measure_mean(struct rank_measure *b, uint32_t n)
{
    for (size_t k = 0; k < RANK_FIELDS; k++) {
        uint64_t mean = n == 0 ? 0 : b->length[k] * 16 / n, step = 1;
        while (mean / step >= MEAN_STEPS)
            step *= 2;
        b->mean[k] = (mean + step / 2) / step * step;
    }
}

/* One occurrence in a field of n characters, in TF_ONE: weight / (1 - b + b * n / mean). */
static uint32_t occurrence(const struct rank_measure *b, size_t field, uint32_t n)
{
    uint64_t mean = b->mean[field], b100 = b->o.b;
    uint64_t longer = mean == 0 ? 100 : 100 - b100 + b100 * n * 16 / mean;
    return (uint32_t)((uint64_t)b->o.weight[field] * TF_ONE * 100 / (longer == 0 ? 1 : longer));
}

size_t rank_read_doc(struct arena *tmp, const struct rank_measure *b, struct counted **out,
                     const struct rank_doc *d)
{
    struct counted *v = NULL;
    size_t n = 0, cap = 0;
    for (size_t k = 0; k < RANK_FIELDS; k++) {
        struct folded f;
        if (b->o.weight[k] == 0 || d->field[k].n == 0)
            continue;
        fold_glyphs(tmp, &f, d->field[k]);
        uint32_t *gram = arena_raw(tmp, 2 * (size_t)f.n + 1, sizeof *gram);
        uint32_t grams = grams_of(gram, f.at, f.n), each = occurrence(b, k, f.n);
        for (uint32_t i = 0; i < grams; i++)
            VEC_PUSH(tmp, v, n, cap) = (struct counted){gram[i], each};
    }
    n = rank_merge(tmp, v, n);
    for (size_t i = 0; i < n; i++) {
        uint64_t tf = v[i].times, k1 = (uint64_t)b->o.k1 * TF_ONE / 100;
        uint32_t impact = (uint32_t)((tf * IMPACT_MAX + (tf + k1) / 2) / (tf + k1));
        v[i].times = impact > 0 ? impact : 1;
    }
    *out = v;
    return n;
}

void rank_sense_docs(const struct rank_index *x, const struct rank_doc *d, uint32_t n, int8_t *out)
{
    struct arena *tmp = arena_open();
    for (uint32_t i = 0; i < n; i++) {
        ArenaMark mark = arena_mark(tmp);
        struct sense_part part[RANK_FIELDS];
        for (size_t k = 0; k < RANK_FIELDS; k++)
            part[k] = (struct sense_part){d[i].field[k], x->measure.o.weight[k]};
        sense_of(tmp, x->sense, part, RANK_FIELDS, out + (size_t)i * SENSE_SIZE);
        arena_reset(tmp, mark);
    }
    arena_close(tmp);
}

static void read_asked(struct rank_index *x, const struct rank_opts *o)
{
    struct arena *tmp = arena_open();
    struct pairs p;
    pairs_open(&p);
    for (uint32_t i = 0; i < o->asked_n; i++)
        for (size_t k = 0; k < RANK_PARTS; k++) {
            ArenaMark mark = arena_mark(tmp);
            struct folded f;
            fold_glyphs(tmp, &f, o->asked[i].part[k].text);
            uint32_t *gram = arena_raw(tmp, 2 * (size_t)f.n + 1, sizeof *gram);
            uint32_t grams = grams_of(gram, f.at, f.n);
            for (uint32_t g = 0; g < grams; g++)
                pairs_add(&p, gram[g], i);
            arena_reset(tmp, mark);
        }
    arena_close(tmp);
    lists_make(x->own, &x->asked, &p);
    x->asked_n = o->asked_n;
}

void rank_list_docs(struct rank_index *x, struct pairs *p, const struct rank_doc *d, uint32_t n,
                    uint32_t first)
{
    struct arena *tmp = arena_open();
    pairs_open(p);
    for (uint32_t i = 0; i < n; i++) {
        ArenaMark mark = arena_mark(tmp);
        struct counted *gram;
        size_t grams = rank_read_doc(tmp, &x->measure, &gram, &d[i]);
        for (size_t k = 0; k < grams; k++)
            pairs_add(p, gram[k].key, (first + i) << IMPACT_BITS | gram[k].times);
        arena_reset(tmp, mark);
    }
    arena_close(tmp);
}

struct rank_index *rank_build(const struct rank_doc *d, uint32_t n, const struct rank_opts *o)
{
    struct arena *own = arena_open();
    struct rank_index *x = ARENA_NEW(own, struct rank_index);
    struct pairs p;
    ASSERT(n < RANK_DOCS_MAX);
    *x = (struct rank_index){.own = own, .n = n, .there_n = n, .whole_n = n, .sense = o->sense};
    x->measure = (struct rank_measure){.o = *o};
    x->id = arena_raw(own, n + 1, sizeof *x->id);
    for (uint32_t i = 0; i < n; i++)
        x->id[i] = d[i].id;
    rank_measure_lengths(&x->measure, d, n, false);
    rank_measure_mean(&x->measure, n);
    rank_list_docs(x, &p, d, n, 0);
    lists_make(own, &x->grams, &p);
    rank_measure_docs(x);
    if (o->asked_n >= RANK_ASKED_MIN)
        read_asked(x, o);
    if (o->sense != NULL) {
        x->vector = arena_raw(own, (size_t)n * SENSE_SIZE + 1, 1);
        rank_sense_docs(x, d, n, x->vector);
    }
    return x;
}

void rank_close(struct rank_index *x)
{
    if (x != NULL)
        arena_close(x->own);
}

/* --- question --- */

uint64_t rank_root(uint64_t x)
{
    uint64_t r = 0;
    for (uint64_t bit = 1ULL << 31; bit > 0; bit >>= 1)
        if ((r | bit) * (r | bit) <= x)
            r |= bit;
    return r;
}

/* LOG_ONE log2(x), x >= 1, by straight lines between powers of two. */
static uint32_t log_of(uint64_t x)
{
    uint32_t whole = 63 - (uint32_t)__builtin_clzll(x);
    uint64_t rest = whole > 32 ? x >> (whole - 32) : x << (32 - whole);
    return whole * LOG_ONE + (uint32_t)((rest - (1ULL << 32)) * LOG_ONE >> 32);
}

/* log2(1 + (n - df + 0.5) / (df + 0.5)) */
uint32_t rank_rarity(uint32_t n, uint32_t df)
{
    enum { FINE = 1 << 12 };
    uint64_t ratio = FINE + (2 * (uint64_t)(n - df) + 1) * FINE / (2 * (uint64_t)df + 1);
    return log_of(ratio) - log_of(FINE);
}

void rank_read(struct arena *tmp, struct rank_question *q, const struct rank_ask *ask)
{
    size_t cap = 0;
    *q = (struct rank_question){0};
    for (size_t k = 0; k < RANK_PARTS; k++) {
        struct folded f;
        if (ask->part[k].weight == 0)
            continue;
        fold_glyphs(tmp, &f, ask->part[k].text);
        f.n = f.n < RANK_GLYPHS_MAX ? f.n : RANK_GLYPHS_MAX;
        uint32_t *gram = arena_raw(tmp, 2 * (size_t)f.n + 1, sizeof *gram);
        uint32_t grams = grams_of(gram, f.at, f.n);
        for (uint32_t i = 0; i < grams; i++)
            VEC_PUSH(tmp, q->gram, q->n, cap) = (struct counted){gram[i], ask->part[k].weight};
    }
    q->n = rank_merge(tmp, q->gram, q->n);
}

static void add_list(uint32_t *got, const uint32_t *item, uint32_t n, uint32_t weight)
{
    for (uint32_t i = 0; i < n; i++)
        got[item[i] >> IMPACT_BITS] += weight * (item[i] & IMPACT_MAX);
}

uint32_t rank_df(const struct rank_index *x, uint32_t key)
{
    uint32_t df, late = 0, taken = 0;
    (void)lists_find(&x->grams, key, &df);
    if (x->gone != NULL) {
        (void)lists_find(&x->late, key, &late);
        (void)lists_find(&x->taken, key, &taken);
    }
    return df + late - taken;
}

void rank_add_gram(uint32_t *got, const struct rank_index *x, uint32_t key, uint32_t weight)
{
    uint32_t n;
    const uint32_t *item = lists_find(&x->grams, key, &n);
    add_list(got, item, n, weight);
    if (x->gone == NULL)
        return;
    item = lists_find(&x->late, key, &n);
    add_list(got, item, n, weight);
}

/* How much it says that a question has this gram: the root of how few have it, in SAYS_ONE. */
static uint32_t says(const struct rank_index *x, uint32_t key)
{
    uint32_t n;
    if (x->asked_n == 0)
        return SAYS_ONE;
    (void)lists_find(&x->asked, key, &n);
    return (uint32_t)rank_root((uint64_t)rank_rarity(x->asked_n, n) * SAYS_ONE / 2);
}

uint32_t rank_weight(const struct rank_index *x, const struct rank_question *q,
                     const struct counted *g, uint32_t df)
{
    uint32_t times = g->times < OFTEN_MAX ? g->times : OFTEN_MAX;
    uint32_t n = x->there_n;
    bool common = q->n > MANY_GRAMS && n > MANY_DOCS && df > n / COMMON_PART;
    return df == 0 || common ? 0 : rank_rarity(n, df) * times * says(x, g->key) / SAYS_ONE;
}

static void add_words(struct rank_room *room, const struct rank_index *x,
                      const struct rank_question *q)
{
    memset(room->got, 0, x->n * sizeof *room->got);
    for (size_t i = 0; i < q->n; i++) {
        const struct counted *g = &q->gram[i];
        uint32_t weight = rank_weight(x, q, g, rank_df(x, g->key));
        if (weight > 0)
            rank_add_gram(room->got, x, g->key, weight);
    }
}

static void add_sense(struct rank_room *room, const struct rank_index *x,
                      const struct rank_ask *ask)
{
    int8_t v[SENSE_SIZE];
    struct sense_part part[RANK_PARTS];
    for (size_t k = 0; k < RANK_PARTS; k++)
        part[k] = (struct sense_part){ask->part[k].text, ask->part[k].weight};
    sense_of(room->tmp, x->sense, part, RANK_PARTS, v);
    sense_compare(room->felt, x->vector, x->whole_n, v);
    sense_compare(room->felt + x->whole_n, x->late_vector, x->n - x->whole_n, v);
}

/* --- one question --- */

struct spread {
    uint64_t n;
    int64_t sum;
    Wide squares;
};

static void spread_add(struct spread *s, int64_t v)
{
    s->n++;
    s->sum += v;
    s->squares += (Wide)v * v;
}

/* Of what each document that is asked for got. */
static void spread_words(struct spread *s, const uint32_t *got, const struct rank_index *x,
                         const struct rank_ask *ask)
{
    uint64_t sum = 0, n = 0;
    UWide squares = 0;
    for (uint32_t i = 0; i < x->n; i++)
        if (rank_is_asked(x, ask, i)) {
            n++;
            sum += got[i];
            squares += (UWide)got[i] * got[i];
        }
    *s = (struct spread){n, (int64_t)sum, (Wide)squares};
}

/* Standard deviation, at least 1. */
static int64_t spread_of(const struct spread *s)
{
    if (s->n == 0)
        return 1;
    Wide n = (Wide)s->n, v = s->squares / n - (Wide)s->sum * s->sum / n / n;
    int64_t root = (int64_t)rank_root(v > 0 ? (uint64_t)v : 0);
    return root > 0 ? root : 1;
}

static bool goes_before(const struct rank_hit *a, const struct rank_hit *b)
{
    return a->score != b->score ? a->score > b->score
           : a->id != b->id     ? a->id < b->id
                                : a->doc < b->doc;
}

static void sink(struct rank_hit *h, uint32_t n, uint32_t i)
{
    struct rank_hit x = h[i];
    for (uint32_t kid; (kid = 2 * i + 1) < n; i = kid) {
        if (kid + 1 < n && goes_before(&h[kid], &h[kid + 1]))
            kid++;
        if (!goes_before(&x, &h[kid]))
            break;
        h[i] = h[kid];
    }
    h[i] = x;
}

/* Of the best only; the last of them is on top until they are sorted. */
static void keep_best(struct rank_found *out, uint32_t top, const struct rank_hit *hit)
{
    if (out->n < top) {
        out->hit[out->n++] = *hit;
        for (uint32_t i = top / 2; out->n == top && i-- > 0;)
            sink(out->hit, top, i);
    } else if (top > 0 && goes_before(hit, &out->hit[0])) {
        out->hit[0] = *hit;
        sink(out->hit, top, 0);
    }
}

static void sort_hits(struct arena *tmp, struct rank_hit *h, uint32_t n)
{
    if (n < 2)
        return;
    ArenaMark mark = arena_mark(tmp);
    struct rank_hit *other = arena_raw(tmp, n, sizeof *other);
    for (uint32_t width = 1; width < n; width *= 2) {
        for (uint32_t lo = 0; lo < n; lo += 2 * width) {
            uint32_t mid = lo + width < n ? lo + width : n;
            uint32_t hi = lo + 2 * width < n ? lo + 2 * width : n;
            for (uint32_t at = lo, i = lo, k = mid; at < hi; at++)
                other[at] = k == hi || (i < mid && !goes_before(&h[k], &h[i])) ? h[i++] : h[k++];
        }
        memcpy(h, other, n * sizeof *h);
    }
    arena_reset(tmp, mark);
}

static void make_room(struct rank_room *room, uint32_t n)
{
    if (n < room->cap)
        return;
    room->cap = n + 1;
    room->got = arena_raw(room->own, room->cap, sizeof *room->got);
    room->kin = arena_raw(room->own, room->cap, sizeof *room->kin);
    room->felt = arena_raw(room->own, room->cap, sizeof *room->felt);
}

struct spreads {
    int64_t words, kin, sense; /* 0: not asked for */
};

static void measure_spreads(struct rank_room *room, const struct rank_index *x,
                            const struct rank_ask *ask, struct spreads *out)
{
    struct spread words = {0}, kin = {0}, sense = {0};
    bool kins = ask->doc != NULL && ask->kin_weight > 0;
    bool senses = x->sense != NULL && ask->sense_weight > 0;
    spread_words(&words, room->got, x, ask);
    *out = (struct spreads){.words = spread_of(&words)};
    if (kins)
        rank_add_kin(room, x, ask);
    if (senses)
        add_sense(room, x, ask);
    for (uint32_t i = 0; i < x->n && (kins || senses); i++)
        if (rank_is_asked(x, ask, i)) {
            spread_add(&kin, kins ? room->kin[i] : 0);
            spread_add(&sense, senses ? room->felt[i] : 0);
        }
    out->kin = kins ? spread_of(&kin) : 0;
    out->sense = senses ? spread_of(&sense) : 0;
}

static int32_t in_spreads(int64_t got, uint32_t weight, int64_t spread)
{
    return (int32_t)(got * SCORE_ONE * weight / (spread * 100));
}

static void keep_hit(struct rank_found *out, const struct rank_room *room,
                     const struct rank_index *x, const struct rank_ask *ask,
                     const struct spreads *of, uint32_t doc)
{
    struct rank_hit hit = {.id = x->id[doc], .doc = doc, .spread = of->words};
    hit.words = (int32_t)((int64_t)room->got[doc] * SCORE_ONE / of->words);
    hit.kin = of->kin == 0 ? 0 : in_spreads(room->kin[doc], ask->kin_weight, of->kin);
    hit.sense = of->sense == 0 ? 0 : in_spreads(room->felt[doc], ask->sense_weight, of->sense);
    hit.score = hit.words + hit.kin + hit.sense + (ask->more == NULL ? 0 : ask->more[doc]);
    if (room->got[doc] > 0 || hit.kin > 0 || hit.sense > 0)
        keep_best(out, ask->top, &hit);
}

static int32_t most_more(const struct rank_index *x, const struct rank_ask *ask)
{
    int32_t most = 0;
    for (uint32_t i = 0; i < x->n && ask->more != NULL; i++)
        most = ask->more[i] > most ? ask->more[i] : most;
    return most;
}

void rank_run(struct arena *keep, struct rank_room *room, const struct rank_index *x,
              const struct rank_ask *ask, struct rank_found *out)
{
    ArenaMark mark = arena_mark(room->tmp);
    struct rank_question q;
    struct spreads of;
    ASSERT(ask->top <= RANK_TOP_MAX);
    *out = (struct rank_found){.hit = arena_raw(keep, ask->top + 1, sizeof *out->hit)};
    make_room(room, x->n);
    rank_read(room->tmp, &q, ask);
    add_words(room, x, &q);
    measure_spreads(room, x, ask, &of);
    /* Without kin and sense most are told by one comparison with what the last of the best has. */
    bool words_only = of.kin == 0 && of.sense == 0;
    int64_t least = words_only ? 1 : INT64_MIN, more = most_more(x, ask);
    for (uint32_t i = 0; i < x->n; i++) {
        if ((int64_t)room->got[i] * SCORE_ONE < least || !rank_is_asked(x, ask, i))
            continue;
        keep_hit(out, room, x, ask, &of, i);
        if (words_only && out->n == ask->top && out->n > 0)
            least = (out->hit[0].score - more) * of.words;
        least = words_only && least < 1 ? 1 : least;
    }
    sort_hits(room->tmp, out->hit, out->n);
    arena_reset(room->tmp, mark);
}

struct rank_room *rank_room_open(void)
{
    struct arena *own = arena_open();
    struct rank_room *r = ARENA_NEW(own, struct rank_room);
    r->own = own;
    r->tmp = arena_child(own);
    return r;
}

void rank_room_close(struct rank_room *r)
{
    if (r != NULL)
        arena_close(r->own);
}
