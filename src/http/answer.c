/* answer.c - what goes out: the status line, the headers every answer has, problems. */
#include "base/json.h"
#include "base/str.h"
#include "http/http_int.h"

static const Str always = {
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: same-origin\r\n"
    "Cross-Origin-Opener-Policy: same-origin\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n"
    "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n",
    sizeof "X-Content-Type-Options: nosniff\r\n"
           "X-Frame-Options: DENY\r\n"
           "Referrer-Policy: same-origin\r\n"
           "Cross-Origin-Opener-Policy: same-origin\r\n"
           "Cross-Origin-Resource-Policy: same-origin\r\n"
           "Permissions-Policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()\r\n" -
        1};

static Str phrase(int status)
{
    static const struct {
        int status;
        const char *text;
    } phrases[] = {
        {200, "OK"},
        {201, "Created"},
        {202, "Accepted"},
        {204, "No Content"},
        {206, "Partial Content"},
        {301, "Moved Permanently"},
        {302, "Found"},
        {303, "See Other"},
        {304, "Not Modified"},
        {307, "Temporary Redirect"},
        {308, "Permanent Redirect"},
        {400, "Bad Request"},
        {401, "Unauthorized"},
        {403, "Forbidden"},
        {404, "Not Found"},
        {405, "Method Not Allowed"},
        {406, "Not Acceptable"},
        {408, "Request Timeout"},
        {409, "Conflict"},
        {410, "Gone"},
        {412, "Precondition Failed"},
        {413, "Content Too Large"},
        {414, "URI Too Long"},
        {415, "Unsupported Media Type"},
        {417, "Expectation Failed"},
        {422, "Unprocessable Content"},
        {428, "Precondition Required"},
        {429, "Too Many Requests"},
        {431, "Request Header Fields Too Large"},
        {500, "Internal Server Error"},
        {501, "Not Implemented"},
        {502, "Bad Gateway"},
        {503, "Service Unavailable"},
        {504, "Gateway Timeout"},
        {505, "HTTP Version Not Supported"},
    };
    for (size_t i = 0; i < ARRAY_N(phrases); i++)
        if (phrases[i].status == status)
            return str_of(phrases[i].text);
    return S("-");
}

static void add_int(struct buf *b, uint64_t n)
{
    char text[20];
    size_t at = sizeof text;
    do
        text[--at] = (char)('0' + n % 10);
    while ((n /= 10) > 0);
    buf_add(b, (Str){text + at, sizeof text - at});
}

static void add_header(struct buf *b, Str name, Str value)
{
    buf_add(b, name);
    buf_add(b, S(": "));
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        buf_char(b, c < ' ' || c == 0x7F ? ' ' : (char)c);
    }
    buf_add(b, S("\r\n"));
}

static void add_default(struct buf *b, const struct exchange *ex, Str name, Str value)
{
    for (const struct set_header *set = ex->set; set != NULL; set = set->next)
        if (str_eq(set->name, name))
            return;
    add_header(b, name, value);
}

static bool has_body(int status)
{
    return status >= 200 && status != 204 && status != 304;
}

/* `length` is of the body; a stream has none, and comes in chunks or until the end. */
static void add_framing(struct buf *b, struct exchange *ex, uint64_t length, bool stream)
{
    if (stream && ex->minor == 0)
        ex->keep = false;
    if (ex->loop->drained != DRAIN_NO || atomic_load(&ex->loop->server->stopping))
        ex->keep = false;
    if (stream && ex->minor > 0) {
        buf_add(b, S("Transfer-Encoding: chunked\r\n"));
    } else if (!stream && has_body(ex->status)) {
        buf_add(b, S("Content-Length: "));
        add_int(b, length);
        buf_add(b, S("\r\n"));
    }
    if (!ex->keep)
        buf_add(b, S("Connection: close\r\n"));
}

Str answer_head(struct exchange *ex, struct arena *keep, uint64_t length, bool stream)
{
    struct buf b;
    buf_init(&b, keep, HTTP_ANSWER_HEAD_MAX);
    buf_add(&b, S("HTTP/1.1 "));
    add_int(&b, (uint64_t)ex->status);
    buf_char(&b, ' ');
    buf_add(&b, phrase(ex->status));
    buf_add(&b, S("\r\n"));
    buf_add(&b, loop_date(ex->loop));
    add_framing(&b, ex, length, stream);
    if (ex->type.n > 0)
        add_header(&b, S("Content-Type"), ex->type);
    add_header(&b, S("X-Request-Id"), ex->rq.id);
    for (const struct set_header *set = ex->set; set != NULL; set = set->next)
        add_header(&b, set->name, set->value);
    add_default(&b, ex, S("Cache-Control"), S("no-store"));
    add_default(&b, ex, S("Content-Security-Policy"),
                S("default-src 'none'; frame-ancestors 'none'"));
    if (ex->rq.secure)
        buf_add(&b, S("Strict-Transport-Security: max-age=31536000\r\n"));
    buf_add(&b, always);
    buf_add(&b, S("\r\n"));
    ASSERT(!b.over);
    return buf_str(&b);
}

void answer_build(struct exchange *ex)
{
    ex->out[0] = answer_head(ex, ex->rq.arena, ex->body.n, false);
    ex->out[1] = ex->rq.method == HTTP_HEAD || !has_body(ex->status) ? (Str){NULL, 0} : ex->body;
}

void http_set(struct http_request *rq, Str name, Str value)
{
    struct exchange *ex = exchange_of(rq);
    struct set_header *set = ARENA_NEW(rq->arena, struct set_header);
    *set = (struct set_header){.name = name, .value = arena_copy(rq->arena, value)};
    *ex->set_end = set;
    ex->set_end = &set->next;
}

static void bring_back(struct http_task *t, void *local)
{
    (void)local; /* the loop's; the exchange knows its own */
    struct exchange *ex = (struct exchange *)(void *)((char *)t - offsetof(struct exchange, task));
    ex->loop->held--;
    ex->held = false;
    if (ex->conn != NULL) {
        conn_answered(ex->conn);
        return;
    }
    struct loop *l = ex->loop;
    exchange_close(ex);
    loop_check_end(l);
}

void http_answer(struct http_request *rq, int status, Str type, Str body)
{
    struct exchange *ex = exchange_of(rq);
    ASSERT(!ex->answered && !ex->streams && status >= 200 && status <= 599);
    ex->answered = true;
    ex->status = status;
    ex->type = type;
    ex->body = body;
    if (!ex->held)
        return;
    ex->task.run = bring_back;
    http_later(ex->loop->server, ex->loop->index, &ex->task);
}

void http_problem(struct http_request *rq, int status, const char *code, Str zh, Str en)
{
    struct buf b;
    struct json j;
    buf_init(&b, rq->arena, HTTP_ANSWER_HEAD_MAX);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "type", S("about:blank"));
    json_kstr(&j, "title", zh);
    json_kstr(&j, "title_en", en);
    json_kint(&j, "status", status);
    json_kstr(&j, "code", str_of(code));
    json_kstr(&j, "instance", rq->id);
    json_obj_end(&j);
    http_answer(rq, status, S("application/problem+json"), buf_str(&b));
}

void http_hold(struct http_request *rq)
{
    struct exchange *ex = exchange_of(rq);
    ASSERT(!ex->held && !ex->answered);
    ex->held = true;
    ex->loop->held++;
}

bool http_is_gone(const struct http_request *rq)
{
    return atomic_load(&((const struct exchange *)rq)->gone);
}
