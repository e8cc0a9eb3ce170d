#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"

enum { CAP_FIRST = 64 };

void buf_init(struct buf *b, struct arena *a, size_t max)
{
    *b = (struct buf){.arena = a, .max = max};
}

/* Room for n more bytes; false when that is past the maximum. An addition is made whole or not at
 * all, and none follows one that was refused: the text never has a hole or half a character. */
static bool reserve(struct buf *b, size_t n)
{
    if (b->over || n > b->max - b->n) {
        b->over = true;
        return false;
    }
    if (n <= b->cap - b->n)
        return true;
    size_t cap = b->cap == 0 ? CAP_FIRST : b->cap;
    while (cap < b->n + n)
        cap = cap > b->max / 2 ? b->max : cap * 2;
    char *p = arena_raw(b->arena, cap, 1);
    if (b->n > 0)
        memcpy(p, b->p, b->n);
    b->p = p;
    b->cap = cap;
    return true;
}

void buf_add(struct buf *b, Str s)
{
    if (s.n == 0 || !reserve(b, s.n))
        return;
    memcpy(b->p + b->n, s.p, s.n);
    b->n += s.n;
}

void buf_char(struct buf *b, char c)
{
    if (!reserve(b, 1))
        return;
    b->p[b->n++] = c;
}

void buf_fill(struct buf *b, char c, size_t n)
{
    if (n == 0 || !reserve(b, n))
        return;
    memset(b->p + b->n, c, n);
    b->n += n;
}

void buf_fmt(struct buf *b, const char *fmt, ...)
{
    char small[256];
    va_list ap, again;
    va_start(ap, fmt);
    va_copy(again, ap);
    int n = vsnprintf(small, sizeof small, fmt, ap);
    va_end(ap);
    ASSERT(n >= 0);
    if ((size_t)n < sizeof small) {
        buf_add(b, (Str){small, (size_t)n});
    } else {
        char *p = arena_alloc(b->arena, (size_t)n + 1, 1, 1);
        (void)vsnprintf(p, (size_t)n + 1, fmt, again); /* n was measured above */
        buf_add(b, (Str){p, (size_t)n});
    }
    va_end(again);
}

Str buf_str(const struct buf *b)
{
    return b->n == 0 ? S("") : (Str){b->p, b->n};
}
