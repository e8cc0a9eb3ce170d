/* finder.c - rosters of all kinds behind one index for search.
 *
 *     kind 0: row 0 1 2 ..    -> id 0 1 2 ..        ids are given once and kept: a subject that is
 *     kind 1: row 0 1 ..      -> id 51541 ..        added later gets the next one
 *
 * A version (index, rosters, ids) never changes and is counted, as rosters are: whoever finds in it
 * holds it. The next version is made beside it from what differs between two rosters of a kind,
 * found by a walk over both in the order of their subjects. Cost of a walk: about 1 ms for 50,000.
 */
#include "query/finder.h"

#include <string.h>

#include "match/search.h"
#include "os/thread.h"
#include "query/query_int.h"

enum { KINDS_MAX = 255, SEEN = 8 };

struct place_of {
    uint32_t row;
    uint8_t kind;
    bool there;
};

struct part {                    /* a kind within a version */
    const struct roster *roster; /* held */
    uint32_t *id;                /* by row */
    struct seen {                /* ids of the rows that a scope held; written once, counted */
        const uint64_t *row, *id;
    } seen[SEEN];
    size_t seen_n; /* under the finder's lock */
};

struct version {
    struct arena *arena;
    struct search_index *index;
    uint32_t refs; /* under the finder's lock */
    struct part *part;
    size_t part_n;
    struct place_of *place; /* by id */
    uint32_t id_n;
};

struct finder {
    struct rosters *rosters;
    struct lock *lock;
    struct version *now; /* NULL: not ready */
    struct spare rooms;
};

struct finder *finder_open(struct arena *keep, struct rosters *rosters)
{
    struct finder *f = ARENA_NEW(keep, struct finder);
    f->rosters = rosters;
    f->lock = f->rooms.lock = lock_open(keep);
    return f;
}

static void version_close(struct version *v)
{
    for (size_t i = 0; i < v->part_n; i++)
        roster_release(v->part[i].roster);
    search_close(v->index);
    arena_close(v->arena);
}

static void version_release(struct finder *f, struct version *v)
{
    lock_take(f->lock);
    bool last = --v->refs == 0;
    lock_give(f->lock);
    if (last)
        version_close(v);
}

static struct version *version_take(struct finder *f)
{
    lock_take(f->lock);
    struct version *v = f->now;
    if (v != NULL)
        v->refs++;
    lock_give(f->lock);
    return v;
}

void finder_close(struct finder *f)
{
    if (f == NULL)
        return;
    if (f->now != NULL)
        version_release(f, f->now);
    for (void *room; (room = spare_take(&f->rooms)) != NULL;)
        search_room_close(room);
    lock_close(f->lock);
}

/* --- the next version --- */

struct making {
    struct version *old, *new;
    struct arena *tmp;
    struct search_doc *doc;
    size_t doc_n, doc_cap;
    uint32_t *gone;
    size_t gone_n, gone_cap;
    size_t place_cap;
};

static Str role_text(const struct roster *r, enum subject_role role, uint32_t row)
{
    int32_t at = r->rules->role[role];
    const struct column *c = at < 0 ? NULL : dataset_find(r->data, (uint32_t)at, COL_NO_PERIOD);
    return c != NULL && column_has(c, row)
               ? labels_text(r->data->labels, (uint32_t)column_value(c, row))
               : S("");
}

static struct search_doc doc_of(const struct roster *r, uint32_t row, uint32_t id, uint8_t kind)
{
    return (struct search_doc){
        .id = id,
        .facet = {kind},
        .name = role_text(r, SUBJECT_ROLE_NAME, row),
        .former = role_text(r, SUBJECT_ROLE_FORMER, row),
        .code = r->data->id[row],
    };
}

static bool same_doc(const struct search_doc *a, const struct search_doc *b)
{
    return str_eq(a->name, b->name) && str_eq(a->former, b->former) && str_eq(a->code, b->code);
}

static void place(struct making *m, uint32_t id, uint32_t row, size_t kind)
{
    m->new->place[id] = (struct place_of){row, (uint8_t)kind, true};
    m->new->part[kind].id[row] = id;
}

static void add_row(struct making *m, size_t kind, uint32_t row)
{
    struct version *v = m->new;
    size_t n = v->id_n;
    VEC_PUSH(v->arena, v->place, n, m->place_cap) = (struct place_of){0};
    v->id_n = (uint32_t)n;
    place(m, v->id_n - 1, row, kind);
    VEC_PUSH(m->tmp, m->doc, m->doc_n, m->doc_cap) =
        doc_of(v->part[kind].roster, row, v->id_n - 1, (uint8_t)kind);
}

static void keep_row(struct making *m, size_t kind, uint32_t was, uint32_t row)
{
    const struct part *old = &m->old->part[kind];
    uint32_t id = old->id[was];
    struct search_doc before = doc_of(old->roster, was, id, (uint8_t)kind);
    struct search_doc after = doc_of(m->new->part[kind].roster, row, id, (uint8_t)kind);
    place(m, id, row, kind);
    if (!same_doc(&before, &after))
        VEC_PUSH(m->tmp, m->doc, m->doc_n, m->doc_cap) = after;
}

static void drop_row(struct making *m, size_t kind, uint32_t was)
{
    uint32_t id = m->old->part[kind].id[was];
    m->new->place[id].there = false;
    VEC_PUSH(m->tmp, m->gone, m->gone_n, m->gone_cap) = id;
}

/* Both rosters of a kind in the order of their subjects. */
static void walk(struct making *m, size_t kind)
{
    const struct roster *a =
        kind < (m->old == NULL ? 0 : m->old->part_n) ? m->old->part[kind].roster : NULL;
    const struct roster *b = m->new->part[kind].roster;
    uint32_t i = 0, j = 0, an = a == NULL ? 0 : a->data->row_n, bn = b->data->row_n;
    while (i < an || j < bn) {
        uint32_t was = i < an ? a->own->by_subject[i] : 0;
        uint32_t row = j < bn ? b->own->by_subject[j] : 0;
        bool gone = i < an && (j == bn || a->subject[was] < b->subject[row]);
        bool came = j < bn && (i == an || b->subject[row] < a->subject[was]);
        if (gone)
            drop_row(m, kind, was);
        else if (came)
            add_row(m, kind, row);
        else
            keep_row(m, kind, was, row);
        i += !came;
        j += !gone;
    }
}

/* Kinds keep their places: a new one comes last. */
static void take_parts(struct making *m, struct rosters *x)
{
    Str *name;
    size_t n = rosters_kinds(x, m->tmp, &name), old_n = m->old == NULL ? 0 : m->old->part_n;
    struct version *v = m->new;
    v->part = ARENA_ARRAY(v->arena, struct part, old_n + n);
    for (size_t i = 0; i < old_n; i++)
        v->part[v->part_n++].roster = roster_take(x, m->old->part[i].roster->kind);
    for (size_t k = 0; k < n && v->part_n < KINDS_MAX; k++) {
        bool known = false;
        for (size_t i = 0; i < old_n; i++)
            known |= str_eq(m->old->part[i].roster->kind, name[k]);
        const struct roster *r = known ? NULL : roster_take(x, name[k]);
        if (r != NULL)
            v->part[v->part_n++].roster = r;
    }
}

static bool is_current(const struct making *m)
{
    if (m->old == NULL || m->old->part_n != m->new->part_n)
        return false;
    for (size_t i = 0; i < m->old->part_n; i++)
        if (m->old->part[i].roster != m->new->part[i].roster)
            return false;
    return true;
}

static void fill(struct making *m)
{
    struct version *v = m->new;
    for (size_t i = 0; i < v->part_n; i++)
        v->part[i].id = ARENA_ARRAY(v->arena, uint32_t, v->part[i].roster->data->row_n);
    if (m->old != NULL) {
        m->place_cap = m->old->id_n;
        v->place = ARENA_ARRAY(v->arena, struct place_of, m->old->id_n);
        v->id_n = m->old->id_n;
    }
    for (size_t i = 0; i < v->part_n; i++)
        walk(m, i);
    v->index = m->old == NULL ? search_build(m->doc, (uint32_t)m->doc_n)
                              : search_change(m->old->index, m->doc, (uint32_t)m->doc_n, m->gone,
                                              (uint32_t)m->gone_n);
}

void finder_follow(struct finder *f)
{
    struct arena *arena = arena_open(), *tmp = arena_open();
    struct version *v = ARENA_NEW(arena, struct version);
    *v = (struct version){.arena = arena, .refs = 1};
    struct making m = {.old = f->now, .new = v, .tmp = tmp};
    take_parts(&m, f->rosters);
    if (is_current(&m)) {
        version_close(v);
    } else {
        fill(&m);
        lock_take(f->lock);
        f->now = v;
        lock_give(f->lock);
        if (m.old != NULL)
            version_release(f, m.old);
    }
    arena_close(tmp);
}

/* --- finding --- */

static const struct part *part_of(const struct version *v, Str kind, size_t *at)
{
    for (*at = 0; *at < v->part_n; ++*at)
        if (str_eq(v->part[*at].roster->kind, kind))
            return &v->part[*at];
    return NULL;
}

/* What one question works with. */
struct finding {
    struct finder *finder;
    struct arena *keep, *tmp;
    struct search_room *room;
    struct version *version;
};

static const uint64_t *keep_bits(struct arena *keep, const uint64_t *bits, size_t words)
{
    return memcpy(arena_raw(keep, words + 1, sizeof *bits), bits, words * sizeof *bits);
}

/* A bit for each id of these rows of the part: as found for the same rows before, or anew. */
static const uint64_t *ids_of(const struct finding *g, struct part *p, const uint64_t *row)
{
    struct version *v = g->version;
    uint32_t n = p->roster->data->row_n;
    size_t rows = (n + WORD_ROWS - 1) / WORD_ROWS, ids = (v->id_n + WORD_ROWS - 1) / WORD_ROWS;
    lock_take(g->finder->lock);
    size_t known = p->seen_n;
    lock_give(g->finder->lock);
    for (size_t i = 0; i < known; i++)
        if (memcmp(p->seen[i].row, row, rows * sizeof *row) == 0)
            return p->seen[i].id;
    uint64_t *id = ARENA_ARRAY(g->tmp, uint64_t, ids + 1);
    for (uint32_t i = bit_next(row, 0, n); i < n; i = bit_next(row, i + 1, n))
        bit_set(id, p->id[i]);
    lock_take(g->finder->lock);
    if (p->seen_n < SEEN) {
        p->seen[p->seen_n] =
            (struct seen){keep_bits(v->arena, row, rows), keep_bits(v->arena, id, ids)};
        p->seen_n++;
    }
    lock_give(g->finder->lock);
    return id;
}

/* The ids that a scope of a kind holds. */
static enum status add_scope(uint64_t *word, const struct finding *g, struct part *p,
                             const struct scope *scope)
{
    struct selection *all;
    const struct roster *r = p->roster;
    int32_t name = r->rules->role[SUBJECT_ROLE_NAME];
    if (name < 0 || !scope_reaches(scope, r, (uint32_t)name, PLACE_ASK) ||
        !scope_reaches(scope, r, (uint32_t)name, PLACE_SHOW))
        return OK;
    TRY(query_select(scope, r, &(struct query_ask){0}, g->tmp, &all, NULL));
    const uint64_t *id = ids_of(g, p, all->rows);
    for (size_t w = 0; w < (g->version->id_n + WORD_ROWS - 1) / WORD_ROWS; w++)
        word[w] |= id[w];
    return OK;
}

static const enum finder_part parts[SEARCH_PARTS] = {
    [SEARCH_NAME] = FINDER_NAME,
    [SEARCH_FORMER] = FINDER_FORMER,
    [SEARCH_MORE] = FINDER_NAME,
    [SEARCH_CODE] = FINDER_IDENTITY,
};

/* The part with most bytes marked. */
static enum search_part chief_part(const struct search_hit *h)
{
    size_t bytes[SEARCH_PARTS] = {0};
    enum search_part best = SEARCH_NAME;
    for (uint32_t i = 0; i < h->mark_n; i++)
        bytes[h->mark[i].part] += h->mark[i].at.end - h->mark[i].at.beg;
    for (int i = 0; i < SEARCH_PARTS; i++)
        if (bytes[i] > bytes[best])
            best = (enum search_part)i;
    return best;
}

static void cut(struct arena *keep, struct finder_hit *to, const struct search_hit *h,
                enum search_part part, Str text)
{
    size_t from = 0;
    to->piece = ARENA_ARRAY(keep, Str, 2 * (size_t)h->mark_n + 1);
    for (uint32_t i = 0; i < h->mark_n; i++) {
        Span at = h->mark[i].at;
        if (h->mark[i].part != part || at.beg < from || at.end > text.n)
            continue;
        to->piece[to->piece_n++] = str_sub(text, from, at.beg);
        to->piece[to->piece_n++] = str_sub(text, at.beg, at.end);
        from = at.end;
    }
    to->piece[to->piece_n++] = str_sub(text, from, text.n);
}

static void write_hit(struct arena *keep, struct finder_hit *to, const struct version *v,
                      const struct search_hit *h)
{
    const struct place_of *at = &v->place[h->id];
    const struct roster *r = v->part[at->kind].roster;
    struct search_doc doc = doc_of(r, at->row, h->id, at->kind);
    enum search_part part = chief_part(h);
    const Str text[SEARCH_PARTS] = {doc.name, doc.former, S(""), doc.code};
    *to = (struct finder_hit){
        .kind = arena_copy(keep, r->kind),
        .identity = arena_copy(keep, doc.code),
        .name = arena_copy(keep, doc.name),
        .locality = arena_copy(keep, role_text(r, SUBJECT_ROLE_LOCALITY, at->row)),
        .subject = r->subject[at->row],
        .part = parts[part],
        .corrected = h->corrected,
        .score = h->score,
    };
    cut(keep, to, h, part, arena_copy(keep, text[part]));
}

/* A code that went into another leads to it, before anything else, and says so. */
static void put_merged(const struct finding *g, const struct finder_ask *ask, const uint64_t *word,
                       Str kind, struct finder_found *out)
{
    size_t at, from = 0;
    int64_t subject;
    Str old = str_trim(ask->text);
    const struct part *p = part_of(g->version, kind, &at);
    int64_t row =
        p != NULL && roster_find(p->roster, old, &subject) ? roster_row(p->roster, subject) : -1;
    if (row < 0 || str_eq(p->roster->data->id[row], old) || !bit_is_set(word, p->id[row]))
        return;
    while (from < out->n &&
           (out->hit[from].subject != subject || !str_eq(out->hit[from].kind, kind)))
        from++;
    if (from == out->n) {
        out->total++;
        out->n++;
    }
    for (; from > 0; from--)
        out->hit[from] = out->hit[from - 1];
    write_hit(g->keep, &out->hit[0], g->version, &(struct search_hit){.id = p->id[row]});
    out->hit[0].part = FINDER_IDENTITY;
    out->hit[0].piece = ARENA_ARRAY(g->keep, Str, 3);
    out->hit[0].piece[0] = S("");
    out->hit[0].piece[1] = arena_copy(g->keep, old);
    out->hit[0].piece[2] = S("（已并入 merged）");
    out->hit[0].piece_n = 3;
}

static enum status find(const struct finding *g, const struct finder_ask *ask,
                        struct finder_found *out)
{
    const struct version *v = g->version;
    size_t words = (v->id_n + WORD_ROWS - 1) / WORD_ROWS, at;
    uint64_t *word = ARENA_ARRAY(g->tmp, uint64_t, words + 1);
    struct search_ids scope = {word, (uint32_t)words};
    struct search_found found;
    for (size_t i = 0; i < ask->kind_n; i++) {
        if (part_of(v, ask->kind[i].kind, &at) != NULL)
            TRY(add_scope(word, g, &g->version->part[at], ask->kind[i].scope));
    }
    const struct search_ask asked = {.text = ask->text, .top = ask->top, .scope = &scope};
    search_run(g->tmp, g->room, v->index, &asked, &found);
    out->total = found.total;
    out->hit = ARENA_ARRAY(g->keep, struct finder_hit, found.n + ask->kind_n + 1);
    for (uint32_t i = 0; i < found.n; i++)
        write_hit(g->keep, &out->hit[out->n++], v, &found.hit[i]);
    for (size_t i = 0; i < ask->kind_n; i++)
        put_merged(g, ask, word, ask->kind[i].kind, out);
    out->n = out->n < ask->top ? out->n : ask->top;
    out->count = ARENA_ARRAY(g->keep, uint32_t, ask->kind_n);
    for (size_t i = 0; i < ask->kind_n; i++)
        if (part_of(v, ask->kind[i].kind, &at) != NULL)
            out->count[i] = found.count[0][at];
    return OK;
}

enum status finder_find(struct finder *f, struct arena *keep, const struct finder_ask *ask,
                        struct finder_found *out)
{
    *out = (struct finder_found){0};
    struct version *v = version_take(f);
    if (v == NULL)
        return ERR_BUSY;
    struct search_room *room = spare_take(&f->rooms);
    const struct finding g = {f, keep, arena_open(), room != NULL ? room : search_room_open(), v};
    enum status st = find(&g, ask, out);
    if (!spare_give(&f->rooms, g.room))
        search_room_close(g.room);
    arena_close(g.tmp);
    version_release(f, v);
    return st;
}
