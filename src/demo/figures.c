/* figures.c - firms: the register of all, and the yearly figures of those that are scored.
 *
 * The towns hand the figures in. A few lines are found to be wrong and returned, and come right in
 * a second report; a few more are verified. One firm, the appellant, leaves out a fifth of its R&D
 * expenses of the last year, and only says so when the points are on the notice board.
 */
#include "demo/demo_int.h"
#include "record/record.h"

enum {
    W_GONE = 2000, /* beyond those of firm.c, its steps of 100 included */
    W_PCT,
    W_TALENT,
    W_NEW,
    W_ADDED,
    W_LATE,
    W_FALSE,
    W_CONTRACT,
    W_RUNG,
    W_YEARS = 10000, /* the same of another year */
    RETURNED_EVERY = 400,
    RETURNED_AT = 7,
    VERIFIED_EVERY = 200,
    VERIFIED_AT = 3,
};

/* --- the register --- */

static bool is_new(const struct firm *f, int year)
{
    return year == FIRST_YEAR ? day_year(f->founded) <= year : day_year(f->founded) == year;
}

static void put_registered(const struct demo *d, struct form *t, uint32_t row)
{
    const struct firm *f = &d->firm[row];
    bool scored = row < d->n.scored;
    bool gone = !scored && draw_chance(demo_draw(d, KIND_FIRM, row), W_GONE, 20000);
    form_put(t, f->id);
    form_put(t, f->name);
    form_put(t, f->locality);
    form_put(t, str_of(CHAINS[f->chain]));
    form_put(t, gone ? S("注销") : S("存续"));
    form_put(t, scored ? S("参评") : gone ? S("退出") : S("暂不参评"));
    form_put(t, f->industry);
    form_day(t, f->founded);
    form_end(t);
}

enum status register_firms(struct demo *d, int year)
{
    struct form t;
    form_open(&t, "统一社会信用代码,企业名称,所在区镇,主产业链,登记状态,参评状态,行业代码,成立日期",
              year);
    for (uint32_t row = 0; row < d->n.firms; row++)
        if (is_new(&d->firm[row], year))
            put_registered(d, &t, row);
    return hand_in(d, &t,
                   &(struct filing){KIND_FIRM, demo_day(year + 1, 1, 9), year,
                                    S("示例生成·市场监管登记"), S("示例·市场监管局")});
}

/* --- a year's figures --- */

static const char FIGURES[] =
    "统一社会信用代码,营业收入(元)@,研发费用(元)@,境内研发费用(元)@,净资产(元)@,"
    "产学研合作金额(元)@,技术合同成交额(元)@,发明专利授权数@,PCT申请数@,实用新型授权数@,"
    "国家级人才项目@,省级人才项目@,苏州市级人才项目@,张家港市级人才项目@,"
    "新认定高企@,新获省级以上平台@,新获市级平台@,统计漏报次数@,项目验收不合格数@,弄虚作假@,"
    "职工总数,研发人员数,科技人员数,硕士以上人数,有效发明专利数,"
    "Ⅰ类知识产权,Ⅱ类知识产权,梯度称号,年末梯度称号@,严重失信,有效高企证书";

/* Returned to the town first: a fifth too much; and what the appellant left out. */
static int64_t reported_rnd(const struct demo *d, uint32_t row, int y)
{
    enum { FIFTH = 5 };
    int64_t rnd = d->firm[row].rnd[y];
    if (row % RETURNED_EVERY == RETURNED_AT)
        return rnd + rnd / FIFTH;
    return row == d->appellant && y == YEARS - 1 ? rnd - rnd / FIFTH : rnd;
}

static void put_yearly(struct form *t, const struct firm *f, struct draw draw, int y, int64_t rnd)
{
    uint32_t w = (uint32_t)y * W_YEARS;
    form_int(t, f->revenue[y]);
    form_int(t, rnd);
    form_int(t, f->rnd_home[y] < rnd ? f->rnd_home[y] : rnd);
    form_int(t, f->equity[y]);
    form_int(t, f->cooperation[y]);
    form_int(t, f->contracts / YEARS / 100 * draw_range(draw, W_CONTRACT + w, 60, 120));
    form_int(t, f->grants[y]);
    form_int(t, f->grants[y] > 0 && draw_chance(draw, W_PCT + w, 60000) ? 1 : 0);
    form_int(t, f->ip2 / YEARS);
    for (uint32_t level = 0; level < 4; level++) /* the higher, the rarer */
        form_int(t, draw_chance(draw, W_TALENT + w + level * 100, 1500 << level) ? 1 : 0);
    form_yes(t, f->hnte && draw_range(draw, W_NEW, 0, 5) == y);
    form_yes(t, f->lab && draw_chance(draw, W_ADDED + w, 60000));
    form_yes(t, f->hnte && draw_chance(draw, W_ADDED + w + 100, 80000));
    form_int(t, draw_chance(draw, W_LATE + w, 20000) ? 1 : 0);
    form_int(t, draw_chance(draw, W_LATE + w + 100, 4000) ? 1 : 0);
    form_yes(t, draw_chance(draw, W_FALSE + w, 800));
}

/* What there is at the end of a year: a tenth less the year before. */
static int64_t then(int64_t now, int y)
{
    enum { TENTH = 10 };
    return now - now * (YEARS - 1 - y) / TENTH;
}

/* What a firm was called at the end of a year: by the year one in six stood a rung lower the year
 * before, and one in sixty a rung higher. */
static Str title_then(const struct firm *f, struct draw draw, int y)
{
    static const char *const LADDER[] = {"无", "科小", "高企", "瞪羚", "独角兽"};
    enum { RUNGS = ARRAY_N(LADDER), LOWER = 166000, HIGHER = 16000 };
    int at = 0;
    for (int i = 0; i < RUNGS; i++)
        if (str_eq(str_of(LADDER[i]), str_of(f->title)))
            at = i;
    for (int back = YEARS - 1; back > y; back--) {
        uint32_t w = W_RUNG + (uint32_t)back * W_YEARS;
        if (draw_chance(draw, w, LOWER))
            at -= at > 0;
        else if (draw_chance(draw, w + 100, HIGHER))
            at += at > 0 && at < RUNGS - 1;
    }
    return str_of(LADDER[at]);
}

static void put_figures(struct demo *d, struct form *t, uint32_t row, int y)
{
    const struct firm *f = &d->firm[row];
    form_put(t, f->id);
    put_yearly(t, f, demo_draw(d, KIND_FIRM, row), y, reported_rnd(d, row, y));
    form_int(t, then(f->staff, y));
    form_int(t, then(f->rnd_staff, y));
    form_int(t, then(f->tech_staff, y));
    form_int(t, then(f->masters, y));
    form_int(t, then(f->ip1, y));
    form_int(t, then(f->ip1, y));
    form_int(t, then(f->ip2, y));
    form_put(t, str_of(f->title));
    form_put(t, title_then(f, demo_draw(d, KIND_FIRM, row), y));
    form_yes(t, f->dishonest);
    form_yes(t, f->hnte);
    form_end(t);
}

struct looks {
    struct looked *at;
    size_t n, cap;
};

static void look(struct demo *d, struct looks *l, uint32_t row, int64_t line)
{
    bool returned = row % RETURNED_EVERY == RETURNED_AT;
    if (returned || row % VERIFIED_EVERY == VERIFIED_AT)
        VEC_PUSH(d->keep, l->at, l->n, l->cap) =
            (struct looked){d->n.acts + 1, line, row, returned};
}

static enum status report_town(struct demo *d, struct looks *l, int year, size_t town)
{
    struct form t;
    int y = year - FIRST_YEAR;
    int64_t line = 0;
    form_open(&t, FIGURES, year);
    for (uint32_t row = 0; row < d->n.scored; row++) {
        const struct firm *f = &d->firm[row];
        if (f->first_year > y || !str_eq(f->locality, d->town[town]))
            continue;
        put_figures(d, &t, row, y);
        look(d, l, row, line++);
    }
    Str who = arena_fmt(d->keep, "示例·%.*s", (int)d->town_name[town].n, d->town_name[town].p);
    return hand_in(d, &t,
                   &(struct filing){KIND_FIRM, demo_day(year + 1, 3, 2), year,
                                    S("示例生成·企业研发活动统计"), who});
}

/* --- what somebody found --- */

static enum status mark_all(struct demo *d, const struct looks *l, int year)
{
    TRY(demo_begin(d, demo_day(year + 1, 3, 5)));
    struct record r = record_of(&d->act);
    for (size_t i = 0; i < l->n; i++) {
        const struct looked *at = &l->at[i];
        struct record_mark m = {.of_act = at->act,
                                .of_n = at->n,
                                .verdict = RECORD_VERIFIED,
                                .why = S("与专项审计报告一致（示例）")};
        if (at->returned) {
            m.verdict = RECORD_RETURNED;
            m.field = arena_fmt(d->tmp, "研发费用@%d", year);
            m.why = S("研发费用与专项审计报告不一致，退回更正（示例）");
        }
        TRY(record_mark_add(&r, &m));
    }
    d->n.marks += (int64_t)l->n;
    return demo_commit(d, S("示例·核实员"), S("mark.add"), S("科技型企业"),
                       arena_fmt(d->tmp, "{\"marks\":%zu}", l->n));
}

static enum status correct_returned(struct demo *d, const struct looks *l, int year)
{
    struct form t;
    form_open(&t, "统一社会信用代码,研发费用(元)@", year);
    for (size_t i = 0; i < l->n; i++) {
        if (!l->at[i].returned)
            continue;
        form_put(&t, d->firm[l->at[i].firm].id);
        form_int(&t, d->firm[l->at[i].firm].rnd[year - FIRST_YEAR]);
        form_end(&t);
    }
    return hand_in(d, &t,
                   &(struct filing){KIND_FIRM, demo_day(year + 1, 3, 10), year,
                                    S("示例生成·退回后更正"), S("示例·各区镇")});
}

/* Of a firm founded in the middle of the three years: nothing happened in the years before, which
 * is not the same as not knowing. */
static enum status report_before(struct demo *d, int year)
{
    struct form t;
    form_open(&t, "统一社会信用代码,研发费用(元)@,产学研合作金额(元)@,发明专利授权数@", year - 1);
    for (uint32_t row = 0; row < d->n.scored; row++) {
        if (d->firm[row].first_year != year - FIRST_YEAR)
            continue;
        form_put(&t, d->firm[row].id);
        for (int i = 0; i < 3; i++)
            form_int(&t, 0);
        form_end(&t);
    }
    return hand_in(d, &t,
                   &(struct filing){KIND_FIRM, demo_day(year + 1, 3, 4), year - 1,
                                    S("示例生成·成立以前"), S("示例·各区镇")});
}

enum status report_firms(struct demo *d, int year)
{
    struct looks l = {0};
    for (size_t town = 0; town < d->town_n; town++)
        TRY(report_town(d, &l, year, town));
    if (year > FIRST_YEAR)
        TRY(report_before(d, year));
    TRY(mark_all(d, &l, year));
    return correct_returned(d, &l, year);
}

enum status correct_appellant(struct demo *d, Day day)
{
    struct form t;
    const struct firm *f = &d->firm[d->appellant];
    form_open(&t, "统一社会信用代码,研发费用(元)@", LAST_YEAR);
    form_put(&t, f->id);
    form_int(&t, f->rnd[YEARS - 1]);
    form_end(&t);
    return hand_in(d, &t,
                   &(struct filing){KIND_FIRM, day, LAST_YEAR, S("示例生成·异议成立后更正"),
                                    S("示例·核实员")});
}
