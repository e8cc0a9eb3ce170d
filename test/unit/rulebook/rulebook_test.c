/* rulebook_test.c - a rule document drafted, reviewed, published and withdrawn, on both databases.
 */
#include "access/role.h"
#include "base/arena.h"
#include "base/str.h"
#include "rulebook/rulebook.h"
#include "test/help/store.h"
#include "test/t.h"

#define COUNTY S("320582")
static const char DOC[] =
    "# 示例规则\n- 版本: 1\n- 状态: 示例\n- 来源: 测试\n- 对象: 企业\n- 身份: 代码\n\n"
    "## 字段\n\n| 名称 | 类型 | 单位 |\n|---|---|---|\n| 代码 | 文本 | |\n"
    "| 营业收入 | 数 | 元 |\n\n"
    "## 评分 规模\n- 式: 营业收入 / 100万元\n- 满分: 10\n";

static int64_t second;

enum step { DRAFT, REVIEW, PUBLISH, WITHDRAW };

/* One act: OK is committed, a refusal undone. */
static enum status take(enum step step, const char *actor, int64_t *entry, const char *text)
{
    struct act act = store_act(++second);
    struct rulebook_desk d = {&act, str_of(actor), &store.ds, role_find_bit};
    enum status st = OK;
    switch (step) {
    case DRAFT: st = rulebook_draft(&d, str_of(text), entry); break;
    case REVIEW: st = rulebook_review(&d, *entry, S("看过")); break;
    case PUBLISH: st = rulebook_publish(&d, *entry, S("同意")); break;
    case WITHDRAW: st = rulebook_withdraw(&d, *entry, S("另有规定")); break;
    }
    if (st != OK) {
        db_rollback(store.w);
        return st;
    }
    CHECK_INT(act_end(&act, &(struct act_words){str_of(actor), S("rule"), S("x"), S("{}")}), OK);
    CHECK_INT(db_commit(store.w), OK);
    return OK;
}

static enum rulebook_state state_of(int64_t entry)
{
    struct rulebook_entry e;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rulebook_get(store.w, store.a, &e, COUNTY, entry), OK);
    db_rollback(store.w);
    return e.state;
}

static void check_way(void)
{
    int64_t entry = 0, other = 0, none = 9;
    CHECK_INT(take(DRAFT, "甲", &entry, DOC), OK);
    CHECK_INT(entry, 1);
    CHECK_INT(take(PUBLISH, "丙", &entry, NULL), ERR_INPUT); /* not reviewed yet */
    CHECK_INT(take(REVIEW, "甲", &entry, NULL), ERR_INPUT);  /* its own author */
    CHECK_INT(take(REVIEW, "乙", &entry, NULL), OK);
    CHECK_INT(take(PUBLISH, "乙", &entry, NULL), ERR_INPUT);
    CHECK_INT(take(PUBLISH, "甲", &entry, NULL), ERR_INPUT);
    CHECK_INT(state_of(entry), RULEBOOK_REVIEWED);
    CHECK_INT(take(PUBLISH, "丙", &entry, NULL), OK);
    CHECK_INT(take(PUBLISH, "丁", &entry, NULL), ERR_INPUT); /* once */
    CHECK_INT(take(DRAFT, "甲", &other, DOC), OK);           /* the same text once more */
    CHECK_INT(other, 2);
    CHECK_INT(take(WITHDRAW, "甲", &entry, NULL), OK);
    CHECK_INT(take(WITHDRAW, "甲", &entry, NULL), ERR_INPUT);
    CHECK_INT(take(REVIEW, "乙", &none, NULL), ERR_GONE);
    CHECK_STR(store_said(),
              "TEST-NONE RULEBOOK-STATE RULEBOOK-SAME RULEBOOK-SAME RULEBOOK-SAME RULEBOOK-STATE "
              "TEST-NONE RULEBOOK-STATE RULEBOOK-GONE ");
}

static void check_looking(void)
{
    int64_t entry = 0;
    struct rulebook_entry *all;
    size_t n;
    Str text;
    CHECK_INT(take(DRAFT, "甲", &entry, "# 空\n"), ERR_INPUT);
    CHECK_INT(take(DRAFT, "甲", &entry, DOC), OK);
    CHECK_INT(take(REVIEW, "乙", &entry, NULL), OK);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rulebook_all(store.w, store.a, &all, &n, COUNTY), OK);
    CHECK_INT(n, 1);
    CHECK_STR(all[0].name, "示例规则");
    CHECK_STR(all[0].kind, "企业");
    CHECK_INT(all[0].state, RULEBOOK_REVIEWED);
    CHECK_STR(all[0].status, "example");
    CHECK_INT(rulebook_text(store.w, store.a, &text, COUNTY, &all[0]), OK);
    CHECK_STR(text, DOC);
    db_rollback(store.w);
}

TEST(status_of_a_head)
{
    CHECK_STR(rulebook_status(S("# X\n- version: 1\n- Status: Official\n")), "official");
    CHECK_STR(rulebook_status(S("# X\r\n- 状态：二手\r\n")), "secondary");
    CHECK_STR(rulebook_status(S("# X\n- 状态: 二手")), ""); /* cut within the line */
    CHECK_STR(rulebook_status(S("# X\n\n## 评分 甲\n- 状态: 官方\n")), "");
    CHECK_STR(rulebook_status(S("")), "");
}

#define BOTH(name)                  \
    TEST(sqlite_##name)             \
    {                               \
        store_open(STORE_SQLITE);   \
        second = 0;                 \
        check_##name();             \
        store_end();                \
    }                               \
    TEST(postgres_##name)           \
    {                               \
        store_open(STORE_POSTGRES); \
        second = 0;                 \
        check_##name();             \
        store_end();                \
    }
BOTH(way)
BOTH(looking)
