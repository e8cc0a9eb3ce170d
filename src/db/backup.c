#include "db/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "db/db_int.h"
#include "os/file.h"
#include "sql.h"

enum { PAGES_A_STEP = 2000 };

static enum status tell(const struct backup *b, enum status st, const char *why, struct diags *ds)
{
    (void)diag_add(ds, DIAG_STORE_BACKUP, (Span){0, 0}, b->path, str_of(why), NO_ARG); /* st */
    return st;
}

static enum status status_of(int code)
{
    return (code & 0xff) == SQLITE_FULL ? ERR_LIMIT : ERR_IO;
}

/* A file of this name of our own: whatever is there already stays. */
static enum status claim(const struct backup *b, const char *path, struct diags *ds)
{
    int fd = open(path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600), err = errno;
    if (fd < 0)
        return tell(
            b, err == EEXIST ? ERR_INPUT : ERR_IO,
            arena_fmt(ds->arena, "%s (%s)", file_error(ds->arena, err, LANG_ZH).p, strerror(err)).p,
            ds);
    (void)close(fd); /* empty */
    return OK;
}

static int copy_pages(sqlite3 *to, sqlite3 *from, const struct backup *b)
{
    sqlite3_backup *k = sqlite3_backup_init(to, "main", from, "main");
    int code = SQLITE_OK;
    if (k == NULL)
        return sqlite3_errcode(to);
    while (code == SQLITE_OK) {
        code = sqlite3_backup_step(k, PAGES_A_STEP);
        int total = sqlite3_backup_pagecount(k);
        if (b->tick != NULL)
            b->tick(b->ctx, total - sqlite3_backup_remaining(k), total);
    }
    (void)sqlite3_backup_finish(k); /* repeats an error of the steps */
    return code == SQLITE_DONE ? SQLITE_OK : code;
}

static int read_one(void *arg, int n, char **value, char **name)
{
    (void)name;
    bool *sound = arg;
    *sound = n == 1 && strcmp(value[0], "ok") == 0;
    return 0;
}

/* One file that stands alone, its pages checked. */
static int settle(sqlite3 *to)
{
    bool sound = false;
    int code = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_exec(to, "PRAGMA quick_check(1)", read_one, &sound, NULL);
    return code == SQLITE_OK && !sound ? SQLITE_CORRUPT : code;
}

enum status db_backup(struct db_conn *c, const struct backup *b, struct diags *ds)
{
    struct arena *a = arena_open();
    const char *path = arena_copy(a, b->path).p;
    sqlite3 *to = NULL;
    if (c->db->kind != DB_SQLITE) {
        arena_close(a);
        return tell(b, ERR_INPUT, "PostgreSQL: pg_basebackup, pg_dump", ds);
    }
    enum status st = claim(b, path, ds);
    if (st == OK) {
        int code = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE, NULL);
        if (code == SQLITE_OK)
            code = copy_pages(to, c->handle, b);
        if (code == SQLITE_OK)
            code = settle(to);
        if (code != SQLITE_OK)
            st = tell(b, status_of(code), sqlite3_errstr(code), ds);
        (void)sqlite3_close(to); /* everything is synced */
        if (st != OK)
            (void)unlink(path); /* half a copy is none */
    }
    arena_close(a);
    return st;
}

static int64_t size_of(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 ? (int64_t)st.st_size : -1;
}

enum status db_health(struct db_conn *c, struct arena *keep, struct db_health *out)
{
    struct sql_integrity_row row;
    *out = (struct db_health){-1, -1, -1, S("ok")};
    TRY(sql_integrity_one(c, keep, &row));
    out->pages = row.text;
    if (c->db->kind != DB_SQLITE)
        return OK;
    struct statvfs fs;
    const char *path = arena_copy(keep, c->db->url).p;
    out->bytes = size_of(path);
    out->wal_bytes = size_of(arena_fmt(keep, "%s-wal", path).p);
    if (statvfs(path, &fs) == 0)
        out->free_bytes = (int64_t)fs.f_bavail * (int64_t)fs.f_frsize;
    return OK;
}

int db_schema_version(void)
{
    return SQL_VERSION;
}

int db_schema_before(const struct db *db)
{
    return db->version;
}
