#include "ledger/bankfile.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/str.h"
#include "col/dataset.h"
#include "ledger/ledger.h"
#include "sql.h"

enum { FIGURE_MAX = 64, TOTALS = 4 };
enum { C_PAYMENT, C_NAME, C_ACCOUNT, C_BANK, C_AMOUNT, C_SUBJECT, C_N };
enum { PAYMENT_WIDTH = 16, NAME_WIDTH = 36, ACCOUNT_WIDTH = 24, BANK_WIDTH = 24 };

typedef struct Sum {
    int64_t n, fen;
} Sum;

struct bank_batch {
    struct arena *keep;
    struct sql_ledger_batch_lines_row *line;
    size_t line_n, line_cap;
    Sum all;
    struct labels *bank; /* those that are paid through, as they first come */
    Sum *of;             /* of each */
    size_t of_n, of_cap;
};

static Str yuan(struct arena *keep, int64_t fen)
{
    struct buf b;
    buf_init(&b, keep, FIGURE_MAX);
    dec_print_fixed(&b, fen, LEDGER_FEN_DECIMALS, LEDGER_FEN_DECIMALS);
    return buf_str(&b);
}

/* ---- what is to be paid ---- */

static void add_line(struct bank_batch *b, const struct sql_ledger_batch_lines_row *r)
{
    struct sql_ledger_batch_lines_row *l = &VEC_PUSH(b->keep, b->line, b->line_n, b->line_cap);
    *l = *r;
    l->name = arena_copy(b->keep, r->name);
    l->bank = arena_copy(b->keep, r->bank);
    l->bank_account = arena_copy(b->keep, r->bank_account);
    l->subject = arena_copy(b->keep, r->subject);
    size_t at = (size_t)labels_code(b->bank, l->bank);
    while (b->of_n <= at)
        VEC_PUSH(b->keep, b->of, b->of_n, b->of_cap) = (Sum){0, 0};
    b->of[at].n++;
    b->of[at].fen += r->amount;
    b->all.n++;
    b->all.fen += r->amount; /* of a budget, that was checked to fit */
}

static enum status read_batch(struct db_conn *c, const struct bank_order *order,
                              struct bank_batch *b)
{
    struct db_rows rows;
    struct sql_ledger_batch_lines_row r;
    TRY(sql_ledger_batch_lines(c, &(struct sql_ledger_batch_lines){order->county, order->act},
                               &rows));
    while (sql_ledger_batch_lines_next(&rows, &r))
        add_line(b, &r);
    return db_rows_end(&rows);
}

/* ---- control totals ---- */

static Str checksum(const struct bank_batch *b)
{
    struct sha256 h;
    sha256_init(&h);
    for (size_t i = 0; i < b->line_n; i++) {
        const struct sql_ledger_batch_lines_row *l = &b->line[i];
        const Str part[] = {ledger_id_str(b->keep, l->payment), S(","), l->bank_account, S(","),
                            yuan(b->keep, l->amount),           S("\n")};
        for (size_t k = 0; k < ARRAY_N(part); k++)
            sha256_add(&h, part[k]);
    }
    Sha256 sum = sha256_end(&h);
    return arena_hex(b->keep, sha256_str(&sum));
}

static size_t totals(const struct bank_batch *b, int64_t act, struct out_fact **out)
{
    struct out_fact *f = ARENA_ARRAY(b->keep, struct out_fact, TOTALS + b->of_n);
    size_t n = 0;
    f[n++] = (struct out_fact){S("批次存证号"), arena_fmt(b->keep, "%lld", (long long)act)};
    f[n++] = (struct out_fact){S("笔数"), arena_fmt(b->keep, "%lld", (long long)b->all.n)};
    f[n++] = (struct out_fact){S("合计(元)"), yuan(b->keep, b->all.fen)};
    for (size_t i = 0; i < b->of_n; i++) {
        Str sum = yuan(b->keep, b->of[i].fen), bank = labels_text(b->bank, (uint32_t)i);
        f[n++] = (struct out_fact){
            arena_fmt(b->keep, "开户行 %.*s", STR_ARG(bank)),
            arena_fmt(b->keep, "%lld 笔，%.*s 元", (long long)b->of[i].n, STR_ARG(sum))};
    }
    f[n++] = (struct out_fact){S("校验值 SHA-256(支付号,账号,金额)"), checksum(b)};
    *out = f;
    return n;
}

/* ---- the file ---- */

static enum status write_lines(const struct bank_batch *b, struct out_table *t)
{
    for (size_t i = 0; i < b->line_n; i++) {
        const struct sql_ledger_batch_lines_row *l = &b->line[i];
        const struct out_cell cell[C_N] = {
            [C_PAYMENT] = {.text = ledger_id_str(b->keep, l->payment)},
            [C_NAME] = {.text = l->name},
            [C_ACCOUNT] = {.text = l->bank_account},
            [C_BANK] = {.text = l->bank},
            [C_AMOUNT] = {.text = yuan(b->keep, l->amount)},
            [C_SUBJECT] = {.text = l->subject}};
        TRY(out_table_row(t, cell));
    }
    return OK;
}

enum status ledger_bank_file(struct db_conn *c, struct arena *keep, const struct bank_order *order,
                             struct buf *out, int64_t *n)
{
    const struct out_column column[C_N] = {
        [C_PAYMENT] = {.head = S("支付号"), .width = PAYMENT_WIDTH},
        [C_NAME] = {.head = S("户名"), .width = NAME_WIDTH},
        [C_ACCOUNT] = {.head = S("账号"), .width = ACCOUNT_WIDTH},
        [C_BANK] = {.head = S("开户行"), .width = BANK_WIDTH},
        [C_AMOUNT] = {.head = S("金额"), .kind = OUT_NUMBER, .width = PAYMENT_WIDTH},
        [C_SUBJECT] = {.head = S("主体"), .width = ACCOUNT_WIDTH}};
    struct bank_batch b = {.keep = keep, .bank = labels_open(keep)};
    struct out_table *t;
    struct out_fact *fact;
    TRY(read_batch(c, order, &b));
    *n = b.all.n;
    struct out_spec spec = {.form = order->form,
                            .sheet = S("支付批次"),
                            .column = column,
                            .column_n = C_N,
                            .fact_n = totals(&b, order->act, &fact),
                            .put = out_to_buf,
                            .ctx = out};
    spec.fact = fact;
    TRY(out_table_open(keep, &t, &spec));
    enum status st = write_lines(&b, t);
    enum status closed = out_table_close(t);
    return st != OK ? st : closed;
}
