#include "os/line.h"

#include <stdio.h>

#include "base/buf.h"

enum status line_read(struct arena *keep, Str *out, size_t max)
{
    struct buf b;
    int c;
    buf_init(&b, keep, max);
    while ((c = getc_unlocked(stdin)) != EOF && c != '\n')
        buf_char(&b, (char)c);
    if (c == EOF && b.n == 0)
        return ERR_GONE;
    if (b.over)
        return ERR_LIMIT;
    *out = b.n == 0 ? S("") : buf_str(&b);
    return OK;
}
