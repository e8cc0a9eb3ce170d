/* robust.c - the verb `robust`: how far ranks and grades hang on the weights of a document.
 *
 * What is computed, and after whom, is in robust/robust.h; here are arguments and words.
 */
#include "cmd/rule/robust.h"

#include "base/arena.h"
#include "base/decimal.h"
#include "base/json.h"
#include "base/order.h"
#include "base/str.h"
#include "cmd/report.h"
#include "cmd/rule/single.h"
#include "col/dataset.h"
#include "explain/layout.h"
#include "os/term.h"
#include "os/workers.h"

enum { DRAWS = 1000, SPREAD_PPM = 200000, TOP = 10, ROWS_SHOWN = 30 };
enum { NAME_COLUMNS = 30, GRADES_COLUMNS = 30, HUNDREDTHS = 2 };

/* ---- arguments ---- */

/* 20%, 0.2 */
static bool read_share(Str text, uint32_t *ppm)
{
    Dec d;
    Wide m;
    bool percent = text.n > 1 && text.p[text.n - 1] == '%';
    if (percent)
        text.n--;
    if (!dec_parse(&d, str_trim(text), NULL) ||
        !wide_rescale(&m, d.m, d.scale + (percent ? 2 : 0), 6, ROUND_DOWN) || m < 0 ||
        m >= ROBUST_MILLION)
        return false;
    *ppm = (uint32_t)m;
    return true;
}

static int read_opts(struct cli *c, struct robust_opts *o)
{
    const struct args *a = &c->args;
    int draws = DRAWS, top = TOP;
    *o = (struct robust_opts){.seed = 1, .spread_ppm = SPREAD_PPM};
    if (a->given[OPT_DRAWS] &&
        (!args_int(a->value[OPT_DRAWS], &draws) || draws < 1 || draws > ROBUST_DRAWS_MAX))
        return cli_usage(
            c, ZE(c, "--draws 应为 1 到 %d 的整数。", "--draws is a number from 1 to %d."),
            ROBUST_DRAWS_MAX);
    if (a->given[OPT_SEED] && !args_u64(a->value[OPT_SEED], &o->seed))
        return cli_usage(c, "%s", ZE(c, "--seed 应为整数。", "--seed is a whole number."));
    if (a->given[OPT_TOP] && (!args_int(a->value[OPT_TOP], &top) || top < 1))
        return cli_usage(c, "%s", ZE(c, "--top 应为正整数。", "--top is a number from 1."));
    if (a->given[OPT_WEIGHTS] && !read_share(a->value[OPT_WEIGHTS], &o->spread_ppm))
        return cli_usage(c,
                         ZE(c, "--weights “%.*s”应为 0 到 100%% 之间，如 20%%。",
                            "--weights “%.*s” is a share below 100%%, such as 20%%."),
                         STR_ARG(a->value[OPT_WEIGHTS]));
    if (a->given[OPT_BOUNDS] && !read_share(a->value[OPT_BOUNDS], &o->bounds_ppm))
        return cli_usage(c,
                         ZE(c, "--bounds “%.*s”应为 0 到 100%% 之间，如 10%%。",
                            "--bounds “%.*s” is a share below 100%%, such as 10%%."),
                         STR_ARG(a->value[OPT_BOUNDS]));
    o->draws = (uint32_t)draws;
    o->top_n = (uint32_t)top;
    return 0;
}

static int find_score(struct cli *c, const struct job *j, int32_t *score)
{
    const struct rules *r = j->rules;
    int code = single_item(c, j, score);
    if (code != 0)
        return code;
    for (uint32_t i = 0; i < r->item_n && *score < 0; i++)
        if (r->item[i].kind == ITEM_SCORE && r->item[i].parent < 0)
            *score = (int32_t)i;
    if (*score >= 0 && r->item[*score].kind == ITEM_SCORE)
        return 0;
    return cli_fail(c, ERR_INPUT,
                    ZE(c, "“%.*s”里没有评分，或 --item 不是评分。",
                       "“%.*s” has no score, or --item is no score."),
                    STR_ARG(j->doc_path));
}

/* ---- words ---- */

Str robust_ratio(struct cli *c, uint64_t part, uint64_t whole, int digits)
{
    struct buf b;
    Wide m = 0;
    buf_init(&b, c->arena, 64);
    if (whole > 0)
        m = ((Wide)part * wide_pow10(digits) * 2 + (Wide)whole) / ((Wide)whole * 2);
    dec_print_fixed(&b, m, digits, digits);
    return buf_str(&b);
}

static Str percent(struct cli *c, uint64_t part, uint64_t whole)
{
    return arena_fmt(c->arena, "%.*s%%", STR_ARG(robust_ratio(c, part * 100, whole, 1)));
}

/* "±20%" */
static Str spread(struct cli *c, uint32_t ppm)
{
    struct buf b;
    buf_init(&b, c->arena, 64);
    buf_add(&b, S("±"));
    dec_print(&b, ppm, 4);
    buf_char(&b, '%');
    return buf_str(&b);
}

static Str subject_name(const struct robust_view *v, uint32_t row)
{
    const struct dataset *d = v->j->data;
    return d->name != NULL && d->name[row].n > 0 ? d->name[row] : d->id[row];
}

/* "研发", "研发@初创期", "研发强度 界限", "研发强度：百分位(x)" */
Str robust_factor_name(const struct robust_view *v, uint32_t factor)
{
    struct cli *c = v->c;
    const struct robust_factor *x = &v->r->factor[factor];
    const struct item *it = &v->j->rules->item[x->item];
    if (x->kind == ROBUST_BOUNDS)
        return arena_fmt(c->arena, ZE(c, "%.*s 界限", "%.*s bounds"), STR_ARG(it->name));
    if (x->kind == ROBUST_INSTEAD)
        return arena_fmt(c->arena, ZE(c, "%.*s：%.*s", "%.*s: %.*s"), STR_ARG(it->name),
                         STR_ARG(it->vary.instead[x->instead].s));
    return x->segment.n == 0
               ? it->name
               : arena_fmt(c->arena, "%.*s@%.*s", STR_ARG(it->name), STR_ARG(x->segment));
}

static const char *why_kept(struct cli *c, enum robust_why why)
{
    switch (why) {
    case ROBUST_FORM: return ZE(c, "这种汇总没有可调的权重", "no weights to move");
    case ROBUST_WEIGHTS: return ZE(c, "权重不是常数", "weights are computed");
    case ROBUST_WIDE: return ZE(c, "数值太大", "figures too large");
    case ROBUST_DIFFERS: return ZE(c, "得分不只由权重决定", "more than weights decide");
    case ROBUST_BESIDE:
        return ZE(c, "它还影响一票否决、适用、权重或分组",
                  "it also acts on a veto, 适用, weights or segments");
    case ROBUST_MANY: return ZE(c, "同时起作用的假设太多", "too many assumptions meet");
    case ROBUST_FAILS: return ZE(c, "这样改了算不下去", "the document so changed cannot be scored");
    case ROBUST_SHAKEN: break;
    }
    return "";
}

/* "12", or "10~12" between the ends of an open score. */
static Str both(struct cli *c, const struct robust_subject *s, uint32_t low, uint32_t high)
{
    return s->open && low != high ? arena_fmt(c->arena, "%u~%u", high, low)
                                  : arena_fmt(c->arena, "%u", low);
}

static Str grades(const struct robust_view *v, const struct robust_place *p)
{
    struct buf b;
    buf_init(&b, v->c->arena, 4096);
    for (uint32_t g = 0; g < v->r->label_n; g++)
        if (p->grade[g] > 0)
            buf_fmt(&b, "%s%.*s %.*s", b.n > 0 ? " " : "", STR_ARG(v->r->label[g]),
                    STR_ARG(percent(v->c, p->grade[g], v->r->opts.draws)));
    return buf_str(&b);
}

static Str mover(const struct robust_view *v, const struct robust_place *p)
{
    return p->mover < 0
               ? S("")
               : arena_fmt(v->c->arena, "%.*s %+d/%+d",
                           STR_ARG(robust_factor_name(v, (uint32_t)p->mover)), p->by[0], p->by[1]);
}

/* ---- text ---- */

/* Subjects whose grade is the same in every draw. */
static uint32_t settled(const struct robust *r)
{
    uint32_t n = 0;
    for (uint32_t i = 0; i < r->subject_n; i++)
        for (uint32_t g = 0; g < r->label_n; g++)
            n += r->subject[i].low.grade[g] == r->opts.draws;
    return n;
}

static void print_head(const struct robust_view *v)
{
    struct cli *c = v->c;
    const struct robust *r = v->r;
    uint64_t ranks = (uint64_t)r->subject_n * r->opts.draws;
    buf_fmt(&c->out, "%.*s\n", STR_ARG(job_title(c, v->j)));
    buf_fmt(&c->out,
            ZE(c, "%.*s：抽样 %u 次，权重浮动 %.*s，种子 %llu。\n",
               "%.*s: %u draws, weights %.*s, seed %llu.\n"),
            STR_ARG(v->j->rules->item[r->score].name), r->opts.draws,
            STR_ARG(spread(c, r->opts.spread_ppm)), (unsigned long long)r->opts.seed);
    buf_fmt(&c->out, ZE(c, "%u 个主体排名", "%u subjects ranked"), r->subject_n);
    if (r->open_n > 0)
        buf_fmt(&c->out,
                ZE(c, "，其中 %u 个得分未定（按低端排，名次写作 高端~低端）",
                   ", %u with open scores (by their low ends, ranks as high~low)"),
                r->open_n);
    if (r->left_out > 0)
        buf_fmt(&c->out,
                ZE(c, "；另有 %u 个没有得分上下界或分组未定，不排",
                   "; %u left out: no bounds, or of unknown segment"),
                r->left_out);
    buf_add(&c->out, str_of(ZE(c, "。\n", ".\n")));
    buf_fmt(&c->out,
            ZE(c, "名次平均变动 %.*s 位（占主体数的 %.*s）。\n",
               "ranks shift by %.*s on average (%.*s of the subjects).\n"),
            STR_ARG(robust_ratio(c, r->shift_sum, ranks, HUNDREDTHS)),
            STR_ARG(percent(c, r->shift_sum, ranks * r->subject_n)));
    if (r->label_n > 0)
        buf_fmt(&c->out,
                ZE(c, "%.*s：%.*s 的主体在每次抽样中都落在同一格次。\n",
                   "%.*s: %.*s of the subjects have one grade in every draw.\n"),
                STR_ARG(v->j->rules->item[r->grade].name),
                STR_ARG(percent(c, settled(r), r->subject_n)));
}

static Str factor_value(const struct robust_view *v, const struct robust_factor *x)
{
    struct cli *c = v->c;
    struct buf b;
    if (x->kind == ROBUST_BOUNDS)
        return spread(c, x->spread_ppm);
    if (x->kind == ROBUST_INSTEAD)
        return str_of(ZE(c, "备选", "instead"));
    buf_init(&b, c->arena, 64);
    dec_print(&b, x->value.m, x->value.scale);
    return buf_str(&b);
}

static Str most_moved(const struct robust_view *v, const struct robust_factor *x)
{
    int end = x->shift[1] >= x->shift[0] ? 1 : 0;
    int by = x->most[end];
    return by == 0 ? S("")
                   : arena_fmt(v->c->arena,
                               by < 0 ? ZE(v->c, "前进 %d 位 %.*s", "up %d %.*s")
                                      : ZE(v->c, "后退 %d 位 %.*s", "down %d %.*s"),
                               by < 0 ? -by : by, STR_ARG(subject_name(v, x->most_row[end])));
}

static void print_factors(const struct robust_view *v)
{
    struct cli *c = v->c;
    const struct robust *r = v->r;
    struct grid g;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "只改这一项", "this alone")), false, NAME_COLUMNS);
    grid_column(&g, str_of(ZE(c, "原值", "value")), true, 0);
    grid_column(&g, str_of(ZE(c, "调低：平均变动", "low: mean shift")), true, 0);
    grid_column(&g, str_of(ZE(c, "调高：平均变动", "high: mean shift")), true, 0);
    grid_column(&g, str_of(ZE(c, "变动的主体", "who shift")), true, 0);
    grid_column(&g, str_of(ZE(c, "变动最大", "most")), false, NAME_COLUMNS);
    for (uint32_t i = 0; i < r->factor_n; i++) {
        const struct robust_factor *x = &r->factor[i];
        uint32_t moved = x->moved[0] > x->moved[1] ? x->moved[0] : x->moved[1];
        grid_cell(&g, robust_factor_name(v, i));
        grid_cell(&g, factor_value(v, x));
        grid_cell(&g, x->kind == ROBUST_INSTEAD
                          ? S("")
                          : robust_ratio(c, x->shift[0], r->subject_n, HUNDREDTHS));
        grid_cell(&g, robust_ratio(c, x->shift[1], r->subject_n, HUNDREDTHS));
        grid_cell(&g, percent(c, moved, r->subject_n));
        grid_cell(&g, most_moved(v, x));
    }
    buf_char(&c->out, '\n');
    (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* the rest is in --json */
}

static void add_subject(const struct robust_view *v, struct grid *g, const struct robust_subject *s)
{
    struct cli *c = v->c;
    const struct robust_place *a = &s->low, *b = s->open ? &s->high : &s->low;
    grid_cell(g, both(c, s, a->nominal, b->nominal));
    grid_cell(g, subject_name(v, s->row));
    grid_cell(g, both(c, s, a->median, b->median));
    grid_cell(g, arena_fmt(c->arena, "%u~%u", b->p05, a->p95));
    grid_cell(g, percent(c, a->top, v->r->opts.draws));
    if (v->r->label_n > 0)
        grid_cell(g, grades(v, a));
    grid_cell(g, mover(v, a));
}

static bool is_behind(const void *ctx, uint32_t a, uint32_t b)
{
    const struct robust *r = ctx;
    return r->subject[a].low.nominal > r->subject[b].low.nominal;
}

static void print_subjects(const struct robust_view *v)
{
    struct cli *c = v->c;
    const struct robust *r = v->r;
    struct grid g;
    uint32_t *at = order_rows(c->arena, r->subject_n, is_behind, r);
    uint32_t n = c->args.given[OPT_ALL] || r->subject_n < ROWS_SHOWN ? r->subject_n : ROWS_SHOWN;
    grid_open(&g, c->arena);
    grid_column(&g, str_of(ZE(c, "名次", "rank")), true, 0);
    grid_column(&g, str_of(ZE(c, "主体", "subject")), false, NAME_COLUMNS);
    grid_column(&g, str_of(ZE(c, "中位", "median")), true, 0);
    grid_column(&g, S("5%~95%"), true, 0);
    grid_column(&g, arena_fmt(c->arena, ZE(c, "进前 %u", "top %u"), r->opts.top_n), true, 0);
    if (r->label_n > 0)
        grid_column(&g, v->j->rules->item[r->grade].name, false, GRADES_COLUMNS);
    grid_column(
        &g,
        str_of(ZE(c, "最受影响于（调低/调高，+ 为后退）", "moved most by (low/high, + is down)")),
        false, NAME_COLUMNS);
    for (uint32_t i = 0; i < n; i++)
        add_subject(v, &g, &r->subject[at[i]]);
    buf_char(&c->out, '\n');
    (void)grid_print(&c->out, &g, 0, (size_t)term_columns()); /* the rest is in --json */
    if (n < r->subject_n)
        buf_fmt(&c->out,
                ZE(c, "……共 %u 个主体，这里是前 %u 个；全部见 --all 或 --json。\n",
                   "... %u subjects, the first %u shown; all with --all or --json.\n"),
                r->subject_n, n);
}

static void print_kept(const struct robust_view *v)
{
    struct cli *c = v->c;
    for (uint32_t i = 0; i < v->r->kept_n; i++)
        buf_fmt(&c->out,
                v->r->kept[i].assumed ? ZE(c, "未试“%.*s”的浮动或备选：%s。\n",
                                           "not tried, what %.*s may vary: %s.\n")
                                      : ZE(c, "未动“%.*s”各下级的权重：%s。\n",
                                           "left alone, the weights below %.*s: %s.\n"),
                STR_ARG(v->j->rules->item[v->r->kept[i].item].name),
                why_kept(c, v->r->kept[i].why));
}

/* ---- the verb ---- */

static int shake(struct cli *c, const struct job *j, struct robust_opts *o, struct robust **r)
{
    int threads = 0, score;
    int code = find_score(c, j, &score);
    if (code != 0)
        return code;
    if (c->args.given[OPT_THREADS])
        (void)args_int(c->args.value[OPT_THREADS], &threads); /* job_run looked at it */
    cli_progress(c, ZE(c, "抽样 %u 次……", "%u draws ..."), o->draws);
    struct workers *w = workers_open(c->arena, (uint32_t)threads);
    o->workers = w;
    enum status st = robust_run(c->arena, r, j->res, (uint32_t)score, o);
    workers_close(w);
    if (st == OK)
        return 0;
    struct robust_view v = {.c = c, .j = j, .r = *r};
    print_kept(&v);
    return cli_fail(
        c, st,
        ZE(c, "“%.*s”没有可以浮动的权重、界限或备选，或没有一个主体有得分。",
           "“%.*s” has no weights, bounds or alternatives to move, or no subject has a score."),
        STR_ARG(j->rules->item[score].name));
}

int cmd_robust(struct cli *c)
{
    struct job j = {0};
    struct robust_opts o;
    struct robust *r;
    int code = read_opts(c, &o);
    if (code == 0)
        code = job_all(c, &j);
    if (code == 0)
        code = shake(c, &j, &o, &r);
    if (code == 0)
        code = cli_output_open(c);
    if (code != 0)
        return code;
    struct robust_view v = {.c = c, .j = &j, .r = r};
    if (c->args.given[OPT_JSON]) {
        robust_json(&v);
    } else {
        print_head(&v);
        print_factors(&v);
        print_subjects(&v);
        print_kept(&v);
    }
    return cli_output_close(c, true);
}
