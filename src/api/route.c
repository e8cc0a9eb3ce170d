/* route.c - which row of the table a request is for. */
#include "api/route.h"

#include <string.h>

#include "base/str.h"

/* Does the pattern fit? Keeps what stands for its {names}. */
static bool fits(const char *pattern, Str path, Str word[API_PATH_WORDS])
{
    Str want = str_of(pattern);
    int n = 0;
    while (want.n > 0 && path.n > 0) {
        (void)str_cut(&want, '/');
        (void)str_cut(&path, '/');
        size_t wn = str_find(want, S("/")), pn = str_find(path, S("/"));
        Str w = str_sub(want, 0, wn), p = str_sub(path, 0, pn);
        if (w.n > 0 && w.p[0] == '{') {
            if (p.n == 0)
                return false;
            ASSERT(n < API_PATH_WORDS);
            word[n++] = p;
        } else if (!str_eq(w, p)) {
            return false;
        }
        want = str_sub(want, wn, want.n);
        path = str_sub(path, pn, path.n);
    }
    return want.n == 0 && path.n == 0;
}

const struct api_route *api_route_find(enum http_method method, Str path, Str word[API_PATH_WORDS],
                                       uint32_t *other)
{
    *other = 0;
    if (method == HTTP_HEAD)
        method = HTTP_GET;
    if (!str_starts(path, S(API_BASE "/")))
        return NULL;
    path = str_sub(path, sizeof API_BASE - 1, path.n);
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        if (r->method != method && *other >> r->method & 1)
            continue;
        if (!fits(r->path, path, word))
            continue;
        if (r->method == method)
            return r;
        *other |= 1U << r->method;
    }
    return NULL;
}

const struct api_route *api_route_named(const char *name)
{
    for (int i = 0; i < API_ROUTE_N; i++)
        if (strcmp(API_ROUTES[i].name, name) == 0)
            return &API_ROUTES[i];
    return NULL;
}
