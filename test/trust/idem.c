/* idem.c - asked again, done once: every route that leaves an act is asked three times with one
 * Idempotency-Key, by three connections at once, each in an order of its own; the server is killed
 * and started, and asked once more; then with another body under the same key. And it is killed
 * while it answers, and asked three times more. What was done is counted in acts, of which an
 * effect is part; a job leaves two, of the question and of the work.
 *
 * The defect planted by --canary: what the server keeps of its answers is lost with it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "api/route.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/json.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/thread.h"
#include "sql.h"
#include "test/trust/world.h"

enum { TIMES = 3, STEPS_MAX = 128 };

/* --- what is asked: steps of a wave may come in any order, those of the next need their answers */

#define UNDER "- 对象: 企业\\n- 状态: 示例\\n- 身份: 代码\\n\\n## 字段\\n"
#define HEAD  "# 办法\\n" UNDER
#define FIELD \
    "| 名称 | 类型 | 单位 | 期间 |\\n|---|---|---|---|\\n| 研发费用 | 数 | 元 | 年 |\\n\\n"
#define SCORE "## 评分 得分\\n- 满分: 10\\n\\n| 研发费用 | 得分 |\\n|---|---|\\n"
#define BANDS "| >= 10元 | 10 |\\n| < 10元 | 4 |\\n"
#define DRAFT(title) \
    "{\"rules\":\"" HEAD FIELD SCORE BANDS "\",\"day\":\"2026-06-01\",\"title\":\"" title "\"}"
#define RULE(name) "{\"text\":\"# 办法" name "\\n" UNDER FIELD SCORE BANDS "\"}"
#define CASE_HEAD  "# 走访\\n- 对象: 企业\\n- 状态: 示例\\n\\n## 字段 走访\\n\\n"
#define CASE_FORM                                                                       \
    "| 名称 | 类型 | 分级 |\\n|---|---|---|\\n| 记录 | 文本 | 公开 |\\n\\n" \
    "## 事项 走访\\n- 发起: 经办\\n- 评审: 1人; 0~100\\n\\n"                 \
    "| 填报 | 必填 | 步骤 |\\n|---|---|---|\\n| 记录 | | |\\n\\n"
#define CASE_PAPERS "| 材料 | 必交 | 步骤 |\\n|---|---|---|\\n| 照片 | | 张榜 |\\n\\n"
#define CASE_STATES                                                                   \
    "| 状态 | 终 | 公开 | 受理 |\\n|---|---|---|---|\\n"                       \
    "| 登记 | | | |\\n| 张榜 | | 是 | 揭榜 |\\n| 开标 | | 是 | 开标 |\\n" \
    "| 评榜 | | | 评审 |\\n| 办结 | 是 | | |\\n\\n"
#define CASE_STEPS                                                                     \
    "| 步骤 | 从 | 到 | 谁 |\\n|---|---|---|---|\\n"                              \
    "| 张榜 | 登记 | 张榜 | 经办 |\\n| 截止 | 张榜 | 开标 | 经办 |\\n" \
    "| 评榜 | 开标 | 评榜 | 经办 |\\n| 办结 | 评榜 | 办结 | 经办 |\\n"
#define CASE_TYPE "{\"text\":\"" CASE_HEAD CASE_FORM CASE_PAPERS CASE_STATES CASE_STEPS "\"}"
#define POLICY                                                                                   \
    "{\"text\":\"# 政策\\n- 对象: 企业\\n- 版本: 示例.1\\n- 状态: 示例\\n\\n## 字段\\n\\n" FIELD \
    "## 政策 研发奖\\n- 条件: 研发费用 >= 103元\\n- 金额: 5元\\n\"}"
#define PAIRING "{\"title\":\"x\",\"kind\":\"企业\",\"with\":\"企业\"}"
#define LIMITS  "{\"each\":2,\"places\":1,\"split\":\"place\",\"floor\":0,\"floors\":[]}"
#define LOCKS   "{\"locks\":[{\"need\":\"E1\",\"answer\":\"E2\",\"lock\":\"in\",\"why\":\"x\"}]}"
#define JOB     "1000000000"         /* one that is under way, see leave_job */
#define KIND    "%E4%BC%81%E4%B8%9A" /* 企业 */
#define HASHES  "\"receipt\":\"2015/E1\",\"rules\":\"aa11\",\"snapshot\":\"bb22\""
/* SHA-256 of "1\nx\n0123456789abcdef" */
#define SEAL "55368206b4e9a22f70429325b16c59a73de0aa5e630754d2f3795155fdc10620"
#define FIRM "/subjects/" KIND "/E3"

struct step {
    const char *route, *name; /* name: where there are several of the route */
    enum role role;
    const char *of, *member; /* of an earlier answer: what stands for $ in path and body */
    const char *path, *body;
};

/* `@` and `<` in a body: today, and twenty days ago; `%`: a calendar; `&`: the judge's account. `~`
 * in a path: the webhook. */
static const struct step WAVE_0[] = {
    {"account_add", "account", ROLE_SECURITY_ADMIN, NULL, NULL, "/accounts",
     "{\"name\":\"newcomer\",\"title\":\"x\",\"role\":\"officer\","
     "\"password\":\"a-long-1st-Phrase\"}"},
    {"token_add", "token", ROLE_OFFICER, NULL, NULL, "/tokens",
     "{\"title\":\"x\",\"scopes\":[\"read\"],\"days\":3}"},
    {"consent_add", "consent", ROLE_ENTERPRISE, NULL, NULL, "/consents",
     "{\"organisation\":\"示例银行\",\"purpose\":\"x\",\"fields\":[\"研发费用\"],\"days\":3}"},
    {"delegation_add", "delegation", ROLE_OFFICER, NULL, NULL, "/delegations",
     "{\"borrower\":\"author\",\"role\":\"officer\",\"first\":\"@\",\"last\":\"@\",\"why\":\"x\"}"},
    {"subject_report", "report", ROLE_OFFICER, NULL, NULL, FIRM "/reports",
     "{\"source\":\"x\",\"values\":{\"研发费用@2025\":\"7\"}}"},
    {"evidence_add", "evidence", ROLE_OFFICER, NULL, NULL, FIRM "/evidence?file=a.txt", "seen"},
    {"tie_add", "tie", ROLE_OFFICER, NULL, NULL, "/ties",
     "{\"account\":\"author\",\"kind\":\"企业\",\"subject\":\"E2\",\"tie\":\"kin\",\"why\":\"x\"}"},
    {"import_new", "import", ROLE_OFFICER, NULL, NULL, "/kinds/" KIND "/imports?name=a.csv",
     "代码,名称\nE1,x\n"},
    {"import_new", "import-taken", ROLE_OFFICER, NULL, NULL, "/kinds/" KIND "/imports?name=b.csv",
     "代码,名称\nE4,y\n"},
    {"export_new", "export", ROLE_OFFICER, NULL, NULL, "/exports/" KIND, "{\"form\":\"csv\"}"},
    {"pairing_new", "pairing-a", ROLE_OFFICER, NULL, NULL, "/pairings", PAIRING},
    {"pairing_new", "pairing-b", ROLE_REVIEWER, NULL, NULL, "/pairings", PAIRING},
    {"subject_merge", "merge", ROLE_OFFICER, NULL, NULL, "/subjects/" KIND "/E6/merge",
     "{\"into\":\"E5\",\"why\":\"x\"}"},
    {"subject_apart", "apart", ROLE_REVIEWER, NULL, NULL, "/subjects/" KIND "/E2/apart",
     "{\"other\":\"E4\",\"why\":\"x\"}"},
    {"rule_draft", "policy", ROLE_AUTHOR, NULL, NULL, "/rules", POLICY},
    {"run_new", "run-a", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("a")},
    {"run_new", "run-b", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("b")},
    {"run_new", "run-c", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("c")},
    {"view_add", "view", ROLE_OFFICER, NULL, NULL, "/views",
     "{\"kind\":\"企业\",\"title\":\"x\",\"query\":{\"limit\":1}}"},
    {"rule_draft", "rule-a", ROLE_AUTHOR, NULL, NULL, "/rules", RULE("甲")},
    {"rule_draft", "rule-b", ROLE_AUTHOR, NULL, NULL, "/rules", RULE("乙")},
    {"ledger_budget", "budget", ROLE_FINANCE, NULL, NULL, "/ledger/budgets",
     "{\"what\":\"open\",\"line\":\"2060404\",\"year\":2016}"},
    {"rule_draft", "case-type", ROLE_AUTHOR, NULL, NULL, "/rules", CASE_TYPE},
    {"match_say", "said", ROLE_OFFICER, NULL, NULL, "/matches",
     "{\"kind\":\"企业\",\"id\":\"E3\",\"with\":\"企业\",\"answer\":\"E2\","
     "\"said\":\"contacted\"}"},
    {"match_ask", "model", ROLE_OFFICER, NULL, NULL, FIRM "/matches", "{\"with\":\"企业\"}"},
    {"hook_add", "hook", ROLE_SYSTEM_ADMIN, NULL, NULL, "/webhooks",
     "{\"title\":\"x\",\"url\":\"http://127.0.0.1:9/\",\"form\":\"json\",\"events\":[\"account\"],"
     "\"sensitive\":false}"},
};
static const struct step WAVE_1[] = {
    {"account_role", "role", ROLE_SECURITY_ADMIN, "account", "account", "/accounts/$/roles",
     "{\"given\":true,\"role\":\"reviewer\"}"},
    {"account_password", "password", ROLE_SECURITY_ADMIN, "account", "account",
     "/accounts/$/password", "{\"password\":\"a-long-2nd-Phrase\"}"},
    {"token_end", "token-end", ROLE_OFFICER, "token", "token", "/tokens/$", ""},
    {"consent_end", "consent-end", ROLE_ENTERPRISE, "consent", "consent", "/consents/$", ""},
    {"delegation_end", "delegation-end", ROLE_OFFICER, "delegation", "delegation", "/delegations/$",
     ""},
    {"subject_report", "proved", ROLE_OFFICER, "evidence", "evidence", FIRM "/reports",
     "{\"source\":\"x\",\"values\":{\"营业收入@2025\":\"7\"},\"evidence\":$}"},
    {"subject_mark", "mark", ROLE_REVIEWER, "report", "act", FIRM "/marks",
     "{\"act\":$,\"line\":0,\"verdict\":\"verified\",\"why\":\"x\"}"},
    {"import_end", "import-end", ROLE_OFFICER, "import", "import", "/imports/$", ""},
    {"import_commit", "import-commit", ROLE_OFFICER, "import-taken", "import", "/imports/$/commit",
     "{\"source\":\"x\"}"},
    {"subject_split", "split", ROLE_OFFICER, NULL, NULL, "/kinds/" KIND "/twins/E6/split",
     "{\"why\":\"x\"}"},
    {"pairing_lock", "lock", ROLE_OFFICER, NULL, NULL, "/pairings/1/locks", LOCKS},
    {"pairing_limit", "limit", ROLE_REVIEWER, NULL, NULL, "/pairings/1/limits", LIMITS},
    {"pairing_give_up", "give-up", ROLE_OFFICER, NULL, NULL, "/pairings/2/give-up", "{}"},
    {"rule_review", "policy-review", ROLE_REVIEWER, "policy", "entry", "/rules/$/review",
     "{\"why\":\"x\"}"},
    {"run_compute", "compute-a", ROLE_OFFICER, "run-a", "run", "/runs/$/compute", ""},
    {"run_compute", "compute-b", ROLE_OFFICER, "run-b", "run", "/runs/$/compute", ""},
    {"run_compute", "compute-c", ROLE_OFFICER, "run-c", "run", "/runs/$/compute", ""},
    {"view_rename", "view-rename", ROLE_OFFICER, "view", "view", "/views/$/name",
     "{\"title\":\"y\"}"},
    {"view_share", "view-share", ROLE_OFFICER, "view", "view", "/views/$/share", "{\"team\":true}"},
    {"rule_review", "rule-a-review", ROLE_REVIEWER, "rule-a", "entry", "/rules/$/review",
     "{\"why\":\"x\"}"},
    {"rule_withdraw", "rule-b-withdraw", ROLE_LEADER, "rule-b", "entry", "/rules/$/withdraw",
     "{\"why\":\"x\"}"},
    {"ledger_budget", "raise", ROLE_FINANCE, NULL, NULL, "/ledger/budgets",
     "{\"what\":\"raise\",\"line\":\"2060404\",\"year\":2016,\"amount\":\"1000000.00\","
     "\"decision\":\"d1\"}"},
    {"rule_review", "case-type-review", ROLE_REVIEWER, "case-type", "entry", "/rules/$/review",
     "{\"why\":\"x\"}"},
};
static const struct step WAVE_2[] = {
    {"view_lock", "view-lock", ROLE_LEADER, "view", "view", "/views/$/lock", "{\"locked\":false}"},
    {"account_state", "state", ROLE_SECURITY_ADMIN, "account", "account", "/accounts/$/state",
     "{\"state\":\"locked\",\"why\":\"x\"}"},
    {"rule_publish", "rule-a-publish", ROLE_LEADER, "rule-a", "entry", "/rules/$/publish",
     "{\"why\":\"x\"}"},
    {"ledger_pool", "pool", ROLE_FINANCE, NULL, NULL, "/ledger/pools",
     "{\"what\":\"open\",\"policy\":\"p22\",\"year\":2015,\"line\":\"2060404\","
     "\"budget_year\":2016}"},
    {"run_review", "review-a", ROLE_REVIEWER, "run-a", "run", "/runs/$/review", "{\"why\":\"x\"}"},
    {"run_review", "review-b", ROLE_REVIEWER, "run-b", "run", "/runs/$/review", "{\"why\":\"x\"}"},
    {"run_withdraw", "withdraw-c", ROLE_LEADER, "run-c", "run", "/runs/$/withdraw",
     "{\"why\":\"x\"}"},
    {"rule_publish", "case-type-publish", ROLE_LEADER, "case-type", "entry", "/rules/$/publish",
     "{\"why\":\"x\"}"},
    {"rule_publish", "policy-publish", ROLE_LEADER, "policy", "entry", "/rules/$/publish",
     "{\"why\":\"x\"}"},
    {"pairing_propose", "propose", ROLE_REVIEWER, NULL, NULL, "/pairings/1/propose", "{}"},
    {"hook_replay", "replay", ROLE_SYSTEM_ADMIN, "role", "act", "/webhooks/~/deliveries/$/replay",
     ""},
};
static const struct step WAVE_3[] = {
    {"hook_end", "hook-end", ROLE_SYSTEM_ADMIN, "hook", "hook", "/webhooks/$", ""},
    {"pairing_publish", "pairing", ROLE_LEADER, NULL, NULL, "/pairings/1/publish", "{}"},
    {"policy_tell", "tell", ROLE_OFFICER, "policy", "entry", "/policy-tellings/$.0", ""},
    {"view_end", "view-end", ROLE_OFFICER, "view", "view", "/views/$", ""},
    {"ledger_pool", "allocate", ROLE_FINANCE, NULL, NULL, "/ledger/pools",
     "{\"what\":\"allocate\",\"policy\":\"p22\",\"year\":2015,\"amount\":\"500000\"}"},
    {"ledger_term", "rate", ROLE_FINANCE, NULL, NULL, "/ledger/terms",
     "{\"what\":\"rate\",\"policy\":\"p22\",\"year\":2015,\"amount\":\"2000\","
     "\"decision\":\"d2\"}"},
    {"run_publish", "publish-a", ROLE_LEADER, "run-a", "run", "/runs/$/publish",
     "{\"calendar\":\"%\",\"first\":\"@\",\"days\":3}"},
    {"run_publish", "publish-b", ROLE_LEADER, "run-b", "run", "/runs/$/publish",
     "{\"calendar\":\"%\",\"first\":\"<\",\"days\":1}"},
    {"case_open", "case", ROLE_OFFICER, NULL, NULL, "/cases",
     "{\"type\":\"走访\",\"kind\":\"企业\",\"id\":\"E3\"}"},
};
static const struct step WAVE_4[] = {
    {"run_appeal", "appeal", ROLE_OFFICER, "run-a", "run", "/runs/$/appeals",
     "{\"id\":\"E1\",\"text\":\"x\"}"},
    {"ledger_points", "points", ROLE_OFFICER, NULL, NULL, "/ledger/points",
     "{\"what\":\"issue\",\"subject\":\"E1\",\"policy\":\"p22\",\"year\":2015,"
     "\"points\":\"5.09\"," HASHES "}"},
    {"run_finish", "finish-b", ROLE_LEADER, "run-b", "run", "/runs/$/finish", ""},
    {"ledger_grant", "grant", ROLE_OFFICER, NULL, NULL, "/ledger/grants",
     "{\"subject\":\"E2\",\"policy\":\"p22\",\"year\":2015,\"amount\":\"100\","
     "\"decision\":\"d5\"," HASHES "}"},
    {"case_hand_in", "paper", ROLE_OFFICER, NULL, NULL,
     "/cases/1/papers?paper=%E7%85%A7%E7%89%87&file=a.txt", "a paper"},
    {"case_invite", "invite", ROLE_OFFICER, NULL, NULL, "/cases/1/reviewers",
     "{\"account\":&,\"last\":\"@\"}"},
};
static const struct step WAVE_5[] = {
    {"run_decide", "decide", ROLE_LEADER, "appeal", "appeal", "/appeals/$/decide",
     "{\"verdict\":\"rejected\",\"why\":\"x\"}"},
    {"ledger_settle", "settle", ROLE_OFFICER, NULL, NULL, "/ledger/settlements",
     "{\"policy\":\"p22\",\"year\":2015,\"decision\":\"d3\"}"},
    {"ledger_issue", "issue", ROLE_OFFICER, "run-b", "run", "/ledger/issues",
     "{\"run\":$,\"item\":\"得分\",\"policy\":\"p23\",\"year\":2015}"},
    {"ledger_grant_end", "post", ROLE_OFFICER, "grant", "operation", "/ledger/grants/$",
     "{\"what\":\"post\"}"},
    {"case_save", "form", ROLE_OFFICER, NULL, NULL, "/cases/1/form",
     "{\"seq\":1,\"fields\":{\"记录\":\"某公司\"}}"},
};
static const struct step WAVE_6[] = {
    {"ledger_pay", "pay", ROLE_OFFICER, "settle", "act", "/ledger/payments",
     "{\"due\":\"$-0\",\"amount\":\"9000\",\"payee\":\"x\",\"account\":\"6222011234\"}"},
    {"ledger_pay", "pay-by-file", ROLE_OFFICER, "settle", "act", "/ledger/payments",
     "{\"due\":\"$-0\",\"amount\":\"1000\",\"payee\":\"x\",\"account\":\"6222011234\"}"},
    {"ledger_pay", "pay-given-up", ROLE_OFFICER, "settle", "act", "/ledger/payments",
     "{\"due\":\"$-0\",\"amount\":\"100\",\"payee\":\"x\",\"account\":\"6222011234\"}"},
    {"ledger_pay", "pay-amended", ROLE_OFFICER, "settle", "act", "/ledger/payments",
     "{\"due\":\"$-0\",\"amount\":\"80\",\"payee\":\"x\",\"account\":\"6222011234\"}"},
    {"ledger_reverse", "reverse", ROLE_FINANCE, "post", "operation", "/ledger/operations/$/reverse",
     "{\"why\":\"x\"}"},
    {"case_do", "tender", ROLE_OFFICER, NULL, NULL, "/cases/1/steps",
     "{\"step\":\"张榜\",\"seq\":2}"},
};
static const struct step WAVE_7[] = {
    {"ledger_approve", "approve", ROLE_LEADER, "pay", "operation", "/ledger/payments/$/approve",
     "{\"version\":1}"},
    {"ledger_approve", "approve-2", ROLE_FINANCE, "pay", "operation", "/ledger/payments/$/approve",
     "{\"version\":1}"},
    {"ledger_approve", "approve-3", ROLE_LEADER, "pay-by-file", "operation",
     "/ledger/payments/$/approve", "{\"version\":1}"},
    {"ledger_approve", "approve-4", ROLE_FINANCE, "pay-by-file", "operation",
     "/ledger/payments/$/approve", "{\"version\":1}"},
    {"ledger_cancel", "cancel", ROLE_OFFICER, "pay-given-up", "operation",
     "/ledger/payments/$/cancel", "{\"why\":\"x\"}"},
    {"ledger_amend", "amend", ROLE_OFFICER, "pay-amended", "operation", "/ledger/payments/$/payee",
     "{\"version\":1,\"payee\":\"y\",\"account\":\"6222011235\"}"},
    {"case_bid", "bid", ROLE_ENTERPRISE, NULL, NULL, "/cases/1/bids", "{\"seal\":\"" SEAL "\"}"},
    {"case_match_ask", "case-model", ROLE_REVIEWER, NULL, NULL, "/cases/1/matches",
     "{\"with\":\"企业\"}"},
};
static const struct step WAVE_8[] = {
    {"ledger_batch", "batch", ROLE_FINANCE, NULL, NULL, "/ledger/batches", "{}"},
    {"case_do", "close", ROLE_OFFICER, NULL, NULL, "/cases/1/steps",
     "{\"step\":\"截止\",\"seq\":3}"},
};
static const struct step WAVE_9[] = {
    {"ledger_answer", "bank", ROLE_FINANCE, "pay", "operation", "/ledger/payments/$/answer",
     "{\"paid\":true,\"amount\":\"9000\",\"account\":\"6222011234\"}"},
    {"ledger_answers", "bank-file", ROLE_FINANCE, "pay-by-file", "operation",
     "/ledger/answers?name=a.csv",
     "支付号,金额,账号,状态,日期\n$,1000.00,6222011234,成功,2016-04-02\n"},
    {"case_bid_open", "unseal", ROLE_ENTERPRISE, NULL, NULL, "/cases/1/bids/1",
     "{\"price\":\"0.01\",\"text\":\"x\",\"secret\":\"0123456789abcdef\"}"},
};
static const struct step WAVE_10[] = {
    {"ledger_reclaim", "clawback", ROLE_OFFICER, "pay", "operation", "/ledger/payments/$/clawback",
     "{\"amount\":\"180\",\"decision\":\"d4\"}"},
    {"case_do", "opened", ROLE_OFFICER, NULL, NULL, "/cases/1/steps",
     "{\"step\":\"评榜\",\"seq\":4}"},
};
static const struct step WAVE_11[] = {
    {"ledger_recover", "recover", ROLE_FINANCE, "clawback", "operation", "/ledger/clawbacks/$",
     "{\"what\":\"recover\"}"},
    {"job_cancel", "job-cancel", ROLE_OFFICER, NULL, NULL, "/jobs/" JOB "/cancel", ""},
    {"session_end", "leave", ROLE_BANK, NULL, NULL, "/session", ""},
    {"case_judge", "judge", ROLE_JUDGE, NULL, NULL, "/cases/1/reviews",
     "{\"bid\":1,\"low\":\"1\",\"high\":\"2\",\"text\":\"x\"}"},
};
static const struct {
    const struct step *step;
    size_t n;
} WAVES[] = {{WAVE_0, ARRAY_N(WAVE_0)}, {WAVE_1, ARRAY_N(WAVE_1)},   {WAVE_2, ARRAY_N(WAVE_2)},
             {WAVE_3, ARRAY_N(WAVE_3)}, {WAVE_4, ARRAY_N(WAVE_4)},   {WAVE_5, ARRAY_N(WAVE_5)},
             {WAVE_6, ARRAY_N(WAVE_6)}, {WAVE_7, ARRAY_N(WAVE_7)},   {WAVE_8, ARRAY_N(WAVE_8)},
             {WAVE_9, ARRAY_N(WAVE_9)}, {WAVE_10, ARRAY_N(WAVE_10)}, {WAVE_11, ARRAY_N(WAVE_11)}};

/* --- the server, in a process of its own --- */

struct idem {
    struct trust *t;
    struct world w;
    struct arena *a;
    struct world_process server;
    int64_t asked, made;
    int64_t killed, after_commit; /* .. the effect was there, and no answer had come */
    struct {                      /* what came of the steps so far */
        const char *name;
        struct client_answer answer;
    } done[STEPS_MAX];
    size_t done_n;
};

static bool start(struct idem *x)
{
    world_outside(&x->w);
    return world_fork(&x->w, &x->server);
}

/* --- questions --- */

static const struct api_route *route_of(const char *name)
{
    for (int i = 0; i < API_ROUTE_N; i++)
        if (strcmp(API_ROUTES[i].name, name) == 0)
            return &API_ROUTES[i];
    return NULL;
}

static const struct client_answer *answer_of(const struct idem *x, const char *name)
{
    for (size_t i = 0; i < x->done_n; i++)
        if (strcmp(x->done[i].name, name) == 0)
            return &x->done[i].answer;
    return NULL;
}

static Str day_text(struct arena *a, Day day)
{
    struct buf b;
    buf_init(&b, a, 32);
    day_print(&b, day);
    return buf_str(&b);
}

static Str filled(struct idem *x, const struct step *s, const char *text)
{
    struct buf b;
    int year = day_year(clock_today());
    buf_init(&b, x->a, 1 << 14);
    for (; *text != '\0'; text++) {
        if (*text == '$' && answer_of(x, s->of) != NULL)
            buf_add(&b, client_member(answer_of(x, s->of), s->member));
        else if (*text == '~' && text[-1] == '/')
            buf_add(&b, client_member(answer_of(x, "hook"), "hook"));
        else if (*text == '@' && text[-1] == '"')
            buf_add(&b, day_text(x->a, clock_today()));
        else if (*text == '<' && text[-1] == '"')
            buf_add(&b, day_text(x->a, clock_today() - 20));
        else if (*text == '%' && text[-1] == '"')
            buf_fmt(&b, "日期,类别\\n%d-01-01,休\\n%d-01-01,休\\n%d-01-01,休\\n", year - 1, year,
                    year + 1);
        else if (*text == '&' && text[-1] == ':')
            buf_fmt(&b, "%lld", (long long)x->w.at[ROLE_JUDGE].account);
        else
            buf_char(&b, *text);
    }
    return buf_str(&b);
}

/* JSON with a space to spare: another body of the same length and meaning has it in front. */
static Str body_of(struct idem *x, const struct step *s)
{
    Str body = filled(x, s, s->body);
    return str_starts(body, S("{")) ? arena_fmt(x->a, "%.*s ", STR_ARG(body)) : body;
}

static struct client_question question_of(struct idem *x, const struct step *s, Str key)
{
    const struct api_route *r = route_of(s->route);
    Str path = filled(x, s, s->path);
    return (struct client_question){
        .method = http_method_name(r->method).p,
        .path = arena_fmt(x->a, "%s%.*s", API_BASE, STR_ARG(path)),
        .headers = arena_fmt(x->a, "%.*sIdempotency-Key: %.*s\r\n",
                             STR_ARG(world_headers(x->a, &x->w.at[s->role], true)), STR_ARG(key)),
        .body = body_of(x, s)};
}

static int64_t acts(struct idem *x, struct client *c)
{
    struct client_answer got;
    struct client_question q = {"GET", S(API_BASE "/anchor"),
                                world_headers(x->a, &x->w.at[ROLE_AUDITOR], true), S("")};
    int64_t n = -1;
    client_ask(c, x->a, &got, &q);
    Str act = client_member(&got, "act");
    for (size_t i = 0; i < act.n; i++)
        n = (n < 0 ? 0 : n) * 10 + (act.p[i] - '0');
    return n;
}

/* --- what goes on by itself --- */

enum { WAIT_MS = 20000, LOOK_MS = 20 };

/* Asks until the answer has `word`, or has it no more. */
static bool wait_for(struct idem *x, struct client *c, enum role role, Str path, const char *word,
                     bool there)
{
    struct client_answer got;
    Str word_s = str_of(word);
    struct client_question q = {"GET", arena_fmt(x->a, API_BASE "%.*s", STR_ARG(path)),
                                world_headers(x->a, &x->w.at[role], true), S("")};
    for (int ms = 0; ms < WAIT_MS; ms += LOOK_MS) {
        client_ask(c, x->a, &got, &q);
        if (got.status == 200 && (str_find(got.body, word_s) < got.body.n) == there)
            return true;
        (void)usleep(LOOK_MS * 1000);
    }
    return false;
}

/* Every job is through, and came to something. */
static void wait_for_jobs(struct idem *x, struct client *c)
{
    static const char *const UNFINISHED[] = {"\"state\":\"queued\"", "\"state\":\"running\""};
    for (size_t i = 0; i < ARRAY_N(UNFINISHED); i++)
        (void)trust_check(x->t, wait_for(x, c, ROLE_LEADER, S("/jobs"), UNFINISHED[i], false),
                          "a job does not end");
    (void)trust_check(x->t, wait_for(x, c, ROLE_LEADER, S("/jobs"), "\"state\":\"failed\"", false),
                      "a job failed");
}

/* A webhook is told of the act, so that it can be told again. */
static void wait_for_delivery(struct idem *x, struct client *c)
{
    Str act = client_member(answer_of(x, "role"), "act");
    Str word = arena_fmt(x->a, "\"act\":%.*s,", STR_ARG(act));
    bool told = wait_for(x, c, ROLE_SYSTEM_ADMIN,
                         arena_fmt(x->a, "/webhooks/%.*s/deliveries",
                                   STR_ARG(client_member(answer_of(x, "hook"), "hook"))),
                         word.p, true);
    (void)trust_check(x->t, told, "the webhook is not told of act %.*s", STR_ARG(act));
}

/* A job that no thread will end: under way in a program that is gone. */
static void leave_job(struct idem *x)
{
    struct db_conn *c;
    int64_t job = strtoll(JOB, NULL, 10), now = clock_us();
    struct sql_job_add add = {WORK_COUNTY,
                              job,
                              S("export"),
                              WORLD_KIND,
                              x->w.at[ROLE_OFFICER].account,
                              S("officer"),
                              0,
                              S(""),
                              S("{\"form\":\"csv\"}"),
                              now};
    if (db_connect(x->w.k.db, DB_WRITE, &c, NULL) != OK)
        abort();
    if (db_begin(c) != OK || sql_job_add(c, &add) != OK ||
        sql_job_begin(c, &(struct sql_job_begin){WORK_COUNTY, job, now}) != OK ||
        db_commit(c) != OK)
        abort();
    db_disconnect(c);
}

static void prepare(struct idem *x, struct client *c, const struct step *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(s[i].route, "hook_replay") == 0)
            wait_for_delivery(x, c);
        if (strcmp(s[i].route, "job_cancel") == 0)
            leave_job(x);
    }
}

/* --- a wave --- */

struct asker {
    struct arena *a;
    struct client client;
    const struct client_question *q;
    size_t n, order[STEPS_MAX];
    struct client_answer got[STEPS_MAX];
};

static void ask_in_order(void *arg)
{
    struct asker *k = arg;
    for (size_t i = 0; i < k->n; i++) {
        struct client_answer *got = &k->got[k->order[i]];
        got->status = 503; /* busy for a moment: a client asks again */
        for (int again = 0; got->status == 503 && again < 100; again++) {
            (void)usleep(again > 0 ? LOOK_MS * 1000 : 0);
            client_ask(&k->client, k->a, got, &k->q[k->order[i]]);
        }
    }
}

static void shuffle(struct trust *t, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)trust_below(t, i), was = order[i - 1];
        order[i - 1] = order[k];
        order[k] = was;
    }
}

static void ask_thrice(struct idem *x, struct asker *k, const struct client_question *q, size_t n)
{
    struct thread *thread[TIMES];
    for (int i = 0; i < TIMES; i++) {
        k[i].a = arena_open();
        k[i].q = q;
        k[i].n = n;
        client_open(&k[i].client, x->server.port);
        shuffle(x->t, k[i].order, n);
        if (thread_start(x->a, &thread[i], ask_in_order, &k[i]) != OK)
            abort();
    }
    for (int i = 0; i < TIMES; i++) {
        thread_join(thread[i]);
        client_close(&k[i].client);
    }
}

static bool same(const struct client_answer *a, const struct client_answer *b)
{
    return a->status == b->status && str_eq(a->body, b->body);
}

/* One effect, so one answer; but a secret is told once, and who has left is nobody. */
static bool agree(const struct step *s, const struct asker *k, size_t i, int *good)
{
    const struct api_route *r = route_of(s->route);
    bool left = strcmp(s->route, "session_end") == 0, alike = true;
    int other = r->secret ? 409 : left ? 401 : 0, good_n = 0;
    *good = -1;
    for (int n = 0; n < TIMES; n++) {
        bool fine = k[n].got[i].status == r->status;
        good_n += fine;
        if (fine && *good >= 0)
            alike &= same(&k[n].got[i], &k[*good].got[i]);
        else if (fine)
            *good = n;
        else
            alike &= k[n].got[i].status == other;
    }
    return alike && good_n > 0 && (!r->secret || good_n == 1);
}

/* The same key, and another body that is as long. */
static void ask_otherwise(struct idem *x, struct client *c, const struct step *s,
                          struct client_question q)
{
    struct client_answer got;
    Str was = q.body;
    if (was.n == 0)
        return;
    char *body = arena_alloc(x->a, was.n, 1, 1);
    body[0] = was.p[was.n - 1];
    memcpy(body + 1, was.p, was.n - 1);
    q.body.p = body;
    client_ask(c, x->a, &got, &q);
    (void)trust_check(x->t, got.status == 409, "%s: another body under its key: %d", s->name,
                      got.status);
}

/* The server is killed, and asked once more by another connection. */
static void ask_after_a_kill(struct idem *x, struct client *c, const struct step *s,
                             const struct client_question *q, size_t n)
{
    size_t order[STEPS_MAX];
    struct client_answer got;
    client_close(c);
    world_kill(&x->server);
    if (!trust_check(x->t, start(x), "no server again"))
        return;
    x->killed++;
    client_open(c, x->server.port);
    shuffle(x->t, order, n);
    for (size_t k = 0; k < n; k++) {
        size_t i = order[k];
        bool left = strcmp(s[i].route, "session_end") == 0;
        client_ask(c, x->a, &got, &q[i]);
        bool fine = route_of(s[i].route)->secret ? got.status == 409
                    : left                       ? got.status == 401
                                                 : same(&got, answer_of(x, s[i].name));
        (void)trust_check(x->t, fine, "%s: after a kill %d %.*s", s[i].name, got.status,
                          STR_ARG(got.body));
    }
    x->asked += (int64_t)n;
}

/* Acts that a wave is to leave. */
static int64_t wanted(const struct step *s, size_t n)
{
    int64_t out = (int64_t)n;
    for (size_t i = 0; i < n; i++)
        out += route_of(s[i].route)->status == 202;
    return out;
}

static void wave(struct idem *x, struct client *c, const struct step *s, size_t n, int no)
{
    static struct asker k[TIMES];
    struct client_question q[STEPS_MAX];
    prepare(x, c, s, n);
    int64_t before = acts(x, c);
    for (size_t i = 0; i < n; i++)
        q[i] = question_of(x, &s[i], arena_fmt(x->a, "wave-%d-%zu", no, i));
    ask_thrice(x, k, q, n);
    for (size_t i = 0; i < n; i++) {
        int good;
        bool ok = agree(&s[i], k, i, &good);
        (void)trust_check(x->t, ok, "%s: %d %d %d %.*s", s[i].name, k[0].got[i].status,
                          k[1].got[i].status, k[2].got[i].status,
                          STR_ARG(k[good < 0 ? 0 : good].got[i].body));
        struct client_answer *to = &x->done[x->done_n].answer;
        *to = k[good < 0 ? 0 : good].got[i];
        to->body = arena_copy(x->a, to->body);
        x->done[x->done_n++].name = s[i].name;
        x->asked += TIMES;
    }
    ask_after_a_kill(x, c, s, q, n);
    if (wanted(s, n) > (int64_t)n)
        wait_for_jobs(x, c);
    int64_t made = acts(x, c) - before;
    x->made += made;
    (void)trust_check(x->t, made == wanted(s, n), "wave %d: %lld acts of %lld", no, (long long)made,
                      (long long)wanted(s, n));
    for (size_t i = 0; i < n; i++)
        ask_otherwise(x, c, &s[i], q[i]);
    (void)trust_check(x->t, acts(x, c) - before == made, "wave %d: another body did something", no);
    for (int i = 0; i < TIMES; i++)
        arena_close(k[i].a);
}

static bool in_waves(const char *route)
{
    for (size_t w = 0; w < ARRAY_N(WAVES); w++)
        for (size_t i = 0; i < WAVES[w].n; i++)
            if (strcmp(WAVES[w].step[i].route, route) == 0)
                return true;
    return false;
}

static void check_all_are_asked(struct idem *x)
{
    int routes = 0;
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        if (r->act[0] == '\0')
            continue;
        (void)trust_check(x->t, in_waves(r->name), "%s is asked by no wave", r->name);
        routes++;
    }
    printf("%d routes that leave an act\n", routes);
}

/* --- killed while it answers --- */

static void forget_answers(struct idem *x)
{
    struct db_conn *c;
    if (db_connect(x->w.k.db, DB_WRITE, &c, NULL) != OK)
        abort();
    if (db_begin(c) != OK || sql_answer_sweep(c, &(struct sql_answer_sweep){INT64_MAX}) != OK ||
        db_commit(c) != OK)
        abort();
    db_disconnect(c);
}

static void killed_once(struct idem *x, int no)
{
    static struct client c;
    struct client_answer first, again;
    struct step s = WAVE_0[4];
    s.body = "{\"source\":\"killed\",\"values\":{\"研发费用@2025\":\"8\"}}";
    struct client_question q = question_of(x, &s, arena_fmt(x->a, "killed-%d", no));
    client_open(&c, x->server.port);
    int64_t before = acts(x, &c);
    bool sent = client_send(&c, x->a, &q);
    (void)usleep((useconds_t)trust_below(x->t, 20000));
    world_kill(&x->server);
    bool told = sent && client_read(&c, x->a, &first);
    client_close(&c);
    if (x->t->canary)
        forget_answers(x);
    if (!trust_check(x->t, start(x), "killed %d: no server again", no))
        return;
    client_open(&c, x->server.port);
    int64_t found = acts(x, &c) - before;
    x->killed++;
    x->after_commit += found == 1 && !told;
    (void)trust_check(x->t, !told || found == 1, "killed %d: answered, and not there", no);
    for (int i = 0; i < TIMES; i++) {
        client_ask(&c, x->a, &again, &q);
        if (i == 0 && !told)
            first = again;
        (void)trust_check(x->t, again.status == 201 && same(&first, &again),
                          "killed %d: %d then %d %.*s", no, first.status, again.status,
                          STR_ARG(again.body));
    }
    int64_t made = acts(x, &c) - before;
    (void)trust_check(x->t, made == 1, "killed %d: %lld acts of one", no, (long long)made);
    client_close(&c);
}

/* --- all of it --- */

static void on(struct trust *t, const char *name, Str url)
{
    static struct idem x;
    static struct client c;
    x = (struct idem){.t = t, .a = arena_open()};
    if (trust_check(t, world_fill(&x.w, url) && start(&x), "%s: no county", name)) {
        int rounds = (int)trust_n(t, 12, 200);
        for (int i = 0; i < rounds; i++)
            killed_once(&x, i);
        client_open(&c, x.server.port);
        for (size_t i = 0; i < ARRAY_N(WAVES); i++)
            wave(&x, &c, WAVES[i].step, WAVES[i].n, (int)i);
        check_all_are_asked(&x);
        client_close(&c);
        world_kill(&x.server);
        access_close(x.w.access);
        work_close(&x.w.k);
        printf("%s: %lld requests for %lld acts; killed %lld times, %lld of them with the effect "
               "and without the answer; %.1f s\n",
               name, (long long)x.asked, (long long)x.made, (long long)x.killed,
               (long long)x.after_commit, trust_seconds(t));
    }
    arena_close(x.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "idem", argc, argv);
    return trust_each(&t, on);
}
