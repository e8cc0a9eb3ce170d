#include "ledger/receipt.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"
#include "record/record.h"
#include "run/run.h"
#include "sql.h"

enum { POINT_DECIMALS = 4, RUN_DIGITS = 9 };

static enum status refuse(const struct run_view *v, enum diag_code code, Str a0, Str a1)
{
    return diag_add(v->diags, code, (Span){0, 0}, a0, a1, NO_ARG);
}

/* 0: not a number. */
static int64_t run_number(Str text)
{
    int64_t n = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] < '0' || text.p[i] > '9' || text.n > RUN_DIGITS)
            return 0;
        n = n * 10 + (text.p[i] - '0');
    }
    return n;
}

/* ERR_GONE, and nothing told: no such run here. */
static enum status find_run(const struct run_view *v, struct run *out, int64_t n)
{
    struct run_view quiet = *v;
    struct diags unheard;
    diags_init(&unheard, v->keep);
    quiet.diags = &unheard;
    return n == 0 ? ERR_GONE : run_get(&quiet, out, n);
}

static enum status must_be_final(const struct run_view *v, const struct run *r)
{
    if (r->state == RUN_FINAL || r->state == RUN_SETTLED)
        return OK;
    return diag_add(v->diags, DIAG_LEDGER_NOT_FINAL, (Span){0, 0},
                    arena_fmt(v->keep, "%lld", (long long)r->run),
                    str_of(run_state_name(r->state, LANG_ZH)),
                    str_of(run_state_name(r->state, LANG_EN)));
}

/* The run's hash, which the one given must not contradict. */
static enum status fill(const struct run_view *v, Str *given, Sha256 hash, Str receipt)
{
    char hex[65];
    sha256_hex(hex, hash);
    if (given->n > 0 && !str_eq(*given, str_of(hex)))
        return refuse(v, DIAG_LEDGER_RECEIPT_HASH, receipt, str_of(hex));
    *given = arena_copy(v->keep, str_of(hex));
    return OK;
}

enum status ledger_receipt(const struct run_view *v, struct ledger_op *op)
{
    struct run r;
    struct sql_receipt_get_row row;
    Str identity = op->receipt;
    if (op->receipt.n == 0)
        return OK;
    enum status st = find_run(v, &r, run_number(str_cut(&identity, '/')));
    if (st == ERR_GONE)
        return op->rules.n > 0 && op->snapshot.n > 0
                   ? OK
                   : refuse(v, DIAG_LEDGER_RECEIPT, op->receipt, NO_ARG);
    TRY(st);
    TRY(must_be_final(v, &r));
    st = sql_receipt_get_one(v->conn, v->keep,
                             &(struct sql_receipt_get){v->county, r.run, identity}, &row);
    if (st == ERR_GONE)
        return refuse(v, DIAG_LEDGER_RECEIPT, op->receipt, NO_ARG);
    TRY(st);
    if (op->subject.n > 0 && !str_eq(op->subject, identity))
        return refuse(v, DIAG_LEDGER_RECEIPT_OTHER, op->receipt, op->subject);
    TRY(fill(v, &op->rules, r.rules, op->receipt));
    return fill(v, &op->snapshot, r.snapshot, op->receipt);
}

static enum status find_column(const struct run_view *v, struct csv *csv, Str item, size_t *column)
{
    TRY(csv_next(csv, v->diags));
    for (*column = 1; *column < csv->cell_n; ++*column)
        if (str_eq(csv->cell[*column].text, item))
            return OK;
    return refuse(v, DIAG_LEDGER_ITEM, item, NO_ARG);
}

static bool read_points(Str text, int64_t *e4)
{
    Dec d;
    Wide w;
    if (!dec_parse(&d, text, NULL) || !wide_rescale(&w, d.m, d.scale, POINT_DECIMALS, ROUND_DOWN) ||
        w > LEDGER_AMOUNT_MAX)
        return false;
    *e4 = (int64_t)w;
    return true;
}

/* The lines of the results, each to its subject's score. */
static enum status read_scores(const struct run_view *v, struct csv *csv, size_t column,
                               struct ledger_score **out, size_t *n, int64_t *unknown_n)
{
    size_t cap = 0;
    for (;;) {
        struct ledger_score s;
        TRY(csv_next(csv, v->diags));
        if (csv->cell_n == 0)
            return OK;
        if (!read_points(csv->cell[column].text, &s.e4))
            ++*unknown_n;
        else if (s.e4 > 0) {
            s.identity = arena_copy(v->keep, csv->cell[0].text);
            VEC_PUSH(v->keep, *out, *n, cap) = s;
        }
    }
}

enum status ledger_scores(const struct run_view *v, int64_t run, Str item,
                          struct ledger_score **out, size_t *n, int64_t *unknown_n)
{
    struct run r;
    struct csv csv;
    Str text;
    size_t column;
    *out = NULL;
    *n = 0;
    *unknown_n = 0;
    TRY(run_get(v, &r, run));
    TRY(must_be_final(v, &r));
    TRY(content_get(v->conn, v->keep, &text, v->county, r.results, CONTENT_MAX));
    csv_open(&csv, v->keep, text);
    TRY(find_column(v, &csv, item, &column));
    return read_scores(v, &csv, column, out, n, unknown_n);
}
