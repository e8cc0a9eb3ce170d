/* Sheets made for people: where the table is, what its columns are. */
#include <iconv.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "field/unit.h"
#include "rule/model.h"
#include "sheet/check.h"
#include "t.h"

static struct rules *rules_of(struct arena *a)
{
    static const char text[] =
        "# 样例\n- 身份: 统一社会信用代码\n\n## 字段\n\n| 名称 | 类型 | 单位 | 期间 | 选项 |\n"
        "|---|---|---|---|---|\n| 研发费用 | 数 | 万元 | 年 | |\n| 销售收入 | 数 | 万元 | 年 | |\n"
        "| 研发占比 | 数 | % | | |\n| 成立日期 | 日期 | | | |\n| 高企 | 是否 | | | |\n"
        "| 等级 | 选项 | | | 高; 低 |\n\n## 评分 得分\n- 满分: 1\n- 式: 1\n";
    struct rules *r;
    struct diags ds;
    diags_init(&ds, a);
    CHECK(rule_load(a, &r, S("样例"), str_of(text), &ds) == OK);
    return r;
}

static bool find(struct arena *a, struct found *t, const char *csv)
{
    struct book *b;
    struct sheet_fault f;
    CHECK(sheet_read_here(a, &b, str_of(csv), &f) == OK);
    return b != NULL && table_find(a, t, &b->sheet[0]);
}

static Str heads(struct arena *a, const struct found *t)
{
    struct buf b;
    buf_init(&b, a, 4096);
    for (uint32_t i = 0; i < t->column_n; i++)
        buf_fmt(&b, "%s%.*s", i > 0 ? "|" : "", (int)t->head[i].n, t->head[i].p);
    return buf_str(&b);
}

static Str row(struct arena *a, const struct found *t, uint32_t i)
{
    struct buf b;
    buf_init(&b, a, 4096);
    buf_fmt(&b, "%u:", t->row[i].number);
    for (uint32_t c = 0; c < t->column_n; c++)
        buf_fmt(&b, "%s%.*s", c > 0 ? "|" : "", (int)t->row[i].cell[c].n, t->row[i].cell[c].p);
    return buf_str(&b);
}

static Str reasons(struct arena *a, const struct found *t)
{
    static const char letter[SKIP_N] = {'t', 'u', 'n', 'g', 'c', 's', 'h', 'x', 'e'};
    struct buf b;
    buf_init(&b, a, 4096);
    for (size_t i = 0; i < t->skip_n; i++)
        buf_fmt(&b, "%s%u%c", i > 0 ? " " : "", t->skip[i].row, letter[t->skip[i].why]);
    return buf_str(&b);
}

TEST(find_titles_groups_totals_notes)
{
    struct arena *a = arena_open();
    struct found t;
    CHECK(find(a, &t,
               "附件1,,,,\n企业情况表（单位：万元）,,,,\n序号,企业名称,2024年,,备注\n,,收入,利润,\n"
               "1,2,3,4,5\n甲镇（2家）,,,,\n1,A,10,1,\n2,B,20,2,x\n乙镇(3家),,,,\n3,C,30,3,\n"
               "合 计,,60,6,\n\n序号,企业名称,2024年,,备注\n4,例：D,1,1,\n注：以上,,,,\n"
               "制表人：某,,,,\n"));
    CHECK_STR(heads(a, &t), "序号|企业名称|2024年/收入|2024年/利润|备注|分组");
    CHECK_INT(t.row_n, 3);
    CHECK_STR(row(a, &t, 0), "7:1|A|10|1||甲镇");
    CHECK_STR(row(a, &t, 2), "10:3|C|30|3||乙镇");
    CHECK_STR(reasons(a, &t), "1t 2t 5n 6g 9c 11s 13h 14e 15x 16x");
    CHECK(t.unit != NULL && str_eq(str_of(t.unit->zh), S("万元")));
    CHECK_INT(t.skip[4].n, 1); /* says three, has one */
    arena_close(a);
}

TEST(find_plain_and_odd_headers)
{
    struct arena *a = arena_open();
    struct found t;
    CHECK(find(a, &t, "编号,研发费用\nA,1\n"));
    CHECK_STR(heads(a, &t), "编号|研发费用");
    CHECK_INT(t.skip_n, 0);
    CHECK(find(a, &t, "编号,研发费用,人数\n,(万元),人\nA,1,2\n")); /* a row of units */
    CHECK_STR(heads(a, &t), "编号|研发费用(万元)|人数(人)");
    CHECK_STR(reasons(a, &t), "2u");
    CHECK(find(a, &t, "编号,名称,地址\nA,甲,乙\nB,丙,丁\n")); /* all text: only one header row */
    CHECK_INT(t.row_n, 2);
    CHECK(
        find(a, &t, "编号,名称,备注\n示例公司,,\nB,丙,丁\n")); /* a lone text among texts: a row */
    CHECK_INT(t.row_n, 2);
    CHECK(find(a, &t, "名称\n甲\n乙\n")); /* one column */
    CHECK_INT(t.row_n, 2);
    CHECK(!find(a, &t, "1,2\n3,4\n"));
    CHECK(find(a, &t, "编号,收入\n"));
    CHECK_INT(t.row_n, 0);
    arena_close(a);
}

static Str to_gbk(struct arena *a, Str s)
{
    char *in = (char *)(uintptr_t)s.p, *out = arena_raw(a, s.n * 2, 1), *at = out;
    size_t in_n = s.n, out_n = s.n * 2;
    iconv_t cd = iconv_open("GB18030", "UTF-8");
    CHECK(iconv(cd, &in, &in_n, &at, &out_n) == 0);
    CHECK(iconv_close(cd) == 0);
    return (Str){out, (size_t)(at - out)};
}

/* A ministry's .xls and the CSV that Excel makes of it give one table: 2,919 records, and each of
 * the 31 groups has as many as it says. */
TEST(find_twins_are_one_table)
{
    const char *path = t_data("dirty-moe-universities/moe_universities_20250620.xls");
    if (path == NULL)
        SKIP("no shared data");
    struct arena *a = arena_open();
    struct book *xls, *csv;
    struct sheet_fault f;
    struct found t, twin;
    struct buf text;
    size_t n, groups = 0;
    char *bytes = t_read(path, &n);
    buf_init(&text, a, BUF_MAX);
    CHECK(sheet_read(a, &xls, (Str){bytes, n}, NULL, &f) == OK);
    const struct sheet *s = &xls->sheet[0];
    for (uint32_t i = 0; i < s->row_n; i++)
        for (uint32_t c = 0; c < s->column_n; c++) {
            Str cell = sheet_text(&s->row[i], c);
            buf_fmt(&text, "%s\"%.*s\"%s", c > 0 ? "," : "", (int)cell.n, cell.p,
                    c + 1 == s->column_n ? "\r\n" : "");
        }
    CHECK(sheet_read(a, &csv, to_gbk(a, buf_str(&text)), NULL, &f) == OK);
    CHECK(table_find(a, &t, s) && table_find(a, &twin, &csv->sheet[0]));
    CHECK_INT(t.row_n, 2919);
    CHECK_INT(twin.row_n, 2919);
    CHECK_STR(heads(a, &t), "序号|学校名称|学校标识码|主管部门|所在地|办学层次|备注|分组");
    CHECK(str_eq(heads(a, &t), heads(a, &twin)));
    for (uint32_t i = 0; i < t.row_n && i < twin.row_n; i++)
        for (uint32_t c = 0; c < t.column_n; c++)
            CHECK(str_eq(t.row[i].cell[c], twin.row[i].cell[c]));
    for (size_t i = 0; i < t.skip_n; i++)
        groups += t.skip[i].why == SKIP_GROUP;
    CHECK_INT(groups, 31);
    CHECK_INT(t.skip_n, 31 + 2);
    CHECK_STR(t.row[0].cell[7], "北京市");
    t_release(bytes);
    arena_close(a);
}

static Str mapped(struct arena *a, const struct rules *r, const char *csv)
{
    struct found t;
    struct mapping m;
    struct buf b;
    buf_init(&b, a, 4096);
    CHECK(find(a, &t, csv));
    map_columns(a, &m, r, &t);
    for (uint32_t i = 0; i < t.column_n; i++) {
        const struct map_column *c = &m.column[i];
        buf_fmt(&b, "%s%c%.*s", i > 0 ? " " : "", "-?~=#iN"[c->how], (int)c -> head.n, c->head.p);
        if (c->how == MAP_NEAR)
            buf_fmt(&b, ">%.*s", (int)c->near.n, c->near.p);
        if (c->lost >= 0)
            buf_fmt(&b, "!%d", (int)c->lost);
    }
    return buf_str(&b);
}

TEST(map_names_as_people_write_them)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    CHECK_STR(mapped(a, r, "统一社会信用代码,研发费用,销售收入@2023\nA,1,2\n"),
              "i统一社会信用代码 #研发费用 #销售收入@2023");
    CHECK_STR(mapped(a, r, "*信用代码,研 发 费 用 （元）,2024年销售收入\nA,1,2\n"),
              "i统一社会信用代码 =研发费用(元) =销售收入@2024");
    CHECK_STR(mapped(a, r, "社会信用代码,研发费用2023年,2024年度销售收入（亿元）\nA,1,2\n"),
              "i统一社会信用代码 =研发费用@2023 =销售收入(亿元)@2024");
    CHECK_STR(mapped(a, r, "统一社会信用代码,研究开发费用总额,研发费用万元\nA,1,2\n"),
              "i统一社会信用代码 -研究开发费用总额!2 =研发费用(万元)");
    CHECK_STR(mapped(a, r, "统一社会信用代码,企业名称,研发费月,电话\nA,甲,1,2\n"),
              "i统一社会信用代码 N企业名称 ?研发费月>研发费用 -电话");
    CHECK_STR(mapped(a, r, "统一社会信用代码,研发费用(人),注册时间,是否高企\nA,1,2,3\n"),
              "i统一社会信用代码 ?研发费用(人)>研发费用 ~成立日期 =高企");
    CHECK_STR(mapped(a, r,
                     "（单位：元）,,,\n统一社会信用代码,2024年,,研发占比\n,研发费用,销售收入,\n"
                     "A,1,2,3%\n"),
              "i统一社会信用代码 =研发费用(元)@2024 =销售收入(元)@2024 #研发占比");
    CHECK_STR(mapped(a, r, "统一社会信用代码,研发费用,,等级\n,2023年,2024年,\nA,1,2,高\n"),
              "i统一社会信用代码 =研发费用@2023 =研发费用@2024 #等级");
    arena_close(a);
}

TEST(map_makes_csv_with_lines_as_rows)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    struct found t;
    struct mapping m;
    CHECK(find(a, &t, "标题,,\n序号,研究开发费用,信用代码\n1,\"2\n3\",A\n\n2,5,B\n"));
    map_columns(a, &m, r, &t);
    CHECK_STR(map_csv(a, &t, &m),
              "\n统一社会信用代码,序号,研发费用\nA,1,2 3\n\n\nB,2,5\n"); /* 3 and 4 are one row */
    arena_close(a);
}

TEST(check_says_where_and_what)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    struct found t;
    struct mapping m;
    struct checked k;
    CHECK(find(a, &t,
               "信用代码,研发费用,成立日期,高企,等级\nA,1.2百,2024-02-30,是,高\nB,5,,也许,中\n"
               "A,1,2024-02-28,否,低\n,1,,,\nC,3,,,\n"));
    map_columns(a, &m, r, &t);
    check_rows(a, &k, r, &t, &m, LANG_ZH);
    CHECK_INT(k.good_n, 1);
    CHECK_INT(k.bad_n, 4);
    CHECK_INT(k.n, 6);
    CHECK_STR(
        check_say(a, &t, &k.problem[0], LANG_ZH),
        "第 2 行 B 列「研发费用」：“1.2百”的单位“百”用不上。建议：用 万元 或能换算成它的单位");
    CHECK_STR(
        check_say(a, &t, &k.problem[4], LANG_ZH),
        "第 4 行 A 列「信用代码」：编号“A”在第 2 行已有。建议：一个主体只占一行；合并，或改正编号");
    CHECK(k.bad[0] && k.bad[1] && k.bad[2] && k.bad[3] && !k.bad[4]);
    arena_close(a);
}
