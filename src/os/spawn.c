/* spawn.c - a process of another program, three pipes, and a clock. Between fork and exec only
 * calls that are safe there. */
#include "os/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/str.h"
#include "os/clock.h"

enum { PATH_ROOM = 4096, SAID_MAX = 2000, TICK_MS = 200, ROOM_FIRST = 1 << 18, NOT_STARTED = 127 };

/* --- the program --- */

/* Beside this one, or in a folder there, as the build puts it. */
static const char *find(struct arena *keep, const struct spawn_job *job)
{
    char self[PATH_ROOM];
    ssize_t n = readlink("/proc/self/exe", self, sizeof self);
    if (n <= 0 || (size_t)n == sizeof self)
        return NULL;
    while (n > 0 && self[n - 1] != '/')
        n--;
    const char *way[] = {"", job->folder};
    for (size_t i = 0; i < ARRAY_N(way); i++) {
        Str path = arena_fmt(keep, "%.*s%s%s%s%c", (int)n, self, way[i], i > 0 ? "/" : "",
                             job->name, '\0');
        if (access(path.p, X_OK) == 0)
            return path.p;
    }
    return NULL;
}

static void limit(int what, size_t most)
{
    struct rlimit r = {most, most};
    if (setrlimit((__rlimit_resource_t)what, &r) != 0)
        _exit(NOT_STARTED);
}

_Noreturn static void become(const char *path, const struct spawn_job *job, const int fd[3])
{
    char *argv[] = {(char[]){"geci-print"}, NULL};
    char *env[] = {(char[]){"LC_ALL=C.UTF-8"}, NULL};
    for (int i = 0; i < 3; i++)
        if (dup2(fd[i], i) < 0)
            _exit(NOT_STARTED);
    (void)syscall(SYS_close_range, 3, ~0U, 0); /* what stays open is ours and says CLOEXEC */
    limit(RLIMIT_AS, job->memory_bytes);
    limit(RLIMIT_CPU, job->cpu_s);
    limit(RLIMIT_FSIZE, 0);
    limit(RLIMIT_CORE, 0);
    sigset_t none;
    (void)sigemptyset(&none); /* cannot fail: the set is ours */
    if (sigprocmask(SIG_SETMASK, &none, NULL) != 0 || prctl(PR_SET_PDEATHSIG, SIGKILL) != 0)
        _exit(NOT_STARTED);
    (void)execve(path, argv, env); /* comes back only when it failed */
    _exit(NOT_STARTED);
}

/* --- the parent --- */

struct stream {
    int fd;
    char *at;
    size_t n, room, most;
};

struct running {
    struct arena *keep;
    const struct spawn_job *job;
    struct spawn_result *out;
    pid_t pid;
    int in;
    size_t written;
    struct stream answer, said;
};

static void shut(int *fd)
{
    if (*fd >= 0)
        (void)close(*fd); /* a pipe's end */
    *fd = -1;
}

/* More of it than `most` is read and dropped, but for one byte that shows there was more. */
static void take(struct running *x, struct stream *s)
{
    char part[1 << 16];
    ssize_t n = read(s->fd, part, sizeof part);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    if (n <= 0) {
        shut(&s->fd);
        return;
    }
    size_t more = (size_t)n > s->most + 1 - s->n ? s->most + 1 - s->n : (size_t)n;
    while (s->room < s->n + more) {
        s->room = s->room == 0 ? ROOM_FIRST : s->room * 2;
        char *wider = arena_raw(x->keep, s->room, 1);
        if (s->n > 0)
            memcpy(wider, s->at, s->n);
        s->at = wider;
    }
    if (more > 0)
        memcpy(s->at + s->n, part, more);
    s->n += more;
}

static void give(struct running *x)
{
    Str rest = str_sub(x->job->in, x->written, x->job->in.n);
    ssize_t n = rest.n == 0 ? 0 : write(x->in, rest.p, rest.n);
    if (n < 0 && (errno == EINTR || errno == EAGAIN))
        return;
    x->written += n > 0 ? (size_t)n : 0;
    if (n < 0 || x->written == x->job->in.n)
        shut(&x->in);
}

/* Until it has said all, or may not go on. */
static void attend(struct running *x)
{
    int64_t until = clock_ms() + (int64_t)x->job->wall_s * 1000;
    while (x->answer.fd >= 0 || x->said.fd >= 0) {
        struct pollfd p[] = {
            {x->in, POLLOUT, 0}, {x->answer.fd, POLLIN, 0}, {x->said.fd, POLLIN, 0}};
        (void)poll(p, ARRAY_N(p), TICK_MS); /* whatever it says, the pipes are looked at */
        if (x->in >= 0 && p[0].revents != 0)
            give(x);
        if (x->answer.fd >= 0 && p[1].revents != 0)
            take(x, &x->answer);
        if (x->said.fd >= 0 && p[2].revents != 0)
            take(x, &x->said);
        if (clock_ms() > until)
            x->out->end = SPAWN_LATE;
        if (x->answer.n > x->answer.most)
            x->out->end = SPAWN_LONG;
        if (x->out->end == SPAWN_LATE || x->out->end == SPAWN_LONG)
            break;
    }
    if (x->out->end == SPAWN_LATE || x->out->end == SPAWN_LONG)
        (void)kill(x->pid, SIGKILL); /* it is waited for below */
}

static void end(struct running *x)
{
    int status = 0;
    pid_t got;
    shut(&x->in);
    shut(&x->answer.fd);
    shut(&x->said.fd);
    do
        got = waitpid(x->pid, &status, 0);
    while (got < 0 && errno == EINTR);
    if (x->out->end != SPAWN_DONE)
        return;
    if (got < 0 || !WIFEXITED(status) || WEXITSTATUS(status) == NOT_STARTED)
        x->out->end = SPAWN_BROKEN;
    else
        x->out->code = WEXITSTATUS(status);
    x->out->answer = (Str){x->answer.at, x->answer.n};
    x->out->said = (Str){x->said.at, x->said.n};
}

static bool open_pipes(int pipes[3][2])
{
    for (int i = 0; i < 3; i++)
        pipes[i][0] = pipes[i][1] = -1;
    for (int i = 0; i < 3; i++)
        if (pipe(pipes[i]) != 0 || fcntl(pipes[i][0], F_SETFD, FD_CLOEXEC) != 0 ||
            fcntl(pipes[i][1], F_SETFD, FD_CLOEXEC) != 0)
            return false;
    return true;
}

void spawn_run(struct arena *keep, struct spawn_result *out, const struct spawn_job *job)
{
    int pipes[3][2];
    const char *path = find(keep, job);
    *out = (struct spawn_result){.end = SPAWN_NONE, .answer = {"", 0}, .said = {"", 0}};
    if (path == NULL)
        return;
    out->end = SPAWN_BROKEN;
    if (open_pipes(pipes)) {
        (void)signal(SIGPIPE, SIG_IGN); /* a program that ended no longer reads: no end of ours */
        struct running x = {.keep = keep,
                            .job = job,
                            .out = out,
                            .in = pipes[0][1],
                            .answer = {.fd = pipes[1][0], .most = job->answer_bytes},
                            .said = {.fd = pipes[2][0], .most = SAID_MAX}};
        x.pid = fork();
        if (x.pid == 0)
            become(path, job, (int[]){pipes[0][0], pipes[1][1], pipes[2][1]});
        shut(&pipes[0][0]);
        shut(&pipes[1][1]);
        shut(&pipes[2][1]);
        if (x.pid > 0) {
            out->end = SPAWN_DONE;
            (void)fcntl(x.in, F_SETFL, O_NONBLOCK); /* where it blocks the child reads on */
            attend(&x);
            end(&x);
            return;
        }
        pipes[0][1] = x.in;
    }
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 2; k++)
            shut(&pipes[i][k]);
}
