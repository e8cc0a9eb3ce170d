/* check_label.c - texts that are compared with something that never gives them: a misspelt option,
 * the result of a segment that was renamed. */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"
#include "check/check_int.h"
#include "rule/read.h"

enum { NEAR_MAX = 3 };

static Str name_of(const struct checker *c, const struct expr *e)
{
    if (e->kind == EXPR_FIELD)
        return c->r->field[e->ref].name;
    return e->kind == EXPR_ITEM ? c->r->item[e->ref].name : check_source_text(c, e->span);
}

static bool is_known(const struct labels_of *known, uint32_t code)
{
    for (size_t i = 0; i < known->n; i++)
        if (known->code[i] == code)
            return true;
    return false;
}

static size_t apart(size_t a, size_t b)
{
    return a > b ? a - b : b - a;
}

/* The closest label with at most half of it wrong; of equally close ones the one as long. */
static Str nearest(const struct checker *c, const struct labels_of *known, Str text)
{
    Str best = S("");
    size_t n = utf8_count(text), best_at = n / 2 + 1 < NEAR_MAX ? n / 2 + 1 : NEAR_MAX;
    for (size_t i = 0; i < known->n && !diags_full(c->ds); i++) {
        Str label = c->r->label[known->code[i]];
        size_t at = str_distance(label, text, best_at + 1);
        bool longer =
            at == best_at && best.n > 0 && apart(utf8_count(label), n) < apart(utf8_count(best), n);
        if (at >= best_at && !longer)
            continue;
        best_at = at;
        best = label;
    }
    return best;
}

/* `text` is compared with `known`, the values of `input`. */
static void check_text(const struct checker *c, const struct expr *input,
                       const struct labels_of *known, const struct expr *text)
{
    if (text == NULL || text->kind != EXPR_CONST || text->type.kind != TYPE_TEXT ||
        is_known(known, text->ref))
        return;
    (void)diag_add(c->ds, DIAG_BAND_LABEL, text->span, text->name, name_of(c, input),
                   nearest(c, known, text->name));
}

static void check_prefix(const struct checker *c, const struct expr *input,
                         const struct labels_of *known, const struct expr *prefix)
{
    for (size_t i = 0; i < known->n; i++)
        if (str_starts(c->r->label[known->code[i]], prefix->name))
            return;
    (void)diag_add(c->ds, DIAG_BAND_LABEL, prefix->span, prefix->name, name_of(c, input), S(""));
}

static void check_column(const struct checker *c, struct labels_of *known, const struct table *t,
                         uint32_t input)
{
    known->n = 0;
    if (!check_labels(c, t->input[input], known))
        return;
    for (uint32_t row = 0; row < t->row_n; row++) {
        const struct cell_test *cell = &t->row[row].cell[input];
        for (uint32_t i = 0; i < cell->test_n; i++)
            if (cell->test[i].kind == TEST_PREFIX)
                check_prefix(c, t->input[input], known, cell->test[i].lo);
            else
                check_text(c, t->input[input], known, cell->test[i].lo);
    }
}

/* x = "高", or 择一 with its chosen label first and the others at odd places. */
static void check_op(const struct checker *c, struct labels_of *known, const struct expr *e)
{
    bool choice = e->op == OP_CHOICE;
    if (!choice && e->op != OP_EQ && e->op != OP_NE)
        return;
    uint32_t input = e->arg[0]->kind == EXPR_CONST ? 1 : 0;
    known->n = 0;
    if (input >= e->arg_n || !check_labels(c, e->arg[input], known))
        return;
    for (uint32_t i = 0; i < e->arg_n; i++)
        if (i != input && (!choice || i % 2 == 1))
            check_text(c, e->arg[input], known, e->arg[i]);
}

struct uses {
    const struct checker *c;
    struct labels_of known; /* used again for every comparison */
};

static void check_node(void *arg, const struct expr *e)
{
    struct uses *u = arg;
    if (e->kind == EXPR_OP)
        check_op(u->c, &u->known, e);
    for (uint32_t i = 0; e->kind == EXPR_TABLE && i < e->table->input_n; i++)
        check_column(u->c, &u->known, e->table, i);
}

void check_label_uses(struct checker *c)
{
    struct uses u = {.c = c};
    check_walk(c, check_node, &u);
}
