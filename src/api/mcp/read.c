#include "api/mcp/read.h"

#include <jansson.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

static Str text_of(struct arena *keep, const json_t *v)
{
    return json_is_string(v) ? arena_copy(keep, (Str){json_string_value(v), json_string_length(v)})
                             : S("");
}

static int add_piece(const char *p, size_t n, void *arg)
{
    buf_add(arg, (Str){p, n});
    return 0;
}

static Str json_of(struct arena *keep, const json_t *v, Str otherwise)
{
    struct buf b;
    buf_init(&b, keep, BUF_MAX);
    if (v == NULL || json_dump_callback(v, add_piece, &b, JSON_COMPACT | JSON_ENCODE_ANY) != 0)
        return otherwise;
    return buf_str(&b);
}

static bool is_id(const json_t *id)
{
    return json_is_string(id) || json_is_integer(id);
}

static struct mcp_message one(struct arena *keep, const json_t *m)
{
    const json_t *id = json_object_get(m, "id"), *method = json_object_get(m, "method");
    const json_t *params = json_object_get(m, "params");
    struct mcp_message out = {.says = MCP_SAYS_NONSENSE};
    out.id = json_of(keep, is_id(id) ? id : NULL, S("null"));
    bool rpc = str_eq(text_of(keep, json_object_get(m, "jsonrpc")), S("2.0"));
    bool answers = json_object_get(m, "result") != NULL || json_object_get(m, "error") != NULL;
    if (!rpc || (id != NULL && !is_id(id)) || (params != NULL && !json_is_object(params)))
        return out;
    if ((method == NULL && answers) || (json_is_string(method) && id == NULL))
        out.says = MCP_SAYS_NOTHING;
    else if (json_is_string(method))
        out.says = MCP_SAYS_ASK;
    out.method = text_of(keep, method);
    out.version = text_of(keep, json_object_get(params, "protocolVersion"));
    out.name = text_of(keep, json_object_get(params, "name"));
    out.arguments = json_of(keep, json_object_get(params, "arguments"), S("{}"));
    return out;
}

size_t mcp_read(struct arena *keep, Str text, struct mcp_message **out, bool *list)
{
    json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
    size_t n = json_array_size(root);
    *list = json_is_array(root) && n > 0 && n <= MCP_MESSAGES_MAX;
    *out = ARENA_ARRAY(keep, struct mcp_message, *list ? n : 1);
    for (size_t i = 0; *list && i < n; i++)
        (*out)[i] = one(keep, json_array_get(root, i));
    if (!*list)
        **out = root == NULL ? (struct mcp_message){.says = MCP_SAYS_NO_JSON, .id = S("null")}
                             : one(keep, root);
    json_decref(root);
    return *list ? n : 1;
}
