#include <string.h>

#include "base/str.h"
#include "http/parse.h"

Str http_method_name(enum http_method m)
{
    static const Str names[HTTP_METHOD_N] = {{"GET", 3},   {"HEAD", 4},   {"POST", 4},   {"PUT", 3},
                                             {"PATCH", 5}, {"DELETE", 6}, {"OPTIONS", 7}};
    ASSERT((unsigned)m < HTTP_METHOD_N);
    return names[m];
}

Str http_header(const struct http_request *rq, Str name)
{
    for (size_t i = 0; i < rq->header_n; i++)
        if (str_eq(rq->header[i].name, name))
            return rq->header[i].value;
    return (Str){NULL, 0};
}

Str http_cookie(const struct http_request *rq, Str name)
{
    Str rest = http_header(rq, S("cookie")), found = {NULL, 0};
    while (rest.n > 0) {
        Str value = str_trim(str_cut(&rest, ';'));
        if (!str_eq(str_cut(&value, '='), name))
            continue;
        if (found.p != NULL)
            return (Str){NULL, 0};
        found = str_or_empty(value);
    }
    return found;
}

enum status http_query(const struct http_request *rq, size_t *at, Str *name, Str *value)
{
    while (*at < rq->query.n) {
        Str rest = str_sub(rq->query, *at, rq->query.n), pair = str_cut(&rest, '&');
        *at = rq->query.n - rest.n;
        if (pair.n == 0)
            continue;
        Str left = str_cut(&pair, '=');
        if (!parse_query_part(rq->arena, name, left) || !parse_query_part(rq->arena, value, pair))
            return ERR_INPUT;
        return OK;
    }
    return ERR_GONE;
}
