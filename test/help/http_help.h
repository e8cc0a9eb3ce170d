/* http_help.h - the parser of requests, driven as a connection drives it. */
#ifndef GECI_TEST_HTTP_HELP_H
#define GECI_TEST_HTTP_HELP_H

#include "http/parse.h"

struct http_read {
    ParseFault fault;
    struct parse_head head; /* meaning only when there is no fault */
    size_t head_n;          /* 0: the head has no end */
    Str path, body;
    size_t end; /* of the request in the bytes */
    bool whole; /* no fault, and it did end */
};

/* Reads the first request of `bytes`, which arrive in pieces of `step`. All on `keep`. */
void http_help_read(struct arena *keep, struct http_read *out, Str bytes, size_t step);

#endif
