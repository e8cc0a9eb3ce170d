/* ask.c - the question itself, in a child that has nothing but a connection. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "os/child.h"
#include "outside/connect.h"

enum { MEMORY = 128 << 20, CPU_S = 10, SPARE_S = 5, HEAD_MAX = 64 << 10, STATUS_DIGITS = 3 };

struct errand {
    const struct outside_ask *q;
    const struct outside_url *u;
    const char *url, *pin; /* host:port:address, so that nothing is looked up */
    Str authorities;
    struct curl_slist *header;
    struct child_pipe *to;
    size_t said;
    bool told; /* the status was */
    CURL *curl;
};

/* --- in the child --- */

static curl_socket_t lend(void *arg, curlsocktype purpose, struct curl_sockaddr *address)
{
    (void)arg;
    (void)purpose;
    (void)address;
    return CHILD_SOCKET;
}

static int is_connected(void *arg, curl_socket_t fd, curlsocktype purpose)
{
    (void)arg;
    (void)fd;
    (void)purpose;
    return CURL_SOCKOPT_ALREADY_CONNECTED;
}

static int leave_open(void *arg, curl_socket_t fd)
{
    (void)arg;
    (void)fd;
    return 0;
}

static void tell_status(struct errand *e)
{
    long status = 0;
    char text[STATUS_DIGITS];
    (void)curl_easy_getinfo(e->curl, CURLINFO_RESPONSE_CODE, &status); /* then it is 0 */
    for (int i = STATUS_DIGITS - 1; i >= 0; i--, status /= 10)
        text[i] = (char)('0' + status % 10);
    child_write(e->to, (Str){text, sizeof text});
    e->told = true;
}

/* NOLINTNEXTLINE(readability-non-const-parameter): the type is libcurl's */
static size_t take(char *p, size_t one, size_t n, void *arg)
{
    struct errand *e = arg;
    e->said += one * n;
    if (e->said > e->q->answer_bytes)
        return 0;
    if (!e->told)
        tell_status(e);
    child_write(e->to, (Str){p, one * n});
    return one * n;
}

static bool prepare(struct errand *e)
{
    CURL *c = e->curl;
    struct curl_slist *pins = curl_slist_append(NULL, e->pin);
    /* NOLINTNEXTLINE(performance-no-int-to-ptr): libcurl only reads them */
    struct curl_blob authorities = {(void *)(uintptr_t)e->authorities.p, e->authorities.n,
                                    CURL_BLOB_NOCOPY};
    bool ok = pins != NULL;
    ok &= curl_easy_setopt(c, CURLOPT_URL, e->url) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_RESOLVE, pins) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https") == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_1_1) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_PROXY, "") == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_TIMEOUT, (long)e->q->wait_s) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_MAXFILESIZE, (long)e->q->answer_bytes) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_OPENSOCKETFUNCTION, lend) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_SOCKOPTFUNCTION, is_connected) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_CLOSESOCKETFUNCTION, leave_open) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_CAINFO, NULL) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_CAPATH, NULL) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_CAINFO_BLOB, &authorities) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_HTTPHEADER, e->header) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, take) == CURLE_OK;
    ok &= curl_easy_setopt(c, CURLOPT_WRITEDATA, e) == CURLE_OK;
    if (e->q->post) {
        ok &= curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE, (long)e->q->body.n) == CURLE_OK;
        ok &= curl_easy_setopt(c, CURLOPT_POSTFIELDS, e->q->body.p) == CURLE_OK;
    }
    return ok;
}

/* The status says why there is no answer. */
static enum status run(struct child_pipe *to, void *arg)
{
    struct errand *e = arg;
    e->to = to;
    e->curl = curl_easy_init();
    if (e->curl == NULL || !prepare(e))
        return ERR_IO;
    CURLcode code = curl_easy_perform(e->curl);
    if (code == CURLE_OK && !e->told)
        tell_status(e);
    switch ((int)code) { /* others are of no interest */
    case CURLE_OK: return OK;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE: return ERR_DENIED;
    case CURLE_OPERATION_TIMEDOUT: return ERR_BUSY;
    case CURLE_FILESIZE_EXCEEDED:
    case CURLE_WRITE_ERROR: return ERR_LIMIT;
    default: return ERR_IO;
    }
}

/* --- here --- */

void outside_init(void)
{
    (void)curl_global_init(CURL_GLOBAL_DEFAULT); /* what it lacks, every question will lack */
}

static enum outside_end meaning(const struct child_result *r)
{
    static const enum outside_end OF[] = {
        [OK] = OUTSIDE_ANSWERED,   [ERR_INPUT] = OUTSIDE_BROKEN, [ERR_LIMIT] = OUTSIDE_LONG,
        [ERR_BUSY] = OUTSIDE_LATE, [ERR_GONE] = OUTSIDE_BROKEN,  [ERR_DENIED] = OUTSIDE_TRUST,
        [ERR_IO] = OUTSIDE_BROKEN,
    };
    if (r->end == CHILD_LATE || r->end == CHILD_CPU)
        return OUTSIDE_LATE;
    if (r->end == CHILD_LONG)
        return OUTSIDE_LONG;
    return r->end == CHILD_DONE ? OF[r->status] : OUTSIDE_BROKEN;
}

static void read_answer(struct outside_answer *out, Str said)
{
    if (said.n < STATUS_DIGITS) {
        out->end = OUTSIDE_BROKEN;
        return;
    }
    for (int i = 0; i < STATUS_DIGITS; i++)
        out->status = out->status * 10 + (said.p[i] - '0');
    out->body = str_sub(said, STATUS_DIGITS, said.n);
}

static void send_by_child(struct arena *keep, struct outside_answer *out, struct errand *e, int fd)
{
    const struct outside_ask *q = e->q;
    struct child_result result;
    struct child_job job = {.fn = run,
                            .arg = e,
                            .memory_bytes = MEMORY,
                            .answer_bytes = q->answer_bytes + STATUS_DIGITS,
                            .cpu_s = CPU_S,
                            .wall_s = q->wait_s + SPARE_S,
                            .socket = fd};
    for (size_t i = 0; i < q->header_n; i++)
        e->header = curl_slist_append(e->header, arena_fmt(keep, "%.*s", STR_ARG(q->header[i])).p);
    child_run(keep, &result, &job);
    curl_slist_free_all(e->header);
    out->end = meaning(&result);
    if (out->end == OUTSIDE_ANSWERED)
        read_answer(out, result.answer);
}

void outside_ask(struct arena *keep, struct outside_answer *out, const struct outside_ask *q,
                 const struct outside_rules *rules)
{
    struct outside_url u;
    Str address = S("");
    int fd = -1;
    *out = (struct outside_answer){.end = OUTSIDE_URL, .body = S("")};
    if (!outside_url(keep, &u, q->url))
        return;
    out->end = OUTSIDE_NAMED;
    if (!outside_allows(keep, rules, &u))
        return;
    out->end = outside_connect(keep, &fd, &address, &u, rules, q->wait_s * 1000);
    if (out->end != OUTSIDE_ANSWERED)
        return;
    bool six = str_find(address, S(":")) < address.n;
    struct errand e = {.q = q, .u = &u, .authorities = rules->authorities};
    e.url = arena_fmt(keep, "%.*s", STR_ARG(q->url)).p;
    e.pin = arena_fmt(keep, six ? "%.*s:%d:[%.*s]" : "%.*s:%d:%.*s", STR_ARG(u.host), u.port,
                      STR_ARG(address))
                .p;
    send_by_child(keep, out, &e, fd);
    (void)close(fd); /* whatever was to be said is said */
}

const char *outside_word(enum outside_end end, enum lang lang)
{
    static const char *const WORDS[OUTSIDE_END_N][2] = {
        [OUTSIDE_ANSWERED] = {"已应答", "it answered"},
        [OUTSIDE_URL] = {"地址写法不对，要 https://主机/路径", "not an address: https://host/path"},
        [OUTSIDE_NAMED] = {"主机和端口不在 --outgoing 允许的名单里",
                           "its host and port are not in the list of --outgoing"},
        [OUTSIDE_LOST] = {"主机名解析不到地址", "the name leads nowhere"},
        [OUTSIDE_PRIVATE] = {"解析到内网或本机地址，该地址不在名单里",
                             "it leads to a private address that is not in the list"},
        [OUTSIDE_CLOSED] = {"连接不上", "nobody there takes a connection"},
        [OUTSIDE_TRUST] = {"证书不可信", "its certificate is not good"},
        [OUTSIDE_LATE] = {"超时", "it took too long"},
        [OUTSIDE_LONG] = {"应答太长", "it says too much"},
        [OUTSIDE_BROKEN] = {"应答不是 HTTP，或中途断开", "no HTTP, or cut off"},
    };
    return WORDS[end][lang];
}
