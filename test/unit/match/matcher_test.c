/* matcher_test.c - who can do what is needed: terms of business, conflicts, limits, sums. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/str.h"
#include "match/matcher.h"
#include "match/rank.h"
#include "match/sense.h"
#include "match/taxonomy.h"
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
        matcher_why(d.a, d.m, &ask, &f.row[i], 1, &why);
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

static const char words[] = "# 词表\n\n"
                            "## 分组 关键词环节\n"
                            "| 关键词 | 关键词环节 |\n"
                            "|---|---|\n"
                            "| 焊缝；钎焊; 激光焊 | 焊接 |\n"
                            "| 污泥; 废水 | 环保 |\n\n"
                            "## 分组 专利环节\n"
                            "| 专利分类号 | 专利环节 |\n"
                            "|---|---|\n"
                            "| B23K | 焊接 |\n\n"
                            "## 分组 行业环节\n"
                            "| 行业代码 | 行业环节 |\n"
                            "|---|---|\n"
                            "| 342*; 345* | 机械 |\n"
                            "| - | 未归环节 |\n\n"
                            "## 分组 环节产业链\n"
                            "| 关键词环节 | 环节产业链 |\n"
                            "|---|---|\n"
                            "| 焊接; 机械 | 智能装备 |\n";

static struct taxonomy *read_words(struct arena *a)
{
    struct taxonomy *t;
    struct diags ds;
    diags_init(&ds, a);
    CHECK_INT(taxonomy_read(a, &t, str_of(words), &ds), OK);
    return t;
}

TEST(taxonomy_finds_words_and_codes)
{
    struct arena *a = arena_open();
    struct taxonomy *t = read_words(a);
    struct taxonomy_place *p;
    Str text = S("镍基钎焊，焊 缝；废水");
    CHECK_INT(taxonomy_find(a, t, text, false, &p), 2);
    CHECK_STR(taxonomy_node(t, p[0].node), "焊接");
    CHECK_STR(taxonomy_chain(t, p[0].node), "智能装备");
    CHECK_STR(str_sub(text, p[0].at.beg, p[0].at.end), "钎焊");
    CHECK_STR(taxonomy_chain(t, p[1].node), "");
    CHECK_INT(taxonomy_find(a, t, S("B23K 9/00"), false, &p), 0);
    CHECK_INT(taxonomy_find(a, t, S("b23k9/00; 3421"), true, &p), 2);
    CHECK_INT(taxonomy_find(a, t, S("13421, 1342"), true, &p), 0); /* no beginning of a word */
    CHECK_INT(taxonomy_find(a, t, S(""), true, &p), 0);
    arena_close(a);
}

/* Two texts that call one technique by different words. */
TEST(matcher_counts_nodes_and_shows_them)
{
    static const struct match_doc expert[] = {
        {.id = 1, .text = {{"不锈钢钎焊工艺研究", 27}}},
        {.id = 2, .text = {{"不锈钢表面工艺研究", 27}}},
        {.id = 3, .text = {{"不锈钢污泥工艺研究", 27}}},
        {.id = 4, .text = {{"不锈钢管道工艺研究", 27}, {"B23K37", 6}}},
    };
    struct arena *a = arena_open();
    struct match_opts o = {.weights = match_weights_usual, .taxonomy = read_words(a)};
    struct matcher *m = matcher_build(expert, ARRAY_N(expert), &o);
    struct rank_room *room = rank_room_open();
    struct match_ask ask = {.of = {.text = {{"不锈钢", 9}, {"", 0}, {"焊缝开裂", 12}}}, .top = 10};
    struct match_found f;
    struct match_why why;
    matcher_run(a, room, m, &ask, &f);
    CHECK_INT(f.n, 4);
    CHECK_INT(row_of(&f, 1)->part[MATCH_NODE], 300);
    CHECK_INT(row_of(&f, 2)->part[MATCH_NODE], 0);
    CHECK_INT(row_of(&f, 3)->part[MATCH_NODE], 0);
    CHECK_INT(row_of(&f, 4)->part[MATCH_NODE], 300);
    matcher_why(a, m, &ask, row_of(&f, 1), 1, &why);
    const struct match_reason *r = &why.at[why.n - 1];
    int32_t sum = 0;
    for (uint32_t i = 0; i < why.n; i++)
        sum += why.at[i].worth;
    CHECK_INT(sum, row_of(&f, 1)->score);
    CHECK_INT(r->part, MATCH_NODE);
    CHECK_INT(r->asked_in, MATCH_BODY);
    CHECK_STR(str_sub(ask.of.text[MATCH_BODY], r->asked.beg, r->asked.end), "焊缝");
    CHECK_STR(str_sub(expert[0].text[0], r->answered.beg, r->answered.end), "钎焊");
    CHECK_STR(r->node, "焊接");
    CHECK_STR(r->chain, "智能装备");
    matcher_close(m);
    rank_room_close(room);
    arena_close(a);
}

/* --- patches --- */

static uint32_t dice; /* of the draws below */

static uint32_t draw(uint32_t n)
{
    dice = dice * 1664525U + 1013904223U;
    return (dice >> 8) % n;
}

/* Words, some of them nodes of `words`; `often`: how many. */
static Str draw_text(struct arena *a, uint32_t often)
{
    static const char *const word[] = {"激光", "焊接", "焊缝", "钎焊", "废水", "污泥",
                                       "轴承", "淬火", "视觉", "引导", "在线", "检测",
                                       "复合", "材料", "B23K", "3421", "系统", "工艺"};
    Str s = S("");
    for (uint32_t i = 0; i < often; i++)
        s = arena_fmt(a, "%.*s%s ", STR_ARG(s), word[draw(ARRAY_N(word))]);
    return s;
}

static struct match_doc draw_doc(struct arena *a, uint32_t id, uint32_t body)
{
    static const Str unit[] = {{"", 0}, {"A", 1}, {"B", 1}, {"C", 1}, {"D", 1}};
    struct match_doc d = {.id = id,
                          .unit = unit[draw(5)],
                          .place = arena_fmt(a, "3205%02u", draw(90)),
                          .chain = draw(3) == 0 ? S("智能装备") : S("")};
    d.text[MATCH_TITLE] = draw_text(a, 2 + draw(4));
    d.text[MATCH_KEYWORDS] = draw_text(a, draw(3));
    d.text[MATCH_BODY] = draw_text(a, body + draw(4));
    d.grade = (uint16_t)draw(1000);
    d.capacity = (uint16_t)draw(4);
    d.busy = (uint16_t)draw(3);
    return d;
}

/* Some go, some get other texts or terms, some come. */
static uint32_t change(struct arena *a, struct match_doc *to, const struct match_doc *d, uint32_t n,
                       uint32_t body)
{
    uint32_t kept = 0, ids = d[n - 1].id;
    for (uint32_t i = 0; i < n; i++) {
        uint32_t die = draw(60);
        to[kept] = die == 1 ? draw_doc(a, d[i].id, body) : d[i];
        if (die == 2)
            to[kept].grade = 999;
        if (die == 3)
            to[kept].unit = S("新单位");
        if (die == 4)
            to[kept].place = S("310000");
        kept += die != 5;
    }
    for (uint32_t k = draw(4); k > 0; k--)
        to[kept++] = draw_doc(a, ids += 1 + draw(70), body);
    return kept;
}

/* All that is told of one question, reasons and their places among it. */
static Str told(struct desk *d, const struct match_ask *ask)
{
    struct match_found f;
    struct buf b;
    buf_init(&b, d->a, 1 << 20);
    matcher_run(d->a, d->room, d->m, ask, &f);
    struct match_why *why = ARENA_ARRAY(d->a, struct match_why, f.n + 1);
    matcher_why(d->a, d->m, ask, f.row, f.n, why);
    buf_fmt(&b, "%u %u:", matcher_count(d->m), f.passed_over);
    for (uint32_t i = 0; i < f.n; i++) {
        buf_fmt(&b, "\n%u %d", f.row[i].id, f.row[i].score);
        for (int k = 0; k < MATCH_PARTS; k++)
            buf_fmt(&b, " %d", f.row[i].part[k]);
        for (uint32_t k = 0; k < why[i].n; k++)
            buf_fmt(&b, " %d@%u", why[i].at[k].worth, why[i].at[k].answered.beg);
    }
    return buf_str(&b);
}

static void compare_patch(const struct match_opts *o, uint32_t n, uint32_t body, size_t *patched)
{
    static const Str barred[] = {{"B", 1}};
    struct arena *a = arena_open();
    struct match_doc *was = ARENA_ARRAY(a, struct match_doc, n);
    struct match_doc *now = ARENA_ARRAY(a, struct match_doc, n + 4);
    for (uint32_t i = 0; i < n; i++)
        was[i] = draw_doc(a, 3 * i + 1, body);
    uint32_t now_n = change(a, now, was, n, body);
    struct desk before = {a, rank_room_open(), matcher_build(was, n, o)};
    struct desk x = {a, before.room, matcher_patch(before.m, now, now_n)};
    struct desk y = {a, before.room, matcher_build(now, now_n, o)};
    for (int k = 0; x.m != NULL && k < 8; k++) {
        struct match_doc of = draw_doc(a, 0, 3);
        struct match_ask ask = {.of = of, .top = 1 + draw(90), .per_unit = draw(3) * 4};
        ask.full_too = draw(2) == 0;
        ask.barred_unit = barred;
        ask.barred_unit_n = draw(2);
        CHECK(str_eq(told(&x, &ask), told(&y, &ask)));
    }
    *patched += x.m != NULL;
    matcher_close(x.m);
    matcher_close(y.m);
    matcher_close(before.m);
    rank_room_close(before.room);
    arena_close(a);
}

/* One that was patched answers as one that was made whole: of titles, of paragraphs, with sense. */
TEST(matcher_patched_is_as_if_whole)
{
    enum { ROUNDS = 60 };
    struct arena *a = arena_open();
    struct sense_pair *p = ARENA_ARRAY(a, struct sense_pair, 40);
    dice = 7;
    for (uint32_t i = 0; i < 40; i++)
        p[i] = (struct sense_pair){
            .a = {{draw_text(a, 4), 1}}, .b = {{draw_text(a, 4), 1}}, .weight = 1};
    struct sense *sense =
        sense_train(p, 40, &(struct sense_opts){.alone = 1, .rounds = 2, .seed = 1});
    size_t patched = 0;
    for (uint32_t k = 0; k < ROUNDS; k++) {
        struct match_opts o = {.weights = match_weights_usual, .taxonomy = read_words(a)};
        o.sense = k % 3 == 0 ? sense : NULL;
        o.weights.of[MATCH_SENSE] = k % 3 == 0 ? 50 : 0;
        compare_patch(&o, 40 + draw(200), k % 2 == 0 ? 2 : 40, &patched);
    }
    CHECK(patched > ROUNDS / 2);
    sense_close(sense);
    arena_close(a);
}

TEST(matcher_patch_leaves_much_to_the_next)
{
    struct arena *a = arena_open();
    struct match_doc *d = ARENA_ARRAY(a, struct match_doc, MATCH_LATE_MAX + 2);
    for (uint32_t i = 0; i < MATCH_LATE_MAX + 2; i++)
        d[i] = (struct match_doc){.id = i, .text = {S("激光焊接")}};
    const struct match_opts o = {.weights = match_weights_usual};
    struct matcher *m = matcher_build(d, MATCH_LATE_MAX + 2, &o);
    for (uint32_t i = 0; i < MATCH_LATE_MAX + 1; i++) {
        if (i == 1 || i == MATCH_LATE_MAX / 2) {
            struct matcher *x = matcher_patch(m, d, MATCH_LATE_MAX + 2);
            CHECK(x != NULL);
            if (x != NULL)
                CHECK_INT(matcher_late(x), 2 * i);
            matcher_close(x);
        }
        d[i].text[MATCH_TITLE] = S("焊接激光");
    }
    CHECK(matcher_patch(m, d, MATCH_LATE_MAX + 2) == NULL);
    for (uint32_t i = 0; i < MATCH_LATE_MAX + 2; i++)
        d[i].text[MATCH_TITLE] = S("激光焊接");
    d[3].text[MATCH_TITLE] = arena_fmt(a, "%0*d", 65000, 1); /* another length on the mean */
    CHECK(matcher_patch(m, d, MATCH_LATE_MAX + 2) == NULL);
    matcher_close(m);
    arena_close(a);
}
