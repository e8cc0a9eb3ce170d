#include "test/help/case_help.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access/account.h"
#include "access/assign.h"
#include "access/role.h"
#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "load/load.h"
#include "os/file.h"
#include "record/record.h"
#include "rulebook/rulebook.h"
#include "sql.h"

static const char KIND[] =
    "# 科技型企业\n- 类: 主体\n- 状态: 示例\n- 来源: 测试\n- 身份: 代码\n- 名称: 名称\n"
    "- 属地: 属地\n\n## 字段\n\n| 名称 | 类型 | 单位 | 期间 |\n|---|---|---|---|\n"
    "| 代码 | 文本 | | |\n| 名称 | 文本 | | |\n| 属地 | 区划 | | |\n| 严重失信 | 是否 | | |\n"
    "| 研发费用 | 数 | 万元 | 年 |\n";
static const char FIRMS[] = "代码,名称,属地,严重失信,研发费用@2025\n"
                            "E1,甲公司,320582100,否,800\nE2,乙公司,320582101,否,120.5\n"
                            "E3,丙公司,320582100,是,30\n";

/* Other kinds, with a subject each, at 4 .. of the firms. */
static const struct {
    const char *kind, *id;
} OTHERS[] = {{"产业专家", "X1"}, {"创新平台", "P1"}, {"科技成果", "R1"}, {"区镇", "T1"}};

static const struct {
    const char *name;
    enum role role;
    int firm;
} PEOPLE[] = {
    {"officer", ROLE_OFFICER, 0}, {"officer2", ROLE_OFFICER, 0}, {"leader", ROLE_LEADER, 0},
    {"leader2", ROLE_LEADER, 0},  {"finance", ROLE_FINANCE, 0},  {"auditor", ROLE_AUDITOR, 0},
    {"town", ROLE_TOWN, 0},       {"aa", ROLE_ENTERPRISE, 1},    {"bb", ROLE_ENTERPRISE, 2},
    {"cc", ROLE_ENTERPRISE, 3},   {"ee", ROLE_EXPERT, 4},        {"judge1", ROLE_JUDGE, 0},
    {"judge2", ROLE_JUDGE, 0},    {"judge3", ROLE_JUDGE, 0},     {"judge4", ROLE_JUDGE, 0},
};

/* --- one act --- */

struct doing {
    struct act act;
    struct flow_desk desk;
    struct access_desk access;
};

static enum status start(struct case_world *x, struct doing *d, const char *who)
{
    *d = (struct doing){0};
    TRY(db_begin(x->w));
    TRY(act_begin(&d->act, x->w, x->a, CASE_COUNTY,
                  (int64_t)x->today * INT64_C(86400000000) + ++x->second));
    d->access = (struct access_desk){.act = &d->act, .access = x->access, .diags = x->ds};
    d->desk = (struct flow_desk){
        .act = &d->act, .today = x->today, .calendar = x->calendar, .diags = x->ds};
    if (who != NULL)
        d->desk.who = case_person(x, who);
    flow_begin(&d->desk);
    return OK;
}

static enum status finish(struct case_world *x, struct doing *d, enum status st)
{
    Str actor = d->desk.who.name.n > 0 ? d->desk.who.name : S("tester");
    struct act_words words = {actor, S("case"), S("x"), S("{}")};
    flow_end(&d->desk);
    if (st == OK)
        st = act_end(&d->act, &words);
    if (st == OK)
        return db_commit(x->w);
    db_rollback(x->w);
    return st;
}

/* --- the county --- */

static enum status add_kind(struct case_world *x, struct record *r, Str name, Str text, Str rows)
{
    struct rules *kind;
    struct dataset *data;
    struct record_counts n;
    struct load_opts o = {.period = 2025, .as_of_year = 2026};
    bool changed;
    int period;
    TRY(record_kind_put(r, x->a, &changed, text, x->ds));
    TRY(record_kind_get(x->w, x->a, &kind, CASE_COUNTY, name, RECORD_NOW));
    TRY(load_csv(x->a, &data, &period, kind, rows, &o, x->ds));
    struct record_report in = {
        .kind = kind, .data = data, .day = 20000, .source = S("测试"), .reporter = S("测试")};
    return record_report_add(r, &in, &n);
}

static enum status add_firms(struct case_world *x, struct doing *d)
{
    struct record r = record_of(&d->act);
    TRY(act_county(&d->act, S("示例县"), DIGEST_SM3));
    TRY(add_kind(x, &r, S("科技型企业"), str_of(KIND), str_of(FIRMS)));
    for (int i = 1; i <= 3; i++)
        TRY(record_subject(x->w, CASE_COUNTY, S("科技型企业"), arena_fmt(x->a, "E%d", i),
                           &x->firm[i]));
    return OK;
}

static enum status add_other(struct case_world *x, struct doing *d, size_t i)
{
    struct record r = record_of(&d->act);
    Str name = str_of(OTHERS[i].kind);
    Str text = arena_fmt(x->a,
                         "# %s\n- 类: 主体\n- 状态: 示例\n- 来源: 测试\n- 身份: 编号\n- 名称: "
                         "名称\n- 属地: 属地\n\n## 字段\n\n| 名称 | 类型 |\n|---|---|\n"
                         "| 编号 | 文本 |\n| 名称 | 文本 |\n| 属地 | 区划 |\n",
                         OTHERS[i].kind);
    TRY(add_kind(x, &r, name, text,
                 arena_fmt(x->a, "编号,名称,属地\n%s,某,320582100\n", OTHERS[i].id)));
    return record_subject(x->w, CASE_COUNTY, name, str_of(OTHERS[i].id), &x->firm[4 + i]);
}

static enum status add_people(struct case_world *x, struct doing *d)
{
    int64_t account = 0;
    for (size_t i = 0; i < ARRAY_N(PEOPLE); i++) {
        struct account in = {.name = str_of(PEOPLE[i].name),
                             .title = S("某人"),
                             .side = role_side(PEOPLE[i].role),
                             .locality = PEOPLE[i].role == ROLE_TOWN ? S("320582100") : S(""),
                             .organisation = S(""),
                             .subject = x->firm[PEOPLE[i].firm]};
        TRY(account_add(&d->access, &in, PEOPLE[i].role, &account));
    }
    return assign_tie(&d->access, &(struct tie){.account = account, /* of judge4, the last */
                                                .subject = x->firm[1],
                                                .kind = TIE_EMPLOYER,
                                                .why = S("任职")});
}

static enum status fund(struct case_world *x, Str policy)
{
    struct ledger_done done;
    int year = day_year(x->today);
    struct ledger_op op[] = {
        {.kind = LEDGER_OPEN, .policy = policy, .item = S("2060404"), .year = year, .extra = year},
        {.kind = LEDGER_ALLOCATE, .policy = policy, .year = year, .amount = 1000000000}};
    for (size_t i = 0; i < ARRAY_N(op); i++)
        TRY(case_ledger(x, "finance", &op[i], &done));
    return OK;
}

static enum status fund_all(struct case_world *x, const char *policies)
{
    struct ledger_done done;
    Str rest = str_of(policies);
    int year = day_year(x->today);
    struct ledger_op op[] = {{.kind = LEDGER_OPEN, .item = S("2060404"), .year = year},
                             {.kind = LEDGER_RAISE,
                              .item = S("2060404"),
                              .year = year,
                              .amount = 100000000000,
                              .decision = S("预算")}};
    for (size_t i = 0; i < ARRAY_N(op); i++)
        TRY(case_ledger(x, "finance", &op[i], &done));
    while (rest.n > 0)
        TRY(fund(x, str_cut(&rest, ';')));
    return OK;
}

enum status case_world_fill(struct case_world *x, const char *policies)
{
    struct doing d;
    int err;
    Str path = arena_fmt(x->a, "%s/packs/national/工作日历.csv", GECI_SOURCE_ROOT);
    keyed_init();
    x->key = secret_new();
    TRY(access_open(&x->access, &x->key));
    TRY(file_read(x->a, &x->calendar, path, 1 << 20, &err));
    TRY(start(x, &d, NULL));
    TRY(finish(x, &d, add_firms(x, &d)));
    for (size_t i = 0; i < ARRAY_N(OTHERS); i++) {
        TRY(start(x, &d, NULL));
        TRY(finish(x, &d, add_other(x, &d, i)));
    }
    TRY(start(x, &d, NULL));
    TRY(finish(x, &d, add_people(x, &d)));
    return fund_all(x, policies);
}

void case_world_end(struct case_world *x)
{
    access_close(x->access);
}

static enum status keep(struct case_world *x, const char *path, Sha256 *hash)
{
    struct doing d;
    int err;
    Str text;
    TRY(file_read(x->a, &text, arena_fmt(x->a, "%s/%s", GECI_SOURCE_ROOT, path), 1 << 20, &err));
    TRY(start(x, &d, NULL));
    struct record r = record_of(&d.act);
    return finish(x, &d, content_put(&r, hash, text, S("text/markdown")));
}

void case_keep(struct case_world *x, const char *path)
{
    if (keep(x, path, &x->rules) != OK)
        fprintf(stderr, "%s was not kept\n", path);
}

void case_publish(struct case_world *x, const char *path)
{
    static const char *const WHO[] = {"officer", "officer2", "leader"};
    struct doing d;
    int err;
    int64_t entry = 0;
    Str text;
    enum status st =
        file_read(x->a, &text, arena_fmt(x->a, "%s/%s", GECI_SOURCE_ROOT, path), 1 << 20, &err);
    case_keep(x, path);
    for (size_t i = 0; i < ARRAY_N(WHO) && st == OK; i++) {
        st = start(x, &d, WHO[i]);
        struct rulebook_desk desk = {&d.act, str_of(WHO[i]), x->ds, role_find_bit};
        if (st == OK)
            st = finish(x, &d,
                        i == 0   ? rulebook_draft(&desk, text, &entry)
                        : i == 1 ? rulebook_review(&desk, entry, S("核对过"))
                                 : rulebook_publish(&desk, entry, S("通过")));
    }
    if (st != OK)
        fprintf(stderr, "%s was not published\n", path);
}

/* --- people --- */

static struct flow_view view_of(struct case_world *x)
{
    return (struct flow_view){x->w, x->a, CASE_COUNTY, x->today, x->ds, NULL};
}

struct flow_view case_view(struct case_world *x)
{
    return view_of(x);
}

static int64_t account_of(struct case_world *x, const char *who)
{
    int64_t account = 0;
    if (account_find(x->w, x->a, CASE_COUNTY, str_of(who), &account) != OK)
        fprintf(stderr, "there is no %s\n", who);
    return account;
}

/* Within a transaction. */
struct flow_person case_person(struct case_world *x, const char *who)
{
    struct caller c = {0};
    struct access_view v = {x->w, x->a, x->access, CASE_COUNTY,
                            (int64_t)x->today * INT64_C(86400000000) + x->second};
    if (account_caller(&v, account_of(x, who), &c) != OK)
        fprintf(stderr, "%s is nobody\n", who);
    return flow_person_of(&c);
}

static struct flow_given read_given(struct case_world *x, const char *text)
{
    struct flow_given g = {.why = S("测试")};
    struct flow_value *all = ARENA_ARRAY(x->a, struct flow_value, 40);
    Str rest = str_of(text);
    while (rest.n > 0) {
        Str value = str_cut(&rest, '|'), name = str_cut(&value, '=');
        all[g.n++] = (struct flow_value){.field = name, .value = value};
    }
    g.value = all;
    return g;
}

/* --- steps --- */

enum status case_open(struct case_world *x, const char *who, const char *type, int firm,
                      const char *given, int64_t *number)
{
    struct doing d;
    struct flow_new in = {.rules = x->rules,
                          .type = str_of(type),
                          .title = S(""),
                          .subject = x->firm[firm],
                          .parent = x->above,
                          .given = read_given(x, given)};
    TRY(start(x, &d, who));
    return finish(x, &d, flow_open(&d.desk, &in, number));
}

enum status case_do(struct case_world *x, const char *who, int64_t number, const char *step,
                    const char *given)
{
    struct doing d;
    struct flow_case c;
    struct flow_given g = read_given(x, given);
    bool half;
    TRY(start(x, &d, who));
    struct flow_view v = view_of(x);
    enum status st = flow_get(&v, number, &c);
    if (st == OK)
        st = flow_do(&d.desk, number, c.seq, str_of(step), &g, &half);
    return finish(x, &d, st);
}

enum status case_paper(struct case_world *x, const char *who, int64_t number, const char *paper)
{
    struct doing d;
    TRY(start(x, &d, who));
    return finish(x, &d,
                  flow_hand_in(&d.desk, number, str_of(paper), S("a.pdf"),
                               arena_fmt(x->a, "%s %lld", paper, (long long)number)));
}

enum status case_ask(struct case_world *x, int64_t number, const char *judge)
{
    struct doing d;
    TRY(start(x, &d, "officer"));
    return finish(x, &d,
                  flow_ask_review(&d.desk, &d.access, number, account_of(x, judge), x->today + 30));
}

enum status case_tie(struct case_world *x, const char *who, int firm)
{
    struct doing d;
    TRY(start(x, &d, "officer"));
    return finish(x, &d,
                  assign_tie(&d.access, &(struct tie){.account = account_of(x, who),
                                                      .subject = x->firm[firm],
                                                      .kind = TIE_KIN,
                                                      .why = S("亲属")}));
}

enum status case_score(struct case_world *x, const char *who, int64_t number, int64_t bid, int low,
                       int high)
{
    struct doing d;
    struct flow_score s = {bid, (int64_t)low * 10000, (int64_t)high * 10000, S("意见")};
    TRY(start(x, &d, who));
    return finish(x, &d, flow_review(&d.desk, number, &s));
}

enum status case_bid(struct case_world *x, const char *who, int64_t number, int64_t yuan,
                     bool opening, int64_t *bid)
{
    struct doing d;
    Str secret = S("0123456789abcdef");
    struct flow_opening o = {*bid, yuan * 100, S("方案"), secret};
    TRY(start(x, &d, who));
    if (opening)
        return finish(x, &d, flow_bid_open(&d.desk, number, &o));
    return finish(x, &d, flow_bid(&d.desk, number, flow_seal(yuan * 100, S("方案"), secret), bid));
}

size_t case_tick(struct case_world *x)
{
    size_t n = 0;
    int64_t now_us = (int64_t)x->today * INT64_C(86400000000) + ++x->second;
    if (db_begin(x->w) != OK)
        return 0;
    if (flow_tick_alone(x->w, x->a, CASE_COUNTY, x->calendar, now_us, &n) != OK) {
        db_rollback(x->w);
        return 0;
    }
    return db_commit(x->w) == OK ? n : 0;
}

/* --- money --- */

enum status case_ledger(struct case_world *x, const char *who, struct ledger_op *op,
                        struct ledger_done *done)
{
    struct doing d;
    op->who = str_of(who);
    op->day = x->today;
    if (op->client.n == 0)
        op->client = arena_fmt(x->a, "%s-%lld", who, (long long)x->second);
    struct ledger l;
    struct arena *tmp = arena_open();
    TRY(start(x, &d, who));
    ledger_begin(&l, &d.act, tmp, x->ds);
    enum status st = finish(x, &d, ledger_do(&l, op, done));
    ledger_end(&l);
    arena_close(tmp);
    return st;
}

struct due_payment {
    int64_t payment, version, state;
};

static enum status payments(struct case_world *x, int64_t state, struct due_payment **out,
                            size_t *n)
{
    struct db_rows rows;
    struct sql_ledger_payment_all_row r;
    size_t cap = 0;
    *n = 0;
    TRY(db_begin(x->w));
    TRY(sql_ledger_payment_all(x->w, &(struct sql_ledger_payment_all){CASE_COUNTY}, &rows));
    while (sql_ledger_payment_all_next(&rows, &r))
        if (r.state == state)
            VEC_PUSH(x->a, *out, *n, cap) = (struct due_payment){r.payment, r.version, r.state};
    TRY(db_rows_end(&rows));
    db_rollback(x->w);
    return OK;
}

enum status case_bank(struct case_world *x, bool paid, int64_t *n)
{
    struct due_payment *all = NULL;
    struct ledger_done done;
    size_t count;
    TRY(payments(x, LEDGER_REQUESTED, &all, &count));
    for (size_t i = 0; i < count; i++) {
        struct ledger_op op = {
            .kind = LEDGER_APPROVE, .about = all[i].payment, .extra = all[i].version};
        TRY(case_ledger(x, "auditor", &op, &done));
        op.client = S("");
        TRY(case_ledger(x, "finance", &op, &done));
    }
    if (count > 0)
        TRY(case_ledger(x, "finance", &(struct ledger_op){.kind = LEDGER_BATCH}, &done));
    TRY(payments(x, LEDGER_SENT, &all, &count));
    for (size_t i = 0; i < count; i++) {
        struct ledger_op op = {.kind = paid ? LEDGER_PAID : LEDGER_BOUNCE, .about = all[i].payment};
        TRY(case_ledger(x, "finance", &op, &done));
    }
    *n = (int64_t)count;
    return OK;
}

/* --- looking --- */

struct flow_story case_story(struct case_world *x, int64_t number)
{
    struct flow_story s = {0};
    struct flow_view v = view_of(x);
    if (db_begin(x->w) != OK || flow_story(&v, number, &s) != OK)
        fprintf(stderr, "no case %lld\n", (long long)number);
    db_rollback(x->w);
    return s;
}

Str case_state(struct case_world *x, int64_t number)
{
    return case_story(x, number).c.state;
}
