#include "cmd/store/store.h"

#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/term.h"
#include "record/record.h"
#include "sql.h"

Str store_url(struct cli *c)
{
    Str url = c->args.given[OPT_DB] ? c->args.value[OPT_DB] : term_env("GECI_DB");
    if (url.n == 0)
        (void)cli_usage(c, ZE(c, "要用 --db 或环境变量 GECI_DB 指明数据库",
                              "name the store with --db or in GECI_DB"));
    return url;
}

/* --actor, or the login name. */
static Str actor_of(struct cli *c)
{
    Str name = c->args.given[OPT_ACTOR] ? c->args.value[OPT_ACTOR] : term_env("LOGNAME");
    if (name.n == 0)
        name = term_env("USER");
    return name.n > 0 ? name : S("root");
}

/* The county of --county, or the only one. */
static int find_county(struct cli *c, struct store *s)
{
    struct db_rows rows;
    struct sql_county_all_row row;
    Str wanted = c->args.value[OPT_COUNTY];
    size_t n = 0;
    bool found = false;
    enum status st = sql_county_all(s->conn, &rows);
    if (st != OK)
        return store_fail(c, s, st);
    for (; sql_county_all_next(&rows, &row); n++) {
        if (found || (wanted.n > 0 && !str_eq(wanted, row.county)))
            continue;
        s->county = arena_copy(c->arena, row.county);
        found = true;
    }
    st = db_rows_end(&rows);
    if (st != OK)
        return store_fail(c, s, st);
    if (wanted.n > 0 && !found)
        return cli_fail(c, ERR_GONE,
                        ZE(c, "库里没有 %.*s 这个县；先用 geci init 登记",
                           "the store has no county %.*s; enter it with geci init"),
                        STR_ARG(wanted));
    if (n == 0)
        return cli_fail(c, ERR_GONE,
                        ZE(c, "库里还没有县；先用 geci init 登记",
                           "the store has no county yet; enter one with geci init"));
    if (wanted.n == 0 && n > 1)
        return cli_usage(c,
                         ZE(c, "库里有 %zu 个县，要用 --county 指明",
                            "the store has %zu counties, name one with --county"),
                         n);
    return 0;
}

static int connect_store(struct cli *c, struct store *s, struct db_opts o)
{
    *s = (struct store){.actor = actor_of(c), .county = c->args.value[OPT_COUNTY]};
    diags_init(&s->diags, c->arena);
    Str url = store_url(c);
    if (url.n == 0)
        return EXIT_USAGE;
    enum status st = db_open(c->arena, &s->db, url, &o, &s->diags);
    if (st == OK)
        st = db_connect(s->db, o.mode, &s->conn, &s->diags);
    return st == OK ? 0 : store_fail(c, s, st);
}

int store_look(struct cli *c, struct store *s)
{
    return connect_store(c, s, (struct db_opts){.mode = DB_READ});
}

static int open_store(struct cli *c, struct store *s, struct db_opts o)
{
    int exit = connect_store(c, s, o);
    if (exit != 0)
        return exit;
    enum status st = db_tell(s->conn, db_begin(s->conn), &s->diags);
    if (st != OK)
        return store_fail(c, s, st);
    exit = find_county(c, s);
    if (exit != 0)
        store_close(s);
    else if (o.mode == DB_WRITE)
        db_rollback(s->conn);
    return exit;
}

int store_open(struct cli *c, struct store *s, enum db_mode mode)
{
    return open_store(c, s, (struct db_opts){.mode = mode});
}

int store_open_server(struct cli *c, struct store *s)
{
    int exit = open_store(c, s, (struct db_opts){.mode = DB_WRITE, .guard = true});
    if (exit != 0)
        return exit;
    enum status st = db_tell(s->conn, db_begin(s->conn), &s->diags);
    if (st != OK)
        return store_fail(c, s, st);
    if (!db_is_confined(s->conn))
        cli_say(c, "%s",
                ZE(c, "注意：连库的账号拥有这些表，数据库的行级防护不起作用；见 docs/operate.md",
                   "note: this database account owns the tables, so that row-level security holds "
                   "nothing back; see docs/operate.md"));
    db_disconnect(s->conn);
    db_confine(s->db, s->county);
    s->conn = NULL;
    return 0;
}

int store_open_new(struct cli *c, struct store *s)
{
    return connect_store(c, s, (struct db_opts){.mode = DB_WRITE, .create = true, .migrate = true});
}

void store_close(struct store *s)
{
    db_disconnect(s->conn);
    db_close(s->db);
    s->conn = NULL;
    s->db = NULL;
}

int store_begin(struct cli *c, struct store *s)
{
    enum status st = db_begin(s->conn);
    if (st == OK)
        st = act_begin(&s->act, s->conn, c->arena, s->county, clock_us());
    return st == OK ? 0 : store_fail(c, s, st);
}

int store_commit(struct cli *c, struct store *s, Str verb, Str object, Str body)
{
    enum status st = act_end(&s->act, &(struct act_words){s->actor, verb, object, body});
    if (st == OK)
        st = db_commit(s->conn);
    return st == OK ? 0 : store_fail(c, s, st);
}

int store_fail(struct cli *c, struct store *s, enum status st)
{
    if (s->diags.error_n == 0 && s->conn != NULL)
        (void)db_tell(s->conn, st, &s->diags); /* `st` is what we return */
    cli_diags(c, &s->diags, S("geci"), NO_ARG);
    store_close(s);
    return cli_exit(st);
}

static void tick(void *ctx, int64_t acts, int64_t rows)
{
    struct cli *c = ctx;
    cli_progress(c, ZE(c, "已核验 %lld 个行为、%lld 行", "%lld acts, %lld rows"), (long long)acts,
                 (long long)rows);
}

struct audit_asked store_asked(struct cli *c)
{
    struct audit_asked q = {.tick = tick, .ctx = c};
    q.derived = record_derived(&q.derived_n);
    return q;
}
