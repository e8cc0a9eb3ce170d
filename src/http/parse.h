/* parse.h - the bytes of one request, read in the one way they can be read, or refused.
 *
 *     GET /api/v1/subjects?q=%E5%BC%A0 HTTP/1.1 CRLF    parse_head_end finds the empty line,
 *     Host: example.cn CRLF                              parse_head reads what is before it
 *     CRLF
 *     5 CRLF hello CRLF 0 CRLF CRLF                      parse_chunks, when the body is chunked
 *
 * Two readers that disagree about where a request ends let one smuggle a second past the other
 * (docs/adr/0027). So nothing is repaired: a fault is a status, and a reason that goes to the log
 * and to the client; the connection is closed behind it. Functions of their arguments; linear; what
 * is read borrows from the bytes, but header names are lowered in place.
 */
#ifndef GECI_HTTP_PARSE_H
#define GECI_HTTP_PARSE_H

#include "http/http.h"

enum { PARSE_HEADERS_MAX = 64, PARSE_TARGET_MAX = 8192 };

typedef struct ParseFault {
    int status;         /* 0: none */
    const char *reason; /* "host-missing": a word for the log and for tests */
    const char *zh, *en;
} ParseFault;

struct parse_head {
    enum http_method method;
    Str target, path, query, host; /* path: still encoded */
    int minor;                     /* of HTTP/1.x: 0 or 1 */
    bool keep;                     /* the connection may go on behind this request */
    bool expects;                  /* wants a 100 before it sends the body */
    bool chunked;
    uint64_t length; /* of the body, when it is not chunked */
    size_t header_n;
    struct http_header header[PARSE_HEADERS_MAX];
};

/* Looks for the end of a head in bytes that arrive little by little. *at starts at 0 and is kept
 * between calls; *n > 0: the head has so many bytes, the empty line included. */
NODISCARD ParseFault parse_head_end(Str bytes, size_t *at, size_t *n);
/* What a head of `max` bytes without an end deserves: 414 or 431. */
ParseFault parse_head_long(Str bytes);
NODISCARD ParseFault parse_head(struct parse_head *out, char *bytes, size_t n);
/* Percent-decodes an absolute path on `keep`. */
NODISCARD ParseFault parse_path(struct arena *keep, Str *out, Str encoded);
/* Percent-decodes one name or value of a query; false: not well formed, or not UTF-8. */
bool parse_query_part(struct arena *keep, Str *out, Str encoded);

struct parse_chunks {
    int state;
    int digits;
    uint64_t left; /* of this chunk */
    bool done;
};
/* One step into `bytes`: *used bytes are behind us, of which `data` are body. Call again until
 * *used is 0 or done. */
NODISCARD ParseFault parse_chunks(struct parse_chunks *c, Str bytes, size_t *used, Str *data);

#endif
