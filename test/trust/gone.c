/* gone.c - what was taken back is gone with the next request: sessions, tokens, roles, accounts and
 * consents, each used on several connections of every loop just before, by this server's own acts
 * and by another program's.
 *
 * The defect planted by --canary: nothing is taken back. */
#include <stdio.h>

#include "access/session.h"
#include "api/route.h"
#include "audit/act.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "test/trust/world.h"

enum { CONNECTIONS = 6, WARM = 3 };
#define KINDS "/kinds"
#define LIST  "/subjects/%E4%BC%81%E4%B8%9A" /* 企业 */

struct gone {
    struct trust *t;
    struct world w;
    struct arena *a;
    struct client client[CONNECTIONS], other;
    int64_t asked;
};

static int ask(struct gone *x, struct client *c, const char *path, Str headers)
{
    struct client_answer got;
    struct client_question q = {"GET", arena_fmt(x->a, "%s%s", API_BASE, path), headers, S("")};
    client_ask(c, x->a, &got, &q);
    x->asked++;
    return got.status;
}

static void warm(struct gone *x, const char *what, const char *path, Str headers)
{
    for (int i = 0; i < CONNECTIONS * WARM; i++) {
        int status = ask(x, &x->client[i % CONNECTIONS], path, headers);
        (void)trust_check(x->t, status == 200, "%s before: %d", what, status);
    }
}

static void expect(struct gone *x, const char *what, const char *path, Str headers, int want)
{
    for (int i = 0; i < CONNECTIONS; i++) {
        int status = ask(x, &x->client[i], path, headers);
        (void)trust_check(x->t, status == want, "%s after: %d", what, status);
    }
}

static Str of(struct gone *x, enum role role)
{
    return world_headers(x->a, &x->w.at[role], true);
}

/* An act by somebody, of whose answer a member is wanted. */
static Str act(struct gone *x, enum role by, const char *method, Str path, const char *body,
               const char *member)
{
    struct client_answer got;
    struct client_question q = {method, path, of(x, by), str_of(body)};
    if (x->t->canary && member == NULL)
        return S("");
    client_ask(&x->other, x->a, &got, &q);
    (void)trust_check(x->t, got.status / 100 == 2, "%s %.*s: %d %.*s", method, STR_ARG(path),
                      got.status, STR_ARG(got.body));
    return member == NULL ? S("") : client_member(&got, member);
}

static Str account_path(struct gone *x, enum role role, const char *rest)
{
    return arena_fmt(x->a, "%s/accounts/%lld/%s", API_BASE, (long long)x->w.at[role].account, rest);
}

static void accounts(struct gone *x)
{
    Str leader = of(x, ROLE_LEADER), reviewer = of(x, ROLE_REVIEWER), judge = of(x, ROLE_AUDITOR);
    warm(x, "session", KINDS, leader);
    (void)act(x, ROLE_LEADER, "DELETE", S(API_BASE "/session"), "", NULL);
    expect(x, "session", KINDS, leader, 401);
    warm(x, "account", KINDS, reviewer);
    (void)act(x, ROLE_SECURITY_ADMIN, "POST", account_path(x, ROLE_REVIEWER, "state"),
              "{\"state\":\"locked\",\"why\":\"x\"}", NULL);
    expect(x, "account", KINDS, reviewer, 401);
    warm(x, "role", LIST, judge);
    (void)act(x, ROLE_SECURITY_ADMIN, "POST", account_path(x, ROLE_AUDITOR, "roles"),
              "{\"role\":\"auditor\",\"given\":false}", NULL);
    expect(x, "role", LIST, judge, 403);
}

static void token(struct gone *x)
{
    struct client_answer got;
    struct client_question q = {"POST", S(API_BASE "/tokens"), of(x, ROLE_OFFICER),
                                S("{\"title\":\"x\",\"scopes\":[\"read\"],\"days\":3}")};
    client_ask(&x->other, x->a, &got, &q);
    Str bearer =
        arena_fmt(x->a, "Authorization: Bearer %.*s\r\n", STR_ARG(client_member(&got, "secret")));
    Str number = client_member(&got, "token");
    warm(x, "token", KINDS, bearer);
    (void)act(x, ROLE_OFFICER, "DELETE",
              arena_fmt(x->a, "%s/tokens/%.*s", API_BASE, STR_ARG(number)), "", NULL);
    expect(x, "token", KINDS, bearer, 401);
}

static void consent(struct gone *x)
{
    Str number = act(x, ROLE_ENTERPRISE, "POST", S(API_BASE "/consents"),
                     "{\"organisation\":\"示例银行\",\"purpose\":\"x\",\"fields\":[\"研发费用\"],"
                     "\"days\":3}",
                     "consent");
    Str bank = of(x, ROLE_BANK);
    warm(x, "consent", LIST "/E1", bank);
    (void)act(x, ROLE_ENTERPRISE, "DELETE",
              arena_fmt(x->a, "%s/consents/%.*s", API_BASE, STR_ARG(number)), "", NULL);
    expect(x, "consent", LIST "/E1", bank, 404);
}

/* Another program on the same store, as `geci user` is. */
static enum status close_elsewhere(struct gone *x, struct db_conn *c)
{
    struct act a;
    struct caller who;
    bool touch;
    struct access_view v = {c, x->a, x->w.access, WORK_COUNTY, clock_us()};
    struct act_words words = {S("gone"), S("gone"), S("x"), S("{}")};
    TRY(db_begin(c));
    TRY(session_find(&v, x->w.at[ROLE_TOWN].sure_cookie, &who, &touch));
    TRY(act_begin(&a, c, x->a, WORK_COUNTY, clock_us()));
    struct access_desk d = {.act = &a, .access = x->w.access, .diags = &x->w.k.ds};
    TRY(session_close(&d, who.account, who.session));
    TRY(act_end(&a, &words));
    return db_commit(c);
}

static void elsewhere(struct gone *x)
{
    struct db_conn *c;
    Str town = of(x, ROLE_TOWN);
    warm(x, "elsewhere", KINDS, town);
    if (!trust_check(x->t, db_connect(x->w.k.db, DB_WRITE, &c, NULL) == OK, "no connection"))
        return;
    (void)trust_check(x->t, x->t->canary || close_elsewhere(x, c) == OK, "not closed");
    expect(x, "elsewhere", KINDS, town, 401);
    db_disconnect(c);
}

static void on(struct trust *t, const char *name, Str url)
{
    static struct gone x;
    x = (struct gone){.t = t, .a = arena_open()};
    if (trust_check(t, world_open(&x.w, url), "%s: no county", name)) {
        for (int i = 0; i < CONNECTIONS; i++)
            client_open(&x.client[i], x.w.port);
        client_open(&x.other, x.w.port);
        token(&x);
        consent(&x);
        elsewhere(&x);
        accounts(&x);
        for (int i = 0; i < CONNECTIONS; i++)
            client_close(&x.client[i]);
        client_close(&x.other);
        world_close(&x.w);
        printf("%s: %lld requests on %d connections; %.1f s\n", name, (long long)x.asked,
               CONNECTIONS, trust_seconds(t));
    }
    arena_close(x.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "gone", argc, argv);
    return trust_each(&t, on);
}
