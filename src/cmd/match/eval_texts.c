/* eval_texts.c - texts ranked by a text: by words, and with what was learned from others. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/match/eval_set.h"
#include "os/clock.h"

enum {
    TOP = 10,
    FAR = 100,
    STRONG = 2, /* a gain from which two were matched */
    ROUNDS_ALONE = 5,
    ROUNDS = 10,
    FOLDS = 5,
};

/* How much what is learned may count beside the words, in hundredths. */
static const uint16_t weights[] = {0, 15, 25, 35, 50, 75, 100, 150, 200};

enum { GIVEN_NDCG, ALL_NDCG, MRR, RECALL_10, RECALL_100, KEYWORDS_NDCG, FIGURES };
static const char *const figure_name[FIGURES] = {"ndcg10_judged", "ndcg10",    "mrr10",
                                                 "recall10",      "recall100", "keywords_ndcg10"};

struct texts {
    struct cli *c;
    const struct eval_set *set;
    struct rank_index *index;
    struct rank_room *room;
    uint16_t sense_weight;
    struct measure figure[FIGURES];
    int64_t us;
};

/* --- one question --- */

static uint8_t gain_of(const struct eval_query *q, uint32_t doc)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->at[i].doc == doc)
            return q->at[i].gain;
    return 0;
}

static struct rank_found rank(struct texts *x, const struct eval_query *q, uint32_t top,
                              const uint64_t *filter)
{
    struct rank_found found;
    struct rank_ask ask = {.top = top, .sense_weight = x->sense_weight};
    ask.doc = x->set->doc;
    ask.kin_weight = x->set->kin_weight;
    ask.filter = filter;
    ask.filter_n = (uint32_t)(x->set->doc_n / 64 + 1);
    memcpy(ask.part, q->part, sizeof ask.part);
    int64_t before = clock_us();
    rank_run(x->c->arena, x->room, x->index, &ask, &found);
    x->us += filter == NULL ? clock_us() - before : 0;
    return found;
}

static int32_t ndcg(struct texts *x, const struct eval_query *q, const struct rank_found *f)
{
    uint8_t ranked[TOP], *ideal = arena_raw(x->c->arena, q->n + 1, 1);
    size_t n = f->n < TOP ? f->n : TOP;
    for (size_t i = 0; i < n; i++)
        ranked[i] = gain_of(q, f->hit[i].doc);
    for (size_t i = 0; i < q->n; i++)
        ideal[i] = q->at[i].gain;
    return measure_ndcg(ranked, n, ideal, q->n);
}

/* Of those with the gain or more, how many are among the first `top`. */
static int32_t recall(const struct eval_query *q, const struct rank_found *f, size_t top,
                      uint8_t gain)
{
    int32_t got = 0, all = 0;
    for (size_t i = 0; i < q->n; i++)
        all += q->at[i].gain >= gain;
    for (size_t i = 0; i < f->n && i < top; i++)
        got += gain_of(q, f->hit[i].doc) >= gain;
    return all == 0 ? -1 : (int32_t)((int64_t)got * MEASURE_ONE / all);
}

static int32_t reciprocal(const struct eval_query *q, const struct rank_found *f)
{
    for (size_t i = 0; i < f->n; i++)
        if (gain_of(q, f->hit[i].doc) > 0)
            return measure_reciprocal(i + 1);
    return 0;
}

static void add(struct texts *x, int figure, int32_t value)
{
    if (value >= 0)
        measure_add(x->c->arena, &x->figure[figure], value);
}

static int32_t judged_ndcg(struct texts *x, const struct eval_query *q)
{
    uint64_t *filter = ARENA_ARRAY(x->c->arena, uint64_t, x->set->doc_n / 64 + 1);
    for (size_t i = 0; i < q->n; i++)
        filter[q->at[i].doc / 64] |= 1ULL << q->at[i].doc % 64;
    struct rank_found f = rank(x, q, TOP, filter);
    return ndcg(x, q, &f);
}

/* The figure that what is learned is chosen by. */
static int32_t value_of(struct texts *x, const struct eval_query *q)
{
    if (x->set->kind == EVAL_NEEDS)
        return judged_ndcg(x, q);
    struct rank_found f = rank(x, q, TOP, NULL);
    return reciprocal(q, &f);
}

static void ask(struct texts *x, const struct eval_query *q)
{
    enum eval_kind kind = x->set->kind;
    struct rank_found f = rank(x, q, FAR, NULL);
    if (kind == EVAL_NEEDS)
        add(x, GIVEN_NDCG, judged_ndcg(x, q));
    add(x, kind == EVAL_PAPERS && q->keywords ? KEYWORDS_NDCG : ALL_NDCG, ndcg(x, q, &f));
    if (kind != EVAL_NEEDS)
        add(x, MRR, reciprocal(q, &f));
    if (kind == EVAL_QUESTIONS)
        add(x, RECALL_10, recall(q, &f, TOP, 1));
    if (kind != EVAL_PAPERS)
        add(x, RECALL_100, recall(q, &f, FAR, kind == EVAL_NEEDS ? STRONG : 1));
}

/* --- what is learned --- */

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
    for (size_t i = 0; i < s->doc_n; i++) {
        add_title(l, s->doc[i].field[0], s->doc[i].field[1]);
        add_alone(l, s->doc[i].field[0]);
        add_alone(l, s->doc[i].field[1]);
    }
    for (size_t i = 0; i < s->spare_n; i++)
        add_title(l, s->spare[i][0].text, s->spare[i][1].text);
    for (size_t i = 0; i < s->query_n; i++)
        add_title(l, s->query[i].part[0].text, s->query[i].part[1].text);
}

/* But for the questions of one fold; FOLDS: for none. */
static void learn_matches(struct lesson *l, const struct eval_set *s, size_t without)
{
    for (size_t i = 0; i < s->query_n; i++)
        for (size_t k = 0; k < s->query[i].n && i % FOLDS != without; k++) {
            const struct judged *j = &s->query[i].at[k];
            add_pair(l, s->query[i].part, &s->doc[j->doc], (uint8_t)((1 << j->gain % 8) - 1));
        }
}

static struct sense *learn(struct cli *c, const struct eval_set *s, const struct eval_set *from,
                           size_t without)
{
    struct lesson l = {.c = c};
    learn_alone(&l, s);
    struct sense_opts o = {.alone = ROUNDS_ALONE, .rounds = ROUNDS, .seed = 1};
    o.learned_from = (uint32_t)l.n;
    learn_matches(&l, from, without);
    return sense_train(l.at, (uint32_t)l.n, &o);
}

/* --- a folder --- */

static void texts_open(struct texts *x, const struct sense *sense)
{
    const struct eval_set *set = x->set;
    struct rank_opts o = set->opts;
    struct rank_asked *asked =
        arena_raw(x->c->arena, set->query_n + set->spare_n + 1, sizeof *asked);
    for (size_t i = 0; i < set->query_n; i++)
        memcpy(asked[i].part, set->query[i].part, sizeof asked[i].part);
    for (size_t i = 0; i < set->spare_n; i++)
        memcpy(asked[set->query_n + i].part, set->spare[i], sizeof asked[i].part);
    o.sense = sense;
    o.asked = asked;
    o.asked_n = (uint32_t)(set->query_n + set->spare_n);
    x->room = rank_room_open();
    x->index = rank_build(x->set->doc, (uint32_t)x->set->doc_n, &o);
}

static void texts_close(struct texts *x)
{
    rank_close(x->index);
    rank_room_close(x->room);
}

/* The gain of every weight over none, on questions that were not learned from. */
static void try_weights(struct cli *c, const struct eval_set *from, size_t fold,
                        struct measure more[static ARRAY_N(weights)])
{
    struct texts x = {.c = c, .set = from};
    struct sense *sense = learn(c, from, from, fold);
    texts_open(&x, sense);
    for (size_t i = fold; i < from->query_n; i += FOLDS)
        for (size_t w = 0, none = 0; w < ARRAY_N(weights); w++) {
            x.sense_weight = weights[w];
            int32_t value = value_of(&x, &from->query[i]);
            none = w == 0 ? (size_t)value : none;
            measure_add(c->arena, &more[w], value - (int32_t)none);
        }
    texts_close(&x);
    sense_close(sense);
}

/* 0: what is learned does not help on the whole. */
static uint16_t choose_weight(struct cli *c, const struct eval_set *from)
{
    struct measure more[ARRAY_N(weights)] = {{0}};
    size_t best = 0;
    int32_t most = 0;
    for (size_t fold = 0; fold < FOLDS; fold++)
        try_weights(c, from, fold, more);
    for (size_t w = 1; w < ARRAY_N(weights); w++) {
        struct figure f = measure_figure(c->arena, &more[w]);
        if (f.mean > most) {
            best = w;
            most = f.mean;
        }
    }
    buf_fmt(&c->out, "learned weight %d.%02d  held out", weights[best] / 100, weights[best] % 100);
    eval_print(c, "more", &more[best]);
    buf_char(&c->out, '\n');
    return weights[best];
}

static void run(struct cli *c, const struct eval_set *s, const struct sense *sense, uint16_t weight)
{
    struct texts x = {.c = c, .set = s, .sense_weight = weight};
    texts_open(&x, sense);
    for (size_t i = 0; i < s->query_n; i++)
        ask(&x, &s->query[i]);
    buf_fmt(&c->out, "%s words", eval_kind_name(s->kind));
    if (s->kin_weight > 0)
        buf_fmt(&c->out, "+%d.%02d*kin", s->kin_weight / 100, s->kin_weight % 100);
    if (weight > 0)
        buf_fmt(&c->out, "+%d.%02d*sense", weight / 100, weight % 100);
    buf_fmt(&c->out, " n %zu of %zu", s->query_n, s->doc_n);
    for (int f = 0; f < FIGURES; f++)
        if (x.figure[f].n > 0)
            eval_print(c, figure_name[f], &x.figure[f]);
    buf_fmt(&c->out, "  mean_us %lld\n", (long long)(x.us / (int64_t)(s->query_n + !s->query_n)));
    texts_close(&x);
}

/* How many questions of one are also in the other: what was learned from those is no test. */
static size_t shared(const struct eval_set *a, const struct eval_set *b)
{
    size_t n = 0;
    for (size_t i = 0; i < a->query_n; i++)
        for (size_t k = 0; k < b->query_n; k++)
            if (str_eq(a->query[i].part[0].text, b->query[k].part[0].text)) {
                n++;
                break;
            }
    return n;
}

enum status eval_texts(struct cli *c, Str dir, Str train)
{
    struct eval_set set, from;
    TRY(eval_set_read(c, &set, dir));
    run(c, &set, NULL, 0);
    if (train.n == 0)
        return OK;
    TRY(eval_set_read(c, &from, train));
    size_t both = shared(&set, &from);
    if (both > 0)
        cli_warn(c,
                 ZE(c, "有 %zu 个问题两边都有：学过的再考，结果不能当真",
                    "%zu questions are in both folders: what was learned from is no test"),
                 both);
    uint16_t weight = choose_weight(c, &from);
    if (weight == 0)
        return OK;
    struct sense *x = learn(c, &set, &from, FOLDS);
    run(c, &set, x, weight);
    sense_close(x);
    return OK;
}
