/* explain_next.c - what stands between a leaf and its next band or step.
 *
 * Leaves with one numeric input are looked at: decision tables and 每/得 forms. The nearest value
 * of the input that gives more is turned into a change of one fact where the input is that fact, or
 * a quotient or a sum with that fact in front, everything else held. Such a change is tried: the
 * row is evaluated with it (frozen population), and a step that does nothing for the score on top
 * is left out. Cost: one evaluation of a row for each step, and a copy of one column.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

enum { STEPS_MAX = 200, TEXT_MAX = 1 << 16, DESCENT_MAX = 8 };

struct step {
    const struct item *it;
    uint32_t item;
    const struct expr *input;
    const struct unit *unit; /* of the input, for printing */
    Wide need;               /* value the input must reach, at its scale */
    bool strict;             /* it must be passed, not only reached */
    Cell gain;               /* at the scale of `it` */
};

/* A change of one fact, the current period's. */
struct change {
    const struct expr *lever; /* what is to grow: a fact, or a sum of it over years */
    uint32_t field;
    Wide delta; /* at the lever's scale */
};

/* ---- decision tables with one numeric input ---- */

static bool end_value(const struct explain *x, const struct expr *e, int scale, Wide *out)
{
    Cell c = why_value(x, e);
    return c.lo == c.hi && !cell_is_open(c) &&
           wide_rescale(out, c.lo, e->type.scale, scale, ROUND_HALF_UP);
}

/* The range a test lets through, in whole units of the input's scale; false: not to be had. */
static bool test_range(const struct explain *x, const struct test *t, int scale, Wide *lo, Wide *hi)
{
    *lo = -WIDE_INF;
    *hi = WIDE_INF;
    if (t->kind == TEST_ANY)
        return true;
    Wide v = 0;
    if (t->kind == TEST_RANGE) {
        if (t->lo != NULL && !end_value(x, t->lo, scale, lo))
            return false;
        if (t->hi != NULL && !end_value(x, t->hi, scale, hi))
            return false;
        *lo += t->lo != NULL && !t->lo_in;
        *hi -= t->hi != NULL && !t->hi_in;
        return true;
    }
    if (t->kind != TEST_CMP || !end_value(x, t->lo, scale, &v))
        return false;
    switch ((int)t->op) {
    case OP_EQ: *lo = *hi = v; return true;
    case OP_GE: *lo = v; return true;
    case OP_GT: *lo = v + 1; return true;
    case OP_LE: *hi = v; return true;
    case OP_LT: *hi = v - 1; return true;
    default: return false;
    }
}

/* The row that the value `v` of the only input falls into; -1: none, or not to be told. */
static int64_t row_at(const struct explain *x, const struct table *t, const enum truth *hit, Wide v)
{
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; hit[i] != TRUTH_NA && k < t->row[i].cell[0].test_n; k++) {
            Wide lo, hi;
            if (!test_range(x, &t->row[i].cell[0].test[k], t->input[0]->type.scale, &lo, &hi))
                return -1;
            if (v >= lo && v <= hi)
                return i;
        }
    return -1;
}

static bool test_is_strict(const struct test *t, bool up)
{
    if (t->kind == TEST_CMP)
        return t->op == OP_GT || t->op == OP_LT;
    return t->kind == TEST_RANGE && (up ? !t->lo_in : !t->hi_in);
}

static Wide distance(Wide a, Wide b)
{
    return a > b ? a - b : b - a;
}

/* Looks at one alternative of one row; keeps the nearest that gives more. */
static void try_test(const struct explain *x, struct step *best, const enum truth *hit,
                     uint32_t row, const struct test *test)
{
    const struct expr *core = why_core(best->it);
    const struct table *t = core->table;
    Wide now = why_value(x, best->input).lo, lo, hi;
    if (!test_range(x, test, best->input->type.scale, &lo, &hi) || (now >= lo && now <= hi))
        return;
    bool up = now < lo;
    Wide need = up ? lo : hi;
    Cell is = why_value(x, core), would = why_value(x, t->row[row].result), gain;
    int from = t->row[row].result->type.scale, to = best->it->type.scale;
    if (cell_is_open(is) || cell_is_open(would) || row_at(x, t, hit, need) != (int64_t)row ||
        !wide_rescale(&would.lo, would.lo, from, core->type.scale, ROUND_HALF_UP) ||
        !wide_rescale(&would.hi, would.hi, from, core->type.scale, ROUND_HALF_UP) ||
        !wide_rescale(&gain.lo, would.lo - is.lo, core->type.scale, to, ROUND_HALF_UP) ||
        !wide_rescale(&gain.hi, would.hi - is.hi, core->type.scale, to, ROUND_HALF_UP))
        return;
    bool better = gain.lo >= 0 && gain.hi >= 0 && gain.lo + gain.hi > 0;
    bool nearer = best->gain.hi <= 0 || distance(need, now) < distance(best->need, now);
    if (!better || !nearer)
        return;
    best->need = need;
    best->gain = gain;
    best->strict = test_is_strict(test, up);
}

static bool band_step(struct explain *x, struct step *s, const struct expr *core)
{
    const struct table *t = core->table;
    if (t->input_n != 1 || t->input[0]->type.kind != TYPE_NUM)
        return false;
    s->input = t->input[0];
    if (!cell_is_definite(TYPE_NUM, why_value(x, s->input)))
        return false;
    enum truth *hit = ARENA_ARRAY(x->arena, enum truth, t->row_n + 1);
    if (!trace_table(x->trace, core, 0, 0, hit))
        return false;
    s->unit = why_unit(x, s->input);
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; hit[i] != TRUTH_NA && k < t->row[i].cell[0].test_n; k++) {
            const struct test *test = &t->row[i].cell[0].test[k];
            const struct expr *end = test->lo != NULL ? test->lo : test->hi;
            if (s->unit == NULL && end != NULL)
                s->unit = why_unit(x, end);
            try_test(x, s, hit, i, test);
        }
    return s->gain.hi > 0;
}

/* ---- 每 / 得 ---- */

static bool unit_step(struct explain *x, struct step *s)
{
    const struct item *it = s->it;
    int scale = it->measure->type.scale;
    Cell now = why_value(x, it->measure), gain = why_value(x, it->gain);
    Wide each, from = 0, n = 0, past;
    if (!cell_is_definite(TYPE_NUM, now) || !cell_is_definite(TYPE_NUM, gain) || gain.lo <= 0 ||
        !end_value(x, it->each, scale, &each) || each <= 0)
        return false;
    if (it->form == FORM_STEP && !end_value(x, it->threshold, scale, &from))
        return false;
    s->input = it->measure;
    s->unit = why_unit(x, it->measure);
    if (!wide_rescale(&s->gain.lo, gain.lo, it->gain->type.scale, it->type.scale, ROUND_HALF_UP))
        return false;
    if (now.lo < from) {
        Cell base = why_value(x, it->base);
        s->need = from;
        if (base.lo <= 0 || cell_is_open(base))
            s->need = from + each;
        else if (!wide_rescale(&s->gain.lo, base.lo, it->base->type.scale, it->type.scale,
                               ROUND_HALF_UP))
            return false;
    } else {
        past = now.lo - from;
        n = past / each;
        s->need = from + (n + 1) * each;
    }
    s->gain.hi = s->gain.lo;
    return true;
}

/* ---- from the input to a fact ---- */

/* The expression of an indicator without its rounding, as long as it is one. */
static const struct expr *look_through(const struct explain *x, const struct expr *e)
{
    for (int i = 0; i < DESCENT_MAX; i++) {
        if (e->kind == EXPR_ITEM && x->rules->item[e->ref].kind == ITEM_INDICATOR)
            e = x->rules->item[e->ref].expr;
        else if (e->kind == EXPR_OP && (e->op == OP_ROUND || e->op == OP_DEFAULT))
            e = e->arg[0];
        else
            break;
    }
    return e;
}

/* A fact of the current period that adds to `e` one for one. */
static bool find_lever(const struct explain *x, const struct expr *e, uint32_t *field)
{
    e = look_through(x, e);
    if (e->kind == EXPR_SPAN && e->op == OP_SUM && e->arg_n == 1)
        e = look_through(x, e->arg[0]);
    if (e->kind == EXPR_OP && (e->op == OP_SUM || e->op == OP_ADD || e->op == OP_SUB))
        e = look_through(x, e->arg[0]);
    if (e->kind != EXPR_FIELD || x->rules->field[e->ref].type.kind != TYPE_NUM)
        return false;
    *field = e->ref;
    return true;
}

/* Growth over two years: this year's figure must reach last year's times 1 + need. */
static bool grows_from(const struct explain *x, const struct expr *e, const struct expr **lever,
                       Wide *need, int scale)
{
    Cell last;
    Wide one;
    if (e->kind != EXPR_SPAN || e->op != OP_GROWTH || e->span_n != 2 ||
        e->period == PERIOD_QUARTER || !trace_value(x->trace, e->arg[0], -1, 0, &last) ||
        !cell_is_definite(TYPE_NUM, last) || last.lo <= 0 ||
        !wide_rescale(&one, 1, 0, scale, ROUND_DOWN))
        return false;
    *lever = e->arg[0];
    int at = (*lever)->type.scale;
    return wide_mul(need, last.lo, at, one + *need, scale, at, ROUND_CEIL);
}

static bool find_change(struct explain *x, const struct step *s, struct change *out)
{
    const struct expr *e = look_through(x, s->input);
    Wide need = s->need, now;
    int scale = s->input->type.scale;
    out->lever = e;
    if (e->kind == EXPR_OP && e->op == OP_DIV) {
        const struct expr *b = e->arg[1];
        Cell by = why_value(x, b);
        out->lever = e->arg[0];
        if (!cell_is_definite(TYPE_NUM, by) || by.lo <= 0 ||
            !wide_mul(&need, need, scale, by.lo, b->type.scale, out->lever->type.scale, ROUND_CEIL))
            return false;
    } else if (!grows_from(x, e, &out->lever, &need, scale) &&
               !wide_rescale(&need, need, scale, e->type.scale, ROUND_CEIL)) {
        return false;
    }
    Cell is = why_value(x, out->lever);
    Type t = out->lever->type;
    if (!cell_is_definite(TYPE_NUM, is) || !find_lever(x, out->lever, &out->field))
        return false;
    now = is.lo;
    out->delta = need - now;
    if (dim_is_counted(t.dim) && !wide_rescale(&out->delta, out->delta, t.scale, 0, ROUND_UP))
        return false;
    if (dim_is_counted(t.dim) && !wide_rescale(&out->delta, out->delta, 0, t.scale, ROUND_UP))
        return false;
    return out->delta != 0;
}

static int64_t root_of(const struct rules *r, uint32_t item)
{
    int64_t at = item;
    while (r->item[at].parent >= 0)
        at = r->item[at].parent;
    return at;
}

/* Evaluates the row with the change; *after gets all items. False: cannot be tried. */
static bool try_change(struct explain *x, const struct change *c, Cell **after)
{
    const struct field *f = &x->rules->field[c->field];
    const struct dataset *d = x->res->data;
    const struct column *old =
        dataset_find(d, c->field, rule_period_key(f, x->res->opts.period, 0));
    if (old == NULL || !column_has(old, x->row))
        return false;
    Wide delta;
    if (!wide_rescale(&delta, c->delta, c->lever->type.scale, f->type.scale, ROUND_CEIL))
        return false;
    struct dataset *changed = dataset_of_row(x->arena, d, x->row);
    struct column *col = &changed->column[old - d->column];
    column_set(col, 0, column_value(old, x->row) + delta);
    return eval_frozen(x->arena, after, x->plan, x->res, changed, x->row, NULL) == OK;
}

/* ---- in words ---- */

/* "达到 4%", "超过 20%" */
static void add_goal(struct explain *x, struct buf *b, const struct step *s)
{
    static const char *const word[2][2][2] = {{{"降到", "down to"}, {"达到", "reach"}},
                                              {{"低于", "below"}, {"超过", "above"}}};
    bool up = s->need > why_value(x, s->input).lo;
    Wide shown = s->need - (s->strict ? (up ? 1 : -1) : 0);
    buf_fmt(b, "%s %.*s", word[s->strict][up][x->lang],
            STR_ARG(why_cell(x, s->input->type, s->unit, cell_point(shown))));
}

/* "（研发费用再增 76.5984万元）" */
static void add_change(struct explain *x, struct buf *b, const struct change *c)
{
    Wide size = c->delta > 0 ? c->delta : -c->delta;
    buf_fmt(b, EX(x, "（%.*s再%s %.*s）", " (%.*s %s by %.*s)"), STR_ARG(why_source(x, c->lever)),
            c->delta > 0 ? EX(x, "增", "up") : EX(x, "减", "down"),
            STR_ARG(why_cell(x, c->lever->type, why_unit(x, c->lever), cell_point(size))));
}

static Str step_text(struct explain *x, const struct step *s, const struct change *c,
                     const Cell *after)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    Str is = why_cell(x, s->input->type, s->unit, why_value(x, s->input));
    buf_fmt(&b, EX(x, "%.*s：%.*s，", "%.*s: %.*s, "), STR_ARG(s->it->name),
            STR_ARG(why_equals(x, why_source(x, s->input), is)));
    add_goal(x, &b, s);
    if (c != NULL && c->lever != s->input)
        add_change(x, &b, c);
    buf_fmt(&b, EX(x, " → +%.*s 分", " → +%.*s points"),
            STR_ARG(why_cell(x, s->it->type, NULL, s->gain)));
    if (after == NULL)
        return buf_str(&b);
    uint32_t root = (uint32_t)root_of(x->rules, s->item);
    const struct item *top = &x->rules->item[root];
    buf_fmt(&b, EX(x, "，%.*s %.*s → %.*s", ", %.*s %.*s → %.*s"), STR_ARG(top->name),
            STR_ARG(why_cell(x, top->type, NULL, result_cell(x->res, root, x->row))),
            STR_ARG(why_cell(x, top->type, NULL, *after)));
    return buf_str(&b);
}

/* Does the leaf still count on the way up? Not on a branch that 择一 left aside, nor below a 取大
 * that another branch decides after the change. */
static bool counts(struct explain *x, uint32_t leaf, const Cell *after)
{
    for (uint32_t i = leaf; x->rules->item[i].parent >= 0; i = (uint32_t)x->rules->item[i].parent) {
        const struct item *up = &x->rules->item[x->rules->item[i].parent];
        if (up->agg == OP_CHOICE && up->choice != NULL) {
            Cell c = why_value(x, up->choice);
            if (!cell_is_open(c) && !str_eq(why_print(x, up->choice), x->rules->item[i].name))
                return false;
        }
        if (up->agg == OP_AGG_MAX && after != NULL)
            for (uint32_t k = 0; k < up->child_n; k++)
                if (after[up->child[k]].lo > after[i].hi)
                    return false;
    }
    return true;
}

/* Is the leaf at its maximum, or out of play? */
static bool is_settled(struct explain *x, uint32_t item)
{
    const struct item *it = &x->rules->item[item];
    Cell now = result_cell(x->res, item, x->row);
    if (it->applies != NULL && truth_of(why_value(x, it->applies)) != TRUTH_MET)
        return true;
    Cell max = it->max != NULL ? why_value(x, it->max) : CELL_UNKNOWN;
    return !cell_is_open(now) && !cell_is_open(max) &&
           wide_cmp(now.lo, it->type.scale, max.lo, it->max->type.scale) >= 0;
}

/* Fills *out if the leaf has a next step that matters. */
static bool leaf_step(struct explain *x, uint32_t item, struct next_step *out)
{
    const struct item *it = &x->rules->item[item];
    struct step s = {.it = it, .item = item};
    if (it->kind != ITEM_SCORE || it->child_n > 0 || it->expr == NULL || is_settled(x, item))
        return false;
    const struct expr *core = why_core(it);
    bool found = core->kind == EXPR_TABLE                             ? band_step(x, &s, core)
                 : it->form == FORM_STEP || it->form == FORM_PER_UNIT ? unit_step(x, &s)
                                                                      : false;
    if (!found)
        return false;
    struct change c;
    Cell *after = NULL;
    uint32_t root = (uint32_t)root_of(x->rules, item);
    bool changes = find_change(x, &s, &c), tried = changes && try_change(x, &c, &after);
    if ((tried && cell_same(after[root], result_cell(x->res, root, x->row))) ||
        !counts(x, item, after))
        return false;
    *out = (struct next_step){.item = item, .gain_lo = s.gain.lo, .gain_hi = s.gain.hi};
    out->text = step_text(x, &s, changes ? &c : NULL, tried ? &after[root] : NULL);
    return true;
}

/* srccheck:params as explain/explain.h has them: which row of what, then how to write it. */
enum status explain_next(struct arena *keep, struct next_step **out, uint32_t *out_n,
                         const struct plan *p, const struct result *res, uint32_t row,
                         enum lang lang)
{
    struct explain x = {
        .arena = keep, .rules = res->rules, .plan = p, .res = res, .row = row, .lang = lang};
    TRY(trace_open(keep, &x.trace, p, res, row));
    struct next_step *list = ARENA_ARRAY(keep, struct next_step, STEPS_MAX), one;
    uint32_t n = 0;
    for (uint32_t i = 0; i < res->rules->item_n && n < STEPS_MAX; i++) {
        if (!leaf_step(&x, i, &one))
            continue;
        uint32_t at = n++; /* more points first, else in the order of the document */
        for (; at > 0 && list[at - 1].gain_hi < one.gain_hi; at--)
            list[at] = list[at - 1];
        list[at] = one;
    }
    *out = list;
    *out_n = n;
    return OK;
}
