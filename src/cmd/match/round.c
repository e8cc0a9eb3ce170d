/* round.c - the verbs of batch matching over a store: `match round` and what is done to one. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/listing.h"
#include "cmd/store/run.h"
#include "cmd/store/store.h"
#include "pairing/pairing.h"

enum { C_NEED, C_ANSWER, C_SCORE, C_LOCK, C_PLACE, C_CHAIN, COLUMNS };

static const struct scope everything = {
    .rule = SCOPE_ALL, .show = PROTECT_SENSITIVE, .ask = PROTECT_SENSITIVE};

/* --- limits --- */

static bool limits_given(const struct cli *c)
{
    static const enum opt all[] = {OPT_EACH, OPT_PLACES, OPT_SPLIT, OPT_FLOOR, OPT_FLOORS};
    for (size_t i = 0; i < ARRAY_N(all); i++)
        if (c->args.given[all[i]])
            return true;
    return false;
}

static int read_number(struct cli *c, enum opt o, int least, int most, uint32_t *to)
{
    int v;
    if (!c->args.given[o])
        return 0;
    if (!args_int(c->args.value[o], &v) || v < least || v > most)
        return cli_usage(c, ZE(c, "--%s 要 %d 到 %d 的整数。", "--%s: %d to %d."),
                         option_info(o)->name, least, most);
    *to = (uint32_t)v;
    return 0;
}

/* What is said, over what was. */
static int read_limits(struct cli *c, struct pairing_limits *x)
{
    const struct args *a = &c->args;
    int code = read_number(c, OPT_EACH, 1, PAIRING_EACH, &x->each);
    code = code != 0 ? code : read_number(c, OPT_PLACES, 0, UINT16_MAX, &x->places);
    code = code != 0 ? code : read_number(c, OPT_FLOOR, 0, UINT16_MAX, &x->floor);
    if (a->given[OPT_SPLIT])
        x->split = str_eq(a->value[OPT_SPLIT], S("place"))   ? PAIRING_BY_PLACE
                   : str_eq(a->value[OPT_SPLIT], S("chain")) ? PAIRING_BY_CHAIN
                                                             : PAIRING_WHOLE;
    if (code != 0 || !a->given[OPT_FLOORS])
        return code;
    if (pairing_floors_read(c->arena, x, a->value[OPT_FLOORS]) == OK)
        return 0;
    return cli_usage(
        c, "%s",
        ZE(c, "--floors 写成 320582100=3;320582101=1。", "--floors: as 320582100=3;320582101=1."));
}

/* --- a round on the screen --- */

static struct pairing_view view_of(struct cli *c, struct store *s)
{
    return (struct pairing_view){s->conn, c->arena, s->county, &s->diags};
}

static Str lock_name(struct cli *c, uint8_t lock)
{
    return str_of(lock == ASSIGN_IN    ? ZE(c, "定", "in")
                  : lock == ASSIGN_OUT ? ZE(c, "不要", "out")
                                       : "");
}

static int put_pairs(struct cli *c, const struct pairing_pairs *all)
{
    static const char *const zh[] = {"需求", "供给", "得分", "锁定", "区镇", "产业链"};
    static const char *const en[] = {"need", "supply", "score", "locked", "place", "chain"};
    struct listing out = {0};
    struct out_cell cell[COLUMNS] = {0};
    struct out_column column[COLUMNS] = {0};
    for (int i = 0; i < COLUMNS; i++)
        column[i].head = str_of(ZE(c, zh[i], en[i]));
    column[C_SCORE].kind = OUT_NUMBER;
    int code = listing_open(&out, c, str_of(ZE(c, "批量匹配", "round")), column, COLUMNS);
    for (size_t i = 0; code == 0 && i < all->n; i++) {
        const struct pairing_pair *p = &all->at[i];
        if (!p->taken)
            continue;
        cell[C_NEED].text = p->need;
        cell[C_ANSWER].text = p->answer;
        cell[C_SCORE].text = arena_fmt(c->arena, "%d", p->score);
        cell[C_LOCK].text = lock_name(c, p->lock);
        cell[C_PLACE].text = p->place;
        cell[C_CHAIN].text = p->chain;
        listing_row(&out, cell);
    }
    return code != 0 ? code : listing_close(&out);
}

static void tell(struct cli *c, const struct pairing_plan *p)
{
    cli_say(c,
            ZE(c, "%u 个需求配成 %u 对，得分合计 %lld；%u 个没有配上。",
               "%u needs, %u pairs, score %lld; %u needs without."),
            p->needs, p->pairs, (long long)p->score, p->alone);
    for (size_t i = 0; i < p->group_n; i++)
        if (p->group[i].got < p->group[i].least)
            cli_warn(
                c,
                ZE(c, "组“%.*s”只配成 %u 对，不到 %u 对。", "group “%.*s” has %u pairs, not %u."),
                STR_ARG(p->group[i].name), p->group[i].got, p->group[i].least);
    for (size_t i = 0; i < p->scarce_n; i++)
        cli_say(c,
                ZE(c, "紧缺：“%.*s”多一个名额，至多多配 %lld 对、得分多 %lld。",
                   "scarce: “%.*s”: one more place, at most %lld pairs and a score of %lld more."),
                STR_ARG(p->scarce[i].answer), (long long)p->scarce[i].pairs,
                (long long)p->scarce[i].score);
}

int cmd_match_plan(struct cli *c)
{
    struct store s;
    struct pairing x;
    struct pairing_pairs all;
    struct pairing_plan plan = {0};
    int64_t number;
    int code = run_number(c, c->args.operand[0], &number);
    code = code != 0 ? code : store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct pairing_view v = view_of(c, &s);
    enum status st = pairing_get(&v, number, &x);
    st = st == OK ? pairing_read(&v, &x, &all) : st;
    if (st == OK) {
        code = read_limits(c, &x.limits);
        if (code != 0) {
            store_close(&s);
            return code;
        }
        if (x.state != PAIRING_PUBLISHED || limits_given(c))
            st = pairing_solve(c->arena, &all, &x.limits, &plan, &s.diags);
    }
    if (st != OK)
        return store_fail(c, &s, st);
    code = put_pairs(c, &all);
    if (code == 0 && plan.needs > 0)
        tell(c, &plan);
    store_close(&s);
    return code;
}

/* --- acts --- */

struct act_on {
    struct cli *c;
    struct store s;
    struct pairing_desk desk;
    int64_t number;
};

static int act_open(struct act_on *x, struct cli *c, bool numbered)
{
    *x = (struct act_on){.c = c};
    int code = numbered ? run_number(c, c->args.operand[0], &x->number) : 0;
    code = code != 0 ? code : store_open(c, &x->s, DB_WRITE);
    code = code != 0 ? code : store_begin(c, &x->s);
    x->desk = (struct pairing_desk){&x->s.act, &x->s.diags, x->s.actor};
    return code;
}

static int act_close(struct act_on *x, enum status st, const char *verb)
{
    struct cli *c = x->c;
    if (st != OK)
        return store_fail(c, &x->s, st);
    struct pairing now;
    struct pairing_view v = view_of(c, &x->s);
    st = pairing_get(&v, x->number, &now);
    if (st != OK)
        return store_fail(c, &x->s, st);
    int code = store_commit(c, &x->s, str_of(verb),
                            arena_fmt(c->arena, "%lld", (long long)x->number), S("{}"));
    if (code != 0)
        return code;
    store_close(&x->s);
    buf_fmt(&c->out, ZE(c, "第 %lld 轮：%s\n", "round %lld: %s\n"), (long long)x->number,
            pairing_state_name(now.state, c->lang == LANG_EN));
    return 0;
}

static enum status find(struct act_on *x, struct pairing_new *in)
{
    struct cli *c = x->c;
    struct rosters *all = rosters_open(c->arena, x->s.county);
    struct suits *suits = suits_open(c->arena, all, embed_file("packs/zhangjiagang/技术词表.md"));
    struct pairing_ask ask = {.conn = x->s.conn,
                              .county = x->s.county,
                              .kind = in->kind,
                              .other = in->other,
                              .where = in->where,
                              .scope = &everything,
                              .other_scope = &everything,
                              .diags = &x->s.diags};
    uint32_t needs = 0;
    enum status st = rosters_refresh(all, x->s.conn, &x->s.diags);
    if (st == OK)
        st = suits_read(suits, x->s.conn, x->s.county);
    if (st == OK)
        st = pairing_find(suits, all, c->arena, &ask, &needs, &in->found);
    if (st == ERR_GONE)
        (void)diag_add(&x->s.diags, DIAG_RUN_NO_KIND, (Span){0, 0}, in->kind, NO_ARG, NO_ARG);
    suits_close(suits);
    rosters_close(all);
    return st;
}

int cmd_match_round(struct cli *c)
{
    const struct args *a = &c->args;
    struct act_on x;
    struct pairing_new in = {.title = a->value[OPT_TITLE],
                             .kind = a->operand[0],
                             .other = a->given[OPT_WITH] ? a->value[OPT_WITH] : S("产业专家"),
                             .where = a->value[OPT_WHERE],
                             .limits = pairing_limits_usual};
    int code = read_limits(c, &in.limits);
    code = code != 0 ? code : act_open(&x, c, false);
    if (code != 0)
        return code;
    enum status st = find(&x, &in);
    if (st == OK)
        st = pairing_open(&x.desk, &in, &x.number);
    return act_close(&x, st, "pairing.new");
}

static int bad_lock(struct cli *c)
{
    return cli_usage(c, ZE(c, "“%.*s”要写 定、不要 或 放开。", "“%.*s”: in, out or free."),
                     STR_ARG(c->args.operand[3]));
}

int cmd_match_lock(struct cli *c)
{
    const struct args *a = &c->args;
    struct act_on x;
    Str how = a->operand[3];
    bool in = str_eq(how, S("定")) || str_eq(how, S("in"));
    bool out = str_eq(how, S("不要")) || str_eq(how, S("out"));
    struct pairing_pair p = {.need = a->operand[1], .answer = a->operand[2]};
    p.why = a->value[OPT_NOTE];
    p.lock = in ? ASSIGN_IN : out ? ASSIGN_OUT : ASSIGN_FREE;
    if (!in && !out && !str_eq(how, S("放开")) && !str_eq(how, S("free")))
        return bad_lock(c);
    int code = act_open(&x, c, true);
    if (code != 0)
        return code;
    return act_close(&x, pairing_lock(&x.desk, x.number, &p, 1), "pairing.lock");
}

int cmd_match_limit(struct cli *c)
{
    struct act_on x;
    struct pairing now;
    int code = act_open(&x, c, true);
    if (code != 0)
        return code;
    struct pairing_view v = view_of(c, &x.s);
    enum status st = pairing_get(&v, x.number, &now);
    if (st == OK) {
        code = read_limits(c, &now.limits);
        if (code != 0) {
            store_close(&x.s);
            return code;
        }
        st = pairing_limit(&x.desk, x.number, &now.limits);
    }
    return act_close(&x, st, "pairing.limit");
}

int cmd_match_propose(struct cli *c)
{
    struct act_on x;
    struct pairing_plan plan;
    int code = act_open(&x, c, true);
    if (code != 0)
        return code;
    enum status st = pairing_propose(&x.desk, x.number, c->args.value[OPT_NOTE], &plan);
    if (st == OK)
        tell(c, &plan);
    return act_close(&x, st, "pairing.propose");
}

int cmd_match_publish(struct cli *c)
{
    struct act_on x;
    struct pairing_pairs out;
    int code = act_open(&x, c, true);
    if (code != 0)
        return code;
    enum status st = pairing_publish(&x.desk, x.number, c->args.value[OPT_NOTE], &out);
    return act_close(&x, st, "pairing.publish");
}
