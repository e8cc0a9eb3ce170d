/* ledger.c - points and money as people look at them: what there is, a subject's statement, where a
 * payment comes from, and whether all of it is sound. */
#include "api/noun/money/ledger.h"

#include "api/problem.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "ledger/bankfile.h"
#include "ledger/trace.h"
#include "ledger/verify.h"
#include "record/record.h"
#include "sql.h"

enum {
    FIGURE_MAX = 64,
    LINES_USUAL = 200,
    LINES_MAX = 2000,
    PAGE_USUAL = 100,
    PAGE_MAX = 1000,
    FILE_MAX = 64 << 20
};

/* --- figures and names --- */

Str ledger_yuan(struct call *c, int64_t fen)
{
    struct buf b;
    buf_init(&b, c->arena, FIGURE_MAX);
    dec_print_fixed(&b, fen, LEDGER_FEN_DECIMALS, LEDGER_FEN_DECIMALS);
    return buf_str(&b);
}

Str ledger_points(struct call *c, int64_t e4)
{
    return call_decimal(c, e4, LEDGER_POINT_DECIMALS);
}

bool ledger_terms(struct simulate_terms *out, Str rate, Str floor, Str cap, Str budget)
{
    const struct {
        Str text;
        int decimals;
        int64_t *to;
    } all[] = {{rate, LEDGER_FEN_DECIMALS, &out->rate_fen},
               {floor, LEDGER_POINT_DECIMALS, &out->floor_e4},
               {cap, LEDGER_FEN_DECIMALS, &out->cap_fen},
               {budget, LEDGER_FEN_DECIMALS, &out->budget_fen}};
    for (size_t i = 0; i < ARRAY_N(all); i++)
        if (all[i].text.p != NULL && !ledger_parse_amount(all[i].to, all[i].text, all[i].decimals))
            return false;
    return true;
}

enum status ledger_op_number(struct call *c, int64_t *out, const char *name, Str text)
{
    return ledger_parse_id(out, text) ? OK : call_refuse(c, DIAG_API_TYPE, str_of(name), S("12-0"));
}

static Str amount_of(struct call *c, enum ledger_account_kind kind, int64_t v)
{
    return ledger_is_points(kind) ? ledger_points(c, v) : ledger_yuan(c, v);
}

static Str account_name(enum ledger_account_kind kind)
{
    return str_of(ledger_account_name(kind, LANG_ZH));
}

static int64_t limit_of(struct api_int asked, int64_t usual, int64_t most)
{
    return !asked.set || asked.v < 1 ? usual : asked.v > most ? most : asked.v;
}

/* --- balances --- */

/* Both questions about accounts give the same row. */
static struct api_ledger_balance balance_of(struct call *c,
                                            const struct sql_ledger_account_of_row *r)
{
    enum ledger_account_kind kind = (enum ledger_account_kind)r->kind;
    return (struct api_ledger_balance){
        .account = (int)kind - LEDGER_BUDGET,
        .name = account_name(kind),
        .owner = arena_copy(c->arena, r->owner),
        .line = arena_copy(c->arena, r->line),
        .year = r->year,
        .unit =
            ledger_is_points(kind) ? API_LEDGER_BALANCE_UNIT_POINTS : API_LEDGER_BALANCE_UNIT_YUAN,
        .balance = amount_of(c, kind, r->posted),
        .reserved = amount_of(c, kind, r->pending),
    };
}

enum status api_ledger_balances(struct call *c, struct api_ledger_balances *out)
{
    struct db_rows rows;
    struct sql_ledger_account_office_row r;
    size_t cap = 0;
    TRY(sql_ledger_account_office(c->conn, &(struct sql_ledger_account_office){c->county}, &rows));
    while (sql_ledger_account_office_next(&rows, &r)) {
        struct sql_ledger_account_of_row same = {r.kind, r.owner,  r.line,
                                                 r.year, r.posted, r.pending};
        VEC_PUSH(c->arena, out->balances.at, out->balances.n, cap) = balance_of(c, &same);
    }
    return db_rows_end(&rows);
}

/* --- a subject --- */

static enum status write_accounts(struct call *c, struct api_subject_ledger *out)
{
    int64_t sum[LEDGER_EXPIRED + 1] = {0};
    struct db_rows rows;
    struct sql_ledger_account_of_row r;
    size_t cap = 0;
    struct sql_ledger_account_of ask = {c->county, c->identity};
    TRY(sql_ledger_account_of(c->conn, &ask, &rows));
    while (sql_ledger_account_of_next(&rows, &r)) {
        sum[r.kind] += r.posted;
        VEC_PUSH(c->arena, out->balances.at, out->balances.n, cap) = balance_of(c, &r);
    }
    out->held = ledger_points(c, sum[LEDGER_HELD]);
    out->spent = ledger_points(c, sum[LEDGER_SPENT]);
    out->expired = ledger_points(c, sum[LEDGER_EXPIRED]);
    out->owed = ledger_yuan(c, sum[LEDGER_PAYABLE]);
    return db_rows_end(&rows);
}

static enum status write_sums(struct call *c, struct api_subject_ledger *out)
{
    int64_t under_way = 0, paid = 0, claimed = 0;
    struct db_rows rows;
    struct sql_ledger_payment_sums_row r;
    struct sql_ledger_payment_sums ask = {c->county, c->identity};
    TRY(sql_ledger_payment_sums(c->conn, &ask, &rows));
    while (sql_ledger_payment_sums_next(&rows, &r)) {
        under_way += r.state == LEDGER_APPROVED || r.state == LEDGER_SENT ? r.amount : 0;
        paid += r.state == LEDGER_SETTLED ? r.amount : 0;
        claimed += r.claimed;
    }
    out->approved = ledger_yuan(c, under_way);
    out->paid = ledger_yuan(c, paid);
    out->reclaimed = ledger_yuan(c, claimed);
    return db_rows_end(&rows);
}

static struct api_ledger_line line_of(struct call *c, const struct sql_ledger_statement_row *r)
{
    enum ledger_account_kind debit = (enum ledger_account_kind)r->debit_kind;
    return (struct api_ledger_line){
        .operation = ledger_id_str(c->arena, ledger_id(r->act, r->op_n)),
        .kind = str_of(ledger_kind_name((enum ledger_kind)r->kind, LANG_ZH)),
        .day = (Day)r->day,
        .phase = (int)r->phase - 1,
        .from = account_name(debit),
        .to = account_name((enum ledger_account_kind)r->credit_kind),
        .unit = ledger_is_points(debit) ? API_LEDGER_LINE_UNIT_POINTS : API_LEDGER_LINE_UNIT_YUAN,
        .amount = amount_of(c, debit, r->amount),
        .policy = arena_copy(c->arena, r->policy),
        .year = r->year,
        .decision = arena_copy(c->arena, r->decision),
        .note = arena_copy(c->arena, r->note),
        .receipt = arena_copy(c->arena, r->receipt),
    };
}

static enum status
write_lines(struct call *c, Str identity, Str of, struct api_subject_ledger *out,
            /* NOLINTNEXTLINE(readability-non-const-parameter): VEC_PUSH writes */
            size_t *cap)
{
    struct db_rows rows;
    struct sql_ledger_statement_row r;
    struct sql_ledger_statement ask = {c->county, identity};
    TRY(sql_ledger_statement(c->conn, &ask, &rows));
    while (sql_ledger_statement_next(&rows, &r)) {
        struct api_ledger_line *line = &VEC_PUSH(c->arena, out->lines.at, out->lines.n, *cap);
        *line = line_of(c, &r);
        line->of = of;
    }
    return db_rows_end(&rows);
}

/* Those of identities that went into this one come first: balances stay with them (0067). */
static enum status write_merged(struct call *c, struct api_subject_ledger *out, size_t *cap)
{
    struct record_twin *twin;
    size_t n;
    TRY(record_twins(c->conn, c->arena, &twin, &n, c->county, c->roster->kind));
    for (size_t i = 0; i < n; i++)
        if (twin[i].into == c->subject)
            TRY(write_lines(c, twin[i].identity, twin[i].identity, out, cap));
    return OK;
}

enum status api_subject_ledger(struct call *c, const struct api_subject_ledger_in *in,
                               struct api_subject_ledger *out)
{
    size_t cap = 0, most = (size_t)limit_of(in->limit, LINES_USUAL, LINES_MAX);
    TRY(write_accounts(c, out));
    TRY(write_sums(c, out));
    TRY(write_merged(c, out, &cap));
    TRY(write_lines(c, c->identity, S(""), out, &cap));
    if (out->lines.n > most) {
        out->lines.at += out->lines.n - most;
        out->lines.n = most;
        out->more = true;
    }
    return OK;
}

/* --- payments --- */

static struct api_ledger_payment payment_of(struct call *c,
                                            const struct sql_ledger_payment_page_row *p)
{
    return (struct api_ledger_payment){
        .payment = ledger_id_str(c->arena, p->payment),
        .state = (int)p->state - LEDGER_REQUESTED,
        .state_name = str_of(ledger_state_name((enum ledger_state)p->state, LANG_ZH)),
        .amount = ledger_yuan(c, p->amount),
        .reclaimed = ledger_yuan(c, p->claimed),
        .subject = arena_copy(c->arena, p->subject),
        .payee = arena_copy(c->arena, p->payee),
        .policy = arena_copy(c->arena, p->policy),
        .year = p->year,
        .version = p->version,
        .approvals = p->approvals,
        .maker = arena_copy(c->arena, p->maker),
    };
}

enum status api_ledger_payments(struct call *c, const struct api_ledger_payments_in *in,
                                struct api_ledger_payments *out)
{
    struct db_rows rows;
    struct sql_ledger_payment_page_row p;
    size_t cap = 0;
    int64_t after = 0, most = limit_of(in->limit, PAGE_USUAL, PAGE_MAX);
    if (in->after.p != NULL)
        TRY(ledger_op_number(c, &after, "after", in->after));
    struct sql_ledger_payment_page ask = {
        c->county, in->state < 0 ? 0 : in->state + LEDGER_REQUESTED, in->year.v, after, most + 1};
    TRY(sql_ledger_payment_page(c->conn, &ask, &rows));
    while (sql_ledger_payment_page_next(&rows, &p))
        VEC_PUSH(c->arena, out->payments.at, out->payments.n, cap) = payment_of(c, &p);
    if ((int64_t)out->payments.n > most) {
        out->payments.n = (size_t)most;
        out->next = out->payments.at[most - 1].payment;
    }
    return db_rows_end(&rows);
}

/* --- the story of one --- */

static struct api_ledger_step step_of(struct call *c, const struct ledger_traced *t)
{
    return (struct api_ledger_step){
        .operation = ledger_id_str(c->arena, t->op),
        .kind = str_of(ledger_kind_name(t->kind, LANG_ZH)),
        .day = t->day,
        .who = t->who,
        .note = t->note,
    };
}

/* Whose money goes there is theirs to know who ask for it, approve it or send it. */
static Str payee_account(struct call *c, Str account)
{
    uint32_t needs = ROLE_BIT(ROLE_OFFICER) | ROLE_BIT(ROLE_LEADER) | ROLE_BIT(ROLE_FINANCE);
    return (c->who.roles & needs) != 0 ? account : access_mask(c->arena, account);
}

static void write_ways(struct call *c, struct api_ledger_story *out, const struct ledger_trace *t)
{
    out->root = step_of(c, &t->root);
    out->due = step_of(c, &t->due);
    out->request = step_of(c, &t->request);
    out->approvals.at = ARENA_ARRAY(c->arena, struct api_ledger_approval, t->approval_n + 1);
    for (size_t i = 0; i < t->approval_n; i++)
        out->approvals.at[out->approvals.n++] = (struct api_ledger_approval){
            t->approval[i].who, t->approval[i].at_us, t->approval[i].act};
    if (t->batch_line > 0) {
        out->batch = API_INT_OF(t->batch_act);
        out->line = API_INT_OF(t->batch_line);
    }
    if (t->answer.op > 0) {
        out->answer = ARENA_NEW(c->arena, struct api_ledger_step);
        *out->answer = step_of(c, &t->answer);
    }
}

static void write_stands(struct call *c, struct api_ledger_story *out, const struct ledger_trace *t)
{
    out->stands.at = ARENA_ARRAY(c->arena, struct api_ledger_stand, t->stand_n + 1);
    for (size_t i = 0; i < t->stand_n; i++) {
        const struct ledger_stand *s = &t->stand[i];
        out->stands.at[out->stands.n++] = (struct api_ledger_stand){
            .operation = s->op > 0 ? ledger_id_str(c->arena, s->op) : NO_ARG,
            .points = s->op > 0 ? ledger_points(c, s->points_e4) : NO_ARG,
            .receipt = s->receipt,
            .rules = s->rules,
            .snapshot = s->snapshot,
            .evidence = s->evidence,
        };
    }
    out->lacks.at = ARENA_ARRAY(c->arena, Str, LEDGER_LACKS_RECEIPT);
    for (unsigned bit = 1; bit <= LEDGER_LACKS_RECEIPT; bit <<= 1)
        if (t->lacks & bit)
            out->lacks.at[out->lacks.n++] = str_of(ledger_lack_name(bit, LANG_ZH));
}

enum status api_ledger_payment(struct call *c, const struct api_ledger_payment_in *in,
                               struct api_ledger_story *out)
{
    struct ledger_trace t = {0};
    int64_t payment;
    TRY(ledger_op_number(c, &payment, "payment", in->payment));
    TRY(ledger_trace(c->conn, c->arena, c->county, payment, &t));
    *out = (struct api_ledger_story){
        .payment = ledger_id_str(c->arena, payment),
        .state = (int)t.state - LEDGER_REQUESTED,
        .state_name = str_of(ledger_state_name(t.state, LANG_ZH)),
        .amount = ledger_yuan(c, t.amount),
        .reclaimed = ledger_yuan(c, t.claimed),
        .version = t.version,
        .payee = t.payee.name,
        .bank = t.payee.bank,
        .account = payee_account(c, t.payee.account),
        .subject = t.subject,
        .policy = t.policy,
        .year = t.year,
        .decision = t.decision,
    };
    write_ways(c, out, &t);
    write_stands(c, out, &t);
    return OK;
}

enum status api_ledger_batch_file(struct call *c, const struct api_ledger_batch_file_in *in)
{
    struct buf b;
    int64_t n;
    buf_init(&b, c->arena, FILE_MAX);
    bool xlsx = in->form == API_LEDGER_BATCH_FILE_FORM_XLSX;
    const struct bank_order order = {c->county, in->act, xlsx ? OUT_XLSX : OUT_CSV};
    TRY(ledger_bank_file(c->conn, c->arena, &order, &b, &n));
    c->bytes = buf_str(&b);
    c->media = xlsx ? S(OUT_MEDIA_XLSX) : S(OUT_MEDIA_CSV);
    c->file = arena_fmt(c->arena, xlsx ? "batch-%lld.xlsx" : "batch-%lld.csv", (long long)in->act);
    return n == 0 ? ERR_GONE : b.over ? ERR_LIMIT : OK;
}

/* --- is it sound --- */

enum status api_ledger_verify(struct call *c, struct api_ledger_verdict *out)
{
    struct ledger_report r;
    struct arena *tmp = arena_open();
    enum status st = ledger_verify(c->conn, tmp, c->county, &r, &c->diags);
    arena_close(tmp);
    TRY(st);
    *out = (struct api_ledger_verdict){
        .sound = r.fault_n == 0,
        .operations = r.op_n,
        .transfers = r.transfer_n,
        .payments = r.payment_n,
        .paid = ledger_yuan(c, r.paid_fen),
        .issued = ledger_points(c, r.issued_e4),
        .held = ledger_points(c, r.held_e4),
        .spent = ledger_points(c, r.spent_e4),
        .expired = ledger_points(c, r.expired_e4),
    };
    out->problems.at = ARENA_ARRAY(c->arena, struct api_problem_item, c->diags.n + 1);
    for (size_t i = 0; i < c->diags.n; i++)
        out->problems.at[out->problems.n++] = problem_item(c->arena, &c->diags.at[i]);
    return OK;
}
