/* mcp_test.c - tools are routes that only look; messages are told apart. */
#include <string.h>

#include "api/mcp/mcp.h"
#include "api/mcp/read.h"
#include "api/route.h"
#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"

TEST(every_tool_only_looks)
{
    for (int i = 0; i < MCP_TOOL_N; i++) {
        const struct api_route *r = api_route_named(MCP_TOOLS[i].route);
        CHECK(r != NULL);
        CHECK_STR(str_of(r->act), "");
        CHECK(r->out != NULL && !r->bytes && !r->confirm && !r->secret);
        CHECK(r->on != API_ON_WRITER && r->token == TOKEN_READ);
    }
}

/* A word of the path and a member of the body must not have one name. */
TEST(inputs_can_be_laid_flat)
{
    for (int i = 0; i < MCP_TOOL_N; i++) {
        const struct api_type *t = api_route_named(MCP_TOOLS[i].route)->in;
        for (int k = 0; t != NULL && k < t->field_n; k++) {
            const struct api_type *body = t->field[k].from == API_IN_BODY ? t->field[k].of : NULL;
            for (int m = 0; body != NULL && m < body->field_n; m++)
                for (int n = 0; n < t->field_n; n++)
                    CHECK(strcmp(body->field[m].name, t->field[n].name) != 0);
        }
    }
}

static enum mcp_says said(const char *text)
{
    struct arena *a = arena_open();
    struct mcp_message *m;
    bool list;
    CHECK_INT(mcp_read(a, str_of(text), &m, &list), 1);
    enum mcp_says says = m->says;
    arena_close(a);
    return says;
}

TEST(messages_are_told_apart)
{
    CHECK_INT(said("{"), MCP_SAYS_NO_JSON);
    CHECK_INT(said(""), MCP_SAYS_NO_JSON);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\"}"), MCP_SAYS_NO_JSON);
    CHECK_INT(said("[]"), MCP_SAYS_NONSENSE);
    CHECK_INT(said("7"), MCP_SAYS_NONSENSE);
    CHECK_INT(said("{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"ping\"}"), MCP_SAYS_NONSENSE);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"id\":[],\"method\":\"ping\"}"), MCP_SAYS_NONSENSE);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\",\"params\":[]}"),
              MCP_SAYS_NONSENSE);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"id\":1}"), MCP_SAYS_NONSENSE);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}"), MCP_SAYS_NOTHING);
    CHECK_INT(said("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}"), MCP_SAYS_NOTHING);
    CHECK_INT(said("[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}]"), MCP_SAYS_ASK);
}

TEST(ids_come_back_as_they_were)
{
    struct arena *a = arena_open();
    struct mcp_message *m;
    bool list;
    CHECK_INT(mcp_read(a,
                       S("[{\"jsonrpc\":\"2.0\",\"id\":\"张\\\"\",\"method\":\"x\"},"
                         "{\"jsonrpc\":\"2.0\",\"id\":-9007199254740993,\"method\":\"y\"}]"),
                       &m, &list),
              2);
    CHECK(list);
    CHECK_STR(m[0].id, "\"张\\\"\"");
    CHECK_STR(m[1].id, "-9007199254740993");
    CHECK_STR(m[1].arguments, "{}");
    arena_close(a);
}
