/* pairing_test.c - rounds of batch matching: limits and locks that hold, floors of towns, two
 * people, what was refused, and what stays of it. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "pairing/pairing.h"
#include "record/record.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

static const char needs[] =
    "# 需求\n- 类: 资料\n- 状态: 示例\n- 身份: 编号\n- 名称: 名称\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 名称 | 文本 | | 公开 |\n| 区镇 | 区划 | | 公开 |\n"
    "| 需求内容 | 文本 | | 敏感 |\n| 提出企业 | 关联 | 企业 | 内部 |\n\n"
    "## 匹配\n- 正文: 需求内容\n";
static const char experts[] =
    "# 专家\n- 类: 主体\n- 状态: 示例\n- 身份: 编号\n- 名称: 姓名\n- 属地: 区镇\n\n"
    "## 字段\n| 名称 | 类型 | 选项 | 分级 |\n|---|---|---|---|\n"
    "| 编号 | 文本 | | 公开 |\n| 姓名 | 文本 | | 个人 |\n| 区镇 | 区划 | | 公开 |\n"
    "| 专业方向 | 文本 | | 内部 |\n| 任职企业 | 关联 | 企业 | 内部 |\n";

static const struct scope office = {
    .rule = SCOPE_ALL, .show = PROTECT_SENSITIVE, .ask = PROTECT_SENSITIVE};

/* Three needs want the same expert most; N3 is of another town, N2's firm employs E1. */
static void world_open(enum store_kind kind)
{
    store_open(kind);
    report_kind(store_reporting(), needs);
    report_kind(store_reporting(), experts);
    report_csv(store_reporting(), "需求",
               S("编号,名称,区镇,需求内容,提出企业\n"
                 "N1,激光焊接在线检测,320582100,焊缝缺陷识别,F1\n"
                 "N2,激光焊接跟踪,320582100,焊缝跟踪,F2\n"
                 "N3,激光焊接夹具,320582101,夹具,F3\n"));
    report_csv(store_reporting(), "专家",
               S("编号,姓名,区镇,专业方向,任职企业\n"
                 "E1,甲,320582100,激光焊接与焊缝缺陷识别,F2\n"
                 "E2,乙,320582100,激光焊接,\n"
                 "E3,丙,320582101,激光切割,\n"
                 "E4,丁,320582101,纺织废水,\n"));
}

/* The round that is opened of them, by 甲. */
static int64_t open_round(struct pairing_limits limits)
{
    struct rosters *all = rosters_open(store.a, S("320582"));
    struct suits *suits = suits_open(store.a, all, S(""));
    uint32_t n = 0;
    int64_t number = 0;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(rosters_refresh(all, store.w, &store.ds), OK);
    struct pairing_ask ask = {.conn = store.w,
                              .county = S("320582"),
                              .kind = S("需求"),
                              .other = S("专家"),
                              .scope = &office,
                              .other_scope = &office,
                              .diags = &store.ds};
    struct pairing_new in = {.title = S("一季度"), .kind = ask.kind, .other = ask.other};
    in.where = S("");
    in.limits = limits;
    CHECK_INT(pairing_find(suits, all, store.a, &ask, &n, &in.found), OK);
    CHECK_INT(n, 3);
    db_rollback(store.w);
    suits_close(suits);
    rosters_close(all);
    struct act act = store_act(3);
    CHECK_INT(pairing_open(&(struct pairing_desk){&act, &store.ds, S("甲")}, &in, &number), OK);
    store_act_end(&act, S("pairing.new"));
    return number;
}

static struct pairing_view view(void)
{
    return (struct pairing_view){store.w, store.a, S("320582"), &store.ds};
}

/* "N1-E2 N2-E3*; 2/0": pairs, * locked; how many, and needs without. */
static Str plan_of(int64_t number, const struct pairing_limits *limits)
{
    struct pairing_view v = view();
    struct pairing x;
    struct pairing_pairs all;
    struct pairing_plan plan;
    struct buf b;
    buf_init(&b, store.a, 1 << 12);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(pairing_get(&v, number, &x), OK);
    CHECK_INT(pairing_read(&v, &x, &all), OK);
    if (pairing_solve(store.a, &all, limits != NULL ? limits : &x.limits, &plan, &store.ds) != OK)
        buf_fmt(&b, "no");
    for (size_t i = 0; i < all.n && b.n != 2; i++)
        if (all.at[i].taken)
            buf_fmt(&b, "%.*s-%.*s%s ", STR_ARG(all.at[i].need), STR_ARG(all.at[i].answer),
                    all.at[i].lock == ASSIGN_IN ? "*" : "");
    if (b.n != 2)
        buf_fmt(&b, "%u/%u", plan.pairs, plan.alone);
    db_rollback(store.w);
    return buf_str(&b);
}

static void lock(int64_t number, const char *need, const char *answer, enum assign_lock how)
{
    struct act act = store_act(4);
    struct pairing_pair p = {
        .need = str_of(need), .answer = str_of(answer), .lock = (uint8_t)how, .why = S("会上定的")};
    CHECK_INT(pairing_lock(&(struct pairing_desk){&act, &store.ds, S("甲")}, number, &p, 1), OK);
    store_act_end(&act, S("pairing.lock"));
}

static enum status propose(int64_t number)
{
    struct act act = store_act(5);
    struct pairing_plan plan;
    enum status st =
        pairing_propose(&(struct pairing_desk){&act, &store.ds, S("甲")}, number, S(""), &plan);
    if (st == OK)
        store_act_end(&act, S("pairing.propose"));
    else
        db_rollback(store.w);
    return st;
}

static enum status publish(int64_t number, Str who, size_t *n)
{
    struct act act = store_act(6);
    struct pairing_pairs out;
    enum status st =
        pairing_publish(&(struct pairing_desk){&act, &store.ds, who}, number, S(""), &out);
    *n = st == OK ? out.n : 0;
    if (st == OK)
        CHECK_INT(act_end(&act, &(struct act_words){who, S("pairing.publish"), S("1"), S("{}")}),
                  OK);
    if (st == OK)
        CHECK_INT(db_commit(store.w), OK);
    else
        db_rollback(store.w);
    return st;
}

static void merge(const char *from, const char *into)
{
    struct act act = store_act(7);
    struct record r = record_of(&act);
    struct rules *kind;
    CHECK_INT(record_kind_get(store.w, store.a, &kind, S("320582"), S("专家"), RECORD_NOW), OK);
    CHECK_INT(record_merge(&r, kind, str_of(from), str_of(into), S("重复"), &store.ds), OK);
    store_act_end(&act, S("merge"));
}

/* Of how many pairs it was said that they were accepted with this one. */
static int accepted(const char *answer)
{
    struct sql_match_heard_row row;
    struct db_rows rows;
    int64_t subject;
    int n = 0;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(record_subject(store.w, S("320582"), S("专家"), str_of(answer), &subject), OK);
    CHECK_INT(sql_match_heard(store.w, &(struct sql_match_heard){S("320582")}, &rows), OK);
    while (sql_match_heard_next(&rows, &row))
        n += row.answer == subject && row.said == 1;
    CHECK_INT(db_rows_end(&rows), OK);
    db_rollback(store.w);
    return n;
}

static void check_round(enum store_kind kind)
{
    struct pairing_limits one = {.each = 1, .places = 1};
    struct pairing_limits scarce = {.each = 2, .places = 1, .split = PAIRING_BY_PLACE, .floor = 1};
    size_t n;
    world_open(kind);
    int64_t number = open_round(one);
    Str first = plan_of(number, NULL);
    CHECK_STR(first, "N1-E1 N2-E3 N3-E2 3/0"); /* E1 works for F2, whose need N2 is */
    scarce.floor = 0;
    CHECK(str_find(plan_of(number, &scarce), S("N")) == 0);
    lock(number, "N1", "E2", ASSIGN_IN);
    lock(number, "N3", "E4", ASSIGN_IN); /* whatever the texts say */
    CHECK_STR(plan_of(number, NULL), "N1-E2* N2-E3 N3-E4* 3/0");
    CHECK_INT(propose(number), OK);
    CHECK_INT(propose(number), ERR_INPUT);
    lock(number, "N1", "E2", ASSIGN_FREE); /* a draft again */
    CHECK_INT(publish(number, S("乙"), &n), ERR_INPUT);
    CHECK_INT(propose(number), OK);
    CHECK_INT(publish(number, S("tester"), &n), ERR_INPUT); /* who proposed: by store_act_end */
    merge("E4", "E1");
    CHECK_INT(publish(number, S("乙"), &n), OK);
    CHECK_INT(n, 3);
    CHECK_INT(accepted("E1"), 2); /* N1, and N3 by the identity that went into it */
    CHECK_INT(accepted("E2"), 1);
    CHECK_STR(store_said(), "PAIRING-STATE PAIRING-STATE PAIRING-SAME ");
    CHECK_STR(plan_of(number, NULL), "N1-E1 N2-E2 N3-E4 3/0");
    store_end();
}
TEST(sqlite_pairing_round)
{
    check_round(STORE_SQLITE);
}
TEST(postgres_pairing_round)
{
    check_round(STORE_POSTGRES);
}

/* Few places: without a floor the town with two needs has both. */
TEST(pairing_floors_of_towns)
{
    struct pairing_limits x = {.each = 1, .places = 1};
    struct pairing_pair p[] = {
        {.need = S("N1"), .answer = S("E1"), .place = S("100"), .score = 900},
        {.need = S("N2"), .answer = S("E2"), .place = S("100"), .score = 800},
        {.need = S("N3"), .answer = S("E2"), .place = S("101"), .score = 100},
    };
    struct pairing_pairs all = {p, 3, 3};
    struct pairing_plan plan;
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    CHECK_INT(pairing_solve(a, &all, &x, &plan, &ds), OK);
    CHECK(p[1].taken && !p[2].taken && plan.score == 1700 && plan.alone == 1);
    CHECK_INT(plan.scarce_n, 1);
    CHECK_STR(plan.scarce[0].answer, "E2");
    x.split = PAIRING_BY_PLACE;
    x.floor = 1;
    CHECK_INT(pairing_solve(a, &all, &x, &plan, &ds), OK);
    CHECK(!p[1].taken && p[2].taken && plan.score == 1000);
    CHECK_INT(plan.group_n, 2);
    CHECK(plan.group[1].got == 1 && plan.group[1].least == 1 && plan.group[0].needs == 2);
    CHECK_INT(pairing_floors_read(a, &x, S("101=0;100=2")), OK);
    CHECK_STR(pairing_floors_text(a, &x), "101=0;100=2");
    CHECK_INT(pairing_solve(a, &all, &x, &plan, &ds), OK);
    CHECK(p[1].taken && !p[2].taken);
    CHECK_INT(pairing_floors_read(a, &x, S("101")), ERR_INPUT);
    p[0].lock = p[1].lock = p[2].lock = ASSIGN_IN;
    CHECK_INT(pairing_solve(a, &all, &x, &plan, &ds), ERR_INPUT);
    CHECK_INT(ds.at[0].code, DIAG_PAIRING_LOCKED);
    arena_close(a);
}

/* What was said not to suit is not found again; no names are kept. */
TEST(pairing_keeps_no_names_and_no_refusals)
{
    struct pairing_limits one = {.each = 1, .places = 1};
    world_open(STORE_SQLITE);
    struct act act = store_act(3);
    int64_t need, answer;
    CHECK_INT(record_subject(store.w, S("320582"), S("需求"), S("N1"), &need), OK);
    CHECK_INT(record_subject(store.w, S("320582"), S("专家"), S("E1"), &answer), OK);
    CHECK_INT(sql_match_said_add(store.w, &(struct sql_match_said_add){S("320582"), act.no, 0, need,
                                                                       0, S("企业 F1"), answer, 4,
                                                                       1, 100, S("方向不合")}),
              OK);
    store_act_end(&act, S("match.say"));
    int64_t number = open_round(one);
    CHECK_STR(plan_of(number, NULL), "N1-E3 N2-E2 N3-E1 3/0");
    struct pairing_view v = view();
    struct pairing x;
    Str text;
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(pairing_get(&v, number, &x), OK);
    CHECK_INT(content_get(store.w, store.a, &text, v.county, x.found, 1 << 20), OK);
    CHECK(str_find(text, S("甲")) == text.n && str_find(text, S("激光")) == text.n);
    CHECK_INT(pairing_get(&v, 9, &x), ERR_GONE);
    db_rollback(store.w);
    store_end();
}
