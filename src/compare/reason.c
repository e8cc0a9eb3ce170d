/* reason.c - why a score changed: the part that changed most, or the weight.
 *
 * A part is a leaf of the old tree that the new document has under the same name. Where no part
 * changed, it is the weight of the group under the score whose weight times points changed most.
 */
#include "base/arena.h"
#include "base/buf.h"
#include "base/decimal.h"
#include "base/str.h"
#include "compare/compare_int.h"
#include "rule/make.h"

enum { LIKE_SCALE = 12 }; /* to compare figures of several scales */

static const struct item *item_at(const struct compare *k, int side, int32_t item)
{
    return &k->side[side].rules->item[item];
}

/* The weight of an item for a subject: 1, a constant, or that of its segment. */
static bool weight_of(const struct compare *k, int side, int32_t item, uint32_t row, Dec *out)
{
    const struct expr *e = item_at(k, side, item)->weight;
    *out = (Dec){1, 0};
    if (e == NULL)
        return true;
    if (e->kind == EXPR_TABLE && e->table->input_n == 1 && e->table->input[0]->kind == EXPR_ITEM) {
        const struct table *t = e->table;
        Cell c = compare_value(k, side, (int32_t)t->input[0]->ref, row);
        e = NULL;
        for (uint32_t i = 0; i < t->row_n && c.lo == c.hi; i++) {
            const struct cell_test *x = &t->row[i].cell[0];
            for (uint32_t n = 0; n < x->test_n; n++)
                if (x->test[n].kind == TEST_CMP && x->test[n].op == OP_EQ &&
                    x->test[n].lo->kind == EXPR_CONST && (Wide)x->test[n].lo->ref == c.lo)
                    e = t->row[i].result;
        }
    }
    return e != NULL && expr_const_num(e, &out->m, &out->scale);
}

static Str shown(const struct compare *k, Dec d)
{
    struct buf b;
    buf_init(&b, k->arena, 128);
    dec_print(&b, d.m, d.scale);
    return buf_str(&b);
}

static Str weight_reason(const struct compare *k, uint32_t row)
{
    const struct rules *old = k->side[OLD].rules;
    const struct item *score = item_at(k, OLD, k->side[OLD].score);
    Wide most = 0;
    Str best = str_of(ZE(k, "各项未变：封顶、否决或汇总", "no part: caps, vetoes or sums"));
    for (uint32_t i = 0; i < score->child_n; i++) {
        int32_t item = (int32_t)score->child[i];
        int32_t twin = compare_twin(old, score->child[i], k->side[NEW].rules);
        Cell x = compare_value(k, OLD, item, row);
        Dec w[2];
        Wide was, is, by;
        if (twin < 0 || x.lo == -WIDE_INF || !weight_of(k, OLD, item, row, &w[OLD]) ||
            !weight_of(k, NEW, twin, row, &w[NEW]) || dec_eq(w[OLD], w[NEW]))
            continue;
        int scale = old->item[item].type.scale;
        if (!wide_mul(&was, x.lo, scale, w[OLD].m, w[OLD].scale, LIKE_SCALE, ROUND_DOWN) ||
            !wide_mul(&is, x.lo, scale, w[NEW].m, w[NEW].scale, LIKE_SCALE, ROUND_DOWN))
            continue;
        by = is > was ? is - was : was - is;
        if (by > most)
            best = arena_fmt(k->arena, "%.*s%s%.*s → %.*s", STR_ARG(old->item[item].name),
                             ZE(k, " 权重 ", " weight "), STR_ARG(shown(k, w[OLD])),
                             STR_ARG(shown(k, w[NEW])));
        most = by > most ? by : most;
    }
    return best;
}

static void find_leaf(const struct compare *k, uint32_t row, uint32_t item, Wide *most,
                      int32_t best[2])
{
    const struct rules *old = k->side[OLD].rules, *new = k->side[NEW].rules;
    const struct item *it = &old->item[item];
    for (uint32_t i = 0; i < it->child_n; i++)
        find_leaf(k, row, it->child[i], most, best);
    int32_t twin = it->child_n > 0 ? -1 : rule_find_item(new, it->name);
    if (twin < 0 || new->item[twin].kind != ITEM_SCORE)
        return;
    Cell a = compare_value(k, OLD, (int32_t)item, row), b = compare_value(k, NEW, twin, row);
    int scale =
        it->type.scale > new->item[twin].type.scale ? it->type.scale : new->item[twin].type.scale;
    Wide x, y;
    if (a.lo == -WIDE_INF || b.lo == -WIDE_INF ||
        !wide_rescale(&x, a.lo, it->type.scale, scale, ROUND_DOWN) ||
        !wide_rescale(&y, b.lo, new->item[twin].type.scale, scale, ROUND_DOWN) ||
        !wide_rescale(&x, x > y ? x - y : y - x, scale, LIKE_SCALE, ROUND_DOWN))
        return;
    if (x > *most) {
        *most = x;
        best[OLD] = (int32_t)item;
        best[NEW] = twin;
    }
}

Str compare_reason(const struct compare *k, uint32_t row)
{
    int32_t best[2] = {-1, -1};
    Wide most = 0;
    if (k->side[OLD].score < 0)
        return S("");
    find_leaf(k, row, (uint32_t)k->side[OLD].score, &most, best);
    if (best[OLD] < 0)
        return weight_reason(k, row);
    return arena_fmt(k->arena, "%.*s %.*s", STR_ARG(item_at(k, OLD, best[OLD])->name),
                     STR_ARG(compare_arrow(k, compare_cell(k, OLD, best[OLD], row),
                                           compare_cell(k, NEW, best[NEW], row))));
}
