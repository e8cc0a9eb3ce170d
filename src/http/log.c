/* log.c - a line of JSON for each request: one event, one line, whatever a client sends.
 *
 * Lines gather on their loop, and go out a few times a second in one write. The query of a target
 * is left out: people search for people by it.
 */
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <string.h>
#include <unistd.h>

#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "base/utf8.h"
#include "http/http_int.h"

enum { LOG_BYTES = 48 * 1024, LOG_LINE_MAX = 16 * 1024, LOG_FIELD_MAX = 512 };

/* At most LOG_FIELD_MAX bytes of it, as UTF-8; json_str escapes ASCII controls, and the others
 * (U+0080 to U+009F, line and paragraph separators) become U+FFFD here. */
static Str clean(struct arena *keep, Str s)
{
    struct buf b;
    buf_init(&b, keep, (size_t)LOG_FIELD_MAX * 4);
    for (size_t at = 0, n; at < s.n && at < LOG_FIELD_MAX; at += n) {
        char text[4];
        Rune r = utf8_at(s, at, &n);
        if ((r >= 0x7F && r < 0xA0) || r == 0x2028 || r == 0x2029)
            r = RUNE_BAD;
        buf_add(&b, (Str){text, utf8_encode(text, r)});
    }
    return buf_str(&b);
}

static void write_line(struct json *j, const struct exchange *ex, int64_t now_us)
{
    const struct http_request *rq = &ex->rq;
    struct arena *tmp = ex->loop->log_arena;
    json_obj(j);
    json_kstr(j, "at", moment_rfc3339(tmp, ex->begun_us, ZONE_CHINA));
    json_kstr(j, "id", rq->id);
    json_kstr(j, "peer", rq->peer);
    json_kstr(j, "method", http_method_name(rq->method));
    json_kstr(j, "path", clean(tmp, rq->path));
    json_kint(j, "status", ex->status);
    json_kint(j, "us", now_us - ex->begun_us);
    json_kint(j, "in", (int64_t)ex->in_n);
    json_kint(j, "out", (int64_t)ex->sent);
    if (ex->conn == NULL)
        json_kbool(j, "gone", true);
    if (ex->reason != NULL)
        json_kstr(j, "refused", str_of(ex->reason));
    Str agent = http_header(rq, S("user-agent"));
    if (agent.n > 0)
        json_kstr(j, "agent", clean(tmp, agent));
    json_obj_end(j);
}

void log_request(const struct exchange *ex, int64_t now_us)
{
    struct loop *l = ex->loop;
    struct json j;
    if (l->server->o.log_fd < 0)
        return;
    if (l->log.arena == NULL)
        buf_init(&l->log, l->log_arena, LOG_BYTES + LOG_LINE_MAX);
    json_open(&j, &l->log, false);
    write_line(&j, ex, now_us);
    buf_char(&l->log, '\n');
    ASSERT(!l->log.over);
    if (l->log.n > LOG_BYTES)
        log_flush(l);
}

/* The first lines of `text`, as many as a pipe takes at once when it takes anything. */
static Str next_lines(Str text)
{
    size_t n = 0;
    while (n < text.n) {
        size_t line = str_find(str_sub(text, n, text.n), S("\n")) + 1;
        if (n > 0 && n + line > PIPE_BUF)
            break;
        n += line;
    }
    return str_sub(text, 0, n);
}

/* Writes them whole, or not at all when the reader does not keep up: serving goes on. */
static bool write_lines(int fd, Str lines)
{
    struct pollfd log = {.fd = fd, .events = POLLOUT};
    if (poll(&log, 1, 0) != 1 || (log.revents & POLLOUT) == 0)
        return false;
    while (lines.n > 0) {
        ssize_t n = write(fd, lines.p, lines.n);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return false;
        lines = str_sub(lines, (size_t)n, lines.n);
    }
    return true;
}

void log_flush(struct loop *l)
{
    struct http_server *s = l->server;
    Str text = l->log.arena == NULL ? S("") : buf_str(&l->log);
    lock_take(s->lock); /* lines of two loops must not be torn into each other */
    while (text.n > 0) {
        Str lines = next_lines(text);
        if (!write_lines(s->o.log_fd, lines))
            count(l, COUNT_LOG_LOST, lines.n);
        text = str_sub(text, lines.n, text.n);
    }
    lock_give(s->lock);
    l->log = (struct buf){.arena = NULL};
    arena_reset(l->log_arena, (ArenaMark){0, 0});
}
