#include "cmd/serve/access.h"

#include "access/account.h"
#include "base/arena.h"
#include "base/str.h"
#include "os/file.h"
#include "os/out.h"
#include "os/term.h"

enum { KEY_FILE_MAX = 1 << 12 };

/* Beside the file of a SQLite store; empty for other stores. */
static Str key_beside(struct cli *c)
{
    Str url = store_url(c);
    if (str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://")))
        return S("");
    if (str_starts(url, S("sqlite:")))
        url = str_sub(url, S("sqlite:").n, url.n);
    return url.n == 0 ? url : arena_fmt(c->arena, "%.*s.access-key", STR_ARG(url));
}

static int make_key(struct cli *c, Str file)
{
    enum { HEX_N = 2 * SECRET_N };
    char hex[HEX_N + 2];
    int err = 0;
    keyed_init();
    Secret s = secret_new();
    secret_write_hex(hex, &s);
    hex[HEX_N] = '\n';
    enum status st = out_secret(file, (Str){hex, HEX_N + 1}, &err);
    secret_wipe(&s, sizeof s);
    secret_wipe(hex, sizeof hex);
    if (st != OK)
        return cli_fail_file(c, st, file, err, true);
    cli_warn(c,
             ZE(c, "新生成了服务密钥 %.*s，只有本人可读；另存一份，丢了所有口令都要重设。",
                "a new server key is in %.*s, readable by you alone: keep a copy, for without "
                "it every password must be set anew."),
             STR_ARG(file));
    return 0;
}

static int read_key(struct cli *c, Str file, Secret *out)
{
    struct diags ds;
    Str text;
    int err = 0;
    enum status st = file_read(c->arena, &text, file, KEY_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, file, err, false);
    bool good = secret_read_hex(out, text);
    secret_wipe_str(text);
    if (good)
        return 0;
    diags_init(&ds, c->arena);
    (void)diag_add(&ds, DIAG_ACCESS_KEY, (Span){0, 0}, file, NO_ARG, NO_ARG); /* told below */
    cli_diags(c, &ds, file, NO_ARG);
    return EXIT_DATA;
}

int access_key_open(struct cli *c, struct access **out)
{
    Str file =
        c->args.given[OPT_ACCESS_KEY] ? c->args.value[OPT_ACCESS_KEY] : term_env("GECI_ACCESS_KEY");
    bool beside = file.n == 0;
    Secret key;
    if (beside)
        file = key_beside(c);
    if (file.n == 0)
        return cli_usage(c, "%s",
                         ZE(c, "要用 --access-key 或环境变量 GECI_ACCESS_KEY 指明服务密钥的文件",
                            "name the file of the server's key with --access-key or in "
                            "GECI_ACCESS_KEY"));
    int exit = beside && file_kind(file) == FILE_NONE ? make_key(c, file) : 0;
    if (exit == 0)
        exit = read_key(c, file, &key);
    if (exit != 0)
        return exit;
    enum status st = access_open(out, &key);
    secret_wipe(&key, sizeof key);
    return st == OK ? 0 : cli_fail(c, st, "%s", ZE(c, "内存不够。", "out of memory."));
}

int access_work_open(struct cli *c, struct access_work *w, bool key)
{
    w->access = NULL;
    int exit = store_open(c, &w->store, DB_WRITE);
    if (exit == 0 && key) {
        exit = access_key_open(c, &w->access);
        if (exit != 0)
            store_close(&w->store);
    }
    if (exit == 0)
        exit = store_begin(c, &w->store);
    w->desk =
        (struct access_desk){.act = &w->store.act, .access = w->access, .diags = &w->store.diags};
    return exit;
}

int access_work_end(struct cli *c, struct access_work *w, enum status st, struct act_words words)
{
    access_close(w->access);
    if (st != OK)
        return store_fail(c, &w->store, st);
    int exit = store_commit(c, &w->store, words.verb, words.object, words.body);
    if (exit == 0)
        store_close(&w->store);
    return exit;
}

enum status access_work_account(struct cli *c, struct access_work *w, int64_t *out)
{
    Str name = account_name_fold(c->arena, c->args.operand[0]);
    enum status st = account_find(w->store.conn, c->arena, w->store.county, name, out);
    if (st == ERR_GONE)
        (void)diag_add(&w->store.diags, DIAG_ACCESS_GONE, (Span){0, 0}, name, NO_ARG, NO_ARG);
    return st;
}
