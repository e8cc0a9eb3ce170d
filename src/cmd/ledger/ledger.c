/* ledger.c - the verbs of `ledger` that write: an operation, or many, in one act of the store. */
#include "cmd/ledger/ledger.h"

#include "base/arena.h"
#include "base/csv.h"
#include "base/decimal.h"
#include "base/str.h"
#include "ledger/many.h"
#include "ledger/receipt.h"
#include "os/clock.h"
#include "os/file.h"
#include "run/run.h"

enum { FILE_MAX = 1 << 28 };

/* ---- words ---- */

/* A decimal of at most `decimals` as an integer; exit code. */
static int number_of_option(struct cli *c, enum opt o, int decimals, int64_t *out)
{
    if (!c->args.given[o] || ledger_parse_amount(out, c->args.value[o], decimals))
        return 0;
    return cli_usage(c,
                     ZE(c, "--%s “%.*s”应为不小于零、最多 %d 位小数的数。",
                        "--%s “%.*s” is a number from 0 with at most %d decimals."),
                     option_info(o)->name, STR_ARG(c->args.value[o]), decimals);
}

static int year_of_option(struct cli *c, enum opt o, int *out)
{
    if (!c->args.given[o] || (args_int(c->args.value[o], out) && *out >= 1 && *out <= 9999))
        return 0;
    return cli_usage(c, ZE(c, "--%s “%.*s”不是年份。", "--%s “%.*s” is no year."),
                     option_info(o)->name, STR_ARG(c->args.value[o]));
}

static int day_of_option(struct cli *c, enum opt o, Day *day)
{
    if (!c->args.given[o] || day_parse(day, c->args.value[o]))
        return 0;
    return cli_usage(c, ZE(c, "--%s “%.*s”不是日期。", "--%s “%.*s” is no day."),
                     option_info(o)->name, STR_ARG(c->args.value[o]));
}

int ledger_id_operand(struct cli *c, int64_t *out)
{
    if (ledger_parse_id(out, c->args.operand[0]))
        return 0;
    return cli_usage(c,
                     ZE(c, "“%.*s”不是业务号，写成 12-0 这样。",
                        "“%.*s” is no number of an operation; it looks like 12-0."),
                     STR_ARG(c->args.operand[0]));
}

/* ---- one act ---- */

int desk_open(struct cli *c, struct desk *d)
{
    *d = (struct desk){.c = c, .today = clock_today()};
    int code = day_of_option(c, OPT_TODAY, &d->today);
    if (code == 0)
        code = store_open(c, &d->store, DB_WRITE);
    if (code == 0)
        code = store_begin(c, &d->store);
    if (code != 0)
        return code;
    d->tmp = arena_open();
    ledger_begin(&d->ledger, &d->store.act, d->tmp, &d->store.diags);
    return 0;
}

static void desk_close(struct desk *d)
{
    ledger_end(&d->ledger);
    arena_close(d->tmp);
}

int desk_fail(struct desk *d, enum status st)
{
    desk_close(d);
    return store_fail(d->c, &d->store, st);
}

static struct run_view view_of(struct desk *d)
{
    return (struct run_view){d->store.conn, d->c->arena, d->store.county, NULL, &d->store.diags};
}

/* What it stands on: looked up. */
static int desk_receipt(struct desk *d, struct ledger_op *op)
{
    struct run_view v = view_of(d);
    enum status st = ledger_receipt(&v, op);
    return st == OK ? 0 : desk_fail(d, st);
}

/* By whom and on which day. */
static struct ledger_op *desk_op(struct desk *d, struct ledger_op *op)
{
    op->who = d->store.actor;
    op->day = d->today;
    op->day_said = d->c->args.given[OPT_TODAY];
    return op;
}

int desk_do(struct desk *d, struct ledger_op *op, struct ledger_done *done)
{
    if (op->client.n == 0)
        op->client = ledger_own_client(d->c->arena, &d->ledger);
    d->op_n++;
    enum status st = ledger_do(&d->ledger, desk_op(d, op), done);
    return st == OK ? 0 : desk_fail(d, st);
}

/* What came of many. */
static int desk_many(struct desk *d, enum status st, const struct ledger_many *m)
{
    d->op_n += m->subject_n;
    return st == OK ? 0 : desk_fail(d, st);
}

int desk_commit(struct desk *d, Str object)
{
    Str verb = arena_fmt(d->c->arena, "%s", d->c->args.verb->name);
    for (size_t i = 0; i < verb.n; i++)
        if (verb.p[i] == ' ')
            verb = arena_fmt(d->c->arena, "ledger.%.*s", (int)(verb.n - i - 1), verb.p + i + 1);
    desk_close(d);
    int code = store_commit(d->c, &d->store, verb, object,
                            arena_fmt(d->c->arena, "{\"operations\":%lld}", (long long)d->op_n));
    if (code == 0)
        store_close(&d->store);
    return code;
}

/* ---- an operation as the options give it ---- */

static const struct {
    const char *verb;
    enum ledger_kind kind;
    enum opt extra; /* what `extra` comes from; OPT_N: nothing */
} KINDS[] = {
    {"open", LEDGER_OPEN, OPT_BUDGET_YEAR},   {"budget", LEDGER_RAISE, OPT_N},
    {"lower", LEDGER_LOWER, OPT_N},           {"allocate", LEDGER_ALLOCATE, OPT_N},
    {"rate", LEDGER_RATE, OPT_HIGH},          {"cap", LEDGER_CAP, OPT_N},
    {"life", LEDGER_LIFE, OPT_YEARS},         {"group", LEDGER_GROUP, OPT_N},
    {"issue", LEDGER_ISSUE, OPT_N},           {"spend", LEDGER_SPEND, OPT_N},
    {"expire", LEDGER_EXPIRE, OPT_N},         {"convert", LEDGER_CONVERT, OPT_N},
    {"settle", LEDGER_CONVERT, OPT_N},        {"reserve", LEDGER_RESERVE, OPT_LAST_DAY},
    {"joint", LEDGER_JOINT, OPT_LAST_DAY},    {"post", LEDGER_POST, OPT_STAGE},
    {"void", LEDGER_VOID, OPT_STAGE},         {"lapse", LEDGER_LAPSE, OPT_N},
    {"pay", LEDGER_REQUEST, OPT_N},           {"amend", LEDGER_AMEND, OPT_VERSION},
    {"approve", LEDGER_APPROVE, OPT_VERSION}, {"cancel", LEDGER_CANCEL, OPT_N},
    {"batch", LEDGER_BATCH, OPT_N},           {"clawback", LEDGER_RECLAIM, OPT_N},
    {"recover", LEDGER_RECOVER, OPT_N},       {"reverse", LEDGER_REVERSE, OPT_N},
};

static int read_extra(struct cli *c, enum opt o, struct ledger_op *op)
{
    Day until = 0;
    if (o == OPT_VERSION)
        op->extra = 1;
    if (o == OPT_N)
        return 0;
    if (o != OPT_LAST_DAY)
        return number_of_option(c, o, o == OPT_HIGH ? LEDGER_FEN_DECIMALS : 0, &op->extra);
    int code = day_of_option(c, o, &until);
    op->extra = until;
    return code;
}

/* The county's own has no name in the ledger. */
static Str level_of(Str named)
{
    return str_eq(named, S("本级")) ? S("") : named;
}

/* 苏州=1,本级=2 or 1,1@2027-06-30 */
static bool read_share(Str word, bool levels, struct ledger_share *out)
{
    Str rest = str_trim(word);
    *out = (struct ledger_share){.level = S("")};
    if (levels) {
        out->level = level_of(str_trim(str_cut(&rest, '=')));
        return ledger_parse_amount(&out->weight, rest, 0);
    }
    Str weight = str_cut(&rest, '@');
    return ledger_parse_amount(&out->weight, weight, 0) &&
           (rest.n == 0 || day_parse(&out->from_day, rest));
}

static int read_shares(struct cli *c, enum opt o, struct ledger_op *op)
{
    struct ledger_share *share = NULL;
    size_t n = 0, cap = 0;
    if (!c->args.given[o])
        return 0;
    for (Str rest = c->args.value[o]; rest.n > 0;) {
        struct ledger_share one;
        if (!read_share(str_cut(&rest, ','), o == OPT_LEVELS, &one))
            return cli_usage(c, ZE(c, "--%s “%.*s”看不懂。", "--%s “%.*s” cannot be read."),
                             option_info(o)->name, STR_ARG(c->args.value[o]));
        VEC_PUSH(c->arena, share, n, cap) = one;
    }
    op->share = share;
    op->share_n = n;
    op->note = c->args.value[o];
    return 0;
}

static int read_figures(struct cli *c, size_t kind, struct ledger_op *op)
{
    int code = year_of_option(c, OPT_YEAR, &op->year);
    if (code == 0)
        code = number_of_option(c, OPT_AMOUNT, LEDGER_FEN_DECIMALS, &op->amount);
    if (code == 0)
        code = number_of_option(c, OPT_POINTS, LEDGER_POINT_DECIMALS, &op->amount);
    if (code == 0)
        code = read_extra(c, KINDS[kind].extra, op);
    if (code == 0)
        code = read_shares(c, OPT_LEVELS, op);
    if (code == 0)
        code = read_shares(c, OPT_STAGES, op);
    return code == 0 && c->args.operand_n > 0 ? ledger_id_operand(c, &op->about) : code;
}

static int read_op(struct cli *c, struct ledger_op *op)
{
    const Str *v = c->args.value;
    Str rest = str_of(c->args.verb->name);
    size_t i = 0;
    (void)str_cut(&rest, ' '); /* “ledger” */
    while (!str_eq(rest, str_of(KINDS[i].verb)))
        i++;
    *op = (struct ledger_op){.kind = KINDS[i].kind,
                             .client = v[OPT_CLIENT],
                             .subject = v[OPT_SUBJECT],
                             .policy = v[OPT_POLICY],
                             .level = level_of(v[OPT_LEVEL]),
                             .item = c->args.given[OPT_LINE] ? v[OPT_LINE] : v[OPT_ONCE],
                             .grp = v[OPT_GROUP],
                             .decision = v[OPT_DECISION],
                             .note = v[OPT_NOTE],
                             .receipt = v[OPT_RECEIPT],
                             .rules = v[OPT_RULES],
                             .snapshot = v[OPT_SNAPSHOT],
                             .evidence = v[OPT_EVIDENCE],
                             .payee = {v[OPT_PAYEE], v[OPT_BANK], v[OPT_ACCOUNT]}};
    return read_figures(c, i, op);
}

static void say_done(struct cli *c, const struct ledger_op *op, const struct ledger_done *done)
{
    bool points = op->kind >= LEDGER_ISSUE && op->kind <= LEDGER_CONVERT;
    Str id = ledger_id_str(c->arena, done->op);
    Str sum =
        points ? ledger_points_str(c->arena, done->amount) : ledger_fen_str(c->arena, done->amount);
    buf_fmt(&c->out, "%.*s %s", STR_ARG(id), ledger_kind_name(op->kind, c->lang));
    Str high = op->kind == LEDGER_RATE ? ledger_fen_str(c->arena, op->extra) : S("");
    if (op->kind == LEDGER_RATE && op->extra > 0)
        sum = arena_fmt(c->arena, "%.*s~%.*s", STR_ARG(sum), STR_ARG(high));
    if (done->amount > 0)
        buf_fmt(&c->out, " %.*s %s", STR_ARG(sum),
                points ? ZE(c, "分", "points") : ZE(c, "元", "yuan"));
    buf_add(&c->out, str_of(done->again ? ZE(c, "（早已办过）\n", " (done before)\n") : "\n"));
}

int cmd_ledger_do(struct cli *c)
{
    struct desk d;
    struct ledger_op op;
    struct ledger_done done;
    int code = read_op(c, &op);
    if (code == 0)
        code = desk_open(c, &d);
    if (code == 0)
        code = desk_receipt(&d, &op);
    if (code == 0)
        code = desk_do(&d, &op, &done);
    if (code == 0)
        code = desk_commit(&d, ledger_id_str(c->arena, done.op));
    if (code == 0)
        say_done(c, &op, &done);
    return code;
}

/* ---- many at once ---- */

static int bad_row(struct desk *d, const struct csv *csv)
{
    struct cli *c = d->c;
    (void)desk_fail(d, ERR_INPUT); /* said below */
    return cli_fail(c, ERR_INPUT,
                    ZE(c, "--data 第 %u 行应为：主体,积分（最多四位小数）",
                       "--data, line %u: expected id,points with at most four decimals"),
                    csv->line);
}

static int issue_rows(struct desk *d, const struct ledger_op *all, Str text, int64_t *sum)
{
    struct csv csv;
    csv_open(&csv, d->c->arena, text);
    for (bool head = true;; head = false) {
        struct ledger_op op = *all;
        struct ledger_done done;
        enum status st = csv_next(&csv, &d->store.diags);
        if (st != OK)
            return desk_fail(d, st);
        if (csv.cell_n == 0)
            return 0;
        if (csv.cell_n < 2 ||
            (!head && !ledger_parse_amount(&op.amount, csv.cell[1].text, LEDGER_POINT_DECIMALS)))
            return bad_row(d, &csv);
        if (head)
            continue;
        op.subject = csv.cell[0].text;
        op.receipt = ledger_each(d->c->arena, all->receipt, op.subject);
        op.client = ledger_each(d->c->arena, all->client, op.subject);
        int code = desk_receipt(d, &op);
        if (code == 0)
            code = desk_do(d, &op, &done);
        if (code != 0)
            return code;
        *sum += done.amount;
    }
}

static void say_issued(struct cli *c, int64_t n, int64_t sum)
{
    Str shown = ledger_points_str(c->arena, sum);
    buf_fmt(&c->out, ZE(c, "发放 %lld 家，共 %.*s 分\n", "%lld subjects, %.*s points in all\n"),
            (long long)n, STR_ARG(shown));
}

static int issue_file(struct cli *c)
{
    struct desk d;
    struct ledger_op op;
    Str bytes, text;
    int err = 0;
    int64_t sum = 0;
    int code = read_op(c, &op);
    if (code != 0)
        return code;
    enum status st = file_read(c->arena, &bytes, c->args.value[OPT_DATA], FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, c->args.value[OPT_DATA], err, false);
    code = desk_open(c, &d);
    if (code != 0)
        return code;
    st = csv_decode(c->arena, &text, bytes, NULL, &d.store.diags);
    if (st != OK)
        return desk_fail(&d, st);
    code = issue_rows(&d, &op, text, &sum);
    if (code == 0)
        code = desk_commit(&d, op.policy);
    if (code == 0)
        say_issued(c, d.op_n, sum);
    return code;
}

static int issue_run(struct cli *c)
{
    struct desk d;
    struct ledger_op op;
    struct ledger_many m;
    int run = 0;
    int code = read_op(c, &op);
    if (code == 0 && (!args_int(op.receipt, &run) || run < 1))
        code = cli_usage(c, ZE(c, "有 --item 时 --receipt 写测算号，不写 --subject",
                               "with --item, --receipt is the number of a run, and no --subject"));
    if (code == 0)
        code = desk_open(c, &d);
    if (code == 0)
        code = desk_many(&d,
                         ledger_issue_run(&d.ledger, c->arena, desk_op(&d, &op), run,
                                          c->args.value[OPT_ITEM], &m),
                         &m);
    if (code == 0)
        code = desk_commit(&d, op.policy);
    if (code != 0)
        return code;
    say_issued(c, m.subject_n, m.points_e4);
    if (m.unknown_n > 0)
        buf_fmt(&c->out,
                ZE(c, "另有 %lld 家的分数还不能确定，没有发放\n",
                   "%lld more have no known score, and got none\n"),
                (long long)m.unknown_n);
    return 0;
}

int cmd_ledger_issue(struct cli *c)
{
    return c->args.given[OPT_DATA]   ? issue_file(c)
           : c->args.given[OPT_ITEM] ? issue_run(c)
                                     : cmd_ledger_do(c);
}

/* The rate is the year's: it is decided by `ledger rate`. */
static int read_limits(struct cli *c, struct simulate_terms *t)
{
    int code = 0;
    *t = (struct simulate_terms){0};
    for (size_t i = 0; i < c->args.set_n && code == 0; i++)
        code = settle_terms(c, c->args.set[i], t);
    if (code != 0 || t->rate_fen == 0)
        return code;
    return cli_usage(c, "%s",
                     ZE(c, "单价是这一年的，用 ledger rate 定；--set 只写 起付、封顶、预算。",
                        "the rate is the year's, see ledger rate; --set has floor, cap, budget."));
}

static void say_limits(struct cli *c, const struct ledger_many *m)
{
    struct buf cut;
    buf_init(&cut, c->arena, 64);
    dec_print(&cut, m->cut_e6, 4); /* of a million, as per cent */
    buf_fmt(&c->out,
            ZE(c, "按条件：封顶 %lld 家，留下积分不兑现 %lld 家，按 %.*s%% 兑现\n",
               "by the terms: %lld capped, %lld keep their points, paid at %.*s %%\n"),
            (long long)m->capped_n, (long long)m->below_n, STR_ARG(buf_str(&cut)));
}

int cmd_ledger_settle(struct cli *c)
{
    struct desk d;
    struct ledger_op op;
    struct ledger_many m;
    struct simulate_terms limits;
    int code = read_op(c, &op);
    if (code == 0)
        code = read_limits(c, &limits);
    if (code == 0)
        code = desk_open(c, &d);
    if (code == 0)
        code = desk_many(&d, ledger_convert_all(&d.ledger, c->arena, desk_op(&d, &op), &limits, &m),
                         &m);
    if (code == 0)
        code = desk_commit(&d, op.policy);
    if (code != 0)
        return code;
    Str points = ledger_points_str(c->arena, m.points_e4),
        rate = ledger_fen_str(c->arena, m.rate_fen);
    Str sum = ledger_fen_str(c->arena, m.fen);
    buf_fmt(&c->out,
            ZE(c, "%lld 家，%.*s 分，每分 %.*s 元，应付 %.*s 元\n",
               "%lld subjects, %.*s points at %.*s yuan: %.*s yuan owed\n"),
            (long long)m.subject_n, STR_ARG(points), STR_ARG(rate), STR_ARG(sum));
    if (c->args.set_n > 0)
        say_limits(c, &m);
    buf_add(
        &c->out,
        str_of(ZE(c, "各家舍去不足一分的部分，合计四舍五入到分；余下的分按舍去多少依次各补一分。\n",
                  "each cut down to the fen, the sum rounded half up; the fen left over go one "
                  "each to those who lost most of a fen.\n")));
    return 0;
}
