/* asset.h - files that the program carries: pages, scripts, styles, fonts, compressed beforehand.
 *
 * A name with the digest of its contents in it is kept by browsers for a year; any other is asked
 * for again each time, and answered with 304 while its etag is the same.
 */
#ifndef GECI_HTTP_ASSET_H
#define GECI_HTTP_ASSET_H

#include "http/http.h"

struct http_asset {
    Str path; /* "/index.html", "/assets/app-1a2b3c4d.js" */
    Str type; /* "text/html; charset=utf-8" */
    Str etag; /* of the plain bytes, without quotes */
    bool immutable;
    Str bytes;
    Str gzip, brotli; /* empty: not worth it */
};

struct http_assets {
    const struct http_asset *at; /* in byte order of their paths */
    size_t n;
    Str policy; /* Content-Security-Policy of what is text/html; empty: scripts, styles, images,
                   fonts and connections of this server only, WebAssembly, nothing inline */
};

/* Answers with the file at `path` (that of the request, or the page of a client-side route):
 * brotli or gzip where the client takes it, 304, 405. False: there is none, and no answer yet. */
bool http_asset_answer(struct http_request *rq, const struct http_assets *assets, Str path);

#endif
