/* ledger_bank.c - `ledger batch` and `ledger reconcile`: the file to the bank, and its answer. */
#include "base/arena.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/ledger/ledger.h"
#include "exchange/bank.h"
#include "ledger/bankfile.h"
#include "os/file.h"

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
    const struct bank_order order = {d.store.county, d.store.act.no,
                                     out_form_of(c->args.value[OPT_OUTPUT])};
    enum status st = ledger_bank_file(d.store.conn, c->arena, &order, &c->out, &n);
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

static void line_json(struct json *j, const struct bank_line *line)
{
    json_obj(j);
    json_kstr(j, "verdict", str_of(bank_verdict_name(line->verdict, LANG_EN)));
    json_kstr(j, "payment", line->payment);
    json_key(j, S("amount"));
    json_dec(j, line->fen, 2);
    json_kstr(j, "note", line->note);
    json_obj_end(j);
}

static void print_json(struct cli *c, const struct bank_result *r)
{
    static const char *const KEY[BANK_VERDICT_N] = {"matched",   "differ",         "unknown",
                                                    "duplicate", "matched_before", "missing"};
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    if (r->before != 0) {
        json_kstr(&j, "read_before", ledger_id_str(c->arena, r->before));
    } else {
        json_key(&j, S("lines"));
        json_arr(&j);
        for (size_t i = 0; i < r->line_n; i++)
            line_json(&j, &r->line[i]);
        json_arr_end(&j);
        for (int v = 0; v < BANK_VERDICT_N; v++)
            json_kint(&j, KEY[v], r->n[v]);
        json_kint(&j, "bounced", r->bounced);
        json_key(&j, S("matched_amount"));
        json_dec(&j, r->fen[BANK_MATCHED], 2);
    }
    json_obj_end(&j);
    buf_char(&c->out, '\n');
}

static void say_lines(struct cli *c, const struct bank_result *r)
{
    for (size_t i = 0; i < r->line_n; i++) {
        const struct bank_line *line = &r->line[i];
        Str sum = ledger_fen_str(c->arena, line->fen);
        if (line->verdict != BANK_MATCHED)
            buf_fmt(&c->out, "%s %.*s %.*s %.*s\n", bank_verdict_name(line->verdict, c->lang),
                    STR_ARG(line->payment), STR_ARG(sum), STR_ARG(line->note));
    }
}

static void say_result(struct cli *c, const struct bank_result *r)
{
    if (r->before != 0) {
        buf_fmt(&c->out,
                ZE(c, "这个文件已经对过，见 %.*s\n", "this file was read before, see %.*s\n"),
                STR_ARG(ledger_id_str(c->arena, r->before)));
        return;
    }
    Str sum = ledger_fen_str(c->arena, r->fen[BANK_MATCHED]);
    say_lines(c, r);
    buf_fmt(
        &c->out,
        ZE(c,
           "相符 %lld 笔 %.*s 元（其中退回 %lld 笔）；金额或账号不符 %lld，无此支付 %lld，"
           "重复 %lld，早已对过 %lld，银行未回 %lld\n",
           "%lld matched, %.*s yuan (%lld bounced); %lld differ, %lld unknown, %lld twice, %lld "
           "matched before, %lld missing\n"),
        (long long)r->n[BANK_MATCHED], STR_ARG(sum), (long long)r->bounced,
        (long long)r->n[BANK_DIFFERS], (long long)r->n[BANK_UNKNOWN],
        (long long)r->n[BANK_DUPLICATE], (long long)r->n[BANK_EARLIER],
        (long long)r->n[BANK_MISSING]);
}

static int read_file(struct cli *c, struct bank_file *f)
{
    Str bytes, path = c->args.operand[0];
    int err = 0;
    enum status st = file_read(c->arena, &bytes, path, SHEET_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    st = bank_read(c->arena, f, bytes, NULL);
    if (st == OK)
        return 0;
    if (f->fault.code == SHEET_NONE)
        return cli_fail(c, st,
                        ZE(c, "第 %u 行应有：支付号,金额,账号,状态,日期",
                           "line %u: expected payment,amount,account,state,day"),
                        f->bad_line);
    Str why = sheet_fault_text(c->arena, &f->fault, c->lang);
    return cli_fail(c, st, ZE(c, "“%.*s”读不进来：%.*s。", "“%.*s” cannot be used: %.*s."),
                    STR_ARG(path), STR_ARG(why));
}

int cmd_ledger_reconcile(struct cli *c)
{
    struct desk d;
    struct bank_file f;
    struct bank_result r = {0};
    char hex[2 * DIGEST_N + 1];
    int code = read_file(c, &f);
    if (code == 0)
        code = desk_open(c, &d);
    if (code != 0)
        return code;
    struct bank_desk bank = {.keep = c->arena,
                             .ledger = &d.ledger,
                             .who = d.store.actor,
                             .day = d.today,
                             .day_said = c->args.given[OPT_TODAY]};
    enum status st = bank_match(&bank, &f, &r);
    if (st != OK)
        return desk_fail(&d, st);
    d.op_n += bank.op_n;
    digest_hex(hex, &f.hash);
    code = desk_commit(&d, str_of(hex)); /* read again, too: that is an act */
    if (code != 0)
        return code;
    if (c->args.given[OPT_JSON])
        print_json(c, &r);
    else
        say_result(c, &r);
    bool clean = r.n[BANK_DIFFERS] + r.n[BANK_UNKNOWN] + r.n[BANK_DUPLICATE] == 0;
    return clean ? 0 : EXIT_DATA;
}
