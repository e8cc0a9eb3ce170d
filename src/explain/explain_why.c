/* explain_why.c - builds the tree of reasons for one row; see explain_int.h.
 *
 * The row is evaluated once more with a trace. Every item is explained once, where it is first
 * named, so the tree is no larger than the rules. Cost: the size of the rules, twice.
 */
#include <stdarg.h>
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "base/utf8.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"
#include "explain/item.h"

enum { WHY_DEPTH_MAX = 60, TEXT_MAX = 1 << 20 };

/* ---- small questions ---- */

void why_say(struct explain *x, struct why *w, const char *fmt, ...)
{
    char text[2048];
    va_list ap;
    va_start(ap, fmt);
    int n = vsnprintf(text, sizeof text, fmt, ap);
    va_end(ap);
    Str said = {text, n < 0 ? 0 : (size_t)n};
    if (said.n >= sizeof text) /* cut on a character */
        said.n = utf8_bad_at((Str){text, sizeof text - 1});
    VEC_PUSH(x->arena, w->how, w->how_n, w->how_cap) = arena_copy(x->arena, said);
}

Cell why_value(const struct explain *x, const struct expr *e)
{
    Cell c;
    if (e->kind == EXPR_ITEM)
        return result_cell(x->res, e->ref, x->row);
    if (e->kind == EXPR_CONST)
        return e->value;
    return trace_value(x->trace, e, 0, 0, &c) ? c : cell_unknown(e->type.kind);
}

/* Brackets that were opened and not closed within the text. */
static int open_brackets(Str s)
{
    int n = 0;
    for (size_t i = 0; i < s.n; i++) {
        Str rest = str_sub(s, i, s.n);
        n += s.p[i] == '(' || str_starts(rest, S("（"));
        n -= s.p[i] == ')' || str_starts(rest, S("）"));
    }
    return n;
}

/* A tree's span may begin behind the 如果 and end before the last bracket: both are taken in. */
Str why_source(const struct explain *x, const struct expr *e)
{
    static const char *const ifs[] = {"如果", "if", "If", "IF"};
    Str text = x->rules->text;
    size_t beg = e->span.beg, end = e->span.end;
    if (e->kind == EXPR_OP && e->op == OP_IF && end < e->arg[2]->span.end) {
        Str before = str_trim(str_sub(text, 0, e->arg[0]->span.beg));
        beg = e->arg[0]->span.beg;
        end = e->arg[2]->span.end;
        for (size_t i = 0; i < ARRAY_N(ifs); i++)
            if (str_ends(before, str_of(ifs[i])))
                beg = before.n - str_of(ifs[i]).n;
    }
    for (int n = open_brackets(str_sub(text, beg, end)); n > 0 && end < text.n; n--) {
        Str rest = str_sub(text, end, text.n);
        if (rest.p[0] != ')' && !str_starts(rest, S("）")))
            break;
        end += rest.p[0] == ')' ? 1 : 3;
    }
    return str_trim(str_sub(text, beg, end));
}

/* Products and quotients have the unit of an operand only if it is a real one: money times a share
 * is money, but a count of steps of 5% is no percentage. */
static bool keeps_percent(enum op op)
{
    switch ((int)op) {
    case OP_MUL:
    case OP_DIV:
    case OP_STEPS:
    case OP_POW:
    case OP_COUNT: return false;
    default: return true;
    }
}

const struct unit *why_unit(const struct explain *x, const struct expr *e)
{
    const struct rules *r = x->rules;
    switch (e->kind) {
    case EXPR_FIELD: return r->field[e->ref].unit;
    case EXPR_ITEM:
        return r->item[e->ref].show != NULL ? r->item[e->ref].show : r->item[e->ref].unit;
    case EXPR_CONST: return e->unit;
    case EXPR_AT:
    case EXPR_SPAN:
    case EXPR_POP:
    case EXPR_OP:
        for (uint32_t i = 0; i < e->arg_n; i++) {
            /* of 0元~20万元 the larger end's */
            uint32_t at = e->op == OP_RANGE ? e->arg_n - 1 - i : i;
            const struct unit *u = why_unit(x, e->arg[at]);
            if (u != NULL && e->type.kind == TYPE_NUM && dim_eq(u->dim, e->type.dim) &&
                (keeps_percent(e->op) || !dim_is_none(u->dim)))
                return u;
        }
        return NULL;
    case EXPR_TABLE: return e->table->row_n > 0 ? why_unit(x, e->table->row[0].result) : NULL;
    case EXPR_NAME:
    case EXPR_AS_OF:
    case EXPR_YEAR: return NULL;
    }
    return NULL;
}

Str why_cell(const struct explain *x, Type t, const struct unit *show, Cell c)
{
    if (t.kind == TYPE_NUM && c.lo == 0 && c.hi == WIDE_INF)
        c.lo = -WIDE_INF; /* a bound that says nothing */
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    cell_print(&b, x->rules, x->res->data, t, show, c, x->lang);
    return buf_str(&b);
}

Str why_yes(const struct explain *x, Cell c)
{
    enum truth t = truth_of(c);
    if (t == TRUTH_MET || t == TRUTH_UNMET)
        return str_of(t == TRUTH_MET ? EX(x, "是", "yes") : EX(x, "否", "no"));
    return str_of(t == TRUTH_MANUAL ? EX(x, "待人判断", "to be judged") : EX(x, "缺数", "missing"));
}

/* "研发强度 = 4.2%", "研发强度 ≈ 15.3874%" */
Str why_equals(const struct explain *x, Str name, Str value)
{
    static const char *const marks[] = {"≈", "≥", "≤"};
    for (size_t i = 0; i < ARRAY_N(marks); i++) {
        Str mark = str_of(marks[i]);
        if (str_starts(value, mark))
            return arena_fmt(x->arena, "%.*s %s %.*s", STR_ARG(name), marks[i],
                             STR_ARG(str_sub(value, mark.n, value.n)));
    }
    return arena_fmt(x->arena, "%.*s = %.*s", STR_ARG(name), STR_ARG(value));
}

Str why_print(const struct explain *x, const struct expr *e)
{
    if (e->kind == EXPR_CONST && e->type.kind == TYPE_TEXT)
        return e->name;
    if (e->kind == EXPR_FIELD && e->type.kind == TYPE_TRUTH)
        return why_yes(x, why_value(x, e));
    if (e->kind == EXPR_FIELD && cell_is_open(why_value(x, e)))
        return str_of(EX(x, "缺数", "missing"));
    return why_cell(x, e->type, why_unit(x, e), why_value(x, e));
}

size_t why_line(const struct explain *x, Span at)
{
    size_t line, col;
    diag_line_col(x->rules->text, at.beg, &line, &col);
    return line;
}

Str why_missing(const struct explain *x, const struct why *w, bool person)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (size_t i = 0; i < w->missing_n; i++) {
        if (w->missing[i].person != person)
            continue;
        if (b.n > 0)
            buf_add(&b, str_of(EX(x, "、", ", ")));
        missing_name(&b, x->rules, w->missing[i], x->res->opts.period);
    }
    return buf_str(&b);
}

/* The value of a field or item by name, as text; false: there is none of that name. */
static bool named_value(const struct explain *x, Str name, Str *out)
{
    int32_t i = rule_find_item(x->rules, name);
    if (i >= 0) {
        const struct item *it = &x->rules->item[i];
        *out = why_cell(x, it->type, item_unit(it), result_cell(x->res, i, x->row));
        return true;
    }
    i = rule_find_field(x->rules, name);
    if (i < 0)
        return false;
    const struct field *f = &x->rules->field[i];
    const struct column *c =
        dataset_find(x->res->data, (uint32_t)i, rule_period_key(f, x->res->opts.period, 0));
    Cell cell = c != NULL && column_has(c, x->row) ? cell_point(column_value(c, x->row))
                                                   : cell_unknown(f->type.kind);
    *out = why_cell(x, f->type, f->unit, cell);
    return true;
}

/* {names} replaced by values. */
static Str fill(const struct explain *x, Str text)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    while (text.n > 0) {
        size_t open = str_find(text, S("{"));
        buf_add(&b, str_sub(text, 0, open));
        text = str_sub(text, open, text.n);
        size_t close = str_find(text, S("}"));
        Str value;
        if (close >= text.n) {
            buf_add(&b, text);
            break;
        }
        bool known = named_value(x, str_trim(str_sub(text, 1, close)), &value);
        buf_add(&b, known ? value : str_sub(text, 0, close + 1));
        text = str_sub(text, close + 1, text.n);
    }
    return buf_str(&b);
}

Str why_is(const struct explain *x, const struct expr *e)
{
    return why_equals(x, why_source(x, e), why_print(x, e));
}

/* ---- one item ---- */

static void note_missing(struct explain *x, struct why *w)
{
    const Fact *at;
    size_t n = missing_list(x->missing, x->res, x->row, &w->item, 1, &at);
    Fact *copy = ARENA_ARRAY(x->arena, Fact, n + 1);
    for (size_t i = 0; i < n; i++)
        copy[i] = at[i];
    w->missing = copy;
    w->missing_n = n;
}

static void explain_gate(struct explain *x, struct why *w)
{
    const struct item *it = w->it;
    const struct expr *e = it->expr;
    if (it->applies != NULL && e->kind == EXPR_OP && e->op == OP_IF && e->arg[0] == it->applies) {
        why_say(x, w, EX(x, "适用范围：%.*s → %.*s", "applies if %.*s: %.*s"),
                STR_ARG(why_source(x, it->applies)), STR_ARG(why_print(x, it->applies)));
        e = e->arg[1];
    }
    enum truth t = truth_of(w->value);
    if (t != TRUTH_NA)
        why_checks(x, w, e, 0);
    if (t == TRUTH_UNMET && it->unmet_text.n > 0)
        why_say(x, w, "%.*s", STR_ARG(fill(x, it->unmet_text)));
    why_facts(x, w, t == TRUTH_NA && it->applies != NULL ? it->applies : it->expr);
}

/* The 依据 as the expression has it: the attribute is a reading of its own, not computed. */
static const struct expr *graded_by(const struct item *it)
{
    const struct expr *e = it->expr->kind == EXPR_TABLE ? it->expr->table->input[0] : it->expr;
    return e->kind == EXPR_POP && e->arg_n > 0 ? e->arg[0] : e;
}

static void explain_grade(struct explain *x, struct why *w)
{
    const struct item *it = w->it;
    if (it->by != NULL && it->by_quantile)
        why_say(x, w, EX(x, "依据 %.*s", "by %.*s"),
                STR_ARG(why_equals(x, why_source(x, it->by), why_print(x, graded_by(it)))));
    if (it->expr->kind == EXPR_TABLE)
        why_table(x, w, it->expr, "");
    why_facts(x, w, it->expr);
    if (it->rank >= 0 && (uint32_t)it->rank != w->item)
        w->rank = why_item(x, (uint32_t)it->rank);
}

static void explain_rank(struct explain *x, struct why *w)
{
    const struct pop *p = w->it->expr->pop;
    if (w->it->by != NULL)
        why_say(x, w, EX(x, "按 %.*s 排，共 %u 家%s", "by %.*s, of %u%s"),
                STR_ARG(why_equals(x, why_source(x, w->it->by), why_print(x, graded_by(w->it)))),
                x->res->row_n,
                p == NULL || p->by_n == 0 ? "" : EX(x, "，只比同组", ", in its group"));
    why_facts(x, w, w->it->expr);
}

/* The branch of an 如果 that counts, as far as its conditions are settled. */
const struct expr *why_taken(const struct explain *x, const struct expr *e)
{
    while (e->kind == EXPR_OP && e->op == OP_IF && e->arg[1]->span.end > e->arg[1]->span.beg) {
        enum truth t = truth_of(why_value(x, e->arg[0]));
        if (t != TRUTH_MET && t != TRUTH_UNMET)
            break;
        e = e->arg[t == TRUTH_MET ? 1 : 2];
    }
    return e;
}

static Str value_text(const struct explain *x, const struct why *w, const struct expr *e)
{
    const struct unit *show = w->it->show != NULL ? w->it->show : why_unit(x, e);
    return why_cell(x, w->it->type, show, w->value);
}

static void explain_value(struct explain *x, struct why *w)
{
    const struct expr *e = w->it->expr;
    while (e->kind == EXPR_OP && e->arg_n >= 1 && (e->op == OP_ROUND || e->op == OP_DEFAULT) &&
           e->arg[0]->span.end > e->arg[0]->span.beg)
        e = e->arg[0];
    e = why_taken(x, e);
    if (e->kind == EXPR_TABLE)
        why_table(x, w, e, "");
    else if (e->kind != EXPR_CONST || e != w->it->expr)
        why_say(x, w, "%.*s", STR_ARG(why_equals(x, why_source(x, e), value_text(x, w, e))));
    why_facts(x, w, w->it->expr);
}

static void explain_kind(struct explain *x, struct why *w)
{
    switch (w->it->kind) {
    case ITEM_PARAM:
    case ITEM_SEGMENT:
    case ITEM_INDICATOR: explain_value(x, w); return;
    case ITEM_GATE: explain_gate(x, w); return;
    case ITEM_PASS:
        why_checks(x, w, w->it->expr, 0);
        why_facts(x, w, w->it->expr);
        return;
    case ITEM_SCORE: why_form(x, w); return;
    case ITEM_GRADE: explain_grade(x, w); return;
    case ITEM_RANK: explain_rank(x, w); return;
    case ITEM_POLICY: why_policy(x, w); return;
    }
}

void why_append(struct why_list *l, struct why *w)
{
    if (l->last == NULL)
        l->first = w;
    else
        l->last->next = w;
    l->last = w;
}

struct why *why_item(struct explain *x, uint32_t item)
{
    if (x->told[item] || x->depth >= WHY_DEPTH_MAX)
        return NULL;
    x->told[item] = true;
    x->depth++;
    struct why *w = ARENA_NEW(x->arena, struct why);
    w->item = item;
    w->it = &x->rules->item[item];
    w->value = result_cell(x->res, item, x->row);
    note_missing(x, w);
    if (w->it->expr != NULL)
        explain_kind(x, w);
    x->depth--;
    return w;
}

/* ---- all of it ---- */

/* srccheck:params as explain/explain.h has them: which row of what, then how to write it. */
enum status explain_row(struct buf *out, const struct plan *p, const struct result *res,
                        uint32_t row, int32_t item, enum explain_format format, enum lang lang)
{
    static void (*const write[])(struct buf *,
                                 const struct explain *) = {[EXPLAIN_TEXT] = explain_text,
                                                            [EXPLAIN_JSON] = explain_json,
                                                            [EXPLAIN_HTML] = explain_html};
    struct arena *tmp = arena_open();
    const struct rules *r = res->rules;
    struct explain x = {.arena = tmp, .rules = r, .plan = p, .res = res, .row = row, .lang = lang};
    x.told = ARENA_ARRAY(tmp, bool, r->item_n + 1);
    x.own = ARENA_ARRAY(tmp, bool, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++)
        x.own[i] = item >= 0 ? (uint32_t)item == i : (item_is_top(r, i) && !item_is_beside(r, i));
    x.missing = missing_open(tmp, r, res->opts.period);
    enum status done = trace_open(tmp, &x.trace, p, res, row);
    for (uint32_t i = 0; done == OK && i < r->item_n; i++) {
        if (!x.own[i])
            continue;
        struct why *w = why_item(&x, i);
        if (w != NULL)
            why_append(&x.top, w);
    }
    if (done == OK)
        write[format](out, &x);
    arena_close(tmp);
    return done;
}
