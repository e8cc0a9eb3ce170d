#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/t.h"
#include "test/unit/http/wire.h"

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

TEST(server_answers)
{
    struct wire_server w;
    struct arena *a = arena_open();
    wire_start(&w, NULL);
    Str got = wire_ask(a, w.port, S("GET /hello HTTP/1.1\r\nHost: a.cn\r\n\r\n"));
    CHECK_INT(wire_status(got), 200);
    CHECK(str_ends(got, S("\r\n\r\nhello")));
    CHECK(has(got, "Content-Length: 5\r\n"));
    CHECK(has(got, "X-Content-Type-Options: nosniff\r\n"));
    CHECK(has(got, "Content-Security-Policy: default-src 'none'"));
    CHECK(!has(got, "Connection: close"));
    wire_stop(&w);
    CHECK(w.ended == OK);
    arena_close(a);
}

TEST(server_takes_bodies)
{
    struct wire_server w;
    struct arena *a = arena_open();
    wire_start(&w, NULL);
    Str got =
        wire_ask(a, w.port, S("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nabcde"));
    CHECK(str_ends(got, S("\r\n\r\nabcde")));
    got = wire_ask(a, w.port,
                   S("POST /echo HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
                     "3\r\nabc\r\n0A\r\n0123456789\r\n0\r\n\r\n"));
    CHECK(str_ends(got, S("\r\n\r\nabc0123456789")));
    wire_stop(&w);
    arena_close(a);
}

TEST(server_answers_from_other_threads)
{
    struct wire_server w;
    struct arena *a = arena_open();
    wire_start(&w, NULL);
    Str got = wire_ask(a, w.port, S("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"));
    CHECK(str_ends(got, S("\r\n\r\nhello")));
    got = wire_ask(a, w.port, S("GET /stream HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
    (void)got;
    wire_stop(&w);
    arena_close(a);
}
