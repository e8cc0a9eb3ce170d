/* arena.h - memory that is given back all at once.
 *
 *     block -> block -> block          newest first; each twice the last, up to 1 MB
 *
 * Errors: arena_alloc never returns NULL; true out-of-memory aborts. Adversarial input is stopped
 * earlier by budgets that readers check with arena_used().
 * Threads: one arena, one thread at a time. Cost: a bump; arena_close is O(blocks). Arrays of 2 MB
 * and more lie on large pages where the system has them.
 * With ARENA_DEBUG=1 every allocation is its own malloc, so that ASan sees overruns.
 */
#ifndef GECI_BASE_ARENA_H
#define GECI_BASE_ARENA_H

#include "base/base.h"

struct arena;

struct arena *arena_open(void);
void arena_close(struct arena *a); /* NULL is fine */
/* An arena for another thread, closed (or reset) with its parent. Not to be closed by itself. */
struct arena *arena_child(struct arena *parent);
void arena_close_child(struct arena *parent, struct arena *child); /* before its parent */

/* Zeroed memory; `align` is a power of two. n * size overflow is our bug (ASSERT). */
void *arena_alloc(struct arena *a, size_t n, size_t size, size_t align);
/* The same, not zeroed: for large arrays whose every element is written before it is read. */
void *arena_raw(struct arena *a, size_t n, size_t size);
#define ARENA_NEW(a, T)      ((T *)arena_alloc((a), 1, sizeof(T), _Alignof(T)))
#define ARENA_ARRAY(a, T, n) ((T *)arena_alloc((a), (n), sizeof(T), _Alignof(T)))

Str arena_copy(struct arena *a, Str s);    /* a private copy, with a NUL behind it */
Str arena_hex(struct arena *a, Str bytes); /* as lower-case hexadecimal digits */
Str arena_fmt(struct arena *a, const char *fmt, ...) PRINTF_LIKE(2, 3);
size_t arena_used(const struct arena *a); /* bytes handed out since open or reset */

/* Frees everything allocated after the mark was taken. */
typedef struct ArenaMark {
    size_t id;
    size_t at;
} ArenaMark;
ArenaMark arena_mark(const struct arena *a);
void arena_reset(struct arena *a, ArenaMark mark);

/* Growing arrays on an arena: `VEC_PUSH(a, v, v_n, v_cap) = value;` doubles when full. */
void *arena_grow(struct arena *a, void *old, size_t n, size_t *cap, size_t size, size_t align);
#define VEC_PUSH(a, v, n, cap)                                                                    \
    (*((v) = (n) < (cap) ? (v)                                                                    \
                         : arena_grow((a), (v), (n), &(cap), sizeof *(v), _Alignof(max_align_t)), \
       &(v)[(n)++]))

#endif
