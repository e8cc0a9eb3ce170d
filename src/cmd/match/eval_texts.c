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
};

enum { GIVEN_NDCG, ALL_NDCG, MRR, RECALL_10, RECALL_100, KEYWORDS_NDCG, FIGURES };
static const char *const figure_name[FIGURES] = {"ndcg10_judged", "ndcg10",    "mrr10",
                                                 "recall10",      "recall100", "keywords_ndcg10"};

struct texts {
    struct eval_asking asking;
    struct measure figure[FIGURES];
};

/* --- one question --- */

static uint8_t gain_of(const struct eval_query *q, uint32_t doc)
{
    for (size_t i = 0; i < q->n; i++)
        if (q->at[i].doc == doc)
            return q->at[i].gain;
    return 0;
}

static struct rank_found rank(struct eval_asking *x, const struct eval_query *q, uint32_t top,
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

static int32_t ndcg(struct eval_asking *x, const struct eval_query *q, const struct rank_found *f)
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
        measure_add(x->asking.c->arena, &x->figure[figure], value);
}

static int32_t judged_ndcg(struct eval_asking *x, const struct eval_query *q)
{
    uint64_t *filter = ARENA_ARRAY(x->c->arena, uint64_t, x->set->doc_n / 64 + 1);
    for (size_t i = 0; i < q->n; i++)
        filter[q->at[i].doc / 64] |= 1ULL << q->at[i].doc % 64;
    struct rank_found f = rank(x, q, TOP, filter);
    return ndcg(x, q, &f);
}

const char *eval_value_name(const struct eval_set *s)
{
    return figure_name[s->kind == EVAL_NEEDS ? GIVEN_NDCG : MRR];
}

int32_t eval_value(struct eval_asking *x, const struct eval_query *q)
{
    if (x->set->kind == EVAL_NEEDS)
        return judged_ndcg(x, q);
    struct rank_found f = rank(x, q, TOP, NULL);
    return reciprocal(q, &f);
}

static void ask(struct texts *t, const struct eval_query *q)
{
    struct eval_asking *x = &t->asking;
    enum eval_kind kind = x->set->kind;
    struct rank_found f = rank(x, q, FAR, NULL);
    if (kind == EVAL_NEEDS)
        add(t, GIVEN_NDCG, judged_ndcg(x, q));
    add(t, kind == EVAL_PAPERS && q->keywords ? KEYWORDS_NDCG : ALL_NDCG, ndcg(x, q, &f));
    if (kind != EVAL_NEEDS)
        add(t, MRR, reciprocal(q, &f));
    if (kind == EVAL_QUESTIONS)
        add(t, RECALL_10, recall(q, &f, TOP, 1));
    if (kind != EVAL_PAPERS)
        add(t, RECALL_100, recall(q, &f, FAR, kind == EVAL_NEEDS ? STRONG : 1));
}

/* --- a folder --- */

void eval_asking_open(struct eval_asking *x, const struct sense *sense)
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
    o.kin = set->kin_weight > 0;
    o.asked = asked;
    o.asked_n = (uint32_t)(set->query_n + set->spare_n);
    x->room = rank_room_open();
    x->index = rank_build(x->set->doc, (uint32_t)x->set->doc_n, &o);
}

void eval_asking_close(struct eval_asking *x)
{
    rank_close(x->index);
    rank_room_close(x->room);
}

/* One part of a folder by what the others taught, in turn; weights are chosen inside the others. */
static void run_parts(struct cli *c, const struct eval_set *s)
{
    struct measure plain = {0}, learned = {0}, more = {0};
    bool *in = ARENA_ARRAY(c->arena, bool, s->query_n + 1);
    for (size_t part = 0; part < EVAL_FOLDS; part++) {
        struct figure held_out;
        for (size_t i = 0; i < s->query_n; i++)
            in[i] = i % EVAL_FOLDS != part;
        struct eval_asking x = {.c = c, .set = s};
        uint16_t weight = eval_weight(c, s, in, NULL, &held_out);
        struct sense *sense = eval_learn(c, s, s, &(struct eval_pupils){in, EVAL_FOLDS});
        eval_asking_open(&x, sense);
        for (size_t i = part; i < s->query_n; i += EVAL_FOLDS) {
            x.sense_weight = 0;
            int32_t without = eval_value(&x, &s->query[i]);
            x.sense_weight = weight;
            int32_t with = eval_value(&x, &s->query[i]);
            measure_add(c->arena, &plain, without);
            measure_add(c->arena, &learned, with);
            measure_add(c->arena, &more, with - without);
        }
        eval_asking_close(&x);
        sense_close(sense);
    }
    buf_fmt(&c->out, "%s in %d parts n %zu  %s", eval_kind_name(s->kind), EVAL_FOLDS, s->query_n,
            eval_value_name(s));
    eval_print(c, "words", &plain);
    eval_print(c, "learned", &learned);
    eval_print(c, "more", &more);
    buf_char(&c->out, '\n');
}

static void run(struct cli *c, const struct eval_set *s, const struct sense *sense, uint16_t weight)
{
    struct texts x = {.asking = {.c = c, .set = s, .sense_weight = weight}};
    eval_asking_open(&x.asking, sense);
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
    buf_fmt(&c->out, "  mean_us %lld\n",
            (long long)(x.asking.us / (int64_t)(s->query_n + !s->query_n)));
    eval_asking_close(&x.asking);
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
    struct figure more;
    TRY(eval_set_read(c, &set, dir));
    run(c, &set, NULL, 0);
    if (train.n == 0)
        return OK;
    TRY(eval_set_read(c, &from, train));
    size_t both = shared(&set, &from);
    if (both == set.query_n && both == from.query_n) {
        run_parts(c, &set);
        return OK;
    }
    if (both > 0)
        cli_warn(c,
                 ZE(c, "有 %zu 个问题两边都有：学过的再考，结果不能当真",
                    "%zu questions are in both folders: what was learned from is no test"),
                 both);
    uint16_t weight = eval_weight(c, &from, NULL, NULL, &more);
    buf_fmt(&c->out, "learned weight %d.%02d  held out", weight / 100, weight % 100);
    eval_print_figure(c, "more", more);
    buf_char(&c->out, '\n');
    if (weight == 0)
        return OK;
    struct sense *x = eval_learn(c, &set, &from, &(struct eval_pupils){NULL, EVAL_FOLDS});
    run(c, &set, x, weight);
    sense_close(x);
    return OK;
}
