/* eval_learn.c - what is learned from judged matches, and how much it may count. */
#include "base/arena.h"
#include "cmd/cli.h"
#include "cmd/match/eval_set.h"

enum {
    ROUNDS_ALONE = 5,
    ROUNDS = 10,
    ALONE_MAX = 16000, /* texts that are read by themselves; of more, every so many */
};

/* How much what is learned may count beside the words, in hundredths. */
static const uint16_t weights[] = {0, 15, 25, 35, 50, 75, 100, 150, 200};

struct lesson {
    struct cli *c;
    struct sense_pair *at;
    size_t n, cap;
};

static void add_pair(struct lesson *l, const struct rank_part *a, const struct rank_doc *b,
                     uint8_t weight)
{
    struct sense_pair p = {.weight = weight};
    for (size_t k = 0; k < SENSE_PARTS; k++) {
        p.a[k] = (struct sense_part){a[k].text, a[k].weight};
        p.b[k] = (struct sense_part){b->field[k], b->field[k].n > 0};
    }
    VEC_PUSH(l->c->arena, l->at, l->n, l->cap) = p;
}

/* A text by itself: what stands in it belongs together. */
static void add_alone(struct lesson *l, Str text)
{
    if (text.n > 0)
        add_pair(l, (struct rank_part[RANK_PARTS]){{text, 1}}, &(struct rank_doc){.id = 0}, 1);
}

/* A title and what stands under it. */
static void add_title(struct lesson *l, Str title, Str text)
{
    struct rank_doc b = {.field = {text}};
    if (title.n > 0 && text.n > 0)
        add_pair(l, (struct rank_part[RANK_PARTS]){{title, 1}}, &b, 1);
}

static void learn_alone(struct lesson *l, const struct eval_set *s)
{
    for (size_t i = 0; i < s->doc_n; i += s->doc_n / ALONE_MAX + 1) {
        const Str *field = s->doc[i].field;
        add_title(l, field[0], field[1]);
        for (size_t k = 0; k < SENSE_PARTS; k++)
            add_alone(l, field[k]);
    }
    for (size_t i = 0; i < s->spare_n; i++)
        add_title(l, s->spare[i][0].text, s->spare[i][1].text);
    for (size_t i = 0; i < s->query_n; i++)
        add_title(l, s->query[i].part[0].text, s->query[i].part[1].text);
}

static bool is_in(const bool *in, size_t i)
{
    return in == NULL || in[i];
}

static size_t fold_of(size_t i)
{
    return i / EVAL_FOLDS % EVAL_FOLDS;
}

struct sense *eval_learn(struct cli *c, const struct eval_set *s, const struct eval_set *from,
                         const struct eval_pupils *p)
{
    struct lesson l = {.c = c};
    learn_alone(&l, s);
    struct sense_opts o = {.alone = ROUNDS_ALONE, .rounds = ROUNDS, .seed = 1};
    o.learned_from = (uint32_t)l.n;
    for (size_t i = 0; i < from->query_n; i++)
        for (size_t k = 0; k < from->query[i].n; k++) {
            const struct judged *j = &from->query[i].at[k];
            if (is_in(p->in, i) && fold_of(i) != p->without)
                add_pair(&l, from->query[i].part, &from->doc[j->doc],
                         (uint8_t)((1 << j->gain % 8) - 1));
        }
    return sense_train(l.at, (uint32_t)l.n, &o);
}

/* What the rival makes of each question of a fold, without having seen it. */
static void ask_rival(struct cli *c, const struct eval_set *from, const struct eval_rival *r,
                      size_t fold, int32_t *value)
{
    struct eval_asking x = {.c = c, .set = from, .sense_weight = r == NULL ? 0 : r->weight};
    struct sense *sense =
        r == NULL ? NULL : eval_learn(c, from, from, &(struct eval_pupils){r->in, fold});
    eval_asking_open(&x, sense);
    for (size_t i = 0; i < from->query_n; i++)
        if (fold_of(i) == fold)
            value[i] = eval_value(&x, &from->query[i]);
    eval_asking_close(&x);
    sense_close(sense);
}

/* The gain of every weight over the rival, on questions that were not learned from. */
static void try_weights(struct cli *c, const struct eval_set *from, const struct eval_pupils *p,
                        const struct eval_rival *than, struct measure more[static ARRAY_N(weights)])
{
    struct eval_asking x = {.c = c, .set = from};
    int32_t *before = ARENA_ARRAY(c->arena, int32_t, from->query_n + 1);
    ask_rival(c, from, than, p->without, before);
    struct sense *sense = eval_learn(c, from, from, p);
    eval_asking_open(&x, sense);
    for (size_t i = 0; i < from->query_n; i++)
        for (size_t w = 0; w < ARRAY_N(weights) && fold_of(i) == p->without && is_in(p->in, i);
             w++) {
            x.sense_weight = weights[w];
            measure_add(c->arena, &more[w], eval_value(&x, &from->query[i]) - before[i]);
        }
    eval_asking_close(&x);
    sense_close(sense);
}

uint16_t eval_weight(struct cli *c, const struct eval_set *from, const bool *in,
                     const struct eval_rival *than, struct figure *more)
{
    struct measure each[ARRAY_N(weights)] = {{0}};
    size_t best = 0;
    for (size_t fold = 0; fold < EVAL_FOLDS; fold++)
        try_weights(c, from, &(struct eval_pupils){in, fold}, than, each);
    *more = (struct figure){0};
    for (size_t w = 1; w < ARRAY_N(weights); w++) {
        struct figure f = measure_figure(c->arena, &each[w]);
        if (f.mean > more->mean) {
            best = w;
            *more = f;
        }
    }
    return weights[best];
}
