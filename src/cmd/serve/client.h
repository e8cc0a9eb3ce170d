/* client.h - the web client that the program carries. */
#ifndef GECI_CMD_SERVE_CLIENT_H
#define GECI_CMD_SERVE_CLIENT_H

#include "http/asset.h"

/* What tools/web.sh built (-Dweb=true), or one page that says that it was not built. */
extern const struct http_assets CLIENT;

#endif
