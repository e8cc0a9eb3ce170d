/* read.h - messages of JSON-RPC 2.0 as they come in. */
#ifndef GECI_API_MCP_READ_H
#define GECI_API_MCP_READ_H

#include "base/base.h"

struct arena;

enum { MCP_MESSAGES_MAX = 50 };

enum mcp_says {
    MCP_SAYS_NO_JSON,
    MCP_SAYS_NONSENSE,
    MCP_SAYS_NOTHING, /* a notification, or an answer to what was never asked */
    MCP_SAYS_ASK,
};

struct mcp_message {
    enum mcp_says says;
    Str id;                       /* as JSON; "null" where there is none that could be read */
    Str method;                   /* of an ASK, like all that follows */
    Str version, name, arguments; /* of its parameters; arguments as JSON, "{}" where it has none */
};

/* One message, or a list of them (clients of 2025-03-26): *list. Never none. */
size_t mcp_read(struct arena *keep, Str text, struct mcp_message **out, bool *list);

#endif
