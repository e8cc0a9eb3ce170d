#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "os/clock.h"
#include "os/fault.h"
#include "os/file.h"
#include "os/heap.h"
#include "os/memory.h"
#include "os/out.h"
#include "os/term.h"
#include "os/workers.h"
#include "t.h"
#include "test/help/folder.h"

#if defined(__SANITIZE_ADDRESS__)
#    define OTHER_MALLOC 1
#elif defined(__has_feature)
#    if __has_feature(address_sanitizer)
#        define OTHER_MALLOC 1
#    endif
#endif
#ifndef OTHER_MALLOC
#    define OTHER_MALLOC 0
#endif

/* A fresh folder for one test, removed by close_room. */
struct room {
    struct arena *arena;
    char path[FOLDER_N];
};

static struct room open_room(void)
{
    struct room r = {.arena = arena_open()};
    folder_new(r.path, "os");
    return r;
}

static Str in_room(struct room *r, const char *name)
{
    return arena_fmt(r->arena, "%s/%s", r->path, name);
}

/* Names in it but . and .. */
static int entries(struct room *r)
{
    int n = 0;
    DIR *dir = opendir(r->path);
    CHECK(dir != NULL);
    for (const struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
        n += strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
    if (dir != NULL)
        CHECK_INT(closedir(dir), 0);
    return n;
}

static void close_room(struct room *r)
{
    CHECK(folder_remove(r->path));
    arena_close(r->arena);
}

/* Writes `n` zeros into a pipe from another process. */
static pid_t feed(const char *path, size_t n)
{
    pid_t child = fork();
    if (child != 0)
        return child;
    int fd = open(path, O_WRONLY | O_CLOEXEC);
    static const char zeros[1000];
    for (size_t at = 0; fd >= 0 && at < n; at += sizeof zeros)
        if (write(fd, zeros, sizeof zeros) != (ssize_t)sizeof zeros)
            break;
    _exit(0);
}

TEST(file_comes_back_as_it_was_written)
{
    struct room r = open_room();
    int err = 0;
    Str text, path = in_room(&r, "甲.md");
    CHECK_INT(out_file(path, S("第一行\n第二行\n"), &err), OK);
    CHECK_INT(file_read(r.arena, &text, path, 1000, &err), OK);
    CHECK_STR(text, "第一行\n第二行\n");
    CHECK_INT(out_file(path, S(""), &err), OK);
    CHECK_INT(file_read(r.arena, &text, path, 1000, &err), OK);
    CHECK_INT(text.n, 0);
    CHECK_INT(entries(&r), 1);
    close_room(&r);
}

TEST(file_read_says_why_it_cannot)
{
    struct room r = open_room();
    int err = 0;
    Str text, path = in_room(&r, "f");
    CHECK_INT(file_read(r.arena, &text, path, 10, &err), ERR_GONE);
    CHECK_STR(file_error(r.arena, err, LANG_ZH), "没有这个文件或文件夹");
    CHECK_STR(file_error(r.arena, err, LANG_EN), "No such file or directory");
    CHECK_INT(out_file(path, S("12345678901"), &err), OK);
    CHECK_INT(file_read(r.arena, &text, path, 10, &err), ERR_LIMIT);
    CHECK_STR(file_error(r.arena, err, LANG_ZH), "文件太大");
    CHECK_INT(file_read(r.arena, &text, path, 11, &err), OK);
    CHECK_INT(file_read(r.arena, &text, in_room(&r, ""), 10, &err), ERR_IO);
    CHECK_STR(file_error(r.arena, err, LANG_ZH), "这是文件夹，不是文件");
    close_room(&r);
}

TEST(file_read_takes_a_pipe_of_unknown_length)
{
    struct room r = open_room();
    int err = 0;
    Str text, path = in_room(&r, "pipe");
    CHECK_INT(mkfifo(path.p, 0600), 0);
    pid_t first = feed(path.p, 200000);
    CHECK_INT(file_read(r.arena, &text, path, 1 << 20, &err), OK);
    CHECK_INT(text.n, 200000);
    CHECK(waitpid(first, NULL, 0) == first);
    pid_t second = feed(path.p, 200000);
    CHECK_INT(file_read(r.arena, &text, path, 100000, &err), ERR_LIMIT);
    CHECK(waitpid(second, NULL, 0) == second);
    close_room(&r);
}

TEST(file_kinds)
{
    struct room r = open_room();
    int err = 0;
    CHECK_INT(file_kind(in_room(&r, "none")), FILE_NONE);
    CHECK_INT(file_kind(in_room(&r, "")), FILE_FOLDER);
    CHECK_INT(out_file(in_room(&r, "f"), S("x"), &err), OK);
    CHECK_INT(file_kind(in_room(&r, "f")), FILE_REGULAR);
    CHECK_INT(file_kind(S("/dev/null")), FILE_OTHER);
    close_room(&r);
}

TEST(documents_are_listed_in_order_without_readme)
{
    struct room r = open_room();
    static const char *const make[] = {"b.md",       "a.md",     "README.md",     "c.txt",
                                       ".hidden.md", "sub/z.md", "sub/README.md", "sub/deep/y.md"};
    int err = 0;
    CHECK_INT(mkdir(in_room(&r, "sub").p, 0700), 0);
    CHECK_INT(mkdir(in_room(&r, "sub/deep").p, 0700), 0);
    for (size_t i = 0; i < ARRAY_N(make); i++)
        CHECK_INT(out_file(in_room(&r, make[i]), S("# x\n"), &err), OK);
    CHECK_INT(symlink("..", in_room(&r, "sub/loop").p), 0);
    Str *path = NULL;
    size_t n = 0;
    CHECK_INT(file_list_documents(r.arena, &path, &n, str_of(r.path), &err), OK);
    static const char *const want[] = {"a.md", "b.md", "sub/deep/y.md", "sub/z.md"};
    CHECK_INT(n, ARRAY_N(want));
    for (size_t i = 0; i < n && i < ARRAY_N(want); i++)
        CHECK_STR(path[i], in_room(&r, want[i]).p);
    CHECK_INT(file_list_documents(r.arena, &path, &n, in_room(&r, "gone"), &err), ERR_GONE);
    close_room(&r);
}

TEST(out_keeps_the_mode_and_follows_a_link)
{
    struct room r = open_room();
    int err = 0;
    Str real = in_room(&r, "real"), via = in_room(&r, "via"), text;
    CHECK_INT(out_file(real, S("old"), &err), OK);
    CHECK_INT(chmod(real.p, 0640), 0);
    CHECK_INT(symlink("real", via.p), 0);
    CHECK_INT(out_file(via, S("new"), &err), OK);
    struct stat st;
    CHECK(lstat(via.p, &st) == 0 && S_ISLNK(st.st_mode));
    CHECK(lstat(real.p, &st) == 0 && S_ISREG(st.st_mode));
    CHECK_INT(st.st_mode & 0777, 0640);
    CHECK_INT(file_read(r.arena, &text, real, 100, &err), OK);
    CHECK_STR(text, "new");
    close_room(&r);
}

TEST(out_says_why_it_cannot)
{
    struct room r = open_room();
    int err = 0;
    CHECK_INT(out_file(in_room(&r, "no/such/f"), S("x"), &err), ERR_GONE);
    CHECK_INT(out_file(in_room(&r, ""), S("x"), &err), ERR_IO);
    CHECK_INT(out_file(S("/dev/full"), S("x"), &err), ERR_IO);
    CHECK_STR(file_error(r.arena, err, LANG_ZH), "磁盘已满");
    CHECK_INT(out_file(S("/dev/null"), S("x"), &err), OK);
    close_room(&r);
}

TEST(out_dropped_leaves_nothing)
{
    struct room r = open_room();
    int err = 0;
    struct out *o = NULL;
    CHECK_INT(out_open(r.arena, &o, in_room(&r, "f"), &err), OK);
    out_write(o, S("half"));
    out_drop(o);
    CHECK_INT(entries(&r), 0);
    close_room(&r);
}

/* Whichever call fails, the file holds the old text or the new one, and no passing file stays. */
TEST(out_is_all_or_nothing_at_every_failure)
{
    struct room r = open_room();
    int err = 0, failures = 0;
    Str path = in_room(&r, "f"), text;
    for (int nth = 1; nth < 20; nth++) {
        CHECK_INT(out_file(path, S("old"), &err), OK);
        fault_set(nth);
        enum status done = out_file(path, S("new"), &err);
        fault_set(0);
        CHECK_INT(file_read(r.arena, &text, path, 100, &err), OK);
        CHECK(str_eq(text, done == OK ? S("new") : S("old")));
        CHECK(done == OK || done == ERR_IO);
        CHECK_INT(entries(&r), 1);
        failures += done != OK;
    }
    CHECK_INT(failures, 5); /* open, write, fsync, close, rename */
    close_room(&r);
}

TEST(clock_is_sane)
{
    CHECK(clock_today() > 20000); /* after 2024-10-04 */
    int64_t before = clock_ms();
    CHECK(clock_ms() >= before);
}

TEST(term_reads_its_environment)
{
    CHECK_INT(setenv("COLUMNS", "72", 1), 0);
    CHECK_INT(term_columns(), 72);
    CHECK_INT(setenv("COLUMNS", "9", 1), 0);
    CHECK_INT(term_columns(), 40);
    CHECK_INT(setenv("COLUMNS", "99999999999999", 1), 0);
    CHECK(term_columns() >= 40);
    CHECK_INT(unsetenv("COLUMNS"), 0);
    CHECK_STR(term_env("GECI_NEVER_SET"), "");
    CHECK_INT(setenv("NO_COLOR", "1", 1), 0);
    CHECK(!term_colour(TERM_OUT));
    CHECK_INT(unsetenv("NO_COLOR"), 0);
}

enum { JOBS = 10000 };

static void count_job(void *arg, uint32_t i)
{
    uint32_t *seen = arg;
    seen[i]++; /* each i is one thread's alone */
}

static void check_pool(uint32_t n)
{
    struct arena *a = arena_open();
    struct workers *w = workers_open(a, n);
    CHECK(w->n >= 1 && (n == 0 || w->n <= n));
    uint32_t *seen = ARENA_ARRAY(a, uint32_t, JOBS);
    for (int round = 1; round <= 3; round++) {
        w->run(w, count_job, seen, JOBS);
        for (uint32_t i = 0; i < JOBS; i++)
            if (seen[i] != (uint32_t)round)
                t_fail(__FILE__, __LINE__, "a job ran too often or not at all");
        w->run(w, count_job, seen, 0);
    }
    workers_close(w);
    arena_close(a);
}

TEST(workers_run_every_job_once)
{
    check_pool(1);
    check_pool(2);
    check_pool(7);
    check_pool(0);
    CHECK(workers_cpus() >= 1);
}

TEST(workers_do_with_fewer_threads)
{
    fault_set(2);
    check_pool(4);
    fault_set(0);
}

static void nested_job(void *arg, uint32_t i)
{
    (void)i;
    struct workers *w = arg;
    w->run(w, count_job, NULL, 0);
}

static void run_nested(void *arg)
{
    struct workers *w = arg;
    w->run(w, nested_job, w, 1);
}

TEST(workers_refuse_a_run_within_a_run)
{
    struct arena *a = arena_open();
    struct workers *w = workers_open(a, 1);
    CHECK(t_dies(run_nested, w));
    workers_close(w);
    arena_close(a);
}

/* Pages that come out of large pages, and what is smaller and larger. */
TEST(heap_keeps_things_apart)
{
    enum { N = 1000, MOST = 4400 };
    static char *at[N];
    for (int i = 0; i < N; i++) {
        size_t n = i % 3 == 0 ? 100 : i % 3 == 1 ? MOST : 5000;
        at[i] = heap_take(n);
        CHECK(at[i] != NULL && heap_size(at[i]) >= n);
        memset(at[i], i, n);
    }
    for (int i = 0; i < N; i++) {
        at[i] = heap_resize(at[i], i % 2 == 0 ? MOST - 1 : MOST * 2);
        for (int k = 0; k < 100; k++)
            CHECK_INT(at[i][k], (char)i);
        heap_give(at[i]);
    }
    void *page = heap_take(MOST);
    heap_give(page);
    CHECK(heap_take(MOST - 1) == page); /* what came back goes first */
    heap_give(page);
    heap_give(NULL);
}

/* --- memory --- */

static int64_t resident_kb(void)
{
    long long whole = 0, resident = 0;
    FILE *f = fopen("/proc/self/statm", "re");
    if (f == NULL || fscanf(f, "%lld %lld", &whole, &resident) != 2)
        resident = 0;
    if (f != NULL)
        (void)fclose(f);
    return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

/* What is free is still the process's before, so that doing nothing would be seen. */
TEST(os_memory_is_given_back)
{
    enum { BLOCKS = 128, BLOCK_KB = 256 };
    char *block[BLOCKS];
    if (OTHER_MALLOC || resident_kb() == 0)
        SKIP("another allocator, or no /proc");
    memory_keep();
    int64_t before = resident_kb();
    for (int i = 0; i < BLOCKS; i++) {
        block[i] = malloc(BLOCK_KB * 1024);
        memset(block[i], i + 1, BLOCK_KB * 1024);
    }
    for (int i = 0; i < BLOCKS; i++)
        free(block[i]);
    int64_t kept = resident_kb();
    memory_give();
    int64_t left = resident_kb();
    CHECK(kept - before > BLOCKS * BLOCK_KB / 2);
    CHECK(kept - left > BLOCKS * BLOCK_KB / 2);
}
