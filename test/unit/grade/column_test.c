/* pop_column against pop_apply, cell for cell, over random columns of every type. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/workers.h"
#include "gen.h"
#include "grade/pop_column.h"
#include "grade/pop_move.h"
#include "t.h"

enum { ROWS = 3000, TRIALS = 12 };

static const enum op ops[] = {OP_PERCENTILE,    OP_RANK,           OP_BORDA,     OP_MINMAX,
                              OP_ZSCORE,        OP_TO_MAX,         OP_WINSOR,    OP_GROUP_MEAN,
                              OP_GROUP_MEDIAN,  OP_GROUP_SUM,      OP_GROUP_MAX, OP_GROUP_MIN,
                              OP_GROUP_COUNT,   OP_GROUP_QUANTILE, OP_GROUP_SD,  OP_IMPUTE_MEAN,
                              OP_IMPUTE_MEDIAN, OP_BOARD};

struct trial {
    struct arena *tmp;
    struct vec x;
    uint32_t *group, group_n, row_n;
    Cell bound[2];
    struct pop_in in;
};

/* How figures are spread: few values, a score, an even range, mostly small with a long tail. */
static int64_t gen_figure(struct gen *g, int shape, enum vec_type t)
{
    const uint64_t bits = gen_bits(g);
    const int width = t == VEC_I8 ? 6 : t == VEC_I32 ? 30 : 61;
    int64_t size = (int64_t)(bits >> (64 - width));
    if (shape == 0)
        size %= 5;
    else if (shape == 1)
        size %= 100;
    else if (shape == 2)
        size >>= gen_int(g, 0, width);
    else if (shape == 3)
        size %= (int64_t)1 << (width < 40 ? width : 40);
    return (bits & 1) != 0 && shape != 4 ? -size : size;
}

static Cell gen_open(struct gen *g, int shape, enum vec_type t, int openness)
{
    int64_t a = gen_figure(g, shape, t), b = gen_figure(g, shape, t);
    if (openness == 1)
        return CELL_UNKNOWN;
    switch (gen_int(g, 0, 4)) {
    case 0: return CELL_UNKNOWN;
    case 1: return (Cell){-WIDE_INF, a};
    case 2: return (Cell){a, WIDE_INF};
    default: return a < b ? (Cell){a, b} : (Cell){b, a};
    }
}

static void gen_column(struct gen *g, struct trial *w)
{
    const enum vec_type t = (enum vec_type)gen_int(g, VEC_I8, VEC_I64);
    const int shape = gen_int(g, 0, 4), openness = gen_int(g, 0, 3), rare = gen_int(g, 1, 12);
    w->x = vec_make(w->tmp, t, w->row_n, openness > 0);
    static const Cell blanks[] = {{-WIDE_INF, WIDE_INF}, {0, 0}, {-WIDE_INF, 3}, {1, 4}, {7, 7}};
    for (uint32_t row = 0; row < w->row_n; row++) {
        int64_t v = gen_figure(g, shape, t);
        bool open = openness > 0 && gen_int(g, 0, rare) == 0;
        vec_set(&w->x, row, open ? gen_open(g, shape, t, openness) : (Cell){v, v});
    }
    if (openness == 1 && gen_int(g, 0, 1) == 0) { /* a field without values */
        w->x.blank = &blanks[gen_int(g, 0, 3) == 0 ? gen_int(g, 1, 4) : 0];
        w->x.hi = NULL;
        for (uint32_t row = 0; row < w->row_n; row++)
            if (vec_is_open(&w->x, row)) {
                uint64_t bit = (uint64_t)1 << row % WORD_ROWS;
                vec_set(&w->x, row, (Cell){0, 0});
                w->x.open[row / WORD_ROWS] |= bit;
            }
    }
}

static void gen_groups(struct gen *g, struct trial *w)
{
    const int few[] = {1, 3, 24, 200};
    w->group = NULL;
    w->group_n = (uint32_t)few[gen_int(g, 0, 3)];
    if (w->group_n == 1)
        return;
    const int none = gen_int(g, 0, 1) * gen_int(g, 2, 20), skew = gen_int(g, 0, 1);
    w->group = ARENA_ARRAY(w->tmp, uint32_t, w->row_n);
    for (uint32_t row = 0; row < w->row_n; row++) {
        uint32_t k = (uint32_t)gen_int(g, 0, (int)w->group_n - 1);
        w->group[row] = skew != 0 && gen_int(g, 0, 1) == 0 ? 0 : k;
        if (none > 0 && gen_int(g, 0, none) == 0)
            w->group[row] = UINT32_MAX;
    }
}

static enum pop_method gen_method(struct gen *g, enum op op)
{
    if (op == OP_PERCENTILE)
        return (enum pop_method)gen_int(g, PCT_MIN, PCT_OPEN);
    if (op == OP_RANK)
        return (enum pop_method)gen_int(g, TIES_MIN, TIES_DENSE);
    return gen_int(g, 0, 1) == 0 ? SD_ALL : POP_DEFAULT;
}

static void gen_function(struct gen *g, struct trial *w, enum op op)
{
    const int decimals[] = {0, 1, 2, 6, 12, 18};
    const Wide cent = wide_pow10(10);
    w->in = (struct pop_in){.scale = decimals[gen_int(g, 0, 3)],
                            .to = decimals[gen_int(g, 0, 5)],
                            .op = op,
                            .method = gen_method(g, op),
                            .min_group = gen_int(g, 0, 1) == 0 ? (uint32_t)gen_int(g, 1, 120) : 0,
                            .ascending = gen_int(g, 0, 1) == 0,
                            .quota_e6 = gen_int(g, 0, 1) == 0 ? 2500000 : 0};
    w->in.arg[0] = gen_int(g, 0, 50) * cent;
    w->in.arg[1] = gen_int(g, 45, 100) * cent;
    for (int i = 0; i < 2 && op == OP_MINMAX; i++) {
        Wide v = gen_figure(g, gen_int(g, 0, 4), w->x.type);
        w->bound[i] = gen_int(g, 0, 9) == 0 ? (Cell){v, WIDE_INF} : (Cell){v, v};
        if (gen_int(g, 0, 2) == 0)
            *(i == 0 ? &w->in.lo : &w->in.hi) = &w->bound[i];
    }
    w->in.winsorised = op == OP_MINMAX && w->in.lo == NULL && w->in.hi == NULL &&
                       w->in.arg[0] <= w->in.arg[1] && gen_int(g, 0, 1) == 0;
    w->in.min_group = w->in.winsorised ? 0 : w->in.min_group;
    w->in.mid = w->in.scale + gen_int(g, 0, 3);
}

static bool lies_in(Wide end, const struct pop_out *out)
{
    return end == WIDE_INF || end == -WIDE_INF || (end >= out->least && end <= out->most);
}

/* Winsorising first, then the range. */
static bool same_in_two_steps(struct trial *w, const struct pop_in *in, const Cell *want)
{
    struct pop_in step[2] = {*in, *in};
    Cell *mid = ARENA_ARRAY(w->tmp, Cell, w->row_n), *out = ARENA_ARRAY(w->tmp, Cell, w->row_n);
    uint32_t bad = 0;
    step[0].op = OP_WINSOR;
    step[0].to = step[1].scale = in->mid;
    step[0].winsorised = step[1].winsorised = false;
    step[1].x = mid;
    if (pop_apply(w->tmp, mid, &step[0], &bad) != OK ||
        pop_apply(w->tmp, out, &step[1], &bad) != OK)
        return false;
    return w->row_n == 0 || memcmp(out, want, w->row_n * sizeof *out) == 0;
}

/* As many threads as there are, one after the other, the last first. */
static void run_backward(struct workers *w, void (*job)(void *, uint32_t), void *arg, uint32_t n)
{
    (void)w;
    while (n-- > 0)
        job(arg, n);
}

static bool same(struct trial *w, const char **what)
{
    struct pop_in in = w->in;
    Cell *x = ARENA_ARRAY(w->tmp, Cell, w->row_n), *want = ARENA_ARRAY(w->tmp, Cell, w->row_n);
    for (uint32_t row = 0; row < w->row_n; row++)
        x[row] = vec_cell(&w->x, row);
    in.x = x;
    in.row_n = w->row_n;
    in.group = w->group;
    in.group_n = w->group_n;
    uint32_t bad = UINT32_MAX;
    enum status st[2];
    struct pop_out out;
    st[0] = pop_apply(w->tmp, want, &in, &bad);
    struct peer_order *order = peer_order_open(w->tmp, w->group, w->group_n, w->row_n);
    struct workers threads = {run_backward, 1 + w->row_n % 3};
    st[1] = pop_column(w->tmp, &out, &w->in, &w->x, order, &threads);
    *what = "status";
    if (st[0] != st[1] || bad != out.bad_row)
        return false;
    *what = "cells";
    for (uint32_t row = 0; row < w->row_n && st[0] == OK; row++) {
        Cell got = vec_cell(&out.column, row);
        if (got.lo != want[row].lo || got.hi != want[row].hi)
            return false;
    }
    *what = "two steps";
    if (in.winsorised && st[0] == OK && !same_in_two_steps(w, &in, want))
        return false;
    *what = "range";
    for (uint32_t row = 0; row < w->row_n && st[0] == OK && out.column.type != VEC_CELL; row++)
        if (!lies_in(want[row].lo, &out) || !lies_in(want[row].hi, &out))
            return false;
    return true;
}

static void try_op(enum op op, uint64_t seed)
{
    struct gen g = {seed};
    for (int trial = 0; trial < TRIALS; trial++) {
        const uint64_t state = g.state;
        const char *what = NULL;
        struct trial w = {.tmp = arena_open(), .row_n = (uint32_t)gen_int(&g, 0, 8)};
        w.row_n = trial % 4 == 0 ? w.row_n : (uint32_t)gen_int(&g, 1, ROWS);
        gen_column(&g, &w);
        gen_groups(&g, &w);
        gen_function(&g, &w, op);
        bool ok = same(&w, &what);
        CHECK(ok);
        if (!ok)
            printf("op %d state %llu trial %d: %s\n", (int)op, (unsigned long long)state, trial,
                   what);
        arena_close(w.tmp);
    }
}

/* ---- one row moves ---- */

/* Everybody's cells with `is` in group `to` at `row`, by the whole function. */
static bool moved_by_all(struct trial *w, const struct move *m, uint32_t row, Cell *out)
{
    struct pop_in in = w->in;
    Cell *x = vec_cells(w->tmp, &w->x, w->row_n), *all = ARENA_ARRAY(w->tmp, Cell, w->row_n);
    uint32_t *group = ARENA_ARRAY(w->tmp, uint32_t, w->row_n), bad = UINT32_MAX;
    for (uint32_t i = 0; i < w->row_n; i++)
        group[i] = w->group == NULL ? 0 : w->group[i];
    x[row] = m->is;
    group[row] = m->to == STAND_ALONE ? w->group_n : m->to;
    in.x = x;
    in.row_n = w->row_n;
    in.group = group;
    in.group_n = w->group_n + 1;
    bool fits = pop_apply(w->tmp, all, &in, &bad) == OK;
    *out = all[row];
    return fits;
}

static uint32_t gen_group(struct gen *g, const struct trial *w)
{
    switch (gen_int(g, 0, 5)) {
    case 0: return STAND_ALONE;
    case 1: return STAND_NO_GROUP;
    default: return (uint32_t)gen_int(g, 0, (int)w->group_n - 1);
    }
}

/* Values that others have, too: ties. */
static Cell gen_moved(struct gen *g, const struct trial *w)
{
    Cell c = vec_cell(&w->x, (size_t)gen_int(g, 0, (int)w->row_n - 1));
    if (gen_int(g, 0, 2) == 0 && c.lo == c.hi)
        c = (Cell){c.lo + 1, c.lo + 1};
    return gen_int(g, 0, 9) == 0 ? CELL_UNKNOWN : c;
}

static bool same_moves(struct gen *g, struct trial *w)
{
    struct pop_in in = w->in;
    in.row_n = w->row_n;
    in.group = w->group;
    in.group_n = w->group_n;
    const struct crowd *c = crowd_of(w->tmp, w->group, w->group_n, w->row_n);
    struct stand *s = stand_open(w->tmp, &in, &w->x, c);
    for (uint32_t i = 0; i < 4 && w->row_n > 0; i++) {
        const uint32_t row = (uint32_t)gen_int(g, 0, (int)w->row_n - 1);
        const uint32_t from = w->group == NULL ? 0 : w->group[row];
        struct move m = {from, from, vec_cell(&w->x, row), gen_moved(g, w)};
        if (i % 2 == 1)
            m.to = gen_group(g, w);
        Cell want, got;
        const bool all_fit = moved_by_all(w, &m, row, &want);
        if (!all_fit)
            continue; /* somebody's cell does not fit, maybe another's */
        if (!stand_move(&got, s, &m) || got.lo != want.lo || got.hi != want.hi)
            return false;
    }
    return true;
}

TEST(column_row_that_moves_gets_what_all_would_say)
{
    for (enum op op = OP_PERCENTILE; op <= OP_BOARD; op++) {
        struct gen g = {(uint64_t)op * 77};
        for (int trial = 0; trial < TRIALS; trial++) {
            const uint64_t state = g.state;
            struct trial w = {.tmp = arena_open()};
            w.row_n = (uint32_t)gen_int(&g, 1, trial % 4 == 0 ? 4 : ROWS);
            gen_column(&g, &w);
            gen_groups(&g, &w);
            gen_function(&g, &w, op);
            if (op == OP_UNSKEW) {
                w.in.arg[0] = gen_int(&g, 1, 3) * wide_pow10(12);
                w.in.arg[1] = gen_int(&g, 1, 4) * wide_pow10(12);
                w.in.arg[2] = gen_int(&g, 0, 5);
            }
            bool ok = same_moves(&g, &w);
            CHECK(ok);
            if (!ok)
                printf("op %d state %llu\n", (int)op, (unsigned long long)state);
            arena_close(w.tmp);
        }
    }
}

TEST(column_is_what_cells_give)
{
    for (size_t i = 0; i < ARRAY_N(ops); i++)
        try_op(ops[i], i + 1);
}

/* Figures where sums of squares leave 128 bits, and just before: ties, both signs, tiny beside huge
 * ones, everybody alike. */
static int64_t gen_wide_figure(struct gen *g, int shape)
{
    const int64_t near = (int64_t)1 << 47, step = gen_int(g, -3, 3);
    switch (shape) {
    case 0: return gen_int(g, 0, 1) == 0 ? 0 : near + step;          /* spread about 2^47 */
    case 1: return gen_int(g, 0, 1) == 0 ? -near / 2 : near / 2 - 1; /* one below it, ties */
    case 2: return (int64_t)(gen_bits(g) >> 3) - ((int64_t)1 << 60); /* anything, both signs */
    case 3: return gen_int(g, 0, 3) == 0 ? ((int64_t)1 << 60) + step : step; /* scales mixed */
    case 4: return ((int64_t)1 << 60) + step; /* far away, close together */
    default: return -((int64_t)1 << 60);      /* alike */
    }
}

TEST(column_takes_spreads_beyond_64_bits)
{
    for (size_t i = 0; i < ARRAY_N(ops); i++)
        for (int shape = 0; shape < 6; shape++) {
            struct gen g = {i * 100 + (uint64_t)shape};
            const char *what = NULL;
            struct trial w = {.tmp = arena_open(), .row_n = (uint32_t)gen_int(&g, 100, 400)};
            w.x = vec_make(w.tmp, VEC_I64, w.row_n, true);
            for (uint32_t row = 0; row < w.row_n; row++) {
                int64_t v = gen_wide_figure(&g, shape);
                vec_set(&w.x, row, gen_int(&g, 0, 30) == 0 ? CELL_UNKNOWN : (Cell){v, v});
            }
            gen_groups(&g, &w);
            gen_function(&g, &w, ops[i]);
            bool ok = same(&w, &what);
            CHECK(ok);
            if (!ok)
                printf("op %d shape %d: %s\n", (int)ops[i], shape, what);
            arena_close(w.tmp);
        }
}
