/* case_show.c - the verbs of `case` that look: types, lists, tasks, one case. */
#include "access/role.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cmd/store/case.h"

enum { LIST_MAX = 1000, NAME_WIDTH = 28, STATE_WIDTH = 14 };

static int look(struct cli *c, struct store *s, struct flow_view *v)
{
    Day today;
    int code = case_today(c, &today);
    if (code == 0)
        code = store_open(c, s, DB_READ);
    if (code == 0)
        *v = (struct flow_view){s->conn, c->arena, s->county, today, &s->diags, NULL};
    return code;
}

static int done(struct cli *c, struct store *s, enum status st)
{
    if (st != OK)
        return store_fail(c, s, st);
    store_close(s);
    return 0;
}

static void cell(struct cli *c, Str text, size_t width)
{
    buf_add(&c->out, text);
    size_t is = utf8_width(text);
    buf_fill(&c->out, ' ', is < width ? width - is : 0);
    buf_add(&c->out, S("  "));
}

/* 经办、区镇 */
static void add_who(struct cli *c, uint32_t who)
{
    const char *comma = "";
    if ((who & MATTER_OWN) != 0) {
        buf_add(&c->out, str_of(ZE(c, "本人", "own")));
        comma = "、";
    }
    for (int i = 0; i < ROLE_N; i++)
        if ((who & ROLE_BIT(i)) != 0) {
            const struct role_name *name = role_name((enum role)i);
            buf_fmt(&c->out, "%s%s", comma, ZE(c, name->zh, name->en));
            comma = "、";
        }
}

int cmd_case_types(struct cli *c)
{
    struct store s;
    struct flow_view v;
    struct flow_type *all;
    size_t n = 0;
    int code = look(c, &s, &v);
    if (code != 0)
        return code;
    enum status st = flow_types(&v, &all, &n);
    for (size_t i = 0; i < n && st == OK; i++) {
        cell(c, all[i].name, NAME_WIDTH);
        cell(c, all[i].kind, STATE_WIDTH);
        buf_fmt(&c->out, "%s", all[i].status == STATUS_EXAMPLE ? ZE(c, "示例  ", "example  ") : "");
        add_who(c, all[i].opener);
        buf_char(&c->out, '\n');
    }
    return done(c, &s, st);
}

static void add_row(struct cli *c, const struct flow_case *x)
{
    buf_fmt(&c->out, "%6lld  ", (long long)x->number);
    cell(c, x->state, STATE_WIDTH);
    cell(c, x->due.set && !x->ended ? day_str(c->arena, (Day)x->due.v) : S(""), 10);
    cell(c, x->identity, 18);
    cell(c, x->name, NAME_WIDTH);
    buf_add(&c->out, x->title.n > 0 ? x->title : x->type);
    if (!x->ended) {
        buf_add(&c->out, str_of(ZE(c, "  等 ", "  waits for ")));
        add_who(c, x->waits);
    }
    buf_char(&c->out, '\n');
}

static int list(struct cli *c, struct flow_ask *ask)
{
    struct store s;
    struct flow_view v;
    struct flow_case *all;
    size_t n = 0;
    bool more = false;
    int code = look(c, &s, &v);
    if (code != 0)
        return code;
    ask->shown = -1;
    ask->most = LIST_MAX;
    enum status st = flow_list(&v, ask, &all, &n, &more);
    for (size_t i = 0; i < n && st == OK; i++)
        add_row(c, &all[i]);
    buf_fmt(&c->out, ZE(c, "%zu 件%s\n", "%zu cases%s\n"), n,
            more ? ZE(c, "，还有更早的", ", and earlier ones") : "");
    return done(c, &s, st);
}

/* --- measures --- */

static bool read_by(Str word, enum flow_by *out)
{
    static const char *const WORD[][2] = {[FLOW_WHOLE] = {"", ""},
                                          [FLOW_BY_CATEGORY] = {"类别", "category"},
                                          [FLOW_BY_LOCALITY] = {"区镇", "locality"},
                                          [FLOW_BY_MONTH] = {"月", "month"}};
    for (size_t i = 0; i < ARRAY_N(WORD); i++)
        if (str_eq(str_or_empty(word), str_of(WORD[i][0])) ||
            str_eq(str_or_empty(word), str_of(WORD[i][1]))) {
            *out = (enum flow_by)i;
            return true;
        }
    return false;
}

static void add_tenths(struct cli *c, int64_t tenths, const char *unit)
{
    buf_fmt(&c->out, "%lld.%lld%s", (long long)(tenths / 10), (long long)(tenths % 10), unit);
}

static void add_count(struct cli *c, const struct flow_measures *x, uint32_t i,
                      const struct flow_count *k)
{
    const struct matter_measure *m = &x->m->measure[i];
    buf_add(&c->out, S("  "));
    cell(c, m->name, STATE_WIDTH + 2);
    if (m->kind == MATTER_SUM) {
        buf_add(&c->out, flow_sum_text(c->arena, x, i, k->sum));
    } else if (m->kind == MATTER_SHARE && k->n[FLOW_OF] > 0) {
        add_tenths(c, flow_share(k), "%");
        if (k->n[FLOW_OPEN] > 0) {
            buf_char(&c->out, '~');
            add_tenths(c, flow_share_most(k), "%");
        }
    } else if (m->kind == MATTER_TIME && k->days_n > 0) {
        add_tenths(c, k->median_x2 * 5, ZE(c, "天（中位数）", " days (median)"));
    }
    buf_fmt(&c->out, ZE(c, "  %lld/%lld 件，未定 %lld\n", "  %lld of %lld, %lld open\n"),
            (long long)k->n[FLOW_HIT], (long long)k->n[FLOW_OF], (long long)k->n[FLOW_OPEN]);
}

static void add_measures(struct cli *c, const struct flow_measures *x)
{
    for (size_t g = 0; g < x->group_n; g++) {
        if (x->ask->by != FLOW_WHOLE)
            buf_fmt(&c->out, "%.*s\n", STR_ARG(x->group[g].key.n > 0 ? x->group[g].key : S("-")));
        for (uint32_t i = 0; i < x->m->measure_n; i++)
            add_count(c, x, i, &x->group[g].of[i]);
    }
    for (uint32_t i = 0; i < x->m->state_n && x->ask->by == FLOW_WHOLE; i++) {
        const struct flow_stay *s = &x->state[i];
        cell(c, x->m->state[i].name, STATE_WIDTH);
        if (s->left.days_n > 0)
            add_tenths(c, s->left.median_x2 * 5, ZE(c, "天（中位数），", " days (median), "));
        buf_fmt(&c->out, ZE(c, "离开 %lld 次，现有 %lld 件\n", "left %lld times, %lld now\n"),
                (long long)s->left.n[FLOW_OF], (long long)s->now);
    }
}

int cmd_case_measures(struct cli *c)
{
    struct store s;
    struct flow_view v;
    struct flow_measures x;
    struct flow_measuring ask = {.type = c->args.operand[0]};
    if (!read_by(c->args.value[OPT_BY], &ask.by))
        return cli_usage(c,
                         ZE(c, "--by 写 类别、区镇 或 月。", "--by: category, locality or month."));
    int code = look(c, &s, &v);
    if (code != 0)
        return code;
    enum status st = flow_measures(&v, &ask, &x);
    if (st == OK)
        add_measures(c, &x);
    return done(c, &s, st);
}

int cmd_case_list(struct cli *c)
{
    struct flow_ask ask = {.ended = c->args.given[OPT_ALL] ? -1 : 0,
                           .identity = c->args.value[OPT_SUBJECT]};
    if (c->args.operand_n > 0)
        ask.type = c->args.operand[0];
    return list(c, &ask);
}

int cmd_case_tasks(struct cli *c)
{
    struct flow_person who;
    struct flow_ask ask = {.ended = 0};
    int code = case_person(c, S(""), 1, &who);
    ask.who = who.roles | (who.subject != 0 ? MATTER_OWN : 0);
    if (code == 0 && ask.who == 0)
        code = cli_usage(c, ZE(c, "写明 --role", "say which --role"));
    return code == 0 ? list(c, &ask) : code;
}

/* --- one case --- */

static void add_history(struct cli *c, const struct flow_story *s)
{
    for (size_t i = 0; i < s->line_n; i++) {
        const struct flow_line *l = &s->line[i];
        Str day = day_str(c->arena, moment_day(l->at_us, ZONE_CHINA));
        buf_fmt(&c->out, "  %3lld  %.*s  ", (long long)l->seq, STR_ARG(day));
        cell(c, l->actor, STATE_WIDTH);
        cell(c,
             l->kind == FLOW_OPENED  ? str_of(ZE(c, "发起", "opened"))
             : l->kind == FLOW_SAVED ? str_of(ZE(c, "保存", "saved"))
                                     : l->step,
             STATE_WIDTH);
        buf_fmt(&c->out, "%s%.*s", l->kind == FLOW_HALF ? ZE(c, "（一人）", "(one of two) ") : "→ ",
                STR_ARG(l->state));
        if (l->why.n > 0)
            buf_fmt(&c->out, "  %.*s", STR_ARG(l->why));
        buf_char(&c->out, '\n');
    }
}

static void add_money(struct cli *c, const struct flow_story *s)
{
    for (size_t i = 0; i < s->sum_n; i++) {
        Str id = ledger_id_str(c->arena, s->sum[i].op);
        Str fen = ledger_fen_str(c->arena, s->sum[i].amount);
        buf_fmt(&c->out, "  %.*s %s %.*s %s", STR_ARG(id),
                ledger_kind_name(s->sum[i].kind, c->lang), STR_ARG(fen), ZE(c, "元", "yuan"));
        if (s->sum[i].state != 0)
            buf_fmt(&c->out, " %s", ledger_state_name(s->sum[i].state, c->lang));
        buf_char(&c->out, '\n');
    }
}

static void add_option(struct cli *c, const struct flow_option *o)
{
    buf_add(&c->out, S("  "));
    cell(c, o->step->name, STATE_WIDTH);
    add_who(c, o->step->who);
    if (o->step->people == 2)
        buf_fmt(&c->out, "%s", ZE(c, "，两人", ", two people"));
    if (o->step->must.s.n > 0)
        buf_fmt(&c->out, ZE(c, "，须 %.*s%s", ", must %.*s%s"), STR_ARG(o->step->must.s),
                o->met == TRUTH_MET || o->met == TRUTH_NA ? "" : ZE(c, "（还不）", " (not yet)"));
    for (size_t i = 0; i < o->lacks_n; i++)
        buf_fmt(&c->out, "%s%.*s", i == 0 ? ZE(c, "，缺 ", ", lacks ") : "、",
                STR_ARG(o->lacks[i]));
    buf_char(&c->out, '\n');
}

static enum status show(struct cli *c, const struct flow_view *v, const struct flow_story *s)
{
    struct flow_person who = {.name = S("")};
    struct flow_option *option;
    size_t n;
    add_row(c, &s->c);
    for (size_t i = 0; i < s->value_n; i++) {
        int32_t at = rule_find_field(s->m->rules, s->value[i].field);
        Str value = s->value[i].value;
        value = at < 0 ? value : flow_shown(c->arena, &s->m->rules->field[at], value);
        buf_fmt(&c->out, "  %.*s：%.*s\n", STR_ARG(s->value[i].field), STR_ARG(value));
    }
    for (size_t i = 0; i < s->file_n; i++)
        buf_fmt(&c->out, ZE(c, "  材料 %.*s：%.*s\n", "  paper %.*s: %.*s\n"),
                STR_ARG(s->file[i].paper), STR_ARG(s->file[i].file));
    buf_add(&c->out, str_of(ZE(c, "经过\n", "history\n")));
    add_history(c, s);
    if (s->sum_n > 0)
        buf_add(&c->out, str_of(ZE(c, "资金\n", "money\n")));
    add_money(c, s);
    TRY(flow_options(v, s, &who, &option, &n));
    if (n > 0)
        buf_add(&c->out, str_of(ZE(c, "下一步\n", "what may come next\n")));
    for (size_t i = 0; i < n; i++)
        add_option(c, &option[i]);
    return OK;
}

int cmd_case_show(struct cli *c)
{
    struct store s;
    struct flow_view v;
    struct flow_story story;
    int64_t number = 0;
    int code = case_number(c, &number);
    if (code == 0)
        code = look(c, &s, &v);
    if (code != 0)
        return code;
    enum status st = flow_story(&v, number, &story);
    if (st == OK)
        st = show(c, &v, &story);
    return done(c, &s, st);
}
