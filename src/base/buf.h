/* buf.h - text being built on an arena, with a maximum fixed at birth.
 *
 * Past the maximum nothing is added and `over` is set; check it once at the end.
 */
#ifndef GECI_BASE_BUF_H
#define GECI_BASE_BUF_H

#include "base/base.h"

struct arena;

struct buf {
    struct arena *arena;
    char *p;
    size_t n, cap, max;
    bool over;
};

enum { BUF_MAX = 1 << 30 };

void buf_init(struct buf *b, struct arena *a, size_t max);
void buf_add(struct buf *b, Str s);
void buf_char(struct buf *b, char c);
void buf_fill(struct buf *b, char c, size_t n); /* n times the character */
void buf_fmt(struct buf *b, const char *fmt, ...) PRINTF_LIKE(2, 3);
Str buf_str(const struct buf *b); /* borrowed, valid until the next add */

#endif
