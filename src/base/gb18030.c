#include "base/gb18030.h"

#include "base/buf.h"
#include "base/utf8.h"

#ifdef GECI_NO_GB18030
/* WebAssembly: the tables would be an eighth of the module, and its host has them (geci.js). */
static Rune read_multibyte(const unsigned char *p, size_t n, size_t *len)
{
    (void)p, (void)n, (void)len;
    return 0;
}
#else
#    include "gb18030_table.h"

enum {
    TRAILS = 190,           /* second bytes of a two-byte code */
    ASTRAL_LINEAR = 189000, /* linear number of U+10000 among four-byte codes */
    ASTRAL_N = 0x100000,
};

static Rune two_bytes(unsigned lead, unsigned trail)
{
    if (trail < 0x40 || trail == 0x7F || trail > 0xFE)
        return 0;
    uint32_t i = (lead - 0x81) * TRAILS + trail - (trail < 0x7F ? 0x40 : 0x41);
    if (gb_two[i] != 1)
        return gb_two[i];
    size_t at = 0;
    while (gb_astral[at][0] != i)
        at++;
    return gb_astral[at][1];
}

static bool is_digit(unsigned byte)
{
    return byte >= '0' && byte <= '9';
}

static bool is_lead(unsigned byte)
{
    return byte >= 0x81 && byte <= 0xFE;
}

static Rune four_bytes(const unsigned char *p)
{
    if (!is_lead(p[2]) || !is_digit(p[3]))
        return 0;
    uint32_t linear = (((p[0] - 0x81u) * 10 + p[1] - '0') * 126 + p[2] - 0x81u) * 10 + p[3] - '0';
    if (linear >= ASTRAL_LINEAR)
        return linear - ASTRAL_LINEAR < ASTRAL_N ? linear - ASTRAL_LINEAR + 0x10000 : 0;
    size_t low = 0, high = ARRAY_N(gb_four); /* the run, if any, is in [low, high) */
    while (low < high) {
        size_t mid = low + (high - low) / 2;
        if (linear < gb_four[mid][0])
            high = mid;
        else if (linear - gb_four[mid][0] >= gb_four[mid][2])
            low = mid + 1;
        else
            return gb_four[mid][1] + (linear - gb_four[mid][0]);
    }
    return 0;
}

/* The character whose lead byte is p[0] >= 0x80, n bytes left; 0 if there is none. */
static Rune read_multibyte(const unsigned char *p, size_t n, size_t *len)
{
    if (n < 2 || !is_lead(p[0]))
        return 0;
    *len = 2;
    if (!is_digit(p[1]))
        return two_bytes(p[0], p[1]);
    *len = 4;
    return n < 4 ? 0 : four_bytes(p);
}
#endif

size_t gb18030_to_utf8(struct buf *out, Str bytes)
{
    const unsigned char *p = (const unsigned char *)bytes.p;
    for (size_t at = 0, len; at < bytes.n; at += len) {
        for (len = 0; at + len < bytes.n && p[at + len] < 0x80; len++)
            ;
        if (len > 0) {
            buf_add(out, (Str){bytes.p + at, len});
            continue;
        }
        char utf8[4];
        Rune r = read_multibyte(p + at, bytes.n - at, &len);
        if (r == 0)
            return at;
        buf_add(out, (Str){utf8, utf8_encode(utf8, r)});
    }
    return bytes.n;
}
