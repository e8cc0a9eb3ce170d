/* ledger_bank.c - `ledger batch` and `ledger reconcile`: the file to the bank, and its answer. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/ledger/ledger.h"
#include "crypto/digest.h"
#include "ledger/bankfile.h"
#include "os/file.h"
#include "sql.h"

enum { BANKFILE_MAX = 1 << 28, COLUMNS = 5 };

/* ---- to the bank ---- */

/* The file is in place before the act is committed: a payment is never called sent that is in no
 * file, and the file's batch can be made again from the store. */
int cmd_ledger_batch(struct cli *c)
{
    struct desk d;
    struct ledger_op op = {.kind = LEDGER_BATCH, .client = c->args.value[OPT_CLIENT]};
    struct ledger_done done;
    int64_t n;
    int code = desk_open(c, &d);
    if (code == 0)
        code = desk_do(&d, &op, &done);
    if (code != 0)
        return code;
    enum status st =
        ledger_bank_file(d.store.conn, c->arena, d.store.county, d.store.act.no, &c->out, &n);
    if (st != OK)
        return desk_fail(&d, st);
    code = cli_output_open(c);
    if (code == 0)
        code = cli_output_close(c, true);
    if (code != 0) {
        (void)desk_fail(&d, ERR_IO); /* told already */
        return code;
    }
    return desk_commit(&d, ledger_id_str(c->arena, done.op));
}

/* ---- its answer ---- */

enum verdict { MATCHED, DIFFERS, UNKNOWN, DUPLICATE, EARLIER, MISSING, VERDICTS };

struct matching {
    struct cli *c;
    struct desk d;
    struct json j;
    bool json;
    int64_t n[VERDICTS], fen[VERDICTS], bounced;
    int64_t *seen;
    size_t seen_n, seen_cap;
};

static void tell(struct matching *m, enum verdict v, Str id, int64_t fen, Str more)
{
    static const char *const WORD[VERDICTS][2] = {
        {"相符", "matched"}, {"金额不符", "amount differs"}, {"无此支付", "unknown payment"},
        {"重复", "twice"},   {"早已对过", "matched before"}, {"银行未回", "not in the file"}};
    Str sum = ledger_fen_str(m->c->arena, fen);
    m->n[v]++;
    m->fen[v] += fen;
    if (m->json) {
        json_obj(&m->j);
        json_kstr(&m->j, "verdict", str_of(WORD[v][LANG_EN]));
        json_kstr(&m->j, "payment", id);
        json_key(&m->j, S("amount"));
        json_dec(&m->j, fen, 2);
        json_kstr(&m->j, "note", more);
        json_obj_end(&m->j);
        return;
    }
    if (v != MATCHED)
        buf_fmt(&m->c->out, "%s %.*s %.*s %.*s\n", WORD[v][m->c->lang], STR_ARG(id), STR_ARG(sum),
                STR_ARG(more));
}

static bool seen(struct matching *m, int64_t id)
{
    for (size_t i = 0; i < m->seen_n; i++)
        if (m->seen[i] == id)
            return true;
    VEC_PUSH(m->c->arena, m->seen, m->seen_n, m->seen_cap) = id;
    return false;
}

static bool is_paid(Str state)
{
    return str_eq(state, S("成功")) || str_eq(state, S("已付")) || str_eq(state, S("paid"));
}

/* One line: payment, amount, account, state, day. */
static int match_line(struct matching *m, const CsvCell *cell)
{
    struct sql_ledger_payment_get_row p;
    struct sql_ledger_payee_get_row payee;
    struct ledger_done done;
    struct store *s = &m->d.store;
    int64_t id = 0, fen = 0;
    Str word = cell[0].text;
    bool known =
        ledger_parse_id(&id, word) && ledger_parse_amount(&fen, cell[1].text, LEDGER_FEN_DECIMALS);
    enum status st =
        known ? sql_ledger_payment_get_one(s->conn, m->c->arena,
                                           &(struct sql_ledger_payment_get){s->county, id}, &p)
              : ERR_GONE;
    if (st == OK)
        st = sql_ledger_payee_get_one(
            s->conn, m->c->arena, &(struct sql_ledger_payee_get){s->county, id, p.version}, &payee);
    if (st != OK && st != ERR_GONE)
        return desk_fail(&m->d, st);
    enum verdict v = st == ERR_GONE                                                 ? UNKNOWN
                     : seen(m, id)                                                  ? DUPLICATE
                     : p.state == LEDGER_SETTLED || p.state == LEDGER_BOUNCED       ? EARLIER
                     : p.state != LEDGER_SENT                                       ? UNKNOWN
                     : fen != p.amount || !str_eq(payee.bank_account, cell[2].text) ? DIFFERS
                                                                                    : MATCHED;
    tell(m, v, word, fen, v == DIFFERS ? ledger_fen_str(m->c->arena, p.amount) : S(""));
    if (v != MATCHED)
        return 0;
    m->bounced += !is_paid(cell[3].text);
    struct ledger_op op = {
        .kind = is_paid(cell[3].text) ? LEDGER_PAID : LEDGER_BOUNCE,
        .about = id,
        .note = arena_fmt(m->c->arena, "%.*s %.*s", STR_ARG(cell[3].text), STR_ARG(cell[4].text))};
    return desk_do(&m->d, &op, &done);
}

static int match_all(struct matching *m, Str text)
{
    struct csv csv;
    csv_open(&csv, m->c->arena, text);
    for (bool head = true;; head = false) {
        enum status st = csv_next(&csv, &m->d.store.diags);
        if (st != OK)
            return desk_fail(&m->d, st);
        if (csv.cell_n == 0)
            return 0;
        if (csv.cell_n < COLUMNS) {
            (void)desk_fail(&m->d, ERR_INPUT); /* said below */
            return cli_fail(m->c, ERR_INPUT,
                            ZE(m->c, "第 %u 行应有：支付号,金额,账号,状态,日期",
                               "line %u: expected payment,amount,account,state,day"),
                            csv.line);
        }
        int code = head ? 0 : match_line(m, csv.cell);
        if (code != 0)
            return code;
    }
}

/* Sent, and in no file yet. */
static int find_missing(struct matching *m)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    struct store *s = &m->d.store;
    enum status st =
        sql_ledger_payment_all(s->conn, &(struct sql_ledger_payment_all){s->county}, &rows);
    if (st != OK)
        return desk_fail(&m->d, st);
    while (sql_ledger_payment_all_next(&rows, &p))
        if (p.state == LEDGER_SENT)
            tell(m, MISSING, ledger_id_str(m->c->arena, p.payment), p.amount, p.subject);
    st = db_rows_end(&rows);
    return st == OK ? 0 : desk_fail(&m->d, st);
}

static void totals_json(struct matching *m)
{
    static const char *const KEY[VERDICTS] = {"matched",   "differ",         "unknown",
                                              "duplicate", "matched_before", "missing"};
    json_arr_end(&m->j);
    for (int v = 0; v < VERDICTS; v++)
        json_kint(&m->j, KEY[v], m->n[v]);
    json_kint(&m->j, "bounced", m->bounced);
    json_key(&m->j, S("matched_amount"));
    json_dec(&m->j, m->fen[MATCHED], 2);
    json_obj_end(&m->j);
    buf_char(&m->c->out, '\n');
}

static void say_totals(struct matching *m)
{
    struct cli *c = m->c;
    if (m->json) {
        totals_json(m);
        return;
    }
    Str sum = ledger_fen_str(c->arena, m->fen[MATCHED]);
    buf_fmt(
        &c->out,
        ZE(c,
           "相符 %lld 笔 %.*s 元（其中退回 %lld 笔）；金额或账号不符 %lld，无此支付 %lld，"
           "重复 %lld，早已对过 %lld，银行未回 %lld\n",
           "%lld matched, %.*s yuan (%lld bounced); %lld differ, %lld unknown, %lld twice, %lld "
           "matched before, %lld missing\n"),
        (long long)m->n[MATCHED], STR_ARG(sum), (long long)m->bounced, (long long)m->n[DIFFERS],
        (long long)m->n[UNKNOWN], (long long)m->n[DUPLICATE], (long long)m->n[EARLIER],
        (long long)m->n[MISSING]);
}

/* The same file was read before: nothing is done. */
static bool read_before(struct matching *m, Str client)
{
    struct sql_ledger_op_find_row row;
    struct cli *c = m->c;
    enum status st = sql_ledger_op_find_one(
        m->d.store.conn, c->arena, &(struct sql_ledger_op_find){m->d.store.county, client}, &row);
    if (st != OK)
        return false; /* if the store failed, the next statement will say so */
    Str id = ledger_id_str(c->arena, ledger_id(row.act, row.n));
    if (m->json) {
        json_obj(&m->j);
        json_kstr(&m->j, "read_before", id);
        json_obj_end(&m->j);
        buf_char(&c->out, '\n');
        return true;
    }
    buf_fmt(&c->out, ZE(c, "这个文件已经对过，见 %.*s\n", "this file was read before, see %.*s\n"),
            STR_ARG(id));
    return true;
}

static void begin_json(struct matching *m)
{
    if (!m->json)
        return;
    json_obj(&m->j);
    json_key(&m->j, S("lines"));
    json_arr(&m->j);
}

int cmd_ledger_reconcile(struct cli *c)
{
    struct matching m = {.c = c, .json = c->args.given[OPT_JSON]};
    struct ledger_done done;
    Str bytes, text;
    char hex[2 * DIGEST_N + 1];
    int err = 0;
    enum status st = file_read(c->arena, &bytes, c->args.operand[0], BANKFILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, c->args.operand[0], err, false);
    Digest digest = digest_of(DIGEST_SHA256, bytes);
    digest_hex(hex, &digest);
    json_open(&m.j, &c->out, true);
    int code = desk_open(c, &m.d);
    if (code != 0)
        return code;
    st = csv_decode(c->arena, &text, bytes, NULL, &m.d.store.diags);
    if (st != OK)
        return desk_fail(&m.d, st);
    struct ledger_op op = {.kind = LEDGER_RECONCILE,
                           .item = str_of(hex),
                           .client = arena_fmt(c->arena, "bank %s", hex)};
    if (read_before(&m, op.client))
        return desk_commit(&m.d, op.item); /* somebody read it again: that is an act, too */
    begin_json(&m);
    code = match_all(&m, text);
    if (code == 0)
        code = find_missing(&m);
    if (code == 0)
        code = desk_do(&m.d, &op, &done);
    if (code == 0)
        code = desk_commit(&m.d, str_of(hex));
    if (code != 0) {
        c->out.n = m.json ? 0 : c->out.n;
        return code;
    }
    say_totals(&m);
    bool clean = m.n[DIFFERS] + m.n[UNKNOWN] + m.n[DUPLICATE] == 0;
    return clean ? 0 : EXIT_DATA;
}
