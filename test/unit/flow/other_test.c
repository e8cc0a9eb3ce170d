/* other_test.c - a case and others: the consent that it names is that person's and in force, a
 * thing is taken up by one at a time, an entry stands under the event that it names. */
#include "base/arena.h"
#include "base/str.h"
#include "flow/flow.h"
#include "test/help/case_help.h"
#include "test/help/store.h"
#include "test/t.h"

static struct case_world x;
enum { FIRM_1 = 1, FIRM_3 = 3, EXPERT = 4, TOWN_1 = 7 };

static void keep(const char *document)
{
    case_keep(&x, arena_fmt(x.a, "packs/zhangjiagang/事项/%s.md", document).p);
}

/* With the day so many days on behind it. */
static const char *on(const char *text, int days)
{
    return arena_fmt(x.a, "%s%.*s", text, STR_ARG(day_str(x.a, x.today + days))).p;
}

static int64_t consent(const char *who)
{
    int64_t number;
    keep("专家同意");
    CHECK_INT(case_open(&x, "officer", "专家同意", EXPERT, "用途=任科技副总|对方=E1", &number), OK);
    CHECK_INT(case_do(&x, "officer", number, "问本人", ""), OK);
    if (who != NULL)
        CHECK_INT(case_do(&x, who, number, "同意", on("同意到=", 300)), OK);
    return number;
}

static int64_t post(const char *expert)
{
    int64_t number;
    keep("科技副总");
    CHECK_INT(case_open(&x, "aa", "科技副总", FIRM_1,
                        "岗位名称=副总|技术领域=智能装备|要做的事=密封", &number),
              OK);
    CHECK_INT(case_do(&x, "aa", number, "提交", ""), OK);
    CHECK_INT(case_do(&x, "officer", number, "对接",
                      arena_fmt(x.a, "专家编号=%s|专家单位=某大学", expert).p),
              OK);
    CHECK_INT(case_paper(&x, "aa", number, "聘任协议"), OK);
    return number;
}

static enum status sign(int64_t number, const char *consent_number)
{
    return case_do(
        &x, "aa", number, "签约",
        on(arena_fmt(x.a, "专家同意=是|同意件编号=%s|单位同意=是|任期至=", consent_number).p, 365));
}

static const char *text_of(int64_t number)
{
    return arena_fmt(x.a, "%lld", (long long)number).p;
}

/* What was said last, and forgets it. */
static bool says(const char *code, const char *part)
{
    bool good = store.ds.n == 1 && str_starts(store_said(), str_of(code));
    bool has = false;
    for (int i = 0; good && i < DIAG_ARG_N; i++)
        has |= str_find(str_or_empty(store.ds.at[0].arg[i]), str_of(part)) <
               str_or_empty(store.ds.at[0].arg[i]).n;
    diags_init(&store.ds, store.a);
    return good && has;
}

static void check_consent(void)
{
    int64_t asked = consent(NULL), good = consent("ee"), p = post("X1"), other = post("X9");
    CHECK_INT(sign(p, "999"), ERR_INPUT);
    CHECK(says("FLOW-PROOF", "没有这一件"));
    CHECK_INT(sign(p, text_of(p)), ERR_INPUT);
    CHECK(says("FLOW-PROOF", "科技副总"));
    CHECK_INT(sign(p, text_of(asked)), ERR_INPUT); /* not answered yet */
    CHECK(says("FLOW-PROOF", "待本人"));
    CHECK_INT(sign(other, text_of(good)), ERR_INPUT); /* X1's, not X9's */
    CHECK(says("FLOW-PROOF", "是别人的"));
    CHECK_INT(case_do(&x, "ee", good, "撤回", ""), OK);
    CHECK_INT(sign(p, text_of(good)), ERR_INPUT);
    CHECK(says("FLOW-PROOF", "已撤回"));
    CHECK_STR(case_state(&x, p), "待签约");
    CHECK_INT(sign(p, text_of(consent("ee"))), OK);
    CHECK_STR(case_state(&x, p), "任职");
}

static int64_t book(const char *who, int firm, const char *thing)
{
    int64_t number;
    CHECK_INT(case_open(&x, who, "平台服务预约", firm,
                        on(arena_fmt(x.a, "平台编号=P1|服务内容=%s|希望日期=", thing).p, 5),
                        &number),
              OK);
    CHECK_INT(case_do(&x, who, number, "提交", ""), OK);
    return number;
}

static enum status confirm(int64_t number, int from, int to)
{
    Str last = day_str(x.a, x.today + to);
    return case_do(&x, "officer", number, "确认",
                   arena_fmt(x.a, "确认日期=%.*s|报价=900%s%.*s",
                             STR_ARG(day_str(x.a, x.today + from)), to > 0 ? "|结束日期=" : "",
                             STR_ARG(to > 0 ? last : S("")))
                       .p);
}

static void check_bookings(void)
{
    keep("平台服务预约");
    int64_t a = book("aa", FIRM_1, "电镜"), b = book("cc", FIRM_3, "电镜"),
            c = book("cc", FIRM_3, "质谱");
    CHECK_INT(confirm(a, 5, 7), OK);
    CHECK_INT(confirm(b, 7, 0), ERR_INPUT);
    CHECK(says("FLOW-USE", arena_fmt(x.a, "办件 %lld", (long long)a).p));
    CHECK_INT(confirm(b, 3, 5), ERR_INPUT);
    CHECK(says("FLOW-USE", on("", 5)));
    CHECK_INT(confirm(b, 9, 8), ERR_INPUT);
    CHECK(says("FLOW-VALUE", "早于开始"));
    CHECK_INT(confirm(c, 5, 7), OK); /* another thing */
    CHECK_INT(case_do(&x, "aa", a, "取消", ""), OK);
    CHECK_INT(confirm(b, 3, 5), OK); /* it is free again */
}

static enum status enter_under(int64_t above, int64_t *number)
{
    x.above = above;
    enum status st = case_open(&x, "officer", "创新挑战赛", FIRM_1, "", number);
    x.above = 0;
    return st;
}

static void check_event(void)
{
    int64_t event, visit, entry;
    keep("企业走访");
    CHECK_INT(case_open(&x, "town", "企业走访", FIRM_1,
                        on("走访人=李四|方式=到厂|现场记录=看过|有技术需求=否|走访日=", 0), &visit),
              OK);
    keep("创新挑战赛事");
    CHECK_INT(case_open(&x, "officer", "创新挑战赛事", TOWN_1, "届次=首届|主题=新材料", &event),
              OK);
    keep("创新挑战赛");
    CHECK_INT(enter_under(999, &entry), ERR_INPUT);
    CHECK(says("FLOW-ABOVE", "创新挑战赛事"));
    CHECK_INT(enter_under(visit, &entry), ERR_INPUT);
    CHECK(says("FLOW-ABOVE", "创新挑战赛事"));
    CHECK_INT(enter_under(event, &entry), OK);
    CHECK_INT(case_story(&x, entry).c.parent, event);
    CHECK_INT(case_do(&x, "officer", event, "取消", ""), OK);
    CHECK_INT(enter_under(event, &entry), ERR_INPUT); /* it has ended */
    diags_init(&store.ds, store.a);
}

static void open_world(enum store_kind kind)
{
    store_open(kind);
    x = (struct case_world){.a = store.a, .ds = &store.ds, .w = store.w, .today = 20600};
    CHECK_INT(case_world_fill(&x, "p01"), OK);
}

static void close_world(void)
{
    case_world_end(&x);
    store_end();
}

static void check_ties(enum store_kind kind)
{
    open_world(kind);
    check_consent();
    check_bookings();
    check_event();
    close_world();
}

TEST(cases_are_tied_to_others_sqlite)
{
    check_ties(STORE_SQLITE);
}

TEST(cases_are_tied_to_others_postgres)
{
    check_ties(STORE_POSTGRES);
}
