/* cases.c - what the county's desk did in the summer after: needs from their posting to acceptance,
 * and the other case types, a few of each.
 *
 * A life is a table of turns: a step, by whom, how many days after the last one, how many of a
 * hundred go on to it. Day by day, every case takes the turns that have come. */
#include "access/role.h"
#include "demo/demo_int.h"
#include "flow/flow.h"
#include "record/record.h"
#include "sql.h"

enum { LATE = 9, BIDS_MAX = 3, GIVEN_MAX = 4000, FIELDS_MAX = 20, HUNDRED = 100 };
enum { W_START = 1, W_LEVEL, W_SUBJECT, W_CHAIN, W_BIDS, W_BIDDER, W_PRICE, W_TURN = 20 };
#define CASES  "packs/zhangjiagang/事项/"
#define SECRET S("示例密封词，开标时才说")

/* Whom a turn is taken by. */
enum by { OFFICE, SECOND, TOWN, OWN, LEADER, SYSTEM };
static const struct {
    const char *name;
    uint32_t roles;
} doers[] = {
    [OFFICE] = {"示例·经办", 1 << ROLE_OFFICER},  [SECOND] = {"示例·经办二", 1 << ROLE_OFFICER},
    [TOWN] = {"示例·区镇专员", 1 << ROLE_TOWN},   [OWN] = {"示例·本人", 0},
    [LEADER] = {"示例·局领导", 1 << ROLE_LEADER}, [SYSTEM] = {"系统", 0},
};

/* Besides steps: 投标 开标 匹配, and 材料 X. lo -1: the day after the last day that was set.
 * given: @题 @述 @域 @密, @数lo~hi, @日lo~hi (days on), @择a、b */
struct turn {
    const char *step;
    enum by by;
    int lo, hi, of_100;
    const char *given;
};

#define SEALED_BIDS(open, over)                                                 \
    {"投标", OFFICE, 1, 12, HUNDRED, ""}, {"截止", SYSTEM, -1, 0, HUNDRED, ""}, \
        {open, OFFICE, 0, 1, HUNDRED, ""},                                      \
    {                                                                           \
        over, OFFICE, 1, 2, HUNDRED, ""                                         \
    }

static const struct turn need[] = {
    {"", TOWN, 0, 0, HUNDRED, "需求名称=@题|技术领域=@域|需求描述=@述|密级=@密|意向投入=@数20~300"},
    {"提交", TOWN, 0, 1, HUNDRED, ""},
    {"核实", TOWN, 2, 8, 96, "走访人=示例·区镇专员|走访记录=示例：到厂看过产线|核实结论=属实"},
    {"匹配", OFFICE, 0, 6, 97, ""},
    {"张榜", OFFICE, 1, 4, 95, "揭榜截止日=@日16~26"},
    SEALED_BIDS("开标", "开标结束"),
    {"选定", OFFICE, 4, 10, 92, "中标编号=1"},
    {"选定", SECOND, 0, 1, HUNDRED, ""},
    {"材料 技术合同", OFFICE, 3, 14, 92, ""},
    {"登记合同", OFFICE, 0, 1, HUNDRED,
     "合同编号=示例HT@数1000~9999|合同金额=@数12~160|合同到期日=@日40~90"},
    {"报里程碑", OFFICE, 7, 16, 90, "里程碑说明=示例：样机通过|已付合同款=@数3~12"},
    {"材料 验收意见", OFFICE, 4, 14, 85, ""},
    {"验收", OFFICE, 0, 1, HUNDRED, "验收结论=合格|评价=@择很好、好、好、一般"},
    {"验收", SECOND, 0, 1, HUNDRED, ""},
    {"报成效", OFFICE, 5, 20, 60, "新增销售=@数40~900"},
};
static const struct turn visit_calm[] = {
    {"", TOWN, 0, 0, HUNDRED,
     "走访日=@日0~0|走访人=示例·区镇专员|方式=@择到厂、到厂、座谈、电话|现场记录=示例：订单平稳，"
     "没有要办的事|"
     "有技术需求=否"},
    {"无需答复", TOWN, 0, 0, HUNDRED, ""},
};
static const struct turn visit_asks[] = {
    {"", TOWN, 0, 0, HUNDRED,
     "走访日=@日0~0|走访人=示例·区镇专员|方式=@择到厂、到厂、座谈|现场记录=@述|"
     "有技术需求=@择是、是、否|"
     "要答复的事=示例：想找能做@域的专家"},
    {"记录", TOWN, 0, 0, HUNDRED, ""},
    {"答复", OFFICE, 1, 9, 90, "答复=示例：已推送三位专家"},
    {"回访", TOWN, 3, 16, 85, "企业满意=@择满意、满意、基本满意、不满意"},
};
static const struct turn bounty[] = {
    {"", OFFICE, 0, 0, HUNDRED,
     "悬赏题目=@题|技术领域=@域|要解决的问题=@述|验证办法=示例：第三方检测|赏金=@数10~80"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"张榜", OFFICE, 1, 5, HUNDRED, "核实结论=属实|交卷截止日=@日14~24"},
    SEALED_BIDS("开标", "开卷结束"),
    {"选定", OFFICE, 3, 9, HUNDRED, "中选编号=1"},
    {"选定", SECOND, 0, 1, HUNDRED, ""},
};
static const struct turn parcel[] = {
    {"", OFFICE, 0, 0, HUNDRED,
     "众包任务=@题|技术领域=@域|分包说明=@述|交付标准=示例：样件三套、报告一份|包干价=@数5~60"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"张榜", OFFICE, 1, 5, HUNDRED, "核实结论=属实|报名截止日=@日14~24"},
    SEALED_BIDS("开标", "开标结束"),
    {"选定", OFFICE, 3, 9, HUNDRED, "中选编号=1"},
    {"选定", SECOND, 0, 1, HUNDRED, ""},
};
static const struct turn contest[] = {
    {"", OFFICE, 0, 0, HUNDRED, "赛题=@题|技术领域=@域|赛题说明=@述"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"发题", OFFICE, 1, 6, HUNDRED, "届次=示例第一届|报名截止日=@日30~40|路演日=@日60~60"},
    {"投标", OFFICE, 2, 12, HUNDRED, ""},
};
static const struct turn vice[] = {
    {"", OFFICE, 0, 0, HUNDRED, "岗位名称=示例：研发副总|技术领域=@域|要做的事=@述"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"匹配", OFFICE, 1, 8, 80, ""},
};
static const struct turn adviser[] = {
    {"", OFFICE, 0, 0, HUNDRED,
     "服务企业=示例企业|服务内容=@述|本人同意=是|户名=示例|开户行=示例银行|账号=示例0000"},
    {"申报", OWN, 0, 3, HUNDRED, ""},
};
static const struct turn consent[] = {
    {"", OFFICE, 0, 0, HUNDRED, "用途=用资料匹配需求|对方=示例·科技局|要用的资料=专业方向、职称"},
    {"问本人", OFFICE, 0, 0, HUNDRED, ""},
    {"同意", OWN, 1, 6, 80, "同意到=@日365~365"},
    {"撤回", OWN, 20, 40, 15, ""},
};
static const struct turn shelf[] = {
    {"", TOWN, 0, 0, HUNDRED,
     "服务类别=@择仪器设备、检测分析、中试、设计仿真、技术咨询|服务名称=@题|服务说明=示例："
     "工作日可约，@述|"
     "收费=@数0~3000|共享到=@日500~700"},
    {"提交", TOWN, 0, 1, HUNDRED, ""},
    {"上架", OFFICE, 1, 4, 95, ""},
};
static const struct turn booking[] = {
    {"", OWN, 0, 0, HUNDRED, "平台编号=示例P000@数1~9|服务内容=@题|希望日期=@日5~15"},
    {"提交", OWN, 0, 0, HUNDRED, ""},
    {"确认", OFFICE, 1, 3, 90, "报价=@数800~3000|确认日期=@日4~12"},
    {"材料 服务报告", OFFICE, -1, 0, 90, ""},
    {"完成", OFFICE, 0, 1, HUNDRED, "实付=@数300~800|评价=@择很好、好、好、一般"},
};
static const struct turn result[] = {
    {"", OFFICE, 0, 0, HUNDRED, "技术领域=@域|成果简介=@题|转化方式=@择转让、许可、合作开发"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"上榜", OFFICE, 1, 5, HUNDRED, "核实结论=属实|出价截止日=@日100~160"},
};

static const struct turn contests[] = {
    {"", TOWN, 0, 0, HUNDRED, "届次=示例第二届|主题=示例：绿色制造与新材料|地点=示例会展中心"},
    {"征题", OFFICE, 0, 0, HUNDRED, "征题截止日=@日30~30|路演日=@日60~60"},
};
static const struct turn entered[] = {
    {"", OFFICE, 0, 0, HUNDRED, "赛题=@题|技术领域=@域|赛题说明=@述"},
    {"提交", OFFICE, 0, 1, HUNDRED, ""},
    {"发题", OFFICE, 0, 1, HUNDRED, "届次=示例第二届|报名截止日=@日30~40|路演日=@日60~60"},
};

#define TURNS(t) ALL_SUMMER, (t), ARRAY_N(t)
static const struct life {
    const char *document, *type, *nobody; /* nobody: the step without bids */
    enum kind kind;
    int n, days; /* cases of a whole county, begun within so many days */
    enum { ALL_SUMMER, LAST_DAYS, UNDER_IT } when; /* of the last days so many in any county */
    const struct turn *turn;
    size_t turn_n;
} lives[] = {
    {"技术需求揭榜", "技术需求揭榜", "无人揭榜", KIND_FIRM, 128, 70, TURNS(need)},
    {"企业走访", "企业走访", "", KIND_FIRM, 157, 110, TURNS(visit_calm)},
    {"企业走访", "企业走访", "", KIND_FIRM, 102, 100, TURNS(visit_asks)},
    {"科研悬赏", "科研悬赏", "无人应征", KIND_FIRM, 6, 60, TURNS(bounty)},
    {"研发众包", "研发众包", "无人报名", KIND_FIRM, 6, 60, TURNS(parcel)},
    {"创新挑战赛", "创新挑战赛", "", KIND_FIRM, 8, 80, TURNS(contest)},
    {"科技副总", "科技副总", "", KIND_FIRM, 12, 90, TURNS(vice)},
    {"青博荟顾问", "青博荟顾问津贴", "", KIND_EXPERT, 6, 90, TURNS(adviser)},
    {"专家同意", "专家同意", "", KIND_EXPERT, 24, 80, TURNS(consent)},
    {"平台服务上架", "平台服务上架", "", KIND_PLATFORM, 18, 40, TURNS(shelf)},
    {"平台服务预约", "平台服务预约", "", KIND_FIRM, 30, 90, TURNS(booking)},
    {"成果转化对接", "成果转化对接", "无人出价", KIND_RESULT, 12, 80, TURNS(result)},
    {"创新挑战赛事", "创新挑战赛事", "", KIND_TOWN, 1, 0, LAST_DAYS, contests, ARRAY_N(contests)},
    {"创新挑战赛", "创新挑战赛", "", KIND_FIRM, 2, 2, UNDER_IT, entered, ARRAY_N(entered)},
};

struct one { /* a case */
    const struct life *life;
    struct draw draw;
    int64_t number, subject;
    Str house, chain, level, title;
    size_t turn;   /* the next one, and when it comes */
    Day next, set; /* set: the last day on its form */
    int64_t bids, bidder[BIDS_MAX];
    bool over;
};
struct desk {
    struct demo *d;
    struct flow_memo memo;
    struct flow_desk flow; /* of the act under way */
    Str calendar;
    struct one *one;
    size_t n, cap;
    int64_t above; /* the last case of LAST_DAYS */
};

/* --- drawing --- */

/* `12~30`, cut off the front. */
static int64_t draw_between(struct draw d, uint32_t what, Str *rest)
{
    int64_t at[2] = {0, 0};
    for (int k = 0; k < 2; k++) {
        size_t i = 0;
        while (i < rest->n && rest->p[i] >= '0' && rest->p[i] <= '9')
            at[k] = at[k] * 10 + (rest->p[i++] - '0');
        *rest = str_sub(*rest, i + (k == 0), rest->n);
    }
    return draw_range(d, what, at[0], at[1]);
}

/* `a、b、c` up to the next |, cut off the front. */
static Str draw_word(struct draw d, uint32_t what, Str *rest)
{
    Str all = str_sub(*rest, 0, str_find(*rest, S("|"))), count = all;
    int64_t n = 1;
    *rest = str_sub(*rest, all.n, rest->n);
    for (size_t at; (at = str_find(count, S("、"))) < count.n; n++)
        count = str_sub(count, at + sizeof "、" - 1, count.n);
    for (int64_t i = draw_range(d, what, 0, n - 1); i > 0; i--)
        all = str_sub(all, str_find(all, S("、")) + sizeof "、" - 1, all.n);
    return str_sub(all, 0, str_find(all, S("、")));
}

/* The form of a turn as text, with what @ stands for. */
static Str fill_form(struct desk *k, struct one *x, const struct turn *t, uint32_t what)
{
    struct arena *a = k->d->tmp;
    struct buf b;
    Str rest = str_of(t->given);
    buf_init(&b, a, GIVEN_MAX);
    for (; rest.n > 0; what++) {
        size_t at = str_find(rest, S("@"));
        buf_add(&b, str_sub(rest, 0, at));
        if (at == rest.n)
            break;
        Str word = str_sub(rest, at + 1, at + 4);
        rest = str_sub(rest, at + 4, rest.n);
        if (str_eq(word, S("题")))
            buf_add(&b, x->title);
        else if (str_eq(word, S("述")))
            buf_add(&b, demo_problem(a, x->draw, x->chain));
        else if (str_eq(word, S("域")))
            buf_add(&b, x->chain);
        else if (str_eq(word, S("密")))
            buf_add(&b, x->level);
        else if (str_eq(word, S("数")))
            buf_fmt(&b, "%lld", (long long)draw_between(x->draw, what, &rest));
        else if (str_eq(word, S("择")))
            buf_add(&b, draw_word(x->draw, what, &rest));
        else
            buf_add(&b, day_str(a, x->set = k->d->today + (Day)draw_between(x->draw, what, &rest)));
    }
    return buf_str(&b);
}

static struct flow_given given_of(struct desk *k, struct one *x, const struct turn *t)
{
    enum { APART = 8 }; /* draws of a turn */
    Str text = fill_form(k, x, t, W_TURN + (uint32_t)x->turn * APART);
    struct flow_value *all = ARENA_ARRAY(k->d->tmp, struct flow_value, FIELDS_MAX);
    struct flow_given g = {all, 0, S("")};
    while (text.n > 0) {
        Str value = str_cut(&text, '|'), name = str_cut(&value, '=');
        all[g.n++] = (struct flow_value){.field = name, .value = value};
    }
    return g;
}

/* --- one turn: an act --- */

static void act_as(struct desk *k, const struct one *x, enum by by)
{
    struct demo *d = k->d;
    k->flow = (struct flow_desk){.act = &d->act,
                                 .who = {.name = str_of(doers[by].name),
                                         .roles = doers[by].roles,
                                         .subject = by == OWN ? x->subject : 0,
                                         .system = by == SYSTEM},
                                 .today = d->today,
                                 .calendar = k->calendar,
                                 .diags = d->diags,
                                 .memo = &k->memo};
    flow_begin(&k->flow);
}

static enum status open_case(struct desk *k, struct one *x, const struct turn *t)
{
    Str text = k->d->o->file(arena_fmt(k->d->tmp, CASES "%s.md", x->life->document).p);
    bool event = x->life->when == LAST_DAYS;
    struct flow_new in = {.rules = sha256_of(text),
                          .type = str_of(x->life->type),
                          .subject = x->subject,
                          .title = event ? S("示例：第二届创新挑战赛") : x->title,
                          .parent = x->life->when == UNDER_IT ? k->above : 0,
                          .given = given_of(k, x, t)};
    TRY(flow_open(&k->flow, &in, &x->number));
    k->above = event ? x->number : k->above;
    return OK;
}

static enum status take_step(struct desk *k, struct one *x, const char *step,
                             const struct flow_given *given)
{
    struct flow_view v = {k->d->conn, k->d->tmp, k->d->county, k->d->today, k->d->diags, &k->memo};
    struct flow_case now;
    bool half;
    TRY(flow_get_now(&v, x->number, &now));
    return flow_do(&k->flow, x->number, now.seq, str_of(step), given, &half);
}

static Str offer_of(struct desk *k, const struct one *x, int64_t i, int64_t *fen)
{
    enum { LEAST = 8, MOST = 120, FEN = 1000000 };
    *fen = draw_range(x->draw, W_PRICE + (uint32_t)i, LEAST, MOST) * FEN;
    return arena_fmt(k->d->tmp, "示例方案%lld：分两步，先样机再产线", (long long)i + 1);
}

static enum status bid(struct desk *k, struct one *x, int64_t i, bool opening)
{
    int64_t fen, number;
    struct flow_opening o = {.bid = i + 1, .text = offer_of(k, x, i, &fen), .secret = SECRET};
    o.price_fen = fen;
    k->flow.who.subject = x->bidder[i];
    return opening ? flow_bid_open(&k->flow, x->number, &o)
                   : flow_bid(&k->flow, x->number, flow_seal(fen, o.text, SECRET), &number);
}

static enum status match(struct desk *k, const struct one *x)
{
    enum { CONTACTED = 2 };
    return sql_match_said_add(
        k->d->conn, &(struct sql_match_said_add){k->d->county, k->d->act.no, 0, 0, x->number,
                                                 x->house, x->bidder[0], CONTACTED, 1, 0, S("")});
}

static enum status take_turn(struct desk *k, struct one *x, const struct turn *t, int64_t i)
{
    Str step = str_of(t->step), paper = S("材料 ");
    struct flow_given given;
    if (step.n == 0)
        return open_case(k, x, t);
    if (str_eq(step, S("投标")) || str_eq(step, S("开标")))
        return bid(k, x, i, str_eq(step, S("开标")));
    if (str_eq(step, S("匹配")))
        return match(k, x);
    if (str_starts(step, paper))
        return flow_hand_in(&k->flow, x->number, str_sub(step, paper.n, step.n), S("示例.txt"),
                            S("示例"));
    given = given_of(k, x, t);
    if (x->bids == 0 && str_starts(step, S("开")) && str_ends(step, S("结束"))) {
        x->over = true;
        return take_step(k, x, x->life->nobody, &given);
    }
    return take_step(k, x, t->step, &given);
}

/* Bids and their openings are acts of their own. */
static int64_t acts_of(const struct one *x, const struct turn *t)
{
    Str step = str_of(t->step);
    return str_eq(step, S("投标")) || str_eq(step, S("开标")) ? x->bids : 1;
}

/* What is not published goes no further than to the desk that would. */
static bool stops(const struct one *x, const struct turn *t, uint32_t what)
{
    return draw_range(x->draw, what, 0, HUNDRED - 1) >= t->of_100 ||
           (str_eq(str_of(t->step), S("张榜")) && str_eq(x->level, S("不公开")));
}

static void plan_next(struct one *x)
{
    enum { W_DAYS = 300 };
    const struct turn *t = &x->life->turn[x->turn];
    uint32_t what = W_DAYS + 2 * (uint32_t)x->turn;
    x->over |= x->turn == x->life->turn_n || stops(x, t, what);
    if (!x->over)
        x->next =
            t->lo < 0 ? x->set + 1 : x->next + (Day)draw_range(x->draw, what + 1, t->lo, t->hi);
}

static enum status go_on(struct desk *k, struct one *x, Day day)
{
    const struct turn *t = &x->life->turn[x->turn];
    for (int64_t i = 0; i < acts_of(x, t); i++) {
        TRY(demo_begin(k->d, day));
        act_as(k, x, t->by);
        enum status st = take_turn(k, x, t, i);
        flow_end(&k->flow);
        TRY(st);
        TRY(demo_commit(k->d, str_of(doers[t->by].name), S("case.step"),
                        arena_fmt(k->d->tmp, "case %lld", (long long)x->number), S("{}")));
    }
    x->next = day;
    x->turn++;
    plan_next(x);
    return OK;
}

/* --- who they are of --- */

static enum status subject_of(struct desk *k, enum kind kind, Str identity, int64_t *out)
{
    return record_subject(k->d->conn, k->d->county, k->d->kind[kind]->name, identity, out);
}

static Str identity_of(const struct demo *d, struct arena *a, enum kind kind, struct draw draw)
{
    const struct demo_counts *n = &d->n;
    int64_t row = draw_range(draw, W_SUBJECT, 0,
                             (kind == KIND_FIRM     ? n->scored
                              : kind == KIND_EXPERT ? n->experts
                              : kind == KIND_RESULT ? n->results
                              : kind == KIND_TOWN   ? n->towns
                                                    : n->platforms) -
                                 1);
    unsigned no = (unsigned)row + 1;
    return kind == KIND_FIRM     ? d->firm[row].id
           : kind == KIND_TOWN   ? d->town[row]
           : kind == KIND_EXPERT ? arena_fmt(a, "示例E%05u", no)
           : kind == KIND_RESULT ? arena_fmt(a, "示例R%04u", no)
                                 : arena_fmt(a, "示例P%04u", no);
}

static enum status meet(struct desk *k, const struct life *l, uint32_t row, Day first)
{
    static const char *const level[] = {"公开", "公开",     "公开",     "公开",  "公开",
                                        "公开", "限揭榜方", "限揭榜方", "不公开"};
    struct demo *d = k->d;
    struct draw draw = demo_draw(d, (enum kind)(KIND_N + (l - lives)), row);
    struct one *x = &VEC_PUSH(d->keep, k->one, k->n, k->cap);
    Str identity = identity_of(d, d->keep, l->kind, draw);
    *x = (struct one){.life = l, .draw = draw};
    x->chain = str_of(CHAINS[draw_range(draw, W_CHAIN, 0, CHAIN_N - 1)]);
    x->title = arena_fmt(d->keep, "示例：%.*s", STR_ARG(demo_topic(d->keep, draw, x->chain)));
    x->level = str_of(level[draw_range(draw, W_LEVEL, 0, (int64_t)ARRAY_N(level) - 1)]);
    x->house = arena_fmt(d->keep, "%.*s %.*s", STR_ARG(d->kind[l->kind]->name), STR_ARG(identity));
    x->bids = draw_range(draw, W_BIDS, 0, BIDS_MAX + 1);
    x->bids = x->bids > BIDS_MAX ? 1 : x->bids;
    x->next = first + (Day)draw_range(draw, W_START, 0, l->days);
    TRY(subject_of(k, l->kind, identity, &x->subject));
    int64_t from = draw_range(draw, W_BIDDER, 0, d->n.experts - 1);
    for (int64_t i = 0; i < BIDS_MAX; i++)
        TRY(subject_of(k, KIND_EXPERT,
                       arena_fmt(d->keep, "示例E%05u", (unsigned)((from + i) % d->n.experts) + 1),
                       &x->bidder[i]));
    return OK;
}

static enum status meet_all(struct desk *k, Day first, Day late)
{
    TRY(db_begin(k->d->conn));
    for (size_t i = 0; i < ARRAY_N(lives); i++) {
        bool summer = lives[i].when == ALL_SUMMER;
        int64_t n = summer ? demo_part(k->d, lives[i].n) : lives[i].n;
        for (uint32_t row = 0; row < n; row++)
            TRY(meet(k, &lives[i], row, summer ? first : late));
    }
    return db_commit(k->d->conn);
}

enum status live_cases(struct demo *d)
{
    struct desk k = {.d = d, .memo = {.keep = d->keep}};
    Day first = demo_day(LAST_YEAR + 1, 5, 11), last = demo_day(LAST_YEAR + 1, 8, 28);
    k.calendar = d->o->file("packs/national/工作日历.csv");
    TRY(meet_all(&k, first, last - LATE));
    for (Day day = first; day <= last; day = demo_weekday(day + 1))
        for (size_t i = 0; i < k.n; i++)
            while (!k.one[i].over && k.one[i].next <= day)
                TRY(go_on(&k, &k.one[i], day));
    for (size_t i = 0; i < k.n; i++)
        d->n.cases += k.one[i].number > 0;
    return OK;
}
