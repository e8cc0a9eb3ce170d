#include "base/diag.h"
#include "base/str.h"
#include "rule/make.h"
#include "rule/parse.h"

static struct expr *parse_if(struct parser *p);

void parse_open(struct parser *p, struct arena *keep, Text source, struct diags *ds)
{
    *p = (struct parser){.arena = keep, .diags = ds};
    lex_open(&p->lx, keep, source, ds);
}

static Str token_text(const struct parser *p)
{
    Span s = p->lx.tok.span;
    uint32_t base = p->lx.source.span.beg;
    if (p->lx.tok.kind == TOK_END)
        return S("…");
    return str_sub(p->lx.source.s, s.beg - base, s.end - base);
}

struct expr *parse_report(struct parser *p, enum diag_code code, Span at, Str a0, Str a1, Str a2)
{
    if (!p->failed && !p->lx.failed)
        (void)diag_add(p->diags, code, at, a0, a1, a2);
    p->failed = true;
    return NULL;
}

struct expr *parse_fail(struct parser *p, const char *wanted)
{
    enum diag_code code = p->lx.tok.kind == TOK_END ? DIAG_EXPR_END : DIAG_EXPR_EXPECT;
    return parse_report(p, code, p->lx.tok.span, str_of(wanted), token_text(p), NO_ARG);
}

bool parse_take(struct parser *p, char punct)
{
    if (!lex_is(&p->lx, punct))
        return false;
    lex_next(&p->lx);
    return true;
}

bool parse_take_word(struct parser *p, enum word w)
{
    if (!lex_word(&p->lx, w))
        return false;
    lex_next(&p->lx);
    return true;
}

static Span upto(Span beg, const struct expr *last)
{
    return (Span){beg.beg, last->span.end};
}

static struct expr *too_deep(struct parser *p)
{
    return parse_report(p, DIAG_EXPR_DEPTH, p->lx.tok.span, NO_ARG, NO_ARG, NO_ARG);
}

/* NULL if there is no `b`. Long chains (a + b + c ..) nest to the left: their height is bounded as
 * brackets are. */
static struct expr *binary(struct parser *p, enum op op, struct expr *a, struct expr *b)
{
    if (b == NULL)
        return NULL;
    if (a->height >= EXPR_HEIGHT_MAX - 1 || b->height >= EXPR_HEIGHT_MAX - 1)
        return too_deep(p);
    struct expr *e = make_op2(p->arena, op, a, b);
    e->span = upto(a->span, b);
    return e;
}

/* The number of a token in base units: exact, but for units like 亩 (2000/3 ㎡), 12 decimals. */
static struct expr *number_node(struct parser *p)
{
    Dec d = p->lx.tok.num;
    const struct unit *u = p->lx.tok.unit;
    if (u != NULL && (u->num != 1 || u->den != 1)) {
        int scale = 0;
        int64_t den = u->den;
        for (; den % 10 == 0; den /= 10)
            scale++;
        if (den != 1)
            scale = 12;
        Wide m;
        bool ok = den == 1 ? wide_mul(&m, d.m, 0, u->num, 0, 0, ROUND_HALF_UP)
                           : wide_muldiv(&m, d.m, (Wide)u->num * wide_pow10(scale), u->den,
                                         ROUND_HALF_UP);
        if (!ok || d.scale + scale > DEC_SCALE_MAX)
            return parse_fail(p, "数值 number");
        d = (Dec){m, d.scale + scale};
    }
    struct expr *e = make_num(p->arena, d, p->lx.tok.span);
    e->unit = u;
    if (u != NULL)
        e->type.dim = u->dim;
    lex_next(&p->lx);
    return e;
}

/* 上年, -1 or 2023 behind an @. */
static struct expr *parse_at(struct parser *p, struct expr *x)
{
    struct expr *e = make_expr(p->arena, EXPR_AT, x->span);
    e->arg = ARENA_ARRAY(p->arena, struct expr *, 1);
    e->arg[0] = x;
    e->arg_n = 1;
    e->period = PERIOD_YEAR;
    if (parse_take_word(p, W_X_PREV_YEAR)) {
        e->at = -1;
        return e;
    }
    bool back = parse_take(p, '-');
    const struct token *t = &p->lx.tok;
    if (t->kind != TOK_NUM || t->num.scale != 0 || t->num.m > 9999 || !parse_is_years(t->unit))
        return parse_fail(p, "年份 year, -1, 上年");
    e->at_abs = !back;
    e->at = back ? -(int)t->num.m : (int)t->num.m;
    lex_next(&p->lx);
    return e;
}

static struct expr *parse_name(struct parser *p)
{
    Span at = p->lx.tok.span;
    Str name = p->lx.tok.text;
    enum word w = p->lx.tok.word;
    bool quoted = p->lx.tok.quoted;
    lex_next(&p->lx);
    if (!quoted && lex_is(&p->lx, '('))
        return parse_call(p, name, at);
    if (!quoted && (w == W_X_AS_OF || w == W_X_YEAR))
        return make_expr(p->arena, w == W_X_AS_OF ? EXPR_AS_OF : EXPR_YEAR, at);
    if (!quoted) {
        enum word truth = word_find(WORD_TRUTHS, name, NULL);
        if (truth == W_TRUE_1 && (str_eq(name, S("是")) || str_eq(name, S("yes"))))
            return make_truth(p->arena, TRUTH_MET, at);
        if (truth == W_FALSE_1 && (str_eq(name, S("否")) || str_eq(name, S("no"))))
            return make_truth(p->arena, TRUTH_UNMET, at);
    }
    return make_name(p->arena, name, at);
}

static struct expr *parse_primary(struct parser *p)
{
    struct token *t = &p->lx.tok;
    struct expr *e = NULL;
    if (t->kind == TOK_NUM)
        return number_node(p);
    if (t->kind == TOK_TEXT) {
        e = make_expr(p->arena, EXPR_CONST, t->span);
        e->type.kind = TYPE_TEXT;
        e->name = t->text;
        lex_next(&p->lx);
        return e;
    }
    if (t->kind == TOK_DAY) {
        e = make_expr(p->arena, EXPR_CONST, t->span);
        e->type.kind = TYPE_DAY;
        e->value = (Cell){t->day, t->day};
        lex_next(&p->lx);
        return e;
    }
    if (parse_take(p, '(')) {
        e = parse_if(p);
        if (e != NULL && !parse_take(p, ')'))
            return parse_fail(p, "）");
        return e;
    }
    if (t->kind == TOK_NAME && (t->quoted || !word_is_reserved(t->word)))
        return parse_name(p);
    return parse_fail(p, "数值、名字或（ value, name or (");
}

static struct expr *parse_postfix(struct parser *p)
{
    struct expr *e = parse_primary(p);
    while (e != NULL && parse_take(p, '@'))
        e = parse_at(p, e);
    return e;
}

static struct expr *parse_unary(struct parser *p)
{
    if (++p->depth > PARSE_DEPTH_MAX)
        return too_deep(p);
    Span at = p->lx.tok.span;
    struct expr *e;
    if (parse_take(p, '-')) {
        e = parse_unary(p);
        if (e != NULL) {
            e = make_op1(p->arena, OP_NEG, e);
            e->span = upto(at, e->arg[0]);
        }
    } else {
        e = parse_postfix(p);
        if (e != NULL && parse_take(p, '^'))
            e = binary(p, OP_POW, e, parse_unary(p));
    }
    p->depth--;
    return e;
}

static struct expr *parse_term(struct parser *p)
{
    struct expr *e = parse_unary(p);
    while (e != NULL) {
        if (parse_take(p, '*'))
            e = binary(p, OP_MUL, e, parse_unary(p));
        else if (parse_take(p, '/'))
            e = binary(p, OP_DIV, e, parse_unary(p));
        else
            break;
    }
    return e;
}

static struct expr *parse_sum(struct parser *p)
{
    struct expr *e = parse_term(p);
    while (e != NULL) {
        if (parse_take(p, '+'))
            e = binary(p, OP_ADD, e, parse_term(p));
        else if (parse_take(p, '-'))
            e = binary(p, OP_SUB, e, parse_term(p));
        else if (parse_take(p, '~'))
            e = binary(p, OP_RANGE, e, parse_term(p));
        else
            break;
    }
    return e;
}

static enum op compare_op(const struct parser *p)
{
    if (p->lx.tok.kind != TOK_PUNCT)
        return OP_NONE;
    switch (p->lx.tok.punct) {
    case '=': return OP_EQ;
    case '<': return OP_LT;
    case '>': return OP_GT;
    case PUNCT_LE: return OP_LE;
    case PUNCT_GE: return OP_GE;
    case PUNCT_NE: return OP_NE;
    default: return OP_NONE;
    }
}

static struct expr *and_of(struct parser *p, struct expr *a, struct expr *b)
{
    return a == NULL ? b : binary(p, OP_AND, a, b);
}

/* x 在 [a, b)  ->  a <= x and x < b */
static struct expr *in_interval(struct parser *p, struct expr *x)
{
    struct test t;
    if (!parse_interval(p, &t))
        return NULL;
    struct expr *e = NULL;
    if (t.lo != NULL)
        e = binary(p, t.lo_in ? OP_GE : OP_GT, x, t.lo);
    if (t.hi != NULL)
        e = and_of(p, e, binary(p, t.hi_in ? OP_LE : OP_LT, x, t.hi));
    return e != NULL ? e : parse_fail(p, "区间的界限 a bound");
}

/* x 在 (甲; 乙)  ->  x = 甲 or x = 乙;  (1, 2] is an interval */
static struct expr *parse_in(struct parser *p, struct expr *x)
{
    if (lex_is(&p->lx, '['))
        return in_interval(p, x);
    struct parser save = *p;
    if (!parse_take(p, '('))
        return parse_fail(p, "[ 或 （");
    struct expr *e = NULL;
    if (!lex_is(&p->lx, ',') && (e = parse_sum(p)) == NULL)
        return NULL;
    if (e == NULL || lex_is(&p->lx, ',')) {
        *p = save;
        return in_interval(p, x);
    }
    e = binary(p, OP_EQ, x, e);
    while (e != NULL && parse_take(p, ';'))
        e = binary(p, OP_OR, e, binary(p, OP_EQ, x, parse_sum(p)));
    return parse_take(p, ')') ? e : parse_fail(p, "；或 ）");
}

static struct expr *parse_compare(struct parser *p)
{
    struct expr *left = parse_sum(p), *all = NULL;
    if (left != NULL && parse_take_word(p, W_X_IN))
        return parse_in(p, left);
    for (enum op op; left != NULL && (op = compare_op(p)) != OP_NONE;) {
        lex_next(&p->lx);
        struct expr *right = parse_sum(p);
        struct expr *e = binary(p, op, left, right);
        if (e == NULL)
            return NULL;
        all = and_of(p, all, e);
        left = right;
    }
    return all != NULL ? all : left;
}

static struct expr *parse_not(struct parser *p)
{
    Span at = p->lx.tok.span;
    bool negate = false;
    while (parse_take_word(p, W_X_NOT))
        negate = !negate;
    struct expr *e = lex_word(&p->lx, W_X_IF) ? parse_if(p) : parse_compare(p);
    if (negate && e != NULL) {
        e = make_op1(p->arena, OP_NOT, e);
        e->span = upto(at, e->arg[0]);
    }
    return e;
}

static struct expr *parse_chain(struct parser *p, enum word w)
{
    struct expr *e = w == W_X_OR ? parse_chain(p, W_X_AND) : parse_not(p);
    while (e != NULL && parse_take_word(p, w))
        e = binary(p, w == W_X_OR ? OP_OR : OP_AND, e,
                   w == W_X_OR ? parse_chain(p, W_X_AND) : parse_not(p));
    return e;
}

/* 如果 c 则 a 否则 b; a ladder of cases nests to the right. */
static struct expr *parse_if(struct parser *p)
{
    if (++p->depth > PARSE_DEPTH_MAX)
        return too_deep(p);
    struct expr *e;
    if (!parse_take_word(p, W_X_IF)) {
        e = parse_chain(p, W_X_OR);
    } else {
        struct expr *c = parse_chain(p, W_X_OR);
        if (c == NULL || !parse_take_word(p, W_X_THEN))
            return parse_fail(p, "则 then");
        struct expr *a = parse_if(p);
        if (a == NULL || !parse_take_word(p, W_X_ELSE))
            return parse_fail(p, "否则 else");
        struct expr *b = parse_if(p);
        e = b == NULL ? NULL : make_op3(p->arena, OP_IF, c, a, b);
    }
    p->depth--;
    return e;
}

struct expr *parse_one(struct parser *p)
{
    return parse_if(p);
}

struct expr *parse_expr(struct arena *keep, Text source, struct diags *ds)
{
    struct parser p;
    parse_open(&p, keep, source, ds);
    struct expr *e = parse_if(&p);
    if (e == NULL)
        return NULL;
    if (p.lx.tok.kind != TOK_END)
        return parse_fail(&p, "运算符或结尾 an operator or the end");
    return e;
}
