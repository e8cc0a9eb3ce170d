/* client_none.c - in the place of client.c where the web client was not built. */
#include "base/str.h"
#include "cmd/serve/client.h"

#define PAGE                                                                                     \
    "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><title>geci</title>"            \
    "<p>这个程序没有带网页：用 tools/web.sh 构建。接口照常：<a "              \
    "href=\"/api/openapi.json\">/api/openapi.json</a></p>"                                       \
    "<p lang=\"en\">This program was built without the web client: build it with tools/web.sh. " \
    "The API is there as ever.</p></html>"

static const struct http_asset ASSETS[] = {
    {{"/index.html", 11},
     {"text/html; charset=utf-8", 24},
     {"none-1", 6},
     false,
     {PAGE, sizeof(PAGE) - 1},
     {NULL, 0},
     {NULL, 0}},
};

const struct http_assets CLIENT = {ASSETS, ARRAY_N(ASSETS), {NULL, 0}};
