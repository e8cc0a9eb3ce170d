#include "test/trust/torn.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { FILES = 16, NAME_N = 256, SECTOR = 512, PENDING_MAX = 1 << 16, SHM_MAX = 64 };

struct bytes {
    uint8_t *p;
    int64_t n, cap;
};

struct pending {
    int64_t at, n; /* n < 0: truncated to `at` */
    uint8_t *p;
};

struct image {
    char name[NAME_N];
    bool there;      /* as programs see it */
    bool safe_there; /* as after a cut */
    struct bytes now, safe;
    struct pending *pending;
    int64_t pending_n;
};

struct handle {
    sqlite3_file base;
    struct image *image;
    void *shm[SHM_MAX];
};

static struct image g_disk[FILES], g_saved[FILES];
static int64_t g_ops, g_cut, g_fail;
static bool g_dead, g_lie, g_sticky, g_failed;
static enum torn_fault g_fault;
static uint64_t g_noise;

static uint64_t noise(void)
{
    uint64_t z = g_noise += UINT64_C(0x9E3779B97F4A7C15);
    z = (z ^ z >> 30) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ z >> 27) * UINT64_C(0x94D049BB133111EB);
    return z ^ z >> 31;
}

/* Bytes */

static void resize(struct bytes *b, int64_t n)
{
    if (n > b->cap) {
        b->cap = n * 2;
        b->p = realloc(b->p, (size_t)b->cap);
        ASSERT(b->p != NULL);
    }
    if (n > b->n)
        memset(b->p + b->n, 0, (size_t)(n - b->n));
    b->n = n;
}

static void put(struct bytes *b, int64_t at, const uint8_t *p, int64_t n)
{
    if (at + n > b->n)
        resize(b, at + n);
    memcpy(b->p + at, p, (size_t)n);
}

static void copy(struct bytes *to, const struct bytes *from)
{
    resize(to, 0);
    resize(to, from->n);
    if (from->n > 0)
        memcpy(to->p, from->p, (size_t)from->n);
}

static void forget(struct image *f)
{
    for (int64_t i = 0; i < f->pending_n; i++)
        free(f->pending[i].p);
    f->pending_n = 0;
}

/* The disk */

static struct image *find(const char *name, bool make)
{
    struct image *unused = NULL;
    for (int i = 0; i < FILES; i++) {
        if (strcmp(g_disk[i].name, name) == 0)
            return &g_disk[i];
        if (unused == NULL && g_disk[i].name[0] == '\0')
            unused = &g_disk[i];
    }
    if (!make)
        return NULL;
    ASSERT(unused != NULL && strlen(name) < NAME_N);
    strcpy(unused->name, name);
    unused->pending = calloc(PENDING_MAX, sizeof *unused->pending);
    ASSERT(unused->pending != NULL);
    return unused;
}

static void add_pending(struct image *f, int64_t at, const uint8_t *p, int64_t n)
{
    ASSERT(f->pending_n < PENDING_MAX);
    struct pending *w = &f->pending[f->pending_n++];
    *w = (struct pending){at, n, NULL};
    if (n > 0) {
        w->p = malloc((size_t)n);
        ASSERT(w->p != NULL);
        memcpy(w->p, p, (size_t)n);
    }
}

static void settle(struct image *f)
{
    copy(&f->safe, &f->now);
    f->safe_there = f->there;
    forget(f);
}

/* One more operation: SQLITE_OK, or what becomes of it. */
static int operation(bool sync)
{
    int64_t op = ++g_ops;
    if (g_cut > 0 && op >= g_cut)
        g_dead = true;
    if (g_dead)
        return SQLITE_IOERR;
    if (g_fault == TORN_NONE || (g_sticky ? op < g_fail : op != g_fail))
        return SQLITE_OK;
    g_failed = true;
    if (g_fault == TORN_ENOSPC && !sync)
        return SQLITE_FULL;
    return sync ? SQLITE_IOERR_FSYNC : SQLITE_IOERR_WRITE;
}

/* A sector of a write, as it may have arrived. */
static void arrive(struct image *f, int64_t at, const uint8_t *p, int64_t n)
{
    uint8_t part[SECTOR];
    int64_t some = 1 + (int64_t)(noise() % (uint64_t)n);
    switch (noise() % 4) {
    case 0: return; /* lost */
    case 1: put(&f->safe, at, p, n); return;
    case 2: put(&f->safe, at, p, some); return; /* torn */
    default: break;
    }
    memcpy(part, p, (size_t)n);
    for (int64_t i = n - some; i < n; i++)
        part[i] = (uint8_t)noise();
    put(&f->safe, at, part, n);
}

static void lose(struct image *f)
{
    bool whole = noise() % 4 == 0; /* sometimes all of it has arrived */
    for (int64_t i = 0; i < f->pending_n; i++) {
        const struct pending *w = &f->pending[i];
        if (w->n < 0 && (whole || noise() % 2 == 0) && w->at < f->safe.n)
            resize(&f->safe, w->at);
        for (int64_t at = 0; at < w->n; at += SECTOR) {
            int64_t n = w->n - at < SECTOR ? w->n - at : SECTOR;
            if (whole)
                put(&f->safe, w->at + at, w->p + at, n);
            else
                arrive(f, w->at + at, w->p + at, n);
        }
    }
    if (f->there != f->safe_there && noise() % 2 == 0)
        f->safe_there = f->there; /* made or removed, and the folder not synced */
    if (!f->safe_there)
        resize(&f->safe, 0);
    f->there = f->safe_there;
    forget(f);
    copy(&f->now, &f->safe);
}

/* Files */

static int f_close(sqlite3_file *file)
{
    struct handle *h = (struct handle *)file;
    for (int i = 0; i < SHM_MAX; i++)
        free(h->shm[i]);
    return SQLITE_OK;
}

static int f_read(sqlite3_file *file, void *out, int n, sqlite3_int64 at)
{
    const struct bytes *b = &((struct handle *)file)->image->now;
    int64_t got = at >= b->n ? 0 : b->n - at < n ? b->n - at : n;
    if (g_dead)
        return SQLITE_IOERR_READ;
    if (got > 0)
        memcpy(out, b->p + at, (size_t)got);
    memset((uint8_t *)out + got, 0, (size_t)(n - got));
    return got == n ? SQLITE_OK : SQLITE_IOERR_SHORT_READ;
}

static int f_write(sqlite3_file *file, const void *p, int n, sqlite3_int64 at)
{
    struct image *f = ((struct handle *)file)->image;
    bool was_dead = g_dead;
    int st = operation(false);
    if (st == SQLITE_OK)
        put(&f->now, at, p, n);
    if (!was_dead && (st == SQLITE_OK || st == SQLITE_IOERR))
        add_pending(f, at, p, n); /* even the one that was cut may have arrived */
    return st;
}

static int f_truncate(sqlite3_file *file, sqlite3_int64 n)
{
    struct image *f = ((struct handle *)file)->image;
    int st = operation(false);
    if (st != SQLITE_OK)
        return st;
    resize(&f->now, n);
    add_pending(f, n, NULL, -1);
    return SQLITE_OK;
}

static int f_sync(sqlite3_file *file, int flags)
{
    struct image *f = ((struct handle *)file)->image;
    size_t n = strlen(f->name);
    (void)flags; /* full or not: all of it */
    int st = operation(true);
    if (st == SQLITE_OK && !(g_lie && n > 4 && strcmp(f->name + n - 4, "-wal") == 0))
        settle(f);
    return st;
}

static int f_size(sqlite3_file *file, sqlite3_int64 *n)
{
    *n = ((struct handle *)file)->image->now.n;
    return g_dead ? SQLITE_IOERR_FSTAT : SQLITE_OK;
}

static int f_lock(sqlite3_file *file, int level)
{
    (void)file; /* one connection */
    (void)level;
    return SQLITE_OK;
}

static int f_reserved(sqlite3_file *file, int *out)
{
    (void)file;
    *out = 0;
    return SQLITE_OK;
}

static int f_control(sqlite3_file *file, int op, void *arg)
{
    (void)file;
    (void)op;
    (void)arg;
    return SQLITE_NOTFOUND;
}

static int f_sector(sqlite3_file *file)
{
    (void)file;
    return SECTOR;
}

static int f_device(sqlite3_file *file)
{
    (void)file;
    return SQLITE_IOCAP_POWERSAFE_OVERWRITE; /* as SQLite takes any disk of today to be */
}

static int f_shm_map(sqlite3_file *file, int i, int n, int make, void volatile **out)
{
    struct handle *h = (struct handle *)file;
    ASSERT(i < SHM_MAX);
    if (h->shm[i] == NULL && make != 0)
        h->shm[i] = calloc(1, (size_t)n);
    *out = h->shm[i];
    return SQLITE_OK;
}

static int f_shm_lock(sqlite3_file *file, int at, int n, int flags)
{
    (void)file;
    (void)at;
    (void)n;
    (void)flags;
    return SQLITE_OK;
}

static void f_shm_barrier(sqlite3_file *file)
{
    (void)file;
}

static int f_shm_unmap(sqlite3_file *file, int drop)
{
    (void)file;
    (void)drop;
    return SQLITE_OK;
}

static const sqlite3_io_methods METHODS = {
    .iVersion = 2,
    .xClose = f_close,
    .xRead = f_read,
    .xWrite = f_write,
    .xTruncate = f_truncate,
    .xSync = f_sync,
    .xFileSize = f_size,
    .xLock = f_lock,
    .xUnlock = f_lock,
    .xCheckReservedLock = f_reserved,
    .xFileControl = f_control,
    .xSectorSize = f_sector,
    .xDeviceCharacteristics = f_device,
    .xShmMap = f_shm_map,
    .xShmLock = f_shm_lock,
    .xShmBarrier = f_shm_barrier,
    .xShmUnmap = f_shm_unmap,
};

/* The file system */

static int v_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out)
{
    struct handle *h = (struct handle *)file;
    (void)vfs;
    memset(h, 0, sizeof *h);
    if (g_dead)
        return SQLITE_CANTOPEN;
    struct image *f = find(name == NULL ? "" : name, (flags & SQLITE_OPEN_CREATE) != 0);
    if (f == NULL || (!f->there && (flags & SQLITE_OPEN_CREATE) == 0))
        return SQLITE_CANTOPEN;
    if (!f->there)
        resize(&f->now, 0);
    f->there = true;
    h->base.pMethods = &METHODS;
    h->image = f;
    if (out != NULL)
        *out = flags;
    return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *vfs, const char *name, int sync_folder)
{
    struct image *f = find(name, false);
    (void)vfs;
    if (g_dead)
        return SQLITE_IOERR_DELETE;
    if (f == NULL || !f->there)
        return SQLITE_IOERR_DELETE_NOENT;
    f->there = false;
    resize(&f->now, 0);
    if (sync_folder != 0)
        settle(f);
    return SQLITE_OK;
}

static int v_access(sqlite3_vfs *vfs, const char *name, int flags, int *out)
{
    const struct image *f = find(name, false);
    (void)vfs;
    (void)flags;
    *out = f != NULL && f->there;
    return SQLITE_OK;
}

static int v_full(sqlite3_vfs *vfs, const char *name, int n, char *out)
{
    (void)vfs;
    return (int)strlen(sqlite3_snprintf(n, out, "%s", name)) < n ? SQLITE_OK : SQLITE_CANTOPEN;
}

static int v_random(sqlite3_vfs *vfs, int n, char *out)
{
    (void)vfs;
    for (int i = 0; i < n; i++)
        out[i] = (char)noise();
    return n;
}

static int v_sleep(sqlite3_vfs *vfs, int us)
{
    (void)vfs;
    return us;
}

static int v_time(sqlite3_vfs *vfs, sqlite3_int64 *out)
{
    (void)vfs;
    *out = INT64_C(212000000000000); /* some day */
    return SQLITE_OK;
}

static sqlite3_vfs g_vfs = {
    .iVersion = 2,
    .szOsFile = sizeof(struct handle),
    .mxPathname = NAME_N,
    .zName = TORN,
    .xOpen = v_open,
    .xDelete = v_delete,
    .xAccess = v_access,
    .xFullPathname = v_full,
    .xRandomness = v_random,
    .xSleep = v_sleep,
    .xCurrentTimeInt64 = v_time,
};

/* From outside */

void torn_begin(void)
{
    ASSERT(sqlite3_vfs_register(&g_vfs, 0) == SQLITE_OK);
}

void torn_save(void)
{
    for (int i = 0; i < FILES; i++) {
        memcpy(g_saved[i].name, g_disk[i].name, NAME_N);
        g_saved[i].there = g_disk[i].there;
        copy(&g_saved[i].now, &g_disk[i].now);
    }
}

void torn_restore(void)
{
    for (int i = 0; i < FILES; i++) {
        g_disk[i].there = g_saved[i].there;
        copy(&g_disk[i].now, &g_saved[i].now);
        settle(&g_disk[i]);
    }
    g_ops = g_cut = 0;
    g_dead = g_failed = false;
    g_fault = TORN_NONE;
}

int64_t torn_ops(void)
{
    return g_ops;
}

void torn_cut_at(int64_t op)
{
    g_cut = g_ops + op;
}

void torn_power(uint64_t seed)
{
    g_noise = seed;
    for (int i = 0; i < FILES; i++)
        lose(&g_disk[i]);
    g_dead = false;
    g_cut = 0;
}

void torn_lie(bool on)
{
    g_lie = on;
}

void torn_fail_at(int64_t op, enum torn_fault fault, bool sticky)
{
    g_fail = g_ops + op;
    g_fault = fault;
    g_sticky = sticky;
    g_failed = false;
}

bool torn_failed(void)
{
    return g_failed;
}
