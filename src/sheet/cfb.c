/* cfb.c - [MS-CFB]: a header, a table of chains (FAT), a directory of streams.
 *
 * Every chain is followed for at most as many steps as there are sectors, so that a circle ends.
 * Streams are copied out whole: no larger than the file, which is at most SHEET_FILE_MAX.
 */
#include "sheet/cfb.h"

#include <string.h>

#include "base/arena.h"
#include "base/str.h"
#include "sheet/bytes.h"

enum {
    HEADER = 512,
    ENTRY = 128,
    HEADER_CHAINS = 109, /* sectors of the FAT that the header lists itself */
    TYPE_STREAM = 2,
    TYPE_ROOT = 5,
};
static const uint32_t LAST_REAL = 0xFFFFFFFA; /* above are marks: end, free, .. */

static enum status damaged(struct cfb *c, const char *what)
{
    return wire_fault(c->wire, SHEET_CFB, str_of(what));
}

/* Sector `at` of the file; empty where it lies outside. The last may be cut. */
static Str sector(const struct cfb *c, uint32_t at)
{
    uint64_t from = ((uint64_t)at + 1) * c->sector;
    if (at >= LAST_REAL || from >= c->bytes.n)
        return S("");
    uint64_t left = c->bytes.n - from;
    return (Str){c->bytes.p + from, left < c->sector ? (size_t)left : c->sector};
}

/* The chain that starts at `at`, whole or the first `size` bytes of it. */
static bool copy_chain(struct cfb *c, Str *out, uint32_t at, uint64_t size)
{
    uint32_t n = 0;
    for (uint32_t i = at; i < c->fat_n && n <= c->fat_n; i = c->fat[i])
        n++;
    if (n > c->fat_n)
        return false; /* a circle */
    uint64_t all = (uint64_t)n * c->sector;
    size = size < all ? size : all;
    char *p = arena_alloc(c->arena, (size_t)size + 1, 1, 1);
    size_t done = 0;
    for (uint32_t i = at; i < c->fat_n && done < size; i = c->fat[i]) {
        Str s = sector(c, i);
        size_t want = (size_t)size - done, take = s.n < want ? s.n : want;
        memcpy(p + done, s.p, take);
        done += want < c->sector ? want : c->sector;
    }
    *out = (Str){p, done};
    return true;
}

static bool copy_small(struct cfb *c, Str *out, uint32_t at, uint64_t size)
{
    if (size > c->ministream.n)
        return false;
    char *p = arena_alloc(c->arena, (size_t)size + 1, 1, 1);
    size_t done = 0;
    for (uint32_t i = at; done < size; i = c->minifat[i]) {
        uint64_t from = (uint64_t)i * c->mini;
        size_t want = (size_t)size - done, take = want < c->mini ? want : c->mini;
        if (i >= c->minifat_n || from + take > c->ministream.n)
            return false;
        memcpy(p + done, c->ministream.p + from, take);
        done += take;
    }
    *out = (Str){p, done};
    return true;
}

/* The sectors that hold the FAT: 109 in the header, then a chain of lists. */
static enum status read_fat(struct cfb *c)
{
    uint32_t per = c->sector / 4, sectors = (uint32_t)(c->bytes.n / c->sector) + 1;
    uint32_t next = u32_at(c->bytes, 68), steps = 0;
    size_t cap = 0, n = 0;
    Str list = str_sub(c->bytes, 76, HEADER);
    for (bool first = true;; first = false) {
        uint32_t entries = first ? HEADER_CHAINS : per - 1;
        for (uint32_t i = 0; i < entries && i < list.n / 4; i++) {
            Str s = sector(c, u32_at(list, (size_t)i * 4));
            for (uint32_t k = 0; k < s.n / 4; k++)
                VEC_PUSH(c->arena, c->fat, n, cap) = u32_at(s, (size_t)k * 4);
            if (n > (size_t)sectors + (size_t)per * 2)
                return damaged(c, "FAT");
        }
        if (next >= LAST_REAL)
            break;
        list = sector(c, next);
        if (list.n < c->sector || steps++ > sectors)
            return damaged(c, "DIFAT");
        next = u32_at(list, c->sector - 4);
    }
    c->fat_n = (uint32_t)n;
    return OK;
}

static enum status read_minifat(struct cfb *c)
{
    Str s;
    if (!copy_chain(c, &s, u32_at(c->bytes, 60), UINT64_MAX))
        return damaged(c, "mini FAT");
    c->minifat_n = (uint32_t)(s.n / 4);
    c->minifat = ARENA_ARRAY(c->arena, uint32_t, c->minifat_n + 1);
    for (uint32_t i = 0; i < c->minifat_n; i++)
        c->minifat[i] = u32_at(s, (size_t)i * 4);
    return OK;
}

enum status cfb_open(struct cfb *c, struct arena *keep, struct wire *w, Str bytes)
{
    *c = (struct cfb){.arena = keep, .wire = w, .bytes = bytes};
    if (bytes.n < HEADER)
        return damaged(c, "header");
    uint32_t shift = u16_at(bytes, 30), mini = u16_at(bytes, 32);
    if ((shift != 9 && shift != 12) || mini != 6)
        return damaged(c, "sector size");
    c->sector = 1U << shift;
    c->mini = 1U << mini;
    c->small = u32_at(bytes, 56);
    TRY(read_fat(c));
    TRY(read_minifat(c));
    if (!copy_chain(c, &c->directory, u32_at(bytes, 48), UINT64_MAX))
        return damaged(c, "directory");
    for (size_t at = 0; at + ENTRY <= c->directory.n; at += ENTRY)
        if (c->directory.p[at + 66] == TYPE_ROOT &&
            !copy_chain(c, &c->ministream, u32_at(c->directory, at + 116),
                        u32_at(c->directory, at + 120)))
            return damaged(c, "mini stream");
    return OK;
}

/* Names are UTF-16; those we look for are ASCII. */
static bool named(const struct cfb *c, size_t at, const char *name)
{
    size_t n = strlen(name);
    if (u16_at(c->directory, at + 64) != (n + 1) * 2 || n >= 32)
        return false;
    for (size_t i = 0; i < n; i++)
        if (u16_at(c->directory, at + i * 2) != (unsigned char)name[i])
            return false;
    return true;
}

static bool find(const struct cfb *c, const char *name, size_t *out)
{
    for (size_t at = 0; at + ENTRY <= c->directory.n; at += ENTRY)
        if (c->directory.p[at + 66] == TYPE_STREAM && named(c, at, name)) {
            *out = at;
            return true;
        }
    return false;
}

bool cfb_has(const struct cfb *c, const char *name)
{
    size_t at;
    return find(c, name, &at);
}

enum status cfb_stream(struct cfb *c, Str *out, const char *name)
{
    size_t at;
    *out = (Str){NULL, 0};
    if (!find(c, name, &at))
        return OK;
    uint32_t first = u32_at(c->directory, at + 116), size = u32_at(c->directory, at + 120);
    bool ok = size < c->small ? copy_small(c, out, first, size) : copy_chain(c, out, first, size);
    return ok && out->n == size ? OK : damaged(c, "stream");
}
