/* ledger_op.c - what moves points and money: an operation of the ledger for each request, or one
 * for each of many subjects. Who may is the contract's; that two others than the maker approve, and
 * that nothing is spent twice, is the ledger's own. */
#include "api/noun/money/ledger.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "ledger/many.h"
#include "ledger/receipt.h"
#include "ledger/trace.h"
#include "run/run.h"
#include "sql.h"

/* --- what all share --- */

/* A decimal text exactly as so many of the smallest part; what is missing is 0. */
static enum status amount(struct call *c, int64_t *out, const char *name, Str text, int decimals)
{
    *out = 0;
    if (text.p == NULL || ledger_parse_amount(out, text, decimals))
        return OK;
    return call_refuse(c, DIAG_API_TYPE, str_of(name),
                       decimals == LEDGER_FEN_DECIMALS ? S("0.01 .. 100000000000.00")
                                                       : S("0.0001 .. 1000000000"));
}

static enum status yuan(struct call *c, int64_t *out, Str text)
{
    return amount(c, out, "amount", text, LEDGER_FEN_DECIMALS);
}

static enum status year(struct call *c, int *out, struct api_int asked)
{
    if (asked.set && (asked.v < 1 || asked.v > 9999))
        return call_refuse(c, DIAG_API_TYPE, S("year"), S("2025"));
    *out = (int)asked.v;
    return OK;
}

/* The asker's own number of the operation: said, or the key of the request. */
static Str client_of(struct call *c, Str said)
{
    if (said.n > 0)
        return said;
    return c->idem.n > 0 ? arena_fmt(c->arena, "%.*s %.*s", STR_ARG(c->who.name), STR_ARG(c->idem))
                         : S("");
}

struct bench { /* of one request */
    struct arena *tmp;
    struct ledger ledger;
};

static void bench_open(struct bench *b, struct call *c)
{
    b->tmp = arena_open();
    ledger_begin(&b->ledger, c->act, b->tmp, &c->diags);
}

static void bench_close(struct bench *b)
{
    ledger_end(&b->ledger);
    arena_close(b->tmp);
}

static bool in_points(enum ledger_kind kind)
{
    return kind >= LEDGER_ISSUE && kind <= LEDGER_CONVERT;
}

static void fill(struct call *c, struct ledger_op *op, Str client)
{
    Str *text[] = {&op->subject,    &op->policy,       &op->level,    &op->item,
                   &op->grp,        &op->decision,     &op->note,     &op->receipt,
                   &op->rules,      &op->snapshot,     &op->evidence, &op->payee.name,
                   &op->payee.bank, &op->payee.account};
    for (size_t i = 0; i < ARRAY_N(text); i++)
        *text[i] = str_or_empty(*text[i]);
    op->who = c->who.name;
    op->day = c->today;
    op->client = client_of(c, client);
}

/* One operation: what it stands on is looked up, then it is done. */
static enum status perform(struct call *c, struct ledger_op *op, Str client,
                           struct api_ledger_done *out)
{
    struct bench b;
    struct ledger_done done = {0};
    struct run_view v = {c->conn, c->arena, c->county, NULL, &c->diags};
    fill(c, op, client);
    bench_open(&b, c);
    if (op->client.n == 0)
        op->client = ledger_own_client(c->arena, &b.ledger);
    enum status st = ledger_receipt(&v, op);
    if (st == OK)
        st = ledger_do(&b.ledger, op, &done);
    bench_close(&b);
    TRY(st);
    c->object = ledger_id_str(c->arena, done.op);
    json_kstr(&c->body, "kind", str_of(ledger_kind_name(op->kind, LANG_EN)));
    *out = (struct api_ledger_done){
        .act = c->act->no,
        .operation = c->object,
        .kind = str_of(ledger_kind_name(op->kind, LANG_ZH)),
        .amount = in_points(op->kind) ? ledger_points(c, done.amount) : ledger_yuan(c, done.amount),
        .unit = in_points(op->kind) ? API_LEDGER_DONE_UNIT_POINTS : API_LEDGER_DONE_UNIT_YUAN,
        .again = done.again,
    };
    return OK;
}

/* --- budgets, pools, terms --- */

enum status api_ledger_budget(struct call *c, const struct api_ledger_budget_in *in,
                              struct api_ledger_done *out)
{
    static const enum ledger_kind KIND[] = {LEDGER_OPEN, LEDGER_RAISE, LEDGER_LOWER};
    const struct api_ledger_budget_op *b = &in->body;
    struct ledger_op op = {
        .kind = KIND[b->what], .item = b->line, .level = b->level, .decision = b->decision};
    TRY(year(c, &op.year, API_INT_OF(b->year)));
    TRY(yuan(c, &op.amount, b->amount));
    return perform(c, &op, b->client, out);
}

enum status api_ledger_pool(struct call *c, const struct api_ledger_pool_in *in,
                            struct api_ledger_done *out)
{
    static const enum ledger_kind KIND[] = {LEDGER_OPEN, LEDGER_ALLOCATE};
    const struct api_ledger_pool_op *b = &in->body;
    struct ledger_op op = {
        .kind = KIND[b->what], .policy = b->policy, .level = b->level, .item = b->line};
    int budget_year = 0;
    if (b->policy.n == 0)
        return call_refuse(c, DIAG_API_MISSING, S("policy"), NO_ARG);
    TRY(year(c, &op.year, API_INT_OF(b->year)));
    TRY(year(c, &budget_year, b->budget_year));
    op.extra = budget_year;
    TRY(yuan(c, &op.amount, b->amount));
    return perform(c, &op, b->client, out);
}

enum status api_ledger_term(struct call *c, const struct api_ledger_term_in *in,
                            struct api_ledger_done *out)
{
    static const enum ledger_kind KIND[] = {LEDGER_RATE, LEDGER_CAP, LEDGER_LIFE, LEDGER_GROUP};
    const struct api_ledger_term_op *b = &in->body;
    struct ledger_op op = {.kind = KIND[b->what],
                           .policy = b->policy,
                           .subject = b->subject,
                           .grp = b->group,
                           .decision = b->decision};
    TRY(year(c, &op.year, b->year));
    TRY(yuan(c, &op.amount, b->amount));
    if (op.kind == LEDGER_RATE)
        TRY(amount(c, &op.extra, "high", b->high, LEDGER_FEN_DECIMALS));
    if (op.kind == LEDGER_LIFE)
        op.extra = b->years.v;
    return perform(c, &op, b->client, out);
}

/* --- points --- */

enum status api_ledger_points(struct call *c, const struct api_ledger_points_in *in,
                              struct api_ledger_done *out)
{
    static const enum ledger_kind KIND[] = {LEDGER_ISSUE, LEDGER_SPEND, LEDGER_EXPIRE,
                                            LEDGER_CONVERT};
    const struct api_ledger_points_op *b = &in->body;
    struct ledger_op op = {.kind = KIND[b->what],
                           .subject = b->subject,
                           .policy = b->policy,
                           .decision = b->decision,
                           .note = b->note,
                           .receipt = b->receipt,
                           .rules = b->rules,
                           .snapshot = b->snapshot,
                           .evidence = b->evidence};
    TRY(year(c, &op.year, API_INT_OF(b->year)));
    TRY(amount(c, &op.amount, "points", b->points, LEDGER_POINT_DECIMALS));
    return perform(c, &op, b->client, out);
}

static enum status many_done(struct call *c, enum status st, const struct ledger_many *m,
                             struct api_ledger_many *out)
{
    TRY(st);
    json_kint(&c->body, "operations", m->subject_n);
    *out = (struct api_ledger_many){
        .act = c->act->no,
        .subjects = m->subject_n,
        .points = ledger_points(c, m->points_e4),
        .yuan = ledger_yuan(c, m->fen),
        .rate = m->rate_fen > 0 ? ledger_yuan(c, m->rate_fen) : NO_ARG,
        .unknown = m->unknown_n,
        .below = m->below_n,
        .capped = m->capped_n,
    };
    return OK;
}

enum status api_ledger_issue(struct call *c, const struct api_ledger_issue_in *in,
                             struct api_ledger_many *out)
{
    struct bench b;
    struct ledger_many m;
    struct ledger_op all = {.kind = LEDGER_ISSUE, .policy = in->body.policy};
    TRY(year(c, &all.year, API_INT_OF(in->body.year)));
    fill(c, &all, in->body.client);
    c->object = arena_fmt(c->arena, "run %lld", (long long)in->body.run);
    json_kstr(&c->body, "policy", all.policy);
    bench_open(&b, c);
    enum status st = ledger_issue_run(&b.ledger, c->arena, &all, in->body.run, in->body.item, &m);
    bench_close(&b);
    return many_done(c, st, &m, out);
}

enum status api_ledger_settle(struct call *c, const struct api_ledger_settle_in *in,
                              struct api_ledger_many *out)
{
    struct bench b;
    struct ledger_many m;
    struct ledger_op all = {
        .kind = LEDGER_CONVERT, .policy = in->body.policy, .decision = in->body.decision};
    struct simulate_terms limits = {0};
    TRY(year(c, &all.year, API_INT_OF(in->body.year)));
    if (!ledger_terms(&limits, NO_ARG, in->body.floor, in->body.cap, in->body.budget))
        return call_refuse(c, DIAG_API_TYPE, S("floor, cap, budget"), S("10, 500000, 30000000"));
    fill(c, &all, in->body.client);
    c->object = arena_fmt(c->arena, "%.*s %d", STR_ARG(all.policy), all.year);
    bench_open(&b, c);
    enum status st = ledger_convert_all(&b.ledger, c->arena, &all, &limits, &m);
    bench_close(&b);
    return many_done(c, st, &m, out);
}

/* --- grants --- */

/* Stages, or levels, as the ledger's shares; in words they are the operation's note. */
static enum status read_shares(struct call *c, const struct api_ledger_grant_op *b,
                               struct ledger_op *op)
{
    size_t n = b->levels.n + b->stages.n;
    if (b->levels.n > 0 && b->stages.n > 0)
        return call_refuse(c, DIAG_API_KEY, S("stages"), NO_ARG);
    if (n > LEDGER_SHARES_MAX)
        return ERR_LIMIT;
    struct ledger_share *share = ARENA_ARRAY(c->arena, struct ledger_share, n + 1);
    Str note = S("");
    for (size_t i = 0; i < n; i++) {
        bool level = b->levels.n > 0;
        share[i] = level ? (struct ledger_share){.level = b->levels.at[i].level,
                                                 .weight = b->levels.at[i].weight}
                         : (struct ledger_share){.level = S(""),
                                                 .weight = b->stages.at[i].weight,
                                                 .from_day = b->stages.at[i].from.v};
        Str name = !level                  ? S("")
                   : share[i].level.n == 0 ? S("本级=")
                                           : arena_fmt(c->arena, "%.*s=", STR_ARG(share[i].level));
        note = arena_fmt(c->arena, "%.*s%s%.*s%lld", STR_ARG(note), i > 0 ? "," : "", STR_ARG(name),
                         (long long)share[i].weight);
    }
    op->kind = b->levels.n > 0 ? LEDGER_JOINT : LEDGER_RESERVE;
    op->share = share;
    op->share_n = n;
    op->note = note;
    return OK;
}

enum status api_ledger_grant(struct call *c, const struct api_ledger_grant_in *in,
                             struct api_ledger_done *out)
{
    const struct api_ledger_grant_op *b = &in->body;
    struct ledger_op op = {.subject = b->subject,
                           .policy = b->policy,
                           .decision = b->decision,
                           .receipt = b->receipt,
                           .rules = b->rules,
                           .snapshot = b->snapshot,
                           .evidence = b->evidence,
                           .item = b->item,
                           .extra = b->until.v};
    TRY(year(c, &op.year, API_INT_OF(b->year)));
    TRY(yuan(c, &op.amount, b->amount));
    TRY(read_shares(c, b, &op));
    return perform(c, &op, b->client, out);
}

/* What goes on from `text` must be, or not be, a clawback: the two have different people. */
static enum status read_about(struct call *c, struct ledger_op *op, Str text, bool clawback)
{
    struct sql_ledger_op_get_row row;
    TRY(ledger_op_number(c, &op->about, "operation", text));
    struct sql_ledger_op_get ask = {c->county, ledger_id_act(op->about), ledger_id_n(op->about)};
    enum status st = sql_ledger_op_get_one(c->conn, c->arena, &ask, &row);
    if (st != OK && st != ERR_GONE)
        return st;
    if (st == OK && (row.kind == LEDGER_RECLAIM) == clawback)
        return OK;
    return diag_add(&c->diags, DIAG_LEDGER_GONE, (Span){0, 0}, text,
                    str_of(ledger_kind_name(op->kind, LANG_ZH)),
                    str_of(ledger_kind_name(op->kind, LANG_EN)));
}

enum status api_ledger_grant_end(struct call *c, const struct api_ledger_grant_end_in *in,
                                 struct api_ledger_done *out)
{
    static const enum ledger_kind KIND[] = {LEDGER_POST, LEDGER_VOID, LEDGER_LAPSE};
    const struct api_ledger_grant_end *b = &in->body;
    struct ledger_op op = {.kind = KIND[b->what], .note = b->note, .extra = b->stage.v};
    TRY(read_about(c, &op, in->operation, false));
    TRY(yuan(c, &op.amount, b->amount));
    return perform(c, &op, b->client, out);
}

/* --- payments --- */

enum status api_ledger_pay(struct call *c, const struct api_ledger_pay_in *in,
                           struct api_ledger_done *out)
{
    const struct api_ledger_pay_op *b = &in->body;
    struct ledger_op op = {.kind = LEDGER_REQUEST, .payee = {b->payee, b->bank, b->account}};
    TRY(ledger_op_number(c, &op.about, "due", b->due));
    TRY(yuan(c, &op.amount, b->amount));
    return perform(c, &op, b->client, out);
}

enum status api_ledger_amend(struct call *c, const struct api_ledger_amend_in *in,
                             struct api_ledger_done *out)
{
    const struct api_ledger_payee_op *b = &in->body;
    struct ledger_op op = {
        .kind = LEDGER_AMEND, .payee = {b->payee, b->bank, b->account}, .extra = b->version};
    TRY(ledger_op_number(c, &op.about, "payment", in->payment));
    return perform(c, &op, b->client, out);
}

enum status api_ledger_approve(struct call *c, const struct api_ledger_approve_in *in,
                               struct api_ledger_done *out)
{
    struct ledger_op op = {.kind = LEDGER_APPROVE, .extra = in->body.version};
    TRY(ledger_op_number(c, &op.about, "payment", in->payment));
    return perform(c, &op, in->body.client, out);
}

enum status api_ledger_cancel(struct call *c, const struct api_ledger_cancel_in *in,
                              struct api_ledger_done *out)
{
    struct ledger_op op = {.kind = LEDGER_CANCEL, .note = in->body.why};
    TRY(ledger_op_number(c, &op.about, "payment", in->payment));
    return perform(c, &op, in->body.client, out);
}

enum status api_ledger_batch(struct call *c, const struct api_ledger_batch_in *in,
                             struct api_ledger_done *out)
{
    struct ledger_op op = {.kind = LEDGER_BATCH};
    return perform(c, &op, in->body.client, out);
}

/* The bank's answer counts only if it names the amount and the account that were asked. */
enum status api_ledger_answer(struct call *c, const struct api_ledger_answer_in *in,
                              struct api_ledger_done *out)
{
    const struct api_ledger_answer_op *b = &in->body;
    struct ledger_op op = {.kind = b->paid ? LEDGER_PAID : LEDGER_BOUNCE, .note = b->note};
    struct ledger_trace t = {0};
    int64_t fen;
    TRY(ledger_op_number(c, &op.about, "payment", in->payment));
    TRY(yuan(c, &fen, b->amount));
    TRY(ledger_trace(c->conn, c->arena, c->county, op.about, &t));
    if (fen != t.amount)
        return call_refuse(c, DIAG_API_TYPE, S("amount"), ledger_yuan(c, t.amount));
    if (!str_eq(b->account, t.payee.account))
        return call_refuse(c, DIAG_API_TYPE, S("account"), t.payee.account);
    return perform(c, &op, b->client, out);
}

/* --- what comes back --- */

enum status api_ledger_reclaim(struct call *c, const struct api_ledger_reclaim_in *in,
                               struct api_ledger_done *out)
{
    struct ledger_op op = {.kind = LEDGER_RECLAIM, .decision = in->body.decision};
    TRY(ledger_op_number(c, &op.about, "payment", in->payment));
    TRY(yuan(c, &op.amount, in->body.amount));
    return perform(c, &op, in->body.client, out);
}

enum status api_ledger_recover(struct call *c, const struct api_ledger_recover_in *in,
                               struct api_ledger_done *out)
{
    bool back = in->body.what == API_LEDGER_RECOVER_OP_WHAT_RECOVER;
    struct ledger_op op = {.kind = back ? LEDGER_RECOVER : LEDGER_VOID, .note = in->body.note};
    TRY(read_about(c, &op, in->operation, true));
    TRY(yuan(c, &op.amount, in->body.amount));
    return perform(c, &op, in->body.client, out);
}

enum status api_ledger_reverse(struct call *c, const struct api_ledger_reverse_in *in,
                               struct api_ledger_done *out)
{
    struct ledger_op op = {.kind = LEDGER_REVERSE, .note = in->body.why};
    TRY(ledger_op_number(c, &op.about, "operation", in->operation));
    return perform(c, &op, in->body.client, out);
}
