/* cookie_fuzz.c - who asks, read out of a Cookie header, by two readers.
 *
 *     the header \n a CSRF token
 *
 * A session's value stands in the header once under its own name, is one that we could have
 * written, and nothing beside it matters, nor its place; twice it is nobody. Only the token made
 * of it goes with it. The plain reader (http_cookie) finds the same. What is sealed has one
 * spelling. */
#include <stddef.h>
#include <string.h>

#include "access/session.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "http/http.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static Str named(bool tls)
{
    return tls ? S("__Host-geci=") : S("geci=");
}

/* The second reader: a part begins at the front, or after a semicolon and blanks (of any width). */
static bool begins(Str s, size_t at)
{
    Str before = str_sub(s, 0, at), last = before;
    while (str_find(last, S(";")) < last.n)
        (void)str_cut(&last, ';');
    return str_trim(last).n == 0;
}

static int times(Str header, Str name)
{
    int n = 0;
    for (size_t at = 0; at + name.n <= header.n; at++)
        n += memcmp(header.p + at, name.p, name.n) == 0 && begins(header, at);
    return n;
}

static Str plain(Str header, bool tls)
{
    struct http_header line = {S("cookie"), header};
    struct http_request rq = {.header = &line, .header_n = 1};
    return http_cookie(&rq, str_sub(named(tls), 0, named(tls).n - 1));
}

static void check_value(struct arena *a, Str header, Str value, bool tls)
{
    Secret s;
    char text[KEYED_TEXT_N + 1];
    ASSERT(value.n == KEYED_TEXT_N && value.p >= header.p &&
           value.p + value.n <= header.p + header.n);
    ASSERT(secret_read(&s, value));
    secret_write(text, &s);
    ASSERT(str_eq(str_of(text), value));
    ASSERT(times(header, named(tls)) == 1 && str_eq(plain(header, tls), value));
    Str one = arena_fmt(a, "%.*s%.*s", STR_ARG(named(tls)), STR_ARG(value));
    Str last = arena_fmt(a, "a=1; %.*s ;geci2=x; %.*s", STR_ARG(named(!tls)), STR_ARG(one));
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_add(&b, header); /* any bytes */
    buf_char(&b, ';');
    buf_add(&b, one);
    Str twice = buf_str(&b);
    ASSERT(str_eq(session_value(one, tls), value) && str_eq(session_value(last, tls), value));
    ASSERT(session_value(twice, tls).n == 0 && plain(twice, tls).p == NULL);
    ASSERT(session_value(one, !tls).n == 0); /* a page without TLS cannot set the other */
}

static void check_csrf(Str value, Str token)
{
    char ours[KEYED_TEXT_N + 1];
    session_csrf(ours, value);
    ASSERT(session_csrf_ok(value, str_of(ours)));
    ASSERT(session_csrf_ok(value, token) == str_eq(token, str_of(ours)));
    ours[0] = ours[0] == 'A' ? 'B' : 'A';
    ASSERT(!session_csrf_ok(value, str_of(ours)) && !session_csrf_ok(value, S("")));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    Str token = {(const char *)data, size}, bytes;
    Str header = str_cut(&token, '\n');
    for (int tls = 0; tls < 2; tls++) {
        Str value = session_value(header, tls == 1);
        ASSERT(value.n > 0 || value.p == NULL);
        ASSERT(plain(header, tls == 1).p == NULL || times(header, named(tls == 1)) <= 1);
        if (value.n == 0)
            continue;
        check_value(a, header, value, tls == 1);
        check_csrf(value, token);
    }
    if (base64url_read(a, &bytes, token))
        ASSERT(str_eq(base64url_write(a, bytes), token));
    arena_close(a);
    return 0;
}
