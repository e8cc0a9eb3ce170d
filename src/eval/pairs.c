/* pairs.c - rows that are not definite, both ends at once in 64 bits.
 *
 * Between a fact that is missing and a score lie sums, weights, bounds and comparisons. Their ends
 * are gathered as pairs, computed and put back: the same as the kernels on Cells say, at a tenth of
 * the cost. That no finite end leaves 64 bits is what the ranges say that gave the node its lane
 * (code_range.c). +-INT64_MAX is "no bound"; truths are their codes, at both ends. What is not done
 * here - bad cells, texts that may be several, figures without a lane - is left to the kernels.
 */
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"

#define END_INF INT64_MAX

/* ---- in and out ---- */

/* By masks: whether a row of the list is open in one argument is anybody's guess. */
#define GATHER(TYPE, INF)                                                            \
    for (uint32_t i = 0; i < m; i++) {                                               \
        const uint32_t r = row[i];                                                   \
        const TYPE a = ((const TYPE *)v->lo)[r];                                     \
        const TYPE open = (TYPE) - (TYPE)(mask[r / WORD_ROWS] >> r % WORD_ROWS & 1); \
        const TYPE b = (TYPE)(a ^ ((a ^ ((const TYPE *)upper)[r]) & open));          \
        to->lo[i] = a == -(INF) ? -END_INF : a;                                      \
        to->hi[i] = b == (INF) ? END_INF : b;                                        \
        bad |= a == (INF);                                                           \
    }

static bool narrow_end(int64_t *out, Wide end)
{
    *out = end == WIDE_INF ? END_INF : end == -WIDE_INF ? -END_INF : (int64_t)end;
    return end == WIDE_INF || end == -WIDE_INF || (end < END_INF && end > -END_INF);
}

static bool narrow_cell(struct pairs *to, uint32_t i, Cell c)
{
    return !cell_is_bad(c) && narrow_end(&to->lo[i], c.lo) && narrow_end(&to->hi[i], c.hi);
}

/* False: a cell is bad, or no pair. */
static bool gather(struct strand *s, struct pairs *to, uint32_t slot, uint32_t m)
{
    const struct slot *x = &s->code->slot[slot];
    const struct vec *v = &s->at[slot];
    const uint32_t *row = s->row;
    bool bad = false;
    if (x->kind == SLOT_CONST) {
        for (uint32_t i = 0; i < m && !bad; i++)
            bad = !narrow_cell(to, i, s->fact[x->node].blank);
        return !bad;
    }
    if (NEVER(v->type == VEC_CELL)) /* lanes take columns of integers */
        return false;
    const bool ends = v->open != NULL && v->hi != NULL;
    const void *upper = ends ? v->hi : v->lo;
    const uint64_t *mask = ends ? v->open : s->mask;
    if (v->type == VEC_I8)
        GATHER(int8_t, INT8_MAX)
    else if (v->type == VEC_I32)
        GATHER(int32_t, INT32_MAX)
    else
        GATHER(int64_t, INT64_MAX)
    for (uint32_t i = 0; i < m && v->open != NULL && v->blank != NULL && !bad; i++)
        if (vec_is_open(v, row[i]))
            bad = !narrow_cell(to, i, *v->blank);
    return !bad;
}

#define SCATTER(TYPE, INF)                                                              \
    for (uint32_t i = 0; i < m; i++) {                                                  \
        const int64_t a = from->lo[i], b = from->hi[i];                                 \
        const uint32_t r = s->row[i];                                                   \
        const uint64_t open = truth ? a == TRUTH_UNKNOWN || a == TRUTH_MANUAL : a != b; \
        ((TYPE *)v->lo)[r] = a == -END_INF ? (TYPE) - (INF) : (TYPE)a;                  \
        ((TYPE *)v->hi)[r] = b == END_INF ? (INF) : (TYPE)b;                            \
        v->open[r / WORD_ROWS] |= open << r % WORD_ROWS;                                \
        any |= open;                                                                    \
    }

static void scatter(struct strand *s, const struct inst *x, const struct pairs *from, uint32_t m,
                    uint32_t n)
{
    struct vec *v = &s->own[x->out];
    const bool truth = s->plan->node[x->node].kind == TYPE_TRUTH;
    uint64_t any = 0;
    for (uint32_t w = 0; w < vec_words(n); w++)
        v->open[w] = 0;
    if (v->type == VEC_I8)
        SCATTER(int8_t, INT8_MAX)
    else if (v->type == VEC_I32)
        SCATTER(int32_t, INT32_MAX)
    else
        SCATTER(int64_t, INT64_MAX)
    s->at[x->out].open = any != 0 ? v->open : NULL;
}

/* ---- what they become ---- */

static bool is_open(int64_t truth)
{
    return truth == TRUTH_UNKNOWN || truth == TRUTH_MANUAL;
}

static int64_t strongest(int64_t a, int64_t b, int64_t strong, int64_t weak)
{
    return a == strong || b == strong                 ? strong
           : a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN ? TRUTH_UNKNOWN
           : a == TRUTH_MANUAL || b == TRUTH_MANUAL   ? TRUTH_MANUAL
                                                      : weak;
}

static int64_t plus(int64_t a, int64_t b, int64_t inf)
{
    return a == inf || b == inf ? inf : (int64_t)((uint64_t)a + (uint64_t)b);
}

static int64_t times(int64_t a, int64_t b)
{
    if (a == 0 || b == 0)
        return 0;
    if (a == END_INF || a == -END_INF || b == END_INF || b == -END_INF)
        return (a < 0) != (b < 0) ? -END_INF : END_INF;
    return a * b;
}

#define SMALLER(x, y) ((x) < (y) ? (x) : (y))
#define LARGER(x, y)  ((x) > (y) ? (x) : (y))
#define EACH(lower, upper)                                                        \
    for (uint32_t i = 0; i < m; i++) {                                            \
        const int64_t al = a->lo[i], ah = a->hi[i], bl = b->lo[i], bh = b->hi[i]; \
        (void)al, (void)ah, (void)bl, (void)bh;                                   \
        o->lo[i] = (lower);                                                       \
        o->hi[i] = (upper);                                                       \
    }                                                                             \
    return true;
#define TRUTH(met, unmet) EACH((met) ? TRUTH_MET : (unmet) ? TRUTH_UNMET : TRUTH_UNKNOWN, o->lo[i])

/* Ends through the node's lane, which knows its constants. */
static void by_lane(struct pairs *o, const struct inst *x, const struct pairs *a, uint32_t m)
{
    x->ends(o->lo, x->falls ? a->hi : a->lo, NULL, NULL, x->k, m);
    x->ends(o->hi, x->falls ? a->lo : a->hi, NULL, NULL, x->k, m);
    for (uint32_t i = 0; i < m; i++) {
        const int64_t low = x->falls ? -a->hi[i] : a->lo[i], high = x->falls ? -a->lo[i] : a->hi[i];
        o->lo[i] = low == -END_INF ? -END_INF : o->lo[i];
        o->hi[i] = high == END_INF ? END_INF : o->hi[i];
    }
}

static bool multiply(struct pairs *o, const struct inst *x, struct pairs *a, const struct pairs *b,
                     uint32_t m)
{
    struct pairs *to = x->ends == NULL ? o : a;
    for (uint32_t i = 0; i < m; i++) {
        const int64_t v[4] = {times(a->lo[i], b->lo[i]), times(a->lo[i], b->hi[i]),
                              times(a->hi[i], b->lo[i]), times(a->hi[i], b->hi[i])};
        const int64_t least[2] = {SMALLER(v[0], v[1]), SMALLER(v[2], v[3])};
        const int64_t most[2] = {LARGER(v[0], v[1]), LARGER(v[2], v[3])};
        to->lo[i] = SMALLER(least[0], least[1]);
        to->hi[i] = LARGER(most[0], most[1]);
    }
    if (x->ends != NULL)
        by_lane(o, x, a, m);
    return true;
}

/* if, and a row of a table over what is below it; a table that ends has END_INF there. */
static void choose(struct pairs *o, enum type_kind kind, const struct pairs *when,
                   const struct pairs *yes, const struct pairs *no, uint32_t m)
{
    for (uint32_t i = 0; i < m; i++) {
        const int64_t t = when->lo[i];
        const struct pairs *one = t == TRUTH_MET ? yes : no;
        const bool same = yes->lo[i] == no->lo[i] && yes->hi[i] == no->hi[i];
        int64_t lo = one->lo[i], hi = one->hi[i];
        if (is_open(t) && (same || no->lo[i] == END_INF)) {
            lo = yes->lo[i];
            hi = yes->hi[i];
        } else if (is_open(t) && kind == TYPE_TRUTH) {
            lo = hi = t;
        } else if (is_open(t)) {
            lo = SMALLER(yes->lo[i], no->lo[i]);
            hi = LARGER(yes->hi[i], no->hi[i]);
        }
        o->lo[i] = lo;
        o->hi[i] = hi;
    }
}

static bool table(struct strand *s, const struct inst *x, uint32_t m)
{
    struct pairs *in = s->pair, *o = &s->pair[3];
    for (uint32_t i = 0; i < m; i++)
        in[2].lo[i] = in[2].hi[i] = END_INF;
    if (x->table->n == 0 || (x->below != SLOT_NONE && !gather(s, &in[2], x->below, m)))
        return false;
    for (uint32_t j = x->table->n; j-- > 0;) {
        if (!gather(s, &in[0], x->row[j].truth, m) || !gather(s, &in[1], x->row[j].result_src, m))
            return false;
        choose(j == 0 ? o : &in[2], TYPE_NUM, &in[0], &in[1], &in[2], m);
    }
    for (uint32_t i = 0; i < m; i++)
        if (o->lo[i] == END_INF)
            o->lo[i] = -END_INF;
    return true;
}

static bool is_figure(const struct node *k, int64_t lo, int64_t hi)
{
    return k->kind == TYPE_TRUTH ? !is_open(lo) : lo == hi;
}

/* False: this node is the kernels'. */
static bool compute(const struct inst *x, const struct node *k, struct pairs *in, uint32_t m)
{
    struct pairs *o = &in[3], *a = &in[0], *b = &in[1];
    const bool order = k->op == NODE_LT || k->op == NODE_LE || k->op == NODE_EQ_NUM;
    if ((order && k->scale_of[0] != k->scale_of[1]) || k->kind == TYPE_TEXT)
        return false;
    switch ((int)k->op) {
    case NODE_ADD: EACH(plus(al, bl, -END_INF), plus(ah, bh, END_INF))
    case NODE_SUB: EACH(plus(al, -bh, -END_INF), plus(ah, -bl, END_INF))
    case NODE_NEG: EACH(-ah, -al)
    case NODE_MAX: EACH(LARGER(al, bl), LARGER(ah, bh))
    case NODE_MIN: EACH(SMALLER(al, bl), SMALLER(ah, bh))
    case NODE_MUL: return multiply(o, x, a, b, m);
    case NODE_AND: EACH(strongest(al, bl, TRUTH_UNMET, TRUTH_MET), o->lo[i])
    case NODE_OR: EACH(strongest(al, bl, TRUTH_MET, TRUTH_UNMET), o->lo[i])
    case NODE_NOT: EACH(al <= TRUTH_MET ? 1 - al : al, o->lo[i])
    case NODE_TALLY: EACH(al == TRUTH_MET, al == TRUTH_MET || is_open(al))
    case NODE_LT: TRUTH(ah < bl, al >= bh)
    case NODE_LE: TRUTH(ah <= bl, al > bh)
    case NODE_EQ_NUM: TRUTH(al == ah && bl == bh && al == bl, ah < bl || al > bh)
    case NODE_EQ_TEXT: TRUTH(al == ah && bl == bh && al == bl, al == ah && bl == bh)
    case NODE_CARRY: EACH(is_figure(k, al, ah) ? al : bl, is_figure(k, al, ah) ? ah : bh)
    case NODE_IF: choose(o, k->kind, a, b, &in[2], m); return true;
    default: return false;
    }
}

/* x against a constant, where truth turns at k: a lane's way to say it, at both ends. */
static void compare(struct pairs *o, const struct inst *x, const struct pairs *a, uint32_t m)
{
    int8_t *low = (int8_t *)o->hi, *high = low + m; /* o->hi comes last */
    x->ends(low, a->lo, NULL, NULL, x->k, m);
    x->ends(high, a->hi, NULL, NULL, x->k, m);
    for (uint32_t i = 0; i < m; i++)
        o->lo[i] = low[i] == high[i] ? low[i] : TRUTH_UNKNOWN;
    for (uint32_t i = 0; i < m; i++)
        o->hi[i] = o->lo[i];
}

bool pairs_run(struct strand *s, const struct inst *x, uint32_t m, uint32_t n)
{
    const struct node *k = &s->plan->node[x->node];
    struct pairs *in = s->pair, *o = &s->pair[3];
    if (x->ways == PAIR_NONE || s->own[x->out].open == NULL || x->gap != SLOT_NONE)
        return false;
    if (x->ways == PAIR_TABLE) {
        if (!table(s, x, m))
            return false;
    } else if (x->ways == PAIR_END || x->ways == PAIR_TURN) {
        if (!gather(s, in, x->src[x->end_of], m))
            return false;
        if (x->ways == PAIR_END)
            by_lane(o, x, in, m);
        else
            compare(o, x, in, m);
    } else {
        for (uint32_t i = 0; i < x->src_n; i++)
            if (!gather(s, &in[i], x->src[i], m))
                return false;
        if (!compute(x, k, in, m))
            return false;
    }
    scatter(s, x, o, m, n);
    return true;
}
