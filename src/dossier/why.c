/* why.c - a tree of reasons as a table: an item a row, what it consists of below it. */
#include <jansson.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "dossier/dossier_int.h"

enum { CELL_MAX = 1 << 14, DEPTH_MAX = 12, PERCENT = 100 };

static Str text_of(const json_t *j, const char *key)
{
    const char *s = json_string_value(json_object_get(j, key));
    return s == NULL ? S("") : str_of(s);
}

static bool one_end(const json_t *j, const char *key, Dec *out)
{
    const json_t *v = json_object_get(j, key);
    Str low = text_of(v, "low");
    return json_is_object(v) && str_eq(low, text_of(v, "high")) && dec_parse(out, low, NULL);
}

/* How far the bar reaches: the share of the full score, where both are definite. */
static int percent_of(const json_t *item)
{
    Dec score, full;
    Wide hundred, share;
    if (!one_end(item, "value", &score) || !one_end(item, "max", &full) || full.m <= 0 ||
        score.m <= 0 || !wide_muldiv(&hundred, score.m, PERCENT, 1, ROUND_HALF_UP) ||
        !wide_div(&share, hundred, score.scale, full.m, full.scale, 0, ROUND_HALF_UP))
        return 0;
    return share > PERCENT ? PERCENT : (int)share;
}

static void add_list(struct buf *b, const json_t *list)
{
    for (size_t i = 0; i < json_array_size(list); i++) {
        const char *one = json_string_value(json_array_get(list, i));
        buf_fmt(b, "%s%s", b->n > 0 ? "；" : "", one == NULL ? "" : one);
    }
}

/* The row of a table that was met, and by what. */
static void add_rows(struct buf *b, const json_t *rows)
{
    const json_t *one;
    size_t i;
    json_array_foreach(rows, i, one)
    {
        buf_fmt(b, "%s第%lld行 %.*s → %.*s", b->n > 0 ? "；" : "",
                (long long)json_integer_value(json_object_get(one, "number")),
                STR_ARG(text_of(one, "tests")), STR_ARG(text_of(one, "result")));
    }
}

static void add_facts(struct buf *b, const json_t *facts)
{
    const json_t *one;
    size_t i;
    json_array_foreach(facts, i, one)
    {
        int64_t year = json_integer_value(json_object_get(one, "period"));
        buf_fmt(b, "%s%.*s", b->n > 0 ? "；" : "", STR_ARG(text_of(one, "field")));
        if (year > 0)
            buf_fmt(b, "@%lld", (long long)year);
        buf_fmt(b, " %.*s", STR_ARG(text_of(one, "text")));
    }
}

static void add_conditions(struct buf *b, const json_t *conditions)
{
    const json_t *one;
    size_t i;
    json_array_foreach(conditions, i, one)
    {
        Str values = text_of(one, "values");
        buf_fmt(b, "%s%.*s", b->n > 0 ? "；" : "", STR_ARG(text_of(one, "text")));
        if (values.n > 0)
            buf_fmt(b, "（%.*s）", STR_ARG(values));
    }
}

static Str reason_of(struct arena *tmp, const json_t *item)
{
    struct buf b;
    buf_init(&b, tmp, CELL_MAX);
    add_list(&b, json_object_get(item, "how"));
    add_rows(&b, json_object_get(item, "rows"));
    add_conditions(&b, json_object_get(item, "conditions"));
    if (json_array_size(json_object_get(item, "parts")) == 0)
        add_facts(&b, json_object_get(item, "facts"));
    if (json_array_size(json_object_get(item, "missing")) > 0) {
        buf_add(&b, b.n > 0 ? S("；缺 ") : S("缺 "));
        const json_t *one;
        size_t i;
        json_array_foreach(json_object_get(item, "missing"), i, one)
        {
            buf_fmt(&b, "%s%s", i > 0 ? "、" : "",
                    json_string_value(one) == NULL ? "" : json_string_value(one));
        }
    }
    return b.n == 0 ? S("") : buf_str(&b);
}

static void add_row(struct arena *tmp, struct buf *out, const json_t *item, int depth)
{
    struct buf b;
    Dec full;
    buf_init(&b, tmp, CELL_MAX);
    for (int i = 0; i < depth; i++)
        buf_add(&b, S("　"));
    buf_add(&b, text_of(item, "item"));
    lines_word(out, "row");
    lines_cell(out, buf_str(&b));
    lines_cell(out, arena_fmt(tmp, "%d %.*s", percent_of(item), STR_ARG(text_of(item, "text"))));
    buf_init(&b, tmp, CELL_MAX);
    if (one_end(item, "max", &full))
        dec_print(&b, full.m, full.scale);
    lines_cell(out, b.n == 0 ? S("") : buf_str(&b));
    lines_cell(out, reason_of(tmp, item));
    lines_cell(out, text_of(item, "clause"));
    lines_end(out);
}

static void add_items(struct arena *tmp, struct buf *out, const json_t *items, int depth)
{
    static const char *const BELOW[] = {"pass", "parts"};
    const json_t *item;
    size_t i;
    if (depth == DEPTH_MAX)
        return;
    json_array_foreach(items, i, item)
    {
        add_row(tmp, out, item, depth);
        for (size_t k = 0; k < ARRAY_N(BELOW); k++)
            add_items(tmp, out, json_object_get(item, BELOW[k]), depth + 1);
    }
}

enum status reasons_table(struct arena *tmp, struct buf *out, Str tree)
{
    json_t *j = json_loadb(tree.p, tree.n, 0, NULL);
    if (j == NULL)
        return ERR_IO;
    lines_word(out, "table");
    lines_cell(out, S("21,13,7,39,20"));
    lines_cell(out, S("lbrll"));
    lines_end(out);
    lines_word(out, "head");
    const char *const head[] = {"项目", "得分或结论", "满分", "为什么", "条文"};
    for (size_t i = 0; i < ARRAY_N(head); i++)
        lines_cell(out, str_of(head[i]));
    lines_end(out);
    add_items(tmp, out, json_object_get(j, "items"), 0);
    lines_word(out, "end");
    lines_end(out);
    json_decref(j);
    return OK;
}
