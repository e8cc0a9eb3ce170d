/* serve.c - the verb `serve`, and `api`, which prints what is served. */
#include "api/api.h"
#include "api/print/document.h"
#include "base/arena.h"
#include "base/str.h"
#include "cmd/embed.h"
#include "cmd/serve/access.h"
#include "cmd/serve/client.h"
#include "cmd/store/store.h"
#include "os/file.h"

enum { TEXT_MAX = 16 << 20, AUTHORITIES_MAX = 4 << 20, LIST_MAX = 64 };

int cmd_api(struct cli *c)
{
    struct buf b;
    Str what = c->args.operand[0];
    buf_init(&b, c->arena, TEXT_MAX);
    if (str_eq(what, S("openapi")))
        api_openapi(&b);
    else if (str_eq(what, S("typescript")))
        api_typescript(&b);
    else
        api_matrix(&b);
    int code = cli_output_open(c);
    if (code != 0)
        return code;
    buf_add(&c->out, buf_str(&b));
    return cli_output_close(c, true);
}

static Str or_else(const struct cli *c, enum opt o, Str otherwise)
{
    return c->args.given[o] ? c->args.value[o] : otherwise;
}

/* a,b,c of an option. */
static const Str *read_list(struct cli *c, enum opt o, size_t *n)
{
    Str rest = or_else(c, o, S("")), *at = ARENA_ARRAY(c->arena, Str, LIST_MAX);
    *n = 0;
    while (rest.n > 0 && *n < LIST_MAX)
        at[(*n)++] = str_trim(str_cut(&rest, ','));
    return at;
}

/* Which other servers may be asked. Without authorities, none by https: said when it is tried. */
static int read_outgoing(struct cli *c, struct outside_rules *r)
{
    int err = 0;
    bool given = c->args.given[OPT_OUTGOING_CA];
    Str file = or_else(c, OPT_OUTGOING_CA, S("/etc/ssl/certs/ca-certificates.crt"));
    r->allow = read_list(c, OPT_OUTGOING, &r->allow_n);
    r->authorities = S("");
    if (r->allow_n == 0)
        return 0;
    enum status st = file_read(c->arena, &r->authorities, file, AUTHORITIES_MAX, &err);
    return st != OK && given ? cli_fail_file(c, st, file, err, false) : 0;
}

typedef enum status (*ReadFile)(struct arena *keep, struct api_options *o, Str text,
                                struct diags *ds);

/* A file of options that holds a secret. */
static int read_file(struct cli *c, enum opt option, size_t most, ReadFile read,
                     struct api_options *o)
{
    int err = 0;
    struct diags ds;
    Str text, file = or_else(c, option, S(""));
    enum status st = file_read(c->arena, &text, file, most, &err);
    if (st != OK)
        return cli_fail_file(c, st, file, err, false);
    diags_init(&ds, c->arena);
    st = read(c->arena, o, text, &ds);
    if (st == OK)
        return 0;
    cli_diags(c, &ds, file, text);
    return cli_exit(st);
}

static enum status take_oidc(struct arena *keep, struct api_options *o, Str text, struct diags *ds)
{
    return oidc_read(keep, &o->oidc, text, ds);
}

/* Who vouches for whom. */
static int read_oidc(struct cli *c, struct api_options *o)
{
    if (!c->args.given[OPT_OIDC])
        return 0;
    if (o->origin.n == 0)
        return cli_usage(c, "%s",
                         ZE(c, "--oidc 要有 --origin：回来的网址由它决定",
                            "--oidc wants --origin, which says where to come back to"));
    return read_file(c, OPT_OIDC, OIDC_FILE_MAX, take_oidc, o);
}

static enum status take_model(struct arena *keep, struct api_options *o, Str text, struct diags *ds)
{
    return rerank_read(keep, &o->rerank, text, ds);
}

/* A model outside that may be asked about matches. */
static int read_model(struct cli *c, struct api_options *o)
{
    return c->args.given[OPT_MODEL] ? read_file(c, OPT_MODEL, RERANK_FILE_MAX, take_model, o) : 0;
}

static int serve(struct cli *c, struct store *s, const struct api_options *o)
{
    struct api *a;
    enum status st = api_open(c->arena, &a, o, &s->diags);
    if (st != OK)
        return store_fail(c, s, st);
    Str listen = str_of(o->http.listen), host = str_sub(listen, 0, listen.n);
    while (host.n > 0 && host.p[host.n - 1] != ':')
        host.n--;
    cli_say(c,
            ZE(c, "正在服务：http://%.*s%d/ （Ctrl-C 停止）",
               "serving at http://%.*s%d/ (Ctrl-C ends)"),
            STR_ARG(host), api_port(a));
    st = api_wait(a);
    if (st == ERR_BUSY)
        cli_say(c, "%s", ZE(c, "已停止，有请求没来得及做完", "stopped; some requests were cut"));
    else
        cli_say(c, "%s", ZE(c, "已停止", "stopped"));
    store_close(s);
    return 0;
}

int cmd_mcp(struct cli *c)
{
    struct store s;
    int code = store_open(c, &s, DB_READ);
    if (code != 0)
        return code;
    db_rollback(s.conn);
    struct api_options o = {
        .db = s.db, .county = s.county, .calendar = embed_file("packs/national/工作日历.csv")};
    code = read_model(c, &o); /* what it said before: an assistant asks nobody */
    if (code != 0) {
        store_close(&s);
        return code;
    }
    enum status st = api_mcp(c->arena, &o, s.conn, s.actor, &s.diags);
    if (st != OK)
        return store_fail(c, &s, st);
    store_close(&s);
    return 0;
}

int cmd_serve(struct cli *c)
{
    struct store s;
    struct access *access = NULL;
    int code = store_open_server(c, &s);
    if (code != 0)
        return code;
    code = access_key_open(c, &access);
    if (code != 0) {
        store_close(&s);
        return code;
    }
    struct api_options o = {
        .db = s.db,
        .county = s.county,
        .access = access,
        .calendar = embed_file("packs/national/工作日历.csv"),
        .client = &CLIENT,
        .origin = or_else(c, OPT_ORIGIN, S("")),
    };
    if (str_eq(s.county, S("320582"))) {
        o.techniques = embed_file("packs/zhangjiagang/技术词表.md");
        o.cockpit = (struct cockpit_pack){
            .targets = embed_file("packs/zhangjiagang/targets.csv"),
            .panels = embed_file("packs/zhangjiagang/panels.csv"),
            .tiles = embed_file("packs/zhangjiagang/tiles.csv"),
            .regions = embed_file("packs/zhangjiagang/regions.csv"),
        };
    }
    Str listen = or_else(c, OPT_LISTEN, S("127.0.0.1:8080"));
    o.http = (struct http_options){
        .listen = arena_copy(c->arena, listen).p,
        .log_fd = c->args.given[OPT_ACCESS_LOG] ? 2 : -1,
    };
    o.http.trusted = read_list(c, OPT_TRUSTED, &o.http.trusted_n);
    code = read_outgoing(c, &o.outside);
    if (code == 0)
        code = read_oidc(c, &o);
    if (code == 0)
        code = read_model(c, &o);
    if (code == 0)
        code = serve(c, &s, &o);
    else
        store_close(&s);
    access_close(access);
    return code;
}
