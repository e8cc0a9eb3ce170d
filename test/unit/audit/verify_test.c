/* verify_test.c - what a verification finds, and what anchors survive. test/trust/tamper.c tries
 * far more ways. */
#include <string.h>

#include "audit/verify.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/raw.h"
#include "sql.h"
#include "test/help/store.h"
#include "test/t.h"

static void write_some(int n)
{
    for (int i = 1; i <= n; i++) {
        struct act a = store_act(i);
        CHECK_INT(act_county(&a, arena_fmt(store.a, "名%d", i), DIGEST_SM3), OK);
        store_act_end(&a, S("county.set"));
    }
}

/* Layers above check what they derive by themselves; here there is nothing of theirs. */
static enum status nothing(struct db_conn *c, struct arena *tmp, struct diags *ds)
{
    (void)c;
    (void)tmp;
    (void)ds;
    return OK;
}

static const struct audit_derived DERIVED = {"subject_now", nothing};
static struct audit_found found;

/* The codes found, each followed by a blank. */
static Str verify(const struct anchor *anchor, const SignKey *key)
{
    struct audit_asked q = {.anchor = anchor,
                            .anchor_n = anchor == NULL ? 0 : 1,
                            .key = key,
                            .derived = &DERIVED,
                            .derived_n = 1};
    diags_init(&store.ds, store.a);
    CHECK_INT(audit_verify(store.w, store.a, &found, &q, &store.ds), OK);
    return store_said();
}

static void change(enum store_kind kind, const char *sqlite, const char *both)
{
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(
        db_raw(store.w, kind == STORE_SQLITE ? sqlite : "SET session_replication_role=replica"),
        OK);
    CHECK_INT(db_raw(store.w, both), OK);
    CHECK_INT(db_commit(store.w), OK);
}

static struct anchor last(void)
{
    struct anchor a = {0};
    CHECK_INT(db_begin(store.w), OK);
    CHECK_INT(anchor_last(store.w, store.a, &a, S("320582")), OK);
    db_rollback(store.w);
    a.file = S("f");
    return a;
}

static void check_verify(enum store_kind kind)
{
    store_open(kind);
    write_some(5);
    struct anchor head = last();
    CHECK_STR(verify(&head, NULL), "");
    CHECK_INT(found.acts, 5);
    CHECK_INT(found.rows, 5);
    CHECK_INT(found.chain[0].anchored, 5);

    change(kind, "DROP TRIGGER county_no_update", "UPDATE county SET name = 'x' WHERE act = 2");
    CHECK_STR(verify(NULL, NULL), "AUDIT-ROW-CHANGED ");
    CHECK_INT(found.chain[0].bad, 2);
    change(kind, "DROP TRIGGER county_no_delete", "DELETE FROM county WHERE act = 3");
    CHECK_STR(verify(NULL, NULL), "AUDIT-ROW-CHANGED AUDIT-ROW-LACK ");
    change(kind, "SELECT 1",
           "INSERT INTO county VALUES ('320582', 4, 1, 'y', 1), ('320582', 77, 0, 'y', 1)");
    CHECK_STR(verify(NULL, NULL),
              "AUDIT-ROW-CHANGED AUDIT-ROW-LACK AUDIT-ROW-EXTRA AUDIT-ROW-STRAY ");
    change(kind, "DROP TRIGGER act_no_update", "UPDATE act SET actor = 'z' WHERE act = 5");
    CHECK(str_find(verify(NULL, NULL), S("AUDIT-HASH")) < store_said().n);
    change(kind, "DROP TRIGGER act_no_delete", "DELETE FROM act WHERE act IN (2, 5)");
    CHECK(str_find(verify(&head, NULL), S("AUDIT-GAP")) < store_said().n);
    CHECK(str_find(store_said(), S("AUDIT-TAIL")) < store_said().n);
    store_end();
}

TEST(sqlite_verify)
{
    check_verify(STORE_SQLITE);
}

TEST(postgres_verify)
{
    check_verify(STORE_POSTGRES);
}

static Str line_of(const struct anchor *a)
{
    struct buf b;
    buf_init(&b, store.a, BUF_MAX);
    anchor_write(&b, a);
    return buf_str(&b);
}

static size_t read_back(Str text, struct anchor **out)
{
    size_t n = 0;
    *out = NULL;
    return anchor_read(store.a, out, &n, text) ? n : 99;
}

TEST(anchors_survive_mail)
{
    struct anchor *got;
    store_open(STORE_SQLITE);
    write_some(2);
    struct sign_private *key = sign_new();
    struct anchor a = last();
    CHECK_INT(read_back(line_of(&a), &got), 1);
    CHECK(!got->is_signed);
    anchor_sign(&a, key, INT64_C(1795336200123456));
    CHECK(anchor_signature_ok(&a));
    Str mail = arena_fmt(store.a, "你好:\r\n> %.*s\r\n>\r\n", (int)line_of(&a).n, line_of(&a).p);
    CHECK_INT(read_back(mail, &got), 1);
    CHECK_STR(got->county, "320582");
    CHECK_INT(got->act, 2);
    CHECK_INT(got->at_us, INT64_C(1795336200123456));
    CHECK(anchor_signature_ok(got));
    got->act = 3;
    CHECK(!anchor_signature_ok(got));
    CHECK_INT(read_back(S("no anchor at all"), &got), 0);
    for (size_t cut = 15; cut < line_of(&a).n; cut++)
        CHECK_INT(read_back(str_sub(line_of(&a), 0, cut), &got), 99);
    sign_close(key);
    store_end();
}

/* Signed heads are kept, and by whom they are signed matters. */
TEST(signed_heads_are_checked)
{
    store_open(STORE_SQLITE);
    write_some(2);
    struct sign_private *key = sign_new(), *other = sign_new();
    SignKey mine = sign_public(key), not_mine = sign_public(other);
    struct anchor a = last();
    anchor_sign(&a, key, 5);
    struct act act = store_act(9);
    CHECK_INT(anchor_keep(&act, 0, &a), OK);
    store_act_end(&act, S("audit.sign"));
    CHECK_STR(verify(&a, &mine), "");
    CHECK_INT(found.signatures, 1);
    CHECK_STR(verify(&a, &not_mine), "AUDIT-KEY AUDIT-KEY ");
    a.is_signed = false;
    CHECK_STR(verify(&a, &mine), "AUDIT-UNSIGNED ");
    a.hash.byte[0] ^= 1;
    CHECK_STR(verify(&a, NULL), "AUDIT-ANCHOR ");
    Str pem = sign_pem(store.a, key);
    struct sign_private *again = sign_read(pem);
    SignKey same = sign_public(again);
    CHECK(memcmp(&same, &mine, sizeof mine) == 0);
    CHECK(sign_read(S("no key")) == NULL);
    sign_close(again);
    sign_close(key);
    sign_close(other);
    store_end();
}

TEST(clock_that_runs_back_is_told)
{
    store_open(STORE_SQLITE);
    struct act a = store_act(9);
    store_act_end(&a, S("x"));
    a = store_act(8);
    store_act_end(&a, S("x"));
    CHECK_STR(verify(NULL, NULL), "AUDIT-CLOCK ");
    CHECK_INT(store.ds.error_n, 0);
    store_end();
}
