#include "rule/make.h"

struct expr *make_expr(struct arena *keep, enum expr_kind kind, Span span)
{
    struct expr *e = ARENA_NEW(keep, struct expr);
    e->kind = kind;
    e->span = span;
    return e;
}

struct expr *make_num(struct arena *keep, Dec value, Span span)
{
    struct expr *e = make_expr(keep, EXPR_CONST, span);
    Dec d = dec_trim(value);
    e->type = (Type){.kind = TYPE_NUM, .scale = (uint8_t)d.scale};
    e->value = (Cell){d.m, d.m};
    return e;
}

struct expr *make_int(struct arena *keep, int64_t n, Span span)
{
    return make_num(keep, dec_int(n), span);
}

struct expr *make_truth(struct arena *keep, enum truth t, Span span)
{
    struct expr *e = make_expr(keep, EXPR_CONST, span);
    e->type.kind = TYPE_TRUTH;
    e->value = (Cell){t, t};
    return e;
}

struct expr *make_unknown_num(struct arena *keep, Span span)
{
    struct expr *e = make_int(keep, 0, span);
    e->value = CELL_UNKNOWN;
    return e;
}

struct expr *make_name(struct arena *keep, Str name, Span span)
{
    struct expr *e = make_expr(keep, EXPR_NAME, span);
    e->name = name;
    return e;
}

struct expr *make_field(struct arena *keep, uint32_t field, Span span)
{
    struct expr *e = make_expr(keep, EXPR_FIELD, span);
    e->ref = field;
    return e;
}

struct expr *make_item(struct arena *keep, uint32_t item, Span span)
{
    struct expr *e = make_expr(keep, EXPR_ITEM, span);
    e->ref = item;
    return e;
}

struct expr *make_opn(struct arena *keep, enum op op, struct expr **arg, uint32_t arg_n, Span span)
{
    struct expr *e = make_expr(keep, EXPR_OP, span);
    e->op = op;
    e->arg = arg;
    e->arg_n = arg_n;
    for (uint32_t i = 0; i < arg_n; i++)
        if (arg[i]->height >= e->height)
            e->height = (uint16_t)(arg[i]->height + 1);
    return e;
}

struct expr *make_op1(struct arena *keep, enum op op, struct expr *a)
{
    struct expr **arg = ARENA_ARRAY(keep, struct expr *, 1);
    arg[0] = a;
    return make_opn(keep, op, arg, 1, a->span);
}

static Span cover(Span a, Span b)
{
    return (Span){a.beg < b.beg ? a.beg : b.beg, a.end > b.end ? a.end : b.end};
}

struct expr *make_op2(struct arena *keep, enum op op, struct expr *a, struct expr *b)
{
    struct expr **arg = ARENA_ARRAY(keep, struct expr *, 2);
    arg[0] = a;
    arg[1] = b;
    return make_opn(keep, op, arg, 2, cover(a->span, b->span));
}

struct expr *make_op3(struct arena *keep, enum op op, struct expr *a, struct expr *b,
                      struct expr *c)
{
    struct expr **arg = ARENA_ARRAY(keep, struct expr *, 3);
    arg[0] = a;
    arg[1] = b;
    arg[2] = c;
    return make_opn(keep, op, arg, 3, a->span);
}

struct expr *make_round(struct arena *keep, struct expr *x, uint8_t digits, enum rounding how)
{
    struct expr *e = make_op1(keep, OP_ROUND, x);
    e->round_to = digits;
    e->how = how;
    return e;
}

bool expr_const_num(const struct expr *e, Wide *m, int *scale)
{
    bool neg = e->kind == EXPR_OP && e->op == OP_NEG;
    const struct expr *c = neg ? e->arg[0] : e;
    if (c->kind != EXPR_CONST || (c->type.kind != TYPE_NUM && c->type.kind != TYPE_DAY) ||
        NEVER(c->value.lo != c->value.hi)) /* an interval is written as OP_RANGE */
        return false;
    *m = neg ? -c->value.lo : c->value.lo;
    *scale = c->type.scale;
    return true;
}
