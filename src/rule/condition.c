#include "rule/condition.h"

#include "base/arena.h"
#include "base/str.h"
#include "col/dataset.h"
#include "rule/parse.h"
#include "rule/resolve_int.h"

/* What one more use of an operator costs, a comparison being 1: measured on rows that are definite,
 * with exact decimals. */
static uint32_t op_cost(enum op op)
{
    switch ((int)op) {
    case OP_MUL: return 2;
    case OP_DIV:
    case OP_GOALPOST:
    case OP_ATTAIN:
    case OP_GROWTH: return 10;
    case OP_SQRT:
    case OP_STARTS: return 30;
    case OP_LN:
    case OP_LOG10:
    case OP_EXP:
    case OP_POW:
    case OP_CAGR: return 300;
    case OP_UNSKEW: return 500;
    default: return op_info(op)->cls == OPC_POP ? 100 : 1;
    }
}

/* Upper bound of the work: a function over periods does that of its operand in each. Trees share
 * parts, so the walk itself has to stop at the maximum. */
static bool add_cost(uint64_t *cost, uint64_t times, uint64_t max, const struct expr *e)
{
    if (e == NULL)
        return true;
    if (e->kind == EXPR_SPAN)
        times *= e->span_n;
    *cost += times * (e->kind == EXPR_NAME || e->kind == EXPR_CONST ? 1 : op_cost(e->op));
    if (*cost > max)
        return false;
    bool ok = add_cost(cost, times, max, e->since);
    for (uint32_t i = 0; i < e->arg_n && ok; i++)
        ok = add_cost(cost, times, max, e->arg[i]);
    for (uint32_t i = 0; e->pop != NULL && i < e->pop->by_n && ok; i++)
        ok = add_cost(cost, times, max, e->pop->by[i]);
    return ok;
}

static bool is_text_name(const struct builder *b, const struct expr *e)
{
    int64_t at = e->kind == EXPR_NAME ? names_get(b->names, e->name) : -1;
    if (at < 0)
        return false;
    return at & NAME_ITEM_BIT ? b->r->item[at & ~(int64_t)NAME_ITEM_BIT].type.kind == TYPE_TEXT
                              : b->r->field[at].type.kind == TYPE_TEXT;
}

/* 主产业链 = 智能装备: opposite a text a name that nothing has is one itself. */
static void name_to_text(const struct builder *b, struct expr *e)
{
    for (uint32_t i = 0; e->kind == EXPR_OP && (e->op == OP_EQ || e->op == OP_NE) && i < 2; i++) {
        struct expr *x = e->arg[i];
        if (x->kind != EXPR_NAME || names_get(b->names, x->name) >= 0 ||
            !is_text_name(b, e->arg[1 - i]))
            continue;
        x->kind = EXPR_CONST;
        x->type = (Type){.kind = TYPE_TEXT};
    }
    for (uint32_t i = 0; i < e->arg_n; i++)
        name_to_text(b, e->arg[i]);
}

/* Texts by the codes of the data. */
static void use_labels(struct expr *e, struct labels *labels)
{
    if (e == NULL)
        return;
    if (e->kind == EXPR_CONST && e->type.kind == TYPE_TEXT) {
        e->ref = labels_code(labels, e->name);
        e->value = (Cell){e->ref, e->ref};
    }
    for (uint32_t i = 0; i < e->arg_n; i++)
        use_labels(e->arg[i], labels);
}

static void open_builder(struct builder *b, const struct rules *base)
{
    struct rules *r = b->r;
    *r = *base;
    r->field = ARENA_ARRAY(b->keep, struct field, base->field_n);
    r->item = ARENA_ARRAY(b->keep, struct item, base->item_n + 1);
    b->item_cap = base->item_n + 1;
    b->label_cap = base->label_n;
    b->names = names_open(b->keep);
    b->labels = names_open(b->keep);
    for (uint32_t i = 0; i < base->field_n; i++) {
        r->field[i] = base->field[i];
        if (r->field[i].name.n > 0)
            (void)names_add(b->names, r->field[i].name, i); /* were so in `base` */
    }
    for (uint32_t i = 0; i < base->item_n; i++) {
        r->item[i] = base->item[i];
        if (r->item[i].name.n > 0)
            (void)names_add(b->names, r->item[i].name, (int64_t)i | NAME_ITEM_BIT); /* the same */
    }
}

/* The items of `base` are typed and their expressions belong to others. */
static bool resolve_alone(struct builder *b, struct expr *e)
{
    struct rules *r = b->r;
    struct resolver rs = {.b = b, .order_n = r->item_n};
    rs.state = ARENA_ARRAY(b->keep, uint8_t, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++)
        rs.state[i] = ITEM_DONE;
    return resolve_expr(&rs, e) && want_kind(&rs, e, TYPE_TRUTH);
}

/* A gate for each part of an 且, or of all that is to hold. */
static void split(struct builder *b, struct expr *e, Str name, Span all)
{
    struct rules *r = b->r;
    if (e->kind == EXPR_OP && e->op == OP_AND) {
        for (uint32_t i = 0; i < e->arg_n; i++)
            split(b, e->arg[i], name, all);
        return;
    }
    size_t n = r->item_n;
    VEC_PUSH(b->keep, r->item, n, b->item_cap) = (struct item){.kind = ITEM_GATE,
                                                               .name = name,
                                                               .span = all,
                                                               .type = {.kind = TYPE_TRUTH},
                                                               .expr = e,
                                                               .parent = -1,
                                                               .pass = -1,
                                                               .rank = -1,
                                                               .review = -1,
                                                               .on_unknown = TRUTH_UNKNOWN};
    r->item_n = (uint32_t)n;
}

static void order_items(struct builder *b, const struct rules *base)
{
    struct rules *r = b->r;
    r->order = ARENA_ARRAY(b->keep, uint32_t, r->item_n);
    for (uint32_t i = 0; i < r->item_n; i++)
        r->order[i] = i < base->item_n ? base->order[i] : i;
}

enum status rule_condition(struct arena *keep, struct rules **out, const struct rules *base,
                           const struct condition *c, struct diags *ds)
{
    struct rules *r = *out = ARENA_NEW(keep, struct rules);
    struct builder b = {.keep = keep, .diags = ds, .r = r};
    open_builder(&b, base);
    Span all = {0, (uint32_t)c->text.n};
    uint64_t cost = 0;
    struct expr *e = c->also;
    if (c->text.n > 0) {
        struct expr *read = parse_expr(keep, (Text){c->text, all}, ds);
        if (read == NULL)
            return ERR_INPUT;
        e = e == NULL ? read : make_op2(keep, OP_AND, read, e);
    }
    ASSERT(e != NULL);
    if (!add_cost(&cost, 1, c->cost_max, e))
        return ERR_LIMIT;
    name_to_text(&b, e);
    if (!resolve_alone(&b, e))
        return ERR_INPUT;
    use_labels(e, c->labels);
    split(&b, e, c->text, all);
    order_items(&b, base);
    r->label = base->label; /* texts of the condition have codes of the data instead */
    r->label_n = base->label_n;
    return OK;
}
