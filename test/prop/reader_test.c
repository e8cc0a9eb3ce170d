/* Loading is rule_read_cell, cell by cell: whatever the cells, whichever of the fast ways of
 * load/reader.c they take, the columns and the number of errors are those of a reader that asks
 * rule_read_cell about each. Cells are drawn from what people write and from what nearly is it.
 */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/load.h"
#include "rule/model.h"
#include "t.h"
#include "unit/grade/gen.h"

enum { FIELDS = 14, ROWS = 1100, TRIALS = 24 };

static const char rules_text[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n\n## 字段\n\n"
    "| 名称 | 类型 | 单位 | 小数 | 选项 | 范围 |\n|---|---|---|---|---|---|\n"
    "| a | 数 | | | | |\n| b | 数 | 万元 | | | |\n| c | 数 | % | 4 | | [-50%, 900%] |\n"
    "| d | 数 | 人 | 0 | | [0人, 12345人] |\n| e | 数 | 亩 | | | |\n| f | 数 | | 18 | | |\n"
    "| g | 数 | 亿元 | 2 | | |\n| h | 是否 | | | | |\n| i | 人工 | | | | |\n"
    "| j | 选项 | | | 高; 中; 低 | |\n| k | 日期 | | | | |\n| l | 文本 | | | | |\n"
    "| m | 区划 | | | | |\n| n | 行业 | | | | |\n\n## 指标 w\n- 式: a + f\n";

struct trial {
    struct gen g;
    struct arena *a;
    struct rules *r;
    struct diags ds;
    Str cell[ROWS][FIELDS];
};

static int pick(struct trial *t, int n)
{
    return gen_int(&t->g, 0, n - 1);
}

/* Up to three runs of digits with signs and points between: often a number, often nearly one. */
static Str draw_number(struct trial *t)
{
    static const char *const between[] = {"", "", "", ".", ".", "-", "+", " ", ",", "e", "/", ":"};
    struct buf b;
    buf_init(&b, t->a, 100);
    buf_add(&b, str_of(between[pick(t, pick(t, 4) == 0 ? (int)ARRAY_N(between) : 3)]));
    if (pick(t, 5) == 0)
        buf_char(&b, '-');
    for (int run = pick(t, 12) == 0 ? 3 : 1 + pick(t, 2); run > 0; run--) {
        for (int n = pick(t, 8) == 0 ? pick(t, 22) : pick(t, 6); n > 0; n--)
            buf_char(&b, (char)('0' + (pick(t, 3) == 0 ? 0 : pick(t, 10))));
        if (run > 1)
            buf_add(&b, str_of(between[pick(t, 5) == 0 ? pick(t, (int)ARRAY_N(between)) : 3]));
    }
    return buf_str(&b);
}

static Str draw_cell(struct trial *t)
{
    static const char *const said[] = {
        "",
        "",
        "高",
        "中",
        "低",
        "是",
        "否",
        "1",
        "0",
        "3万元",
        "１２",
        "1,234.5",
        "12,34",
        "5%",
        "５％",
        "7亩",
        "2024-02-29",
        "2023-2-29",
        "20240101",
        "320583",
        "3972",
        "C3972",
        "昆山",
        "a\"b",
        "\"",
        "a\nb",
        "　高",
        "高　",
        " 1 ",
        "9223372036854775807",
        "-9223372036854775808",
        "1E3",
        "。",
        "-",
        "+",
        ".",
        "-.5",
        "5.",
        "0.00",
        "7.000",
        "12345678",
        "123456789",
        "-1234567",
        "1234567.8",
        "12.345678",
        "00000000",
        "99999999.99999999",
    };
    if (pick(t, 4) > 0)
        return draw_number(t);
    return str_of(said[pick(t, (int)ARRAY_N(said))]);
}

/* The file, its cells quoted only where they must be and with blanks about some. */
static Str write_file(struct trial *t)
{
    struct buf b;
    buf_init(&b, t->a, BUF_MAX);
    buf_add(&b, S("编号,a,b,c,d,e,f,g,h,i,j,k,l,m,n\n"));
    for (int row = 0; row < ROWS; row++) {
        buf_fmt(&b, "%d", row * 7 % ROWS);
        for (int i = 0; i < FIELDS; i++) {
            t->cell[row][i] = draw_cell(t);
            bool spaced = pick(t, 30) == 0;
            csv_write_cell(&b, t->cell[row][i], false, false);
            if (spaced)
                buf_char(&b, ' ');
        }
        if (row + 1 < ROWS || pick(t, 2) > 0)
            buf_add(&b, pick(t, 3) == 0 ? S("\r\n") : S("\n"));
    }
    return buf_str(&b);
}

static bool same_cell(const struct trial *t, const struct column *c, uint32_t row, Cell want,
                      bool has)
{
    bool same = column_has(c, row) == has && column_value(c, row) == (has ? want.lo : 0);
    if (!same)
        (void)fprintf(stderr, "row %u, field %u: “%.*s” as %lld\n", row, c->field,
                      (int)t->cell[row][c->field].n, t->cell[row][c->field].p,
                      (long long)column_value(c, row));
    return same;
}

/* As load_csv must: every cell asked about, in the order of the file. */
static size_t compare(struct trial *t, const struct dataset *d)
{
    struct labels *labels = labels_open(t->a);
    size_t differ = 0;
    for (uint32_t i = 0; i < t->r->label_n; i++)
        (void)labels_code(labels, t->r->label[i]); /* its own */
    for (uint32_t row = 0; row < ROWS; row++)
        for (uint32_t i = 0; i < FIELDS; i++) {
            Cell want;
            Text cell = {t->cell[row][i], {0, 0}};
            enum status st = rule_read_cell(&want, t->r, &t->r->field[i], cell, labels, &t->ds);
            bool has = st == OK && str_trim(cell.s).n > 0;
            differ += !same_cell(t, dataset_find(d, i, COL_NO_PERIOD), row, want, has);
        }
    return differ + (labels_n(labels) != labels_n(d->labels));
}

TEST(loading_is_reading_cell_by_cell)
{
    for (uint64_t seed = 1; seed <= TRIALS; seed++) {
        struct trial t = {.a = arena_open()};
        t.g.state = seed;
        diags_init(&t.ds, t.a);
        CHECK(rule_load(t.a, &t.r, S("x.md"), str_of(rules_text), &t.ds) == OK);
        struct load_opts o = {.period = 2023};
        struct dataset *d = NULL;
        struct diags ds;
        int period = 0;
        diags_init(&ds, t.a);
        diags_init(&t.ds, t.a);
        enum status st = load_csv(t.a, &d, &period, t.r, write_file(&t), &o, &ds);
        CHECK(st == ERR_INPUT && d->row_n == ROWS && d->column_n == FIELDS);
        CHECK_INT(compare(&t, d), 0);
        CHECK_INT(ds.error_n, t.ds.error_n);
        arena_close(t.a);
    }
}
