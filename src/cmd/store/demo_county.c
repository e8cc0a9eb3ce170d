/* demo_county.c - `demo --db`: a fictitious county in a new store, and what to try on it. */
#include "base/arena.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/job.h"
#include "cmd/serve/access.h"
#include "cmd/store/demo.h"
#include "cmd/store/store.h"
#include "demo/demo.h"
#include "ledger/ledger.h"
#include "os/clock.h"
#include "os/workers.h"
#include "sql.h"

#define COUNTY S("320582")

static int read_scale(struct cli *c, int *percent)
{
    Str s = c->args.value[OPT_SCALE];
    *percent = 100;
    if (!c->args.given[OPT_SCALE])
        return 0;
    if (str_ends(s, S("%")) && args_int(str_sub(s, 0, s.n - 1), percent) && *percent >= 1 &&
        *percent <= 100)
        return 0;
    return cli_usage(c, ZE(c, "--scale 应为 1%% 到 100%%。", "--scale is from 1%% to 100%%."));
}

static int read_request(struct cli *c, struct demo_opts *o, int *threads)
{
    *o = (struct demo_opts){.seed = 1, .file = embed_file, .ctx = c};
    int code = read_scale(c, &o->percent);
    if (code == 0 && c->args.given[OPT_SEED] && !args_u64(c->args.value[OPT_SEED], &o->seed))
        code = cli_usage(c, "%s",
                         ZE(c, "--seed 应为不超过 19 位的整数。",
                            "--seed is a whole number of at most 19 digits."));
    return code == 0 ? job_threads(c, threads) : code;
}

/* Nobody's county may be mixed with a fictitious one. */
static int only_new(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_county_all_row row;
    bool any = false;
    enum status st = db_begin(s->conn);
    if (st == OK)
        st = sql_county_all(s->conn, &rows);
    if (st == OK) {
        any = sql_county_all_next(&rows, &row);
        st = db_rows_end(&rows);
    }
    if (st != OK)
        return store_fail(c, s, st);
    db_rollback(s->conn);
    if (!any)
        return 0;
    store_close(s);
    return cli_fail(c, ERR_INPUT, "%s",
                    ZE(c, "库里已经有县了；示范县只放进新数据库，请换一个 --db",
                       "the store has a county already; the demonstration needs a new one"));
}

static void tell(void *ctx, enum demo_stage stage, int year)
{
    static const char *const words[DEMO_STAGE_N][2] = {
        [DEMO_KINDS] = {"登记县和种类文档", "the county and its kinds"},
        [DEMO_REGISTERS] = {"企业、专家、平台、载体、机构、项目、需求",
                            "firms, experts, platforms, carriers, projects, needs"},
        [DEMO_FIGURES] = {"各区镇上报数据，核实、退回、更正",
                          "figures from the towns, verified and returned"},
        [DEMO_RUNS] = {"测算、复核、公示", "computing, review, notice"},
        [DEMO_MONEY] = {"积分、预算、兑现、支付", "points, budgets, conversion, payments"},
        [DEMO_ACCOUNTS] = {"账号", "accounts"},
        [DEMO_CASES] = {"办件：需求揭榜、走访、预约", "cases: calls, visits, bookings"},
    };
    struct cli *c = ctx;
    cli_progress(c, ZE(c, "示范县 %d 年：%s……", "%d: %s ..."), year, words[stage][c->lang]);
}

/* --- what to say at the end --- */

static void say_counts(struct cli *c, const struct demo_counts *n)
{
    buf_fmt(
        &c->out,
        ZE(c,
           "  区镇 %lld 个；企业 %lld 家，其中 %lld 家参评、有三年数据；"
           "专家 %lld 名（都不是真人）\n"
           "  平台 %lld 个；孵化载体 %lld 家；新型研发机构 %lld 家；"
           "招商项目 %lld 个；技术需求 %lld 项；科技成果 %lld 项；办件 %lld 件\n"
           "  %lld 个行为（首尾相连的记录），%lld 行数据 %lld 个数，"
           "核实或退回 %lld 行，测算 %lld 次，积分和资金业务 %lld 笔\n",
           "  localities %lld; firms %lld, of which %lld are scored and have three years of "
           "figures; experts %lld, nobody real\n"
           "  platforms %lld; carriers %lld; R&D institutes %lld; investment leads %lld; needs "
           "%lld; achievements %lld; cases %lld\n"
           "  %lld acts in a chain, %lld lines with %lld facts, %lld lines verified or returned, "
           "%lld runs, %lld operations of points and money\n"),
        (long long)n->towns, (long long)n->firms, (long long)n->scored, (long long)n->experts,
        (long long)n->platforms, (long long)n->carriers, (long long)n->institutes,
        (long long)n->leads, (long long)n->needs, (long long)n->results, (long long)n->cases,
        (long long)n->acts, (long long)n->lines, (long long)n->facts, (long long)n->marks,
        (long long)n->runs, (long long)n->money_ops);
}

static void say_next(struct cli *c, Str url, const struct demo_counts *n)
{
    long long run = (long long)n->corrected;
    buf_fmt(&c->out,
            ZE(c, "\n接着试：\n  export GECI_DB=%.*s\n", "\ntry next:\n  export GECI_DB=%.*s\n"),
            STR_ARG(url));
    buf_fmt(&c->out,
            ZE(c,
               "  geci run list                    历次测算，各走到哪一步\n"
               "  geci run show %lld                  一次测算的来历：这一次因异议成立而更正\n"
               "  geci compare %lld %lld                 更正前后差在哪里\n"
               "  geci explain --run %lld --id %.*s\n"
               "                                   为什么是这个分，怎样能提高\n"
               "  geci history 科技型企业 %.*s 研发费用\n"
               "                                   这个数谁报的、改过几次\n"
               "  geci export 产业专家 -o 专家.csv\n"
               "                                   把库里的数据写成表\n"
               "  geci verify %lld                    按存下的规则和快照重算，逐字节核对\n"
               "  geci audit verify                整条记录没有被改过\n",
               "  geci run list                    the runs, and how far each has come\n"
               "  geci run show %lld                  where one stands: corrected after an appeal\n"
               "  geci compare %lld %lld                 what the correction changed\n"
               "  geci explain --run %lld --id %.*s\n"
               "                                   why this score, and what would raise it\n"
               "  geci history 科技型企业 %.*s 研发费用\n"
               "                                   who reported this figure, how often it changed\n"
               "  geci export 产业专家 -o experts.csv\n"
               "                                   the facts of the store as a table\n"
               "  geci verify %lld                    computed again, byte for byte\n"
               "  geci audit verify                nobody changed the records behind our back\n"),
            run, run - 1, run, run, STR_ARG(n->appealed), STR_ARG(n->appealed), run);
}

static void say_money(struct cli *c, const struct demo_counts *n)
{
    Str paid = ledger_id_str(c->arena, n->payment), joint = ledger_id_str(c->arena, n->joint);
    buf_fmt(&c->out,
            ZE(c,
               "  geci ledger payments             积分兑现和两级联动资助，支付到了哪一步\n"
               "  geci ledger trace %-14.*s 一笔兑现：从钱到两人审批、决定、凭证、哈希\n"
               "  geci ledger trace %-14.*s 一笔联动资助\n"
               "  geci ledger verify               账目从头核对\n",
               "  geci ledger payments             points and grants of two levels on their way\n"
               "  geci ledger trace %-14.*s points paid: approvals, decision, receipt, hashes\n"
               "  geci ledger trace %-14.*s a grant of two levels\n"
               "  geci ledger verify               do the books add up\n"),
            STR_ARG(paid), STR_ARG(joint));
}

static void say(struct cli *c, Str url, const struct demo_counts *n, int64_t ms)
{
    cli_paint(
        c, PAINT_BOLD,
        str_of(ZE(c, "张家港市（示例）：示范县已建好", "Zhangjiagang (example): a county to try")));
    buf_fmt(&c->out, ZE(c, "，用时 %lld.%lld 秒\n", ", made in %lld.%lld s\n"),
            (long long)(ms / 1000), (long long)(ms % 1000 / 100));
    say_counts(c, n);
    cli_paint(
        c, PAINT_DIM,
        str_of(ZE(
            c, "  主体个数与公开的实际规模相当，其余都是按种子生成的虚构示例，不是任何人的数据。\n",
            "  Only the numbers of subjects are real; all else is made up from the seed.\n")));
    say_next(c, url, n);
    say_money(c, n);
}

static enum status say_accounts(struct cli *c, struct store *s)
{
    cli_paint(c, PAINT_BOLD, str_of(ZE(c, "\n示例账号", "\naccounts to try")));
    buf_fmt(&c->out, ZE(c, "，口令都是 %s\n", ", every password is %s\n"), DEMO_PASSWORD);
    TRY(db_begin(s->conn));
    s->county = COUNTY;
    TRY(user_table(c, s, true));
    db_rollback(s->conn);
    buf_fmt(&c->out,
            ZE(c, "  geci serve --db %.*s      开通接口和网页，用它们登录\n",
               "  geci serve --db %.*s      serves the API and the pages to them\n"),
            STR_ARG(db_url(s->db)));
    cli_paint(c, PAINT_DIM,
              str_of(ZE(c, "  口令人人都知道：示范县不要对外开放，也不要放真的数据。\n",
                        "  Everybody knows the password: serve it to nobody else, and keep "
                        "nothing real in it.\n")));
    return OK;
}

int demo_county(struct cli *c)
{
    struct demo_opts o;
    struct demo_counts n;
    struct store s;
    int threads = 0;
    int64_t start = clock_ms();
    int code = read_request(c, &o, &threads);
    if (code == 0)
        code = store_open_new(c, &s);
    if (code == 0)
        code = only_new(c, &s);
    if (code != 0)
        return code;
    code = access_key_open(c, &o.access);
    if (code != 0) {
        store_close(&s);
        return code;
    }
    o.tell = tell;
    o.workers = workers_open(c->arena, (uint32_t)threads);
    enum status st = demo_fill(s.conn, COUNTY, &o, &n, &s.diags);
    workers_close(o.workers);
    access_close(o.access);
    if (st != OK)
        return store_fail(c, &s, st);
    say(c, db_url(s.db), &n, clock_ms() - start);
    st = say_accounts(c, &s);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return 0;
}
