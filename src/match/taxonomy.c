/* taxonomy.c - keys in folded spelling, by their first character; texts are read once from left to
 * right. */
#include "match/taxonomy.h"

#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/order.h"
#include "base/str.h"
#include "rule/read.h"
#include "text/fold.h"

enum { KEY_MIN = 2 }; /* characters: one says too little */

struct key {
    Glyph *at;
    uint32_t n, node;
    bool code;
};

struct taxonomy {
    struct arena *keep;
    Str *node, *chain;
    size_t node_n, node_cap, chain_cap, chain_n;
    struct key *key; /* by their first characters, then the longest first */
    size_t key_n, key_cap;
};

/* --- reading --- */

static const char *const key_heads[] = {"关键词", "keyword",  "专利分类号",
                                        "ipc",    "行业代码", "industry"};
enum { WORD_HEADS = 2 };

static uint32_t node_of(struct taxonomy *t, Str name)
{
    for (size_t i = 0; i < t->node_n; i++)
        if (str_eq(t->node[i], name))
            return (uint32_t)i;
    VEC_PUSH(t->keep, t->chain, t->chain_n, t->chain_cap) = S("");
    VEC_PUSH(t->keep, t->node, t->node_n, t->node_cap) = name;
    return (uint32_t)t->node_n - 1;
}

/* `-` and what is left over belong nowhere. */
static bool is_key(Str s)
{
    return s.n > 0 && !str_eq(s, S("-"));
}

static void add_key(struct taxonomy *t, Str text, uint32_t node, bool code)
{
    struct folded f;
    fold_glyphs(t->keep, &f, text); /* the star of 34* falls away */
    if (f.n >= KEY_MIN)
        VEC_PUSH(t->keep, t->key, t->key_n, t->key_cap) = (struct key){f.at, f.n, node, code};
}

/* Up to a semicolon of either width. */
static Str cut_key(Str *rest)
{
    const Str wide = S("；");
    size_t at = str_find(*rest, wide), narrow = str_find(*rest, S(";"));
    if (at >= narrow)
        return str_trim(str_cut(rest, ';'));
    Str one = str_sub(*rest, 0, at);
    *rest = str_sub(*rest, at + wide.n, rest->n);
    return str_trim(one);
}

static void read_row(struct taxonomy *t, const struct md_row *r, size_t head)
{
    Str rest = r->cell[0].s, to = r->cell[1].s;
    while (rest.n > 0) {
        Str one = cut_key(&rest);
        if (!is_key(one))
            continue;
        uint32_t node = node_of(t, head < ARRAY_N(key_heads) ? to : one);
        if (head < ARRAY_N(key_heads))
            add_key(t, one, node, head >= WORD_HEADS);
        else
            t->chain[node] = to;
    }
}

static void read_table(struct taxonomy *t, const struct md_table *md)
{
    size_t head = 0;
    while (head < ARRAY_N(key_heads) && !str_eq(md->head.cell[0].s, str_of(key_heads[head])))
        head++;
    for (uint32_t i = 0; i < md->row_n && t->node_n <= TAXONOMY_NODES_MAX; i++)
        read_row(t, &md->row[i], head);
}

static int key_cmp(const struct key *a, const struct key *b)
{
    if (a->at[0] != b->at[0])
        return a->at[0] < b->at[0] ? -1 : 1;
    return a->n != b->n ? (a->n > b->n ? -1 : 1) : 0;
}

static bool key_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct key *k = ctx;
    return key_cmp(&k[a], &k[b]) > 0;
}

enum status taxonomy_read(struct arena *keep, struct taxonomy **out, Str text, struct diags *ds)
{
    struct doc *doc;
    struct taxonomy *t = ARENA_NEW(keep, struct taxonomy);
    t->keep = keep;
    *out = t;
    TRY(rule_read(keep, &doc, text, ds));
    for (uint32_t i = 0; i < doc->section_n; i++) {
        const struct section *s = &doc->section[i];
        bool groups = str_starts(s->title.s, S("分组")) || str_starts(s->title.s, S("Segment"));
        for (uint32_t k = 0; k < s->table_n && groups; k++)
            if (s->table[k].column_n == 2)
                read_table(t, &s->table[k]);
    }
    uint32_t *order = order_rows(keep, (uint32_t)t->key_n, key_behind, t->key);
    struct key *key = arena_raw(keep, t->key_n + 1, sizeof *key);
    for (size_t i = 0; i < t->key_n; i++)
        key[i] = t->key[order[i]];
    t->key = key;
    return t->node_n > TAXONOMY_NODES_MAX ? ERR_LIMIT : OK;
}

uint32_t taxonomy_nodes(const struct taxonomy *t)
{
    return (uint32_t)t->node_n;
}

Str taxonomy_node(const struct taxonomy *t, uint32_t node)
{
    return t->node[node];
}

Str taxonomy_chain(const struct taxonomy *t, uint32_t node)
{
    return t->chain[node];
}

/* --- texts --- */

/* Keys that begin with a character: the first of them; key_n: none. */
static size_t first_key(const struct taxonomy *t, Glyph g)
{
    size_t lo = 0, hi = t->key_n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (t->key[mid].at[0] < g)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < t->key_n && t->key[lo].at[0] == g ? lo : t->key_n;
}

/* Letters and digits that stand at the beginning of a word, so that 1342 is no 342. */
static bool begins_word(const struct folded *f, uint32_t i)
{
    if (i == 0 || f->of[i - 1].end != f->of[i].beg)
        return true;
    return !glyph_is_latin(f->at[i - 1]) && !glyph_is_digit(f->at[i - 1]);
}

/* The longest key at a place; NULL: none. */
static const struct key *key_at(const struct taxonomy *t, const struct folded *f, uint32_t i,
                                bool codes)
{
    for (size_t k = first_key(t, f->at[i]); k < t->key_n && t->key[k].at[0] == f->at[i]; k++) {
        const struct key *x = &t->key[k];
        bool there = x->n <= f->n - i && memcmp(x->at, f->at + i, x->n * sizeof *x->at) == 0;
        if (there && (!x->code || (codes && begins_word(f, i))))
            return x;
    }
    return NULL;
}

uint32_t taxonomy_find(struct arena *keep, const struct taxonomy *t, Str text, bool codes,
                       struct taxonomy_place **out)
{
    struct folded f;
    Span *at = ARENA_ARRAY(keep, Span, t->node_n + 1);
    uint32_t n = 0;
    fold_glyphs(keep, &f, text);
    for (uint32_t i = 0; i < f.n; i++) {
        const struct key *k = key_at(t, &f, i, codes);
        if (k == NULL)
            continue;
        if (at[k->node].end == 0)
            at[k->node] = (Span){f.of[i].beg, f.of[i + k->n - 1].end};
        i += k->n - 1;
    }
    *out = arena_raw(keep, t->node_n + 1, sizeof **out);
    for (uint32_t i = 0; i < t->node_n; i++)
        if (at[i].end > 0)
            (*out)[n++] = (struct taxonomy_place){i, at[i]};
    return n;
}
