/* bank.c - the bank's file of answers: uploaded, matched and entered by a job. */
#include "exchange/bank.h"

#include "api/call.h"
#include "api/job.h"
#include "api/noun/money/ledger.h"
#include "api/upload.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "sheet/out.h"

enum { C_VERDICT, C_PAYMENT, C_AMOUNT, C_NOTE, C_N };

/* ---- asked for ---- */

enum status api_ledger_answers(struct call *c, const struct api_ledger_answers_in *in,
                               struct api_job_asked *out)
{
    struct upload up = {.kind = S("bank"), .name = upload_base_name(in->name)};
    struct job_order order = {
        .kind = "bank", .about = S(""), .ask = S("{}"), .title = up.name, .bring = &up};
    if (c->rq->body.n == 0)
        return call_refuse(c, DIAG_API_MISSING, S("body"), NO_ARG);
    if (up.name.n == 0 || up.name.n > UPLOAD_NAME_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("name"), S("1-255"));
    up.hash = sha256_of(c->rq->body);
    return job_ask(c, &order, out);
}

/* ---- done ---- */

struct entering {
    struct bank_file file;
    struct bank_result result;
};

static bool tick(void *ctx, uint64_t done, uint64_t total)
{
    return job_tick(ctx, done, total);
}

static enum status refuse(struct call *c, const struct bank_file *f)
{
    if (f->fault.code == SHEET_NONE)
        return call_refuse(c, DIAG_BANK_LINE, arena_fmt(c->arena, "%u", f->bad_line), NO_ARG);
    (void)diag_add(&c->diags, DIAG_IMPORT_FILE, (Span){0, 0},
                   sheet_fault_text(c->arena, &f->fault, LANG_ZH), NO_ARG,
                   sheet_fault_text(c->arena, &f->fault, LANG_EN)); /* ERR_INPUT below */
    return ERR_INPUT;
}

/* Every line with its verdict, for those who go on by telephone. */
static enum status write_report(struct job *j, const struct bank_result *r)
{
    static const struct out_column COLUMN[C_N] = {
        [C_VERDICT] = {.head = {"结论", 6}},
        [C_PAYMENT] = {.head = {"支付号", 9}},
        [C_AMOUNT] = {.head = {"金额(元)", 11}, .kind = OUT_NUMBER},
        [C_NOTE] = {.head = {"说明", 6}},
    };
    struct call *c = &j->call;
    struct out_table *t;
    struct buf b;
    struct out_spec spec = {.form = OUT_XLSX,
                            .sheet = S("银行回单"),
                            .column = COLUMN,
                            .column_n = C_N,
                            .put = out_to_buf,
                            .ctx = &b};
    buf_init(&b, c->arena, JOB_RESULT_MAX);
    TRY(out_table_open(c->arena, &t, &spec));
    enum status st = OK;
    for (size_t i = 0; i < r->line_n && st == OK; i++) {
        const struct bank_line *line = &r->line[i];
        struct out_cell cell[C_N] = {
            [C_VERDICT] = {.text = str_of(bank_verdict_name(line->verdict, LANG_ZH))},
            [C_PAYMENT] = {.text = line->payment},
            [C_AMOUNT] = {.text = ledger_fen_str(c->arena, line->fen)},
            [C_NOTE] = {.text = line->note}};
        st = out_table_row(t, cell);
    }
    enum status closed = out_table_close(t);
    j->result = buf_str(&b);
    j->media = S(OUT_MEDIA_XLSX);
    j->file = arena_fmt(c->arena, "bank-%lld.xlsx", (long long)j->no);
    return st != OK ? st : closed;
}

static void tell(struct job *j, const struct bank_result *r)
{
    struct call *c = &j->call;
    struct api_job_bank *b = ARENA_NEW(c->arena, struct api_job_bank);
    *b = (struct api_job_bank){
        .matched = r->n[BANK_MATCHED],
        .matched_amount = ledger_yuan(c, r->fen[BANK_MATCHED]),
        .bounced = r->bounced,
        .differ = r->n[BANK_DIFFERS],
        .unknown = r->n[BANK_UNKNOWN],
        .duplicate = r->n[BANK_DUPLICATE],
        .earlier = r->n[BANK_EARLIER],
        .missing = r->n[BANK_MISSING],
    };
    j->outcome->bank = b;
    if (r->before != 0)
        j->outcome->repeated = API_INT_OF(ledger_id_act(r->before));
}

static enum status keep(struct job *j)
{
    struct entering *x = j->own;
    struct call *c = &j->call;
    struct ledger ledger;
    struct bank_desk d = {.keep = c->arena,
                          .ledger = &ledger,
                          .who = c->who.name,
                          .day = c->today,
                          .tick = tick,
                          .ctx = j};
    struct arena *tmp = arena_open();
    ledger_begin(&ledger, c->act, tmp, &c->diags);
    enum status st = bank_match(&d, &x->file, &x->result);
    ledger_end(&ledger);
    arena_close(tmp);
    TRY(st);
    tell(j, &x->result);
    TRY(write_report(j, &x->result));
    c->object = arena_hex(c->arena, digest_str(&x->file.hash));
    json_kint(&c->body, "operations", d.op_n);
    return upload_drop(c->conn, c->county, j->input);
}

enum status bank_run(struct job *j)
{
    struct call *c = &j->call;
    struct entering *x = ARENA_NEW(c->arena, struct entering);
    struct sheet_tick reading = {tick, j};
    struct upload up;
    Str bytes;
    TRY(upload_get(c, j->input, &up));
    TRY(upload_bytes(c, &up, &bytes));
    enum status st = bank_read(c->arena, &x->file, bytes, &reading);
    if (st == ERR_BUSY)
        return st;
    if (st != OK)
        return refuse(c, &x->file);
    j->n = x->file.row_n;
    j->outcome = ARENA_NEW(c->arena, struct api_job_outcome);
    j->outcome->rows = j->n;
    j->own = x;
    j->keep = keep;
    j->verb = "ledger.reconcile";
    return OK;
}
