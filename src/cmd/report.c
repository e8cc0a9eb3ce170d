#include "cmd/report.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/order.h"
#include "base/str.h"
#include "col/dataset.h"
#include "explain/column.h"
#include "explain/explain.h"
#include "explain/item.h"
#include "explain/layout.h"
#include "os/term.h"

enum { NAME_COLUMNS = 34, CELL_COLUMNS = 24, PART_OF_VERDICT = 4 };

void report_open(struct report *r, struct cli *c, const struct job *j, bool all)
{
    const struct rules *rules = j->rules;
    *r = (struct report){.cli = c, .job = j, .missing = missing_open(c->arena, rules, j->period)};
    r->item = ARENA_ARRAY(c->arena, uint32_t, rules->item_n + 1);
    for (uint32_t i = 0; i < rules->item_n; i++)
        if (all || item_is_top(rules, i))
            r->item[r->item_n++] = i;
    for (uint32_t i = 0; i < rules->field_n; i++)
        r->has_person |= rules->field[i].ftype == FIELD_JUDGED;
    for (uint32_t i = 0; i < rules->item_n; i++)
        r->has_person |= rules->item[i].kind == ITEM_SCORE && rules->item[i].review >= 0;
}

int32_t report_main(const struct report *r)
{
    const struct rules *rules = r->job->rules;
    for (uint32_t i = 0; i < rules->item_n; i++)
        if (rules->item[i].kind == ITEM_SCORE && rules->item[i].parent < 0)
            return (int32_t)i;
    return -1;
}

static bool behind(const void *ctx, uint32_t a, uint32_t b)
{
    const Cell *score = ctx;
    if (score[a].lo != score[b].lo)
        return score[a].lo < score[b].lo;
    return score[a].hi < score[b].hi;
}

static bool never_behind(const void *ctx, uint32_t a, uint32_t b)
{
    (void)ctx; /* as in the file */
    (void)a;
    (void)b;
    return false;
}

uint32_t *report_order(const struct report *r)
{
    int32_t main = report_main(r);
    const struct result *res = r->job->res;
    return main < 0 ? order_rows(r->cli->arena, res->row_n, never_behind, NULL)
                    : order_rows(r->cli->arena, res->row_n, behind,
                                 result_cells(r->cli->arena, res, main));
}

/* ---- cells ---- */

void report_cell(const struct report *r, struct buf *out, uint32_t item, Cell c)
{
    column_cell(out, r->job->rules, r->job->data, item, c, r->cli->lang);
}

void report_missing(struct report *r, struct buf *out, uint32_t row, bool person)
{
    const Fact *f;
    size_t n = missing_list(r->missing, r->job->res, row, r->item, r->item_n, &f);
    bool any = false;
    for (size_t i = 0; i < n; i++) {
        if (f[i].person != person)
            continue;
        if (any)
            buf_add(out, S("; "));
        missing_name(out, r->job->rules, f[i], r->job->period);
        any = true;
    }
}

/* ---- the table ---- */

static Str printed(struct report *r, uint32_t item, uint32_t row)
{
    struct buf b;
    const struct item *it = &r->job->rules->item[item];
    buf_init(&b, r->cli->arena, 4096);
    cell_print(&b, r->job->rules, r->job->data, it->type, item_unit(it),
               result_cell(r->job->res, item, row), r->cli->lang);
    return buf_str(&b);
}

static Str missing_count(struct report *r, uint32_t row)
{
    const Fact *f;
    size_t n = missing_list(r->missing, r->job->res, row, r->item, r->item_n, &f), figures = 0;
    for (size_t i = 0; i < n; i++)
        figures += !f[i].person;
    return figures == 0 ? S("") : arena_fmt(r->cli->arena, ZE(r->cli, "%zu 项", "%zu"), figures);
}

/* Columns in the order of what matters on a narrow screen: passes, grades and verdicts, then the
 * rest. A verdict is a gate that no other gate asks for. */
static int urgency(const struct rules *r, uint32_t item)
{
    switch (r->item[item].kind) {
    case ITEM_PASS: return 0;
    case ITEM_GRADE:
    case ITEM_RANK: return 1;
    case ITEM_GATE: return item_is_part(r, item) ? PART_OF_VERDICT : 2;
    case ITEM_SCORE:
    case ITEM_POLICY: return 3;
    case ITEM_PARAM:
    case ITEM_SEGMENT:
    case ITEM_INDICATOR: break;
    }
    return 5;
}

static void by_urgency(struct report *r)
{
    for (size_t i = 1; i < r->item_n; i++) {
        uint32_t item = r->item[i];
        size_t at = i;
        int own = urgency(r->job->rules, item);
        for (; at > 0 && urgency(r->job->rules, r->item[at - 1]) > own; at--)
            r->item[at] = r->item[at - 1];
        r->item[at] = item;
    }
}

/* The gate that is made of others and that no other asks for; -1: none. */
static int32_t verdict_of(const struct rules *r)
{
    for (uint32_t i = 0; i < r->item_n; i++)
        if (r->item[i].kind == ITEM_GATE && !item_is_part(r, i) &&
            r->item[i].expr->kind == EXPR_OP && item_has_parts(r, i))
            return (int32_t)i;
    return -1;
}

static bool has_column(const struct report *r, size_t j, enum report_size size)
{
    int urgent = urgency(r->job->rules, r->item[j]);
    if ((int32_t)r->item[j] == report_main(r))
        return false;
    bool told = urgent == 0 && verdict_of(r->job->rules) >= 0;
    return size == REPORT_FULL || (urgent < PART_OF_VERDICT && !told);
}

/* The item that an operand of a verdict stands for: a gate, or the pass of a score; -1: neither. */
static int32_t operand_item(const struct rules *r, const struct expr *e)
{
    if (e->kind == EXPR_OP && e->op == OP_PASSES && e->arg[0]->kind == EXPR_ITEM)
        return r->item[e->arg[0]->ref].kind == ITEM_SCORE ? r->item[e->arg[0]->ref].pass
                                                          : (int32_t)e->arg[0]->ref;
    return e->kind == EXPR_ITEM && r->item[e->ref].type.kind == TYPE_TRUTH ? (int32_t)e->ref : -1;
}

/* Adds the operands that are surely not met; of an 或 all of them, if none is met. */
static bool add_unmet(struct report *r, struct buf *b, uint32_t row, const struct expr *e)
{
    const struct rules *rules = r->job->rules;
    int32_t item = operand_item(rules, e);
    if (item >= 0) {
        if (result_cell(r->job->res, item, row).lo != TRUTH_UNMET)
            return false;
        buf_fmt(b, "%s%.*s", b->n > 0 ? ZE(r->cli, "、", ", ") : "",
                STR_ARG(rules->item[item].name));
        return true;
    }
    if (e->kind != EXPR_OP || (e->op != OP_AND && e->op != OP_OR))
        return false;
    size_t from = b->n;
    bool any = false, all = true;
    for (uint32_t i = 0; i < e->arg_n; i++) {
        bool unmet = add_unmet(r, b, row, e->arg[i]);
        any |= unmet;
        all &= unmet;
    }
    if (e->op == OP_OR && !all)
        b->n = from;
    return e->op == OP_OR ? all : any;
}

/* What stands in the way of the verdict. */
static Str blockers(struct report *r, uint32_t row)
{
    struct buf b;
    int32_t verdict = verdict_of(r->job->rules);
    buf_init(&b, r->cli->arena, 4096);
    if (result_cell(r->job->res, verdict, row).lo == TRUTH_UNMET)
        (void)add_unmet(r, &b, row, r->job->rules->item[verdict].expr); /* what was found is in b */
    return buf_str(&b);
}

static void table_head(struct report *r, struct grid *g, enum report_size size, bool named)
{
    int32_t main = report_main(r);
    struct cli *c = r->cli;
    const struct rules *rules = r->job->rules;
    grid_open(g, c->arena);
    grid_column(g, str_of(ZE(c, "序", "#")), true, 0);
    grid_column(g, str_of(named ? ZE(c, "名称", "name") : ZE(c, "编号", "id")), false,
                NAME_COLUMNS);
    if (main >= 0)
        grid_column(g, rules->item[main].name, true, 0);
    grid_column(g, str_of(ZE(c, "缺数", "missing")), true, 0);
    for (size_t i = 0; i < r->item_n && g->column_n < GRID_COLUMNS_MAX; i++) {
        const struct item *it = &rules->item[r->item[i]];
        if (has_column(r, i, size))
            grid_column(g, it->name, it->type.kind == TYPE_NUM, CELL_COLUMNS);
    }
    if (size == REPORT_BRIEF && verdict_of(rules) >= 0)
        grid_column(g, str_of(ZE(c, "不符的条件", "not met")), false, CELL_COLUMNS);
}

void report_table(struct report *r, uint32_t rows_max, enum report_size size)
{
    struct cli *c = r->cli;
    const struct dataset *d = r->job->data;
    struct grid g;
    int32_t main = report_main(r);
    bool named = d->name != NULL && d->row_n > 0 && d->name[0].n > 0;
    uint32_t *row = report_order(r), n = d->row_n;
    by_urgency(r);
    table_head(r, &g, size, named);
    for (uint32_t k = 0; k < n && (rows_max == 0 || k < rows_max); k++) {
        uint32_t i = row[k];
        grid_cell(&g, arena_fmt(c->arena, "%u", k + 1));
        grid_cell(&g, named ? d->name[i] : d->id[i]);
        if (main >= 0)
            grid_cell(&g, printed(r, (uint32_t)main, i));
        grid_cell(&g, missing_count(r, i));
        for (size_t j = 0; j < r->item_n && g.cell_n % g.column_n != 0; j++)
            if (has_column(r, j, size))
                grid_cell(&g, printed(r, r->item[j], i));
        if (g.cell_n % g.column_n != 0)
            grid_cell(&g, blockers(r, i));
    }
    size_t left_out = grid_print(&c->out, &g, 0, (size_t)term_columns());
    if (size == REPORT_BRIEF)
        return;
    if (rows_max > 0 && n > rows_max)
        buf_fmt(
            &c->out,
            ZE(c, "……共 %u 个主体，这里是前 %u 个。\n", "... %u subjects, the first %u shown.\n"),
            n, rows_max);
    if (left_out > 0)
        buf_fmt(
            &c->out,
            ZE(c, "另有 %zu 列放不下，见 --format csv。\n", "%zu more columns: --format csv.\n"),
            left_out);
}
