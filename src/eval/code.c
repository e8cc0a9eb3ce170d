/* code.c - from the nodes of a phase to instructions, slots and registers.
 *
 * Downwards the nodes that are needed are marked, upwards each gets its facts and its code. A slot
 * lives from the instruction that writes it to the last one that reads it; registers of one type
 * are handed round in that order, the one given back last first, as it is still in the cache.
 * Cost: O(nodes + arguments) a phase and run.
 */
#include "eval/code.h"

#include "base/arena.h"
#include "col/dataset.h"
#include "eval/code_int.h"
#include "eval/kernel_int.h"

enum { SRC_MIN = 4 }; /* a table needs three scratch columns */

/* Slots and instructions */

static uint32_t slot_add(struct coder *c, struct slot s)
{
    VEC_PUSH(c->tmp, c->code->slot, c->code->slot_n, c->code->slot_cap) = s;
    return (uint32_t)c->code->slot_n - 1;
}

static uint32_t slot_part(struct coder *c, enum vec_type t)
{
    return slot_add(c, (struct slot){.kind = SLOT_REG, .type = t, .node = NODE_NONE});
}

static void inst_add(struct coder *c, struct inst like)
{
    VEC_PUSH(c->tmp, c->code->inst, c->code->inst_n, c->code->inst_cap) = like;
}

uint32_t part_add(struct coder *c, struct inst part, enum vec_type t)
{
    part.out = slot_part(c, t);
    part.via = SLOT_NONE;
    part.node = NODE_NONE;
    inst_add(c, part);
    return part.out;
}

/* Kept nodes other than fields have a column when they are computed: kept[n].lo != NULL. */
uint32_t slot_of(struct coder *c, uint32_t n)
{
    if (c->at[n] != SLOT_NONE)
        return c->at[n];
    const struct node *k = &c->plan->node[n];
    const struct fact *f = &c->fact[n];
    struct slot s = {.kind = SLOT_CONST, .node = n};
    if (k->op == NODE_FIELD && f->column != NULL) {
        s.kind = SLOT_FIELD;
        s.type = f->column->type;
    } else if (!f->constant) {
        ASSERT(k->kept && c->kept[n].lo != NULL);
        s.kind = SLOT_KEPT;
        s.type = c->kept[n].type;
    }
    c->at[n] = slot_add(c, s);
    return c->at[n];
}

static enum lane from_type(enum vec_type t)
{
    return t == VEC_I8 ? LANE_FROM_I8 : t == VEC_I32 ? LANE_FROM_I32 : LANE_FROM_I64;
}

static bool fits(struct range r, enum vec_type t)
{
    return r.known && vec_type_of(r.lo, r.hi) <= t;
}

uint32_t slot_as(struct coder *c, uint32_t n, enum vec_type t)
{
    if (t == VEC_CELL || !fits(c->fact[n].range, t))
        return SLOT_NONE;
    uint32_t from = slot_of(c, n);
    const struct slot *s = &c->code->slot[from];
    if (s->kind == SLOT_CONST) {
        if (!cell_is_definite(c->plan->node[n].kind, c->fact[n].blank))
            return SLOT_NONE;
        struct inst fill = {.in = NO_SLOTS, .lane = lane_of[LANE_FILL][t]};
        fill.k[0] = (int64_t)c->fact[n].blank.lo;
        return part_add(c, fill, t);
    }
    if (s->type == t)
        return from;
    if (s->type == VEC_CELL)
        return SLOT_NONE;
    struct inst convert = {.in = {from, SLOT_NONE, SLOT_NONE}};
    convert.lane = lane_of[from_type(s->type)][t];
    return part_add(c, convert, t);
}

static enum vec_type type_for(const struct coder *c, uint32_t n)
{
    const struct node *k = &c->plan->node[n];
    struct range r = c->fact[n].range;
    if (k->kind == TYPE_TRUTH)
        return VEC_I8;
    if (!r.known || k->op == NODE_ROW)
        return VEC_CELL;
    enum vec_type t = vec_type_of(r.lo, r.hi);
    return t < VEC_I32 ? VEC_I32 : t;
}

static uint32_t slot_for(struct coder *c, uint32_t n)
{
    const struct fact *f = &c->fact[n];
    struct slot s = {.kind = SLOT_REG, .type = type_for(c, n), .node = n};
    s.open = f->open && f->gap == NODE_NONE && s.type != VEC_CELL;
    if (c->plan->node[n].kept)
        s.kind = SLOT_KEPT; /* its column comes with give_columns */
    c->at[n] = slot_add(c, s);
    return c->at[n];
}

static bool is_figure_at(const struct coder *c, uint32_t n, uint32_t i)
{
    return i < node_of(c, n)->arg_n && is_figure(c, arg_of(c, n, i));
}

static void find_ways(const struct coder *c, struct inst *x, uint32_t n)
{
    const struct node *k = node_of(c, n);
    const bool numbers = k->kind == TYPE_NUM || k->kind == TYPE_DAY;
    x->end_of = is_figure_at(c, n, 0);
    x->falls = x->k[0] < 0;
    if (x->kind == INST_ROWS)
        x->ways = x->by_lane && numbers ? PAIR_TABLE : PAIR_NONE;
    else if (x->kind != INST_LANE)
        x->ways = PAIR_NONE;
    else if (x->ends == NULL ||
             (k->op == NODE_MUL && !is_figure_at(c, n, 0) && !is_figure_at(c, n, 1)))
        x->ways = k->arg_n <= 3 ? PAIR_NODE : PAIR_NONE;
    else
        x->ways = k->kind == TYPE_TRUTH ? PAIR_TURN : PAIR_END;
}

void inst_for(struct coder *c, struct inst like, enum vec_type t, uint32_t n)
{
    const struct node *k = &c->plan->node[n];
    const struct fact *f = &c->fact[n];
    like.node = n;
    like.via = SLOT_NONE;
    like.checked = k->checked;
    if (!ENGINE_IS_SMALL)
        find_ways(c, &like, n);
    if (like.kind == INST_LANE || like.kind == INST_CELLS) {
        like.src_n = k->arg_n;
        like.src = ARENA_ARRAY(c->tmp, uint32_t, k->arg_n);
        for (uint32_t i = 0; i < k->arg_n; i++)
            like.src[i] = slot_of(c, arg_of(c, n, i));
    }
    like.look = f->open && f->gap == NODE_NONE;
    like.gap = SLOT_NONE;
    if (f->gap != NODE_NONE && type_for(c, n) != VEC_CELL) {
        like.gap = slot_of(c, f->gap);
        like.fill = !f->open && !like.filled;
        like.k_gap = like.fill ? (int64_t)f->blank.lo : 0;
    }
    like.out = slot_for(c, n);
    bool lane = like.kind != INST_CELLS && (like.kind != INST_ROWS || like.by_lane);
    if (lane && c->code->slot[like.out].type != t) {
        like.via = slot_part(c, t);
        like.narrow = lane_of[from_type(t)][c->code->slot[like.out].type];
    }
    inst_add(c, like);
}

/* Every row by the node's own kernel. */
static void code_cells(struct coder *c, uint32_t n)
{
    inst_for(c, (struct inst){.kind = INST_CELLS, .in = NO_SLOTS}, VEC_CELL, n);
}

/* Facts */

/* Behind the last row of a table: whether that is ever reached is for the table to say. */
static bool is_no_row(const struct coder *c, uint32_t n)
{
    return is_const(c, n) && cell_same(c->fact[n].blank, CELL_NO_ROW);
}

/* The value a node has wherever field `gap` is blank, if its arguments have one there. */
static bool blank_of(const struct coder *c, uint32_t n, uint32_t gap, Cell *out)
{
    const struct node *k = &c->plan->node[n];
    enum { ARGS_MAX = 8 };
    struct operand in[ARGS_MAX];
    if (k->arg_n > ARGS_MAX || k->op == NODE_STARTS)
        return false;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        uint32_t a = arg_of(c, n, i);
        bool chosen_away = false;
        if (k->op == NODE_IF && i > 0) {
            Cell when = in[0].at[0];
            chosen_away = cell_is_definite(TYPE_TRUTH, when) && (when.lo == TRUTH_MET) == (i == 2);
        }
        if (!is_const(c, a) && c->fact[a].gap != gap && !chosen_away)
            return false;
        if (is_const(c, a) && gap != NODE_NONE && c->fact[a].open && !is_no_row(c, a))
            return false; /* other rows would not be definite */
        if (chosen_away && c->fact[a].open && c->fact[a].gap != gap)
            return false;
        in[i] = (struct operand){&c->fact[a].blank, 0};
    }
    kernel_of[k->op](k, c->data->labels, out, in, 1);
    return true;
}

static bool may_be_zero(const struct fact *f)
{
    return !f->range.known || (f->range.lo <= 0 && f->range.hi >= 0);
}

/* Is a definite figure sure to come of definite figures, if the range is known? */
static bool is_total(const struct coder *c, uint32_t n)
{
    switch ((int)c->plan->node[n].op) {
    case NODE_DIV: return !may_be_zero(&c->fact[arg_of(c, n, 1)]);
    case NODE_SQRT:
    case NODE_LN:
    case NODE_LOG10:
    case NODE_EXP:
    case NODE_POW:
    case NODE_CAGR:
    case NODE_GEO:
    case NODE_HARM:
    case NODE_RANGE:
    case NODE_REVIEWED: return false;
    default: return true;
    }
}

static void find_fact(struct coder *c, uint32_t n)
{
    const struct node *k = &c->plan->node[n];
    struct fact *f = &c->fact[n];
    *f = (struct fact){.range = range_of(c->plan, c->fact, n), .gap = NODE_NONE};
    uint32_t gap = NODE_NONE;
    for (uint32_t i = 0; i < k->arg_n; i++) {
        const struct fact *a = &c->fact[arg_of(c, n, i)];
        f->open |= a->open && !is_no_row(c, arg_of(c, n, i));
        gap = a->gap != NODE_NONE ? a->gap : gap;
    }
    bool constant = true;
    for (uint32_t i = 0; i < k->arg_n; i++)
        constant &= is_const(c, arg_of(c, n, i));
    if (constant && blank_of(c, n, NODE_NONE, &f->blank)) {
        f->constant = true;
        f->open = !cell_is_definite(k->kind, f->blank);
        return;
    }
    if (!is_total(c, n) || !f->range.known) {
        f->open = true;
        return;
    }
    if (gap == NODE_NONE || !blank_of(c, n, gap, &f->blank))
        return;
    f->gap = gap;
    f->open = !cell_is_definite(k->kind, f->blank);
}

/* Which nodes this phase computes: the kept ones and what they need. Rows of a table that nobody
 * keeps are part of the ROW_END above them. */
static void mark_table(struct coder *c, const struct table_rows *t)
{
    if (t->x != NODE_NONE) {
        c->need[t->x] = true;
        return;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        c->need[arg_of(c, t->row[i], 0)] = true;
        c->need[arg_of(c, t->row[i], 1)] = true;
    }
    c->need[t->below] = true;
}

static bool is_here(const struct coder *c, uint32_t n)
{
    const struct node *k = &c->plan->node[n];
    return k->op != NODE_CONST && k->op != NODE_FIELD && k->op != NODE_POP && k->live &&
           !k->given && k->phase == c->phase;
}

static void mark_needed(struct coder *c)
{
    const struct plan *p = c->plan;
    for (size_t n = p->node_n; n-- > 0;) {
        const struct node *k = &p->node[n];
        if (!is_here(c, (uint32_t)n) || !(k->kept || c->need[n]))
            continue;
        c->need[n] = true;
        if (c->fact[n].constant)
            continue;
        if (c->table[n] != NULL) {
            mark_table(c, c->table[n]);
            continue;
        }
        for (uint32_t i = 0; i < k->arg_n; i++)
            c->need[arg_of(c, (uint32_t)n, i)] = true;
    }
}

/* Registers */

static void use_slot(struct code *code, uint32_t slot, uint32_t at)
{
    if (slot != SLOT_NONE)
        code->slot[slot].last = at;
}

static void find_last_uses(struct code *code)
{
    for (uint32_t i = 0; i < code->inst_n; i++) {
        const struct inst *x = &code->inst[i];
        for (int j = 0; j < 3; j++)
            use_slot(code, x->in[j], i);
        for (uint32_t j = 0; j < x->src_n; j++)
            use_slot(code, x->src[j], i);
        for (uint32_t j = 0; x->kind == INST_ROWS && j < x->table->n; j++) {
            use_slot(code, x->row[j].truth, i);
            use_slot(code, x->row[j].lane_truth, i);
            use_slot(code, x->row[j].result, i);
            use_slot(code, x->row[j].result_src, i);
        }
        if (x->kind == INST_ROWS)
            use_slot(code, x->below, i);
        use_slot(code, x->out, i);
        use_slot(code, x->via, i);
    }
}

struct reg_stack {
    uint32_t *free;
    uint32_t free_n;
};

static void give_registers(struct coder *c)
{
    struct code *code = c->code;
    struct reg_stack stack[REG_CLASS_N];
    uint32_t *first = ARENA_ARRAY(c->tmp, uint32_t, code->inst_n + 1); /* slots by last use */
    uint32_t *next = ARENA_ARRAY(c->tmp, uint32_t, code->slot_n);
    for (int i = 0; i < REG_CLASS_N; i++)
        stack[i] = (struct reg_stack){ARENA_ARRAY(c->tmp, uint32_t, code->slot_n), 0};
    for (uint32_t s = 0; s < code->slot_n; s++) {
        next[s] = first[code->slot[s].last];
        first[code->slot[s].last] = s + 1;
    }
    for (uint32_t i = 0; i < code->inst_n; i++) {
        uint32_t made[2] = {code->inst[i].out, code->inst[i].via};
        for (int j = 0; j < 2; j++) {
            struct slot *s = made[j] == SLOT_NONE ? NULL : &code->slot[made[j]];
            if (s == NULL || s->kind != SLOT_REG)
                continue;
            struct reg_stack *st = &stack[reg_class(s)];
            s->reg = st->free_n > 0 ? st->free[--st->free_n] : code->reg_n[reg_class(s)]++;
        }
        for (uint32_t s = first[i]; s != 0; s = next[s - 1])
            if (code->slot[s - 1].kind == SLOT_REG) {
                struct reg_stack *st = &stack[reg_class(&code->slot[s - 1])];
                st->free[st->free_n++] = code->slot[s - 1].reg;
            }
    }
}

/* A column that is read for the last time before instruction i, or NULL. */
static struct vec *spare_for(struct coder *c, const struct slot *made, uint32_t i)
{
    const bool plain = !made->open && made->type != VEC_CELL; /* Cells may be faults, to be told */
    for (uint32_t s = 0; s < c->code->slot_n && plain; s++) {
        const struct slot *x = &c->code->slot[s];
        if (x->kind == SLOT_KEPT && x->type == made->type && x->last < i && c->spare[x->node]) {
            c->spare[x->node] = false;
            return &c->kept[x->node];
        }
    }
    return NULL;
}

/* Columns that outlast the phase; figures take the place of others that do not, chunk by chunk. */
static void give_columns(struct coder *c)
{
    ASSERT(c->kept != NULL);
    for (uint32_t i = 0; i < c->code->inst_n; i++) {
        const struct slot *s = &c->code->slot[c->code->inst[i].out];
        if (s->kind != SLOT_KEPT)
            continue;
        const struct fact *f = &c->fact[s->node];
        const struct vec *old = spare_for(c, s, i);
        struct vec *new = &c->kept[s->node];
        *new = old != NULL ? (struct vec){.type = s->type, .lo = old->lo}
                           : vec_make(c->keep, s->type, c->data->row_n, s->open);
        if (f->open && f->gap != NODE_NONE && s->type != VEC_CELL) {
            Cell *blank = ARENA_NEW(c->keep, Cell);
            *blank = f->blank;
            new->blank = blank;
            new->open = c->fact[f->gap].column->missing;
        }
    }
}

/* A column of one value, for whoever looks at it from outside. */
static void fill_kept(struct coder *c, uint32_t n)
{
    if (!c->plan->node[n].kept)
        return;
    c->kept[n] = vec_of_cell(c->keep, c->fact[n].blank, c->data->row_n);
}

static void find_facts(struct coder *c)
{
    const struct plan *p = c->plan;
    for (uint32_t n = 0; n < p->node_n; n++) {
        const struct node *k = &p->node[n];
        if (!is_here(c, n))
            continue;
        find_fact(c, n);
        if (!c->fact[n].constant && (k->op == NODE_ROW_END || (k->op == NODE_ROW && k->kept)))
            c->table[n] = table_facts(c, n);
    }
}

static void code_node(struct coder *c, uint32_t n)
{
    const struct node *k = &c->plan->node[n];
    if (c->fact[n].constant) {
        fill_kept(c, n);
        return;
    }
    if (c->table[n] != NULL)
        code_table(c, n);
    else if (!code_lane(c, n))
        code_cells(c, n);
    c->code->src_max = k->arg_n > c->code->src_max ? k->arg_n : c->code->src_max;
}

void code_make(struct code *c, const struct code_job *j)
{
    const struct plan *p = j->plan;
    struct coder k = {.keep = j->keep,
                      .tmp = j->tmp,
                      .code = c,
                      .plan = p,
                      .fact = j->fact,
                      .kept = j->kept,
                      .data = j->data,
                      .phase = j->phase,
                      .spare = j->spare};
    *c = (struct code){.src_max = SRC_MIN};
    k.need = ARENA_ARRAY(j->tmp, bool, p->node_n);
    k.table = ARENA_ARRAY(j->tmp, struct table_rows *, p->node_n);
    k.at = ARENA_ARRAY(j->tmp, uint32_t, p->node_n);
    for (size_t n = 0; n < p->node_n; n++)
        k.at[n] = SLOT_NONE;
    find_facts(&k);
    mark_needed(&k);
    for (uint32_t n = 0; n < p->node_n; n++)
        if (k.need[n] && is_here(&k, n))
            code_node(&k, n);
    find_last_uses(c);
    give_registers(&k);
    give_columns(&k);
}
