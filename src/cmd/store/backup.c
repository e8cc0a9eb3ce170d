/* backup.c - the verbs `backup`, `restore` and `migrate`.
 *
 *     geci-backup-1
 *     sha256 <64 hex> bytes 1234567
 *     geci-anchor-1 320582 1234 ..          a line for each county: its head at that moment
 */
#include "db/backup.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/hash.h"
#include "base/str.h"
#include "cmd/cli.h"
#include "cmd/store/store.h"
#include "os/clock.h"
#include "os/file.h"
#include "os/out.h"
#include "sql.h"

enum { MANIFEST_MAX = 1 << 20, DIGESTED_AT_ONCE = 1 << 16 };

static void tick(void *ctx, int64_t done, int64_t total)
{
    struct cli *c = ctx;
    cli_progress(c, ZE(c, "已复制 %lld / %lld 页", "%lld of %lld pages"), (long long)done,
                 (long long)total);
}

/* The digest and the size of a file, which may be larger than memory. */
static enum status digest_file(struct cli *c, Str path, Str *out, int *err)
{
    char hex[65], bytes[DIGESTED_AT_ONCE];
    struct sha256 h;
    FILE *f = fopen(arena_copy(c->arena, path).p, "rbe");
    size_t n = f == NULL ? 0 : sizeof bytes;
    sha256_init(&h);
    while (n == sizeof bytes) {
        n = fread(bytes, 1, sizeof bytes, f);
        sha256_add(&h, (Str){bytes, n});
    }
    bool whole = f != NULL && ferror(f) == 0;
    *err = errno;
    if (f != NULL)
        (void)fclose(f); /* only read from */
    if (!whole)
        return file_status(*err);
    int64_t size = (int64_t)h.n_bytes;
    sha256_hex(hex, sha256_end(&h));
    *out = arena_fmt(c->arena, "sha256 %s bytes %lld", hex, (long long)size);
    return OK;
}

static enum status add_anchors(struct cli *c, struct db_conn *conn, struct buf *out)
{
    struct db_rows rows;
    struct sql_act_counties_row row;
    struct anchor a;
    Str *county = NULL;
    size_t n = 0, cap = 0;
    TRY(sql_act_counties(conn, &rows));
    while (sql_act_counties_next(&rows, &row))
        VEC_PUSH(c->arena, county, n, cap) = arena_copy(c->arena, row.county);
    TRY(db_rows_end(&rows));
    for (size_t i = 0; i < n; i++) {
        TRY(anchor_last(conn, c->arena, &a, county[i]));
        anchor_write(out, &a);
        buf_char(out, '\n');
    }
    return OK;
}

/* The copy and what is to be written about it, of one moment. */
static enum status copy(struct cli *c, struct store *s, Str path, struct buf *anchors)
{
    const struct backup b = {path, tick, c};
    TRY(db_tell(s->conn, db_begin(s->conn), &s->diags));
    TRY(db_tell(s->conn, add_anchors(c, s->conn, anchors), &s->diags));
    TRY(db_backup(s->conn, &b, &s->diags));
    db_rollback(s->conn);
    return OK;
}

static int backup_to(struct cli *c, struct store *s, Str path)
{
    struct buf anchors;
    Str digest;
    int err = 0;
    Str manifest = arena_fmt(c->arena, "%.*s.manifest", STR_ARG(path));
    buf_init(&anchors, c->arena, BUF_MAX);
    enum status st = copy(c, s, path, &anchors);
    if (st != OK) {
        cli_diags(c, &s->diags, db_url(s->db), NO_ARG);
        return cli_exit(st);
    }
    st = digest_file(c, path, &digest, &err);
    if (st != OK)
        return cli_fail_file(c, st, path, err, false);
    Str text = arena_fmt(c->arena, "geci-backup-1\n%.*s\n%.*s", STR_ARG(digest), (int)anchors.n,
                         anchors.p);
    st = out_file(manifest, text, &err);
    if (st != OK)
        return cli_fail_file(c, st, manifest, err, true);
    buf_fmt(&c->out,
            ZE(c, "已备份到 %.*s（逐页检查过），摘要和锚点在 %.*s\n",
               "backed up to %.*s, every page checked; digest and anchors in %.*s\n"),
            STR_ARG(path), STR_ARG(manifest));
    return 0;
}

int cmd_backup(struct cli *c)
{
    struct store s;
    if (!c->args.given[OPT_OUTPUT])
        return cli_usage(c, "%s", ZE(c, "用 -o 写明备份到哪个文件", "say where to with -o FILE"));
    int exit = store_look(c, &s);
    if (exit != 0)
        return exit;
    exit = backup_to(c, &s, c->args.value[OPT_OUTPUT]);
    store_close(&s);
    return exit;
}

/* Restoring */

static enum status refuse(struct cli *c, struct diags *ds, Str file, const char *zh, const char *en)
{
    return diag_add(ds, DIAG_STORE_NO_BACKUP, (Span){0, 0}, file, str_of(ZE(c, zh, en)), NO_ARG);
}

/* Is the file what its manifest says? The anchors are read off it. */
static enum status check_manifest(struct cli *c, Str file, struct audit_asked *q, struct diags *ds)
{
    Str text, digest = S("");
    int err = 0;
    struct anchor *anchor = NULL;
    size_t n = 0;
    Str manifest = arena_fmt(c->arena, "%.*s.manifest", STR_ARG(file));
    if (file_read(c->arena, &text, manifest, MANIFEST_MAX, &err) != OK)
        return refuse(c, ds, file, "没有旁边的 .manifest", "there is no .manifest beside it");
    if (digest_file(c, file, &digest, &err) != OK)
        return refuse(c, ds, file, "读不了", "it cannot be read");
    Str rest = text;
    if (!str_eq(str_cut(&rest, '\n'), S("geci-backup-1")) || !str_eq(str_cut(&rest, '\n'), digest))
        return refuse(c, ds, file, "与 .manifest 记的摘要不符",
                      "it is not what its .manifest says");
    if (!anchor_read(c->arena, &anchor, &n, rest))
        return refuse(c, ds, file, ".manifest 里的锚点读不懂", "an anchor in .manifest is broken");
    for (size_t i = 0; i < n; i++)
        anchor[i].file = manifest;
    q->anchor = anchor;
    q->anchor_n = n;
    return OK;
}

/* Opens the backup, verifies it, and copies it to its place. */
static enum status restore(struct cli *c, Str file, Str to, struct diags *ds)
{
    struct audit_asked q = store_asked(c);
    struct audit_found found;
    struct db *db = NULL;
    struct db_conn *conn = NULL;
    TRY(check_manifest(c, file, &q, ds));
    enum status st = db_open(c->arena, &db, file, &(struct db_opts){.mode = DB_READ}, ds);
    if (st == OK)
        st = db_connect(db, DB_READ, &conn, ds);
    if (st == OK)
        st = audit_verify(conn, c->arena, &found, &q, ds);
    if (st == OK && ds->error_n > 0)
        st = refuse(c, ds, file, "核验没有通过", "it does not verify");
    if (st == OK)
        st = db_tell(conn, db_begin(conn), ds);
    if (st == OK)
        st = db_backup(conn, &(struct backup){to, tick, c}, ds);
    db_disconnect(conn);
    db_close(db);
    return st;
}

int cmd_restore(struct cli *c)
{
    static const Str SQLITE = {"sqlite:", 7};
    struct diags ds;
    Str file = c->args.operand[0], to = store_url(c);
    if (to.n == 0)
        return EXIT_USAGE;
    if (str_starts(to, SQLITE))
        to = str_sub(to, SQLITE.n, to.n);
    if (str_find(to, S("://")) < to.n)
        return cli_usage(c, "%s",
                         ZE(c, "只能恢复到 sqlite:路径；PostgreSQL 见 docs/operate.md",
                            "only to sqlite:PATH; for PostgreSQL see docs/operate.md"));
    diags_init(&ds, c->arena);
    enum status st = restore(c, file, to, &ds);
    if (st != OK) {
        cli_diags(c, &ds, file, NO_ARG);
        return cli_exit(st);
    }
    buf_fmt(&c->out,
            ZE(c, "已恢复到 %.*s：摘要、行为链和锚点都相符\n",
               "restored to %.*s: digest, chain of acts and anchors agree\n"),
            STR_ARG(to));
    return 0;
}

/* Migrating */

/* SQLite: a copy of the store as it is, before anything changes. */
static enum status backup_first(struct cli *c, struct db *db, struct diags *ds)
{
    struct db_conn *conn;
    Str path = arena_fmt(c->arena, "%.*s.v%d-%lld", STR_ARG(db_url(db)), db_schema_before(db),
                         (long long)(clock_us() / 1000000));
    if (str_starts(path, S("sqlite:")))
        path = str_sub(path, 7, path.n);
    TRY(db_connect(db, DB_READ, &conn, ds));
    enum status st = db_tell(conn, db_begin(conn), ds);
    if (st == OK)
        st = db_backup(conn, &(struct backup){path, tick, c}, ds);
    db_disconnect(conn);
    if (st == OK && !c->quiet)
        buf_fmt(&c->out, ZE(c, "升级前的备份：%.*s\n", "backup from before: %.*s\n"),
                STR_ARG(path));
    return st;
}

/* A dry run finds out what there is to do; it is done only after the backup. */
static enum status migrate(struct cli *c, Str url, int *before, struct diags *ds)
{
    struct db_opts o = {.mode = DB_WRITE, .migrate = true, .dry_run = true};
    struct db *db = NULL;
    TRY(db_open(c->arena, &db, url, &o, ds));
    *before = db_schema_before(db);
    enum status st = OK;
    bool work = *before > 0 && *before < db_schema_version() && !c->args.given[OPT_DRY_RUN];
    if (work && db_kind(db) == DB_SQLITE)
        st = backup_first(c, db, ds);
    db_close(db);
    if (st != OK || !work)
        return st;
    o.dry_run = false;
    TRY(db_open(c->arena, &db, url, &o, ds));
    db_close(db);
    return OK;
}

int cmd_migrate(struct cli *c)
{
    struct diags ds;
    int before = 0, now = db_schema_version();
    Str url = store_url(c);
    if (url.n == 0)
        return EXIT_USAGE;
    diags_init(&ds, c->arena);
    enum status st = migrate(c, url, &before, &ds);
    if (st != OK) {
        cli_diags(c, &ds, url, NO_ARG);
        return cli_exit(st);
    }
    if (before == now)
        buf_fmt(&c->out,
                ZE(c, "结构已是第 %d 版，不用升级\n", "the schema is version %d already\n"), now);
    else if (c->args.given[OPT_DRY_RUN])
        buf_fmt(&c->out,
                ZE(c, "可以从第 %d 版升级到第 %d 版；数据库没有动\n",
                   "version %d can become %d; nothing was changed\n"),
                before, now);
    else
        buf_fmt(&c->out, ZE(c, "已从第 %d 版升级到第 %d 版\n", "version %d became %d\n"), before,
                now);
    return 0;
}
