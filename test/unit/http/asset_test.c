/* asset_test.c - which of the ready-made forms of a file a client gets, and when it needs none. */
#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"
#include "test/unit/http/wire.h"

static struct wire_server w;
static struct arena *a;

static Str ask(const char *method, const char *path, const char *headers)
{
    return wire_ask(a, w.port,
                    arena_fmt(a, "%s %s HTTP/1.1\r\nHost: a\r\n%s\r\n", method, path, headers));
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

static const char *const script = "/assets/a-12345678.js";

TEST(asset_encodings)
{
    static const struct {
        const char *accept, *coding, *body;
    } want[] = {
        {"", NULL, "plain"},
        {"Accept-Encoding: gzip, deflate, br\r\n", "br", "brotlied"},
        {"Accept-Encoding: gzip;q=1.0, br;q=0\r\n", "gzip", "zipped"},
        {"Accept-Encoding: br;q=0.000,gzip ; q=0.1\r\n", "gzip", "zipped"},
        {"Accept-Encoding: *\r\n", "br", "brotlied"},
        {"Accept-Encoding: br;q=0, *\r\n", "gzip", "zipped"},
        {"Accept-Encoding: *;q=0\r\n", NULL, "plain"},
        {"Accept-Encoding: identity, brx\r\n", NULL, "plain"},
    };
    a = arena_open();
    wire_start(&w, NULL);
    for (size_t i = 0; i < ARRAY_N(want); i++) {
        Str got = ask("GET", script, want[i].accept);
        CHECK_INT(wire_status(got), 200);
        CHECK(str_ends(got, arena_fmt(a, "\r\n\r\n%s", want[i].body)));
        CHECK(has(got, "\r\nVary: Accept-Encoding\r\n"));
        CHECK(has(got, "\r\nCache-Control: public, max-age=31536000, immutable\r\n"));
        CHECK(!has(got, "no-store"));
        if (want[i].coding == NULL) {
            CHECK(!has(got, "Content-Encoding") && has(got, "\r\nETag: \"j1\"\r\n"));
        } else {
            CHECK(has(got, arena_fmt(a, "\r\nContent-Encoding: %s\r\n", want[i].coding).p));
            CHECK(has(got, arena_fmt(a, "\r\nETag: \"j1-%s\"\r\n", want[i].coding).p));
        }
    }
    Str got = ask("GET", "/assets/b-12345678.css", "Accept-Encoding: br, gzip\r\n");
    CHECK(str_ends(got, S("\r\n\r\nplain")) && !has(got, "Content-Encoding"));
    wire_stop(&w);
    arena_close(a);
}

TEST(asset_conditions)
{
    a = arena_open();
    wire_start(&w, NULL);
    CHECK_INT(wire_status(ask("GET", script, "If-None-Match: \"j1\"\r\n")), 304);
    CHECK_INT(wire_status(ask("GET", script, "If-None-Match: \"x\", W/\"j1\"\r\n")), 304);
    CHECK_INT(wire_status(ask("GET", script, "If-None-Match: *\r\n")), 304);
    CHECK_INT(wire_status(ask("GET", script, "If-None-Match: \"j2\"\r\n")), 200);
    CHECK_INT(wire_status(ask("GET", script, "If-None-Match: \"j1\"\r\nAccept-Encoding: br\r\n")),
              200);
    Str got = ask("GET", script, "If-None-Match: \"j1-br\"\r\nAccept-Encoding: br\r\n");
    CHECK_INT(wire_status(got), 304);
    CHECK(has(got, "\r\nETag: \"j1-br\"\r\n") && has(got, "immutable"));
    CHECK(!has(got, "Content-Length") && str_ends(got, S("\r\n\r\n")));
    wire_stop(&w);
    arena_close(a);
}

TEST(asset_methods_and_pages)
{
    a = arena_open();
    wire_start(&w, NULL);
    Str got = ask("HEAD", script, "");
    CHECK(has(got, "\r\nContent-Length: 5\r\n") && str_ends(got, S("\r\n\r\n")));
    got = ask("POST", script, "");
    CHECK_INT(wire_status(got), 405);
    CHECK(has(got, "\r\nAllow: GET, HEAD\r\n"));
    got = ask("GET", "/index.html", "");
    CHECK(has(got, "\r\nCache-Control: no-cache\r\n"));
    CHECK(has(got, "script-src 'self'") && !has(got, "unsafe-inline"));
    CHECK_INT(wire_status(ask("GET", "/assets/", "")), 404);
    CHECK_INT(wire_status(ask("GET", "/zzz", "")), 404);
    wire_stop(&w);
    arena_close(a);
}
