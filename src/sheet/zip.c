/* zip.c - the central directory, and inflate in pieces of 64 KiB.
 *
 * The directory at the end counts, as for every reader; what local headers say beside it is only
 * stepped over. Sizes of the directory bound the packed bytes, never the unpacked ones: those are
 * counted as they come.
 */
#include "sheet/zip.h"

#define ZLIB_CONST /* what it reads it leaves alone */
#include <zlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "sheet/bytes.h"

enum {
    END_SIZE = 22,
    ENTRY_SIZE = 46,
    LOCAL_SIZE = 30,
    COMMENT_MAX = 65535,
    PARTS_MAX = 1000,
    PIECE = 1 << 16,
    RATIO = 100,
    RATIO_FREE = 1 << 20, /* so much may always come out */
    METHOD_STORED = 0,
    METHOD_DEFLATED = 8,
    FLAG_CRYPT = 1,
};

static enum status damaged(struct zip *z, const char *what)
{
    return wire_fault(z->wire, SHEET_ZIP, str_of(what));
}

/* Where the end record starts, or bytes.n. */
static size_t find_end(Str bytes)
{
    if (bytes.n < END_SIZE)
        return bytes.n;
    size_t most = bytes.n - END_SIZE, least = most > COMMENT_MAX ? most - COMMENT_MAX : 0;
    for (size_t at = most;; at--) {
        if (str_starts(str_sub(bytes, at, bytes.n), S("PK\5\6")) &&
            u16_at(bytes, at + 20) <= bytes.n - at - END_SIZE)
            return at;
        if (at == least)
            return bytes.n;
    }
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool same_name(Str a, Str b)
{
    bool same = a.n == b.n;
    for (size_t i = 0; same && i < a.n; i++)
        same = lower(a.p[i]) == lower(b.p[i]) || (a.p[i] == '\\' && b.p[i] == '/');
    return same;
}

static bool is_package(Str name)
{
    static const char *const ends[] = {".zip",  ".xlsx", ".xlsm", ".xlsb", ".docx",
                                       ".pptx", ".rar",  ".7z",   ".gz",   ".jar",
                                       ".xls",  ".doc",  ".tar",  ".bz2",  ".xz"};
    for (size_t i = 0; i < ARRAY_N(ends); i++) {
        Str end = str_of(ends[i]);
        if (name.n > end.n && same_name(str_sub(name, name.n - end.n, name.n), end))
            return true;
    }
    return false;
}

/* The packed bytes of an entry of the directory: behind its local header. */
static enum status find_packed(struct zip *z, struct zip_part *p, size_t local, size_t packed_n)
{
    if (local > z->bytes.n || z->bytes.n - local < LOCAL_SIZE ||
        !str_starts(str_sub(z->bytes, local, z->bytes.n), S("PK\3\4")))
        return damaged(z, "local header");
    size_t from = local + LOCAL_SIZE + u16_at(z->bytes, local + 26) + u16_at(z->bytes, local + 28);
    if (from > z->bytes.n || z->bytes.n - from < packed_n)
        return damaged(z, "part cut off");
    p->packed = str_sub(z->bytes, from, from + packed_n);
    return OK;
}

/* *at moves behind the entry. */
static enum status read_entry(struct zip *z, size_t *at, size_t end)
{
    Str b = z->bytes;
    if (end - *at < ENTRY_SIZE || !str_starts(str_sub(b, *at, end), S("PK\1\2")))
        return damaged(z, "directory");
    size_t name_n = u16_at(b, *at + 28), all = ENTRY_SIZE + name_n + u16_at(b, *at + 30);
    all += u16_at(b, *at + 32);
    if (end - *at < all)
        return damaged(z, "directory");
    uint32_t method = u16_at(b, *at + 10), packed_n = u32_at(b, *at + 20),
             size = u32_at(b, *at + 24);
    struct zip_part p = {.name = str_sub(b, *at + ENTRY_SIZE, *at + ENTRY_SIZE + name_n),
                         .deflated = method == METHOD_DEFLATED,
                         .size = size};
    if ((u16_at(b, *at + 8) & FLAG_CRYPT) != 0)
        return wire_fault(z->wire, SHEET_ZIP_CRYPT, S(""));
    if (method != METHOD_STORED && method != METHOD_DEFLATED)
        return damaged(z, "method");
    if (is_package(p.name))
        return wire_fault(z->wire, SHEET_ZIP_NESTED, S("zip, xlsx, doc ..."));
    if (size > SHEET_UNPACKED_MAX)
        return wire_fault(z->wire, SHEET_ZIP_BOMB, S(""));
    TRY(find_packed(z, &p, u32_at(b, *at + 42), packed_n));
    z->part[z->part_n++] = p;
    *at += all;
    return OK;
}

enum status zip_open(struct zip *z, struct arena *keep, struct wire *w, Str bytes)
{
    *z = (struct zip){.arena = keep, .wire = w, .bytes = bytes};
    size_t end = find_end(bytes), ratio = bytes.n * RATIO;
    if (end == bytes.n)
        return damaged(z, "no directory");
    uint32_t n = u16_at(bytes, end + 10), at32 = u32_at(bytes, end + 16);
    if (n > PARTS_MAX)
        return wire_fault(w, SHEET_ZIP_MANY, S(""));
    if (at32 > end)
        return damaged(z, "directory");
    z->budget = ratio < RATIO_FREE ? RATIO_FREE : ratio;
    z->budget = z->budget > SHEET_UNPACKED_MAX ? SHEET_UNPACKED_MAX : z->budget;
    z->part = ARENA_ARRAY(keep, struct zip_part, n + 1);
    size_t at = at32;
    for (uint32_t i = 0; i < n; i++)
        TRY(read_entry(z, &at, end));
    return OK;
}

const struct zip_part *zip_find(const struct zip *z, Str name)
{
    for (uint32_t i = 0; i < z->part_n; i++)
        if (same_name(z->part[i].name, name))
            return &z->part[i];
    return NULL;
}

static enum status spend(struct zip *z, size_t n)
{
    if (n > z->budget)
        return wire_fault(z->wire, SHEET_ZIP_BOMB, S(""));
    z->budget -= n;
    return OK;
}

static void tell(struct zip *z, const struct zip_part *p, size_t left)
{
    if (z->wire->tell != NULL)
        z->wire->tell(z->wire->ctx, p->packed.n - left, p->packed.n);
}

static enum status inflate_all(struct zip *z, const struct zip_part *p, z_stream *s, zip_fn fn,
                               void *ctx)
{
    Bytef *room = arena_raw(z->arena, PIECE, 1);
    for (int got = Z_OK; got != Z_STREAM_END;) {
        s->next_out = room;
        s->avail_out = PIECE;
        got = inflate(s, Z_NO_FLUSH);
        size_t n = PIECE - s->avail_out;
        if (got != Z_STREAM_END && (got != Z_OK || n == 0))
            return damaged(z, "deflate");
        TRY(spend(z, n));
        tell(z, p, s->avail_in);
        TRY(fn(ctx, (Str){(const char *)room, n}, got == Z_STREAM_END));
    }
    return OK;
}

enum status zip_unpack(struct zip *z, const struct zip_part *p, zip_fn fn, void *ctx)
{
    if (!p->deflated) {
        TRY(spend(z, p->packed.n));
        return fn(ctx, p->packed, true);
    }
    z_stream s = {.next_in = (const Bytef *)p->packed.p, .avail_in = (uInt)p->packed.n};
    if (inflateInit2(&s, -MAX_WBITS) != Z_OK)
        return wire_fault(z->wire, SHEET_MEMORY, S(""));
    enum status st = inflate_all(z, p, &s, fn, ctx);
    (void)inflateEnd(&s); /* what matters has come out */
    return st;
}
