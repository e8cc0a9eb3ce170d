/* check_score.c - do the figures of a score tree agree with each other?
 *
 * 满分 and 权重 may be tables by segment; then the sums are made once for every segment that such a
 * table names. A sum is made only of what is known before any data: constants, and for children
 * without 满分 the most their algorithm can give.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "check/check.h"
#include "check/check_int.h"

enum { NO_LABEL = -1, SEGMENT_MAX = 200 };

static Str figure_in(const struct checker *c, Dec d, const struct unit *unit)
{
    struct buf out;
    buf_init(&out, c->tmp, 80);
    check_print(&out, c, dec_trim(d), unit);
    return buf_str(&out);
}

static Str figure(const struct checker *c, Dec d)
{
    return figure_in(c, d, NULL);
}

/* --- figures by segment --- */

static bool cell_takes(const struct cell_test *cell, int64_t label)
{
    for (uint32_t i = 0; i < cell->test_n; i++) {
        const struct test *t = &cell->test[i];
        if (t->kind == TEST_ANY)
            return true;
        if (t->kind == TEST_CMP && t->op == OP_EQ && t->lo->type.kind == TYPE_TEXT &&
            t->lo->ref == label)
            return true;
    }
    return false;
}

/* A constant, or the row of a one-column table for the label. */
static bool figure_for(const struct expr *e, int64_t label, Dec *out)
{
    if (e == NULL || e->kind != EXPR_TABLE)
        return check_const(e, out);
    const struct table *t = e->table;
    for (uint32_t i = 0; i < t->row_n && t->input_n == 1 && !t->dated; i++)
        if (cell_takes(&t->row[i].cell[0], label))
            return check_const(t->row[i].result, out);
    return false;
}

struct segments {
    const struct expr *input; /* the one expression all tables go by */
    uint32_t label[SEGMENT_MAX];
    size_t n;
    bool mixed; /* tables by different things: no sums */
};

static void add_segment(struct segments *s, uint32_t label)
{
    for (size_t i = 0; i < s->n; i++)
        if (s->label[i] == label)
            return;
    if (s->n < SEGMENT_MAX)
        s->label[s->n++] = label;
}

static void add_segments(struct segments *s, const struct expr *e)
{
    if (e == NULL || e->kind != EXPR_TABLE)
        return;
    const struct table *t = e->table;
    const struct expr *in = t->input_n == 1 ? t->input[0] : NULL;
    if (in == NULL || in->type.kind != TYPE_TEXT ||
        (s->input != NULL && (in->kind != s->input->kind || in->ref != s->input->ref))) {
        s->mixed = true;
        return;
    }
    s->input = in;
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; k < t->row[i].cell[0].test_n; k++)
            if (t->row[i].cell[0].test[k].kind == TEST_CMP)
                add_segment(s, t->row[i].cell[0].test[k].lo->ref);
}

static bool counts_to_max(const struct item *child)
{
    return !child->bonus && !child->deduction;
}

static void find_segments(const struct checker *c, const struct item *it, struct segments *s)
{
    *s = (struct segments){0};
    add_segments(s, it->max);
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *child = &c->r->item[it->child[i]];
        if (!counts_to_max(child))
            continue;
        add_segments(s, child->max);
        if (it->agg == OP_AGG_WEIGHTED)
            add_segments(s, child->weight);
    }
}

/* --- sums --- */

struct total {
    Dec sum;
    Dec weights;
    bool known;       /* every child has a figure */
    bool declared;    /* and each of them a 满分 of its own */
    bool conditional; /* some have 适用: not all need count at once */
    bool fractions;   /* every weight is at most 1 */
};

static bool child_max(const struct checker *c, uint32_t child, int64_t label, Dec *out)
{
    struct range r = c->item[child];
    if (figure_for(c->r->item[child].max, label, out))
        return true;
    *out = r.hi;
    return r.has_hi && c->r->item[child].max == NULL;
}

static void add_child(const struct checker *c, const struct item *it, uint32_t child, int64_t label,
                      struct total *t)
{
    const struct item *x = &c->r->item[child];
    Dec max, weight = dec_int(1);
    bool weighted = it->agg == OP_AGG_WEIGHTED && x->weight != NULL;
    t->declared &= x->max != NULL;
    t->conditional |= x->applies != NULL;
    if (weighted && !figure_for(x->weight, label, &weight)) {
        t->known = false;
        t->fractions = false;
        return;
    }
    t->fractions &= weighted && check_dec_cmp(weight, dec_int(1)) <= 0;
    t->fractions &= check_dec_add(&t->weights, t->weights, weight);
    t->known &= child_max(c, child, label, &max) && check_dec_mul(&max, max, weight) &&
                check_dec_add(&t->sum, t->sum, max);
}

static struct total total_of(const struct checker *c, const struct item *it, int64_t label)
{
    struct total t = {.sum = dec_int(0),
                      .weights = dec_int(0),
                      .known = true,
                      .declared = true,
                      .fractions = true};
    for (uint32_t i = 0; i < it->child_n; i++)
        if (counts_to_max(&c->r->item[it->child[i]]))
            add_child(c, it, it->child[i], label, &t);
    return t;
}

static void check_weights(const struct checker *c, const struct item *it, const struct total *t,
                          const Dec *max, Str segment)
{
    Dec one = dec_int(1);
    const struct unit *percent = unit_find(S("%"));
    if (max != NULL && t->known && !t->conditional) {
        if (check_dec_cmp(t->sum, *max) != 0)
            (void)diag_add(c->ds, DIAG_WEIGHT_SUM, it->span, figure(c, t->sum), figure(c, *max),
                           segment);
    } else if (max == NULL && t->fractions && !t->conditional &&
               check_dec_cmp(t->weights, one) != 0) {
        (void)diag_add(c->ds, DIAG_WEIGHT_SUM, it->span, figure_in(c, t->weights, percent),
                       figure_in(c, one, percent), segment);
    }
}

static void check_sum(const struct checker *c, const struct item *it, const struct total *t,
                      Dec max, Str segment)
{
    int order = t->known ? check_dec_cmp(t->sum, max) : 0;
    if (order > 0 && t->declared && !t->conditional && it->cap == NULL)
        (void)diag_add(c->ds, DIAG_SCORE_MAX_SUM, it->max->span, figure(c, t->sum), figure(c, max),
                       segment);
    else if (order < 0)
        (void)diag_add(c->ds, DIAG_SCORE_MAX_SHORT, it->max->span, figure(c, t->sum),
                       figure(c, max), segment);
}

static bool counts_any(const struct checker *c, const struct item *it)
{
    for (uint32_t i = 0; i < it->child_n; i++)
        if (counts_to_max(&c->r->item[it->child[i]]))
            return true;
    return false;
}

static void check_segment(const struct checker *c, const struct item *it, int64_t label)
{
    Dec max;
    bool has_max = figure_for(it->max, label, &max);
    Str segment = label == NO_LABEL ? S("") : c->r->label[label];
    struct total t = total_of(c, it, label);
    if (it->max != NULL && !has_max)
        return;
    if (it->agg == OP_AGG_WEIGHTED)
        check_weights(c, it, &t, has_max ? &max : NULL, segment);
    else if (has_max)
        check_sum(c, it, &t, max, segment);
}

static void check_group(const struct checker *c, const struct item *it)
{
    struct segments s;
    if ((it->agg != OP_AGG_SUM && it->agg != OP_AGG_WEIGHTED) || !counts_any(c, it))
        return;
    find_segments(c, it, &s);
    for (size_t i = 0; i < s.n && !s.mixed; i++)
        check_segment(c, it, s.label[i]);
    if (s.n == 0 && !s.mixed)
        check_segment(c, it, NO_LABEL);
}

/* --- points above the maximum --- */

static void check_points(const struct checker *c, const struct item *it, const struct expr *points)
{
    struct range max = check_range(c, it->max), r = check_range(c, points);
    if (!max.has_hi || !r.has_hi || check_dec_cmp(r.hi, max.hi) <= 0)
        return;
    if (it->cap != NULL) /* the excess is meant to be cut */
        return;
    (void)diag_add(c->ds, DIAG_POINTS_ABOVE_MAX, points->span, figure(c, r.hi), figure(c, max.hi),
                   it->name);
}

/* What the form gives, without what build_score put around it. */
static const struct expr *raw_points(const struct item *it)
{
    const struct expr *e = it->expr;
    while (e->kind == EXPR_OP) {
        bool when = e->op == OP_IF && e->arg[0] == it->applies;
        bool veto = e->op == OP_IF && e->arg[0] == it->veto;
        bool missing = e->op == OP_IF && e->arg[0]->kind == EXPR_OP &&
                       (e->arg[0]->op == OP_MISSING || e->arg[0]->op == OP_UNSETTLED);
        bool cap = e->op == OP_MIN && e->arg_n == 2 && e->arg[1] == it->cap;
        if (veto || missing)
            e = e->arg[2];
        else if (when)
            e = e->arg[1];
        else if (cap || e->op == OP_ROUND || e->op == OP_CLAMP || e->op == OP_REVIEWED)
            e = e->arg[0];
        else
            break;
    }
    return e;
}

/* The points that a leaf writes down: rows of bands and flags, an expert's interval, a start. */
static void check_leaf(const struct checker *c, const struct item *it)
{
    const struct expr *raw = raw_points(it);
    if (it->form == FORM_BAND && raw->kind == EXPR_TABLE)
        for (uint32_t i = 0; i < raw->table->row_n; i++)
            check_points(c, it, raw->table->row[i].result);
    if (it->form == FORM_FLAGS)
        for (uint32_t i = 0; i < it->pair_n; i++)
            check_points(c, it, it->pair[i].b);
    if (it->form == FORM_EXPERT)
        check_points(c, it, raw);
    if (it->form == FORM_STEP || it->form == FORM_AVERAGE)
        check_points(c, it, it->base);
}

/* --- thresholds nobody reaches --- */

static void check_threshold(const struct checker *c, const struct expr *e)
{
    Dec least;
    bool strict = e->op == OP_GT || e->op == OP_LT, left = e->op == OP_GT || e->op == OP_GE;
    if (e->op != OP_GE && e->op != OP_GT && e->op != OP_LE && e->op != OP_LT)
        return;
    struct range most = check_range(c, e->arg[left ? 0 : 1]);
    const struct expr *bound = e->arg[left ? 1 : 0];
    if (!most.has_hi || !check_const(bound, &least))
        return;
    int order = check_dec_cmp(most.hi, least);
    if (order < 0 || (strict && order == 0))
        (void)diag_add(c->ds, DIAG_PASS_UNREACHABLE, bound->span, figure(c, least),
                       figure(c, most.hi), NO_ARG);
}

/* 通过 is met only if every part of its 且 is. The minima that stand there have a check of their
 * own: they are the nodes' own expressions. */
static bool is_minimum(const struct checker *c, const struct expr *bound)
{
    for (uint32_t i = 0; i < c->r->item_n; i++)
        if (c->r->item[i].minimum != NULL && c->r->item[i].minimum == bound)
            return true;
    return false;
}

static void check_pass(const struct checker *c, const struct expr *e)
{
    while (e != NULL && e->kind == EXPR_OP && e->op == OP_AND && e->arg_n == 2) {
        if (e->arg[1]->kind == EXPR_OP && !is_minimum(c, e->arg[1]->arg[e->arg[1]->arg_n - 1]))
            check_pass(c, e->arg[1]);
        e = e->arg[0];
    }
    if (e != NULL && e->kind == EXPR_OP && e->arg_n == 2 && !is_minimum(c, e->arg[1]))
        check_threshold(c, e);
}

static void check_minimum(const struct checker *c, uint32_t i)
{
    const struct item *it = &c->r->item[i];
    Dec least;
    struct range most = c->item[i];
    if (!check_const(it->minimum, &least) || !most.has_hi || check_dec_cmp(most.hi, least) >= 0)
        return;
    (void)diag_add(c->ds, DIAG_MINIMUM_ABOVE_MAX, it->minimum->span, figure(c, least),
                   figure(c, most.hi), NO_ARG);
}

void check_scores(struct arena *tmp, const struct rules *r, struct diags *ds)
{
    struct checker c;
    check_open(&c, tmp, r, ds);
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        if (it->kind == ITEM_PASS)
            check_pass(&c, it->expr);
        if (it->kind != ITEM_SCORE)
            continue;
        if (it->form == FORM_GROUP)
            check_group(&c, it);
        else
            check_leaf(&c, it);
        if (it->minimum != NULL)
            check_minimum(&c, i);
    }
}
