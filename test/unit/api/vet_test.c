/* vet_test.c - rule documents from outside, asked of a running server: what is said of them comes
 * from a child, and one that is too much for it does the server no harm. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/str.h"
#include "os/fault.h"
#include "test/t.h"
#include "test/trust/world.h"

static struct world g_w;
static struct arena *g_a;
static char g_folder[FOLDER_N];

static void begin(void)
{
    g_a = arena_open();
    work_folder(g_folder);
    CHECK(world_open(&g_w, arena_fmt(g_a, "sqlite:%s/x.db", g_folder)));
}

static void end(void)
{
    world_close(&g_w);
    work_folder_end(g_folder);
    arena_close(g_a);
}

static struct client_answer ask(const char *path, Str text)
{
    static struct client client;
    struct client_answer got;
    struct buf b;
    struct json j;
    buf_init(&b, g_a, 8 << 20);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "text", text);
    json_obj_end(&j);
    client_open(&client, g_w.port);
    struct client_question q = {"POST", str_of(path),
                                world_headers(g_a, &g_w.at[ROLE_AUTHOR], true), buf_str(&b)};
    client_ask(&client, g_a, &got, &q);
    client_close(&client);
    return got;
}

static const char SOUND[] =
    "# 规则\n- 版本: 1\n- 状态: 示例\n- 来源: 测试\n- 对象: 企业\n- 身份: 代码\n\n"
    "## 字段\n\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 代码 | 文本 | | |\n"
    "| 甲 | 数 | | |\n\n## 评分 得分\n- 式: 甲 * 2\n- 满分: 100\n";

TEST(document_is_compiled_by_a_child)
{
    begin();
    struct client_answer got = ask("/api/v1/rules/check", str_of(SOUND));
    CHECK_INT(got.status, 200);
    CHECK_STR(client_member(&got, "sound"), "true");
    CHECK_STR(client_member(&got, "name"), "规则");
    got = ask("/api/v1/rules/check", S("# 规则\n\n## 评分 得分\n- 式: 无此字段 + (1\n"));
    CHECK_INT(got.status, 200);
    CHECK_STR(client_member(&got, "sound"), "false");
    CHECK(str_find(got.body, S("\"problems\":[{")) < got.body.n);
    fault_set(1); /* no child: nobody compiles it instead */
    CHECK_INT(ask("/api/v1/rules/check", str_of(SOUND)).status, 503);
    fault_set(1);
    CHECK_INT(ask("/api/v1/rules", str_of(SOUND)).status, 503);
    fault_set(1);
    CHECK_INT(ask("/api/v1/rules/revision", str_of(SOUND)).status, 503);
    fault_set(0);
    CHECK_INT(ask("/api/v1/rules", str_of(SOUND)).status, 201);
    end();
}

/* Deep, wide, long and dear: each is answered, or refused, and the next one is as quick as ever. */
static Str hostile(int way)
{
    struct buf b;
    buf_init(&b, g_a, 5 << 20);
    buf_add(&b,
            S("# 规则\n- 版本: 1\n- 状态: 示例\n- 来源: 测试\n- 对象: 企业\n- 身份: 代码\n\n"
              "## 字段\n\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 代码 | 文本 | | |\n"
              "| 甲 | 数 | | |\n\n## 评分 得分\n- 满分: 100\n- 式: "));
    for (int i = 0; b.n < (4 << 20) - 4096 && i < 400000; i++) {
        switch (way) {
        case 0: buf_char(&b, '('); break;
        case 1: buf_add(&b, S("甲 + ")); break;
        case 2: buf_fmt(&b, "1\n\n## 评分 得分%d\n- 式: 得分%d * ", i, i + 1); break;
        case 3: buf_add(&b, S("- - - - ")); break;
        case 4: buf_add(&b, S("\n\n| 得分 | 格次 |\n|---|---|\n| >= 1 | ")); break;
        default: buf_fmt(&b, "甲 ^ 9999999 * "); break;
        }
    }
    buf_add(&b, S("甲\n"));
    return buf_str(&b);
}

TEST(hostile_documents_do_no_harm)
{
    begin();
    for (int way = 0; way < 6; way++) {
        int status = ask("/api/v1/rules/check", hostile(way)).status;
        if (status != 200 && status != 413 && status != 422)
            t_fail(__FILE__, __LINE__, arena_fmt(g_a, "way %d: %d", way, status).p);
        CHECK_INT(ask("/api/v1/rules/check", str_of(SOUND)).status, 200);
    }
    end();
}
