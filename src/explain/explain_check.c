/* explain_check.c - a condition part by part, each with the values of its sides.
 *
 * 且 is taken apart; 或, 非 and 计数 are one part with their operands below it. A chain such as
 * 0 < x <= 5 is one part, although it is an 且 of two.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

enum { CHECKS_MAX = 200, CHECK_DEPTH_MAX = 8, TEXT_MAX = 1 << 16 };

/* Do the operands stand one behind the other in the document? */
static bool are_apart(const struct expr *e)
{
    for (uint32_t i = 0; i + 1 < e->arg_n; i++)
        if (e->arg[i]->span.end > e->arg[i + 1]->span.beg)
            return false;
    return true;
}

static bool is_side(const struct expr *e)
{
    return e->kind != EXPR_CONST && e->span.beg < e->span.end;
}

static Str side_value(const struct explain *x, const struct expr *e, const struct unit *unit)
{
    if (e->kind == EXPR_FIELD)
        return why_print(x, e);
    return why_cell(x, e->type, why_unit(x, e) != NULL ? why_unit(x, e) : unit, why_value(x, e));
}

/* What is no constant: "研发强度 ≈ 4.2%，研发强度门槛 = 5%"; of one side the value is enough. */
static Str sides(const struct explain *x, const struct expr *e, int32_t *field)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    const struct unit *unit = NULL;
    const struct expr *only = NULL;
    uint32_t n = 0;
    for (uint32_t i = 0; i < e->arg_n; i++) {
        unit = unit == NULL ? why_unit(x, e->arg[i]) : unit;
        n += is_side(e->arg[i]);
        only = is_side(e->arg[i]) ? e->arg[i] : only;
    }
    if (n == 1) {
        ASSERT(only != NULL);
        *field = only->kind == EXPR_FIELD ? (int32_t)only->ref : -1;
        return side_value(x, only, unit);
    }
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (is_side(e->arg[i]))
            buf_fmt(
                &b, "%s%.*s", b.n > 0 ? EX(x, "，", ", ") : "",
                STR_ARG(why_equals(x, why_source(x, e->arg[i]), side_value(x, e->arg[i], unit))));
    return buf_str(&b);
}

static bool is_op(const struct expr *e, enum op op)
{
    return e->kind == EXPR_OP && e->op == op;
}

static bool is_logic(const struct expr *e)
{
    return e->kind == EXPR_OP &&
           (e->op == OP_AND || e->op == OP_OR || e->op == OP_NOT || e->op == OP_COUNT);
}

static void add_part(struct explain *x, struct why *w, const struct expr *e, int depth)
{
    struct why_check c = {.truth = truth_of(why_value(x, e)), .depth = depth, .field = -1};
    c.text = why_source(x, e);
    if (is_op(e, OP_OR))
        c.text = str_of(EX(x, "以下任一：", "any of:"));
    if (is_op(e, OP_NOT) && is_logic(e->arg[0]))
        c.text = is_op(e->arg[0], OP_OR) ? str_of(EX(x, "以下都不是：", "none of:"))
                                         : str_of(EX(x, "以下不同时成立：", "not all of:"));
    if (e->kind == EXPR_FIELD && x->rules->field[e->ref].ftype == FIELD_JUDGED) {
        const struct field *f = &x->rules->field[e->ref];
        c.text = f->meaning.n > 0 ? f->meaning : f->name;
    } else if (e->kind == EXPR_OP && e->op == OP_AND) { /* a chain: 0 < x <= 5 */
        c.values = sides(x, e->arg[0], &c.field);
    } else if (e->kind == EXPR_OP && !is_logic(e)) {
        c.values = sides(x, e, &c.field);
    } else if (e->kind == EXPR_ITEM && x->rules->item[e->ref].kind == ITEM_GATE) {
        c.text = x->rules->item[e->ref].name;
    }
    VEC_PUSH(x->arena, w->check, w->check_n, w->check_cap) = c;
}

/* 计数(甲, 乙) >= 2: what is counted is worth showing. */
static const struct expr *counted(const struct expr *e)
{
    for (uint32_t i = 0; e->kind == EXPR_OP && i < e->arg_n; i++)
        if (e->arg[i]->kind == EXPR_OP && e->arg[i]->op == OP_COUNT)
            return e->arg[i];
    return NULL;
}

/* The operands of an 或 or 计数 below it; 甲 或 乙 或 丙 is one list of three. */
static void add_operands(struct explain *x, struct why *w, const struct expr *e, int depth)
{
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (is_op(e, OP_OR) && is_op(e->arg[i], OP_OR))
            add_operands(x, w, e->arg[i], depth);
        else
            why_checks(x, w, e->arg[i], depth);
}

/* What the document did not write is what 缺数 of a gate says instead of unknown. */
static void add_default(struct explain *x, struct why *w, const struct expr *e, int depth)
{
    if (cell_is_unknown(TYPE_TRUTH, why_value(x, e->arg[0])))
        why_say(x, w, EX(x, "缺数，按规则算作 %.*s", "missing, counted as %.*s"),
                STR_ARG(why_print(x, e->arg[1])));
    why_checks(x, w, e->arg[0], depth);
}

void why_checks(struct explain *x, struct why *w, const struct expr *e, int depth)
{
    if (w->check_n >= CHECKS_MAX || depth > CHECK_DEPTH_MAX || e->type.kind != TYPE_TRUTH)
        return;
    if (e->kind == EXPR_TABLE) {
        why_table(x, w, e, "");
    } else if (is_op(e, OP_DEFAULT)) {
        add_default(x, w, e, depth);
    } else if (is_op(e, OP_AND) && are_apart(e)) {
        add_operands(x, w, e, depth);
    } else {
        const struct expr *below = is_op(e, OP_OR) ? e : counted(e);
        if (is_op(e, OP_NOT) && is_logic(e->arg[0]))
            below = e->arg[0];
        add_part(x, w, e, depth);
        if (below != NULL)
            add_operands(x, w, below, depth + 1);
    }
}
