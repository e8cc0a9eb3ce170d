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
