/* fund.c - money that is set aside, and what of it is not settled yet. */
#include "api/call.h"
#include "api/noun/money/ledger.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"

enum { PAGE = 100, PARTS = 32 };

struct fund { /* in fen */
    struct sql_ledger_fund_all_row of;
    int64_t given;
};

static struct api_ledger_fund fund_of(struct call *c, const struct fund *f)
{
    bool pool = f->of.kind == LEDGER_POOL;
    return (struct api_ledger_fund){
        .what = pool ? API_LEDGER_FUND_WHAT_POOL : API_LEDGER_FUND_WHAT_BUDGET,
        .level = f->of.owner,
        .line = f->of.line,
        .year = f->of.year,
        .from = f->of.from_line,
        .from_year = f->of.from_year,
        .total = ledger_yuan(c, f->given),
        .gone = ledger_yuan(c, f->given - f->of.posted),
        .reserved = ledger_yuan(c, f->of.pending),
        .left = ledger_yuan(c, f->of.posted - f->of.pending),
        .rate = f->of.low > 0 ? ledger_yuan(c, f->of.low) : NO_ARG,
        .rate_high = f->of.high > f->of.low ? ledger_yuan(c, f->of.high) : NO_ARG,
    };
}

static enum status read_funds(struct call *c, struct fund **out, size_t *n)
{
    struct db_rows rows;
    struct sql_ledger_fund_all_row r;
    struct sql_ledger_fund_all ask = {c->county, c->today};
    size_t cap = 0;
    TRY(sql_ledger_fund_all(c->conn, &ask, &rows));
    while (sql_ledger_fund_all_next(&rows, &r)) {
        r.owner = arena_copy(c->arena, r.owner);
        r.line = arena_copy(c->arena, r.line);
        r.from_line = arena_copy(c->arena, r.from_line);
        VEC_PUSH(c->arena, *out, *n, cap) = (struct fund){r, r.given};
    }
    return db_rows_end(&rows);
}

/* A budget was given what it still holds and what its pools got of it: it gives to nobody else. */
static void fill_budgets(struct fund *f, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (f[i].of.kind == LEDGER_POOL)
            continue;
        f[i].given = f[i].of.posted;
        for (size_t k = 0; k < n; k++)
            f[i].given += f[k].of.parent == f[i].of.account ? f[k].given : 0;
    }
}

static struct api_ledger_fund sum_of(struct call *c, const struct fund *f, size_t n, int64_t kind)
{
    struct fund all = {.of = {.kind = kind, .owner = S(""), .line = S(""), .from_line = S("")}};
    for (size_t i = 0; i < n; i++) {
        if (f[i].of.kind != kind)
            continue;
        all.given += f[i].given;
        all.of.posted += f[i].of.posted;
        all.of.pending += f[i].of.pending;
    }
    return fund_of(c, &all);
}

enum status api_ledger_funds(struct call *c, struct api_ledger_funds *out)
{
    struct fund *f = NULL;
    size_t n = 0;
    TRY(read_funds(c, &f, &n));
    fill_budgets(f, n);
    out->day = c->today;
    out->budgets = sum_of(c, f, n, LEDGER_BUDGET);
    out->pools = sum_of(c, f, n, LEDGER_POOL);
    out->funds.at = ARENA_ARRAY(c->arena, struct api_ledger_fund, n + 1);
    for (size_t i = 0; i < n; i++)
        out->funds.at[out->funds.n++] = fund_of(c, &f[i]);
    return OK;
}

static struct api_ledger_open open_of(struct call *c, const struct sql_ledger_open_page_row *r)
{
    bool lapses = r->until_day > 0 && r->until_day < DAY_MAX;
    return (struct api_ledger_open){
        .operation = ledger_id_str(c->arena, r->op),
        .what = (int)r->what - 1,
        .stage = r->stage,
        .subject = arena_copy(c->arena, r->subject),
        .policy = arena_copy(c->arena, r->policy),
        .year = r->year,
        .amount = ledger_yuan(c, r->amount),
        .open = ledger_yuan(c, r->still_open),
        .from = {.set = r->from_day > 0, .v = (Day)r->from_day},
        .until = {.set = lapses, .v = (Day)r->until_day},
        .decision = arena_copy(c->arena, r->decision),
    };
}

enum status api_ledger_opens(struct call *c, const struct api_ledger_opens_in *in,
                             struct api_ledger_opens *out)
{
    struct db_rows rows;
    struct sql_ledger_open_page_row r;
    struct sql_ledger_open_page ask = {c->county, in->what + 1, str_or_empty(in->subject),
                                       in->after.v, PAGE + 1};
    int64_t last = 0;
    out->opens.at = ARENA_ARRAY(c->arena, struct api_ledger_open, PAGE);
    TRY(sql_ledger_open_page(c->conn, &ask, &rows));
    while (sql_ledger_open_page_next(&rows, &r)) {
        if (out->opens.n == PAGE) {
            out->next = API_INT_OF(last);
            continue;
        }
        last = r.op * PARTS + r.part;
        out->opens.at[out->opens.n++] = open_of(c, &r);
    }
    return db_rows_end(&rows);
}
