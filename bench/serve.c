/* serve.c - the server over a store, for bench/serve.sh: nobody is told to come back later, and
 * an officer is logged in, whose cookie it prints. Usage: bench_serve sqlite:COPY.db PORT [LOOPS]
 *
 * Changes the store: an account and a session more each time. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "access/account.h"
#include "access/session.h"
#include "api/api.h"
#include "audit/act.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "db/db.h"
#include "os/clock.h"
#include "os/memory.h"

struct served {
    struct arena *keep;
    struct diags diags;
    struct db *db;
    struct db_conn *conn;
    Secret key;
    struct access *access;
    Str county;
    Cookie cookie;
};

static enum status log_in(struct served *s)
{
    struct act act;
    int64_t now = clock_us(), account;
    TRY(act_begin(&act, s->conn, s->keep, s->county, now));
    struct access_desk d = {.act = &act, .access = s->access, .diags = &s->diags};
    struct account in = {.name = arena_fmt(s->keep, "bench%lld", (long long)now),
                         .title = S("bench"),
                         .side = role_side(ROLE_OFFICER),
                         .locality = S(""),
                         .organisation = S("")};
    TRY(account_add(&d, &in, ROLE_OFFICER, &account));
    TRY(session_open(&d, account, S("127.0.0.1"), S("bench"), &s->cookie));
    struct act_words words = {S("bench"), S("bench"), S("x"), S("{}")};
    return act_end(&act, &words);
}

static enum status open_store(struct served *s, const char *url)
{
    struct db_opts o = {.mode = DB_WRITE, .guard = true};
    TRY(db_open(s->keep, &s->db, str_of(url), &o, &s->diags));
    TRY(db_connect(s->db, DB_WRITE, &s->conn, &s->diags));
    keyed_init();
    s->key = secret_new();
    TRY(access_open(&s->access, &s->key));
    TRY(db_begin(s->conn));
    enum status st = log_in(s);
    if (st == OK)
        st = db_commit(s->conn);
    db_disconnect(s->conn);
    return st;
}

static enum status serve(struct served *s, const char *port, int loops)
{
    struct api *a;
    struct api_options o = {.db = s->db,
                            .county = s->county,
                            .access = s->access,
                            .calendar = S(""),
                            .origin = S(""),
                            .unlimited = true};
    o.http = (struct http_options){.listen = arena_fmt(s->keep, "127.0.0.1:%s", port).p,
                                   .loops = loops,
                                   .log_fd = -1,
                                   .connections = 20000,
                                   .peer_connections = 20000};
    TRY(api_open(s->keep, &a, &o, &s->diags));
    while (!api_filled(a))
        (void)usleep(1000);
    printf("%s\n", s->cookie.text);
    (void)fflush(stdout);
    return api_wait(a);
}

int main(int argc, char **argv)
{
    struct served s = {.keep = arena_open(), .county = S("320582")};
    if (argc < 3)
        return 64;
    memory_keep();
    diags_init(&s.diags, s.keep);
    enum status st = open_store(&s, argv[1]);
    if (st == OK)
        st = serve(&s, argv[2], argc > 3 ? (int)strtol(argv[3], NULL, 10) : 1);
    for (size_t i = 0; i < s.diags.n; i++) {
        struct buf b;
        buf_init(&b, s.keep, 4096);
        diag_text(&b, &s.diags.at[i], LANG_EN);
        (void)fprintf(stderr, "%.*s\n", STR_ARG(buf_str(&b)));
    }
    access_close(s.access);
    arena_close(s.keep);
    return st == OK ? 0 : 1;
}
