/* rerank_test.c - a model outside, here a stub on loopback: what it is shown and what never, what
 * it says as a part of scores, and that nothing changes when it is late, wrong or away. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "api/rerank/rerank.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/help/folder.h"
#include "test/help/pg.h"
#include "test/help/report.h"
#include "test/t.h"
#include "test/trust/world.h"

/* --- the file, and what can be said --- */

static bool reads(struct arena *a, const char *text)
{
    struct rerank_options o;
    struct diags ds;
    diags_init(&ds, a);
    return rerank_read(a, &o, str_of(text), &ds) == OK && o.url.n > 0;
}

TEST(rerank_file_is_read_strictly)
{
    struct arena *a = arena_open();
    CHECK(reads(a, "{\"url\":\"https://m/v1/rerank\",\"model\":\"x\"}"));
    CHECK(reads(a, "{\"url\":\"u\",\"model\":\"x\",\"level\":\"内部\","
                   "\"wait_s\":10,\"weight\":2000}"));
    CHECK(!reads(a, "") && !reads(a, "[]") && !reads(a, "{\"url\":\"u\"}"));
    CHECK(!reads(a, "{\"url\":\"u\",\"model\":\"x\",\"level\":\"敏感\"}"));
    CHECK(!reads(a, "{\"url\":\"u\",\"model\":\"x\",\"wait_s\":11}"));
    CHECK(!reads(a, "{\"url\":\"u\",\"model\":\"x\",\"weight\":\"9\"}"));
    CHECK(reads(a, "{\"url\":\"u\",\"model\":\"x\",\"kind\":\"embeddings\","
                   "\"organisation\":\"某公司\",\"purpose\":\"匹配\"}"));
    CHECK(!reads(a, "{\"url\":\"u\",\"model\":\"x\",\"kind\":\"chat\"}"));
    CHECK(!reads(a, "{\"url\":\"u\",\"model\":\"x\",\"purpose\":\"匹配\"}"));
    arena_close(a);
}

TEST(rerank_answers_are_read_strictly)
{
    static const char *const WRONG[] = {"",
                                        "{}",
                                        "[1]",
                                        "{\"results\":[]}",
                                        "{\"results\":7}",
                                        "{\"results\":[{\"index\":2,\"relevance_score\":0.5}]}",
                                        "{\"results\":[{\"index\":-1,\"relevance_score\":0.5}]}",
                                        "{\"results\":[{\"index\":0,\"relevance_score\":1.01}]}",
                                        "{\"results\":[{\"index\":0,\"relevance_score\":\"1\"}]}",
                                        ("{\"results\":[{\"index\":0,\"relevance_score\":1},"
                                         "{\"index\":0,\"relevance_score\":1}]}")};
    int32_t said[RERANK_TEXTS];
    for (size_t i = 0; i < ARRAY_N(WRONG); i++)
        CHECK(!rerank_answer(RERANK_SCORES, str_of(WRONG[i]), 2, said));
    CHECK(rerank_answer(RERANK_SCORES,
                        S("{\"results\":[{\"index\":1,\"relevance_score\":0.8765}]}"), 2, said));
    CHECK(said[0] == -1 && said[1] == 877);
}

#define ONE(i, v) "{\"index\":" #i ",\"embedding\":" v "}"
#define DATA(all) "{\"data\":[" all "]}"

/* The question is the first; vectors are of any length, told apart by where they point. */
TEST(rerank_vectors_are_read_strictly)
{
    static const char *const WRONG[] = {
        "{}",
        DATA(""),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]")), /* one is missing */
        DATA(ONE(0, "[1]") "," ONE(1, "[1]") "," ONE(2, "[1]") "," ONE(3, "[1]")), /* too many */
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]") "," ONE(1, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]") "," ONE(3, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(-1, "[1,2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]") "," ONE(2, "[1,2,3]")), /* of another length */
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]") "," ONE(2, "[1]")),
        DATA(ONE(0, "[]") "," ONE(1, "[]") "," ONE(2, "[]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[0,0]") "," ONE(2, "[1,2]")), /* leads nowhere */
        DATA(ONE(0, "[0,0]") "," ONE(1, "[1,2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[NaN,2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1e999,2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[257,2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[\"NaN\",2]") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "\"AACAPw==\"") "," ONE(2, "[1,2]")),
        DATA(ONE(0, "[1,2]") "," ONE(1, "[1,2]") ",7")};
    int32_t said[RERANK_TEXTS];
    for (size_t i = 0; i < ARRAY_N(WRONG); i++)
        if (rerank_answer(RERANK_VECTORS, str_of(WRONG[i]), 2, said))
            CHECK_STR(str_of(WRONG[i]), "refused");
    CHECK(rerank_answer(RERANK_VECTORS,
                        S(DATA(ONE(2, "[-3,-4]") "," ONE(0, "[3e-2,4e-2]") "," ONE(1, "[80,60]"))),
                        2, said));
    CHECK(said[0] == 960 && said[1] == 0); /* 48 of 50; and the other way */
    CHECK(!rerank_answer(RERANK_SCORES, S(DATA(ONE(0, "[1]") "," ONE(1, "[1]"))), 1, said));
}

/* A vector longer than any model's. */
TEST(rerank_vectors_have_an_end)
{
    struct arena *a = arena_open();
    for (int more = 0; more <= 1; more++) {
        struct buf b;
        int32_t said[1];
        buf_init(&b, a, 1 << 20);
        for (int i = 0; i < 2; i++) {
            buf_fmt(&b, i == 0 ? "{\"data\":[{\"index\":0,\"embedding\":["
                               : ",{\"index\":1,\"embedding\":[");
            for (int k = 0; k < RERANK_DIM_MAX + more; k++)
                buf_fmt(&b, k == 0 ? "0.5" : ",0.25");
            buf_fmt(&b, "]}");
        }
        buf_fmt(&b, "]}");
        CHECK(rerank_answer(RERANK_VECTORS, buf_str(&b), 1, said) == (more == 0));
        CHECK(more > 0 || said[0] == 1000);
    }
    arena_close(a);
}

/* --- the stub: answers as it is told, keeps what it heard last --- */

static struct stub {
    int fd, port;
    pthread_t thread;
    const char *says; /* NULL: never */
    size_t more;      /* bytes behind it */
    atomic_int heard;
    char body[1 << 16];
} g_stub;

static void stub_answer(struct stub *s, int c)
{
    size_t n = 0;
    const char *head;
    for (ssize_t got = 1; got > 0 && n < sizeof s->body - 1;) {
        struct pollfd p = {.fd = c, .events = POLLIN};
        if ((head = strstr(s->body, "\r\n\r\n")) != NULL && s->body[n - 1] == '}')
            break;
        got = poll(&p, 1, 3000) == 1 ? read(c, s->body + n, sizeof s->body - 1 - n) : 0;
        n += got > 0 ? (size_t)got : 0;
        s->body[n] = '\0';
    }
    atomic_fetch_add(&s->heard, 1);
    if (s->says == NULL) { /* until the other side gives up */
        struct pollfd p = {.fd = c, .events = POLLIN};
        (void)poll(&p, 1, 4000);
        return;
    }
    (void)!write(c, s->says, strlen(s->says));
    for (size_t i = 0; i < s->more; i += sizeof s->body)
        if (send(c, s->body, sizeof s->body, MSG_NOSIGNAL) <= 0)
            return;
}

static void *stub_run(void *arg)
{
    struct stub *s = arg;
    for (int c; (c = accept(s->fd, NULL, NULL)) >= 0; (void)close(c)) {
        s->body[0] = '\0';
        stub_answer(s, c);
    }
    return NULL;
}

static void stub_open(struct stub *s)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    s->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(s->fd, (struct sockaddr *)(void *)&at, sizeof at) == 0 && listen(s->fd, 8) == 0);
    CHECK_INT(getsockname(s->fd, (struct sockaddr *)(void *)&at, &n), 0);
    s->port = ntohs(at.sin_port);
    CHECK_INT(pthread_create(&s->thread, NULL, stub_run, s), 0);
}

static void stub_close(struct stub *s)
{
    (void)shutdown(s->fd, SHUT_RDWR);
    (void)pthread_join(s->thread, NULL);
    (void)close(s->fd);
}

/* --- the county --- */

static const char NEEDS[] =
    "# 需求\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n\n## 字段\n"
    "| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n| 编号 | 文本 | | 公开 |\n"
    "| 名称 | 文本 | | 公开 |\n| 概述 | 文本 | | 公开 |\n| 底细 | 文本 | | 敏感 |\n"
    "| 范围 | 选项 | 开放; 保密 | 内部 |\n\n## 匹配\n- 正文: 概述\n- 密级: 范围 = 开放\n";
static const char WORKS[] =
    "# 成果\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n\n## 字段\n"
    "| 名称 | 类型 | 分级 |\n|---|---|---|\n| 编号 | 文本 | 公开 |\n| 名称 | 文本 | 公开 |\n"
    "| 发明人 | 文本 | 个人 |\n| 内情 | 文本 | 内部 |\n";

static struct world g_w;
static struct arena *g_a;
static struct client_answer g_got;

static int ask(enum role role, const char *method, const char *path, const char *body)
{
    static struct client client;
    client_open(&client, g_w.port);
    struct client_question q = {method, arena_fmt(g_a, "/api/v1%s", path),
                                world_headers(g_a, &g_w.at[role], true), str_of(body)};
    client_ask(&client, g_a, &g_got, &q);
    client_close(&client);
    return g_got.status;
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

static bool heard(const char *part)
{
    return strstr(g_stub.body, part) != NULL;
}

static void fill(Str url)
{
    CHECK(world_fill(&g_w, url));
    CHECK_INT(db_connect(g_w.k.db, DB_WRITE, &g_w.k.w, &g_w.k.ds), OK);
    struct reporting r = {g_w.k.w, g_w.k.a, &g_w.k.ds};
    report_kind(r, NEEDS);
    report_kind(r, WORKS);
    report_csv(r, "需求",
               S("编号,名称,概述,底细,范围\nN1,激光焊接检测,焊缝缺陷识别,秘不外传,开放\n"
                 "N2,激光焊接,不能说的焊缝,秘不外传,保密\n"));
    report_csv(r, "成果",
               S("编号,名称,发明人,内情\nA1,激光焊接焊缝缺陷识别检测,张三丰,某厂在用\n"
                 "A2,激光焊接检测,李四,\nA3,焊缝识别,王五,\n"));
    report_csv(r, "企业", S("代码,名称\nE1,激光焊接公司\nE2,激光焊接工厂\n"));
    db_disconnect(g_w.k.w);
    g_w.k.w = NULL;
}

#define NEED_1 "/subjects/%E9%9C%80%E6%B1%82/N1/matches"
#define WITH   "?with=%E6%88%90%E6%9E%9C"
#define ASK    "{\"with\":\"成果\"}"
#define OK_200 "HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n"
#define RIGHT                                                     \
    OK_200 "{\"results\":[{\"index\":2,\"relevance_score\":1.0}," \
           "{\"index\":0,\"relevance_score\":0},{\"index\":1,\"relevance_score\":0.25}]}"

/* "A1 A2 A3 ", and each row's reasons add up to its score. */
static Str order(void)
{
    struct buf b;
    buf_init(&b, g_a, 1 << 10);
    Str rest = g_got.body;
    for (size_t at; (at = str_find(rest, S("\"identity\":\""))) < rest.n;) {
        rest = str_sub(rest, at + 12, rest.n);
        buf_fmt(&b, "%.2s ", rest.p);
    }
    return buf_str(&b);
}

static void check_right(void)
{
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200);
    CHECK(has(g_got.body, "\"state\":\"none\"") && !has(g_got.body, "\"part\":\"model\""));
    CHECK_STR(order(), "A1 A2 A3 ");
    g_stub.says = RIGHT;
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, ASK), 200);
    CHECK_STR(order(), "A3 A2 A1 ");
    CHECK(has(g_got.body, "\"state\":\"answered\",\"sent\":3"));
    CHECK(has(g_got.body, "\"part\":\"model\",\"worth\":8000") &&
          has(g_got.body, "\"part\":\"model\",\"worth\":2000"));
    CHECK_INT(atomic_load(&g_stub.heard), 1);
    CHECK(heard("POST /v1/rerank HTTP/1.1\r\n") && heard("Authorization: Bearer K9\r\n"));
    CHECK(heard("\"model\":\"示例-1\"") && heard("焊缝缺陷识别") &&
          heard("激光焊接焊缝缺陷识别检测"));
    CHECK(!heard("秘不外传") && !heard("张三丰") && !heard("某厂在用") && !heard("N1") &&
          !heard("A1"));
    Str rows =
        arena_copy(g_a, str_sub(g_got.body, str_find(g_got.body, S("\"rows\"")), g_got.body.n));
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200); /* what was kept says the same */
    CHECK(has(g_got.body, "\"state\":\"answered\"") && str_find(g_got.body, rows) < g_got.body.n);
    CHECK_INT(atomic_load(&g_stub.heard), 1);
}

/* Of the asking: an act with digests and counts, and no text. */
static void check_act(void)
{
    Str act = client_member(&g_got, "act");
    CHECK_INT(ask(ROLE_AUDIT_ADMIN, "GET", arena_fmt(g_a, "/acts/%.*s", STR_ARG(act)).p, ""), 200);
    CHECK(has(g_got.body, "match.model") && has(g_got.body, "\"texts\":3"));
    CHECK(has(g_got.body, "\"ended\":\"answered\"") && has(g_got.body, "\"sent\":\""));
    CHECK(!has(g_got.body, "焊缝"));
}

/* The core's order, with a word that says why. */
static void check_core(const char *says, size_t more, const char *state)
{
    g_stub.says = says;
    g_stub.more = more;
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, ASK), 200);
    CHECK_STR(order(), "A1 A2 A3 ");
    CHECK(has(g_got.body, arena_fmt(g_a, "\"state\":\"%s\"", state).p));
    CHECK(!has(g_got.body, "\"part\":\"model\""));
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200);
    CHECK(has(g_got.body, arena_fmt(g_a, "\"state\":\"%s\"", state).p));
    CHECK_STR(order(), "A1 A2 A3 ");
    g_stub.more = 0;
}

static void check_wrong(void)
{
    Str there =
        arena_fmt(g_a, "HTTP/1.1 307 Go\r\nLocation: http://127.0.0.1:%d/x\r\n\r\n", g_stub.port);
    check_core(OK_200 "{\"results\":[{\"index\":9,\"relevance_score\":1}]}", 0, "wrong");
    check_core("HTTP/1.1 500 No\r\nConnection: close\r\n\r\n{\"results\":[]}", 0, "wrong");
    check_core("nothing at all\r\n\r\n", 0, "away");
    check_core(OK_200 "{", 9 << 20, "wrong");
    int before = atomic_load(&g_stub.heard);
    check_core(there.p, 0, "wrong");
    CHECK_INT(atomic_load(&g_stub.heard), before + 1); /* and nobody was asked there */
    check_core(NULL, 0, "late");
}

/* By its level; and who may not. */
static void check_closed(void)
{
    int before = atomic_load(&g_stub.heard);
    g_stub.says = RIGHT;
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/subjects/%E9%9C%80%E6%B1%82/N2/matches", ASK), 422);
    CHECK(has(g_got.body, "RERANK-NOT"));
    CHECK_INT(ask(ROLE_OFFICER, "GET", "/subjects/%E9%9C%80%E6%B1%82/N2/matches" WITH, ""), 200);
    CHECK(has(g_got.body, "\"state\":\"closed\""));
    CHECK_INT(ask(ROLE_ENTERPRISE, "POST", NEED_1, ASK), 403);
    CHECK_INT(ask(ROLE_EXPERT, "POST", NEED_1, ASK), 403);
    CHECK_INT(atomic_load(&g_stub.heard), before);
}

/* What was said of other words holds no more. */
static void check_changed(void)
{
    g_stub.says = RIGHT;
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, ASK), 200);
    CHECK_STR(order(), "A3 A2 A1 ");
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/subjects/%E6%88%90%E6%9E%9C/A3/reports",
                  "{\"source\":\"x\",\"values\":{\"名称\":\"焊缝识别仪\"}}"),
              201);
    while (ask(ROLE_OFFICER, "GET", NEED_1 WITH, "") == 200 && !has(g_got.body, "焊缝识别仪"))
        (void)usleep(10000);
    CHECK(has(g_got.body, "\"state\":\"answered\"") && !has(g_got.body, "\"worth\":8000"));
    CHECK_STR(order(), "A2 A1 A3 ");
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/subjects/%E9%9C%80%E6%B1%82/N1/reports",
                  "{\"source\":\"x\",\"values\":{\"概述\":\"焊缝缺陷的识别\"}}"),
              201);
    while (ask(ROLE_OFFICER, "GET", NEED_1 WITH, "") == 200 && !has(g_got.body, "缺陷的识别"))
        (void)usleep(10000);
    CHECK(has(g_got.body, "\"state\":\"none\"") && !has(g_got.body, "\"part\":\"model\""));
}

/* --- a case: only what the board shows everybody --- */

static const char CALL[] =
    "{\"text\":\"# 悬赏\\n- 对象: 企业\\n- 状态: 示例\\n\\n## 字段 悬赏\\n\\n"
    "| 名称 | 类型 | 选项 | 分级 |\\n|---|---|---|---|\\n| 题目 | 文本 | | 公开 |\\n"
    "| 诀窍 | 文本 | | |\\n| 密级 | 选项 | 公开; 限揭榜方 | 内部 |\\n\\n"
    "## 事项 悬赏\\n- 发起: 经办\\n- 密级: 密级; 公开; 限揭榜方\\n\\n"
    "| 填报 | 必填 |\\n|---|---|\\n| 题目 | 是 |\\n| 诀窍 | |\\n| 密级 | 是 |\\n\\n"
    "| 状态 | 终 | 公开 |\\n|---|---|---|\\n| 登记 | | |\\n| 张榜 | | 是 |\\n| 完 | 是 | |\\n\\n"
    "| 步骤 | 从 | 到 | 谁 |\\n|---|---|---|---|\\n| 张榜 | 登记 | 张榜 | 经办 |\\n"
    "| 完 | 张榜 | 完 | 经办 |\\n\"}";

static void call_open(const char *level, int number)
{
    CHECK_INT(
        ask(ROLE_OFFICER, "POST", "/cases", "{\"type\":\"悬赏\",\"kind\":\"企业\",\"id\":\"E3\"}"),
        201);
    CHECK_INT(
        ask(ROLE_OFFICER, "POST", arena_fmt(g_a, "/cases/%d/form", number).p,
            arena_fmt(g_a,
                      "{\"seq\":1,\"fields\":{\"题目\":\"焊缝缺陷识别\",\"诀窍\":\"秘不外传\","
                      "\"密级\":\"%s\"}}",
                      level)
                .p),
        200);
}

static void check_case(void)
{
    int before = atomic_load(&g_stub.heard);
    CHECK_INT(ask(ROLE_AUTHOR, "POST", "/rules", CALL), 201);
    Str entry = client_member(&g_got, "entry");
    CHECK_INT(ask(ROLE_REVIEWER, "POST", arena_fmt(g_a, "/rules/%.*s/review", STR_ARG(entry)).p,
                  "{\"why\":\"x\"}"),
              200);
    CHECK_INT(ask(ROLE_LEADER, "POST", arena_fmt(g_a, "/rules/%.*s/publish", STR_ARG(entry)).p,
                  "{\"why\":\"x\"}"),
              200);
    call_open("公开", 1);
    call_open("限揭榜方", 2);
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/cases/1/matches", ASK), 422); /* not on the board yet */
    for (int i = 1; i <= 2; i++)
        CHECK_INT(ask(ROLE_OFFICER, "POST", arena_fmt(g_a, "/cases/%d/steps", i).p,
                      "{\"step\":\"张榜\",\"seq\":2}"),
                  200);
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/cases/2/matches", ASK), 422); /* not for everybody */
    CHECK_INT(atomic_load(&g_stub.heard), before);
    CHECK_INT(ask(ROLE_OFFICER, "POST", "/cases/1/matches", ASK), 200);
    CHECK(has(g_got.body, "\"state\":\"answered\"") && heard("焊缝缺陷识别") && !heard("秘不外传"));
}

/* --- vectors, and what a subject consented to --- */

#define RIGHT_VECTORS                                                                         \
    OK_200 DATA(ONE(0, "[1,0,1]") "," ONE(1, "[-1,0.5,0]") "," ONE(2, "[0.5,0.1,0]") "," ONE( \
        3, "[2,0,2]"))
#define FIRM_1 "/subjects/%E4%BC%81%E4%B8%9A/E1/matches"

static void check_vectors(void)
{
    g_stub.says = RIGHT_VECTORS;
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, ASK), 200);
    CHECK_STR(order(), "A3 A2 A1 ");
    CHECK(has(g_got.body, "\"part\":\"model\",\"worth\":8000") &&
          has(g_got.body, "\"part\":\"model\",\"worth\":5544"));
    CHECK(heard("POST /v1/embeddings HTTP/1.1\r\n") && heard("\"encoding_format\":\"float\"") &&
          heard("\"input\":[\"激光焊接检测\\n焊缝缺陷识别") && !heard("秘不外传") && !heard("N1"));
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200);
    CHECK_STR(order(), "A3 A2 A1 ");
    check_act();
    check_core(OK_200 DATA(ONE(0, "[1,0]") "," ONE(1, "[1,0]") "," ONE(2, "[1,0]")), 0, "wrong");
    check_core(OK_200 "{", 9 << 20, "wrong");
    check_core(RIGHT, 0, "wrong");
    check_core(NULL, 0, "late");
}

static Str consent(const char *purpose, const char *field)
{
    CHECK_INT(ask(ROLE_ENTERPRISE, "POST", "/consents",
                  arena_fmt(g_a,
                            "{\"organisation\":\"示例模型商\",\"purpose\":\"%s\","
                            "\"fields\":[\"%s\"],\"days\":9}",
                            purpose, field)
                      .p),
              201);
    return client_member(&g_got, "consent");
}

/* Whether the firm's telephone, which is personal, is told: as the one that asks, and among those
 * that are asked about. */
static void check_told(bool told)
{
    g_stub.says = OK_200 "{}"; /* what it says is no matter */
    CHECK_INT(ask(ROLE_OFFICER, "POST", FIRM_1, ASK), 200);
    CHECK(heard("激光焊接公司") && heard("13800000001") == told && !heard("13800000002"));
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, "{\"with\":\"企业\"}"), 200);
    CHECK(heard("激光焊接公司") && heard("13800000001") == told && !heard("13800000002"));
}

/* Afterwards as before it was given. */
static void take_back(Str number)
{
    CHECK_INT(
        ask(ROLE_ENTERPRISE, "DELETE", arena_fmt(g_a, "/consents/%.*s", STR_ARG(number)).p, ""),
        200);
    check_told(false);
}

static void check_consent(void)
{
    struct client_answer kept;
    check_told(false);
    (void)consent("创新积分贷", "联系电话"); /* for something else */
    check_told(false);
    Str other = consent("供需匹配", "研发费用"); /* of something else */
    check_told(false);
    take_back(other);
    Str number = consent("供需匹配", "联系电话");
    check_told(true);
    kept = g_got;
    Str act = client_member(&kept, "act");
    CHECK_INT(ask(ROLE_AUDIT_ADMIN, "GET", arena_fmt(g_a, "/acts/%.*s", STR_ARG(act)).p, ""), 200);
    CHECK(has(g_got.body, arena_fmt(g_a, "\"consents\":[%.*s]", STR_ARG(number)).p));
    CHECK_INT(
        ask(ROLE_ENTERPRISE, "DELETE", arena_fmt(g_a, "/consents/%.*s", STR_ARG(number)).p, ""),
        200);
    check_told(false);
}

/* --- nobody is configured, and one that --outgoing does not name --- */

static void check_off(void)
{
    int before = atomic_load(&g_stub.heard);
    g_w.rerank.url = S("http://127.0.0.2:9/v1/rerank");
    CHECK(world_serve(&g_w));
    check_core(RIGHT, 0, "away");
    world_stop(&g_w);
    g_w.rerank = (struct rerank_options){0};
    CHECK(world_serve(&g_w));
    CHECK_INT(ask(ROLE_OFFICER, "POST", NEED_1, ASK), 422);
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200);
    CHECK(has(g_got.body, "\"state\":\"off\""));
    CHECK_INT(atomic_load(&g_stub.heard), before);
}

static void check_model(Str url)
{
    g_a = arena_open();
    g_stub = (struct stub){0};
    stub_open(&g_stub);
    Str allow = arena_fmt(g_a, "127.0.0.1:%d", g_stub.port);
    fill(url);
    g_w.outside = (struct outside_rules){.allow = &allow, .allow_n = 1, .authorities = S("")};
    g_w.rerank =
        (struct rerank_options){.url = arena_fmt(g_a, "http://127.0.0.1:%d/v1/rerank", g_stub.port),
                                .model = S("示例-1"),
                                .title = S("示例模型"),
                                .key = S("K9"),
                                .level = PROTECT_PUBLIC,
                                .wait_s = 1,
                                .weight = 8000,
                                .organisation = S("示例模型商"),
                                .purpose = S("供需匹配")};
    CHECK(world_serve(&g_w));
    check_right();
    check_act();
    check_wrong();
    check_closed();
    check_consent();
    world_stop(&g_w);
    g_w.rerank.way = RERANK_VECTORS;
    g_w.rerank.url = arena_fmt(g_a, "http://127.0.0.1:%d/v1/embeddings", g_stub.port);
    CHECK(world_serve(&g_w));
    CHECK_INT(ask(ROLE_OFFICER, "GET", NEED_1 WITH, ""), 200);
    CHECK(has(g_got.body, "\"state\":\"none\"")); /* what another said in another way */
    check_vectors();
    world_stop(&g_w);
    g_w.rerank.way = RERANK_SCORES;
    CHECK(world_serve(&g_w));
    check_changed();
    check_case();
    world_stop(&g_w);
    check_off();
    world_close(&g_w);
    stub_close(&g_stub);
    arena_close(g_a);
}

TEST(rerank_asks_a_stub_sqlite)
{
    char path[FOLDER_N];
    folder_new(path, "rerank");
    struct arena *a = arena_open();
    check_model(arena_fmt(a, "sqlite:%s/x.db", path));
    CHECK(folder_remove(path));
    arena_close(a);
}

TEST(rerank_asks_a_stub_postgres)
{
    const char *url = pg_database();
    if (url == NULL)
        SKIP("PostgreSQL is not installed");
    check_model(str_of(url));
}
