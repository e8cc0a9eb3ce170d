/* term.c - filter[字段]=值 as expressions: values become constants of the tree, never text that is
 * parsed, so that whatever stands in them they mean themselves. */
#include "query/query_int.h"
#include "rule/make.h"

static const char *const op_words[QUERY_OP_N] = {
    [QUERY_EQ] = "=",
    [QUERY_NE] = "!=",
    [QUERY_LT] = "<",
    [QUERY_LE] = "<=",
    [QUERY_GT] = ">",
    [QUERY_GE] = ">=",
    [QUERY_IN] = "in",
    [QUERY_BETWEEN] = "between",
    [QUERY_CONTAINS] = "contains",
    [QUERY_STARTS] = "starts",
    [QUERY_MISSING] = "missing",
    [QUERY_PRESENT] = "present",
};

const char *query_op_word(enum query_op op)
{
    return op_words[op];
}

bool query_op_read(enum query_op *out, Str word)
{
    for (int i = 0; i < QUERY_OP_N; i++)
        if (str_eq(word, str_of(op_words[i]))) {
            *out = (enum query_op)i;
            return true;
        }
    return false;
}

struct term {
    const struct asking *a;
    const struct query_term *t;
    struct place place;
    const struct field *f;
};

static const Span nowhere = {0, 0};

static enum status bad_value(const struct term *x, Str value)
{
    struct arena *tmp = x->a->tmp;
    Str wanted = x->f->ftype == FIELD_CHOICE ? S("") : rule_field_text(tmp, x->f, false);
    return diag_add(x->a->diags, DIAG_QUERY_VALUE, nowhere, x->t->field, value, wanted);
}

static bool is_option(const struct term *x, Str value)
{
    const struct labels *l = x->a->roster->data->labels;
    for (uint32_t i = 0; i < x->f->option_n; i++)
        if (str_eq(labels_text(l, x->f->option[i]), value))
            return true;
    return false;
}

/* One value as a constant of the field's type. */
static enum status constant(const struct term *x, Str raw, struct expr **out)
{
    struct arena *keep = x->a->tmp;
    Str value = str_trim(raw);
    struct expr *e = *out = make_expr(keep, EXPR_CONST, nowhere);
    e->type = x->f->type;
    if (value.n == 0 || utf8_bad_at(value) < value.n)
        return bad_value(x, value);
    if (x->f->type.kind == TYPE_TEXT) {
        e->name = arena_copy(keep, value);
        bool whole = x->t->op != QUERY_STARTS && x->f->ftype == FIELD_CHOICE;
        return whole && !is_option(x, value) ? bad_value(x, value) : OK;
    }
    struct field any = *x->f; /* what lies outside its range may be asked for */
    any.has_lo = any.has_hi = false;
    Text cell = {value, {0, (uint32_t)value.n}};
    enum status st =
        rule_read_cell(&e->value, x->a->roster->rules, &any, cell, labels_open(keep), NULL);
    return st == OK && e->value.lo == e->value.hi ? OK : bad_value(x, value);
}

/* The field, at the period that its name says. */
static struct expr *subject_of(const struct term *x)
{
    struct arena *keep = x->a->tmp;
    if (x->place.attached != NULL)
        return make_item(keep, x->place.attached->item, nowhere);
    struct expr *e = make_field(keep, x->place.field, nowhere);
    if (x->f->period == PERIOD_NONE)
        return e;
    struct expr *at = make_expr(keep, EXPR_AT, nowhere);
    at->arg = ARENA_ARRAY(keep, struct expr *, 1);
    at->arg[0] = e;
    at->arg_n = 1;
    at->period = x->f->period;
    at->at = x->place.period;
    at->at_abs = true;
    at->height = 1;
    return at;
}

static bool suits(const struct term *x)
{
    enum type_kind kind = x->f->type.kind;
    switch (x->t->op) {
    case QUERY_LT:
    case QUERY_LE:
    case QUERY_GT:
    case QUERY_GE:
    case QUERY_BETWEEN: return kind == TYPE_NUM || kind == TYPE_DAY;
    case QUERY_CONTAINS:
    case QUERY_STARTS: return kind == TYPE_TEXT;
    case QUERY_EQ:
    case QUERY_NE:
    case QUERY_IN:
    case QUERY_MISSING:
    case QUERY_PRESENT:
    case QUERY_OP_N: break;
    }
    return true;
}

static bool counts_right(const struct query_term *t)
{
    switch ((int)t->op) {
    case QUERY_MISSING:
    case QUERY_PRESENT: return t->value_n == 0;
    case QUERY_BETWEEN: return t->value_n == 2;
    case QUERY_IN: return t->value_n > 0;
    default: return t->value_n == 1;
    }
}

static enum status compare(const struct term *x, enum op op, size_t value, struct expr **out)
{
    struct expr *c;
    TRY(constant(x, x->t->value[value], &c));
    *out = make_op2(x->a->tmp, op, subject_of(x), c);
    return OK;
}

/* The values one after the other would make a tree as high as there are many. */
static enum status any_of(const struct term *x, struct expr **out)
{
    struct expr **e = ARENA_ARRAY(x->a->tmp, struct expr *, x->t->value_n);
    for (size_t i = 0; i < x->t->value_n; i++)
        TRY(compare(x, OP_EQ, i, &e[i]));
    *out = make_opn(x->a->tmp, OP_OR, e, (uint32_t)x->t->value_n, nowhere);
    return OK;
}

static enum status term_expr(const struct term *x, struct expr **out)
{
    static const enum op as[QUERY_OP_N] = {
        [QUERY_EQ] = OP_EQ, [QUERY_NE] = OP_NE, [QUERY_LT] = OP_LT,         [QUERY_LE] = OP_LE,
        [QUERY_GT] = OP_GT, [QUERY_GE] = OP_GE, [QUERY_STARTS] = OP_STARTS,
    };
    struct arena *keep = x->a->tmp;
    switch ((int)x->t->op) {
    case QUERY_IN: return any_of(x, out);
    case QUERY_MISSING:
    case QUERY_PRESENT:
        *out = make_op1(keep, OP_MISSING, subject_of(x));
        if (x->t->op == QUERY_PRESENT)
            *out = make_op1(keep, OP_NOT, *out);
        return OK;
    case QUERY_BETWEEN: {
        struct expr *from, *to;
        TRY(compare(x, OP_GE, 0, &from));
        TRY(compare(x, OP_LE, 1, &to));
        *out = make_op2(keep, OP_AND, from, to);
        return OK;
    }
    default: return compare(x, as[x->t->op], 0, out);
    }
}

static enum status term_read(struct terms *out, const struct asking *a, const struct query_term *t)
{
    struct term x = {.a = a, .t = t};
    struct expr *e;
    TRY(place_find(&x.place, a, t->field, PLACE_ASK));
    x.f = &a->roster->rules->field[x.place.field];
    if (!suits(&x))
        return diag_add(a->diags, DIAG_QUERY_OP, nowhere, t->field, str_of(op_words[t->op]),
                        NO_ARG);
    if (!counts_right(t))
        return diag_add(a->diags, DIAG_QUERY_VALUES, nowhere, t->field, NO_ARG, NO_ARG);
    if (t->op == QUERY_CONTAINS) {
        if (t->value[0].n == 0)
            return bad_value(&x, t->value[0]);
        out->contains[out->contains_n++] = (struct term_text){x.place, t->value[0]};
        return OK;
    }
    TRY(term_expr(&x, &e));
    out->all = out->all == NULL ? e : make_op2(a->tmp, OP_AND, out->all, e);
    return OK;
}

enum status terms_read(struct terms *out, const struct asking *a, const struct query_ask *ask)
{
    *out = (struct terms){.contains = ARENA_ARRAY(a->tmp, struct term_text, ask->term_n)};
    for (size_t i = 0; i < ask->term_n; i++)
        TRY(term_read(out, a, &ask->term[i]));
    return OK;
}
