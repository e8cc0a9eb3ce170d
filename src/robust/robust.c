/* robust.c - draws, quantiles, and each factor alone.
 *
 * Work is cut into slots, one a thread; slot s takes every slot_n-th batch of draws, factor or tile
 * of columns and writes where nobody else does, or into sums of its own that are added up at the
 * end. Which slot did what can therefore not be seen in the result.
 *
 * A batch is a few draws over one block of columns, so that leaves are read once a batch.
 */
#include "base/workers.h"
#include "robust/robust_int.h"

enum { BATCH = 2, SLOTS_MAX = 8 };

struct mover {
    int32_t factor;
    int32_t by[2];
};

/* What one draw assumes: a tree with the columns of its leaves, and its weights. */
struct draw {
    uint8_t level[ASSUME_MAX];
    const struct tree *t;
    const int64_t **leaf;
    int64_t *coef, *total;
};

struct slot {
    struct ranker ranker;
    struct draw draw[BATCH];
    int64_t *block;
    uint32_t *rank[2];
    uint32_t *grade; /* [column][label_n] */
    uint32_t *scratch;
    struct mover *mover; /* of each column */
};

struct crew {
    const struct forest *forest;
    const struct assumed *assumed;
    const struct tree *t; /* the document as it is; all trees have its columns */
    struct robust *out;
    struct levels *levels; /* under each level of the assumption on the grade's bounds */
    int32_t grade_assumed; /* that one, or -1 */
    struct ranks ranks;
    struct slot *slot;
    uint32_t slot_n;
    uint32_t *nominal;
    struct robust_place **place; /* of each column */
};

static void totals(struct slot *s, uint32_t n)
{
    struct run_of of = {.block = s->block};
    const uint32_t column_n = s->draw[0].t->column_n;
    for (; of.beg < column_n; of.beg += BLOCK_COLUMNS) {
        of.n = column_n - of.beg < BLOCK_COLUMNS ? column_n - of.beg : BLOCK_COLUMNS;
        for (uint32_t d = 0; d < n; d++) {
            of.leaf = s->draw[d].leaf;
            const int64_t *v = robust_total(s->draw[d].t, s->draw[d].coef, of);
            for (uint32_t i = 0; i < of.n; i++)
                s->draw[d].total[of.beg + i] = v[i];
        }
    }
}

/* The weights of `how`, under the levels of the draw. */
static void assume(const struct crew *w, struct draw *d, const struct shake *how)
{
    d->t = forest_at(w->forest, w->assumed, d->level, d->leaf);
    robust_shake(d->t, how, d->coef);
}

/* ---- draws ---- */

static const struct levels *levels_at(const struct crew *w, const uint8_t *level)
{
    return &w->levels[w->grade_assumed < 0 ? 0 : level[w->grade_assumed]];
}

static void count_grades(const struct crew *w, struct slot *s, const struct draw *d)
{
    const struct levels *levels = levels_at(w, d->level);
    uint32_t n = levels->label_n;
    for (uint32_t i = 0; n > 0 && i < w->t->column_n; i++) {
        uint32_t g = levels_of(levels, d->total[i]);
        if (g < n)
            s->grade[(size_t)i * n + g]++;
    }
}

static uint64_t shift_of(const struct crew *w, const uint32_t *rank)
{
    uint64_t sum = 0;
    for (uint32_t i = 0; i < w->t->subject_n; i++) {
        uint32_t a = rank[i], b = w->nominal[i];
        sum += a > b ? a - b : b - a;
    }
    return sum;
}

/* Levels come by hashes of what is assumed, not of its place in a list: giving one up moves none
 * of the others. */
static void pick_levels(const struct crew *w, uint32_t draw, uint8_t *level)
{
    for (uint32_t k = 0; k < w->assumed->n; k++) {
        const struct assumption *x = &w->assumed->at[k];
        uint64_t what = ((uint64_t)1 << 32) + (uint64_t)x->item * 2 + (x->kind == ROBUST_INSTEAD);
        uint64_t bits = robust_hash(w->out->opts.seed, draw, what);
        level[k] = (uint8_t)((UWide)bits * x->level_n >> 64);
    }
}

static void draw_job(void *arg, uint32_t at)
{
    struct crew *w = arg;
    struct slot *s = &w->slot[at];
    const struct robust_opts *o = &w->out->opts;
    for (uint32_t first = at * BATCH; first < o->draws; first += w->slot_n * BATCH) {
        uint32_t n = o->draws - first < BATCH ? o->draws - first : BATCH;
        for (uint32_t d = 0; d < n; d++) {
            struct shake how = {
                .seed = o->seed, .draw = first + d, .spread_ppm = o->spread_ppm, .only = -1};
            pick_levels(w, first + d, s->draw[d].level);
            assume(w, &s->draw[d], &how);
        }
        totals(s, n);
        for (uint32_t d = 0; d < n; d++) {
            ranker_rank(&s->ranker, s->rank[0], s->draw[d].total);
            ranks_store(&w->ranks, first + d, s->rank[0]);
            if (w->ranks.beg > 0)
                continue; /* a later block of subjects: the same draws again */
            w->out->draw_shift[first + d] = shift_of(w, s->rank[0]);
            count_grades(w, s, &s->draw[d]);
        }
    }
}

static void spread_job(void *arg, uint32_t at)
{
    struct crew *w = arg;
    uint32_t step = TILE_COLUMNS * w->slot_n, end = ranks_end(&w->ranks);
    for (uint32_t c = w->ranks.beg + at * TILE_COLUMNS; c < end; c += step)
        for (uint32_t i = c; i < c + TILE_COLUMNS && i < end; i++)
            ranks_spread(&w->ranks, i, w->out->opts.top_n, w->slot[at].scratch, w->place[i]);
}

/* ---- each factor alone ---- */

static void note_end(const struct crew *w, const uint32_t *rank, int end, struct robust_factor *x)
{
    for (uint32_t i = 0; i < w->t->subject_n; i++) {
        int32_t by = (int32_t)rank[i] - (int32_t)w->nominal[i];
        uint32_t far = by < 0 ? 0 - (uint32_t)by : (uint32_t)by;
        int32_t most = x->most[end];
        x->shift[end] += far;
        x->moved[end] += far > 0;
        if (far > (most < 0 ? 0 - (uint32_t)most : (uint32_t)most)) {
            x->most[end] = by;
            x->most_row[end] = w->t->row[i];
        }
    }
}

/* The document but for one factor, at one of its ends. 备选 has no low end: it stays as it is. */
static void move_one(const struct crew *w, uint32_t q, int end, struct draw *d)
{
    const struct robust_factor *x = &w->out->factor[q];
    struct shake how = {.spread_ppm = w->out->opts.spread_ppm,
                        .only = (int32_t)q,
                        .high = end == 1,
                        .none = x->kind != ROBUST_WEIGHT};
    for (uint32_t k = 0; k < w->assumed->n; k++) {
        const struct assumption *a = &w->assumed->at[k];
        d->level[k] = 0;
        if (x->kind == ROBUST_WEIGHT || a->item != x->item || a->kind != x->kind)
            continue;
        if (x->kind == ROBUST_BOUNDS)
            d->level[k] = end == 0 ? 1 : BOUND_LEVELS;
        else
            d->level[k] = end == 0 ? 0 : (uint8_t)(x->instead + 1);
    }
    assume(w, d, &how);
}

static uint32_t reach_of(const struct mover *m)
{
    uint32_t low = m->by[0] < 0 ? 0 - (uint32_t)m->by[0] : (uint32_t)m->by[0];
    uint32_t high = m->by[1] < 0 ? 0 - (uint32_t)m->by[1] : (uint32_t)m->by[1];
    return low > high ? low : high;
}

static bool moves_more(const struct mover *a, const struct mover *b)
{
    uint32_t x = reach_of(a), y = reach_of(b);
    return x > y || (x == y && x > 0 && a->factor < b->factor);
}

static void factor_job(void *arg, uint32_t at)
{
    struct crew *w = arg;
    struct slot *s = &w->slot[at];
    for (uint32_t q = at; q < w->out->factor_n; q += w->slot_n) {
        for (int end = 0; end < 2; end++) {
            move_one(w, q, end, &s->draw[0]);
            totals(s, 1);
            ranker_rank(&s->ranker, s->rank[end], s->draw[0].total);
            note_end(w, s->rank[end], end, &w->out->factor[q]);
        }
        for (uint32_t i = 0; i < w->t->column_n; i++) {
            struct mover m = {.factor = (int32_t)q};
            for (int end = 0; end < 2; end++)
                m.by[end] = (int32_t)s->rank[end][i] - (int32_t)w->nominal[i];
            if (moves_more(&m, &s->mover[i]))
                s->mover[i] = m;
        }
    }
}

/* ---- putting it together ---- */

static void open_slots(struct crew *w, struct arena *keep)
{
    const struct tree *t = w->t;
    const struct robust_opts *o = &w->out->opts;
    uint32_t n = workers_n(o->workers);
    w->slot_n = n < 1 ? 1 : n > SLOTS_MAX ? SLOTS_MAX : n;
    w->slot = ARENA_ARRAY(keep, struct slot, w->slot_n);
    for (uint32_t i = 0; i < w->slot_n; i++) {
        struct slot *s = &w->slot[i];
        ranker_open(&s->ranker, keep, t);
        for (uint32_t d = 0; d < BATCH; d++) {
            s->draw[d].coef = ARENA_ARRAY(keep, int64_t, w->forest->coef_n + 1);
            s->draw[d].leaf = ARENA_ARRAY(keep, const int64_t *, w->forest->leaf_n + 1);
            s->draw[d].total = ARENA_ARRAY(keep, int64_t, t->column_n);
        }
        s->block = ARENA_ARRAY(keep, int64_t, (size_t)w->forest->node_n * BLOCK_COLUMNS);
        s->rank[0] = ARENA_ARRAY(keep, uint32_t, t->column_n);
        s->rank[1] = ARENA_ARRAY(keep, uint32_t, t->column_n);
        s->grade = ARENA_ARRAY(keep, uint32_t, (size_t)t->column_n * w->levels[0].label_n + 1);
        s->scratch = ARENA_ARRAY(keep, uint32_t, (size_t)o->draws * 2);
        s->mover = ARENA_ARRAY(keep, struct mover, t->column_n);
        for (uint32_t c = 0; c < t->column_n; c++)
            s->mover[c].factor = -1;
    }
}

static void run(const struct crew *w, void (*job)(void *, uint32_t), void *arg)
{
    workers_run(w->out->opts.workers, job, arg, w->slot_n);
}

static void rank_nominal(struct crew *w, struct arena *keep)
{
    struct slot *s = &w->slot[0];
    w->nominal = ARENA_ARRAY(keep, uint32_t, w->t->column_n);
    assume(w, &s->draw[0], &(struct shake){.only = -1, .none = true});
    totals(s, 1);
    ranker_rank(&s->ranker, w->nominal, s->draw[0].total);
}

static void list_subjects(struct crew *w, struct arena *tmp, struct arena *keep)
{
    const struct tree *t = w->t;
    struct robust *out = w->out;
    w->place = ARENA_ARRAY(tmp, struct robust_place *, t->column_n);
    out->subject = ARENA_ARRAY(keep, struct robust_subject, t->subject_n);
    out->subject_n = t->subject_n;
    out->open_n = t->column_n - t->subject_n;
    out->left_out = t->res->row_n - t->subject_n;
    for (uint32_t i = 0, open = t->subject_n; i < t->subject_n; i++) {
        struct robust_subject *x = &out->subject[i];
        x->row = t->row[i];
        w->place[i] = &x->low;
        x->open = open < t->column_n && t->row[open] == x->row;
        if (x->open)
            w->place[open++] = &x->high;
    }
    for (uint32_t c = 0; c < t->column_n; c++)
        w->place[c]->nominal = w->nominal[c];
}

static void add_up(const struct crew *w, struct arena *keep)
{
    uint32_t label_n = w->levels[0].label_n;
    for (uint32_t c = 0; c < w->t->column_n; c++) {
        struct robust_place *p = w->place[c];
        struct mover best = {.factor = -1};
        p->grade = label_n == 0 ? NULL : ARENA_ARRAY(keep, uint32_t, label_n);
        for (uint32_t i = 0; i < w->slot_n; i++) {
            const struct slot *s = &w->slot[i];
            for (uint32_t g = 0; g < label_n; g++)
                p->grade[g] += s->grade[(size_t)c * label_n + g];
            if (moves_more(&s->mover[c], &best))
                best = s->mover[c];
        }
        p->mover = best.factor;
        p->by[0] = best.by[0];
        p->by[1] = best.by[1];
    }
    for (uint32_t d = 0; d < w->out->opts.draws; d++)
        w->out->shift_sum += w->out->draw_shift[d];
}

static void list_kept(struct robust *out, struct arena *keep, const uint8_t *groups,
                      const uint8_t *assumed)
{
    const struct rules *r = out->res->rules;
    const uint8_t *why[] = {groups, assumed};
    out->kept = ARENA_ARRAY(keep, struct robust_kept, (size_t)r->item_n * 2 + 1);
    for (int k = 0; k < 2; k++)
        for (uint32_t i = 0; why[k] != NULL && i < r->item_n; i++)
            if (why[k][i] != ROBUST_SHAKEN)
                out->kept[out->kept_n++] =
                    (struct robust_kept){i, (enum robust_why)why[k][i], k == 1};
}

static void list_factors(struct robust *out, struct arena *keep, const struct tree *t,
                         const struct assumed *a)
{
    size_t n = t->weight_n;
    for (uint32_t k = 0; k < a->n; k++)
        n += a->at[k].kind == ROBUST_BOUNDS ? 1 : a->at[k].level_n - 1;
    out->factor = ARENA_ARRAY(keep, struct robust_factor, n + 1);
    out->weight_n = (uint32_t)t->weight_n;
    for (; out->factor_n < out->weight_n; out->factor_n++)
        out->factor[out->factor_n] = t->weight[out->factor_n];
    for (uint32_t k = 0; k < a->n; k++)
        for (uint32_t i = 0;
             i == 0 || (a->at[k].kind == ROBUST_INSTEAD && i + 1 < a->at[k].level_n); i++)
            out->factor[out->factor_n++] = (struct robust_factor){.kind = a->at[k].kind,
                                                                  .item = a->at[k].item,
                                                                  .segment = S(""),
                                                                  .spread_ppm = a->at[k].spread_ppm,
                                                                  .instead = i};
}

/* Grades under each level of their own bounds. What is assumed of other grades is forgotten. */
static void open_levels(struct crew *w, struct arena *keep, struct assumed *a)
{
    const struct rules *r = w->out->res->rules;
    w->levels = ARENA_ARRAY(keep, struct levels, BOUND_LEVELS + 1);
    levels_open(&w->levels[0], keep, r, w->out->score);
    for (uint32_t k = a->n; k-- > 0;) {
        uint8_t level[ASSUME_MAX] = {0};
        bool good = r->item[a->at[k].item].kind != ITEM_GRADE;
        if (good)
            continue;
        good = (int32_t)a->at[k].item == w->levels[0].item;
        for (level[k] = 1; good && level[k] <= BOUND_LEVELS; level[k]++) {
            const struct rules *other = assumed_rules(a, keep, level);
            good = other != NULL;
            if (good)
                levels_open(&w->levels[level[k]], keep, other, w->out->score);
        }
        if (!good)
            assumed_drop(a, k, ROBUST_SHAKEN);
    }
}

static int32_t find_grade(const struct assumed *a, int32_t grade)
{
    for (uint32_t k = 0; k < a->n; k++)
        if (grade >= 0 && a->at[k].item == (uint32_t)grade)
            return (int32_t)k;
    return -1;
}

static void work(struct crew *w, struct arena *tmp, struct arena *keep)
{
    struct robust *out = w->out;
    const struct robust_opts *o = &out->opts;
    out->grade = w->levels[0].item;
    out->label = w->levels[0].label;
    out->label_n = w->levels[0].label_n;
    list_factors(out, keep, w->t, w->assumed);
    out->draw_shift = ARENA_ARRAY(keep, uint64_t, o->draws);
    open_slots(w, tmp);
    rank_nominal(w, tmp);
    list_subjects(w, tmp, keep);
    ranks_open(&w->ranks, tmp, w->t->column_n, o->draws,
               o->matrix_bytes > 0 ? o->matrix_bytes : ROBUST_MATRIX_BYTES);
    for (; w->ranks.beg < w->t->column_n; w->ranks.beg += w->ranks.span) {
        run(w, draw_job, w);
        run(w, spread_job, w);
    }
    run(w, factor_job, w);
    add_up(w, keep);
}

enum status robust_run(struct arena *keep, struct robust **out, const struct result *res,
                       uint32_t score, const struct robust_opts *o)
{
    struct robust *r = ARENA_NEW(keep, struct robust);
    struct arena *tmp = arena_open();
    struct forest *f = ARENA_NEW(tmp, struct forest);
    struct assumed a;
    ASSERT(o->draws >= 1 && o->draws <= ROBUST_DRAWS_MAX && o->spread_ppm < ROBUST_MILLION &&
           o->bounds_ppm < ROBUST_MILLION);
    *r = (struct robust){.res = res, .score = score, .opts = *o, .grade = -1};
    *out = r;
    struct crew w = {.forest = f, .assumed = &a, .t = &f->tree[0], .out = r};
    assumed_open(&a, tmp, res, score, o);
    open_levels(&w, keep, &a);
    enum status st = forest_open(f, tmp, &a);
    w.grade_assumed = find_grade(&a, w.levels[0].item);
    list_kept(r, keep, f->tree[0].why, a.why);
    r->left_out = res->row_n - f->tree[0].subject_n;
    if (st == OK)
        work(&w, tmp, keep);
    arena_close(tmp);
    r->opts.workers = NULL; /* maybe closed when the result is read */
    return st;
}
