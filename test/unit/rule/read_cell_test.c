/* Cells of data: what each type of field reads, exactly, and what it says of the rest. */
#include "base/buf.h"
#include "base/day.h"
#include "base/decimal.h"
#include "col/dataset.h"
#include "field/uscc.h"
#include "help/rule_help.h"
#include "t.h"

static const char document[] =
    "# t\n- 状态: 示例\n\n## 字段\n"
    "| 名称 | 类型 | 单位 | 范围 | 小数 | 选项 |\n|---|---|---|---|---|---|\n"
    "| 元 | 数 | 元 | | | |\n| 率 | 数 | % | | | |\n| 人 | 数 | 人 | | | |\n| 数 | 数 | | | 2 | |\n"
    "| 亩 | 数 | 亩 | | | |\n| 整 | 数 | 元 | | 0 | |\n"
    "| 代码 | 信用代码 | | | | |\n| 区划 | 区划 | | | | |\n| 行业 | 行业 | | | | |\n"
    "| 成立 | 日期 | | [2000-01-01, 2030-12-31] | | |\n| 等级 | 选项 | | | | 优秀; 良好 |\n"
    "| 是否 | 是否 | | | | |\n| 人工 | 人工 | | | | |\n";

/* What `text` reads as under `field`: numbers in base units, texts as kept; then "!CODE" of
 * whatever was said. */
static Str shown(struct loaded *l, const char *field, const char *text)
{
    struct labels *labels = labels_open(l->arena);
    const struct field *f = &l->r->field[rule_find_field(l->r, str_of(field))];
    Str s = str_of(text);
    Cell cell;
    struct buf b;
    buf_init(&b, l->arena, 1000);
    size_t before = l->ds.n;
    if (rule_read_cell(&cell, l->r, f, (Text){s, {0, (uint32_t)s.n}}, labels, &l->ds) != OK)
        buf_add(&b, S("refused"));
    else if (f->type.kind == TYPE_TEXT && f->ftype != FIELD_CHOICE && labels_n(labels) > 0)
        buf_add(&b, labels_text(labels, (uint32_t)cell.lo));
    else if (f->ftype == FIELD_CHOICE && cell.lo == cell.hi)
        buf_add(&b, l->r->label[cell.lo]);
    else if (f->type.kind == TYPE_DAY && cell.lo == cell.hi)
        day_print(&b, (Day)cell.lo);
    else
        dec_print(&b, cell.lo, f->type.scale);
    for (size_t i = before; i < l->ds.n; i++)
        buf_fmt(&b, " !%s", diag_info(l->ds.at[i].code)->mnemonic);
    return buf_str(&b);
}

static struct loaded open_fields(void)
{
    struct loaded l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    l.st = rule_load(l.arena, &l.r, S("t.md"), str_of(document), &l.ds);
    CHECK_INT(l.ds.error_n, 0);
    return l;
}

TEST(number_cells_in_all_their_spellings)
{
    struct loaded l = open_fields();
    CHECK_STR(shown(&l, "元", "+5"), "5");
    CHECK_STR(shown(&l, "元", "−5"), "-5");
    CHECK_STR(shown(&l, "元", "¥1,000"), "1000");
    CHECK_STR(shown(&l, "元", "1 234.5 万元"), "12345000");
    CHECK_STR(shown(&l, "元", "1.2e3"), "1200");
    CHECK_STR(shown(&l, "元", "5-3"), "refused !DATA-UNIT");
    CHECK_STR(shown(&l, "元", "1.2.3"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "元", "E5"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "数", "3abc"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "数", "0abc"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "数", "3元"), "refused !DATA-UNIT");
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[2], "(无单位)");
    CHECK_STR(shown(&l, "数", "3倍"), "3");
    unload(&l);
}

/* What a column cannot hold is rounded with a warning, but a 亩 is none: its own four decimals
 * survive the square metres. What no column can hold is refused. */
TEST(number_cells_are_exact_or_say_so)
{
    struct loaded l = open_fields();
    CHECK_STR(shown(&l, "率", "1.2345678901%"), "0.012345678901");
    CHECK_STR(shown(&l, "率", "1.234567890123%"), "0.012345678901 !DATA-PRECISION");
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[2], "12");
    CHECK_STR(shown(&l, "整", "1.5"), "2 !DATA-PRECISION");
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[2], "0");
    CHECK_STR(shown(&l, "亩", "3"), "2000");
    CHECK_STR(shown(&l, "亩", "1"), "666.6667");
    CHECK_STR(shown(&l, "整", "0.00000000000000000000000000001"), "0 !DATA-PRECISION");
    CHECK_STR(shown(&l, "元", "999999999999999999999999999999999999"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "元", "9999999999999999999999999999999.99999亿元"), "refused !DATA-NUMBER");
    CHECK_STR(shown(&l, "率", "9999999999999999999999999.999999999999"),
              "100000000000000000000000 !DATA-PRECISION");
    CHECK_STR(shown(&l, "人", "99999999999999999999999999999999.99999"),
              "100000000000000000000000000000000 !DATA-PRECISION");
    unload(&l);
}

/* Longer than any number: not a number with a strange unit. */
TEST(number_cells_without_end)
{
    struct loaded l = open_fields();
    CHECK_STR(shown(&l, "数",
                    "0.0000000000000000000000000000000000000000000000000000000000000000000000000000"
                    "0000000000000000000000000001"),
              "refused !DATA-NUMBER");
    unload(&l);
}

TEST(code_cells_are_kept_as_the_register_writes_them)
{
    struct loaded l = open_fields();
    CHECK_STR(shown(&l, "代码", "91350100m000100y43"), "91350100M000100Y43");
    CHECK_STR(shown(&l, "代码", "91350100M000100Y44"), "refused !USCC-CHECK");
    CHECK_STR(shown(&l, "区划", "320582"), "320582");
    CHECK_STR(shown(&l, "区划", "99"), "refused !REGION-PROVINCE");
    CHECK_STR(shown(&l, "行业", "C3972"), "3972");
    CHECK_STR(shown(&l, "行业", "3972"), "3972");
    CHECK_STR(shown(&l, "行业", "C"), "C");
    CHECK_STR(shown(&l, "行业", "A39"), "refused !INDUSTRY-SECTION");
    unload(&l);
}

/* Right by GB 32100, wrong by the older GB 11714 inside: the register says it, so it stays. */
TEST(code_cells_with_an_odd_organisation_code_stay)
{
    struct loaded l = open_fields();
    char body[USCC_LEN + 1] = "91350100M000100Y0";
    body[USCC_LEN - 1] = uscc_check_char(body);
    Str want = arena_fmt(l.arena, "%s !USCC-ORG", body);
    CHECK_STR(shown(&l, "代码", body), want.p);
    unload(&l);
}

TEST(other_cells_within_their_field)
{
    struct loaded l = open_fields();
    CHECK_STR(shown(&l, "成立", "2024年1月31日"), "2024-01-31");
    CHECK_STR(shown(&l, "成立", "1999-12-31"), "refused !DATA-RANGE");
    CHECK_STR(shown(&l, "成立", "2031-01-01"), "refused !DATA-RANGE");
    CHECK_STR(shown(&l, "等级", "良好"), "良好");
    CHECK_STR(shown(&l, "等级", "良"), "refused !DATA-CHOICE");
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[2], "良好");
    CHECK_STR(shown(&l, "等级", "不知道什么"), "refused !DATA-CHOICE");
    CHECK_STR(l.ds.at[l.ds.n - 1].arg[2], "优秀");
    CHECK_STR(shown(&l, "是否", "×"), "0");
    CHECK_STR(shown(&l, "人工", "有"), "1");
    CHECK_STR(shown(&l, "是否", "　"), "2");
    CHECK_STR(shown(&l, "人工", ""), "3");
    unload(&l);
}

/* Options that could not be read leave nothing to suggest; the document is refused for them. */
TEST(choice_cells_without_options)
{
    struct loaded l =
        load_body("## 字段\n| 名称 | 类型 | 选项 |\n|---|---|---|\n| 坏 | 选项 | 高* |\n\n"
                  "## 指标 甲\n- 式: 1\n\n## 测试\n| 坏 | 甲 |\n|---|---|\n| 高 | 1 |\n");
    CHECK(load_said(&l, DIAG_VALUE_BAD) && load_said(&l, DIAG_DATA_CHOICE));
    unload(&l);
}
