/* pop.c - what each population function makes of a row, given its peers in order.
 *
 * One pass over the groups: statistics of the group once, then every row of it. A row is placed at
 * each end of its interval as if that were its value; the statistics stay those of the definite
 * rows. A percentile counts the row itself, definite or not, exactly once.
 */
#include "grade/pop.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "grade/pop_int.h"

bool pop_is_mirrored(const struct pop_in *in)
{
    return in->ascending && (in->op == OP_PERCENTILE || in->op == OP_BORDA);
}

bool pop_is_imputing(const struct pop_in *in)
{
    return in->op == OP_IMPUTE_MEAN || in->op == OP_IMPUTE_MEDIAN;
}

static bool is_bounded(const struct pop_in *in)
{
    return in->op == OP_MINMAX && (in->lo != NULL || in->hi != NULL);
}

/* What lies outside the range gets 0 or 1. */
static bool is_clamped(const struct pop_in *in)
{
    return is_bounded(in) || in->winsorised;
}

static bool scene_same(struct arena *tmp, struct scene *s)
{
    const struct pop_in *in = s->in;
    const struct peers *p = s->peers;
    Wide v = 0;
    bool known = p->n > 0, fits = true;
    switch ((int)in->op) {
    case OP_GROUP_COUNT:
        known = true;
        fits = wide_rescale(&v, p->n, 0, in->to, ROUND_HALF_UP);
        break;
    case OP_GROUP_SUM:
        known = true;
        fits = stat_sum(&v, p, in->scale, in->to);
        break;
    case OP_GROUP_SD:
        s->moments = stat_moments(tmp, p);
        known = p->n >= 2 || (p->n == 1 && in->method == SD_ALL);
        if (known)
            fits = stat_sd(&v, s->moments, s->den, in->scale, in->to);
        break;
    case OP_GROUP_MAX:
    case OP_GROUP_MIN:
        if (known)
            fits = wide_rescale(&v, peers_nth(p, in->op == OP_GROUP_MAX ? p->n - 1 : 0), in->scale,
                                in->to, ROUND_HALF_UP);
        break;
    case OP_GROUP_MEAN:
    case OP_IMPUTE_MEAN:
        if (known)
            fits = stat_mean(&v, p, in->scale, in->to);
        break;
    default: { /* medians and quantiles */
        Wide share = in->op == OP_GROUP_QUANTILE ? in->arg[0] : wide_pow10(SHARE_SCALE) / 2;
        if (known)
            fits = stat_quantile(&v, p, share, in->scale, in->to);
    }
    }
    s->same = known ? (Cell){v, v} : CELL_UNKNOWN;
    return fits;
}

/* The observed range, unless bounds are given; has_most says that there is a range at all. */
static void scene_range(struct scene *s)
{
    const struct pop_in *in = s->in;
    const struct peers *p = s->peers;
    s->has_most = (in->lo == NULL || cell_is_definite(*in->lo)) &&
                  (in->hi == NULL || cell_is_definite(*in->hi)) &&
                  (p->n > 0 || (in->lo != NULL && in->hi != NULL));
    if (!s->has_most)
        return;
    s->least = in->lo != NULL ? in->lo->lo : peers_nth(p, 0);
    s->most = in->hi != NULL ? in->hi->lo : peers_nth(p, p->n - 1);
}

/* The quantiles of WINSOR, at `to` decimals. */
static bool scene_tails(struct scene *s, int to)
{
    const struct pop_in *in = s->in;
    const struct peers *p = s->peers;
    s->has_least = s->has_most = p->n > 0;
    return p->n == 0 || (stat_quantile(&s->least, p, in->arg[0], in->scale, to) &&
                         stat_quantile(&s->most, p, in->arg[1], in->scale, to));
}

static bool scene_unskew(struct scene *s)
{
    const struct pop_in *in = s->in;
    const struct peers *p = s->peers;
    struct treated t = stat_unskew(p, in->arg[0], in->arg[1], in->arg[2]);
    s->has_least = t.low > 0;
    s->has_most = t.high > 0;
    return (t.low == 0 ||
            wide_rescale(&s->least, p->at[t.low], in->scale, in->to, ROUND_HALF_UP)) &&
           (t.high == 0 ||
            wide_rescale(&s->most, p->at[p->n - t.high - 1], in->scale, in->to, ROUND_HALF_UP));
}

void scene_open(struct arena *tmp, struct scene *s, const struct pop_in *in, const struct peers *p)
{
    *s = (struct scene){.in = in, .peers = p};
    s->den = in->method == SD_ALL || p->n == 0 ? p->n : p->n - 1;
    switch ((int)in->op) {
    case OP_PERCENTILE:
    case OP_BORDA:
    case OP_TO_MAX: break;
    case OP_MINMAX:
        if (in->winsorised)
            s->overflows = !scene_tails(s, in->mid);
        else
            scene_range(s);
        break;
    case OP_ZSCORE:
        s->moments = stat_moments(tmp, p);
        if (s->den > 0)
            s->root = stat_root(s->moments, s->den);
        break;
    case OP_WINSOR: s->overflows = !scene_tails(s, in->to); break;
    case OP_UNSKEW: s->overflows = !scene_unskew(s); break;
    default: s->overflows = !scene_same(tmp, s);
    }
}

static bool place_percentile(Wide *out, const struct scene *s, Wide v, bool counted)
{
    struct place at = peers_find(s->peers, v);
    Wide below = at.below, equal = (Wide)at.equal + !counted;
    Wide n = (Wide)s->peers->n + !counted, one = wide_pow10(s->in->to);
    if (s->in->method == PCT_MIN && n == 1) {
        *out = 0;
        return true;
    }
    if (s->in->method == PCT_MIN)
        return wide_muldiv(out, below, one, n - 1, ROUND_HALF_UP);
    if (s->in->method == PCT_CUM)
        return wide_muldiv(out, below + equal, one, n, ROUND_HALF_UP);
    if (s->in->method == PCT_OPEN)
        return wide_muldiv(out, 2 * below + equal + 1, one, 2 * (n + 1), ROUND_HALF_UP);
    return wide_muldiv(out, 2 * below + equal, one, 2 * n, ROUND_HALF_UP);
}

static bool place_borda(Wide *out, const struct scene *s, Wide v, bool counted)
{
    struct place at = peers_find(s->peers, v);
    Wide twice = 2 * (Wide)at.below + at.equal - counted;
    return wide_muldiv(out, twice, wide_pow10(s->in->to), 2, ROUND_HALF_UP);
}

/* (v - least) / (most - least), which falls where the bounds are given the other way round. */
static bool place_minmax(Wide *out, const struct scene *s, Wide v)
{
    const struct pop_in *in = s->in;
    const int scale = in->winsorised ? in->mid : in->scale;
    bool falls = s->most < s->least;
    *out = 0;
    if (s->most == s->least)
        return true;
    if (in->winsorised && !wide_rescale(&v, v, in->scale, scale, ROUND_HALF_UP))
        return false;
    if (is_clamped(in) && (falls ? v >= s->least : v <= s->least))
        return true;
    *out = wide_pow10(in->to);
    if (is_clamped(in) && (falls ? v <= s->most : v >= s->most))
        return true;
    Wide over, under;
    return wide_sub(&over, v, s->least) && wide_sub(&under, s->most, s->least) &&
           wide_div(out, over, scale, under, scale, in->to, ROUND_HALF_UP);
}

/* WINSOR and UNSKEW: v between the bounds that there are. */
static bool place_clamp(Wide *out, const struct scene *s, Wide v)
{
    if (!wide_rescale(out, v, s->in->scale, s->in->to, ROUND_HALF_UP))
        return false;
    if (s->has_least && *out < s->least)
        *out = s->least;
    if (s->has_most && *out > s->most)
        *out = s->most;
    return true;
}

/* The value of a row whose x is v. `counted`: the row is one of the peers. */
static bool place(Wide *out, const struct scene *s, Wide v, bool counted)
{
    const struct pop_in *in = s->in;
    const struct peers *p = s->peers;
    switch ((int)in->op) {
    case OP_PERCENTILE: return place_percentile(out, s, v, counted);
    case OP_BORDA: return place_borda(out, s, v, counted);
    case OP_MINMAX: return place_minmax(out, s, v);
    case OP_ZSCORE: return stat_z(out, s->moments, s->den, v, s->root, in->to);
    case OP_TO_MAX:
        return wide_div(out, v, in->scale, peers_nth(p, p->n - 1), in->scale, in->to,
                        ROUND_HALF_UP);
    default: return place_clamp(out, s, v);
    }
}

/* What the function tends to where x has no bound; v is WIDE_INF or -WIDE_INF. */
static Wide place_unbounded(const struct scene *s, Wide v)
{
    const struct pop_in *in = s->in;
    Wide top = wide_pow10(in->to);
    switch ((int)in->op) {
    case OP_PERCENTILE: return v < 0 ? 0 : top;
    case OP_BORDA: return v < 0 ? 0 : (Wide)s->peers->n * top;
    case OP_MINMAX:
        if (!is_clamped(in))
            return v;
        if (in->winsorised && s->most == s->least)
            return 0; /* moved to where all are */
        return (v < 0) == (s->most < s->least) ? top : 0;
    case OP_ZSCORE: return v;
    case OP_TO_MAX: return peers_nth(s->peers, s->peers->n - 1) < 0 ? -v : v;
    default:
        if (v < 0)
            return s->has_least ? s->least : v;
        return s->has_most ? s->most : v;
    }
}

bool scene_is_empty(const struct scene *s)
{
    const struct peers *p = s->peers;
    switch ((int)s->in->op) {
    case OP_MINMAX: return !s->has_most;
    case OP_TO_MAX: return p->n == 0 || peers_nth(p, p->n - 1) == 0;
    case OP_ZSCORE:
    case OP_WINSOR: return p->n == 0;
    default: return false;
    }
}

/* One end of a row's interval. */
static bool place_end(Wide *out, const struct scene *s, Wide v, bool counted)
{
    if (v != WIDE_INF && v != -WIDE_INF)
        return place(out, s, v, counted);
    *out = place_unbounded(s, v);
    return true;
}

static bool rescale_end(Wide *out, const struct pop_in *in, Wide v)
{
    *out = v;
    return v == WIDE_INF || v == -WIDE_INF ||
           wide_rescale(out, v, in->scale, in->to, ROUND_HALF_UP);
}

static bool place_imputed(Cell *out, const struct scene *s, Cell x)
{
    bool missing = x.lo == -WIDE_INF || x.hi == WIDE_INF;
    if (missing && s->peers->n > 0) {
        *out = s->same;
        return !s->overflows;
    }
    return rescale_end(&out->lo, s->in, x.lo) && rescale_end(&out->hi, s->in, x.hi);
}

bool scene_cell(Cell *out, const struct scene *s, Cell x)
{
    const struct pop_in *in = s->in;
    if (pop_is_imputing(in))
        return place_imputed(out, s, x);
    if (s->overflows)
        return false;
    if (in->op >= OP_GROUP_MEAN && in->op <= OP_GROUP_SD) {
        *out = s->same;
        return true;
    }
    if (scene_is_empty(s)) {
        *out = is_bounded(in) ? (Cell){0, wide_pow10(in->to)} : CELL_UNKNOWN;
        return true;
    }
    bool counted = cell_is_definite(x);
    if (pop_is_mirrored(in))
        x = (Cell){-x.hi, -x.lo};
    Cell c;
    if (!place_end(&c.lo, s, x.lo, counted) || !place_end(&c.hi, s, x.hi, counted))
        return false;
    *out = c.lo <= c.hi ? c : (Cell){c.hi, c.lo};
    return true;
}

/* Sorts the definite values of every group. */
static struct peers *gather(struct arena *tmp, struct crowd *c, const struct pop_in *in)
{
    Wide *key = ARENA_ARRAY(tmp, Wide, in->row_n);
    uint8_t *counts = ARENA_ARRAY(tmp, uint8_t, in->row_n);
    for (uint32_t row = 0; row < in->row_n; row++) {
        key[row] = pop_is_mirrored(in) ? -in->x[row].lo : in->x[row].lo;
        counts[row] = cell_is_definite(in->x[row]);
    }
    crowd_open(tmp, c, in);
    return crowd_sort(tmp, c, in, key, counts);
}

/* The rows of group g under the scene; *bad is the least row that overflows. */
static void place_group(Cell *out, const struct crowd *c, uint32_t g, const struct scene *s,
                        uint32_t *bad)
{
    for (uint32_t i = c->beg[g]; i < c->beg[g + 1]; i++) {
        uint32_t row = c->row[i];
        if (!scene_cell(&out[row], s, s->in->x[row]) && row < *bad)
            *bad = row;
    }
}

enum status pop_apply(struct arena *tmp, Cell *out, const struct pop_in *in, uint32_t *bad_row)
{
    if (in->op == OP_RANK || in->op == OP_BOARD) {
        pop_rank_intervals(tmp, out, in);
        return OK;
    }
    ArenaMark mark = arena_mark(tmp);
    struct crowd c;
    const struct peers *peers = gather(tmp, &c, in);
    struct scene all, own;
    scene_open(tmp, &all, in, &peers[c.group_n]);
    uint32_t bad = UINT32_MAX;
    for (uint32_t g = 0; g < c.group_n; g++) {
        if (peers[g].n < in->min_group) {
            place_group(out, &c, g, &all, &bad);
        } else if (c.beg[g] < c.beg[g + 1]) {
            scene_open(tmp, &own, in, &peers[g]);
            place_group(out, &c, g, &own, &bad);
        }
    }
    if (pop_is_imputing(in)) { /* rows in no group keep what they have */
        const struct peers nobody = {.n = 0};
        scene_open(tmp, &own, in, &nobody);
        place_group(out, &c, c.group_n, &own, &bad);
    } else {
        for (uint32_t i = c.beg[c.group_n]; i < c.beg[c.group_n + 1]; i++)
            out[c.row[i]] = CELL_UNKNOWN;
    }
    arena_reset(tmp, mark);
    *bad_row = bad;
    return bad == UINT32_MAX ? OK : ERR_INPUT;
}
