/* walk_test.c - every case type of the packs is walked to each of its ends by those who would: what
 * is only a document stops somewhere. */
#include <stdio.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "flow/flow.h"
#include "test/help/case_help.h"
#include "test/help/store.h"
#include "test/t.h"

static struct case_world x;

/* A walk, a turn a line: `who step | field=value ..` with the days of a case as @N from today.
 * `who +paper`: hands it in; `who ?`: is asked to review and does; `who bid N`, `who opens N`:
 * yuan; `... N`: days go by, and the system takes its steps; `bank`: pays all that is asked for.
 * The first line is who opens it. */
static const struct walk {
    const char *document, *type;
    int subject;
    const char *turns, *end;
    int64_t paid_fen;
} WALKS[] = {
    {"技术需求揭榜", "技术需求揭榜", 1,
     "aa 需求名称=密封|技术领域=智能装备|需求描述=耐热|密级=限揭榜方|意向投入=80\n"
     "aa 提交\ntown 核实|走访人=李四|走访记录=看过|核实结论=属实\nofficer 张榜|揭榜截止日=@10\n"
     "bb bid 700000\nee bid 650000\n... 11\nbb opens 700000\nee opens 650000\n... 10\n"
     "judge1 ?\naa 选定|中标编号=2\nofficer 选定\naa +技术合同\n"
     "aa 登记合同|合同编号=H1|合同金额=65|合同到期日=@200\naa 报里程碑|里程碑说明=样机|"
     "已付合同款=30\n"
     "aa +验收意见\naa 整改|验收结论=不合格\naa 验收|验收结论=合格|评价=好\nofficer 验收\n... 366",
     "办结", 0},
    {"技术需求揭榜", "技术需求揭榜", 1,
     "aa 需求名称=密封|技术领域=智能装备|需求描述=耐热|密级=公开|意向投入=80\n"
     "aa 提交\ntown 核实|走访人=李四|走访记录=看过|核实结论=属实\nofficer 张榜|揭榜截止日=@10\n"
     "bb bid 700000\n... 11\nbb opens 700000\n... 10\naa 选定|中标编号=1\nofficer 选定\n"
     "aa +技术合同\naa 登记合同|合同编号=H1|合同金额=65|合同到期日=@200\naa +验收意见\n"
     "aa 终止合同|验收结论=不合格|评价=差|终止原因=做不出\nofficer 终止合同",
     "已终止", 0},
    {"技术需求揭榜", "技术需求揭榜", 1,
     "aa 需求名称=密封|技术领域=智能装备|需求描述=耐热|密级=公开|意向投入=80\n"
     "aa 提交\ntown 核实|走访人=李四|走访记录=看过|核实结论=属实\nofficer 张榜|揭榜截止日=@10\n"
     "... 11\nofficer 无人揭榜",
     "流标", 0},
    {"科研悬赏", "科研悬赏", 1,
     "aa 悬赏题目=密封|技术领域=智能装备|要解决的问题=耐热|验证办法=检测|赏金=20\naa 提交\n"
     "officer 张榜|核实结论=属实|交卷截止日=@10\nee bid 200000\n... 11\nee opens 200000\n... 10\n"
     "judge1 ?\naa 选定|中选编号=1\nofficer 选定\naa +验证报告\n"
     "aa 付赏|验证结论=达到|已付赏金=20|评价=好\nofficer 付赏",
     "已付赏", 0},
    {"科研悬赏", "科研悬赏", 1,
     "aa 悬赏题目=密封|技术领域=智能装备|要解决的问题=耐热|验证办法=检测|赏金=20\naa 提交\n"
     "officer 张榜|核实结论=属实|交卷截止日=@10\nee bid 200000\n... 11\nee opens 200000\n... 10\n"
     "aa 选定|中选编号=1\nofficer 选定\naa +验证报告\nofficer 未达到|验证结论=未达到",
     "无人达到", 0},
    {"研发众包", "研发众包", 1,
     "aa 众包任务=密封|技术领域=智能装备|分包说明=耐热|交付标准=样件|包干价=15\naa 提交\n"
     "officer 张榜|核实结论=属实|报名截止日=@10\nee bid 150000\nbb bid 140000\n... 11\n"
     "ee opens 150000\n... 10\njudge1 ?\naa 选定|中选编号=1\nofficer 选定\naa +验收意见\n"
     "aa 验收付款|验收结论=达到|已付包干价=15|评价=很好\nofficer 验收付款",
     "已交付", 0},
    {"创新挑战赛", "创新挑战赛", 1,
     "aa 赛题=密封|技术领域=智能装备|赛题说明=耐热\naa 提交\n"
     "officer 发题|届次=第一届|报名截止日=@10|路演日=@30\nee bid 1\nbb bid 2\n... 11\nee opens 1\n"
     "bb opens 2\n... 10\njudge1 ?\njudge2 ?\nofficer 胜出|胜出编号=1\nofficer2 胜出\n"
     "aa 对接|对接结果=签约",
     "办结", 0},
    {"创新挑战赛", "创新挑战赛", 1,
     "aa 赛题=密封|技术领域=智能装备|赛题说明=耐热\naa 提交\n"
     "officer 发题|届次=第一届|报名截止日=@10|路演日=@30\nee bid 1\n... 11\nee opens 1\n... 10\n"
     "officer 都不合适\nofficer2 都不合适",
     "流赛", 0},
    {"创新挑战赛事", "创新挑战赛事", 7,
     "town 届次=首届|主题=新材料\ntown 征题|征题截止日=@10|路演日=@30\n... 11\n"
     "town 总结|赛题数=3|签约数=1",
     "办结", 0},
    {"企业走访", "企业走访", 1,
     "town 走访日=@0|走访人=李四|接待人=王五|方式=到厂|现场记录=看过|有技术需求=是|"
     "要答复的事=找专家\n"
     "town 记录\ntown 转需求\nofficer 答复|答复=已推送\ntown 回访|企业满意=满意",
     "办结", 0},
    {"企业走访", "企业走访", 1,
     "town 走访日=@0|走访人=李四|方式=到厂|现场记录=看过|有技术需求=否\ntown 无需答复", "办结", 0},
    {"科技副总", "科技副总", 1,
     "aa 岗位名称=副总|技术领域=智能装备|要做的事=密封\naa 提交\n"
     "officer 对接|专家编号=X1|专家单位=某大学\naa +聘任协议\n"
     "aa 签约|专家同意=是|同意件编号=1|单位同意=是|任期至=@365\naa 报进展|进展=样机\n"
     "aa 评价|企业评价=好",
     "已结束", 0},
    {"青博荟顾问", "青博荟顾问津贴", 4,
     "ee 服务企业=E1|服务内容=密封|本人同意=是|户名=某|开户行=某行|账号=62\nee 申报\n"
     "officer +聘书\n"
     "leader 聘任|核定金额=1|决定文号=1号\nleader2 聘任\nbank\n"
     "officer 考核|服务次数=6|考核结论=优秀|企业评价=很好\nbank",
     "办结", 1000000},
    {"青博荟顾问", "青博荟顾问津贴", 4,
     "ee 服务企业=E1|服务内容=密封|本人同意=是|户名=某|开户行=某行|账号=62\nee 申报\n"
     "officer +聘书\n"
     "leader 聘任|核定金额=1|决定文号=1号\nleader2 聘任\nbank\n"
     "officer 考核不合格|服务次数=0|考核结论=不合格",
     "办结", 500000},
    {"院士结对", "院士结对", 1,
     "aa 合作方向=密封\naa 提交\n"
     "officer 结对|院士编号=X1|团队成员=X2、X3|各方同意=是|同意件编号=1|期限至=@365\n"
     "aa 报进展|进展=样机\nofficer 期满|评价=好",
     "办结", 0},
    {"科技镇长团", "科技镇长团", 4,
     "town 任职区镇=某镇|职务=副镇长|任务=接专家\ntown 提交\nofficer 结对|各方同意=是|期限至=@365\n"
     "ee 同意\ntown 报进展|进展=走访\nofficer 期满|评价=好",
     "办结", 0},
    {"科技镇长团", "科技镇长团", 4,
     "town 任职区镇=某镇|职务=副镇长|任务=接专家\ntown 提交\nofficer 结对|各方同意=是|期限至=@365\n"
     "ee 不同意",
     "未成", 0},
    {"专家同意", "专家同意", 4,
     "officer 用途=任科技副总|对方=E1\nofficer 问本人\nee 同意|同意到=@300\nee 撤回", "已撤回", 0},
    {"专家同意", "专家同意", 4,
     "officer 用途=任科技副总|对方=E1\nofficer 问本人\nee 同意|同意到=@30\n... 31", "已期满", 0},
    {"专家同意", "专家同意", 4, "officer 用途=公开姓名|对方=E1\nofficer 问本人\n... 20", "不同意",
     0},
    {"平台服务上架", "平台服务上架", 5,
     "town 服务类别=仪器设备|服务名称=电镜|服务说明=可约|收费=300|共享到=@40\ntown 提交\n"
     "officer 上架\n"
     "... 41",
     "已下架", 0},
    {"平台服务预约", "平台服务预约", 1,
     "aa 平台编号=P1|服务内容=电镜|希望日期=@5\naa 提交\nofficer 确认|确认日期=@5|报价=900\n"
     "aa +服务报告\naa 完成|实付=900|评价=好",
     "已完成", 0},
    {"成果转化对接", "成果转化对接", 6,
     "officer 技术领域=智能装备|成果简介=密封|转化方式=许可|底价=30\nofficer 提交\n"
     "officer 上榜|核实结论=属实|出价截止日=@10\naa bid 400000\n... 11\naa opens 400000\n... 10\n"
     "officer 选定|受让编号=1\nofficer2 选定\nofficer +技术合同\n"
     "officer 登记合同|合同编号=H2|合同金额=40\nofficer 登记付款|已付转化款=40\n"
     "officer 落地|落地情况=投产|评价=好",
     "已转化", 0},
};

/* @10 is the day ten days on. */
static const char *dated(Str text)
{
    struct buf b;
    buf_init(&b, x.a, 4000);
    for (size_t at; text.n > 0; text = str_sub(text, at, text.n)) {
        int n = 0;
        at = str_find(text, S("@"));
        buf_add(&b, str_sub(text, 0, at));
        if (at == text.n)
            break;
        for (at++; at < text.n && text.p[at] >= '0' && text.p[at] <= '9'; at++)
            n = n * 10 + (text.p[at] - '0');
        buf_add(&b, day_str(x.a, x.today + n));
    }
    buf_char(&b, '\0');
    return buf_str(&b).p;
}

static const char *zero(Str s)
{
    return arena_fmt(x.a, "%.*s", STR_ARG(s)).p;
}

static int64_t number_of(Str s)
{
    int64_t n = 0;
    for (size_t i = 0; i < s.n; i++)
        n = n * 10 + (s.p[i] - '0');
    return n;
}

struct bidder {
    const char *who;
    int64_t bid;
};

static enum status bid_or_open(int64_t number, const char *who, Str yuan, bool opening,
                               struct bidder *all)
{
    size_t i = 0;
    while (all[i].who != NULL && !str_eq(str_of(all[i].who), str_of(who)))
        i++;
    all[i].who = who;
    return case_bid(&x, who, number, number_of(yuan), opening, &all[i].bid);
}

static enum status take(const struct walk *w, int64_t *number, Str line, struct bidder *all)
{
    int64_t n;
    Str rest = line;
    const char *who = zero(str_cut(&rest, ' '));
    if (str_eq(line, S("bank")))
        return case_bank(&x, true, &n);
    if (str_eq(str_of(who), S("..."))) {
        x.today += (Day)number_of(rest);
        (void)case_tick(&x); /* what that comes to, the end says */
        return OK;
    }
    if (*number == 0)
        return case_open(&x, who, w->type, w->subject, dated(rest), number);
    if (str_starts(rest, S("+")))
        return case_paper(&x, who, *number, zero(str_sub(rest, sizeof "+" - 1, rest.n)));
    if (str_starts(rest, S("bid ")) || str_starts(rest, S("opens "))) {
        bool opening = str_starts(rest, S("opens "));
        str_cut(&rest, ' ');
        return bid_or_open(*number, who, rest, opening, all);
    }
    if (str_eq(rest, S("?"))) {
        enum status st = case_ask(&x, *number, who);
        return st == OK ? case_score(&x, who, *number, 0, 70, 90) : st;
    }
    Str step = str_cut(&rest, '|');
    return case_do(&x, who, *number, zero(step), dated(rest));
}

/* Case 1: the expert X1 agrees to whatever is asked. */
static void agree(void)
{
    int64_t number;
    case_keep(&x, "packs/zhangjiagang/事项/专家同意.md");
    CHECK_INT(case_open(&x, "officer", "专家同意", 4, "用途=其他|对方=E1", &number), OK);
    CHECK_INT(case_do(&x, "officer", number, "问本人", ""), OK);
    CHECK_INT(case_do(&x, "ee", number, "同意", dated(S("同意到=@800"))), OK);
}

static void walk(const struct walk *w)
{
    struct bidder all[4] = {{NULL, 0}};
    Str turns = str_of(w->turns);
    int64_t number = 0;
    case_keep(&x, arena_fmt(x.a, "packs/zhangjiagang/事项/%s.md", w->document).p);
    while (turns.n > 0) {
        Str line = str_cut(&turns, '\n');
        enum status st = take(w, &number, line, all);
        if (st != OK)
            fprintf(stderr, "%s: %.*s\n", w->type, STR_ARG(line));
        CHECK_INT(st, OK);
    }
    struct flow_story s = case_story(&x, number);
    CHECK_STR(s.c.state, w->end);
    CHECK(s.c.ended);
    CHECK_INT(s.paid_fen, w->paid_fen);
    CHECK_STR(store_said(), "");
}

/* A county each: days that go by are not given back. */
TEST(every_type_is_walked_to_its_ends)
{
    for (size_t i = 0; i < ARRAY_N(WALKS); i++) {
        store_open(STORE_SQLITE);
        x = (struct case_world){.a = store.a, .ds = &store.ds, .w = store.w, .today = 20600};
        CHECK_INT(case_world_fill(&x, "p01"), OK);
        case_publish(&x, "packs/zhangjiagang/事项/技术需求揭榜.md"); /* visits open it */
        agree();
        walk(&WALKS[i]);
        case_world_end(&x);
        store_end();
    }
}
