/* twins.c - candidates by hashed keys, then a look at each.
 *
 *     a subject's keys: organisation code; core of its name and of each former one; and of its name
 *     every core with one character left out, so that names one character apart share a key
 *
 * Keys are sorted by hash; subjects that share one are compared. A key shared by many (KEY_MAX) is
 * no sign of anything and is passed over.
 */
#include "text/twins.h"

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "text/fold.h"

enum { KEY_MAX = 40, NEAR_RUNES_MIN = 4, ORG_LEN = 9, USCC_ORG = 8, TAX_ORG = 6 };

struct key {
    uint64_t hash;
    uint32_t subject;
};

struct party {
    struct firm_name name;
    Str org, *former;
    size_t former_n, former_cap;
};

struct search {
    struct arena *keep, *tmp;
    const struct twin_subject *s;
    struct party *party;
    struct key *key;
    size_t key_n, key_cap;
    struct twins *out;
};

static void add_key(struct search *x, uint32_t subject, uint64_t hash)
{
    VEC_PUSH(x->tmp, x->key, x->key_n, x->key_cap) = (struct key){hash, subject};
}

/* The nine characters of the organisation code in a USCC, an old tax number, or by themselves. */
static Str org_of(Str code)
{
    if (code.n == 18)
        return str_sub(code, USCC_ORG, USCC_ORG + ORG_LEN);
    if (code.n == 15)
        return str_sub(code, TAX_ORG, 15);
    return code.n == ORG_LEN ? code : S("");
}

static void add_near_keys(struct search *x, uint32_t i, Str core)
{
    char *buf = arena_raw(x->tmp, core.n + 1, 1);
    for (size_t at = 0, len; at < core.n; at += len) {
        (void)utf8_at(core, at, &len);
        for (size_t k = 0, n = 0; k < core.n; k++)
            if (k < at || k >= at + len) {
                buf[n++] = core.p[k];
            }
        add_key(x, i, str_hash((Str){buf, core.n - len}));
    }
}

static void read_party(struct search *x, const struct places *p, uint32_t i)
{
    struct party *y = &x->party[i];
    Str rest = x->s[i].former;
    name_read(x->tmp, &y->name, p, x->s[i].name);
    y->org = org_of(fold_text(x->tmp, x->s[i].identity));
    if (y->org.n > 0)
        add_key(x, i, str_hash(y->org));
    if (y->name.core.n > 0) {
        add_key(x, i, str_hash(y->name.core));
        if (utf8_count(y->name.core) >= NEAR_RUNES_MIN)
            add_near_keys(x, i, y->name.core);
    }
    while (rest.n > 0) {
        struct firm_name old;
        name_read(x->tmp, &old, p, str_trim(str_cut(&rest, ';')));
        if (old.core.n == 0)
            continue;
        VEC_PUSH(x->tmp, y->former, y->former_n, y->former_cap) = old.key;
        add_key(x, i, str_hash(old.core));
    }
}

/* --- a pair --- */

static bool was_called(const struct party *y, Str key)
{
    for (size_t i = 0; i < y->former_n; i++)
        if (str_eq(y->former[i], key))
            return true;
    return false;
}

static bool same_place(const struct firm_name *a, const struct firm_name *b)
{
    return a->place.n == 0 || b->place.n == 0 || str_starts(a->place, b->place) ||
           str_starts(b->place, a->place) || str_ends(a->place, b->place) ||
           str_ends(b->place, a->place);
}

static void same_core(struct twin *t, const struct firm_name *a, const struct firm_name *b)
{
    bool stock = a->stock != b->stock, place = same_place(a, b);
    t->why = !place ? TWIN_PLACE : stock ? TWIN_FORM : TWIN_NAME;
    t->score = !place ? 40 : stock ? 80 : str_eq(a->place, b->place) ? 95 : 90;
}

/* False: they are not alike. */
static bool compare(const struct search *x, struct twin *t)
{
    const struct party *a = &x->party[t->a], *b = &x->party[t->b];
    const struct twin_subject *s = &x->s[t->a], *o = &x->s[t->b];
    if (a->org.n > 0 && str_eq(a->org, b->org)) {
        t->why = TWIN_CODE;
        t->score = str_eq(s->identity, o->identity) ? 100 : 98;
        return true;
    }
    if (was_called(a, b->name.key) || was_called(b, a->name.key)) {
        t->why = TWIN_FORMER;
        t->score = 92;
        return true;
    }
    if (!str_eq(a->name.branch, b->name.branch))
        return false; /* a branch and its firm, or two branches */
    if (str_eq(a->name.core, b->name.core)) {
        same_core(t, &a->name, &b->name);
        return a->name.core.n > 0;
    }
    bool known = s->locality.n > 0 && o->locality.n > 0;
    if ((known && !str_eq(s->locality, o->locality)) || !same_place(&a->name, &b->name) ||
        utf8_count(a->name.core) < NEAR_RUNES_MIN || utf8_count(b->name.core) < NEAR_RUNES_MIN ||
        str_distance(a->name.core, b->name.core, 2) != 1)
        return false;
    t->why = TWIN_NEAR;
    t->score = known ? 70 : 60;
    return true;
}

/* --- all of them --- */

static void sort_keys(struct arena *tmp, struct key *key, size_t n)
{
    struct key *other = arena_raw(tmp, n + 1, sizeof *other);
    for (int shift = 0; shift < 64; shift += 16) {
        size_t *at = ARENA_ARRAY(tmp, size_t, (1 << 16) + 1);
        for (size_t i = 0; i < n; i++)
            at[(key[i].hash >> shift & 0xFFFF) + 1]++;
        for (size_t i = 1; i <= 1 << 16; i++)
            at[i] += at[i - 1];
        for (size_t i = 0; i < n; i++)
            other[at[key[i].hash >> shift & 0xFFFF]++] = key[i];
        for (size_t i = 0; i < n; i++)
            key[i] = other[i];
    }
}

static bool goes_before(const struct twin *a, const struct twin *b)
{
    return a->score != b->score ? a->score > b->score : a->a != b->a ? a->a < b->a : a->b < b->b;
}

/* Merge sort: pairs may be many. */
static void sort_twins(struct twin *v, struct twin *other, size_t n)
{
    if (n < 2)
        return;
    size_t half = n / 2, i = 0, k = half;
    sort_twins(v, other, half);
    sort_twins(v + half, other, n - half);
    for (size_t at = 0; at < n; at++)
        other[at] = k == n || (i < half && !goes_before(&v[k], &v[i])) ? v[i++] : v[k++];
    for (size_t at = 0; at < n; at++)
        v[at] = other[at];
}

static void take_pair(struct search *x, uint32_t a, uint32_t b)
{
    struct twin t = {.a = a < b ? a : b, .b = a < b ? b : a};
    if (a != b && compare(x, &t))
        VEC_PUSH(x->keep, x->out->at, x->out->n, x->out->cap) = t;
}

static void drop_repeats(struct twins *t)
{
    size_t n = 0;
    for (size_t i = 0; i < t->n; i++)
        if (n == 0 || t->at[n - 1].a != t->at[i].a || t->at[n - 1].b != t->at[i].b)
            t->at[n++] = t->at[i];
    t->n = n;
}

void twins_find(struct arena *keep, struct twins *out, const struct places *p,
                const struct twin_subject *s, uint32_t n)
{
    struct search x = {.keep = keep, .tmp = arena_open(), .s = s, .out = out};
    *out = (struct twins){0};
    x.party = ARENA_ARRAY(x.tmp, struct party, n);
    for (uint32_t i = 0; i < n; i++)
        read_party(&x, p, i);
    sort_keys(x.tmp, x.key, x.key_n);
    for (size_t i = 0, end; i < x.key_n; i = end) {
        for (end = i; end < x.key_n && x.key[end].hash == x.key[i].hash;)
            end++;
        for (size_t a = i; a < end && end - i <= KEY_MAX; a++)
            for (size_t b = a + 1; b < end; b++)
                take_pair(&x, x.key[a].subject, x.key[b].subject);
    }
    sort_twins(out->at, arena_raw(x.tmp, out->n + 1, sizeof *out->at), out->n);
    drop_repeats(out);
    arena_close(x.tmp);
}

const char *twin_why_name(enum twin_why why, bool english)
{
    static const char *const name[][2] = {
        [TWIN_CODE] = {"代码相同", "same code"},
        [TWIN_NAME] = {"名称相同", "same name"},
        [TWIN_FORMER] = {"曾用名相同", "former name"},
        [TWIN_FORM] = {"只差“股份”", "but for 股份"},
        [TWIN_PLACE] = {"字号行业相同，冠名地不同", "other place"},
        [TWIN_NEAR] = {"只差一个字", "one character apart"}};
    return name[why][english];
}
