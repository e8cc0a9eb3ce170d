/* entitlement.c - what one subject is entitled to, by its facts in the store or by those in the
 * request, which are kept nowhere. */
#include "api/call.h"
#include "api/noun/policy/policy_book.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "entitle/statement.h"
#include "explain/explain.h"
#include "load/load.h"
#include "record/record.h"
#include "sql.h"

enum { FEN = 2, FACTS_MAX = 200, SEEK = 400, YEARS = 3, YEARS_MAX = 5 };
enum { TREE_MAX = 4 << 20, YEAR_MIN = 1900, YEAR_MAX = 2999 };

/* A question, and what is known of whom it is about. */
struct asked {
    struct call *c;
    const struct policy_book *book;
    Str kind;
    Day day;
    int period;
    enum lang lang;
    bool near;
    int64_t until_act;                  /* facts as known after it */
    const struct api_policy_ask *given; /* the calculator's facts; NULL: those of the store */
    struct sql_policy_granted_row *granted;
    struct sql_policy_paid_row *paid;
    size_t granted_n, paid_n;
};
/* One document evaluated for it. */
struct answer {
    const struct policy_source *source;
    struct dataset *data;
    struct plan *plan;
    struct result *res;
    struct subject_row at;
};

static Str own(const struct asked *a, Str s)
{
    return arena_copy(a->c->arena, str_or_empty(s));
}

/* ---- facts ---- */

static enum status facts_of_store(const struct asked *a, struct answer *out)
{
    struct call *c = a->c;
    struct record_facts x;
    struct record_asked q = {.county = c->county,
                             .kind = a->kind,
                             .as = out->source->e->rules,
                             .day = a->day,
                             .until_act = a->until_act,
                             .subject = out->source->population ? 0 : c->subject};
    TRY(record_facts(c->conn, c->arena, &x, &q));
    out->data = x.data;
    for (uint32_t row = 0; row < x.data->row_n; row++)
        if (x.subject[row] == c->subject) {
            out->at.row = row;
            return OK;
        }
    /* nothing was ever reported that this document reads */
    out->data = load_open(c->arena, out->source->e->rules, 1);
    out->data->id[0] = c->identity;
    return OK;
}

static bool names_field(const struct rules *r, Str assignment)
{
    Str rest = assignment, name = str_cut(&rest, '='), year = name;
    return rule_find_field(r, str_trim(str_cut(&year, '@'))) >= 0;
}

static enum status facts_of_request(const struct asked *a, struct answer *out)
{
    struct call *c = a->c;
    const struct rules *r = out->source->e->rules;
    out->data = load_open(c->arena, r, 1);
    out->data->id[0] = S("1");
    for (size_t i = 0; i < a->given->facts.n; i++)
        if (names_field(r, a->given->facts.at[i]))
            TRY(load_set(out->data, r, 0, a->period, a->given->facts.at[i], &c->diags));
    return OK;
}

/* A fact that no document asks for is a slip of the pen. */
static enum status check_facts(const struct asked *a)
{
    const struct api_policy_ask *in = a->given;
    ASSERT(a->book != NULL);
    if (in->facts.n > FACTS_MAX)
        return call_refuse(a->c, DIAG_API_LONG, S("facts"), S("200"));
    for (size_t i = 0; i < in->facts.n; i++) {
        bool known = false;
        for (size_t k = 0; k < a->book->n; k++) {
            const struct rules *r = a->book->at[k].e->rules;
            known |= str_eq(r->subject, a->kind) && names_field(r, in->facts.at[i]);
        }
        if (!known)
            return call_refuse(a->c, DIAG_API_NO_COLUMN, in->facts.at[i], NO_ARG);
    }
    return OK;
}

static enum status evaluate(const struct asked *a, const struct policy_source *s,
                            struct answer *out)
{
    struct call *c = a->c;
    struct eval_opts o = {.as_of = a->day, .period = a->period};
    *out = (struct answer){.source = s};
    TRY(a->given != NULL ? facts_of_request(a, out) : facts_of_store(a, out));
    TRY(plan_build(c->arena, &out->plan, s->e->rules, a->day, a->period, &c->diags));
    TRY(eval_run(c->arena, &out->res, out->plan, out->data, &o, &c->diags));
    out->at.e = s->e;
    out->at.res = out->res;
    return OK;
}

/* ---- what stands in the ledger ---- */

static enum status read_ledger(struct asked *a)
{
    struct call *c = a->c;
    struct db_rows rows;
    struct sql_policy_granted_row g;
    struct sql_policy_paid_row p;
    size_t cap = 0;
    TRY(sql_policy_granted(c->conn, &(struct sql_policy_granted){c->county, c->identity}, &rows));
    while (sql_policy_granted_next(&rows, &g)) {
        g.policy = arena_copy(c->arena, g.policy);
        VEC_PUSH(c->arena, a->granted, a->granted_n, cap) = g;
    }
    TRY(db_rows_end(&rows));
    cap = 0;
    TRY(sql_policy_paid(c->conn, &(struct sql_policy_paid){c->county, c->identity}, &rows));
    while (sql_policy_paid_next(&rows, &p)) {
        p.policy = arena_copy(c->arena, p.policy);
        VEC_PUSH(c->arena, a->paid, a->paid_n, cap) = p;
    }
    return db_rows_end(&rows);
}

static int64_t granted_for(const struct asked *a, Str policy)
{
    for (size_t i = 0; i < a->granted_n; i++)
        if (str_eq(a->granted[i].policy, policy))
            return a->granted[i].fen;
    return 0;
}

static int64_t paid_for(const struct asked *a, Str policy)
{
    for (size_t i = 0; i < a->paid_n; i++)
        if (str_eq(a->paid[i].policy, policy))
            return a->paid[i].fen;
    return 0;
}

/* ---- a line ---- */

static void put_parts(const struct asked *a, const struct statement_line *l,
                      struct api_entitled_line *out)
{
    struct call *c = a->c;
    out->parts.at = ARENA_ARRAY(c->arena, struct api_entitled_part, l->due_n + 1);
    for (size_t i = 0; i < l->due_n; i++)
        out->parts.at[out->parts.n++] = (struct api_entitled_part){
            own(a, l->due[i].label), policy_range(c, l->due[i].amount),
            l->due[i].months,        l->due[i].times_lo,
            l->due[i].times_hi,      (int)l->due[i].ready,
        };
    out->changes.at = ARENA_ARRAY(c->arena, struct api_entitled_change, l->change_n + 1);
    for (size_t i = 0; i < l->change_n; i++)
        out->changes.at[out->changes.n++] = (struct api_entitled_change){
            own(a, l->change[i].field), own(a, l->change[i].from), own(a, l->change[i].to)};
    if (l->standing == STAND_NEAR) {
        out->would_pay = ARENA_NEW(c->arena, struct api_policy_money);
        *out->would_pay = policy_range(c, l->near);
    }
}

static void put_levels(const struct asked *a, const struct statement_line *l,
                       struct api_entitled_line *out)
{
    Money total[ENTITLE_PARTIES_MAX], first[ENTITLE_PARTIES_MAX];
    const struct policy *p = l->policy;
    out->levels.at = ARENA_ARRAY(a->c->arena, struct api_entitled_level, p->party_n + 1);
    if (p->party_n == 0 || l->own->amount.hi == 0)
        return;
    entitle_share(p, LINK_TOTAL, l->own->amount, total);
    entitle_share(p, LINK_FIRST, l->own->amount, first);
    for (uint32_t i = 0; i < p->party_n; i++)
        out->levels.at[out->levels.n++] = (struct api_entitled_level){
            own(a, p->party[i].name), policy_range(a->c, total[i]), policy_range(a->c, first[i])};
}

static void put_texts(const struct asked *a, const Str *at, size_t n, Str **out, size_t *out_n)
{
    *out = ARENA_ARRAY(a->c->arena, Str, n + 1);
    for (size_t i = 0; i < n; i++)
        (*out)[(*out_n)++] = own(a, at[i]);
}

static struct api_entitled_line line_of(const struct asked *a, const struct policy_source *s,
                                        const struct statement_line *l)
{
    struct call *c = a->c;
    const Money *counts = l->own->counts;
    struct api_entitled_line out = {
        .policy = policy_id(c->arena, s, l->own->policy),
        .code = own(a, l->item->code),
        .name = own(a, l->item->name),
        .document = own(a, s->e->rules->name),
        .status = (int)l->item->status - STATUS_OFFICIAL,
        .certainty = own(a, l->policy->certainty),
        .standing = (int)l->standing,
        .amount = policy_range(c, l->own->amount),
        .highest = policy_range(c, counts[READ_HIGHEST]),
        .top_up = policy_range(c, counts[READ_TOP_UP]),
        .sum = policy_range(c, counts[READ_SUM]),
        .apart = l->policy->apart,
        .group = own(a, l->group),
        .stacking_open = l->open_stacking,
        .binding = (int)l->own->binding[READ_HIGHEST],
        .instead = own(a, l->instead),
        .granted = call_decimal(c, granted_for(a, policy_key(l->item->code, l->item->name)), FEN),
        .paid = call_decimal(c, paid_for(a, policy_key(l->item->code, l->item->name)), FEN),
        .clause = own(a, l->item->clause),
        .note = own(a, l->item->note),
    };
    put_texts(a, l->unmet, l->unmet_n, &out.unmet.at, &out.unmet.n);
    put_texts(a, l->missing, l->missing_n, &out.missing.at, &out.missing.n);
    put_texts(a, l->judge, l->judge_n, &out.judge.at, &out.judge.n);
    put_parts(a, l, &out);
    put_levels(a, l, &out);
    return out;
}

/* ---- all of them ---- */

struct sums {
    Money total[READ_N], apart;
    bool differ;
    struct api_entitled_line *line;
    size_t n, cap;
};

static void add_money(Money *sum, Money m)
{
    sum->lo += m.lo;
    sum->hi = sum->hi == FEN_OPEN || m.hi == FEN_OPEN ? FEN_OPEN : sum->hi + m.hi;
}

static enum status add_source(const struct asked *a, const struct policy_source *s,
                              struct sums *out)
{
    struct answer x;
    struct statement st;
    struct statement_opts o = {a->lang, a->near ? SEEK : 0};
    TRY(evaluate(a, s, &x));
    TRY(statement_make(a->c->arena, &st, &x.at, x.plan, &o));
    for (int r = 0; r < READ_N; r++)
        add_money(&out->total[r], st.sum.total[r]);
    add_money(&out->apart, st.sum.apart);
    out->differ |= st.sum.differ;
    for (size_t i = 0; i < st.line_n; i++)
        VEC_PUSH(a->c->arena, out->line, out->n, out->cap) = line_of(a, s, &st.line[i]);
    return OK;
}

static enum status sum_up(const struct asked *a, struct sums *out)
{
    bool any = false;
    for (size_t i = 0; i < a->book->n; i++) {
        const struct policy_source *s = &a->book->at[i];
        if (!str_eq(s->e->rules->subject, a->kind) || !policy_in_force(s->e->rules, a->day))
            continue;
        any = true;
        TRY(add_source(a, s, out));
    }
    /* of a kind nobody has policies for a calculator cannot say anything */
    return any || a->given == NULL ? OK : ERR_GONE;
}

static enum status answer(const struct asked *a, struct api_entitlements *out)
{
    struct sums s = {0};
    struct call *c = a->c;
    TRY(sum_up(a, &s));
    *out = (struct api_entitlements){
        .kind = a->kind,
        .day = a->day,
        .period = a->period,
        .highest = policy_range(c, s.total[READ_HIGHEST]),
        .top_up = policy_range(c, s.total[READ_TOP_UP]),
        .sum = policy_range(c, s.total[READ_SUM]),
        .differ = s.differ,
        .apart = policy_range(c, s.apart),
    };
    out->lines.at = s.line;
    out->lines.n = s.n;
    return OK;
}

/* ---- questions ---- */

/* Amounts tell of the facts below them: whoever may not see those is told nothing. */
static bool sees_facts(const struct call *c)
{
    return c->scope.show >= PROTECT_SENSITIVE && c->scope.field == NULL;
}

static enum status open_asked(struct asked *a, struct call *c, struct api_day day,
                              struct api_int period)
{
    a->c = c;
    a->until_act = RECORD_NOW;
    a->day = day.set ? day.v : c->today;
    a->period = day_year(a->day) - 1;
    if (period.set && (period.v < YEAR_MIN || period.v > YEAR_MAX))
        return call_refuse(c, DIAG_API_TYPE, S("period"), S("2025"));
    if (period.set)
        a->period = (int)period.v;
    return policy_book_take(c, &a->book);
}

static enum status done(const struct asked *a, enum status st)
{
    policy_book_give(a->c, a->book);
    return st;
}

enum status api_entitlement_list(struct call *c, const struct api_entitlement_list_in *in,
                                 struct api_entitlements *out)
{
    struct asked a = {.kind = in->kind, .lang = in->lang == 1 ? LANG_EN : LANG_ZH};
    if (!sees_facts(c))
        return ERR_DENIED;
    TRY(open_asked(&a, c, in->day, in->period));
    a.near = !in->near.set || in->near.v;
    enum status st = read_ledger(&a);
    return done(&a, st == OK ? answer(&a, out) : st);
}

enum status api_policy_calculate(struct call *c, const struct api_policy_calculate_in *in,
                                 struct api_entitlements *out)
{
    const struct api_policy_ask *ask = &in->body;
    struct asked a = {.kind = ask->kind, .given = ask, .lang = ask->lang == 1 ? LANG_EN : LANG_ZH};
    TRY(open_asked(&a, c, ask->day, ask->period));
    a.near = !ask->near.set || ask->near.v;
    enum status st = check_facts(&a);
    return done(&a, st == OK ? answer(&a, out) : st);
}

static enum status explain(struct asked *a, Str policy, struct api_entitlement_why *out)
{
    const struct policy_source *s;
    struct answer x;
    struct buf b;
    uint32_t at;
    if (!policy_find(a->book, policy, &s, &at) || !str_eq(s->e->rules->subject, a->kind))
        return call_refuse(a->c, DIAG_API_NO_SUBJECT, policy, NO_ARG);
    TRY(evaluate(a, s, &x));
    buf_init(&b, a->c->arena, TREE_MAX);
    TRY(explain_row(&b, x.plan, x.res, x.at.row, (int32_t)s->e->policy[at].item, EXPLAIN_JSON,
                    a->lang));
    out->policy = policy;
    out->tree = buf_str(&b);
    return OK;
}

enum status api_entitlement_explain(struct call *c, const struct api_entitlement_explain_in *in,
                                    struct api_entitlement_why *out)
{
    struct asked a = {.kind = in->kind, .lang = in->lang == 1 ? LANG_EN : LANG_ZH};
    if (!sees_facts(c))
        return ERR_DENIED;
    TRY(open_asked(&a, c, in->day, in->period));
    return done(&a, explain(&a, in->policy, out));
}

/* ---- years ---- */

static enum status put_year(struct asked *a, struct api_entitled_year *out)
{
    struct sums s = {0};
    struct call *c = a->c;
    TRY(sum_up(a, &s));
    *out = (struct api_entitled_year){
        .period = a->period,
        .day = a->day,
        .highest = policy_range(c, s.total[READ_HIGHEST]),
        .top_up = policy_range(c, s.total[READ_TOP_UP]),
        .sum = policy_range(c, s.total[READ_SUM]),
    };
    out->lines.at = ARENA_ARRAY(c->arena, struct api_entitled_line, s.n + 1);
    for (size_t i = 0; i < s.n; i++)
        if (s.line[i].standing != STAND_NOT)
            out->lines.at[out->lines.n++] = s.line[i];
    return OK;
}

static enum status years(struct asked *a, int n, struct api_entitled_years *out)
{
    Day today = a->day;
    int period = a->period;
    out->years.at = ARENA_ARRAY(a->c->arena, struct api_entitled_year, (size_t)n);
    for (int back = 0; back < n; back++) {
        a->day = day_add_months(today, -12 * back);
        a->period = period - back;
        TRY(put_year(a, &out->years.at[out->years.n++]));
    }
    return OK;
}

enum status api_entitlement_years(struct call *c, const struct api_entitlement_years_in *in,
                                  struct api_entitled_years *out)
{
    struct asked a = {.kind = in->kind};
    int64_t n = in->years.set ? in->years.v : YEARS;
    if (!sees_facts(c))
        return ERR_DENIED;
    if (n < 1 || n > YEARS_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("years"), S("1..5"));
    TRY(open_asked(&a, c, (struct api_day){0}, (struct api_int){0}));
    enum status st = read_ledger(&a);
    return done(&a, st == OK ? years(&a, (int)n, out) : st);
}

/* ---- news ---- */

static bool was_entitled(const struct sums *then, Str policy)
{
    for (size_t i = 0; i < then->n; i++)
        if (str_eq(then->line[i].policy, policy))
            return then->line[i].standing == STAND_ENTITLED;
    return false;
}

/* Of policies that came into force meanwhile all is news. */
static bool is_older(const struct asked *a, Str policy, int64_t since)
{
    const struct policy_source *s;
    uint32_t at;
    return policy_find(a->book, policy, &s, &at) && s->act <= since;
}

static enum status news(struct asked *a, int64_t since, struct api_entitled_news *out)
{
    struct sums now = {0}, then = {0};
    TRY(sum_up(a, &now));
    a->until_act = since;
    TRY(sum_up(a, &then));
    out->lines.at = ARENA_ARRAY(a->c->arena, struct api_entitled_line, now.n + 1);
    for (size_t i = 0; i < now.n; i++) {
        Str policy = now.line[i].policy;
        if (now.line[i].standing == STAND_ENTITLED &&
            !(was_entitled(&then, policy) && is_older(a, policy, since)))
            out->lines.at[out->lines.n++] = now.line[i];
    }
    return OK;
}

enum status api_entitlement_news(struct call *c, const struct api_entitlement_news_in *in,
                                 struct api_entitled_news *out)
{
    struct asked a = {.kind = in->kind};
    if (!sees_facts(c))
        return ERR_DENIED;
    TRY(open_asked(&a, c, (struct api_day){0}, (struct api_int){0}));
    out->act = c->roster->act;
    enum status st = read_ledger(&a);
    return done(&a, st == OK ? news(&a, in->since, out) : st);
}
