#include "help/eval_help.h"

#include <stdio.h>

#include "base/buf.h"

enum { DOC_MAX = 100000 };

static const char head[] =
    "# 例\n- 版本: 1\n- 生效: 2024-06-30\n- 状态: 示例\n\n## 字段\n\n"
    "| 名称 | 类型 | 期间 | 选项 | 范围 |\n|---|---|---|---|---|\n"
    "| x | 数 | | | |\n| y | 数 | | | |\n| z | 数 | | | |\n| n | 数 | | | >= 0 |\n"
    "| r | 数 | | | [0, 10] |\n| u | 数 | 年 | | |\n| v | 数 | 年 | | |\n| q | 数 | 季 | | |\n"
    "| a | 是否 | | | |\n| b | 是否 | | | |\n| j | 人工 | | | |\n| c | 选项 | | 高; 中; 低 | |\n"
    "| s | 文本 | | | |\n| d | 日期 | | | |\n\n";

static void complain(const struct scored *s)
{
    struct buf b;
    buf_init(&b, s->arena, DOC_MAX);
    for (size_t i = 0; i < s->ds.n; i++)
        if (diag_info(s->ds.at[i].code)->sev == SEV_ERROR)
            diag_text(&b, &s->ds.at[i], LANG_EN);
    (void)fprintf(stderr, "%.*s\n", (int)b.n, b.n == 0 ? "" : b.p);
}

static void load(struct scored *s, Str doc)
{
    *s = (struct scored){.arena = arena_open()};
    diags_init(&s->ds, s->arena);
    s->st = rule_load(s->arena, &s->r, S("test.md"), arena_copy(s->arena, doc), &s->ds);
    if (s->st != OK) {
        t_fail(__FILE__, __LINE__, "the document has errors");
        complain(s);
    }
}

void rescore(struct scored *s)
{
    s->res = NULL;
    if (s->st == OK)
        s->st = plan_build(s->arena, &s->p, s->r, s->o.as_of, s->o.period, &s->ds);
    if (s->st == OK)
        s->st = eval_run(s->arena, &s->res, s->p, s->d, &s->o, &s->ds);
}

struct scored score_doc(const char *doc)
{
    struct scored s;
    load(&s, str_of(doc));
    if (s.st != OK)
        return s;
    const struct example_table *t = &s.r->example_table[0];
    s.o.as_of = t->has_as_of ? t->as_of : s.r->from;
    s.o.period = t->has_period ? t->period : day_year(s.o.as_of) - 1;
    s.st = load_examples(s.arena, &s.d, s.r, 0, s.o.period, &s.ds);
    rescore(&s);
    return s;
}

static void assign(struct scored *s, const char *given)
{
    Str rest = str_of(given);
    s->d = dataset_open(s->arena, 1);
    s->d->id[0] = S("1");
    for (uint32_t i = 0; i < s->r->label_n; i++)
        (void)labels_code(s->d->labels, s->r->label[i]); /* codes are 0, 1, .. */
    while (rest.n > 0 && s->st == OK) {
        Str one = str_trim(str_cut(&rest, ';'));
        s->st = load_set(s->d, s->r, 0, s->o.period, one, &s->ds);
    }
    if (s->st != OK)
        complain(s);
}

struct scored score_body(const char *body, const char *given)
{
    struct arena *tmp = arena_open();
    struct scored s;
    load(&s, arena_fmt(tmp, "%s%s\n", head, body));
    arena_close(tmp);
    if (s.st != OK)
        return s;
    s.o.as_of = s.r->from;
    s.o.period = day_year(s.o.as_of) - 1;
    assign(&s, given);
    rescore(&s);
    return s;
}

void unscore(struct scored *s)
{
    arena_close(s->arena);
}

int32_t item_of(const struct scored *s, const char *name)
{
    return rule_find_item(s->r, str_of(name));
}

static void show_end(struct buf *b, Wide v, int scale)
{
    if (v == WIDE_INF || v == -WIDE_INF)
        buf_add(b, v > 0 ? S("inf") : S("-inf"));
    else
        dec_print(b, v, scale);
}

Str show_cell(struct scored *s, Type type, Cell c)
{
    static const char *const truth[] = {"unmet", "met", "unknown", "manual", "na"};
    struct buf b;
    buf_init(&b, s->arena, DOC_MAX);
    if (type.kind == TYPE_TRUTH)
        return str_of(truth[c.lo]);
    if (c.lo == -WIDE_INF && c.hi == WIDE_INF)
        return S("?");
    for (int end = 0; end < 2 && (end == 0 || c.lo != c.hi); end++) {
        Wide v = end == 0 ? c.lo : c.hi;
        if (end > 0)
            buf_char(&b, type.kind == TYPE_TEXT ? '|' : '~');
        if (type.kind == TYPE_TEXT)
            buf_add(&b, labels_text(s->d->labels, (uint32_t)v));
        else if (type.kind == TYPE_DAY)
            day_print(&b, (Day)v);
        else
            show_end(&b, v, type.scale);
    }
    return buf_str(&b);
}

Str shown(struct scored *s, const char *item, uint32_t row)
{
    int32_t i = item_of(s, item);
    if (i < 0)
        return S("(no item)");
    if (s->res == NULL)
        return S("(no result)");
    return show_cell(s, s->r->item[i].type, result_cell(s->res, i, row));
}

bool said(const struct scored *s, enum diag_code code)
{
    for (size_t i = 0; i < s->ds.n; i++)
        if (s->ds.at[i].code == code)
            return true;
    return false;
}

bool same_results(const struct result *a, const struct result *b)
{
    for (uint32_t i = 0; i < a->rules->item_n; i++)
        for (uint32_t row = 0; row < a->row_n; row++)
            if (result_cell(a, i, row).lo != result_cell(b, i, row).lo ||
                result_cell(a, i, row).hi != result_cell(b, i, row).hi)
                return false;
    return true;
}

void check_formula(const char *file, int line, const char *kind, const char *formula,
                   const char *given, const char *want)
{
    struct arena *tmp = arena_open();
    struct scored s = score_body(arena_fmt(tmp, "%s%s\n", kind, formula).p, given);
    if (s.r != NULL && item_of(&s, "w") >= 0) {
        Str got = shown(&s, "w", 0);
        t_check_text(file, line, formula, got.p, got.n, want);
    } else {
        t_fail(file, line, formula);
    }
    unscore(&s);
    arena_close(tmp);
}
