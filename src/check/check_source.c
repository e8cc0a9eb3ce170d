/* check_source.c - what makes a document fit to be trusted: a status, sources, nothing left over,
 * and tests that look at the edges of its bands.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "check/check_int.h"
#include "rule/read.h"
#include "rule/words.h"

struct uses {
    struct checker c;
    bool *field, *item; /* referred to */
    bool has_pop;       /* a population function anywhere */
    struct edges *edges;
};

static Span title_span(const struct rules *r)
{
    return r->doc->section[0].title.span;
}

/* --- status, sources, dates --- */

static bool has_source(const struct rules *r, uint32_t i)
{
    for (int32_t at = (int32_t)i; at >= 0; at = r->item[at].parent)
        if (r->item[at].clause.n > 0 || r->item[at].source.n > 0)
            return true;
    return false;
}

/* Items that state a rule; parameters and indicators are told of at what uses them. */
static bool states_rule(const struct item *it)
{
    return it->parent < 0 && (it->kind == ITEM_SCORE || it->kind == ITEM_GATE ||
                              it->kind == ITEM_GRADE || it->kind == ITEM_POLICY);
}

/* One source for the document is enough; else every item that states a rule needs its own. */
static void check_trust(const struct checker *c)
{
    const struct rules *r = c->r;
    if (r->status == STATUS_NONE)
        (void)diag_add(c->ds, DIAG_STATUS_MISSING, title_span(r), NO_ARG, NO_ARG, NO_ARG);
    if (r->source_n > 0 || r->status == STATUS_EXAMPLE)
        return;
    uint32_t with = 0, without = 0;
    for (uint32_t i = 0; i < r->item_n; i++)
        if (states_rule(&r->item[i]))
            has_source(r, i) ? with++ : without++;
    if (with == 0) {
        (void)diag_add(c->ds, DIAG_SOURCE_MISSING, title_span(r), r->name, NO_ARG, NO_ARG);
        return;
    }
    for (uint32_t i = 0; i < r->item_n && without > 0; i++)
        if (states_rule(&r->item[i]) && !has_source(r, i) && r->item[i].status != STATUS_EXAMPLE)
            (void)diag_add(c->ds, DIAG_SOURCE_MISSING, r->item[i].span, r->item[i].name, NO_ARG,
                           NO_ARG);
}

static void check_dates(const struct checker *c)
{
    const struct rules *r = c->r;
    const struct section *head = &r->doc->section[0];
    Span at = title_span(r);
    for (uint32_t i = 0; i < head->attr_n; i++)
        if (head->attr[i].word == W_UNTIL)
            at = head->attr[i].value.span;
    if (r->has_from && r->has_until && r->until < r->from)
        (void)diag_add(c->ds, DIAG_DATE_ORDER, at, day_str(c->tmp, r->from),
                       day_str(c->tmp, r->until), NO_ARG);
}

/* --- names nobody uses --- */

static void note_use(void *arg, const struct expr *e)
{
    struct uses *u = arg;
    if (e->kind == EXPR_FIELD)
        u->field[e->ref] = true;
    else if (e->kind == EXPR_ITEM)
        u->item[e->ref] = true;
    else if (e->kind == EXPR_POP)
        u->has_pop = true;
}

static void note_name(struct uses *u, Str name)
{
    int32_t field = rule_find_field(u->c.r, name), item = rule_find_item(u->c.r, name);
    if (field >= 0)
        u->field[field] = true;
    if (item >= 0)
        u->item[item] = true;
}

/* {名字} in a message. */
static void note_message(struct uses *u, Str text)
{
    while (text.n > 0) {
        (void)str_cut(&text, '{');
        size_t end = str_find(text, S("}"));
        if (end < text.n)
            note_name(u, str_trim(str_sub(text, 0, end)));
    }
}

static void note_uses(struct uses *u)
{
    const struct rules *r = u->c.r;
    check_walk(&u->c, note_use, u);
    for (uint32_t i = 0; i < r->item_n; i++) {
        note_message(u, r->item[i].unmet_text);
        if (r->item[i].review >= 0)
            u->field[r->item[i].review] = true;
    }
    note_name(u, r->id_field);
    note_name(u, r->name_field);
    for (uint32_t i = 0; i < r->example_n; i++)
        for (uint32_t k = 0; k < r->example[i].cell_n; k++)
            if (r->example[i].cell[k].expected)
                u->item[r->example[i].cell[k].ref] = true;
}

static bool is_output(enum item_kind kind)
{
    return kind != ITEM_PARAM && kind != ITEM_SEGMENT && kind != ITEM_INDICATOR;
}

/* The fields of a kind are there to be kept, whether its own checks use them or not. */
static void check_names(const struct uses *u)
{
    const struct rules *r = u->c.r;
    if (r->case_n > 0)
        return; /* forms and steps of cases use them: matter/ */
    for (uint32_t i = 0; i < r->field_n && r->doc_class == DOC_RULES; i++)
        if (!u->field[i] && !r->field[i].implied)
            (void)diag_add(u->c.ds, DIAG_UNUSED_NAME, r->field[i].span, r->field[i].name, NO_ARG,
                           NO_ARG);
    for (uint32_t i = 0; i < r->item_n; i++)
        if (!u->item[i] && !is_output(r->item[i].kind))
            (void)diag_add(u->c.ds, DIAG_UNUSED_NAME, r->item[i].span, r->item[i].name, NO_ARG,
                           NO_ARG);
}

/* --- tests --- */

static bool expects(const struct example *ex)
{
    for (uint32_t k = 0; k < ex->cell_n; k++)
        if (ex->cell[k].expected)
            return true;
    return false;
}

/* A row without an expectation may be there for others to be compared with: then one row of its
 * table must expect something. */
static void check_examples(const struct uses *u)
{
    const struct rules *r = u->c.r;
    bool *table_expects = ARENA_ARRAY(u->c.tmp, bool, r->example_table_n);
    for (uint32_t i = 0; i < r->example_n; i++)
        table_expects[r->example[i].table] |= expects(&r->example[i]);
    for (uint32_t i = 0; i < r->example_n; i++) {
        const struct example *ex = &r->example[i];
        if (!expects(ex) && !(u->has_pop && table_expects[ex->table]))
            (void)diag_add(u->c.ds, DIAG_TEST_EMPTY, ex->span, NO_ARG, NO_ARG, NO_ARG);
    }
    bool wanted = r->item_n > 0 || (r->doc_class == DOC_RULES && r->case_n == 0);
    if (r->example_n == 0 && wanted)
        (void)diag_add(u->c.ds, DIAG_TEST_NONE, title_span(r), NO_ARG, NO_ARG, NO_ARG);
}

/* --- edges of bands --- */

/* Values of one field or item in the examples, sorted. */
struct edges {
    Dec *at;
    size_t n, cap;
};

static int by_value(const void *x, const void *y)
{
    const Dec *a = x, *b = y;
    return check_dec_cmp(*a, *b);
}

static void add_value(const struct uses *u, struct edges *e, Cell v, int scale)
{
    if (v.lo == v.hi)
        VEC_PUSH(u->c.tmp, e->at, e->n, e->cap) = (Dec){v.lo, scale};
}

/* Figures given for each field, then figures expected of each item. */
static void gather_edges(struct uses *u)
{
    const struct rules *r = u->c.r;
    u->edges = ARENA_ARRAY(u->c.tmp, struct edges, (size_t)r->field_n + r->item_n);
    for (uint32_t i = 0; i < r->example_n; i++)
        for (uint32_t k = 0; k < r->example[i].cell_n; k++) {
            const struct example_cell *cell = &r->example[i].cell[k];
            if (cell->expected)
                add_value(u, &u->edges[r->field_n + cell->ref], cell->value, cell->scale);
            else
                add_value(u, &u->edges[cell->ref], cell->value, r->field[cell->ref].type.scale);
        }
    for (size_t i = 0; i < (size_t)r->field_n + r->item_n; i++)
        check_sort(u->c.tmp, u->edges[i].at, u->edges[i].n, sizeof(Dec), by_value);
}

static bool is_touched(const struct edges *e, Dec at)
{
    size_t lo = 0, hi = e->n;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (check_dec_cmp(e->at[mid], at) < 0)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo < e->n && check_dec_cmp(e->at[lo], at) == 0;
}

/* The bound of a test if no example sits on it, or NULL. */
static const struct expr *untouched(const struct edges *e, const struct cell_test *cell)
{
    for (uint32_t k = 0; k < cell->test_n; k++) {
        const struct expr *bound[] = {cell->test[k].lo, cell->test[k].hi};
        for (size_t i = 0; i < ARRAY_N(bound); i++) {
            Dec at;
            if (check_const(bound[i], &at) && !is_touched(e, at))
                return bound[i];
        }
    }
    return NULL;
}

/* One note a table, and only where the examples have figures of the input to look at. */
static void check_edges(void *arg, const struct expr *e)
{
    const struct uses *u = arg;
    if (e->kind != EXPR_TABLE || e->table->md == NULL)
        return;
    const struct table *t = e->table;
    for (uint32_t i = 0; i < t->input_n; i++) {
        const struct expr *in = t->input[i];
        if ((in->kind != EXPR_FIELD && in->kind != EXPR_ITEM) ||
            (in->type.kind != TYPE_NUM && in->type.kind != TYPE_DAY))
            continue;
        const struct edges *seen =
            &u->edges[in->kind == EXPR_FIELD ? in->ref : u->c.r->field_n + in->ref];
        for (uint32_t row = 0; row < t->row_n && seen->n > 0; row++) {
            const struct expr *bound = untouched(seen, &t->row[row].cell[i]);
            if (bound == NULL)
                continue;
            (void)diag_add(u->c.ds, DIAG_TEST_EDGE, bound->span,
                           check_source_text(&u->c, bound->span), NO_ARG, NO_ARG);
            return;
        }
    }
}

void check_sources(struct arena *tmp, const struct rules *r, struct diags *ds)
{
    struct uses u = {0};
    check_open(&u.c, tmp, r, ds);
    u.field = ARENA_ARRAY(tmp, bool, r->field_n);
    u.item = ARENA_ARRAY(tmp, bool, r->item_n);
    note_uses(&u);
    gather_edges(&u);
    check_trust(&u.c);
    check_dates(&u.c);
    check_names(&u);
    check_examples(&u);
    check_walk(&u.c, check_edges, &u);
}
