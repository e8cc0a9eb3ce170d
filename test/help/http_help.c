#include "test/help/http_help.h"

#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

static void read_chunks(struct arena *keep, struct http_read *r, Str bytes, size_t step)
{
    struct parse_chunks chunks = {0};
    struct buf body;
    buf_init(&body, keep, BUF_MAX);
    for (r->end = r->head_n; r->fault.status == 0 && r->end < bytes.n && !chunks.done;) {
        size_t used;
        Str data;
        r->fault = parse_chunks(&chunks, str_sub(bytes, r->end, least(r->end + step, bytes.n)),
                                &used, &data);
        buf_add(&body, data);
        r->end += used;
    }
    r->body = buf_str(&body);
    r->whole = chunks.done && r->fault.status == 0;
}

void http_help_read(struct arena *keep, struct http_read *r, Str bytes, size_t step)
{
    size_t at = 0, have = 0;
    memset(r, 0, sizeof *r);
    while (r->fault.status == 0 && r->head_n == 0 && have < bytes.n) {
        have = least(have + step, bytes.n);
        r->fault = parse_head_end(str_sub(bytes, 0, have), &at, &r->head_n);
    }
    if (r->fault.status != 0 || r->head_n == 0)
        return;
    char *head = arena_raw(keep, r->head_n, 1);
    memcpy(head, bytes.p, r->head_n);
    r->fault = parse_head(&r->head, head, r->head_n);
    if (r->fault.status == 0)
        r->fault = parse_path(keep, &r->path, r->head.path);
    if (r->fault.status != 0)
        return;
    if (r->head.chunked) {
        read_chunks(keep, r, bytes, step);
        return;
    }
    r->whole = r->head.length <= bytes.n - r->head_n;
    if (!r->whole)
        return;
    r->end = r->head_n + (size_t)r->head.length;
    r->body = str_sub(bytes, r->head_n, r->end);
}
