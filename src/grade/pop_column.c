/* pop_column.c - population functions over narrow columns: statistics of the groups, then rows.
 *
 * Positions: figures are dealt to their groups, replaced there by what they get (pop_place_int.h),
 * and gathered. All other functions need a few statistics of the group, from sums or from dealt
 * figures; scene_open makes of them what it makes of sorted Cells, and each group's recipe is the
 * scene in 64 bits. Whatever does not fit a recipe is worked out row by row by scene_cell.
 */
#include "grade/pop_column.h"

#include <string.h>

#include "base/arena.h"
#include "base/decimal.h"
#include "base/workers.h"
#include "grade/pop_column_int.h"
#include "grade/pop_place_int.h"

enum { DECIMALS_MAX = 18, SQUARED_BITS = 47, FIGURE_BITS = 62, SHIFT_MAX = 60 };
enum { PARTS_EACH = 2 }; /* of a thread, where there are several */

struct peer_order *peer_order_open(struct arena *keep, const uint32_t *group, uint32_t group_n,
                                   uint32_t row_n)
{
    struct peer_order *o = ARENA_NEW(keep, struct peer_order);
    *o =
        (struct peer_order){.group = group, .group_n = group == NULL ? 1 : group_n, .row_n = row_n};
    o->beg = ARENA_ARRAY(keep, uint32_t, (size_t)o->group_n + 2);
    if (group == NULL)
        o->beg[1] = row_n;
    for (uint32_t row = 0; group != NULL && row < row_n; row++)
        o->beg[order_group(o, row) + 1]++;
    for (uint32_t g = 0; g <= o->group_n; g++) {
        o->largest = o->beg[g + 1] > o->largest ? o->beg[g + 1] : o->largest;
        o->beg[g + 1] += o->beg[g];
    }
    return o;
}

static bool fits_figure(Wide x)
{
    return x > -((Wide)1 << FIGURE_BITS) && x < (Wide)1 << FIGURE_BITS;
}

static bool is_position(enum op op)
{
    return op == OP_PERCENTILE || op == OP_BORDA || op == OP_RANK || op == OP_BOARD;
}

static bool needs_figures(const struct pop_in *in)
{
    const enum op op = in->op;
    return op == OP_WINSOR || op == OP_GROUP_MEDIAN || op == OP_GROUP_QUANTILE ||
           op == OP_IMPUTE_MEDIAN || in->winsorised;
}

bool pop_column_can(const struct pop_in *in, const struct vec *x)
{
    const bool known = in->op >= OP_PERCENTILE && in->op <= OP_BOARD && in->op != OP_UNSKEW;
    return known && x->type != VEC_CELL && in->to <= DECIMALS_MAX &&
           (x->blank == NULL || x->blank->lo != x->blank->hi || fits_figure(x->blank->lo));
}

/* The rows of small groups go by everybody. False: there are none. */
static bool pick_groups(struct column *c)
{
    const uint32_t group_n = c->order->group_n;
    bool any = false;
    for (uint32_t g = 0; g <= group_n; g++) {
        uint32_t loose = c->loose_n == NULL ? 0 : c->loose_n[g];
        bool small = g < group_n && c->figures[g].n - loose < c->in->min_group;
        c->pick[g] = small ? group_n + 1 : g;
        c->single[g] = g == group_n;
        any |= small;
    }
    return any;
}

/* Figures of all groups and of none, one behind the other. */
static void concatenate(struct column *c, struct figures *f)
{
    struct figures *all = &f[c->order->group_n + 1];
    all->at = arena_raw(c->tmp, c->order->row_n, sizeof *all->at);
    all->n = 0;
    for (uint32_t g = 0; g <= c->order->group_n; g++) {
        memcpy(all->at + all->n, f[g].at, f[g].n * sizeof *all->at);
        all->n += f[g].n;
    }
}

static void span(struct figures *lo, struct figures *hi)
{
    figures_measure(lo);
    if (hi == NULL)
        return;
    figures_measure(hi);
    lo->most = hi->most > lo->most ? hi->most : lo->most;
    hi->most = lo->most;
    hi->least = lo->least = lo->least < hi->least ? lo->least : hi->least;
}

/* Some of the groups, and a thread's memory for them. */
struct part {
    struct column *c;
    struct arena *tmp;
    struct placing placing;
    uint32_t beg, end;
    int64_t least, most; /* of what figures were replaced by */
};

static void place_one(struct part *part, uint32_t g)
{
    struct column *c = part->c;
    struct figures *f = &c->figures[g], *hi = c->upper == NULL ? NULL : &c->upper[g];
    if (f->n == 0)
        return;
    span(f, hi);
    if (hi != NULL) {
        place_intervals(&part->placing, part->tmp, f, hi);
        return;
    }
    f->tmp = part->tmp;
    if (c->has_intervals)
        figures_sort(f);
    place_group(&part->placing, f);
}

/* Everybody's results, back to the small groups. */
static void distribute(const struct column *c, struct figures *f)
{
    const uint32_t all = c->order->group_n + 1;
    const int64_t *from = f[all].at;
    for (uint32_t g = 0; g <= c->order->group_n; g++) {
        if (c->pick[g] == all)
            memcpy(f[g].at, from, f[g].n * sizeof *from);
        from += f[g].n;
    }
}

static void count_loose(struct column *c)
{
    c->loose_n = ARENA_ARRAY(c->tmp, uint32_t, (size_t)c->order->group_n + 2);
    for (uint32_t g = 0; g <= c->order->group_n; g++)
        for (uint32_t i = 0; i < c->figures[g].n; i++)
            c->loose_n[g] += c->figures[g].at[i] != c->upper[g].at[i];
}

static void note_placed(struct part *part, const struct figures *f)
{
    struct figures placed = *f;
    figures_measure(&placed);
    part->least = placed.least < part->least ? placed.least : part->least;
    part->most = placed.most > part->most ? placed.most : part->most;
}

static void place_part(void *arg, uint32_t i)
{
    struct part *part = (struct part *)arg + i;
    struct column *c = part->c;
    for (uint32_t g = part->beg; g < part->end; g++) {
        if (c->pick[g] == g)
            place_one(part, g);
        note_placed(part, &c->figures[g]);
        if (c->upper != NULL)
            note_placed(part, &c->upper[g]);
    }
}

/* The first group that begins at row i n / part_n of all in groups, or behind it. */
static uint32_t part_beg(const struct peer_order *o, uint32_t i, uint32_t part_n)
{
    const uint64_t row_n = o->beg[o->group_n];
    uint32_t g = 0;
    while (g < o->group_n && o->beg[g] * (uint64_t)part_n < row_n * i)
        g++;
    return i == part_n ? o->group_n : g;
}

/* Parts of about as many rows. */
static void place_side_by_side(struct column *c)
{
    const uint32_t part_n = workers_n(c->workers) * PARTS_EACH;
    struct part *part = ARENA_ARRAY(c->tmp, struct part, part_n);
    for (uint32_t i = 0; i < part_n; i++) {
        struct part *p = &part[i];
        *p = (struct part){.c = c, .tmp = arena_child(c->tmp)};
        p->beg = part_beg(c->order, i, part_n);
        p->end = part_beg(c->order, i + 1, part_n);
        bool fits = place_open(p->tmp, &p->placing, c->in, c->order->largest);
        ASSERT(fits); /* it did for everybody */
    }
    workers_run(c->workers, place_part, part, part_n);
    for (uint32_t i = 0; i < part_n; i++)
        column_note(c, part[i].least, part[i].most);
}

static bool run_position(struct column *c)
{
    const uint32_t group_n = c->order->group_n, all = group_n + 1;
    const bool ranks = c->in->op == OP_RANK || c->in->op == OP_BOARD;
    c->kind = GIVE_PLACED;
    rows_deal(c, c->figures, END_LO);
    if (ranks && c->has_intervals) {
        c->upper = ARENA_ARRAY(c->tmp, struct figures, (size_t)group_n + 2);
        rows_deal(c, c->upper, END_HI);
        count_loose(c);
    }
    const bool small = pick_groups(c);
    struct part first = {.c = c, .tmp = c->tmp, .end = group_n};
    if (!place_open(c->tmp, &first.placing, c->in, small ? c->order->row_n : c->order->largest))
        return false;
    if (small) {
        concatenate(c, c->figures);
        if (c->upper != NULL)
            concatenate(c, c->upper);
        place_one(&first, all);
        distribute(c, c->figures);
        if (c->upper != NULL)
            distribute(c, c->upper);
    }
    if (workers_n(c->workers) > 1) {
        place_side_by_side(c);
    } else {
        place_part(&first, 0);
        column_note(c, first.least, first.most);
    }
    for (uint32_t g = 0; g <= all && !ranks; g++) {
        c->peers[g].n = c->figures[g].n;
        scene_open(c->tmp, &c->scene[g], c->in, &c->peers[g]);
    }
    return true;
}

static void add_squares(struct figures *all, const struct figures *f)
{
    const UWide off = (uint64_t)f->least - (uint64_t)all->least;
    const UWide sum = (UWide)(f->sum - (Wide)f->n * f->least);
    all->square += f->square + 2 * off * sum + (UWide)f->n * off * off;
}

static void add_up(struct column *c)
{
    struct figures *all = &c->figures[c->order->group_n + 1];
    for (int pass = 0; pass < 2; pass++)
        for (uint32_t g = 0; g <= c->order->group_n; g++) {
            const struct figures *f = &c->figures[g];
            if (f->n == 0)
                continue;
            if (pass == 1) {
                add_squares(all, f);
                continue;
            }
            all->least = all->n == 0 || f->least < all->least ? f->least : all->least;
            all->most = all->n == 0 || f->most > all->most ? f->most : all->most;
            all->n += f->n;
            all->sum += f->sum;
        }
}

static bool can_square(const struct column *c)
{
    Wide least = INT64_MAX, most = INT64_MIN;
    for (uint32_t g = 0; g <= c->order->group_n; g++) {
        const struct figures *f = &c->figures[g];
        least = f->n > 0 && f->least < least ? f->least : least;
        most = f->n > 0 && f->most > most ? f->most : most;
    }
    return least > most || most - least < (Wide)1 << SQUARED_BITS;
}

/* Numbers, sums and ranges of all groups. False: squares do not fit. */
static bool measure(struct column *c)
{
    const enum op op = c->in->op;
    const bool squares = op == OP_ZSCORE || op == OP_GROUP_SD;
    if (needs_figures(c->in)) {
        rows_deal(c, c->figures, END_LO);
        for (uint32_t g = 0; g <= c->order->group_n; g++)
            figures_measure(&c->figures[g]);
    } else {
        rows_tally(c);
    }
    if (squares && !can_square(c))
        return false;
    if (squares)
        rows_square(c);
    if (pick_groups(c)) {
        c->figures[c->order->group_n + 1] = (struct figures){.tmp = c->tmp};
        add_up(c);
        if (needs_figures(c->in))
            concatenate(c, c->figures);
    }
    return true;
}

static bool recipe_same(struct column *c, struct recipe *r, const struct scene *s, bool *single)
{
    *single = s->same.lo != s->same.hi;
    if (*single)
        return true;
    column_note(c, s->same.lo, s->same.lo);
    r->lo = (int64_t)s->same.lo;
    return fits_figure(s->same.lo);
}

static bool recipe_clamp(const struct column *c, struct recipe *r, const struct scene *s,
                         const struct figures *f)
{
    r->lo = s->has_least ? (int64_t)s->least : INT64_MIN;
    r->hi = s->has_most ? (int64_t)s->most : INT64_MAX;
    return fits_figure((Wide)f->least * c->scale_up) && fits_figure((Wide)f->most * c->scale_up);
}

static bool recipe_share(const struct column *c, struct recipe *r, const struct scene *s,
                         const struct figures *f)
{
    const bool falls = s->most < s->least;
    if (!fits_figure((Wide)f->least * c->scale_up) || !fits_figure((Wide)f->most * c->scale_up))
        return false;
    const Wide least = falls ? -s->least : s->least, most = falls ? -s->most : s->most;
    if (!fits_figure(least) || !fits_figure(most))
        return false;
    const uint64_t den = (uint64_t)(most - least);
    r->turn = -(int64_t)falls;
    r->lo = (int64_t)least;
    r->hi = (int64_t)most;
    return den == 0 || share_open(&r->share, (uint64_t)wide_pow10(s->in->to), den, den);
}

static bool recipe_part(struct recipe *r, const struct scene *s, const struct figures *f)
{
    const uint64_t most = f->most < 0 ? -(uint64_t)f->most : (uint64_t)f->most;
    const uint64_t least = f->least < 0 ? -(uint64_t)f->least : (uint64_t)f->least;
    r->turn = -(int64_t)(f->most < 0);
    return share_open(&r->share, (uint64_t)wide_pow10(s->in->to), most,
                      least > most ? least : most);
}

/* one 2^shift 10^scale / m, within [2^-62, 1] of 2^62 if need be by a smaller shift */
static bool recipe_zscore(struct recipe *r, const struct scene *s, const struct figures *f)
{
    const Wide one = wide_pow10(s->in->to), limit = (Wide)1 << FIGURE_BITS;
    if (big_is_zero(&s->moments->d2))
        return true; /* n = 0 gives 0 */
    if ((UWide)figures_spread(f) * f->n >= (UWide)limit || s->root.m <= 1)
        return false;
    Wide low = 0, high = limit;
    for (int shift = SHIFT_MAX; shift > 0 && high >= limit; shift--) {
        r->share.shift = shift;
        if (!wide_div(&low, one << shift, 0, s->root.m + 1, s->root.scale, 0, ROUND_FLOOR) ||
            !wide_div(&high, one << shift, 0, s->root.m - 1, s->root.scale, 0, ROUND_CEIL))
            high = limit;
    }
    r->n = f->n;
    r->lo = f->least;
    r->hi = (int64_t)(f->sum - (Wide)f->n * f->least);
    r->share.factor = (uint64_t)low;
    r->share.one = (uint64_t)high;
    return high < limit;
}

/* False: this group's numbers are too large for any recipe. */
static bool recipe_open(struct column *c, uint32_t g)
{
    const struct scene *s = &c->scene[g];
    const struct figures *f = &c->figures[g];
    struct recipe *r = &c->recipe[g];
    bool *single = &c->single[g];
    if (s->overflows)
        return false;
    if (f->n == 0)
        return *single = true;
    if (c->kind == GIVE_SAME)
        return recipe_same(c, r, s, single);
    Cell least, most;
    if (!scene_cell(&least, s, (Cell){f->least, f->least}) ||
        !scene_cell(&most, s, (Cell){f->most, f->most}))
        return false;
    *single = scene_is_empty(s);
    if (*single)
        return true;
    column_note(c, least.lo < most.lo ? least.lo : most.lo,
                least.lo < most.lo ? most.lo : least.lo);
    if (c->kind == GIVE_CLAMPED)
        return recipe_clamp(c, r, s, f);
    if (c->kind == GIVE_SHARE)
        *single = !recipe_share(c, r, s, f);
    else if (c->kind == GIVE_PART)
        *single = !recipe_part(r, s, f);
    else
        *single = !recipe_zscore(r, s, f);
    return true;
}

static void choose_kind(struct column *c)
{
    switch ((int)c->in->op) {
    case OP_MINMAX: c->kind = GIVE_SHARE; break;
    case OP_TO_MAX: c->kind = GIVE_PART; break;
    case OP_ZSCORE: c->kind = GIVE_ZSCORE; break;
    case OP_WINSOR:
    case OP_IMPUTE_MEAN:
    case OP_IMPUTE_MEDIAN: c->kind = GIVE_CLAMPED; break;
    default: c->kind = GIVE_SAME;
    }
}

/* How many decimals figures gain before they are compared with the bounds of their recipe. */
static int decimals_up(const struct pop_in *in)
{
    if (in->op == OP_MINMAX)
        return in->winsorised ? in->mid - in->scale : 0;
    return in->to - in->scale;
}

static bool run_statistic(struct column *c)
{
    const struct pop_in *in = c->in;
    const uint32_t group_n = c->order->group_n, all = group_n + 1;
    const int up = decimals_up(in);
    choose_kind(c);
    if (up > DECIMALS_MAX || up < -DECIMALS_MAX || !measure(c))
        return false;
    c->scale_up = up > 0 ? (int64_t)wide_pow10(up) : 1;
    c->scale_down = up < 0 ? (int64_t)wide_pow10(-up) : 1;
    bool everybody = false;
    for (uint32_t g = 0; g < group_n; g++)
        everybody |= c->pick[g] == all && c->order->beg[g] < c->order->beg[g + 1];
    for (uint32_t g = 0; g <= all; g++)
        c->recipe[g] = (struct recipe){.share = {.den = 1, .up = 1, .shift = 1}};
    for (uint32_t k = 0; k <= group_n; k++) {
        const uint32_t g = k == 0 ? all : k - 1;
        const bool used = g == all ? everybody : c->order->beg[g] < c->order->beg[g + 1];
        if (!used)
            continue;
        if (g < all && c->pick[g] == all) {
            c->recipe[g] = c->recipe[all];
            c->single[g] = c->single[all];
            continue;
        }
        c->peers[g].n = c->figures[g].n;
        scene_open(c->tmp, &c->scene[g], in, &c->peers[g]);
        if (!recipe_open(c, g))
            return false;
    }
    scene_open(c->tmp, &c->scene[group_n], in, &c->peers[group_n]); /* nobody */
    return true;
}

static bool run_column(struct arena *keep, struct pop_out *out, struct column *c)
{
    const size_t n = (size_t)c->order->group_n + 3;
    if (c->order->group_n > c->order->row_n / 4 + 64 || !rows_survey(c))
        return false;
    c->figures = ARENA_ARRAY(c->tmp, struct figures, n);
    c->peers = ARENA_ARRAY(c->tmp, struct peers, n);
    c->scene = ARENA_ARRAY(c->tmp, struct scene, n);
    c->recipe = ARENA_ARRAY(c->tmp, struct recipe, n);
    c->pick = ARENA_ARRAY(c->tmp, uint32_t, n);
    c->single = ARENA_ARRAY(c->tmp, bool, n);
    for (size_t g = 0; g < n; g++) {
        c->figures[g].tmp = c->tmp;
        c->peers[g] = (struct peers){.figures = &c->figures[g], .mirrored = pop_is_mirrored(c->in)};
    }
    if (!(is_position(c->in->op) ? run_position(c) : run_statistic(c)) ||
        !column_give(keep, &out->column, c))
        return false;
    out->least = c->least;
    out->most = c->most;
    return true;
}

static enum status run_cells(struct arena *keep, struct pop_out *out, const struct column *c)
{
    const struct peer_order *o = c->order;
    struct pop_in in = *c->in;
    in.x = vec_cells(c->tmp, c->x, o->row_n);
    in.row_n = o->row_n;
    in.group = o->group;
    in.group_n = o->group_n;
    out->column = vec_make(keep, VEC_CELL, o->row_n, false);
    return pop_apply(c->tmp, out->column.lo, &in, &out->bad_row);
}

enum status pop_column(struct arena *keep, struct pop_out *out, const struct pop_in *in,
                       const struct vec *x, const struct peer_order *order, struct workers *w)
{
    struct arena *tmp = arena_open();
    struct column c = {.in = in, .x = x, .order = order, .tmp = tmp, .workers = w};
    enum status st = OK;
    *out = (struct pop_out){.bad_row = UINT32_MAX};
    if (!pop_column_can(in, x) || !run_column(keep, out, &c)) {
        c = (struct column){.in = in, .x = x, .order = order, .tmp = tmp};
        st = run_cells(keep, out, &c);
    }
    arena_close(tmp);
    return st;
}
