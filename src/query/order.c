/* order.c - rows by keys, and pages by position.
 *
 *     how well q fits | keys, missing last | identity (where it may not be asked for: the subject)
 *
 * A cursor holds all that of the last row of a page, bound by a digest to scope, ask and keys. Only
 * a page's rows are ever sorted: the others are compared with the worst of it so far. */
#include <string.h>

#include "query/query_int.h"

enum { KEY_TEXT_MAX = 90, LIMIT_DEFAULT = 50, CURSOR_VERSION = 1, BOUND_N = 12 };

/* What a row is placed by, under one key. Texts beyond KEY_TEXT_MAX bytes are cut. */
struct mark {
    bool known;
    Wide v;
    Str text;
};

struct key {
    struct place place;
    const struct field *f;
    bool descending;
};

struct order {
    const struct selection *s;
    struct key key[QUERY_KEYS_MAX];
    size_t key_n;
    bool by_identity;
    Sha256 digest;
};

/* A position: of a row, or out of a cursor. */
struct spot {
    int rank;
    struct mark mark[QUERY_KEYS_MAX];
    Str identity;
    int64_t subject;
};

/* --- one after the other --- */

static Wide place_of_option(const struct field *f, Wide code)
{
    for (uint32_t i = 0; i < f->option_n; i++)
        if (f->option[i] == code)
            return i;
    return f->option_n; /* one the document no longer has */
}

static struct mark mark_of(const struct order *o, const struct key *k, uint32_t row)
{
    const struct roster *r = o->s->roster;
    const struct column *c = k->place.lo;
    struct mark m = {.text = S("")};
    if (k->place.identity)
        return (struct mark){.known = true, .text = r->data->id[row]};
    if ((c == NULL || !column_has(c, row)) && k->f->type.kind == TYPE_NUM)
        c = k->place.hi; /* of what is only known to lie below */
    if (c == NULL || !column_has(c, row))
        return m;
    m.known = true;
    m.v = column_value(c, row);
    if (k->f->ftype == FIELD_CHOICE) {
        m.v = place_of_option(k->f, m.v);
    } else if (k->f->type.kind == TYPE_TEXT) {
        m.text = labels_text(r->data->labels, (uint32_t)m.v);
        m.text.n = m.text.n < KEY_TEXT_MAX ? m.text.n : KEY_TEXT_MAX;
        m.v = 0;
    }
    return m;
}

/* Missing ones are last in either direction. */
static int cmp_mark(const struct key *k, const struct mark *a, const struct mark *b)
{
    if (a->known != b->known)
        return a->known ? -1 : 1;
    int c = a->v != b->v ? (a->v > b->v) - (a->v < b->v) : str_cmp(a->text, b->text);
    return k->descending ? -c : c;
}

static int rank_of(const struct order *o, uint32_t row)
{
    return o->s->rank == NULL ? 0 : o->s->rank[row];
}

static int cmp_number(int64_t a, int64_t b)
{
    return (a > b) - (a < b);
}

static int cmp_rows(const struct order *o, uint32_t a, uint32_t b)
{
    int c = rank_of(o, a) - rank_of(o, b);
    for (size_t i = 0; i < o->key_n && c == 0; i++) {
        struct mark x = mark_of(o, &o->key[i], a), y = mark_of(o, &o->key[i], b);
        c = cmp_mark(&o->key[i], &x, &y);
    }
    if (c != 0)
        return c;
    return o->by_identity ? cmp_number(a, b)
                          : cmp_number(o->s->roster->subject[a], o->s->roster->subject[b]);
}

static int cmp_spot(const struct order *o, uint32_t row, const struct spot *p)
{
    int c = rank_of(o, row) - p->rank;
    for (size_t i = 0; i < o->key_n && c == 0; i++) {
        struct mark x = mark_of(o, &o->key[i], row);
        c = cmp_mark(&o->key[i], &x, &p->mark[i]);
    }
    if (c != 0)
        return c;
    return o->by_identity ? str_cmp(o->s->roster->data->id[row], p->identity)
                          : cmp_number(o->s->roster->subject[row], p->subject);
}

/* --- cursors: version, digest, rank, keys, identity or subject; in hexadecimal digits --- */

struct bytes {
    uint8_t at[QUERY_CURSOR_MAX / 2];
    size_t n;
    bool over;
};

static void put(struct bytes *b, const void *p, size_t n)
{
    if (b->over || n > sizeof b->at - b->n) {
        b->over = true;
        return;
    }
    memcpy(b->at + b->n, p, n);
    b->n += n;
}

static void put_text(struct bytes *b, Str s)
{
    uint8_t n = (uint8_t)s.n;
    ASSERT(s.n <= UINT8_MAX);
    put(b, &n, 1);
    put(b, s.p, s.n);
}

static Str write_cursor(const struct order *o, struct arena *keep, uint32_t row)
{
    struct bytes b = {.n = 0};
    uint8_t version = CURSOR_VERSION, rank = (uint8_t)rank_of(o, row);
    put(&b, &version, 1);
    put(&b, o->digest.byte, BOUND_N);
    put(&b, &rank, 1);
    for (size_t i = 0; i < o->key_n; i++) {
        struct mark m = mark_of(o, &o->key[i], row);
        uint8_t known = m.known;
        put(&b, &known, 1);
        put(&b, &m.v, sizeof m.v);
        put_text(&b, m.text);
    }
    if (o->by_identity)
        put_text(&b, o->s->roster->data->id[row]);
    else
        put(&b, &o->s->roster->subject[row], sizeof(int64_t));
    ASSERT(!b.over);
    return arena_hex(keep, (Str){(const char *)b.at, b.n});
}

static bool take(Str *rest, void *to, size_t n)
{
    if (rest->n < n)
        return false;
    memcpy(to, rest->p, n);
    *rest = str_sub(*rest, n, rest->n);
    return true;
}

static bool take_text(Str *rest, Str *to)
{
    uint8_t n;
    if (!take(rest, &n, 1) || rest->n < n)
        return false;
    *to = str_sub(*rest, 0, n);
    *rest = str_sub(*rest, n, rest->n);
    return true;
}

/* `bytes` holds the texts of the spot. */
static bool read_spot(const struct order *o, Str cursor, struct bytes *bytes, struct spot *p)
{
    uint8_t version, rank, digest[BOUND_N], known;
    if (cursor.n % 2 != 0 || cursor.n > QUERY_CURSOR_MAX ||
        !str_unhex(bytes->at, cursor.n / 2, cursor))
        return false;
    Str rest = {(const char *)bytes->at, cursor.n / 2};
    if (!take(&rest, &version, 1) || version != CURSOR_VERSION || !take(&rest, digest, BOUND_N) ||
        memcmp(digest, o->digest.byte, BOUND_N) != 0 || !take(&rest, &rank, 1))
        return false;
    p->rank = rank;
    for (size_t i = 0; i < o->key_n; i++) {
        struct mark *m = &p->mark[i];
        if (!take(&rest, &known, 1) || known > 1 || !take(&rest, &m->v, sizeof m->v) ||
            !take_text(&rest, &m->text))
            return false;
        m->known = known == 1;
    }
    bool whole = o->by_identity ? take_text(&rest, &p->identity)
                                : take(&rest, &p->subject, sizeof p->subject);
    return whole && rest.n == 0;
}

/* --- what is asked --- */

static void bind(struct order *o)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, (Str){(const char *)o->s->digest.byte, sizeof o->s->digest.byte});
    for (size_t i = 0; i < o->key_n; i++) {
        const struct key *k = &o->key[i];
        int64_t part[] = {k->place.field, k->place.period, k->descending, k->f->type.scale,
                          k->place.attached == NULL ? 0 : k->place.attached->run};
        sha256_add(&h, (Str){(const char *)part, sizeof part});
    }
    o->digest = sha256_end(&h);
}

static enum status read_order(struct order *o, const struct asking *a, const struct query_list *l)
{
    const struct rules *r = a->roster->rules;
    if (l->key_n > QUERY_KEYS_MAX)
        return diag_add(a->diags, DIAG_QUERY_LONG, (Span){0, 0}, S("sort"),
                        arena_fmt(a->tmp, "%d", QUERY_KEYS_MAX), NO_ARG);
    for (size_t i = 0; i < l->key_n; i++) {
        struct key *k = &o->key[o->key_n++];
        TRY(place_find(&k->place, a, l->key[i].field, PLACE_ASK));
        k->f = &r->field[k->place.field];
        k->descending = l->key[i].descending;
    }
    o->by_identity =
        scope_reaches(a->scope, a->roster, (uint32_t)r->role[SUBJECT_ROLE_ID], PLACE_ASK);
    bind(o);
    return OK;
}

static enum status read_columns(struct query_page *out, const struct asking *a,
                                const struct query_list *l, struct arena *keep)
{
    const struct rules *r = a->roster->rules;
    struct query_column *c = ARENA_ARRAY(keep, struct query_column, l->field_n + SUBJECT_ROLE_N);
    out->column = c;
    if (l->field_n > QUERY_FIELDS_MAX)
        return diag_add(a->diags, DIAG_QUERY_LONG, (Span){0, 0}, S("fields"),
                        arena_fmt(a->tmp, "%d", QUERY_FIELDS_MAX), NO_ARG);
    for (size_t i = 0; i < l->field_n; i++)
        TRY(place_find(&c[out->column_n++].place, a, l->field[i], PLACE_SHOW));
    for (int role = 0; role < SUBJECT_ROLE_N && l->field_n == 0; role++) {
        int32_t f = r->role[role];
        bool again = role > 0 && f == r->role[SUBJECT_ROLE_ID]; /* a locality is its own */
        if (f >= 0 && !again && role != SUBJECT_ROLE_FORMER &&
            scope_reaches(a->scope, a->roster, (uint32_t)f, PLACE_SHOW))
            TRY(place_find(&c[out->column_n++].place, a, r->field[f].name, PLACE_SHOW));
    }
    return OK;
}

enum status query_keys_read(struct arena *keep, struct query_key **out, size_t *n, Str text,
                            struct diags *ds)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    while (text.n > 0) {
        Str one = str_trim(str_cut(&text, ','));
        bool descending = str_starts(one, S("-"));
        if (one.n == descending)
            continue;
        if (*n == QUERY_KEYS_MAX)
            return diag_add(ds, DIAG_QUERY_LONG, (Span){0, 0}, S("sort"),
                            arena_fmt(keep, "%d", QUERY_KEYS_MAX), NO_ARG);
        VEC_PUSH(keep, *out, *n, cap) =
            (struct query_key){str_sub(one, descending, one.n), descending};
    }
    return OK;
}

/* --- the best few: a heap with the worst of them on top --- */

struct heap {
    const struct order *o;
    uint32_t *row;
    size_t n, most;
};

static void sink(struct heap *h, size_t i)
{
    for (;;) {
        size_t big = i, kid = 2 * i + 1;
        for (size_t k = kid; k < kid + 2 && k < h->n; k++)
            if (cmp_rows(h->o, h->row[k], h->row[big]) > 0)
                big = k;
        if (big == i)
            return;
        uint32_t t = h->row[i];
        h->row[i] = h->row[big];
        h->row[big] = t;
        i = big;
    }
}

static void offer(struct heap *h, uint32_t row)
{
    if (h->n < h->most) {
        h->row[h->n++] = row;
        if (h->n == h->most)
            for (size_t i = h->n / 2; i-- > 0;)
                sink(h, i);
    } else if (cmp_rows(h->o, row, h->row[0]) < 0) {
        h->row[0] = row;
        sink(h, 0);
    }
}

/* Best first. Rows that came in order already need no sorting. */
static void finish(struct heap *h)
{
    size_t all = h->n;
    bool sorted = true;
    for (size_t i = 1; i < all && sorted; i++)
        sorted = cmp_rows(h->o, h->row[i - 1], h->row[i]) < 0;
    if (sorted)
        return;
    for (size_t i = all / 2; i-- > 0;)
        sink(h, i);
    while (h->n > 1) {
        uint32_t worst = h->row[0];
        h->row[0] = h->row[--h->n];
        h->row[h->n] = worst;
        sink(h, 0);
    }
    h->n = all;
}

/* `after` NULL: from the first on. Rows lie in the order of their identities: where nothing else is
 * asked for, the first that come are the page. */
static void gather(struct heap *h, const struct spot *after)
{
    const struct selection *s = h->o->s;
    uint32_t n = s->roster->data->row_n;
    bool as_is = h->o->key_n == 0 && s->rank == NULL && h->o->by_identity;
    uint32_t first = as_is && after != NULL ? roster_from(s->roster, after->identity) : 0;
    for (uint32_t row = bit_next(s->rows, first, n); row < n && (!as_is || h->n < h->most);
         row = bit_next(s->rows, row + 1, n))
        if (after == NULL || cmp_spot(h->o, row, after) > 0)
            offer(h, row);
    finish(h);
}

static enum status list(const struct asking *a, const struct selection *s,
                        const struct query_list *l, struct arena *keep, struct query_page *out)
{
    struct order o = {.s = s};
    struct spot after = {.rank = 0};
    struct bytes bytes = {.n = 0};
    uint32_t limit = l->limit == 0 ? LIMIT_DEFAULT : l->limit;
    if (limit > QUERY_LIMIT_MAX)
        return diag_add(a->diags, DIAG_QUERY_LONG, (Span){0, 0}, S("limit"),
                        arena_fmt(a->tmp, "%d", QUERY_LIMIT_MAX), NO_ARG);
    TRY(read_order(&o, a, l));
    TRY(read_columns(out, a, l, keep));
    if (l->cursor.n > 0 && !read_spot(&o, l->cursor, &bytes, &after))
        return diag_add(a->diags, DIAG_QUERY_CURSOR, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG);
    struct heap h = {.o = &o, .most = limit + 1};
    h.row = ARENA_ARRAY(keep, uint32_t, h.most);
    Sha256 memo = memo_key(o.digest, s->today, limit, l->cursor);
    if (!memo_page(s->roster, memo, h.row, &h.n)) {
        gather(&h, l->cursor.n > 0 ? &after : NULL);
        memo_keep_page(s->roster, memo, h.row, h.n);
    }
    out->row = h.row;
    out->n = (uint32_t)(h.n < h.most ? h.n : limit);
    out->next = h.n < h.most ? S("") : write_cursor(&o, keep, h.row[limit - 1]);
    return OK;
}

static enum status all(const struct asking *a, const struct selection *s,
                       const struct query_list *l, struct arena *keep, struct query_page *out)
{
    struct order o = {.s = s};
    TRY(read_order(&o, a, l));
    TRY(read_columns(out, a, l, keep));
    struct heap h = {.o = &o, .most = (size_t)s->roster->data->row_n + 1};
    h.row = ARENA_ARRAY(keep, uint32_t, h.most);
    gather(&h, NULL);
    out->row = h.row;
    out->n = (uint32_t)h.n;
    return OK;
}

enum status query_list(const struct selection *s, const struct query_list *l, struct arena *keep,
                       struct query_page *out, struct diags *ds)
{
    struct asking a = {s->scope, s->roster, s->period, arena_open(), ds};
    *out = (struct query_page){.of = s, .next = S("")};
    enum status st = list(&a, s, l, keep, out);
    arena_close(a.tmp);
    return st;
}

enum status query_all(const struct selection *s, const struct query_list *l, struct arena *keep,
                      struct query_page *out, struct diags *ds)
{
    struct asking a = {s->scope, s->roster, s->period, arena_open(), ds};
    *out = (struct query_page){.of = s, .next = S("")};
    enum status st = all(&a, s, l, keep, out);
    arena_close(a.tmp);
    return st;
}
