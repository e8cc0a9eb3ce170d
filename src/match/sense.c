/* sense.c - vectors of grams, trained by stochastic descent.
 *
 *     a pair's texts  ->  weighted sums of gram vectors  ->  length one        a_i, b_i
 *     batch           ->  s_ij = a_i . b_j / TEMPERATURE, softmax over rows and over columns
 *     slope           ->  back through the length to every gram of every text
 *
 * Vectors begin as short random ones, so that what is not learned says little; steps are Adagrad's,
 * one size a gram. Pairs with the same `a` are never each other's wrong answers. All sums run in a
 * fixed order and in eight lanes of plain float, without fused multiply-add: the same bits wherever
 * floats are IEEE 754.
 */
#include "match/sense.h"

#include <string.h>

#include "base/arena.h"
#include "base/order.h"
#include "base/str.h"
#include "match/inner_int.h"
#include "match/lists_int.h"
#include "text/fold.h"
#include "text/gram.h"

enum {
    DIM = SENSE_DIM,
    LANES = 8,
    BATCH = 128,
    SEEN_MIN = 2,    /* texts a gram stands in, or it is not learned */
    GRAMS_MAX = 768, /* of a text: what is behind is not read */
    LENGTH = 127,    /* of a vector in bytes */
    DROPPED = 64,    /* of 256 grams, in a drawing */
};

static const float temperature = 0.07F, step_size = 0.05F, tiny = 1e-6F;

struct sense {
    struct arena *own;
    uint32_t n;    /* grams */
    uint32_t *key; /* ascending */
    float *rarity;
    float *vector; /* DIM each, one model after the other */
};

/* A text as its known grams. */
struct bag {
    uint32_t n;
    uint32_t *gram; /* numbers in the model, ascending, each once */
    float *weight;
};

/* --- eight lanes --- */

LANE_LOOP static float dot(const float *a, const float *b)
{
    float lane[LANES] = {0};
    for (int i = 0; i < DIM; i += LANES)
        for (int k = 0; k < LANES; k++)
            lane[k] += a[i + k] * b[i + k];
    return ((lane[0] + lane[4]) + (lane[1] + lane[5])) +
           ((lane[2] + lane[6]) + (lane[3] + lane[7]));
}

LANE_LOOP static void add_scaled(float *to, const float *v, float by)
{
    for (int i = 0; i < DIM; i++)
        to[i] += v[i] * by;
}

/* e^x for x <= 0, to six digits; by additions and products alone, which are the same everywhere. */
static float exp_of(float x)
{
    if (x < -80)
        return 0;
    float y = x * (1.0F / 256), sum = 1 + y * (1 + y * (0.5F + y * (1.0F / 6)));
    for (int i = 0; i < 8; i++)
        sum *= sum;
    return sum;
}

/* log2(x), x >= 1, by straight lines between powers of two. */
static float log_of(float x)
{
    float whole = 0;
    while (x >= 2) {
        x /= 2;
        whole++;
    }
    return whole + (x - 1);
}

/* --- grams of a text --- */

static uint32_t find_gram(const struct sense *s, uint32_t key)
{
    uint32_t lo = 0, hi = s->n;
    while (lo < hi) {
        uint32_t mid = lo + (hi - lo) / 2;
        if (s->key[mid] < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < s->n && s->key[lo] == key ? lo : UINT32_MAX;
}

static uint32_t keys_of(struct arena *tmp, uint32_t **out, Str text)
{
    struct folded f;
    uint32_t n = 0;
    fold_glyphs(tmp, &f, text);
    f.n = f.n < GRAMS_MAX / 2 ? f.n : GRAMS_MAX / 2;
    *out = arena_raw(tmp, 2 * (size_t)f.n + 1, sizeof **out);
    for (uint32_t i = 0; i < f.n; i++) {
        (*out)[n++] = gram_of(GRAM_ONE, f.at[i], 0, 0);
        if (i > 0)
            (*out)[n++] = gram_of(GRAM_TWO, f.at[i - 1], f.at[i], 0);
    }
    return n;
}

/* By shell's gaps: there are a few hundred. */
static void sort_found(uint64_t *v, size_t n)
{
    static const size_t gaps[] = {301, 132, 57, 23, 10, 4, 1};
    for (size_t k = 0; k < ARRAY_N(gaps); k++)
        for (size_t gap = gaps[k], i = gap; i < n; i++) {
            uint64_t x = v[i];
            size_t at = i;
            for (; at >= gap && v[at - gap] > x; at -= gap)
                v[at] = v[at - gap];
            v[at] = x;
        }
}

/* Numbers with weight: times in the text, by the part it stands in, and how rare it is. */
static void read_bag(struct arena *keep, const struct sense *s, struct bag *out,
                     const struct sense_part *part, size_t n)
{
    uint64_t *found = NULL;
    size_t found_n = 0, cap = 0;
    for (size_t k = 0; k < n; k++) {
        uint32_t *key;
        uint32_t keys = part[k].weight == 0 ? 0 : keys_of(keep, &key, part[k].text);
        for (uint32_t i = 0; i < keys; i++) {
            uint32_t g = find_gram(s, key[i]);
            if (g != UINT32_MAX)
                VEC_PUSH(keep, found, found_n, cap) = (uint64_t)g << 8 | part[k].weight;
        }
    }
    sort_found(found, found_n);
    uint32_t *gram = arena_raw(keep, found_n + 1, sizeof *gram);
    float *times = ARENA_ARRAY(keep, float, found_n + 1);
    *out = (struct bag){.gram = gram, .weight = times};
    for (size_t i = 0; i < found_n; i++) {
        uint32_t g = (uint32_t)(found[i] >> 8);
        if (out->n == 0 || gram[out->n - 1] != g)
            gram[out->n++] = g;
        times[out->n - 1] += (float)(found[i] & 0xFF);
    }
    for (uint32_t i = 0; i < out->n; i++)
        times[i] = __builtin_sqrtf(times[i]) * s->rarity[gram[i]];
}

/* The sum, and its length. */
static float sum_bag(const float *vector, const struct bag *b, float *out)
{
    memset(out, 0, DIM * sizeof *out);
    for (uint32_t i = 0; i < b->n; i++)
        add_scaled(out, vector + (size_t)b->gram[i] * DIM, b->weight[i]);
    return __builtin_sqrtf(dot(out, out));
}

/* At length four times what a byte holds: few numbers of a hundred are so far from the others. */
static void to_bytes(int8_t *out, const float *v, float length)
{
    for (int i = 0; i < DIM; i++) {
        float x = length > tiny ? v[i] / length * (float)LENGTH * 4 : 0;
        x = x > LENGTH ? LENGTH : x < -LENGTH ? -LENGTH : x;
        out[i] = (int8_t)(x < 0 ? x - 0.5F : x + 0.5F);
    }
}

void sense_of(struct arena *tmp, const struct sense *s, const struct sense_part *part, size_t n,
              int8_t out[static SENSE_SIZE])
{
    ArenaMark mark = arena_mark(tmp);
    struct bag b;
    read_bag(tmp, s, &b, part, n);
    for (size_t m = 0; m < SENSE_MODELS; m++) {
        float v[DIM], length = sum_bag(s->vector + m * s->n * DIM, &b, v);
        to_bytes(out + m * DIM, v, length);
    }
    arena_reset(tmp, mark);
}

void sense_compare(int32_t *out, const int8_t *vectors, uint32_t n,
                   const int8_t v[static SENSE_SIZE])
{
    inner_products(inner_best(), out, vectors, n, v);
}

/* --- vocabulary --- */

static void add_text(struct pairs *p, struct arena *tmp, const struct sense_part *part,
                     uint32_t number)
{
    ArenaMark mark = arena_mark(tmp);
    for (size_t k = 0; k < SENSE_PARTS; k++) {
        uint32_t *key;
        uint32_t n = part[k].weight == 0 ? 0 : keys_of(tmp, &key, part[k].text);
        for (uint32_t i = 0; i < n; i++)
            pairs_add(p, key[i], number);
    }
    arena_reset(tmp, mark);
}

static uint64_t next(uint64_t *state)
{
    uint64_t x = *state += 0x9E3779B97F4A7C15U;
    x = (x ^ x >> 30) * 0xBF58476D1CE4E5B9U;
    x = (x ^ x >> 27) * 0x94D049BB133111EBU;
    return x ^ x >> 31;
}

static void begin_vectors(const struct sense *s, float *vector, uint64_t seed)
{
    const float side = 0.1F / 11.313708F; /* sqrt(DIM) */
    for (uint32_t g = 0; g < s->n; g++) {
        uint64_t state = seed ^ (uint64_t)s->key[g] << 20, bits = 0;
        for (int i = 0; i < DIM; i++) {
            bits = i % 64 == 0 ? next(&state) : bits >> 1;
            vector[(size_t)g * DIM + (size_t)i] = (bits & 1) != 0 ? side : -side;
        }
    }
}

/* In how many texts a gram stands that is learned. */
static uint32_t least_seen(const struct lists *l)
{
    uint32_t least = SEEN_MIN, n;
    for (;; least++) {
        n = 0;
        for (uint32_t k = 0; k < l->key_n; k++)
            n += l->start[k + 1] - l->start[k] >= least;
        if (n <= SENSE_GRAMS_MAX)
            return least;
    }
}

static void read_vocabulary(struct sense *s, const struct sense_pair *p, uint32_t n)
{
    struct arena *tmp = arena_open();
    struct pairs pairs;
    struct lists l;
    pairs_open(&pairs);
    for (uint32_t i = 0; i < n; i++) {
        add_text(&pairs, tmp, p[i].a, 2 * i);
        add_text(&pairs, tmp, p[i].b, 2 * i + 1);
    }
    lists_make(tmp, &l, &pairs);
    s->key = arena_raw(s->own, l.key_n + 1, sizeof *s->key);
    s->rarity = arena_raw(s->own, l.key_n + 1, sizeof *s->rarity);
    uint32_t least = least_seen(&l);
    for (uint32_t k = 0; k < l.key_n; k++) {
        uint32_t seen = l.start[k + 1] - l.start[k];
        if (seen < least)
            continue;
        s->key[s->n] = l.key[k];
        s->rarity[s->n++] = log_of((float)(2 * n + 1) / (float)seen);
    }
    s->vector = arena_raw(s->own, (size_t)s->n * SENSE_SIZE + 1, sizeof *s->vector);
    arena_close(tmp);
}

/* --- training --- */

struct side {
    struct bag bag[BATCH]; /* what is read of each text this time */
    uint32_t gram[BATCH][GRAMS_MAX];
    float weight[BATCH][GRAMS_MAX];
    float sum[BATCH][DIM]; /* at length one */
    float length[BATCH];
    float slope[BATCH][DIM];
};

struct trainer {
    struct sense *s;
    float *vector;     /* of the model that learns */
    struct bag *a, *b; /* of each pair */
    uint64_t *group;
    const struct sense_pair *pair;
    float *steps; /* squared, summed up, of each gram */
    struct side *x, *y;
    uint64_t round;
    float like[BATCH][BATCH];
};

/* A part of the grams of a text, another one each time: so that no gram is leaned on. Of a text
 * that is a pair by itself each side gets what the other does not. */
static void draw(struct side *x, uint32_t i, const struct bag *from, uint64_t state, bool half,
                 bool second)
{
    struct bag *b = &x->bag[i];
    *b = (struct bag){.gram = x->gram[i], .weight = x->weight[i]};
    for (uint32_t k = 0; k < from->n && k < GRAMS_MAX; k++) {
        uint64_t die = next(&state) >> 32 & 255;
        bool take = half ? (die < 128) == second : die >= DROPPED;
        if (take) {
            b->gram[b->n] = from->gram[k];
            b->weight[b->n++] = from->weight[k];
        }
    }
}

static void read_side(struct trainer *t, bool second, const uint32_t *at, uint32_t n)
{
    struct side *x = second ? t->y : t->x;
    for (uint32_t i = 0; i < n; i++) {
        bool half = t->b[at[i]].n == 0;
        const struct bag *from = second && !half ? &t->b[at[i]] : &t->a[at[i]];
        uint64_t state = t->round * 0x9E3779B97F4A7C15U + (uint64_t)at[i] * 2 + (second && !half);
        draw(x, i, from, state, half, second);
        x->length[i] = sum_bag(t->vector, &x->bag[i], x->sum[i]);
        for (int k = 0; k < DIM; k++)
            x->sum[i][k] /= x->length[i] + tiny;
    }
    memset(x->slope, 0, sizeof x->slope);
}

/* Softmax over row i, by its slope on both sides; `across`: over column i. */
static void push_row(struct trainer *t, const uint32_t *at, uint32_t n, uint32_t i, bool across)
{
    float p[BATCH], sum = 0, most = -1e30F;
    struct side *x = across ? t->y : t->x, *y = across ? t->x : t->y;
    for (uint32_t k = 0; k < n; k++) {
        bool same = k != i && t->group[at[k]] == t->group[at[i]];
        bool worse = !across && t->pair[at[k]].weight < t->pair[at[i]].weight;
        p[k] = same && !worse ? -1e30F : (across ? t->like[k][i] : t->like[i][k]) / temperature;
        most = p[k] > most ? p[k] : most;
    }
    for (uint32_t k = 0; k < n; k++) {
        p[k] = exp_of(p[k] - most);
        sum += p[k];
    }
    float scale = (float)t->pair[at[i]].weight / temperature / 2;
    for (uint32_t k = 0; k < n; k++) {
        float slope = (p[k] / sum - (k == i ? 1.0F : 0.0F)) * scale;
        if (slope == 0.0F)
            continue;
        add_scaled(x->slope[i], y->sum[k], slope);
        add_scaled(y->slope[k], x->sum[i], slope);
    }
}

static void step_side(struct trainer *t, struct side *x, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++) {
        float *d = x->slope[i];
        add_scaled(d, x->sum[i], -dot(d, x->sum[i]));
        float squared = dot(d, d) / DIM;
        for (uint32_t k = 0; k < x->bag[i].n; k++) {
            uint32_t g = x->bag[i].gram[k];
            float by = x->bag[i].weight[k] / (x->length[i] + tiny);
            t->steps[g] += squared * by * by;
            add_scaled(t->vector + (size_t)g * DIM, d,
                       -step_size * by / (__builtin_sqrtf(t->steps[g]) + tiny));
        }
    }
}

static void train_batch(struct trainer *t, const uint32_t *at, uint32_t n)
{
    read_side(t, false, at, n);
    read_side(t, true, at, n);
    for (uint32_t i = 0; i < n; i++)
        for (uint32_t k = 0; k < n; k++)
            t->like[i][k] = dot(t->x->sum[i], t->y->sum[k]);
    for (uint32_t i = 0; i < n; i++) {
        if (t->pair[at[i]].weight == 0)
            continue;
        push_row(t, at, n, i, false);
        push_row(t, at, n, i, true);
    }
    step_side(t, t->x, n);
    step_side(t, t->y, n);
}

struct place {
    const uint64_t *group;
    uint64_t round;
};

static bool place_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct place *p = ctx;
    uint64_t x = p->round ^ p->group[a], y = p->round ^ p->group[b];
    return next(&x) > next(&y);
}

static void train(struct trainer *t, uint32_t n, const struct sense_opts *o, struct arena *tmp,
                  uint64_t seed)
{
    uint64_t state = seed;
    memset(t->steps, 0, t->s->n * sizeof *t->steps);
    begin_vectors(t->s, t->vector, seed);
    for (uint32_t round = 0; round < o->rounds; round++) {
        bool alone = round < o->alone || o->learned_from >= n;
        uint32_t from = alone ? 0 : o->learned_from;
        t->round = next(&state);
        ArenaMark mark = arena_mark(tmp);
        struct place place = {t->group + from, t->round};
        uint32_t *order = order_rows(tmp, n - from, place_behind, &place);
        for (uint32_t i = 0; i < n - from; i++)
            order[i] += from;
        for (uint32_t i = 0; i < n - from; i += BATCH)
            train_batch(t, order + i, n - from - i < BATCH ? n - from - i : BATCH);
        arena_reset(tmp, mark);
    }
}

struct sense *sense_train(const struct sense_pair *p, uint32_t n, const struct sense_opts *o)
{
    struct arena *own = arena_open(), *tmp = arena_open();
    struct sense *s = ARENA_NEW(own, struct sense);
    struct trainer *t = ARENA_NEW(tmp, struct trainer);
    s->own = own;
    read_vocabulary(s, p, n);
    *t = (struct trainer){.s = s, .pair = p};
    t->a = ARENA_ARRAY(tmp, struct bag, n + 1);
    t->b = ARENA_ARRAY(tmp, struct bag, n + 1);
    t->group = ARENA_ARRAY(tmp, uint64_t, n + 1);
    t->x = ARENA_NEW(tmp, struct side);
    t->y = ARENA_NEW(tmp, struct side);
    t->steps = ARENA_ARRAY(tmp, float, s->n + 1);
    for (uint32_t i = 0; i < n; i++) {
        read_bag(tmp, s, &t->a[i], p[i].a, SENSE_PARTS);
        read_bag(tmp, s, &t->b[i], p[i].b, SENSE_PARTS);
        t->group[i] = str_hash(p[i].a[0].text);
    }
    for (uint64_t m = 0; m < SENSE_MODELS; m++) {
        t->vector = s->vector + m * s->n * DIM;
        train(t, n, o, tmp, o->seed + m);
    }
    arena_close(tmp);
    return s;
}

/* --- kept --- */

static const char magic[8] = {'g', 'e', 'c', 'i', 's', 'n', 's', '1'};

/* A gram as it is kept: bytes of a vector are parts of 127 of its size. */
struct kept_gram {
    uint32_t key;
    float rarity, size[SENSE_MODELS];
    int8_t vector[SENSE_SIZE];
};

static float size_of(const float *v)
{
    float most = 0;
    for (int i = 0; i < DIM; i++) {
        float x = v[i] < 0 ? -v[i] : v[i];
        most = x > most ? x : most;
    }
    return most;
}

Str sense_write(struct arena *keep, const struct sense *s)
{
    size_t n = sizeof magic + s->n * sizeof(struct kept_gram);
    char *out = arena_raw(keep, n, 1);
    memcpy(out, magic, sizeof magic);
    for (uint32_t g = 0; g < s->n; g++) {
        struct kept_gram k = {.key = s->key[g], .rarity = s->rarity[g]};
        for (size_t m = 0; m < SENSE_MODELS; m++) {
            const float *v = s->vector + (m * s->n + g) * DIM;
            k.size[m] = size_of(v);
            for (size_t i = 0; i < DIM && k.size[m] > 0; i++) {
                float x = v[i] / k.size[m] * (float)LENGTH;
                k.vector[m * DIM + i] = (int8_t)(x < 0 ? x - 0.5F : x + 0.5F);
            }
        }
        memcpy(out + sizeof magic + g * sizeof k, &k, sizeof k);
    }
    return (Str){out, n};
}

/* Of what was trained: numbers that are not, or far off, are no model's. */
static bool is_sound(const struct kept_gram *k, uint32_t before, bool first)
{
    bool sound = (first || k->key > before) && k->rarity >= 0 && k->rarity < 64;
    for (size_t m = 0; m < SENSE_MODELS; m++)
        sound = sound && k->size[m] >= 0 && k->size[m] < 1e6F;
    return sound;
}

struct sense *sense_read(Str bytes)
{
    size_t each = sizeof(struct kept_gram), n = (bytes.n - sizeof magic) / each;
    if (bytes.n < sizeof magic || memcmp(bytes.p, magic, sizeof magic) != 0 ||
        n > SENSE_GRAMS_MAX || bytes.n != sizeof magic + n * each)
        return NULL;
    struct arena *own = arena_open();
    struct sense *s = ARENA_NEW(own, struct sense);
    *s = (struct sense){.own = own, .n = (uint32_t)n};
    s->key = arena_raw(own, n + 1, sizeof *s->key);
    s->rarity = arena_raw(own, n + 1, sizeof *s->rarity);
    s->vector = arena_raw(own, n * SENSE_SIZE + 1, sizeof *s->vector);
    for (size_t g = 0; g < n; g++) {
        struct kept_gram k;
        memcpy(&k, bytes.p + sizeof magic + g * each, each);
        if (!is_sound(&k, g == 0 ? 0 : s->key[g - 1], g == 0)) {
            arena_close(own);
            return NULL;
        }
        s->key[g] = k.key;
        s->rarity[g] = k.rarity;
        for (size_t m = 0; m < SENSE_MODELS; m++)
            for (size_t i = 0; i < DIM; i++)
                s->vector[(m * n + g) * DIM + i] =
                    (float)k.vector[m * DIM + i] * k.size[m] / (float)LENGTH;
    }
    return s;
}

void sense_close(struct sense *s)
{
    if (s != NULL)
        arena_close(s->own);
}
