#include "os/out.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "os/fault.h"
#include "os/file.h"

enum { NAME_TRIES = 100, MODE_NEW = 0666 };

struct out {
    int fd;
    int err;          /* the first failure */
    const char *path; /* where the text belongs; NULL: written straight, nothing to rename */
    const char *temp;
    const char *folder;
    bool own_fd;
};

static bool write_all(int fd, Str text)
{
    for (size_t at = 0; at < text.n;) {
        ssize_t put = fault_due() ? -1 : write(fd, text.p + at, text.n - at);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            return false;
        at += (size_t)put;
    }
    return true;
}

/* The folder of a path, for the sync of its entry. */
static const char *folder_of(struct arena *keep, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (slash == NULL)
        return ".";
    return arena_copy(keep, (Str){path, slash == path ? 1 : (size_t)(slash - path)}).p;
}

/* A new file beside the place, with the mode the old one had. */
static int open_temp(struct arena *keep, struct out *o, const struct stat *old)
{
    for (int i = 0; i < NAME_TRIES; i++) {
        const char *slash = strrchr(o->path, '/');
        int dir_n = slash == NULL ? 0 : (int)(slash - o->path) + 1;
        o->temp = arena_fmt(keep, "%.*s.geci-%ld-%d.tmp", dir_n, o->path, (long)getpid(), i).p;
        int fd =
            fault_due() ? -1 : open(o->temp, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, MODE_NEW);
        if (fd >= 0 && old != NULL)
            (void)fchmod(fd, old->st_mode & 07777); /* not ours: the text matters more */
        if (fd >= 0 || errno != EEXIST)
            return fd;
    }
    return -1;
}

static enum status open_path(struct arena *keep, struct out *o, Str path)
{
    const char *z = arena_copy(keep, path).p;
    struct stat st;
    bool exists = stat(z, &st) == 0;
    if (exists && S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        return file_status(errno);
    }
    o->own_fd = true;
    if (exists && !S_ISREG(st.st_mode)) {
        o->fd = open(z, O_WRONLY | O_CLOEXEC);
        return o->fd < 0 ? file_status(errno) : OK;
    }
    char real[PATH_MAX];
    o->path = exists && realpath(z, real) != NULL ? arena_copy(keep, str_of(real)).p : z;
    o->folder = folder_of(keep, o->path);
    o->fd = open_temp(keep, o, exists ? &st : NULL);
    return o->fd < 0 ? file_status(errno) : OK;
}

enum status out_open(struct arena *keep, struct out **out, Str path, int *err)
{
    struct out *o = ARENA_NEW(keep, struct out);
    o->fd = STDOUT_FILENO;
    *out = o;
    if (path.n == 0 || str_eq(path, S("-")))
        return OK;
    enum status done = open_path(keep, o, path);
    if (done != OK)
        *err = errno;
    return done;
}

void out_write(struct out *o, Str text)
{
    if (o->err == 0 && !write_all(o->fd, text))
        o->err = errno;
}

/* The entry in its folder lasts only once the folder is synced; not every file system can. */
static void sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd); /* the new text is whole either way */
    (void)close(fd);
}

static void note_error(struct out *o)
{
    if (o->err == 0)
        o->err = errno;
}

enum status out_commit(struct out *o, int *err)
{
    if (o->path != NULL && o->err == 0 && (fault_due() || fsync(o->fd) != 0))
        note_error(o);
    if (o->own_fd && (close(o->fd) != 0 || fault_due()))
        note_error(o);
    o->own_fd = false;
    if (o->path != NULL && o->err == 0 && (fault_due() || rename(o->temp, o->path) != 0))
        note_error(o);
    if (o->path != NULL && o->err != 0)
        (void)unlink(o->temp); /* it failed already: say why it did, not this */
    else if (o->path != NULL)
        sync_folder(o->folder);
    *err = o->err;
    return file_status(o->err);
}

void out_drop(struct out *o)
{
    if (o->own_fd)
        (void)close(o->fd); /* given up */
    if (o->path != NULL)
        (void)unlink(o->temp); /* given up */
}

enum status out_file(Str path, Str text, int *err)
{
    struct arena *tmp = arena_open();
    struct out *o;
    enum status done = out_open(tmp, &o, path, err);
    if (done == OK) {
        out_write(o, text);
        done = out_commit(o, err);
    }
    arena_close(tmp);
    return done;
}

enum status out_secret(Str path, Str text, int *err)
{
    struct arena *a = arena_open();
    const char *z = arena_copy(a, path).p;
    int fd = fault_due() ? -1 : open(z, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    bool good = fd >= 0 && write_all(fd, text) && !fault_due() && fsync(fd) == 0;
    enum status st = good ? OK : file_status(errno);
    *err = good ? 0 : errno;
    if (fd >= 0)
        (void)close(fd); /* synced, or given up */
    if (fd >= 0 && !good)
        (void)unlink(z); /* half a key is none */
    arena_close(a);
    return st;
}

void out_remove(Str path)
{
    struct arena *tmp = arena_open();
    (void)unlink(arena_copy(tmp, path).p); /* as promised */
    arena_close(tmp);
}

bool out_stdout(Str text)
{
    return write_all(STDOUT_FILENO, text);
}

bool out_stderr(Str text)
{
    return write_all(STDERR_FILENO, text);
}
