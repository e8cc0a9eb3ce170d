/* audit_key.c - the verbs around keys and anchors: `audit key`, `sign`, `anchor`, `schema`. */
#include "audit/verify.h"
#include "base/arena.h"
#include "base/json.h"
#include "base/moment.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/store.h"
#include "crypto/keyed.h"
#include "db/raw.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/out.h"
#include "record/record.h"
#include "sql.h"

enum { KEY_FILE_MAX = 1 << 16 };

static Str public_hex(struct cli *c, const struct sign_private *k)
{
    SignKey key = sign_public(k);
    return arena_hex(c->arena, sign_key_str(&key));
}

/* The private key of --key; an exit code, and NULL unless it is 0. */
static int read_private(struct cli *c, struct sign_private **out)
{
    Str file = c->args.value[OPT_KEY], pem;
    struct diags ds;
    int err = 0;
    *out = NULL;
    enum status st = file_read(c->arena, &pem, file, KEY_FILE_MAX, &err);
    if (st != OK)
        return cli_fail_file(c, st, file, err, false);
    *out = sign_read(pem);
    secret_wipe_str(pem);
    if (*out != NULL)
        return 0;
    diags_init(&ds, c->arena);
    (void)diag_add(&ds, DIAG_AUDIT_KEY_FILE, (Span){0, 0}, file, NO_ARG, NO_ARG); /* told below */
    cli_diags(c, &ds, file, NO_ARG);
    return EXIT_DATA;
}

static int new_key(struct cli *c)
{
    Str file = c->args.value[OPT_OUTPUT];
    int err = 0;
    struct sign_private *k = sign_new();
    if (k == NULL)
        return cli_fail(
            c, ERR_IO, "%s",
            ZE(c, "系统不给随机数，生成不了密钥。", "the system gives no random bytes for a key."));
    Str pem = sign_pem(c->arena, k);
    enum status st = out_secret(file, pem, &err);
    secret_wipe_str(pem);
    if (st == OK)
        buf_fmt(
            &c->out,
            ZE(c, "私钥在 %.*s，只有本人可读；另存一份到离线的地方，不要发给任何人。\n公钥：%.*s\n",
               "The private key is in %.*s, readable by you alone: keep a copy offline and give "
               "it to nobody.\npublic key: %.*s\n"),
            STR_ARG(file), STR_ARG(public_hex(c, k)));
    sign_close(k);
    return st == OK ? 0 : cli_fail_file(c, st, file, err, true);
}

int cmd_audit_key(struct cli *c)
{
    struct sign_private *k;
    if (c->args.given[OPT_OUTPUT])
        return new_key(c);
    if (!c->args.given[OPT_KEY])
        return cli_usage(c, "%s",
                         ZE(c, "写 -o 文件 生成密钥，或 --key 文件 看已有密钥的公钥",
                            "make a key with -o FILE, or see one with --key FILE"));
    int exit = read_private(c, &k);
    if (exit != 0)
        return exit;
    buf_fmt(&c->out, "%.*s\n", STR_ARG(public_hex(c, k)));
    sign_close(k);
    return 0;
}

static void print_anchor(struct cli *c, const struct anchor *a)
{
    anchor_write(&c->out, a);
    buf_char(&c->out, '\n');
}

static int sign(struct cli *c, struct store *s, const struct sign_private *key)
{
    struct anchor head;
    int exit = store_begin(c, s);
    if (exit != 0)
        return exit;
    enum status st = anchor_last(s->conn, c->arena, &head, s->county);
    if (st == OK) {
        anchor_sign(&head, key, clock_us());
        st = anchor_keep(&s->act, 0, &head);
    }
    if (st != OK)
        return store_fail(c, s, st);
    exit = store_commit(c, s, S("audit.sign"), arena_fmt(c->arena, "%lld", (long long)head.act),
                        S("{}"));
    if (exit != 0)
        return exit;
    print_anchor(c, &head);
    store_close(s);
    return 0;
}

int cmd_audit_sign(struct cli *c)
{
    struct store s;
    struct sign_private *key;
    if (!c->args.given[OPT_KEY])
        return cli_usage(c, "%s",
                         ZE(c, "要用 --key 指明私钥文件", "name the private key with --key"));
    int exit = read_private(c, &key);
    if (exit != 0)
        return exit;
    exit = store_open(c, &s, DB_WRITE);
    if (exit == 0)
        exit = sign(c, &s, key);
    sign_close(key);
    return exit;
}

/* Anchors */

static void write_text(struct cli *c, const struct anchor *a)
{
    buf_fmt(&c->out,
            ZE(c,
               "# 县 %.*s 的记录截至第 %lld 号行为（%.*s）。原样保存下面一行；以后用\n"
               "# geci audit verify --anchor 此文件 就能证明此前的记录有没有被改过。\n",
               "# The records of county %.*s up to act %lld (%.*s). Keep the next line as it is; "
               "later\n# geci audit verify --anchor THIS-FILE tells whether anything before was "
               "changed.\n"),
            STR_ARG(a->county), (long long)a->act,
            STR_ARG(moment_str(c->arena, a->at_us, ZONE_CHINA)));
    print_anchor(c, a);
}

static void write_json(struct cli *c, const struct anchor *a)
{
    struct json j;
    struct buf line;
    buf_init(&line, c->arena, BUF_MAX);
    anchor_write(&line, a);
    json_open(&j, &c->out, false);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-anchor-1"));
    json_kstr(&j, "county", a->county);
    json_kint(&j, "act", a->act);
    json_kint(&j, "at_us", a->at_us);
    json_kstr(&j, "hash_by", a->by == DIGEST_SM3 ? S("sm3") : S("sha256"));
    json_kstr(&j, "hash", arena_hex(c->arena, digest_str(&a->hash)));
    json_kbool(&j, "signed", a->is_signed);
    json_kstr(&j, "anchor", buf_str(&line));
    json_obj_end(&j);
    buf_char(&c->out, '\n');
}

static enum status write_anchors(struct cli *c, struct store *s, const struct sign_private *key)
{
    struct db_rows rows;
    struct sql_act_counties_row row;
    struct anchor a;
    Str *county = NULL;
    size_t n = 0, cap = 0;
    TRY(sql_act_counties(s->conn, &rows));
    while (sql_act_counties_next(&rows, &row)) {
        if (!c->args.given[OPT_COUNTY] || str_eq(row.county, c->args.value[OPT_COUNTY]))
            VEC_PUSH(c->arena, county, n, cap) = arena_copy(c->arena, row.county);
    }
    TRY(db_rows_end(&rows));
    if (n == 0)
        return ERR_GONE;
    for (size_t i = 0; i < n; i++) {
        TRY(anchor_last(s->conn, c->arena, &a, county[i]));
        if (key != NULL)
            anchor_sign(&a, key, clock_us());
        if (c->args.given[OPT_JSON])
            write_json(c, &a);
        else
            write_text(c, &a);
    }
    return OK;
}

static int anchor(struct cli *c, const struct sign_private *key)
{
    struct store s;
    int exit = store_look(c, &s);
    if (exit != 0)
        return exit;
    exit = cli_output_open(c);
    if (exit == 0) {
        enum status st = db_begin(s.conn);
        if (st == OK)
            st = write_anchors(c, &s, key);
        if (st == ERR_GONE)
            (void)diag_add(&s.diags, DIAG_AUDIT_NO_ACTS, (Span){0, 0}, NO_ARG, NO_ARG,
                           NO_ARG); /* told by store_fail */
        if (st != OK) {
            (void)cli_output_close(c, false); /* the old file stays */
            return store_fail(c, &s, st);
        }
        exit = cli_output_close(c, true);
    }
    store_close(&s);
    return exit;
}

int cmd_audit_anchor(struct cli *c)
{
    struct sign_private *key = NULL;
    int exit = c->args.given[OPT_KEY] ? read_private(c, &key) : 0;
    if (exit == 0)
        exit = anchor(c, key);
    sign_close(key);
    return exit;
}

/* What is verified */

static void write_columns(struct json *j, Str columns)
{
    json_key(j, S("columns"));
    json_arr(j);
    while (columns.n > 0)
        json_str(j, str_trim(str_cut(&columns, ',')));
    json_arr_end(j);
}

static void write_derived(struct json *j)
{
    static const char *const NAME[2][2] = {{"sqlite_lacks", "sqlite_extra"},
                                           {"postgres_lacks", "postgres_extra"}};
    json_key(j, S("derived"));
    json_arr(j);
    for (int i = 0; i < db_derived_n(); i++) {
        json_obj(j);
        json_kstr(j, "table", str_of(db_derived_table(i)));
        write_columns(j, str_of(db_derived_columns(i)));
        for (int kind = 0; kind < 2; kind++) {
            for (int extra = 0; extra < 2; extra++)
                json_kstr(j, NAME[kind][extra],
                          str_of(db_derived_text((enum db_kind)kind, i, extra == 1)));
        }
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void write_by_code(struct json *j)
{
    json_key(j, S("derived_by_code"));
    json_arr(j);
    size_t n;
    const struct audit_derived *by_code = record_derived(&n);
    for (size_t i = 0; i < n; i++)
        json_str(j, str_of(by_code[i].table));
    json_arr_end(j);
}

static void write_migrations(struct json *j)
{
    char sqlite[65], postgres[65];
    const char *name;
    json_key(j, S("migrations"));
    json_arr(j);
    for (int i = 1; (name = db_migration(i, DB_SQLITE, sqlite)) != NULL; i++) {
        (void)db_migration(i, DB_POSTGRES, postgres); /* the name again */
        json_obj(j);
        json_kint(j, "number", i);
        json_kstr(j, "name", str_of(name));
        json_kstr(j, "sqlite", str_of(sqlite));
        json_kstr(j, "postgres", str_of(postgres));
        json_obj_end(j);
    }
    json_arr_end(j);
}

static void write_unsealed(struct json *j)
{
    json_key(j, S("unsealed"));
    json_arr(j);
    for (int i = 0; db_unsealed_table(i) != NULL; i++)
        json_str(j, str_of(db_unsealed_table(i)));
    json_arr_end(j);
}

int cmd_audit_schema(struct cli *c)
{
    struct json j;
    json_open(&j, &c->out, true);
    json_obj(&j);
    json_kstr(&j, "format", S("geci-audit-schema-1"));
    json_key(&j, S("sealed"));
    json_arr(&j);
    for (int i = 0; i < db_seal_n(); i++) {
        json_obj(&j);
        json_kstr(&j, "table", str_of(db_seal_table(i)));
        write_columns(&j, str_of(db_seal_columns(i)));
        json_obj_end(&j);
    }
    json_arr_end(&j);
    json_key(&j, S("pieces"));
    json_arr(&j);
    for (int i = 0; i < db_pieces_n(); i++) {
        json_obj(&j);
        json_kstr(&j, "table", str_of(db_pieces_table(i)));
        json_kstr(&j, "whole", str_of(db_pieces_whole(i)));
        json_obj_end(&j);
    }
    json_arr_end(&j);
    write_derived(&j);
    write_by_code(&j);
    write_unsealed(&j);
    write_migrations(&j);
    json_obj_end(&j);
    buf_char(&c->out, '\n');
    return 0;
}
