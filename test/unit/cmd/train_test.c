/* train_test.c - what is learned from a store's matches: adopted where it helps, and only there. */
#include "test/t.h"

#include <string.h>

#include "os/file.h"
#include "record/record.h"
#include "sql.h"
#include "test/help/folder.h"
#include "test/help/report.h"
#include "test/unit/cmd/cmd_help.h"

enum { TOPICS = 12, NEEDS = 72, EXPERTS = 96, NOISE = 8 };

static const char needs[] =
    "# 需求\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 名称 | 文本 | | 公开 |\n| 区镇 | 区划 | | 公开 |\n";
static const char experts[] =
    "# 专家\n- 类: 主体\n- 状态: 示例\n- 身份: 编号\n- 名称: 姓名\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 姓名 | 文本 | | 个人 |\n| 区镇 | 区划 | | 公开 |\n"
    "| 专业方向 | 文本 | | 内部 |\n";

/* test/help/store.h has the names of cmd/store/store.h, which is tested here. */
static struct {
    struct arena *a;
    struct diags ds;
    struct db *db;
    struct db_conn *w;
    Str url;
    char folder[FOLDER_N];
} at;

static struct reporting reporting(void)
{
    return (struct reporting){at.w, at.a, &at.ds};
}

static void close_world(void)
{
    CHECK(folder_remove(at.folder));
    arena_close(at.a);
}

/* A character of three bytes. */
static void add_rune(struct buf *b, uint32_t r)
{
    buf_char(b, (char)(0xE0 | r >> 12));
    buf_char(b, (char)(0x80 | (r >> 6 & 63)));
    buf_char(b, (char)(0x80 | (r & 63)));
}

/* Two characters of its own for a topic on each side, which have none in common, among others that
 * anybody has. */
static void add_text(struct buf *b, uint32_t topic, bool expert, uint32_t seed)
{
    for (uint32_t i = 0; i < NOISE; i++) {
        seed = seed * 1664525U + 1013904223U;
        add_rune(b, 0x5F00 + (seed >> 16) % 30);
        if (i == NOISE / 2) {
            add_rune(b, 0x6100 + topic * 16 + (expert ? 8 : 0));
            add_rune(b, 0x6101 + topic * 16 + (expert ? 8 : 0));
        }
    }
}

static Str table(const char *head, char letter, uint32_t n)
{
    struct buf b;
    buf_init(&b, at.a, 1 << 20);
    buf_fmt(&b, "%s\n", head);
    for (uint32_t i = 0; i < n; i++) {
        buf_fmt(&b, "%c%u,", letter, i);
        add_text(&b, i % TOPICS, letter == 'E', i * 2 + (letter == 'E'));
        buf_char(&b, '\n');
    }
    return buf_str(&b);
}

/* Each of n needs had an expert: of its topic, or of any. */
static void say(uint32_t n, bool of_topic)
{
    struct act act = report_begin(reporting(), 3);
    for (uint32_t i = 0; i < n; i++) {
        int64_t need, answer;
        uint32_t who = i % TOPICS + TOPICS * (i * 5 % (EXPERTS / TOPICS));
        who = of_topic ? who : ((i + 1) * 2654435761U >> 16) % EXPERTS;
        CHECK_INT(record_subject(at.w, S("320582"), S("需求"), arena_fmt(at.a, "N%u", i), &need),
                  OK);
        CHECK_INT(
            record_subject(at.w, S("320582"), S("专家"), arena_fmt(at.a, "E%u", who), &answer), OK);
        CHECK_INT(sql_match_said_add(at.w, &(struct sql_match_said_add){S("320582"), act.no, i,
                                                                        need, 0, S("需求 N"),
                                                                        answer, 1, 0, 0, S("")}),
                  OK);
    }
    report_end(&act, S("match.say"));
}

static void open_world(uint32_t said, bool of_topic)
{
    struct db_opts o = {.mode = DB_WRITE, .create = true, .migrate = true};
    memset(&at, 0, sizeof at);
    at.a = arena_open();
    diags_init(&at.ds, at.a);
    folder_new(at.folder, "train");
    at.url = arena_fmt(at.a, "sqlite:%s/x.db", at.folder);
    CHECK_INT(db_open(at.a, &at.db, at.url, &o, &at.ds), OK);
    CHECK_INT(db_connect(at.db, DB_WRITE, &at.w, &at.ds), OK);
    struct act act = report_begin(reporting(), 1);
    CHECK_INT(act_county(&act, S("示例"), DIGEST_SHA256), OK);
    report_end(&act, S("init"));
    report_kind(reporting(), needs);
    report_kind(reporting(), experts);
    report_csv(reporting(), "需求", table("编号,名称", 'N', NEEDS));
    report_csv(reporting(), "专家", table("编号,专业方向", 'E', EXPERTS));
    say(said, of_topic);
    db_disconnect(at.w);
    db_close(at.db);
}

static struct ran train(void)
{
    return run_geci((const char *const[]){"match", "train", "专家", "--db", at.url.p, "--county",
                                          "320582", "--actor", "甲", NULL});
}

static bool tried(const char *text)
{
    struct ran r = train();
    bool said = run_says(&r, text);
    CHECK_INT(r.code, 0);
    run_close(&r);
    return said;
}

static bool finds_by_it(void)
{
    Str path = arena_fmt(at.a, "%s/found.csv", at.folder), text = S("");
    struct ran r =
        run_geci((const char *const[]){"match", "for", "需求", "N70", "--with", "专家", "--db",
                                       at.url.p, "--county", "320582", "-o", path.p, NULL});
    int err;
    CHECK_INT(r.code, 0);
    CHECK_INT(file_read(at.a, &text, path, 1 << 20, &err), OK);
    run_close(&r);
    return str_find(text, S("历史匹配")) < text.n;
}

/* The same store, the same model; and matching goes by it from then on. */
TEST(train_adopts_what_helps)
{
    struct arena *a = arena_open();
    Str said[2];
    for (int k = 0; k < 2; k++) {
        open_world(NEEDS - 4, true);
        CHECK(!finds_by_it());
        struct ran r = train();
        CHECK_INT(r.code, 0);
        CHECK(run_says(&r, "采用，权重"));
        said[k] = arena_copy(a, r.out);
        run_close(&r);
        CHECK(finds_by_it());
        if (k == 1)
            CHECK(tried("不采用")); /* nothing was heard since */
        close_world();
    }
    CHECK(str_eq(said[0], said[1]));
    arena_close(a);
}

TEST(train_leaves_what_is_chance)
{
    open_world(NEEDS - 4, false);
    CHECK(tried("不采用"));
    CHECK(!finds_by_it());
    close_world();
    open_world(20, true);
    CHECK(tried("不训练"));
    close_world();
}
