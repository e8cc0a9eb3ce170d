/* policy_list.c - all subjects: a row for each policy that pays or may pay one something, or sums
 * by policy for people to read; and the sums of several years beside each other. */
#include "base/arena.h"
#include "base/decimal.h"
#include "base/str.h"
#include "cmd/listing.h"
#include "cmd/rule/policy.h"
#include "col/dataset.h"
#include "entitle/forecast.h"
#include "explain/item.h"
#include "explain/layout.h"
#include "explain/missing.h"
#include "os/term.h"

enum { FLUSH_ROWS = 1024, TEXT_MAX = 1 << 16, WIDE = 150, NAME_MOST = 36, FEN = 2 };

/* ---- rows ---- */

enum {
    C_ID,
    C_NAME,
    C_DOC,
    C_POLICY,
    C_STATUS,
    C_STANDING,
    C_LOW,
    C_HIGH,
    C_COUNTS, /* two each */
    C_STEPS = C_COUNTS + 2 * READ_N,
    C_BINDING,
    C_INSTEAD,
    C_MISSING,
    C_N
};

static void heads(struct cli *c, struct out_column *col)
{
    static const char *const head[C_N][2] = {
        [C_ID] = {"编号", "id"},
        [C_NAME] = {"名称", "name"},
        [C_DOC] = {"文档", "document"},
        [C_POLICY] = {"政策", "policy"},
        [C_STATUS] = {"规则状态", "status"},
        [C_STANDING] = {"情况", "standing"},
        [C_LOW] = {"金额下限(元)", "low (yuan)"},
        [C_HIGH] = {"金额上限(元)", "high (yuan)"},
        [C_COUNTS] = {"就高不重复下限(元)", "highest only, low (yuan)"},
        [C_COUNTS + 1] = {"就高不重复上限(元)", "highest only, high (yuan)"},
        [C_COUNTS + 2] = {"补差下限(元)", "top up, low (yuan)"},
        [C_COUNTS + 3] = {"补差上限(元)", "top up, high (yuan)"},
        [C_COUNTS + 4] = {"可叠加下限(元)", "sum, low (yuan)"},
        [C_COUNTS + 5] = {"可叠加上限(元)", "sum, high (yuan)"},
        [C_STEPS] = {"发放", "paid"},
        [C_BINDING] = {"受限", "binds"},
        [C_INSTEAD] = {"以哪项为准", "instead"},
        [C_MISSING] = {"缺数", "missing"}};
    for (int i = 0; i < C_N; i++) {
        col[i].head = str_of(head[i][c->lang]);
        col[i].kind = i >= C_LOW && i < C_STEPS ? OUT_NUMBER : OUT_TEXT;
    }
}

static Str yuan(struct arena *tmp, int64_t fen)
{
    struct buf b;
    if (fen == FEN_OPEN)
        return S("");
    buf_init(&b, tmp, 64);
    dec_print(&b, fen, FEN);
    return buf_str(&b);
}

static Str missing_of(struct missing *m, struct arena *tmp, const struct policy_doc *d,
                      uint32_t row, uint32_t item)
{
    const Fact *f;
    struct buf b;
    size_t n = missing_list(m, d->job.res, row, &item, 1, &f);
    buf_init(&b, tmp, TEXT_MAX);
    for (size_t i = 0; i < n; i++) {
        buf_add(&b, i == 0 ? S("") : S("; "));
        missing_name(&b, d->e->rules, f[i], d->job.period);
    }
    return buf_str(&b);
}

static void put_one(struct listing *t, struct arena *tmp, const struct policy_doc *d,
                    struct missing *m, uint32_t row, const struct entitled *one)
{
    struct cli *c = t->cli;
    struct out_cell cell[C_N] = {0};
    const struct policy *p = &d->e->policy[one->policy];
    const struct item *it = &d->e->rules->item[p->item];
    struct due *due;
    struct buf b;
    Money counts = p->apart ? one->amount : one->counts[READ_HIGHEST];
    cell[C_ID].text = d->job.data->id[row];
    cell[C_NAME].text = d->job.data->name != NULL ? d->job.data->name[row] : S("");
    cell[C_DOC].text = d->e->rules->name;
    cell[C_POLICY].text = it->name;
    cell[C_STATUS].text = str_of(item_status(it->status, c->lang));
    cell[C_STANDING].text = str_of(statement_standing_name(statement_standing(one), c->lang));
    cell[C_LOW].text = yuan(tmp, one->amount.lo);
    cell[C_HIGH].text = yuan(tmp, one->amount.hi);
    for (int r = 0; r < READ_N && !p->apart; r++) {
        cell[C_COUNTS + 2 * r].text = yuan(tmp, one->counts[r].lo);
        cell[C_COUNTS + 2 * r + 1].text = yuan(tmp, one->counts[r].hi);
    }
    size_t n =
        entitle_steps(tmp, &due, &(struct subject_row){d->e, d->job.res, row}, one->policy, counts);
    buf_init(&b, tmp, TEXT_MAX);
    statement_steps(&b, due, n, c->lang);
    cell[C_STEPS].text = buf_str(&b);
    cell[C_BINDING].text = str_of(statement_binding_name(one->binding[READ_HIGHEST], c->lang));
    cell[C_INSTEAD].text = one->by < 0 ? S("") : d->e->rules->item[d->e->policy[one->by].item].name;
    cell[C_MISSING].text = missing_of(m, tmp, d, row, p->item);
    listing_row(t, cell);
}

static enum status put_doc(struct listing *t, const struct policy_doc *d)
{
    struct arena *tmp = arena_open();
    struct missing *m = missing_open(t->cli->arena, d->e->rules, d->job.period);
    ArenaMark mark = arena_mark(tmp);
    enum status st = OK;
    for (uint32_t row = 0; row < d->job.data->row_n && st == OK; row++) {
        struct entitlement all;
        st = entitle_one(tmp, &all, &(struct subject_row){d->e, d->job.res, row});
        for (uint32_t i = 0; st == OK && i < all.n; i++)
            if (all.at[i].amount.hi > 0)
                put_one(t, tmp, d, m, row, &all.at[i]);
        if (row % FLUSH_ROWS == 0)
            arena_reset(tmp, mark);
    }
    arena_close(tmp);
    return st;
}

static int list_rows(struct policy_job *p)
{
    struct cli *c = p->c;
    struct listing t = {0};
    struct out_column *col = ARENA_ARRAY(c->arena, struct out_column, C_N);
    heads(c, col);
    for (size_t i = 0; i < p->n && i < LISTING_FACTS_MAX - 3; i++)
        listing_fact(&t, ZE(c, "规则", "rules"), job_title(c, &p->doc[i].job));
    listing_fact(&t, ZE(c, "数据", "data"), p->doc[0].job.data_path);
    listing_fact(&t, ZE(c, "程序", "engine"), S("geci " GECI_VERSION));
    int code = listing_open(&t, c, str_of(ZE(c, "政策", "policies")), col, C_N);
    if (code != 0)
        return code;
    for (size_t i = 0; i < p->n; i++) {
        if (p->doc[i].skipped)
            continue;
        enum status st = put_doc(&t, &p->doc[i]);
        if (st != OK)
            return cli_fail(
                c, st, "%s",
                ZE(c, "政策之间的取舍太多，算不完。", "too many choices between policies."));
    }
    return listing_close(&t);
}

/* ---- sums ---- */

struct sums { /* of a policy */
    size_t n[STAND_N];
    Money total; /* by itself */
};

static void add_money(Money *sum, Money m)
{
    sum->lo += m.lo;
    sum->hi = sum->hi == FEN_OPEN || m.hi == FEN_OPEN ? FEN_OPEN : sum->hi + m.hi;
}

static struct sums sums_of(const struct policy_doc *d, uint32_t policy)
{
    struct sums s = {0};
    for (uint32_t row = 0; row < d->job.data->row_n; row++) {
        struct entitled one = {.state = entitle_state(d->e, d->job.res, policy, row),
                               .amount = entitle_amount(d->e, d->job.res, policy, row)};
        s.n[statement_standing(&one)]++;
        add_money(&s.total, one.amount);
    }
    return s;
}

static int doc_totals(struct cli *c, const struct policy_doc *d, Money total[READ_N])
{
    Money *by[READ_N];
    struct arena *tmp = arena_open();
    enum status st = entitle_totals(tmp, d->e, d->job.res, by);
    for (int r = 0; r < READ_N; r++) {
        total[r] = (Money){0, 0};
        for (uint32_t row = 0; st == OK && row < d->job.data->row_n; row++)
            add_money(&total[r], by[r][row]);
    }
    arena_close(tmp);
    return st == OK ? 0
                    : cli_fail(c, st, "%s",
                               ZE(c, "政策之间的取舍太多，算不完。",
                                  "too many choices between policies."));
}

static void count_cell(struct grid *g, struct cli *c, size_t n)
{
    grid_cell(g, n == 0 ? S("-") : arena_fmt(c->arena, "%zu", n));
}

static int sum_doc(struct policy_job *p, const struct policy_doc *d)
{
    struct cli *c = p->c;
    struct grid g;
    Money total[READ_N];
    int code = doc_totals(c, d, total);
    if (code != 0)
        return code;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "政策", "policy")), false, NAME_MOST);
    grid_column(&g, str_of(ZE(c, "可以享受", "entitled")), true, 0);
    grid_column(&g, str_of(ZE(c, "待补", "open")), true, 0);
    grid_column(&g, str_of(ZE(c, "待判断", "judge")), true, 0);
    grid_column(&g, str_of(ZE(c, "各自合计", "sum by itself")), true, 0);
    for (uint32_t i = 0; i < d->e->policy_n; i++) {
        struct sums s = sums_of(d, i);
        grid_cell(&g, d->e->rules->item[d->e->policy[i].item].name);
        count_cell(&g, c, s.n[STAND_ENTITLED]);
        count_cell(&g, c, s.n[STAND_OPEN]);
        count_cell(&g, c, s.n[STAND_JUDGE]);
        grid_cell(&g, policy_money(c, s.total));
    }
    buf_fmt(&c->out, ZE(c, "%.*s，%u 个主体\n\n", "%.*s, %u subjects\n\n"),
            STR_ARG(job_title(c, &d->job)), d->job.data->row_n);
    (void)grid_print(&c->out, &g, 0, WIDE);
    for (int r = 0; r < READ_N; r++)
        buf_fmt(&c->out,
                ZE(c, "%s叠加未明确的按%s：合计 %.*s\n", "%sunstated read as %s: %.*s in all\n"),
                r == 0 ? "\n" : "", entitle_reading_name((enum reading)r, c->lang),
                STR_ARG(policy_money(c, total[r])));
    buf_char(&c->out, '\n');
    return 0;
}

int policy_list(struct policy_job *p)
{
    bool rows =
        p->c->args.given[OPT_OUTPUT] || p->c->args.given[OPT_JSON] || !term_is_tty(TERM_OUT);
    if (rows)
        return list_rows(p);
    for (size_t i = 0; i < p->n; i++) {
        int code = p->doc[i].skipped ? 0 : sum_doc(p, &p->doc[i]);
        if (code != 0)
            return code;
    }
    return 0;
}

/* ---- years ---- */

struct year { /* what a line of the table came to */
    Money sum;
    bool in_force;
};
struct years {
    struct policy_job *p;
    int past, ahead;
    uint32_t line_n;
    struct year *of[POLICY_YEARS_MAX + 1]; /* years back: of each line */
};

static int look_back(struct years *y, int back)
{
    uint32_t at = 0;
    int code = policy_run(y->p, back);
    struct year *of = y->of[back] = ARENA_ARRAY(y->p->c->arena, struct year, y->line_n + 1);
    for (size_t i = 0; i < y->p->n && code == 0; i++) {
        const struct policy_doc *d = &y->p->doc[i];
        Money total[READ_N];
        for (uint32_t k = 0; k < d->e->policy_n; k++)
            of[at++] = (struct year){sums_of(d, k).total, !d->skipped};
        code = doc_totals(y->p->c, d, total);
        for (int r = 0; r < READ_N; r++)
            of[at++] = (struct year){total[r], !d->skipped};
    }
    ASSERT(code != 0 || at == y->line_n);
    return code;
}

static void past_cells(struct grid *g, const struct years *y, uint32_t line)
{
    struct cli *c = y->p->c;
    for (int back = y->past; back >= 0; back--) {
        const struct year *of = &y->of[back][line];
        grid_cell(g, of->in_force ? policy_money(c, of->sum)
                                  : str_of(ZE(c, "未施行", "not in force")));
    }
}

/* From the years in a row up to the last in which it was in force. */
static void ahead_cells(struct grid *g, const struct years *y, uint32_t line)
{
    Money past[POLICY_YEARS_MAX + 1];
    size_t n = 0;
    for (; n <= (size_t)y->past && y->of[n][line].in_force; n++)
        past[n] = y->of[n][line].sum;
    struct forecast_growth growth = forecast_growth(past, n);
    for (int i = 1; i <= y->ahead; i++)
        grid_cell(g, growth.known ? policy_money(y->p->c, forecast_year(past, growth, i))
                                  : str_of(ZE(y->p->c, "推不出", "not known")));
}

static void year_heads(struct grid *g, const struct years *y)
{
    struct cli *c = y->p->c;
    int last = y->p->doc[0].job.period;
    grid_column(g, str_of(ZE(c, "政策", "policy")), false, NAME_MOST);
    for (int back = y->past; back >= 0; back--)
        grid_column(g, arena_fmt(c->arena, "%d", last - back), true, 0);
    for (int i = 1; i <= y->ahead; i++)
        grid_column(g, arena_fmt(c->arena, ZE(c, "%d 推算", "%d forecast"), last + i), true, 0);
}

static Str line_name(struct cli *c, const struct entitle *e, uint32_t k)
{
    if (k < e->policy_n)
        return e->rules->item[e->policy[k].item].name;
    return arena_fmt(c->arena, ZE(c, "合计（%s）", "in all (%s)"),
                     entitle_reading_name((enum reading)(k - e->policy_n), c->lang));
}

int policy_years(struct policy_job *p, int past, int ahead)
{
    struct cli *c = p->c;
    struct years y = {.p = p, .past = past, .ahead = ahead};
    struct grid g;
    uint32_t at = 0;
    for (size_t i = 0; i < p->n; i++)
        y.line_n += p->doc[i].e->policy_n + READ_N;
    for (int back = past; back >= 0; back--) {
        int code = look_back(&y, back);
        if (code != 0)
            return code;
    }
    grid_open(&g, c->arena);
    year_heads(&g, &y);
    for (size_t i = 0; i < p->n; i++)
        for (uint32_t k = 0; k < p->doc[i].e->policy_n + READ_N; k++, at++) {
            grid_cell(&g, line_name(c, p->doc[i].e, k));
            past_cells(&g, &y, at);
            ahead_cells(&g, &y, at);
        }
    (void)grid_print(&c->out, &g, 0, SIZE_MAX); /* all the years that were asked for */
    if (ahead > 0)
        buf_add(&c->out, str_of(ZE(c,
                                   "\n推算：每年按以前各年合计之比的最小和最大增长，是区间，"
                                   "不是预算。\n",
                                   "\nForecast: each year grows by the least and the most that the "
                                   "sums of years before grew; an interval, no budget.\n")));
    return 0;
}
