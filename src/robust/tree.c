/* tree.c - the part of a score tree that can be shaken, over columns of values.
 *
 * Built by trial: groups that look shakeable are re-aggregated with their own weights and compared
 * with what eval_run found, column by column. A group that differs for a settled subject becomes a
 * leaf, an open subject that differs is left out, and the tree is built again; so whatever a
 * document asks of a group beyond sums and weights, nominal ranks are the document's.
 */
#include "col/dataset.h"
#include "robust/robust_int.h"
#include "rule/make.h"

static const Wide figure_cap = (Wide)1 << 60;

/* ---- structure ---- */

static bool is_best(enum op agg)
{
    return agg == OP_AGG_MAX || agg == OP_AGG_MIN;
}

/* A constant at the scale of the item, rounded towards 0; no expression is a constant too. */
static bool bound_of(const struct item *it, const struct expr *e, bool *has, int64_t *out)
{
    Wide m;
    int scale;
    *has = e != NULL;
    if (e == NULL)
        return true;
    if (!expr_const_num(e, &m, &scale) || !wide_rescale(&m, m, scale, it->type.scale, it->how) ||
        m >= figure_cap || m <= -figure_cap)
        return false;
    *out = (int64_t)m;
    return true;
}

/* Means are taken of children that are all of the group's own decimals, rounded half up. */
static bool opens_mean(const struct rules *r, const struct item *it)
{
    bool good = is_mean(it->agg) && it->how == ROUND_HALF_UP;
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &r->item[it->child[i]];
        good = good && !c->bonus && !c->deduction && c->type.scale == it->type.scale;
    }
    return good;
}

static bool opens_group(const struct rules *r, const struct item *it, struct node *n)
{
    bool sums = it->agg == OP_AGG_SUM || it->agg == OP_AGG_WEIGHTED || it->agg == OP_AGG_ARITH;
    return it->form == FORM_GROUP && (sums || is_best(it->agg) || opens_mean(r, it)) &&
           it->review < 0 && it->present_e6 == 0 && it->child_n <= PARTS_MAX &&
           bound_of(it, it->max, &n->clamped, &n->most) &&
           bound_of(it, it->cap, &n->capped, &n->cap);
}

static int32_t group(struct tree *t, uint32_t item);

static void add_parts(struct tree *t, struct node *n, uint32_t *shaken_n, bool *nodes)
{
    const struct rules *r = t->res->rules;
    const struct item *it = &r->item[n->item];
    bool points = false;
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &r->item[it->child[i]];
        points |= c->max != NULL && !c->bonus && !c->deduction;
    }
    n->points = points && n->agg == OP_AGG_SUM;
    n->part_n = it->child_n;
    n->part = ARENA_ARRAY(t->keep, struct part, it->child_n);
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &r->item[it->child[i]];
        bool outside = c->bonus || c->deduction || is_best(n->agg);
        struct part *p = &n->part[i];
        *p = (struct part){
            .item = it->child[i], .node = -1, .leaf = -1, .sign = c->deduction ? -1 : 1};
        p->shaken = !outside && (!n->points || c->max != NULL);
        if (c->child_n > 0 && !c->deduction)
            p->node = group(t, it->child[i]);
        *shaken_n += p->shaken;
        *nodes |= p->node >= 0;
    }
}

/* The node of a group, its children before it; -1: a leaf. */
static int32_t group(struct tree *t, uint32_t item)
{
    const struct item *it = &t->res->rules->item[item];
    struct node n = {.item = item,
                     .agg = it->agg,
                     .segment_n = 1,
                     .ranged = it->vary.given,
                     .spread_ppm = it->vary.ppm};
    uint32_t shaken_n = 0;
    size_t before = t->node_n;
    bool nodes = false;
    if (t->why[item] != ROBUST_SHAKEN)
        return -1;
    if (!opens_group(t->res->rules, it, &n)) {
        t->why[item] = ROBUST_FORM;
        return -1;
    }
    add_parts(t, &n, &shaken_n, &nodes);
    if (shaken_n < 2 && !nodes) {
        t->node_n = before;
        return -1;
    }
    VEC_PUSH(t->keep, t->node, t->node_n, t->node_cap) = n;
    return (int32_t)t->node_n - 1;
}

/* ---- subjects ---- */

bool robust_is_bounded(Cell c)
{
    return c.lo > -figure_cap && c.hi < figure_cap && c.lo <= c.hi;
}

/* Which row of a segment table the label code stands in; -1: none. */
static int32_t segment_row(const struct table *by, Wide code)
{
    for (uint32_t i = 0; i < by->row_n; i++)
        for (uint32_t k = 0; k < by->row[i].cell[0].test_n; k++) {
            const struct test *x = &by->row[i].cell[0].test[k];
            if (x->kind == TEST_CMP && x->op == OP_EQ && x->lo->kind == EXPR_CONST &&
                (Wide)x->lo->ref == code)
                return (int32_t)i;
        }
    return -1;
}

static int32_t segment_at(const struct tree *t, const struct table *by, uint32_t row)
{
    Cell c = result_cell(t->res, by->input[0]->ref, row);
    return c.lo == c.hi ? segment_row(by, c.lo) : -1;
}

/* Segments have to be an item's labels. */
static enum robust_why cut_segments(struct tree *t, struct node *n)
{
    const struct table *by = robust_segments(t->res->rules, n);
    if (by == NULL)
        return ROBUST_SHAKEN;
    bool fits = by->input_n == 1 && by->input[0]->kind == EXPR_ITEM &&
                by->input[0]->type.kind == TYPE_TEXT && by->row_n <= SEGMENTS_MAX;
    for (uint32_t i = 0; fits && i < by->row_n; i++)
        fits = by->row[i].cell[0].test_n > 0 && by->row[i].cell[0].test[0].kind == TEST_CMP;
    if (!fits)
        return ROBUST_WEIGHTS;
    n->segment_n = by->row_n;
    for (uint32_t row = 0; row < t->res->row_n; row++)
        t->skip[row] |= segment_at(t, by, row) < 0;
    return ROBUST_SHAKEN;
}

static void skip_unbounded(struct tree *t, uint32_t item)
{
    for (uint32_t row = 0; row < t->res->row_n; row++)
        t->skip[row] |= !robust_is_bounded(result_cell(t->res, item, row));
}

static void list_columns(struct tree *t)
{
    uint32_t row_n = t->res->row_n;
    t->row = ARENA_ARRAY(t->keep, uint32_t, (size_t)row_n * 2 + 1);
    t->subject_n = 0;
    for (uint32_t row = 0; row < row_n; row++)
        if (!t->skip[row])
            t->row[t->subject_n++] = row;
    t->column_n = t->subject_n;
    for (uint32_t i = 0; i < t->subject_n; i++)
        if (t->open[t->row[i]])
            t->row[t->column_n++] = t->row[i];
}

static int64_t end_of(const struct tree *t, uint32_t item, uint32_t column)
{
    Cell c = result_cell(t->res, item, t->row[column]);
    return (int64_t)(column >= t->subject_n ? c.hi : c.lo);
}

int64_t *robust_column(const struct tree *t, const struct result *res, uint32_t item, int sign)
{
    int64_t *out = ARENA_ARRAY(t->keep, int64_t, (size_t)t->column_n + 1);
    for (uint32_t i = 0; i < t->column_n; i++) {
        Cell c = result_cell(res, item, t->row[i]);
        out[i] = (int64_t)((i >= t->subject_n) != (sign < 0) ? c.hi : c.lo);
    }
    return out;
}

static int64_t reach_of(const struct tree *t, const int64_t *column)
{
    int64_t reach = 0;
    for (uint32_t i = 0; i < t->column_n; i++) {
        int64_t size = column[i] < 0 ? -column[i] : column[i];
        reach = size > reach ? size : reach;
    }
    return reach;
}

/* The furthest that the other columns of a leaf may go comes from whoever has them: `reach`. */
static void fill_leaf(struct tree *t, struct part *p)
{
    struct leaf leaf = {.item = p->item, .sign = p->sign};
    leaf.column = ARENA_ARRAY(t->keep, const int64_t *, 1);
    leaf.column[0] = robust_column(t, t->res, p->item, p->sign);
    p->leaf = (int32_t)t->leaf_n;
    p->reach = reach_of(t, leaf.column[0]);
    p->reach = t->reach[p->item] > p->reach ? t->reach[p->item] : p->reach;
    VEC_PUSH(t->keep, t->leaf, t->leaf_n, t->leaf_cap) = leaf;
}

static void fill_segments(struct tree *t, struct node *n)
{
    const struct table *by = robust_segments(t->res->rules, n);
    if (by == NULL)
        return;
    uint8_t *segment = ARENA_ARRAY(t->keep, uint8_t, (size_t)t->column_n + 1);
    for (uint32_t i = 0; i < t->column_n; i++)
        segment[i] = (uint8_t)segment_at(t, by, t->row[i]);
    n->segment = segment;
}

/* ---- trial ---- */

static bool fill_nodes(struct tree *t)
{
    for (uint32_t j = 0; j < t->node_n; j++) {
        struct node *n = &t->node[j];
        const struct item *it = &t->res->rules->item[n->item];
        fill_segments(t, n);
        for (uint32_t k = 0; k < n->part_n; k++) {
            if (n->part[k].node < 0)
                fill_leaf(t, &n->part[k]);
            else
                n->part[k].reach = t->node[n->part[k].node].reach;
        }
        if (it->veto != NULL || it->applies != NULL)
            n->zero = ARENA_ARRAY(t->keep, bool, (size_t)t->column_n + 1);
        t->why[n->item] = (uint8_t)robust_node(t, n);
        if (t->why[n->item] != ROBUST_SHAKEN)
            return false;
    }
    return true;
}

/* Compares one node with what was evaluated; false: build again. */
static bool agrees(struct tree *t, struct node *n, const int64_t *acc, struct run_of of)
{
    bool same = true;
    for (uint32_t i = 0; i < of.n; i++) {
        uint32_t row = t->row[of.beg + i];
        Cell c = result_cell(t->res, n->item, row);
        if (acc[i] == end_of(t, n->item, of.beg + i))
            continue;
        same = false;
        if (c.lo != c.hi)
            t->skip[row] = true;
        else
            t->why[n->item] = ROBUST_DIFFERS;
    }
    return same;
}

/* A veto, or what does not apply, holds a subject at 0 whatever its parts are. */
static void hold(struct tree *t, struct node *n, int64_t *acc, struct run_of of)
{
    for (uint32_t i = 0; n->zero != NULL && i < of.n; i++)
        if (acc[i] != 0 && end_of(t, n->item, of.beg + i) == 0) {
            n->zero[of.beg + i] = true;
            acc[i] = 0;
        }
}

static bool reproduces(struct tree *t)
{
    struct arena *tmp = arena_open();
    int64_t *coef = ARENA_ARRAY(tmp, int64_t, (size_t)t->coef_n + 1);
    const int64_t **leaf = ARENA_ARRAY(tmp, const int64_t *, t->leaf_n + 1);
    struct run_of of = {.block = ARENA_ARRAY(tmp, int64_t, (size_t)t->node_n * BLOCK_COLUMNS),
                        .leaf = leaf};
    for (size_t i = 0; i < t->leaf_n; i++)
        leaf[i] = t->leaf[i].column[0];
    bool same = true;
    robust_shake(t, &(struct shake){.only = -1, .none = true}, coef);
    for (; of.beg < t->column_n; of.beg += BLOCK_COLUMNS) {
        of.n = t->column_n - of.beg < BLOCK_COLUMNS ? t->column_n - of.beg : BLOCK_COLUMNS;
        for (uint32_t j = 0; j < t->node_n; j++) {
            int64_t *acc = of.block + (size_t)j * BLOCK_COLUMNS;
            robust_node_total(t, j, coef, of);
            hold(t, &t->node[j], acc, of);
            if (!agrees(t, &t->node[j], acc, of)) {
                same = false;
                break; /* what is above it differs too */
            }
        }
    }
    arena_close(tmp);
    return same;
}

static bool lay_out(struct tree *t, bool *again)
{
    t->node = NULL;
    t->weight = NULL;
    t->leaf = NULL;
    t->leaf_n = t->leaf_cap = 0;
    t->node_n = t->node_cap = t->weight_n = t->weight_cap = 0;
    t->coef_n = 0;
    *again = false;
    if (group(t, t->score) < 0)
        return false;
    skip_unbounded(t, t->score);
    for (uint32_t j = 0; j < t->node_n; j++) {
        struct node *n = &t->node[j];
        enum robust_why why = cut_segments(t, n);
        if (why != ROBUST_SHAKEN) {
            t->why[n->item] = (uint8_t)why;
            *again = true;
            return true;
        }
        for (uint32_t k = 0; k < n->part_n; k++)
            if (n->part[k].node < 0)
                skip_unbounded(t, n->part[k].item);
    }
    list_columns(t);
    *again = !fill_nodes(t) || !reproduces(t);
    return true;
}

bool robust_tree(struct tree *t)
{
    bool again = true;
    ArenaMark mark = arena_mark(t->keep);
    while (again) {
        arena_reset(t->keep, mark);
        if (!lay_out(t, &again))
            return false;
    }
    return true;
}
