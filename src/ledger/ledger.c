#include "ledger/ledger.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "ledger/ledger_int.h"

/* What an operation cannot do without, and the option it is given by. */
enum {
    SUBJECT = 1 << 0,
    POLICY = 1 << 1,
    YEAR = 1 << 2,
    ITEM = 1 << 3,
    GRP = 1 << 4,
    DECISION = 1 << 5,
    NOTE = 1 << 6,
    RECEIPT = 1 << 7,
    AMOUNT = 1 << 8,
    ABOUT = 1 << 9,
    PAYEE = 1 << 10,
    SHARE = 1 << 11,
    GRANT = SUBJECT | POLICY | YEAR | AMOUNT | DECISION,
};

/* As the command line and the API both call them. */
static const char *const NEEDS[] = {"主体 subject",
                                    "政策 policy",
                                    "年度 year",
                                    "预算科目 item",
                                    "关联组 group",
                                    "决定 decision",
                                    "说明 note",
                                    "收据 receipt",
                                    "数额 amount",
                                    "针对哪一笔 about",
                                    "收款人和账号 payee, account",
                                    "各级份额 levels"};

struct rule {
    unsigned needs;
    enum status (*plan)(struct work *w);
    enum status (*write)(struct work *w);
    const char *name[2];
};

static enum status nothing(struct work *w)
{
    (void)w;
    return OK;
}

static const struct rule RULES[LEDGER_KIND_N] = {
    [LEDGER_OPEN] = {ITEM | YEAR, ledger_plan_open, nothing, {"开户", "open"}},
    [LEDGER_RAISE] = {ITEM | YEAR | AMOUNT | DECISION,
                      ledger_plan_raise,
                      nothing,
                      {"追加预算", "raise budget"}},
    [LEDGER_LOWER] = {ITEM | YEAR | AMOUNT | DECISION,
                      ledger_plan_raise,
                      nothing,
                      {"核减预算", "lower budget"}},
    [LEDGER_ALLOCATE] = {POLICY | YEAR | AMOUNT,
                         ledger_plan_allocate,
                         nothing,
                         {"分配到资金池", "allocate"}},
    [LEDGER_RATE] = {POLICY | YEAR | AMOUNT | DECISION,
                     ledger_plan_rate,
                     nothing,
                     {"定单价", "set rate"}},
    [LEDGER_CAP] = {POLICY | YEAR | AMOUNT,
                    ledger_cap_check,
                    ledger_cap_write,
                    {"定封顶", "set cap"}},
    [LEDGER_LIFE] = {POLICY | DECISION, ledger_plan_life, nothing, {"定有效期", "set life"}},
    [LEDGER_GROUP] = {SUBJECT | GRP, nothing, ledger_write_group, {"归入关联组", "join group"}},
    [LEDGER_ISSUE] = {SUBJECT | POLICY | YEAR | AMOUNT | RECEIPT,
                      ledger_plan_issue,
                      nothing,
                      {"发放积分", "issue points"}},
    [LEDGER_SPEND] = {SUBJECT | POLICY | YEAR | AMOUNT | NOTE,
                      ledger_plan_spend,
                      nothing,
                      {"使用积分", "spend points"}},
    [LEDGER_EXPIRE] = {SUBJECT | POLICY | YEAR,
                       ledger_plan_expire,
                       nothing,
                       {"积分到期", "expire points"}},
    [LEDGER_CONVERT] = {GRANT,
                        ledger_plan_convert,
                        ledger_write_convert,
                        {"积分兑现", "convert points"}},
    [LEDGER_RESERVE] = {GRANT | RECEIPT,
                        ledger_plan_reserve,
                        ledger_write_reserve,
                        {"预留", "reserve"}},
    [LEDGER_JOINT] = {GRANT | RECEIPT | SHARE,
                      ledger_plan_joint,
                      ledger_write_reserve,
                      {"联动预留", "reserve jointly"}},
    [LEDGER_POST] = {ABOUT, ledger_plan_post, ledger_write_post, {"确认应付", "post"}},
    [LEDGER_VOID] = {ABOUT | NOTE, ledger_plan_void, ledger_write_void, {"撤销预留", "void"}},
    [LEDGER_LAPSE] = {ABOUT, ledger_plan_lapse, ledger_write_void, {"预留过期", "lapse"}},
    [LEDGER_REQUEST] = {ABOUT | PAYEE,
                        ledger_plan_request,
                        ledger_write_request,
                        {"申请支付", "request payment"}},
    [LEDGER_AMEND] = {ABOUT | PAYEE,
                      ledger_plan_amend,
                      ledger_write_amend,
                      {"更正收款人", "amend payment"}},
    [LEDGER_APPROVE] = {ABOUT, ledger_plan_approve, ledger_write_approve, {"审批", "approve"}},
    [LEDGER_CANCEL] = {ABOUT | NOTE,
                       ledger_plan_cancel,
                       ledger_write_cancel,
                       {"取消支付", "cancel payment"}},
    [LEDGER_BATCH] = {0, ledger_plan_batch, ledger_write_batch, {"送银行", "send to bank"}},
    [LEDGER_RECLAIM] = {ABOUT | AMOUNT | DECISION,
                        ledger_plan_reclaim,
                        ledger_write_reclaim,
                        {"追回", "claw back"}},
    [LEDGER_RECOVER] = {ABOUT, ledger_plan_recover, ledger_write_recover, {"收回", "recover"}},
    [LEDGER_REVERSE] = {ABOUT | NOTE,
                        ledger_plan_reverse,
                        ledger_write_reverse,
                        {"冲正", "reverse"}},
    [LEDGER_PAID] = {ABOUT, ledger_plan_bank, ledger_write_bank, {"已付", "paid"}},
    [LEDGER_BOUNCE] = {ABOUT, ledger_plan_bank, ledger_write_bank, {"退回", "bounced"}},
    [LEDGER_RECONCILE] = {ITEM, nothing, nothing, {"对账", "reconcile"}},
};

/* ---- words ---- */

int64_t ledger_id(int64_t act, int64_t n)
{
    ASSERT(n >> LEDGER_PART_BITS == 0);
    return act << LEDGER_PART_BITS | n;
}

int64_t ledger_id_act(int64_t id)
{
    return id >> LEDGER_PART_BITS;
}

int64_t ledger_id_n(int64_t id)
{
    return id & ((1 << LEDGER_PART_BITS) - 1);
}

enum status ledger_refuse(struct work *w, enum diag_code code, Str a0, Str a1, Str a2)
{
    return diag_add(w->l->ds, code, (Span){0, 0}, a0, a1, a2);
}

Str ledger_fen_text(struct work *w, int64_t fen)
{
    return ledger_fen_str(w->l->tmp, fen);
}

Str ledger_points_text(struct work *w, int64_t e4)
{
    return ledger_points_str(w->l->tmp, e4);
}

Str ledger_id_text(struct work *w, int64_t id)
{
    return ledger_id_str(w->l->tmp, id);
}

const char *ledger_kind_name(enum ledger_kind kind, enum lang lang)
{
    return RULES[kind].name[lang];
}

/* ---- an operation ---- */

/* Everything asked for, so that the same id cannot mean another thing. The day only where the
 * asker said it: what is asked again tomorrow is the same. */
static Digest digest_op(struct digest *d, const struct ledger_op *op)
{
    const Str text[] = {op->who,        op->subject,    op->policy,       op->level,
                        op->item,       op->grp,        op->decision,     op->note,
                        op->receipt,    op->rules,      op->snapshot,     op->evidence,
                        op->payee.name, op->payee.bank, op->payee.account};
    const int64_t number[] = {
        (int64_t)op->kind, op->day_said ? op->day : 0, op->year, op->amount, op->extra, op->about};
    for (size_t i = 0; i < ARRAY_N(text); i++)
        digest_field(d, text[i]);
    for (size_t i = 0; i < ARRAY_N(number); i++)
        digest_int(d, number[i]);
    for (size_t i = 0; i < op->share_n; i++) {
        digest_field(d, op->share[i].level);
        digest_int(d, op->share[i].weight);
        digest_int(d, op->share[i].from_day);
    }
    return digest_end(d);
}

static unsigned given(const struct ledger_op *op)
{
    return (op->subject.n > 0 ? SUBJECT : 0U) | (op->policy.n > 0 ? POLICY : 0U) |
           (op->year > 0 ? YEAR : 0U) | (op->item.n > 0 ? ITEM : 0U) | (op->grp.n > 0 ? GRP : 0U) |
           (op->decision.n > 0 ? DECISION : 0U) | (op->note.n > 0 ? NOTE : 0U) |
           (op->receipt.n > 0 ? RECEIPT : 0U) | (op->amount > 0 ? AMOUNT : 0U) |
           (op->about > 0 ? ABOUT : 0U) | (op->share_n > 0 ? SHARE : 0U) |
           (op->payee.name.n > 0 && op->payee.account.n > 0 ? PAYEE : 0U);
}

static enum status check_asked(struct work *w)
{
    const struct ledger_op *op = w->ask;
    unsigned missing = RULES[op->kind].needs & ~given(op);
    for (size_t i = 0; i < ARRAY_N(NEEDS); i++)
        if ((missing >> i & 1) != 0)
            return ledger_refuse(w, DIAG_LEDGER_MISSING, str_of(RULES[op->kind].name[LANG_ZH]),
                                 str_of(NEEDS[i]), str_of(RULES[op->kind].name[LANG_EN]));
    if (op->amount < 0 || op->amount > LEDGER_AMOUNT_MAX || op->extra < 0 ||
        op->extra > LEDGER_AMOUNT_MAX)
        return ledger_refuse(w, DIAG_LEDGER_AMOUNT, NO_ARG, NO_ARG, NO_ARG);
    for (size_t i = 0; i < op->share_n; i++)
        if (op->share_n > LEDGER_SHARES_MAX || op->share[i].weight <= 0 ||
            op->share[i].weight > LEDGER_AMOUNT_MAX)
            return ledger_refuse(w, DIAG_LEDGER_SHARES, NO_ARG, NO_ARG, NO_ARG);
    return OK;
}

enum status ledger_about(struct work *w, uint32_t kinds, struct sql_ledger_op_get_row *out)
{
    int64_t id = w->ask->about;
    enum status st = sql_ledger_op_get_one(
        w->l->act->conn, w->l->tmp,
        &(struct sql_ledger_op_get){w->l->act->county, ledger_id_act(id), ledger_id_n(id)}, out);
    if (st == ERR_GONE || (st == OK && (kinds >> out->kind & 1) == 0))
        return ledger_refuse(w, DIAG_LEDGER_GONE, ledger_id_text(w, id),
                             str_of(RULES[w->ask->kind].name[LANG_ZH]),
                             str_of(RULES[w->ask->kind].name[LANG_EN]));
    TRY(st);
    w->op.subject = out->subject;
    w->op.policy = out->policy;
    w->op.year = (int)out->year;
    w->op.level = out->level;
    w->op.item = out->item;
    w->op.grp = out->grp;
    if (w->op.decision.n == 0)
        w->op.decision = out->decision;
    return OK;
}

static enum status write_op(struct work *w, const Digest *digest)
{
    struct act *act = w->l->act;
    const struct ledger_op *op = &w->op;
    int64_t n = w->l->op_n++;
    w->id = ledger_id(act->no, n);
    TRY(sql_ledger_op_add(
        act->conn, &(struct sql_ledger_op_add){
                       act->county, act->no, n, op->kind, op->client, digest_str(digest), op->day,
                       op->who, op->subject, op->policy, op->year, op->level, op->item, op->grp,
                       op->amount, op->extra, op->about, op->decision, op->note}));
    if (op->receipt.n == 0)
        return OK;
    return sql_ledger_basis_add(act->conn, &(struct sql_ledger_basis_add){
                                               act->county, act->no, w->l->basis_n++, n,
                                               op->receipt, op->rules, op->snapshot, op->evidence});
}

/* Has this been asked before? ERR_GONE: no. */
static enum status asked_before(struct work *w, const Digest *digest, struct ledger_done *done)
{
    struct sql_ledger_op_find_row row;
    TRY(sql_ledger_op_find_one(w->l->act->conn, w->l->tmp,
                               &(struct sql_ledger_op_find){w->l->act->county, w->ask->client},
                               &row));
    *done = (struct ledger_done){ledger_id(row.act, row.n), row.amount, true};
    return str_eq(row.digest, digest_str(digest))
               ? OK
               : ledger_refuse(w, DIAG_LEDGER_CLIENT, w->ask->client, ledger_id_text(w, done->op),
                               NO_ARG);
}

/* Nothing is read here, so that a server is waited for only once. */
static enum status write_all(struct work *w, const Digest *digest)
{
    struct db_conn *c = w->l->act->conn;
    TRY(db_batch_begin(c));
    TRY(write_op(w, digest));
    TRY(ledger_moves_write(w));
    TRY(RULES[w->ask->kind].write(w));
    return db_batch_end(c);
}

static enum status perform(struct work *w, struct ledger_done *done)
{
    const struct rule *rule = &RULES[w->ask->kind];
    Digest digest = digest_op(w->l->digest, w->ask);
    if (w->ask->client.n == 0 || w->ask->who.n == 0)
        return ledger_refuse(w, DIAG_LEDGER_MISSING, str_of(rule->name[LANG_ZH]),
                             S("编号和经办人 client, actor"), str_of(rule->name[LANG_EN]));
    enum status st = asked_before(w, &digest, done);
    if (st != ERR_GONE)
        return st;
    TRY(check_asked(w));
    TRY(rule->plan(w));
    TRY(ledger_moves_check(w));
    TRY(write_all(w, &digest));
    *done = (struct ledger_done){w->id, w->op.amount, false};
    return OK;
}

enum status ledger_do(struct ledger *l, const struct ledger_op *op, struct ledger_done *done)
{
    ASSERT(op->kind > 0 && op->kind < LEDGER_KIND_N);
    ArenaMark mark = arena_mark(l->tmp);
    struct work *w = ARENA_NEW(l->tmp, struct work);
    w->l = l;
    w->ask = op;
    w->op = *op;
    *done = (struct ledger_done){0};
    enum status st = perform(w, done);
    arena_reset(l->tmp, mark);
    return st;
}

void ledger_begin(struct ledger *l, struct act *act, struct arena *tmp, struct diags *ds)
{
    *l = (struct ledger){.act = act, .tmp = tmp, .ds = ds, .digest = digest_open(DIGEST_SHA256)};
}

void ledger_end(struct ledger *l)
{
    digest_close(l->digest);
}
