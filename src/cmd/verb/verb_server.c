/* verb_server.c - the verbs around the server. */
#include "cmd/verb/verb_int.h"

const struct verb VERBS_SERVER[] = {
    {.name = "serve",
     .group = GROUP_SERVER,
     .operands = {"", ""},
     .run = cmd_serve,
     .summary = {"开通网页和接口", "serve the pages and the API"},
     .detail =
         {"在 --listen 上提供接口 /api/v1 和网页。对外开放请放在 nginx 之后（TLS、限速），用"
          " --trusted 写明代理的地址。服务密钥缺省在数据库文件旁边的 .access-key 文件里，没有就生成"
          "一个；请与数据库分开另存一份。Ctrl-C 或 SIGTERM 停止：先做完手上的请求。",
          "Serves the API under /api/v1 and the pages on --listen. To the outside put nginx "
          "in front (TLS, limits), and name the proxy with --trusted. The server's key is in "
          "the .access-key file beside the store unless said, and made if there is none; keep a "
          "copy apart from the store. Ctrl-C or SIGTERM ends it after what is under way."},
     .example = "geci serve --db sqlite:zjg.db\n"
                "geci serve --db sqlite:zjg.db --listen 127.0.0.1:8080 --trusted 127.0.0.1",
     .opts = {OPT_LISTEN, OPT_TRUSTED, OPT_ORIGIN, OPT_OIDC, OPT_OUTGOING, OPT_OUTGOING_CA,
              OPT_MODEL, OPT_ACCESS_KEY, OPT_ACCESS_LOG, OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG,
              OPT_HELP}},
    {.name = "mcp",
     .group = GROUP_SERVER,
     .operands = {"", ""},
     .run = cmd_mcp,
     .summary = {"让本机的 AI 助手按账号的权限查询", "let an assistant on this machine ask"},
     .detail =
         {"在标准输入输出上说 MCP（Model Context Protocol），一行一条消息，"
          "供本机的 AI 助手启动。只读：查主体、解释得分、推演、保存的查询；"
          "看得到什么由 --actor 的账号决定，与接口相同。"
          "服务开着时也可以让助手访问 POST /mcp，用 geci token new 生成的令牌。",
          "Speaks MCP (Model Context Protocol) on standard input and output, a message a line, for "
          "an assistant that starts it. It only reads: subjects, explanations, what-ifs, saved "
          "queries; --actor names the account whose rights hold, as in the API. A running server "
          "answers the same at POST /mcp, with a token of geci token new."},
     .example = "geci mcp --db sqlite:zjg.db --actor 张三",
     .opts = {OPT_ACTOR, OPT_MODEL, OPT_DB, OPT_COUNTY, OPT_QUIET, OPT_LANG, OPT_HELP}},
    {.name = "api",
     .group = GROUP_SERVER,
     .operands = {"openapi|typescript|matrix", "openapi|typescript|matrix"},
     .min = 1,
     .max = 1,
     .operand_choices = "openapi|typescript|matrix",
     .run = cmd_api,
     .summary = {"打印接口说明、客户端类型或权限表",
                 "print the API's description, the client's types, or rights"},
     .detail = {"openapi 是 OpenAPI 3.1 文档，typescript 是客户端的类型和函数，matrix 是每个接口"
                "谁可以用的表。三者和服务用的是同一张表。",
                "openapi is the OpenAPI 3.1 document, typescript the types and functions of the "
                "client, matrix who may use which route. All are of the table that serves."},
     .example = "geci api openapi -o openapi.json",
     .opts = {OPT_OUTPUT, OPT_LANG, OPT_HELP}},
    {.name = NULL},
};
