/* child.c - a process, a pipe, and frames on it: a letter, a length of 4 bytes, so many bytes.
 *
 *     D bytes of the answer        P done, total: 8 bytes each        E the status: the last frame
 *
 * The parent reads what comes, at most answer_bytes of it, and looks at the clock between. A child
 * that ends without E gave no answer, whatever it had sent.
 */
#include "os/child.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/child_int.h"
#include "os/clock.h"
#include "os/fault.h"

enum {
    ANSWER_FD = 3,
    FRAME_HEAD = 5,
    FRAME_MAX = 1 << 16,
    TICK_MS = 100,
    ROOM_FIRST = 1 << 18,
    IN_ROOM = 2 * (FRAME_HEAD + FRAME_MAX),
};

/* ---- the child ---- */

struct child_pipe {
    int fd;
    size_t n;
    char buf[FRAME_HEAD + FRAME_MAX];
};

static void send_all(int fd, const char *p, size_t n)
{
    while (n > 0) {
        ssize_t put = write(fd, p, n);
        if (put < 0 && errno == EINTR)
            continue;
        if (put < 0)
            _exit(EXIT_BROKEN); /* the parent is gone */
        p += put;
        n -= (size_t)put;
    }
}

static void send_frame(struct child_pipe *to, char kind, const void *p, size_t n)
{
    char head[FRAME_HEAD] = {kind};
    uint32_t len = (uint32_t)n;
    memcpy(head + 1, &len, sizeof len);
    send_all(to->fd, head, sizeof head);
    send_all(to->fd, p, n);
}

static void flush(struct child_pipe *to)
{
    if (to->n > 0)
        send_frame(to, 'D', to->buf, to->n);
    to->n = 0;
}

void child_write(struct child_pipe *to, Str bytes)
{
    while (bytes.n > 0) {
        size_t room = FRAME_MAX - to->n, n = bytes.n < room ? bytes.n : room;
        memcpy(to->buf + to->n, bytes.p, n);
        to->n += n;
        bytes = (Str){bytes.p + n, bytes.n - n};
        if (to->n == FRAME_MAX)
            flush(to);
    }
}

void child_tell(struct child_pipe *to, uint64_t done, uint64_t total)
{
    uint64_t both[2] = {done, total};
    send_frame(to, 'P', both, sizeof both);
}

/* The standard streams lead nowhere, the answer is descriptor 3, a connection 4, there are no
 * others. */
static void keep_only(int fd, int socket)
{
    int null = open("/dev/null", O_RDWR);
    int high = socket > 0 ? fcntl(socket, F_DUPFD, CHILD_SOCKET + 1) : 0; /* out of the way */
    bool ok = null >= 0 && dup2(null, STDIN_FILENO) >= 0 && dup2(null, STDOUT_FILENO) >= 0 &&
              dup2(null, STDERR_FILENO) >= 0;
    ok = ok && (fd == ANSWER_FD || dup2(fd, ANSWER_FD) >= 0);
    ok = ok && high >= 0 && (socket <= 0 || dup2(high, CHILD_SOCKET) >= 0);
    int last = socket > 0 ? CHILD_SOCKET : ANSWER_FD;
    if (!ok || syscall(SYS_close_range, last + 1, ~0U, 0) != 0)
        _exit(EXIT_UNJAILED);
}

_Noreturn static void run_child(const struct child_job *job, int fd)
{
    static struct child_pipe to; /* the child's own copy */
    keep_only(fd, job->socket);
    to.fd = ANSWER_FD;
    child_jail(job, ANSWER_FD);
    uint32_t status = (uint32_t)job->fn(&to, job->arg);
    flush(&to);
    send_frame(&to, 'E', &status, sizeof status);
    _exit(0);
}

/* ---- the parent ---- */

struct parent {
    struct arena *keep;
    const struct child_job *job;
    struct child_result *out;
    int fd;
    pid_t pid;
    char *answer;
    size_t answer_n, room;
    char *in; /* what has come and is no whole frame yet; room for two */
    size_t in_n;
    uint64_t done, total;
    int64_t start_ms, tick_ms;
    bool ended; /* E has come */
};

static void append(struct parent *x, const char *p, size_t n)
{
    if (x->room - x->answer_n < n) {
        x->room = x->room == 0 ? ROOM_FIRST : x->room * 2; /* n is at most FRAME_MAX */
        char *wider = arena_raw(x->keep, x->room, 1);
        if (x->answer_n > 0)
            memcpy(wider, x->answer, x->answer_n);
        x->answer = wider;
    }
    memcpy(x->answer + x->answer_n, p, n);
    x->answer_n += n;
}

/* False: it is no frame of ours. */
static bool take_frame(struct parent *x, char kind, const char *p, uint32_t len)
{
    uint32_t status = 0;
    switch (x->ended ? '\0' : kind) {
    case 'D': append(x, p, len); return true;
    case 'P':
        if (len != 2 * sizeof x->done)
            return false;
        memcpy(&x->done, p, sizeof x->done);
        memcpy(&x->total, p + sizeof x->done, sizeof x->total);
        return true;
    case 'E':
        if (len == sizeof status)
            memcpy(&status, p, sizeof status);
        x->ended = len == sizeof status && status <= ERR_IO;
        x->out->status = x->ended ? (enum status)status : OK;
        return x->ended;
    default: return false;
    }
}

/* The whole frames of what has come. */
static bool take_frames(struct parent *x)
{
    size_t at = 0;
    while (x->in_n - at >= FRAME_HEAD) {
        uint32_t len;
        memcpy(&len, x->in + at + 1, sizeof len);
        if (len > FRAME_MAX)
            return false;
        if (x->in_n - at - FRAME_HEAD < len)
            break;
        if (!take_frame(x, x->in[at], x->in + at + FRAME_HEAD, len))
            return false;
        at += FRAME_HEAD + len;
    }
    x->in_n -= at;
    memmove(x->in, x->in + at, x->in_n);
    return true;
}

static bool out_of_time(struct parent *x)
{
    int64_t now = clock_ms();
    if (now - x->start_ms > (int64_t)x->job->wall_s * 1000) {
        x->out->end = CHILD_LATE;
        return true;
    }
    if (now - x->tick_ms < TICK_MS || x->job->tick == NULL)
        return false;
    x->tick_ms = now;
    if (x->job->tick(x->job->ctx, x->done, x->total))
        return false;
    x->out->end = CHILD_CANCELLED;
    return true;
}

/* Reads until the child is silent for good. False: it has to be ended, out->end says why. */
static bool listen(struct parent *x)
{
    for (;;) {
        struct pollfd p = {.fd = x->fd, .events = POLLIN};
        int ready = poll(&p, 1, TICK_MS);
        if (out_of_time(x))
            return false;
        if (ready == 0 || (ready < 0 && errno == EINTR))
            continue;
        ssize_t got =
            ready < 0 || fault_due() ? -1 : read(x->fd, x->in + x->in_n, IN_ROOM - x->in_n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return got == 0;
        x->in_n += (size_t)got;
        if (!take_frames(x))
            return false;
        if (x->answer_n > x->job->answer_bytes) {
            x->out->end = CHILD_LONG;
            return false;
        }
    }
}

static enum child_end how_it_ended(int status)
{
    if (WIFSIGNALED(status)) {
        int sig = WTERMSIG(status);
        return sig == SIGSYS ? CHILD_DENIED : sig == SIGXCPU ? CHILD_CPU : CHILD_CRASHED;
    }
    switch (WEXITSTATUS(status)) {
    case EXIT_UNJAILED: return CHILD_BARE;
    case EXIT_NO_MEMORY: return CHILD_MEMORY;
    default: return CHILD_CRASHED;
    }
}

static void run_parent(struct parent *x)
{
    x->start_ms = x->tick_ms = clock_ms();
    bool silent = listen(x);
    if (!silent)
        (void)kill(x->pid, SIGKILL); /* it may just have ended: waitpid knows */
    int status = 0;
    pid_t got;
    do
        got = waitpid(x->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (!silent)
        return;
    x->out->end = x->ended && got == x->pid && status == 0 ? CHILD_DONE : how_it_ended(status);
    x->out->answer = (Str){x->answer_n > 0 ? x->answer : "", x->answer_n};
}

void child_run(struct arena *keep, struct child_result *out, const struct child_job *job)
{
    int ends[2];
    *out = (struct child_result){.end = CHILD_BARE, .answer = {"", 0}};
    if (fault_due() || pipe(ends) != 0)
        return;
    for (int i = 0; i < 2; i++)
        (void)fcntl(ends[i], F_SETFD, FD_CLOEXEC); /* cannot fail on a descriptor that is open */
    pid_t pid = fault_due() ? -1 : fork();
    if (pid == 0)
        run_child(job, ends[1]);
    (void)close(ends[1]); /* the child's */
    if (pid > 0) {
        struct arena *tmp = arena_open();
        struct parent x = {.keep = keep, .job = job, .out = out, .fd = ends[0], .pid = pid};
        x.in = arena_raw(tmp, IN_ROOM, 1);
        out->end = CHILD_CRASHED;
        run_parent(&x);
        arena_close(tmp);
    }
    (void)close(ends[0]); /* only read from */
}
