/* t.h - our test vocabulary over cmocka.
 *
 *     TEST(uscc_folds_case)
 *     {
 *         CHECK(uscc_parse(&id, S("9135..."), NULL) == OK);
 *         CHECK_STR(uscc_region(&id), "350100");
 *     }
 *
 * A TEST registers itself before main(), which t.c has. A failed CHECK is reported and the test
 * goes on, so that one run shows everything that is wrong; SKIP leaves the test at once. Macros
 * evaluate their arguments once. An argument on the command line runs the tests whose name has it.
 */
#ifndef GECI_TEST_T_H
#define GECI_TEST_T_H

#include <stdbool.h>
#include <stddef.h>

void t_register(const char *file, const char *name, void (*fn)(void));
void t_fail(const char *file, int line, const char *what);
void t_check_int(const char *file, int line, const char *what, long long got, long long want);
void t_check_text(const char *file, int line, const char *what, const char *got, size_t got_n,
                  const char *want);
_Noreturn void t_skip(const char *file, int line, const char *why);
/* Runs `fn(arg)` in a child process: true if it was stopped by an ASSERT. */
bool t_dies(void (*fn)(void *), void *arg);

#define TEST(name)                                                 \
    static void test_##name(void);                                 \
    __attribute__((constructor)) static void register_##name(void) \
    {                                                              \
        t_register(__FILE__, #name, test_##name);                  \
    }                                                              \
    static void test_##name(void)

#define CHECK(x) ((x) ? (void)0 : t_fail(__FILE__, __LINE__, #x))

/* `a` and `b` are integers; a failure prints both. */
#define CHECK_INT(a, b) t_check_int(__FILE__, __LINE__, #a, (long long)(a), (long long)(b))

/* `a` is a Str or anything else with .p and .n; `text` is NUL-terminated. A failure prints both. */
#define CHECK_STR(a, text)                                                \
    do {                                                                  \
        __typeof__(a) t_str_ = (a);                                       \
        t_check_text(__FILE__, __LINE__, #a, t_str_.p, t_str_.n, (text)); \
    } while (0)

#define SKIP(why) t_skip(__FILE__, __LINE__, why)

/* Path of a file of this project. The result lives until eight more calls. */
const char *t_source(const char *path);
/* Path of a file of outside data (environment GECI_SHARED_DATA), or NULL where absent: SKIP. */
const char *t_data(const char *path);
/* A whole file with a NUL behind it, to be freed by t_release; fails the test if absent. */
char *t_read(const char *path, size_t *n);
void t_release(char *text);

#endif
