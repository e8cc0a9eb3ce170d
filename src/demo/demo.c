/* demo.c - the county from its first act to its last, year by year. */
#include "demo/demo.h"

#include "base/csv.h"
#include "db/db.h"
#include "demo/demo_int.h"
#include "record/record.h"
#include "run/run.h"

/* As many as in Zhangjiagang: see docs/demo.md. */
enum {
    FIRMS = 51541,
    SCORED = 8000,
    EXPERTS = 62213,
    PLATFORMS = 2621,
    CARRIERS = 49,
    INSTITUTES = 14,
    LEADS = 2015,
    NEEDS = 128,
    RESULTS = 600,
};

static const char *const kinds[KIND_N] = {
    [KIND_TOWN] = "packs/zhangjiagang/kinds/区镇.md",
    [KIND_FIRM] = "packs/zhangjiagang/kinds/科技型企业.md",
    [KIND_EXPERT] = "packs/zhangjiagang/kinds/产业专家.md",
    [KIND_CARRIER] = "packs/zhangjiagang/kinds/科创孵化载体.md",
    [KIND_INSTITUTE] = "packs/zhangjiagang/kinds/新型研发机构.md",
    [KIND_LEAD] = "packs/zhangjiagang/kinds/科技招商项目.md",
    [KIND_PLATFORM] = "packs/national/kinds/创新平台.md",
    [KIND_NEED] = "packs/national/kinds/技术需求.md",
    [KIND_RESULT] = "packs/national/kinds/科技成果.md",
};

struct draw demo_draw(const struct demo *d, enum kind kind, uint32_t row)
{
    return (struct draw){.seed = d->o->seed ^ (uint64_t)kind << 56, .row = row};
}

Str demo_town(const struct demo *d, struct draw draw, uint32_t what)
{
    return d->town[draw_range(draw, what, 0, (int64_t)d->town_n - 1)];
}

uint32_t demo_joined(uint32_t n, int year)
{
    static const uint32_t percent[YEARS] = {60, 80, 100};
    return year < FIRST_YEAR ? 0 : (uint32_t)((uint64_t)n * percent[year - FIRST_YEAR] / 100);
}

/* --- who there is --- */

/* The fifteen statistical units; the zone without a code of its own is left out. */
static void read_towns(struct demo *d)
{
    struct csv c;
    size_t cap = 0, name_n = 0, name_cap = 0;
    csv_open(&c, d->keep, d->o->file("packs/zhangjiagang/regions.csv"));
    while (csv_next(&c, NULL) == OK && c.cell_n > 1) {
        Str code = c.cell[0].text;
        if (!str_starts(code, d->county) || str_starts(code, S("3205829")))
            continue;
        VEC_PUSH(d->keep, d->town, d->town_n, cap) = arena_copy(d->keep, code);
        VEC_PUSH(d->keep, d->town_name, name_n, name_cap) = arena_copy(d->keep, c.cell[1].text);
    }
    ASSERT(d->town_n > 0);
}

static void make_firms(struct demo *d)
{
    struct quantiles q;
    quantiles_read(&q, d->o->file("packs/sample/calibration.csv"));
    struct firm_source source = {.keep = d->keep,
                                 .quantiles = &q,
                                 .town = d->town,
                                 .town_n = d->town_n,
                                 .seed = d->o->seed,
                                 .year = LAST_YEAR,
                                 .block = BLOCK_FIRM};
    d->firm = ARENA_ARRAY(d->keep, struct firm, (size_t)d->n.firms);
    for (uint32_t row = 0; row < d->n.firms; row++) {
        struct firm *f = &d->firm[row];
        firm_make(&source, row, f);
        f->name = arena_fmt(d->keep, "%.*s（示例%05u）", (int)f->name.n, f->name.p, row + 1);
    }
    while (d->firm[d->appellant].first_year > 0 || d->firm[d->appellant + 1].first_year > 0)
        d->appellant++;
}

int64_t demo_part(const struct demo *d, int64_t all)
{
    enum { LEAST = 4, HUNDRED = 100 };
    int64_t n = all * d->o->percent / HUNDRED;
    return n < LEAST ? LEAST : n;
}

static void size_up(struct demo *d)
{
    enum { APPELLANT_FROM = 11 };
    struct demo_counts *n = &d->n;
    read_towns(d);
    *n = (struct demo_counts){.towns = (int64_t)d->town_n,
                              .firms = demo_part(d, FIRMS),
                              .scored = demo_part(d, SCORED),
                              .experts = demo_part(d, EXPERTS),
                              .platforms = demo_part(d, PLATFORMS),
                              .carriers = demo_part(d, CARRIERS),
                              .institutes = demo_part(d, INSTITUTES),
                              .leads = demo_part(d, LEADS),
                              .needs = demo_part(d, NEEDS),
                              .results = demo_part(d, RESULTS)};
    d->appellant = APPELLANT_FROM;
    make_firms(d);
}

/* --- the years --- */

static enum status found(struct demo *d)
{
    TRY(demo_begin(d, demo_day(FIRST_YEAR + 1, 1, 8)));
    if (d->act.no != 1)
        return ERR_INPUT;
    TRY(act_county(&d->act, S("张家港市（示例）"), d->act.by));
    return demo_commit(d, S("示例·管理员"), S("county.set"), d->county, S("{}"));
}

static enum status put_kinds(struct demo *d)
{
    for (size_t i = 0; i < KIND_N; i++) {
        struct rules *kind;
        bool changed;
        TRY(demo_begin(d, d->today));
        struct record r = record_of(&d->act);
        TRY(record_kind_put(&r, d->tmp, &changed, d->o->file(kinds[i]), d->diags));
        Str text = d->o->file(kinds[i]);
        TRY(rule_load(d->keep, &kind, str_of(kinds[i]), text, d->diags));
        d->kind[i] = kind;
        TRY(demo_commit(d, S("示例·管理员"), S("kind.set"), kind->name, S("{}")));
    }
    return OK;
}

static void tell(const struct demo *d, enum demo_stage stage, int year)
{
    if (d->o->tell != NULL)
        d->o->tell(d->o->ctx, stage, year);
}

static enum status live(struct demo *d, int year)
{
    tell(d, DEMO_REGISTERS, year);
    TRY(register_firms(d, year));
    TRY(report_experts(d, year));
    TRY(report_places(d, year));
    tell(d, DEMO_FIGURES, year);
    TRY(report_firms(d, year));
    tell(d, DEMO_RUNS, year);
    TRY(run_points(d, year));
    if (year == LAST_YEAR)
        TRY(run_grades(d));
    tell(d, DEMO_MONEY, year);
    return move_money(d, year);
}

static enum status fill(struct demo *d)
{
    tell(d, DEMO_KINDS, FIRST_YEAR);
    TRY(found(d));
    TRY(put_kinds(d));
    TRY(publish_rules(d));
    for (int year = FIRST_YEAR; year <= LAST_YEAR; year++)
        TRY(live(d, year));
    TRY(report_policies(d));
    tell(d, DEMO_ACCOUNTS, LAST_YEAR + 1);
    TRY(add_people(d));
    tell(d, DEMO_CASES, LAST_YEAR + 1);
    TRY(live_cases(d));
    return set_passwords(d);
}

enum status demo_fill(struct db_conn *c, Str county, const struct demo_opts *o,
                      struct demo_counts *out, struct diags *ds)
{
    struct demo d = {.o = o, .conn = c, .county = county, .diags = ds, .keep = arena_open()};
    ASSERT(o->percent >= 1 && o->percent <= 100);
    size_up(&d);
    enum status st = fill(&d);
    if (d.tmp != NULL) {
        db_rollback(c);
        arena_close(d.tmp);
    }
    *out = d.n;
    arena_close(d.keep);
    return st;
}
