/* finder_test.c - search over rosters: it follows what is written, and tells nothing of what lies
 * outside a scope. */
#include <pthread.h>
#include <stdatomic.h>

#include "audit/act.h"
#include "col/dataset.h"
#include "query/finder.h"
#include "record/record.h"
#include "test/unit/query/world.h"
#include "text/fold.h"
#include "text/pinyin.h"

static const struct scope town = {.rule = SCOPE_LOCALITY,
                                  .locality = {"320582100", 9},
                                  .show = PROTECT_PUBLIC,
                                  .ask = PROTECT_PUBLIC};

/* "total: identity name[typed]score ..": all that an answer holds. */
static Str find(struct finder *f, struct arena *a, const char *text, const struct scope *s)
{
    struct finder_kind kind = {S("企业"), s};
    struct finder_found found;
    struct buf b;
    CHECK_INT(finder_find(f, a, &(struct finder_ask){str_of(text), &kind, 1, 64}, &found), OK);
    buf_init(&b, a, 1 << 16);
    buf_fmt(&b, "%u/%u:", found.total, found.count[0]);
    for (size_t i = 0; i < found.n; i++) {
        const struct finder_hit *h = &found.hit[i];
        buf_fmt(&b, " %.*s %.*s %lld %d %d", STR_ARG(h->identity), STR_ARG(h->name),
                (long long)h->subject, (int)h->part, h->score);
        for (size_t k = 0; k < h->piece_n; k++)
            buf_fmt(&b, k % 2 == 1 ? "[%.*s]" : "%.*s", STR_ARG(h->piece[k]));
    }
    return buf_str(&b);
}

static bool tells(Str answer, const char *text)
{
    return str_find(answer, str_of(text)) < answer.n;
}

TEST(finder_follows)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    struct finder *f = finder_open(store.a, w.rosters);
    struct finder_found none;
    struct finder_kind kind = {S("企业"), &everything};
    CHECK_INT(finder_find(f, store.a, &(struct finder_ask){S("示例"), &kind, 1, 8}, &none),
              ERR_BUSY);
    finder_follow(f);
    CHECK(!tells(find(f, store.a, "新来的厂", &everything), "新来的厂"));
    world_report(2000, "代码,企业名称,曾用名\nQ99X9,新来的厂,从前的坊\n");
    world_refresh(&w);
    finder_follow(f);
    CHECK(tells(find(f, store.a, "新来的厂", &everything), "Q99X9 新来的厂"));
    CHECK(tells(find(f, store.a, "xinlaidechang", &everything), "Q99X9"));
    CHECK(tells(find(f, store.a, "从前的坊", &everything), "[从前的坊]"));
    world_report(2001, "代码,企业名称\nQ99X9,改了名字\n");
    world_refresh(&w);
    finder_follow(f);
    CHECK(tells(find(f, store.a, "改了名字", &everything), "Q99X9 改了名字"));
    CHECK(!tells(find(f, store.a, "新来的厂", &everything), "[新来的厂]"));
    finder_close(f);
    world_end(&w);
    store_end();
}

/* --- asked from several threads while it follows --- */

struct asker {
    struct finder *f;
    atomic_bool *over;
    Str state[2]; /* what may be said */
    int asked, odd;
};

static void *keep_asking(void *arg)
{
    struct asker *x = arg;
    struct arena *a = arena_open();
    for (; !atomic_load(x->over); x->asked++) {
        ArenaMark mark = arena_mark(a);
        Str said = find(x->f, a, "新来的厂", &everything);
        x->odd += !str_eq(said, x->state[0]) && !str_eq(said, x->state[1]);
        arena_reset(a, mark);
    }
    arena_close(a);
    return NULL;
}

static void rename_one(struct world *w, struct finder *f, int day)
{
    world_report(day, day % 2 == 0 ? "代码,企业名称\nQ99X9,新来的厂\n"
                                   : "代码,企业名称\nQ99X9,改了名字\n");
    world_refresh(w);
    finder_follow(f);
}

TEST(finder_is_asked_while_it_follows)
{
    enum { ASKERS = 3, CHANGES = 30, DAY = 2000 };
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    struct finder *f = finder_open(store.a, w.rosters);
    pthread_t thread[ASKERS];
    struct asker asker[ASKERS];
    atomic_bool over = false;
    Str state[2];
    for (int i = 0; i < 2; i++) {
        rename_one(&w, f, DAY + i);
        state[i] = find(f, store.a, "新来的厂", &everything);
    }
    CHECK(!str_eq(state[0], state[1]));
    for (int i = 0; i < ASKERS; i++) {
        asker[i] = (struct asker){.f = f, .state = {state[0], state[1]}, .over = &over};
        CHECK_INT(pthread_create(&thread[i], NULL, keep_asking, &asker[i]), 0);
    }
    for (int i = 0; i < CHANGES; i++)
        rename_one(&w, f, DAY + 2 + i);
    atomic_store(&over, true);
    for (int i = 0; i < ASKERS; i++) {
        (void)pthread_join(thread[i], NULL);
        CHECK(asker[i].asked > 0);
        CHECK_INT(asker[i].odd, 0);
    }
    finder_close(f);
    world_end(&w);
    store_end();
}

/* An old code leads to what it went into, and no further than the scope does. */
TEST(finder_finds_what_was_merged)
{
    store_open(STORE_SQLITE);
    struct world w = world_make(3, 4, false);
    struct finder *f = finder_open(store.a, w.rosters);
    struct rules *kind = NULL;
    world_report(2000, "代码,企业名称,区镇\nQ77X7,甲乙丙厂,320582101\nQ99X9,甲乙丁厂,320582101\n");
    struct act act = store_act(2001);
    struct record r = record_of(&act);
    CHECK_INT(record_kind_get(store.w, store.a, &kind, S("320582"), S("企业"), RECORD_NOW), OK);
    CHECK_INT(record_merge(&r, kind, S("Q77X7"), S("Q99X9"), S("重复"), &store.ds), OK);
    store_act_end(&act, S("merge"));
    world_refresh(&w);
    finder_follow(f);
    Str found = find(f, store.a, " Q77X7", &everything);
    CHECK(str_starts(str_sub(found, str_find(found, S(":")), found.n), S(": Q99X9 甲乙丁厂")));
    CHECK(tells(found, "[Q77X7]（已并入 merged）") && !tells(found, " Q77X7 "));
    CHECK(!tells(find(f, store.a, "Q99X9", &everything), "已并入"));
    CHECK(!tells(find(f, store.a, "Q77X7", &town), "Q99X9"));
    finder_close(f);
    world_end(&w);
    store_end();
}

/* Made of many small changes it answers as when made at once. */
TEST(finder_changes_like_building)
{
    static const char *const asked[] = {"示例", "jinggong", "ABC", "更名", "H37X1"};
    store_open(STORE_SQLITE);
    struct world w = world_make(5, 6, false);
    struct finder *f = finder_open(store.a, w.rosters);
    struct dice d = {17};
    finder_follow(f);
    for (int i = 0; i < 40; i++) {
        world_report(3000 + i, arena_fmt(store.a, "代码,企业名称\n%c%u,更名%u厂\n",
                                         'A' + (char)roll(&d, 26), roll(&d, 50), roll(&d, 9))
                                   .p);
        world_refresh(&w);
        finder_follow(f);
    }
    struct finder *whole = finder_open(store.a, w.rosters);
    finder_follow(whole);
    for (size_t i = 0; i < ARRAY_N(asked); i++) {
        Str a = find(f, store.a, asked[i], &everything);
        Str b = find(whole, store.a, asked[i], &everything);
        CHECK(tells(a, " "));
        CHECK_INT(str_cmp(str_sub(a, 0, str_find(a, S(":"))), str_sub(b, 0, str_find(b, S(":")))),
                  0);
    }
    finder_close(whole);
    finder_close(f);
    world_end(&w);
    store_end();
}

TEST(finder_within_scope)
{
    static const char *const word[] = {"示例", "精工", "shili", "sljg", "ABC",
                                       "老厂", "科技", "H37X1", "B",    "示例紡織"};
    struct arena *a = arena_open();
    struct world w[2];
    struct finder *f[2];
    for (int k = 0; k < 2; k++) {
        store_open(STORE_SQLITE);
        w[k] = world_make(20260331, 7 + (uint64_t)k, false);
        store_end();
        f[k] = finder_open(a, w[k].rosters);
        finder_follow(f[k]);
    }
    for (size_t i = 0; i < ARRAY_N(word); i++) {
        Str answer = find(f[0], a, word[i], &town);
        CHECK(str_eq(answer, find(f[1], a, word[i], &town)));
    }
    struct scope blind = town;
    blind.ask = blind.show = (enum protection)0;
    CHECK_STR(find(f[0], a, "示例", &blind), "0/0:");
    for (int k = 0; k < 2; k++) {
        finder_close(f[k]);
        world_end(&w[k]);
    }
    arena_close(a);
}

/* --- ten thousand questions --- */

/* Characters as they stand, in letters, or by their first letters; one in ten is left out, changed
 * or written twice. */
static void type(struct buf *b, struct arena *a, struct dice *d, Str text)
{
    struct folded f;
    fold_glyphs(a, &f, text);
    uint32_t from = roll(d, f.n + 1), n = 1 + roll(d, 5), how = roll(d, 4);
    for (uint32_t i = from; i < f.n && i < from + n; i++) {
        uint32_t slip = roll(d, 30);
        Readings r = pinyin_of(f.at[i]);
        Str own = str_sub(text, f.of[i].beg, f.of[i].end);
        if (slip == 0)
            continue;
        if (slip == 1)
            own = S("厂");
        if (r != 0 && how < 2) {
            uint16_t syllable[PINYIN_READINGS];
            (void)pinyin_each(r, syllable);
            own = pinyin_text(syllable[0]);
            own.n = how == 1 ? 1 : own.n;
        }
        buf_add(b, own);
        if (slip == 2)
            buf_add(b, own);
    }
}

/* Of any subject of either world: what is hidden is asked for as well. */
static const char *typed(struct arena *a, struct dice *d, const struct world w[static 2])
{
    struct buf b;
    buf_init(&b, a, 1 << 12);
    for (uint32_t words = 1 + roll(d, 3); words > 0; words--) {
        const struct roster *r = w[roll(d, 2)].r;
        uint32_t row = roll(d, r->data->row_n);
        const struct column *c =
            dataset_find(r->data, (uint32_t)r->rules->role[SUBJECT_ROLE_NAME], COL_NO_PERIOD);
        bool named = roll(d, 3) > 0 && column_has(c, row);
        type(&b, a, d,
             named ? labels_text(r->data->labels, (uint32_t)column_value(c, row))
                   : r->data->id[row]);
        if (words > 1)
            buf_char(&b, ' ');
    }
    buf_char(&b, '\0');
    return b.p;
}

/* Counties that differ in what a scope does not hold answer alike, whatever is typed. */
TEST(finder_noninterference)
{
    enum { QUERIES = 10000, SEED = 20260331 };
    static const int64_t mine[] = {1, 2, 3, 5, 8, 13, 21, 34, 39, 40};
    const struct scope own = {.rule = SCOPE_SUBJECTS,
                              .subject = mine,
                              .subject_n = ARRAY_N(mine),
                              .show = PROTECT_PUBLIC,
                              .ask = PROTECT_PUBLIC};
    struct arena *a = arena_open();
    struct world w[2];
    struct finder *f[2];
    struct dice d = {SEED};
    size_t found = 0, differ = 0;
    for (int k = 0; k < 2; k++) {
        store_open(STORE_SQLITE);
        w[k] = world_make(SEED, 7 + (uint64_t)k, false);
        store_end();
        f[k] = finder_open(a, w[k].rosters);
        finder_follow(f[k]);
    }
    bool alike = true;
    for (int i = 0; i < QUERIES && alike; i++) {
        ArenaMark mark = arena_mark(a);
        const char *text = typed(a, &d, w);
        const struct scope *s = i % 2 == 0 ? &town : &own;
        Str answer = find(f[0], a, text, s);
        alike = str_eq(answer, find(f[1], a, text, s));
        if (!alike)
            CHECK_STR(answer, text);
        found += answer.n > 4;
        differ += i % 10 == 0 &&
                  !str_eq(find(f[0], a, text, &everything), find(f[1], a, text, &everything));
        arena_reset(a, mark);
    }
    CHECK(found > QUERIES / 2);       /* most find something, */
    CHECK(differ > QUERIES / 10 / 2); /* and who sees all sees two counties */
    for (int k = 0; k < 2; k++) {
        finder_close(f[k]);
        world_end(&w[k]);
    }
    arena_close(a);
}
