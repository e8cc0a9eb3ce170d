/* pop_column_int.h - one call of pop_column: who counts, what each group knows, what rows get. */
#ifndef GECI_GRADE_POP_COLUMN_INT_H
#define GECI_GRADE_POP_COLUMN_INT_H

#include "grade/pop_column.h"
#include "grade/pop_int.h"
#include "grade/share_int.h"

struct peer_order {
    const uint32_t *group;
    uint32_t group_n, row_n, largest; /* largest: rows of the largest group */
    uint32_t
        *beg; /* group_n + 2: where each group's rows begin if they lay group by group; the last
                      group, group_n, is the rows in no group */
};

static inline uint32_t order_group(const struct peer_order *o, size_t row)
{
    if (o->group == NULL)
        return 0;
    return o->group[row] < o->group_n ? o->group[row] : o->group_n;
}

/* What a row of a group does with its figure. */
struct recipe {
    int64_t lo, hi;     /* CLAMP, SHARE: between these, as turned; SAME: lo; ZSCORE: least, sum */
    int64_t turn;       /* -1: the sign is changed first; else 0 */
    uint64_t n;         /* ZSCORE */
    struct share share; /* ZSCORE: factor and one enclose 2^shift / deviation */
};
enum recipe_kind {
    GIVE_PLACED, /* the next of the group's dealt figures */
    GIVE_SAME,
    GIVE_CLAMPED,
    GIVE_SHARE, /* 0 .. 1 of the way from lo to hi */
    GIVE_PART,  /* of share.den, with a sign */
    GIVE_ZSCORE
};

/* By group: [group_n] the rows in no group, [group_n + 1] everybody. */
struct column {
    const struct pop_in *in;
    const struct vec *x;
    const struct peer_order *order;
    struct arena *tmp;
    struct workers *workers;
    const uint64_t *counted; /* rows of the population: definite, for ranks bounded; NULL: all */
    bool has_intervals;      /* RANK: of those rows; else: rows that are bounded but not definite */
    struct figures *figures; /* [group_n + 2] is waste */
    struct figures *upper;   /* their hi ends, if ranks have intervals */
    uint32_t *loose_n;       /* how many figures are intervals; NULL: none */
    struct peers *peers;
    struct scene *scene;
    uint32_t *pick; /* whose statistics a group goes by: its own or everybody's */
    bool *single;   /* its rows are worked out one by one */
    struct recipe *recipe;
    enum recipe_kind kind;
    int64_t scale_up, scale_down; /* CLAMP, SHARE: what figures are multiplied or divided by */
    Wide least, most;             /* of all results so far */
};

/* A stretch of rows; begin with n = 0. */
enum { CHUNK = 1024 };
struct rows {
    size_t row, n;
    int64_t x[CHUNK];                    /* figures, then results */
    uint32_t group[CHUNK];               /* group_n: in none */
    uint64_t counted[CHUNK / WORD_ROWS]; /* a bit each */
};
static inline size_t rows_word_end(const struct rows *r, size_t w)
{
    return r->n - w * WORD_ROWS < WORD_ROWS ? r->n : (w + 1) * WORD_ROWS;
}

static inline bool row_is_unknown(const struct vec *x, size_t row)
{
    if (!vec_is_open(x, row))
        return false;
    if (x->blank != NULL)
        return x->blank->lo == -WIDE_INF && x->blank->hi == WIDE_INF;
    return vec_int(x->type, x->lo, row) == -vec_inf(x->type) &&
           vec_int(x->type, x->hi, row) == vec_inf(x->type);
}

/* pop_rows.c */
enum end { END_LO, END_HI };
/* Who counts. False: an end that no figure can be. */
NODISCARD bool rows_survey(struct column *c);
/* The next stretch, but for x; false at the end. */
NODISCARD bool rows_next(const struct column *c, struct rows *r);
void rows_load(const struct column *c, struct rows *r, enum end end);
/* To at and n of the groups. */
void rows_deal(struct column *c, struct figures *to, enum end end);
/* Number, sum, least and most of the groups; then the squares. */
void rows_tally(struct column *c);
void rows_square(struct column *c);

/* pop_give.c: fills *out; false: overflow somewhere. */
NODISCARD bool column_give(struct arena *keep, struct vec *out, struct column *c);

/* pop_single.c: rows that are worked out one by one. */
struct single {
    bool known;
    Cell x, out;
};
struct singles {
    const struct column *c;
    uint64_t *row;       /* a bit each */
    struct single *last; /* by group */
    Cell *cell;          /* what rows get, in order, but for those that are like the last */
    size_t cell_n, cell_cap;
    bool one;             /* all of them have the same cell: the column's blank */
    bool any_open, alike; /* some are not definite; all those get `blank` */
    Cell blank;
};
/* False: overflow. Notes the range in c->least and most. */
NODISCARD bool singles_open(struct singles *s, struct column *c);
void singles_put(struct arena *keep, struct vec *out, const struct singles *s);

static inline void column_note(struct column *c, Wide least, Wide most)
{
    c->least = least < c->least ? least : c->least;
    c->most = most > c->most ? most : c->most;
}

#endif
