#include "help/rule_help.h"

#include "base/decimal.h"

static const char head[] = "# 样例\n- 状态: 示例\n- 生效: 2026-01-01\n\n## 字段\n"
                           "| 名称 | 类型 | 单位 | 期间 | 选项 |\n|---|---|---|---|---|\n"
                           "| x | 数 | 元 | 年 | |\n| y | 数 | 万元 | 年 | |\n"
                           "| n | 数 | 人 | | |\n| p | 数 | % | | |\n| t | 文本 | | | |\n"
                           "| c | 选项 | | | 甲; 乙 |\n| b | 是否 | | | |\n| d | 日期 | | | |\n\n";

struct loaded load_body(const char *body)
{
    struct loaded l = {.arena = arena_open()};
    diags_init(&l.ds, l.arena);
    struct buf text;
    buf_init(&text, l.arena, BUF_MAX);
    buf_add(&text, str_of(head));
    buf_add(&text, str_of(body));
    l.st = rule_load(l.arena, &l.r, S("test.md"), buf_str(&text), &l.ds);
    return l;
}

void unload(struct loaded *l)
{
    arena_close(l->arena);
}

bool load_said(const struct loaded *l, enum diag_code code)
{
    for (size_t i = 0; i < l->ds.n; i++)
        if (l->ds.at[i].code == code)
            return true;
    return false;
}

Str said_all(const struct loaded *l)
{
    struct buf b;
    buf_init(&b, l->arena, BUF_MAX);
    for (size_t i = 0; i < l->ds.n; i++) {
        buf_add(&b, i > 0 ? S(" ") : S(""));
        buf_add(&b, str_of(diag_info(l->ds.at[i].code)->mnemonic));
    }
    return buf_str(&b);
}

static void show(struct buf *b, const struct expr *e);

static void show_pop(struct buf *b, const struct pop *p)
{
    for (uint32_t i = 0; i < p->by_n; i++) {
        buf_add(b, i == 0 ? S(" within ") : S(","));
        show(b, p->by[i]);
    }
    if (p->method != POP_DEFAULT)
        buf_fmt(b, " method %d", (int)p->method);
    if (p->min_group > 0)
        buf_fmt(b, " min %u", p->min_group);
    if (p->ascending)
        buf_add(b, S(" asc"));
    if (p->lo != NULL) {
        buf_add(b, S(" low "));
        show(b, p->lo);
    }
    if (p->hi != NULL) {
        buf_add(b, S(" high "));
        show(b, p->hi);
    }
}

static void show_const(struct buf *b, const struct expr *e)
{
    static const char *const truths[] = {"no", "yes", "unknown", "manual", "na"};
    if (e->type.kind == TYPE_TEXT)
        buf_fmt(b, "\"%.*s\"", (int)e->name.n, e->name.p);
    else if (e->type.kind == TYPE_TRUTH)
        buf_fmt(b, "%s", truths[e->value.lo]);
    else if (e->type.kind == TYPE_DAY)
        day_print(b, (Day)e->value.lo);
    else
        dec_print(b, e->value.lo, e->type.scale);
}

static const char *op_sign(enum op op)
{
    switch ((int)op) {
    case OP_NEG: return "neg";
    case OP_ADD: return "+";
    case OP_SUB: return "-";
    case OP_MUL: return "*";
    case OP_DIV: return "/";
    case OP_AND: return "and";
    case OP_OR: return "or";
    case OP_NOT: return "not";
    case OP_EQ: return "=";
    case OP_NE: return "<>";
    case OP_LT: return "<";
    case OP_LE: return "<=";
    case OP_GT: return ">";
    case OP_GE: return ">=";
    case OP_IF: return "if";
    default: return op_info(op)->en;
    }
}

static void show(struct buf *b, const struct expr *e)
{
    if (e->kind == EXPR_CONST) {
        show_const(b, e);
        return;
    }
    if (e->kind == EXPR_NAME) {
        buf_add(b, e->name);
        return;
    }
    if (e->kind == EXPR_AS_OF || e->kind == EXPR_YEAR) {
        buf_add(b, e->kind == EXPR_AS_OF ? S("AS_OF") : S("YEAR"));
        return;
    }
    if (e->kind == EXPR_AT)
        buf_fmt(b, "(@%s%d", e->at_abs ? "=" : "", e->at);
    else
        buf_fmt(b, "(%s", op_sign(e->op));
    if (e->op == OP_ROUND && e->kind == EXPR_OP)
        buf_fmt(b, ":%u:%d", e->round_to, (int)e->how);
    if (e->kind == EXPR_SPAN)
        buf_fmt(b, ":%u%s", e->span_n, e->period == PERIOD_QUARTER ? "q" : "y");
    for (uint32_t i = 0; i < e->arg_n; i++) {
        buf_char(b, ' ');
        show(b, e->arg[i]);
    }
    if (e->kind == EXPR_POP)
        show_pop(b, e->pop);
    if (e->since != NULL) {
        buf_add(b, S(" since "));
        show(b, e->since);
    }
    buf_char(b, ')');
}

Str show_expr(struct arena *a, const struct expr *e)
{
    struct buf b;
    buf_init(&b, a, 1 << 20);
    show(&b, e);
    return arena_copy(a, buf_str(&b));
}

Str show_text(struct arena *a, const char *text)
{
    struct diags ds;
    diags_init(&ds, a);
    Str s = str_of(text);
    struct expr *e = parse_expr(a, (Text){s, {0, (uint32_t)s.n}}, &ds);
    if (e != NULL)
        return show_expr(a, e);
    return ds.n == 1 ? arena_fmt(a, "!%s", diag_info(ds.at[0].code)->mnemonic) : S("!several");
}
