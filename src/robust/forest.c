/* forest.c - a tree for each combination of ways to add up, and the columns of their leaves under
 * all combinations of the assumptions these stand on.
 *
 * Built twice: the first time shows which items are leaves; then their documents are scored, which
 * shows who has no bounds or is open under some assumption, and how large figures get; the second
 * time all trees stand over the same columns.
 */
#include "base/str.h"
#include "robust/robust_int.h"

/* One set of assumptions that leaves of a tree stand on, under every combination. */
struct set {
    uint32_t tree;
    uint64_t mask;
    uint32_t on[DEPENDS_MAX], stride[DEPENDS_MAX], on_n, combination_n;
    bool *wanted;
    struct result **res; /* [combination]; [0] is the tree's */
};

struct grower {
    struct forest *f;
    struct assumed *a;
    struct arena *keep;
    uint64_t sums; /* mask of the assumptions on sums */
    struct set *set;
    size_t set_n, set_cap;
    int64_t *reach;
};

/* ---- ways to add up ---- */

static uint64_t mask_of_sums(const struct assumed *a)
{
    uint64_t mask = 0;
    for (uint32_t k = 0; k < a->n; k++)
        mask |= (uint64_t)a->at[k].sums << k;
    return mask;
}

/* Every combination of 汇总, as a mixed number; too many of them: the last ones are given up. */
static void count_trees(struct grower *g)
{
    struct forest *f = g->f;
    f->tree_n = 1;
    for (uint32_t k = 0; k < g->a->n; k++) {
        f->stride[k] = 0;
        if (!g->a->at[k].sums)
            continue;
        if (f->tree_n * g->a->at[k].level_n > TREES_MAX) {
            assumed_drop(g->a, k--, ROBUST_MANY);
            continue;
        }
        f->stride[k] = f->tree_n;
        f->tree_n *= g->a->at[k].level_n;
    }
    g->sums = mask_of_sums(g->a);
}

static void levels_of_tree(const struct grower *g, uint32_t tree, uint8_t *level)
{
    for (uint32_t k = 0; k < g->a->n; k++)
        level[k] =
            g->f->stride[k] == 0 ? 0 : (uint8_t)(tree / g->f->stride[k] % g->a->at[k].level_n);
}

/* The items below the score: all a tree may look at. */
static bool *below_score(const struct grower *g)
{
    const struct rules *r = g->a->base->rules;
    bool *wanted = ARENA_ARRAY(g->keep, bool, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++) {
        int32_t up = (int32_t)i;
        while (up >= 0 && (uint32_t)up != g->a->score)
            up = r->item[up].parent;
        wanted[i] = up >= 0 || r->item[i].kind == ITEM_SEGMENT;
    }
    return wanted;
}

/* The ways to add up that make this tree are given up. */
static void drop_tree(struct grower *g, uint32_t tree, enum robust_why why)
{
    uint8_t level[ASSUME_MAX];
    levels_of_tree(g, tree, level);
    for (uint32_t k = g->a->n; k-- > 0;)
        if (level[k] > 0)
            assumed_drop(g->a, k, why);
}

/* Scores the document under every way to add up. False: one of them cannot be, and is given up. */
static bool score_trees(struct grower *g)
{
    uint8_t level[ASSUME_MAX] = {0};
    const bool *wanted = below_score(g);
    for (uint32_t i = 0; i < g->f->tree_n; i++) {
        struct result *res = NULL;
        levels_of_tree(g, i, level);
        if (i > 0 && !assumed_run(g->a, &res, level, wanted)) {
            drop_tree(g, i, ROBUST_FAILS);
            return false;
        }
        g->f->tree[i].res = i == 0 ? g->a->base : res;
    }
    return true;
}

static void open_trees(struct grower *g)
{
    const struct result *base = g->a->base;
    bool *skip = ARENA_ARRAY(g->keep, bool, (size_t)base->row_n + 1);
    bool *open = ARENA_ARRAY(g->keep, bool, (size_t)base->row_n + 1);
    const struct means *means = means_open(g->keep);
    g->reach = ARENA_ARRAY(g->keep, int64_t, base->rules->item_n + 1);
    for (uint32_t i = 0; i < g->f->tree_n; i++) {
        struct tree *t = &g->f->tree[i];
        const struct result *res = t->res;
        *t = (struct tree){.keep = arena_child(g->keep),
                           .res = res,
                           .score = g->a->score,
                           .spread_ppm = g->a->opts->spread_ppm,
                           .skip = skip,
                           .open = open,
                           .means = means,
                           .reach = g->reach};
        t->why = ARENA_ARRAY(g->keep, uint8_t, (size_t)base->rules->item_n + 1);
        for (uint32_t row = 0; row < base->row_n; row++) {
            Cell c = result_cell(res, g->a->score, row);
            open[row] |= c.lo != c.hi;
        }
    }
}

static uint32_t skipped(const struct forest *f)
{
    uint32_t n = 0;
    for (uint32_t row = 0; row < f->tree[0].res->row_n; row++)
        n += f->tree[0].skip[row];
    return n;
}

/* All trees leave out whom one of them leaves out. Returns tree_n, or the first tree that is
 * none, because there is no telling what the score is made of (择一, 科普兰 at the top). */
static uint32_t grow(struct grower *g)
{
    uint32_t before;
    do {
        before = skipped(g->f);
        for (uint32_t i = 0; i < g->f->tree_n; i++)
            if (!robust_tree(&g->f->tree[i]))
                return i;
    } while (skipped(g->f) != before);
    return g->f->tree_n;
}

/* ---- what leaves stand on ---- */

/* Assumptions that reach a node by another way than what it adds up. */
static uint64_t beside(const struct grower *g, const struct node *n)
{
    const struct rules *r = g->a->base->rules;
    const struct item *it = &r->item[n->item];
    struct expr *own[] = {it->veto, it->applies, it->max, it->cap};
    uint64_t mask = assumed_mask(g->a, own, ARRAY_N(own));
    for (uint32_t k = 0; k < n->part_n; k++) {
        const struct item *c = &r->item[n->part[k].item];
        struct expr *of[] = {c->weight, c->max, c->applies};
        mask |= assumed_mask(g->a, of, ARRAY_N(of));
    }
    return mask & ~g->sums;
}

static bool drop_beside(struct grower *g)
{
    uint64_t mask = 0;
    for (uint32_t i = 0; i < g->f->tree_n; i++)
        for (size_t j = 0; j < g->f->tree[i].node_n; j++)
            mask |= beside(g, &g->f->tree[i].node[j]);
    for (uint32_t k = g->a->n; k-- > 0;)
        if ((mask >> k & 1) != 0)
            assumed_drop(g->a, k, ROBUST_BESIDE);
    return mask != 0;
}

static struct set *set_for(struct grower *g, uint32_t tree, uint64_t mask)
{
    for (size_t i = 0; i < g->set_n; i++)
        if (g->set[i].tree == tree && g->set[i].mask == mask)
            return &g->set[i];
    struct set s = {.tree = tree, .mask = mask, .combination_n = 1};
    for (uint32_t k = 0; k < g->a->n; k++) {
        if ((mask >> k & 1) == 0)
            continue;
        s.combination_n *= g->a->at[k].level_n;
        if (s.on_n == DEPENDS_MAX || s.combination_n > COMBINATIONS_MAX) {
            assumed_drop(g->a, k, ROBUST_MANY);
            return NULL;
        }
        s.on[s.on_n] = k;
        s.stride[s.on_n++] = s.combination_n / g->a->at[k].level_n;
    }
    s.wanted = ARENA_ARRAY(g->keep, bool, g->a->base->rules->item_n + 1);
    s.res = ARENA_ARRAY(g->keep, struct result *, s.combination_n);
    VEC_PUSH(g->keep, g->set, g->set_n, g->set_cap) = s;
    return &g->set[g->set_n - 1];
}

/* A leaf that no way to add up changes is the same in every tree. */
static uint32_t home_of(const struct grower *g, uint32_t tree, uint32_t item)
{
    return (g->a->mask[item] & g->sums) == 0 ? 0 : tree;
}

/* Which documents are to be scored, for which items. False: one was given up, begin again. */
static bool list_sets(struct grower *g)
{
    g->set_n = 0;
    for (uint32_t i = 0; i < g->f->tree_n; i++)
        for (size_t j = 0; j < g->f->tree[i].leaf_n; j++) {
            uint32_t item = g->f->tree[i].leaf[j].item;
            uint64_t mask = g->a->mask[item] & ~g->sums;
            if (mask == 0)
                continue;
            struct set *s = set_for(g, home_of(g, i, item), mask);
            if (s == NULL)
                return false;
            s->wanted[item] = true;
        }
    return true;
}

static bool score_set(struct grower *g, struct set *s)
{
    uint8_t level[ASSUME_MAX];
    levels_of_tree(g, s->tree, level);
    for (uint32_t c = 1; c < s->combination_n; c++) {
        for (uint32_t k = 0; k < s->on_n; k++)
            level[s->on[k]] = (uint8_t)(c / s->stride[k] % g->a->at[s->on[k]].level_n);
        if (!assumed_run(g->a, &s->res[c], level, s->wanted))
            return false;
    }
    return true;
}

static bool score_sets(struct grower *g)
{
    for (size_t i = 0; i < g->set_n; i++) {
        struct set *s = &g->set[i];
        if (score_set(g, s))
            continue;
        for (uint32_t k = s->on_n; k-- > 0;)
            assumed_drop(g->a, s->on[k], ROBUST_FAILS);
        return false;
    }
    return true;
}

/* Who is open or without bounds under some assumption, and how large figures get. */
static void survey(struct grower *g, const struct set *s, uint32_t item)
{
    struct tree *t = &g->f->tree[0];
    for (uint32_t c = 1; c < s->combination_n; c++)
        for (uint32_t row = 0; row < t->res->row_n; row++) {
            Cell x = result_cell(s->res[c], item, row);
            t->open[row] |= x.lo != x.hi;
            t->skip[row] |= !robust_is_bounded(x);
            if (t->skip[row])
                continue;
            int64_t most = (int64_t)(x.hi > -x.lo ? x.hi : -x.lo);
            g->reach[item] = most > g->reach[item] ? most : g->reach[item];
        }
}

static void survey_all(struct grower *g)
{
    for (size_t i = 0; i < g->set_n; i++)
        for (uint32_t item = 0; item < g->a->base->rules->item_n; item++)
            if (g->set[i].wanted[item])
                survey(g, &g->set[i], item);
}

static const struct set *set_of(const struct grower *g, uint32_t tree, uint32_t item)
{
    uint64_t mask = g->a->mask[item] & ~g->sums;
    for (size_t i = 0; mask != 0 && i < g->set_n; i++)
        if (g->set[i].tree == home_of(g, tree, item) && g->set[i].mask == mask)
            return &g->set[i];
    return NULL;
}

static void fill(const struct grower *g, uint32_t tree, struct leaf *leaf)
{
    const struct set *s = set_of(g, tree, leaf->item);
    struct tree *t = &g->f->tree[tree];
    const int64_t *own = leaf->column[0];
    if (s == NULL)
        return;
    leaf->on_n = s->on_n;
    for (uint32_t k = 0; k < s->on_n; k++) {
        leaf->on[k] = s->on[k];
        leaf->stride[k] = s->stride[k];
    }
    leaf->column = ARENA_ARRAY(t->keep, const int64_t *, s->combination_n);
    leaf->column[0] = own;
    for (uint32_t c = 1; c < s->combination_n; c++)
        leaf->column[c] = robust_column(t, s->res[c], leaf->item, leaf->sign);
}

/* Columns that an earlier tree has are lent to the later ones. */
static const struct leaf *lender(const struct grower *g, uint32_t tree, const struct leaf *leaf)
{
    const struct tree *t = &g->f->tree[0];
    if (tree == 0 || home_of(g, tree, leaf->item) != 0)
        return NULL;
    for (size_t j = 0; j < t->leaf_n; j++)
        if (t->leaf[j].item == leaf->item && t->leaf[j].sign == leaf->sign)
            return &t->leaf[j];
    return NULL;
}

static void fill_all(struct grower *g)
{
    for (uint32_t i = 0; i < g->f->tree_n; i++)
        for (size_t j = 0; j < g->f->tree[i].leaf_n; j++) {
            struct leaf *leaf = &g->f->tree[i].leaf[j];
            const struct leaf *same = lender(g, i, leaf);
            if (same != NULL)
                *leaf = *same;
            else
                fill(g, i, leaf);
        }
}

/* A weight has one number in all trees, so that a draw moves it alike. */
static void number_weights(struct forest *f)
{
    const struct tree *base = &f->tree[0];
    for (uint32_t i = 1; i < f->tree_n; i++)
        for (size_t j = 0; j < f->tree[i].node_n; j++) {
            const struct node *n = &f->tree[i].node[j];
            for (uint32_t k = 0; k < n->segment_n * n->part_n; k++) {
                if (n->weight_id[k] < 0)
                    continue;
                const struct robust_factor *own = &f->tree[i].weight[n->weight_id[k]];
                size_t q = 0;
                while (q < base->weight_n && (base->weight[q].item != own->item ||
                                              !str_eq(base->weight[q].segment, own->segment)))
                    q++;
                n->weight_id[k] = (int32_t)(q < base->weight_n ? q : ROBUST_MILLION + own->item);
            }
        }
}

static void note_sizes(struct forest *f)
{
    for (uint32_t i = 0; i < f->tree_n; i++) {
        const struct tree *t = &f->tree[i];
        f->coef_n = t->coef_n > f->coef_n ? t->coef_n : f->coef_n;
        f->node_n = t->node_n > f->node_n ? (uint32_t)t->node_n : f->node_n;
        f->leaf_n = t->leaf_n > f->leaf_n ? (uint32_t)t->leaf_n : f->leaf_n;
    }
}

enum status forest_open(struct forest *f, struct arena *keep, struct assumed *a)
{
    struct grower g = {.f = f, .a = a, .keep = keep};
    *f = (struct forest){0};
    uint32_t grown = 0;
    bool good = false;
    while (!good) {
        count_trees(&g);
        if (!score_trees(&g))
            continue;
        open_trees(&g);
        grown = grow(&g);
        if (grown == 0)
            return ERR_INPUT;
        if (grown < f->tree_n)
            drop_tree(&g, grown, ROBUST_FORM);
        else
            good = !drop_beside(&g) && list_sets(&g) && score_sets(&g);
    }
    if (g.set_n > 0) {
        survey_all(&g);
        if (grow(&g) < f->tree_n)
            return ERR_INPUT;
    }
    fill_all(&g);
    number_weights(f);
    note_sizes(f);
    const struct tree *base = &f->tree[0];
    return base->subject_n > 0 && base->weight_n + a->n > 0 ? OK : ERR_INPUT;
}

const struct tree *forest_at(const struct forest *f, const struct assumed *a, const uint8_t *level,
                             const int64_t **leaf)
{
    uint32_t at = 0;
    for (uint32_t k = 0; k < a->n; k++)
        at += f->stride[k] * level[k];
    const struct tree *t = &f->tree[at];
    for (size_t j = 0; j < t->leaf_n; j++) {
        const struct leaf *x = &t->leaf[j];
        uint32_t c = 0;
        for (uint32_t k = 0; k < x->on_n; k++)
            c += x->stride[k] * level[x->on[k]];
        leaf[j] = x->column[c];
    }
    return t;
}
