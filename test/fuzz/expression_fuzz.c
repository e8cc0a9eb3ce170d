/* Any text as a formula: one message at most, inside the text; what parses has bounded height and
 * spans in bounds, and compiles or is refused without harm; reading it twice gives the same. */
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "rule/model.h"
#include "rule/parse.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static size_t count_nodes(const struct expr *e, uint32_t end, int depth)
{
    size_t n = 1;
    ASSERT(e->span.beg <= e->span.end && e->span.end <= end);
    ASSERT(depth <= EXPR_HEIGHT_MAX + PARSE_DEPTH_MAX && e->height <= EXPR_HEIGHT_MAX);
    for (uint32_t i = 0; i < e->arg_n; i++) {
        ASSERT(e->arg[i]->height < e->height || e->kind != EXPR_OP);
        n += count_nodes(e->arg[i], end, depth + 1);
    }
    return n;
}

static void parse_twice(struct arena *a, Str text)
{
    Text t = {text, {0, (uint32_t)text.n}};
    struct diags ds;
    diags_init(&ds, a);
    const struct expr *e = parse_expr(a, t, &ds), *again = parse_expr(a, t, NULL);
    ASSERT((e == NULL) == (ds.error_n == 1) && ds.n <= 1 && (e == NULL) == (again == NULL));
    if (ds.n == 1)
        ASSERT(ds.at[0].span.beg <= ds.at[0].span.end && ds.at[0].span.end <= text.n);
    if (e != NULL)
        ASSERT(count_nodes(e, (uint32_t)text.n, 0) == count_nodes(again, (uint32_t)text.n, 0));
}

/* The text as the formula of an indicator beside some fields: names, types and units. */
static void compile(struct arena *a, Str text)
{
    static const Str head = {"# t\n- 状态: 示例\n## 字段\n| 名称 | 类型 | 单位 | 期间 |\n"
                             "|---|---|---|---|\n| x | 数 | 元 | 年 |\n| n | 数 | 人 | |\n"
                             "| t | 文本 | | |\n| b | 是否 | | |\n| d | 日期 | | |\n"
                             "## 指标 y\n- 式: x / n\n## 指标 z\n- 式: ",
                             0};
    struct buf doc;
    buf_init(&doc, a, 1 << 20);
    buf_add(&doc, str_of(head.p));
    for (size_t i = 0; i < text.n; i++)
        buf_char(&doc, text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
    struct diags ds;
    diags_init(&ds, a);
    struct rules *r;
    enum status st = check_load(a, &r, S("f"), buf_str(&doc), &ds);
    ASSERT(r != NULL && (st == OK) == (ds.error_n == 0));
    for (size_t i = 0; i < ds.n; i++)
        ASSERT(ds.at[i].span.end <= doc.n);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_open();
    Str text = {(const char *)data, size};
    parse_twice(a, text);
    compile(a, text);
    arena_close(a);
    return 0;
}
