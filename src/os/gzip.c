#include "os/gzip.h"

#define ZLIB_CONST
#include <zlib.h>

#include "base/arena.h"
#include "base/buf.h"

enum { PIECE = 1 << 16, ANY_WINDOW_GZIP = 15 + 16 };

bool gzip_is(Str bytes)
{
    return bytes.n > 2 && (unsigned char)bytes.p[0] == 0x1F && (unsigned char)bytes.p[1] == 0x8B;
}

enum status gzip_unpack(struct arena *keep, Str *out, Str bytes, size_t max)
{
    struct buf b;
    char piece[PIECE];
    z_stream z = {0};
    if (bytes.n > UINT32_MAX || inflateInit2(&z, ANY_WINDOW_GZIP) != Z_OK)
        return ERR_LIMIT;
    z.next_in = (const Bytef *)bytes.p;
    z.avail_in = (uInt)bytes.n;
    buf_init(&b, keep, max);
    int result = Z_OK;
    while (result == Z_OK && !b.over) {
        z.next_out = (Bytef *)piece;
        z.avail_out = sizeof piece;
        result = inflate(&z, Z_NO_FLUSH);
        buf_add(&b, (Str){piece, sizeof piece - z.avail_out});
        if (result == Z_OK && z.avail_in == 0 && z.avail_out > 0)
            result = Z_BUF_ERROR; /* cut off */
    }
    (void)inflateEnd(&z); /* fails only on what was never opened */
    *out = buf_str(&b);
    return b.over ? ERR_LIMIT : result == Z_STREAM_END ? OK : ERR_INPUT;
}
