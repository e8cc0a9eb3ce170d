/* assign.c - `match assign`: a table of pairs with scores becomes who gets whom. */
#include "match/assign.h"

#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/match/table.h"

enum { C_NEED, C_SUPPLY, C_SCORE, C_LOCK, C_GROUP, C_PLACES, COLUMNS, MUST_HAVE = C_LOCK };
static const char *const head_zh[COLUMNS] = {"需求", "供给", "得分", "锁定", "组", "名额"};
static const char *const head_en[COLUMNS] = {"need",   "supply", "score",
                                             "locked", "group",  "places"};

struct plan {
    struct cli *c;
    struct match_names need, supply, group;
    struct assign_pair *pair;
    size_t n, cap;
    uint32_t *need_group; /* by need */
    size_t group_cap;
    uint16_t *places; /* by supply */
    size_t places_cap;
    int each, floor, room; /* of the options */
};

static int read_number(struct plan *p, enum opt o, int least, int *out)
{
    const struct args *a = &p->c->args;
    if (a->given[o] && (!args_int(a->value[o], out) || *out < least || *out > UINT16_MAX))
        return cli_usage(p->c, ZE(p->c, "--%s 要 %d 到 65535 的整数。", "--%s: %d to 65535."),
                         option_info(o)->name, least);
    return 0;
}

static int bad_row(struct plan *p, const struct match_table *t, int column)
{
    return cli_fail(
        p->c, ERR_INPUT,
        ZE(p->c,
           "%.*s 第 %u 行“%s”不对：得分是 0 到 1000000 的整数，锁定写 定、不要 或留空，"
           "名额是整数。",
           "%.*s line %u, %s: a score is a whole number of 0 to 1000000, locked is in, out or "
           "empty, places are a whole number."),
        STR_ARG(t->path), t->csv.line, ZE(p->c, head_zh[column], head_en[column]));
}

static bool read_lock(Str s, uint8_t *out)
{
    *out = str_eq(s, S("定")) || str_eq(s, S("in"))      ? ASSIGN_IN
           : str_eq(s, S("不要")) || str_eq(s, S("out")) ? ASSIGN_OUT
                                                         : ASSIGN_FREE;
    return s.n == 0 || *out != ASSIGN_FREE;
}

static int read_pair(struct plan *p, const struct match_table *t)
{
    struct arena *a = p->c->arena;
    struct assign_pair x = {0};
    int score = 0, places = p->room;
    if (!args_int(match_cell(t, C_SCORE), &score) || score > ASSIGN_SCORE_MAX)
        return bad_row(p, t, C_SCORE);
    if (!read_lock(match_cell(t, C_LOCK), &x.lock))
        return bad_row(p, t, C_LOCK);
    Str own = match_cell(t, C_PLACES);
    if (own.n > 0 && (!args_int(own, &places) || places > UINT16_MAX))
        return bad_row(p, t, C_PLACES);
    size_t needs = p->need.n, supplies = p->supply.n;
    x.need = match_name(a, &p->need, match_cell(t, C_NEED));
    x.supply = match_name(a, &p->supply, match_cell(t, C_SUPPLY));
    x.score = score;
    if (p->need.n > needs)
        VEC_PUSH(a, p->need_group, needs, p->group_cap) =
            match_name(a, &p->group, match_cell(t, C_GROUP));
    if (p->supply.n > supplies)
        VEC_PUSH(a, p->places, supplies, p->places_cap) = (uint16_t)places;
    VEC_PUSH(a, p->pair, p->n, p->cap) = x;
    return 0;
}

static int read_pairs(struct plan *p)
{
    struct match_table t;
    int code = match_table_open(p->c, &t, p->c->args.operand[0]);
    for (int i = 0; code == 0 && i < COLUMNS; i++)
        code = match_table_column(&t, i, head_zh[i], head_en[i], i < MUST_HAVE);
    while (code == 0 && match_table_next(&t))
        code = read_pair(p, &t);
    return code != 0 ? code : match_table_end(&t);
}

static bool pair_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct assign_pair *v = ctx;
    return v[a].need != v[b].need ? v[a].need > v[b].need : v[a].supply > v[b].supply;
}

/* By need; of a pair told twice the last line counts. */
static void order_pairs(struct plan *p)
{
    uint32_t *order = order_rows(p->c->arena, (uint32_t)p->n, pair_behind, p->pair);
    struct assign_pair *out = arena_raw(p->c->arena, p->n + 1, sizeof *out);
    size_t kept = 0;
    for (size_t i = 0; i < p->n; i++) {
        const struct assign_pair *x = &p->pair[order[i]];
        if (kept > 0 && out[kept - 1].need == x->need && out[kept - 1].supply == x->supply)
            kept--;
        out[kept++] = *x;
    }
    p->pair = out;
    p->n = kept;
}

static int put_pairs(struct plan *p, const struct assignment *x)
{
    struct cli *c = p->c;
    struct listing out = {0};
    struct out_cell cell[C_PLACES] = {0};
    struct out_column column[C_PLACES] = {0};
    for (int i = 0; i < C_PLACES; i++)
        column[i].head = str_of(ZE(c, head_zh[i], head_en[i]));
    column[C_SCORE].kind = OUT_NUMBER;
    int code = listing_open(&out, c, str_of(ZE(c, "匹配方案", "assignment")), column, C_PLACES);
    if (code != 0)
        return code;
    for (size_t i = 0; i < p->n; i++) {
        const struct assign_pair *pair = &p->pair[i];
        if (!x->taken[i])
            continue;
        cell[C_NEED].text = p->need.at[pair->need];
        cell[C_SUPPLY].text = p->supply.at[pair->supply];
        cell[C_SCORE].text = arena_fmt(c->arena, "%d", pair->score);
        cell[C_LOCK].text = pair->lock == ASSIGN_IN ? str_of(ZE(c, "定", "in")) : S("");
        cell[C_GROUP].text = p->group.at[p->need_group[pair->need]];
        listing_row(&out, cell);
    }
    return listing_close(&out);
}

/* What came of it, and where another place would do most. */
static void tell(struct plan *p, const struct assign_task *t, const struct assignment *x)
{
    struct cli *c = p->c;
    uint32_t alone = 0, dearest = 0;
    bool *has = ARENA_ARRAY(c->arena, bool, t->need_n + 1);
    for (uint32_t i = 0; i < t->pair_n; i++)
        has[t->pair[i].need] |= x->taken[i];
    for (uint32_t i = 0; i < t->need_n; i++)
        alone += !has[i];
    for (uint32_t i = 1; i < t->supply_n; i++)
        dearest = x->price[i] > x->price[dearest] ? i : dearest;
    cli_say(c,
            ZE(c, "配成 %u 对，得分合计 %lld；%u 个需求没有配上。",
               "%u pairs, score %lld; %u needs without."),
            x->n, (long long)x->score, alone);
    for (uint32_t g = 0; t->floor != NULL && g < t->group_n; g++)
        if (x->got[g] < t->floor[g])
            cli_warn(
                c,
                ZE(c, "组“%.*s”只配成 %u 对，不到 %u 对。", "group “%.*s” has %u pairs, not %u."),
                STR_ARG(p->group.at[g]), x->got[g], t->floor[g]);
    if (assign_is_best(t, x))
        cli_say(c, "%s",
                ZE(c, "已用价格证明：守住这些限额，没有更好的配法。",
                   "proven by prices: no way that keeps these limits is better."));
    if (t->supply_n == 0 || x->price[dearest] == 0)
        return;
    int64_t pairs = (x->price[dearest] + x->pair_worth / 2) / x->pair_worth;
    cli_say(c,
            ZE(c, "最紧的是“%.*s”：多一个名额，至多多配 %lld 对、得分多 %lld。",
               "scarcest is “%.*s”: one more place, at most %lld pairs and a score of %lld more."),
            STR_ARG(p->supply.at[dearest]), (long long)pairs,
            (long long)(x->price[dearest] - pairs * x->pair_worth));
}

int cmd_match_assign(struct cli *c)
{
    struct plan p = {.c = c, .each = 1, .room = 1};
    struct assignment x;
    int code = read_number(&p, OPT_EACH, 1, &p.each);
    code = code != 0 ? code : read_number(&p, OPT_PLACES, 0, &p.room);
    code = code != 0 ? code : read_number(&p, OPT_FLOOR, 0, &p.floor);
    code = code != 0 ? code : read_pairs(&p);
    if (code != 0)
        return code;
    order_pairs(&p);
    uint16_t *wants = arena_raw(c->arena, p.need.n + 1, sizeof *wants);
    uint32_t *floor = arena_raw(c->arena, p.group.n + 1, sizeof *floor);
    for (size_t i = 0; i < p.need.n; i++)
        wants[i] = (uint16_t)p.each;
    for (size_t i = 0; i < p.group.n; i++)
        floor[i] = (uint32_t)p.floor;
    struct assign_task t = {
        .pair = p.pair, .pair_n = (uint32_t)p.n, .wants = wants, .floor = floor};
    t.need_n = (uint32_t)p.need.n;
    t.supply_n = (uint32_t)p.supply.n;
    t.group_n = (uint32_t)p.group.n;
    t.capacity = p.places;
    t.group = p.need_group;
    if (t.need_n + t.supply_n + t.group_n >= ASSIGN_NODES_MAX)
        return cli_fail(
            c, ERR_LIMIT, "%s",
            ZE(c, "需求和供给太多，最多一百万个。", "more than a million needs and supplies."));
    if (assign_run(c->arena, &t, &x) != OK)
        return cli_fail(c, ERR_INPUT,
                        ZE(c, "锁定的“%.*s”和“%.*s”超过了名额：改锁定，或放宽名额。",
                           "“%.*s” and “%.*s”, which are locked, are past a limit: unlock them or "
                           "raise it."),
                        STR_ARG(p.need.at[p.pair[x.bad_at].need]),
                        STR_ARG(p.supply.at[p.pair[x.bad_at].supply]));
    code = put_pairs(&p, &x);
    if (code == 0)
        tell(&p, &t, &x);
    return code;
}
