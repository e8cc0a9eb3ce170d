#include "base/utf8.h"
#include "rule/build_int.h"

struct name_slot {
    Str name;
    int64_t value;
};

struct name_map {
    struct arena *arena;
    struct name_slot *slot;
    size_t n, cap; /* cap is a power of two, at most half full */
};

enum { FIRST_CAP = 256, NEAR_NAMES_MAX = 5000 };

struct name_map *names_open(struct arena *keep)
{
    struct name_map *m = ARENA_NEW(keep, struct name_map);
    m->arena = keep;
    m->cap = FIRST_CAP;
    m->slot = ARENA_ARRAY(keep, struct name_slot, m->cap);
    return m;
}

static struct name_slot *slot_of(const struct name_map *m, Str name)
{
    size_t i = (size_t)str_hash(name) & (m->cap - 1);
    while (m->slot[i].name.p != NULL && !str_eq(m->slot[i].name, name))
        i = (i + 1) & (m->cap - 1);
    return &m->slot[i];
}

static void grow(struct name_map *m)
{
    struct name_map old = *m;
    m->cap *= 2;
    m->slot = ARENA_ARRAY(m->arena, struct name_slot, m->cap);
    for (size_t i = 0; i < old.cap; i++)
        if (old.slot[i].name.p != NULL)
            *slot_of(m, old.slot[i].name) = old.slot[i];
}

bool names_add(struct name_map *m, Str name, int64_t value)
{
    if (m->n * 2 >= m->cap)
        grow(m);
    struct name_slot *s = slot_of(m, name);
    if (s->name.p != NULL)
        return false;
    *s = (struct name_slot){name, value};
    m->n++;
    return true;
}

int64_t names_get(const struct name_map *m, Str name)
{
    if (name.n == 0)
        return -1;
    const struct name_slot *s = slot_of(m, name);
    return s->name.p == NULL ? -1 : s->value;
}

uint32_t build_label(struct builder *b, Str text)
{
    int64_t at = names_get(b->labels, text);
    if (at >= 0)
        return (uint32_t)at;
    size_t n = b->r->label_n;
    VEC_PUSH(b->keep, b->r->label, n, b->label_cap) = text;
    b->r->label_n = (uint32_t)n;
    (void)names_add(b->labels, text.n > 0 ? text : S(""), (int64_t)n - 1); /* absent: just looked */
    return (uint32_t)n - 1;
}

/* The closest of the first `n` names, fields before items; at most half of it wrong. */
static Str nearest(const struct rules *r, uint32_t n, Str name)
{
    Str best = S("");
    size_t best_at = utf8_count(name) / 2 + 1;
    if (best_at > 3)
        best_at = 3;
    for (uint32_t i = 0; i < n && i < NEAR_NAMES_MAX; i++) {
        Str other = i < r->field_n ? r->field[i].name : r->item[i - r->field_n].name;
        size_t d = str_distance(name, other, best_at);
        if (d < best_at) {
            best = other;
            best_at = d;
        }
    }
    return best;
}

Str build_near_name(const struct builder *b, Str name)
{
    if (diags_full(b->diags))
        return S(""); /* nobody will read it */
    return nearest(b->r, b->r->field_n + b->r->item_n, name);
}

Str rule_near_field(const struct rules *r, Str name)
{
    return nearest(r, r->field_n, name);
}
