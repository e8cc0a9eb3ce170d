/* compare_text.c - the impact of a change of rules, for a terminal. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "cmd/rule/compare.h"
#include "explain/layout.h"
#include "os/term.h"

enum { NAME_COLUMNS = 30, REASON_COLUMNS = 40, SPLIT_ROWS = 30, MEAN_DIGITS = 2 };

static Str number(struct cli *c, Wide m, int scale, bool plus)
{
    struct buf b;
    buf_init(&b, c->arena, 128);
    if (plus && m > 0)
        buf_char(&b, '+');
    dec_print(&b, m, scale);
    return buf_str(&b);
}

static Str count(struct cli *c, size_t n)
{
    return arena_fmt(c->arena, "%zu", n);
}

/* sum / n with the decimals of the sum, two at least, half up. */
static Str mean(struct cli *c, Wide sum, int scale, size_t n, bool plus)
{
    Wide m;
    int digits = scale < MEAN_DIGITS ? MEAN_DIGITS : scale;
    struct buf b;
    buf_init(&b, c->arena, 128);
    if (n == 0 || !wide_div(&m, sum, scale, (Wide)n, 0, digits, ROUND_HALF_UP))
        return S("");
    if (plus && m > 0)
        buf_char(&b, '+');
    if (plus)
        dec_print(&b, m, digits); /* in a sentence */
    else
        dec_print_fixed(&b, m, digits, digits);
    return buf_str(&b);
}

static Str ends(struct cli *c, Cell sum, int scale, bool open)
{
    if (open)
        return arena_fmt(c->arena, "%.*s~", STR_ARG(number(c, sum.lo, scale, false)));
    return sum.lo == sum.hi
               ? number(c, sum.lo, scale, false)
               : arena_fmt(c->arena, "%.*s~%.*s", STR_ARG(number(c, sum.lo, scale, false)),
                           STR_ARG(number(c, sum.hi, scale, false)));
}

/* New less old; empty where an end is open. */
static Str difference(struct cli *c, const struct money m[2], int scale)
{
    if (m[OLD].open || m[NEW].open)
        return S("");
    Wide lo = m[NEW].sum.lo - m[OLD].sum.lo, hi = m[NEW].sum.hi - m[OLD].sum.hi;
    return lo == hi ? number(c, lo, scale, true)
                    : arena_fmt(c->arena, "%.*s / %.*s", STR_ARG(number(c, lo, scale, true)),
                                STR_ARG(number(c, hi, scale, true)));
}

static void title(struct cli *c, Str text)
{
    buf_char(&c->out, '\n');
    cli_paint(c, PAINT_BOLD, text);
    buf_char(&c->out, '\n');
}

static void column(struct cli *c, struct grid *g, const char *zh, const char *en, bool right)
{
    grid_column(g, str_of(ZE(c, zh, en)), right, 0);
}

static void show(struct cli *c, struct grid *g)
{
    (void)grid_print(&c->out, g, 2, (size_t)term_columns()); /* the rest is in --json */
}

static void show_under(struct cli *c, const char *text, struct grid *g)
{
    title(c, str_of(text));
    show(c, g);
}

/* ---- sections ---- */

static void print_gain(struct cli *c, const struct compare *k, const struct impact *m, int up)
{
    const struct gain *x = &m->gain[up];
    struct grid g;
    if (x->n == 0)
        return;
    title(c, arena_fmt(c->arena,
                       up ? ZE(c, "得分上升 %zu 个，平均 %.*s", "%zu rise, by %.*s on average")
                          : ZE(c, "得分下降 %zu 个，平均 %.*s", "%zu fall, by %.*s on average"),
                       x->n, STR_ARG(mean(c, x->sum, m->score_scale, x->n, true))));
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "变动最大的", "the largest")), false, NAME_COLUMNS);
    column(c, &g, "得分", "score", true);
    column(c, &g, "变动", "change", true);
    grid_column(&g, str_of(ZE(c, "变动最大的一项", "most changed part")), false, REASON_COLUMNS);
    for (uint32_t i = 0; i < x->top_n; i++) {
        grid_cell(&g, compare_subject(k, x->row[i]));
        grid_cell(&g, compare_arrow(k, compare_cell(k, OLD, k->side[OLD].score, x->row[i]),
                                    compare_cell(k, NEW, k->side[NEW].score, x->row[i])));
        grid_cell(&g, number(c, x->by[i], m->score_scale, true));
        grid_cell(&g, compare_reason(k, x->row[i]));
    }
    show(c, &g);
}

static void print_gates(struct cli *c, const struct compare *k, const struct impact *m)
{
    struct grid g;
    bool any = false;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "条件", "gate")), false, NAME_COLUMNS);
    column(c, &g, "原符合", "met before", true);
    column(c, &g, "现符合", "met now", true);
    column(c, &g, "新符合", "gained", true);
    column(c, &g, "不再符合", "lost", true);
    for (uint32_t i = 0; i < m->gate_n; i++) {
        const struct gate_move *x = &m->gate[i];
        if (x->gained + x->lost == 0)
            continue;
        any = true;
        grid_cell(&g, k->side[OLD].rules->item[x->item[OLD]].name);
        grid_cell(&g, count(c, x->met[OLD]));
        grid_cell(&g, count(c, x->met[NEW]));
        grid_cell(&g, count(c, x->gained));
        grid_cell(&g, count(c, x->lost));
    }
    if (any)
        show_under(c, ZE(c, "条件", "Gates"), &g);
}

static void print_grades(struct cli *c, const struct impact *m)
{
    struct grid g;
    size_t n = m->grade_n + 1;
    bool moves = false;
    for (size_t i = 0; m->matrix != NULL && i < n * n; i++)
        moves |= m->matrix[i] > 0 && i / n != i % n;
    if (!moves || n + 1 > GRID_COLUMNS_MAX)
        return;
    title(c, str_of(ZE(c, "格次转移（行为旧，列为新）", "Grades (rows old, columns new)")));
    grid_open(&g, c->arena);
    column(c, &g, "旧 \\ 新", "old \\ new", false);
    for (uint32_t i = 0; i < n; i++)
        grid_column(&g, i < m->grade_n ? m->grade[i] : str_of(ZE(c, "未定", "open")), true, 0);
    for (uint32_t i = 0; i < n; i++) {
        grid_cell(&g, i < m->grade_n ? m->grade[i] : str_of(ZE(c, "未定", "open")));
        for (uint32_t j = 0; j < n; j++)
            grid_cell(&g, count(c, m->matrix[i * n + j]));
    }
    show(c, &g);
}

static void money_row(struct cli *c, const struct compare *k, struct grid *g,
                      const struct money x[2], int scale)
{
    for (int side = 0; side < 2; side++)
        grid_cell(g, ends(c, x[side].sum, scale, x[side].open));
    grid_cell(g, difference(c, x, scale));
    grid_cell(g, compare_arrow(k, count(c, x[OLD].payees), count(c, x[NEW].payees)));
}

static bool is_same(const struct money *a, const struct money *b)
{
    return a->sum.lo == b->sum.lo && a->sum.hi == b->sum.hi && a->open == b->open &&
           a->payees == b->payees;
}

static void print_policies(struct cli *c, const struct compare *k, const struct impact *m)
{
    struct grid g;
    uint32_t same = 0;
    if (m->policy_n == 0)
        return;
    title(c, str_of(ZE(c, "政策金额（元；同组不得重复的只计最高一项）",
                       "Policies (yuan; of those that exclude each other the highest)")));
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "政策", "policy")), false, NAME_COLUMNS);
    column(c, &g, "原", "before", true);
    column(c, &g, "现", "now", true);
    column(c, &g, "增减", "change", true);
    column(c, &g, "享受家数", "payees", true);
    for (uint32_t i = 0; i < m->policy_n; i++) {
        const struct policy_move *x = &m->policy[i];
        int side = x->item[OLD] >= 0 ? OLD : NEW;
        if (is_same(&x->money[OLD], &x->money[NEW]) && !c->args.given[OPT_ALL]) {
            same++;
            continue;
        }
        grid_cell(&g, k->side[side].rules->item[x->item[side]].name);
        money_row(c, k, &g, x->money, m->money_scale);
    }
    grid_cell(&g, str_of(ZE(c, "合计", "in all")));
    money_row(c, k, &g, m->total, m->money_scale);
    show(c, &g);
    if (same > 0)
        buf_fmt(&c->out,
                ZE(c, "  金额不变的 %u 项没有列出。\n", "  %u unchanged are not listed.\n"), same);
}

static Str places(const struct compare *k, int64_t by, uint32_t row)
{
    return by == 0 ? S("")
                   : arena_fmt(k->arena, "%lld %.*s", (long long)(by < 0 ? -by : by),
                               STR_ARG(compare_subject(k, row)));
}

static void print_ranks(struct cli *c, const struct compare *k, const struct impact *m)
{
    struct grid g;
    bool any = false;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "名次", "rank")), false, NAME_COLUMNS);
    column(c, &g, "主体", "ranked", true);
    column(c, &g, "变动", "moved", true);
    column(c, &g, "平均变动", "mean shift", true);
    grid_column(&g, str_of(ZE(c, "前进最多", "most gained")), false, NAME_COLUMNS);
    grid_column(&g, str_of(ZE(c, "后退最多", "most lost")), false, NAME_COLUMNS);
    for (uint32_t i = 0; i < m->rank_n; i++) {
        const struct rank_move *x = &m->rank[i];
        any |= x->moved > 0;
        grid_cell(&g, x->name);
        grid_cell(&g, count(c, x->n));
        grid_cell(&g, count(c, x->moved));
        grid_cell(&g, mean(c, (Wide)x->sum, 0, x->n, false));
        grid_cell(&g, places(k, x->best, x->best_row));
        grid_cell(&g, places(k, x->worst, x->worst_row));
    }
    if (any)
        show_under(c, ZE(c, "名次变动（区间按最好的名次）", "Rank shifts (of intervals the best)"),
                   &g);
}

static void print_split(struct cli *c, const struct compare *k, const struct impact *m,
                        const struct split *s)
{
    struct grid g;
    bool scored = k->side[OLD].score >= 0 && k->side[NEW].score >= 0;
    title(c, arena_fmt(c->arena, ZE(c, "按%.*s", "By %.*s"), STR_ARG(s->name)));
    grid_open(&g, c->arena);
    grid_column(&g, s->name, false, NAME_COLUMNS);
    column(c, &g, "主体", "subjects", true);
    if (scored) {
        column(c, &g, "升", "rise", true);
        column(c, &g, "降", "fall", true);
        column(c, &g, "原平均分", "mean before", true);
        column(c, &g, "现平均分", "mean now", true);
    }
    if (m->policy_n > 0) {
        column(c, &g, "原金额(元)", "yuan before", true);
        column(c, &g, "现金额(元)", "yuan now", true);
        column(c, &g, "增减(元)", "change", true);
        column(c, &g, "享受家数", "payees", true);
    }
    for (uint32_t i = 0; i < s->row_n && i < SPLIT_ROWS; i++) {
        const struct split_row *x = &s->row[i];
        grid_cell(&g, x->label);
        grid_cell(&g, count(c, x->n));
        for (int n = 0; scored && n < 2; n++)
            grid_cell(&g, count(c, n == 0 ? x->up : x->down));
        for (int side = 0; scored && side < 2; side++)
            grid_cell(&g, mean(c, x->score[side], m->score_scale, x->scored, false));
        if (m->policy_n > 0)
            money_row(c, k, &g, x->money, m->money_scale);
    }
    show(c, &g);
    if (s->row_n > SPLIT_ROWS)
        buf_fmt(&c->out, ZE(c, "  ……共 %u 组。\n", "  ... %u in all.\n"), s->row_n);
}

void compare_text(struct cli *c, const struct compare *k, const struct impact *m)
{
    if (k->moved + k->shifted == 0 && !c->args.given[OPT_BY])
        return;
    print_gain(c, k, m, 1);
    print_gain(c, k, m, 0);
    print_grades(c, m);
    print_gates(c, k, m);
    print_policies(c, k, m);
    print_ranks(c, k, m);
    for (uint32_t i = 0; i < m->split_n; i++)
        print_split(c, k, m, &m->split[i]);
}
