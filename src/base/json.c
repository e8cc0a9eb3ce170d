#include "base/json.h"

#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"

void json_open(struct json *j, struct buf *out, bool indent)
{
    *j = (struct json){.out = out, .indent = indent};
}

static void new_line(struct json *j)
{
    if (!j->indent)
        return;
    buf_char(j->out, '\n');
    buf_fill(j->out, ' ', 2 * (size_t)j->depth);
}

/* What goes before a value or a key: nothing behind a key, else the comma and the line. */
static void before(struct json *j)
{
    if (j->pending) {
        j->pending = false;
        return;
    }
    if (j->any[j->depth])
        buf_char(j->out, ',');
    if (j->depth > 0)
        new_line(j);
    else
        ASSERT(!j->any[0]); /* one value is a text */
    j->any[j->depth] = true;
}

static void nest(struct json *j, char open)
{
    before(j);
    ASSERT(j->depth < JSON_DEPTH_MAX);
    buf_char(j->out, open);
    j->any[++j->depth] = false;
}

static void unnest(struct json *j, char close)
{
    ASSERT(j->depth > 0 && !j->pending);
    bool any = j->any[j->depth--];
    if (any)
        new_line(j);
    buf_char(j->out, close);
}

void json_obj(struct json *j)
{
    nest(j, '{');
}

void json_obj_end(struct json *j)
{
    unnest(j, '}');
}

void json_arr(struct json *j)
{
    nest(j, '[');
}

void json_arr_end(struct json *j)
{
    unnest(j, ']');
}

static void escape(struct buf *b, unsigned char c)
{
    static const char letter[] = "btn\0fr"; /* \b is 8, \t 9, \n 10, (11 has none), \f 12, \r 13 */
    if (c == '"' || c == '\\') {
        buf_char(b, '\\');
        buf_char(b, (char)c);
    } else if (c >= '\b' && c <= '\r' && letter[c - '\b'] != '\0') {
        buf_char(b, '\\');
        buf_char(b, letter[c - '\b']);
    } else {
        buf_fmt(b, "\\u%04x", (unsigned)c);
    }
}

/* Most of it is ASCII, and three bytes of which any second and third will do (U+1000 to U+CFFF). */
size_t json_plain(Str s, size_t at)
{
    const unsigned char *p = (const unsigned char *)s.p;
    for (size_t len; at < s.n; at += len) {
        unsigned char c = p[at];
        len = 1;
        if (c < 0x80) {
            if (c < 0x20 || c == '"' || c == '\\')
                break;
        } else if (c >= 0xE1 && c <= 0xEC && s.n - at >= 3 && (p[at + 1] & 0xC0) == 0x80 &&
                   (p[at + 2] & 0xC0) == 0x80) {
            len = 3;
        } else if (utf8_at(s, at, &len) == RUNE_BAD && len == 1) {
            break;
        }
    }
    return at;
}

/* Text between quotes: well-formed even if bytes slipped through that were not. */
static void quoted(struct buf *b, Str s)
{
    buf_char(b, '"');
    for (size_t at = 0, end; at < s.n; at = end + 1) {
        end = json_plain(s, at);
        buf_add(b, str_sub(s, at, end));
        if (end < s.n && (unsigned char)s.p[end] >= 0x80)
            buf_add(b, S("\\ufffd"));
        else if (end < s.n)
            escape(b, (unsigned char)s.p[end]);
    }
    buf_char(b, '"');
}

void json_key(struct json *j, Str key)
{
    ASSERT(j->depth > 0 && !j->pending);
    before(j);
    quoted(j->out, key);
    buf_add(j->out, j->indent ? S(": ") : S(":"));
    j->pending = true;
}

void json_str(struct json *j, Str s)
{
    before(j);
    quoted(j->out, s);
}

void json_raw(struct json *j, Str value)
{
    before(j);
    buf_add(j->out, value);
}

void json_int(struct json *j, int64_t n)
{
    before(j);
    dec_print(j->out, n, 0);
}

void json_bool(struct json *j, bool b)
{
    before(j);
    buf_add(j->out, b ? S("true") : S("false"));
}

void json_null(struct json *j)
{
    before(j);
    buf_add(j->out, S("null"));
}

void json_dec(struct json *j, Wide m, int scale)
{
    before(j);
    buf_char(j->out, '"');
    dec_print(j->out, m, scale);
    buf_char(j->out, '"');
}

void json_kstr(struct json *j, const char *key, Str s)
{
    json_key(j, str_of(key));
    json_str(j, s);
}

void json_kint(struct json *j, const char *key, int64_t n)
{
    json_key(j, str_of(key));
    json_int(j, n);
}

void json_kbool(struct json *j, const char *key, bool b)
{
    json_key(j, str_of(key));
    json_bool(j, b);
}
