/* parse_call.c - function calls: arguments, then options introduced by a keyword.
 *
 *     百分位(研发费用, 同 行业 阶段, 法 半秩, 最小组 5)      合计(研发费用, 近3年, 自 成立日期)
 */
#include <string.h>

#include "base/diag.h"
#include "base/str.h"
#include "rule/make.h"
#include "rule/parse.h"

struct call {
    enum op op;
    const struct op_info *info;
    struct expr *arg[64];
    uint32_t arg_n;
    struct pop pop;
    bool has_pop;
    uint32_t span_n;
    enum period_unit period;
    struct expr *since;
};

static const struct op_info ops[OP_N] = {
#define OP(id, zh, en, lo, hi, cls) {zh, en, lo, hi, cls},
#include "rule/op_list.h"
#undef OP
};

const struct op_info *op_info(enum op op)
{
    return &ops[op];
}

static enum op find_function(Str name)
{
    for (enum op op = 0; op < OP_N; op++)
        if (ops[op].zh[0] != '\0' &&
            (str_eq(name, str_of(ops[op].zh)) || str_eq(name, str_of(ops[op].en))))
            return op;
    return OP_NONE;
}

static Str near_function(Str name)
{
    Str best = S("");
    size_t best_at = 3;
    for (enum op op = 0; op < OP_N; op++) {
        Str twin[2] = {str_of(ops[op].zh), str_of(ops[op].en)};
        for (int k = 0; k < 2; k++) {
            size_t d = twin[k].n == 0 ? best_at : str_distance(name, twin[k], best_at);
            if (d < best_at) {
                best = twin[k];
                best_at = d;
            }
        }
    }
    return best;
}

bool parse_is_years(const struct unit *u)
{
    return u == NULL || u == unit_find(S("年")) || u == unit_find(S("years"));
}

/* Behind `last`, which is a name like any other where no number of periods follows. */
static bool last_periods(struct parser *p, uint32_t *n, enum period_unit *unit)
{
    struct lexer before = p->lx;
    struct token *t = &p->lx.tok;
    p->lx.diags = NULL;
    lex_next(&p->lx);
    bool is_count = t->kind == TOK_NUM && t->num.scale == 0 && t->num.m >= 1 && t->num.m <= 99;
    if (!is_count || !parse_is_years(t->unit)) {
        p->lx = before;
        return false;
    }
    p->lx.diags = before.diags;
    *n = (uint32_t)t->num.m;
    bool bare = t->unit == NULL;
    lex_next(&p->lx);
    if (bare && t->kind == TOK_NAME && str_starts(t->text, S("quarter"))) {
        *unit = PERIOD_QUARTER;
        lex_next(&p->lx);
    }
    return true;
}

bool parse_span(struct parser *p, uint32_t *n, enum period_unit *unit)
{
    struct token *t = &p->lx.tok;
    *unit = PERIOD_YEAR;
    if (t->kind != TOK_NAME || t->quoted)
        return false;
    if (t->word == W_X_LAST)
        return last_periods(p, n, unit);
    Str rest = t->text;
    if (!str_starts(rest, S("近")))
        return false;
    rest = str_sub(rest, S("近").n, rest.n);
    uint32_t value = 0;
    size_t i = 0;
    for (; i < rest.n && i < 2 && rest.p[i] >= '0' && rest.p[i] <= '9'; i++)
        value = value * 10 + (uint32_t)(rest.p[i] - '0');
    Str tail = str_sub(rest, i, rest.n);
    if (value == 0 || (!str_eq(tail, S("年")) && !str_eq(tail, S("季"))))
        return false;
    *n = value;
    *unit = str_eq(tail, S("季")) ? PERIOD_QUARTER : PERIOD_YEAR;
    lex_next(&p->lx);
    return true;
}

bool parse_within(struct parser *p, struct pop *pop)
{
    struct expr *by[16];
    uint32_t n = 0;
    while (p->lx.tok.kind == TOK_NAME) {
        if (n == ARRAY_N(by))
            return parse_fail(p, "最多 16 个分组 at most 16 groups") != NULL;
        by[n++] = make_name(p->arena, p->lx.tok.text, p->lx.tok.span);
        lex_next(&p->lx);
        if (lex_is(&p->lx, ';'))
            lex_next(&p->lx);
    }
    if (n == 0)
        return parse_fail(p, "分组的名字 name of a group") != NULL;
    if (n == 1 && word_find(WORD_SCOPES, by[0]->name, NULL) == W_SC_ALL)
        return true;
    pop->by = ARENA_ARRAY(p->arena, struct expr *, n);
    memcpy(pop->by, by, n * sizeof(struct expr *));
    pop->by_n = n;
    return true;
}

static const struct {
    enum word_class cls;
    enum word word;
    enum pop_method method;
} methods[] = {
    {WORD_METHODS, W_PM_MID, PCT_MID},      {WORD_METHODS, W_PM_MIN, PCT_MIN},
    {WORD_METHODS, W_PM_CUM, PCT_CUM},      {WORD_METHODS, W_PM_OPEN, PCT_OPEN},
    {WORD_METHODS, W_PM_SAMPLE, SD_SAMPLE}, {WORD_METHODS, W_PM_ALL, SD_ALL},
    {WORD_TIESES, W_TIE_MIN, TIES_MIN},     {WORD_TIESES, W_TIE_MAX, TIES_MAX},
    {WORD_TIESES, W_TIE_MEAN, TIES_MEAN},   {WORD_TIESES, W_TIE_DENSE, TIES_DENSE},
};

static bool method_option(struct parser *p, enum word_class cls, struct pop *pop)
{
    enum word w = p->lx.tok.kind == TOK_NAME ? word_find(cls, p->lx.tok.text, NULL) : W_NONE;
    for (size_t i = 0; i < ARRAY_N(methods); i++)
        if (methods[i].cls == cls && methods[i].word == w) {
            pop->method = methods[i].method;
            lex_next(&p->lx);
            return true;
        }
    return parse_fail(p, cls == WORD_TIESES ? "取小 取大 平均 密集"
                                            : "半秩 最低秩 累积 去端 样本 总体") != NULL;
}

static bool order_option(struct parser *p, struct pop *pop)
{
    enum word w =
        p->lx.tok.kind == TOK_NAME ? word_find(WORD_ORDERS, p->lx.tok.text, NULL) : W_NONE;
    if (w == W_NONE)
        return parse_fail(p, "升 降") != NULL;
    pop->ascending = w == W_O_ASC;
    lex_next(&p->lx);
    return true;
}

static bool min_group_option(struct parser *p, struct pop *pop)
{
    struct token *t = &p->lx.tok;
    bool counts =
        t->kind == TOK_NUM && (t->unit == NULL || (t->unit->num == 1 && t->unit->den == 1));
    if (!counts || t->num.scale != 0 || t->num.m < 1 || t->num.m > 1000000)
        return parse_fail(p, "整数 whole number") != NULL;
    pop->min_group = (uint32_t)t->num.m;
    lex_next(&p->lx);
    return true;
}

static bool bound_option(struct parser *p, struct expr **out)
{
    *out = parse_one(p);
    return *out != NULL;
}

/* Is the current word an option's keyword? It is when a value follows it. */
static bool option_ahead(const struct parser *p)
{
    enum word w = p->lx.tok.kind == TOK_NAME && !p->lx.tok.quoted ? p->lx.tok.word : W_NONE;
    if (w < W_X_WITHIN || w > W_X_ORDER || w == W_X_LAST)
        return false;
    struct lexer ahead = p->lx;
    ahead.diags = NULL;
    lex_next(&ahead);
    return ahead.tok.kind == TOK_NUM || ahead.tok.kind == TOK_NAME || ahead.tok.kind == TOK_DAY ||
           lex_is(&ahead, '-') || lex_is(&ahead, '(');
}

/* One option; *is_option false: the text here is a plain argument. */
static bool take_option(struct parser *p, struct call *c, bool *is_option)
{
    *is_option = true;
    if (parse_span(p, &c->span_n, &c->period))
        return true;
    if (!option_ahead(p)) {
        *is_option = false;
        return true;
    }
    enum word w = p->lx.tok.word;
    lex_next(&p->lx);
    c->has_pop |= w != W_X_SINCE;
    switch ((int)w) {
    case W_X_WITHIN: return parse_within(p, &c->pop);
    case W_X_METHOD: return method_option(p, WORD_METHODS, &c->pop);
    case W_X_TIES: return method_option(p, WORD_TIESES, &c->pop);
    case W_X_ORDER: return order_option(p, &c->pop);
    case W_X_MIN_GROUP: return min_group_option(p, &c->pop);
    case W_X_LOW: return bound_option(p, &c->pop.lo);
    case W_X_HIGH: return bound_option(p, &c->pop.hi);
    default: return bound_option(p, &c->since);
    }
}

static bool take_args(struct parser *p, struct call *c)
{
    if (parse_take(p, ')'))
        return true;
    do {
        bool is_option;
        if (!take_option(p, c, &is_option))
            return false;
        if (is_option)
            continue;
        if (c->arg_n == ARRAY_N(c->arg))
            return parse_fail(p, "最多 64 个参数 at most 64 arguments") != NULL;
        struct expr *e = parse_one(p);
        if (e == NULL)
            return false;
        c->arg[c->arg_n++] = e;
    } while (parse_take(p, ','));
    if (!parse_take(p, ')'))
        return parse_fail(p, "，或 ）") != NULL;
    return true;
}

/* Wrong number of arguments, or options the function does not take? */
static bool check_call(struct parser *p, const struct call *c, Str name, Span at)
{
    int n = (int)c->arg_n;
    if (n < c->info->min_args || (c->info->max_args >= 0 && n > c->info->max_args)) {
        Str want = arena_fmt(p->arena, c->info->max_args < 0 ? "≥%d" : "%d", c->info->min_args);
        if (c->info->max_args > c->info->min_args)
            want = arena_fmt(p->arena, "%d~%d", c->info->min_args, c->info->max_args);
        return parse_report(p, DIAG_FUNC_ARGS, at, name, want, arena_fmt(p->arena, "%d", n)) !=
               NULL;
    }
    bool spans = c->span_n > 0 || c->since != NULL;
    bool wrong = (c->has_pop && c->info->cls != OPC_POP) || (spans && c->info->cls != OPC_SPAN) ||
                 (c->since != NULL && c->span_n == 0) || (c->span_n > 0 && n != 1);
    if (wrong)
        return parse_report(p, DIAG_FUNC_OPTION, at, name, NO_ARG, NO_ARG) != NULL;
    return true;
}

/* The second argument, a literal of at most `most` (<= 255): years, or decimals without a unit. */
static bool literal_of(const struct call *c, Wide most, uint8_t *out)
{
    const struct expr *e = c->arg[1];
    bool number = e->kind == EXPR_CONST && e->type.kind == TYPE_NUM && e->type.scale == 0;
    bool unit = c->op == OP_AGO ? parse_is_years(e->unit) : e->unit == NULL;
    if (!number || !unit || e->value.lo > most)
        return false;
    *out = (uint8_t)e->value.lo;
    return true;
}

static struct expr *finish_at(struct parser *p, const struct call *c, struct expr *e)
{
    e->kind = EXPR_AT;
    e->period = PERIOD_YEAR;
    e->at = -1;
    e->arg_n = 1;
    if (c->op == OP_PREV)
        return e;
    uint8_t n;
    if (!literal_of(c, 100, &n))
        return parse_report(p, DIAG_FUNC_LITERAL, c->arg[1]->span, str_of(c->info->zh), NO_ARG,
                            NO_ARG);
    e->at = -n;
    return e;
}

static const struct {
    enum op op;
    enum rounding how;
} rounds[] = {{OP_ROUND, ROUND_HALF_UP},
              {OP_ROUND_DOWN, ROUND_DOWN},
              {OP_ROUND_UP, ROUND_UP},
              {OP_ROUND_EVEN, ROUND_HALF_EVEN},
              {OP_FLOOR, ROUND_FLOOR}};

/* All the roundings become OP_ROUND with a literal number of decimals. */
static struct expr *finish_round(struct parser *p, const struct call *c, struct expr *e)
{
    uint8_t n = 0;
    if (c->arg_n == 2 && !literal_of(c, 18, &n))
        return parse_report(p, DIAG_FUNC_LITERAL, c->arg[1]->span, str_of(c->info->zh), NO_ARG,
                            NO_ARG);
    for (size_t i = 0; i < ARRAY_N(rounds); i++)
        if (rounds[i].op == c->op)
            e->how = rounds[i].how;
    e->op = OP_ROUND;
    e->arg_n = 1;
    e->round_to = n;
    return e;
}

static struct expr *finish(struct parser *p, const struct call *c, struct expr *e)
{
    switch ((int)c->op) {
    case OP_PREV:
    case OP_AGO: return finish_at(p, c, e);
    case OP_ROUND:
    case OP_ROUND_DOWN:
    case OP_ROUND_UP:
    case OP_ROUND_EVEN:
    case OP_FLOOR: return finish_round(p, c, e);
    case OP_CAP: e->op = OP_MIN; return e;
    case OP_FLOOR_AT: e->op = OP_MAX; return e;
    default: break;
    }
    if (c->info->cls == OPC_POP) {
        e->kind = EXPR_POP;
        e->pop = ARENA_NEW(p->arena, struct pop);
        *e->pop = c->pop;
    } else if (c->info->cls == OPC_SPAN &&
               (c->span_n > 0 || (c->op != OP_SUM && c->op != OP_MEAN))) {
        if (c->span_n == 0 && c->op != OP_GROWTH && c->op != OP_CARRY)
            return parse_report(p, DIAG_FUNC_SPAN, e->span, str_of(c->info->zh), NO_ARG, NO_ARG);
        e->kind = EXPR_SPAN;
        e->span_n = c->span_n > 0 ? c->span_n : c->op == OP_GROWTH ? 2 : 3;
        e->period = c->span_n > 0 ? c->period : PERIOD_YEAR;
        e->since = c->since;
    }
    return e;
}

struct expr *parse_call(struct parser *p, Str name, Span at)
{
    struct call c = {.op = find_function(name)};
    if (c.op == OP_NONE)
        return parse_report(p, DIAG_FUNC_UNKNOWN, at, name, near_function(name), NO_ARG);
    c.info = op_info(c.op);
    lex_next(&p->lx); /* the ( */
    if (!take_args(p, &c) || !check_call(p, &c, name, at))
        return NULL;
    struct expr **arg = ARENA_ARRAY(p->arena, struct expr *, c.arg_n + 1);
    memcpy(arg, c.arg, c.arg_n * sizeof(struct expr *));
    Span whole = {at.beg, p->lx.tok.span.beg > at.end ? p->lx.tok.span.beg : at.end};
    struct expr *e = make_opn(p->arena, c.op, arg, c.arg_n, whole);
    e->name = name;
    return finish(p, &c, e);
}
