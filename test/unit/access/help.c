#include "test/unit/access/help.h"

#include <stdlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "sql.h"
#include "test/t.h"

struct desk_test t;

static void add_subject(int64_t n, int64_t subject, Str kind, Str identity)
{
    CHECK_INT(sql_subject_add(
                  store.w, &(struct sql_subject_add){COUNTY, t.act.no, n, subject, kind, identity}),
              OK);
}

/* One store of each kind serves every test: what a test writes is rolled back. */
static struct store g_kept[2];

static void close_all(void)
{
    for (int i = 0; i < 2; i++) {
        store = g_kept[i];
        if (store.db != NULL)
            store_end();
    }
}

static void open_kept(enum store_kind kind)
{
    static bool registered;
    if (!registered && atexit(close_all) == 0)
        registered = true;
    store = g_kept[kind];
    if (store.db == NULL)
        store_open(kind);
    g_kept[kind] = store;
}

void access_start(enum store_kind kind)
{
    Secret key = {{1, 2, 3}};
    open_kept(kind);
    diags_init(&store.ds, store.a);
    t = (struct desk_test){.now_us = NOON};
    CHECK_INT(access_open(&t.access, &key), OK);
    CHECK_INT(db_begin(store.w), OK);
    (void)begin(); /* t.desk */
    add_subject(0, 1, S("企业"), S("甲"));
    add_subject(1, 2, S("企业"), S("乙"));
    add_subject(2, 3, S("载体"), S("丙"));
    add_subject(3, 4, S("新型研发机构"), S("丁"));
    end(OK, OK);
}

void access_stop(void)
{
    db_rollback(store.w);
    access_close(t.access);
}

struct access_desk *begin(void)
{
    t.now_us += SECOND;
    CHECK_INT(db_mark(store.w), OK);
    CHECK_INT(act_begin(&t.act, store.w, store.a, COUNTY, t.now_us), OK);
    t.desk = (struct access_desk){.act = &t.act, .access = t.access, .diags = &store.ds};
    return &t.desk;
}

void end(enum status st, enum status want)
{
    static const struct act_words WORDS = {{"tester", 6}, {"test", 4}, {"x", 1}, {"{}", 2}};
    CHECK_INT(st, want);
    if (st == OK) {
        CHECK_INT(act_end(&t.act, &WORDS), OK);
        CHECK_INT(db_unmark(store.w), OK);
    } else {
        CHECK_INT(db_undo(store.w), OK);
    }
}

int64_t add(const char *name, enum role role)
{
    int64_t out = 0;
    enum side side = role_side(role);
    struct account in = {.name = str_of(name), .title = S("某人"), .side = side};
    in.locality = side == SIDE_TOWN ? S("A") : S("");
    in.organisation = side == SIDE_BANK ? S("B") : S("");
    in.subject = side == SIDE_ENTERPRISE  ? 1
                 : side == SIDE_CARRIER   ? 3
                 : side == SIDE_INSTITUTE ? 4
                                          : 0;
    end(account_add(begin(), &in, role, &out), OK);
    return out;
}

void password(int64_t account, const char *text)
{
    Str kept = password_hash(store.a, t.access, str_of(text));
    end(account_password(begin(), account, kept, false, 0), OK);
}

struct access_view view(void)
{
    return (struct access_view){store.w, store.a, t.access, COUNTY, t.now_us};
}

struct caller caller_of(int64_t account)
{
    struct caller who;
    struct access_view v = view();
    CHECK_INT(account_caller(&v, account, &who), OK);
    who.scopes = TOKEN_ALL;
    return who;
}
