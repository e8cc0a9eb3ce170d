/* settle.c - a year's points become money, and not a fen is lost or made: 2015 of Zhangjiagang,
 * 37,692.55 points of 1,230 enterprises at 2,000 yuan, which are 75,385,100.00 yuan however the
 * points are spread (the seed spreads them), and then other years with other rates, of points with
 * four decimals. What each gets is told beforehand by the rule as docs/ledger.md has it: the whole
 * rounded half up, each cut down to the fen, and the fen left over one each to those who lost the
 * largest part of one, of equal ones to the first by code. On both databases.
 *
 * The defects planted by --canary are in what is told: each rounded by itself; what is left over
 * goes to the first. Each must be found. */
#include <stdio.h>
#include <stdlib.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "ledger/many.h"
#include "ledger/verify.h"
#include "os/clock.h"
#include "sql.h"
#include "test/trust/trust.h"

enum { FIRMS = 1230, TODAY = 16900, YEAR = 2015, POINT = 10000, NAME_N = 32 };
enum wrong { RIGHT, EACH_ROUNDED, FIRST_TAKE_IT, WRONGS };

static const int64_t POINTS_2015 = 376925500, RATE_2015 = 200000, WORTH_2015 = INT64_C(7538510000);

struct year {
    Str policy;
    int firms;
    int64_t rate, points[FIRMS], fen[FIRMS], total; /* fen, total: as told beforehand */
    char code[FIRMS][NAME_N];
};

struct settling {
    struct trust *t;
    struct work k;
    struct arena *tmp;
    enum wrong wrong;
    int64_t found, firms, fen;
};

/* --- what must come of it --- */

struct part {
    int64_t lost; /* of 10,000 */
    int at;
};

static int by_loss(const void *a, const void *b)
{
    const struct part *x = a, *y = b;
    return x->lost != y->lost ? (x->lost < y->lost ? 1 : -1) : x->at - y->at;
}

static void foretell(struct year *y, enum wrong wrong)
{
    static struct part part[FIRMS];
    int64_t points = 0, given = 0;
    for (int i = 0; i < y->firms; i++) {
        int64_t e4 = y->points[i] * y->rate;
        points += y->points[i];
        y->fen[i] = (wrong == EACH_ROUNDED ? e4 + POINT / 2 : e4) / POINT;
        given += y->fen[i];
        part[i] = (struct part){e4 % POINT, i};
    }
    y->total = wrong == EACH_ROUNDED ? given : (points * y->rate + POINT / 2) / POINT;
    if (wrong != FIRST_TAKE_IT)
        qsort(part, (size_t)y->firms, sizeof *part, by_loss);
    for (int i = 0; given < y->total; i++, given++)
        y->fen[part[i].at]++;
}

/* Numbers of points that add up to `all`, each one at least. */
static void spread(struct trust *t, struct year *y, int64_t all)
{
    int64_t left = all - y->firms;
    for (int i = 0; i < y->firms; i++) {
        int64_t most = 2 * left / (y->firms - i) + 1;
        int64_t more = i + 1 == y->firms ? left : (int64_t)trust_below(t, (uint64_t)most);
        y->points[i] = 1 + more;
        left -= more;
        (void)snprintf(y->code[i], NAME_N, "%.*s-%04d", STR_ARG(y->policy), i); /* fits */
    }
}

/* --- in the ledger --- */

typedef enum status (*Does)(struct settling *s, struct ledger *l, const struct year *y);

static enum status ask(struct settling *s, struct ledger *l, struct ledger_op op)
{
    struct ledger_done done;
    op.day = TODAY;
    op.year = YEAR;
    op.who = S("p");
    op.decision = S("d");
    op.client = ledger_own_client(s->k.a, l);
    return ledger_do(l, &op, &done);
}

static enum status open_year(struct settling *s, struct ledger *l, const struct year *y)
{
    struct ledger_op op = {.kind = LEDGER_OPEN, .item = y->policy, .amount = y->total};
    TRY(ask(s, l, op));
    op.kind = LEDGER_RAISE;
    TRY(ask(s, l, op));
    op.kind = LEDGER_OPEN;
    op.policy = y->policy;
    TRY(ask(s, l, op));
    op.kind = LEDGER_ALLOCATE;
    TRY(ask(s, l, op));
    TRY(ask(s, l, (struct ledger_op){.kind = LEDGER_RATE, .policy = y->policy, .amount = y->rate}));
    for (int i = 0; i < y->firms; i++)
        TRY(ask(s, l,
                (struct ledger_op){.kind = LEDGER_ISSUE,
                                   .policy = y->policy,
                                   .subject = str_of(y->code[i]),
                                   .amount = y->points[i],
                                   .receipt = S("r")}));
    return OK;
}

static enum status settle_year(struct settling *s, struct ledger *l, const struct year *y)
{
    struct ledger_many done;
    struct ledger_op all = {.policy = y->policy,
                            .year = YEAR,
                            .day = TODAY,
                            .who = S("p"),
                            .decision = S("d"),
                            .client = y->policy};
    TRY(ledger_convert_all(l, s->k.a, &all, NULL, &done));
    s->firms += done.subject_n;
    s->fen += done.fen;
    s->found += !trust_check(s->t, done.fen == y->total, "%.*s: %lld fen, not %lld",
                             STR_ARG(y->policy), (long long)done.fen, (long long)y->total);
    return OK;
}

/* One act. */
static bool act(struct settling *s, Does does, const struct year *y)
{
    struct act a;
    struct ledger l;
    struct work *k = &s->k;
    enum status st = db_begin(k->w);
    if (st == OK)
        st = act_begin(&a, k->w, k->a, WORK_COUNTY, clock_us());
    if (st == OK) {
        ledger_begin(&l, &a, s->tmp, &k->ds);
        st = does(s, &l, y);
        ledger_end(&l);
    }
    if (st == OK)
        st = act_end(&a, &(struct act_words){S("p"), S("settle"), S("x"), S("{}")});
    if (st == OK)
        st = db_commit(k->w);
    else
        db_rollback(k->w);
    return trust_check(s->t, st == OK, "%.*s: status %d, %s", STR_ARG(y->policy), (int)st,
                       k->ds.n > 0 ? diag_info(k->ds.at[0].code)->mnemonic : db_fault(k->w)->text);
}

/* --- what came of it --- */

static int which(const struct year *y, Str code)
{
    int at = str_starts(code, y->policy) ? 0 : -1;
    for (size_t i = y->policy.n + 1; i < code.n && at >= 0 && at < FIRMS; i++)
        at = at * 10 + (code.p[i] - '0');
    return at >= 0 && at < y->firms && str_eq(code, str_of(y->code[at])) ? at : -1;
}

/* What is owed is what was told, to the fen, and nothing is left in the pool. */
static void compare(struct settling *s, const struct year *y)
{
    struct db_rows rows;
    struct sql_ledger_account_all_row r;
    struct ledger_report report = {0};
    int64_t wrong = 0, sum = 0, left = -1;
    bool ok =
        db_begin(s->k.w) == OK &&
        sql_ledger_account_all(s->k.w, &(struct sql_ledger_account_all){WORK_COUNTY}, &rows) == OK;
    while (ok && sql_ledger_account_all_next(&rows, &r)) {
        int at = r.kind == LEDGER_PAYABLE ? which(y, r.owner) : -1;
        if (at >= 0) {
            wrong += r.posted != y->fen[at];
            sum += r.posted;
        }
        if (r.kind == LEDGER_POOL && str_eq(r.line, y->policy))
            left = r.posted;
    }
    ok = ok && db_rows_end(&rows) == OK &&
         ledger_verify(s->k.w, s->tmp, WORK_COUNTY, &report, &s->k.ds) == OK;
    db_rollback(s->k.w);
    trust_check(s->t, ok && report.fault_n == 0, "%.*s: the ledger", STR_ARG(y->policy));
    s->found += !trust_check(s->t, wrong == 0 && sum == y->total && left == 0,
                             "%.*s: %lld of %d firms have another sum; %lld fen in all, not %lld; "
                             "%lld left in the pool",
                             STR_ARG(y->policy), (long long)wrong, y->firms, (long long)sum,
                             (long long)y->total, (long long)left);
}

static void one_year(struct settling *s, struct year *y, int64_t points)
{
    ArenaMark mark = arena_mark(s->k.a);
    struct diags ds = s->k.ds;
    spread(s->t, y, points);
    foretell(y, s->wrong);
    if (act(s, open_year, y) && act(s, settle_year, y))
        compare(s, y);
    arena_reset(s->k.a, mark);
    s->k.ds = ds;
}

static void years(struct settling *s, int64_t n)
{
    static struct year y;
    char policy[NAME_N];
    y = (struct year){.policy = S("p22"), .firms = FIRMS, .rate = RATE_2015};
    if (s->wrong == RIGHT) {
        one_year(s, &y, POINTS_2015);
        trust_check(s->t, s->fen == WORTH_2015 && s->firms == FIRMS, "2015: %lld fen",
                    (long long)s->fen);
    }
    for (int64_t i = 0; i < n && s->found == 0; i++) {
        (void)snprintf(policy, sizeof policy, "y%d.%d", (int)s->wrong, (int)i); /* fits */
        y.policy = str_of(policy);
        y.firms = 2 + (int)trust_below(s->t, 60);
        y.rate = 154500 + (int64_t)trust_below(s->t, 45501);
        one_year(s, &y, y.firms * (int64_t)(POINT + trust_below(s->t, (uint64_t)30 * POINT)));
    }
}

static bool g_missed; /* of the defects */

static void settle_on(struct trust *t, const char *name, Str url)
{
    for (int wrong = t->canary; wrong < (t->canary ? WRONGS : 1); wrong++) {
        struct settling s = {.t = t, .wrong = (enum wrong)wrong, .tmp = arena_open()};
        if (trust_check(t, work_open(&s.k, url, NULL) == OK, "the store opens")) {
            years(&s, trust_n(t, 20, 500));
            work_close(&s.k);
        }
        arena_close(s.tmp);
        g_missed |= t->canary && s.found == 0;
        if (!t->canary)
            printf("settle: %s: %lld conversions, %lld.%02lld yuan\n", name, (long long)s.firms,
                   (long long)(s.fen / 100), (long long)(s.fen % 100));
    }
    t->failed = g_missed ? 0 : t->failed;
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "settle", argc, argv);
    return trust_each(&t, settle_on);
}
