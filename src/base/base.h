/* base.h - the value types and macros every module may use.
 *
 * Layer 0: includes libc only, allocates nothing, has no state.
 */
#ifndef GECI_BASE_BASE_H
#define GECI_BASE_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define NODISCARD         __attribute__((warn_unused_result))
#define PRINTF_LIKE(f, a) __attribute__((format(printf, f, a)))

/* 128-bit integers carry every exact product and quotient; see base/decimal.h. */
__extension__ typedef __int128 Wide;
__extension__ typedef unsigned __int128 UWide;

/* A borrowed run of UTF-8 bytes. Not NUL-terminated. Whoever lent it must outlive it. */
typedef struct Str {
    const char *p;
    size_t n;
} Str;

#define S(literal) ((Str){"" literal, sizeof(literal) - 1})
#define STR_ARG(s) (int)(s).n, (s).p /* for %.*s */

/* A half-open byte range [beg, end) in some source text. */
typedef struct Span {
    uint32_t beg, end;
} Span;

/* What the caller should do next. What happened, and where, is in the diagnostics. */
enum status {
    OK = 0,
    ERR_INPUT,  /* the data is wrong: show the diagnostics to whoever wrote it */
    ERR_LIMIT,  /* a budget ran out: ask for less */
    ERR_BUSY,   /* another writer holds it: try again */
    ERR_GONE,   /* what was named does not exist */
    ERR_DENIED, /* this caller may not */
    ERR_IO,     /* disk, network or database failed: tell the operator */
};

/* Returns a failed status to the caller. The only macro that hides control flow. */
#define TRY(expr)                     \
    do {                              \
        enum status try_st_ = (expr); \
        if (try_st_ != OK)            \
            return try_st_;           \
    } while (0)

/* Stays on in release builds: a stopped server beats a wrong subsidy. */
#define ASSERT(x) ((x) ? (void)0 : base_panic(__FILE__, __LINE__, #x))
_Noreturn void base_panic(const char *file, int line, const char *what);

/* Defensive conditions whose other branch cannot be reached by a test: coverage counts them as
 * taken, the code still behaves if we were wrong. */
#define ALWAYS(x) (x)
#define NEVER(x)  (x)

/* Compiles a function for newer processors as well as for any; which one runs is found out when the
 * program starts. Sanitizers and coverage want one body. */
#if defined(__GNUC__) && !defined(__clang__) && defined(__x86_64__) && defined(__OPTIMIZE__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#    define LANE_LOOP __attribute__((target_clones("arch=x86-64-v4", "avx2", "default")))
#else
#    define LANE_LOOP
#endif

/* A page of a browser loads the engine before it can ask: what only saves time among many rows is
 * left out there. */
#ifdef __wasm__
enum { ENGINE_IS_SMALL = 1 };
#else
enum { ENGINE_IS_SMALL = 0 };
#endif

#define ARRAY_N(a) (sizeof(a) / sizeof((a)[0]))

#endif
