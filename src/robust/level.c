/* level.c - a grade by thresholds of the score, as cuts of the score's integers. */
#include "base/str.h"
#include "robust/robust_int.h"
#include "rule/make.h"

enum { CUTS_MAX = 256, LABELS_MAX = 64 };

static bool is_threshold(const struct item *it, uint32_t score)
{
    if (it->kind != ITEM_GRADE || it->expr == NULL || it->expr->kind != EXPR_TABLE)
        return false;
    const struct table *t = it->expr->table;
    return t->input_n == 1 && !t->dated && t->row_n <= LABELS_MAX &&
           t->input[0]->kind == EXPR_ITEM && t->input[0]->ref == score;
}

/* What the bound is among integers of the score: the least that is not below it. */
static bool cut_at(const struct expr *e, int scale, int64_t *out)
{
    Wide m, cut;
    int own;
    if (!expr_const_num(e, &m, &own) || !wide_rescale(&cut, m, own, scale, ROUND_CEIL) ||
        cut >= INT64_MAX / 2 || cut <= INT64_MIN / 2)
        return false;
    *out = (int64_t)cut;
    return true;
}

static void add_cut(struct levels *l, int64_t cut)
{
    uint32_t i = l->cut_n;
    while (i > 0 && l->cut[i - 1] >= cut)
        i--;
    if (i < l->cut_n && l->cut[i] == cut)
        return;
    for (uint32_t k = l->cut_n++; k > i; k--)
        l->cut[k] = l->cut[k - 1];
    l->cut[i] = cut;
}

/* Both sides of every bound: at it, and behind it. */
static bool add_cuts(struct levels *l, const struct table_row *row, int scale)
{
    for (uint32_t k = 0; k < row->cell[0].test_n; k++) {
        const struct test *x = &row->cell[0].test[k];
        const struct expr *end[2] = {x->lo, x->hi};
        for (int i = 0; i < 2; i++) {
            int64_t cut;
            if (end[i] == NULL)
                continue;
            if (l->cut_n + 2 > CUTS_MAX || !cut_at(end[i], scale, &cut))
                return false;
            add_cut(l, cut);
            add_cut(l, cut + 1);
        }
    }
    return true;
}

static int side(const struct expr *e, int64_t value, int scale)
{
    Wide m = 0;
    int own = 0;
    (void)expr_const_num(e, &m, &own); /* add_cuts saw that it is one */
    return wide_cmp(value, scale, m, own);
}

static bool meets(const struct test *x, int64_t value, int scale)
{
    if (x->kind == TEST_ANY)
        return true;
    if (x->kind == TEST_RANGE) {
        int lo = x->lo == NULL ? 1 : side(x->lo, value, scale);
        int hi = x->hi == NULL ? -1 : side(x->hi, value, scale);
        return (lo > 0 || (lo == 0 && x->lo_in)) && (hi < 0 || (hi == 0 && x->hi_in));
    }
    int s = side(x->lo, value, scale);
    switch ((int)x->op) {
    case OP_EQ: return s == 0;
    case OP_NE: return s != 0;
    case OP_LT: return s < 0;
    case OP_LE: return s <= 0;
    case OP_GT: return s > 0;
    default: return s >= 0;
    }
}

static uint8_t label_of(struct levels *l, const struct table_row *row)
{
    for (uint32_t i = 0; i < l->label_n; i++)
        if (str_eq(l->label[i], row->result->name))
            return (uint8_t)i;
    l->label[l->label_n++] = row->result->name;
    return (uint8_t)(l->label_n - 1);
}

static void grade_piece(struct levels *l, const struct table *t, uint32_t piece, int scale)
{
    int64_t value = piece > 0 ? l->cut[piece - 1] : l->cut_n > 0 ? l->cut[0] - 1 : 0;
    l->grade[piece] = UINT8_MAX;
    for (uint32_t i = 0; i < t->row_n && l->grade[piece] == UINT8_MAX; i++)
        for (uint32_t k = 0; k < t->row[i].cell[0].test_n; k++)
            if (meets(&t->row[i].cell[0].test[k], value, scale))
                l->grade[piece] = label_of(l, &t->row[i]);
}

static bool build(struct levels *l, struct arena *keep, const struct rules *r, uint32_t grade)
{
    const struct table *t = r->item[grade].expr->table;
    int scale = t->input[0]->type.scale;
    l->cut_n = l->label_n = 0;
    l->cut = ARENA_ARRAY(keep, int64_t, CUTS_MAX);
    l->grade = ARENA_ARRAY(keep, uint8_t, CUTS_MAX + 1);
    l->label = ARENA_ARRAY(keep, Str, LABELS_MAX);
    for (uint32_t i = 0; i < t->row_n; i++) {
        if (t->row[i].result->kind != EXPR_CONST || !add_cuts(l, &t->row[i], scale))
            return false;
        (void)label_of(l, &t->row[i]); /* in order of the table */
    }
    for (uint32_t i = 0; i <= l->cut_n; i++)
        grade_piece(l, t, i, scale);
    l->item = (int32_t)grade;
    return true;
}

void levels_open(struct levels *l, struct arena *keep, const struct rules *r, uint32_t score)
{
    *l = (struct levels){.item = -1};
    for (uint32_t i = 0; i < r->item_n; i++)
        if (is_threshold(&r->item[i], score) && build(l, keep, r, i))
            return;
    l->label_n = 0;
}

uint32_t levels_of(const struct levels *l, int64_t value)
{
    uint32_t piece = 0;
    while (piece < l->cut_n && value >= l->cut[piece])
        piece++;
    return l->grade[piece];
}
