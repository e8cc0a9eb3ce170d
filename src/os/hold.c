#include "os/hold.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "os/clock.h"
#include "os/file.h"

enum { RETRY_MS = 20, MODE_OWNER = 0600 };

enum status hold_begin(int *hold, const char *path, uint32_t wait_ms, int *err)
{
    int64_t until = clock_ms() + wait_ms;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, MODE_OWNER);
    if (fd < 0) {
        *err = errno;
        return file_status(errno);
    }
    while (flock(fd, LOCK_EX | LOCK_NB) != 0) {
        if ((errno != EWOULDBLOCK && errno != EINTR) || clock_ms() >= until) {
            *err = errno;
            (void)close(fd); /* the failure is told already */
            return *err == EWOULDBLOCK ? ERR_BUSY : ERR_IO;
        }
        struct timespec nap = {0, RETRY_MS * 1000000L};
        (void)nanosleep(&nap, NULL); /* woken early: asks earlier */
    }
    *hold = fd;
    return OK;
}

void hold_end(int hold)
{
    if (hold >= 0)
        (void)close(hold); /* lets go either way */
}
