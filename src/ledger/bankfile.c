#include "ledger/bankfile.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "ledger/ledger.h"
#include "sql.h"

enum { FIGURE_MAX = 64 };

static void write_line(struct arena *keep, struct buf *out,
                       const struct sql_ledger_batch_lines_row *r)
{
    struct buf amount;
    buf_init(&amount, keep, FIGURE_MAX);
    dec_print_fixed(&amount, r->amount, LEDGER_FEN_DECIMALS, LEDGER_FEN_DECIMALS);
    const Str cell[] = {ledger_id_str(keep, r->payment),
                        r->name,
                        r->bank_account,
                        r->bank,
                        buf_str(&amount),
                        r->subject};
    for (size_t i = 0; i < ARRAY_N(cell); i++)
        csv_write_cell(out, cell[i], i == 0, true);
    csv_write_end(out);
}

enum status ledger_bank_file(struct db_conn *c, struct arena *keep, Str county, int64_t act,
                             struct buf *out, int64_t *n)
{
    struct db_rows rows;
    struct sql_ledger_batch_lines_row r;
    *n = 0;
    buf_add(out, S("支付号,户名,账号,开户行,金额,主体\n"));
    TRY(sql_ledger_batch_lines(c, &(struct sql_ledger_batch_lines){county, act}, &rows));
    for (; sql_ledger_batch_lines_next(&rows, &r); ++*n)
        write_line(keep, out, &r);
    return db_rows_end(&rows);
}
