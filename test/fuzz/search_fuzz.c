/* search_fuzz.c - whatever is typed is answered: hits in order, scores and marks within bounds, and
 * of documents outside the scope no answer tells. The first byte draws the scope.
 *
 * Two small worlds differ only in documents that the scope does not reach; one was built at once,
 * the other by changes. */
#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "match/search.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { SEEN = 6, HIDDEN = 3, ID_HIDDEN = 40 };

static struct search_index *world[2];
static struct search_room *room;

static void make_worlds(void)
{
    const struct search_doc seen[SEEN] = {
        {.id = 1, .name = S("江苏沙源医疗科技股份有限公司"), .code = S("91350100M000100Y43")},
        {.id = 2, .name = S("苏州市沙洲纺织（集团）有限公司"), .former = S("棉纺厂;东风厂")},
        {.id = 3, .name = S("王平"), .more = S("嘉兴学院")},
        {.id = 4, .name = S("TCL科技集團有限公司"), .facet = {1, 2, 3}},
        {.id = 5, .name = S("重庆长安绿能汽车有限公司"), .prior = 9},
        {.id = 6, .name = S("有限公司"), .more = S("沙源")}};
    const struct search_doc hidden[2][HIDDEN] = {
        {{.id = ID_HIDDEN, .name = S("沙源科技有限公司"), .code = S("91350100M000100Y44")}},
        {{.id = ID_HIDDEN, .name = S("王平"), .more = S("苏州大学")},
         {.id = ID_HIDDEN + 1, .name = S("纺织")},
         {.id = ID_HIDDEN + 2, .name = S("东风汽车")}}};
    struct search_doc all[SEEN + HIDDEN];
    memcpy(all, seen, sizeof seen);
    memcpy(all + SEEN, hidden[0], sizeof hidden[0][0]);
    world[0] = search_build(all, SEEN + 1);
    struct search_index *x = search_build(hidden[1], HIDDEN);
    for (uint32_t i = 0; i < SEEN; i++) {
        struct search_index *next = search_change(x, &seen[i], 1, NULL, 0);
        search_close(x);
        x = next;
    }
    world[1] = x;
    room = search_room_open();
}

static void check(const struct search_index *x, const struct search_found *f)
{
    for (uint32_t i = 0; i < f->n; i++) {
        struct search_doc d;
        ASSERT(f->hit[i].score <= 1000 && search_get(x, f->hit[i].id, &d));
        const Str part[] = {d.name, d.former, d.more, d.code};
        for (uint32_t k = 0; k < f->hit[i].mark_n; k++) {
            const struct search_mark *m = &f->hit[i].mark[k];
            ASSERT(m->at.beg < m->at.end && m->at.end <= part[m->part].n);
            ASSERT(k == 0 || m[-1].part != m->part || m[-1].at.end < m->at.beg);
        }
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct search_found f[2];
    uint64_t seen = size == 0 ? 0 : data[0] & 0x7EU;
    struct search_ids scope = {&seen, 1};
    if (world[0] == NULL)
        make_worlds();
    struct arena *a = arena_open();
    for (int w = 0; w < 2; w++) {
        struct search_ask ask = {.top = 5, .scope = &scope};
        ask.text = size == 0 ? S("") : (Str){(const char *)data + 1, size - 1};
        search_run(a, room, world[w], &ask, &f[w]);
        check(world[w], &f[w]);
    }
    ASSERT(f[0].n == f[1].n && f[0].total == f[1].total);
    ASSERT(memcmp(f[0].count, f[1].count, sizeof f[0].count) == 0);
    for (uint32_t i = 0; i < f[0].n; i++)
        ASSERT(f[0].hit[i].id == f[1].hit[i].id && f[0].hit[i].score == f[1].hit[i].score);
    arena_close(a);
    return 0;
}
