/* demo_test.c - a hundredth of the county, on both databases: the same chain of acts to the byte,
 * every run computed again, the books in order, nobody who might be real.
 */
#include <string.h>

#include "access/account.h"
#include "access/assign.h"
#include "access/consent.h"
#include "access/password.h"
#include "base/arena.h"
#include "base/str.h"
#include "demo/demo.h"
#include "demo/firm.h"
#include "ledger/ledger.h"
#include "ledger/verify.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "run/run.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
enum { RUNS = 10, PASSWORD = 1 }; /* a kind of credential, as stored */

/* As long as the store. */
static Str read_file(const char *path)
{
    size_t n = 0;
    char *text = t_read(t_source(path), &n);
    Str kept = arena_copy(store.a, (Str){text, n});
    t_release(text);
    return kept;
}

static struct demo_counts fill(uint64_t seed)
{
    struct demo_opts o = {.seed = seed, .percent = 1, .file = read_file};
    struct demo_counts n;
    CHECK_INT(demo_fill(store.w, COUNTY, &o, &n, &store.ds), OK);
    CHECK_STR(store_said(), "");
    return n;
}

/* The hash of the last act: of everything that was ever written. */
static Str head(int64_t acts)
{
    struct sql_act_last_row row;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_last_one(store.w, store.a, &(struct sql_act_last){COUNTY}, &row), OK);
    CHECK_INT(row.act, acts);
    db_rollback(store.w);
    return row.hash;
}

static Str head_of(enum store_kind kind, uint64_t seed, char *keep)
{
    store_open(kind);
    struct demo_counts n = fill(seed);
    Str h = head(n.acts);
    memcpy(keep, h.p, h.n);
    h.p = keep;
    store_end();
    return h;
}

TEST(same_seed_same_chain)
{
    char a[64], b[64], c[64];
    Str one = head_of(STORE_SQLITE, 1, a), again = head_of(STORE_SQLITE, 1, b);
    CHECK(str_eq(one, again));
    CHECK(!str_eq(one, head_of(STORE_SQLITE, 2, c)));
}

TEST(same_chain_on_both_databases)
{
    char a[64], b[64];
    CHECK(str_eq(head_of(STORE_POSTGRES, 1, b), head_of(STORE_SQLITE, 1, a)));
}

static void check_counts(const struct demo_counts *n)
{
    CHECK_INT(n->towns, 15);
    CHECK_INT(n->firms, 515);
    CHECK_INT(n->scored, 80);
    CHECK_INT(n->experts, 622);
    CHECK_INT(n->platforms, 26);
    CHECK_INT(n->leads, 20);
    CHECK_INT(n->runs, RUNS);
    CHECK(n->marks > 0 && n->facts > 20000);
}

/* The books add up, and there is a payment in every state that lasts. */
static void check_money(const struct demo_counts *n)
{
    struct ledger_report r;
    struct db_rows rows;
    struct sql_ledger_payment_all_row p;
    int64_t in[LEDGER_CANCELLED + 1] = {0};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(ledger_verify(store.w, store.a, COUNTY, &r, &store.ds), OK);
    CHECK_INT(r.fault_n, 0);
    CHECK_INT(r.op_n, n->money_ops);
    CHECK(r.spent_e4 > 0 && r.held_e4 > 0 && r.expired_e4 > 0 && r.paid_fen > 0);
    CHECK_INT(sql_ledger_payment_all(store.w, &(struct sql_ledger_payment_all){COUNTY}, &rows), OK);
    while (sql_ledger_payment_all_next(&rows, &p)) {
        in[p.state]++;
        if (p.payment == n->payment || p.payment == n->joint)
            CHECK_INT(p.state, LEDGER_SETTLED);
    }
    CHECK_INT(db_rows_end(&rows), OK);
    CHECK_INT(in[LEDGER_REQUESTED], 1);
    CHECK_INT(in[LEDGER_BOUNCED], 2);
    CHECK(in[LEDGER_SETTLED] > 4);
    db_rollback(store.w);
}

/* Each as it is kept, and its state. */
/* What people see under rules is what the runs went by. */
static void check_rules(void)
{
    struct rulebook_entry *entry;
    size_t n;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rulebook_all(store.w, store.a, &entry, &n, COUNTY), OK);
    CHECK_INT(n, 30);
    for (size_t i = 0; i < n; i++)
        CHECK_INT(entry[i].state, RULEBOOK_PUBLISHED);
    db_rollback(store.w);
}

static void check_runs(const struct demo_counts *n)
{
    static const enum run_state want[RUNS] = {RUN_SETTLED,  RUN_SETTLED, RUN_REPLACED, RUN_SETTLED,
                                              RUN_FINAL,    RUN_FINAL,   RUN_NOTICE,   RUN_REVIEWED,
                                              RUN_COMPUTED, RUN_COMPUTED};
    struct run_view v = {store.w, store.a, COUNTY, NULL, &store.ds};
    CHECK_INT(db_begin(store.w), OK);
    for (int64_t i = 1; i <= RUNS; i++) {
        struct run_verdict verdict;
        struct run r;
        CHECK_INT(run_get(&v, &r, i), OK);
        CHECK_INT(r.state, want[i - 1]);
        CHECK(str_find(r.title, S("示例")) < r.title.n);
        CHECK(r.subjects > 0);
        CHECK_INT(run_verify(&v, &verdict, &r), OK);
        CHECK(verdict.results && verdict.receipts && verdict.root);
    }
    db_rollback(store.w);
    CHECK_INT(n->corrected, 4);
}

/* The R&D expenses of the appellant, as they count: more than what it first reported. */
static void check_appeal(const struct demo_counts *n)
{
    struct record_entries e = {0};
    int64_t subject;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_subject(store.w, COUNTY, S("科技型企业"), n->appealed, &subject), OK);
    CHECK_INT(record_history(store.w, store.a, &e, COUNTY, subject, S("研发费用")), OK);
    db_rollback(store.w);
    CHECK_INT(e.n, 4);
    CHECK(!e.at[2].holds && e.at[3].holds);
    CHECK_STR(e.at[3].column, "研发费用@2025");
    CHECK_STR(e.at[2].column, "研发费用@2025");
}

static void check_names(Str kind, int64_t want)
{
    struct record_now *now;
    size_t n;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_now_all(store.w, store.a, &now, &n, COUNTY, kind), OK);
    db_rollback(store.w);
    CHECK_INT(n, want);
    for (size_t i = 0; i < n; i++)
        CHECK(str_find(now[i].name, S("示例")) < now[i].name.n);
}

TEST(county_is_whole)
{
    store_open(STORE_SQLITE);
    struct demo_counts n = fill(7);
    check_counts(&n);
    check_rules();
    check_runs(&n);
    check_appeal(&n);
    check_money(&n);
    check_names(S("科技型企业"), n.firms);
    check_names(S("产业专家"), n.experts);
    check_names(S("科创孵化载体"), n.carriers);
    check_names(S("新型研发机构"), n.institutes);
    check_names(S("科技招商项目"), n.leads);
    check_names(S("创新平台"), n.platforms);
    check_names(S("技术需求"), n.needs);
    store_end();
}

/* --- accounts --- */

static struct caller caller_of(const struct access_view *v, const char *name)
{
    struct caller who;
    int64_t account;
    CHECK_INT(account_find(v->conn, v->keep, COUNTY, str_of(name), &account), OK);
    CHECK_INT(account_caller(v, account, &who), OK);
    return who;
}

/* Of three consents the bank has one that holds; the judge has two leads to judge. */
static void check_rights(const struct access_view *v)
{
    struct consent *given;
    struct assignment *task;
    size_t n;
    struct caller bank = caller_of(v, "银行"), firm = caller_of(v, "企业"),
                  judge = caller_of(v, "评审"), town = caller_of(v, "杨舍镇");
    CHECK_INT(consent_all(v->conn, v->keep, &bank, &given, &n), OK);
    CHECK_INT(n, 1);
    CHECK(given[0].subject == firm.subject && firm.subject > 0);
    CHECK_INT(assign_all(v->conn, v->keep, &judge, &task, &n), OK);
    CHECK_INT(n, 2);
    CHECK_STR(town.locality, "320582100");
}

/* The county's accounts as they are asked for in June 2026. */
static void check_accounts(struct access *x, bool passwords)
{
    static const int64_t JUNE_2026 = INT64_C(1780300800000000);
    struct access_view v = {store.w, store.a, x, COUNTY, JUNE_2026};
    struct db_rows rows;
    struct sql_account_all_row row;
    uint32_t roles = 0;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(
        sql_account_all(store.w, &(struct sql_account_all){COUNTY, 0, INT32_MAX, S("")}, &rows),
        OK);
    while (sql_account_all_next(&rows, &row)) {
        uint32_t own, lent;
        struct sql_credential_get_row kept;
        struct sql_credential_get ask = {COUNTY, row.account, PASSWORD, 0};
        CHECK(str_starts(row.title, S("示例·")));
        CHECK_INT(account_roles(store.w, COUNTY, row.account, 20600, &own, &lent), OK);
        roles |= own;
        enum status st = sql_credential_get_one(store.w, store.a, &ask, &kept);
        CHECK_INT(st, passwords ? OK : ERR_GONE);
        CHECK(!passwords || password_ok(x, S(DEMO_PASSWORD), kept.secret));
    }
    CHECK_INT(db_rows_end(&rows), OK);
    CHECK_INT(roles, ROLES_ALL & ~ROLE_BIT(ROLE_PUBLIC));
    check_rights(&v);
    db_rollback(store.w);
}

TEST(an_account_of_each_role)
{
    struct demo_opts o = {.seed = 1, .percent = 1, .file = read_file};
    struct demo_counts n;
    keyed_init();
    Secret key = secret_new();
    for (int with = 0; with < 2; with++) {
        struct access *x;
        CHECK_INT(access_open(&x, &key), OK);
        store_open(STORE_SQLITE);
        o.access = with ? x : NULL;
        CHECK_INT(demo_fill(store.w, COUNTY, &o, &n, &store.ds), OK);
        CHECK_STR(store_said(), "");
        CHECK_INT(n.accounts, 20);
        check_accounts(x, with != 0);
        store_end();
        access_close(x);
    }
}

/* A store with a county is left alone. */
TEST(county_is_there_already)
{
    store_open(STORE_SQLITE);
    struct demo_counts first = fill(1), n;
    struct demo_opts o = {.seed = 1, .percent = 1, .file = read_file};
    CHECK_INT(demo_fill(store.w, COUNTY, &o, &n, &store.ds), ERR_INPUT);
    CHECK_INT(head(first.acts).n, 32);
    store_end();
}

/* No organisation code begins like those of the made-up firms. */
TEST(identifiers_are_nobodys)
{
    struct arena *a = arena_open();
    for (uint32_t row = 0; row < 1000; row++)
        CHECK(str_starts(firm_code(a, BLOCK_FIRM, 1, row), S("91320582XA1")));
    arena_close(a);
}
