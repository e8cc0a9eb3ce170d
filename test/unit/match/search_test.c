/* search_test.c - subjects found however they are typed, whatever the index is made of. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/search.h"
#include "test/t.h"

static const struct search_doc docs[] = {
    {.id = 0, .name = {0}, .code = {0}},
    {.id = 3,
     .facet = {1, 7},
     .name = {"湖北京山轻工机械股份有限公司", 42},
     .code = {"91350100M000100Y43", 18}},
    {.id = 4, .facet = {1, 8}, .name = {"张家港市沙源医疗科技有限公司", 42}},
    {.id = 5,
     .facet = {1, 7},
     .name = {"苏州市沙洲纺织（集团）有限公司", 45},
     .former = {"沙洲县棉纺厂; 东风纺织厂", 35}},
    {.id = 9, .facet = {2, 7}, .name = {"王平", 6}, .more = {"嘉兴学院", 12}},
    {.id = 12, .facet = {2, 8}, .name = {"王平", 6}, .more = {"苏州大学", 12}},
    {.id = 13, .facet = {2, 8}, .name = {"李维", 6}, .more = {"嘉兴学院", 12}},
    {.id = 70, .facet = {1, 8}, .name = {"TCL科技集團股份有限公司", 33}},
    {.id = 71, .facet = {1, 8}, .name = {"重庆长安绿能汽车有限公司", 36}},
};
enum { DOCS = ARRAY_N(docs) };

struct bench {
    struct arena *a;
    struct search_room *room;
};

static struct search_found *ask(struct bench *b, const struct search_index *x,
                                const struct search_ask *ask)
{
    struct search_found *out = ARENA_NEW(b->a, struct search_found);
    search_run(b->a, b->room, x, ask, out);
    return out;
}

static struct search_found *ask_text(struct bench *b, const struct search_index *x,
                                     const char *text)
{
    return ask(b, x, &(struct search_ask){.text = str_of(text), .top = 10});
}

static void bench_open(struct bench *b)
{
    b->a = arena_open();
    b->room = search_room_open();
}

static void bench_close(struct bench *b)
{
    search_room_close(b->room);
    arena_close(b->a);
}

static const struct {
    const char *typed;
    uint32_t id; /* first of the hits */
} typed[] = {
    {"京山轻机", 3},          /* short name */
    {"沙源医疗", 4},          /* part */
    {"沙原医疗科技", 4},      /* homophone */
    {"沙流医疗科技", 4},      /* substitution */
    {"沙医疗科技", 4},        /* deletion */
    {"源沙医疗科技", 4},      /* swap */
    {"沙源医科", 4},          /* abbreviation */
    {"shayuanyiliaokeji", 4}, /* full pinyin */
    {"syylkj", 4},            /* initials */
    {"shayuanyl", 4},         /* both */
    {"shay", 4},              /* still being typed */
    {"沙源yiliao", 4},        /* characters and letters */
    {"沙洲纺织(集团)", 5},    /* brackets */
    {"沙洲紡織", 5},          /* traditional */
    {"东风纺织厂", 5},        /* former name */
    {"wangping 嘉兴学院", 9}, /* each word in a text of its own */
    {"苏州大学 王平", 12},
    {"ＴＣＬ", 70}, /* width and case */
    {"tcl科技", 70},
    {"changanlvneng", 71}, /* more than one reading, u with dots */
    {"chongqingcal", 71},
    {"91350100M000100Y43", 3},
    {"9135 0100 m000 100y43", 3},
    {"9135010", 3},            /* beginning */
    {"M000100Y4", 3},          /* organisation code */
    {"91350100M000100Y48", 3}, /* one wrong */
    {"91350100M00O100Y43", 3}, /* one that no code has */
    {"91350100M00100Y43", 3},  /* one missing */
    {"91350100M0001000Y43", 3},
    {"91350010M000100Y43", 3}, /* two swapped */
};

TEST(search_finds_what_is_typed)
{
    struct bench b;
    struct search_index *x = search_build(docs, DOCS);
    bench_open(&b);
    CHECK_INT(search_count(x), DOCS);
    for (size_t i = 0; i < ARRAY_N(typed); i++) {
        struct search_found *f = ask_text(&b, x, typed[i].typed);
        CHECK_INT(f->n > 0 ? f->hit[0].id : 1000 + i, typed[i].id);
    }
    CHECK_INT(ask_text(&b, x, "")->n, 0);
    CHECK_INT(ask_text(&b, x, "（）  ，")->n, 0);
    CHECK_INT(ask_text(&b, x, "鑫淼")->n, 0);
    bench_close(&b);
    search_close(x);
}

/* All who work for a firm of nearly the same name do not stand before the firm that was meant. */
TEST(search_puts_firms_before_those_who_work_for_others)
{
    enum { FIRMS = 2, PEOPLE = 40 };
    struct arena *a = arena_open();
    struct search_doc d[FIRMS + PEOPLE] = {
        {.id = 0, .name = S("苏州浩得科技发展有限公司")},
        {.id = 1, .name = S("苏州浩欣科技发展股份有限公司张家港保税区分公司")}};
    for (uint32_t i = FIRMS; i < FIRMS + PEOPLE; i++)
        d[i] = (struct search_doc){.id = i, .name = S("张三"), .more = d[0].name};
    struct search_index *x = search_build(d, ARRAY_N(d));
    struct search_room *room = search_room_open();
    struct search_found f;
    const struct search_ask ask = {.text = S("浩迪科技发展"), .top = 10};
    search_run(a, room, x, &ask, &f);
    CHECK_INT(f.n, 10);
    CHECK_INT(f.hit[0].id, 0);
    CHECK_INT(f.hit[1].id, 1);
    search_room_close(room);
    search_close(x);
    arena_close(a);
}

TEST(search_marks_the_bytes_that_were_meant)
{
    struct bench b;
    struct search_index *x = search_build(docs, DOCS);
    bench_open(&b);
    struct search_hit *hit = ask_text(&b, x, "沙洲集团")->hit;
    CHECK_INT(hit->id, 5);
    CHECK_INT(hit->mark_n, 2);
    CHECK(hit->mark[0].part == SEARCH_NAME && hit->mark[0].at.beg == 9 &&
          hit->mark[0].at.end == 15);
    CHECK(hit->mark[1].at.beg == 24 && hit->mark[1].at.end == 30);
    hit = ask_text(&b, x, "东风纺织厂")->hit;
    CHECK_INT(hit->mark_n, 1);
    CHECK(hit->mark[0].part == SEARCH_FORMER && hit->mark[0].at.beg == 20 &&
          hit->mark[0].at.end == 35);
    hit = ask_text(&b, x, "棉纺厂 东风")->hit; /* two former names */
    CHECK_INT(hit->id, 5);
    CHECK_INT(hit->mark_n, 2);
    CHECK(hit->mark[0].at.beg == 9 && hit->mark[0].at.end == 18);
    CHECK(hit->mark[1].at.beg == 20 && hit->mark[1].at.end == 26);
    hit = ask_text(&b, x, "wangping 嘉兴学院")->hit;
    CHECK_INT(hit->mark_n, 2);
    CHECK(hit->mark[0].part == SEARCH_NAME && hit->mark[0].at.end == 6);
    CHECK(hit->mark[1].part == SEARCH_MORE && hit->mark[1].at.end == 12);
    hit = ask_text(&b, x, "91350100M000100Y48")->hit;
    CHECK(hit->corrected && hit->mark_n == 1 && hit->mark[0].part == SEARCH_CODE);
    bench_close(&b);
    search_close(x);
}

TEST(search_filters_before_it_ranks)
{
    struct bench b;
    struct search_index *x = search_build(docs, DOCS);
    bench_open(&b);
    const uint64_t none[2] = {0}, second[2] = {1ULL << 12 | 1ULL << 13 | 1ULL << 4, 0};
    const struct search_ids filter = {second, 1}, empty = {none, 2};
    struct search_found *f =
        ask(&b, x, &(struct search_ask){S("王平"), .top = 10, .filter = &filter});
    CHECK_INT(f->n, 1);
    CHECK_INT(f->hit[0].id, 12);
    CHECK_INT(f->total, 1);
    CHECK_INT(f->count[0][2], 1);
    CHECK_INT(f->count[1][8], 1);
    CHECK_INT(f->count[1][7], 0);
    f = ask(&b, x, &(struct search_ask){S("王平"), .top = 10, .scope = &empty});
    CHECK_INT(f->n + f->total, 0);
    f = ask_text(&b, x, "王平");
    CHECK_INT(f->total, 2);
    CHECK_INT(f->count[0][2], 2);
    bench_close(&b);
    search_close(x);
}

static bool same(const struct search_found *a, const struct search_found *b)
{
    bool same =
        a->n == b->n && a->total == b->total && memcmp(a->count, b->count, sizeof a->count) == 0;
    for (uint32_t i = 0; same && i < a->n; i++)
        same = a->hit[i].id == b->hit[i].id && a->hit[i].score == b->hit[i].score &&
               a->hit[i].mark_n == b->hit[i].mark_n;
    return same;
}

TEST(search_does_not_know_how_it_came_to_be)
{
    struct bench b;
    struct search_index *whole = search_build(docs, DOCS), *x = search_build(docs, 0), *next;
    struct search_doc stranger = {.id = 4, .name = S("沙源纺织厂")};
    const uint32_t gone[] = {200, 201, 9999};
    bench_open(&b);
    for (uint32_t i = 0; i < DOCS; i++) {
        struct search_doc passing = {.id = 200 + i % 2, .name = S("沙源科技有限公司")};
        next = search_change(x, &passing, 1, NULL, 0);
        search_close(x);
        x = search_change(next, &stranger, 1, NULL, 0);
        search_close(next);
        next = search_change(x, &docs[DOCS - 1 - i], 1, NULL, 0);
        search_close(x);
        x = next;
    }
    next = search_change(x, &docs[2], 1, gone, ARRAY_N(gone));
    search_close(x);
    CHECK_INT(search_count(next), DOCS);
    for (size_t i = 0; i < ARRAY_N(typed); i++)
        CHECK(same(ask_text(&b, whole, typed[i].typed), ask_text(&b, next, typed[i].typed)));
    struct search_doc got;
    CHECK(search_get(next, 4, &got));
    CHECK_STR(got.name, "张家港市沙源医疗科技有限公司");
    CHECK(!search_get(next, 200, &got));
    bench_close(&b);
    search_close(whole);
    search_close(next);
}

/* What a caller may not see changes nothing that is told. */
TEST(search_tells_nothing_of_what_is_hidden)
{
    struct bench b;
    const uint64_t seen[2] = {1ULL << 3 | 1ULL << 4 | 1ULL << 9, 1ULL << 6 | 1ULL << 7};
    const struct search_ids scope = {seen, 2};
    struct search_doc world[DOCS];
    uint32_t n = 0;
    for (size_t i = 0; i < DOCS; i++)
        if ((seen[docs[i].id / 64] >> docs[i].id % 64 & 1) != 0)
            world[n++] = docs[i];
    struct search_index *all = search_build(docs, DOCS), *few = search_build(world, n);
    bench_open(&b);
    for (size_t i = 0; i < ARRAY_N(typed); i++) {
        struct search_ask q = {.text = str_of(typed[i].typed), .top = 10, .scope = &scope};
        CHECK(same(ask(&b, all, &q), ask(&b, few, &q)));
    }
    bench_close(&b);
    search_close(all);
    search_close(few);
}
