/* The reasons add up: on random documents and data (sample.h), every score that an explanation
 * shows is worked out again from what the explanation says - parts, weights, caps, rounding - and
 * must come to the shown score, to the last digit. So must the sums that it prints.
 *
 * PROP_N documents (else DOCUMENTS), with seeds from PROP_SEED (else 1); a failure names its seed.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "eval/cell.h"
#include "explain/explain_int.h"
#include "prop/run.h"
#include "prop/sample.h"
#include "t.h"

enum { DOCUMENTS = 200, PRINTED = 12 /* decimals, at most */ };

static uint64_t sums, wraps, sentences; /* that were looked at */

static uint64_t setting(const char *name, uint64_t otherwise)
{
    const char *n = getenv(name);
    return n == NULL ? otherwise : strtoull(n, NULL, 10);
}

static bool wrong(const struct explain *x, const struct why *w, const char *what)
{
    (void)fprintf(stderr, "row %u, %.*s: %s\n", x->row, (int)w->it->name.n, w->it->name.p, what);
    return false;
}

static bool rescaled(Cell *out, Cell c, int from, int to, enum rounding how)
{
    return wide_rescale(&out->lo, c.lo, from, to, how) &&
           wide_rescale(&out->hi, c.hi, from, to, how);
}

static bool is_closed(Cell c)
{
    return c.lo != -WIDE_INF && c.hi != WIDE_INF;
}

/* ---- parts ---- */

static bool is_left_out(const struct explain *x, const struct item *it)
{
    Cell c = it->applies == NULL ? cell_truth(TRUTH_MET) : why_value(x, it->applies);
    return truth_of(c) == TRUTH_UNMET || truth_of(c) == TRUTH_NA;
}

/* The most (the least) of the parts that take part; none of them is 0. */
static Cell extreme(const struct explain *x, const struct why *w, bool most)
{
    Cell out = {0, 0};
    bool any = false;
    for (const struct why *p = w->part.first; p != NULL; p = p->next) {
        if (p->it->bonus || p->it->deduction || is_left_out(x, p->it))
            continue;
        out.lo = !any || (p->value.lo > out.lo) == most ? p->value.lo : out.lo;
        out.hi = !any || (p->value.hi > out.hi) == most ? p->value.hi : out.hi;
        any = true;
    }
    return out;
}

static bool all_settled(const struct explain *x, const struct why *w)
{
    for (const struct why *p = w->part.first; p != NULL; p = p->next)
        if (!is_closed(p->value) ||
            (p->it->applies != NULL && cell_is_unknown(TYPE_TRUTH, why_value(x, p->it->applies))) ||
            (p->has_weight && p->weight.lo != p->weight.hi))
            return false;
    return true;
}

static bool parts_add_up(const struct explain *x, const struct why *w)
{
    const struct expr *core = why_core(w->it);
    Cell is = why_value(x, core), sum = {0, 0}, p;
    bool mean = w->it->agg == OP_AGG_ARITH;
    if (w->it->present_e6 > 0 || !all_settled(x, w) || !is_closed(is))
        return true;
    for (const struct why *part = w->part.first; part != NULL; part = part->next) {
        if (!part->has_points)
            return wrong(x, w, "a part does not say what it brings");
        if (!rescaled(&p, part->points, part->points_scale, DEC_SCALE_MAX, ROUND_HALF_UP))
            return wrong(x, w, "a part brings too much");
        sum.lo += p.lo;
        sum.hi += p.hi;
    }
    sums++;
    if (mean && !rescaled(&is, is, core->type.scale, w->it->type.scale, ROUND_HALF_UP))
        return wrong(x, w, "too large");
    int scale = mean ? w->it->type.scale : core->type.scale;
    if (wide_cmp(sum.lo, DEC_SCALE_MAX, is.lo, scale) != 0 ||
        wide_cmp(sum.hi, DEC_SCALE_MAX, is.hi, scale) != 0)
        return wrong(x, w, "the parts do not add up");
    return true;
}

static bool parts_make_group(const struct explain *x, const struct why *w)
{
    enum op agg = w->it->agg;
    if (agg == OP_AGG_SUM || agg == OP_AGG_WEIGHTED || agg == OP_AGG_ARITH)
        return parts_add_up(x, w);
    if ((agg != OP_AGG_MAX && agg != OP_AGG_MIN) || w->it->present_e6 > 0 || !all_settled(x, w))
        return true;
    for (const struct why *p = w->part.first; p != NULL; p = p->next)
        if (p->it->type.scale != w->it->type.scale)
            return true;
    const struct expr *core = why_core(w->it);
    Cell is = why_value(x, core), want = extreme(x, w, agg == OP_AGG_MAX);
    sums++;
    if (agg == OP_AGG_MAX && want.lo < 0) /* one that is left out is 0 among them */
        return true;
    if (wide_cmp(want.lo, w->it->type.scale, is.lo, core->type.scale) != 0 ||
        wide_cmp(want.hi, w->it->type.scale, is.hi, core->type.scale) != 0)
        return wrong(x, w, "it is no extreme of its parts");
    return true;
}

/* ---- what is put around ---- */

static Wide between(Wide v, Wide lo, Wide hi)
{
    return v > hi ? hi : v < lo ? lo : v;
}

static bool bound(const struct explain *x, const struct expr *e, Cell *out)
{
    *out = why_value(x, e);
    return is_closed(*out) && rescaled(out, *out, e->type.scale, DEC_SCALE_MAX, ROUND_HALF_UP);
}

/* Review and 缺数 are in `from`; cap, maximum, veto, 适用 and rounding are done here. False: cannot
 * be told from here. */
static bool wrapped(const struct explain *x, const struct why *w, Cell from, int scale, Cell *out)
{
    const struct item *it = w->it;
    const Cell zero = {0, 0};
    Cell limit, over = zero;
    if (!is_closed(from) || !rescaled(&from, from, scale, DEC_SCALE_MAX, ROUND_HALF_UP))
        return false;
    if (it->cap != NULL && !bound(x, it->cap, &limit))
        return false;
    if (it->cap != NULL)
        from = (Cell){between(from.lo, -WIDE_INF, limit.lo), between(from.hi, -WIDE_INF, limit.hi)};
    if (it->max != NULL &&
        (!bound(x, it->max, &limit) ||
         (it->form == FORM_TARGET && it->excess != NULL && !bound(x, it->excess, &over))))
        return false;
    if (it->max != NULL)
        from = (Cell){between(from.lo, 0, limit.lo + over.lo),
                      between(from.hi, 0, limit.hi + over.hi)};
    Cell veto = it->veto == NULL ? cell_truth(TRUTH_UNMET) : why_value(x, it->veto);
    Cell applies = it->applies == NULL ? cell_truth(TRUTH_MET) : why_value(x, it->applies);
    if (cell_is_unknown(TYPE_TRUTH, veto) || cell_is_unknown(TYPE_TRUTH, applies))
        return false;
    if (truth_of(veto) == TRUTH_MET || truth_of(applies) != TRUTH_MET)
        from = zero;
    return rescaled(out, from, DEC_SCALE_MAX, it->digits, it->how);
}

static bool wraps_to_value(const struct explain *x, const struct why *w)
{
    const struct item *it = w->it;
    const struct expr *core = why_core(it);
    Cell out;
    if (it->review >= 0 || it->blank_zero ||
        !wrapped(x, w, why_value(x, core), core->type.scale, &out))
        return true;
    wraps++;
    if (wide_cmp(out.lo, it->digits, w->value.lo, it->type.scale) != 0 ||
        wide_cmp(out.hi, it->digits, w->value.hi, it->type.scale) != 0)
        return wrong(x, w, "what is put around it does not lead to the score");
    return true;
}

/* ---- printed sums: "合计：20 + 50 + 18 = 88" ---- */

/* "5~8" or "7.5" in front of `*s`, of which it is cut; false: another thing. */
static bool take_figure(Str *s, Cell *out)
{
    Wide end[2];
    int n = 0;
    do {
        size_t len = 0;
        Dec d;
        while (len < s->n &&
               (s->p[len] == '.' || s->p[len] == '-' || (s->p[len] >= '0' && s->p[len] <= '9')))
            len++;
        if (len == 0 || !dec_parse(&d, str_sub(*s, 0, len), NULL) ||
            !wide_rescale(&end[n], d.m, d.scale, PRINTED, ROUND_HALF_UP))
            return false;
        *s = str_sub(*s, len, s->n);
        n++;
    } while (n == 1 && str_starts(*s, S("~")) && (*s = str_sub(*s, 1, s->n)).n > 0);
    *out = (Cell){end[0], end[n - 1]};
    return true;
}

static bool take(Str *s, Str what)
{
    bool there = str_starts(*s, what);
    if (there)
        *s = str_sub(*s, what.n, s->n);
    return there;
}

/* "80", or "0.6 × 80" */
static bool take_term(Str *s, Cell *out)
{
    Cell c;
    if (!take_figure(s, out))
        return false;
    return !take(s, S(" × ")) ||
           (out->lo == out->hi && take_figure(s, &c) &&
            wide_mul(&out->hi, out->lo, PRINTED, c.hi, PRINTED, PRINTED, ROUND_HALF_UP) &&
            wide_mul(&out->lo, out->lo, PRINTED, c.lo, PRINTED, PRINTED, ROUND_HALF_UP));
}

/* a + b − c = d, by the ends; false: not such a sentence, or with ≈ and the like in it. */
static bool printed_sum(Str s, Cell *sum, Cell *total)
{
    Cell c;
    *sum = (Cell){0, 0};
    bool minus = take(&s, S("−"));
    do {
        if (!take_term(&s, &c))
            return false;
        sum->lo += minus ? -c.hi : c.lo;
        sum->hi += minus ? -c.lo : c.hi;
        minus = str_starts(s, S(" − "));
    } while (take(&s, S(" + ")) || take(&s, S(" − ")));
    return take(&s, S(" = ")) && take_figure(&s, total) && s.n == 0;
}

static bool prints_sums(const struct explain *x, const struct why *w)
{
    Cell sum, total;
    for (size_t i = 0; i < w->how_n; i++) {
        Str s = w->how[i];
        if ((!take(&s, S("合计：")) && !take(&s, S("加权合计："))) || !printed_sum(s, &sum, &total))
            continue;
        sentences++;
        if (sum.lo != total.lo || sum.hi != total.hi)
            return wrong(x, w, arena_fmt(x->arena, "%.*s", STR_ARG(w->how[i])).p);
    }
    return true;
}

/* ---- all documents ---- */

static bool node_holds(const struct explain *x, const struct why *w)
{
    bool good = w->it->kind != ITEM_SCORE || w->it->expr == NULL ||
                (parts_make_group(x, w) && wraps_to_value(x, w) && prints_sums(x, w));
    for (const struct why *p = w->part.first; good && p != NULL; p = p->next)
        good = node_holds(x, p);
    return good;
}

static bool row_holds(struct arena *tmp, const struct run *w, const struct result *res,
                      uint32_t row)
{
    struct explain x = {.arena = tmp, .rules = res->rules, .plan = w->plan, .res = res, .row = row};
    bool good = true;
    x.told = ARENA_ARRAY(tmp, bool, res->rules->item_n + 1);
    x.own = ARENA_ARRAY(tmp, bool, res->rules->item_n + 1);
    x.missing = missing_open(tmp, res->rules, res->opts.period);
    if (trace_open(tmp, &x.trace, w->plan, res, row) != OK)
        return false;
    for (uint32_t i = 0; good && i < res->rules->item_n; i++)
        if (res->rules->item[i].kind == ITEM_SCORE && res->rules->item[i].parent < 0) {
            const struct why *y = why_item(&x, i);
            good = y == NULL || node_holds(&x, y);
        }
    return good;
}

static void for_all(enum sample_kind kind)
{
    for (uint64_t i = 0; i < setting("PROP_N", DOCUMENTS); i++) {
        struct arena *keep = arena_open();
        struct sample s;
        struct run w;
        struct result *res = NULL;
        uint64_t seed = setting("PROP_SEED", 1) + i;
        sample_make(keep, &s, seed, kind);
        bool good = true,
             opens = run_open(&w, s.doc, sample_csv(keep, &s, NULL), SAMPLE_DAY, SAMPLE_YEAR) &&
                     run_vector(&w, &res) == OK;
        for (uint32_t row = 0; opens && good && row < w.d->row_n; row++)
            good = row_holds(w.keep, &w, res, row);
        CHECK(good);
        if (!good)
            (void)fprintf(stderr, "kind %d, seed %llu\n", (int)kind, (unsigned long long)seed);
        run_close(&w);
        arena_close(keep);
    }
}

TEST(prop_explanation_sums_to_the_score)
{
    sums = wraps = sentences = 0;
    for_all(SAMPLE_ALL);
    for_all(SAMPLE_BLANKS);
    CHECK(sums > DOCUMENTS && wraps > DOCUMENTS && sentences > DOCUMENTS);
}
