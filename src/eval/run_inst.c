/* run_inst.c - the instructions of a phase on one chunk of rows.
 *
 * First the lane, over all rows; then the node's kernel, over the rows the lane cannot know: these
 * are gathered as Cells, computed, and put where they belong. Usually there are few or none.
 */
#include <string.h>

#include "base/arena.h"
#include "col/dataset.h"
#include "eval/cell.h"
#include "eval/kernel_int.h"
#include "eval/run_int.h"

void strand_open(struct arena *tmp, struct strand *s, uint32_t chunk_rows)
{
    const struct code *c = s->code;
    struct vec *reg[REG_CLASS_N];
    for (int k = 0; k < REG_CLASS_N; k++) {
        reg[k] = ARENA_ARRAY(tmp, struct vec, c->reg_n[k]);
        for (uint32_t i = 0; i < c->reg_n[k]; i++)
            reg[k][i] = vec_make(tmp, (enum vec_type)(k / 2), chunk_rows, k % 2 != 0);
    }
    s->own = ARENA_ARRAY(tmp, struct vec, c->slot_n);
    s->at = ARENA_ARRAY(tmp, struct vec, c->slot_n);
    for (uint32_t i = 0; i < c->slot_n; i++)
        if (c->slot[i].kind == SLOT_REG)
            s->own[i] = reg[reg_class(&c->slot[i])][c->slot[i].reg];
    s->mask = ARENA_ARRAY(tmp, uint64_t, vec_words(chunk_rows));
    s->row = ARENA_ARRAY(tmp, uint32_t, chunk_rows);
    s->cells = ARENA_ARRAY(tmp, Cell *, c->src_max);
    for (uint32_t i = 0; i < c->src_max; i++)
        s->cells[i] = ARENA_ARRAY(tmp, Cell, chunk_rows);
    s->in = ARENA_ARRAY(tmp, struct operand, c->src_max);
    for (uint32_t i = 0; i < ARRAY_N(s->pair); i++)
        s->pair[i] = (struct pairs){arena_raw(tmp, chunk_rows, sizeof(int64_t)),
                                    arena_raw(tmp, chunk_rows, sizeof(int64_t))};
    for (int i = 0; i < 2; i++)
        s->result[i] = ARENA_ARRAY(tmp, Cell, chunk_rows);
}

static void place_slots(struct strand *s, uint32_t beg)
{
    const struct code *c = s->code;
    for (uint32_t i = 0; i < c->slot_n; i++) {
        const struct slot *x = &c->slot[i];
        if (x->kind == SLOT_KEPT) {
            s->own[i] = s->at[i] = vec_from(&s->kept[x->node], beg);
            if (s->at[i].blank != NULL)
                s->own[i].open = NULL; /* the field's, not ours to write */
        } else if (x->kind == SLOT_FIELD) {
            struct vec whole = fact_vec(&s->fact[x->node], &s->plan->node[x->node]);
            s->at[i] = vec_from(&whole, beg);
        } else if (x->kind == SLOT_REG) {
            s->at[i] = s->own[i];
            s->at[i].open = NULL;
        }
    }
}

/* Which rows need the kernel */

static bool add_open(struct strand *s, uint32_t slot, uint32_t n)
{
    const struct vec *v = slot == SLOT_NONE ? NULL : &s->at[slot];
    if (v == NULL || v->open == NULL)
        return false;
    uint64_t any = 0;
    for (uint32_t w = 0; w < vec_words(n); w++) {
        s->mask[w] |= v->open[w];
        any |= v->open[w];
    }
    return any != 0;
}

/* Bit i: truth[i] is met. Eight bytes at a time, their lowest bits gathered by a product; of truths
 * that are not definite, which other masks hold, the bit says nothing. */
static uint64_t met_word(const int8_t *truth, uint32_t n)
{
    uint64_t word = 0;
    for (uint32_t i = 0; i < n; i += 8) {
        uint64_t eight = 0;
        memcpy(&eight, truth + i, n - i < 8 ? n - i : 8);
        word |= ((eight & 0x0101010101010101) * 0x0102040810204080 >> 56) << i;
    }
    return word;
}
_Static_assert((TRUTH_MET & 1) == 1 && (TRUTH_UNMET & 1) == 0 && (TRUTH_NA & 1) == 0, "by bit 0");

static uint32_t rows_in_word(uint32_t w, uint32_t n)
{
    return n - w * WORD_ROWS < WORD_ROWS ? n - w * WORD_ROWS : WORD_ROWS;
}

/* Of a choice only the branch taken counts. */
static bool add_picked(struct strand *s, const struct inst *x, uint32_t n)
{
    const struct vec *yes = &s->at[x->src[1]], *no = &s->at[x->src[2]];
    bool any = add_open(s, x->src[0], n);
    const int8_t *truth = s->at[x->in[0]].lo;
    for (uint32_t w = 0; (yes->open != NULL || no->open != NULL) && w < vec_words(n); w++) {
        uint64_t a = yes->open == NULL ? 0 : yes->open[w], b = no->open == NULL ? 0 : no->open[w];
        if ((a | b) == 0)
            continue;
        uint64_t met = met_word(truth + (size_t)w * WORD_ROWS, rows_in_word(w, n));
        s->mask[w] |= (met & a) | (~met & b);
        any |= s->mask[w] != 0;
    }
    return any;
}

static bool add_zeros(struct strand *s, const struct inst *x, uint32_t n)
{
    const int64_t *by = s->at[x->in[1]].lo;
    uint64_t any = 0;
    for (uint32_t i = 0; i < n; i++) {
        uint64_t zero = (uint64_t)(by[i] == 0);
        s->mask[i / WORD_ROWS] |= zero << i % WORD_ROWS;
        any |= zero;
    }
    return any != 0;
}

static bool add_unmatched(struct strand *s, const struct inst *x, uint32_t n)
{
    uint64_t any = 0;
    for (uint32_t w = 0; w < vec_words(n); w++) {
        uint32_t m = rows_in_word(w, n);
        uint64_t met = 0, all = vec_word(w, n);
        for (uint32_t i = 0; i < x->table->n && met != all; i++)
            met |=
                met_word((const int8_t *)s->at[x->row[i].lane_truth].lo + (size_t)w * WORD_ROWS, m);
        s->mask[w] |= all & ~met;
        any |= all & ~met;
    }
    return any != 0;
}

static bool all_rows(struct strand *s, uint32_t n)
{
    for (uint32_t w = 0; w < vec_words(n); w++)
        s->mask[w] = vec_word(w, n);
    return n > 0;
}

static bool find_rows_of_table(struct strand *s, const struct inst *x, uint32_t n)
{
    bool any = !x->table->complete && add_unmatched(s, x, n);
    for (uint32_t i = 0; i < x->table->n && x->look; i++) {
        any |= add_open(s, x->row[i].truth, n);
        any |= add_open(s, x->row[i].result_src, n);
    }
    return (x->look && add_open(s, x->below, n)) || any;
}

static bool find_rows(struct strand *s, const struct inst *x, uint32_t n)
{
    for (uint32_t w = 0; w < vec_words(n); w++)
        s->mask[w] = 0;
    if (x->kind == INST_CELLS || (x->kind == INST_ROWS && !x->by_lane))
        return all_rows(s, n);
    if (x->kind == INST_ROWS)
        return find_rows_of_table(s, x, n);
    if (!x->look)
        return false;
    if (x->kind == INST_STEPS)
        return add_open(s, x->in[0], n);
    if (x->pick)
        return add_picked(s, x, n);
    bool any = x->by_zero && add_zeros(s, x, n);
    for (uint32_t i = 0; i < x->src_n && (i == 0 || !x->first_only); i++)
        any |= add_open(s, x->src[i], n);
    return any;
}

static uint32_t list_rows(struct strand *s, uint32_t n)
{
    uint32_t m = 0;
    for (uint32_t w = 0; w < vec_words(n); w++)
        for (uint64_t bits = s->mask[w]; bits != 0; bits &= bits - 1)
            s->row[m++] = w * WORD_ROWS + (uint32_t)__builtin_ctzll(bits);
    return m;
}

/* Cells in, Cells out */

static struct operand gather(struct strand *s, uint32_t slot, Cell *to, uint32_t m)
{
    const struct slot *x = &s->code->slot[slot];
    if (x->kind == SLOT_CONST)
        return (struct operand){&s->fact[x->node].blank, 0};
    const struct vec *v = &s->at[slot];
    if (v->type == VEC_CELL && v->open == NULL && m > 0 && s->row[m - 1] == m - 1)
        return (struct operand){v->lo, 1}; /* all of them, as they stand */
    for (uint32_t i = 0; i < m; i++) {
        const uint32_t row = s->row[i];
        if (ENGINE_IS_SMALL || v->type == VEC_CELL || vec_is_open(v, row))
            to[i] = vec_cell(v, row);
        else
            to[i].lo = to[i].hi = vec_int(v->type, v->lo, row);
    }
    return (struct operand){to, 1};
}

/* Blank rows of a gap are not written: they are known without looking. */
static void scatter(struct strand *s, const struct inst *x, const Cell *from, uint32_t m,
                    uint32_t n)
{
    struct vec *own = &s->own[x->out];
    enum type_kind kind = s->plan->node[x->node].kind;
    bool gap = x->gap != SLOT_NONE, any = false;
    for (uint32_t w = 0; !gap && own->open != NULL && w < vec_words(n); w++)
        own->open[w] = 0;
    for (uint32_t i = 0; i < m; i++) {
        bool figure = cell_is_definite(kind, from[i]);
        s->saw_bad |= x->checked && cell_is_bad(from[i]);
        if (figure || own->type == VEC_CELL)
            vec_set(own, s->row[i], from[i]);
        else if (!gap)
            vec_set_open(own, s->row[i], from[i]);
        any |= !figure;
    }
    if (!gap)
        s->at[x->out].open = any ? own->open : NULL; /* NULL in a column of Cells */
}

/* A condition on x alone, in Cells: what its kernels say. */
static Cell condition(const struct strand *s, uint32_t n, uint32_t x, Cell value)
{
    const struct node *k = &s->plan->node[n];
    if (s->fact[n].constant)
        return s->fact[n].blank;
    if (n == x)
        return value;
    Cell arg[2], out;
    struct operand in[2];
    for (uint32_t i = 0; i < k->arg_n && i < ARRAY_N(arg); i++) {
        arg[i] = condition(s, s->plan->arg[k->arg + i], x, value);
        in[i] = (struct operand){&arg[i], 0};
    }
    kernel_of[k->op](k, s->data->labels, &out, in, 1);
    return out;
}

/* One row of the plan's table over what stands below it. */
static Cell over(const struct strand *s, uint32_t row, Cell truth, Cell below)
{
    const struct node *k = &s->plan->node[row];
    Cell result = s->fact[s->plan->arg[k->arg + 1]].blank, out;
    struct operand in[3] = {{&truth, 0}, {&result, 0}, {&below, 0}};
    kernel_row(k, s->data->labels, &out, in, 1);
    return out;
}

static const Cell *steps_by_cells(struct strand *s, const struct inst *x, uint32_t m)
{
    const struct table_rows *t = x->table;
    struct operand value = gather(s, x->in[0], s->cells[0], m);
    for (uint32_t i = 0; i < m; i++) {
        Cell below = s->fact[t->below].blank, out;
        for (uint32_t j = t->n; j-- > 0;)
            below = over(s, t->row[j],
                         condition(s, s->plan->arg[s->plan->node[t->row[j]].arg], t->x,
                                   operand_at(&value, i)),
                         below);
        struct operand in = {&below, 0};
        kernel_row_end(&s->plan->node[x->node], s->data->labels, &out, &in, 1);
        s->result[0][i] = out;
    }
    return s->result[0];
}

static const Cell *rows_by_cells(struct strand *s, const struct inst *x, uint32_t m)
{
    static const Cell no_row = {WIDE_INF, FAULT_NONE_BELOW};
    const struct labels *labels = s->data->labels;
    struct operand below = {&no_row, 0};
    if (x->below != SLOT_NONE)
        below = gather(s, x->below, s->result[1], m);
    uint32_t to = 0;
    for (uint32_t j = x->table->n; j-- > 0;) {
        const struct table_step *r = &x->row[j];
        struct operand in[3] = {gather(s, r->truth, s->cells[0], m),
                                gather(s, r->result_src, s->cells[1], m), below};
        kernel_row(&s->plan->node[r->node], labels, s->result[to], in, m);
        below = (struct operand){s->result[to], 1};
        to = 1 - to;
    }
    if (s->plan->node[x->node].op == NODE_ROW)
        return below.at;
    kernel_row_end(&s->plan->node[x->node], labels, s->cells[2], &below, m);
    return s->cells[2];
}

static const Cell *by_cells(struct strand *s, const struct inst *x, uint32_t m)
{
    const struct node *k = &s->plan->node[x->node];
    if (x->kind == INST_STEPS)
        return steps_by_cells(s, x, m);
    if (x->kind == INST_ROWS)
        return rows_by_cells(s, x, m);
    for (uint32_t i = 0; i < x->src_n; i++)
        s->in[i] = gather(s, x->src[i], s->cells[i], m);
    kernel_of[k->op](k, s->data->labels, s->result[0], s->in, m);
    return s->result[0];
}

/* Lanes */

static const void *figures(const struct strand *s, uint32_t slot)
{
    return slot == SLOT_NONE ? NULL : s->at[slot].lo;
}

static void run_table(const struct strand *s, const struct inst *x, void *to, uint32_t n)
{
    enum vec_type t = x->lane_type;
    uint32_t rows = x->table->n;
    const void *below = figures(s, x->in[0]);
    if (below != NULL) {
        lane_of[LANE_COPY][t](to, below, NULL, NULL, x->k, n);
    } else {
        const struct table_step *last = &x->row[--rows];
        enum lane lane = last->result == SLOT_NONE ? LANE_FILL : LANE_COPY;
        lane_of[lane][t](to, figures(s, last->result), NULL, NULL, &last->k, n);
    }
    while (rows-- > 0) {
        const struct table_step *r = &x->row[rows];
        enum lane lane = r->result == SLOT_NONE ? LANE_INTO_K : LANE_INTO;
        lane_of[lane][t](to, figures(s, r->lane_truth), figures(s, r->result), NULL, &r->k, n);
    }
}

static void run_lane(const struct strand *s, const struct inst *x, uint32_t n)
{
    void *to = s->own[x->via == SLOT_NONE ? x->out : x->via].lo;
    if (x->kind == INST_STEPS)
        x->steps(to, figures(s, x->in[0]), x->table->steps, n);
    else if (x->kind == INST_ROWS)
        run_table(s, x, to, n);
    else
        x->lane(to, figures(s, x->in[0]), figures(s, x->in[1]), figures(s, x->in[2]), x->k, n);
    if (x->via != SLOT_NONE)
        x->narrow(s->own[x->out].lo, to, NULL, NULL, x->k, n);
}

static void put_figure(const struct vec *v, size_t row, int64_t x)
{
    if (v->type == VEC_I32)
        ((int32_t *)v->lo)[row] = (int32_t)x;
    else if (v->type == VEC_I64)
        ((int64_t *)v->lo)[row] = x;
    else
        ((int8_t *)v->lo)[row] = (int8_t)x;
}

/* What a field's blank rows make of the node: one figure, or one Cell that is none. */
static void settle_gap(struct strand *s, const struct inst *x, uint32_t n)
{
    const struct vec *field = &s->at[x->gap];
    struct vec *out = &s->at[x->out];
    const struct fact *f = &s->fact[x->node];
    if (f->open) {
        out->open = field->open;
        out->blank = &f->blank;
        for (uint32_t w = 0; x->checked && cell_is_bad(f->blank) && w < vec_words(n); w++)
            s->saw_bad |= field->open[w] != 0;
        return;
    }
    for (uint32_t w = 0; x->fill && w < vec_words(n); w++)
        for (uint64_t bits = field->open[w]; bits != 0; bits &= bits - 1)
            put_figure(&s->own[x->out], (size_t)w * WORD_ROWS + (size_t)__builtin_ctzll(bits),
                       x->k_gap);
}

static void run_inst(struct strand *s, const struct inst *x, uint32_t n)
{
    if (x->kind != INST_CELLS && (x->kind != INST_ROWS || x->by_lane))
        run_lane(s, x, n);
    if (x->node == NODE_NONE)
        return;
    if (x->gap != SLOT_NONE)
        settle_gap(s, x, n);
    if (find_rows(s, x, n)) {
        uint32_t m = list_rows(s, n);
        if (ENGINE_IS_SMALL || !pairs_run(s, x, m, n))
            scatter(s, x, by_cells(s, x, m), m, n);
    } else if (x->gap == SLOT_NONE) {
        s->at[x->out].open = NULL;
    }
}

void strand_run(struct strand *s, uint32_t beg, uint32_t n)
{
    place_slots(s, beg);
    for (size_t i = 0; i < s->code->inst_n; i++)
        run_inst(s, &s->code->inst[i], n);
}
