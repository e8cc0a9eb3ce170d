/* sqlite_gather.c - a VFS over another: what goes into a log goes there in large pieces.
 *
 * SQLite writes a log page by page, the head of each by itself, with a call into the system for
 * every one: two thirds of what an import's commit cost. Here writes that follow each other wait in
 * memory until there are GATHER_BYTES of them, or until the log is synced, read or asked anything.
 * Nobody else looks for them before: a commit is synced (synchronous=FULL) before others hear of
 * it. What could not be written stays, and every later call tries again and says so; but only while
 * the lock of writers is held. Before it is given up, what was never to be committed is written or
 * forgotten: later it would fall on what another program has committed in its place.
 * All else is the lower VFS's alone. */
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include "db/db_int.h"

/* A VFS may take no more than 128 KB at once. */
enum { GATHER_BYTES = 1 << 16, NAME_BYTES = 64, ALIGNED = 16 };
/* Of the shared memory's locks: https://www.sqlite.org/walformat.html, 2.3.1. */
enum { WRITERS_LOCK = 0 };

struct gather_vfs {
    sqlite3_vfs vfs;
    sqlite3_vfs *below;
    char name[NAME_BYTES];
};

struct gathered;

/* Behind the lower VFS's own file of a database. */
struct guarded {
    sqlite3_io_methods methods; /* the lower VFS's but for one; first, so that a file leads here */
    int (*lock)(sqlite3_file *f, int at, int n, int flags);
    struct gathered *log; /* NULL: not open */
};

struct gathered {
    sqlite3_file file;
    sqlite3_file *below;
    struct guarded *database; /* NULL: it is none of ours */
    char *bytes;              /* of GATHER_BYTES; NULL: nothing was written yet */
    int n;
    sqlite3_int64 at; /* where they belong */
};

static struct gathered *of(sqlite3_file *f)
{
    return (struct gathered *)f;
}

static const sqlite3_io_methods *below(sqlite3_file *f)
{
    return of(f)->below->pMethods;
}

static int flush(sqlite3_file *f)
{
    struct gathered *g = of(f);
    int code = g->n == 0 ? SQLITE_OK : below(f)->xWrite(g->below, g->bytes, g->n, g->at);
    if (code == SQLITE_OK)
        g->n = 0;
    return code;
}

static int f_write(sqlite3_file *f, const void *p, int n, sqlite3_int64 at)
{
    struct gathered *g = of(f);
    if (g->bytes == NULL)
        g->bytes = sqlite3_malloc(GATHER_BYTES);
    if (g->n > 0 && (at != g->at + g->n || n > GATHER_BYTES - g->n)) {
        int code = flush(f);
        if (code != SQLITE_OK)
            return code;
    }
    if (g->bytes == NULL || n > GATHER_BYTES)
        return below(f)->xWrite(g->below, p, n, at);
    if (g->n == 0)
        g->at = at;
    memcpy(g->bytes + g->n, p, (size_t)n);
    g->n += n;
    return SQLITE_OK;
}

#define FLUSHED(f, then)                            \
    do {                                            \
        int code_ = flush(f);                       \
        return code_ != SQLITE_OK ? code_ : (then); \
    } while (0)

static int f_close(sqlite3_file *f)
{
    int code = flush(f), closed = below(f)->xClose(of(f)->below);
    sqlite3_free(of(f)->bytes);
    if (of(f)->database != NULL)
        of(f)->database->log = NULL;
    return code != SQLITE_OK ? code : closed;
}

static int f_read(sqlite3_file *f, void *p, int n, sqlite3_int64 at)
{
    FLUSHED(f, below(f)->xRead(of(f)->below, p, n, at));
}

static int f_truncate(sqlite3_file *f, sqlite3_int64 n)
{
    FLUSHED(f, below(f)->xTruncate(of(f)->below, n));
}

static int f_sync(sqlite3_file *f, int flags)
{
    FLUSHED(f, below(f)->xSync(of(f)->below, flags));
}

static int f_size(sqlite3_file *f, sqlite3_int64 *n)
{
    FLUSHED(f, below(f)->xFileSize(of(f)->below, n));
}

static int f_lock(sqlite3_file *f, int level)
{
    FLUSHED(f, below(f)->xLock(of(f)->below, level));
}

static int f_unlock(sqlite3_file *f, int level)
{
    FLUSHED(f, below(f)->xUnlock(of(f)->below, level));
}

static int f_reserved(sqlite3_file *f, int *out)
{
    return below(f)->xCheckReservedLock(of(f)->below, out);
}

static int f_control(sqlite3_file *f, int what, void *arg)
{
    FLUSHED(f, below(f)->xFileControl(of(f)->below, what, arg));
}

static int f_sector(sqlite3_file *f)
{
    return below(f)->xSectorSize(of(f)->below);
}

static int f_device(sqlite3_file *f)
{
    return below(f)->xDeviceCharacteristics(of(f)->below);
}

/* Of version 1: shared memory and mapped pages are asked of the database, not of its log. */
static const sqlite3_io_methods METHODS = {.iVersion = 1,
                                           .xClose = f_close,
                                           .xRead = f_read,
                                           .xWrite = f_write,
                                           .xTruncate = f_truncate,
                                           .xSync = f_sync,
                                           .xFileSize = f_size,
                                           .xLock = f_lock,
                                           .xUnlock = f_unlock,
                                           .xCheckReservedLock = f_reserved,
                                           .xFileControl = f_control,
                                           .xSectorSize = f_sector,
                                           .xDeviceCharacteristics = f_device};

static int d_lock(sqlite3_file *f, int at, int n, int flags)
{
    const struct guarded *d = (const struct guarded *)f->pMethods;
    if (d->log != NULL && at == WRITERS_LOCK && (flags & SQLITE_SHM_UNLOCK) != 0) {
        (void)flush(&d->log->file); /* a commit was told before, by its sync */
        d->log->n = 0;
    }
    return d->lock(f, at, n, flags);
}

static int lower_bytes(const sqlite3_vfs *lower)
{
    return (lower->szOsFile + ALIGNED - 1) / ALIGNED * ALIGNED;
}

static struct guarded *behind(const sqlite3_vfs *lower, sqlite3_file *f)
{
    return (struct guarded *)((char *)f + lower_bytes(lower));
}

static int open_database(sqlite3_vfs *lower, const char *name, sqlite3_file *f, int flags, int *out)
{
    int code = lower->xOpen(lower, name, f, flags, out);
    if (f->pMethods == NULL || f->pMethods->iVersion < 2)
        return code;
    struct guarded *d = behind(lower, f);
    *d = (struct guarded){.methods = *f->pMethods, .lock = f->pMethods->xShmLock};
    d->methods.xShmLock = d_lock;
    f->pMethods = &d->methods;
    return code;
}

static int open_log(sqlite3_vfs *lower, const char *name, struct gathered *g, int flags, int *out)
{
    *g = (struct gathered){.below = (sqlite3_file *)(g + 1)};
    int code = lower->xOpen(lower, name, g->below, flags, out);
    if (g->below->pMethods == NULL)
        return code;
    g->file.pMethods = &METHODS;
    sqlite3_file *database = sqlite3_database_file_object(name);
    if (database->pMethods->iVersion >= 2 && database->pMethods->xShmLock == d_lock) {
        g->database = behind(lower, database);
        g->database->log = g;
    }
    return code;
}

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *f, int flags, int *out)
{
    sqlite3_vfs *lower = ((struct gather_vfs *)vfs)->below;
    if ((flags & SQLITE_OPEN_WAL) != 0)
        return open_log(lower, name, of(f), flags, out);
    if ((flags & SQLITE_OPEN_MAIN_DB) != 0)
        return open_database(lower, name, f, flags, out);
    return lower->xOpen(lower, name, f, flags, out);
}

const char *db_sqlite_gather(const char *over)
{
    sqlite3_vfs *lower = sqlite3_vfs_find(over);
    struct gather_vfs *g = lower == NULL ? NULL : sqlite3_malloc(sizeof *g);
    if (g == NULL)
        return over;
    (void)snprintf(g->name, sizeof g->name, "gather-%s", lower->zName); /* cut: it is not found */
    sqlite3_vfs *known = sqlite3_vfs_find(g->name);
    if (known != NULL) {
        sqlite3_free(g);
        return known->zName;
    }
    g->vfs = *lower;
    g->vfs.pNext = NULL;
    g->vfs.zName = g->name;
    g->vfs.szOsFile = lower_bytes(lower) + (int)(sizeof(struct gathered) + sizeof(struct guarded));
    g->vfs.xOpen = v_open;
    g->below = lower;
    return sqlite3_vfs_register(&g->vfs, 0) == SQLITE_OK ? g->name : over;
}
