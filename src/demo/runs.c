/* runs.c - scoring runs, by four people, on the days they would take. */
#include "demo/demo_int.h"
#include "run/run.h"

enum { NOTICE_DAYS = 5 };

static const char POINTS[] = "packs/zhangjiagang/企业科技创新积分.md";
static const char CALENDAR[] = "packs/national/工作日历.csv";

#define CLERK    S("示例·经办")
#define REVIEWER S("示例·复核")
#define HEAD     S("示例·主任")
#define WINDOW   S("示例·受理")

static struct run_desk desk_of(struct demo *d, Str actor)
{
    return (struct run_desk){&d->act, actor, d->today, d->diags};
}

static enum status close(struct demo *d, const struct run_desk *desk, Str verb, int64_t run)
{
    return demo_commit(d, desk->actor, verb, arena_fmt(d->tmp, "run %lld", (long long)run),
                       S("{}"));
}

/* --- steps --- */

static enum status draft(struct demo *d, Day day, const struct run_draft *in, int64_t *run)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, CLERK);
    TRY(run_new(&desk, in, run));
    d->n.runs++;
    return close(d, &desk, S("run.new"), *run);
}

static enum status compute(struct demo *d, Day day, int64_t run)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, CLERK);
    TRY(run_compute(&desk, run, d->o->workers));
    return close(d, &desk, S("run.compute"), run);
}

static enum status review(struct demo *d, Day day, int64_t run)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, REVIEWER);
    TRY(run_review(&desk, run, S("抽查无误（示例）")));
    return close(d, &desk, S("run.review"), run);
}

static enum status publish(struct demo *d, Day day, int64_t run)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, HEAD);
    TRY(run_publish(&desk, run, &(struct run_notice){day, NOTICE_DAYS, d->o->file(CALENDAR)}));
    return close(d, &desk, S("run.publish"), run);
}

static enum status finish(struct demo *d, Day day, int64_t run)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, CLERK);
    TRY(run_finish(&desk, run));
    return close(d, &desk, S("run.finish"), run);
}

static enum status appeal(struct demo *d, Day day, int64_t run, uint32_t firm, Str text,
                          int64_t *number)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, WINDOW);
    TRY(run_appeal(&desk, run, d->firm[firm].id, text, number));
    return close(d, &desk, S("run.appeal"), run);
}

static enum status decide(struct demo *d, Day day, int64_t number, bool upheld, Str why)
{
    TRY(demo_begin(d, day));
    struct run_desk desk = desk_of(d, REVIEWER);
    TRY(run_decide(&desk, number, upheld, why));
    return demo_commit(d, desk.actor, S("run.decide"),
                       arena_fmt(d->tmp, "appeal %lld", (long long)number), S("{}"));
}

/* --- points of a year --- */

static enum status two_appeals(struct demo *d, int64_t run)
{
    int64_t one, two;
    Day taken = demo_day(LAST_YEAR + 1, 3, 18), decided = demo_day(LAST_YEAR + 1, 3, 19);
    TRY(appeal(d, taken, run, d->appellant, S("漏报一笔委托外部研发费用，附合同和发票（示例）"),
               &one));
    TRY(appeal(d, taken, run, d->appellant + 1, S("认为名次偏低（示例）"), &two));
    TRY(decide(d, decided, one, true, S("核对合同、发票和账页，属实（示例）")));
    return decide(d, decided, two, false, S("数据与计分均无误（示例）"));
}

/* Two appeals, one upheld: the facts are corrected, and a second run takes the place of the first.
 */
static enum status appealed(struct demo *d, struct run_draft in)
{
    int64_t run = in.replaces;
    TRY(two_appeals(d, run));
    TRY(correct_appellant(d, demo_day(LAST_YEAR + 1, 3, 20)));
    in.title = S("2025年度企业科技创新积分·更正（示例）");
    in.day = demo_day(LAST_YEAR + 1, 3, 23);
    TRY(draft(d, in.day, &in, &run));
    TRY(compute(d, in.day, run));
    TRY(review(d, demo_day(LAST_YEAR + 1, 3, 24), run));
    TRY(publish(d, demo_day(LAST_YEAR + 1, 3, 25), run));
    d->n.corrected = d->final_run[YEARS - 1] = run;
    d->n.appealed = arena_copy(d->diags->arena, d->firm[d->appellant].id);
    return finish(d, demo_day(LAST_YEAR + 1, 4, 2), run);
}

enum status run_points(struct demo *d, int year)
{
    struct run_draft in = {
        .title = arena_fmt(d->keep, "%d年度企业科技创新积分（示例）", year),
        .rules = d->o->file(POINTS),
        .day = demo_day(year + 1, 3, 12),
        .period = year,
    };
    int64_t run;
    TRY(draft(d, in.day, &in, &run));
    TRY(compute(d, in.day, run));
    TRY(review(d, demo_day(year + 1, 3, 13), run));
    TRY(publish(d, demo_day(year + 1, 3, 16), run));
    in.replaces = run;
    d->final_run[year - FIRST_YEAR] = run;
    return year < LAST_YEAR ? finish(d, demo_day(year + 1, 3, 26), run) : appealed(d, in);
}

/* --- grades of all six kinds, in the last year --- */

static const struct grade {
    const char *rules, *title;
    enum run_state until; /* how far it has come */
} grades[] = {
    {"packs/zhangjiagang/科技型企业.md", "2025年度科技型企业创新格次（示例）", RUN_FINAL},
    {"packs/zhangjiagang/产业专家.md", "2025年度产业专家格次（示例）", RUN_FINAL},
    {"packs/zhangjiagang/科创孵化载体.md", "2025年度科创孵化载体星级（示例）", RUN_NOTICE},
    {"packs/zhangjiagang/新型研发机构.md", "2025年度新型研发机构评价（示例）", RUN_REVIEWED},
    {"packs/zhangjiagang/区镇.md", "2025年度区镇创新格次（示例）", RUN_COMPUTED},
    {"packs/zhangjiagang/科技招商项目.md", "2026年一季度招商项目研判（示例）", RUN_COMPUTED},
};

static enum status grade(struct demo *d, const struct grade *g, int64_t *run)
{
    Day day = demo_day(LAST_YEAR + 1, 4, 3);
    struct run_draft in = {
        .title = str_of(g->title), .rules = d->o->file(g->rules), .day = day, .period = LAST_YEAR};
    TRY(draft(d, day, &in, run));
    return compute(d, day, *run);
}

enum status run_grades(struct demo *d)
{
    int64_t run[ARRAY_N(grades)];
    for (size_t i = 0; i < ARRAY_N(grades); i++)
        TRY(grade(d, &grades[i], &run[i]));
    for (size_t i = 0; i < ARRAY_N(grades); i++)
        if (grades[i].until >= RUN_REVIEWED)
            TRY(review(d, demo_day(LAST_YEAR + 1, 4, 7), run[i]));
    for (size_t i = 0; i < ARRAY_N(grades); i++)
        if (grades[i].until >= RUN_NOTICE)
            TRY(publish(d, demo_day(LAST_YEAR + 1, 4, 8), run[i]));
    for (size_t i = 0; i < ARRAY_N(grades); i++)
        if (grades[i].until >= RUN_FINAL)
            TRY(finish(d, demo_day(LAST_YEAR + 1, 4, 16), run[i]));
    return OK;
}
