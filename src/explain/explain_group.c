/* explain_group.c - what the parts of a group bring to it.
 *
 * What parts bring adds up to the group: to the last digit where it is a sum, weighted or not. Of a
 * weighted mean each part brings what the mean of all up to it, rounded as the group is, has more
 * than the mean of those before it; so the last digits of the parts add up, too.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "eval/cell.h"
#include "explain/explain_int.h"

enum { WEIGHT_SCALE = 12, PRODUCT_SCALE = 18, TEXT_MAX = 1 << 16 };

struct shares { /* of a weighted mean, part by part */
    Wide total; /* of the weights that count, at WEIGHT_SCALE; 0: not settled */
    Cell sum;   /* of weight times value, at PRODUCT_SCALE */
    Cell told;  /* brought so far, at the group's scale */
};

enum truth why_takes_part(const struct explain *x, const struct item *it)
{
    if (it->applies == NULL)
        return TRUTH_MET;
    enum truth t = truth_of(why_value(x, it->applies));
    return t == TRUTH_MET || cell_is_unknown(TYPE_TRUTH, cell_truth(t)) ? t : TRUTH_UNMET;
}

/* As the mean counts it. False: not settled, or negative. */
static bool weight_of(const struct explain *x, const struct item *it, Wide *out)
{
    Cell w = it->weight == NULL ? cell_point(1) : why_value(x, it->weight);
    int scale = it->weight == NULL ? 0 : it->weight->type.scale;
    enum truth part = why_takes_part(x, it);
    if (part == TRUTH_UNMET)
        w = cell_point(0);
    return (part == TRUTH_MET || part == TRUTH_UNMET) && w.lo == w.hi && w.lo >= 0 &&
           wide_rescale(out, w.lo, scale, WEIGHT_SCALE, ROUND_HALF_UP);
}

static Wide total_weight(const struct explain *x, const struct item *it)
{
    Wide sum = 0, w;
    for (uint32_t i = 0; i < it->child_n; i++) {
        const struct item *c = &x->rules->item[it->child[i]];
        if (c->bonus || c->deduction)
            continue;
        if (!weight_of(x, c, &w))
            return 0;
        sum += w;
    }
    return sum;
}

/* weight * value at `scale`; false: it does not fit, or is not settled. */
static bool weighted(const struct explain *x, const struct why *part, int scale, Cell *out)
{
    Wide w;
    int s = part->it->type.scale;
    return !cell_is_open(part->value) && weight_of(x, part->it, &w) &&
           wide_mul(&out->lo, part->value.lo, s, w, WEIGHT_SCALE, scale, ROUND_HALF_UP) &&
           wide_mul(&out->hi, part->value.hi, s, w, WEIGHT_SCALE, scale, ROUND_HALF_UP);
}

static bool end_share(struct why *part, const struct why *group, Wide total, Wide sum, Wide *told,
                      Wide *out)
{
    int fine = why_core(group->it)->type.scale;
    Wide now;
    if (!wide_div(&now, sum, PRODUCT_SCALE, total, WEIGHT_SCALE, fine, ROUND_HALF_UP) ||
        !wide_rescale(&now, now, fine, part->points_scale, ROUND_HALF_UP))
        return false;
    *out = now - *told;
    *told = now;
    return true;
}

static bool share(struct explain *x, struct why *part, const struct why *group, struct shares *s)
{
    Cell p;
    if (s->total <= 0 || !weighted(x, part, PRODUCT_SCALE, &p))
        return false;
    s->sum.lo += p.lo;
    s->sum.hi += p.hi;
    part->points_scale = group->it->type.scale;
    return end_share(part, group, s->total, s->sum.lo, &s->told.lo, &part->points.lo) &&
           end_share(part, group, s->total, s->sum.hi, &s->told.hi, &part->points.hi);
}

static void weigh(struct explain *x, struct why *part, const struct why *group, struct shares *s)
{
    const struct item *it = part->it, *parent = group->it;
    part->points_scale = it->type.scale;
    if (it->weight != NULL && parent->agg != OP_AGG_SUM) {
        part->has_weight = true;
        part->weight = why_value(x, it->weight);
        part->weight_type = it->weight->type;
    }
    if (parent->present_e6 > 0 && !it->bonus && !it->deduction)
        return; /* parts without a figure are left out, and the others scaled up */
    if (parent->agg == OP_AGG_SUM || it->bonus || it->deduction) {
        part->has_points = !cell_is_open(part->value);
        part->points = it->deduction ? (Cell){-part->value.hi, -part->value.lo} : part->value;
    } else if (parent->agg == OP_AGG_WEIGHTED) {
        part->points_scale = PRODUCT_SCALE;
        part->has_points = weighted(x, part, PRODUCT_SCALE, &part->points);
    } else if (parent->agg == OP_AGG_ARITH) {
        part->has_points = share(x, part, group, s);
    }
}

/* One part of a sum or of a list of what is averaged. */
static void add_part(struct explain *x, struct buf *b, const struct why *p, bool sums)
{
    const struct unit *u = p->has_weight ? why_unit(x, p->it->weight) : NULL;
    Str weight = p->has_weight ? why_cell(x, p->weight_type, u, p->weight) : S("");
    if (p->it->deduction)
        buf_add(b, b->n > 0 ? S(" − ") : S("−"));
    else if (b->n > 0)
        buf_add(b, str_of(sums || p->it->bonus ? " + " : EX(x, "、", ", ")));
    if (sums && p->has_weight)
        buf_fmt(b, "%.*s × ", STR_ARG(weight));
    buf_add(b, why_cell(x, p->it->type, NULL, p->value));
    if (!sums && p->has_weight)
        buf_fmt(b, EX(x, "（权重 %.*s）", " (weight %.*s)"), STR_ARG(weight));
}

/* "20 + 50 + 18", "0.6 × 80 + 0.4 × 70"; for means and the like "75（权重 2）、4". */
static Str sum_text(struct explain *x, const struct why *w, bool sums)
{
    struct buf b;
    buf_init(&b, x->arena, TEXT_MAX);
    for (const struct why *p = w->part.first; p != NULL; p = p->next)
        if (why_takes_part(x, p->it) != TRUTH_UNMET)
            add_part(x, &b, p, sums);
    return b.n > 0 ? buf_str(&b) : str_of(EX(x, "下级都不适用", "no part applies"));
}

/* 有效: parts without a figure are left out and the others scaled up. */
static bool is_scaled_up(const struct explain *x, const struct why *w)
{
    bool open = false;
    for (const struct why *p = w->part.first; p != NULL; p = p->next) {
        enum truth part = why_takes_part(x, p->it);
        open |= cell_is_open(p->value) || (part != TRUTH_MET && part != TRUTH_UNMET);
    }
    return open && w->it->present_e6 > 0;
}

void why_group(struct explain *x, struct why *w, const struct expr *core)
{
    static const struct {
        enum op op;
        const char *word[2];
    } names[] = {{OP_AGG_SUM, {"合计", "sum"}},
                 {OP_AGG_WEIGHTED, {"加权合计", "weighted sum"}},
                 {OP_AGG_ARITH, {"加权平均", "weighted mean"}},
                 {OP_AGG_GEO, {"几何平均", "geometric mean"}},
                 {OP_AGG_HARM, {"调和平均", "harmonic mean"}},
                 {OP_AGG_MAX, {"取大", "largest of"}},
                 {OP_AGG_MIN, {"取小", "smallest of"}},
                 {OP_AGG_COPELAND, {"科普兰", "Copeland"}}};
    const struct item *it = w->it;
    if (it->agg == OP_CHOICE) {
        why_say(x, w, EX(x, "择一：%.*s", "choice: %.*s"), STR_ARG(why_is(x, it->choice)));
        return;
    }
    const char *word = "";
    for (size_t i = 0; i < ARRAY_N(names); i++)
        if (names[i].op == it->agg)
            word = names[i].word[x->lang];
    bool sums = it->agg == OP_AGG_SUM || it->agg == OP_AGG_WEIGHTED, up = is_scaled_up(x, w);
    Str parts = sum_text(x, w, sums && !up), points = why_points(x, core);
    if (up)
        why_say(x, w, EX(x, "%s：%.*s → %.*s", "%s: %.*s → %.*s"), word, STR_ARG(parts),
                STR_ARG(points));
    else
        why_say(x, w, EX(x, "%s：%.*s", "%s: %.*s"), word, STR_ARG(why_equals(x, parts, points)));
    if (it->present_e6 > 0)
        why_say(
            x, w,
            EX(x, "只汇总有数的下级，至少要有 %.*s", "only parts with data; at least %.*s of them"),
            STR_ARG(why_cell(x, (Type){.kind = TYPE_NUM, .scale = 6}, unit_find(S("%")),
                             cell_point(it->present_e6))));
}

void why_parts(struct explain *x, struct why *w)
{
    struct shares shares = {.total = total_weight(x, w->it)};
    for (uint32_t i = 0; i < w->it->child_n; i++) {
        struct why *part = why_item(x, w->it->child[i]);
        if (part == NULL)
            continue;
        if (w->it->agg != OP_NONE)
            weigh(x, part, w, &shares);
        if (w->it->agg == OP_CHOICE) {
            Str chosen = why_print(x, w->it->choice);
            Cell c = why_value(x, w->it->choice);
            part->aside = !cell_is_open(c) && !str_eq(chosen, part->it->name);
        }
        why_append(&w->part, part);
    }
}
