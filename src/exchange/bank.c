#include "exchange/bank.h"

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "ledger/many.h"
#include "sql.h"

enum { COLUMNS = 5, STATE_AT = 3, TICK_ROWS = 256 };

const char *bank_verdict_name(enum bank_verdict v, enum lang lang)
{
    static const char *const WORD[BANK_VERDICT_N][2] = {
        {"相符", "matched"}, {"金额不符", "amount differs"}, {"无此支付", "unknown payment"},
        {"重复", "twice"},   {"早已对过", "matched before"}, {"银行未回", "not in the file"}};
    return WORD[v][lang];
}

/* ---- the file ---- */

enum status bank_read(struct arena *keep, struct bank_file *out, Str bytes,
                      const struct sheet_tick *tick)
{
    struct book *b;
    *out =
        (struct bank_file){.hash = digest_of(DIGEST_SHA256, bytes), .fault = {.code = SHEET_NONE}};
    TRY(sheet_read(keep, &b, bytes, tick, &out->fault));
    const struct sheet *s = b->sheet_n == 0 ? NULL : &b->sheet[0];
    if (s == NULL || s->row_n == 0) {
        out->fault = (struct sheet_fault){.code = SHEET_NO_TABLE};
        return sheet_fault_status(out->fault.code);
    }
    out->row = ARENA_ARRAY(keep, struct bank_row, s->row_n);
    for (uint32_t i = 1; i < s->row_n; i++) {
        const struct sheet_row *r = &s->row[i];
        out->bad_line = r->number;
        if (str_starts(sheet_text(r, 0), S("说明：")))
            continue; /* the control totals of our own file, given back */
        if (sheet_text(r, 0).n == 0 || sheet_text(r, STATE_AT).n == 0)
            return ERR_INPUT;
        out->row[out->row_n++] = (struct bank_row){
            r->number,        sheet_text(r, 0),        sheet_text(r, 1),
            sheet_text(r, 2), sheet_text(r, STATE_AT), sheet_text(r, COLUMNS - 1)};
    }
    return OK;
}

/* ---- line by line ---- */

struct matching {
    struct bank_desk *d;
    struct bank_result *out;
    struct db_conn *conn;
    Str county;
    struct labels *seen; /* payments */
};

static void tell(struct matching *m, struct bank_line line)
{
    struct bank_result *r = m->out;
    r->n[line.verdict]++;
    r->fen[line.verdict] += line.fen;
    VEC_PUSH(m->d->keep, r->line, r->line_n, r->line_cap) = line;
}

static bool seen(struct matching *m, Str payment)
{
    if (labels_find(m->seen, payment) >= 0)
        return true;
    (void)labels_code(m->seen, payment);
    return false;
}

static bool is_paid(Str state)
{
    return str_eq(state, S("成功")) || str_eq(state, S("已付")) || str_eq(state, S("paid"));
}

static enum status perform(struct matching *m, struct ledger_op *op)
{
    struct bank_desk *d = m->d;
    struct ledger_done done;
    op->who = d->who;
    op->day = d->day;
    op->day_said = d->day_said;
    if (op->client.n == 0)
        op->client = ledger_own_client(d->keep, d->ledger);
    d->op_n++;
    return ledger_do(d->ledger, op, &done);
}

static enum status match_row(struct matching *m, const struct bank_row *row)
{
    struct arena *a = m->d->keep;
    struct sql_ledger_payment_get_row p;
    struct sql_ledger_payee_get_row payee;
    int64_t id = 0, fen = 0;
    bool known = ledger_parse_id(&id, row->payment) &&
                 ledger_parse_amount(&fen, row->amount, LEDGER_FEN_DECIMALS);
    enum status st = known ? sql_ledger_payment_get_one(
                                 m->conn, a, &(struct sql_ledger_payment_get){m->county, id}, &p)
                           : ERR_GONE;
    if (st == OK)
        st = sql_ledger_payee_get_one(
            m->conn, a, &(struct sql_ledger_payee_get){m->county, id, p.version}, &payee);
    if (st != OK && st != ERR_GONE)
        return st;
    enum bank_verdict v = st == ERR_GONE                                           ? BANK_UNKNOWN
                          : seen(m, ledger_id_str(a, id))                          ? BANK_DUPLICATE
                          : p.state == LEDGER_SETTLED || p.state == LEDGER_BOUNCED ? BANK_EARLIER
                          : p.state != LEDGER_SENT                                 ? BANK_UNKNOWN
                          : fen != p.amount || !str_eq(payee.bank_account, row->account)
                              ? BANK_DIFFERS
                              : BANK_MATCHED;
    tell(m, (struct bank_line){v, row->payment,
                               v == BANK_DIFFERS ? ledger_fen_str(a, p.amount) : S(""), fen});
    if (v != BANK_MATCHED)
        return OK;
    m->out->bounced += !is_paid(row->state);
    struct ledger_op op = {.kind = is_paid(row->state) ? LEDGER_PAID : LEDGER_BOUNCE,
                           .about = id,
                           .note =
                               arena_fmt(a, "%.*s %.*s", STR_ARG(row->state), STR_ARG(row->day))};
    return perform(m, &op);
}

/* Sent, and in no file yet. */
static enum status find_missing(struct matching *m)
{
    struct arena *a = m->d->keep;
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    TRY(sql_ledger_payment_all(m->conn, &(struct sql_ledger_payment_all){m->county}, &rows));
    while (sql_ledger_payment_all_next(&rows, &p))
        if (p.state == LEDGER_SENT)
            tell(m, (struct bank_line){BANK_MISSING, ledger_id_str(a, p.payment),
                                       arena_copy(a, p.subject), p.amount});
    return db_rows_end(&rows);
}

enum status bank_match(struct bank_desk *d, const struct bank_file *f, struct bank_result *out)
{
    struct sql_ledger_op_find_row row;
    char hex[2 * DIGEST_N + 1];
    digest_hex(hex, &f->hash);
    struct act *act = d->ledger->act;
    struct matching m = {d, out, act->conn, act->county, labels_open(d->keep)};
    struct ledger_op op = {.kind = LEDGER_RECONCILE,
                           .item = str_of(hex),
                           .client = arena_fmt(d->keep, "bank %s", hex)};
    *out = (struct bank_result){0};
    enum status st = sql_ledger_op_find_one(
        m.conn, d->keep, &(struct sql_ledger_op_find){m.county, op.client}, &row);
    if (st == OK)
        out->before = ledger_id(row.act, row.n);
    if (st != ERR_GONE)
        return st;
    for (uint32_t i = 0; i < f->row_n; i++) {
        if (i % TICK_ROWS == 0 && d->tick != NULL && !d->tick(d->ctx, i, f->row_n))
            return ERR_BUSY;
        TRY(match_row(&m, &f->row[i]));
    }
    TRY(find_missing(&m));
    return perform(&m, &op);
}
