/* seek_int.h - one subject under changed facts, its levers, and where comparisons turn.
 *
 *     goal.c    what somebody wants; price.c  what it costs
 *     state.c   the facts as they are now assumed, and the row's values under them
 *     lever.c   which facts may move, how far, at what cost
 *     atom.c    the comparisons below a goal, and which levers each reads
 *     mono.c    in which direction a lever helps
 *     turn.c    the values of a lever at which a comparison turns
 *     relax.c   may facts be hidden to see what they could bring
 *     climb.c   some combination
 *     search.c  the cheapest combination
 */
#ifndef GECI_SEEK_SEEK_INT_H
#define GECI_SEEK_SEEK_INT_H

#include "base/base.h"
#include "eval/trace.h"
#include "seek/seek.h"

struct arena;

enum { LEVERS_MAX = 64, ATOMS_MAX = 4000, PARTS_MAX = 200, CANDIDATES_MAX = 256 };

struct lever {
    uint32_t field;
    int period;
    enum type_kind kind;
    bool has;
    Wide now;    /* 0 when missing */
    Wide step;   /* smallest move of a number */
    Wide lo, hi; /* a number stays within */
    Wide unit;   /* one unit of the field, at its scale */
};

/* On what an expression depends: bits are levers. */
struct trait {
    uint64_t levers;
    uint64_t smooth; /* it may take more than finitely many values with these */
    bool pop;        /* a population function is below */
};

struct atom {                 /* a comparison, or a count of whole steps */
    const struct expr *a, *b; /* b NULL: steps of `a` */
    uint64_t levers;          /* which its values depend on */
    uint64_t smooth;          /* which can make it turn by themselves */
};

struct part {                /* what must hold: the goal itself, or a condition of an 且 */
    const struct expr *expr; /* a truth, or with `positive` a number; NULL: the whole goal */
    int32_t item;            /* a gate, or -1 */
    bool positive;
    uint64_t levers;
};

struct seek {
    struct arena *keep, *tmp;
    const struct rules *rules;
    const struct plan *plan;
    const struct result *res;
    const struct seek_opts *opts;
    const struct seek_goal *goal; /* NULL for steps */
    uint32_t row, budget, evaluations;

    struct lever lever[LEVERS_MAX];
    uint32_t lever_n;
    int32_t *lever_of; /* field -> lever, or -1 */
    bool left_out;     /* more levers than LEVERS_MAX */

    struct dataset *work;
    struct result now; /* res over `work` */
    bool fresh_cells, fresh_trace;
    Cell *cell; /* NULL: cannot be evaluated */
    struct trace *trace;

    struct trait *item_trait[2]; /* by item; [1] at the period of evaluation */
    bool *walked;
    struct atom *atom;
    size_t atom_n, atom_cap;
    struct part *part;
    uint8_t *mono; /* by item and lever */
    uint64_t divisors;
    uint32_t part_n;
};

/* A lever set to a value. */
struct move {
    uint32_t lever;
    Wide value;
    Wide cost;
};
struct moves {
    struct move at[CANDIDATES_MAX];
    uint32_t n;
};

/* ---- goal.c ---- */
/* Fills *out; ERR_INPUT. */
enum status seek_fail(struct arena *keep, struct seek_fault *out, Span at, const char *fmt, ...)
    PRINTF_LIKE(4, 5);

/* ---- state.c ---- */
void state_open(struct seek *s, struct arena *keep, const struct plan *p, const struct result *res,
                uint32_t row, const struct seek_opts *o);
void state_close(struct seek *s);
void state_set(struct seek *s, uint32_t lever, Wide value);
void state_hide(struct seek *s, uint32_t lever); /* as if missing */
void state_reset(struct seek *s, uint32_t lever);
bool state_spent(const struct seek *s); /* the budget */
/* The items under the present facts; NULL: they cannot be evaluated. Valid until the next set. */
const Cell *state_items(struct seek *s);
/* False: unknown, or below a population function and no item. */
bool state_value(struct seek *s, const struct expr *e, Cell *out);

/* A year before the period of evaluation. */
bool state_past(struct seek *s, const struct expr *e, Cell *out);

/* ---- lever.c ---- */
/* Fields that `e` reads get levers as far as their kind and the costs allow. */
void lever_add_below(struct seek *s, const struct expr *e);
/* Narrows the range of a number to what `cost` buys. */
void lever_narrow(const struct seek *s, struct lever *l, Wide cost);
/* Other values of a truth or a choice; adds to `m`. */
void lever_values(const struct seek *s, uint32_t lever, struct moves *m);
/* Adds a move unless it is there, out of range or not to be had; sorted by cost. */
void lever_move(const struct seek *s, uint32_t lever, Wide value, struct moves *m);

/* ---- atom.c ---- */
struct trait atom_trait(struct seek *s, const struct expr *e, bool now);
void atom_traits(struct seek *s); /* of all items; after the levers are known */
/* Adds the atoms below `e`, through the items it names, each once. */
void atom_collect(struct seek *s, const struct expr *e);
void atom_collect_pair(struct seek *s, const struct expr *a, const struct expr *b);

/* ---- mono.c ---- */
enum { MONO_UP = 1, MONO_DOWN = 2, MONO_BOTH = 3 };
/* Which way the value of `e` can go when the lever rises; 0: it stays. Facts must be as given. */
uint8_t mono_of(struct seek *s, const struct expr *e, uint32_t lever);
void mono_open(struct seek *s);
/* Without prices, what `e` divides by does not shrink: nobody sells less for a better share. */
void mono_keep_divisors(struct seek *s, const struct expr *e);

/* ---- turn.c ---- */
/* Values of the lever at which one of the atoms turns under the present facts. Only atoms that read
 * a lever of `with` besides; 0: all. The lever itself must stand at its present value. */
void turn_moves(struct seek *s, uint32_t lever, uint64_t with, struct moves *m);
/* Whole pieces of a counted lever, one by one, as far as they are few. */
void turn_pieces(struct seek *s, uint32_t lever, struct moves *m);
/* The nearest values, up and down, at which `met` becomes true. */
void turn_until(struct seek *s, uint32_t lever, bool (*met)(struct seek *s, void *arg), void *arg,
                struct moves *m);

/* ---- part.c ---- */
void part_split(struct seek *s);
bool part_met(struct seek *s, const struct part *u);
bool part_possible(struct seek *s, const struct part *u); /* it is not ruled out */
/* Which way the lever helps the part: MONO_.. */
uint8_t part_mono(struct seek *s, const struct part *u, uint32_t lever);
bool part_goal_met(const struct seek *s, const struct seek_goal *g, Cell c, bool possible);

/* ---- relax.c ---- */
/* Below the items walked, with these levers. */
bool relax_allowed(const struct seek *s, uint64_t levers);

/* ---- climb.c ---- */
struct climb {
    struct seek *s; /* its goal is sought whole */
    const uint32_t *lever;
    uint32_t n;
    struct moves *const *base; /* candidates of each; by position */
    const uint8_t *way;        /* in which a lever helps; by lever */
    bool (*met)(struct seek *s, void *arg);
    void *arg;
};
/* Moves that meet the goal, at most one a lever; false: none found. The facts are as given again.
 */
bool climb_to(const struct climb *c, struct move *path, uint32_t *n);

/* ---- search.c ---- */
struct found {
    struct move at[LEVERS_MAX];
    uint32_t n;
    Wide cost;
    bool any, complete, coupled, ruled_out;
    uint32_t stuck; /* a unit, when nothing was found */
};
void search_cheapest(struct seek *s, struct found *f, bool whole);

#endif
