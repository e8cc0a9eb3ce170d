/* assume.c - bounds and 备选: what may be assumed otherwise, and the document assumed otherwise.
 *
 * An assumption is an edit of the document (robust/vary.h); under some of them the edited text is
 * compiled and scored like any other, for the leaves that stand on them.
 */
#include "base/diag.h"
#include "base/str.h"
#include "robust/robust_int.h"
#include "robust/vary.h"
#include "rule/make.h"
#include "rule/walk.h"

/* ---- the list ---- */

static bool has_bounds(struct arena *tmp, const struct rules *r, uint32_t item)
{
    struct edit *edit;
    return vary_bounds(tmp, &edit, r, item, 1) > 0;
}

static bool is_group(const struct item *it)
{
    return it->kind == ITEM_SCORE && it->form == FORM_GROUP && it->agg != OP_NONE;
}

/* How far the bounds of an item go; 0: they stay. */
static uint32_t spread_of(const struct robust_opts *o, const struct item *it)
{
    if (it->vary.given)
        return it->vary.ppm;
    return it->kind == ITEM_SEGMENT || it->kind == ITEM_GATE ? 0 : o->bounds_ppm;
}

static void add(struct assumed *a, struct assumption x)
{
    if (a->n < ASSUME_MAX)
        a->at[a->n++] = x;
    else
        a->why[x.item] = ROBUST_MANY;
}

static void list(struct assumed *a, struct arena *tmp)
{
    const struct rules *r = a->base->rules;
    for (uint32_t i = 0; i < r->item_n; i++) {
        const struct item *it = &r->item[i];
        uint32_t spread = spread_of(a->opts, it);
        if (spread > 0 && !is_group(it) && it->kind != ITEM_POLICY && has_bounds(tmp, r, i))
            add(a, (struct assumption){.item = i,
                                       .kind = ROBUST_BOUNDS,
                                       .spread_ppm = spread,
                                       .level_n = BOUND_LEVELS + 1});
        if (it->vary.instead_n > 0)
            add(a, (struct assumption){.item = i,
                                       .kind = ROBUST_INSTEAD,
                                       .level_n = it->vary.instead_n + 1,
                                       .sums = it->vary.of == NULL});
    }
}

/* ---- who stands on them ---- */

struct stands {
    const struct assumed *a;
    struct walker walker;
    uint64_t mask;
};

static void note(void *arg, const struct expr *e)
{
    struct stands *s = arg;
    if (e->kind == EXPR_ITEM)
        s->mask |= s->a->mask[e->ref];
    if (e->kind == EXPR_FIELD) /* what its gaps are filled with may go by groups */
        walk_pop(&s->walker, s->a->base->rules->field[e->ref].blank_by);
}

uint64_t assumed_mask(const struct assumed *a, struct expr *const *e, uint32_t n)
{
    struct arena *tmp = arena_open();
    struct stands s = {.a = a, .walker = {.visit = note, .tmp = tmp}};
    s.walker.arg = &s;
    walk_list(&s.walker, e, n);
    arena_close(tmp);
    return s.mask;
}

static void spread_masks(struct assumed *a)
{
    const struct rules *r = a->base->rules;
    for (uint32_t i = 0; i < r->item_n; i++)
        a->mask[i] = 0;
    for (uint32_t k = 0; k < a->n; k++)
        a->mask[a->at[k].item] |= (uint64_t)1 << k;
    for (uint32_t k = 0; k < r->item_n; k++) {
        uint32_t i = r->order[k];
        a->mask[i] |= assumed_mask(a, &r->item[i].expr, 1);
    }
}

void assumed_drop(struct assumed *a, uint32_t i, enum robust_why why)
{
    if (why != ROBUST_SHAKEN)
        a->why[a->at[i].item] = (uint8_t)why;
    for (a->n--; i < a->n; i++)
        a->at[i] = a->at[i + 1];
    spread_masks(a);
}

/* Grades by thresholds stand beside the score: level.c has them. */
static bool bears(const struct assumed *a, uint32_t k)
{
    return (a->mask[a->score] >> k & 1) != 0 ||
           a->base->rules->item[a->at[k].item].kind == ITEM_GRADE;
}

void assumed_open(struct assumed *a, struct arena *keep, const struct result *base, uint32_t score,
                  const struct robust_opts *o)
{
    *a = (struct assumed){.keep = keep, .base = base, .score = score, .opts = o};
    a->mask = ARENA_ARRAY(keep, uint64_t, base->rules->item_n + 1);
    a->why = ARENA_ARRAY(keep, uint8_t, base->rules->item_n + 1);
    struct arena *tmp = arena_open();
    list(a, tmp);
    arena_close(tmp);
    spread_masks(a);
    for (uint32_t k = a->n; k-- > 0;)
        if (!bears(a, k))
            assumed_drop(a, k, ROBUST_SHAKEN);
}

/* ---- the document under them ---- */

static int32_t ppm_at(const struct assumption *x, uint32_t level)
{
    static const int32_t halves[BOUND_LEVELS + 1] = {0, -2, -1, 1, 2};
    return halves[level] * (int32_t)(x->spread_ppm / 2);
}

static size_t edits_of(const struct assumed *a, struct arena *keep, const uint8_t *level,
                       struct edit **out)
{
    size_t n = 0, cap = 0;
    *out = NULL;
    for (uint32_t k = 0; k < a->n; k++) {
        const struct assumption *x = &a->at[k];
        struct edit one, *edit = &one;
        uint32_t edit_n = 1;
        if (level[k] == 0)
            continue;
        if (x->kind == ROBUST_INSTEAD)
            one = vary_instead(a->base->rules, x->item, level[k] - 1);
        else
            edit_n = vary_bounds(keep, &edit, a->base->rules, x->item, ppm_at(x, level[k]));
        for (uint32_t i = 0; i < edit_n; i++)
            VEC_PUSH(keep, *out, n, cap) = edit[i];
    }
    return n;
}

/* Texts of data are codes by the labels of the document they were read for. */
static bool same_labels(const struct rules *a, const struct rules *b)
{
    bool same = a->label_n == b->label_n && a->item_n == b->item_n && a->field_n == b->field_n;
    for (uint32_t i = 0; same && i < a->label_n; i++)
        same = str_eq(a->label[i], b->label[i]);
    return same;
}

const struct rules *assumed_rules(const struct assumed *a, struct arena *keep, const uint8_t *level)
{
    const struct rules *base = a->base->rules;
    struct edit *edit;
    struct rules *r;
    struct diags ds;
    size_t n = edits_of(a, keep, level, &edit);
    diags_init(&ds, keep);
    bool good = rule_load(keep, &r, base->file, vary_text(keep, base->text, edit, n), &ds) == OK &&
                same_labels(base, r);
    return good ? r : NULL;
}

bool assumed_run(const struct assumed *a, struct result **out, const uint8_t *level,
                 const bool *wanted)
{
    const struct rules *r = assumed_rules(a, a->keep, level);
    struct eval_opts opts = a->base->opts;
    struct plan *plan;
    struct diags ds;
    diags_init(&ds, a->keep);
    opts.values_only = true;
    opts.workers = a->opts->workers;
    if (r == NULL || plan_build(a->keep, &plan, r, opts.as_of, opts.period, &ds) != OK)
        return false;
    plan_keep(a->keep, plan, wanted);
    return eval_run(a->keep, out, plan, a->base->data, &opts, &ds) == OK;
}
