/* roles_test.c - which field is whose unit, which are long: as the document says, by any name. */
#include "base/arena.h"
#include "base/str.h"
#include "match/roles.h"
#include "test/t.h"

#define KIND                                                                                       \
    "# 资料\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n\n## 字段\n" \
    "| 名称 | 类型 | 选项 |\n|---|---|---|\n| 编号 | 文本 | |\n| 名称 | 文本 | |\n"  \
    "| 甲方 | 文本 | |\n| 综述 | 文本 | |\n| 要点 | 文本 | |\n| 范围 | 选项 | 开放; 内部 |\n\n"

static enum status read(struct arena *a, struct match_roles *r, struct diags *ds, const char *more)
{
    struct rules *kind;
    diags_init(ds, a);
    CHECK_INT(rule_load(a, &kind, S("x"), arena_fmt(a, KIND "%s", more), ds), OK);
    return match_roles_read(a, r, kind, ds);
}

TEST(roles_are_what_the_document_says)
{
    struct arena *a = arena_open();
    struct match_roles r;
    struct diags ds;
    CHECK_INT(read(a, &r, &ds, "## 匹配\n- 单位: 甲方\n- 正文: 综述; 要点\n- 密级: 范围 = 开放\n"),
              OK);
    CHECK(r.unit == 2 && r.body[3] && r.body[4] && !r.body[1] && r.level == 5);
    CHECK_STR(r.open, "开放");
    CHECK_INT(read(a, &r, &ds, "## Match\n- unit: 甲方\n"), OK);
    CHECK(r.unit == 2 && !r.body[3] && r.level == -1);
    CHECK_INT(read(a, &r, &ds, ""), OK);
    CHECK(r.unit == -1 && !r.body[3] && r.level == -1);
    arena_close(a);
}

TEST(roles_that_are_wrong_say_where)
{
    static const struct {
        const char *text, *at;
        enum diag_code code;
    } WRONG[] = {{"## 匹配\n- 单位: 乙方\n", "乙方", DIAG_NAME_UNKNOWN},
                 {"## 匹配\n- 单位: 范围\n", "范围", DIAG_KIND_ROLE},
                 {"## 匹配\n- 正文: 综述; 没有\n", "综述; 没有", DIAG_NAME_UNKNOWN},
                 {"## 匹配\n- 密级: 甲方 = 开放\n", "甲方 = 开放", DIAG_KIND_ROLE},
                 {"## 匹配\n- 密级: 范围 = 公开\n", "范围 = 公开", DIAG_VALUE_BAD},
                 {"## 匹配\n- 密级: 范围\n", "范围", DIAG_VALUE_BAD},
                 {"## 匹配\n- 口径: 综述\n", "口径", DIAG_KEY_UNKNOWN}};
    struct arena *a = arena_open();
    struct match_roles r;
    struct diags ds;
    for (size_t i = 0; i < ARRAY_N(WRONG); i++) {
        CHECK_INT(read(a, &r, &ds, WRONG[i].text), ERR_INPUT);
        CHECK_INT(ds.n, 1);
        CHECK_INT(ds.at[0].code, WRONG[i].code);
        Str text = arena_fmt(a, KIND "%s", WRONG[i].text);
        CHECK_STR(str_sub(text, ds.at[0].span.beg, ds.at[0].span.end), WRONG[i].at);
    }
    arena_close(a);
}
