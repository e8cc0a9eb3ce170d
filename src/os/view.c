#define _GNU_SOURCE /* NOLINT: the name is the C library's, for F_SETLEASE */
#include "os/view.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/file.h"

enum { VIEW_LEAST = 1 << 20, BEHIND = 64 };

struct file_view {
    int fd;
    void *at;
    size_t n;
};

/* Whoever wants to change the file makes the system send a signal, which is to pass unnoticed. */
static bool lease(int fd)
{
    return fcntl(fd, F_SETSIG, SIGURG) == 0 && fcntl(fd, F_SETLEASE, F_RDLCK) == 0;
}

/* Readers look some bytes further than the end: those must be on the last page too. */
static bool fits(const struct stat *st, size_t max)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE), n = (size_t)st->st_size;
    return S_ISREG(st->st_mode) && n >= VIEW_LEAST && n <= max && n % page != 0 &&
           page - n % page >= BEHIND;
}

static bool map(struct file_view *v, Str path, struct arena *keep, size_t max)
{
    struct stat st;
    v->fd = open(arena_copy(keep, path).p, O_RDONLY | O_CLOEXEC);
    if (v->fd < 0)
        return false;
    if (fstat(v->fd, &st) == 0 && fits(&st, max) && lease(v->fd) && fstat(v->fd, &st) == 0 &&
        fits(&st, max)) {
        v->n = (size_t)st.st_size;
        v->at = mmap(NULL, v->n, PROT_READ, MAP_PRIVATE | MAP_POPULATE, v->fd, 0);
        if (v->at != MAP_FAILED)
            return true;
    }
    (void)close(v->fd); /* only read from; gives the lease back */
    return false;
}

enum status view_open(struct arena *keep, struct file_view **v, Str *out, Str path, size_t max,
                      int *err)
{
    struct file_view *own = ARENA_NEW(keep, struct file_view);
    *v = NULL;
    if (!map(own, path, keep, max))
        return file_read(keep, out, path, max, err);
    *v = own;
    *out = (Str){own->at, own->n};
    return OK;
}

void view_close(struct file_view *v)
{
    if (v == NULL)
        return;
    (void)munmap(v->at, v->n); /* what was mapped can be unmapped */
    (void)close(v->fd);
}
