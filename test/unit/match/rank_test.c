/* rank_test.c - texts ranked by a text, and why. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/rank.h"
#include "match/sense.h"
#include "test/t.h"

static const char *const titles[] = {"激光焊接机器人视觉引导技术", "纺织废水深度处理与回用",
                                     "高强钢热成形与激光焊接工艺", "大型轴承感应淬火装备",
                                     "污水处理厂智能曝气控制",     "机器人减速器精密加工"};
enum { DOCS = ARRAY_N(titles) };

static void make_docs(struct rank_doc *d)
{
    for (uint32_t i = 0; i < DOCS; i++)
        d[i] = (struct rank_doc){.id = i, .field = {str_of(titles[i])}};
}

static const struct rank_opts plain = {.weight = {1}, .k1 = 90, .b = 30, .kin = true};
static const struct rank_ask need = {
    .part = {{{"机器人激光焊接", 21}, 2}, {{"汽车零部件焊缝的视觉跟踪，废水不涉及", 54}, 1}},
    .top = 10};

TEST(rank_puts_what_is_shared_first)
{
    struct arena *a = arena_open();
    struct rank_doc d[DOCS];
    struct rank_found f;
    struct rank_room *room = rank_room_open();
    make_docs(d);
    struct rank_index *x = rank_build(d, DOCS, &plain);
    rank_run(a, room, x, &need, &f);
    CHECK(f.n >= 3);
    CHECK_INT(f.hit[0].id, 0);
    CHECK_INT(f.hit[1].id, 2);
    const uint64_t filter[] = {1 << 1 | 1 << 3};
    struct rank_ask few = need;
    few.filter = filter;
    few.filter_n = 1;
    rank_run(a, room, x, &few, &f);
    CHECK_INT(f.n, 1); /* nothing is shared with the other */
    CHECK_INT(f.hit[0].id, 1);
    rank_run(a, room, x, &(struct rank_ask){.top = 3}, &f);
    CHECK_INT(f.n, 0);
    rank_close(x);
    rank_room_close(room);
    arena_close(a);
}

TEST(rank_reasons_add_up)
{
    struct arena *a = arena_open();
    struct rank_doc d[DOCS];
    struct rank_found f;
    struct rank_room *room = rank_room_open();
    make_docs(d);
    struct rank_index *x = rank_build(d, DOCS, &plain);
    rank_run(a, room, x, &need, &f);
    for (uint32_t i = 0; i < f.n; i++) {
        struct rank_why why;
        int32_t sum = 0;
        rank_why(a, rank_tell(a, x, &need), &f.hit[i], &d[f.hit[i].doc], &why);
        for (uint32_t k = 0; k < why.n; k++) {
            const struct rank_reason *r = &why.at[k];
            Str asked = str_sub(need.part[r->part].text, r->asked.beg, r->asked.end);
            Str answered =
                str_sub(d[f.hit[i].doc].field[r->field], r->answered.beg, r->answered.end);
            CHECK(asked.n > 0 && str_eq(asked, answered));
            CHECK(k == 0 || r->worth <= why.at[k - 1].worth);
            sum += r->worth;
        }
        CHECK_INT(sum, f.hit[i].words);
        CHECK_INT(sum + f.hit[i].sense, f.hit[i].score);
        if (i == 0)
            CHECK_STR(str_sub(need.part[0].text, why.at[0].asked.beg, why.at[0].asked.end),
                      "激光焊接");
    }
    rank_close(x);
    rank_room_close(room);
    arena_close(a);
}

/* Waste water and sewage share no character; three matches say that they have to do with each
 * other. */
static struct sense *learn(uint64_t seed)
{
    static const char *const pair[][2] = {{"废水", "污水"},   {"废水处理", "污水治理"},
                                          {"轴承", "减速器"}, {"轴承加工", "减速器制造"},
                                          {"焊接", "连接"},   {"激光焊接", "激光连接"}};
    struct sense_pair p[2 * ARRAY_N(pair)];
    for (size_t i = 0; i < ARRAY_N(p); i++)
        p[i] = (struct sense_pair){
            .a = {{str_of(pair[i / 2][0]), 1}}, .b = {{str_of(pair[i / 2][1]), 1}}, .weight = 1};
    return sense_train(p, ARRAY_N(p),
                       &(struct sense_opts){.alone = 40, .rounds = 40, .seed = seed});
}

TEST(sense_learns_from_pairs_and_always_the_same)
{
    struct arena *a = arena_open();
    struct sense *s = learn(1), *again = learn(1), *other = learn(2);
    int8_t v[2][SENSE_SIZE], w[SENSE_SIZE], u[SENSE_SIZE];
    int32_t near[2];
    bool same = true, differs = false;
    sense_of(a, s, &(struct sense_part){S("污水"), 1}, 1, v[0]);
    sense_of(a, s, &(struct sense_part){S("减速器"), 1}, 1, v[1]);
    sense_of(a, s, &(struct sense_part){S("废水"), 1}, 1, w);
    sense_compare(near, v[0], 2, w);
    CHECK(near[0] > near[1]);
    sense_of(a, again, &(struct sense_part){S("废水"), 1}, 1, u);
    for (size_t i = 0; i < SENSE_SIZE; i++)
        same = same && u[i] == w[i];
    CHECK(same);
    sense_of(a, other, &(struct sense_part){S("废水"), 1}, 1, u);
    for (size_t i = 0; i < SENSE_SIZE; i++)
        differs = differs || u[i] != w[i];
    CHECK(differs);
    sense_of(a, s, &(struct sense_part){S("鑫淼"), 1}, 1, w);
    sense_compare(near, v[0], 1, w);
    CHECK_INT(near[0], 0);
    sense_close(s);
    sense_close(again);
    sense_close(other);
    arena_close(a);
}

/* What is kept tells nearly what was trained, is the same bytes again, and nothing else is read. */
TEST(sense_is_kept_as_bytes)
{
    struct arena *a = arena_open();
    struct sense *s = learn(1);
    Str kept = sense_write(a, s);
    struct sense *back = sense_read(kept);
    int8_t v[2][SENSE_SIZE];
    int32_t near;
    CHECK(back != NULL);
    CHECK(str_eq(sense_write(a, back), kept));
    sense_of(a, s, &(struct sense_part){S("废水"), 1}, 1, v[0]);
    sense_of(a, back, &(struct sense_part){S("废水"), 1}, 1, v[1]);
    for (size_t i = 0; i < SENSE_SIZE; i++)
        CHECK(v[0][i] - v[1][i] <= 4 && v[1][i] - v[0][i] <= 4);
    sense_compare(&near, v[0], 1, v[1]);
    CHECK(near > 0);
    CHECK(sense_read(str_sub(kept, 0, kept.n - 1)) == NULL);
    CHECK(sense_read(S("")) == NULL);
    char *bad = arena_raw(a, kept.n, 1);
    memcpy(bad, kept.p, kept.n);
    memset(bad + 8, 0xFF, 4); /* the first gram behind all others */
    CHECK(sense_read((Str){bad, kept.n}) == NULL);
    sense_close(s);
    sense_close(back);
    arena_close(a);
}

TEST(rank_adds_sense_to_words)
{
    struct arena *a = arena_open();
    struct rank_doc d[DOCS];
    struct rank_found f;
    struct sense *s = learn(1);
    struct rank_room *room = rank_room_open();
    struct rank_opts o = plain;
    o.sense = s;
    make_docs(d);
    struct rank_index *x = rank_build(d, DOCS, &o);
    struct rank_ask ask = {.part = {{S("废水"), 1}}, .top = 10, .sense_weight = 100};
    rank_run(a, room, x, &ask, &f);
    CHECK_INT(f.hit[0].id, 1);
    CHECK_INT(f.hit[1].id, 4); /* sewage */
    for (uint32_t i = 0; i < f.n; i++)
        CHECK_INT(f.hit[i].words + f.hit[i].sense, f.hit[i].score);
    rank_close(x);
    sense_close(s);
    rank_room_close(room);
    arena_close(a);
}

/* The first document answers; the second shares nothing with the question, but with the first. */
TEST(rank_finds_the_kin_of_the_best)
{
    struct arena *a = arena_open();
    const struct rank_doc d[] = {{.id = 0, .field = {S("吊钩锻造液压机组")}},
                                 {.id = 1, .field = {S("液压机组数控化")}},
                                 {.id = 2, .field = {S("水稻旱地育苗")}},
                                 {.id = 3, .field = {S("废水深度处理")}}};
    struct rank_ask ask = {.part = {{S("吊钩锻造"), 1}}, .top = 4, .doc = d};
    struct rank_found without, with;
    struct rank_room *room = rank_room_open();
    struct rank_index *x = rank_build(d, ARRAY_N(d), &plain);
    rank_run(a, room, x, &ask, &without);
    CHECK_INT(without.n, 1);
    ask.kin_weight = 50;
    rank_run(a, room, x, &ask, &with);
    CHECK_INT(with.n, 2);
    CHECK_INT(with.hit[0].id, 0);
    CHECK_INT(with.hit[0].kin, 0); /* it is not kin to itself */
    CHECK_INT(with.hit[1].id, 1);
    CHECK(with.hit[1].kin > 0);
    CHECK_INT(with.hit[1].score, with.hit[1].kin);
    rank_close(x);
    rank_room_close(room);
    arena_close(a);
}
