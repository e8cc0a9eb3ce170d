#include "os/scratch.h"

#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/fault.h"

enum { PATH_ROOM = 40 };

struct scratch {
    int fd;
    char path[PATH_ROOM];
};

enum status scratch_open(struct arena *keep, struct scratch **out)
{
    struct scratch *s = ARENA_NEW(keep, struct scratch);
    enum { MFD_CLOEXEC_BIT = 1 };
    s->fd = fault_due() ? -1 : (int)syscall(SYS_memfd_create, "geci", MFD_CLOEXEC_BIT);
    (void)snprintf(s->path, sizeof s->path, "/proc/self/fd/%d", s->fd); /* fits */
    *out = s;
    return s->fd < 0 ? ERR_IO : OK;
}

const char *scratch_path(const struct scratch *s)
{
    return s->path;
}

enum status scratch_read(struct arena *keep, Str *out, const struct scratch *s)
{
    struct stat st;
    *out = (Str){"", 0};
    if (fault_due() || fstat(s->fd, &st) != 0)
        return ERR_IO;
    char *p = arena_raw(keep, (size_t)st.st_size + 1, 1);
    for (size_t at = 0; at < (size_t)st.st_size;) {
        ssize_t got = pread(s->fd, p + at, (size_t)st.st_size - at, (off_t)at);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return ERR_IO;
        at += (size_t)got;
    }
    *out = (Str){p, (size_t)st.st_size};
    return OK;
}

void scratch_close(struct scratch *s)
{
    (void)close(s->fd); /* its content has been read, or is not wanted */
}
