/* robust.c - draws, quantiles, and each weight alone.
 *
 * Work is cut into slots, one a thread; slot s takes every slot_n-th batch of draws, weight or tile
 * of columns and writes where nobody else does, or into sums of its own that are added up at the
 * end. Which slot did what can therefore not be seen in the result.
 *
 * A batch is a few draws over one block of columns, so that leaves are read once a batch.
 */
#include "robust/robust_int.h"

enum { BATCH = 2, SLOTS_MAX = 8 };

struct mover {
    int32_t weight;
    int32_t by[2];
};

struct slot {
    struct ranker ranker;
    int64_t *coef[BATCH], *total[BATCH];
    int64_t *block;
    uint32_t *rank[2];
    uint32_t *grade; /* [column][label_n] */
    uint32_t *scratch;
    struct mover *mover; /* of each column */
};

struct crew {
    const struct tree *t;
    struct robust *out;
    struct levels levels;
    struct ranks ranks;
    struct slot *slot;
    uint32_t slot_n;
    uint32_t *nominal;
    struct robust_place **place; /* of each column */
};

static void totals(const struct tree *t, struct slot *s, uint32_t n)
{
    struct run_of of = {.block = s->block};
    for (; of.beg < t->column_n; of.beg += BLOCK_COLUMNS) {
        of.n = t->column_n - of.beg < BLOCK_COLUMNS ? t->column_n - of.beg : BLOCK_COLUMNS;
        for (uint32_t d = 0; d < n; d++) {
            const int64_t *v = robust_total(t, s->coef[d], of);
            for (uint32_t i = 0; i < of.n; i++)
                s->total[d][of.beg + i] = v[i];
        }
    }
}

/* ---- draws ---- */

static void count_grades(const struct crew *w, struct slot *s, const int64_t *total)
{
    uint32_t n = w->levels.label_n;
    for (uint32_t i = 0; n > 0 && i < w->t->column_n; i++) {
        uint32_t g = levels_of(&w->levels, total[i]);
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
            robust_shake(w->t, &how, s->coef[d]);
        }
        totals(w->t, s, n);
        for (uint32_t d = 0; d < n; d++) {
            ranker_rank(&s->ranker, s->rank[0], s->total[d]);
            ranks_store(&w->ranks, first + d, s->rank[0]);
            if (w->ranks.beg > 0)
                continue; /* a later block of subjects: the same draws again */
            w->out->draw_shift[first + d] = shift_of(w, s->rank[0]);
            count_grades(w, s, s->total[d]);
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

/* ---- each weight alone ---- */

static void note_end(const struct crew *w, const uint32_t *rank, int end, struct robust_weight *x)
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

static uint32_t reach_of(const struct mover *m)
{
    uint32_t low = m->by[0] < 0 ? 0 - (uint32_t)m->by[0] : (uint32_t)m->by[0];
    uint32_t high = m->by[1] < 0 ? 0 - (uint32_t)m->by[1] : (uint32_t)m->by[1];
    return low > high ? low : high;
}

static bool moves_more(const struct mover *a, const struct mover *b)
{
    uint32_t x = reach_of(a), y = reach_of(b);
    return x > y || (x == y && x > 0 && a->weight < b->weight);
}

static void weight_job(void *arg, uint32_t at)
{
    struct crew *w = arg;
    struct slot *s = &w->slot[at];
    for (uint32_t q = at; q < w->out->weight_n; q += w->slot_n) {
        for (int end = 0; end < 2; end++) {
            struct shake how = {
                .spread_ppm = w->out->opts.spread_ppm, .only = (int32_t)q, .high = end == 1};
            robust_shake(w->t, &how, s->coef[0]);
            totals(w->t, s, 1);
            ranker_rank(&s->ranker, s->rank[end], s->total[0]);
            note_end(w, s->rank[end], end, &w->out->weight[q]);
        }
        for (uint32_t i = 0; i < w->t->column_n; i++) {
            struct mover m = {.weight = (int32_t)q};
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
    uint32_t n = o->workers == NULL ? 1 : o->workers->n;
    w->slot_n = n < 1 ? 1 : n > SLOTS_MAX ? SLOTS_MAX : n;
    w->slot = ARENA_ARRAY(keep, struct slot, w->slot_n);
    for (uint32_t i = 0; i < w->slot_n; i++) {
        struct slot *s = &w->slot[i];
        ranker_open(&s->ranker, keep, t);
        for (uint32_t d = 0; d < BATCH; d++) {
            s->coef[d] = ARENA_ARRAY(keep, int64_t, t->coef_n);
            s->total[d] = ARENA_ARRAY(keep, int64_t, t->column_n);
        }
        s->block = ARENA_ARRAY(keep, int64_t, t->node_n * BLOCK_COLUMNS);
        s->rank[0] = ARENA_ARRAY(keep, uint32_t, t->column_n);
        s->rank[1] = ARENA_ARRAY(keep, uint32_t, t->column_n);
        s->grade = ARENA_ARRAY(keep, uint32_t, (size_t)t->column_n * w->levels.label_n + 1);
        s->scratch = ARENA_ARRAY(keep, uint32_t, (size_t)o->draws * 2);
        s->mover = ARENA_ARRAY(keep, struct mover, t->column_n);
        for (uint32_t c = 0; c < t->column_n; c++)
            s->mover[c].weight = -1;
    }
}

static void run(const struct crew *w, void (*job)(void *, uint32_t), void *arg)
{
    struct workers *pool = w->out->opts.workers;
    if (pool != NULL) {
        pool->run(pool, job, arg, w->slot_n);
        return;
    }
    for (uint32_t i = 0; i < w->slot_n; i++)
        job(arg, i);
}

static void rank_nominal(struct crew *w, struct arena *keep)
{
    struct slot *s = &w->slot[0];
    w->nominal = ARENA_ARRAY(keep, uint32_t, w->t->column_n);
    robust_shake(w->t, &(struct shake){.only = -1, .none = true}, s->coef[0]);
    totals(w->t, s, 1);
    ranker_rank(&s->ranker, w->nominal, s->total[0]);
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
    uint32_t label_n = w->levels.label_n;
    for (uint32_t c = 0; c < w->t->column_n; c++) {
        struct robust_place *p = w->place[c];
        struct mover best = {.weight = -1};
        p->grade = label_n == 0 ? NULL : ARENA_ARRAY(keep, uint32_t, label_n);
        for (uint32_t i = 0; i < w->slot_n; i++) {
            const struct slot *s = &w->slot[i];
            for (uint32_t g = 0; g < label_n; g++)
                p->grade[g] += s->grade[(size_t)c * label_n + g];
            if (moves_more(&s->mover[c], &best))
                best = s->mover[c];
        }
        p->mover = best.weight;
        p->by[0] = best.by[0];
        p->by[1] = best.by[1];
    }
    for (uint32_t d = 0; d < w->out->opts.draws; d++)
        w->out->shift_sum += w->out->draw_shift[d];
}

static void list_kept(struct robust *out, struct arena *keep, const struct tree *t)
{
    const struct rules *r = t->res->rules;
    out->kept = ARENA_ARRAY(keep, struct robust_kept, r->item_n + 1);
    for (uint32_t i = 0; i < r->item_n; i++)
        if (t->why[i] != ROBUST_SHAKEN)
            out->kept[out->kept_n++] = (struct robust_kept){i, (enum robust_why)t->why[i]};
}

static void work(struct crew *w, struct arena *tmp, struct arena *keep)
{
    struct robust *out = w->out;
    const struct robust_opts *o = &out->opts;
    levels_open(&w->levels, keep, w->t->res->rules, out->score);
    out->grade = w->levels.item;
    out->label = w->levels.label;
    out->label_n = w->levels.label_n;
    out->weight = w->t->weight;
    out->weight_n = (uint32_t)w->t->weight_n;
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
    run(w, weight_job, w);
    add_up(w, keep);
}

enum status robust_run(struct arena *keep, struct robust **out, const struct result *res,
                       uint32_t score, const struct robust_opts *o)
{
    struct tree t = {.keep = keep, .res = res, .score = score};
    struct robust *r = ARENA_NEW(keep, struct robust);
    ASSERT(o->draws >= 1 && o->draws <= ROBUST_DRAWS_MAX && o->spread_ppm < ROBUST_MILLION);
    *r = (struct robust){.res = res, .score = score, .opts = *o, .grade = -1};
    *out = r;
    enum status st = robust_tree(&t);
    list_kept(r, keep, &t);
    r->left_out = res->row_n - t.subject_n;
    if (st != OK)
        return st;
    struct arena *tmp = arena_open();
    struct crew w = {.t = &t, .out = r};
    work(&w, tmp, keep);
    arena_close(tmp);
    r->opts.workers = NULL; /* maybe closed when the result is read */
    return OK;
}
