/* Documents of kinds: roles, active standings, classes of protection, links. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/model.h"
#include "t.h"

#define HEAD "# 企业\n- 类: 主体\n- 状态: 示例\n- 身份: 代码\n- 名称: 全称\n"
#define FIELDS                                                                                  \
    "\n## 字段\n| 名称 | 类型 | 选项 | 分级 |\n"                                      \
    "|---|---|---|---|\n| 代码 | 信用代码 | | 公开 |\n"                                 \
    "| 全称 | 文本 | | internal |\n| 状况 | 选项 | 在业; 停业; 注销 | 个人 |\n" \
    "| 载体 | 关联 | 孵化载体 | |\n| 区镇 | 区划 | | |\n"

static struct rules *load(struct arena *a, const char *text, enum status want)
{
    struct rules *r;
    struct diags ds;
    diags_init(&ds, a);
    CHECK(rule_load(a, &r, S("x.md"), str_of(text), &ds) == want);
    return r;
}

TEST(kind_knows_the_roles_of_its_fields)
{
    struct arena *a = arena_open();
    const struct rules *r =
        load(a, HEAD "- 属地: 区镇\n- 存续: 状况\n- 在册: 在业; 停业\n" FIELDS, OK);
    CHECK(r->doc_class == DOC_SUBJECT);
    CHECK_INT(r->role[SUBJECT_ROLE_ID], 0);
    CHECK_INT(r->role[SUBJECT_ROLE_NAME], 1);
    CHECK_INT(r->role[SUBJECT_ROLE_FORMER], -1);
    CHECK_INT(r->role[SUBJECT_ROLE_LOCALITY], 4);
    CHECK_INT(r->role[SUBJECT_ROLE_STANDING], 2);
    CHECK_INT(r->active_n, 2);
    CHECK_STR(r->label[r->active[1]], "停业");
    arena_close(a);
}

TEST(kind_fields_say_who_may_see_them)
{
    struct arena *a = arena_open();
    const struct rules *r = load(a, HEAD FIELDS, OK);
    CHECK(r->field[0].protect == PROTECT_PUBLIC);
    CHECK(r->field[1].protect == PROTECT_INTERNAL);
    CHECK(r->field[2].protect == PROTECT_PERSONAL);
    CHECK(r->field[3].protect == PROTECT_SENSITIVE); /* not said */
    CHECK(r->field[3].ftype == FIELD_LINK);
    CHECK_STR(r->field[3].link, "孵化载体");
    CHECK_STR(rule_field_text(a, &r->field[3], false), "关联, 时点");
    arena_close(a);
}

TEST(kind_active_needs_a_standing)
{
    struct arena *a = arena_open();
    (void)load(a, HEAD "- 在册: 在业\n" FIELDS, ERR_INPUT);
    (void)load(a, HEAD "- 存续: 状况\n- 在册: > 3\n" FIELDS, ERR_INPUT);
    (void)load(a, HEAD "- 存续: 状况\n- 在册: [3\n" FIELDS, ERR_INPUT);
    (void)load(a, HEAD "- 存续: 企业\n" FIELDS, ERR_INPUT);
    (void)load(a, HEAD "- 存续:\n" FIELDS, OK);
    arena_close(a);
}

TEST(kind_roles_name_fields_not_items)
{
    struct arena *a = arena_open();
    (void)load(a, HEAD "- 存续: 甲\n" FIELDS "\n## 分组 甲\n| 状况 | 甲 |\n|---|---|\n| - | 乙 |\n",
               ERR_INPUT);
    arena_close(a);
}

TEST(rules_have_no_roles)
{
    struct arena *a = arena_open();
    const struct rules *r = load(a, "# 规则\n- 状态: 示例\n- 身份: 代码\n" FIELDS, OK);
    CHECK(r->doc_class == DOC_RULES);
    CHECK_INT(r->role[SUBJECT_ROLE_ID], -1);
    arena_close(a);
}
