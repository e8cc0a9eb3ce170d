/* run.c - a plan over a dataset: phases of row kernels, population steps between them.
 *
 * Each phase becomes code for the data at hand (code.h). Its rows are cut into chunks; a strand
 * takes a stretch of them and has registers of its own, so strands share nothing they write, but
 * for the cache lines in which stretches meet. There are some for each thread, so that one which is
 * held up leaves its last ones to others. Which strand computes a chunk cannot be seen in the
 * result: kept columns are indexed by row. Faults are looked for in a second pass in row order,
 * only if a strand saw one.
 */
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/workers.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"
#include "grade/pop_column.h"

enum { STRANDS_EACH = 4 }; /* of a thread, where there are several */

struct pop_outcome {
    uint32_t node;
    enum status st;
    struct pop_out out;
};

struct run {
    const struct plan *plan;
    const struct dataset *data;
    struct fact *fact; /* by node */
    struct vec *kept;  /* by node */
    struct strand *strand;
    uint32_t strand_n, chunk_rows, chunk_n;
    const struct phase *phase;
    struct peerings *peerings;
    struct arena **pop_arena; /* by node: what holds its column, NULL: nothing */
    uint32_t *last;           /* by node: the last phase that reads it, UINT32_MAX: the result */
    struct pop_outcome *pop;  /* of each step behind the phase */
    struct workers *alone;    /* for a step that has them to itself */
};

Cell run_load(const struct node *k, const struct column *c, uint32_t row)
{
    return c != NULL && column_has(c, row) ? cell_point(column_value(c, row)) : k->value;
}

static void run_strand(void *arg, uint32_t i)
{
    struct run *r = arg;
    const uint64_t all = r->chunk_n;
    for (uint64_t c = all * i / r->strand_n; c < all * (i + 1) / r->strand_n; c++) {
        uint32_t beg = (uint32_t)c * r->chunk_rows, left = r->data->row_n - beg;
        strand_run(&r->strand[i], beg, left < r->chunk_rows ? left : r->chunk_rows);
    }
}

static void run_pop_job(void *arg, uint32_t i)
{
    struct run *r = arg;
    uint32_t n = r->pop[i].node;
    r->pop[i].st = run_pop(r->pop_arena[n], &r->pop[i].out, r->peerings, n, r->kept, r->alone);
}

static bool is_bad_at(const struct run *r, uint32_t n, uint32_t row)
{
    return r->kept[n].lo != NULL && cell_is_bad(vec_cell(&r->kept[n], row));
}

/* Every subject with a fault, each with the first item that shows it. */
static enum status report_faults(const struct run *r, struct diags *ds)
{
    const struct plan *p = r->plan;
    const struct rules *rules = p->rules;
    enum status st = OK;
    for (uint32_t row = 0; row < r->data->row_n; row++) {
        uint32_t found = NODE_NONE;
        for (uint32_t i = 0; found == NODE_NONE && i < rules->item_n; i++)
            if (is_bad_at(r, p->item[rules->order[i]], row))
                found = p->item[rules->order[i]];
        for (uint32_t n = 0; found == NODE_NONE && n < p->node_n; n++)
            if (p->node[n].checked && is_bad_at(r, n, row))
                found = n;
        if (found != NODE_NONE)
            st = run_fault(p, r->data, found, row, vec_cell(&r->kept[found], row), ds);
    }
    return st;
}

/* A step often leaves open just the rows whose field is blank, all with one value: a gap. */
static void find_gap(struct run *r, uint32_t n)
{
    const struct vec *v = &r->kept[n];
    uint32_t gap = r->fact[run_pop_x(r->peerings, n)].gap;
    if (v->blank == NULL || gap == NODE_NONE || v->type == VEC_CELL ||
        memcmp(v->open, r->fact[gap].column->missing,
               vec_words(r->data->row_n) * sizeof *v->open) != 0)
        return;
    r->fact[n].gap = gap;
    r->fact[n].blank = *v->blank;
}

/* Ratios have a column of Cells, since nobody knew how large they become: now it is known. */
static void narrow_column(struct arena *keep, struct run *r, uint32_t n)
{
    const struct vec *v = &r->kept[n];
    if (ENGINE_IS_SMALL || v->type != VEC_CELL || v->blank != NULL)
        return;
    struct pop_out out;
    run_narrow(keep, &out, v->lo, r->data->row_n);
    r->kept[n] = out.column;
    fact_of_pop(&r->fact[n], &out);
}

/* Population steps side by side, each on an arena of its own that the result then owns. */
static enum status run_pops(struct arena *keep, struct arena *tmp, struct run *r, struct workers *w,
                            struct diags *ds)
{
    uint32_t pop_n = 0;
    run_pop_prepare_phase(r->peerings, (uint32_t)(r->phase - r->plan->phase), r->kept, w);
    r->pop = ARENA_ARRAY(tmp, struct pop_outcome, r->phase->pop_n);
    for (uint32_t i = 0; i < r->phase->pop_n; i++) {
        uint32_t n = r->phase->pop[i];
        if (run_pop_left_out(r->peerings, n))
            continue;
        narrow_column(keep, r, run_pop_x(r->peerings, n));
        r->pop[pop_n++].node = n;
        r->pop_arena[n] = arena_child(keep);
    }
    r->alone = pop_n == 1 ? w : NULL;
    workers_run(w, run_pop_job, r, pop_n);
    for (uint32_t i = 0; i < pop_n; i++) {
        uint32_t n = r->pop[i].node;
        const struct pop_out *out = &r->pop[i].out;
        if (r->pop[i].st != OK)
            return run_pop_fault(r->plan, r->data, n, r->pop[i].st, out->bad_row, ds);
        r->kept[n] = out->column;
        fact_of_pop(&r->fact[n], out);
        find_gap(r, n);
    }
    return OK;
}

static void note_reader(struct run *r, uint32_t n, uint32_t phase)
{
    r->last[n] = phase > r->last[n] ? phase : r->last[n];
}

/* Readers of each column: a population step reads before the rows of its phase do. */
static void find_last_readers(struct run *r)
{
    const struct plan *p = r->plan;
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        for (uint32_t i = 0; k->live && i < k->arg_n; i++)
            note_reader(r, p->arg[k->arg + i], k->phase);
        if (k->live && k->op == NODE_POP)
            note_reader(r, run_pop_x(r->peerings, n), k->phase);
    }
    for (uint32_t i = 0; i < p->rules->item_n; i++)
        r->last[p->item[i]] = UINT32_MAX;
}

/* Was column n made before phase f, and does nobody read it behind that? */
static bool is_spare(const struct run *r, uint32_t n, uint32_t f)
{
    const struct node *k = &r->plan->node[n];
    return k->op != NODE_FIELD && k->op != NODE_CONST && k->phase < f + (k->op == NODE_POP) &&
           r->kept[n].lo != NULL && r->last[n] <= f;
}

/* Gives the columns back that phase f read last, but for those whose place was taken. */
static void drop_columns(struct arena *keep, struct run *r, uint32_t f, const bool *spare)
{
    for (uint32_t n = 0; n < r->plan->node_n; n++) {
        if (!is_spare(r, n, f))
            continue;
        if (spare[n] && r->pop_arena[n] != NULL)
            arena_close_child(keep, r->pop_arena[n]);
        r->pop_arena[n] = NULL;
        r->kept[n] = (struct vec){.lo = NULL};
    }
}

static enum status run_phase(struct arena *keep, struct run *r, uint32_t f,
                             const struct eval_opts *o, struct diags *ds)
{
    struct arena *tmp = arena_open();
    struct code code;
    r->phase = &r->plan->phase[f];
    bool *spare = ARENA_ARRAY(tmp, bool, r->plan->node_n);
    for (uint32_t n = 0; n < r->plan->node_n; n++)
        spare[n] = o->values_only && is_spare(r, n, f);
    struct code_job job = {keep, tmp, r->plan, r->fact, r->kept, r->data, f, spare};
    code_make(&code, &job);
    bool bad = false;
    for (uint32_t i = 0; i < r->strand_n; i++) {
        r->strand[i] = (struct strand){r->plan, r->data, &code, r->fact, r->kept, .saw_bad = false};
        strand_open(tmp, &r->strand[i], r->chunk_rows);
    }
    workers_run(o->workers, run_strand, r, r->strand_n);
    for (uint32_t i = 0; i < r->strand_n; i++)
        bad |= r->strand[i].saw_bad;
    if (o->values_only && !bad)
        drop_columns(keep, r, f, spare);
    enum status st = bad || r->phase->pop_n == 0 ? OK : run_pops(keep, tmp, r, o->workers, ds);
    run_pop_forget(r->peerings, f);
    arena_close(tmp);
    return bad ? report_faults(r, ds) : st;
}

/* Fields and constants that are items or arguments of population steps: where they stand. */
static enum status open_columns(struct arena *keep, struct run *r, struct diags *ds)
{
    const struct plan *p = r->plan;
    bool bad = false;
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        const struct fact *f = &r->fact[n];
        if (!k->kept || (k->op != NODE_CONST && k->op != NODE_FIELD))
            continue;
        if (f->constant) {
            r->kept[n] = vec_of_cell(keep, k->value, r->data->row_n);
            bad |= k->checked && cell_is_bad(k->value);
            continue;
        }
        r->kept[n] = fact_vec(f, k);
    }
    return bad ? report_faults(r, ds) : OK;
}

static void cut_rows(struct run *r, const struct eval_opts *o)
{
    uint32_t rows = o->chunk_rows == 0 ? CHUNK_ROWS : o->chunk_rows;
    r->chunk_rows = (uint32_t)vec_words(rows) * WORD_ROWS;
    r->chunk_n = (r->data->row_n + r->chunk_rows - 1) / r->chunk_rows;
    const uint32_t thread_n = workers_n(o->workers);
    r->strand_n = thread_n == 1 ? 1 : thread_n * STRANDS_EACH;
    if (r->strand_n > r->chunk_n)
        r->strand_n = r->chunk_n;
}

/* Codes of text constants are codes of the dataset: both dictionaries start alike. */
static void check_labels(const struct rules *r, const struct dataset *d)
{
    ASSERT(labels_n(d->labels) >= r->label_n);
    for (uint32_t code = 0; code < r->label_n; code++)
        ASSERT(str_eq(labels_text(d->labels, code), r->label[code]));
}

static struct result *result_of(struct arena *keep, const struct run *r, const struct plan *p,
                                const struct eval_opts *o)
{
    struct result *res = ARENA_NEW(keep, struct result);
    struct kept *kept = ARENA_NEW(keep, struct kept);
    *kept = (struct kept){.plan = p};
    if (!o->values_only) {
        kept->column = r->kept;
        kept->fact = r->fact;
        kept->standing = standing_open(keep);
    }
    *res = (struct result){.rules = p->rules,
                           .data = r->data,
                           .opts = *o,
                           .row_n = r->data->row_n,
                           .item = ARENA_ARRAY(keep, struct vec, p->rules->item_n),
                           .kept = kept};
    for (uint32_t i = 0; i < p->rules->item_n; i++)
        res->item[i] = r->kept[p->item[i]];
    return res;
}

Cell *result_cells(struct arena *keep, const struct result *res, int64_t item)
{
    return vec_cells(keep, &res->item[item], res->row_n);
}

/* The columns that need no run: the phases find theirs, then the result has them all. */
static void put_given(struct run *r, const struct given *g)
{
    for (size_t n = 0; g != NULL && n < r->plan->node_n; n++) {
        if (r->plan->node[n].given)
            r->fact[n] = g->fact[n];
        if (g->column[n].lo != NULL)
            r->kept[n] = g->column[n];
    }
}

enum status eval_run(struct arena *keep, struct result **out, const struct plan *p,
                     const struct dataset *d, const struct eval_opts *o, struct diags *ds)
{
    const struct run_job job = {.plan = p, .as = p, .data = d, .opts = o};
    return run_plan(keep, out, &job, ds);
}

enum status run_plan(struct arena *keep, struct result **out, const struct run_job *job,
                     struct diags *ds)
{
    const struct plan *p = job->plan;
    const struct dataset *d = job->data;
    const struct eval_opts *o = job->opts;
    ASSERT(p->magic == PLAN_MAGIC && p->as_of == o->as_of && p->period == o->period);
    check_labels(p->rules, d);
    struct arena *tmp = arena_open();
    struct run r = {.plan = p, .data = d};
    r.kept = ARENA_ARRAY(keep, struct vec, p->node_n);
    r.fact = ARENA_ARRAY(o->values_only ? tmp : keep, struct fact, p->node_n);
    r.pop_arena = ARENA_ARRAY(tmp, struct arena *, p->node_n);
    r.last = ARENA_ARRAY(tmp, uint32_t, p->node_n);
    r.peerings = peerings_open(tmp, p, d->row_n);
    if (o->values_only)
        run_pop_fuse(r.peerings);
    find_last_readers(&r);
    cut_rows(&r, o);
    r.strand = ARENA_ARRAY(tmp, struct strand, r.strand_n);
    facts_open(r.fact, p, d);
    put_given(&r, job->given);
    enum status st = open_columns(keep, &r, ds);
    for (uint32_t f = 0; f < p->phase_n && st == OK; f++) {
        st = run_phase(keep, &r, f, o, ds);
    }
    if (st == OK)
        *out = result_of(keep, &r, job->as, o);
    arena_close(tmp);
    return st;
}
