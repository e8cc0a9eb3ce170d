/* A file of facts gives the same columns, ids, labels and diagnostics when every cell of it is put
 * in quotes, which no fast way of src/load takes: all its rows are then split by csv_next alone.
 *
 * The bytes are the rows behind a header that has a field of every type; behind a '#' they are the
 * whole file. Rows are added at the end, so that those before are far from it.
 */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "load/load.h"
#include "rule/model.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ROWS_MOST = 3000 };

static const char rules_text[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n\n## 字段\n\n"
    "| 名称 | 类型 | 单位 | 小数 | 选项 | 范围 | 期间 |\n|---|---|---|---|---|---|---|\n"
    "| a | 数 | | | | | |\n| b | 数 | 万元 | | | | 年 |\n| c | 数 | % | 4 | | [-50%, 900%] | |\n"
    "| d | 数 | 人 | 0 | | [0人, 12345人] | |\n| f | 数 | | 18 | | | |\n"
    "| h | 是否 | | | | | |\n| j | 选项 | | | 高; 中; 低 | | |\n| k | 日期 | | | | | |\n"
    "| l | 文本 | | | | | |\n\n## 指标 w\n- 式: a + f\n";
static const char header[] = "编号,a,b@2021,b@2022,c,d,f,h,j,k,l,名称\n";

struct loaded {
    struct dataset *d;
    struct diags ds;
    enum status st;
    int period;
};

static void load(struct arena *a, struct loaded *l, const struct rules *r, Str text)
{
    struct load_opts o = {.period = INT32_MIN, .as_of_year = 2024, .rows_max = ROWS_MOST};
    diags_init(&l->ds, a);
    l->d = NULL;
    l->st = load_csv(a, &l->d, &l->period, r, text, &o, &l->ds);
}

static void add_quoted(struct buf *b, Str s)
{
    buf_char(b, '"');
    for (size_t i = 0; i < s.n; i++) {
        if (s.p[i] == '"')
            buf_char(b, '"');
        buf_char(b, s.p[i]);
    }
    buf_char(b, '"');
}

/* The same file in quotes, its rows on the same lines; false: it is ill-formed, up to there. */
static bool quote_all(struct arena *a, struct buf *b, Str text)
{
    struct csv c;
    csv_open(&c, a, text);
    for (uint32_t line = 1;; line = c.next_line) {
        if (csv_next(&c, NULL) != OK)
            return false;
        if (c.cell_n == 0)
            return true;
        for (; line < c.line; line++)
            buf_char(b, '\n');
        for (size_t i = 0; i < c.cell_n; i++) {
            if (i > 0)
                buf_char(b, ',');
            add_quoted(b, c.cell[i].text);
        }
        buf_char(b, '\n');
    }
}

static void same_column(const struct column *x, const struct column *y)
{
    ASSERT(x->field == y->field && x->period == y->period && x->type == y->type);
    for (uint32_t row = 0; row < x->row_n; row++)
        ASSERT(column_has(x, row) == column_has(y, row) &&
               column_value(x, row) == column_value(y, row));
}

static void same_data(const struct dataset *x, const struct dataset *y)
{
    ASSERT(x->row_n == y->row_n && x->column_n == y->column_n);
    ASSERT((x->name == NULL) == (y->name == NULL));
    for (uint32_t row = 0; row < x->row_n; row++)
        ASSERT(str_eq(x->id[row], y->id[row]) &&
               (x->name == NULL || str_eq(x->name[row], y->name[row])));
    for (size_t i = 0; i < x->column_n; i++)
        same_column(&x->column[i], &y->column[i]);
    ASSERT(labels_n(x->labels) == labels_n(y->labels));
    for (uint32_t code = 0; code < labels_n(x->labels); code++)
        ASSERT(str_eq(labels_text(x->labels, code), labels_text(y->labels, code)));
}

static void same_diags(const struct diags *x, const struct diags *y)
{
    ASSERT(x->n == y->n && x->error_n == y->error_n);
    for (size_t i = 0; i < x->n; i++) {
        ASSERT(x->at[i].code == y->at[i].code);
        for (size_t k = 0; k < ARRAY_N(x->at[i].arg); k++)
            ASSERT(str_eq(x->at[i].arg[k], y->at[i].arg[k]));
    }
}

static Str whole_text(struct arena *a, Str bytes)
{
    struct buf b;
    bool whole = str_starts(bytes, S("#"));
    buf_init(&b, a, BUF_MAX);
    if (!whole)
        buf_add(&b, str_of(header));
    buf_add(&b, whole ? str_sub(bytes, 1, bytes.n) : bytes);
    buf_char(&b, '\n');
    for (int i = 0; !whole && i < 3; i++)
        buf_fmt(&b, "the last %d,1,2,3,4%%,5,6,是,高,2024-02-29,text,name\n", i);
    return buf_str(&b);
}

/* Compiled once, and kept. */
static const struct rules *the_rules(void)
{
    static struct rules *r;
    static struct arena *keep;
    if (r == NULL) {
        struct diags ds;
        keep = arena_open();
        diags_init(&ds, keep);
        ASSERT(rule_load(keep, &r, S("x.md"), str_of(rules_text), &ds) == OK);
    }
    return r;
}

static void compare(struct arena *a, Str bytes)
{
    const struct rules *r = the_rules();
    struct diags ds;
    struct buf b;
    struct loaded one, two;
    Str text;
    diags_init(&ds, a);
    if (csv_decode(a, &text, whole_text(a, bytes), NULL, &ds) != OK)
        return;
    buf_init(&b, a, BUF_MAX);
    bool well = quote_all(a, &b, text);
    load(a, &one, r, text);
    load(a, &two, r, buf_str(&b));
    ASSERT((one.d == NULL) == (two.d == NULL) || !well);
    if (one.d != NULL && two.d != NULL) {
        ASSERT(one.period == two.period || !well);
        same_data(one.d, two.d);
    }
    ASSERT(well ? one.st == two.st : one.st != OK);
    if (well)
        same_diags(&one.ds, &two.ds);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    compare(a, (Str){(const char *)data, size});
    arena_close(a);
    return 0;
}
