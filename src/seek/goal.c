/* goal.c - reading what somebody wants: `格次 >= A`, `评价得分 >= 70分`, `高新技术企业 = 符合`. */
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"
#include "eval/cell.h"
#include "explain/item.h"
#include "seek/seek_int.h"

enum { NEAR_CAP = 4, LIST_MAX = 4000 };

struct reader {
    struct arena *keep;
    const struct rules *rules;
    Str text;
    enum lang lang;
    struct seek_fault *fault;
};

#define FAIL(g, part, ...)   seek_fail((g)->keep, (g)->fault, span_of(g, part), __VA_ARGS__)
#define GOAL_TEXT(g, zh, en) ((g)->lang == LANG_ZH ? (zh) : (en))

enum status seek_fail(struct arena *keep, struct seek_fault *out, Span at, const char *fmt, ...)
{
    char text[LIST_MAX];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    Str said = {text, n < 0 ? 0 : (size_t)n < sizeof text ? (size_t)n : sizeof text - 1};
    *out = (struct seek_fault){.span = at, .text = arena_copy(keep, said)};
    return ERR_INPUT;
}

static Span span_of(const struct reader *g, Str part)
{
    uint32_t beg = (uint32_t)(part.p - g->text.p);
    return (Span){beg, beg + (uint32_t)part.n};
}

/* ---- the name ---- */

static bool can_be_sought(const struct item *it)
{
    return it->kind == ITEM_GATE || it->kind == ITEM_PASS || it->kind == ITEM_SCORE ||
           it->kind == ITEM_INDICATOR || it->kind == ITEM_GRADE || it->kind == ITEM_RANK ||
           it->kind == ITEM_POLICY;
}

static Str near_item(const struct reader *g, Str name)
{
    size_t least = NEAR_CAP;
    Str best = S("");
    for (uint32_t i = 0; i < g->rules->item_n; i++) {
        Str candidate = g->rules->item[i].name;
        size_t far = str_distance(name, candidate, least);
        if (name.n > 0 && far > 1 && str_find(candidate, name) < candidate.n)
            far = 1;
        if (can_be_sought(&g->rules->item[i]) && far < least) {
            least = far;
            best = candidate;
        }
    }
    return best;
}

static enum status find_name(struct reader *g, Str name, uint32_t *item)
{
    int32_t at = rule_find_item(g->rules, name);
    if (at >= 0 && can_be_sought(&g->rules->item[at])) {
        *item = (uint32_t)at;
        return OK;
    }
    if (at >= 0 || rule_find_field(g->rules, name) >= 0)
        return FAIL(g, name,
                    GOAL_TEXT(g, "“%.*s”是%s，目标须是条件、评分、格次、名次或政策",
                              "“%.*s” is a %s; a goal is a gate, score, grade, rank or "
                              "policy"),
                    STR_ARG(name),
                    at < 0 ? GOAL_TEXT(g, "字段", "field")
                           : item_kind_name(g->rules->item[at].kind, g->lang));
    Str near = near_item(g, name);
    return FAIL(g, name,
                GOAL_TEXT(g, "没有叫“%.*s”的项目%s%.*s",
                          "there is no item “%.*s”"
                          "%s%.*s"),
                STR_ARG(name), near.n > 0 ? GOAL_TEXT(g, "，是不是 ", "; did you mean ") : "",
                STR_ARG(near));
}

/* ---- the operator ---- */

static const struct {
    const char *sign;
    enum op op;
} signs[] = {{">=", OP_GE}, {"≥", OP_GE},    {"＞＝", OP_GE}, {"<=", OP_LE},
             {"≤", OP_LE},  {"＜＝", OP_LE}, {">", OP_GT},    {"＞", OP_GT},
             {"<", OP_LT},  {"＜", OP_LT},   {"=", OP_EQ},    {"＝", OP_EQ}};

static bool find_sign(Str text, size_t *at, size_t *n, enum op *op)
{
    for (*at = 0; *at < text.n; (*at)++)
        for (size_t i = 0; i < ARRAY_N(signs); i++) {
            Str sign = str_of(signs[i].sign);
            if (!str_starts(str_sub(text, *at, text.n), sign))
                continue;
            *n = sign.n;
            *op = signs[i].op;
            return true;
        }
    return false;
}

/* ---- the value ---- */

static enum status read_number(struct reader *g, struct seek_goal *out, Str value)
{
    const struct item *it = &g->rules->item[out->item];
    struct field as = {.name = it->name, .ftype = FIELD_NUM, .type = it->type};
    struct diags ds;
    Cell c = CELL_UNKNOWN;
    out->kind = SEEK_NUMBER;
    if (value.n == 0 && it->kind == ITEM_POLICY) {
        out->op = OP_GT;
        return OK;
    }
    if (value.n == 0 || out->op == OP_EQ)
        return FAIL(g, value.n > 0 ? value : g->text,
                    GOAL_TEXT(g, "“%.*s”是数，写成 %.*s >= 70 这样",
                              "“%.*s” is a number; write it as %.*s >= 70"),
                    STR_ARG(it->name), STR_ARG(it->name));
    as.unit = item_unit(it);
    diags_init(&ds, g->keep);
    Text cell = {value, span_of(g, value)};
    if (rule_read_cell(&c, g->rules, &as, cell, NULL, &ds) != OK || c.lo != c.hi ||
        cell_is_open(c)) {
        struct buf b;
        buf_init(&b, g->keep, LIST_MAX);
        if (ds.n > 0)
            diag_text(&b, &ds.at[0], g->lang);
        else
            buf_add(&b, str_of(GOAL_TEXT(g, "这里应是一个数", "a number belongs here")));
        return FAIL(g, value, "%.*s", STR_ARG(buf_str(&b)));
    }
    out->value = c.lo;
    return OK;
}

static bool is_one_of(Str s, const char *const *word)
{
    for (; *word != NULL; word++)
        if (str_eq(s, str_of(*word)))
            return true;
    return false;
}

static enum status read_truth(struct reader *g, struct seek_goal *out, Str value)
{
    static const char *const yes[] = {"符合", "是", "通过", "met", "yes", NULL};
    out->kind = SEEK_TRUTH;
    if ((value.n == 0 && out->op == OP_NONE) || (out->op == OP_EQ && is_one_of(value, yes)))
        return OK;
    return FAIL(g, value.n > 0 ? value : g->text,
                GOAL_TEXT(g, "“%.*s”是条件，目标只能是 %.*s = 符合",
                          "“%.*s” is a gate; the goal can only be %.*s = met"),
                STR_ARG(g->rules->item[out->item].name), STR_ARG(g->rules->item[out->item].name));
}

static Str label_of(const struct reader *g, const struct table *t, uint32_t row)
{
    return g->rules->label[t->row[row].result->ref];
}

/* Is the last row the best? Where a number is graded by bounds from below, the row with the higher
 * bound is; otherwise (shares of places, ranks, texts) the document puts the best first. */
static bool best_is_last(const struct rules *r, const struct item *it)
{
    const struct table *t = it->expr->table;
    if (it->by_quantile || t->row_n < 2 || t->input_n != 1 || t->input[0]->kind == EXPR_POP ||
        (t->input[0]->kind == EXPR_ITEM && r->item[t->input[0]->ref].kind == ITEM_RANK))
        return false;
    const struct cell_test *first = &t->row[0].cell[0];
    if (first->test_n != 1)
        return false;
    const struct test *a = &first->test[0];
    if (a->kind == TEST_RANGE)
        return a->lo == NULL;
    return a->kind == TEST_CMP && (a->op == OP_LT || a->op == OP_LE);
}

static enum status read_grade(struct reader *g, struct seek_goal *out, Str value)
{
    const struct item *it = &g->rules->item[out->item];
    const struct table *t = it->expr->table;
    struct buf b;
    out->kind = SEEK_GRADE;
    out->rows_up = best_is_last(g->rules, it);
    buf_init(&b, g->keep, LIST_MAX);
    for (uint32_t i = 0; i < t->row_n; i++) {
        out->row = i;
        if (str_eq(label_of(g, t, i), value) &&
            (out->op == OP_GE || out->op == OP_GT || out->op == OP_EQ))
            return OK;
        buf_fmt(&b, "%s%.*s", i > 0 ? GOAL_TEXT(g, "、", ", ") : "", STR_ARG(label_of(g, t, i)));
    }
    Str best = label_of(g, t, out->rows_up ? t->row_n - 1 : 0);
    return FAIL(g, value.n > 0 ? value : g->text,
                GOAL_TEXT(g, "“%.*s”的格次有 %.*s，写成 %.*s >= %.*s 这样",
                          "the grades of “%.*s” are %.*s; write it as %.*s >= %.*s"),
                STR_ARG(it->name), STR_ARG(buf_str(&b)), STR_ARG(it->name), STR_ARG(best));
}

/* srccheck:params a reader: where to put it, by what rules, in which language. */
enum status seek_goal_read(struct arena *keep, struct seek_goal *out, const struct rules *r,
                           Str text, enum lang lang, struct seek_fault *fault)
{
    struct reader g = {.keep = keep, .rules = r, .text = text, .lang = lang, .fault = fault};
    size_t at = text.n, n = 0;
    *out = (struct seek_goal){.op = OP_NONE};
    bool has = find_sign(text, &at, &n, &out->op);
    Str name = str_trim(str_sub(text, 0, at));
    Str value = str_trim(str_sub(text, has ? at + n : at, text.n));
    if (name.n == 0)
        return FAIL(&g, text, "%s",
                    GOAL_TEXT(&g, "目标写成 名称 >= 值", "a goal is NAME >= VALUE"));
    TRY(find_name(&g, name, &out->item));
    if (has && value.n == 0)
        return FAIL(&g, str_sub(text, at, at + n), "%s",
                    GOAL_TEXT(&g, "后面缺要达到的值", "the value to be reached is missing"));
    const struct item *it = &r->item[out->item];
    if (it->type.kind == TYPE_TRUTH)
        return read_truth(&g, out, value);
    if (it->kind == ITEM_GRADE && it->type.kind == TYPE_TEXT && it->expr->kind == EXPR_TABLE)
        return read_grade(&g, out, value);
    if (it->type.kind == TYPE_NUM)
        return read_number(&g, out, value);
    return FAIL(&g, name, GOAL_TEXT(&g, "“%.*s”不能作为目标", "“%.*s” cannot be a goal"),
                STR_ARG(name));
}
