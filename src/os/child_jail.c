/* child_jail.c - what a child process gives up before it reads outside bytes.
 *
 * seccomp does the work: a list of what computing needs (memory that is not executable, locks,
 * randomness for hash tables, its own end), and writing to one descriptor. Everything else ends the
 * process. Landlock shuts the file system once more, limits bound memory, time and files.
 */
#include <errno.h>
#include <linux/landlock.h>
#include <seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "os/child_int.h"

/* Sanitizers map terabytes and look at themselves through files. */
#if defined(__SANITIZE_ADDRESS__)
#    define SANITIZED 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define SANITIZED 1
#    endif
#endif
#ifndef SANITIZED
#    define SANITIZED 0
#endif

/* Bytes of address space in use now. */
static size_t space_now(void)
{
    char line[128] = "";
    FILE *f = fopen("/proc/self/statm", "re");
    if (f == NULL)
        return 0;
    unsigned long long pages = fgets(line, sizeof line, f) == NULL ? 0 : strtoull(line, NULL, 10);
    (void)fclose(f); /* only read from */
    return (size_t)pages * (size_t)sysconf(_SC_PAGESIZE);
}

static bool limit(int what, size_t soft, size_t hard)
{
    struct rlimit r = {soft, hard};
    return setrlimit((__rlimit_resource_t)what, &r) == 0;
}

/* An allocation that failed ends in abort(): is there room for a quarter of the budget still? */
static size_t probe_bytes;
static void on_abort(int sig)
{
    (void)sig;
    /* mmap is one call of the system, safe wherever the signal came.
     * NOLINTNEXTLINE(bugprone-signal-handler,cert-sig30-c) */
    void *p = mmap(NULL, probe_bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    _exit(p == MAP_FAILED ? EXIT_NO_MEMORY : EXIT_BROKEN);
}

static bool set_limits(const struct child_job *job, size_t space_bytes)
{
    probe_bytes = job->memory_bytes / 4;
    static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL};
    for (size_t i = 0; i < ARRAY_N(faults); i++)
        (void)signal(faults[i], SIG_DFL); /* the parent's would not work in here */
    (void)signal(SIGABRT, on_abort);      /* at worst a crash is not told from an empty purse */
    size_t space = space_bytes + job->memory_bytes;
    return (SANITIZED || limit(RLIMIT_AS, space, space)) && limit(RLIMIT_FSIZE, 0, 0) &&
           limit(RLIMIT_CORE, 0, 0) && limit(RLIMIT_CPU, job->cpu_s, job->cpu_s + 1) &&
           limit(RLIMIT_NOFILE, job->socket > 0 ? CHILD_SOCKET + 1 : 0,
                 job->socket > 0 ? CHILD_SOCKET + 1 : 0); /* poll counts by it */
}

/* Every access the kernel's version knows is handled, and no rule allows any. */
static void shut_files(void)
{
    static const uint64_t known[] = {0, (1ULL << 13) - 1, (1ULL << 14) - 1, (1ULL << 15) - 1};
    long abi = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (abi < 1)
        return; /* none in this kernel: seccomp denies the calls already */
    struct landlock_ruleset_attr rules = {
        .handled_access_fs = known[abi < (long)ARRAY_N(known) ? abi : (long)ARRAY_N(known) - 1]};
    int fd = (int)syscall(SYS_landlock_create_ruleset, &rules, sizeof rules, 0);
    if (fd >= 0 && syscall(SYS_landlock_restrict_self, fd, 0) != 0)
        _exit(EXIT_UNJAILED);
    if (fd >= 0)
        (void)close(fd); /* the rules are in force */
}

static bool allow_memory(scmp_filter_ctx f)
{
    static const int plain[] = {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(brk),
                                SCMP_SYS(madvise)};
    bool ok = true;
    for (size_t i = 0; i < ARRAY_N(plain); i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0) == 0;
    ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2,
                           SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0),
                           SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS)) == 0;
    ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(mprotect), 1,
                           SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0)) == 0;
    return ok;
}

/* Talking on one connection. What libraries look for besides (files, more sockets, who we are) is
 * not there, which they can live with. */
static bool allow_socket(scmp_filter_ctx f)
{
    static const int on_it[] = {SCMP_SYS(read),        SCMP_SYS(write),      SCMP_SYS(sendto),
                                SCMP_SYS(recvfrom),    SCMP_SYS(sendmsg),    SCMP_SYS(recvmsg),
                                SCMP_SYS(getsockopt),  SCMP_SYS(setsockopt), SCMP_SYS(getsockname),
                                SCMP_SYS(getpeername), SCMP_SYS(fcntl),      SCMP_SYS(shutdown)};
    static const int plain[] = {SCMP_SYS(poll), SCMP_SYS(ppoll), SCMP_SYS(close),
                                SCMP_SYS(rt_sigaction), SCMP_SYS(clock_nanosleep)};
    static const int not_there[] = {SCMP_SYS(openat),     SCMP_SYS(open),     SCMP_SYS(newfstatat),
                                    SCMP_SYS(socket),     SCMP_SYS(pipe2),    SCMP_SYS(pipe),
                                    SCMP_SYS(socketpair), SCMP_SYS(eventfd2), SCMP_SYS(uname),
                                    SCMP_SYS(getuid),     SCMP_SYS(geteuid),  SCMP_SYS(access),
                                    SCMP_SYS(readlink),   SCMP_SYS(stat),     SCMP_SYS(ioctl)};
    bool ok = true;
    for (size_t i = 0; i < ARRAY_N(on_it); i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, on_it[i], 1,
                               SCMP_A0(SCMP_CMP_EQ, CHILD_SOCKET, 0)) == 0;
    for (size_t i = 0; i < ARRAY_N(plain); i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0) == 0;
    for (size_t i = 0; i < ARRAY_N(not_there); i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ERRNO(EACCES), not_there[i], 0) == 0;
    /* libcurl connects what it was told is connected: that is under way, and then it is */
    ok &= seccomp_rule_add(f, SCMP_ACT_ERRNO(EINPROGRESS), SCMP_SYS(connect), 1,
                           SCMP_A0(SCMP_CMP_EQ, CHILD_SOCKET, 0)) == 0;
    return ok;
}

static bool allow_calls(scmp_filter_ctx f, int answer_fd)
{
    static const int plain[] = {SCMP_SYS(futex),          SCMP_SYS(exit),
                                SCMP_SYS(exit_group),     SCMP_SYS(rt_sigreturn),
                                SCMP_SYS(rt_sigprocmask), SCMP_SYS(getpid),
                                SCMP_SYS(gettid),         SCMP_SYS(getrandom),
                                SCMP_SYS(sched_yield),    SCMP_SYS(clock_gettime)};
    bool ok = allow_memory(f);
    for (size_t i = 0; i < ARRAY_N(plain); i++)
        ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, plain[i], 0) == 0;
    ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(write), 1,
                           SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)answer_fd, 0)) == 0;
    if (SANITIZED) /* their way out asks for it */
        ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(sigaltstack), 0) == 0;
    /* the last words of an assertion that fails: nobody hears them, abort() has to follow */
    ok &= seccomp_rule_add(f, SCMP_ACT_ERRNO(EBADF), SCMP_SYS(write), 1,
                           SCMP_A0(SCMP_CMP_EQ, STDERR_FILENO, 0)) == 0;
    ok &= seccomp_rule_add(f, SCMP_ACT_ALLOW, SCMP_SYS(tgkill), 1,
                           SCMP_A0(SCMP_CMP_EQ, (scmp_datum_t)getpid(), 0)) == 0;
    return ok;
}

static bool shut_calls(int answer_fd, bool socket)
{
    scmp_filter_ctx f = seccomp_init(SCMP_ACT_KILL_PROCESS);
    if (f == NULL)
        return false;
    bool ok = allow_calls(f, answer_fd) && (!socket || allow_socket(f)) && seccomp_load(f) == 0;
    seccomp_release(f);
    return ok;
}

void child_jail(const struct child_job *job, int answer_fd)
{
    size_t space = space_now(); /* from a file: first of all */
    bool ok = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && prctl(PR_SET_DUMPABLE, 0) == 0 &&
              prctl(PR_SET_PDEATHSIG, SIGKILL) == 0;
    if (ok)
        shut_files();
    if (!ok || !set_limits(job, space) || !shut_calls(answer_fd, job->socket > 0))
        _exit(EXIT_UNJAILED);
}
