#include "http/asset.h"

#include "base/arena.h"
#include "base/str.h"

static const struct http_asset *find(const struct http_assets *assets, Str path)
{
    size_t low = 0, high = assets->n;
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        int order = str_cmp(path, assets->at[mid].path);
        if (order == 0)
            return &assets->at[mid];
        if (order < 0)
            high = mid;
        else
            low = mid + 1;
    }
    return NULL;
}

/* `;q=0`, `;q=0.000`: no. Any other weight: yes. */
static bool is_wanted(Str weight)
{
    size_t at = str_find(weight, S("q="));
    if (at == weight.n)
        return true;
    for (at += 2; at < weight.n; at++)
        if (weight.p[at] >= '1' && weight.p[at] <= '9')
            return true;
    return false;
}

/* Does an Accept-Encoding take this coding? Being named goes before `*`. */
static bool takes(Str accepted, Str coding)
{
    bool any = false;
    while (accepted.n > 0) {
        Str weight = str_cut(&accepted, ','), name = str_trim(str_cut(&weight, ';'));
        if (str_eq(name, coding))
            return is_wanted(weight);
        if (str_eq(name, S("*")))
            any = is_wanted(weight);
    }
    return any;
}

/* An If-None-Match names this tag, weak or not, or any. */
static bool is_known(Str known, Str tag)
{
    while (known.n > 0) {
        Str one = str_trim(str_cut(&known, ','));
        if (str_starts(one, S("W/")))
            one = str_sub(one, 2, one.n);
        if (str_eq(one, tag) || str_eq(one, S("*")))
            return true;
    }
    return false;
}

static void set_headers(struct http_request *rq, const struct http_asset *file, Str policy)
{
    bool page = str_starts(file->type, S("text/html"));
    if (policy.n == 0)
        policy = S("default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; "
                   "img-src 'self' data:; font-src 'self'; connect-src 'self'; "
                   "worker-src 'self'; manifest-src 'self'; base-uri 'none'; "
                   "form-action 'self'; frame-ancestors 'none'; "
                   "require-trusted-types-for 'script'");
    if (page)
        http_set(rq, S("Content-Security-Policy"), policy);
    http_set(rq, S("Cache-Control"),
             file->immutable ? S("public, max-age=31536000, immutable") : S("no-cache"));
    http_set(rq, S("Vary"), S("Accept-Encoding"));
}

bool http_asset_answer(struct http_request *rq, const struct http_assets *assets, Str path)
{
    const struct http_asset *file = find(assets, path);
    if (file == NULL)
        return false;
    if (rq->method != HTTP_GET && rq->method != HTTP_HEAD) {
        http_set(rq, S("Allow"), S("GET, HEAD"));
        http_problem(rq, 405, "method-not-allowed", S("这个地址只可读取"),
                     S("this can only be read"));
        return true;
    }
    Str accepted = http_header(rq, S("accept-encoding")), body = file->bytes, coding = S("");
    if (file->brotli.n > 0 && takes(accepted, S("br"))) {
        body = file->brotli;
        coding = S("br");
    } else if (file->gzip.n > 0 && takes(accepted, S("gzip"))) {
        body = file->gzip;
        coding = S("gzip");
    }
    /* Other bytes, another tag. */
    Str tag = arena_fmt(rq->arena, "\"%.*s%s%.*s\"", STR_ARG(file->etag), coding.n > 0 ? "-" : "",
                        STR_ARG(coding));
    set_headers(rq, file, assets->policy);
    http_set(rq, S("ETag"), tag);
    if (is_known(http_header(rq, S("if-none-match")), tag)) {
        http_answer(rq, 304, S(""), S(""));
        return true;
    }
    if (coding.n > 0)
        http_set(rq, S("Content-Encoding"), coding);
    http_answer(rq, 200, file->type, body);
    return true;
}
