/* ledger_show.c - the verbs of `ledger` that look: balances, a subject's statement, payments, is it
 * all sound, and where a payment comes from. */
#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "base/utf8.h"
#include "cmd/ledger/ledger.h"
#include "explain/layout.h"
#include "ledger/trace.h"
#include "ledger/verify.h"
#include "sql.h"

enum { AMOUNT_COLUMNS = 20, NAME_COLUMNS = 12 };

/* `text` in so many columns, to the left or to the right. */
static void column(struct cli *c, Str text, size_t columns, bool right)
{
    size_t wide = utf8_width(text);
    size_t fill = wide < columns ? columns - wide : 0;
    buf_fill(&c->out, ' ', right ? fill : 0);
    buf_add(&c->out, text);
    buf_fill(&c->out, ' ', right ? 0 : fill);
    buf_add(&c->out, S("  "));
}

static Str amount_of(struct cli *c, int64_t kind, int64_t v)
{
    return ledger_is_points((enum ledger_account_kind)kind) ? ledger_points_str(c->arena, v)
                                                            : ledger_fen_str(c->arena, v);
}

static int close_read(struct cli *c, struct store *s, enum status st)
{
    if (st != OK)
        return store_fail(c, s, st);
    store_close(s);
    return 0;
}

static Str number(struct cli *c, int64_t v)
{
    return arena_fmt(c->arena, "%lld", (long long)v);
}

/* ---- balance ---- */

static enum status print_balances(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_ledger_account_all_row r;
    column(c, str_of(ZE(c, "账户", "account")), NAME_COLUMNS, false);
    column(c, str_of(ZE(c, "主体或级次", "owner")), AMOUNT_COLUMNS, false);
    column(c, str_of(ZE(c, "科目或政策", "line")), NAME_COLUMNS, false);
    column(c, str_of(ZE(c, "年度", "year")), 4, true);
    column(c, str_of(ZE(c, "余额", "balance")), AMOUNT_COLUMNS, true);
    column(c, str_of(ZE(c, "其中预留", "of it reserved")), AMOUNT_COLUMNS, true);
    buf_char(&c->out, '\n');
    TRY(sql_ledger_account_all(s->conn, &(struct sql_ledger_account_all){s->county}, &rows));
    while (sql_ledger_account_all_next(&rows, &r)) {
        column(c, str_of(ledger_account_name((enum ledger_account_kind)r.kind, c->lang)),
               NAME_COLUMNS, false);
        bool own = r.owner.n == 0 && r.kind <= LEDGER_POOL;
        column(c, own ? str_of(ZE(c, "本级", "own")) : r.owner, AMOUNT_COLUMNS, false);
        column(c, r.line, NAME_COLUMNS, false);
        column(c, r.year == 0 ? S("") : number(c, r.year), 4, true);
        column(c, amount_of(c, r.kind, r.posted), AMOUNT_COLUMNS, true);
        column(c, r.pending == 0 ? S("") : amount_of(c, r.kind, r.pending), AMOUNT_COLUMNS, true);
        buf_char(&c->out, '\n');
    }
    return db_rows_end(&rows);
}

enum { FEN_SCALE = 2, POINT_SCALE = 4 };

/* Amounts as texts: a browser's numbers are binary. */
static void json_amount(struct json *j, const char *key, bool points, int64_t v)
{
    json_key(j, str_of(key));
    json_dec(j, v, points ? POINT_SCALE : FEN_SCALE);
}

static enum status balances_json(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_ledger_account_all_row r;
    struct json j;
    json_open(&j, &c->out, true);
    json_arr(&j);
    TRY(sql_ledger_account_all(s->conn, &(struct sql_ledger_account_all){s->county}, &rows));
    while (sql_ledger_account_all_next(&rows, &r)) {
        enum ledger_account_kind kind = (enum ledger_account_kind)r.kind;
        bool points = ledger_is_points(kind);
        json_obj(&j);
        json_kstr(&j, "account", str_of(ledger_account_name(kind, LANG_EN)));
        json_kstr(&j, "owner", r.owner);
        json_kstr(&j, "line", r.line);
        json_kint(&j, "year", r.year);
        json_kstr(&j, "unit", points ? S("points") : S("yuan"));
        json_amount(&j, "balance", points, r.posted);
        json_amount(&j, "reserved", points, r.pending);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    buf_char(&c->out, '\n');
    return db_rows_end(&rows);
}

int cmd_ledger_balance(struct cli *c)
{
    struct store s;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    bool json = c->args.given[OPT_JSON];
    return close_read(c, &s, json ? balances_json(c, &s) : print_balances(c, &s));
}

/* ---- statement ---- */

static const char *phase_name(struct cli *c, int64_t phase)
{
    static const char *const NAME[][2] = {{"", ""},           {"", ""},         {"预留", "held"},
                                          {"入账", "posted"}, {"撤销", "void"}, {"过期", "lapsed"}};
    return NAME[phase][c->lang];
}

static void statement_line(struct cli *c, const struct sql_ledger_statement_row *r)
{
    column(c, day_str(c->arena, (Day)r->day), 10, false);
    column(c, ledger_id_str(c->arena, ledger_id(r->act, r->op_n)), 8, false);
    column(c, str_of(ledger_kind_name((enum ledger_kind)r->kind, c->lang)), NAME_COLUMNS, false);
    column(c, str_of(phase_name(c, r->phase)), 4, false);
    column(c, amount_of(c, r->debit_kind, r->amount), AMOUNT_COLUMNS, true);
    column(c,
           ledger_is_points((enum ledger_account_kind)r->debit_kind) ? str_of(ZE(c, "分", "points"))
                                                                     : str_of(ZE(c, "元", "yuan")),
           2, false);
    bool level = r->debit_kind == LEDGER_POOL && r->debit_owner.n > 0; /* whose money it is */
    buf_fmt(&c->out, "%s%s%.*s → %s  %.*s",
            ledger_account_name((enum ledger_account_kind)r->debit_kind, c->lang), level ? "·" : "",
            level ? (int)r->debit_owner.n : 0, r->debit_owner.p,
            ledger_account_name((enum ledger_account_kind)r->credit_kind, c->lang),
            STR_ARG(r->policy));
    if (r->year > 0)
        buf_fmt(&c->out, " %lld", (long long)r->year);
    buf_fmt(&c->out, "%s%.*s%s%.*s\n", r->decision.n > 0 ? "  " : "", STR_ARG(r->decision),
            r->note.n > 0 ? "  " : "", STR_ARG(r->note));
}

static enum status print_statement(struct cli *c, struct store *s, Str subject)
{
    struct db_rows rows;
    struct sql_ledger_statement_row r;
    TRY(sql_ledger_statement(s->conn, &(struct sql_ledger_statement){s->county, subject}, &rows));
    while (sql_ledger_statement_next(&rows, &r))
        statement_line(c, &r);
    return db_rows_end(&rows);
}

int cmd_ledger_statement(struct cli *c)
{
    struct store s;
    int code = store_open(c, &s, DB_READ);
    return code != 0 ? code : close_read(c, &s, print_statement(c, &s, c->args.operand[0]));
}

/* ---- payments ---- */

static enum status print_payments(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    TRY(sql_ledger_payment_all(s->conn, &(struct sql_ledger_payment_all){s->county}, &rows));
    while (sql_ledger_payment_all_next(&rows, &p)) {
        column(c, ledger_id_str(c->arena, p.payment), 8, false);
        column(c, str_of(ledger_state_name((enum ledger_state)p.state, c->lang)), NAME_COLUMNS,
               false);
        column(c, ledger_fen_str(c->arena, p.amount), AMOUNT_COLUMNS, true);
        column(c, p.subject, AMOUNT_COLUMNS, false);
        buf_fmt(&c->out,
                ZE(c, "%.*s %lld 第 %lld 版，已批 %lld 人，经办 %.*s\n",
                   "%.*s %lld version %lld, %lld approved, made by %.*s\n"),
                STR_ARG(p.policy), (long long)p.year, (long long)p.version, (long long)p.approvals,
                STR_ARG(p.maker));
    }
    return db_rows_end(&rows);
}

static enum status payments_json(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    struct json j;
    json_open(&j, &c->out, true);
    json_arr(&j);
    TRY(sql_ledger_payment_all(s->conn, &(struct sql_ledger_payment_all){s->county}, &rows));
    while (sql_ledger_payment_all_next(&rows, &p)) {
        json_obj(&j);
        json_kstr(&j, "payment", ledger_id_str(c->arena, p.payment));
        json_kstr(&j, "state", str_of(ledger_state_name((enum ledger_state)p.state, LANG_EN)));
        json_amount(&j, "amount", false, p.amount);
        json_amount(&j, "clawed_back", false, p.claimed);
        json_kstr(&j, "subject", p.subject);
        json_kstr(&j, "policy", p.policy);
        json_kint(&j, "year", p.year);
        json_kint(&j, "version", p.version);
        json_kint(&j, "approvals", p.approvals);
        json_kstr(&j, "maker", p.maker);
        json_obj_end(&j);
    }
    json_arr_end(&j);
    buf_char(&c->out, '\n');
    return db_rows_end(&rows);
}

int cmd_ledger_payments(struct cli *c)
{
    struct store s;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    bool json = c->args.given[OPT_JSON];
    return close_read(c, &s, json ? payments_json(c, &s) : print_payments(c, &s));
}

/* ---- verify ---- */

static void print_report(struct cli *c, const struct ledger_report *r)
{
    Str issued = ledger_points_str(c->arena, r->issued_e4),
        held = ledger_points_str(c->arena, r->held_e4);
    Str spent = ledger_points_str(c->arena, r->spent_e4),
        expired = ledger_points_str(c->arena, r->expired_e4);
    Str paid = ledger_fen_str(c->arena, r->paid_fen);
    buf_fmt(&c->out,
            ZE(c, "业务 %lld 笔，流水 %lld 条，支付 %lld 笔（已付 %.*s 元）\n",
               "%lld operations, %lld transfers, %lld payments (%.*s yuan paid)\n"),
            (long long)r->op_n, (long long)r->transfer_n, (long long)r->payment_n, STR_ARG(paid));
    buf_fmt(&c->out,
            ZE(c, "积分：发放 %.*s = 余额 %.*s + 已用 %.*s + 到期 %.*s\n",
               "points: issued %.*s = held %.*s + spent %.*s + expired %.*s\n"),
            STR_ARG(issued), STR_ARG(held), STR_ARG(spent), STR_ARG(expired));
    buf_fmt(&c->out,
            r->fault_n == 0 ? ZE(c, "账目相符。\n", "The ledger is sound.\n")
                            : ZE(c, "账目不符 %lld 处。\n", "%lld faults.\n"),
            (long long)r->fault_n);
}

static void report_json(struct cli *c, const struct ledger_report *r)
{
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    json_kint(&j, "operations", r->op_n);
    json_kint(&j, "transfers", r->transfer_n);
    json_kint(&j, "payments", r->payment_n);
    json_amount(&j, "paid", false, r->paid_fen);
    json_amount(&j, "points_issued", true, r->issued_e4);
    json_amount(&j, "points_held", true, r->held_e4);
    json_amount(&j, "points_spent", true, r->spent_e4);
    json_amount(&j, "points_expired", true, r->expired_e4);
    json_kint(&j, "faults", r->fault_n);
    json_obj_end(&j);
    buf_char(&c->out, '\n');
}

int cmd_ledger_verify(struct cli *c)
{
    struct store s;
    struct ledger_report r;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct arena *tmp = arena_open();
    enum status st = ledger_verify(s.conn, tmp, s.county, &r, &s.diags);
    arena_close(tmp);
    if (st != OK)
        return store_fail(c, &s, st);
    if (c->args.given[OPT_JSON])
        report_json(c, &r);
    else
        print_report(c, &r);
    if (r.fault_n > 0)
        return store_fail(c, &s, ERR_INPUT); /* tells them */
    store_close(&s);
    return 0;
}

/* ---- trace ---- */

struct tracing {
    struct cli *c;
    struct store *s;
    bool quiet;     /* of --all: only what is missing */
    struct json *j; /* --json: a list of steps; or NULL */
    int64_t missing;
};

static void line(struct tracing *t, const char *zh, const char *en, Str what)
{
    if (t->j != NULL) {
        json_obj(t->j);
        json_kstr(t->j, "step", str_of(en));
        json_kstr(t->j, "text", what);
        json_obj_end(t->j);
        return;
    }
    if (what.n == 0)
        return;
    column(t->c, str_of(t->c->lang == LANG_ZH ? zh : en), NAME_COLUMNS, false);
    buf_fmt(&t->c->out, "%.*s\n", STR_ARG(what));
}

static void lacks(struct tracing *t, int64_t payment, unsigned bit)
{
    Str id = ledger_id_str(t->c->arena, payment);
    t->missing++;
    if (t->j != NULL) {
        json_obj(t->j);
        json_kstr(t->j, "step", S("lacks"));
        json_kstr(t->j, "payment", id);
        json_kstr(t->j, "text", str_of(ledger_lack_name(bit, LANG_EN)));
        json_obj_end(t->j);
        return;
    }
    buf_fmt(&t->c->out, ZE(t->c, "支付 %.*s 缺%s\n", "payment %.*s lacks %s\n"), STR_ARG(id),
            ledger_lack_name(bit, t->c->lang));
}

static Str op_words(struct tracing *t, const struct ledger_traced *op)
{
    Str day = day_str(t->c->arena, op->day);
    Str n = ledger_id_str(t->c->arena, op->op);
    return arena_fmt(t->c->arena, "%.*s %s %.*s %.*s", STR_ARG(n),
                     ledger_kind_name(op->kind, t->c->lang), STR_ARG(day), STR_ARG(op->who));
}

static void tell_bank(struct tracing *t, const struct ledger_trace *p)
{
    struct cli *c = t->c;
    Str sum = ledger_fen_str(c->arena, p->amount);
    line(t, "支付", "payment",
         arena_fmt(c->arena, ZE(c, "%.*s 元，%s", "%.*s yuan, %s"), STR_ARG(sum),
                   ledger_state_name(p->state, c->lang)));
    line(t, "收款人", "payee",
         arena_fmt(c->arena, "%.*s %.*s %.*s", STR_ARG(p->payee.name), STR_ARG(p->payee.bank),
                   STR_ARG(p->payee.account)));
    if (p->claimed > 0)
        line(t, "追回", "asked back",
             arena_fmt(c->arena, ZE(c, "%.*s 元，免除的不计", "%.*s yuan, less what was waived"),
                       STR_ARG(ledger_fen_str(c->arena, p->claimed))));
    if (p->batch_line > 0)
        line(t, "银行文件", "bank line",
             arena_fmt(c->arena, ZE(c, "第 %lld 号行为，第 %lld 行", "act %lld, line %lld"),
                       (long long)p->batch_act, (long long)p->batch_line));
    if (p->answer.op > 0) {
        Str words = op_words(t, &p->answer);
        line(t, "银行回单", "bank answer",
             arena_fmt(c->arena, "%.*s %.*s", STR_ARG(words), STR_ARG(p->answer.note)));
    }
}

static void tell_stand(struct tracing *t, const struct ledger_stand *b)
{
    struct cli *c = t->c;
    if (b->op > 0) {
        Str id = ledger_id_str(c->arena, b->op), sum = ledger_points_str(c->arena, b->points_e4);
        line(t, "积分", "points",
             arena_fmt(c->arena, ZE(c, "%.*s 发放 %.*s 分", "%.*s issued %.*s"), STR_ARG(id),
                       STR_ARG(sum)));
    }
    line(t, "凭证", "receipt", b->receipt);
    line(t, "规则哈希", "rules", b->rules);
    line(t, "快照哈希", "snapshot", b->snapshot);
    line(t, "佐证哈希", "evidence", b->evidence);
}

/* What it came to, too; of points, for how many. */
static Str root_words(struct tracing *t, const struct ledger_traced *op)
{
    struct arena *a = t->c->arena;
    bool points = op->kind == LEDGER_CONVERT;
    Str words = op_words(t, op), sum = ledger_fen_str(a, points ? op->extra : op->amount);
    Str held = points ? ledger_points_str(a, op->amount) : S("");
    return arena_fmt(a, ZE(t->c, "%.*s：%.*s%s%.*s 元", "%.*s: %.*s%s%.*s yuan"), STR_ARG(words),
                     STR_ARG(held), points ? ZE(t->c, " 分，合 ", " points, ") : "", STR_ARG(sum));
}

static void tell(struct tracing *t, const struct ledger_trace *p)
{
    struct cli *c = t->c;
    tell_bank(t, p);
    line(t, "经办", "made", op_words(t, &p->request));
    for (size_t i = 0; i < p->approval_n; i++)
        line(t, "审批", "approved",
             arena_fmt(c->arena, ZE(c, "%.*s %.*s，第 %lld 号行为", "%.*s %.*s, act %lld"),
                       STR_ARG(day_str(c->arena, moment_day(p->approval[i].at_us, ZONE_CHINA))),
                       STR_ARG(p->approval[i].who), (long long)p->approval[i].act));
    line(t, "应付", "owed", op_words(t, &p->due));
    line(t, "依据", "by", root_words(t, &p->root));
    line(t, "决定", "decision", p->decision);
    line(t, "主体", "subject",
         arena_fmt(c->arena, "%.*s  %.*s %d", STR_ARG(p->subject), STR_ARG(p->policy), p->year));
    for (size_t i = 0; i < p->stand_n; i++)
        tell_stand(t, &p->stand[i]);
}

static enum status trace_one(struct tracing *t, int64_t payment)
{
    struct ledger_trace p = {0};
    TRY(ledger_trace(t->s->conn, t->c->arena, t->s->county, payment, &p));
    if (!t->quiet)
        tell(t, &p);
    for (unsigned bit = 1; bit <= LEDGER_LACKS_RECEIPT; bit <<= 1)
        if (p.lacks & bit)
            lacks(t, payment, bit);
    return OK;
}

static enum status trace_all(struct tracing *t, int64_t *n)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    int64_t *id = NULL;
    size_t id_n = 0, cap = 0;
    TRY(sql_ledger_payment_all(t->s->conn, &(struct sql_ledger_payment_all){t->s->county}, &rows));
    while (sql_ledger_payment_all_next(&rows, &p))
        VEC_PUSH(t->c->arena, id, id_n, cap) = p.payment;
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < id_n; i++)
        TRY(trace_one(t, id[i]));
    *n = (int64_t)id_n;
    return OK;
}

int cmd_ledger_trace(struct cli *c)
{
    struct store s;
    struct tracing t = {.c = c, .s = &s, .quiet = c->args.given[OPT_ALL]};
    int64_t id = 0, n = 1;
    if (c->args.given[OPT_ALL] == (c->args.operand_n > 0))
        return cli_usage(c, ZE(c, "写一个支付号，或 --all", "name a payment, or give --all"));
    int code = t.quiet ? 0 : ledger_id_operand(c, &id);
    if (code == 0)
        code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    struct json j;
    json_open(&j, &c->out, true);
    if (c->args.given[OPT_JSON]) {
        t.j = &j;
        json_arr(&j);
    }
    enum status st = t.quiet ? trace_all(&t, &n) : trace_one(&t, id);
    if (st == ERR_GONE)
        st = diag_add(&s.diags, DIAG_LEDGER_GONE, (Span){0, 0}, ledger_id_str(c->arena, id),
                      S("追溯"), S("trace"));
    if (st != OK) {
        c->out.n = 0; /* half a story */
        return store_fail(c, &s, st);
    }
    if (t.j != NULL) {
        json_arr_end(&j);
        buf_char(&c->out, '\n');
    } else if (t.quiet)
        buf_fmt(&c->out, ZE(c, "支付 %lld 笔，缺依据 %lld 处\n", "%lld payments, %lld lacks\n"),
                (long long)n, (long long)t.missing);
    store_close(&s);
    return t.missing == 0 ? 0 : EXIT_DATA;
}
