#include "test/trust/world.h"

#include <signal.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "access/account.h"
#include "access/assign.h"
#include "access/consent.h"
#include "access/session.h"
#include "access/token.h"
#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/moment.h"
#include "base/str.h"
#include "load/load.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/thread.h"
#include "record/record.h"
#include "run/run.h"
#include "test/help/pg.h"

static const char KIND[] =
    "# 企业\n- 类: 主体\n- 版本: 示例.1\n- 状态: 示例\n- 来源: 测试\n- 身份: 代码\n"
    "- 名称: 名称\n- 属地: 属地\n\n"
    "## 字段\n\n| 名称 | 类型 | 单位 | 期间 | 分级 |\n|---|---|---|---|---|\n"
    "| 代码 | 文本 | | | 公开 |\n"
    "| 名称 | 文本 | | | 公开 |\n| 属地 | 区划 | | | 公开 |\n| 联系电话 | 文本 | | | 个人 |\n"
    "| 研发费用 | 数 | 元 | 年 | 敏感 |\n| 营业收入 | 数 | 元 | 年 | 敏感 |\n";
static const char FIRMS[] =
    "代码,名称,属地,联系电话,研发费用@2025,营业收入@2025\n"
    "E1,甲公司,320582100,13800000001,101,1001\nE2,乙公司,320582100,13800000002,102,1002\n"
    "E3,丙公司,320582101,13800000003,103,1003\nE4,丁公司,320582101,13800000004,104,1004\n"
    "E5,戊公司,320582101,13800000005,105,1005\nE6,己公司,320582101,13800000006,106,1006\n";

static const int64_t DAY_US = INT64_C(86400000000);

/* An act of the county, under way. */
struct doing {
    struct world *w;
    struct act act;
    struct access_desk desk;
};

static enum status start(struct doing *d, struct world *w, int64_t at_us)
{
    *d = (struct doing){.w = w};
    TRY(db_begin(w->k.w));
    TRY(act_begin(&d->act, w->k.w, w->k.a, WORK_COUNTY, at_us));
    d->desk = (struct access_desk){.act = &d->act, .access = w->access, .diags = &w->k.ds};
    return OK;
}

static enum status finish(struct doing *d, enum status st)
{
    struct act_words words = {S("world"), S("world"), S("x"), S("{}")};
    if (st == OK)
        st = act_end(&d->act, &words);
    if (st == OK)
        st = db_commit(d->w->k.w);
    if (st != OK)
        db_rollback(d->w->k.w);
    return st;
}

/* --- subjects --- */

static enum status add_firms(struct doing *d)
{
    struct record r = record_of(&d->act);
    struct rules *kind;
    struct dataset *data;
    struct record_counts n;
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    bool changed;
    int period;
    struct arena *a = d->w->k.a;
    TRY(act_county(&d->act, S("示例县"), DIGEST_SM3));
    TRY(record_kind_put(&r, a, &changed, str_of(KIND), &d->w->k.ds));
    TRY(record_kind_get(d->w->k.w, a, &kind, WORK_COUNTY, WORLD_KIND, RECORD_NOW));
    TRY(load_csv(a, &data, &period, kind, str_of(FIRMS), &o, &d->w->k.ds));
    struct record_report in = {
        .kind = kind, .data = data, .day = 20000, .source = S("测试"), .reporter = S("测试")};
    TRY(record_report_add(&r, &in, &n));
    for (int i = 1; i <= WORLD_FIRMS; i++)
        TRY(record_subject(d->w->k.w, WORK_COUNTY, WORLD_KIND, arena_fmt(a, "E%d", i),
                           &d->w->firm[i]));
    return OK;
}

/* --- a run, published, so that its results are columns --- */

static const char RULES[] =
    "# 规模与研发\n- 版本: 1\n- 状态: 示例\n- 来源: 测试\n- 对象: 企业\n- 身份: 代码\n\n"
    "## 字段\n\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n| 代码 | 文本 | | |\n"
    "| 研发费用 | 数 | 元 | 年 |\n| 营业收入 | 数 | 元 | 年 |\n\n"
    "## 评分 得分\n- 式: 研发费用 / 营业收入 * 100\n- 满分: 100\n\n"
    "## 格次 格次\n- 依据: 得分\n\n| 得分 | 格次 |\n|---|---|\n| >= 10.05 | 甲 |\n"
    "| < 10.05 | 乙 |\n";

enum run_step { NEW, COMPUTE, REVIEW, PUBLISH, RUN_STEPS };

static enum status take_step(struct world *w, enum run_step step, int64_t at_us)
{
    static const char *const ACTOR[] = {"draft", "compute", "review", "publish"};
    struct doing d;
    int64_t run = 1;
    TRY(start(&d, w, at_us));
    struct run_desk desk = {&d.act, str_of(ACTOR[step]), 20600, &w->k.ds};
    struct run_draft draft = {S("示例"), str_of(RULES), 20600, 2025, 0};
    struct run_notice notice = {20600, 3, w->calendar};
    switch (step) {
    case NEW: return finish(&d, run_new(&desk, &draft, &run));
    case COMPUTE: return finish(&d, run_compute(&desk, run, NULL));
    case REVIEW: return finish(&d, run_review(&desk, run, S("看过")));
    case PUBLISH: return finish(&d, run_publish(&desk, run, &notice));
    case RUN_STEPS: break;
    }
    return ERR_IO;
}

static enum status add_run(struct world *w, int64_t at_us)
{
    int err;
    Str path = arena_fmt(w->k.a, "%s/packs/national/工作日历.csv", GECI_SOURCE_ROOT);
    TRY(file_read(w->k.a, &w->calendar, path, 1 << 20, &err));
    for (int step = NEW; step < RUN_STEPS; step++)
        TRY(take_step(w, (enum run_step)step, at_us + step));
    return OK;
}

/* --- accounts --- */

static enum status add_account(struct doing *d, enum role role)
{
    struct world *w = d->w;
    enum side side = role_side(role);
    struct account in = {
        .name = str_of(role_name(role)->word),
        .title = S("某人"),
        .side = side,
        .locality = side == SIDE_TOWN ? S("320582100") : S(""),
        .organisation = side == SIDE_BANK ? S("示例银行") : S(""),
        .subject = side == SIDE_ENTERPRISE || side == SIDE_CARRIER || side == SIDE_INSTITUTE
                       ? w->firm[1]
                       : 0,
    };
    w->at[role].role = role;
    return account_add(&d->desk, &in, role, &w->at[role].account);
}

static enum status add_accounts(struct doing *d)
{
    for (int role = ROLE_PUBLIC + 1; role < ROLE_N; role++)
        TRY(add_account(d, (enum role)role));
    return OK;
}

/* E4 to E6 have people of their own, who consent. */
static enum status consent_of(struct world *w, int firm, Str organisation, int64_t at_us,
                              int64_t until_us, bool revoke)
{
    static const Str FIELD[] = {{"研发费用", 12}};
    struct doing d;
    struct caller who;
    struct account in = {.name = arena_fmt(w->k.a, "firm%d", firm),
                         .title = S("某人"),
                         .side = SIDE_ENTERPRISE,
                         .locality = S(""),
                         .organisation = S(""),
                         .subject = w->firm[firm]};
    struct consent c = {.subject = w->firm[firm],
                        .organisation = organisation,
                        .purpose = S("创新积分贷"),
                        .field = FIELD,
                        .field_n = 1,
                        .until_us = until_us};
    int64_t account, number;
    TRY(start(&d, w, at_us));
    enum status st = account_add(&d.desk, &in, ROLE_ENTERPRISE, &account);
    if (st == OK)
        st = account_caller(&(struct access_view){w->k.w, w->k.a, w->access, WORK_COUNTY, at_us},
                            account, &who);
    if (st == OK)
        st = consent_give(&d.desk, &who, &c, &number);
    TRY(finish(&d, st));
    if (!revoke)
        return OK;
    TRY(start(&d, w, at_us + 1));
    return finish(&d, consent_revoke(&d.desk, &who, number));
}

/* --- sessions --- */

static enum status open_session(struct world *w, struct world_account *a, bool sure)
{
    struct doing d;
    Cookie cookie;
    struct caller who;
    bool touch;
    char csrf[KEYED_TEXT_N + 1];
    int64_t now = clock_us();
    TRY(start(&d, w, now));
    TRY(finish(&d, session_open(&d.desk, a->account, S("127.0.0.1"), S("check"), &cookie)));
    /* a login proves who it is: the other session's was ten minutes ago */
    int64_t proved = sure ? now : now - 2 * SESSION_STEP_US;
    TRY(start(&d, w, now + 1));
    struct access_view v = {w->k.w, w->k.a, w->access, WORK_COUNTY, now};
    enum status st = session_find(&v, str_of(cookie.text), &who, &touch);
    if (st == OK)
        st = session_turn(&d.desk, who.session, ROLES_ALL, proved, &cookie);
    TRY(finish(&d, st));
    session_csrf(csrf, str_of(cookie.text));
    *(sure ? &a->sure_cookie : &a->cookie) = arena_copy(w->k.a, str_of(cookie.text));
    *(sure ? &a->sure_csrf : &a->csrf) = arena_copy(w->k.a, str_of(csrf));
    return OK;
}

bool world_session(struct world *w, struct world_account *a, bool sure)
{
    return open_session(w, a, sure) == OK;
}

Str world_headers(struct arena *keep, const struct world_account *a, bool sure)
{
    Str cookie = sure ? a->sure_cookie : a->cookie, csrf = sure ? a->sure_csrf : a->csrf;
    if (a->account == 0)
        return S("");
    return arena_fmt(keep, "Cookie: geci=%.*s\r\nX-CSRF-Token: %.*s\r\n", STR_ARG(cookie),
                     STR_ARG(csrf));
}

/* --- guests --- */

enum { ALL_FIRMS = (1 << (WORLD_FIRMS + 1)) - 2, AHEAD = 30 };

static const struct {
    const char *who;
    enum role role;
    const char *locality, *organisation;
    uint32_t more; /* roles */
    unsigned firms;
    uint32_t scopes;
} GUEST[WORLD_GUESTS] = {
    {"a judge given E3", ROLE_JUDGE, "", "", 0, 1 << 3, 0},
    {"a judge given E2 and E3, tied to E2 since", ROLE_JUDGE, "", "", 0, 1 << 3, 0},
    {"an officer lent the leader's role", ROLE_OFFICER, "", "", 1 << ROLE_LEADER, ALL_FIRMS, 0},
    {"an officer to whom it was lent till yesterday", ROLE_OFFICER, "", "", 0, ALL_FIRMS, 0},
    {"another bank, with E2's consent", ROLE_BANK, "", "示例基金", 0, 1 << 2, 0},
    {"a county's town", ROLE_TOWN, "320582", "", 0, ALL_FIRMS, 0},
    {"an officer's token that reads", ROLE_OFFICER, "", "", 0, ALL_FIRMS, TOKEN_READ},
    {"an officer's token for a screen", ROLE_OFFICER, "", "", 0, ALL_FIRMS, TOKEN_SCREEN},
    {"a leader's token for the ledger", ROLE_LEADER, "", "", 0, 0, TOKEN_LEDGER},
    {"an officer's token that writes", ROLE_OFFICER, "", "", 0, 0, TOKEN_WRITE},
};
enum { GUEST_JUDGE, GUEST_TIED, GUEST_LENT, GUEST_LENT_ONCE };

static enum status add_guest(struct doing *d, int i)
{
    struct world_guest *g = &d->w->guest[i];
    struct account in = {.name = arena_fmt(d->w->k.a, "guest%d", i),
                         .title = S("某人"),
                         .side = role_side(GUEST[i].role),
                         .locality = str_of(GUEST[i].locality),
                         .organisation = str_of(GUEST[i].organisation)};
    *g = (struct world_guest){.who = GUEST[i].who,
                              .at = {.role = GUEST[i].role},
                              .roles = ROLE_BIT(GUEST[i].role) | GUEST[i].more,
                              .firms = GUEST[i].firms,
                              .scopes = GUEST[i].scopes};
    return account_add(&d->desk, &in, GUEST[i].role, &g->at.account);
}

static enum status give(struct doing *d, int guest, int firm)
{
    int64_t number;
    struct assignment x = {.account = d->w->guest[guest].at.account,
                           .subject = d->w->firm[firm],
                           .kind = WORLD_KIND,
                           .task = S("评审"),
                           .last = moment_day(clock_us(), ZONE_CHINA) + AHEAD};
    return assign_give(&d->desk, &x, &number);
}

static enum status lend(struct doing *d, int guest, int first, int last)
{
    int64_t number;
    Day today = moment_day(clock_us(), ZONE_CHINA);
    struct lending x = {.lender = d->w->at[ROLE_LEADER].account,
                        .borrower = d->w->guest[guest].at.account,
                        .role = ROLE_LEADER,
                        .first = today + first,
                        .last = today + last,
                        .why = S("出差")};
    return account_lend(&d->desk, &x, &number);
}

static enum status tie(struct doing *d)
{
    struct tie x = {.account = d->w->guest[GUEST_TIED].at.account,
                    .subject = d->w->firm[2],
                    .kind = TIE_KIN,
                    .why = S("配偶在该公司任职")};
    TRY(give(d, GUEST_JUDGE, 3));
    TRY(give(d, GUEST_TIED, 2));
    TRY(give(d, GUEST_TIED, 3));
    return assign_tie(&d->desk, &x);
}

static enum status add_guests(struct doing *d)
{
    for (int i = 0; i < WORLD_GUESTS; i++)
        TRY(add_guest(d, i));
    TRY(tie(d));
    TRY(lend(d, GUEST_LENT, 0, AHEAD));
    return lend(d, GUEST_LENT_ONCE, -2, -1);
}

/* By token, or twice by session. */
static enum status let_in(struct world *w, struct world_guest *g)
{
    struct doing d;
    int64_t number;
    char text[TOKEN_TEXT_N + 1];
    if (g->scopes == 0) {
        TRY(open_session(w, &g->at, false));
        return open_session(w, &g->at, true);
    }
    struct token_new in = {g->at.account, S("检查"), g->scopes, clock_us() + AHEAD * DAY_US};
    TRY(start(&d, w, clock_us()));
    TRY(finish(&d, token_make(&d.desk, &in, text, &number)));
    g->token = arena_copy(w->k.a, str_of(text));
    return OK;
}

enum status world_guests(struct world *w)
{
    struct doing d;
    int64_t now = clock_us();
    TRY(db_connect(w->k.db, DB_WRITE, &w->k.w, &w->k.ds));
    TRY(start(&d, w, now - 3 * DAY_US));
    enum status st = finish(&d, add_guests(&d));
    if (st == OK)
        st = consent_of(w, 2, S("示例基金"), now - DAY_US, now + DAY_US, false);
    for (int i = 0; i < WORLD_GUESTS && st == OK; i++)
        st = let_in(w, &w->guest[i]);
    db_disconnect(w->k.w);
    w->k.w = NULL;
    return st;
}

/* --- all of it --- */

static enum status open_sessions(struct world *w)
{
    for (int role = ROLE_PUBLIC + 1; role < ROLE_N; role++) {
        TRY(open_session(w, &w->at[role], false));
        TRY(open_session(w, &w->at[role], true));
    }
    return OK;
}

static enum status fill(struct world *w)
{
    struct doing d;
    int64_t now = clock_us();
    TRY(start(&d, w, now - 20 * DAY_US));
    TRY(finish(&d, add_firms(&d)));
    TRY(add_run(w, now - 20 * DAY_US + 1));
    TRY(start(&d, w, now - 19 * DAY_US));
    TRY(finish(&d, add_accounts(&d)));
    TRY(consent_of(w, 4, S("示例银行"), now - 10 * DAY_US, now + 10 * DAY_US, false));
    TRY(consent_of(w, 5, S("示例银行"), now - 10 * DAY_US, now - DAY_US, false));
    TRY(consent_of(w, 6, S("示例银行"), now - 10 * DAY_US, now + 10 * DAY_US, true));
    return open_sessions(w);
}

void world_outside(struct world *w)
{
    static const Str SINK[] = {{"127.0.0.1:9", 11}};
    w->outside = (struct outside_rules){.allow = SINK, .allow_n = ARRAY_N(SINK)};
    w->rerank = (struct rerank_options){.url = S("http://127.0.0.1:9/v1/rerank"),
                                        .model = S("示例"),
                                        .title = S("示例"),
                                        .key = S(""),
                                        .level = PROTECT_PUBLIC,
                                        .wait_s = 1,
                                        .weight = 500};
}

static void serve(void *arg)
{
    struct world *w = arg;
    w->ended = api_wait(w->api);
}

/* The store as a server opens it: guarded, and as PostgreSQL's role that owns nothing. */
static enum status serve_as(struct world *w, Str url)
{
    struct db_opts o = {.mode = DB_WRITE, .guard = true, .busy_ms = 20000};
    Str served = str_starts(url, S("postgres")) ? arena_fmt(w->k.a, "%s", pg_served(url.p)) : url;
    TRY(db_open(w->k.a, &w->k.db, served, &o, &w->k.ds));
    struct db_conn *opened_with;
    TRY(db_connect(w->k.db, DB_WRITE, &opened_with, &w->k.ds));
    db_disconnect(opened_with);
    db_confine(w->k.db, WORK_COUNTY);
    return OK;
}

static enum status fill_all(struct world *w, Str url)
{
    TRY(work_open(&w->k, url, NULL));
    keyed_init();
    w->key = secret_new();
    TRY(access_open(&w->access, &w->key));
    TRY(fill(w));
    db_disconnect(w->k.w);
    db_close(w->k.db);
    w->k.w = NULL;
    return serve_as(w, url);
}

static enum status serve_all(struct world *w)
{
    struct api_options o = {.db = w->k.db,
                            .county = WORK_COUNTY,
                            .access = w->access,
                            .calendar = w->calendar,
                            .origin = S(""),
                            .outside = w->outside,
                            .rerank = w->rerank,
                            .unlimited = true};
    o.http = (struct http_options){
        .listen = "127.0.0.1:0", .loops = 2, .log_fd = -1, .quiet_signals = true};
    TRY(api_open(w->k.a, &w->api, &o, &w->k.ds));
    w->port = api_port(w->api);
    while (!api_filled(w->api))
        (void)usleep(1000);
    return thread_start(w->k.a, &w->thread, serve, w);
}

static bool said(struct world *w, enum status st)
{
    for (size_t i = 0; i < w->k.ds.n; i++) {
        struct buf b;
        buf_init(&b, w->k.a, 4096);
        diag_text(&b, &w->k.ds.at[i], LANG_EN);
        fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&b)));
    }
    if (st != OK)
        fprintf(stderr, "the county could not be made: status %d\n", (int)st);
    return st == OK;
}

bool world_fill(struct world *w, Str url)
{
    *w = (struct world){0};
    return said(w, fill_all(w, url));
}

bool world_serve(struct world *w)
{
    return said(w, serve_all(w));
}

bool world_open(struct world *w, Str url)
{
    return world_fill(w, url) && world_serve(w);
}

bool world_fork(struct world *w, struct world_process *out)
{
    int line[2];
    if (pipe(line) != 0)
        return false;
    (void)fflush(NULL);
    out->pid = fork();
    if (out->pid == 0) {
        (void)prctl(PR_SET_PDEATHSIG, SIGKILL); /* none is left behind by a check that dies */
        if (world_serve(w) && write(line[1], &w->port, sizeof w->port) > 0)
            for (;;)
                (void)pause();
        _exit(1);
    }
    (void)close(line[1]);
    bool up = read(line[0], &out->port, sizeof out->port) == sizeof out->port;
    (void)close(line[0]);
    return out->pid > 0 && up;
}

void world_kill(struct world_process *p)
{
    (void)kill(p->pid, SIGKILL);
    (void)waitpid(p->pid, NULL, 0);
}

void world_stop(struct world *w)
{
    api_stop(w->api);
    thread_join(w->thread);
}

void world_close(struct world *w)
{
    world_stop(w);
    access_close(w->access);
    work_close(&w->k);
}
