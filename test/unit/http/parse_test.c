/* parse_test.c - the parser by itself: every probe whole and byte by byte, parts of requests. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "test/help/http_help.h"
#include "test/t.h"
#include "test/unit/http/probe.h"

static struct arena *tmp;

TEST(parse_probes)
{
    for (size_t i = 0; i < probe_n; i++) {
        const struct probe *p = &probes[i];
        for (size_t step = 1; step < 2000; step += step < 4 ? 1 : step * 2) {
            struct http_read r;
            tmp = arena_open();
            http_help_read(tmp, &r, p->bytes, step);
            bool fine = p->reason == NULL ? r.whole
                        : r.fault.status == 0
                            ? p->status == 413 /* which is not the parser's to say */
                            : r.fault.status == p->status && strcmp(r.fault.reason, p->reason) == 0;
            if (!fine)
                t_fail(__FILE__, __LINE__, p->name);
            CHECK(r.fault.status == 0 || (strlen(r.fault.zh) > 0 && strlen(r.fault.en) > 0));
            arena_close(tmp);
        }
    }
}

TEST(parse_says_what_is_too_long)
{
    CHECK_INT(parse_head_long(S("GET /aaaaaaaa")).status, 414);
    CHECK_INT(parse_head_long(S("GET / HTTP/1.1\r\nX: aaaa")).status, 431);
}

TEST(parse_reads_the_parts)
{
    char text[] = "PUT /a/%E5%BC%A0?q=1 HTTP/1.1\r\nHost: x.cn:80\r\nX-Two: b \r\n"
                  "Connection: close\r\nExpect: 100-continue\r\nContent-Length: 12\r\n\r\n";
    struct parse_head h;
    Str path;
    tmp = arena_open();
    CHECK_INT(parse_head(&h, text, sizeof text - 1).status, 0);
    CHECK_INT(h.method, HTTP_PUT);
    CHECK_STR(h.target, "/a/%E5%BC%A0?q=1");
    CHECK_STR(h.path, "/a/%E5%BC%A0");
    CHECK_STR(h.query, "q=1");
    CHECK_STR(h.host, "x.cn:80");
    CHECK_INT(h.header_n, 5);
    CHECK_STR(h.header[1].name, "x-two");
    CHECK_STR(h.header[1].value, "b");
    CHECK(!h.keep && h.expects && !h.chunked);
    CHECK_INT(h.length, 12);
    CHECK_INT(parse_path(tmp, &path, h.path).status, 0);
    CHECK_STR(path, "/a/张");
    arena_close(tmp);
}

TEST(parse_counts_fields)
{
    for (int extra = 0; extra < 2; extra++) {
        struct parse_head h;
        struct buf b;
        tmp = arena_open();
        buf_init(&b, tmp, BUF_MAX);
        buf_add(&b, S("GET / HTTP/1.1\r\nHost: a\r\n"));
        for (int i = 1; i < PARSE_HEADERS_MAX + extra; i++)
            buf_add(&b, S("X: y\r\n"));
        buf_add(&b, S("\r\n"));
        CHECK_INT(parse_head(&h, b.p, b.n).status, extra == 0 ? 0 : 431);
        arena_close(tmp);
    }
}

TEST(parse_query_parts)
{
    Str out;
    tmp = arena_open();
    CHECK(parse_query_part(tmp, &out, S("a%20b+c%2B")));
    CHECK_STR(out, "a b c+");
    CHECK(!parse_query_part(tmp, &out, S("%")));
    CHECK(!parse_query_part(tmp, &out, S("%4")));
    CHECK(!parse_query_part(tmp, &out, S("a%00")));
    CHECK(!parse_query_part(tmp, &out, S("%FF")));
    arena_close(tmp);
}
