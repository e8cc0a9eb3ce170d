/* run.c - a plan over a dataset: phases of row kernels, population steps between them.
 *
 * The rows of a phase are cut into chunks; strand i of n takes chunks i, i + n, i + 2n .. and has
 * registers of its own, so strands share nothing they write. Which strand computes a chunk cannot
 * be seen in the result: kept columns are indexed by row. Faults are looked for in a second pass in
 * row order, only if a strand saw one.
 */
#include "base/arena.h"
#include "base/diag.h"
#include "base/str.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/run_int.h"

struct strand {
    Cell *reg;          /* plan->reg_n registers of chunk_rows Cells */
    struct operand *at; /* where each node stands in the chunk at hand */
    struct operand *in;
    bool saw_bad;
};

struct pop_outcome {
    enum status st;
    uint32_t bad_row;
};

struct run {
    const struct plan *plan;
    const struct dataset *data;
    const struct column **field; /* by node; NULL: all missing */
    Cell **kept;
    struct strand *strand;
    uint32_t strand_n, chunk_rows, chunk_n;
    const struct phase *phase;
    struct pop_outcome *pop; /* of each step behind the phase */
};

Cell run_load(const struct node *k, const struct column *c, uint32_t row)
{
    return c != NULL && column_has(c, row) ? cell_point(column_value(c, row)) : k->value;
}

static void load_field(const struct node *k, const struct column *c, Cell *out, uint32_t beg,
                       uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        out[i] = run_load(k, c, beg + i);
}

static struct operand where(const struct run *r, const struct strand *s, uint32_t n, uint32_t beg)
{
    const struct node *k = &r->plan->node[n];
    if (k->op == NODE_CONST)
        return (struct operand){&k->value, 0};
    return k->kept ? (struct operand){r->kept[n] + beg, 1} : s->at[n];
}

static bool any_bad(const Cell *c, uint32_t n)
{
    for (uint32_t i = 0; i < n; i++)
        if (cell_is_bad(c[i]))
            return true;
    return false;
}

static void run_step(struct run *r, struct strand *s, uint32_t step, uint32_t beg, uint32_t n)
{
    const struct plan *p = r->plan;
    uint32_t id = r->phase->step[step];
    const struct node *k = &p->node[id];
    if (k->op == NODE_FIELD && !k->kept && r->field[id] == NULL) {
        s->at[id] = (struct operand){&k->value, 0};
        return;
    }
    Cell *out = k->kept ? r->kept[id] + beg : s->reg + (size_t)r->phase->reg[step] * r->chunk_rows;
    s->at[id] = (struct operand){out, 1};
    if (k->op == NODE_FIELD) {
        load_field(k, r->field[id], out, beg, n);
        return;
    }
    for (uint32_t i = 0; i < k->arg_n; i++)
        s->in[i] = where(r, s, p->arg[k->arg + i], beg);
    kernel_of[k->op](k, r->data->labels, out, s->in, n);
    if (k->checked && any_bad(out, n))
        s->saw_bad = true;
}

static void run_strand(void *arg, uint32_t i)
{
    struct run *r = arg;
    struct strand *s = &r->strand[i];
    for (uint32_t c = i; c < r->chunk_n; c += r->strand_n) {
        uint32_t beg = c * r->chunk_rows, left = r->data->row_n - beg;
        for (uint32_t step = 0; step < r->phase->step_n; step++)
            run_step(r, s, step, beg, left < r->chunk_rows ? left : r->chunk_rows);
    }
}

static void run_pop_job(void *arg, uint32_t i)
{
    struct run *r = arg;
    const struct plan *p = r->plan;
    uint32_t n = r->phase->pop[i];
    const struct node *k = &p->node[n];
    struct arena *tmp = arena_open();
    const Cell **col = ARENA_ARRAY(tmp, const Cell *, k->arg_n);
    for (uint32_t j = 0; j < k->arg_n; j++)
        col[j] = r->kept[p->arg[k->arg + j]];
    r->pop[i].st = run_pop(p, n, r->kept[n], col, r->data->row_n, &r->pop[i].bad_row);
    arena_close(tmp);
}

static void run_jobs(struct workers *w, void (*job)(void *, uint32_t), void *arg, uint32_t n)
{
    if (w != NULL && n > 1) {
        w->run(w, job, arg, n);
        return;
    }
    for (uint32_t i = 0; i < n; i++)
        job(arg, i);
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
            if (cell_is_bad(r->kept[p->item[rules->order[i]]][row]))
                found = p->item[rules->order[i]];
        for (uint32_t n = 0; found == NODE_NONE && n < p->node_n; n++)
            if (p->node[n].checked && cell_is_bad(r->kept[n][row]))
                found = n;
        if (found != NODE_NONE)
            st = run_fault(p, r->data, found, row, r->kept[found][row], ds);
    }
    return st;
}

static enum status run_phase(struct arena *tmp, struct run *r, struct workers *w, struct diags *ds)
{
    run_jobs(w, run_strand, r, r->strand_n);
    for (uint32_t i = 0; i < r->strand_n; i++)
        if (r->strand[i].saw_bad)
            return report_faults(r, ds);
    r->pop = ARENA_ARRAY(tmp, struct pop_outcome, r->phase->pop_n);
    run_jobs(w, run_pop_job, r, r->phase->pop_n);
    enum status st = OK;
    for (uint32_t i = 0; i < r->phase->pop_n; i++)
        if (r->pop[i].st != OK && st == OK)
            st = run_pop_fault(r->plan, r->data, r->phase->pop[i], r->pop[i].st, r->pop[i].bad_row,
                               ds);
    return st;
}

/* Constants that are items or arguments of population steps get their column at once. */
static enum status open_columns(struct arena *keep, struct run *r, struct diags *ds)
{
    const struct plan *p = r->plan;
    uint32_t row_n = r->data->row_n;
    bool bad = false;
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        if (k->kept)
            r->kept[n] = ARENA_ARRAY(keep, Cell, row_n);
        if (k->live && k->op == NODE_FIELD)
            r->field[n] = dataset_find(r->data, k->ref, k->period);
        if (!k->kept || k->op != NODE_CONST)
            continue;
        for (uint32_t row = 0; row < row_n; row++)
            r->kept[n][row] = k->value;
        bad |= cell_is_bad(k->value);
    }
    return bad ? report_faults(r, ds) : OK;
}

static void open_strands(struct arena *tmp, struct run *r, const struct eval_opts *o)
{
    const struct plan *p = r->plan;
    uint32_t rows = o->chunk_rows == 0 ? CHUNK_ROWS : o->chunk_rows;
    r->chunk_rows = rows < r->data->row_n ? rows : r->data->row_n + (r->data->row_n == 0);
    r->chunk_n = (r->data->row_n + r->chunk_rows - 1) / r->chunk_rows;
    r->strand_n = o->workers == NULL ? 1 : o->workers->n;
    if (r->strand_n > r->chunk_n)
        r->strand_n = r->chunk_n;
    r->strand = ARENA_ARRAY(tmp, struct strand, r->strand_n);
    for (uint32_t i = 0; i < r->strand_n; i++)
        r->strand[i] = (struct strand){
            .reg = ARENA_ARRAY(tmp, Cell, (size_t)p->reg_n * r->chunk_rows),
            .at = ARENA_ARRAY(tmp, struct operand, p->node_n),
            .in = ARENA_ARRAY(tmp, struct operand, p->arg_max),
        };
}

/* Codes of text constants are codes of the dataset: both dictionaries start alike. */
static void check_labels(const struct rules *r, const struct dataset *d)
{
    ASSERT(labels_n(d->labels) >= r->label_n);
    for (uint32_t code = 0; code < r->label_n; code++)
        ASSERT(str_eq(labels_text(d->labels, code), r->label[code]));
}

static struct result *result_of(struct arena *keep, const struct run *r, const struct eval_opts *o)
{
    const struct plan *p = r->plan;
    struct result *res = ARENA_NEW(keep, struct result);
    struct kept *kept = ARENA_NEW(keep, struct kept);
    *kept = (struct kept){p, r->kept};
    *res = (struct result){.rules = p->rules,
                           .data = r->data,
                           .opts = *o,
                           .row_n = r->data->row_n,
                           .item = ARENA_ARRAY(keep, struct vec, p->rules->item_n),
                           .kept = kept};
    for (uint32_t i = 0; i < p->rules->item_n; i++)
        res->item[i] = (struct vec){.type = VEC_CELL, .lo = r->kept[p->item[i]]};
    return res;
}

Cell *result_cells(struct arena *keep, const struct result *res, int64_t item)
{
    Cell *out = ARENA_ARRAY(keep, Cell, res->row_n);
    for (uint32_t row = 0; row < res->row_n; row++)
        out[row] = result_cell(res, item, row);
    return out;
}

enum status eval_run(struct arena *keep, struct result **out, const struct plan *p,
                     const struct dataset *d, const struct eval_opts *o, struct diags *ds)
{
    ASSERT(p->magic == PLAN_MAGIC && p->as_of == o->as_of && p->period == o->period);
    check_labels(p->rules, d);
    struct arena *tmp = arena_open();
    struct run r = {.plan = p, .data = d};
    r.kept = ARENA_ARRAY(keep, Cell *, p->node_n);
    r.field = ARENA_ARRAY(tmp, const struct column *, p->node_n);
    open_strands(tmp, &r, o);
    enum status st = open_columns(keep, &r, ds);
    for (uint32_t f = 0; f < p->phase_n && st == OK; f++) {
        r.phase = &p->phase[f];
        st = run_phase(tmp, &r, o->workers, ds);
    }
    if (st == OK)
        *out = result_of(keep, &r, o);
    arena_close(tmp);
    return st;
}
