/* hook_test.c - webhooks of a running server: what is told, how it is signed, and told again. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "api/hook/hook.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "crypto/keyed.h"
#include "test/help/folder.h"
#include "test/t.h"
#include "test/trust/world.h"

static struct world g_w;
static struct arena *g_a;
static struct client_answer g_got;
static int g_sink, g_sink_port;

static int ask(enum role role, const char *method, Str path, Str body)
{
    static struct client client;
    client_open(&client, g_w.port);
    struct client_question q = {method, path, world_headers(g_a, &g_w.at[role], true), body};
    client_ask(&client, g_a, &g_got, &q);
    client_close(&client);
    return g_got.status;
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

/* --- the receiver: what it hears, within some seconds; empty: nothing --- */

static void sink_open(void)
{
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t n = sizeof at;
    g_sink = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    CHECK(bind(g_sink, (struct sockaddr *)(void *)&at, sizeof at) == 0 && listen(g_sink, 8) == 0);
    CHECK_INT(getsockname(g_sink, (struct sockaddr *)(void *)&at, &n), 0);
    g_sink_port = ntohs(at.sin_port);
}

static bool is_whole(Str text)
{
    size_t head = str_find(text, S("\r\n\r\n")), at = str_find(text, S("Content-Length: "));
    int64_t body = 0;
    if (head >= text.n || at >= head)
        return false;
    for (at += 16; text.p[at] >= '0' && text.p[at] <= '9'; at++)
        body = body * 10 + (text.p[at] - '0');
    return text.n >= head + 4 + (size_t)body;
}

static Str hear(const char *answer, int wait_ms)
{
    struct pollfd p = {.fd = g_sink, .events = POLLIN};
    struct buf b;
    char room[4096];
    buf_init(&b, g_a, 1 << 20);
    if (poll(&p, 1, wait_ms) != 1)
        return S("");
    int fd = accept(g_sink, NULL, NULL);
    ssize_t n = 1;
    while (n > 0 && (b.n == 0 || !is_whole(buf_str(&b)))) {
        n = read(fd, room, sizeof room);
        if (n > 0)
            buf_add(&b, (Str){room, (size_t)n});
    }
    CHECK(write(fd, answer, strlen(answer)) > 0);
    (void)close(fd);
    return buf_str(&b);
}

#define TAKEN   "HTTP/1.1 204 No Content\r\n\r\n"
#define REFUSED "HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n"

static Str line_of(Str heard, const char *name)
{
    size_t at = str_find(heard, str_of(name));
    Str rest = str_sub(heard, at < heard.n ? at + strlen(name) : heard.n, heard.n);
    return str_trim(str_cut(&rest, '\r'));
}

static Str body_of(Str heard)
{
    return str_sub(heard, str_find(heard, S("\r\n\r\n")) + 4, heard.n);
}

static void check_signature(Str heard, Str secret)
{
    Str sign = hook_sign(g_a, secret, line_of(heard, "X-Geci-Timestamp:"), body_of(heard));
    CHECK_STR(line_of(heard, "X-Geci-Signature:"), sign.p);
}

/* --- what is done --- */

static Str hook_new(const char *form, const char *events, bool sensitive, Str *secret)
{
    Str body =
        arena_fmt(g_a,
                  "{\"title\":\"对账\",\"url\":\"http://127.0.0.1:%d/in?key=K1\",\"form\":\"%s\","
                  "\"events\":[%s],\"sensitive\":%s}",
                  g_sink_port, form, events, sensitive ? "true" : "false");
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "POST", S("/api/v1/webhooks"), body), 201);
    *secret = client_member(&g_got, "secret");
    return client_member(&g_got, "hook");
}

static void report(const char *value)
{
    Str path = S("/api/v1/subjects/%E4%BC%81%E4%B8%9A/E1/reports");
    Str body = arena_fmt(
        g_a,
        "{\"source\":\"自报\",\"values\":{\"研发费用@2025\":\"%s\",\"联系电话\":\"13901390139\"}}",
        value);
    CHECK_INT(ask(ROLE_ENTERPRISE, "POST", path, body), 201);
}

static void check_first(Str secret, Str hook)
{
    Str heard = hear(TAKEN, 20000); /* that it was added */
    CHECK(has(heard, "POST /in?key=K1 HTTP/1.1\r\n") && has(heard, "\"event\":\"hook.add\""));
    CHECK(has(line_of(heard, "X-Geci-Event:"), arena_fmt(g_a, "-%.*s-", STR_ARG(hook)).p));
    check_signature(heard, secret);
}

static void check_values(Str secret)
{
    report("222");
    Str heard = hear(REFUSED, 20000);
    check_signature(heard, secret);
    CHECK(has(heard, "\"event\":\"record.report\"") && has(heard, "\"identity\":\"E1\""));
    CHECK(has(heard, "\"old\":\"101") && has(heard, "\"new\":\"222"));
    CHECK(has(heard, "联系电话") &&
          !has(heard, "13901390139")); /* that it was, but not what it is */
}

static void check_again(Str hook)
{
    Str list = arena_fmt(g_a, "/api/v1/webhooks/%.*s/deliveries", STR_ARG(hook));
    struct timespec nap = {0, 50000000};
    bool waits = false;
    for (int i = 0; i < 100 && !waits; i++, (void)nanosleep(&nap, NULL)) {
        CHECK_INT(ask(ROLE_AUDIT_ADMIN, "GET", list, S("")), 200);
        waits = has(g_got.body, "\"verb\":\"record.report\",\"state\":\"waiting\",\"tries\":1") &&
                has(g_got.body, "\"status\":500");
    }
    CHECK(waits);
    Str act = client_member(&g_got, "act");
    Str again = arena_fmt(g_a, "%.*s/%.*s/replay", STR_ARG(list), STR_ARG(act));
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "POST", again, S("")), 200);
    CHECK(has(hear(TAKEN, 20000), "\"new\":\"222"));
}

static void check_refusals(void)
{
    static const char *const URL[] = {"http://127.0.0.1:1/", "http://localhost/",
                                      "file:///etc/passwd", "https://169.254.169.254/latest/"};
    for (size_t i = 0; i < ARRAY_N(URL); i++) {
        Str body =
            arena_fmt(g_a,
                      "{\"title\":\"x\",\"url\":\"%s\",\"form\":\"json\",\"events\":[\"run\"],"
                      "\"sensitive\":true}",
                      URL[i]);
        CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "POST", S("/api/v1/webhooks"), body), 422);
    }
}

static void check_ended(Str hook)
{
    Str path = arena_fmt(g_a, "/api/v1/webhooks/%.*s", STR_ARG(hook));
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "DELETE", path, S("")), 200);
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "DELETE", path, S("")), 404);
    report("333");
    CHECK_STR(hear(TAKEN, 2500), "");
}

/* A group is told that something happened, and no figures. */
static void check_robot(void)
{
    Str secret, hook = hook_new("dingtalk", "\"record\"", true, &secret);
    Str heard = hear("HTTP/1.1 200 OK\r\nContent-Length: 13\r\n\r\n{\"errcode\":0}", 20000);
    CHECK(
        has(body_of(heard), "{\"msgtype\":\"text\",\"text\":{\"content\":\"geci 对账\\nhook.add"));
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "GET", S("/api/v1/webhooks"), S("")), 200);
    CHECK(has(g_got.body, "\"form\":\"dingtalk\"") && !has(g_got.body, "K1"));
    check_ended(hook);
    CHECK(hook_taken(HOOK_FEISHU, 200, S("{\"code\":0}")) && !hook_taken(HOOK_WECOM, 200, S("{}")));
}

static void check_hooks(Str url)
{
    Str secret, hook, allow;
    g_a = arena_open();
    sink_open();
    allow = arena_fmt(g_a, "127.0.0.1:%d", g_sink_port);
    CHECK(world_fill(&g_w, url));
    g_w.outside = (struct outside_rules){.allow = &allow, .allow_n = 1, .authorities = S("")};
    CHECK(world_serve(&g_w));
    check_refusals();
    hook = hook_new("json", "\"record\"", true, &secret);
    check_first(secret, hook);
    check_values(secret);
    check_again(hook);
    check_ended(hook);
    check_robot();
    world_close(&g_w);
    (void)close(g_sink);
    arena_close(g_a);
}

/* RFC 4231, case 2. */
TEST(hooks_sign_as_others_do)
{
    struct arena *a = arena_open();
    Str sign = hook_sign(a, S("key"), S("1"), S("x"));
    uint8_t mac[32];
    mac_sha256(mac, S("Jefe"), S("what do ya want for nothing?"));
    CHECK_INT(mac[0], 0x5b);
    CHECK_INT(mac[31], 0x43);
    CHECK_STR(sign, "sha256=fc4913c41a7bf793267e2a384f3261c9436ec2cd097bd745e7b0d99113f510ec");
    arena_close(a);
}

TEST(hooks_tell_sqlite)
{
    char path[FOLDER_N];
    folder_new(path, "hook");
    struct arena *a = arena_open();
    check_hooks(arena_fmt(a, "sqlite:%s/x.db", path));
    CHECK(folder_remove(path));
    arena_close(a);
}
