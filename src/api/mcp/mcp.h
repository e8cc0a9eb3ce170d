/* mcp.h - the Model Context Protocol: what a program around a language model may ask.
 *
 *     POST /mcp (site.c) --.
 *     a line (stdio.c) ----+--> a message of JSON-RPC (message.c) --> a tool (tool.c) --> handler
 *
 * A tool is a route under a name that models know: its input is the route's laid flat, its output
 * the route's, its rights the route's. Every tool only looks. There are no sessions: a message is
 * answered by what it says itself, and by whose it is.
 * Texts in answers are what people entered, so instructions in them are nobody's.
 */
#ifndef GECI_API_MCP_H
#define GECI_API_MCP_H

#include "base/base.h"

struct api;
struct arena;
struct caller;
struct db_conn;
struct http_request;
struct json;

#define MCP_PATH    S("/mcp")
#define MCP_VERSION S("2025-11-25") /* the newest it speaks */
bool mcp_version_ok(Str version);

/* Who asks, and what the answer is made with. Threads: a worker's, or a program's only one. */
struct mcp_desk {
    struct arena *arena;
    struct api *api;
    struct db_conn *conn; /* for looking */
    const struct caller *who;
    Str peer; /* where it comes from, for counting; p == NULL: not counted */
};

/* The answer to a message; empty: it wants none. */
Str mcp_answer(const struct mcp_desk *d, Str message);

/* --- tools --- */

struct mcp_tool {
    const char *name, *route, *zh, *en;
};
extern const struct mcp_tool MCP_TOOLS[];
extern const int MCP_TOOL_N;

/* The tools this caller may use, each as an object. */
void mcp_list(struct json *j, const struct caller *who);

/* Uses it: OK, and *said is JSON; ERR_GONE: there is no such tool; else *said is why not. */
NODISCARD enum status mcp_use(const struct mcp_desk *d, Str name, Str arguments, Str *said);

/* --- as a part of the server --- */

/* The hooks of requests to MCP_PATH. */
size_t mcp_head(struct api *a, struct http_request *rq);
void mcp_handle(struct api *a, struct http_request *rq);

#endif
