/* login_test.c - passwords, second factors, budgets, sessions, tokens; on both databases. */
#include <string.h>

#include "access/session.h"
#include "access/token.h"
#include "access/totp.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/raw.h"
#include "os/thread.h"
#include "sql.h"
#include "test/t.h"
#include "test/unit/access/help.h"

#define GOOD  "四月的雨落在江边码头"
#define GOOD2 "correct.but.other.8"

TEST(passwords_that_will_do)
{
    static const struct {
        const char *text;
        enum password_fault want;
    } CASE[] = {
        {"short", PASSWORD_SHORT},
        {"elevenchars", PASSWORD_SHORT},
        {"四月的雨落在江边码头船", PASSWORD_SHORT}, /* eleven letters, 33 bytes */
        {"四月的雨落在江边码头船上", PASSWORD_FINE},
        {"password1234", PASSWORD_COMMON},
        {"Password!2024", PASSWORD_COMMON},
        {"adminadminadmin", PASSWORD_COMMON},
        {"qwertyuiop[]12", PASSWORD_COMMON},
        {"zhangjiagang2026", PASSWORD_COMMON},
        {"aaaaaaaaaaaab", PASSWORD_PLAIN},
        {"abcdefghijklmn", PASSWORD_PLAIN},
        {"987654321098", PASSWORD_PLAIN},
        {"li.wei-is-here", PASSWORD_NAME},
        {"Tr0mbone&ladder", PASSWORD_FINE},
        {"vier worte ohne sinn", PASSWORD_FINE},
    };
    for (size_t i = 0; i < ARRAY_N(CASE); i++)
        CHECK_INT(password_fault(str_of(CASE[i].text), S("li.wei")), CASE[i].want);
    char many[PASSWORD_BYTES_MAX + 2];
    memset(many, 'x', sizeof many);
    CHECK_INT(password_fault((Str){many, sizeof many - 1}, S("")), PASSWORD_LONG);
    for (int f = PASSWORD_FINE + 1; f <= PASSWORD_NAME; f++)
        CHECK(password_fault_text((enum password_fault)f, true).n > 0);
}

TEST(hashes_depend_on_the_server_key)
{
    struct arena *a = arena_open();
    Secret one = {{1}}, two = {{2}};
    struct access *x, *y;
    CHECK_INT(access_open(&x, &one), OK);
    CHECK_INT(access_open(&y, &two), OK);
    Str kept = password_hash(a, x, S(GOOD));
    CHECK(kept.n > 0 && kept.n < PASSWORD_HASH_MAX);
    CHECK(password_ok(x, S(GOOD), kept));
    CHECK(!password_ok(x, S(GOOD2), kept));
    CHECK(!password_ok(y, S(GOOD), kept));
    CHECK(!password_ok(x, S(GOOD), S("")));
    CHECK(!password_ok(x, S(GOOD), S("$1$rubbish")));
    CHECK(!str_eq(kept, password_hash(a, x, S(GOOD)))); /* another salt */
    access_close(x);
    access_close(y);
    arena_close(a);
}

/* RFC 6238, appendix B, the SHA-1 column: the last six of its eight digits. */
TEST(time_codes_are_the_standards)
{
    static const struct {
        int64_t second;
        uint32_t code;
    } CASE[] = {{59, 287082},       {1111111109, 81804},  {1111111111, 50471},
                {1234567890, 5924}, {2000000000, 279037}, {20000000000, 353130}};
    for (size_t i = 0; i < ARRAY_N(CASE); i++)
        CHECK_INT(totp_code(S("12345678901234567890"), CASE[i].second / 30), CASE[i].code);
}

/* --- logging in --- */

static struct login_ask ask_as(const char *name, const char *text)
{
    return (struct login_ask){.name = str_of(name),
                              .password = str_of(text),
                              .source = S("10.0.0.1"),
                              .agent = S("test")};
}

static int g_evaluated;

/* The three steps. */
static struct login_answer go(const struct login_ask *ask)
{
    struct login l;
    struct login_answer out = {0};
    t.now_us += SECOND;
    struct access_view v = view();
    CHECK_INT(login_begin(&v, ask, &l), OK);
    g_evaluated += l.weighed;
    CHECK_INT(login_verify(t.access, ask, &l), OK);
    CHECK_INT(login_end(&v, ask, &l, &out), OK);
    login_wipe(&l);
    return out;
}

static enum status who_has(Str cookie, struct caller *who, bool *touch)
{
    struct access_view v = view();
    return session_find(&v, cookie, who, touch);
}

static bool is_in(const Cookie *c)
{
    struct caller who;
    bool touch;
    return who_has(str_of(c->text), &who, &touch) == OK;
}

static void check_login_and_session(void)
{
    int64_t li = add("li", ROLE_OFFICER);
    password(li, GOOD);
    struct login_ask ask = ask_as("LI", GOOD);
    struct login_answer in = go(&ask);
    struct caller who;
    bool touch;
    CHECK(in.ok && !in.must_change && in.account == li);
    CHECK_INT(who_has(str_of(in.cookie.text), &who, &touch), OK);
    CHECK_INT(who.account, li);
    CHECK_STR(who.name, "li");
    CHECK_INT(who.roles, ROLE_BIT(ROLE_OFFICER));
    CHECK_INT(who.session, in.session);
    CHECK(who.stepped_up && !touch && who.scopes == TOKEN_ALL);

    t.now_us += SESSION_STEP_US;
    CHECK_INT(who_has(str_of(in.cookie.text), &who, &touch), OK);
    CHECK(!who.stepped_up && touch);
    CHECK_INT(session_touch(store.w, COUNTY, in.session, t.now_us), OK);
    t.now_us += SESSION_IDLE_US - 1;
    CHECK(is_in(&in.cookie));
    t.now_us += 1;
    CHECK(!is_in(&in.cookie)); /* idle for too long */

    in = go(&ask);
    for (int64_t from = t.now_us; t.now_us < from + SESSION_MOST_US;
         t.now_us += SESSION_IDLE_US / 2) {
        CHECK(is_in(&in.cookie));
        CHECK_INT(session_touch(store.w, COUNTY, in.session, t.now_us), OK);
    }
    CHECK(!is_in(&in.cookie)); /* twelve hours */
}
ON_BOTH(login_and_session)

static void check_the_answer_does_not_tell(void)
{
    int64_t li = add("li", ROLE_OFFICER);
    password(li, GOOD);
    int64_t no_password = add("none", ROLE_OFFICER);
    CHECK(no_password > 0);
    struct login_ask asks[] = {ask_as("li", GOOD2), ask_as("nobody", GOOD), ask_as("none", ""),
                               ask_as("none", GOOD), ask_as("", "")};
    static const struct login_answer NO = {0};
    for (size_t i = 0; i < ARRAY_N(asks); i++) {
        struct login_answer out = go(&asks[i]);
        CHECK(memcmp(&out, &NO, sizeof NO) == 0);
    }
    struct login_ask right = ask_as("li", GOOD);
    end(account_state(begin(), li, ACCOUNT_LOCKED, S("")), OK);
    CHECK(!go(&right).ok);
    end(account_state(begin(), li, ACCOUNT_OPEN, S("")), OK);
    CHECK(go(&right).ok);
}
ON_BOTH(the_answer_does_not_tell)

static void check_lock_and_password_end_sessions(void)
{
    int64_t li = add("li", ROLE_OFFICER);
    password(li, GOOD);
    struct login_ask ask = ask_as("li", GOOD);
    struct login_answer a = go(&ask), b = go(&ask);
    CHECK(is_in(&a.cookie) && is_in(&b.cookie));
    end(session_close(begin(), li + 1, a.session), ERR_GONE); /* somebody else's */
    end(session_close(begin(), li, a.session), OK);
    CHECK(!is_in(&a.cookie) && is_in(&b.cookie));
    a = go(&ask);

    struct login_ask change = ask; /* in session b */
    change.fresh = S(GOOD2);
    change.session = b.session;
    struct login_answer c = go(&change);
    CHECK(c.ok && c.session == b.session);
    CHECK(!is_in(&a.cookie) && !is_in(&b.cookie) && is_in(&c.cookie));
    CHECK(!go(&ask).ok);
    struct login_ask now = ask_as("li", GOOD2);
    CHECK(go(&now).ok);
    end(account_state(begin(), li, ACCOUNT_LOCKED, S("")), OK);
    CHECK(!is_in(&c.cookie));
    end(account_state(begin(), li, ACCOUNT_OPEN, S("")), OK);
    CHECK(!is_in(&c.cookie)); /* gone for good */
}
ON_BOTH(lock_and_password_end_sessions)

static void check_cookies_turn(void)
{
    int64_t li = add("li", ROLE_OFFICER), wang = add("wang", ROLE_OFFICER);
    end(account_role(begin(), li, ROLE_REVIEWER, true), OK);
    password(li, GOOD);
    password(wang, GOOD);
    struct login_ask ask = ask_as("li", GOOD);
    struct login_answer a = go(&ask);
    struct caller who;
    Cookie turned;
    bool touch;
    CHECK_INT(who_has(str_of(a.cookie.text), &who, &touch), OK);
    end(session_take_roles(begin(), &who, ROLE_BIT(ROLE_REVIEWER), &turned), OK);
    CHECK(!is_in(&a.cookie));
    CHECK_INT(who_has(str_of(turned.text), &who, &touch), OK);
    CHECK_INT(who.roles, ROLE_BIT(ROLE_REVIEWER));
    CHECK(!who.stepped_up);

    ask.session = a.session; /* prove it again */
    struct login_answer b = go(&ask);
    CHECK(b.ok && b.session == a.session && !is_in(&turned));
    CHECK_INT(who_has(str_of(b.cookie.text), &who, &touch), OK);
    CHECK(who.stepped_up && who.roles == ROLE_BIT(ROLE_REVIEWER));

    struct login_ask foreign = ask_as("wang", GOOD);
    foreign.session = a.session;
    CHECK(!go(&foreign).ok);
    CHECK(is_in(&b.cookie));
}
ON_BOTH(cookies_turn)

static void check_new_password_must_change(void)
{
    int64_t li = add("li", ROLE_OFFICER);
    Str kept = password_hash(store.a, t.access, S(GOOD));
    end(account_password(begin(), li, kept, true, 0), OK);
    struct login_ask ask = ask_as("li", GOOD);
    struct login_answer a = go(&ask);
    struct caller who;
    bool touch;
    CHECK(a.ok && a.must_change);
    CHECK_INT(who_has(str_of(a.cookie.text), &who, &touch), OK);
    CHECK(who.must_change);
    ask.fresh = S(GOOD2);
    ask.session = a.session;
    a = go(&ask);
    CHECK(a.ok && !a.must_change);
    CHECK_INT(who_has(str_of(a.cookie.text), &who, &touch), OK);
    CHECK(!who.must_change);
}
ON_BOTH(new_password_must_change)

/* Between the steps of a login the world goes on. */
static void check_what_changes_meanwhile_counts(void)
{
    int64_t li = add("li", ROLE_OFFICER);
    struct login_ask ask = ask_as("li", GOOD);
    struct access_view v = view();
    struct login_answer out;
    struct login l;
    password(li, GOOD);
    for (int i = 0; i < 2; i++) {
        CHECK_INT(login_begin(&v, &ask, &l), OK);
        CHECK_INT(login_verify(t.access, &ask, &l), OK);
        CHECK(l.right);
        if (i == 0)
            password(li, GOOD2);
        else
            end(account_state(begin(), li, ACCOUNT_CLOSED, S("")), OK);
        v.now_us = t.now_us;
        CHECK_INT(login_end(&v, &ask, &l, &out), OK);
        CHECK(!out.ok);
        if (i == 0)
            password(li, GOOD);
    }
}
ON_BOTH(what_changes_meanwhile_counts)

/* No more than two passwords are hashed at once, however many threads ask. */
static void hash_some(void *arg)
{
    for (int i = 0; i < 3; i++)
        CHECK(!password_ok(arg, S(GOOD), S("")));
}

TEST(two_passwords_at_once)
{
    enum { THREADS = 6 };
    struct arena *a = arena_open();
    struct thread *thread[THREADS];
    Secret key = {{1}};
    struct access *x;
    CHECK_INT(access_open(&x, &key), OK);
    for (int i = 0; i < THREADS; i++)
        CHECK_INT(thread_start(a, &thread[i], hash_some, x), OK);
    for (int i = 0; i < THREADS; i++)
        thread_join(thread[i]);
    CHECK_INT(password_most(x), 2);
    access_close(x);
    arena_close(a);
}

/* --- budgets --- */

/* Ten evaluated in any hour, however many are tried, for a known name and an unknown one alike. */
static void check_budget_of_a_name(void)
{
    static const char *const NAMES[] = {"li", "nobody"};
    password(add("li", ROLE_OFFICER), GOOD);
    for (int k = 0; k < 2; k++) {
        struct login_ask ask = ask_as(NAMES[k], GOOD2);
        int64_t at[64];
        int n = 0;
        for (int i = 0; i < 120; i++) {
            ask.source = arena_fmt(store.a, "10.%d.%d.7", k, i); /* from everywhere */
            int before = g_evaluated;
            CHECK(!go(&ask).ok);
            if (g_evaluated > before && n < 64)
                at[n++] = t.now_us;
            t.now_us += 59 * SECOND; /* two hours in all */
        }
        CHECK(n >= 9 && n <= 14);
        for (int i = 0; i + 10 < n; i++)
            CHECK(at[i + 10] - at[i] > 3600 * SECOND);
    }
}
ON_BOTH(budget_of_a_name)

static void check_owner_is_not_locked_out(void)
{
    password(add("li", ROLE_OFFICER), GOOD);
    struct login_ask mine = ask_as("li", GOOD), theirs = ask_as("li", GOOD2);
    CHECK(go(&mine).ok); /* from now on the address is known */
    theirs.source = S("198.51.100.9");
    for (int i = 0; i < 30; i++)
        CHECK(!go(&theirs).ok);
    struct login_ask elsewhere = mine;
    elsewhere.source = S("198.51.100.10");
    CHECK(!go(&elsewhere).ok); /* right, but not looked at */
    CHECK(go(&mine).ok);
    for (int i = 0; i < 50; i++)
        CHECK(go(&mine).ok); /* what is right costs nothing */
}
ON_BOTH(owner_is_not_locked_out)

static void check_budget_of_a_source(void)
{
    int before = g_evaluated;
    for (int i = 0; i < 100; i++) {
        struct login_ask ask = ask_as(arena_fmt(store.a, "n%d", i).p, GOOD);
        ask.source = arena_fmt(store.a, "2001:db8:1:2::%d", i); /* one /64 */
        CHECK(!go(&ask).ok);
    }
    CHECK(g_evaluated - before >= 20 && g_evaluated - before <= 22);
    CHECK_STR(login_source(store.a, S("::ffff:10.0.0.1")), "10.0.0.1");
    CHECK_STR(login_source(store.a, S("2001:db8:1:2:3::4")), "2001:db8:1:2::/64");
    CHECK_STR(login_source(store.a, S("unix:\nx")), "?");
}
ON_BOTH(budget_of_a_source)

/* A budget that is full again leaves no row, and none holds a name in clear. */
static void check_budgets_leave_nothing(void)
{
    struct sql_login_budget_get_row row;
    struct login_ask ask = ask_as("hunter2hunter2", "x");
    (void)go(&ask); /* what it says is tested above */
    CHECK_INT(sql_login_budget_get_one(store.w, store.a,
                                       &(struct sql_login_budget_get){COUNTY, S("all")}, &row),
              OK);
    t.now_us += 86400 * SECOND;
    CHECK_INT(
        sql_login_budget_drop_full(store.w, &(struct sql_login_budget_drop_full){COUNTY, t.now_us}),
        OK);
    CHECK_INT(sql_login_budget_get_one(store.w, store.a,
                                       &(struct sql_login_budget_get){COUNTY, S("all")}, &row),
              ERR_GONE);
}
ON_BOTH(budgets_leave_nothing)

/* --- second factor --- */

static Str seed_of(Str uri)
{
    static uint8_t out[TOTP_SEED_N];
    size_t at = str_find(uri, S("secret=")) + 7, n = 0;
    uint32_t bits = 0;
    for (int have = 0; n < TOTP_SEED_N; at++) {
        char c = uri.p[at];
        bits = bits << 5 | (uint32_t)(c >= 'A' ? c - 'A' : c - '2' + 26);
        if ((have += 5) >= 8)
            out[n++] = (uint8_t)(bits >> (have -= 8));
    }
    return (Str){(const char *)out, n};
}

static Str code_at(Str seed, int64_t us)
{
    return arena_fmt(store.a, "%06u", totp_code(seed, us / SECOND / TOTP_STEP_S));
}

static Str enrol(int64_t account, Str *codes)
{
    Str uri = {0};
    end(totp_enrol(begin(), account, &uri), OK);
    CHECK(str_starts(uri, S("otpauth://totp/geci:li?secret=")));
    Str seed = seed_of(uri);
    end(totp_confirm(begin(), account, S("000000"), codes), ERR_DENIED);
    (void)begin();
    end(totp_confirm(&t.desk, account, code_at(seed, t.now_us), codes), OK);
    return seed;
}

static void check_second_factor(void)
{
    Str codes[RECOVERY_CODES];
    int64_t li = add("li", ROLE_LEADER);
    password(li, GOOD);
    Str seed = enrol(li, codes);
    struct login_ask ask = ask_as("li", GOOD);
    CHECK(!go(&ask).ok); /* no code */
    t.now_us += 60 * SECOND;
    ask.code = code_at(seed, t.now_us + SECOND);
    CHECK(go(&ask).ok);
    CHECK(!go(&ask).ok); /* used */
    t.now_us += 3600 * SECOND;
    ask.code = code_at(seed, t.now_us + SECOND - 30 * SECOND);
    CHECK(go(&ask).ok); /* one step late */
    t.now_us += 3600 * SECOND;
    ask.code = code_at(seed, t.now_us + SECOND + 30 * SECOND);
    CHECK(go(&ask).ok); /* one early */
    ask.code = code_at(seed, t.now_us + SECOND);
    CHECK(!go(&ask).ok); /* and none before it any more */
    t.now_us += 3600 * SECOND;
    ask.code = code_at(seed, t.now_us + SECOND - 60 * SECOND);
    CHECK(!go(&ask).ok);
    t.now_us += 3600 * SECOND;
    ask.code = code_at(seed, t.now_us + SECOND);
    ask.password = S(GOOD2);
    CHECK(!go(&ask).ok); /* the code alone is nothing */
    ask.password = S(GOOD);
    CHECK(go(&ask).ok); /* nor was it used up */
}
ON_BOTH(second_factor)

static void check_recovery_codes(void)
{
    Str codes[RECOVERY_CODES], more[RECOVERY_CODES];
    int64_t li = add("li", ROLE_LEADER);
    password(li, GOOD);
    (void)enrol(li, codes); /* its seed is lost */
    struct login_ask ask = ask_as("li", GOOD);
    ask.code = codes[3];
    CHECK(go(&ask).ok);
    CHECK(!go(&ask).ok); /* once */
    ask.code = codes[9];
    CHECK(go(&ask).ok);
    (void)enrol(li, more); /* a new authenticator */
    t.now_us += 3600 * SECOND;
    ask.code = codes[0];
    CHECK(!go(&ask).ok); /* old ones are void */
    ask.code = more[0];
    CHECK(go(&ask).ok);
    end(totp_drop(begin(), li), OK);
    ask.code = S("");
    CHECK(go(&ask).ok);
    end(totp_drop(begin(), li), ERR_GONE);
}
ON_BOTH(recovery_codes)

/* Somebody with a pen in the store: copies a hash, puts an old one back, takes the second factor
 * away. None of it opens anything. */
static void check_credentials_are_vouched_for(void)
{
    Str codes[RECOVERY_CODES];
    int64_t li = add("li", ROLE_LEADER), wang = add("wang", ROLE_OFFICER);
    password(li, GOOD);
    password(wang, GOOD2);
    struct login_ask ask = ask_as("li", GOOD2);
    struct login_ask right = ask_as("li", GOOD);
    CHECK_INT(db_raw(store.w, "CREATE TABLE kept AS SELECT * FROM credential;"
                              "UPDATE credential SET secret = (SELECT secret FROM kept WHERE "
                              "kept.account = 2) WHERE account = 1"),
              OK);
    CHECK(!go(&ask).ok && !go(&right).ok);
    password(li, GOOD2);
    CHECK(go(&ask).ok);
    CHECK_INT(db_raw(store.w, "UPDATE credential SET secret = (SELECT secret FROM kept WHERE "
                              "kept.account = 1) WHERE account = 1; DROP TABLE kept"),
              OK);
    CHECK(!go(&right).ok);
    t.now_us += 7200 * SECOND;
    password(li, GOOD);
    (void)enrol(li, codes); /* its seed is not needed */
    CHECK_INT(db_raw(store.w, "DELETE FROM credential WHERE account = 1 AND kind = 2"), OK);
    CHECK(!go(&right).ok);
}
ON_BOTH(credentials_are_vouched_for)

/* --- cookies, CSRF --- */

TEST(cookies_are_read_strictly)
{
    struct arena *a = arena_open();
    Secret s = {{7}};
    Cookie c;
    keyed_init();
    secret_write(c.text, &s);
    Str set = session_cookie(a, &c, true);
    CHECK(str_starts(set, arena_fmt(a, "__Host-geci=%s; ", c.text)));
    CHECK(str_find(set, S("; Secure")) < set.n && str_find(set, S("; HttpOnly")) < set.n &&
          str_find(set, S("; SameSite=Strict")) < set.n && str_find(set, S("; Path=/")) < set.n);
    CHECK(str_find(session_cookie(a, &c, false), S("Secure")) == session_cookie(a, &c, false).n);
    CHECK(str_find(session_cookie_gone(a, true), S("Max-Age=0")) < session_cookie_gone(a, true).n);
    CHECK_STR(session_value(arena_fmt(a, "a=b; __Host-geci=%s; c=d", c.text), true), c.text);
    CHECK_STR(session_value(arena_fmt(a, "geci=%s", c.text), false), c.text);
    CHECK_INT(session_value(arena_fmt(a, "geci=%s", c.text), true).n, 0);
    CHECK_INT(session_value(arena_fmt(a, "__Host-geci=%s; __Host-geci=%s", c.text, c.text), true).n,
              0);
    CHECK_INT(session_value(arena_fmt(a, "__Host-geci=%s=", c.text), true).n, 0);
    CHECK_INT(session_value(S("__Host-geci=short"), true).n, 0);
    CHECK_INT(session_value(S(""), true).n, 0);

    char token[KEYED_TEXT_N + 1];
    Str value = str_of(c.text);
    session_csrf(token, value);
    CHECK(session_csrf_ok(value, str_of(token)));
    CHECK(!session_csrf_ok(value, value));
    CHECK(!session_csrf_ok(value, S("")));
    token[5] ^= 1;
    CHECK(!session_csrf_ok(value, str_of(token)));
    CHECK(!session_csrf_ok(S("rubbish"), S("")));
    arena_close(a);
}

/* --- tokens --- */

static enum status try_token(const char *text, const char *source, struct caller *who, bool *touch)
{
    struct access_view v = view();
    return token_find(&v, str_of(text), str_of(source), who, touch);
}

static void check_tokens(void)
{
    int64_t li = add("li", ROLE_OFFICER), number = 0;
    char text[TOKEN_TEXT_N + 1], other[TOKEN_TEXT_N + 1];
    struct caller who;
    bool touch;
    struct token_new in = {li, S("报表"), TOKEN_READ | TOKEN_IMPORT, t.now_us + 86400 * SECOND};
    struct token_new bad[] = {in, in, in, in, in};
    bad[0].until_us = t.now_us;
    bad[1].until_us = t.now_us + 400 * 86400 * SECOND;
    bad[2].scopes = 0;
    bad[3].scopes = 1024;
    bad[4].account = 99;
    for (size_t i = 0; i < ARRAY_N(bad); i++)
        end(token_make(begin(), &bad[i], text, &number), i < 4 ? ERR_INPUT : ERR_GONE);
    end(token_make(begin(), &in, text, &number), OK);
    CHECK(str_starts(str_of(text), S("geci_")) && strlen(text) == TOKEN_TEXT_N);
    CHECK_INT(try_token(text, "10.0.0.1", &who, &touch), OK);
    CHECK(who.account == li && who.scopes == in.scopes && who.token == number && touch);
    CHECK(!who.stepped_up && who.session == 0 && who.roles == ROLE_BIT(ROLE_OFFICER));
    CHECK_INT(token_touch(store.w, COUNTY, &who), OK);
    CHECK_INT(try_token(text, "10.0.0.1", &who, &touch), OK);
    CHECK(!touch);
    memcpy(other, text, sizeof other);
    other[20] = other[20] == 'A' ? 'B' : 'A';
    CHECK_INT(try_token(other, "10.0.0.1", &who, &touch), ERR_GONE);
    CHECK_INT(try_token("geci_", "10.0.0.1", &who, &touch), ERR_GONE);
    end(account_state(begin(), li, ACCOUNT_LOCKED, S("")), OK);
    CHECK_INT(try_token(text, "10.0.0.1", &who, &touch), ERR_GONE);
    end(account_state(begin(), li, ACCOUNT_OPEN, S("")), OK);
    end(token_end(begin(), li + 1, number), ERR_DENIED);
    end(token_end(begin(), li, number), OK);
    CHECK_INT(try_token(text, "10.0.0.1", &who, &touch), ERR_GONE);
    end(token_end(begin(), 0, number), ERR_GONE);
    in.until_us = t.now_us + 86400 * SECOND;
    end(token_make(begin(), &in, text, &number), OK);
    t.now_us += 86400 * SECOND;
    CHECK_INT(try_token(text, "10.0.0.1", &who, &touch), ERR_GONE); /* over */
}
ON_BOTH(tokens)

static void check_wrong_tokens_cost(void)
{
    struct caller who;
    bool touch, ok;
    int looked = 0;
    for (int i = 0; i < 200; i++) {
        enum status st = try_token("geci_x", "10.0.0.9", &who, &touch);
        CHECK(st == ERR_GONE || st == ERR_DENIED);
        if (st == ERR_DENIED)
            continue;
        looked++;
        struct access_view v = view();
        CHECK_INT(login_weigh(&v, S("10.0.0.9"), &ok), OK);
    }
    CHECK_INT(looked, 20);
    struct access_view v = view();
    CHECK_INT(login_unweigh(&v, S("10.0.0.9")), OK);
    CHECK_INT(try_token("geci_x", "10.0.0.9", &who, &touch), ERR_GONE);
}
ON_BOTH(wrong_tokens_cost)
