/* parse_cell.c - what a cell of a decision table tests: `>= 5%`, `(0, 5万元]`, `高; 低`, `-`. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "rule/make.h"
#include "rule/parse.h"

enum { TESTS_MAX = 64 };

bool parse_interval(struct parser *p, struct test *out)
{
    *out = (struct test){.kind = TEST_RANGE};
    Span at = p->lx.tok.span;
    out->lo_in = lex_is(&p->lx, '[');
    ASSERT(out->lo_in || lex_is(&p->lx, '('));
    lex_next(&p->lx);
    if (!lex_is(&p->lx, ',') && (out->lo = parse_one(p)) == NULL)
        return false;
    if (!parse_take(p, ','))
        return parse_fail(p, "，") != NULL;
    if (!lex_is(&p->lx, ']') && !lex_is(&p->lx, ')') && (out->hi = parse_one(p)) == NULL)
        return false;
    out->hi_in = lex_is(&p->lx, ']');
    out->span = (Span){at.beg, p->lx.tok.span.end};
    if (!parse_take(p, ']') && !parse_take(p, ')'))
        return parse_fail(p, "] 或 ）") != NULL;
    return true;
}

static bool take_compare(struct parser *p, struct test *t)
{
    enum op op = OP_EQ;
    if (p->lx.tok.kind == TOK_PUNCT) {
        switch (p->lx.tok.punct) {
        case '<': op = OP_LT; break;
        case '>': op = OP_GT; break;
        case PUNCT_LE: op = OP_LE; break;
        case PUNCT_GE: op = OP_GE; break;
        case PUNCT_NE: op = OP_NE; break;
        case '=': break;
        default: op = OP_NONE; break;
        }
        if (op != OP_NONE)
            lex_next(&p->lx);
        else
            op = OP_EQ;
    }
    t->kind = TEST_CMP;
    t->op = op;
    t->lo = parse_one(p);
    if (t->lo != NULL)
        t->span.end = t->lo->span.end;
    return t->lo != NULL;
}

static bool take_number_test(struct parser *p, struct test *t)
{
    *t = (struct test){.span = p->lx.tok.span};
    if (lex_is(&p->lx, '[') || lex_is(&p->lx, '('))
        return parse_interval(p, t);
    return take_compare(p, t);
}

static bool number_cell(struct parser *p, struct test *out, uint32_t *n)
{
    do {
        if (*n == TESTS_MAX)
            return parse_fail(p, "最多 64 项 at most 64 tests") != NULL;
        if (!take_number_test(p, &out[(*n)++]))
            return false;
    } while (parse_take(p, ';'));
    if (p->lx.tok.kind != TOK_END)
        return parse_fail(p, "；或结尾 ; or the end") != NULL;
    return true;
}

static struct expr *label_node(struct arena *keep, Str text, Span span)
{
    struct expr *e = make_expr(keep, EXPR_CONST, span);
    e->type.kind = TYPE_TEXT;
    e->name = text;
    return e;
}

static const Str quote_open[] = {{"\"", 1}, {"“", 3}}, quote_close[] = {{"\"", 1}, {"”", 3}};

static Str unquote(Str s)
{
    for (size_t i = 0; i < ARRAY_N(quote_open); i++)
        if (s.n >= quote_open[i].n + quote_close[i].n && str_starts(s, quote_open[i]) &&
            str_ends(s, quote_close[i]))
            return str_sub(s, quote_open[i].n, s.n - quote_close[i].n);
    return s;
}

/* Where the next ; ； or 、 stands, or s.n; *len is its bytes. */
static size_t mark_in(Str s, size_t *len)
{
    static const Str marks[] = {{";", 1}, {"；", 3}, {"、", 3}};
    size_t best = s.n;
    *len = 0;
    for (size_t i = 0; i < ARRAY_N(marks); i++) {
        size_t at = str_find(s, marks[i]);
        if (at < best) {
            best = at;
            *len = marks[i].n;
        }
    }
    return best;
}

/* The mark that ends a label; those inside quotes around all of it are its own. */
static size_t label_end(Str s, size_t *len)
{
    for (size_t i = 0; i < ARRAY_N(quote_open); i++) {
        Str open = quote_open[i], close = quote_close[i];
        Str in = str_starts(s, open) ? str_sub(s, open.n, s.n) : S("");
        size_t at = str_find(in, close);
        if (at == in.n)
            continue;
        Str behind = str_sub(in, at + close.n, in.n);
        size_t end = mark_in(behind, len);
        if (str_trim(str_sub(behind, 0, end)).n == 0)
            return s.n - behind.n + end;
    }
    return mark_in(s, len);
}

/* 高; 较高   <> 无   31* : labels are taken as they stand, quotes are optional. */
static bool text_cell(struct parser *p, struct test *out, uint32_t *n, Text cell)
{
    Str rest = cell.s;
    enum op op = OP_EQ;
    static const Str not_equal[] = {{"<>", 2}, {"≠", 3}, {"!=", 2}};
    for (size_t i = 0; i < ARRAY_N(not_equal); i++)
        if (str_starts(rest, not_equal[i])) {
            op = OP_NE;
            rest = str_trim(str_sub(rest, not_equal[i].n, rest.n));
        }
    if (str_starts(rest, S("=")))
        rest = str_trim(str_sub(rest, 1, rest.n));
    do {
        rest = str_trim(rest);
        size_t len, end = label_end(rest, &len);
        Str one = str_trim(str_sub(rest, 0, end));
        rest = str_sub(rest, end + len, rest.n);
        if (*n == TESTS_MAX || (op == OP_NE && *n > 0) || one.n == 0)
            return parse_fail(p, "文本 a label") != NULL;
        struct test *t = &out[(*n)++];
        bool prefix = str_ends(one, S("*"));
        *t = (struct test){.kind = prefix ? TEST_PREFIX : TEST_CMP, .op = op, .span = cell.span};
        if (prefix)
            one = str_sub(one, 0, one.n - 1);
        t->lo = label_node(p->arena, name_fold(p->arena, unquote(one)), cell.span);
    } while (rest.n > 0);
    return true;
}

bool parse_cell(struct arena *keep, struct cell_test *out, Text cell, bool text_input,
                struct diags *ds)
{
    static const Str any[] = {{"-", 1}, {"—", 3}, {"－", 3}, {"", 0}};
    struct test found[TESTS_MAX];
    uint32_t n = 0;
    out->span = cell.span;
    struct parser p;
    parse_open(&p, keep, (Text){S(""), cell.span}, ds);
    for (size_t i = 0; i < ARRAY_N(any); i++)
        if (str_eq(cell.s, any[i])) {
            found[0] = (struct test){.kind = TEST_ANY, .span = cell.span};
            n = 1;
        }
    if (n == 0 && text_input) {
        if (!text_cell(&p, found, &n, cell))
            return false;
    } else if (n == 0) {
        parse_open(&p, keep, cell, ds);
        if (!number_cell(&p, found, &n))
            return false;
    }
    out->test = ARENA_ARRAY(keep, struct test, n);
    for (uint32_t i = 0; i < n; i++)
        out->test[i] = found[i];
    out->test_n = n;
    return true;
}
