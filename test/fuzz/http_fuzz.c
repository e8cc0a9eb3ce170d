/* A request reads the same however its bytes are cut. What is refused says why in two languages.
 * What is accepted can be read in one way only: a second reader, which splits lines and nothing
 * more, finds one Host, one framing, no control character; and written again in plain form it
 * reads the same. Its path is clean. A query walks to its end.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "base/utf8.h"
#include "test/help/http_help.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_same(const struct http_read *x, const struct http_read *y)
{
    ASSERT(x->fault.status == y->fault.status && x->fault.reason == y->fault.reason);
    ASSERT(x->whole == y->whole && x->head_n == y->head_n);
    if (!x->whole)
        return;
    ASSERT(x->end == y->end && str_eq(x->body, y->body) && str_eq(x->path, y->path));
    ASSERT(x->head.header_n == y->head.header_n);
}

/* Lines between CRLFs; names up to the colon, compared without case. */
static void check_lines(Str head)
{
    int hosts = 0, lengths = 0, codings = 0;
    for (size_t i = 0; i < head.n; i++) {
        unsigned char c = (unsigned char)head.p[i];
        ASSERT(c >= ' ' || c == '\t' || c == '\r' || c == '\n');
        ASSERT((c == '\r') == (i + 1 < head.n && head.p[i + 1] == '\n'));
    }
    for (Str rest = head; rest.n > 0;) {
        Str line = str_cut(&rest, '\n');
        hosts += line.n > 5 && strncasecmp(line.p, "host:", 5) == 0;
        lengths += line.n > 15 && strncasecmp(line.p, "content-length:", 15) == 0;
        codings += line.n > 18 && strncasecmp(line.p, "transfer-encoding:", 18) == 0;
    }
    ASSERT(hosts <= 1 && lengths + codings <= 1);
}

static void check_path(Str path, Str target)
{
    ASSERT(path.n > 0 && (path.p[0] == '/' || str_eq(target, S("*"))));
    ASSERT(utf8_bad_at(path) == path.n && memchr(path.p, '\0', path.n) == NULL);
    ASSERT(str_find(path, S("//")) == path.n && str_find(path, S("/../")) == path.n &&
           str_find(path, S("/./")) == path.n && str_find(path, S("\\")) == path.n);
    ASSERT(!str_ends(path, S("/..")) && !str_ends(path, S("/.")));
}

static void check_again(struct arena *a, const struct http_read *r)
{
    struct http_read again;
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    buf_fmt(&b, "%.*s %.*s HTTP/1.%d\r\n", STR_ARG(http_method_name(r->head.method)),
            STR_ARG(r->head.target), r->head.minor);
    for (size_t i = 0; i < r->head.header_n; i++)
        buf_fmt(&b, "%.*s:%.*s\r\n", STR_ARG(r->head.header[i].name),
                STR_ARG(r->head.header[i].value));
    buf_add(&b, S("\r\n"));
    if (r->head.chunked && r->body.n > 0)
        buf_fmt(&b, "%zX\r\n", r->body.n);
    buf_add(&b, r->body);
    if (r->head.chunked)
        buf_add(&b, r->body.n > 0 ? S("\r\n0\r\n\r\n") : S("0\r\n\r\n"));
    http_help_read(a, &again, buf_str(&b), BUF_MAX);
    ASSERT(again.whole && again.end == b.n);
    ASSERT(str_eq(again.body, r->body) && str_eq(again.path, r->path));
    ASSERT(again.head.header_n == r->head.header_n && again.head.keep == r->head.keep);
    for (size_t i = 0; i < r->head.header_n; i++)
        ASSERT(str_eq(again.head.header[i].value, r->head.header[i].value));
}

static void check_request(struct arena *a, const struct http_read *r, Str bytes)
{
    check_lines(str_sub(bytes, 0, r->head_n));
    check_path(r->path, r->head.target);
    check_again(a, r);
    const struct http_request rq = {
        .arena = a, .query = r->head.query, .header = r->head.header, .header_n = r->head.header_n};
    Str name, value;
    for (size_t at = 0, last = 0; http_query(&rq, &at, &name, &value) == OK; last = at) {
        ASSERT(at > last);
        ASSERT(utf8_bad_at(name) == name.n && utf8_bad_at(value) == value.n);
    }
    Str cookie = http_cookie(&rq, S("sid"));
    ASSERT(cookie.p != NULL || cookie.n == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct http_read whole, cut;
    Str bytes = {(const char *)data, size};
    http_help_read(a, &whole, bytes, size + 1);
    http_help_read(a, &cut, bytes, 1 + size % 7);
    check_same(&whole, &cut);
    ASSERT((whole.fault.status == 0) == (whole.fault.reason == NULL));
    if (whole.fault.status != 0)
        ASSERT(strlen(whole.fault.zh) > 0 && strlen(whole.fault.en) > 0);
    if (whole.whole)
        check_request(a, &whole, bytes);
    arena_close(a);
    return 0;
}
