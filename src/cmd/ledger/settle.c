/* settle.c - the verb `settle simulate`: a year's points under several sets of terms, side by side.
 * Nothing is written to a store. */
#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/str.h"
#include "cmd/job.h"
#include "cmd/ledger/ledger.h"
#include "cmd/listing.h"
#include "cmd/store/store.h"
#include "explain/layout.h"
#include "field/unit.h"
#include "ledger/ledger.h"
#include "ledger/receipt.h"
#include "ledger/simulate.h"
#include "os/file.h"
#include "record/record.h"
#include "run/run.h"

enum { SCENARIOS_MAX = 8, LABELS_MAX = 4, WIDE = 150, E6_DECIMALS = 6, NAME_MOST = 30 };

struct labels_of { /* one way to group */
    Str head, *value;
};
struct settle {
    struct cli *c;
    Str *id;
    int64_t *points_e4, *base_fen; /* base: what leverage is measured by, or NULL */
    size_t n, cap, label_n;
    struct labels_of label[LABELS_MAX];
    struct simulate_terms terms[SCENARIOS_MAX];
    struct simulate_out out[SCENARIOS_MAX];
    size_t scenario_n;
};

/* ---- terms ---- */

/* `3000万元`, `2000`: yuan to the fen; points to 4 decimals. */
static bool read_amount(Str text, int decimals, int64_t *out)
{
    size_t at = 0, len = 0;
    while (at < text.n && ((text.p[at] >= '0' && text.p[at] <= '9') || text.p[at] == '.'))
        at++;
    Str digits = str_sub(text, 0, at), unit = str_trim(str_sub(text, at, text.n));
    unit = str_eq(unit, S("万")) ? S("万元") : str_eq(unit, S("亿")) ? S("亿元") : unit;
    const struct unit *u = unit.n == 0 ? NULL : unit_prefix(unit, &len);
    Dec d;
    Wide v;
    if (!dec_parse(&d, digits, NULL) || (unit.n > 0 && (u == NULL || len != unit.n)))
        return false;
    if (u != NULL && (!wide_muldiv(&v, d.m, u->num, u->den, ROUND_DOWN)))
        return false;
    v = u == NULL ? d.m : v;
    if (!wide_rescale(&v, v, d.scale, decimals, ROUND_DOWN) || v < 0 || v > LEDGER_AMOUNT_MAX)
        return false;
    *out = (int64_t)v;
    return true;
}

static bool read_term(Str text, struct simulate_terms *t)
{
    Str value = text, key = str_trim(str_cut(&value, '='));
    value = str_trim(value);
    if (str_eq(key, S("单价")) || str_eq(key, S("rate")))
        return read_amount(value, LEDGER_FEN_DECIMALS, &t->rate_fen) && t->rate_fen > 0;
    if (str_eq(key, S("起付")) || str_eq(key, S("floor")))
        return read_amount(value, LEDGER_POINT_DECIMALS, &t->floor_e4);
    if (str_eq(key, S("封顶")) || str_eq(key, S("cap")))
        return read_amount(value, LEDGER_FEN_DECIMALS, &t->cap_fen);
    if (str_eq(key, S("预算")) || str_eq(key, S("budget")))
        return read_amount(value, LEDGER_FEN_DECIMALS, &t->budget_fen);
    return false;
}

int settle_terms(struct cli *c, Str text, struct simulate_terms *t)
{
    while (text.n > 0) {
        Str one = str_cut(&text, ';');
        if (!read_term(one, t))
            return cli_usage(c,
                             ZE(c, "--set “%.*s”看不懂：可以写 单价、起付、封顶、预算。",
                                "--set “%.*s”: terms are rate, floor, cap, budget."),
                             STR_ARG(one));
    }
    return 0;
}

static int read_terms(struct settle *s)
{
    struct cli *c = s->c;
    if (c->args.set_n == 0 || c->args.set_n > SCENARIOS_MAX)
        return cli_usage(
            c, "%s",
            ZE(c, "写 1 到 8 组条件：--set '单价=2000;起付=10;封顶=50万元;预算=3000万元'。",
               "give 1 to 8 sets of terms: --set 'rate=2000;floor=10;cap=500000'."));
    for (size_t i = 0; i < c->args.set_n; i++) {
        struct simulate_terms *t = &s->terms[s->scenario_n++];
        int code = settle_terms(c, c->args.set[i], t);
        if (code != 0)
            return code;
        if (t->rate_fen == 0)
            return cli_usage(c, ZE(c, "--set “%.*s”缺单价。", "--set “%.*s” lacks a rate."),
                             STR_ARG(c->args.set[i]));
    }
    return 0;
}

/* ---- points of a file ---- */

static int64_t column_of(const struct csv *t, Str head)
{
    for (size_t i = 0; i < t->cell_n; i++)
        if (str_eq(t->cell[i].text, head))
            return (int64_t)i;
    return -1;
}

struct columns {
    int64_t points, base, label[LABELS_MAX];
};

static int find_columns(struct settle *s, const struct csv *t, struct columns *col)
{
    struct cli *c = s->c;
    Str points =
        c->args.given[OPT_ITEM] ? c->args.value[OPT_ITEM] : str_of(ZE(c, "积分", "points"));
    Str base = c->args.given[OPT_AGAINST] ? c->args.value[OPT_AGAINST] : S("");
    Str by = c->args.given[OPT_BY] ? c->args.value[OPT_BY] : S(""), missing = S("");
    col->points = column_of(t, points);
    col->base = base.n == 0 ? -1 : column_of(t, base);
    if (col->points < 0)
        missing = points;
    if (base.n > 0 && col->base < 0)
        missing = base;
    while (by.n > 0 && s->label_n < LABELS_MAX) {
        Str head = str_trim(str_cut(&by, ','));
        col->label[s->label_n] = column_of(t, head);
        missing = col->label[s->label_n] < 0 ? head : missing;
        s->label[s->label_n++].head = head;
    }
    return missing.n == 0
               ? 0
               : cli_fail(c, ERR_INPUT,
                          ZE(c, "数据里没有“%.*s”这一列。", "no column “%.*s” in the data."),
                          STR_ARG(missing));
}

static bool cell_amount(const struct csv *t, int64_t at, int decimals, int64_t *out)
{
    Str text = at < (int64_t)t->cell_n ? t->cell[at].text : S("");
    *out = 0;
    return text.n == 0 || read_amount(text, decimals, out);
}

static void keep_labels(struct settle *s, const struct csv *t, const struct columns *col,
                        size_t cap[LABELS_MAX])
{
    for (size_t i = 0; i < s->label_n; i++) {
        size_t n = s->n;
        VEC_PUSH(s->c->arena, s->label[i].value, n, cap[i]) =
            col->label[i] < (int64_t)t->cell_n ? t->cell[col->label[i]].text : S("");
    }
}

static int read_rows(struct settle *s, struct csv *t, const struct columns *col)
{
    struct cli *c = s->c;
    size_t cap = 0, base_cap = 0, base_n = 0, label_cap[LABELS_MAX] = {0};
    size_t id_cap = 0, id_n = 0;
    while (csv_next(t, NULL) == OK && t->cell_n > 0) {
        int64_t points, base = 0;
        if (!cell_amount(t, col->points, LEDGER_POINT_DECIMALS, &points) ||
            (col->base >= 0 && !cell_amount(t, col->base, LEDGER_FEN_DECIMALS, &base)))
            return cli_fail(c, ERR_INPUT,
                            ZE(c, "第 %u 行的积分或金额看不懂。", "line %u: no points or amount."),
                            t->line);
        VEC_PUSH(c->arena, s->id, id_n, id_cap) = t->cell[0].text;
        keep_labels(s, t, col, label_cap);
        if (col->base >= 0)
            VEC_PUSH(c->arena, s->base_fen, base_n, base_cap) = base;
        VEC_PUSH(c->arena, s->points_e4, s->n, cap) = points;
    }
    return 0;
}

static int points_of_file(struct settle *s)
{
    struct cli *c = s->c;
    struct columns col;
    struct csv t;
    Str bytes, text, path = c->args.value[OPT_DATA];
    int err = 0;
    enum status st = file_read(c->arena, &bytes, path, DATA_BYTES_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    if (csv_decode(c->arena, &text, bytes, NULL, NULL) != OK)
        return cli_fail(c, ERR_INPUT, ZE(c, "“%.*s”不是文本表格（CSV）。", "“%.*s” is no CSV."),
                        STR_ARG(path));
    csv_open(&t, c->arena, text);
    if (csv_next(&t, NULL) != OK || t.cell_n == 0)
        return cli_fail(c, ERR_INPUT, ZE(c, "“%.*s”是空的。", "“%.*s” is empty."), STR_ARG(path));
    int code = find_columns(s, &t, &col);
    return code == 0 ? read_rows(s, &t, &col) : code;
}

/* ---- points of a run ---- */

static const struct record_now *now_of(const struct record_now *now, size_t n, Str identity)
{
    for (size_t i = 0; i < n; i++)
        if (str_eq(now[i].identity, identity))
            return &now[i];
    return NULL;
}

static enum status scores_of_run(struct settle *s, struct store *st, int64_t number)
{
    struct cli *c = s->c;
    struct run run;
    struct ledger_score *score;
    struct record_now *now;
    size_t n, now_n;
    int64_t unknown;
    struct run_view v = {st->conn, c->arena, st->county, NULL, &st->diags};
    TRY(run_get(&v, &run, number));
    TRY(ledger_scores(&v, number, c->args.value[OPT_ITEM], &score, &n, &unknown));
    TRY(record_now_all(st->conn, c->arena, &now, &now_n, st->county, run.kind));
    s->n = n;
    s->id = ARENA_ARRAY(c->arena, Str, n + 1);
    s->points_e4 = ARENA_ARRAY(c->arena, int64_t, n + 1);
    s->label_n = 2;
    s->label[0] =
        (struct labels_of){str_of(ZE(c, "区镇", "town")), ARENA_ARRAY(c->arena, Str, n + 1)};
    s->label[1] =
        (struct labels_of){str_of(ZE(c, "产业链", "chain")), ARENA_ARRAY(c->arena, Str, n + 1)};
    for (size_t i = 0; i < n; i++) {
        const struct record_now *at = now_of(now, now_n, score[i].identity);
        s->id[i] = score[i].identity;
        s->points_e4[i] = score[i].e4;
        s->label[0].value[i] = at == NULL ? S("") : at->locality;
        s->label[1].value[i] = at == NULL ? S("") : at->chain;
    }
    return OK;
}

static int points_of_run(struct settle *s)
{
    struct cli *c = s->c;
    struct store st;
    int run;
    if (!args_int(c->args.value[OPT_RUN], &run) || !c->args.given[OPT_ITEM])
        return cli_usage(c, "%s",
                         ZE(c, "--run 要写测算号，并用 --item 写哪一项是积分。",
                            "--run is a number, and --item names the points."));
    int code = store_open(c, &st, DB_READ);
    if (code != 0)
        return code;
    enum status got = scores_of_run(s, &st, run);
    if (got != OK)
        return store_fail(c, &st, got);
    store_close(&st);
    return 0;
}

/* ---- what it comes to ---- */

static Str yuan(struct cli *c, int64_t fen)
{
    return ledger_fen_str(c->arena, fen);
}

static Str share(struct cli *c, int64_t e6)
{
    struct buf b;
    buf_init(&b, c->arena, 64);
    dec_print(&b, e6, E6_DECIMALS);
    return buf_str(&b);
}

/* Of what payees put in themselves: yuan a yuan. */
static Str leverage(const struct settle *s, const struct simulate_out *o)
{
    Wide base = 0, v;
    for (size_t i = 0; s->base_fen != NULL && i < s->n; i++)
        base += o->fen[i] > 0 ? s->base_fen[i] : 0;
    if (s->base_fen == NULL || o->total_fen == 0 ||
        !wide_muldiv(&v, base, 10000, o->total_fen, ROUND_HALF_UP))
        return S("-");
    struct buf b;
    buf_init(&b, s->c->arena, 64);
    dec_print(&b, v, 4);
    return buf_str(&b);
}

enum { ROWS = 15 };

static Str figure(const struct settle *s, size_t scenario, int row)
{
    struct cli *c = s->c;
    const struct simulate_terms *t = &s->terms[scenario];
    const struct simulate_out *o = &s->out[scenario];
    switch (row) {
    case 0: return yuan(c, t->rate_fen);
    case 1: return t->floor_e4 == 0 ? S("-") : ledger_points_str(c->arena, t->floor_e4);
    case 2: return t->cap_fen == 0 ? S("-") : yuan(c, t->cap_fen);
    case 3: return t->budget_fen == 0 ? S("-") : yuan(c, t->budget_fen);
    case 4: return arena_fmt(c->arena, "%zu", o->payee_n);
    case 5: return arena_fmt(c->arena, "%zu", o->below_n);
    case 6: return arena_fmt(c->arena, "%zu", o->capped_n);
    case 7: return ledger_points_str(c->arena, o->points_e4);
    case 8: return yuan(c, o->worth_fen);
    case 9: return yuan(c, o->total_fen);
    case 10: return share(c, o->cut_e6);
    case 11: return share(c, o->gini_e6);
    case 12: return share(c, o->top1_e6);
    case 13: return share(c, o->top10_e6);
    default: return leverage(s, o);
    }
}

static const char *figure_name(int row, enum lang lang)
{
    static const char *const name[ROWS][2] = {
        {"每分（元）", "rate, yuan"},
        {"起付（分）", "floor, points"},
        {"每家最高（元）", "cap, yuan"},
        {"预算（元）", "budget, yuan"},
        {"得到的家数", "payees"},
        {"不够起付的家数", "below the floor"},
        {"到最高的家数", "at the cap"},
        {"计入的积分", "points counted"},
        {"按单价应付（元）", "worth, yuan"},
        {"实付合计（元）", "paid, yuan"},
        {"实付占应付", "paid of worth"},
        {"基尼系数", "Gini coefficient"},
        {"前1%的家数占", "share of the best 1 %"},
        {"前10%的家数占", "share of the best 10 %"},
        {"撬动倍数", "leverage"},
    };
    return name[row][lang];
}

static Str scenario_name(const struct settle *s, size_t i)
{
    return arena_fmt(s->c->arena, ZE(s->c, "方案%zu", "scenario %zu"), i + 1);
}

static void say_sums(struct settle *s)
{
    struct cli *c = s->c;
    struct grid g;
    grid_open(&g, c->arena);
    grid_column(&g, S(""), false, 0);
    for (size_t i = 0; i < s->scenario_n; i++)
        grid_column(&g, scenario_name(s, i), true, 0);
    for (int row = 0; row < ROWS; row++) {
        grid_cell(&g, str_of(figure_name(row, c->lang)));
        for (size_t i = 0; i < s->scenario_n; i++)
            grid_cell(&g, figure(s, i, row));
    }
    (void)grid_print(&c->out, &g, 0, WIDE);
}

static void say_label(struct settle *s, const struct labels_of *l)
{
    struct cli *c = s->c;
    struct grid g;
    struct simulate_group *group[SCENARIOS_MAX];
    size_t n = 0;
    for (size_t i = 0; i < s->scenario_n; i++)
        n = simulate_by(c->arena, &group[i], &s->out[i], s->points_e4, l->value, s->n);
    grid_open(&g, c->arena);
    grid_column(&g, l->head, false, NAME_MOST);
    grid_column(&g, str_of(ZE(c, "积分", "points")), true, 0);
    for (size_t i = 0; i < s->scenario_n; i++)
        grid_column(&g, scenario_name(s, i), true, 0);
    for (size_t k = 0; k < n; k++) {
        grid_cell(&g, group[0][k].name.n > 0 ? group[0][k].name
                                             : str_of(ZE(c, "（没有填）", "(none)")));
        grid_cell(&g, ledger_points_str(c->arena, group[0][k].points_e4));
        for (size_t i = 0; i < s->scenario_n; i++)
            grid_cell(&g, yuan(c, group[i][k].fen));
    }
    buf_char(&c->out, '\n');
    (void)grid_print(&c->out, &g, 0, WIDE);
}

/* ---- other forms ---- */

static int write_rows(struct settle *s)
{
    struct cli *c = s->c;
    struct listing t = {0};
    struct out_column col[SCENARIOS_MAX + 2] = {
        {.head = str_of(ZE(c, "编号", "id"))},
        {.head = str_of(ZE(c, "积分", "points")), .kind = OUT_NUMBER}};
    for (size_t i = 0; i < s->scenario_n; i++)
        col[i + 2] = (struct out_column){
            .head =
                arena_fmt(c->arena, "%.*s(%s)", STR_ARG(scenario_name(s, i)), ZE(c, "元", "yuan")),
            .kind = OUT_NUMBER};
    for (size_t i = 0; i < s->scenario_n; i++)
        listing_fact(&t, scenario_name(s, i).p, c->args.set[i]);
    int code = listing_open(&t, c, str_of(ZE(c, "兑现试算", "settlement")), col,
                            (uint32_t)s->scenario_n + 2);
    for (size_t row = 0; row < s->n && code == 0; row++) {
        struct out_cell cell[SCENARIOS_MAX + 2] = {{.text = s->id[row]}};
        struct buf b;
        buf_init(&b, c->arena, 1024);
        dec_print(&b, s->points_e4[row], LEDGER_POINT_DECIMALS);
        cell[1].text = buf_str(&b);
        for (size_t i = 0; i < s->scenario_n; i++) {
            ASSERT(s->out[i].fen != NULL);
            buf_init(&b, c->arena, 64);
            dec_print(&b, s->out[i].fen[row], LEDGER_FEN_DECIMALS);
            cell[i + 2].text = buf_str(&b);
        }
        listing_row(&t, cell);
    }
    return code == 0 ? listing_close(&t) : code;
}

static void json_terms(struct json *j, const struct simulate_terms *t)
{
    const struct {
        const char *key;
        int64_t v;
        int decimals;
    } all[] = {{"rate", t->rate_fen, LEDGER_FEN_DECIMALS},
               {"floor", t->floor_e4, LEDGER_POINT_DECIMALS},
               {"cap", t->cap_fen, LEDGER_FEN_DECIMALS},
               {"budget", t->budget_fen, LEDGER_FEN_DECIMALS}};
    for (size_t i = 0; i < ARRAY_N(all); i++) {
        json_key(j, str_of(all[i].key));
        json_dec(j, all[i].v, all[i].decimals);
    }
}

static void json_sums(struct json *j, const struct simulate_out *o)
{
    const struct {
        const char *key;
        int64_t v;
        int decimals;
    } all[] = {{"points", o->points_e4, LEDGER_POINT_DECIMALS},
               {"worth", o->worth_fen, LEDGER_FEN_DECIMALS},
               {"total", o->total_fen, LEDGER_FEN_DECIMALS},
               {"cut", o->cut_e6, E6_DECIMALS},
               {"gini", o->gini_e6, E6_DECIMALS},
               {"top1", o->top1_e6, E6_DECIMALS},
               {"top10", o->top10_e6, E6_DECIMALS},
               {"first10", o->first10_e6, E6_DECIMALS}};
    json_kint(j, "payees", (int64_t)o->payee_n);
    json_kint(j, "below", (int64_t)o->below_n);
    json_kint(j, "capped", (int64_t)o->capped_n);
    for (size_t i = 0; i < ARRAY_N(all); i++) {
        json_key(j, str_of(all[i].key));
        json_dec(j, all[i].v, all[i].decimals);
    }
}

static void write_json(struct settle *s)
{
    struct json j;
    json_open(&j, &s->c->out, false);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-settle-1"));
    json_key(&j, S("scenarios"));
    json_arr(&j);
    for (size_t i = 0; i < s->scenario_n; i++) {
        json_obj(&j);
        json_terms(&j, &s->terms[i]);
        json_sums(&j, &s->out[i]);
        json_kstr(&j, "leverage", leverage(s, &s->out[i]));
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_obj_end(&j);
    buf_char(&s->c->out, '\n');
}

int cmd_settle_simulate(struct cli *c)
{
    struct settle s = {.c = c};
    int code = read_terms(&s);
    if (code == 0 && !c->args.given[OPT_DATA] && !c->args.given[OPT_RUN])
        code = cli_usage(c, "%s",
                         ZE(c, "积分从哪里来：--data 文件.csv，或 --run 测算号。",
                            "points come from --data FILE.csv or --run N."));
    if (code == 0)
        code = c->args.given[OPT_DATA] ? points_of_file(&s) : points_of_run(&s);
    for (size_t i = 0; i < s.scenario_n && code == 0; i++)
        if (!simulate_settle(c->arena, &s.out[i], s.points_e4, s.n, &s.terms[i]))
            code = cli_fail(c, ERR_LIMIT, "%s", ZE(c, "金额太大。", "the sums are too large."));
    if (code != 0)
        return code;
    if (c->args.given[OPT_JSON]) {
        write_json(&s);
        return 0;
    }
    if (c->args.given[OPT_OUTPUT])
        return write_rows(&s);
    say_sums(&s);
    for (size_t i = 0; i < s.label_n; i++)
        say_label(&s, &s.label[i]);
    return 0;
}
