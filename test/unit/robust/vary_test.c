/* Assumptions as edits of the document. */
#include "help/rule_help.h"
#include "robust/vary.h"
#include "t.h"

static Str varied(struct loaded *l, const char *item, int32_t ppm)
{
    struct edit *edit;
    uint32_t n =
        vary_bounds(l->arena, &edit, l->r, (uint32_t)rule_find_item(l->r, str_of(item)), ppm);
    Str all = vary_text(l->arena, l->r->text, edit, n);
    return str_sub(all, str_find(all, S("## 参数")), all.n);
}

#define CHECK_VARY(body, item, ppm, want)                       \
    do {                                                        \
        struct loaded l_ = load_body("## 参数 线\n" body);      \
        CHECK_INT(l_.st, OK);                                   \
        CHECK_STR(varied(&l_, item, ppm), "## 参数 线\n" want); \
        unload(&l_);                                            \
    } while (0)

TEST(vary_multiplies_bounds_and_nothing_else)
{
    CHECK_VARY("- 值: 5%\n", "线", 100000, "- 值: 5.5%\n");
    CHECK_VARY("- 值: ５００万元\n", "线", -100000, "- 值: 450万元\n");
    CHECK_VARY("- 值: 1\n\n## 指标 w\n\n| p | w |\n|---|---|\n| >= 10% | 3 |\n| [-2%, 10%) | 2 |\n"
               "| < -2% | 0 |\n",
               "w", 500000,
               "- 值: 1\n\n## 指标 w\n\n| p | w |\n|---|---|\n| >= 15% | 3 |\n| [-3%, 15%) | 2 |\n"
               "| < -3% | 0 |\n");
    CHECK_VARY("- 值: 1\n\n## 指标 w\n- 式: 缩尾(p, 5%, 95%) + 3 × 目标区间(p, 0, 20%)\n", "w",
               200000,
               "- 值: 1\n\n## 指标 w\n- 式: 缩尾(p, 0.06, 0.94) + 3 × 目标区间(p, 0, 24%)\n");
    CHECK_VARY(
        "- 值: 1\n\n## 评分 2024\n- 满分: 20\n- 计量: n\n- 门槛: 50人\n- 起步分: 5\n- 每: 1人\n"
        "- 得: 0.1\n",
        "2024", -200000,
        "- 值: 1\n\n## 评分 2024\n- 满分: 20\n- 计量: n\n- 门槛: 40人\n- 起步分: 5\n- 每: 1人\n"
        "- 得: 0.1\n");
}

TEST(vary_says_what_it_cannot_read)
{
    struct loaded l = load_body("## 指标 w\n- 式: x\n- 浮动: 100%\n");
    CHECK(load_said(&l, DIAG_VALUE_BAD));
    unload(&l);
    l = load_body("## 指标 w\n- 式: x\n- 备选: y; n\n");
    CHECK(load_said(&l, DIAG_UNIT_MISMATCH));
    unload(&l);
    l = load_body("## 评分 w\n- 汇总: 取大\n- 备选: 最高的\n\n### a\n- 式: p\n");
    CHECK(load_said(&l, DIAG_VALUE_BAD));
    unload(&l);
    l = load_body("## 指标 w\n- 备选: y\n\n| x | w |\n|---|---|\n| - | 1 |\n");
    CHECK(load_said(&l, DIAG_KEY_PLACE));
    unload(&l);
    l = load_body("## 指标 w\n- 式: x\n- 备选: x / 2; 取大(x, y)\n- 浮动: 5%\n");
    CHECK_INT(l.st, OK);
    unload(&l);
}
