/* measure.c - what is measured of many cases: counts, days and sums, by group.
 *
 * A measure is of the cases that came to its first state; they count in the month they first did.
 * Cost: measures times cases, and a sort of the days of each group. */
#include "base/order.h"
#include "flow/flow_int.h"

/* --- one case --- */

static Str month_of(struct arena *keep, Day day)
{
    return str_sub(day_str(keep, day), 0, sizeof "2026-03" - 1);
}

/* Is a case that came somewhere on a day one of those that are asked about? */
static bool is_asked(const struct flow_measuring *ask, struct arena *keep,
                     const struct flow_trail *t, Day day)
{
    return day != FLOW_NO_DAY &&
           (ask->category.n == 0 || str_eq(str_or_empty(t->category), ask->category)) &&
           (ask->locality.n == 0 || str_eq(t->c.locality, ask->locality)) &&
           (ask->month.n == 0 || str_starts(month_of(keep, day), ask->month));
}

static Str key_of(const struct flow_measures *x, struct arena *keep, const struct flow_trail *t,
                  Day day)
{
    switch (x->ask->by) {
    case FLOW_WHOLE: break;
    case FLOW_BY_CATEGORY: return str_or_empty(t->category);
    case FLOW_BY_LOCALITY: return t->c.locality;
    case FLOW_BY_MONTH: return month_of(keep, day);
    }
    return S("");
}

/* The amount, where the field reads it. */
static bool read_sum(const struct flow_measures *x, struct arena *keep,
                     const struct matter_measure *m, Str value, Wide *out)
{
    const struct rules *r = x->m->rules;
    struct diags ds;
    Cell cell;
    diags_init(&ds, keep);
    if (value.n == 0 ||
        rule_read_cell(&cell, r, &r->field[m->to], (Text){value, {0, (uint32_t)value.n}}, NULL,
                       &ds) != OK ||
        cell.lo != cell.hi)
        return false;
    *out = cell.lo;
    return true;
}

/* How far a case came by a measure. */
struct taken {
    bool of, hit, open;
    Day from, to;
    Wide sum;
};

static struct taken take(const struct flow_measures *x, struct arena *keep, uint32_t at,
                         const struct flow_trail *t)
{
    const struct matter_measure *m = &x->m->measure[at];
    struct taken k = {.from = t->reached[m->from], .to = FLOW_NO_DAY};
    Str value = str_or_empty(t->value[at]);
    k.of = is_asked(x->ask, keep, t, k.from);
    if (!k.of)
        return k;
    switch (m->event) {
    case MATTER_TO_STATE: k.to = t->reached[m->to]; break;
    case MATTER_TO_BID: k.to = t->bid; break;
    case MATTER_TO_MATCH: k.to = t->match; break;
    case MATTER_TO_FIELD:
        k.hit = m->kind == MATTER_SUM ? read_sum(x, keep, m, value, &k.sum)
                                      : matter_measure_says(m, value);
        k.open = !t->c.ended && value.n == 0;
        return k;
    }
    k.hit = k.to != FLOW_NO_DAY;
    k.open = !k.hit && !t->c.ended;
    return k;
}

/* --- all of them --- */

/* NOLINTNEXTLINE(readability-non-const-parameter): VEC_PUSH writes it */
static struct flow_group *group_of(struct flow_measures *x, struct arena *keep, size_t *cap,
                                   Str key)
{
    for (size_t i = 0; i < x->group_n; i++)
        if (str_eq(x->group[i].key, key))
            return &x->group[i];
    struct flow_group *g = &VEC_PUSH(keep, x->group, x->group_n, *cap);
    *g = (struct flow_group){key, ARENA_ARRAY(keep, struct flow_count, x->m->measure_n + 1)};
    return g;
}

static void add_days(struct arena *keep, struct flow_count *c, Day from, Day to)
{
    VEC_PUSH(keep, c->days, c->days_n, c->days_cap) = to > from ? to - from : 0;
}

static bool is_longer(const void *days, uint32_t a, uint32_t b)
{
    const int32_t *d = days;
    return d[a] > d[b];
}

static void sum_up(struct arena *keep, struct flow_count *c)
{
    size_t n = c->days_n;
    if (n == 0)
        return;
    const uint32_t *at = order_rows(keep, (uint32_t)n, is_longer, c->days);
    c->median_x2 = (int64_t)c->days[at[n / 2]] + c->days[at[(n - 1) / 2]];
    c->longest = c->days[at[n - 1]];
}

static void count(struct flow_measures *x, struct arena *keep)
{
    size_t cap = 0;
    if (x->ask->by == FLOW_WHOLE)
        group_of(x, keep, &cap, S(""));
    for (size_t i = 0; i < x->seen; i++)
        for (uint32_t k = 0; k < x->m->measure_n; k++) {
            struct taken t = take(x, keep, k, &x->trail[i]);
            if (!t.of)
                continue;
            Str key = key_of(x, keep, &x->trail[i], t.from);
            struct flow_count *c = &group_of(x, keep, &cap, key)->of[k];
            c->n[FLOW_OF]++;
            c->n[FLOW_HIT] += t.hit;
            c->n[FLOW_OPEN] += t.open;
            c->sum += t.hit ? t.sum : 0;
            if (t.hit && x->m->measure[k].kind == MATTER_TIME)
                add_days(keep, c, t.from, t.to);
        }
    for (size_t g = 0; g < x->group_n; g++)
        for (uint32_t k = 0; k < x->m->measure_n; k++)
            sum_up(keep, &x->group[g].of[k]);
}

static bool stays(const struct flow_visit *v)
{
    return v->to == FLOW_NO_DAY;
}

static void count_stays(struct flow_measures *x, struct arena *keep)
{
    x->state = ARENA_ARRAY(keep, struct flow_stay, x->m->state_n);
    for (size_t i = 0; i < x->seen; i++)
        for (size_t k = 0; k < x->trail[i].visit_n; k++) {
            const struct flow_visit *v = &x->trail[i].visit[k];
            struct flow_stay *s = &x->state[v->state];
            int64_t days = (int64_t)x->today - v->from;
            if (!is_asked(x->ask, keep, &x->trail[i], v->from))
                continue;
            if (!stays(v)) {
                s->left.n[FLOW_OF]++;
                add_days(keep, &s->left, v->from, v->to);
                continue;
            }
            s->now++;
            if (!x->m->state[v->state].end && days > s->now_longest)
                s->now_longest = days;
        }
    for (uint32_t i = 0; i < x->m->state_n; i++)
        sum_up(keep, &x->state[i].left);
}

static bool is_later(const void *groups, uint32_t a, uint32_t b)
{
    const struct flow_group *g = groups;
    return str_cmp(g[a].key, g[b].key) > 0;
}

static void order_groups(struct flow_measures *x, struct arena *keep)
{
    struct flow_group *all = ARENA_ARRAY(keep, struct flow_group, x->group_n + 1);
    const uint32_t *at = order_rows(keep, (uint32_t)x->group_n, is_later, x->group);
    for (size_t i = 0; i < x->group_n; i++)
        all[i] = x->group[at[i]];
    x->group = all;
}

enum status flow_measures(const struct flow_view *v, const struct flow_measuring *ask,
                          struct flow_measures *out)
{
    struct matter *m;
    *out = (struct flow_measures){.ask = ask, .today = v->today};
    TRY(flow_type_find(v, ask->type, &out->type));
    TRY(flow_matter(v, out->type.hash, ask->type, &m));
    out->m = m;
    TRY(flow_trails(v, out));
    count(out, v->keep);
    count_stays(out, v->keep);
    order_groups(out, v->keep);
    return OK;
}

static bool is_behind(const struct flow_measures *x, struct arena *keep,
                      const struct flow_behind *of, const struct flow_trail *t)
{
    if (of->state) {
        const struct flow_visit *v = t->visit_n > 0 ? &t->visit[t->visit_n - 1] : NULL;
        return v != NULL && stays(v) && v->state == of->at && is_asked(x->ask, keep, t, v->from);
    }
    struct taken k = take(x, keep, of->at, t);
    bool in = k.of && (of->part == FLOW_OF || (of->part == FLOW_HIT ? k.hit : k.open));
    return in && (x->ask->by == FLOW_WHOLE || str_eq(key_of(x, keep, t, k.from), of->key));
}

void flow_measured(const struct flow_measures *x, struct arena *keep, const struct flow_behind *of,
                   struct flow_case **out, size_t *n)
{
    size_t cap = 0;
    *out = NULL;
    *n = 0;
    for (size_t i = 0; i < x->seen; i++)
        if (is_behind(x, keep, of, &x->trail[i]))
            VEC_PUSH(keep, *out, *n, cap) = x->trail[i].c;
}

static int64_t share(int64_t part, int64_t of)
{
    enum { WHOLE = 1000 };
    return of == 0 ? 0 : (part * WHOLE * 2 + of) / (of * 2); /* half up */
}

int64_t flow_share(const struct flow_count *x)
{
    return share(x->n[FLOW_HIT], x->n[FLOW_OF]);
}

int64_t flow_share_most(const struct flow_count *x)
{
    return share(x->n[FLOW_HIT] + x->n[FLOW_OPEN], x->n[FLOW_OF]);
}

Str flow_sum_text(struct arena *keep, const struct flow_measures *x, uint32_t measure, Wide sum)
{
    enum { SUM_MAX = 200 };
    const struct field *f = &x->m->rules->field[x->m->measure[measure].to];
    struct buf b;
    buf_init(&b, keep, SUM_MAX);
    record_show_value(&b, f, NULL, sum);
    record_show_unit(&b, f);
    return buf_str(&b);
}
