/* hidden.c - nothing that is asked tells of what one may not see: two counties that differ only in
 * subjects hidden from a town, an enterprise and a bank answer each of them byte by byte alike,
 * whatever they ask: lists, conditions, orders, counts, search, spreads, files, explanations.
 *
 * The defect planted by --canary: the counties differ in a subject that the town sees.
 *
 * Not asked: the place among peers, which is a statistic over five peers and more on purpose, and
 * what the law has published for everybody. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/help/pg.h"
#include "test/trust/world.h"

#define KIND "%E4%BC%81%E4%B8%9A"                          /* 企业 */
#define RND  "%E7%A0%94%E5%8F%91%E8%B4%B9%E7%94%A8%402025" /* 研发费用@2025 */

#define SUBJECTS "/api/v1/subjects/" KIND

enum { ROUNDS = 1000, ALL = 10000, CONTROL_TRIES = 1000, CONTROL_US = 10000 };

struct hidden {
    struct trust *t;
    struct world w[2];
    struct client client[2];
    struct arena *a; /* of one question */
    int64_t asked, let;
};

struct question {
    const char *method;
    Str path, body;
};

static int ask(struct hidden *x, int side, enum role role, const struct question *q,
               struct client_answer *got)
{
    struct client_question to = {q->method, q->path,
                                 world_headers(x->a, &x->w[side].at[role], true), q->body};
    client_ask(&x->client[side], x->a, got, &to);
    return got->status;
}

/* --- the two counties --- */

/* As many acts of as many words in both; other figures, other names. */
static bool differ(struct hidden *x, int side, const char *firm)
{
    struct client_answer got;
    Str path = arena_fmt(x->a, "%s/%s/reports", SUBJECTS, firm);
    Str body =
        arena_fmt(x->a,
                  "{\"source\":\"测试\",\"values\":{\"研发费用@2025\":\"%d\",\"名称\":\"%s公司\","
                  "\"联系电话\":\"%d\"}}",
                  side == 0 ? 95 : 999999, side == 0 ? "子" : "丑", 139000 + side);
    int status = ask(x, side, ROLE_OFFICER, &(struct question){"POST", path, body}, &got);
    return trust_check(x->t, status == 201, "%s: %d %.*s", firm, status, STR_ARG(got.body));
}

/* A case type whose cases are measured, one of E1, which is the same in both, and one of each firm
 * that is hidden: of another category and sum, with another end. */
#define VISIT "%E8%B5%B0%E8%AE%BF" /* 走访 */
static const char TYPE[] =
    "{\"text\":\"# 走访\\n- 对象: 企业\\n- 状态: 示例\\n\\n## 字段 走访\\n\\n"
    "| 名称 | 类型 | 单位 | 选项 | 分级 |\\n|---|---|---|---|---|\\n"
    "| 类别 | 选项 | | 甲; 乙 | 公开 |\\n| 花费 | 数 | 元 | | 公开 |\\n\\n"
    "## 事项 走访\\n- 发起: 经办\\n- 分类: 类别\\n\\n"
    "| 填报 | 必填 |\\n|---|---|\\n| 类别 | 是 |\\n| 花费 | 是 |\\n\\n"
    "| 状态 | 终 |\\n|---|---|\\n| 登记 | |\\n| 在办 | |\\n| 办成 | 是 |\\n| 没成 | 是 |\\n\\n"
    "| 步骤 | 从 | 到 | 谁 |\\n|---|---|---|---|\\n| 开办 | 登记 | 在办 | 经办 |\\n"
    "| 办成 | 在办 | 办成 | 经办 |\\n| 没成 | 在办 | 没成 | 经办 |\\n\\n"
    "| 度量 | 算法 | 从 | 到 |\\n|---|---|---|---|\\n| 成率 | 占比 | 在办 | 办成 |\\n"
    "| 用时 | 用时 | 在办 | 办成 |\\n| 花费 | 合计 | 在办 | 花费 |\\n\"}";

static bool post(struct hidden *x, int side, enum role role, const char *path, Str body)
{
    struct client_answer got;
    struct question q = {"POST", arena_fmt(x->a, "/api/v1%s", path), body};
    int status = ask(x, side, role, &q, &got);
    return trust_check(x->t, status == 200 || status == 201, "%s: %d %.*s", path, status,
                       STR_ARG(got.body));
}

static bool visit(struct hidden *x, int side, int number, const char *firm)
{
    bool other = side == 1 && number > 1;
    Str path = arena_fmt(x->a, "/cases/%d/steps", number);
    return post(x, side, ROLE_OFFICER, "/cases",
                arena_fmt(x->a,
                          "{\"type\":\"走访\",\"kind\":\"企业\",\"id\":\"%s\",\"fields\":"
                          "{\"类别\":\"%s\",\"花费\":\"%d\"}}",
                          firm, other ? "乙" : "甲", other ? 777 : 5)) &&
           post(x, side, ROLE_OFFICER, path.p, S("{\"step\":\"开办\",\"seq\":1}")) &&
           post(x, side, ROLE_OFFICER, path.p,
                other ? S("{\"step\":\"没成\",\"seq\":2}") : S("{\"step\":\"办成\",\"seq\":2}"));
}

static bool add_visits(struct hidden *x, int side)
{
    const Str why = S("{\"why\":\"x\"}");
    return post(x, side, ROLE_AUTHOR, "/rules", str_of(TYPE)) &&
           post(x, side, ROLE_REVIEWER, "/rules/1/review", why) &&
           post(x, side, ROLE_LEADER, "/rules/1/publish", why) && visit(x, side, 1, "E1") &&
           visit(x, side, 2, "E3") && visit(x, side, 3, "E5") &&
           (!x->t->canary || visit(x, side, 4, "E2"));
}

/* A second store beside the one at `url`. */
static Str beside(struct hidden *x, Str url)
{
    return str_starts(url, S("sqlite")) ? arena_fmt(x->a, "%.*s.2", STR_ARG(url))
                                        : arena_fmt(x->a, "%s", pg_database());
}

static bool make(struct hidden *x, Str url)
{
    Str first = arena_fmt(x->a, "%.*s", STR_ARG(url)), at[] = {first, beside(x, url)};
    bool ok = true;
    for (int side = 0; side < 2 && ok; side++) {
        ok = trust_check(x->t, world_open(&x->w[side], at[side]), "no county");
        if (!ok)
            return false;
        client_open(&x->client[side], x->w[side].port);
        ok = add_visits(x, side) && differ(x, side, "E3") && differ(x, side, "E5") &&
             differ(x, side, "E6");
        if (x->t->canary)
            ok = ok && differ(x, side, "E2");
    }
    return ok;
}

/* --- what is asked --- */

static const char *pick(struct hidden *x, const char *const *of, size_t n)
{
    return of[trust_below(x->t, n)];
}
#define PICK(x, list) pick((x), (list), ARRAY_N(list))

static const char *const OP[] = {">=", "<", "=", ">"};
static const char *const FIELDS[] = {"名称",     "研发费用@2025", "营业收入@2025", "属地",
                                     "联系电话", "得分",          "格次",          "代码"};
static const char *const WORDS[] = {"公司", "子", "丑", "丙", "E3", "E", "甲", "zi", "chou"};

static Str condition(struct hidden *x)
{
    bool score = trust_below(x->t, 3) == 0, not = trust_below(x->t, 3) == 0;
    const char * or = trust_below(x->t, 3) == 0 ? " 或 营业收入@2025 > 1元" : "";
    return arena_fmt(x->a, "%s(%s %s %d%s)%s", not ? "非 " : "", score ? "得分" : "研发费用@2025",
                     PICK(x, OP), (int)trust_below(x->t, 4) * 500 + (score ? 10 : 95),
                     score ? "分" : "元", or);
}

/* {"where":..,"sort":..,"q":..,"facets":[..],..} */
static Str query(struct hidden *x)
{
    struct buf b;
    buf_init(&b, x->a, 4096);
    buf_fmt(&b, "{\"limit\":%d", 1 + (int)trust_below(x->t, 7));
    if (trust_below(x->t, 2) == 0)
        buf_fmt(&b, ",\"where\":\"%.*s\"", STR_ARG(condition(x)));
    if (trust_below(x->t, 3) == 0)
        buf_fmt(&b, ",\"q\":\"%s\"", PICK(x, WORDS));
    if (trust_below(x->t, 2) == 0)
        buf_fmt(&b, ",\"sort\":\"%s%s\"", trust_below(x->t, 2) == 0 ? "-" : "", PICK(x, FIELDS));
    if (trust_below(x->t, 3) == 0)
        buf_fmt(&b, ",\"facets\":[\"%s\"]", PICK(x, FIELDS));
    if (trust_below(x->t, 4) == 0)
        buf_add(&b, S(",\"undecided\":true"));
    buf_fmt(&b, ",\"fields\":[\"%s\",\"%s\"]}", PICK(x, FIELDS), PICK(x, FIELDS));
    return buf_str(&b);
}

static struct question question(struct hidden *x)
{
    static const char *const FIRM[] = {"E1", "E2", "E3", "E4", "E5", "E6", "E7"};
    static const char *const OF[] = {"", "/history", "/ledger", "/entitlements",
                                     ("/matches?with=" KIND)};
    static const char *const FIND[] = {
        "E3", "E",     "zi", "chou", "%E4%B8%91", "%E5%AD%90", "%E5%85%AC%E5%8F%B8",
        "E5", "gongsi"}; /* 丑 子 公司 */
    static const char *const RUN[] = {"receipt", "explanation", "steps"};
    static const char *const PLAIN[] = {
        "/kinds",
        "/kinds/" KIND,
        "/runs",
        "/runs/1",
        "/notices",
        "/policies",
        "/granted",
        "/views",
        "/jobs",
        "/cockpit/kinds",
        "/cockpit/targets",
        "/cockpit/panels",
        "/cockpit/matrix/" KIND,
        "/cockpit/map/" KIND,
        "/cockpit/movers/" KIND,
        "/cockpit/money",
        "/cockpit/holders",
        "/cases",
        "/cases/3",
        "/case-measures?type=" VISIT,
        "/case-measures?type=" VISIT "&by=category",
        "/case-measures?type=" VISIT "&by=locality",
        "/case-measures?type=" VISIT "&by=month",
        "/case-measures?type=" VISIT "&category=%E4%B9%99",
        "/case-measures?type=" VISIT "&locality=320582101",
        "/case-measures/cases?type=" VISIT "&measure=%E6%88%90%E7%8E%87&part=hit",
    };
    switch (trust_below(x->t, 9)) {
    case 0:
    case 1:
    case 2:
    case 3: return (struct question){"POST", S("/api/v1/subjects/" KIND "/query"), query(x)};
    case 4:
        return (struct question){"POST", S("/api/v1/subjects/" KIND "/spread?field=" RND),
                                 query(x)};
    case 5:
        return (struct question){
            "GET", arena_fmt(x->a, "%s/%s%s", SUBJECTS, PICK(x, FIRM), PICK(x, OF)), S("")};
    case 6:
        return (struct question){
            "GET", arena_fmt(x->a, "/api/v1/runs/1/subjects/%s/%s", PICK(x, FIRM), PICK(x, RUN)),
            S("")};
    case 7:
        return (struct question){"GET", arena_fmt(x->a, "/api/v1/search?q=%s", PICK(x, FIND)),
                                 S("")};
    default: return (struct question){"GET", arena_fmt(x->a, "/api/v1%s", PICK(x, PLAIN)), S("")};
    }
}

/* Without what is of the request, and of the moment: its number; times of day. */
static Str without(struct hidden *x, Str body, const char *key)
{
    size_t at = str_find(body, arena_fmt(x->a, "\"%s\":\"", key));
    if (at >= body.n)
        return body;
    Str rest = str_sub(body, at + strlen(key) + 4, body.n);
    (void)str_cut(&rest, '"');
    return arena_fmt(x->a, "%.*s%.*s", STR_ARG(str_sub(body, 0, at)),
                     STR_ARG(without(x, rest, key)));
}

static Str comparable(struct hidden *x, const struct client_answer *got)
{
    static const char *const OF_NOW[] = {"instance", "at", "since", "until", "opened"};
    Str body = got->body;
    for (size_t i = 0; i < ARRAY_N(OF_NOW); i++)
        body = without(x, body, OF_NOW[i]);
    return body;
}

static void compare(struct hidden *x, enum role role)
{
    struct client_answer got[2];
    struct question q = question(x);
    for (int side = 0; side < 2; side++)
        (void)ask(x, side, role, &q, &got[side]);
    bool same = got[0].status == got[1].status && got[0].status != 0 &&
                str_eq(comparable(x, &got[0]), comparable(x, &got[1]));
    (void)trust_check(x->t, same, "%s %.*s %.*s: %d %.*s\n  against %d %.*s", q.method,
                      STR_ARG(q.path), STR_ARG(q.body), got[0].status, STR_ARG(got[0].body),
                      got[1].status, STR_ARG(got[1].body));
    x->asked++;
    x->let += got[0].status == 200;
}

static bool seen_to_differ(struct hidden *x, const char *id)
{
    struct client_answer got[2];
    Str path =
        id[0] == '/' ? arena_fmt(x->a, "/api/v1%s", id) : arena_fmt(x->a, "%s/%s", SUBJECTS, id);
    for (int side = 0; side < 2; side++)
        (void)ask(x, side, ROLE_OFFICER, &(struct question){"GET", path, S("")}, &got[side]);
    return !str_eq(comparable(x, &got[0]), comparable(x, &got[1]));
}

/* The positive control: who sees all sees the difference, once the lists have caught up. */
static void control(struct hidden *x, const char *id)
{
    bool differ = seen_to_differ(x, id);
    for (int i = 0; i < CONTROL_TRIES && !differ; i++) {
        (void)usleep(CONTROL_US);
        differ = seen_to_differ(x, id);
    }
    (void)trust_check(x->t, differ, "the counties do not differ at %s", id);
}

static void on(struct trust *t, const char *name, Str url)
{
    static const enum role WHO[] = {ROLE_TOWN, ROLE_ENTERPRISE, ROLE_BANK, ROLE_CARRIER};
    static struct hidden x;
    int64_t n = trust_n(t, ROUNDS, ALL);
    x = (struct hidden){.t = t, .a = arena_open()};
    if (make(&x, url)) {
        control(&x, "E3");
        control(&x, "/case-measures?type=" VISIT);
        control(&x, "E5");
        control(&x, "E6"); /* was written last */
        for (int64_t i = 0; i < n; i++) {
            ArenaMark mark = arena_mark(x.a);
            compare(&x, WHO[i % (int64_t)ARRAY_N(WHO)]);
            arena_reset(x.a, mark);
        }
        for (int side = 0; side < 2; side++) {
            client_close(&x.client[side]);
            world_close(&x.w[side]);
        }
    }
    printf("%s: %lld questions to two counties, %lld answered with 200; %.1f s\n", name,
           (long long)x.asked, (long long)x.let, trust_seconds(t));
    arena_close(x.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "hidden", argc, argv);
    return trust_each(&t, on);
}
