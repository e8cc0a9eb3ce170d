/* matcher.c - texts by match/rank.h, and terms of business by document.
 *
 * Units, places and chains are columns of numbers, equal ones equal: a question compares each
 * distinct value once and then looks up. Terms are known for every document before any is ranked,
 * so that the best are the best of all.
 */
#include "match/matcher.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/rank_int.h"
#include "match/taxonomy.h"

enum {
    SPREAD = 1000,
    PAST_FULL = 3,   /* from so many on more count no more */
    PLACE_FULL = 12, /* digits */
    GRADE_FULL = 1000,
    UNIT_ROWS = 4, /* as many times the rows wanted are looked at where units have a limit */
};

const struct match_weights match_weights_usual = {{[MATCH_WORDS] = 100,
                                                   [MATCH_KIN] = 25,
                                                   [MATCH_NEAR] = 20,
                                                   [MATCH_CHAIN] = 20,
                                                   [MATCH_PAST] = 20,
                                                   [MATCH_ROOM] = 10,
                                                   [MATCH_NODE] = 30,
                                                   [MATCH_GRADE] = 20}};

const struct rank_opts matcher_texts = {.weight = {2, 2, 1}, .k1 = 120, .b = 60};

struct column {
    uint32_t *of; /* number of each document's value */
    Str *value;   /* [0] is "" */
    uint32_t n;
};

struct matcher {
    struct arena *own;
    struct match_weights weights;
    uint32_t n; /* documents, with those that are gone */
    uint32_t there_n;
    uint32_t others; /* that are gone, and that came: matcher_patch */
    bool titles;
    struct match_doc *doc;
    struct rank_doc *text;
    struct column unit, place, chain;
    uint64_t *all, *open; /* ids: of every document, of those with room */
    uint32_t id_words;
    int16_t *room, *grade; /* of each document, whoever asks */
    struct rank_index *index;
    const struct taxonomy *taxonomy;
    struct lists at_node; /* documents by node */
    const uint64_t *gone; /* bit i: document i is; NULL: none is */
};

static bool is_gone(const struct matcher *m, uint32_t doc)
{
    return m->gone != NULL && (m->gone[doc / 64] >> doc % 64 & 1) != 0;
}

/* --- columns --- */

static Str text_at(const struct match_doc *d, size_t offset)
{
    Str s;
    memcpy(&s, (const char *)d + offset, sizeof s);
    return s;
}

/* Values by the order they are met in. */
static void column_make(struct matcher *m, struct column *c, size_t offset)
{
    struct arena *tmp = arena_open();
    size_t slots = 64;
    while (slots < 2 * (size_t)m->n)
        slots *= 2;
    uint32_t *seat = ARENA_ARRAY(tmp, uint32_t, slots); /* numbers of values; 0: free */
    *c = (struct column){.of = ARENA_ARRAY(m->own, uint32_t, m->n + 1), .n = 1};
    c->value = arena_raw(m->own, m->n + 2, sizeof *c->value);
    c->value[0] = S("");
    for (uint32_t i = 0; i < m->n; i++) {
        Str s = text_at(&m->doc[i], offset);
        if (s.n == 0 || is_gone(m, i))
            continue;
        size_t at = str_hash(s) & (slots - 1);
        while (seat[at] != 0 && !str_eq(c->value[seat[at]], s))
            at = (at + 1) & (slots - 1);
        if (seat[at] == 0) {
            seat[at] = c->n;
            c->value[c->n++] = s;
        }
        c->of[i] = seat[at];
    }
    arena_close(tmp);
}

/* --- build --- */

static int16_t bounded(const struct matcher *m, enum match_part part, uint64_t got, uint64_t full)
{
    uint64_t most = (uint64_t)m->weights.of[part] * SPREAD / 100;
    most = most < INT16_MAX ? most : INT16_MAX;
    return (int16_t)(most * (got < full ? got : full) / full);
}

static void stand(struct matcher *m)
{
    m->room = ARENA_ARRAY(m->own, int16_t, m->n + 1);
    m->grade = ARENA_ARRAY(m->own, int16_t, m->n + 1);
    for (uint32_t i = 0; i < m->n; i++) {
        const struct match_doc *d = &m->doc[i];
        uint32_t left = d->busy < d->capacity ? (uint32_t)(d->capacity - d->busy) : 0;
        if (d->capacity > 0)
            m->room[i] = bounded(m, MATCH_ROOM, left, d->capacity);
        m->grade[i] = bounded(m, MATCH_GRADE, d->grade, GRADE_FULL);
    }
}

static void keep_docs(struct matcher *m, const struct match_doc *d)
{
    m->doc = arena_raw(m->own, m->n + 1, sizeof *m->doc);
    m->text = ARENA_ARRAY(m->own, struct rank_doc, m->n + 1);
    for (uint32_t i = 0; i < m->n; i++) {
        struct match_doc *to = &m->doc[i];
        *to = d[i];
        m->text[i].id = d[i].id;
        for (int k = 0; k < MATCH_FIELDS; k++)
            m->text[i].field[k] = to->text[k] = arena_copy(m->own, d[i].text[k]);
        to->unit = arena_copy(m->own, d[i].unit);
        to->place = arena_copy(m->own, d[i].place);
        to->chain = arena_copy(m->own, d[i].chain);
    }
}

/* Kin is for titles; paragraphs gain nothing by it, and it takes longer than all else. */
static bool are_titles(const struct matcher *m)
{
    size_t bytes = 0;
    for (uint32_t i = 0; i < m->n; i++)
        for (int k = 0; k < MATCH_FIELDS; k++)
            bytes += is_gone(m, i) ? 0 : m->doc[i].text[k].n;
    return bytes <= (size_t)m->there_n * MATCH_TITLE_BYTES;
}

static void read_ids(struct matcher *m)
{
    for (uint32_t i = 0; i < m->n; i++)
        m->id_words = m->doc[i].id / 64 >= m->id_words ? m->doc[i].id / 64 + 1 : m->id_words;
    m->all = ARENA_ARRAY(m->own, uint64_t, m->id_words + 1);
    m->open = ARENA_ARRAY(m->own, uint64_t, m->id_words + 1);
    for (uint32_t i = 0; i < m->n; i++) {
        const struct match_doc *d = &m->doc[i];
        uint64_t bit = is_gone(m, i) ? 0 : 1ULL << d->id % 64;
        m->all[d->id / 64] |= bit;
        m->open[d->id / 64] |= d->capacity == 0 || d->busy < d->capacity ? bit : 0;
    }
}

/* Nodes that any text of a document speaks of, ascending. */
static uint32_t nodes_of(struct arena *tmp, const struct matcher *m, const struct match_doc *d,
                         struct taxonomy_place *of[static MATCH_FIELDS],
                         uint32_t n[static MATCH_FIELDS])
{
    uint32_t all = 0;
    for (int k = 0; k < MATCH_FIELDS; k++)
        all += n[k] = taxonomy_find(tmp, m->taxonomy, d->text[k], k == MATCH_KEYWORDS, &of[k]);
    return all;
}

/* Documents by node: those before `from` as `before` has them. */
static void place_docs(struct matcher *m, const struct lists *before, uint32_t from)
{
    struct arena *tmp = arena_open();
    struct pairs p;
    pairs_open(&p);
    for (uint32_t k = 0; from > 0 && k < before->key_n; k++)
        for (uint32_t i = before->start[k]; i < before->start[k + 1]; i++)
            if (!is_gone(m, before->item[i]))
                pairs_add(&p, before->key[k], before->item[i]);
    for (uint32_t i = from; i < m->n && m->taxonomy != NULL; i++) {
        ArenaMark mark = arena_mark(tmp);
        struct taxonomy_place *of[MATCH_FIELDS];
        uint32_t n[MATCH_FIELDS];
        (void)nodes_of(tmp, m, &m->doc[i], of, n);
        for (int k = 0; k < MATCH_FIELDS; k++)
            for (uint32_t j = 0; j < n[k]; j++)
                pairs_add(&p, of[k][j].node, i);
        arena_reset(tmp, mark);
    }
    lists_make(m->own, &m->at_node, &p);
    arena_close(tmp);
}

static void read_terms(struct matcher *m)
{
    read_ids(m);
    column_make(m, &m->unit, offsetof(struct match_doc, unit));
    column_make(m, &m->place, offsetof(struct match_doc, place));
    column_make(m, &m->chain, offsetof(struct match_doc, chain));
    stand(m);
}

struct matcher *matcher_build(const struct match_doc *d, uint32_t n, const struct match_opts *o)
{
    struct arena *own = arena_open();
    struct matcher *m = ARENA_NEW(own, struct matcher);
    *m = (struct matcher){.own = own, .n = n, .there_n = n, .taxonomy = o->taxonomy};
    m->weights = o->weights;
    keep_docs(m, d);
    m->titles = are_titles(m);
    if (!m->titles)
        m->weights.of[MATCH_KIN] = 0;
    read_terms(m);
    place_docs(m, NULL, 0);
    struct rank_opts opts = matcher_texts;
    opts.kin = m->weights.of[MATCH_KIN] > 0;
    opts.sense = o->sense;
    opts.asked = o->asked;
    opts.asked_n = o->asked_n;
    m->index = rank_build(m->text, n, &opts);
    return m;
}

/* --- patch --- */

struct patching {
    const struct matcher *whole;
    struct matcher *m;
    uint32_t *at; /* one more than the place of an id in the whole one; 0: none, or taken */
    uint32_t *gone, gone_n;
};

static Str keep_term(const struct patching *p, Str was, Str now)
{
    return str_eq(was, now) ? was : arena_copy(p->m->own, now);
}

static bool same_texts(const struct match_doc *a, const struct match_doc *b)
{
    for (int k = 0; k < MATCH_FIELDS; k++)
        if (!str_eq(a->text[k], b->text[k]))
            return false;
    return true;
}

static void patch_terms(struct patching *p, struct match_doc *to, const struct match_doc *d)
{
    to->unit = keep_term(p, to->unit, d->unit);
    to->place = keep_term(p, to->place, d->place);
    to->chain = keep_term(p, to->chain, d->chain);
    to->grade = d->grade;
    to->capacity = d->capacity;
    to->busy = d->busy;
}

static void add_late(struct patching *p, const struct match_doc *d)
{
    struct matcher *m = p->m;
    struct match_doc *to = &m->doc[m->n];
    m->others++;
    *to = (struct match_doc){.id = d->id};
    m->text[m->n] = (struct rank_doc){.id = d->id};
    for (int k = 0; k < MATCH_FIELDS; k++)
        m->text[m->n].field[k] = to->text[k] = arena_copy(m->own, d->text[k]);
    patch_terms(p, to, d);
    m->n++;
}

/* Every document where its text was read already, or behind; false: too many are others. */
static bool patch_docs(struct patching *p, const struct match_doc *d, uint32_t n)
{
    const struct matcher *whole = p->whole;
    struct matcher *m = p->m;
    uint32_t ids = whole->id_words * 64;
    for (uint32_t i = 0; i < whole->n; i++)
        p->at[whole->doc[i].id] = i + 1;
    for (uint32_t i = 0; i < n && m->others <= MATCH_LATE_MAX; i++) {
        uint32_t at = d[i].id < ids ? p->at[d[i].id] : 0;
        if (at == 0 || !same_texts(&m->doc[at - 1], &d[i])) {
            add_late(p, &d[i]);
            continue;
        }
        p->at[d[i].id] = 0;
        patch_terms(p, &m->doc[at - 1], &d[i]);
    }
    for (uint32_t i = 0; i < whole->n && m->others <= MATCH_LATE_MAX; i++)
        if (p->at[whole->doc[i].id] == i + 1)
            p->gone[p->gone_n++] = i;
    m->others += p->gone_n;
    return m->others <= MATCH_LATE_MAX;
}

static bool patch_texts(struct patching *p)
{
    struct matcher *m = p->m;
    uint32_t from = p->whole->n;
    struct rank_patch texts = {.late = m->text + from, .late_n = m->n - from};
    texts.gone = p->gone;
    texts.gone_n = p->gone_n;
    texts.doc = p->whole->text;
    uint64_t *gone = ARENA_ARRAY(m->own, uint64_t, m->n / 64 + 1);
    for (uint32_t i = 0; i < p->gone_n; i++)
        gone[p->gone[i] / 64] |= 1ULL << p->gone[i] % 64;
    m->gone = gone;
    m->there_n = m->n - p->gone_n;
    if (are_titles(m) == m->titles)
        m->index = rank_patch(p->whole->index, &texts);
    return m->index != NULL;
}

struct matcher *matcher_patch(const struct matcher *whole, const struct match_doc *d, uint32_t n)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    struct matcher *m = ARENA_NEW(own, struct matcher);
    struct patching p = {.whole = whole, .m = m};
    size_t room = (size_t)whole->n + MATCH_LATE_MAX + 2;
    ASSERT(whole->gone == NULL);
    *m = *whole;
    m->own = own;
    m->index = NULL;
    m->others = 0;
    m->doc = arena_raw(own, room, sizeof *m->doc);
    m->text = arena_raw(own, room, sizeof *m->text);
    memcpy(m->doc, whole->doc, whole->n * sizeof *m->doc);
    memcpy(m->text, whole->text, whole->n * sizeof *m->text);
    p.at = ARENA_ARRAY(tmp, uint32_t, (size_t)whole->id_words * 64 + 1);
    p.gone = arena_raw(tmp, whole->n + 1, sizeof *p.gone);
    bool done = patch_docs(&p, d, n) && patch_texts(&p);
    if (done) {
        read_terms(m);
        place_docs(m, &whole->at_node, whole->n);
    } else {
        arena_close(own);
    }
    arena_close(tmp);
    return done ? m : NULL;
}

uint32_t matcher_late(const struct matcher *m)
{
    return m->others;
}

void matcher_close(struct matcher *m)
{
    if (m != NULL) {
        rank_close(m->index);
        arena_close(m->own);
    }
}

uint32_t matcher_count(const struct matcher *m)
{
    return m->there_n;
}

bool matcher_has(const struct matcher *m, uint32_t id)
{
    return id / 64 < m->id_words && (m->all[id / 64] >> id % 64 & 1) != 0;
}

const struct match_doc *matcher_doc(const struct matcher *m, uint32_t doc)
{
    return doc < m->n ? &m->doc[doc] : NULL;
}

/* --- one question --- */

struct asking {
    const struct matcher *m;
    const struct match_ask *ask;
    int16_t *near, *chain; /* of each distinct place and chain */
    int16_t *node;         /* of each document */
    uint64_t *filter;
};

static uint32_t begin_alike(Str a, Str b)
{
    uint32_t n = 0;
    while (n < a.n && n < b.n && a.p[n] == b.p[n])
        n++;
    return n;
}

/* Digits of a division's code that say something: 320582000000 is a city, six of them. */
static Str place_of(Str code)
{
    while (code.n > 2 && code.p[code.n - 1] == '0')
        code.n--;
    code.n += code.n % 2 == 1 && code.n < 6;
    return code;
}

static int16_t nearness(const struct matcher *m, Str a, Str b)
{
    a = place_of(a);
    b = place_of(b);
    uint32_t alike = begin_alike(a, b) / 2 * 2; /* provinces, cities, counties */
    return bounded(m, MATCH_NEAR, a.n > 0 && str_eq(a, b) ? PLACE_FULL : alike, PLACE_FULL);
}

static int32_t past_of(const struct matcher *m, const struct match_ask *ask, uint32_t id)
{
    for (uint32_t i = 0; i < ask->past_n; i++)
        if (ask->past[i].id == id)
            return bounded(m, MATCH_PAST, ask->past[i].times, PAST_FULL);
    return 0;
}

static bool is_among(Str s, const Str *v, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(s, v[i]))
            return true;
    return false;
}

/* Without what has a conflict or no room. */
static void make_filter(struct asking *a, struct arena *tmp)
{
    const struct match_ask *ask = a->ask;
    const struct matcher *m = a->m;
    bool *barred = ARENA_ARRAY(tmp, bool, m->unit.n + 1), units = false;
    a->filter = arena_raw(tmp, m->id_words, sizeof *a->filter);
    memcpy(a->filter, ask->full_too ? m->all : m->open, m->id_words * sizeof *a->filter);
    for (uint32_t w = 0; w < m->id_words && ask->filter != NULL; w++)
        a->filter[w] &= w < ask->filter_n ? ask->filter[w] : 0;
    for (uint32_t u = 1; u < m->unit.n && ask->barred_unit_n > 0; u++)
        units |= barred[u] = is_among(m->unit.value[u], ask->barred_unit, ask->barred_unit_n);
    for (uint32_t i = 0; i < m->n && units; i++)
        if (barred[m->unit.of[i]])
            a->filter[m->doc[i].id / 64] &= ~(1ULL << m->doc[i].id % 64);
    for (uint32_t i = 0; i < ask->barred_n; i++)
        if (ask->barred[i] / 64 < m->id_words)
            a->filter[ask->barred[i] / 64] &= ~(1ULL << ask->barred[i] % 64);
}

static void compare_values(struct asking *a, struct arena *tmp)
{
    const struct matcher *m = a->m;
    a->near = ARENA_ARRAY(tmp, int16_t, m->place.n + 1);
    a->chain = ARENA_ARRAY(tmp, int16_t, m->chain.n + 1);
    for (uint32_t i = 1; i < m->place.n; i++)
        a->near[i] = nearness(m, m->place.value[i], a->ask->of.place);
    for (uint32_t i = 1; i < m->chain.n; i++)
        if (str_eq(m->chain.value[i], a->ask->of.chain))
            a->chain[i] = bounded(m, MATCH_CHAIN, 1, 1);
}

static uint32_t node_rarity(const struct matcher *m, uint32_t node)
{
    uint32_t df;
    (void)lists_find(&m->at_node, node, &df);
    return df == 0 ? 0 : rank_rarity(m->there_n, df);
}

/* Distinct nodes of the question, each by how rare it is; the sum of that. */
static uint32_t asked_nodes(const struct asking *a, struct arena *tmp, bool *is)
{
    struct taxonomy_place *of[MATCH_FIELDS];
    uint32_t n[MATCH_FIELDS], sum = 0;
    (void)nodes_of(tmp, a->m, &a->ask->of, of, n);
    for (int k = 0; k < MATCH_FIELDS; k++)
        for (uint32_t i = 0; i < n[k]; i++)
            is[of[k][i].node] = true;
    for (uint32_t i = 0; i < taxonomy_nodes(a->m->taxonomy); i++)
        sum += is[i] ? node_rarity(a->m, i) : 0;
    return sum;
}

/* The part of what is asked that a document speaks of too. */
static void compare_nodes(struct asking *a, struct arena *tmp)
{
    const struct matcher *m = a->m;
    a->node = ARENA_ARRAY(tmp, int16_t, m->n + 1);
    if (m->taxonomy == NULL)
        return;
    uint32_t *shared = ARENA_ARRAY(tmp, uint32_t, m->n + 1), nodes = taxonomy_nodes(m->taxonomy);
    bool *is = ARENA_ARRAY(tmp, bool, nodes + 1);
    uint32_t sum = asked_nodes(a, tmp, is);
    for (uint32_t i = 0; i < nodes; i++) {
        uint32_t n, rarity = node_rarity(m, i);
        const uint32_t *doc = lists_find(&m->at_node, i, &n);
        for (uint32_t k = 0; k < n && is[i]; k++)
            shared[doc[k]] += rarity;
    }
    for (uint32_t i = 0; i < m->n && sum > 0; i++)
        a->node[i] = bounded(m, MATCH_NODE, shared[i], sum);
}

static int32_t *terms_of_all(const struct asking *a, struct arena *tmp)
{
    const struct matcher *m = a->m;
    int32_t *terms = arena_raw(tmp, m->n + 1, sizeof *terms);
    for (uint32_t i = 0; i < m->n; i++)
        terms[i] = a->near[m->place.of[i]] + a->chain[m->chain.of[i]] + m->room[i] + m->grade[i] +
                   a->node[i];
    for (uint32_t i = 0; i < m->n && a->ask->past_n > 0; i++)
        terms[i] += past_of(m, a->ask, m->doc[i].id);
    return terms;
}

static void fill_row(const struct asking *a, struct match_row *row, const struct rank_hit *hit)
{
    const struct matcher *m = a->m;
    *row = (struct match_row){hit->id, hit->doc, {0}, hit->score, hit->spread};
    row->part[MATCH_WORDS] = hit->words;
    row->part[MATCH_KIN] = hit->kin;
    row->part[MATCH_SENSE] = hit->sense;
    row->part[MATCH_NEAR] = a->near[m->place.of[hit->doc]];
    row->part[MATCH_CHAIN] = a->chain[m->chain.of[hit->doc]];
    row->part[MATCH_PAST] = past_of(m, a->ask, hit->id);
    row->part[MATCH_ROOM] = m->room[hit->doc];
    row->part[MATCH_NODE] = a->node[hit->doc];
    row->part[MATCH_GRADE] = m->grade[hit->doc];
}

/* The best of which no unit has more than its rows. */
static void take_rows(const struct asking *a, struct arena *tmp, const struct rank_found *f,
                      struct match_found *out)
{
    uint16_t *rows = ARENA_ARRAY(tmp, uint16_t, a->m->unit.n + 1);
    for (uint32_t i = 0; i < f->n && out->n < a->ask->top; i++) {
        uint32_t unit = a->m->unit.of[f->hit[i].doc];
        if (a->ask->per_unit > 0 && unit > 0 && rows[unit] >= a->ask->per_unit) {
            out->passed_over++;
            continue;
        }
        rows[unit]++;
        fill_row(a, &out->row[out->n++], &f->hit[i]);
    }
}

static void ask_texts(const struct matcher *m, const struct match_ask *ask, struct rank_ask *out)
{
    *out = (struct rank_ask){
        .sense_weight = m->weights.of[MATCH_SENSE],
        .kin_weight = m->weights.of[MATCH_KIN],
        .doc = m->text,
    };
    for (int k = 0; k < MATCH_FIELDS; k++)
        out->part[k] = (struct rank_part){ask->of.text[k], matcher_texts.weight[k]};
}

void matcher_run(struct arena *keep, struct rank_room *room, const struct matcher *m,
                 const struct match_ask *ask, struct match_found *out)
{
    struct arena *tmp = arena_open();
    struct asking a = {.m = m, .ask = ask};
    struct rank_ask texts;
    struct rank_found found;
    ASSERT(ask->top <= RANK_TOP_MAX);
    *out = (struct match_found){.row = arena_raw(keep, ask->top + 1, sizeof *out->row)};
    ask_texts(m, ask, &texts);
    make_filter(&a, tmp);
    compare_values(&a, tmp);
    compare_nodes(&a, tmp);
    texts.filter = a.filter;
    texts.filter_n = m->id_words;
    texts.more = terms_of_all(&a, tmp);
    /* Units that had their rows leave places to others: all of them, in the worst case. */
    for (texts.top = ask->top;;
         texts.top = texts.top * UNIT_ROWS < RANK_TOP_MAX ? texts.top * UNIT_ROWS : RANK_TOP_MAX) {
        rank_run(tmp, room, m->index, &texts, &found);
        out->n = out->passed_over = 0;
        take_rows(&a, tmp, &found, out);
        if (out->n == ask->top || found.n < texts.top || texts.top == RANK_TOP_MAX)
            break;
    }
    arena_close(tmp);
}

/* --- reasons --- */

struct node_place {
    int field; /* -1: nowhere */
    Span at;
};

/* Where the text speaks of each node first. */
static struct node_place *node_places(struct arena *tmp, const struct matcher *m,
                                      const struct match_doc *d)
{
    uint32_t nodes = taxonomy_nodes(m->taxonomy), n[MATCH_FIELDS];
    struct taxonomy_place *of[MATCH_FIELDS];
    struct node_place *p = arena_raw(tmp, nodes + 1, sizeof *p);
    for (uint32_t i = 0; i < nodes; i++)
        p[i].field = -1;
    (void)nodes_of(tmp, m, d, of, n);
    for (int k = MATCH_FIELDS; k-- > 0;)
        for (uint32_t i = 0; i < n[k]; i++)
            p[of[k][i].node] = (struct node_place){k, of[k][i].at};
    return p;
}

/* Each shared node with its share; what rounding leaves goes to the first. */
static void tell_nodes(const struct matcher *m, const struct node_place *asked,
                       const struct match_row *row, struct match_why *out)
{
    struct arena *tmp = arena_open();
    const struct node_place *answered = node_places(tmp, m, &m->doc[row->doc]);
    uint32_t nodes = taxonomy_nodes(m->taxonomy), first = out->n, sum = 0;
    int32_t left = row->part[MATCH_NODE];
    for (uint32_t i = 0; i < nodes; i++)
        sum += asked[i].field >= 0 && answered[i].field >= 0 ? node_rarity(m, i) : 0;
    for (uint32_t i = 0; i < nodes; i++) {
        if (asked[i].field < 0 || answered[i].field < 0)
            continue;
        ASSERT(sum > 0);
        struct match_reason *r = &out->at[out->n++];
        *r = (struct match_reason){
            .part = MATCH_NODE,
            .worth = (int32_t)((int64_t)row->part[MATCH_NODE] * node_rarity(m, i) / sum),
            .asked_in = (enum match_field)asked[i].field,
            .answered_in = (enum match_field)answered[i].field,
            .asked = asked[i].at,
            .answered = answered[i].at,
            .node = taxonomy_node(m->taxonomy, i),
            .chain = taxonomy_chain(m->taxonomy, i),
        };
        left -= r->worth;
    }
    out->at[first].worth += left;
    arena_close(tmp);
}

static void tell_words(const struct rank_why *why, struct match_why *out)
{
    for (uint32_t i = 0; i < why->n; i++)
        out->at[out->n++] = (struct match_reason){
            .part = MATCH_WORDS,
            .worth = why->at[i].worth,
            .asked_in = (enum match_field)why->at[i].part,
            .answered_in = (enum match_field)why->at[i].field,
            .asked = why->at[i].asked,
            .answered = why->at[i].answered,
        };
}

void matcher_why(struct arena *keep, const struct matcher *m, const struct match_ask *ask,
                 const struct match_row *row, uint32_t n, struct match_why *out)
{
    struct arena *tmp = arena_open();
    uint32_t nodes = m->taxonomy == NULL ? 0 : taxonomy_nodes(m->taxonomy);
    struct rank_ask texts;
    ask_texts(m, ask, &texts);
    const struct rank_teller *teller = rank_tell(tmp, m->index, &texts);
    const struct node_place *asked = nodes > 0 ? node_places(tmp, m, &ask->of) : NULL;
    for (uint32_t i = 0; i < n; i++, row++, out++) {
        struct rank_why why;
        struct rank_hit hit = {.id = row->id, .doc = row->doc, .spread = row->spread};
        hit.words = row->part[MATCH_WORDS];
        rank_why(tmp, teller, &hit, &m->text[row->doc], &why);
        *out = (struct match_why){
            .at = ARENA_ARRAY(keep, struct match_reason, why.n + nodes + MATCH_PARTS)};
        tell_words(&why, out);
        for (int p = MATCH_WORDS + 1; p < MATCH_PARTS; p++)
            if (row->part[p] != 0 && p != MATCH_NODE)
                out->at[out->n++] =
                    (struct match_reason){.part = (enum match_part)p, .worth = row->part[p]};
        if (row->part[MATCH_NODE] != 0)
            tell_nodes(m, asked, row, out);
    }
    arena_close(tmp);
}
