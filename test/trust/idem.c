/* idem.c - asked again, done once: every route that leaves an act is asked three times with one
 * Idempotency-Key, by three connections at once, each in an order of its own; then with another
 * body under the same key. And a server is killed while it answers, started again and asked three
 * times more. What was done is counted in acts, of which an effect is part.
 *
 * The defect planted by --canary: what the server keeps of its answers is lost with it. */
#include <ctype.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "api/route.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/day.h"
#include "base/json.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/thread.h"
#include "sql.h"
#include "test/trust/world.h"

enum { TIMES = 3, STEPS_MAX = 64 };

/* --- what is asked: steps of a wave may come in any order, those of the next need their answers */

#define HEAD "# 办法\\n- 对象: 企业\\n- 状态: 示例\\n- 身份: 代码\\n\\n## 字段\\n"
#define FIELD \
    "| 名称 | 类型 | 单位 | 期间 |\\n|---|---|---|---|\\n| 研发费用 | 数 | 元 | 年 |\\n\\n"
#define SCORE "## 评分 得分\\n- 满分: 10\\n\\n| 研发费用 | 得分 |\\n|---|---|\\n"
#define BANDS "| >= 10元 | 10 |\\n| < 10元 | 4 |\\n"
#define DRAFT(title) \
    "{\"rules\":\"" HEAD FIELD SCORE BANDS "\",\"day\":\"2026-06-01\",\"title\":\"" title "\"}"
#define FIRM "/subjects/%E4%BC%81%E4%B8%9A/E3" /* 企业 */

struct step {
    const char *route, *name; /* name: where there are several of the route */
    enum role role;
    const char *of, *member; /* of an earlier answer: what stands for $ in path and body */
    const char *path, *body;
};

/* `@` and `<` in a body: today, and twenty days ago; `%`: a calendar. */
static const struct step WAVE_0[] = {
    {"account_add", "account", ROLE_SECURITY_ADMIN, NULL, NULL, "/accounts",
     "{\"name\":\"newcomer\",\"title\":\"x\",\"role\":\"officer\","
     "\"password\":\"a-long-1st-Phrase\"}"},
    {"token_add", "token", ROLE_OFFICER, NULL, NULL, "/tokens",
     "{\"title\":\"x\",\"scopes\":[\"read\"],\"days\":3}"},
    {"consent_add", "consent", ROLE_ENTERPRISE, NULL, NULL, "/consents",
     "{\"organisation\":\"示例银行\",\"purpose\":\"x\",\"fields\":[\"研发费用\"],\"days\":3}"},
    {"delegation_add", "delegation", ROLE_OFFICER, NULL, NULL, "/delegations",
     "{\"borrower\":\"author\",\"role\":\"officer\",\"first\":\"@\",\"last\":\"@\",\"why\":\"x\"}"},
    {"subject_report", "report", ROLE_OFFICER, NULL, NULL, FIRM "/reports",
     "{\"source\":\"x\",\"values\":{\"研发费用@2025\":\"7\"}}"},
    {"import_new", "import", ROLE_OFFICER, NULL, NULL,
     "/kinds/%E4%BC%81%E4%B8%9A/imports?name=a.csv", "代码,名称\nE1,x\n"},
    {"run_new", "run-a", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("a")},
    {"run_new", "run-b", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("b")},
    {"run_new", "run-c", ROLE_OFFICER, NULL, NULL, "/runs", DRAFT("c")},
};
static const struct step WAVE_1[] = {
    {"account_role", "role", ROLE_SECURITY_ADMIN, "account", "account", "/accounts/$/roles",
     "{\"given\":true,\"role\":\"reviewer\"}"},
    {"account_password", "password", ROLE_SECURITY_ADMIN, "account", "account",
     "/accounts/$/password", "{\"password\":\"a-long-2nd-Phrase\"}"},
    {"token_end", "token-end", ROLE_OFFICER, "token", "token", "/tokens/$", ""},
    {"consent_end", "consent-end", ROLE_ENTERPRISE, "consent", "consent", "/consents/$", ""},
    {"delegation_end", "delegation-end", ROLE_OFFICER, "delegation", "delegation", "/delegations/$",
     ""},
    {"subject_mark", "mark", ROLE_REVIEWER, "report", "act", FIRM "/marks",
     "{\"act\":$,\"line\":0,\"verdict\":\"verified\",\"why\":\"x\"}"},
    {"import_end", "import-end", ROLE_OFFICER, "import", "import", "/imports/$", ""},
    {"run_compute", "compute-a", ROLE_OFFICER, "run-a", "run", "/runs/$/compute", ""},
    {"run_compute", "compute-b", ROLE_OFFICER, "run-b", "run", "/runs/$/compute", ""},
    {"run_compute", "compute-c", ROLE_OFFICER, "run-c", "run", "/runs/$/compute", ""},
};
static const struct step WAVE_2[] = {
    {"account_state", "state", ROLE_SECURITY_ADMIN, "account", "account", "/accounts/$/state",
     "{\"state\":\"locked\",\"why\":\"x\"}"},
    {"run_review", "review-a", ROLE_REVIEWER, "run-a", "run", "/runs/$/review", "{\"why\":\"x\"}"},
    {"run_review", "review-b", ROLE_REVIEWER, "run-b", "run", "/runs/$/review", "{\"why\":\"x\"}"},
    {"run_withdraw", "withdraw-c", ROLE_LEADER, "run-c", "run", "/runs/$/withdraw",
     "{\"why\":\"x\"}"},
};
static const struct step WAVE_3[] = {
    {"run_publish", "publish-a", ROLE_LEADER, "run-a", "run", "/runs/$/publish",
     "{\"calendar\":\"%\",\"first\":\"@\",\"days\":3}"},
    {"run_publish", "publish-b", ROLE_LEADER, "run-b", "run", "/runs/$/publish",
     "{\"calendar\":\"%\",\"first\":\"<\",\"days\":1}"},
};
static const struct step WAVE_4[] = {
    {"run_appeal", "appeal", ROLE_OFFICER, "run-a", "run", "/runs/$/appeals",
     "{\"id\":\"E1\",\"text\":\"x\"}"},
    {"run_finish", "finish-b", ROLE_LEADER, "run-b", "run", "/runs/$/finish", ""},
};
static const struct step WAVE_5[] = {
    {"run_decide", "decide", ROLE_LEADER, "appeal", "appeal", "/appeals/$/decide",
     "{\"verdict\":\"rejected\",\"why\":\"x\"}"},
    {"session_end", "leave", ROLE_FINANCE, NULL, NULL, "/session", ""},
};
static const struct {
    const struct step *step;
    size_t n;
} WAVES[] = {{WAVE_0, ARRAY_N(WAVE_0)}, {WAVE_1, ARRAY_N(WAVE_1)}, {WAVE_2, ARRAY_N(WAVE_2)},
             {WAVE_3, ARRAY_N(WAVE_3)}, {WAVE_4, ARRAY_N(WAVE_4)}, {WAVE_5, ARRAY_N(WAVE_5)}};

/* --- the server, in a process of its own --- */

struct idem {
    struct trust *t;
    struct world w;
    struct arena *a;
    pid_t server;
    int64_t asked, refused;
    int64_t killed, after_commit; /* .. the effect was there, and no answer had come */
    struct {                      /* what came of the steps so far */
        const char *name;
        struct client_answer answer;
    } done[STEPS_MAX];
    size_t done_n;
};

static bool start(struct idem *x)
{
    int line[2];
    if (pipe(line) != 0)
        return false;
    (void)fflush(NULL);
    x->server = fork();
    if (x->server == 0) {
        if (world_serve(&x->w) && write(line[1], &x->w.port, sizeof x->w.port) > 0)
            for (;;)
                (void)pause();
        _exit(1);
    }
    (void)close(line[1]);
    bool up = read(line[0], &x->w.port, sizeof x->w.port) == sizeof x->w.port;
    (void)close(line[0]);
    return x->server > 0 && up;
}

static void kill_server(struct idem *x)
{
    (void)kill(x->server, SIGKILL);
    (void)waitpid(x->server, NULL, 0);
}

/* --- questions --- */

static const struct api_route *route_of(const char *name)
{
    for (int i = 0; i < API_ROUTE_N; i++)
        if (strcmp(API_ROUTES[i].name, name) == 0)
            return &API_ROUTES[i];
    return NULL;
}

static const struct client_answer *answer_of(const struct idem *x, const char *name)
{
    for (size_t i = 0; i < x->done_n; i++)
        if (strcmp(x->done[i].name, name) == 0)
            return &x->done[i].answer;
    return NULL;
}

static Str day_text(struct arena *a, Day day)
{
    struct buf b;
    buf_init(&b, a, 32);
    day_print(&b, day);
    return buf_str(&b);
}

static Str filled(struct idem *x, const struct step *s, const char *text)
{
    struct buf b;
    int year = day_year(clock_today());
    buf_init(&b, x->a, 1 << 14);
    for (; *text != '\0'; text++) {
        if (*text == '$' && answer_of(x, s->of) != NULL)
            buf_add(&b, client_member(answer_of(x, s->of), s->member));
        else if (*text == '@' && text[-1] == '"')
            buf_add(&b, day_text(x->a, clock_today()));
        else if (*text == '<' && text[-1] == '"')
            buf_add(&b, day_text(x->a, clock_today() - 20));
        else if (*text == '%' && text[-1] == '"')
            buf_fmt(&b, "日期,类别\\n%d-01-01,休\\n%d-01-01,休\\n%d-01-01,休\\n", year - 1, year,
                    year + 1);
        else
            buf_char(&b, *text);
    }
    return buf_str(&b);
}

static struct client_question question_of(struct idem *x, const struct step *s, Str key)
{
    const struct api_route *r = route_of(s->route);
    Str path = filled(x, s, s->path);
    return (struct client_question){
        .method = http_method_name(r->method).p,
        .path = arena_fmt(x->a, "%s%.*s", API_BASE, STR_ARG(path)),
        .headers = arena_fmt(x->a, "%.*sIdempotency-Key: %.*s\r\n",
                             STR_ARG(world_headers(x->a, &x->w.at[s->role], true)), STR_ARG(key)),
        .body = filled(x, s, s->body)};
}

static int64_t acts(struct idem *x, struct client *c)
{
    struct client_answer got;
    struct client_question q = {"GET", S(API_BASE "/anchor"),
                                world_headers(x->a, &x->w.at[ROLE_AUDITOR], true), S("")};
    int64_t n = -1;
    client_ask(c, x->a, &got, &q);
    Str act = client_member(&got, "act");
    for (size_t i = 0; i < act.n; i++)
        n = (n < 0 ? 0 : n) * 10 + (act.p[i] - '0');
    return n;
}

/* --- a wave --- */

struct asker {
    struct arena *a;
    struct client client;
    const struct client_question *q;
    size_t n, order[STEPS_MAX];
    struct client_answer got[STEPS_MAX];
};

static void ask_in_order(void *arg)
{
    struct asker *k = arg;
    for (size_t i = 0; i < k->n; i++)
        client_ask(&k->client, k->a, &k->got[k->order[i]], &k->q[k->order[i]]);
}

static void shuffle(struct trust *t, size_t *order, size_t n)
{
    for (size_t i = 0; i < n; i++)
        order[i] = i;
    for (size_t i = n; i > 1; i--) {
        size_t k = (size_t)trust_below(t, i), was = order[i - 1];
        order[i - 1] = order[k];
        order[k] = was;
    }
}

static void ask_thrice(struct idem *x, struct asker *k, const struct client_question *q, size_t n)
{
    struct thread *thread[TIMES];
    for (int i = 0; i < TIMES; i++) {
        k[i].a = arena_open();
        k[i].q = q;
        k[i].n = n;
        client_open(&k[i].client, x->w.port);
        shuffle(x->t, k[i].order, n);
        if (thread_start(x->a, &thread[i], ask_in_order, &k[i]) != OK)
            abort();
    }
    for (int i = 0; i < TIMES; i++) {
        thread_join(thread[i]);
        client_close(&k[i].client);
    }
}

static bool same(const struct client_answer *a, const struct client_answer *b)
{
    return a->status == b->status && str_eq(a->body, b->body);
}

/* One effect, so one answer; but a secret is told once, and who has left is nobody. */
static bool agree(const struct step *s, const struct asker *k, size_t i, int *good)
{
    const struct api_route *r = route_of(s->route);
    bool left = strcmp(s->route, "session_end") == 0, alike = true;
    int other = r->secret ? 409 : left ? 401 : 0, good_n = 0;
    *good = -1;
    for (int n = 0; n < TIMES; n++) {
        bool fine = k[n].got[i].status == r->status;
        good_n += fine;
        if (fine && *good >= 0)
            alike &= same(&k[n].got[i], &k[*good].got[i]);
        else if (fine)
            *good = n;
        else
            alike &= k[n].got[i].status == other;
    }
    return alike && good_n > 0 && (!r->secret || good_n == 1);
}

/* The same key, and another body that is as long. */
static void ask_otherwise(struct idem *x, struct client *c, const struct step *s,
                          struct client_question q)
{
    struct client_answer got;
    if (q.body.n == 0)
        return;
    char *body = arena_alloc(x->a, q.body.n, 1, 1);
    size_t at = q.body.n - 1;
    memcpy(body, q.body.p, q.body.n);
    while (at > 0 && !isalnum((unsigned char)body[at]))
        at--;
    body[at] ^= 1;
    q.body.p = body;
    client_ask(c, x->a, &got, &q);
    (void)trust_check(x->t, got.status == 409, "%s: another body under its key: %d", s->name,
                      got.status);
}

static void wave(struct idem *x, struct client *c, const struct step *s, size_t n, int no)
{
    static struct asker k[TIMES];
    struct client_question q[STEPS_MAX];
    int64_t before = acts(x, c);
    for (size_t i = 0; i < n; i++)
        q[i] = question_of(x, &s[i], arena_fmt(x->a, "wave-%d-%zu", no, i));
    ask_thrice(x, k, q, n);
    for (size_t i = 0; i < n; i++) {
        int good;
        bool ok = agree(&s[i], k, i, &good);
        (void)trust_check(x->t, ok, "%s: %d %d %d %.*s", s[i].name, k[0].got[i].status,
                          k[1].got[i].status, k[2].got[i].status,
                          STR_ARG(k[good < 0 ? 0 : good].got[i].body));
        struct client_answer *to = &x->done[x->done_n].answer;
        *to = k[good < 0 ? 0 : good].got[i];
        to->body = arena_copy(x->a, to->body);
        x->done[x->done_n++].name = s[i].name;
        x->asked += TIMES;
    }
    int64_t made = acts(x, c) - before;
    (void)trust_check(x->t, made == (int64_t)n, "wave %d: %lld acts of %zu", no, (long long)made,
                      n);
    for (size_t i = 0; i < n; i++)
        ask_otherwise(x, c, &s[i], q[i]);
    (void)trust_check(x->t, acts(x, c) - before == made, "wave %d: another body did something", no);
    for (int i = 0; i < TIMES; i++)
        arena_close(k[i].a);
}

static bool in_waves(const char *route)
{
    for (size_t w = 0; w < ARRAY_N(WAVES); w++)
        for (size_t i = 0; i < WAVES[w].n; i++)
            if (strcmp(WAVES[w].step[i].route, route) == 0)
                return true;
    return false;
}

/* Routes that no wave knows how to ask for something: asked for nothing, they do nothing. */
static void ask_the_rest(struct idem *x, struct client *c)
{
    int64_t before = acts(x, c);
    for (int i = 0; i < API_ROUTE_N; i++) {
        const struct api_route *r = &API_ROUTES[i];
        if (r->act[0] == '\0' || in_waves(r->name))
            continue;
        printf("not asked for anything: %s\n", r->name);
        for (int n = 0; n < TIMES; n++) {
            struct step s = {r->name, r->name, ROLE_LEADER, NULL, NULL, r->path, "{}"};
            struct client_answer got;
            struct client_question q = question_of(x, &s, str_of(r->name));
            client_ask(c, x->a, &got, &q);
            (void)trust_check(x->t, got.status >= 400 && got.status < 500, "%s: %d", r->name,
                              got.status);
            x->refused++;
        }
    }
    (void)trust_check(x->t, acts(x, c) == before, "a refusal did something");
}

/* --- killed while it answers --- */

static void forget_answers(struct idem *x)
{
    struct db_conn *c;
    if (db_connect(x->w.k.db, DB_WRITE, &c, NULL) != OK)
        abort();
    if (db_begin(c) != OK || sql_answer_sweep(c, &(struct sql_answer_sweep){INT64_MAX}) != OK ||
        db_commit(c) != OK)
        abort();
    db_disconnect(c);
}

static void killed_once(struct idem *x, int no)
{
    static struct client c;
    struct client_answer first, again;
    struct step s = WAVE_0[4];
    s.body = "{\"source\":\"killed\",\"values\":{\"研发费用@2025\":\"8\"}}";
    struct client_question q = question_of(x, &s, arena_fmt(x->a, "killed-%d", no));
    client_open(&c, x->w.port);
    int64_t before = acts(x, &c);
    bool sent = client_send(&c, x->a, &q);
    (void)usleep((useconds_t)trust_below(x->t, 20000));
    kill_server(x);
    bool told = sent && client_read(&c, x->a, &first);
    client_close(&c);
    if (x->t->canary)
        forget_answers(x);
    if (!trust_check(x->t, start(x), "killed %d: no server again", no))
        return;
    client_open(&c, x->w.port);
    int64_t found = acts(x, &c) - before;
    x->killed++;
    x->after_commit += found == 1 && !told;
    (void)trust_check(x->t, !told || found == 1, "killed %d: answered, and not there", no);
    for (int i = 0; i < TIMES; i++) {
        client_ask(&c, x->a, &again, &q);
        if (i == 0 && !told)
            first = again;
        (void)trust_check(x->t, again.status == 201 && same(&first, &again),
                          "killed %d: %d then %d %.*s", no, first.status, again.status,
                          STR_ARG(again.body));
    }
    int64_t made = acts(x, &c) - before;
    (void)trust_check(x->t, made == 1, "killed %d: %lld acts of one", no, (long long)made);
    client_close(&c);
}

/* --- all of it --- */

static void on(struct trust *t, const char *name, Str url)
{
    static struct idem x;
    static struct client c;
    x = (struct idem){.t = t, .a = arena_open()};
    if (trust_check(t, world_fill(&x.w, url) && start(&x), "%s: no county", name)) {
        int rounds = (int)trust_n(t, 12, 200);
        for (int i = 0; i < rounds; i++)
            killed_once(&x, i);
        client_open(&c, x.w.port);
        for (size_t i = 0; i < ARRAY_N(WAVES); i++)
            wave(&x, &c, WAVES[i].step, WAVES[i].n, (int)i);
        ask_the_rest(&x, &c);
        client_close(&c);
        kill_server(&x);
        access_close(x.w.access);
        work_close(&x.w.k);
        printf("%s: %lld requests for %lld acts; killed %lld times, %lld of them with the effect "
               "and without the answer; %.1f s\n",
               name, (long long)x.asked, (long long)x.asked / TIMES, (long long)x.killed,
               (long long)x.after_commit, trust_seconds(t));
    }
    arena_close(x.a);
}

int main(int argc, char **argv)
{
    struct trust t;
    trust_begin(&t, "idem", argc, argv);
    return trust_each(&t, on);
}
