/* solve.c - pairs and limits as a task of match/assign.h. */
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "pairing/pairing_int.h"

const struct pairing_limits pairing_limits_usual = {.each = 1, .places = 2};

/* Names by number, in the order in which they came. */
struct task {
    struct arena *tmp;
    const struct pairing_limits *limits;
    struct labels *need, *supply, *group;
    uint32_t *need_group; /* by need */
    size_t group_cap;
    struct assign_pair *pair;
};

static Str group_of(const struct task *t, const struct pairing_pair *p)
{
    return t->limits->split == PAIRING_BY_PLACE   ? p->place
           : t->limits->split == PAIRING_BY_CHAIN ? p->chain
                                                  : S("");
}

static uint32_t least_of(const struct pairing_limits *x, Str group)
{
    if (x->split == PAIRING_WHOLE)
        return 0;
    for (size_t i = 0; i < x->own_n; i++)
        if (str_eq(x->own[i].group, group))
            return x->own[i].least;
    return x->floor;
}

static void number_all(struct task *t, const struct pairing_pairs *x)
{
    t->pair = arena_raw(t->tmp, x->n + 1, sizeof *t->pair);
    for (size_t i = 0; i < x->n; i++) {
        const struct pairing_pair *p = &x->at[i];
        size_t needs = labels_n(t->need);
        uint32_t need = labels_code(t->need, p->need);
        if (labels_n(t->need) > needs)
            VEC_PUSH(t->tmp, t->need_group, needs, t->group_cap) =
                labels_code(t->group, group_of(t, p));
        t->pair[i] = (struct assign_pair){.need = need,
                                          .supply = labels_code(t->supply, p->answer),
                                          .score = p->score,
                                          .lock = p->lock};
    }
}

static void fill16(uint16_t *to, size_t n, uint32_t v)
{
    for (size_t i = 0; i < n; i++)
        to[i] = (uint16_t)v;
}

static bool group_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct pairing_group *v = ctx;
    return str_cmp(v[a].name, v[b].name) > 0;
}

static void write_groups(struct arena *keep, const struct task *t, const struct assign_task *of,
                         const struct assignment *got, struct pairing_plan *out)
{
    if (t->limits->split == PAIRING_WHOLE)
        return;
    struct pairing_group *all = ARENA_ARRAY(t->tmp, struct pairing_group, of->group_n + 1);
    for (uint32_t g = 0; g < of->group_n; g++)
        all[g] = (struct pairing_group){.name = arena_copy(keep, labels_text(t->group, g)),
                                        .got = got->got[g],
                                        .least = of->floor[g]};
    for (uint32_t i = 0; i < of->need_n; i++)
        all[t->need_group[i]].needs++;
    uint32_t *order = order_rows(t->tmp, of->group_n, group_behind, all);
    out->group = ARENA_ARRAY(keep, struct pairing_group, of->group_n + 1);
    for (; out->group_n < of->group_n; out->group_n++)
        out->group[out->group_n] = all[order[out->group_n]];
}

static bool price_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const int64_t *price = ctx;
    return price[a] < price[b];
}

static void write_scarce(struct arena *keep, const struct task *t, const struct assign_task *of,
                         const struct assignment *got, struct pairing_plan *out)
{
    uint32_t *order = order_rows(t->tmp, of->supply_n, price_behind, got->price);
    for (uint32_t i = 0; i < of->supply_n && out->scarce_n < PAIRING_SCARCE; i++) {
        int64_t price = got->price[order[i]];
        if (price <= 0)
            return;
        int64_t pairs = (price + got->pair_worth / 2) / got->pair_worth;
        out->scarce[out->scarce_n++] =
            (struct pairing_scarce){arena_copy(keep, labels_text(t->supply, order[i])), pairs,
                                    price - pairs * got->pair_worth};
    }
}

static void write_plan(struct arena *keep, const struct task *t, const struct assign_task *of,
                       const struct assignment *got, struct pairing_plan *out)
{
    bool *has = ARENA_ARRAY(t->tmp, bool, of->need_n + 1);
    *out = (struct pairing_plan){.needs = of->need_n,
                                 .supply = of->supply_n,
                                 .pairs = got->n,
                                 .alone = of->need_n,
                                 .score = got->score};
    for (uint32_t i = 0; i < of->pair_n; i++) {
        uint32_t need = of->pair[i].need;
        out->alone -= got->taken[i] && !has[need];
        has[need] |= got->taken[i];
    }
    write_groups(keep, t, of, got, out);
    write_scarce(keep, t, of, got, out);
}

static enum status solve(struct arena *keep, struct task *t, struct pairing_pairs *x,
                         struct pairing_plan *out, struct diags *ds)
{
    const struct pairing_limits *limits = t->limits;
    number_all(t, x);
    struct assign_task of = {.pair = t->pair,
                             .pair_n = (uint32_t)x->n,
                             .need_n = (uint32_t)labels_n(t->need),
                             .supply_n = (uint32_t)labels_n(t->supply),
                             .group_n = (uint32_t)labels_n(t->group),
                             .group = t->need_group};
    uint16_t *wants = arena_raw(t->tmp, of.need_n + 1, sizeof *wants);
    uint16_t *places = arena_raw(t->tmp, of.supply_n + 1, sizeof *places);
    uint32_t *floor = arena_raw(t->tmp, of.group_n + 1, sizeof *floor);
    fill16(wants, of.need_n, limits->each);
    fill16(places, of.supply_n, limits->places);
    for (uint32_t g = 0; g < of.group_n; g++)
        floor[g] = least_of(limits, labels_text(t->group, g));
    of.wants = wants;
    of.capacity = places;
    of.floor = floor;
    struct assignment got;
    enum status st = assign_run(t->tmp, &of, &got);
    if (st == ERR_INPUT)
        return diag_add(ds, DIAG_PAIRING_LOCKED, (Span){0, 0}, x->at[got.bad_at].need,
                        x->at[got.bad_at].answer, NO_ARG);
    TRY(st);
    for (size_t i = 0; i < x->n; i++)
        x->at[i].taken = got.taken[i];
    write_plan(keep, t, &of, &got, out);
    return OK;
}

enum status pairing_solve(struct arena *keep, struct pairing_pairs *x,
                          const struct pairing_limits *limits, struct pairing_plan *out,
                          struct diags *ds)
{
    struct arena *tmp = arena_open();
    struct task t = {.tmp = tmp,
                     .limits = limits,
                     .need = labels_open(tmp),
                     .supply = labels_open(tmp),
                     .group = labels_open(tmp)};
    enum status st = solve(keep, &t, x, out, ds);
    arena_close(tmp);
    return st;
}

/* --- floors in words --- */

enum status pairing_floors_read(struct arena *keep, struct pairing_limits *out, Str text)
{
    out->own = ARENA_ARRAY(keep, struct pairing_floor, PAIRING_OWN_MAX);
    out->own_n = 0;
    while (text.n > 0) {
        Str least = str_cut(&text, ';');
        Str group = str_trim(str_cut(&least, '='));
        uint32_t n = 0;
        least = str_trim(least);
        if (out->own_n == PAIRING_OWN_MAX || least.n == 0 || least.n > 5)
            return ERR_INPUT;
        for (size_t i = 0; i < least.n; i++) {
            if (least.p[i] < '0' || least.p[i] > '9')
                return ERR_INPUT;
            n = 10 * n + (uint32_t)(least.p[i] - '0');
        }
        out->own[out->own_n++] = (struct pairing_floor){arena_copy(keep, group), n};
    }
    return OK;
}

Str pairing_floors_text(struct arena *keep, const struct pairing_limits *x)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    for (size_t i = 0; i < x->own_n; i++)
        buf_fmt(&b, "%s%.*s=%u", i > 0 ? ";" : "", STR_ARG(x->own[i].group), x->own[i].least);
    return buf_str(&b);
}
