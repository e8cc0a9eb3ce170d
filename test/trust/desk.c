/* desk.c - the work of a desk, through a running server as its people do it: a budget, points,
 * money owed, two approvals, the file to the bank; views that are kept, notices; and what each side
 * gets to see of it. On both databases.
 *
 * The defect planted by --canary: the check believes that one person may approve twice. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "api/route.h"
#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "run/run.h"
#include "test/trust/world.h"

#define HASHES "\"receipt\":\"2015/E1\",\"rules\":\"aa11\",\"snapshot\":\"bb22\""

struct desk {
    struct trust *t;
    struct world w;
    struct client client;
    struct arena *a;
    struct client_answer got;
    const char *key; /* Idempotency-Key of the next request, or NULL */
};

/* Asks, and checks the status: `role`, who proved themselves just now. */
static void ask(struct desk *d, enum role role, const char *method, Str path, const char *body,
                int want)
{
    Str head = world_headers(d->a, &d->w.at[role], true);
    if (d->key != NULL)
        head = arena_fmt(d->a, "%.*sIdempotency-Key: %s\r\n", STR_ARG(head), d->key);
    struct client_question q = {method, arena_fmt(d->a, API_BASE "%.*s", STR_ARG(path)), head,
                                str_of(body)};
    client_ask(&d->client, d->a, &d->got, &q);
    d->key = NULL;
    (void)trust_check(d->t, d->got.status == want, "%s %.*s by %s: %d, not %d: %.*s", method,
                      STR_ARG(path), role_name(role)->word, d->got.status, want,
                      STR_ARG(d->got.body));
}

static void post(struct desk *d, enum role role, const char *path, const char *body, int want)
{
    ask(d, role, "POST", str_of(path), body, want);
}

static void get(struct desk *d, enum role role, const char *path, int want)
{
    ask(d, role, "GET", str_of(path), "", want);
}

static void has(struct desk *d, const char *key, const char *value)
{
    Str is = client_member(&d->got, key);
    (void)trust_check(d->t, str_eq(is, str_of(value)), "%s is %.*s, not %s: %.*s", key, STR_ARG(is),
                      value, STR_ARG(d->got.body));
}

static bool mentions(struct desk *d, const char *word)
{
    return str_find(d->got.body, str_of(word)) < d->got.body.n;
}

static void says(struct desk *d, const char *word, bool want)
{
    (void)trust_check(d->t, mentions(d, word) == want, "%s %s: %.*s", want ? "lacks" : "tells",
                      word, STR_ARG(d->got.body));
}

static Str operation(struct desk *d)
{
    return client_member(&d->got, "operation");
}

/* --- points and money --- */

static void budgets(struct desk *d)
{
    post(d, ROLE_FINANCE, "/ledger/budgets",
         "{\"what\":\"open\",\"line\":\"2060404\",\"year\":2016}", 201);
    post(d, ROLE_FINANCE, "/ledger/budgets",
         "{\"what\":\"raise\",\"line\":\"2060404\",\"year\":2016,\"amount\":\"1000000.00\","
         "\"decision\":\"d1\"}",
         201);
    has(d, "amount", "1000000.00");
    post(d, ROLE_FINANCE, "/ledger/pools",
         "{\"what\":\"open\",\"policy\":\"p22\",\"year\":2015,\"line\":\"2060404\",\"budget_year\":"
         "2016}",
         201);
    post(d, ROLE_FINANCE, "/ledger/pools",
         "{\"what\":\"allocate\",\"policy\":\"p22\",\"year\":2015,\"amount\":\"500000\"}", 201);
    post(d, ROLE_FINANCE, "/ledger/terms",
         "{\"what\":\"rate\",\"policy\":\"p22\",\"year\":2015,\"amount\":\"2000\",\"decision\":"
         "\"d2\"}",
         201);
    get(d, ROLE_AUDITOR, "/ledger/balances", 200);
    says(d, "\"balance\":\"500000.00\"", true);
    get(d, ROLE_TOWN, "/ledger/balances", 403);
}

#define ISSUE(points, more)                                                                      \
    "{\"what\":\"issue\",\"subject\":\"E1\",\"policy\":\"p22\",\"year\":2015,\"points\":" points \
    "," HASHES more "}"

/* Points are read to the last decimal, and issued once. */
static void points(struct desk *d)
{
    static const char *const WRONG[] = {"\"5.09001\"", "\"-1\"", "\"0\"", "\"1e9999\"",
                                        "\"99999999999999999999\""};
    char body[400];
    post(d, ROLE_OFFICER, "/ledger/points", ISSUE("\"5.0899\"", ",\"client\":\"a\""), 201);
    has(d, "amount", "5.0899");
    has(d, "again", "false");
    post(d, ROLE_OFFICER, "/ledger/points", ISSUE("\"5.0899\"", ",\"client\":\"a\""), 201);
    has(d, "again", "true");
    post(d, ROLE_OFFICER, "/ledger/points", ISSUE("\"6\"", ",\"client\":\"a\""), 422);
    has(d, "code", "LEDGER-CLIENT");
    for (int turn = 0; turn < 2; turn++) {
        d->key = "k-1";
        post(d, ROLE_OFFICER, "/ledger/points", ISSUE("\"0.0001\"", ""), 201);
    }
    for (size_t i = 0; i < ARRAY_N(WRONG); i++) {
        (void)snprintf(body, sizeof body, ISSUE("%s", ""), WRONG[i]); /* fits */
        post(d, ROLE_OFFICER, "/ledger/points", body, i == 3 ? 400 : 422);
    }
    post(d, ROLE_OFFICER, "/ledger/points", ISSUE("5.09", ""), 400);
    post(d, ROLE_LEADER, "/ledger/points", ISSUE("\"1\"", ""), 403);
    get(d, ROLE_ENTERPRISE, "/subjects/%E4%BC%81%E4%B8%9A/E1/ledger", 200);
    has(d, "held", "5.09");
}

/* 5.09 points at 2,000 yuan: the number of what is owed. */
static Str settle(struct desk *d)
{
    post(d, ROLE_OFFICER, "/ledger/settlements",
         "{\"policy\":\"p22\",\"year\":2015,\"decision\":\"d3\"}", 201);
    has(d, "yuan", "10180.00");
    return arena_fmt(d->a, "%.*s-0", STR_ARG(client_member(&d->got, "act")));
}

/* Asks for the payment of all that is owed: its number. */
static Str pay(struct desk *d, enum role role, Str due, int want)
{
    Str body = arena_fmt(
        d->a, "{\"due\":\"%.*s\",\"amount\":\"10180\",\"payee\":\"x\",\"account\":\"6222011234\"}",
        STR_ARG(due));
    post(d, role, "/ledger/payments", body.p, want);
    return operation(d);
}

static void step(struct desk *d, enum role role, Str payment, const char *verb, const char *body,
                 int want)
{
    Str path = arena_fmt(d->a, "/ledger/payments/%.*s/%s", STR_ARG(payment), verb);
    post(d, role, path.p, body, want);
}

/* Two, and neither is the maker. */
static Str approvals(struct desk *d, Str due)
{
    (void)pay(d, ROLE_BANK, due, 403);
    Str own = pay(d, ROLE_FINANCE, due, 201);
    (void)pay(d, ROLE_FINANCE, due, 422); /* it is all asked for */
    step(d, ROLE_FINANCE, own, "approve", "{\"version\":1}", 403);
    has(d, "code", "LEDGER-SELF");
    step(d, ROLE_FINANCE, own, "cancel", "{\"why\":\"x\"}", 200);
    Str payment = pay(d, ROLE_OFFICER, due, 201);
    step(d, ROLE_OFFICER, payment, "approve", "{\"version\":1}", 403);
    has(d, "code", "FORBIDDEN");
    step(d, ROLE_LEADER, payment, "approve", "{\"version\":2}", 422);
    has(d, "code", "LEDGER-VERSION");
    step(d, ROLE_LEADER, payment, "approve", "{\"version\":1}", 200);
    step(d, ROLE_LEADER, payment, "approve", "{\"version\":1}", d->t->canary ? 200 : 403);
    post(d, ROLE_FINANCE, "/ledger/batches", "{}", 422);
    get(d, ROLE_LEADER, "/ledger/payments?state=requested", 200);
    has(d, "approvals", "1");
    step(d, ROLE_FINANCE, payment, "approve", "{\"version\":1}", 200);
    get(d, ROLE_REVIEWER, "/ledger/payments?limit=1&state=approved", 200);
    has(d, "payment", arena_fmt(d->a, "%.*s", STR_ARG(payment)).p);
    return payment;
}

static void send(struct desk *d)
{
    post(d, ROLE_LEADER, "/ledger/batches", "{}", 403);
    post(d, ROLE_FINANCE, "/ledger/batches", "{}", 201);
    has(d, "amount", "10180.00");
    Str path = arena_fmt(d->a, "/ledger/batches/%.*s", STR_ARG(client_member(&d->got, "act")));
    get(d, ROLE_FINANCE, path.p, 200);
    says(d, "x,6222011234,,10180.00,E1", true);
    get(d, ROLE_LEADER, path.p, 403);
    get(d, ROLE_FINANCE, "/ledger/batches/1", 404);
    post(d, ROLE_FINANCE, "/ledger/batches", "{}", 422);
}

/* --- one's own desk --- */

/* Kept, listed, given up: each by whoever's it is, and nobody else. */
static void views(struct desk *d)
{
    char long_title[600];
    post(d, ROLE_TOWN, "/views",
         "{\"kind\":\"企业\",\"title\":\"重点\",\"query\":{\"where\":\"得分 > 10\"}}", 201);
    Str view = client_member(&d->got, "view");
    Str path = arena_fmt(d->a, "/views/%.*s", STR_ARG(view));
    (void)snprintf(long_title, sizeof long_title,
                   "{\"kind\":\"企业\",\"title\":\"%0500d\",\"query\":{}}", 0); /* fits */
    post(d, ROLE_TOWN, "/views", long_title, 422);
    post(d, ROLE_TOWN, "/views", "{\"kind\":\"企业\",\"title\":\"x\",\"query\":[]}", 422);
    get(d, ROLE_TOWN, "/views", 200);
    says(d, "\"query\":{\"where\":\"得分 > 10\"}", true);
    get(d, ROLE_BANK, "/views", 200);
    says(d, "重点", false);
    ask(d, ROLE_BANK, "DELETE", path, "", 404);
    ask(d, ROLE_TOWN, "DELETE", path, "", 200);
    ask(d, ROLE_TOWN, "DELETE", path, "", 404);
    get(d, ROLE_PUBLIC, "/views", 401);
}

/* Whom a view of an officer's is there for, and who may take it away. */
static void shared_views(struct desk *d)
{
    post(d, ROLE_OFFICER, "/views", "{\"kind\":\"企业\",\"title\":\"催报\",\"query\":{}}", 201);
    Str path = arena_fmt(d->a, "/views/%.*s", STR_ARG(client_member(&d->got, "view")));
    Str share = arena_fmt(d->a, "%.*s/share", STR_ARG(path));
    Str lock = arena_fmt(d->a, "%.*s/lock", STR_ARG(path));
    post(d, ROLE_REVIEWER, share.p, "{\"team\":true}", 404); /* not seen yet, so not there */
    post(d, ROLE_OFFICER, share.p, "{\"team\":true}", 200);
    get(d, ROLE_REVIEWER, "/views", 200);
    says(d, "\"title\":\"催报\"", true);
    says(d, "\"seen_by\":\"team\",\"mine\":false", true);
    get(d, ROLE_TOWN, "/views", 200);
    says(d, "催报", false);
    ask(d, ROLE_REVIEWER, "DELETE", path, "", 403);
    post(d, ROLE_REVIEWER, share.p, "{\"team\":false}", 403);
    post(d, ROLE_REVIEWER, lock.p, "{\"locked\":true}", 403);
    post(d, ROLE_LEADER, lock.p, "{\"locked\":true}", 200);
    get(d, ROLE_TOWN, "/views", 200);
    says(d, "\"seen_by\":\"all\"", true);
    get(d, ROLE_BANK, "/views", 200);
    says(d, "催报", false);
    post(d, ROLE_OFFICER, share.p, "{\"team\":false}", 403);
    ask(d, ROLE_OFFICER, "DELETE", path, "", 403);
    post(d, ROLE_LEADER, lock.p, "{\"locked\":false}", 200);
    get(d, ROLE_TOWN, "/views", 200);
    says(d, "催报", false);
    post(d, ROLE_OFFICER, share.p, "{\"team\":false}", 200);
    post(d, ROLE_LEADER, lock.p, "{\"locked\":true}", 404);
    ask(d, ROLE_OFFICER, "DELETE", path, "", 200);
}

/* An act of the run, on a day within its notice. */
static enum status on_run(struct desk *d, struct db_conn *conn, enum role role, int64_t *number)
{
    struct act act;
    struct run_desk desk = {&act, str_of(role_name(role)->word), 20600, &d->w.k.ds};
    struct act_words words = {desk.actor, S("run"), S("x"), S("{}")};
    TRY(db_begin(conn));
    TRY(act_begin(&act, conn, d->a, WORK_COUNTY, clock_us()));
    TRY(role == ROLE_ENTERPRISE ? run_appeal(&desk, 1, S("E1"), S("少算了"), number)
                                : run_decide(&desk, *number, true, S("是")));
    TRY(act_end(&act, &words));
    return db_commit(conn);
}

/* E1 appeals and is right, by another way than the server's. */
static enum status appeal(struct desk *d)
{
    struct db_conn *conn;
    int64_t number = 0;
    TRY(db_connect(d->w.k.db, DB_WRITE, &conn, &d->w.k.ds));
    enum status st = on_run(d, conn, ROLE_ENTERPRISE, &number);
    if (st == OK)
        st = on_run(d, conn, ROLE_REVIEWER, &number);
    db_disconnect(conn);
    return st;
}

/* What happened is told to those it concerns, until they have read it. */
static void notices(struct desk *d)
{
    get(d, ROLE_TOWN, "/notices", 200);
    has(d, "kind", "run_published");
    has(d, "unseen", "0"); /* it was before the account */
    get(d, ROLE_BANK, "/notices", 200);
    has(d, "unseen", "4"); /* of E4 to E6; E6 took it back */
    Str act = client_member(&d->got, "act");
    Str body = arena_fmt(d->a, "{\"act\":%.*s}", STR_ARG(act));
    post(d, ROLE_BANK, "/notices/seen", body.p, 200);
    post(d, ROLE_BANK, "/notices/seen", "{\"act\":1}", 200); /* never back */
    get(d, ROLE_BANK, "/notices", 200);
    has(d, "unseen", "0");
    post(
        d, ROLE_ENTERPRISE, "/consents",
        "{\"organisation\":\"示例银行\",\"purpose\":\"贷款\",\"fields\":[\"研发费用\"],\"days\":9}",
        201);
    Str consent = client_member(&d->got, "consent");
    get(d, ROLE_BANK, "/notices", 200);
    has(d, "kind", "consent_given");
    has(d, "object", arena_fmt(d->a, "%.*s", STR_ARG(consent)).p);
    has(d, "unseen", "1");
    says(d, "E1 授权本机构查看", true);
    ask(d, ROLE_ENTERPRISE, "DELETE", arena_fmt(d->a, "/consents/%.*s", STR_ARG(consent)), "", 200);
    get(d, ROLE_BANK, "/notices", 200);
    has(d, "kind", "consent_ended");
    get(d, ROLE_TOWN, "/notices", 200);
    says(d, "consent_", false);
    post(d, ROLE_ENTERPRISE, "/notices/seen", "{\"act\":9000000000000000000}", 200);
    (void)trust_check(d->t, appeal(d) == OK, "no appeal");
    get(d, ROLE_ENTERPRISE, "/notices", 200);
    has(d, "kind", "appeal_upheld");
    has(d, "object", "1"); /* the run, where appeals are seen */
    has(d, "unseen", "1");
    get(d, ROLE_EXPERT, "/notices", 200);
    says(d, "appeal_", false);
}

/* --- reports of a subject's own --- */

#define FIRM "/subjects/%E4%BC%81%E4%B8%9A/E1"
static void mark(struct desk *d, const char *verdict, const char *column, Str act)
{
    Str body = arena_fmt(d->a,
                         "{\"act\":%.*s,\"line\":0,\"field\":\"%s\",\"verdict\":\"%s\","
                         "\"why\":\"与报表不符\"}",
                         STR_ARG(act), column, verdict);
    post(d, ROLE_TOWN, FIRM "/marks", body.p, 201);
}

/* So many wait and so many were sent back, as this role sees it. */
static void waits(struct desk *d, enum role role, const char *waiting, const char *returned)
{
    get(d, role, "/checks", 200);
    has(d, "waiting", waiting);
    has(d, "returned", returned);
}

/* What a firm reported waits for its town and the office, and for nobody else; what is sent back
 * waits for the firm, until it says otherwise. */
static void checks(struct desk *d)
{
    post(d, ROLE_ENTERPRISE, FIRM "/reports",
         "{\"source\":\"x\",\"values\":{\"研发费用@2024\":\"7\",\"营业收入@2024\":\"9\"}}", 201);
    Str act = arena_copy(d->a, client_member(&d->got, "act"));
    waits(d, ROLE_TOWN, "2", "0");
    says(d, "研发费用@2024", true);
    waits(d, ROLE_OFFICER, "2", "0");
    waits(d, ROLE_EXPERT, "0", "0");
    get(d, ROLE_BANK, "/checks", 403);
    get(d, ROLE_OFFICER, "/checks?locality=320582101", 200);
    has(d, "waiting", "0");
    get(d, ROLE_OFFICER, "/checks?locality=320582", 200);
    has(d, "waiting", "2");
    mark(d, "verified", "研发费用@2024", act);
    mark(d, "returned", "营业收入@2024", act);
    waits(d, ROLE_TOWN, "0", "1");
    waits(d, ROLE_ENTERPRISE, "0", "1");
    says(d, "与报表不符", true);
    says(d, "\"value\":\"9", true);
    get(d, ROLE_ENTERPRISE, "/notices", 200);
    has(d, "kind", "fact_returned");
    says(d, "营业收入@2024 被退回", true);
    get(d, ROLE_EXPERT, "/notices", 200);
    says(d, "fact_returned", false);
    post(d, ROLE_ENTERPRISE, FIRM "/reports",
         "{\"source\":\"x\",\"values\":{\"营业收入@2024\":\"8\"}}", 201);
    waits(d, ROLE_ENTERPRISE, "1", "0");
}

/* --- on a database --- */

static void story(struct desk *d, Str payment)
{
    Str path = arena_fmt(d->a, "/ledger/payments/%.*s", STR_ARG(payment));
    get(d, ROLE_LEADER, path.p, 200);
    says(d, "6222011234", true);
    says(d, "2015/E1", true);
    says(d, "bb22", true);
    has(d, "decision", "d3");
    get(d, ROLE_AUDITOR, path.p, 200);
    says(d, "6222011234", false);
    get(d, ROLE_ENTERPRISE, path.p, 403);
    get(d, ROLE_LEADER, "/ledger/payments/9-9", 404);
    get(d, ROLE_LEADER, "/ledger/payments/x", 422);
}

/* Paid, but only as it was asked; then a part is asked back, which is not a grant's to waive. */
static void answered(struct desk *d, Str payment)
{
    step(d, ROLE_FINANCE, payment, "answer",
         "{\"paid\":true,\"amount\":\"10180.01\",\"account\":\"6222011234\"}", 422);
    step(d, ROLE_FINANCE, payment, "answer",
         "{\"paid\":true,\"amount\":\"10180\",\"account\":\"6222011235\"}", 422);
    step(d, ROLE_LEADER, payment, "answer",
         "{\"paid\":true,\"amount\":\"10180\",\"account\":\"6222011234\"}", 403);
    step(d, ROLE_FINANCE, payment, "answer",
         "{\"paid\":true,\"amount\":\"10180\",\"account\":\"6222011234\"}", 200);
    get(d, ROLE_ENTERPRISE, "/notices", 200);
    has(d, "kind", "payment_paid");
    has(d, "unseen", "1");
    get(d, ROLE_OFFICER, "/notices", 200); /* who asked for it */
    has(d, "kind", "payment_paid");
    step(d, ROLE_FINANCE, payment, "clawback", "{\"amount\":\"180\",\"decision\":\"d4\"}", 201);
    Str claw = operation(d);
    Str grant = arena_fmt(d->a, "/ledger/grants/%.*s", STR_ARG(claw));
    Str back = arena_fmt(d->a, "/ledger/clawbacks/%.*s", STR_ARG(claw));
    post(d, ROLE_OFFICER, grant.p, "{\"what\":\"void\",\"note\":\"x\"}", 422);
    post(d, ROLE_FINANCE, back.p, "{\"what\":\"recover\"}", 200);
    has(d, "amount", "180.00");
}

static void sound(struct desk *d)
{
    get(d, ROLE_AUDITOR, "/ledger/verification", 200);
    has(d, "sound", "true");
    has(d, "issued", "5.09");
    has(d, "paid", "10180.00");
    get(d, ROLE_ENTERPRISE, "/subjects/%E4%BC%81%E4%B8%9A/E1/ledger", 200);
    has(d, "held", "0");
    says(d, "\"kind\":\"积分兑现\"", true);
    get(d, ROLE_ENTERPRISE, "/subjects/%E4%BC%81%E4%B8%9A/E3/ledger", 404);
    get(d, ROLE_TOWN, "/subjects/%E4%BC%81%E4%B8%9A/E1/ledger?limit=1", 200);
    has(d, "more", "true");
    get(d, ROLE_BANK, "/subjects/%E4%BC%81%E4%B8%9A/E4/ledger", 403);
}

/* What was moved under the one identity is told under the other that it went into, by its name. */
static void merged(struct desk *d)
{
    post(d, ROLE_OFFICER, "/subjects/%E4%BC%81%E4%B8%9A/E1/merge",
         "{\"into\":\"E2\",\"why\":\"x\"}", 200);
    for (int i = 0; i < 500; i++) { /* until lists have caught up */
        get(d, ROLE_OFFICER, "/subjects/%E4%BC%81%E4%B8%9A/E2/ledger", 200);
        if (mentions(d, "\"of\":\"E1\""))
            break;
        (void)usleep(10000);
    }
    says(d, "\"kind\":\"积分兑现\"", true);
    says(d, "\"of\":\"E1\"", true);
    has(d, "held", "0");
}

/* --- a case under another --- */

static const char CONTEST[] =
    "{\"text\":\"# 赛\\n- 对象: 企业\\n- 状态: 示例\\n\\n## 字段 赛\\n\\n| 名称 | 类型 | 分级 |\\n"
    "|---|---|---|\\n| 题 | 文本 | 公开 |\\n\\n## 事项 赛\\n- 发起: 经办; 区镇\\n- 上级: 赛\\n\\n"
    "| 填报 | 必填 |\\n|---|---|\\n| 题 | |\\n\\n| 状态 | 终 |\\n|---|---|\\n| 办 | |\\n"
    "| 完 | 是 |\\n\\n| 步骤 | 从 | 到 | 谁 |\\n|---|---|---|---|\\n| 完 | 办 | 完 | 经办 |\\n\"}";

static Str under(struct desk *d, enum role role, const char *id, int above, int want)
{
    post(d, role, "/cases",
         arena_fmt(d->a, "{\"type\":\"赛\",\"kind\":\"企业\",\"id\":\"%s\",\"parent\":%d}", id,
                   above)
             .p,
         want);
    return str_sub(d->got.body, str_find(d->got.body, S("\"problems\"")), d->got.body.n);
}

/* Of another town's case no more is told than of one that is not there. */
static void above(struct desk *d)
{
    post(d, ROLE_AUTHOR, "/rules", CONTEST, 201);
    Str entry = client_member(&d->got, "entry");
    post(d, ROLE_REVIEWER, arena_fmt(d->a, "/rules/%.*s/review", STR_ARG(entry)).p,
         "{\"why\":\"x\"}", 200);
    post(d, ROLE_LEADER, arena_fmt(d->a, "/rules/%.*s/publish", STR_ARG(entry)).p,
         "{\"why\":\"x\"}", 200);
    (void)under(d, ROLE_OFFICER, "E3", 0, 201); /* 1: of another town */
    (void)under(d, ROLE_OFFICER, "E2", 0, 201); /* 2 */
    Str hidden = under(d, ROLE_TOWN, "E2", 1, 422), gone = under(d, ROLE_TOWN, "E2", 9, 422);
    (void)trust_check(d->t, str_find(gone, S("FLOW-ABOVE")) < gone.n && hidden.n == gone.n,
                      "told apart: %.*s, %.*s", STR_ARG(hidden), STR_ARG(gone));
    for (size_t i = 0; i < gone.n && i < hidden.n; i++)
        (void)trust_check(d->t, hidden.p[i] == gone.p[i] || gone.p[i] == '9', "told apart: %.*s",
                          STR_ARG(hidden));
    (void)under(d, ROLE_TOWN, "E2", 2, 201);
    (void)under(d, ROLE_OFFICER, "E2", 1, 201);
    get(d, ROLE_OFFICER, "/cases/1", 200);
    says(d, "\"linked\":[{\"number\":4,", true);
    get(d, ROLE_TOWN, "/cases/2", 200);
    says(d, "\"linked\":[{\"number\":3,", true);
}

static void on(struct trust *t, const char *name, Str url)
{
    struct arena *a = arena_open();
    struct desk *d = ARENA_NEW(a, struct desk);
    *d = (struct desk){.t = t, .a = a};
    if (trust_check(t, world_open(&d->w, url), "%s: no county", name)) {
        client_open(&d->client, d->w.port);
        budgets(d);
        points(d);
        Str payment = approvals(d, settle(d));
        send(d);
        story(d, payment);
        answered(d, payment);
        sound(d);
        views(d);
        shared_views(d);
        notices(d);
        checks(d);
        above(d);
        merged(d);
        client_close(&d->client);
        world_close(&d->w);
        printf("%s: %.1f s\n", name, trust_seconds(t));
    }
    arena_close(a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "desk", argc, argv);
    return trust_each(&t, on);
}
