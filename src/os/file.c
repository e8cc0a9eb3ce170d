#include "os/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"

enum { READ_STEP = 1 << 16, FOLDER_DEPTH = 32 };

enum status file_status(int err)
{
    switch (err) {
    case 0: return OK;
    case ENOENT:
    case ENOTDIR: return ERR_GONE;
    case EACCES:
    case EPERM:
    case EROFS: return ERR_DENIED;
    case EFBIG: return ERR_LIMIT;
    default: return ERR_IO;
    }
}

Str file_error(struct arena *keep, int err, enum lang lang)
{
    static const struct {
        int err;
        const char *zh;
    } known[] = {
        {ENOENT, "没有这个文件或文件夹"},
        {ENOTDIR, "路径中有一段不是文件夹"},
        {EEXIST, "已有这个文件，不覆盖"},
        {EISDIR, "这是文件夹，不是文件"},
        {EACCES, "没有权限"},
        {EPERM, "没有权限"},
        {EROFS, "磁盘是只读的"},
        {EFBIG, "文件太大"},
        {ENOSPC, "磁盘已满"},
        {EDQUOT, "超出磁盘配额"},
        {EIO, "磁盘读写出错"},
        {EPIPE, "接收输出的程序已经退出"},
        {EMFILE, "打开的文件太多"},
        {ELOOP, "链接绕成了圈"},
        {ENAMETOOLONG, "文件名太长"},
    };
    for (size_t i = 0; lang == LANG_ZH && i < ARRAY_N(known); i++)
        if (known[i].err == err)
            return str_of(known[i].zh);
    return arena_copy(keep, str_of(strerror(err)));
}

static enum status fail(int *err)
{
    *err = errno;
    return file_status(errno);
}

static const char *zpath(struct arena *tmp, Str path)
{
    return arena_copy(tmp, path).p;
}

enum file_kind file_kind(Str path)
{
    struct arena *tmp = arena_open();
    struct stat st;
    enum file_kind kind = FILE_NONE;
    if (stat(zpath(tmp, path), &st) == 0)
        kind = S_ISREG(st.st_mode) ? FILE_REGULAR : S_ISDIR(st.st_mode) ? FILE_FOLDER : FILE_OTHER;
    arena_close(tmp);
    return kind;
}

/* ---- reading ---- */

/* Reads until the end of the file, doubling the room; a regular file of known size needs one. */
static enum status read_all(struct arena *keep, Str *out, int fd, size_t room, size_t max, int *err)
{
    char *p = arena_raw(keep, room, 1);
    for (size_t n = 0;;) {
        ssize_t got = read(fd, p + n, room - n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return fail(err);
        n += (size_t)got;
        if (got == 0) {
            *out = (Str){p, n};
            return OK;
        }
        if (n > max) {
            errno = EFBIG;
            return fail(err);
        }
        if (n == room) {
            char *wider = arena_raw(keep, room * 2, 1);
            memcpy(wider, p, n);
            p = wider;
            room *= 2;
        }
    }
}

enum status file_read(struct arena *keep, Str *out, Str path, size_t max, int *err)
{
    *out = (Str){"", 0};
    bool standard = str_eq(path, S("-"));
    int fd = standard ? STDIN_FILENO : open(zpath(keep, path), O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return fail(err);
    struct stat st;
    enum status done = OK;
    if (fstat(fd, &st) != 0) {
        done = fail(err);
    } else if (S_ISDIR(st.st_mode)) {
        errno = EISDIR;
        done = fail(err);
    } else if (S_ISREG(st.st_mode) && (uint64_t)st.st_size > max) {
        errno = EFBIG;
        done = fail(err);
    } else {
        size_t room = S_ISREG(st.st_mode) ? (size_t)st.st_size + 1 : READ_STEP;
        done = read_all(keep, out, fd, room, max, err);
    }
    if (!standard)
        (void)close(fd); /* only read from: nothing can be lost */
    return done;
}

/* ---- folders ---- */

struct walk {
    struct arena *keep;
    Str *path;
    size_t n, cap;
    int err;
};

static enum status walk_folder(struct walk *w, Str folder, int depth);

static enum status walk_entry(struct walk *w, Str folder, Str name, int depth)
{
    bool slash = str_ends(folder, S("/"));
    Str path = arena_fmt(w->keep, "%.*s%s%.*s", (int)folder.n, folder.p, slash ? "" : "/",
                         (int)name.n, name.p);
    struct stat st;
    if (lstat(path.p, &st) != 0)
        return errno == ENOENT ? OK : fail(&w->err); /* gone since it was listed */
    if (S_ISDIR(st.st_mode))
        return walk_folder(w, path, depth + 1);
    if (!str_ends(name, S(".md")) || str_eq(name, S("README.md")))
        return OK;
    if (stat(path.p, &st) == 0 && S_ISREG(st.st_mode))
        VEC_PUSH(w->keep, w->path, w->n, w->cap) = path;
    return OK;
}

static enum status walk_folder(struct walk *w, Str folder, int depth)
{
    if (depth > FOLDER_DEPTH) {
        errno = ELOOP;
        return fail(&w->err);
    }
    DIR *dir = opendir(zpath(w->keep, folder));
    if (dir == NULL)
        return fail(&w->err);
    enum status done = OK;
    while (done == OK) {
        errno = 0;
        const struct dirent *entry = readdir(dir);
        if (entry == NULL) {
            done = errno == 0 ? OK : fail(&w->err);
            break;
        }
        if (entry->d_name[0] != '.')
            done = walk_entry(w, folder, arena_copy(w->keep, str_of(entry->d_name)), depth);
    }
    (void)closedir(dir); /* only read from */
    return done;
}

static int by_bytes(const void *a, const void *b)
{
    return str_cmp(*(const Str *)a, *(const Str *)b);
}

enum status file_list_documents(struct arena *keep, Str **out, size_t *out_n, Str folder, int *err)
{
    struct walk w = {.keep = keep};
    enum status done = walk_folder(&w, folder, 0);
    *err = w.err;
    TRY(done);
    if (w.n > 1)
        qsort(w.path, w.n, sizeof *w.path, by_bytes);
    *out = w.path;
    *out_n = w.n;
    return OK;
}
