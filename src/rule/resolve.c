/* resolve.c - names to fields and items, types and units, cell tests, and the order of evaluation.
 *
 * Depth first over items; an item is done once, in post-order, which is the order of evaluation. A
 * failed item is reported once and whatever stands on it stays silent. Trees may share nodes (forms
 * do), so everything here may run twice on a node with the same outcome.
 */
#include "base/buf.h"
#include "rule/resolve_int.h"

static const char *const kind_zh[] = {"未定", "数", "条件", "文本", "日期"};
static const char *const kind_en[] = {"nothing", "a number", "a condition", "a text", "a day"};

static Str kind_name(const struct resolver *rs, enum type_kind k)
{
    return str_of(rs->b->r->english ? kind_en[k] : kind_zh[k]);
}

bool want_kind(struct resolver *rs, const struct expr *e, enum type_kind k)
{
    if (e->type.kind == k)
        return true;
    (void)diag_add(rs->b->diags, DIAG_TYPE_MISMATCH, e->span, kind_name(rs, k),
                   kind_name(rs, e->type.kind), NO_ARG);
    return false;
}

static Str dim_name(struct resolver *rs, Dim d)
{
    struct buf b;
    buf_init(&b, rs->b->keep, 200);
    dim_print(&b, d, rs->b->r->english);
    return buf_str(&b);
}

bool want_plain(struct resolver *rs, const struct expr *e, Str who)
{
    if (!want_kind(rs, e, TYPE_NUM))
        return false;
    if (dim_is_none(e->type.dim))
        return true;
    (void)diag_add(rs->b->diags, DIAG_UNIT_BARE, e->span, who, dim_name(rs, e->type.dim), NO_ARG);
    return false;
}

/* Same kind, same dimension; a bare 0 takes the other's. The scale becomes the larger one. */
static bool unify(struct resolver *rs, Type *into, struct expr *e)
{
    if (into->kind == TYPE_NONE) {
        *into = e->type;
        return true;
    }
    if (!want_kind(rs, e, into->kind))
        return false;
    if (into->kind == TYPE_NUM && !dim_eq(into->dim, e->type.dim)) {
        if (!e->any_unit) {
            (void)diag_add(rs->b->diags, DIAG_UNIT_MISMATCH, e->span, dim_name(rs, into->dim),
                           dim_name(rs, e->type.dim), NO_ARG);
            return false;
        }
        e->type.dim = into->dim;
    }
    if (e->type.scale > into->scale)
        into->scale = e->type.scale;
    return true;
}

/* All of them alike. Bare zeros come last, so that they follow the others. */
bool unify_all(struct resolver *rs, Type *into, struct expr **e, uint32_t n, uint32_t step)
{
    for (int zeros = 0; zeros < 2; zeros++)
        for (uint32_t i = 0; i < n; i += step)
            if (e[i]->any_unit == (zeros == 1) && !unify(rs, into, e[i]))
                return false;
    return true;
}

static bool resolve_name(struct resolver *rs, struct expr *e)
{
    int64_t at = names_get(rs->b->names, e->name);
    if (at < 0) {
        (void)diag_add(rs->b->diags, DIAG_NAME_UNKNOWN, e->span, e->name,
                       build_near_name(rs->b, e->name), NO_ARG);
        return false;
    }
    e->kind = at & NAME_ITEM_BIT ? EXPR_ITEM : EXPR_FIELD;
    e->ref = (uint32_t)(at & ~(int64_t)NAME_ITEM_BIT);
    return true;
}

static bool resolve_const(struct resolver *rs, struct expr *e)
{
    if (e->type.kind == TYPE_TEXT) {
        e->ref = build_label(rs->b, e->name);
        e->value = (Cell){e->ref, e->ref};
    }
    if (e->type.kind == TYPE_NUM && e->unit == NULL && e->value.lo == 0)
        e->any_unit = true;
    return true;
}

/* Cells under a text never say an order: parse_cell takes them for labels. */
static bool resolve_test(struct resolver *rs, const struct expr *input, struct test *t)
{
    if (t->kind == TEST_ANY)
        return true;
    struct expr *end[2] = {t->lo, t->hi};
    for (int k = 0; k < 2; k++) {
        Type type = input->type;
        if (end[k] == NULL)
            continue;
        if (!resolve_expr(rs, end[k]) || !unify(rs, &type, end[k]))
            return false;
    }
    bool ordered =
        t->kind == TEST_RANGE || (t->kind == TEST_CMP && t->op != OP_EQ && t->op != OP_NE);
    if (input->type.kind != TYPE_TRUTH)
        return true;
    if (ordered)
        return want_kind(rs, input, TYPE_NUM);
    ASSERT(t->lo != NULL); /* only a range may lack it */
    if (t->lo->kind == EXPR_CONST)
        return true;
    (void)diag_add(rs->b->diags, DIAG_NEVER_EQUAL, t->lo->span, NO_ARG, NO_ARG, NO_ARG);
    return false;
}

static bool resolve_cell(struct resolver *rs, const struct table *t, uint32_t row, uint32_t in)
{
    struct cell_test *cell = &t->row[row].cell[in];
    const struct expr *input = t->input[in];
    if (cell->test_n == 0) {
        Text raw = t->md->row[t->row[row].md_row].cell[t->column[in]];
        raw.s = cell_text(rs->b->keep, raw.s);
        if (!parse_cell(rs->b->keep, cell, raw, input->type.kind == TYPE_TEXT, rs->b->diags)) {
            cell->test_n = 0;
            return false;
        }
    }
    for (uint32_t i = 0; i < cell->test_n; i++)
        if (!resolve_test(rs, input, &cell->test[i]))
            return false;
    return true;
}

/* Every cell is looked at, so that a table's errors come all at once. */
static bool resolve_table(struct resolver *rs, struct expr *e)
{
    struct table *t = e->table;
    bool ok = true;
    for (uint32_t i = 0; i < t->input_n; i++)
        ok &= resolve_expr(rs, t->input[i]);
    if (!ok)
        return false;
    Type type = {0};
    for (int zeros = 0; zeros < 2; zeros++)
        for (uint32_t r = 0; r < t->row_n; r++) {
            struct expr *result = t->row[r].result;
            if (zeros == 0 && !resolve_expr(rs, result))
                return false;
            if (result->any_unit == (zeros == 1))
                ok &= unify(rs, &type, result);
        }
    for (uint32_t r = 0; r < t->row_n; r++)
        for (uint32_t i = 0; i < t->input_n; i++)
            ok &= resolve_cell(rs, t, r, i);
    e->type = type;
    return ok;
}

static bool resolve_span(struct resolver *rs, struct expr *e)
{
    struct expr *x = e->arg[0];
    if (!resolve_expr(rs, x))
        return false;
    if (e->since != NULL && (!resolve_expr(rs, e->since) || !want_kind(rs, e->since, TYPE_DAY)))
        return false;
    e->type = x->type;
    switch ((int)e->op) {
    case OP_EACH:
    case OP_SOME: return want_kind(rs, x, TYPE_TRUTH);
    case OP_CARRY: return true;
    case OP_GROWTH:
    case OP_CAGR:
        e->type.dim = (Dim){{0}};
        e->type.scale = working(rs, x, x);
        break;
    case OP_MEAN: e->type.scale = working(rs, x, x); break;
    default: break;
    }
    return want_kind(rs, x, TYPE_NUM);
}

static bool resolve_by(struct resolver *rs, struct pop *pop)
{
    for (uint32_t i = 0; i < pop->by_n; i++)
        if (!resolve_expr(rs, pop->by[i]))
            return false;
    return true;
}

/* A quantile of type 7 stands (n - 1) share between two figures: with the decimals of both it is
 * exact, and money keeps within 64 bits. */
static uint8_t quantile_scale(const struct expr *e, uint8_t most)
{
    int decimals = 0;
    for (uint32_t i = 1; i < e->arg_n; i++) {
        Wide m;
        int scale;
        if (!expr_const_num(e->arg[i], &m, &scale))
            return most;
        for (; scale > 0 && m % 10 == 0; scale--)
            m /= 10;
        decimals = scale > decimals ? scale : decimals;
    }
    int exact = e->arg[0]->type.scale + decimals;
    return exact < most ? (uint8_t)exact : most;
}

static bool resolve_pop(struct resolver *rs, struct expr *e)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (!resolve_expr(rs, e->arg[i]))
            return false;
    if (!resolve_by(rs, e->pop))
        return false;
    if (e->op == OP_AGG_COPELAND) {
        e->type = (Type){.kind = TYPE_NUM, .scale = rs->b->r->decimals};
        return want_weights(rs, e);
    }
    struct expr *x = e->arg[0];
    if (!want_kind(rs, x, TYPE_NUM))
        return false;
    struct expr *bound[2] = {e->pop->lo, e->pop->hi};
    for (int k = 0; k < 2; k++) {
        Type type = x->type;
        if (bound[k] != NULL && (!resolve_expr(rs, bound[k]) || !unify(rs, &type, bound[k])))
            return false;
    }
    for (uint32_t i = 1; i < e->arg_n; i++)
        if (!want_plain(rs, e->arg[i], str_of(op_info(e->op)->zh)))
            return false;
    e->type = (Type){.kind = TYPE_NUM, .scale = working(rs, x, x)};
    switch ((int)e->op) {
    case OP_WINSOR:
        e->type.dim = x->type.dim;
        e->type.scale = quantile_scale(e, e->type.scale);
        break;
    case OP_UNSKEW:
    case OP_GROUP_MEAN:
    case OP_GROUP_MEDIAN:
    case OP_GROUP_QUANTILE:
    case OP_GROUP_SD:
    case OP_IMPUTE_MEAN:
    case OP_IMPUTE_MEDIAN: e->type.dim = x->type.dim; break;
    case OP_GROUP_SUM:
    case OP_GROUP_MAX:
    case OP_GROUP_MIN: e->type = x->type; break;
    case OP_GROUP_COUNT: e->type.scale = 0; break;
    case OP_RANK:
    case OP_BORDA: e->type.scale = e->pop->method == TIES_MEAN || e->op == OP_BORDA ? 1 : 0; break;
    default: break;
    }
    return true;
}

static bool resolve_item(struct resolver *rs, uint32_t i);

static bool resolve_kind(struct resolver *rs, struct expr *e)
{
    if (e->kind == EXPR_NAME && !resolve_name(rs, e))
        return false;
    switch ((int)e->kind) {
    case EXPR_CONST: return resolve_const(rs, e);
    case EXPR_FIELD:
        rs->b->r->field[e->ref].used = true;
        e->type = rs->b->r->field[e->ref].type;
        return true;
    case EXPR_ITEM:
        if (rs->state[e->ref] == ITEM_OPEN) {
            (void)diag_add(rs->b->diags, DIAG_CYCLE, e->span, rs->b->r->item[e->ref].name, NO_ARG,
                           NO_ARG);
            return false;
        }
        if (!resolve_item(rs, e->ref))
            return false;
        e->type = rs->b->r->item[e->ref].type;
        return true;
    case EXPR_AS_OF: e->type = (Type){.kind = TYPE_DAY}; return true;
    case EXPR_YEAR: e->type = (Type){.kind = TYPE_NUM}; return true;
    case EXPR_AT:
        if (!resolve_expr(rs, e->arg[0]))
            return false;
        e->type = e->arg[0]->type;
        return true;
    case EXPR_TABLE: return resolve_table(rs, e);
    case EXPR_SPAN: return resolve_span(rs, e);
    case EXPR_POP: return resolve_pop(rs, e);
    default: return resolve_op(rs, e);
    }
}

bool resolve_expr(struct resolver *rs, struct expr *e)
{
    if (rs->depth >= RESOLVE_DEPTH_MAX) {
        (void)diag_add(rs->b->diags, DIAG_ITEM_DEPTH, e->span, rs->b->r->item[rs->current].name,
                       NO_ARG, NO_ARG);
        return false;
    }
    rs->depth++;
    bool ok = resolve_kind(rs, e);
    rs->depth--;
    return ok;
}

static bool want_unit(struct resolver *rs, const struct item *it, const struct unit *u)
{
    if (u == NULL)
        return true;
    if (it->type.kind == TYPE_NUM && dim_eq(u->dim, it->type.dim))
        return true;
    (void)diag_add(rs->b->diags, DIAG_UNIT_MISMATCH, it->span, str_of(u->zh),
                   dim_name(rs, it->type.dim), NO_ARG);
    return false;
}

static bool want_item(struct resolver *rs, const struct item *it)
{
    switch ((int)it->kind) {
    case ITEM_GATE:
    case ITEM_PASS: return want_kind(rs, it->expr, TYPE_TRUTH);
    case ITEM_SEGMENT:
    case ITEM_GRADE: return want_kind(rs, it->expr, TYPE_TEXT);
    case ITEM_SCORE: return want_plain(rs, it->expr, it->name);
    case ITEM_POLICY: {
        Type money = {.kind = TYPE_NUM, .dim = unit_find(S("元"))->dim};
        return unify(rs, &money, it->expr);
    }
    default: return true;
    }
}

/* Parts that are printed or checked but do not stand in the expression itself. */
static bool resolve_parts(struct resolver *rs, const struct item *it)
{
    struct expr *part[] = {it->by, it->weight, it->max, it->minimum, it->when, it->amount, it->cap};
    bool ok = true;
    for (size_t i = 0; i < ARRAY_N(part); i++)
        ok &= part[i] == NULL || resolve_expr(rs, part[i]);
    for (uint32_t i = 0; i < it->instalment_n; i++)
        ok &= resolve_expr(rs, it->instalment[i].a);
    for (uint32_t i = 0; i < it->vary.instead_n && it->vary.of != NULL; i++) {
        Type type = it->vary.of->type;
        ok &= resolve_expr(rs, it->vary.expr[i]) && unify(rs, &type, it->vary.expr[i]);
    }
    if (it->weight != NULL && ok)
        ok = want_plain(rs, it->weight, it->name);
    return ok;
}

static bool resolve_item(struct resolver *rs, uint32_t i)
{
    struct rules *r = rs->b->r;
    struct item *it = &r->item[i];
    if (rs->state[i] != ITEM_NEW)
        return rs->state[i] == ITEM_DONE;
    rs->state[i] = ITEM_OPEN;
    uint32_t outer = rs->current;
    rs->current = i;
    bool ok = it->expr != NULL && resolve_expr(rs, it->expr);
    if (ok) {
        it->type = it->expr->type;
        ok = want_item(rs, it) && want_unit(rs, it, it->unit) && want_unit(rs, it, it->show);
    }
    ok = ok && resolve_parts(rs, it);
    rs->current = outer;
    rs->state[i] = ok ? ITEM_DONE : ITEM_FAILED;
    if (ok)
        r->order[rs->order_n++] = i;
    return ok;
}

void resolve_all(struct builder *b)
{
    struct rules *r = b->r;
    struct resolver rs = {.b = b};
    rs.state = ARENA_ARRAY(b->keep, uint8_t, r->item_n + 1);
    r->order = ARENA_ARRAY(b->keep, uint32_t, r->item_n + 1);
    for (uint32_t i = 0; i < r->field_n; i++)
        if (r->field[i].blank_by != NULL)
            (void)resolve_by(&rs, r->field[i].blank_by); /* reported there */
    for (uint32_t i = 0; i < r->item_n; i++)
        (void)resolve_item(&rs, i); /* failures are reported and counted */
}
