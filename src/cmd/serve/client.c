/* client.c - the web client, compressed, as tools/web.sh left it in build/web. */
#include "cmd/serve/client.h"

#include "base/str.h"
#include "web_table.h"

const struct http_assets CLIENT = {ASSETS, ARRAY_N(ASSETS), {NULL, 0}};
