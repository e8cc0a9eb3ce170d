/* A sheet for people, as CSV text, in front of a small document. Every row is the header, data or
 * left out with a reason; what goes to load_csv has each row in its line; problems lie in the
 * table. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/model.h"
#include "sheet/check.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char document[] =
    "# 样例\n\n## 字段\n\n| 名称 | 类型 | 单位 | 期间 | 选项 |\n|---|---|---|---|---|\n"
    "| 研发费用 | 数 | 万元 | 年 | |\n| 成立日期 | 日期 | | | |\n| 高企 | 是否 | | | |\n"
    "| 等级 | 选项 | | | 高; 低 |\n\n## 评分 得分\n- 满分: 1\n- 式: 1\n";

static void check_csv(struct arena *a, const struct found *t, Str text)
{
    struct csv c;
    csv_open(&c, a, text);
    ASSERT(csv_next(&c, NULL) == OK && c.line == t->head_row_end);
    for (uint32_t i = 0; i < t->row_n && csv_next(&c, NULL) == OK && c.cell_n > 0; i++) {
        while (i < t->row_n && t->row[i].number < c.line)
            i++; /* a row whose cells are all outside the table's columns */
        ASSERT(i < t->row_n && t->row[i].number == c.line);
    }
}

static void try_book(struct arena *a, const struct book *b)
{
    struct diags ds;
    struct rules *r;
    struct found t;
    struct mapping m;
    struct checked k;
    diags_init(&ds, a);
    ASSERT(rule_load(a, &r, S("x"), str_of(document), &ds) == OK);
    if (!map_book(a, &t, &m, r, b))
        return;
    uint32_t head = t.sheet->row_n - t.row_n - (uint32_t)t.skip_n;
    ASSERT(head >= 1 && head <= 4);
    if (t.column_n < CSV_CELLS_MAX)
        check_csv(a, &t, map_csv(a, &t, &m));
    check_rows(a, &k, r, &t, &m, LANG_ZH);
    ASSERT(k.good_n + k.bad_n == t.row_n);
    for (size_t i = 0; i < k.n; i++)
        ASSERT(check_say(a, &t, &k.problem[i], LANG_ZH).n > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f;
    Str bytes = {(const char *)data, size};
    if (!sheet_is_packed(bytes) && sheet_read_here(a, &b, bytes, &f) == OK)
        try_book(a, b);
    arena_close(a);
    return 0;
}
