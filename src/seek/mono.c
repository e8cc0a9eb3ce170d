/* mono.c - in which direction a number helps.
 *
 * Whether a value can only rise, only fall, or either, when a lever rises: from the operators, and
 * for quotients and products from signs that hold wherever the levers may go. What is not plain is
 * taken as either, so that an answer drawn from it stays proven.
 */
#include "base/arena.h"
#include "base/decimal.h"
#include "eval/cell.h"
#include "seek/seek_int.h"

enum { NOT_KNOWN = 0xff, DEPTH_MAX = 200 };

static uint8_t flip(uint8_t m)
{
    return (uint8_t)((m & MONO_UP ? MONO_DOWN : 0) | (m & MONO_DOWN ? MONO_UP : 0));
}

static bool reads(struct seek *s, const struct expr *e, uint32_t lever)
{
    return (atom_trait(s, e, true).levers >> lever & 1) != 0;
}

/* ---- signs ---- */

static bool never_negative(struct seek *s, const struct expr *e, int depth);

static bool all_nonneg(struct seek *s, struct expr *const *arg, uint32_t n, int depth)
{
    for (uint32_t i = 0; i < n; i++)
        if (!never_negative(s, arg[i], depth + 1))
            return false;
    return true;
}

static bool value_at_least(struct seek *s, const struct expr *e, const struct expr *other)
{
    Cell c, d = {0, 0};
    return state_value(s, e, &c) && !cell_is_bad(c) && c.lo != -WIDE_INF &&
           (other == NULL || (state_value(s, other, &d) && !cell_is_bad(d) && d.hi != WIDE_INF)) &&
           (other == NULL ? c.lo >= 0
                          : wide_cmp(c.lo, e->type.scale, d.hi, other->type.scale) >= 0);
}

static bool op_nonneg(struct seek *s, const struct expr *e, int depth)
{
    switch ((int)e->op) {
    case OP_ADD:
    case OP_MUL:
    case OP_DIV:
    case OP_MAX:
    case OP_MIN:
    case OP_CAP:
    case OP_STEPS:
    case OP_SUM:
    case OP_MEAN: return all_nonneg(s, e->arg, e->arg_n, depth);
    case OP_ROUND:
    case OP_ROUND_DOWN:
    case OP_ROUND_UP:
    case OP_FLOOR: return all_nonneg(s, e->arg, 1, depth);
    case OP_CLAMP:
    case OP_IF: return all_nonneg(s, e->arg + 1, 2, depth);
    case OP_COUNT: return true;
    default: return false;
    }
}

static bool never_negative(struct seek *s, const struct expr *e, int depth)
{
    if (depth > DEPTH_MAX || e->type.kind != TYPE_NUM)
        return false;
    if (atom_trait(s, e, true).levers == 0)
        return value_at_least(s, e, NULL);
    if (e->kind == EXPR_FIELD)
        return s->lever[s->lever_of[e->ref]].lo >= 0;
    if (e->kind == EXPR_ITEM)
        return never_negative(s, s->rules->item[e->ref].expr, depth + 1);
    if (e->kind == EXPR_SPAN) /* the other years together are no less than nothing */
        return e->op == OP_SUM && never_negative(s, e->arg[0], depth + 1) &&
               value_at_least(s, e, e->arg[0]);
    return e->kind == EXPR_OP && op_nonneg(s, e, depth);
}

/* ---- tables ---- */

/* The least value a test lets through; false: not plain. */
static bool lower_end(const struct test *t, const struct expr **end)
{
    *end = NULL;
    if (t->kind == TEST_ANY)
        return true;
    *end = t->kind == TEST_CMP && (t->op == OP_LT || t->op == OP_LE) ? NULL : t->lo;
    bool plain = t->kind == TEST_RANGE || (t->kind == TEST_CMP && t->op != OP_NE && t->lo != NULL);
    return plain && (*end == NULL || (*end)->kind == EXPR_CONST);
}

static int compare_ends(const struct expr *a, const struct expr *b)
{
    if (a == NULL || b == NULL)
        return (a != NULL) - (b != NULL);
    return wide_cmp(a->value.lo, a->type.scale, b->value.lo, b->type.scale);
}

/* How the results of two rows compare at both ends: -1, 0, 1; 2: not plain. */
static int compare_results(const struct seek *s, const struct table *t, uint32_t i, uint32_t k)
{
    const struct expr *a = t->row[i].result, *b = t->row[k].result;
    if (s->goal != NULL && s->goal->kind == SEEK_GRADE &&
        s->rules->item[s->goal->item].expr->table == t)
        return i == k ? 0 : (i > k) == s->goal->rows_up ? 1 : -1;
    if (a->kind != EXPR_CONST || b->kind != EXPR_CONST || a->type.kind != TYPE_NUM)
        return 2;
    int lo = wide_cmp(a->value.lo, a->type.scale, b->value.lo, b->type.scale);
    int hi = wide_cmp(a->value.hi, a->type.scale, b->value.hi, b->type.scale);
    return lo == 0 ? hi : hi == 0 || hi == lo ? lo : 2;
}

/* Results along the bounds of the only input. */
static uint8_t bands_mono(const struct seek *s, const struct table *t)
{
    uint8_t m = 0;
    for (uint32_t i = 0; i < t->row_n; i++)
        for (uint32_t k = 0; k < i; k++) {
            const struct expr *a, *b;
            if (t->dated || t->row[i].cell[0].test_n != 1 || t->row[k].cell[0].test_n != 1 ||
                !lower_end(&t->row[i].cell[0].test[0], &a) ||
                !lower_end(&t->row[k].cell[0].test[0], &b))
                return MONO_BOTH;
            int ends = compare_ends(a, b), results = compare_results(s, t, i, k);
            if (results == 2 || (ends == 0 && results != 0))
                return MONO_BOTH;
            m |= (uint8_t)(ends * results > 0 ? MONO_UP : ends * results < 0 ? MONO_DOWN : 0);
        }
    return m;
}

/* Rows from the best down, each asking for at least so much: more never hits a later one. */
static bool is_ladder(struct seek *s, const struct table *t, uint32_t lever)
{
    for (uint32_t i = 0; i < t->row_n; i++) {
        int results = i > 0 ? compare_results(s, t, i - 1, i) : 0;
        if (results == 2 || results < 0)
            return false;
        for (uint32_t k = 0; k < t->input_n; k++)
            for (uint32_t j = 0; reads(s, t->input[k], lever) && j < t->row[i].cell[k].test_n;
                 j++) {
                const struct test *test = &t->row[i].cell[k].test[j];
                if (test->kind != TEST_ANY &&
                    (test->kind != TEST_CMP || (test->op != OP_GE && test->op != OP_GT)))
                    return false;
            }
    }
    return t->first_hit && !t->dated;
}

static bool bounds_read(struct seek *s, const struct table *t, const struct table_row *r,
                        uint32_t lever)
{
    for (uint32_t k = 0; k < t->input_n; k++)
        for (uint32_t j = 0; j < r->cell[k].test_n; j++) {
            const struct test *test = &r->cell[k].test[j];
            if ((test->lo != NULL && reads(s, test->lo, lever)) ||
                (test->hi != NULL && reads(s, test->hi, lever)))
                return true;
        }
    return false;
}

static uint8_t table_mono(struct seek *s, const struct table *t, uint32_t lever)
{
    uint8_t in = 0, out = 0;
    for (uint32_t i = 0; i < t->input_n; i++)
        in |= mono_of(s, t->input[i], lever);
    for (uint32_t i = 0; i < t->row_n; i++) {
        out |= mono_of(s, t->row[i].result, lever);
        if (bounds_read(s, t, &t->row[i], lever))
            return MONO_BOTH;
    }
    if (in == 0 || (in != 0 && out != 0))
        return in == 0 ? out : MONO_BOTH;
    if (is_ladder(s, t, lever))
        return in;
    uint8_t along = t->input_n == 1 ? bands_mono(s, t) : MONO_BOTH;
    return along == MONO_UP ? in : along == MONO_DOWN ? flip(in) : along == 0 ? 0 : MONO_BOTH;
}

/* ---- operators ---- */

static uint8_t join_args(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t m = 0;
    for (uint32_t i = 0; i < e->arg_n; i++)
        m |= mono_of(s, e->arg[i], lever);
    return m;
}

/* Parts and their weights: x1 w1 x2 w2 .. */
static uint8_t weighted_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t m = 0;
    for (uint32_t i = 0; i + 1 < e->arg_n; i += 2) {
        if (reads(s, e->arg[i + 1], lever) || !never_negative(s, e->arg[i + 1], 0))
            return MONO_BOTH;
        m |= mono_of(s, e->arg[i], lever);
    }
    return e->present_e6 > 0 && m != 0 ? MONO_BOTH : m;
}

static uint8_t product_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t a = mono_of(s, e->arg[0], lever), b = mono_of(s, e->arg[1], lever);
    if (e->op == OP_DIV)
        b = flip(b);
    if ((a != 0 && !never_negative(s, e->arg[1], 0)) ||
        (b != 0 && !never_negative(s, e->arg[0], 0)))
        return MONO_BOTH;
    return a | b;
}

static bool is_nothing(const struct expr *e)
{
    return e->kind == EXPR_CONST && e->value.lo == 0 && e->value.hi == 0;
}

/* A condition that chooses between something and nothing. */
static uint8_t choice_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t cond = mono_of(s, e->arg[0], lever);
    uint8_t m = mono_of(s, e->arg[1], lever) | mono_of(s, e->arg[2], lever);
    if (cond == 0)
        return m;
    if (is_nothing(e->arg[2]) && never_negative(s, e->arg[1], 0))
        return cond | m;
    if (is_nothing(e->arg[1]) && never_negative(s, e->arg[2], 0))
        return flip(cond) | m;
    return MONO_BOTH;
}

static uint8_t op_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t first = e->arg_n > 0 ? mono_of(s, e->arg[0], lever) : 0;
    uint8_t any = join_args(s, e, lever);
    switch ((int)e->op) {
    case OP_ADD:
    case OP_AND:
    case OP_OR:
    case OP_MAX:
    case OP_MIN:
    case OP_CAP:
    case OP_FLOOR_AT:
    case OP_CLAMP:
    case OP_SUM:
    case OP_MEAN:
    case OP_COUNT:
    case OP_PASSES:
    case OP_LN:
    case OP_LOG10:
    case OP_EXP:
    case OP_SQRT:
    case OP_REVIEWED: return any;
    case OP_ROUND:
    case OP_ROUND_DOWN:
    case OP_ROUND_UP:
    case OP_ROUND_EVEN:
    case OP_FLOOR: return first;
    case OP_NEG:
    case OP_NOT: return flip(any);
    case OP_SUB:
    case OP_GE:
    case OP_GT: return first | flip(mono_of(s, e->arg[1], lever));
    case OP_LE:
    case OP_LT: return flip(first) | mono_of(s, e->arg[1], lever);
    case OP_MUL:
    case OP_DIV: return product_mono(s, e, lever);
    case OP_STEPS:
    case OP_ATTAIN:
    case OP_GOALPOST: /* of a constant span */
        return any == first && !reads(s, e->arg[1], lever) && never_negative(s, e->arg[1], 0)
                   ? first
               : any == 0 ? 0
                          : MONO_BOTH;
    case OP_IF: return choice_mono(s, e, lever);
    case OP_AGG_SUM:
    case OP_AGG_WEIGHTED:
    case OP_AGG_ARITH:
    case OP_AGG_MAX:
    case OP_AGG_MIN: return weighted_mono(s, e, lever);
    case OP_CHOICE: return reads(s, e->arg[0], lever) ? MONO_BOTH : any;
    default: return any == 0 ? 0 : MONO_BOTH;
    }
}

static uint8_t span_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    uint8_t m = mono_of(s, e->arg[0], lever);
    Cell last;
    if (m == 0 || e->op == OP_SUM || e->op == OP_MEAN || e->op == OP_SPAN_MAX ||
        e->op == OP_SPAN_MIN || e->op == OP_EACH || e->op == OP_SOME)
        return m;
    bool grows =
        e->op == OP_GROWTH && e->period != PERIOD_QUARTER && state_past(s, e->arg[0], &last);
    return grows && last.lo > 0 ? m : MONO_BOTH;
}

/* More of the figure places it no lower among the others; the cut of groups must not hang on it. */
static uint8_t pop_mono(struct seek *s, const struct expr *e, uint32_t lever)
{
    for (uint32_t i = 0; i < e->pop->by_n; i++)
        if (reads(s, e->pop->by[i], lever))
            return MONO_BOTH;
    for (uint32_t i = 1; i < e->arg_n; i++)
        if (reads(s, e->arg[i], lever))
            return MONO_BOTH;
    uint8_t m = mono_of(s, e->arg[0], lever);
    switch ((int)e->op) {
    case OP_PERCENTILE:
    case OP_BORDA:
    case OP_MINMAX:
    case OP_ZSCORE:
    case OP_TO_MAX:
    case OP_WINSOR: break;
    case OP_RANK:
    case OP_BOARD: m = flip(m); break;
    default: return MONO_BOTH;
    }
    return e->pop->ascending ? flip(m) : m;
}

uint8_t mono_of(struct seek *s, const struct expr *e, uint32_t lever)
{
    if (e == NULL || !reads(s, e, lever))
        return 0;
    switch (e->kind) {
    case EXPR_FIELD: return s->lever[lever].kind == TYPE_TEXT ? MONO_BOTH : MONO_UP;
    case EXPR_ITEM: {
        uint8_t *known = &s->mono[(size_t)e->ref * LEVERS_MAX + lever];
        if (*known == NOT_KNOWN)
            *known = mono_of(s, s->rules->item[e->ref].expr, lever);
        return *known;
    }
    case EXPR_OP: return op_mono(s, e, lever);
    case EXPR_SPAN: return span_mono(s, e, lever);
    case EXPR_TABLE: return table_mono(s, e->table, lever);
    case EXPR_POP: return pop_mono(s, e, lever);
    case EXPR_CONST:
    case EXPR_NAME:
    case EXPR_AS_OF:
    case EXPR_YEAR:
    case EXPR_AT: break;
    }
    return MONO_BOTH;
}

void mono_open(struct seek *s)
{
    size_t n = (size_t)s->rules->item_n * LEVERS_MAX;
    s->mono = ARENA_ARRAY(s->keep, uint8_t, n + 1);
    for (size_t i = 0; i < n; i++)
        s->mono[i] = NOT_KNOWN;
}

/* ---- divisors ---- */

/* Marks levers that others are measured against: by `e`, or with `below` as part of a divisor. */
static void mark(struct seek *s, const struct expr *e, int depth)
{
    if (e == NULL || depth > DEPTH_MAX)
        return;
    if (e->kind == EXPR_ITEM && !s->walked[e->ref]) {
        s->walked[e->ref] = true;
        mark(s, s->rules->item[e->ref].expr, depth + 1);
    }
    if (e->kind == EXPR_OP && (e->op == OP_DIV || e->op == OP_ATTAIN))
        s->divisors |= atom_trait(s, e->arg[1], true).smooth;
    for (uint32_t i = 0; i < e->arg_n; i++)
        mark(s, e->arg[i], depth + 1);
    for (uint32_t i = 0; e->kind == EXPR_TABLE && i < e->table->input_n; i++)
        mark(s, e->table->input[i], depth + 1);
    for (uint32_t i = 0; e->kind == EXPR_TABLE && i < e->table->row_n; i++)
        mark(s, e->table->row[i].result, depth + 1);
}

void mono_keep_divisors(struct seek *s, const struct expr *e)
{
    mark(s, e, 0);
    for (uint32_t i = 0; i < s->rules->item_n; i++)
        s->walked[i] = false;
    for (uint32_t l = 0; s->opts->price == NULL && l < s->lever_n; l++)
        if ((s->divisors >> l & 1) != 0 && s->lever[l].now > 0)
            s->lever[l].lo = s->lever[l].now;
}
