/* Ranks of intervals against every outcome the intervals allow. */
#include "base/arena.h"
#include "base/decimal.h"
#include "gen.h"
#include "grade/pop.h"
#include "t.h"

enum { ROWS = 5, TOP = 3, TO = 2 };

static const Wide one = 100;

/* Rank of `row` when the values are v, or 0 if it is not ranked: the definitions. */
static Wide rank_of(const int *v, const bool *in, uint32_t n, uint32_t row, enum pop_method ties)
{
    Wide better = 0, equal = 0, distinct = 0;
    for (uint32_t i = 0; i < n; i++) {
        if (!in[i])
            continue;
        bool first = true;
        for (uint32_t k = 0; k < i; k++)
            first = first && !(in[k] && v[k] == v[i]);
        better += v[i] > v[row];
        equal += v[i] == v[row];
        distinct += first && v[i] > v[row];
    }
    switch ((int)ties) {
    case TIES_MAX: return (better + equal) * one;
    case TIES_MEAN: return better * one + (equal + 1) * one / 2;
    case TIES_DENSE: return (distinct + 1) * one;
    default: return (better + 1) * one;
    }
}

struct case_ {
    Cell x[ROWS];
    uint32_t group[ROWS], n;
    Cell out[ROWS];
};

/* The next of all outcomes, as an odometer; false after the last. */
static bool turn(const struct case_ *c, const bool *in, int *v)
{
    for (uint32_t i = 0; i < c->n; i++) {
        if (in[i] && v[i] < (int)c->x[i].hi) {
            v[i]++;
            return true;
        }
        v[i] = in[i] ? (int)c->x[i].lo : 0;
    }
    return false;
}

static void widen(const struct case_ *c, const bool *in, const int *v, enum pop_method ties,
                  Cell *want)
{
    for (uint32_t i = 0; i < c->n; i++) {
        Wide r = in[i] ? rank_of(v, in, c->n, i, ties) : 0;
        want[i].lo = in[i] && r < want[i].lo ? r : want[i].lo;
        want[i].hi = in[i] && r > want[i].hi ? r : want[i].hi;
    }
}

/* Least and greatest rank over all outcomes, for every row of group g. */
static void enumerate(const struct case_ *c, uint32_t g, enum pop_method ties, Cell *want)
{
    bool in[ROWS] = {false};
    int v[ROWS] = {0};
    for (uint32_t i = 0; i < c->n; i++) {
        in[i] = c->group[i] == g && c->x[i].lo != -WIDE_INF && c->x[i].hi != WIDE_INF;
        v[i] = in[i] ? (int)c->x[i].lo : 0;
        if (c->group[i] == g)
            want[i] = in[i] ? (Cell){WIDE_INF, 0} : CELL_UNKNOWN;
    }
    do {
        widen(c, in, v, ties, want);
    } while (turn(c, in, v));
}

static void make(struct gen *g, struct case_ *c)
{
    c->n = (uint32_t)gen_int(g, 1, ROWS);
    for (uint32_t i = 0; i < c->n; i++) {
        c->x[i] = gen_cell(g, 0, TOP);
        if (gen_int(g, 0, 2) == 0)
            c->x[i] = (Cell){gen_int(g, 0, 1), gen_int(g, 1, TOP)};
        c->group[i] = (uint32_t)gen_int(g, 0, 4) / 4;
    }
}

static struct pop_in input(const struct case_ *c, enum op op, enum pop_method ties)
{
    return (struct pop_in){.x = c->x,
                           .row_n = c->n,
                           .group = c->group,
                           .group_n = 2,
                           .to = TO,
                           .op = op,
                           .method = ties};
}

static void check_bounds(const struct case_ *c, enum pop_method ties, const Cell *want)
{
    bool all_definite = true;
    for (uint32_t i = 0; i < c->n; i++)
        all_definite = all_definite && c->x[i].lo == c->x[i].hi;
    for (uint32_t i = 0; i < c->n; i++) {
        bool tight = ties != TIES_DENSE || all_definite || want[i].hi > WIDE_MAX;
        CHECK(tight ? c->out[i].lo == want[i].lo : c->out[i].lo <= want[i].lo);
        CHECK(tight ? c->out[i].hi == want[i].hi : c->out[i].hi >= want[i].hi);
        CHECK(c->out[i].lo <= c->out[i].hi);
    }
}

static void try_ties(uint64_t seed, enum pop_method ties)
{
    struct gen g = {seed};
    struct arena *tmp = arena_open();
    for (int trial = 0; trial < 2000; trial++) {
        struct case_ c = {.n = 0};
        Cell want[ROWS] = {{0, 0}};
        make(&g, &c);
        struct pop_in in = input(&c, OP_RANK, ties);
        uint32_t bad = 0;
        CHECK(pop_apply(tmp, c.out, &in, &bad) == OK);
        enumerate(&c, 0, ties, want);
        enumerate(&c, 1, ties, want);
        check_bounds(&c, ties, want);
    }
    arena_close(tmp);
}

TEST(rank_bounds_are_those_of_all_outcomes)
{
    try_ties(1, POP_DEFAULT);
    try_ties(2, TIES_MIN);
    try_ties(3, TIES_MAX);
    try_ties(4, TIES_MEAN);
    try_ties(5, TIES_DENSE);
}

static Cell at(Wide lo, Wide hi)
{
    return (Cell){lo, hi};
}

/* 并列 on 90 80 80 70: 1 2 2 4, 1 3 3 4, 1 2.5 2.5 4, 1 2 2 3. */
TEST(rank_ties_as_the_manual_says)
{
    struct arena *tmp = arena_open();
    Cell x[] = {at(80, 80), at(90, 90), at(70, 70), at(80, 80)}, out[4];
    Wide want[4][4] = {
        {200, 100, 400, 200}, {300, 100, 400, 300}, {250, 100, 400, 250}, {200, 100, 300, 200}};
    for (int i = 0; i < 4; i++) {
        struct pop_in in = {
            .x = x, .row_n = 4, .to = TO, .op = OP_RANK, .method = (enum pop_method)(TIES_MIN + i)};
        pop_rank_intervals(tmp, out, &in);
        for (int row = 0; row < 4; row++)
            CHECK(out[row].lo == want[i][row] && out[row].hi == want[i][row]);
    }
    struct pop_in up = {.x = x, .row_n = 4, .to = 0, .op = OP_RANK, .ascending = true};
    pop_rank_intervals(tmp, out, &up);
    CHECK(out[2].lo == 1 && out[0].lo == 2 && out[3].hi == 2 && out[1].hi == 4);
    arena_close(tmp);
}

TEST(rank_dense_bounds_hold)
{
    struct arena *tmp = arena_open();
    Cell x[] = {at(10, 10), at(20, 30), at(25, 40), at(50, 50), at(0, 60)}, out[5];
    struct pop_in in = {.x = x, .row_n = 5, .to = 0, .op = OP_RANK, .method = TIES_DENSE};
    pop_rank_intervals(tmp, out, &in);
    CHECK(out[0].lo == 2 && out[0].hi == 5);
    CHECK(out[1].lo == 2 && out[1].hi == 4);
    CHECK(out[3].lo == 1 && out[3].hi == 2);
    CHECK(out[4].lo == 1 && out[4].hi == 5);
    in.row_n = 3; /* only intervals above the first */
    pop_rank_intervals(tmp, out, &in);
    CHECK(out[0].lo == 2 && out[0].hi == 3);
    arena_close(tmp);
}

TEST(board_is_the_rank_over_the_ranked)
{
    struct gen g = {6};
    struct arena *tmp = arena_open();
    for (int trial = 0; trial < 500; trial++) {
        struct case_ c;
        Cell rank[ROWS];
        make(&g, &c);
        struct pop_in in = input(&c, OP_RANK, TIES_MIN), board = input(&c, OP_BOARD, POP_DEFAULT);
        in.ascending = board.ascending = trial % 2;
        board.to = 6;
        board.quota_e6 = (uint32_t)gen_int(&g, 0, 2) * 400000;
        uint32_t bad = 0;
        CHECK(pop_apply(tmp, rank, &in, &bad) == OK);
        CHECK(pop_apply(tmp, c.out, &board, &bad) == OK);
        for (uint32_t i = 0; i < c.n; i++) {
            Wide n = 0;
            for (uint32_t k = 0; k < c.n; k++)
                n += c.group[k] == c.group[i] && rank[k].lo != -WIDE_INF;
            if (rank[i].lo == -WIDE_INF) {
                CHECK(c.out[i].lo == -WIDE_INF && c.out[i].hi == WIDE_INF);
                continue;
            }
            Wide best = rank[i].lo * 10000 - board.quota_e6;
            Wide worst = rank[i].hi * 10000 - board.quota_e6;
            CHECK(c.out[i].lo == (2 * best + n) / (2 * n));
            CHECK(c.out[i].hi == (2 * worst + n) / (2 * n));
        }
    }
    arena_close(tmp);
}

/* A small group is ranked among all; a row in no group is not ranked but counts among all. */
TEST(rank_of_a_small_group_is_among_all)
{
    struct arena *tmp = arena_open();
    Cell x[] = {at(5, 5), at(9, 9), at(7, 7), at(6, 6), at(8, 8)}, out[5];
    uint32_t group[] = {0, 1, 1, 1, UINT32_MAX};
    struct pop_in in = {
        .x = x, .row_n = 5, .group = group, .group_n = 3, .op = OP_RANK, .min_group = 2};
    pop_rank_intervals(tmp, out, &in);
    CHECK(out[0].lo == 5 && out[0].hi == 5);
    CHECK(out[1].lo == 1 && out[2].lo == 2 && out[3].lo == 3);
    CHECK(out[4].lo == -WIDE_INF && out[4].hi == WIDE_INF);
    arena_close(tmp);
}

enum { KINDS = 3, FIELD = 6 };

struct contest {
    Cell x[KINDS][FIELD], out[FIELD];
    Wide weight[KINDS];
    uint32_t group[FIELD];
    uint32_t k, n;
};

static bool is_whole(const struct contest *c, uint32_t row)
{
    for (uint32_t i = 0; i < c->k; i++)
        if (c->x[i][row].lo != c->x[i][row].hi)
            return false;
    return true;
}

/* Duels of `row` at its lower or upper ends: (won - lost) / others in hundredths, half up. */
static Wide naive_copeland(const struct contest *c, uint32_t row, bool upper)
{
    Wide won = 0, others = 0;
    for (uint32_t o = 0; o < c->n; o++) {
        if (o == row || !is_whole(c, o) || c->group[o] != c->group[row])
            continue;
        Wide for_me = 0, against = 0;
        for (uint32_t i = 0; i < c->k; i++) {
            Wide mine = upper ? c->x[i][row].hi : c->x[i][row].lo;
            for_me += mine > c->x[i][o].lo ? c->weight[i] : 0;
            against += mine < c->x[i][o].lo ? c->weight[i] : 0;
        }
        won += (for_me > against) - (for_me < against);
        others++;
    }
    Wide size = won < 0 ? -won : won, share = others ? (size * 200 + others) / (2 * others) : 0;
    return won < 0 ? -share : share;
}

static void make_contest(struct gen *g, struct contest *c)
{
    c->k = (uint32_t)gen_int(g, 1, KINDS);
    c->n = (uint32_t)gen_int(g, 1, FIELD);
    for (uint32_t i = 0; i < c->k; i++)
        c->weight[i] = gen_int(g, 0, 3);
    for (uint32_t row = 0; row < c->n; row++) {
        c->group[row] = gen_int(g, 0, 8) == 0 ? UINT32_MAX : (uint32_t)gen_int(g, 0, 4) / 4;
        for (uint32_t i = 0; i < c->k; i++) {
            Cell v = gen_cell(g, 0, 4);
            c->x[i][row] = gen_int(g, 0, 1) ? v : at(v.hi % 4, v.hi % 4);
        }
    }
}

TEST(copeland_is_its_definition)
{
    struct gen g = {7};
    struct arena *tmp = arena_open();
    for (int trial = 0; trial < 3000; trial++) {
        struct contest c = {.k = 0};
        const Cell *x[KINDS] = {c.x[0], c.x[1], c.x[2]};
        make_contest(&g, &c);
        struct copeland_in in = {x, c.weight, c.k, c.n, c.group, 2, NULL};
        CHECK(pop_copeland(tmp, c.out, &in) == OK);
        for (uint32_t row = 0; row < c.n; row++) {
            bool none = c.group[row] == UINT32_MAX;
            CHECK(c.out[row].lo == (none ? -WIDE_INF : naive_copeland(&c, row, false)));
            CHECK(c.out[row].hi == (none ? WIDE_INF : naive_copeland(&c, row, true)));
        }
    }
    arena_close(tmp);
}

TEST(copeland_refuses_crowds_and_weights_beyond_reason)
{
    struct arena *tmp = arena_open();
    Cell x[] = {at(1, 1), at(2, 2)}, out[2];
    const Cell *columns[] = {x, x};
    Wide weight[] = {WIDE_MAX, -1};
    struct copeland_in in = {columns, weight, 2, COPELAND_ROWS_MAX + 1, NULL, 2, NULL};
    CHECK(pop_copeland(tmp, out, &in) == ERR_LIMIT);
    in.row_n = 2;
    CHECK(pop_copeland(tmp, out, &in) == ERR_INPUT);
    in.k = 1;
    CHECK(pop_copeland(tmp, out, &in) == OK);
    CHECK(out[0].lo == -100 && out[1].hi == 100);
    arena_close(tmp);
}
