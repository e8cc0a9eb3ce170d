/* What is written reads back the same, and can start nothing. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "os/fault.h"
#include "rule/model.h"
#include "sheet/check.h"
#include "sheet/template.h"
#include "t.h"

static void gather(void *ctx, Str bytes)
{
    buf_add(ctx, bytes);
}

/* Writes one row of texts and figures in each form. */
static Str written(struct arena *a, enum out_form form, const struct out_cell *cell, uint32_t n)
{
    static struct out_column column[4] = {{.head = {"a", 1}},
                                          {.head = {"b", 1}, .kind = OUT_NUMBER},
                                          {.head = {"c", 1}, .kind = OUT_DAY},
                                          {.head = {"d", 1}}};
    static const struct out_fact fact[] = {{{"query", 5}, {"=1+1", 4}}};
    struct out_table *o;
    struct buf *b = ARENA_NEW(a, struct buf);
    buf_init(b, a, BUF_MAX);
    struct out_spec spec = {.form = form,
                            .sheet = S("表"),
                            .column = column,
                            .column_n = n,
                            .fact = fact,
                            .fact_n = 1,
                            .put = gather,
                            .ctx = b};
    CHECK(out_table_open(a, &o, &spec) == OK);
    CHECK(out_table_row(o, cell) == OK);
    CHECK(out_table_close(o) == OK);
    return buf_str(b);
}

TEST(out_has_three_forms)
{
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f;
    struct out_cell cell[4] = {{.text = S("甲,\"乙\"")},
                               {.text = S("0.1")},
                               {.text = S("2024-01-31")},
                               {.text = S("12345678901234567890")}};
    CHECK_STR(written(a, OUT_CSV, cell, 4),
              "\xEF\xBB\xBF"
              "a,b,c,d\n\"甲,\"\"乙\"\"\",0.1,2024-01-31,12345678901234567890\n"
              "说明：query：=1+1\n说明：行数：1\n");
    CHECK_STR(
        written(a, OUT_JSONL, cell, 4),
        "{\"format\":\"geci-table-1\",\"query\":\"=1+1\",\"columns\":[\"a\",\"b\",\"c\",\"d\"]"
        "}\n{\"a\":\"甲,\\\"乙\\\"\",\"b\":\"0.1\",\"c\":\"2024-01-31\","
        "\"d\":\"12345678901234567890\"}\n{\"rows\":1}\n");
    CHECK(sheet_read(a, &b, written(a, OUT_XLSX, cell, 4), NULL, &f) == OK);
    const struct sheet_row *r = &b->sheet[0].row[1];
    CHECK_STR(sheet_text(r, 0), "甲,\"乙\"");
    CHECK(r->cell[1].kind == CELL_NUMBER && r->cell[2].kind == CELL_DAY);
    CHECK_STR(sheet_text(r, 1), "0.1");
    CHECK_STR(sheet_text(r, 2), "2024-01-31");
    CHECK(r->cell[3].kind == CELL_TEXT); /* more digits than a double has */
    CHECK_STR(b->sheet[1].name, "说明");
    CHECK_STR(sheet_text(&b->sheet[1].row[0], 1), "=1+1");
    CHECK_STR(sheet_text(&b->sheet[1].row[1], 1), "1");
    arena_close(a);
}

/* Every decimal of up to 15 digits comes back from xlsx as it went in. */
TEST(out_numbers_are_exact)
{
    struct arena *a = arena_open();
    uint64_t seed = 7;
    for (int i = 0; i < 60; i++) {
        struct book *b;
        struct sheet_fault f;
        seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
        uint64_t digits = seed >> 16;
        for (int k = (int)(seed % 15); k >= 0 || digits >= 1000000000000000; k--)
            digits = digits > 10 ? digits / 10 : digits;
        Str want = arena_fmt(a, "%llu.%llu1", (unsigned long long)(digits / 1000),
                             (unsigned long long)(digits % 100));
        struct out_cell cell[2] = {{.text = S("x")}, {.text = want}};
        if (want.n > 15)
            continue;
        CHECK(sheet_read_here(a, &b, written(a, OUT_XLSX, cell, 2), &f) == OK);
        CHECK(b->sheet[0].row[1].cell[1].kind == CELL_NUMBER);
        CHECK(str_eq(sheet_text(&b->sheet[0].row[1], 1), want));
    }
    arena_close(a);
}

/* Are both cells of the row texts that end so? A formula would read as its stored value. */
static bool are_texts(struct arena *a, Str xlsx, Str tail)
{
    struct book *b;
    struct sheet_fault f;
    CHECK(sheet_read_here(a, &b, xlsx, &f) == OK);
    bool ok = b != NULL && b->sheet[0].row_n == 2 && b->sheet[0].row[1].cell_n == 2;
    for (uint32_t k = 0; ok && k < 2; k++) {
        const struct sheet_cell *c = &b->sheet[0].row[1].cell[k];
        ok = c->kind == CELL_TEXT && str_ends(c->text, tail) && c->text.n > tail.n;
    }
    return ok;
}

/* No text starts anything: each attack in front of each tail, in every form. */
TEST(out_texts_are_never_formulas)
{
    static const char *const starts[] = {
        "=", "+", "-", "@", "\t=", "\r=", "\n=", "＝", "＋", "－", "＠", "\xE2\x88\x92"};
    static const char *const tails[] = {"1+1", "cmd|' /C calc'!A0", "HYPERLINK(\"http://x\",\"y\")",
                                        "SUM(A1:A9)", "甲"};
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(starts); i++)
        for (size_t k = 0; k < ARRAY_N(tails); k++) {
            Str text = arena_fmt(a, "%s%s", starts[i], tails[k]);
            struct out_cell cell[2] = {{.text = text}, {.text = text}};
            Str csv = written(a, OUT_CSV, cell, 2);
            Str line = str_sub(csv, str_find(csv, S("\n")) + 1, csv.n);
            CHECK(str_starts(line, S("'")) || str_starts(line, S("\"'")));
            CHECK(are_texts(a, written(a, OUT_XLSX, cell, 2), str_of(tails[k])));
        }
    struct out_cell figures[2] = {{.text = S("-5")}, {.text = S("-5")}};
    CHECK(str_find(written(a, OUT_CSV, figures, 2), S("\n-5,-5\n")) < 60);
    arena_close(a);
}

static const char document[] =
    "# 样例\n\n## 字段\n\n| 名称 | 类型 | 单位 | 期间 | 范围 | 选项 | 含义 |\n"
    "|---|---|---|---|---|---|---|\n"
    "| 研发费用 | 数 | 万元 | 年 | [0, 100亿元] | | 当年支出 |\n| 成立日期 | 日期 | | | | | |\n"
    "| 高企 | 是否 | | | | | |\n| 等级 | 选项 | | | | 高; 低 | |\n\n"
    "## 评分 得分\n- 满分: 1\n- 式: 1\n";

static struct rules *rules_of(struct arena *a)
{
    struct rules *r;
    struct diags ds;
    diags_init(&ds, a);
    CHECK(rule_load(a, &r, S("样例"), str_of(document), &ds) == OK);
    return r;
}

/* A template fits its own document without mapping, and its example is no data. */
TEST(template_maps_onto_itself)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    struct buf bytes;
    struct book *b;
    struct sheet_fault f;
    struct found t;
    struct mapping m;
    buf_init(&bytes, a, BUF_MAX);
    struct template_opts o = {.period = 2024, .form = OUT_XLSX, .put = gather, .ctx = &bytes};
    CHECK(template_write(a, r, &o) == OK);
    CHECK(sheet_read(a, &b, buf_str(&bytes), NULL, &f) == OK);
    CHECK(map_book(a, &t, &m, r, b));
    CHECK_INT(t.row_n, 0);
    CHECK_INT(t.skip_n, 1);
    CHECK_INT(m.field_n, r->field_n);
    CHECK_STR(m.column[2].head, "研发费用(万元)@2024");
    for (uint32_t i = 0; i < t.column_n; i++)
        CHECK(m.column[i].how >= MAP_EXACT);
    CHECK_INT(b->sheet_n, 2);
    const struct sheet *notes = &b->sheet[1];
    Str last = sheet_text(&notes->row[notes->row_n - 2], 1);
    CHECK_STR(last, "类型：选项：高、低；留空按未知，得分成为区间");
    arena_close(a);
}

/* The workbook of failed rows, mended, is good. */
TEST(failed_rows_come_back)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    struct book *b, *back;
    struct sheet_fault f;
    struct found t;
    struct mapping m;
    struct checked k;
    struct buf bytes;
    Str csv = S("编号,研发费用,等级,电话\nA,1百,高,1\nB,5,低,2\nC,7.5,中,3\n");
    CHECK(sheet_read(a, &b, csv, NULL, &f) == OK && map_book(a, &t, &m, r, b));
    check_rows(a, &k, r, &t, &m, LANG_ZH);
    CHECK_INT(k.bad_n, 2);
    buf_init(&bytes, a, BUF_MAX);
    struct out_spec spec = {.sheet = S("未通过"), .put = gather, .ctx = &bytes};
    CHECK(check_failed(a, r, &t, &m, &k, &spec) == OK);
    CHECK(sheet_read(a, &back, buf_str(&bytes), NULL, &f) == OK && map_book(a, &t, &m, r, back));
    CHECK_INT(t.row_n, 2);
    CHECK_STR(t.row[0].cell[0], "A");
    CHECK_STR(t.row[0].cell[1], "1百");
    CHECK_STR(t.row[0].cell[3], "1");
    CHECK_STR(t.row[0].cell[4], "2");
    CHECK_STR(t.row[0].cell[5], "研发费用：“1百”的单位“百”用不上");
    CHECK_STR(t.row[1].cell[1], "7.5");
    CHECK_INT(m.field_n, 2);
    arena_close(a);
}

/* A memory file that cannot be had or read is an error, not a crash. */
TEST(out_system_failures)
{
    struct arena *a = arena_open();
    struct rules *r = rules_of(a);
    struct buf bytes;
    buf_init(&bytes, a, BUF_MAX);
    struct template_opts o = {.period = 2024, .form = OUT_XLSX, .put = gather, .ctx = &bytes};
    for (int nth = 1; nth < 3; nth++) {
        fault_set(nth);
        CHECK(template_write(a, r, &o) == ERR_IO);
        fault_set(0);
    }
    CHECK(template_write(a, r, &o) == OK);
    arena_close(a);
}
