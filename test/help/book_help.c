#include "help/book_help.h"

#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/str.h"

static void put(struct buf *b, uint64_t v, int bytes)
{
    for (int i = 0; i < bytes; i++)
        buf_char(b, (char)(v >> (8 * i) & 0xFF));
}

void zip_begin(struct zip_made *z, struct arena *a)
{
    *z = (struct zip_made){.arena = a};
    buf_init(&z->out, a, BUF_MAX);
    buf_init(&z->directory, a, BUF_MAX);
}

static Str deflated(struct arena *a, Str s)
{
    z_stream d = {0};
    if (deflateInit2(&d, 6, Z_DEFLATED, -MAX_WBITS, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return S("");
    size_t cap = deflateBound(&d, s.n);
    Bytef *p = arena_raw(a, cap + 1, 1);
    d.next_in = (z_const Bytef *)(uintptr_t)s.p;
    d.avail_in = (uInt)s.n;
    d.next_out = p;
    d.avail_out = (uInt)cap;
    (void)deflate(&d, Z_FINISH);
    Str out = {(char *)p, cap - d.avail_out};
    (void)deflateEnd(&d);
    return out;
}

/* What local header and directory have in common: from the flags to the lengths. */
static void put_common(struct buf *b, bool stored, Str packed, size_t size, size_t name_n)
{
    put(b, 0, 2);
    put(b, stored ? 0 : 8, 2);
    put(b, 0, 4); /* time */
    put(b, 0, 4); /* checksum: nobody looks */
    put(b, packed.n, 4);
    put(b, size, 4);
    put(b, name_n, 2);
    put(b, 0, 2);
}

static void add(struct zip_made *z, const char *name, Str packed, size_t size, bool stored)
{
    size_t at = z->out.n, name_n = strlen(name);
    buf_add(&z->out, S("PK\3\4"));
    put(&z->out, 20, 2);
    put_common(&z->out, stored, packed, size, name_n);
    buf_add(&z->out, str_of(name));
    buf_add(&z->out, packed);
    buf_add(&z->directory, S("PK\1\2"));
    put(&z->directory, 20, 2);
    put(&z->directory, 20, 2);
    put_common(&z->directory, stored, packed, size, name_n);
    put(&z->directory, 0, 2); /* comment */
    put(&z->directory, 0, 8); /* disk, attributes */
    put(&z->directory, at, 4);
    buf_add(&z->directory, str_of(name));
    z->n++;
}

void zip_add(struct zip_made *z, const char *name, Str content, size_t declared)
{
    add(z, name, deflated(z->arena, content), declared == SIZE_MAX ? content.n : declared, false);
}

void zip_add_stored(struct zip_made *z, const char *name, Str content)
{
    add(z, name, content, content.n, true);
}

Str zip_finish(struct zip_made *z)
{
    size_t at = z->out.n;
    Str directory = buf_str(&z->directory);
    buf_add(&z->out, directory);
    buf_add(&z->out, S("PK\5\6"));
    put(&z->out, 0, 4);
    put(&z->out, z->n, 2);
    put(&z->out, z->n, 2);
    put(&z->out, directory.n, 4);
    put(&z->out, at, 4);
    put(&z->out, 0, 2);
    return buf_str(&z->out);
}

#define RELATIONS \
    "<Relationships xmlns='http://schemas.openxmlformats.org/package/2006/relationships'>"
#define TYPE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

static void add_text(struct zip_made *z, const char *name, const char *text)
{
    zip_add(z, name, str_of(text), SIZE_MAX);
}

void book_frame(struct zip_made *z, const char *workbook_attr)
{
    Str book = arena_fmt(z->arena,
                         "<?xml version='1.0'?><x:workbook xmlns:x='m' xmlns:r='r'><x:workbookPr "
                         "%s/><x:sheets><x:sheet name='数据' sheetId='7' r:id='rId9'/></x:sheets>"
                         "</x:workbook>",
                         workbook_attr);
    add_text(z, "_rels/.rels",
             RELATIONS "<Relationship Id='a' Type='" TYPE
                       "officeDocument' Target='xl/workbook.xml'/></Relationships>");
    zip_add(z, "xl/workbook.xml", book, SIZE_MAX);
    add_text(z, "xl/_rels/workbook.xml.rels",
             RELATIONS "<Relationship Id='rId9' Type='" TYPE
                       "worksheet' Target='worksheets/sheet1.xml'/>"
                       "<Relationship Id='rId2' Type='" TYPE "styles' Target='/xl/styles.xml'/>"
                       "<Relationship Id='rId3' Type='" TYPE
                       "sharedStrings' Target='sharedStrings.xml'/></Relationships>");
    add_text(z, "xl/styles.xml",
             "<styleSheet><numFmts><numFmt numFmtId='170' formatCode='yyyy&quot;年&quot;m&quot;月"
             "&quot;'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs><cellXfs>"
             "<xf numFmtId='0'/><xf numFmtId='170'/><xf numFmtId='10'/><xf numFmtId='20'/>"
             "</cellXfs></styleSheet>");
    add_text(z, "xl/sharedStrings.xml",
             "<sst><si><t>甲</t></si><si><r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh>"
             "</si></sst>");
}

Str book_of(struct arena *a, const char *cells, const char *tail)
{
    struct zip_made z;
    zip_begin(&z, a);
    book_frame(&z, "");
    Str sheet = arena_fmt(a, "<worksheet><sheetData>%s</sheetData>%s</worksheet>", cells, tail);
    zip_add(&z, "xl/worksheets/sheet1.xml", sheet, SIZE_MAX);
    return zip_finish(&z);
}

Str xls_of(struct arena *a, Str stream, bool circle)
{
    struct buf b;
    uint32_t sectors = (uint32_t)(stream.n + 511) / 512;
    buf_init(&b, a, BUF_MAX);
    char head[512] = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", dir[512] = {0}, fat[512];
    uint32_t end = 0xFFFFFFFE, none = 0xFFFFFFFF, first = 2, size = (uint32_t)stream.n, zero = 0;
    uint32_t small = 4096, one = 1;
    head[30] = 9;
    head[32] = 6;
    memcpy(head + 48, &one, 4);
    memcpy(head + 56, &small, 4);
    memcpy(head + 60, &end, 4);
    memcpy(head + 68, &end, 4);
    for (int i = 0; i < 109; i++)
        memcpy(head + 76 + i * 4, i == 0 ? &zero : &none, 4);
    memset(fat, 0xFF, sizeof fat);
    memcpy(fat + 4, &end, 4);
    for (uint32_t i = 0; i < sectors; i++) {
        uint32_t next = i + 1 < sectors ? first + i + 1 : circle ? first : end;
        memcpy(fat + 8 + i * 4, &next, 4);
    }
    for (int i = 0; i < 8; i++)
        dir[i * 2] = "Workbook"[i];
    dir[64] = 18;
    dir[66] = 2;
    memcpy(dir + 116, &first, 4);
    memcpy(dir + 120, &size, 4);
    buf_add(&b, (Str){head, 512});
    buf_add(&b, (Str){fat, 512});
    buf_add(&b, (Str){dir, 512});
    buf_add(&b, stream);
    buf_fill(&b, '\0', sectors * 512 - stream.n);
    return buf_str(&b);
}
