/* pop_give.c - what pop_column writes to every row: each kind of recipe over a chunk of figures.
 *
 * Rows that do not count are computed too, from whatever stands there, and overwritten by
 * singles_put; arithmetic on them wraps.
 */
#include <string.h>

#include "base/arena.h"
#include "grade/pop_column_int.h"

static void give_placed(const struct rows *r, int64_t *out, struct figures *from)
{
    for (size_t w = 0; w * WORD_ROWS < r->n; w++) {
        uint64_t counted = r->counted[w];
        for (size_t i = w * WORD_ROWS; i < rows_word_end(r, w); i++, counted >>= 1) {
            struct figures *f = &from[r->group[i]];
            int64_t *at = f->at;
            out[i] = *at;
            f->at = at + (counted & 1);
        }
    }
}

static inline int64_t turned(const struct recipe *r, int64_t x)
{
    return (int64_t)(((uint64_t)x ^ (uint64_t)r->turn) - (uint64_t)r->turn);
}

static void give_same(struct rows *r, const struct recipe *recipe)
{
    for (size_t i = 0; i < r->n; i++)
        r->x[i] = recipe[r->group[i]].lo;
}

static void divide(struct rows *r, uint64_t down)
{
    for (size_t i = 0; i < r->n; i++) {
        const uint64_t x = (uint64_t)r->x[i], size = r->x[i] < 0 ? -x : x;
        const int64_t q = (int64_t)(size / down + (size % down >= down - down / 2));
        r->x[i] = r->x[i] < 0 ? -q : q;
    }
}

static void give_clamped(struct rows *r, const struct recipe *recipe, int64_t up)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe *k = &recipe[r->group[i]];
        int64_t x = (int64_t)((uint64_t)r->x[i] * (uint64_t)up);
        x = x < k->lo ? k->lo : x;
        r->x[i] = x > k->hi ? k->hi : x;
    }
}

static void give_share(struct rows *r, const struct recipe *recipe, int64_t up)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe *k = &recipe[r->group[i]];
        int64_t x = turned(k, (int64_t)((uint64_t)r->x[i] * (uint64_t)up));
        x = x < k->lo ? k->lo : x;
        x = x > k->hi ? k->hi : x;
        r->x[i] = (int64_t)share_of(&k->share, (uint64_t)x - (uint64_t)k->lo);
    }
}

static void give_part(struct rows *r, const struct recipe *recipe)
{
    for (size_t i = 0; i < r->n; i++) {
        const struct recipe *k = &recipe[r->group[i]];
        const int64_t x = turned(k, r->x[i]);
        const uint64_t size = share_of(&k->share, x < 0 ? -(uint64_t)x : (uint64_t)x);
        r->x[i] = (int64_t)(x < 0 ? -size : size);
    }
}

/* Where both ends of the enclosed deviation round alike, that is the answer; else exactly. */
static int64_t zscore(const struct column *c, uint32_t g, int64_t x)
{
    const struct recipe *r = &c->recipe[g];
    const UWide half = (UWide)1 << (r->share.shift - 1);
    const uint64_t d = r->n * ((uint64_t)x - (uint64_t)r->lo) - (uint64_t)r->hi;
    const uint64_t size = (int64_t)d < 0 ? -d : d;
    const int64_t z = (int64_t)(((UWide)size * r->share.factor + half) >> r->share.shift);
    const int64_t other = (int64_t)(((UWide)size * r->share.one + half) >> r->share.shift);
    if (z == other)
        return (int64_t)d < 0 ? -z : z;
    Cell exact;
    bool fits = scene_cell(&exact, &c->scene[c->pick[g]], (Cell){x, x});
    ASSERT(fits); /* its least and greatest figures did */
    return (int64_t)exact.lo;
}

static void give_zscore(struct rows *r, const struct column *c)
{
    for (size_t i = 0; i < r->n; i++)
        if ((r->counted[i / WORD_ROWS] >> i % WORD_ROWS & 1) != 0 && !c->single[r->group[i]])
            r->x[i] = zscore(c, r->group[i], r->x[i]);
}

static void give(struct column *c, struct rows *r)
{
    if (c->kind == GIVE_PLACED) {
        give_placed(r, r->x, c->figures);
        return;
    }
    if (c->kind == GIVE_SAME) {
        give_same(r, c->recipe);
        return;
    }
    rows_load(c, r, END_LO);
    if (c->scale_down > 1 && c->kind == GIVE_CLAMPED)
        divide(r, (uint64_t)c->scale_down);
    if (c->kind == GIVE_CLAMPED)
        give_clamped(r, c->recipe, c->scale_up);
    else if (c->kind == GIVE_SHARE)
        give_share(r, c->recipe, c->scale_up);
    else if (c->kind == GIVE_PART)
        give_part(r, c->recipe);
    else
        give_zscore(r, c);
}

static void narrow(enum vec_type t, void *at, const int64_t *x, size_t row, size_t n)
{
    int8_t *i8 = at;
    int32_t *i32 = at;
    if (t == VEC_I64)
        memcpy((int64_t *)at + row, x, n * sizeof *x);
    else if (t == VEC_I32)
        for (size_t i = 0; i < n; i++)
            i32[row + i] = (int32_t)x[i];
    else
        for (size_t i = 0; i < n; i++)
            i8[row + i] = (int8_t)x[i];
}

/* Ranks of intervals: the worst places, and which rows are open. */
static void give_upper(const struct rows *r, struct vec *out, struct figures *upper)
{
    int64_t x[CHUNK];
    give_placed(r, x, upper);
    narrow(out->type, out->hi, x, r->row, r->n);
    for (size_t i = 0; i < r->n; i++) {
        const uint64_t open = r->x[i] != x[i];
        out->open[(r->row + i) / WORD_ROWS] |= open << i % WORD_ROWS;
    }
}

bool column_give(struct arena *keep, struct vec *out, struct column *c)
{
    struct singles s;
    if (!singles_open(&s, c))
        return false;
    const enum vec_type type = vec_type_of(c->least, c->most);
    if (type == VEC_CELL)
        return false;
    const bool whole = c->upper != NULL || (s.any_open && !s.alike);
    *out = vec_make(keep, type, c->order->row_n, whole);
    if (s.any_open && !whole)
        out->open = ARENA_ARRAY(keep, uint64_t, vec_words(c->order->row_n));
    struct rows r = {.n = 0};
    while (rows_next(c, &r)) {
        give(c, &r);
        narrow(type, out->lo, r.x, r.row, r.n);
        if (c->upper != NULL)
            give_upper(&r, out, c->upper);
    }
    singles_put(keep, out, &s);
    return true;
}
