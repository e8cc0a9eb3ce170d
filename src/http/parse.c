#include "http/parse.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

#define FAULT(status, reason, zh, en) ((ParseFault){status, reason, zh, en})
static const ParseFault fine = {0, NULL, NULL, NULL};

/* ---- characters ---- */

static bool is_token(unsigned char c)
{
    if (c >= '0' && c <= '9')
        return true;
    if ((c | 0x20) >= 'a' && (c | 0x20) <= 'z')
        return true;
    return c != '\0' && strchr("!#$%&'*+-.^_`|~", c) != NULL;
}

static bool is_token_text(Str s)
{
    for (size_t i = 0; i < s.n; i++)
        if (!is_token((unsigned char)s.p[i]))
            return false;
    return s.n > 0;
}

/* What a target may consist of: visible ASCII, without what browsers encode. */
static bool is_target_char(unsigned char c)
{
    return c > ' ' && c < 0x7F && strchr("\"<>#\\", c) == NULL;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool same_word(Str s, Str low)
{
    if (s.n != low.n)
        return false;
    for (size_t i = 0; i < s.n; i++)
        if (lower(s.p[i]) != low.p[i])
            return false;
    return true;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = lower(c);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Blanks and tabs off both ends: what HTTP calls optional white space. */
static Str trim(Str s)
{
    while (s.n > 0 && (s.p[0] == ' ' || s.p[0] == '\t'))
        s = str_sub(s, 1, s.n);
    while (s.n > 0 && (s.p[s.n - 1] == ' ' || s.p[s.n - 1] == '\t'))
        s.n--;
    return s;
}

/* ---- where the head ends ---- */

ParseFault parse_head_end(Str bytes, size_t *at, size_t *n)
{
    *n = 0;
    while (*at < bytes.n) {
        const char *line = bytes.p + *at;
        const char *end = memchr(line, '\n', bytes.n - *at);
        if (end == NULL)
            return fine;
        if (end == line || end[-1] != '\r')
            return FAULT(400, "bare-lf", "行须以 CR LF 结束", "a line must end in CR LF");
        *at = (size_t)(end - bytes.p) + 1;
        if (end - line == 1) {
            *n = *at;
            return fine;
        }
    }
    return fine;
}

ParseFault parse_head_long(Str bytes)
{
    if (memchr(bytes.p, '\n', bytes.n) == NULL)
        return FAULT(414, "target-long", "地址太长", "the target is too long");
    return FAULT(431, "head-long", "请求头太长", "the header fields are too large");
}

/* ---- the request line ---- */

static ParseFault read_method(struct parse_head *out, Str word)
{
    if (!is_token_text(word))
        return FAULT(400, "method-bad", "请求方法写错了", "the method is no token");
    for (out->method = 0; out->method < HTTP_METHOD_N; out->method++)
        if (str_eq(word, http_method_name(out->method)))
            return fine;
    return FAULT(501, "method-unknown", "不支持这种请求方法", "the method is not supported");
}

static ParseFault read_version(struct parse_head *out, Str word)
{
    if (word.n != 8 || !str_starts(word, S("HTTP/")) || word.p[6] != '.' || hex(word.p[5]) < 0 ||
        hex(word.p[5]) > 9 || hex(word.p[7]) < 0 || hex(word.p[7]) > 9)
        return FAULT(400, "version-bad", "请求行写错了", "the request line is malformed");
    out->minor = word.p[7] - '0';
    if (word.p[5] != '1' || out->minor > 1)
        return FAULT(505, "version-unknown", "只支持 HTTP/1.1 和 HTTP/1.0",
                     "only HTTP/1.1 and HTTP/1.0 are spoken here");
    return fine;
}

/* Cuts "http://host" off an absolute target, and leaves the host to be compared. */
static ParseFault read_target(struct parse_head *out, Str target)
{
    static const Str schemes[] = {{"http://", 7}, {"https://", 8}};
    if (target.n > PARSE_TARGET_MAX)
        return FAULT(414, "target-long", "地址太长", "the target is too long");
    for (size_t i = 0; i < target.n; i++)
        if (!is_target_char((unsigned char)target.p[i]))
            return FAULT(400, "target-char", "地址里有须写成 %XX 的字符",
                         "the target has a character that must be written as %XX");
    for (size_t i = 0; i < ARRAY_N(schemes); i++) {
        if (target.n <= schemes[i].n || !same_word(str_sub(target, 0, schemes[i].n), schemes[i]))
            continue;
        Str rest = str_sub(target, schemes[i].n, target.n);
        size_t end = 0;
        while (end < rest.n && rest.p[end] != '/' && rest.p[end] != '?')
            end++;
        out->host = str_sub(rest, 0, end);
        target = end < rest.n ? str_sub(rest, end, rest.n) : S("/");
        break;
    }
    if (target.n > 0 && target.p[0] == '?')
        return FAULT(400, "target-form", "地址须以 / 开头", "the target must begin with /");
    bool star = str_eq(target, S("*")) && out->method == HTTP_OPTIONS && out->host.p == NULL;
    if (!star && (target.n == 0 || target.p[0] != '/'))
        return FAULT(400, "target-form", "地址须以 / 开头", "the target must begin with /");
    out->target = out->query = target;
    out->path = str_cut(&out->query, '?');
    return fine;
}

static ParseFault read_request_line(struct parse_head *out, Str line)
{
    Str method = str_cut(&line, ' ');
    Str target = str_cut(&line, ' ');
    ParseFault f = read_method(out, method);
    if (f.status == 400)
        return f;
    ParseFault version = read_version(out, line);
    if (version.status != 0)
        return version;
    if (f.status != 0)
        return f;
    return read_target(out, target);
}

/* ---- header fields ---- */

/* Fields that mean something only once. Two of them are two requests in one. */
static bool is_single(Str name)
{
    static const Str single[] = {
        {"host", 4},          {"content-length", 14}, {"transfer-encoding", 17},
        {"content-type", 12}, {"authorization", 13},  {"cookie", 6},
        {"origin", 6},        {"expect", 6},          {"idempotency-key", 15},
        {"x-request-id", 12}, {"if-match", 8},        {"content-encoding", 16},
    };
    for (size_t i = 0; i < ARRAY_N(single); i++)
        if (str_eq(name, single[i]))
            return true;
    return false;
}

static bool has(const struct parse_head *h, Str name)
{
    for (size_t i = 0; i < h->header_n; i++)
        if (str_eq(h->header[i].name, name))
            return true;
    return false;
}

static ParseFault read_field(struct parse_head *out, char *line, size_t n)
{
    if (line[0] == ' ' || line[0] == '\t')
        return FAULT(400, "fold", "请求头不可折行", "header fields must not be folded");
    const char *colon = memchr(line, ':', n);
    if (colon == NULL)
        return FAULT(400, "field-colon", "请求头缺冒号", "a header field has no colon");
    Str name = {line, (size_t)(colon - line)};
    if (!is_token_text(name))
        return FAULT(400, "field-name", "请求头的名称写错了(冒号前不可有空格)",
                     "a header name is malformed (no blank before the colon)");
    for (size_t i = 0; i < name.n; i++)
        line[i] = lower(line[i]);
    Str value = trim((Str){colon + 1, n - name.n - 1});
    for (size_t i = 0; i < value.n; i++) {
        unsigned char c = (unsigned char)value.p[i];
        if ((c < ' ' && c != '\t') || c == 0x7F)
            return FAULT(400, "field-value", "请求头里有控制字符",
                         "a header value has a control character");
    }
    if (is_single(name) && has(out, name))
        return FAULT(400, "field-twice", "同一请求头出现了两次", "a header field is given twice");
    if (out->header_n == PARSE_HEADERS_MAX)
        return FAULT(431, "field-many", "请求头太多", "there are too many header fields");
    out->header[out->header_n++] = (struct http_header){name, value};
    return fine;
}

static Str field(const struct parse_head *h, Str name)
{
    for (size_t i = 0; i < h->header_n; i++)
        if (str_eq(h->header[i].name, name))
            return h->header[i].value;
    return (Str){NULL, 0};
}

/* ---- what the fields mean for the framing ---- */

/* name, IPv4 or [IPv6], and a port: the letters that URLs have there. */
static bool is_host(Str host)
{
    for (size_t i = 0; i < host.n; i++) {
        char c = host.p[i];
        bool letter = lower(c) >= 'a' && lower(c) <= 'z';
        if (!letter && !(c >= '0' && c <= '9') && (c == '\0' || strchr("-._:[]", c) == NULL))
            return false;
    }
    return host.n > 0 && host.n <= 255;
}

static ParseFault read_host(struct parse_head *out)
{
    Str said = field(out, S("host")), target = out->host;
    if (said.p == NULL && out->minor == 0)
        said = target.p != NULL ? target : S("localhost");
    else if (said.p == NULL)
        return FAULT(400, "host-missing", "缺请求头 Host", "the header Host is missing");
    if (!is_host(said))
        return FAULT(400, "host-bad", "请求头 Host 写错了", "the header Host is malformed");
    if (target.p != NULL && (target.n != said.n || strncasecmp(target.p, said.p, said.n) != 0))
        return FAULT(400, "host-other", "地址里的主机与 Host 不符",
                     "the host in the target is not that of the header Host");
    out->host = said;
    return fine;
}

static ParseFault read_length(struct parse_head *out, Str digits)
{
    if (digits.n == 0 || digits.n > 15)
        return FAULT(400, "length-bad", "Content-Length 写错了", "Content-Length is malformed");
    for (size_t i = 0; i < digits.n; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return FAULT(400, "length-bad", "Content-Length 写错了", "Content-Length is malformed");
        out->length = out->length * 10 + (uint64_t)(digits.p[i] - '0');
    }
    return fine;
}

static ParseFault read_framing(struct parse_head *out)
{
    Str length = field(out, S("content-length")), coding = field(out, S("transfer-encoding"));
    if (length.p != NULL && coding.p != NULL)
        return FAULT(400, "length-and-coding", "Content-Length 与 Transfer-Encoding 不可并用",
                     "Content-Length and Transfer-Encoding exclude each other");
    if (coding.p != NULL) {
        if (out->minor == 0 || !same_word(coding, S("chunked")))
            return FAULT(400, "coding-unknown", "Transfer-Encoding 只可是 chunked",
                         "the only Transfer-Encoding is chunked");
        out->chunked = true;
    }
    return length.p != NULL ? read_length(out, length) : fine;
}

static ParseFault read_connection(struct parse_head *out)
{
    out->keep = out->minor > 0;
    for (size_t i = 0; i < out->header_n; i++) {
        Str list = out->header[i].value;
        if (!str_eq(out->header[i].name, S("connection")))
            continue;
        while (list.n > 0)
            if (same_word(trim(str_cut(&list, ',')), S("close")))
                out->keep = false;
    }
    Str expect = field(out, S("expect"));
    if (expect.p != NULL && !same_word(expect, S("100-continue")))
        return FAULT(417, "expect-unknown", "不支持这个 Expect", "this Expect is not supported");
    out->expects = expect.p != NULL && out->minor > 0;
    return fine;
}

ParseFault parse_head(struct parse_head *out, char *bytes, size_t n)
{
    out->header_n = 0;
    out->host = (Str){NULL, 0};
    out->length = 0;
    out->chunked = out->expects = false;
    ParseFault f = fine;
    size_t at = 0;
    for (bool first = true; f.status == 0; first = false) {
        const char *end = memchr(bytes + at, '\r', n - at);
        if (end == NULL || (size_t)(end - bytes) + 2 > n || end[1] != '\n')
            return FAULT(400, "bare-cr", "CR 后须是 LF", "CR must be followed by LF");
        size_t line_n = (size_t)(end - bytes) - at;
        if (first)
            f = read_request_line(out, (Str){bytes + at, line_n});
        else if (line_n == 0)
            break;
        else
            f = read_field(out, bytes + at, line_n);
        at += line_n + 2;
    }
    if (f.status == 0)
        f = read_host(out);
    if (f.status == 0)
        f = read_framing(out);
    return f.status == 0 ? read_connection(out) : f;
}

/* ---- decoding ---- */

/* The byte at *at, decoded; -1: a bad escape. */
static int decode_byte(Str s, size_t *at)
{
    char c = s.p[(*at)++];
    if (c != '%')
        return (unsigned char)c;
    if (*at + 2 > s.n || hex(s.p[*at]) < 0 || hex(s.p[*at + 1]) < 0)
        return -1;
    *at += 2;
    return hex(s.p[*at - 2]) * 16 + hex(s.p[*at - 1]);
}

static bool is_clean(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] < ' ' || text.p[i] == 0x7F)
            return false;
    return utf8_bad_at(text) == text.n;
}

/* No segment is empty (but the last), "." or "..". */
static bool is_plain_path(Str path)
{
    for (Str rest = str_sub(path, 1, path.n); rest.n > 0;) {
        Str segment = str_cut(&rest, '/');
        if (segment.n == 0 || str_eq(segment, S(".")) || str_eq(segment, S("..")))
            return false;
    }
    return true;
}

ParseFault parse_path(struct arena *keep, Str *out, Str encoded)
{
    char *p = arena_raw(keep, encoded.n + 1, 1);
    size_t n = 0;
    for (size_t at = 0; at < encoded.n;) {
        bool escaped = encoded.p[at] == '%';
        int c = decode_byte(encoded, &at);
        if (c < 0)
            return FAULT(400, "path-escape", "地址里的 %XX 写错了",
                         "an escape %XX in the path is malformed");
        if (c == '\\' || (escaped && c == '/'))
            return FAULT(400, "path-slash", "地址里不可有转义的斜线或反斜线",
                         "no escaped slash and no backslash in the path");
        p[n++] = (char)c;
    }
    *out = (Str){p, n};
    if (!is_clean(*out))
        return FAULT(400, "path-text", "地址不是 UTF-8, 或有控制字符",
                     "the path is not UTF-8, or has a control character");
    if (!is_plain_path(*out))
        return FAULT(400, "path-dots", "地址里不可有 //、/./ 或 /../",
                     "the path must not have //, /./ or /../");
    return fine;
}

bool parse_query_part(struct arena *keep, Str *out, Str encoded)
{
    char *p = arena_raw(keep, encoded.n + 1, 1);
    size_t n = 0;
    for (size_t at = 0; at < encoded.n;) {
        bool blank = encoded.p[at] == '+';
        int c = decode_byte(encoded, &at);
        if (c <= 0)
            return false;
        p[n++] = (char)(blank ? ' ' : c);
    }
    *out = (Str){p, n};
    return utf8_bad_at(*out) == n;
}

/* ---- chunks ---- */

enum { CHUNK_SIZE, CHUNK_SIZE_LF, CHUNK_DATA, CHUNK_CR, CHUNK_LF, CHUNK_END_CR, CHUNK_END_LF };

static ParseFault chunk_bad(void)
{
    return FAULT(400, "chunk-bad", "分块的正文写错了", "the chunked body is malformed");
}

/* One byte of the lines between the data. */
static bool chunk_step(struct parse_chunks *c, char byte)
{
    switch (c->state) {
    case CHUNK_SIZE:
        if (hex(byte) >= 0 && c->digits < 12) {
            c->left = c->left * 16 + (uint64_t)hex(byte);
            c->digits++;
            return true;
        }
        c->state = CHUNK_SIZE_LF;
        return byte == '\r' && c->digits > 0;
    case CHUNK_SIZE_LF: c->state = c->left > 0 ? CHUNK_DATA : CHUNK_END_CR; return byte == '\n';
    case CHUNK_CR: c->state = CHUNK_LF; return byte == '\r';
    case CHUNK_LF:
        c->state = CHUNK_SIZE;
        c->digits = 0;
        return byte == '\n';
    case CHUNK_END_CR: c->state = CHUNK_END_LF; return byte == '\r';
    default: c->done = true; return byte == '\n';
    }
}

ParseFault parse_chunks(struct parse_chunks *c, Str bytes, size_t *used, Str *data)
{
    *data = (Str){bytes.p, 0};
    for (*used = 0; *used < bytes.n && !c->done;) {
        if (c->state == CHUNK_DATA) {
            size_t n = bytes.n - *used < c->left ? bytes.n - *used : (size_t)c->left;
            *data = (Str){bytes.p + *used, n};
            *used += n;
            c->left -= n;
            if (c->left == 0)
                c->state = CHUNK_CR;
            return fine;
        }
        if (!chunk_step(c, bytes.p[(*used)++]))
            return chunk_bad();
    }
    return fine;
}
