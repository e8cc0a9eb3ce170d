/* policy_sum.c - policies over all subjects: what they come to, a draft tried out, a settlement of
 * points tried out. Nothing is written. */
#include "api/call.h"
#include "api/noun/money/ledger.h"
#include "api/noun/policy/policy_all.h"
#include "api/noun/policy/policy_book.h"
#include "api/noun/rule/vet.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "check/check.h"
#include "col/dataset.h"
#include "entitle/forecast.h"
#include "entitle/statement.h"
#include "ledger/ledger.h"
#include "ledger/receipt.h"
#include "record/record.h"
#include "run/run.h"
#include "sql.h"

enum { FEN = 2, E6 = 6, PAST = 2, AHEAD = 3, YEARS_MAX = 5, SCENARIOS_MAX = 8 };
enum { NEWLY_MAX = 1000, YEAR_MIN = 1900, YEAR_MAX = 2999 };

static void add_money(Money *sum, Money m)
{
    sum->lo += m.lo;
    sum->hi = sum->hi == FEN_OPEN || m.hi == FEN_OPEN ? FEN_OPEN : sum->hi + m.hi;
}

/* ---- one document, everybody ---- */

static enum status sum_all(const struct everybody *x, Money sum[READ_N])
{
    Money *by[READ_N];
    TRY(entitle_totals(x->c->arena, x->e, x->res, by));
    for (int r = 0; r < READ_N; r++)
        for (uint32_t row = 0; row < x->data->row_n; row++)
            add_money(&sum[r], by[r][row]);
    return OK;
}

static struct api_policy_sum line_of(const struct everybody *x, uint32_t policy)
{
    const struct item *it = &x->e->rules->item[x->e->policy[policy].item];
    int64_t n[STAND_N] = {0};
    Money sum = {0, 0};
    for (uint32_t row = 0; row < x->data->row_n; row++) {
        struct entitled one = {.state = entitle_state(x->e, x->res, policy, row),
                               .amount = entitle_amount(x->e, x->res, policy, row)};
        n[statement_standing(&one)]++;
        add_money(&sum, one.amount);
    }
    return (struct api_policy_sum){
        .policy = S(""),
        .code = arena_copy(x->c->arena, it->code),
        .name = arena_copy(x->c->arena, it->name),
        .entitled = n[STAND_ENTITLED],
        .open = n[STAND_OPEN],
        .judge = n[STAND_JUDGE],
        .amount = policy_range(x->c, sum),
        .granted = S("0"),
        .paid = S("0"),
    };
}

/* ---- what stands in the ledger ---- */

static bool is_account(const struct api_policy_sum *l, Str policy)
{
    return str_eq(policy_key(l->code, l->name), policy);
}

static enum status put_ledger(struct call *c, struct api_policy_totals *out)
{
    struct db_rows rows;
    struct sql_policy_granted_all_row g;
    struct sql_policy_paid_all_row p;
    TRY(sql_policy_granted_all(c->conn, &(struct sql_policy_granted_all){c->county}, &rows));
    while (sql_policy_granted_all_next(&rows, &g))
        for (size_t i = 0; i < out->lines.n; i++)
            if (is_account(&out->lines.at[i], g.policy))
                out->lines.at[i].granted = call_decimal(c, g.fen, FEN);
    TRY(db_rows_end(&rows));
    TRY(sql_policy_paid_all(c->conn, &(struct sql_policy_paid_all){c->county}, &rows));
    while (sql_policy_paid_all_next(&rows, &p))
        for (size_t i = 0; i < out->lines.n; i++)
            if (is_account(&out->lines.at[i], p.policy))
                out->lines.at[i].paid = call_decimal(c, p.fen, FEN);
    return db_rows_end(&rows);
}

/* ---- totals ---- */

static enum status add_source(struct call *c, const struct policy_source *s, Money sum[READ_N],
                              struct api_policy_totals *out)
{
    struct everybody x = {.c = c, .e = s->e};
    TRY(everybody_facts(&x, out->day, RECORD_NOW));
    TRY(everybody_evaluate(&x, out->day, (int)out->period));
    TRY(sum_all(&x, sum));
    out->subjects = x.data->row_n > out->subjects ? x.data->row_n : out->subjects;
    for (uint32_t i = 0; i < s->e->policy_n; i++) {
        struct api_policy_sum line = line_of(&x, i);
        line.policy = policy_id(c->arena, s, i);
        out->lines.at[out->lines.n++] = line;
    }
    return OK;
}

static enum status add_sources(struct call *c, const struct policy_book *book, Str kind,
                               struct api_policy_totals *out)
{
    Money sum[READ_N] = {{0, 0}};
    size_t most = 0;
    for (size_t i = 0; i < book->n; i++)
        most += book->at[i].e->policy_n;
    out->lines.at = ARENA_ARRAY(c->arena, struct api_policy_sum, most + 1);
    for (size_t i = 0; i < book->n; i++) {
        const struct rules *r = book->at[i].e->rules;
        if (str_eq(r->subject, kind) && policy_in_force(r, out->day))
            TRY(add_source(c, &book->at[i], sum, out));
    }
    out->highest = policy_range(c, sum[READ_HIGHEST]);
    out->top_up = policy_range(c, sum[READ_TOP_UP]);
    out->sum = policy_range(c, sum[READ_SUM]);
    return out->lines.n > 0 ? put_ledger(c, out) : ERR_GONE;
}

enum status api_policy_totals_get(struct call *c, const struct api_policy_totals_get_in *in,
                                  struct api_policy_totals *out)
{
    const struct policy_book *book;
    out->kind = in->kind;
    out->day = c->today;
    out->period = in->period.set ? in->period.v : day_year(c->today) - 1;
    if (out->period < YEAR_MIN || out->period > YEAR_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("period"), S("2025"));
    TRY(policy_book_take(c, &book));
    enum status st = add_sources(c, book, in->kind, out);
    policy_book_give(c, book);
    return st;
}

/* ---- who is new ---- */

/* Rows of both are by identity. */
static void put_new(const struct everybody *now, const struct everybody *then, uint32_t policy,
                    struct api_policy_newly *out)
{
    uint32_t at = 0;
    out->subjects.at = ARENA_ARRAY(now->c->arena, Str, NEWLY_MAX);
    for (uint32_t row = 0; row < now->data->row_n; row++) {
        Str id = now->data->id[row];
        while (then != NULL && at < then->data->row_n && str_cmp(then->data->id[at], id) < 0)
            at++;
        bool known = then != NULL && at < then->data->row_n && str_eq(then->data->id[at], id);
        if (entitle_amount(now->e, now->res, policy, row).lo <= 0 ||
            (known && entitle_amount(then->e, then->res, policy, at).lo > 0))
            continue;
        out->total++;
        if (out->subjects.n < NEWLY_MAX)
            out->subjects.at[out->subjects.n++] = id;
    }
}

static enum status newly(struct call *c, const struct policy_source *s, uint32_t policy,
                         int64_t since, struct api_policy_newly *out)
{
    struct everybody now = {.c = c, .e = s->e}, then = {.c = c, .e = s->e};
    int period = day_year(c->today) - 1;
    TRY(everybody_facts(&now, c->today, RECORD_NOW));
    TRY(everybody_evaluate(&now, c->today, period));
    if (s->act <= since) {
        TRY(everybody_facts(&then, c->today, since));
        TRY(everybody_evaluate(&then, c->today, period));
    }
    put_new(&now, s->act <= since ? &then : NULL, policy, out);
    return OK;
}

enum status api_policy_newly_get(struct call *c, const struct api_policy_newly_get_in *in,
                                 struct api_policy_newly *out)
{
    const struct policy_book *book;
    const struct policy_source *s;
    struct sql_act_last_row last;
    uint32_t policy;
    out->policy = in->id;
    TRY(sql_act_last_one(c->conn, c->arena, &(struct sql_act_last){c->county}, &last));
    out->act = last.act;
    TRY(policy_book_take(c, &book));
    enum status st =
        policy_find(book, in->id, &s, &policy) ? newly(c, s, policy, in->since, out) : ERR_GONE;
    policy_book_give(c, book);
    return st;
}

/* ---- a draft ---- */

static enum status open_draft(struct everybody *x, Str text)
{
    struct call *c = x->c;
    struct rules *r;
    struct entitle *e;
    TRY(vet(c, text));
    TRY(check_load(c->arena, &r, S("rules.md"), text, &c->diags));
    TRY(entitle_open(c->arena, &e, r, &c->diags));
    if (e->policy_n == 0)
        return call_refuse(c, DIAG_API_MISSING, S("## 政策"), NO_ARG);
    x->e = e;
    return OK;
}

struct past {
    Money of[READ_N][YEARS_MAX + 1];
    size_t n;
};

static struct api_policy_year year_of(struct call *c, int period, Money highest, Money sum)
{
    return (struct api_policy_year){period, policy_range(c, highest), policy_range(c, sum)};
}

/* The facts are those of today; the day and the year move back. */
static enum status go_back(struct everybody *x, struct past *p, size_t years,
                           struct api_policy_forecast *out)
{
    struct call *c = x->c;
    int last = day_year(c->today) - 1;
    out->past.at = ARENA_ARRAY(c->arena, struct api_policy_year, years + 1);
    for (size_t back = 0; back <= years; back++) {
        Money sum[READ_N] = {{0, 0}};
        TRY(everybody_evaluate(x, day_add_months(c->today, -12 * (int)back), last - (int)back));
        TRY(sum_all(x, sum));
        for (int r = 0; r < READ_N; r++)
            p->of[r][p->n] = sum[r];
        p->n++;
        out->past.at[out->past.n++] =
            year_of(c, last - (int)back, sum[READ_HIGHEST], sum[READ_SUM]);
        if (back > 0)
            continue;
        out->lines.at = ARENA_ARRAY(c->arena, struct api_policy_sum, x->e->policy_n + 1);
        for (uint32_t i = 0; i < x->e->policy_n; i++)
            out->lines.at[out->lines.n++] = line_of(x, i);
    }
    return OK;
}

static void go_ahead(struct everybody *x, const struct past *p, size_t years,
                     struct api_policy_forecast *out)
{
    struct call *c = x->c;
    int last = day_year(c->today) - 1;
    struct forecast_growth one = forecast_growth(p->of[READ_HIGHEST], p->n);
    struct forecast_growth all = forecast_growth(p->of[READ_SUM], p->n);
    out->ahead.at = ARENA_ARRAY(c->arena, struct api_policy_year, years + 1);
    for (size_t i = 1; i <= years; i++)
        out->ahead.at[out->ahead.n++] =
            year_of(c, last + (int)i, forecast_year(p->of[READ_HIGHEST], one, (int)i),
                    forecast_year(p->of[READ_SUM], all, (int)i));
    if (one.known) {
        out->growth_low = call_decimal(c, one.low_e6, E6);
        out->growth_high = call_decimal(c, one.high_e6, E6);
    }
}

enum status api_policy_forecast_make(struct call *c, const struct api_policy_forecast_make_in *in,
                                     struct api_policy_forecast *out)
{
    struct everybody x = {.c = c};
    struct past p = {.n = 0};
    int64_t past = in->body.past.set ? in->body.past.v : PAST;
    int64_t ahead = in->body.ahead.set ? in->body.ahead.v : AHEAD;
    if (past < 0 || past > YEARS_MAX || ahead < 0 || ahead > YEARS_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("past, ahead"), S("0..5"));
    TRY(open_draft(&x, in->body.text));
    TRY(everybody_facts(&x, c->today, RECORD_NOW));
    out->kind = x.e->rules->subject;
    out->subjects = x.data->row_n;
    TRY(go_back(&x, &p, (size_t)past, out));
    go_ahead(&x, &p, (size_t)ahead, out);
    return OK;
}

/* ---- a settlement ---- */

struct scored {
    int64_t *points_e4;
    Str *town, *chain;
    size_t n;
};

static enum status read_scores(struct call *c, const struct api_settle_ask *in, struct scored *s)
{
    struct run run;
    struct ledger_score *score;
    struct record_now *now;
    size_t now_n;
    int64_t unknown;
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    TRY(run_get(&v, &run, in->run));
    TRY(ledger_scores(&v, in->run, in->item, &score, &s->n, &unknown));
    TRY(record_now_all(c->conn, c->arena, &now, &now_n, c->county, run.kind));
    s->points_e4 = ARENA_ARRAY(c->arena, int64_t, s->n + 1);
    s->town = ARENA_ARRAY(c->arena, Str, s->n + 1);
    s->chain = ARENA_ARRAY(c->arena, Str, s->n + 1);
    for (size_t i = 0; i < s->n; i++) {
        s->points_e4[i] = score[i].e4;
        for (size_t k = 0; k < now_n; k++)
            if (str_eq(now[k].identity, score[i].identity)) {
                s->town[i] = now[k].locality;
                s->chain[i] = now[k].chain;
                break;
            }
    }
    return OK;
}

static void put_parts(struct call *c, const struct scored *s, const struct simulate_out *o,
                      const Str *label, struct api_settle_part **at, size_t *n)
{
    struct simulate_group *g;
    size_t group_n = simulate_by(c->arena, &g, o, s->points_e4, label, s->n);
    *at = ARENA_ARRAY(c->arena, struct api_settle_part, group_n + 1);
    for (size_t i = 0; i < group_n; i++)
        (*at)[(*n)++] = (struct api_settle_part){str_or_empty(g[i].name), (int64_t)g[i].n,
                                                 ledger_points(c, g[i].points_e4),
                                                 call_decimal(c, g[i].fen, FEN)};
}

static enum status try_terms(struct call *c, const struct scored *s,
                             const struct api_settle_terms *in, struct api_settle_outcome *out)
{
    struct simulate_terms t = {0};
    struct simulate_out o;
    if (!ledger_terms(&t, in->rate, in->floor, in->cap, in->budget) || t.rate_fen == 0)
        return call_refuse(c, DIAG_API_TYPE, S("scenarios"), S("rate 2000, floor 10, cap 500000"));
    if (!simulate_settle(c->arena, &o, s->points_e4, s->n, &t))
        return ERR_LIMIT;
    *out = (struct api_settle_outcome){
        .payees = (int64_t)o.payee_n,
        .below = (int64_t)o.below_n,
        .capped = (int64_t)o.capped_n,
        .points = ledger_points(c, o.points_e4),
        .worth = call_decimal(c, o.worth_fen, FEN),
        .total = call_decimal(c, o.total_fen, FEN),
        .cut = call_decimal(c, o.cut_e6, E6),
        .gini = call_decimal(c, o.gini_e6, E6),
        .top1 = call_decimal(c, o.top1_e6, E6),
        .top10 = call_decimal(c, o.top10_e6, E6),
    };
    put_parts(c, s, &o, s->town, &out->towns.at, &out->towns.n);
    put_parts(c, s, &o, s->chain, &out->chains.at, &out->chains.n);
    return OK;
}

enum status api_settle_simulate(struct call *c, const struct api_settle_simulate_in *in,
                                struct api_settle_answer *out)
{
    struct scored s = {0};
    const struct api_settle_ask *ask = &in->body;
    if (ask->scenarios.n > SCENARIOS_MAX)
        return call_refuse(c, DIAG_API_LONG, S("scenarios"), S("8"));
    TRY(read_scores(c, ask, &s));
    out->scenarios.at = ARENA_ARRAY(c->arena, struct api_settle_outcome, ask->scenarios.n + 1);
    for (size_t i = 0; i < ask->scenarios.n; i++)
        TRY(try_terms(c, &s, &ask->scenarios.at[i], &out->scenarios.at[out->scenarios.n++]));
    return OK;
}
