/* measure_test.c - measures of a type against figures worked out by hand; what is hidden counts
 * nowhere, and each number is the number of the cases behind it. */
#include "base/arena.h"
#include "base/str.h"
#include "flow/flow.h"
#include "rulebook/rulebook.h"
#include "test/help/case_help.h"
#include "test/help/store.h"
#include "test/t.h"

#define CALL                         S("技术需求揭榜")
#define DO(who, number, step, given) CHECK_INT(case_do(&x, who, number, step, given), OK)

enum { OPENED = 20600, SHARE = 2, CHOSEN = 3, SUM = 5, FIRST_BID = 1 };

static struct case_world x;
static int64_t hidden; /* subject that nobody sees; 0: all are seen */

static Str note; /* what a viewer keeps between two cases */

static bool sees(void *ctx, const struct flow_case *c)
{
    (void)ctx;
    CHECK(note.n == 0 || str_eq(note, S("kept on the arena of the list")));
    if (c->subject == hidden)
        note = arena_copy(x.a, S("kept on the arena of the list"));
    return c->subject != hidden;
}

/* On the board, with a bid after `days` (0: none) and closed. */
static int64_t post(const char *who, int firm, const char *chain, int days)
{
    int64_t number = 0, bid = 0;
    CHECK_INT(
        case_open(
            &x, who, "技术需求揭榜", firm,
            arena_fmt(x.a, "需求名称=密封|技术领域=%s|需求描述=耐热|密级=公开|意向投入=8", chain).p,
            &number),
        OK);
    DO(who, number, "提交", "");
    DO("officer", number, "核实", "走访人=李四|走访记录=看过|核实结论=属实");
    DO("officer", number, "张榜",
       arena_fmt(x.a, "揭榜截止日=%.*s", STR_ARG(day_str(x.a, x.today + 20))).p);
    if (days > 0) {
        x.today += days;
        CHECK_INT(case_bid(&x, "ee", number, 9, false, &bid), OK);
    }
    DO("officer", number, "截止", "");
    if (days > 0)
        CHECK_INT(case_bid(&x, "ee", number, 9, true, &bid), OK);
    DO("officer", number, days > 0 ? "开标结束" : "无人揭榜", "");
    return number;
}

static void contract(const char *who, int64_t number, const char *sum)
{
    DO(who, number, "选定", "中标编号=1");
    DO("officer", number, "选定", "");
    CHECK_INT(case_paper(&x, who, number, "技术合同"), OK);
    DO(who, number, "登记合同",
       arena_fmt(x.a, "合同编号=H|合同金额=%s|合同到期日=2027-12-31", sum).p);
}

static struct flow_measures measured(const struct flow_measuring *ask)
{
    struct flow_measures m = {0};
    struct flow_view v = case_view(&x);
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(flow_measures(&v, ask, &m), OK);
    db_rollback(store.w);
    CHECK_STR(store_said(), "");
    return m;
}

/* As many cases behind each number as it says. */
static void check_behind(const struct flow_measures *m)
{
    for (size_t g = 0; g < m->group_n; g++)
        for (uint32_t i = 0; i < m->m->measure_n; i++)
            for (int part = FLOW_OF; part <= FLOW_OPEN; part++) {
                struct flow_behind of = {i, false, (enum flow_part)part, m->group[g].key};
                struct flow_case *all;
                size_t n;
                flow_measured(m, x.a, &of, &all, &n);
                CHECK_INT((int64_t)n, m->group[g].of[i].n[part]);
            }
    for (uint32_t i = 0; i < m->m->state_n; i++) {
        struct flow_case *all;
        size_t n;
        flow_measured(m, x.a, &(struct flow_behind){.at = i, .state = true}, &all, &n);
        CHECK_INT((int64_t)n, m->state[i].now);
    }
}

static void check_count(const struct flow_count *c, int64_t of, int64_t hit, int64_t open)
{
    CHECK_INT(c->n[FLOW_OF], of);
    CHECK_INT(c->n[FLOW_HIT], hit);
    CHECK_INT(c->n[FLOW_OPEN], open);
}

static void check_whole(void)
{
    struct flow_measures m = measured(&(struct flow_measuring){.type = CALL, .sees = sees});
    const struct flow_count *of = m.group[0].of;
    CHECK_INT(m.seen, 4);
    CHECK_INT(m.group_n, 1);
    check_count(&of[SHARE], 4, 3, 0);
    check_count(&of[CHOSEN], 4, 2, 1);
    CHECK_INT(flow_share(&of[CHOSEN]), 500);
    CHECK_INT(flow_share_most(&of[CHOSEN]), 750);
    check_count(&of[SUM], 2, 2, 0);
    CHECK_STR(flow_sum_text(x.a, &m, SUM, of[SUM].sum), "30.5万元");
    CHECK_INT(of[FIRST_BID].median_x2, 2 * 4); /* 2, 4 and 9 days */
    CHECK_INT(of[FIRST_BID].longest, 9);
    CHECK_INT(m.state[matter_state(m.m, S("评榜"))].now, 1);
    check_behind(&m);
}

static void check_groups(void)
{
    struct flow_measuring by = {.type = CALL, .by = FLOW_BY_CATEGORY, .sees = sees};
    struct flow_measures m = measured(&by);
    CHECK_INT(m.group_n, 2);
    CHECK_STR(m.group[0].key, "新能源");
    check_count(&m.group[0].of[CHOSEN], 1, 0, 1);
    check_count(&m.group[1].of[CHOSEN], 3, 2, 0);
    check_behind(&m);
    by.by = FLOW_BY_LOCALITY;
    m = measured(&by);
    CHECK_INT(m.group_n, 2);
    CHECK_STR(m.group[1].key, "320582101");
    check_count(&m.group[1].of[CHOSEN], 1, 0, 1);
    by.by = FLOW_BY_MONTH;
    m = measured(&by);
    CHECK_STR(m.group[0].key, "2026-05");
    check_behind(&m);
    by = (struct flow_measuring){.type = CALL, .category = S("新能源"), .sees = sees};
    m = measured(&by);
    check_count(&m.group[0].of[SHARE], 1, 1, 0);
    check_behind(&m);
}

/* Without one of four: as if it had never been. */
static void check_hidden(void)
{
    hidden = x.firm[2];
    struct flow_measures m = measured(&(struct flow_measuring){.type = CALL, .sees = sees});
    CHECK_INT(m.seen, 3);
    check_count(&m.group[0].of[CHOSEN], 3, 2, 0);
    CHECK_INT(m.state[matter_state(m.m, S("评榜"))].now, 0);
    check_behind(&m);
    hidden = 0;
}

TEST(measures_are_exact)
{
    store_open(STORE_SQLITE);
    x = (struct case_world){.a = store.a, .ds = &store.ds, .w = store.w, .today = OPENED};
    CHECK_INT(case_world_fill(&x, "p01"), OK);
    case_publish(&x, "packs/zhangjiagang/事项/技术需求揭榜.md");
    int64_t one = post("aa", 1, "智能装备", 2), two = post("aa", 1, "智能装备", 4);
    (void)post("cc", 3, "智能装备", 0);
    (void)post("bb", 2, "新能源", 9);
    contract("aa", one, "10");
    contract("aa", two, "20.5");
    check_whole();
    check_groups();
    check_hidden();
    case_world_end(&x);
    store_end();
}
