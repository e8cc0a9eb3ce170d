/* job_test.c - exports as jobs of a running server: asked for, followed, cancelled, resumed; an
 * import that is cancelled while it is written. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "api/job.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sql.h"
#include "test/help/pg.h"
#include "test/t.h"
#include "test/trust/world.h"

#define FIRMS_PATH "/api/v1/exports/%E4%BC%81%E4%B8%9A" /* 企业 */

static struct world g_w;
static struct arena *g_a;
static struct client_answer g_got;

/* --- asking --- */

static int ask(enum role role, const char *method, Str path, Str body)
{
    static struct client client;
    client_open(&client, g_w.port);
    struct client_question q = {method, path, world_headers(g_a, &g_w.at[role], true), body};
    client_ask(&client, g_a, &g_got, &q);
    client_close(&client);
    return g_got.status;
}

static int64_t member_int(const char *key)
{
    Str s = client_member(&g_got, key);
    int64_t v = 0;
    for (size_t i = 0; i < s.n && s.p[i] >= '0' && s.p[i] <= '9'; i++)
        v = v * 10 + (s.p[i] - '0');
    return v;
}

static Str job_path(int64_t job, const char *rest)
{
    return arena_fmt(g_a, "/api/v1/jobs/%lld%s", (long long)job, rest);
}

static Str state_of(enum role role, int64_t job)
{
    CHECK_INT(ask(role, "GET", job_path(job, ""), S("")), 200);
    return client_member(&g_got, "state");
}

/* Its state once it is over, forty seconds at most. */
static Str wait_for(enum role role, int64_t job)
{
    struct timespec nap = {0, 20000000};
    for (int i = 0; i < 2000; i++) {
        Str state = state_of(role, job);
        if (!str_eq(state, S("queued")) && !str_eq(state, S("running")))
            return state;
        (void)nanosleep(&nap, NULL);
    }
    return S("too late");
}

static bool has(Str text, const char *part)
{
    return str_find(text, str_of(part)) < text.n;
}

static int64_t export_csv(enum role role, const char *body)
{
    CHECK_INT(ask(role, "POST", S(FIRMS_PATH), str_of(body)), 202);
    return member_int("job");
}

/* --- the store behind it, while no server runs --- */

static enum status add_jobs(struct db_conn *c, enum role role, int64_t from, int n,
                            const char *body)
{
    TRY(db_begin(c));
    for (int i = 0; i < n; i++) {
        struct sql_job_add in = {WORK_COUNTY,
                                 from + i,
                                 S("export"),
                                 WORLD_KIND,
                                 g_w.at[role].account,
                                 str_of(role_name(role)->word),
                                 0,
                                 S(""),
                                 str_of(body),
                                 1};
        TRY(sql_job_add(c, &in));
        TRY(sql_job_begin(c, &(struct sql_job_begin){WORK_COUNTY, from + i, 2}));
    }
    return db_commit(c);
}

/* Jobs that were under way when the program ended. */
static void leave_behind(enum role role, int64_t from, int n, const char *body)
{
    struct db_conn *c;
    CHECK(db_connect(g_w.k.db, DB_WRITE, &c, NULL) == OK);
    CHECK(add_jobs(c, role, from, n, body) == OK);
    db_disconnect(c);
}

static void stop_in_store(int64_t job)
{
    struct db_conn *c;
    CHECK(db_connect(g_w.k.db, DB_WRITE, &c, NULL) == OK);
    CHECK(db_begin(c) == OK && sql_job_stop(c, &(struct sql_job_stop){WORK_COUNTY, job, 3}) == OK &&
          db_commit(c) == OK);
    db_disconnect(c);
}

static int acts_of(const char *verb)
{
    CHECK_INT(
        ask(ROLE_AUDITOR, "GET", arena_fmt(g_a, "/api/v1/acts?limit=1000&verb=%s", verb), S("")),
        200);
    int n = 0;
    Str rest = g_got.body, word = arena_fmt(g_a, "\"verb\":\"%s\"", verb);
    for (size_t at; (at = str_find(rest, word)) < rest.n; n++)
        rest = str_sub(rest, at + word.n, rest.n);
    return n;
}

/* --- what must hold --- */

static void exports_what_is_seen(void)
{
    int64_t job = export_csv(
        ROLE_OFFICER, "{\"form\":\"csv\",\"where\":\"研发费用 > 102元\",\"sort\":\"-研发费用\","
                      "\"fields\":[\"名称\",\"联系电话\",\"研发费用@2025\"]}");
    CHECK_STR(wait_for(ROLE_OFFICER, job), "done");
    CHECK_INT(member_int("rows"), 4);
    CHECK_INT(ask(ROLE_OFFICER, "GET", job_path(job, "/result"), S("")), 200);
    CHECK(has(g_got.head, "filename*=UTF-8''"));
    CHECK(has(g_got.body, "代码,名称,联系电话,研发费用(元)@2025"));
    CHECK(has(g_got.body, "E6,己公司,138****0006,106"));
    CHECK(!has(g_got.body, "E2,") && !has(g_got.body, "13800000006"));
    CHECK(has(g_got.body, "行数") && has(g_got.body, "种类文档 SHA-256") &&
          has(g_got.body, "研发费用 > 102元"));
    CHECK_INT(acts_of("export"), 1);
    CHECK(has(g_got.body, "\"rows\":4"));

    job = export_csv(ROLE_TOWN, "{\"form\":\"jsonl\"}");
    CHECK_STR(wait_for(ROLE_TOWN, job), "done");
    CHECK_INT(member_int("rows"), 2);
    CHECK_INT(ask(ROLE_TOWN, "GET", job_path(job, "/result"), S("")), 200);
    CHECK(has(g_got.body, "E2") && !has(g_got.body, "E3") && !has(g_got.body, "截至存证编号"));
    CHECK_INT(ask(ROLE_OFFICER, "GET", job_path(job, "/result"), S("")), 404);
    CHECK_INT(ask(ROLE_ENTERPRISE, "GET", job_path(job, ""), S("")), 404);
    CHECK_INT(ask(ROLE_ENTERPRISE, "GET", job_path(job, "/events"), S("")), 404);
    CHECK_INT(ask(ROLE_ENTERPRISE, "POST", job_path(job, "/cancel"), S("")), 404);
    CHECK_INT(ask(ROLE_TOWN, "POST", job_path(job, "/cancel"), S("")), 422);
    CHECK_STR(client_member(&g_got, "code"), "API-JOB-OVER");
    CHECK_INT(ask(ROLE_ENTERPRISE, "GET", S("/api/v1/jobs"), S("")), 200);
    CHECK(!has(g_got.body, "\"job\":"));
    CHECK_INT(ask(ROLE_OFFICER, "GET", S("/api/v1/jobs?limit=1"), S("")), 200);
    CHECK_INT(member_int("job"), job);
    CHECK_INT(member_int("next"), job);

    CHECK_INT(ask(ROLE_TOWN, "POST", S(FIRMS_PATH), S("{\"form\":\"csv\",\"where\":\"没有 > 1\"}")),
              422);
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "POST", S(FIRMS_PATH), S("{\"form\":\"csv\"}")), 403);
}

/* Behind a queue that takes a while: what waits is no more than two of a town and three of the
 * office, and may be cancelled. The numbers of those left behind are below all others, so they go
 * first. */
static void limits_cancels_and_resumes(void)
{
    enum { BEFORE = 200 };
    int64_t job[JOBS_UNFINISHED_OUT], own[JOBS_UNFINISHED_MAX];
    int before = acts_of("export");
    world_stop(&g_w);
    leave_behind(ROLE_OFFICER, -BEFORE, BEFORE, "{\"form\":\"xlsx\"}");
    stop_in_store(-BEFORE + 1);
    CHECK(world_serve(&g_w));
    for (int i = 0; i < JOBS_UNFINISHED_OUT; i++)
        job[i] = export_csv(ROLE_TOWN, "{\"form\":\"csv\"}");
    for (int i = 0; i < JOBS_UNFINISHED_MAX; i++)
        own[i] = export_csv(ROLE_REVIEWER, "{\"form\":\"csv\"}");
    CHECK_INT(ask(ROLE_REVIEWER, "POST", S(FIRMS_PATH), S("{\"form\":\"csv\"}")), 422);
    CHECK_INT(ask(ROLE_TOWN, "POST", S(FIRMS_PATH), S("{\"form\":\"csv\"}")), 422);
    CHECK_STR(client_member(&g_got, "code"), "API-JOBS");
    CHECK_INT(ask(ROLE_TOWN, "POST", job_path(job[1], "/cancel"), S("")), 200);
    CHECK_STR(state_of(ROLE_TOWN, job[1]), "cancelled");
    job[1] = export_csv(ROLE_TOWN, "{\"form\":\"csv\"}");
    for (int i = 0; i < JOBS_UNFINISHED_OUT; i++)
        CHECK_STR(wait_for(ROLE_TOWN, job[i]), "done");
    for (int i = 0; i < JOBS_UNFINISHED_MAX; i++)
        CHECK_STR(wait_for(ROLE_REVIEWER, own[i]), "done");
    CHECK_STR(state_of(ROLE_OFFICER, -BEFORE), "done");
    CHECK_STR(state_of(ROLE_OFFICER, -BEFORE + 1), "cancelled");
    CHECK_STR(state_of(ROLE_OFFICER, -1), "done");
    CHECK_INT(acts_of("export") - before, BEFORE - 1 + JOBS_UNFINISHED_OUT + JOBS_UNFINISHED_MAX);
}

/* The account has lost the right, or is not there: nothing is made. */
static void acts_with_the_rights_of_now(void)
{
    world_stop(&g_w);
    leave_behind(ROLE_SYSTEM_ADMIN, -1000, 1, "{\"form\":\"csv\"}");
    CHECK(world_serve(&g_w));
    CHECK_STR(wait_for(ROLE_SYSTEM_ADMIN, -1000), "failed");
    CHECK(client_member(&g_got, "message").n > 0 && client_member(&g_got, "media").n == 0);
    CHECK_INT(ask(ROLE_SYSTEM_ADMIN, "GET", job_path(-1000, "/result"), S("")), 404);
}

/* --- an import that is being written --- */

enum { ROWS = 100000 };

static int64_t import_rows(int64_t upload)
{
    CHECK_INT(ask(ROLE_OFFICER, "POST",
                  arena_fmt(g_a, "/api/v1/imports/%lld/commit", (long long)upload), S("{}")),
              202);
    return member_int("job");
}

/* Half of the rows or more are not there yet: all are taken back at once, and the file can be taken
 * again. */
static void cancels_what_is_being_written(void)
{
    struct buf b;
    int before = acts_of("facts.import");
    buf_init(&b, g_a, 1 << 24);
    buf_add(&b, S("代码,名称\n"));
    for (int i = 0; i < ROWS; i++)
        buf_fmt(&b, "Z%d,甲\n", i);
    CHECK_INT(ask(ROLE_OFFICER, "POST", S("/api/v1/kinds/%E4%BC%81%E4%B8%9A/imports?name=z.csv"),
                  buf_str(&b)),
              201);
    int64_t upload = member_int("import"), job = import_rows(upload);
    while (str_eq(state_of(ROLE_OFFICER, job), S("queued")) ||
           (str_eq(state_of(ROLE_OFFICER, job), S("running")) && member_int("n") == 0))
        continue;
    CHECK_INT(ask(ROLE_OFFICER, "POST", job_path(job, "/cancel"), S("")), 200);
    CHECK_STR(wait_for(ROLE_OFFICER, job), "cancelled");
    CHECK_INT(member_int("n"), 0);
    CHECK_INT(acts_of("facts.import"), before);
    CHECK_INT(ask(ROLE_OFFICER, "GET", S("/api/v1/subjects/%E4%BC%81%E4%B8%9A/Z1"), S("")), 404);
    CHECK_STR(wait_for(ROLE_OFFICER, import_rows(upload)), "done");
    CHECK_INT(member_int("taken"), ROWS);
    CHECK_INT(acts_of("facts.import"), before + 1);
}

/* --- server-sent events --- */

/* All that the stream sends until it ends. */
static Str follow(enum role role, int64_t job)
{
    static char room[1 << 20];
    struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)g_w.port)};
    struct timeval most = {20, 0};
    Str q = arena_fmt(g_a, "GET %.*s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n%.*s\r\n",
                      STR_ARG(job_path(job, "/events")),
                      STR_ARG(world_headers(g_a, &g_w.at[role], false)));
    to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    int fd = socket(AF_INET, SOCK_STREAM, 0);
    (void)setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &most, sizeof most);
    size_t n = 0;
    if (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 &&
        send(fd, q.p, q.n, 0) == (ssize_t)q.n)
        for (ssize_t got; (got = recv(fd, room + n, sizeof room - n, 0)) > 0;)
            n += (size_t)got;
    (void)close(fd);
    return (Str){room, n};
}

static void tells_of_a_job(void)
{
    world_stop(&g_w);
    leave_behind(ROLE_OFFICER, -3000, 100, "{\"form\":\"xlsx\"}");
    CHECK(world_serve(&g_w));
    Str told = follow(ROLE_OFFICER, -2901);
    CHECK(str_starts(told, S("HTTP/1.1 200 ")));
    CHECK(has(told, "text/event-stream"));
    CHECK(has(told, "event: progress\ndata: {\"job\":-2901,") && has(told, "\"state\":\"queued\""));
    CHECK(has(told, "event: end\ndata: {\"job\":-2901,") && has(told, "\"state\":\"done\""));
    told = follow(ROLE_OFFICER, -2901); /* of one that is over: its end */
    CHECK(!has(told, "event: progress") && has(told, "event: end"));
}

static void check_all(Str url)
{
    g_a = arena_open();
    bool open = world_open(&g_w, url);
    CHECK(open);
    if (open) {
        exports_what_is_seen();
        limits_cancels_and_resumes();
        acts_with_the_rights_of_now();
        tells_of_a_job();
        cancels_what_is_being_written();
        world_close(&g_w);
    }
    arena_close(g_a);
}

TEST(sqlite_jobs)
{
    char folder[FOLDER_N];
    struct arena *a = arena_open();
    work_folder(folder);
    check_all(arena_fmt(a, "sqlite:%s/x.db", folder));
    work_folder_end(folder);
    arena_close(a);
}

TEST(postgres_jobs)
{
    const char *url = pg_database();
    if (url == NULL)
        SKIP("PostgreSQL is not installed");
    check_all(str_of(url));
}
