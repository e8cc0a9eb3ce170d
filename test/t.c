/* t.c - main() of every test binary: hands the registered tests to cmocka and closes with the one
 * line that tools/tally.sh adds up, `N passed, N failed, N skipped`.
 *
 * With T_FIRST=FILE in the environment the first test that fails ends the run, its name in FILE.
 * Exit: 0 all well, 1 something failed, 77 nothing ran (meson and tally.sh read 77 as skipped).
 */
#include "t.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { TEST_CAP = 4096, PATH_CAP = 1024, PATH_RING = 8, FAIL_SHOWN = 20, EXIT_NOTHING = 77 };

struct test {
    const char *name;
    void (*fn)(void);
};

static struct test tests[TEST_CAP];
static struct CMUnitTest chosen[TEST_CAP];
static size_t test_n, chosen_n;
static int fail_n; /* failed CHECKs in the running test */
static size_t passed_n, skipped_n;

void t_register(const char *file, const char *name, void (*fn)(void))
{
    if (test_n == TEST_CAP) {
        (void)fprintf(stderr, "%s: more than %d tests in one binary\n", file, TEST_CAP);
        exit(EXIT_FAILURE);
    }
    tests[test_n++] = (struct test){name, fn};
}

void t_fail(const char *file, int line, const char *what)
{
    if (fail_n++ < FAIL_SHOWN)
        (void)fprintf(stderr, "%s:%d: CHECK(%s)\n", file, line, what);
}

void t_check_int(const char *file, int line, const char *what, long long got, long long want)
{
    if (got == want)
        return;
    t_fail(file, line, what);
    if (fail_n <= FAIL_SHOWN)
        (void)fprintf(stderr, "    got  %lld\n    want %lld\n", got, want);
}

void t_check_text(const char *file, int line, const char *what, const char *got, size_t got_n,
                  const char *want)
{
    if (strlen(want) == got_n && (got_n == 0 || memcmp(got, want, got_n) == 0))
        return;
    t_fail(file, line, what);
    if (fail_n <= FAIL_SHOWN)
        (void)fprintf(stderr, "    got  \"%.*s\"\n    want \"%s\"\n", (int)got_n,
                      got_n == 0 ? "" : got, want);
}

_Noreturn void t_skip(const char *file, int line, const char *why)
{
    if (fail_n > 0)
        fail_msg("%d checks failed before the test was skipped", fail_n);
    print_message("%s:%d: skipped: %s\n", file, line, why);
    skipped_n++;
    skip();
    abort(); /* skip() jumps out of the test, which its declaration does not say */
}

bool t_dies(void (*fn)(void *), void *arg)
{
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        (void)setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
        if (freopen("/dev/null", "w", stderr) != NULL)
            fn(arg);
        _exit(0);
    }
    int how = 0;
    return child > 0 && waitpid(child, &how, 0) == child && WIFSIGNALED(how) &&
           WTERMSIG(how) == SIGABRT;
}

const char *t_source(const char *path)
{
    static char ring[PATH_RING][PATH_CAP];
    static size_t at;
    char *out = ring[at++ % PATH_RING];
    (void)snprintf(out, PATH_CAP, "%s/%s", GECI_SOURCE_ROOT, path);
    return out;
}

const char *t_data(const char *path)
{
    static char ring[PATH_RING][PATH_CAP];
    static size_t at;
    char *out = ring[at++ % PATH_RING];
    const char *root = getenv("GECI_SHARED_DATA");
    if (root == NULL || *root == '\0')
        root = t_source("../shared/data");
    struct stat st;
    (void)snprintf(out, PATH_CAP, "%s/%s", root, path);
    return stat(out, &st) == 0 ? out : NULL;
}

char *t_read(const char *path, size_t *n)
{
    FILE *in = fopen(path, "rb");
    if (in == NULL)
        fail_msg("cannot read %s", path);
    char *text = NULL;
    size_t at = 0, cap = 0;
    for (size_t got = 1; got > 0; at += got) {
        if (cap - at < 2) {
            cap = cap * 2 + PATH_CAP;
            text = realloc(text, cap);
            if (text == NULL)
                abort();
        }
        got = fread(text + at, 1, cap - at - 1, in);
    }
    (void)fclose(in);
    text[at] = '\0';
    *n = at;
    return text;
}

void t_release(char *text)
{
    free(text);
}

static _Noreturn void end_at(const char *name)
{
    FILE *out = fopen(getenv("T_FIRST"), "w");
    if (out != NULL && fputs(name, out) >= 0 && fclose(out) == 0)
        exit(EXIT_FAILURE);
    abort();
}

static void run_one(void **state)
{
    const struct test *t = *state;
    fail_n = 0;
    t->fn();
    if (fail_n > 0 && getenv("T_FIRST") != NULL)
        end_at(t->name);
    if (fail_n > 0)
        fail_msg("%d checks failed", fail_n);
    passed_n++;
}

int main(int argc, char **argv)
{
    const char *only = argc > 1 ? argv[1] : "";
    for (size_t i = 0; i < test_n; i++)
        if (strstr(tests[i].name, only) != NULL)
            chosen[chosen_n++] = (struct CMUnitTest){
                .name = tests[i].name, .test_func = run_one, .initial_state = &tests[i]};
    if (chosen_n > 0)
        (void)_cmocka_run_group_tests("tests", chosen, chosen_n, NULL, NULL);
    size_t failed_n = chosen_n - passed_n - skipped_n;
    printf("%zu passed, %zu failed, %zu skipped\n", passed_n, failed_n, skipped_n);
    if (failed_n > 0)
        return EXIT_FAILURE;
    return chosen_n > 0 ? EXIT_SUCCESS : EXIT_NOTHING;
}
