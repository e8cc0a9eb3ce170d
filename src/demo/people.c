/* people.c - accounts to log in with, one for each role: whom they belong to, what an enterprise
 * lets the bank see, what the judge has to judge. */
#include <string.h>

#include "access/account.h"
#include "access/assign.h"
#include "access/consent.h"
#include "access/password.h"
#include "base/moment.h"
#include "demo/demo_int.h"
#include "record/record.h"

#define ADMIN S("示例·安全管理员")
#define BANK  S("示例银行张家港支行")

enum { FIRMS_TOLD = 3, LEADS_JUDGED = 2 };

static const struct person {
    enum role role;
    int nth; /* of several of the role */
    const char *name, *title;
} people[] = {
    {ROLE_OFFICER, 0, "经办", "示例·科技局经办"},
    {ROLE_REVIEWER, 0, "复核", "示例·科技局复核"},
    {ROLE_LEADER, 0, "局领导", "示例·科技局局领导"},
    {ROLE_AUTHOR, 0, "规则编制", "示例·科技局规则编制"},
    {ROLE_TOWN, 0, "杨舍镇", "示例·杨舍镇科技办"},
    {ROLE_ENTERPRISE, 0, "企业", "示例·积分第一的企业"},
    {ROLE_ENTERPRISE, 1, "企业二", "示例·积分第二的企业"},
    {ROLE_ENTERPRISE, 2, "企业三", "示例·积分第三的企业"},
    {ROLE_CARRIER, 0, "载体", "示例·孵化载体"},
    {ROLE_INSTITUTE, 0, "研究院", "示例·新型研发机构"},
    {ROLE_EXPERT, 0, "专家", "示例·产业专家"},
    {ROLE_EXPERT, 1, "专家二", "示例·产业专家"},
    {ROLE_EXPERT, 2, "专家三", "示例·产业专家"},
    {ROLE_JUDGE, 0, "评审", "示例·评审专家"},
    {ROLE_BANK, 0, "银行", "示例·银行信贷员"},
    {ROLE_FINANCE, 0, "财政", "示例·财政局"},
    {ROLE_AUDITOR, 0, "审计", "示例·审计局"},
    {ROLE_SYSTEM_ADMIN, 0, "系统管理员", "示例·系统管理员"},
    {ROLE_SECURITY_ADMIN, 0, "安全管理员", "示例·安全管理员"},
    {ROLE_AUDIT_ADMIN, 0, "审计管理员", "示例·审计管理员"},
};

struct cast {
    struct demo *d;
    Str best[FIRMS_TOLD]; /* identities of the firms with the most points */
    int64_t account[ARRAY_N(people)];
    struct access_desk desk; /* of the act under way */
};

static enum status start(struct cast *c, Day day)
{
    TRY(demo_begin(c->d, day));
    c->desk =
        (struct access_desk){.act = &c->d->act, .access = c->d->o->access, .diags = c->d->diags};
    return OK;
}

/* --- whose they are --- */

static void find_best(struct cast *c)
{
    const struct points *p = &c->d->money.points[YEARS - 1];
    const struct ledger_score *best[FIRMS_TOLD] = {NULL};
    for (size_t i = 0; i < p->n; i++) {
        const struct ledger_score *at = &p->at[i];
        for (size_t k = 0; k < FIRMS_TOLD && at != NULL; k++)
            if (best[k] == NULL || at->e4 > best[k]->e4) {
                const struct ledger_score *moved = best[k];
                best[k] = at;
                at = moved;
            }
    }
    for (size_t k = 0; k < FIRMS_TOLD; k++) {
        ASSERT(best[k] != NULL);
        c->best[k] = best[k]->identity;
    }
}

static enum status subject_of(const struct demo *d, enum kind kind, Str identity, int64_t *out)
{
    return record_subject(d->conn, d->county, d->kind[kind]->name, identity, out);
}

static Str town_code(const struct demo *d, Str name)
{
    size_t i = 0;
    while (i + 1 < d->town_n && !str_eq(d->town_name[i], name))
        i++;
    return d->town[i];
}

/* The place, house or subject that people of a role work for. */
static enum status place(struct cast *c, const struct person *p, struct account *in)
{
    const struct demo *d = c->d;
    uint64_t seed = d->o->seed;
    in->locality = p->role == ROLE_TOWN ? town_code(d, str_of(p->name)) : S("");
    in->organisation = p->role == ROLE_BANK ? BANK : S("");
    if (p->role == ROLE_ENTERPRISE)
        return subject_of(d, KIND_FIRM, c->best[p->nth], &in->subject);
    if (p->role == ROLE_CARRIER)
        return subject_of(d, KIND_CARRIER, firm_code(d->tmp, BLOCK_CARRIER, seed, 0), &in->subject);
    if (p->role == ROLE_INSTITUTE)
        return subject_of(d, KIND_INSTITUTE, firm_code(d->tmp, BLOCK_LAB, seed, 0), &in->subject);
    if (p->role == ROLE_EXPERT)
        return subject_of(d, KIND_EXPERT, arena_fmt(d->tmp, "示例E%05d", p->nth + 1), &in->subject);
    return OK;
}

static enum status add(struct cast *c, size_t i)
{
    const struct person *p = &people[i];
    struct demo *d = c->d;
    struct account in = {
        .name = str_of(p->name), .title = str_of(p->title), .side = role_side(p->role)};
    TRY(start(c, demo_day(LAST_YEAR + 1, 5, 6)));
    TRY(place(c, p, &in));
    TRY(account_add(&c->desk, &in, p->role, &c->account[i]));
    return demo_commit(d, ADMIN, S("account.add"), in.name,
                       arena_fmt(d->tmp, "{\"role\":\"%s\"}", role_name(p->role)->word));
}

static size_t person_of(enum role role, int nth)
{
    for (size_t i = 0; i < ARRAY_N(people); i++)
        if (people[i].role == role && people[i].nth == nth)
            return i;
    return 0;
}

/* --- consents: one in force for three years, one that ran out, one taken back --- */

static enum status consent(struct cast *c, int nth, int64_t until_us, bool revoke)
{
    static const char *const FIELD[] = {"统一社会信用代码", "企业名称",        "所在区镇",
                                        "主产业链",         "研发费用",        "销售收入",
                                        "有效发明专利数",   "企业科技创新积分"};
    struct demo *d = c->d;
    struct caller who;
    Str field[ARRAY_N(FIELD)];
    size_t i = person_of(ROLE_ENTERPRISE, nth);
    int64_t number;
    for (size_t k = 0; k < ARRAY_N(FIELD); k++)
        field[k] = str_of(FIELD[k]);
    TRY(start(c, demo_day(LAST_YEAR + 1, 5, 7)));
    struct access_view v = {d->conn, d->keep, d->o->access, d->county, d->act.at_us};
    TRY(account_caller(&v, c->account[i], &who));
    struct consent in = {.subject = who.subject,
                         .organisation = BANK,
                         .purpose = S("创新积分贷授信审查（示例）"),
                         .field = field,
                         .field_n = ARRAY_N(FIELD),
                         .until_us = until_us};
    TRY(consent_give(&c->desk, &who, &in, &number));
    TRY(demo_commit(d, who.name, S("consent.give"), arena_fmt(d->keep, "%lld", (long long)number),
                    S("{}")));
    if (!revoke)
        return OK;
    TRY(start(c, d->today));
    TRY(consent_revoke(&c->desk, &who, number));
    return demo_commit(d, who.name, S("consent.revoke"),
                       arena_fmt(d->keep, "%lld", (long long)number), S("{}"));
}

static enum status consents(struct cast *c)
{
    int64_t late = moment_of_day(demo_day(LAST_YEAR + 4, 4, 30), ZONE_CHINA);
    int64_t soon = moment_of_day(demo_day(LAST_YEAR + 1, 5, 20), ZONE_CHINA);
    TRY(consent(c, 0, late, false));
    TRY(consent(c, 1, soon, false));
    return consent(c, 2, late, true);
}

/* --- what is to be judged --- */

static enum status assignments(struct cast *c)
{
    struct demo *d = c->d;
    struct assignment in = {.account = c->account[person_of(ROLE_JUDGE, 0)],
                            .task = S("招商项目专家评审（示例）"),
                            .last = demo_day(LAST_YEAR + 3, 12, 29)};
    for (int i = 1; i <= LEADS_JUDGED; i++) {
        int64_t number;
        TRY(start(c, demo_day(LAST_YEAR + 1, 5, 8)));
        TRY(subject_of(d, KIND_LEAD, arena_fmt(d->tmp, "示例L%04d", i), &in.subject));
        TRY(assign_give(&c->desk, &in, &number));
        TRY(demo_commit(d, S("经办"), S("assignment.give"),
                        arena_fmt(d->tmp, "%lld", (long long)number), S("{}")));
    }
    return OK;
}

/* --- passwords --- */

enum status set_passwords(struct demo *d)
{
    struct cast c = {.d = d};
    if (d->o->access == NULL)
        return OK;
    TRY(start(&c, d->today));
    for (size_t i = 0; i < ARRAY_N(people); i++) {
        ASSERT(password_fault(S(DEMO_PASSWORD), str_of(people[i].name)) == PASSWORD_FINE);
        Str kept = password_hash(d->tmp, d->o->access, S(DEMO_PASSWORD));
        if (kept.n == 0)
            return ERR_LIMIT;
        TRY(account_password(&c.desk, d->account[i], kept, false, 0));
    }
    return demo_commit(d, ADMIN, S("account.password"), S("示例账号"), S("{}"));
}

enum status add_people(struct demo *d)
{
    struct cast c = {.d = d};
    find_best(&c);
    for (size_t i = 0; i < ARRAY_N(people); i++)
        TRY(add(&c, i));
    TRY(consents(&c));
    TRY(assignments(&c));
    d->n.accounts = ARRAY_N(people);
    d->account = ARENA_ARRAY(d->keep, int64_t, ARRAY_N(people));
    memcpy(d->account, c.account, sizeof c.account);
    return OK;
}
