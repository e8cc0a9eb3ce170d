/* measure.c - how a type of cases goes: what its document measures, over what the caller sees. */
#include "api/noun/case/case.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"

enum { PAGE = 200 };

/* `only`: category, locality, month. */
static struct flow_measuring question(struct case_sight *sight, Str type, int by, const Str only[])
{
    return (struct flow_measuring){.type = type,
                                   .by = by < 0 ? FLOW_WHOLE : (enum flow_by)by,
                                   .category = str_or_empty(only[0]),
                                   .locality = str_or_empty(only[1]),
                                   .month = str_or_empty(only[2]),
                                   .sees = case_sees,
                                   .ctx = sight};
}

static enum status measured(struct call *c, const struct flow_measuring *ask,
                            struct flow_measures *out)
{
    struct flow_view v = case_view(c);
    struct case_sight *sight = ask->ctx;
    TRY(case_sight(c, sight));
    TRY(flow_measures(&v, ask, out));
    return sight->st;
}

static Str tenths(struct call *c, int64_t tenths)
{
    return arena_fmt(c->arena, "%lld.%lld", (long long)(tenths / 10), (long long)(tenths % 10));
}

static Str share(struct call *c, const struct flow_count *x)
{
    return x->n[FLOW_OF] == 0 ? NO_ARG : tenths(c, flow_share(x));
}

static Str most(struct call *c, const struct flow_count *x)
{
    return x->n[FLOW_OF] == 0 ? NO_ARG : tenths(c, flow_share_most(x));
}

static Str median(struct call *c, const struct flow_count *x)
{
    return x->days_n == 0 ? NO_ARG : tenths(c, x->median_x2 * 5);
}

static struct api_int longest(const struct flow_count *x)
{
    return (struct api_int){x->days_n > 0, x->longest};
}

static void write_measures(struct call *c, const struct flow_measures *x,
                           struct api_case_measures *out)
{
    const struct matter *m = x->m;
    out->measures.at = ARENA_ARRAY(c->arena, struct api_measure, m->measure_n + 1);
    for (uint32_t i = 0; i < m->measure_n; i++) {
        const struct matter_measure *of = &m->measure[i];
        Str to = of->event == MATTER_TO_STATE   ? m->state[of->to].name
                 : of->event == MATTER_TO_BID   ? S("揭榜")
                 : of->event == MATTER_TO_MATCH ? S("匹配")
                                                : m->rules->field[of->to].name;
        if (of->value.s.n > 0)
            to = arena_fmt(c->arena, "%.*s = %.*s", STR_ARG(to), STR_ARG(of->value.s));
        out->measures.at[out->measures.n++] =
            (struct api_measure){of->name, (int)of->kind, m->state[of->from].name, to, of->note};
    }
}

static void write_groups(struct call *c, const struct flow_measures *x,
                         struct api_case_measures *out)
{
    const struct matter *m = x->m;
    out->groups.at = ARENA_ARRAY(c->arena, struct api_measure_group, x->group_n + 1);
    for (size_t g = 0; g < x->group_n; g++) {
        struct api_measure_group *to = &out->groups.at[out->groups.n++];
        to->key = x->group[g].key;
        to->counts.at = ARENA_ARRAY(c->arena, struct api_measure_count, m->measure_n + 1);
        for (uint32_t i = 0; i < m->measure_n; i++) {
            const struct flow_count *k = &x->group[g].of[i];
            enum matter_measure_kind kind = m->measure[i].kind;
            to->counts.at[to->counts.n++] = (struct api_measure_count){
                .of = k->n[FLOW_OF],
                .hit = k->n[FLOW_HIT],
                .open = k->n[FLOW_OPEN],
                .share = kind == MATTER_SHARE ? share(c, k) : NO_ARG,
                .most = kind == MATTER_SHARE ? most(c, k) : NO_ARG,
                .median = median(c, k),
                .longest = longest(k),
                .sum = kind == MATTER_SUM ? flow_sum_text(c->arena, x, i, k->sum) : NO_ARG,
            };
        }
    }
}

static void write_states(struct call *c, const struct flow_measures *x,
                         struct api_case_measures *out)
{
    out->states.at = ARENA_ARRAY(c->arena, struct api_measure_state, x->m->state_n + 1);
    for (uint32_t i = 0; i < x->m->state_n; i++) {
        const struct flow_stay *s = &x->state[i];
        bool end = x->m->state[i].end;
        out->states.at[out->states.n++] = (struct api_measure_state){
            .state = x->m->state[i].name,
            .ended = end,
            .left = s->left.n[FLOW_OF],
            .median = median(c, &s->left),
            .longest = longest(&s->left),
            .now = s->now,
            .waiting = {s->now > 0 && !end, s->now_longest},
        };
    }
}

enum status api_case_measures(struct call *c, const struct api_case_measures_in *in,
                              struct api_case_measures *out)
{
    struct case_sight sight;
    struct flow_measuring ask =
        question(&sight, in->type, in->by, (Str[]){in->category, in->locality, in->month});
    struct flow_measures x;
    TRY(measured(c, &ask, &x));
    *out = (struct api_case_measures){
        .type = x.type.name,
        .document = x.type.document,
        .version = x.type.version,
        .status = case_status(x.type.status),
        .category = x.m->category < 0 ? S("") : x.m->rules->field[x.m->category].name,
        .today = c->today,
        .seen = (int64_t)x.seen};
    write_measures(c, &x, out);
    write_groups(c, &x, out);
    write_states(c, &x, out);
    return OK;
}

/* --- the cases behind a number --- */

static enum status read_behind(struct call *c, const struct flow_measures *x,
                               const struct api_case_measured_in *in, struct flow_behind *out)
{
    const struct matter *m = x->m;
    *out = (struct flow_behind){.state = in->state.n > 0,
                                .part = in->part < 0 ? FLOW_OF : (enum flow_part)in->part,
                                .key = str_or_empty(in->key)};
    int32_t state = matter_state(m, str_or_empty(in->state));
    out->at = out->state ? (uint32_t)state : 0;
    while (!out->state && out->at < m->measure_n &&
           !str_eq(m->measure[out->at].name, str_or_empty(in->measure)))
        out->at++;
    if (out->state ? state >= 0 : out->at < m->measure_n)
        return OK;
    return call_refuse(c, DIAG_API_TYPE, out->state ? S("state") : S("measure"),
                       out->state         ? m->state[0].name
                       : m->measure_n > 0 ? m->measure[0].name
                                          : S("state"));
}

enum status api_case_measured(struct call *c, const struct api_case_measured_in *in,
                              struct api_case_page *out)
{
    struct case_sight sight;
    struct flow_measuring ask =
        question(&sight, in->type, in->by, (Str[]){in->category, in->locality, in->month});
    struct flow_measures x;
    struct flow_behind of;
    struct flow_case *all;
    size_t n, first = 0;
    TRY(measured(c, &ask, &x));
    TRY(read_behind(c, &x, in, &of));
    flow_measured(&x, c->arena, &of, &all, &n);
    while (in->before.set && first < n && all[first].number >= in->before.v)
        first++;
    out->cases.at = ARENA_ARRAY(c->arena, struct api_case_row, PAGE);
    for (size_t i = first; i < n && out->cases.n < PAGE; i++)
        out->cases.at[out->cases.n++] = case_row(c, &all[i]);
    if (n - first > PAGE)
        out->next = API_INT_OF(all[first + PAGE - 1].number);
    return OK;
}
