/* noninterference_test.c - what lies outside a scope cannot be told from any answer: two worlds
 * that differ in nothing else answer alike, to the byte, cursors and complaints included. */
#include "test/unit/query/world.h"

enum { QUERIES = 3000, SEED = 20260331 };

static void check_alike(const struct scope *s, bool private)
{
    struct world w[2];
    struct arena *a = arena_open();
    struct dice d = {SEED};
    uint64_t answered = 0;
    for (int k = 0; k < 2; k++) {
        store_open(STORE_SQLITE);
        w[k] = world_make(SEED, 7 + (uint64_t)k, private);
        store_end();
    }
    bool alike = true;
    for (int i = 0; i < QUERIES && alike; i++) {
        struct arena *tmp = arena_open();
        struct buf b[2];
        struct dice same = d;
        for (int k = 0; k < 2; k++) {
            same = d;
            buf_init(&b[k], tmp, BUF_MAX);
            world_answer(&b[k], w[k].r, s, &same);
        }
        answered += b[0].n;
        alike = str_eq(buf_str(&b[0]), buf_str(&b[1]));
        buf_char(&b[1], '\0');
        if (!alike)
            CHECK_STR(buf_str(&b[0]), b[1].p);
        d = same;
        arena_close(tmp);
    }
    CHECK(answered > (uint64_t)QUERIES * 40);
    world_end(&w[0]);
    world_end(&w[1]);
    arena_close(a);
}

TEST(noninterference_town)
{
    check_alike(&(struct scope){.rule = SCOPE_LOCALITY,
                                .locality = S("320582100"),
                                .show = PROTECT_PERSONAL,
                                .ask = PROTECT_PERSONAL},
                false);
}

TEST(noninterference_subjects)
{
    static const int64_t mine[] = {1, 2, 3, 5, 8, 13, 21, 34, 39, 40};
    check_alike(&(struct scope){.rule = SCOPE_SUBJECTS,
                                .subject = mine,
                                .subject_n = ARRAY_N(mine),
                                .show = PROTECT_PERSONAL,
                                .ask = PROTECT_PERSONAL},
                false);
}

TEST(noninterference_columns)
{
    check_alike(&(struct scope){.rule = SCOPE_LOCALITY,
                                .locality = S("320582100"),
                                .show = PROTECT_PUBLIC,
                                .ask = PROTECT_PUBLIC},
                true);
}

TEST(noninterference_named_columns)
{
    static const Str field[] = {{"收入", 6}, {"企业名称", 12}, {"链", 3}};
    check_alike(&(struct scope){.rule = SCOPE_LOCALITY,
                                .locality = S("320582100"),
                                .show = PROTECT_PERSONAL,
                                .ask = PROTECT_PERSONAL,
                                .field = field,
                                .field_n = ARRAY_N(field)},
                true);
}

TEST(noninterference_none)
{
    check_alike(
        &(struct scope){.rule = SCOPE_NONE, .show = PROTECT_PERSONAL, .ask = PROTECT_PERSONAL},
        true);
}
