/* arena.c - blocks from malloc, handed out by a bump.
 *
 * Each block knows how much was handed out before it, so arena_used() needs no walk. A reset keeps
 * the largest block it drops as a spare: an arena that is reset for every chunk of rows stops
 * calling malloc after the first. Memory is zeroed when handed out, not when obtained, because a
 * block lives through many resets.
 */
#include "base/arena.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#ifdef __linux__
#    include <sys/mman.h>
#endif

#include "base/str.h"

#ifndef ARENA_DEBUG
#    define ARENA_DEBUG 0
#endif

enum { BLOCK_MIN = 4096, BLOCK_MAX = 1 << 20, LARGE_PAGE = 1 << 21 };

struct block {
    struct block *next; /* older */
    size_t id;          /* 1 for the oldest */
    size_t before;      /* handed out from older blocks */
    size_t at, cap;
    void *whole;        /* what malloc gave */
    max_align_t data[]; /* of cap bytes */
};

struct arena {
    struct block *top; /* newest */
    struct block *spare;
    struct arena *child, *next; /* newest child; the one before it */
    ArenaMark born;             /* where the parent stood */
};

static void *obtain(size_t n)
{
    void *p = malloc(n);
    if (NEVER(p == NULL))
        base_panic(__FILE__, __LINE__, "out of memory");
    return p;
}

#if defined(MADV_HUGEPAGE) && !ARENA_DEBUG
/* At least n bytes that begin at a multiple of LARGE_PAGE. The system is asked for large pages
 * before the first byte is touched, and goes without if it has none: a fault costs as much as a
 * hundred rows of arithmetic. What is left over is one too if nearly all of it is used. */
static struct block *obtain_large(size_t *n)
{
    ASSERT(*n <= SIZE_MAX - 2 * (size_t)LARGE_PAGE);
    size_t large = (*n + LARGE_PAGE / 16) & -(size_t)LARGE_PAGE;
    *n = *n > large ? *n : large;
    char *whole = obtain(*n + LARGE_PAGE - 1);
    struct block *b = (void *)(whole + (-(uintptr_t)whole & (LARGE_PAGE - 1)));
    (void)madvise(b, large, MADV_HUGEPAGE);
    b->whole = whole;
    return b;
}
#endif

/* A block of n bytes, itself included. */
static struct block *obtain_block(size_t n)
{
    struct block *b = NULL;
#if defined(MADV_HUGEPAGE) && !ARENA_DEBUG
    if (n >= LARGE_PAGE)
        b = obtain_large(&n);
#endif
    if (b == NULL) {
        b = obtain(n);
        b->whole = b;
    }
    b->cap = n - sizeof *b;
    return b;
}

static void free_block(struct block *b)
{
    if (b != NULL)
        free(b->whole);
}

struct arena *arena_open(void)
{
    struct arena *a = obtain(sizeof *a);
    *a = (struct arena){.top = NULL};
    return a;
}

struct arena *arena_child(struct arena *parent)
{
    struct arena *a = arena_open();
    a->born = arena_mark(parent);
    a->next = parent->child;
    parent->child = a;
    return a;
}

void arena_close(struct arena *a)
{
    if (a == NULL)
        return;
    arena_reset(a, (ArenaMark){0, 0});
    free_block(a->spare);
    free(a);
}

/* A new top block with room for n bytes, aligned to more than malloc does if need be. */
static struct block *add_block(struct arena *a, size_t n)
{
    struct block *old = a->top, *b = a->spare;
    if (b != NULL && b->cap >= n) {
        a->spare = NULL;
    } else {
        size_t cap = old == NULL ? BLOCK_MIN : old->cap < BLOCK_MAX / 2 ? old->cap * 2 : BLOCK_MAX;
        if (cap < n || ARENA_DEBUG)
            cap = n;
        ASSERT(cap <= SIZE_MAX - sizeof *b);
        b = obtain_block(sizeof *b + cap);
    }
    b->next = old;
    b->id = old == NULL ? 1 : old->id + 1;
    b->before = arena_used(a);
    b->at = 0;
    a->top = b;
    return b;
}

/* Offset in the block of its next multiple of `align`. */
static size_t aligned_at(const struct block *b, size_t align)
{
    uintptr_t base = (uintptr_t)b->data;
    return (size_t)(((base + b->at + align - 1) & ~(uintptr_t)(align - 1)) - base);
}

/* `bytes` bytes as they come. */
static char *bump(struct arena *a, size_t bytes, size_t align)
{
    ASSERT(align > 0 && (align & (align - 1)) == 0);
    struct block *b = a->top;
    size_t at = b == NULL ? 0 : aligned_at(b, align);
    if (b == NULL || at > b->cap || bytes > b->cap - at) {
        size_t slack = align > _Alignof(max_align_t) ? align : 0;
        ASSERT(bytes <= SIZE_MAX - slack);
        b = add_block(a, bytes + slack);
        at = aligned_at(b, align);
    }
    b->at = at + bytes;
    return (char *)b->data + at;
}

void *arena_raw(struct arena *a, size_t n, size_t size)
{
    size_t bytes = 0;
    ASSERT(!__builtin_mul_overflow(n, size, &bytes));
    return bump(a, bytes, _Alignof(max_align_t));
}

void *arena_alloc(struct arena *a, size_t n, size_t size, size_t align)
{
    size_t bytes = 0;
    ASSERT(!__builtin_mul_overflow(n, size, &bytes));
    return memset(bump(a, bytes, align), 0, bytes);
}

Str arena_copy(struct arena *a, Str s)
{
    ASSERT(s.n < SIZE_MAX);
    char *p = bump(a, s.n + 1, 1);
    if (s.n > 0)
        memcpy(p, s.p, s.n);
    p[s.n] = '\0';
    return (Str){p, s.n};
}

Str arena_hex(struct arena *a, Str bytes)
{
    ASSERT(bytes.n < SIZE_MAX / 2);
    char *p = bump(a, 2 * bytes.n + 1, 1);
    str_hex(p, bytes);
    return (Str){p, 2 * bytes.n};
}

Str arena_fmt(struct arena *a, const char *fmt, ...)
{
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    va_end(ap);
    ASSERT(n >= 0);
    char *p = arena_alloc(a, (size_t)n + 1, 1, 1);
    (void)vsnprintf(p, (size_t)n + 1, fmt, again); /* n was measured above */
    va_end(again);
    return (Str){p, (size_t)n};
}

size_t arena_used(const struct arena *a)
{
    return a->top == NULL ? 0 : a->top->before + a->top->at;
}

ArenaMark arena_mark(const struct arena *a)
{
    return a->top == NULL ? (ArenaMark){0, 0} : (ArenaMark){a->top->id, a->top->at};
}

void arena_close_child(struct arena *parent, struct arena *child)
{
    struct arena **at = &parent->child;
    while (*at != child) {
        ASSERT(*at != NULL);
        at = &(*at)->next;
    }
    *at = child->next;
    arena_close(child);
}

static bool is_after(ArenaMark a, ArenaMark b)
{
    return a.id != b.id ? a.id > b.id : a.at >= b.at;
}

void arena_reset(struct arena *a, ArenaMark mark)
{
    while (a->child != NULL && is_after(a->child->born, mark)) {
        struct arena *child = a->child;
        a->child = child->next;
        arena_close(child);
    }
    while (a->top != NULL && a->top->id > mark.id) {
        struct block *b = a->top;
        a->top = b->next;
        if (!ARENA_DEBUG && (a->spare == NULL || a->spare->cap < b->cap)) {
            struct block *smaller = a->spare;
            a->spare = b;
            b = smaller;
        }
        free_block(b);
    }
    ASSERT(mark.id == (a->top == NULL ? 0 : a->top->id));
    if (a->top != NULL) {
        ASSERT(mark.at <= a->top->at);
        a->top->at = mark.at;
    }
}

void *arena_grow(struct arena *a, void *old, size_t n, size_t *cap, size_t size, size_t align)
{
    enum { FIRST = 8 };
    size_t want = *cap == 0 ? FIRST : *cap * 2, bytes = 0;
    ASSERT(want > *cap && n <= *cap && !__builtin_mul_overflow(want, size, &bytes));
    struct block *b = a->top;
    bool is_last = *cap > 0 && (char *)old + *cap * size == (char *)b->data + b->at;
    size_t more = bytes - *cap * size;
    if (is_last && more <= b->cap - b->at) {
        (void)arena_alloc(a, more, 1, 1); /* grows where it stands */
        *cap = want;
        return old;
    }
    void *p = arena_alloc(a, want, size, align);
    if (n > 0)
        memcpy(p, old, n * size);
    *cap = want;
    return p;
}
