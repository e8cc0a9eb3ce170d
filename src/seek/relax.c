/* relax.c - may a fact be hidden to see what its value could bring?
 *
 * An interval evaluation with a fact missing covers every value of it, unless something below asks
 * what is missing, fills it in, or compares the subject with others.
 */
#include "seek/seek_int.h"

static bool asks_missing(const struct expr *e, int depth)
{
    if (e == NULL || depth > EXPR_HEIGHT_MAX)
        return false;
    if (e->kind == EXPR_POP || e->present_e6 > 0 || (e->kind == EXPR_SPAN && e->op == OP_CARRY) ||
        (e->kind == EXPR_OP &&
         (e->op == OP_MISSING || e->op == OP_UNSETTLED || e->op == OP_DEFAULT)))
        return true;
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (asks_missing(e->arg[i], depth + 1))
            return true;
    for (uint32_t i = 0; e->kind == EXPR_TABLE && i < e->table->row_n; i++)
        if (asks_missing(e->table->row[i].result, depth + 1))
            return true;
    for (uint32_t i = 0; e->kind == EXPR_TABLE && i < e->table->input_n; i++)
        if (asks_missing(e->table->input[i], depth + 1))
            return true;
    return false;
}

bool relax_allowed(const struct seek *s, uint64_t levers)
{
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        if (s->walked[i] && asks_missing(s->rules->item[i].expr, 0))
            return false;
    for (uint32_t l = 0; l < s->lever_n; l++)
        if ((levers >> l & 1) != 0 && s->rules->field[s->lever[l].field].blank != BLANK_UNKNOWN)
            return false;
    return true;
}
