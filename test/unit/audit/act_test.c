/* act_test.c - acts number themselves, follow one another and seal what they wrote. */
#include <string.h>

#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

static struct sql_act_get_row get(int64_t no)
{
    struct sql_act_get_row row = {0};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(sql_act_get_one(store.w, store.a, &(struct sql_act_get){S("320582"), no}, &row), OK);
    db_rollback(store.w);
    return row;
}

static void check_acts(void)
{
    struct act a = store_act(1);
    CHECK_INT(a.no, 1);
    CHECK_INT(act_county(&a, S("张家港市"), DIGEST_SHA256), OK);
    store_act_end(&a, S("county.set"));

    a = store_act(2);
    CHECK_INT(a.no, 2);
    CHECK_INT(a.by, DIGEST_SHA256);
    store_act_end(&a, S("nothing"));

    /* county=320582 act=1 n=0 name hash_by=2, hashed by SM3 as a stranger would */
    Digest want = digest_of(DIGEST_SM3, S("6:3205821:11:012:张家港市1:2"));
    char hex[2 * DIGEST_N + 1];
    digest_hex(hex, &want);
    CHECK_STR(get(1).seals, arena_fmt(store.a, "county 1 %s\n", hex).p);
    CHECK_STR(get(2).seals, "");

    /* The second act's hash, put together by hand from the first one's. */
    Str text = arena_fmt(store.a, "10:geci-act-16:3205821:27:20000006:tester7:nothing1:x2:{}0:32:");
    Str first = get(1).hash;
    char bytes[256];
    memcpy(bytes, text.p, text.n);
    memcpy(bytes + text.n, first.p, first.n);
    want = digest_of(DIGEST_SHA256, (Str){bytes, text.n + first.n});
    CHECK(str_eq(get(2).hash, digest_str(&want)));
}

/* An act that is rolled back leaves no gap. */
static void check_rollback(void)
{
    struct act a = store_act(1);
    CHECK_INT(act_county(&a, S("甲"), DIGEST_SM3), OK);
    db_rollback(store.w);
    a = store_act(1);
    CHECK_INT(a.no, 1);
    store_act_end(&a, S("again"));
    CHECK_STR(get(1).seals, "");
}

/* Digests are made as rows are written, or of what stands there where that is something else. */

static enum status add_subject(const struct act *a, int64_t n, const char *identity)
{
    return sql_subject_add(store.w, &(struct sql_subject_add){a->county, a->no, n, n + 10 * a->no,
                                                              S("k"), str_of(identity)});
}

static void check_seal(const struct act *a, const char *rows, int n)
{
    char hex[2 * DIGEST_N + 1];
    Digest want = digest_of(DIGEST_SM3, str_of(rows));
    digest_hex(hex, &want);
    CHECK_STR(get(a->no).seals, arena_fmt(store.a, "subject %d %s\n", n, hex).p);
}

static void check_seals(void)
{
    struct act a = store_act(1);
    CHECK_INT(add_subject(&a, 0, "a"), OK);
    CHECK_INT(add_subject(&a, 1, "b"), OK);
    store_act_end(&a, S("in order"));
    check_seal(&a, "6:3205821:11:02:101:k1:a6:3205821:11:12:111:k1:b", 2);

    a = store_act(2);
    CHECK_INT(add_subject(&a, 1, "d"), OK);
    CHECK_INT(add_subject(&a, 0, "c"), OK);
    store_act_end(&a, S("in another"));
    check_seal(&a, "6:3205821:21:02:201:k1:c6:3205821:21:12:211:k1:d", 2);

    a = store_act(3);
    CHECK_INT(add_subject(&a, 0, "f"), OK);
    CHECK_INT(db_mark(store.w), OK);
    CHECK_INT(add_subject(&a, 1, "e"), OK);
    CHECK_INT(db_undo(store.w), OK);
    store_act_end(&a, S("partly undone"));
    check_seal(&a, "6:3205821:31:02:301:k1:f", 1);

    a = store_act(4);
    CHECK_INT(add_subject(&a, 0, "g"), OK);
    db_rollback(store.w);
    a = store_act(4);
    CHECK_INT(add_subject(&a, 0, "h"), OK);
    store_act_end(&a, S("once more"));
    check_seal(&a, "6:3205821:41:02:401:k1:h", 1);
}

TEST(sqlite_seals)
{
    store_open(STORE_SQLITE);
    check_seals();
    store_end();
}

TEST(postgres_seals)
{
    store_open(STORE_POSTGRES);
    check_seals();
    store_end();
}

TEST(sqlite_acts)
{
    store_open(STORE_SQLITE);
    check_acts();
    store_end();
}

TEST(postgres_acts)
{
    store_open(STORE_POSTGRES);
    check_acts();
    store_end();
}

TEST(sqlite_rollback)
{
    store_open(STORE_SQLITE);
    check_rollback();
    store_end();
}
