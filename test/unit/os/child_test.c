/* What a child of os/child.h may not do, and how its ends are told apart. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "os/child.h"
#include "os/fault.h"
#include "t.h"

enum { MEMORY = 64 << 20, ANSWER = 1 << 20 };

/* Forbidden acts, each as one call of the system. */
struct act {
    const char *name;
    long number, a, b, c, d;
};
#define PATH(z) ((long)(intptr_t)(z))
static char room[4096];
static const struct act acts[] = {
    {"open", SYS_open, PATH("/etc/passwd"), O_RDONLY, 0, 0},
    {"open itself", SYS_openat, AT_FDCWD, PATH("/proc/self/maps"), O_RDONLY, 0},
    {"create", SYS_openat, AT_FDCWD, PATH("/tmp/geci-jail"), O_WRONLY | O_CREAT, 0600},
    {"creat", SYS_creat, PATH("/tmp/geci-jail"), 0600, 0, 0},
    {"read", SYS_read, 0, PATH(room), 1, 0},
    {"write to stdout", SYS_write, 1, PATH("x"), 0, 0},
    {"write to a file", SYS_write, 4, PATH("x"), 1, 0},
    {"pwrite", SYS_pwrite64, 1, PATH("x"), 0, 0},
    {"stat", SYS_stat, PATH("/"), PATH(room), 0, 0},
    {"access", SYS_access, PATH("/"), 0, 0, 0},
    {"readlink", SYS_readlink, PATH("/proc/self/exe"), PATH(room), 64, 0},
    {"unlink", SYS_unlink, PATH("/tmp/geci-jail-none"), 0, 0, 0},
    {"rename", SYS_rename, PATH("/tmp/geci-jail-none"), PATH("/tmp/geci-jail-other"), 0, 0},
    {"mkdir", SYS_mkdir, PATH("/tmp"), 0700, 0, 0},
    {"chmod", SYS_chmod, PATH("/tmp/geci-jail-none"), 0600, 0, 0},
    {"symlink", SYS_symlink, PATH("/"), PATH("/tmp"), 0, 0},
    {"truncate", SYS_truncate, PATH("/tmp/geci-jail-none"), 0, 0, 0},
    {"chdir", SYS_chdir, PATH("/"), 0, 0, 0},
    {"getdents", SYS_getdents64, 0, PATH(room), sizeof room, 0},
    {"socket", SYS_socket, AF_INET, SOCK_STREAM, 0, 0},
    {"unix socket", SYS_socket, AF_UNIX, SOCK_STREAM, 0, 0},
    {"socketpair", SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, PATH(room)},
    {"pipe", SYS_pipe, PATH(room), 0, 0, 0},
    {"dup", SYS_dup, 0, 0, 0, 0},
    {"fcntl", SYS_fcntl, 0, F_GETFL, 0, 0},
    {"ioctl", SYS_ioctl, 0, 0, 0, 0},
    {"exec", SYS_execve, PATH("/bin/none"), 0, 0, 0},
    {"fork", SYS_clone, SIGCHLD, 0, 0, 0},
    {"kill parent", SYS_kill, 0, 0, 0, 0},
    {"tgkill another", SYS_tgkill, 1, 1, 0, 0},
    {"ptrace", SYS_ptrace, PTRACE_PEEKUSER, 1, 0, 0},
    {"read memory of another", SYS_process_vm_readv, 1, 0, 0, 0},
    {"executable memory", SYS_mmap, 0, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS},
    {"map a file", SYS_mmap, 0, 4096, PROT_READ, MAP_PRIVATE},
    {"make it executable", SYS_mprotect, 0, 0, PROT_EXEC, 0},
    {"raise limits", SYS_prlimit64, 0, 0, 0, 0},
    {"setuid", SYS_setuid, 0, 0, 0, 0},
    {"prctl", SYS_prctl, 3, 0, 0, 0},
    {"memfd", SYS_memfd_create, PATH("x"), 0, 0, 0},
    {"namespaces", SYS_unshare, 0, 0, 0, 0},
    {"mount", SYS_mount, 0, PATH("/none"), 0, 0},
    {"perf", SYS_perf_event_open, 0, 0, 0, 0},
    {"bpf", SYS_bpf, 0, 0, 0, 0},
    {"keys", SYS_keyctl, 0, 0, 0, 0},
};

static enum status try_act(struct child_pipe *to, void *arg)
{
    const struct act *a = arg;
    (void)to;
    (void)syscall(a->number, a->a, a->b, a->c, a->d, -1L, 0L); /* must not come back */
    return OK;
}

static struct child_job job_of(enum status (*fn)(struct child_pipe *, void *), void *arg)
{
    return (struct child_job){.fn = fn,
                              .arg = arg,
                              .memory_bytes = MEMORY,
                              .answer_bytes = ANSWER,
                              .cpu_s = 20,
                              .wall_s = 60};
}

static struct child_result run(struct arena *a, struct child_job job)
{
    struct child_result r;
    child_run(a, &r, &job);
    return r;
}

static enum status write_stderr(struct child_pipe *to, void *arg)
{
    (void)to, (void)arg;
    return write(2, "x", 1) == 1 ? OK : ERR_DENIED;
}

TEST(child_denies_every_act)
{
    struct arena *a = arena_open();
    CHECK(ARRAY_N(acts) >= 40);
    CHECK_INT(run(a, job_of(write_stderr, NULL)).status, ERR_DENIED);
    for (size_t i = 0; i < ARRAY_N(acts); i++) {
        struct act act = acts[i];
        struct child_result r = run(a, job_of(try_act, &act));
        if (r.end != CHILD_DENIED)
            t_fail(__FILE__, __LINE__, acts[i].name);
    }
    arena_close(a);
}

/* The same acts outside the sandbox end by themselves: it is the sandbox that denies. */
TEST(child_acts_are_possible_outside)
{
    for (size_t i = 0; i < ARRAY_N(acts); i++) {
        pid_t pid = fork();
        if (pid == 0) {
            if (acts[i].number == SYS_clone || acts[i].number == SYS_setuid)
                _exit(0); /* would do it */
            (void)close(0);
            (void)syscall(acts[i].number, acts[i].a, acts[i].b, acts[i].c, acts[i].d, -1L, 0L);
            _exit(0);
        }
        int status = 0;
        CHECK(waitpid(pid, &status, 0) == pid);
        if (WIFSIGNALED(status) && WTERMSIG(status) == SIGSYS)
            t_fail(__FILE__, __LINE__, acts[i].name);
    }
    (void)unlink("/tmp/geci-jail"); /* made by two of them */
}

static enum status answer(struct child_pipe *to, void *arg)
{
    const size_t *n = arg;
    for (size_t i = 0; i < *n; i++) {
        char c = (char)('a' + i % 26);
        child_write(to, (Str){&c, 1});
    }
    child_tell(to, 1, 2);
    return ERR_BUSY;
}

TEST(child_answers)
{
    struct arena *a = arena_open();
    const size_t sizes[] = {0, 1, 65535, 65536, 65537, 900000};
    for (size_t k = 0; k < ARRAY_N(sizes); k++) {
        size_t n = sizes[k];
        struct child_result r = run(a, job_of(answer, &n));
        CHECK_INT(r.end, CHILD_DONE);
        CHECK_INT(r.status, ERR_BUSY);
        CHECK_INT(r.answer.n, n);
        for (size_t i = 0; i < r.answer.n; i++)
            if (r.answer.p[i] != (char)('a' + i % 26)) {
                t_fail(__FILE__, __LINE__, "bytes of the answer");
                break;
            }
    }
    size_t much = ANSWER + 200000;
    CHECK_INT(run(a, job_of(answer, &much)).end, CHILD_LONG);
    arena_close(a);
}

static volatile int sink;

static enum status misbehave(struct child_pipe *to, void *arg)
{
    const char *how = arg;
    if (*how == 's')
        *(volatile int *)(intptr_t)(*how - 's') = 1; /* NULL */
    if (*how == 'e')
        _exit(0);
    if (*how == 'a')
        ASSERT(*how == 'b');
    while (*how == 'c')
        sink++;
    for (size_t i = 0; *how == 'm' && i < 4096; i++)
        memset(arena_raw(arena_open(), 1 << 20, 1), 1, 1 << 20);
    child_write(to, S("not told to end"));
    return OK;
}

TEST(child_ends_are_told_apart)
{
    struct arena *a = arena_open();
    char how = 's';
    CHECK_INT(run(a, job_of(misbehave, &how)).end, CHILD_CRASHED);
    how = 'e';
    CHECK_INT(run(a, job_of(misbehave, &how)).end, CHILD_CRASHED);
    how = 'a';
    CHECK_INT(run(a, job_of(misbehave, &how)).end, CHILD_CRASHED);
    how = 'c';
    struct child_job job = job_of(misbehave, &how);
    job.cpu_s = 1;
    CHECK_INT(run(a, job).end, CHILD_CPU);
    job.cpu_s = 20;
    job.wall_s = 0;
    CHECK_INT(run(a, job).end, CHILD_LATE);
    arena_close(a);
}

TEST(child_memory_is_bounded)
{
#ifdef __SANITIZE_ADDRESS__
    SKIP("sanitizers map more than any limit");
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
    SKIP("sanitizers map more than any limit");
#    endif
#endif
    struct arena *a = arena_open();
    char how = 'm';
    CHECK_INT(run(a, job_of(misbehave, &how)).end, CHILD_MEMORY);
    arena_close(a);
}

static bool not_now(void *ctx, uint64_t done, uint64_t total)
{
    int *n = ctx;
    (void)done, (void)total;
    return ++*n < 3;
}

TEST(child_is_cancelled)
{
    struct arena *a = arena_open();
    char how = 'c';
    int n = 0;
    struct child_job job = job_of(misbehave, &how);
    job.tick = not_now;
    job.ctx = &n;
    CHECK_INT(run(a, job).end, CHILD_CANCELLED);
    CHECK_INT(n, 3);
    arena_close(a);
}

/* Without a pipe, without a process, with a pipe that fails: never an answer that is none. */
TEST(child_system_failures)
{
    struct arena *a = arena_open();
    size_t n = 100;
    for (int nth = 1; nth < 4; nth++) {
        fault_set(nth);
        struct child_result r = run(a, job_of(answer, &n));
        fault_set(0);
        CHECK(r.end == (nth < 3 ? CHILD_BARE : CHILD_CRASHED));
    }
    arena_close(a);
}

/* --- a child with a connection --- */

/* Nothing to open, nobody else to talk to; the connection works. */
static enum status only_that(struct child_pipe *to, void *arg)
{
    char c = 0;
    (void)arg;
    bool opened = open("/etc/passwd", O_RDONLY) >= 0 || socket(AF_INET, SOCK_STREAM, 0) >= 0 ||
                  socket(AF_UNIX, SOCK_DGRAM, 0) >= 0 || access("/", F_OK) == 0;
    bool talks = send(CHILD_SOCKET, "x", 1, 0) == 1 && recv(CHILD_SOCKET, &c, 1, 0) == 1;
    child_write(to, (Str){&c, 1});
    return !opened && talks ? OK : ERR_DENIED;
}

static enum status talk_elsewhere(struct child_pipe *to, void *arg)
{
    (void)to;
    (void)arg;
    return send(CHILD_SOCKET + 1, "x", 1, 0) == 1 ? OK : ERR_IO;
}

TEST(child_has_its_connection_and_nothing_else)
{
    struct arena *a = arena_open();
    int ends[2];
    CHECK_INT(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), 0);
    CHECK_INT(write(ends[1], "y", 1), 1);
    struct child_job job = job_of(only_that, NULL);
    job.socket = ends[0];
    struct child_result r = run(a, job);
    CHECK_INT(r.end, CHILD_DONE);
    CHECK_INT(r.status, OK);
    CHECK_STR(r.answer, "y");
    job.fn = talk_elsewhere;
    CHECK_INT(run(a, job).end, CHILD_DENIED);
    (void)close(ends[0]);
    (void)close(ends[1]);
    arena_close(a);
}
