/* matcher_test.c - who can do what is needed: terms of business, conflicts, limits, sums. */
#include "base/arena.h"
#include "base/str.h"
#include "match/matcher.h"
#include "match/rank.h"
#include "test/t.h"

static const struct match_doc offers[] = {
    {.id = 3, .text = {{"激光焊接机器人视觉引导", 33}}, .unit = {"A", 1}, .place = {"320582", 6}},
    {.id = 5, .text = {{"激光焊接机器人视觉引导", 33}}, .unit = {"A", 1}, .place = {"320500", 6}},
    {.id = 7, .text = {{"激光焊接机器人视觉引导", 33}}, .unit = {"A", 1}, .place = {"310000", 6}},
    {.id = 8,
     .text = {{"激光焊接机器人视觉引导", 33}},
     .unit = {"B", 1},
     .grade = 1000,
     .capacity = 4,
     .busy = 3},
    {.id = 9, .text = {{"激光焊接", 12}}, .unit = {"C", 1}, .capacity = 2, .busy = 2},
    {.id = 11, .text = {{"纺织废水处理", 18}}, .unit = {"C", 1}, .grade = 1000},
    {.id = 12, .text = {{"轴承淬火装备", 18}}, .chain = {"智能装备", 12}},
};
enum { OFFERS = ARRAY_N(offers) };

static struct match_ask need(void)
{
    return (struct match_ask){
        .of = {.text = {{"机器人激光焊接", 21}, {"焊缝跟踪", 12}, {"视觉引导，废水不涉及", 30}},
               .place = {"320582000", 9},
               .chain = {"智能装备", 12}},
        .top = 10};
}

struct desk {
    struct arena *a;
    struct rank_room *room;
    struct matcher *m;
};

static struct desk desk_open(const struct match_doc *d, uint32_t n)
{
    const struct match_opts o = {.weights = match_weights_usual};
    return (struct desk){arena_open(), rank_room_open(), matcher_build(d, n, &o)};
}

static void desk_close(struct desk *d)
{
    matcher_close(d->m);
    rank_room_close(d->room);
    arena_close(d->a);
}

static const struct match_row *row_of(const struct match_found *f, uint32_t id)
{
    for (uint32_t i = 0; i < f->n; i++)
        if (f->row[i].id == id)
            return &f->row[i];
    return NULL;
}

TEST(matcher_parts_and_reasons_add_up)
{
    struct desk d = desk_open(offers, OFFERS);
    const struct match_past past[] = {{5, 1}, {3, 9}};
    struct match_ask ask = need();
    struct match_found f;
    ask.full_too = true;
    ask.past = past;
    ask.past_n = ARRAY_N(past);
    matcher_run(d.a, d.room, d.m, &ask, &f);
    CHECK_INT(f.n, 6); /* the bearing shares nothing: its chain alone does not bring it in */
    for (uint32_t i = 0; i < f.n; i++) {
        struct match_why why;
        int32_t parts = 0, reasons = 0;
        for (int p = 0; p < MATCH_PARTS; p++)
            parts += f.row[i].part[p];
        matcher_why(d.a, d.m, &ask, &f.row[i], &why);
        for (uint32_t k = 0; k < why.n; k++)
            reasons += why.at[k].worth;
        CHECK_INT(parts, f.row[i].score);
        CHECK_INT(reasons, f.row[i].score);
        CHECK(i == 0 || f.row[i - 1].score >= f.row[i].score);
    }
    CHECK_INT(f.row[0].id, 3);
    CHECK_INT(row_of(&f, 3)->part[MATCH_NEAR], 200);
    CHECK_INT(row_of(&f, 5)->part[MATCH_NEAR], 66);
    CHECK_INT(row_of(&f, 7)->part[MATCH_NEAR], 0);
    CHECK_INT(row_of(&f, 3)->part[MATCH_PAST], 200); /* bounded */
    CHECK_INT(row_of(&f, 5)->part[MATCH_PAST], 66);
    CHECK_INT(row_of(&f, 8)->part[MATCH_ROOM], 25);
    CHECK_INT(row_of(&f, 8)->part[MATCH_GRADE], 200);
    desk_close(&d);
}

/* As if what is barred had never been there. */
TEST(matcher_conflicts_leave_no_trace)
{
    struct match_doc left[] = {offers[0], offers[3], offers[6]};
    struct desk all = desk_open(offers, OFFERS);
    const uint32_t barred[] = {5, 7, 99};
    const Str units[] = {S("C"), S("Z")};
    struct match_ask ask = need();
    struct match_found f;
    ask.barred = barred;
    ask.barred_n = ARRAY_N(barred);
    ask.barred_unit = units;
    ask.barred_unit_n = ARRAY_N(units);
    matcher_run(all.a, all.room, all.m, &ask, &f);
    CHECK_INT(f.n, 2);
    CHECK(row_of(&f, 3) != NULL && row_of(&f, 8) != NULL);
    uint64_t filter[] = {0};
    for (size_t i = 0; i < ARRAY_N(left); i++)
        filter[0] |= 1ULL << left[i].id;
    struct match_ask few = need();
    few.filter = filter;
    few.filter_n = 1;
    struct match_found g;
    matcher_run(all.a, all.room, all.m, &few, &g);
    CHECK_INT(g.n, f.n);
    for (uint32_t i = 0; i < f.n; i++)
        CHECK_INT(g.row[i].score, f.row[i].score);
    desk_close(&all);
}

TEST(matcher_units_have_a_limit)
{
    struct desk d = desk_open(offers, OFFERS);
    struct match_ask ask = need();
    struct match_found f;
    ask.per_unit = 1;
    ask.top = 3;
    matcher_run(d.a, d.room, d.m, &ask, &f);
    CHECK_INT(f.n, 3);
    CHECK_INT(f.passed_over, 2);
    CHECK(row_of(&f, 3) != NULL && row_of(&f, 8) != NULL && row_of(&f, 11) != NULL);
    CHECK(row_of(&f, 9) == NULL); /* full */
    desk_close(&d);
}

TEST(matcher_keeps_what_it_was_given)
{
    char title[] = "激光焊接";
    struct match_doc one = {.id = 1, .text = {{title, 12}}, .place = {"32", 2}};
    struct desk d = desk_open(&one, 1);
    title[0] = 'x';
    struct match_ask ask = need();
    struct match_found f;
    matcher_run(d.a, d.room, d.m, &ask, &f);
    CHECK_INT(f.n, 1);
    CHECK_STR(matcher_doc(d.m, 0)->text[MATCH_TITLE], "激光焊接");
    CHECK(matcher_doc(d.m, 1) == NULL);
    CHECK_INT(matcher_count(d.m), 1);
    desk_close(&d);
    d = desk_open(NULL, 0);
    matcher_run(d.a, d.room, d.m, &ask, &f);
    CHECK_INT(f.n, 0);
    desk_close(&d);
}
