/* Files that mean harm or are broken. Each is made here; each must be refused with the right words,
 * through the child as users meet it. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "help/book_help.h"
#include "sheet/sheet.h"
#include "t.h"

static enum sheet_fault_code fault_of(struct arena *a, Str bytes)
{
    struct book *b;
    struct sheet_fault f = {0};
    enum status st = sheet_read(a, &b, bytes, NULL, &f);
    CHECK((st == OK) == (f.code == SHEET_NONE));
    CHECK((b != NULL) == (st == OK));
    CHECK(sheet_fault_text(a, &f, LANG_EN).n > 0 || st == OK);
    return f.code;
}

static Str repeat(struct arena *a, const char *z, size_t n)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    for (size_t i = 0; i < n; i++)
        buf_add(&b, str_of(z));
    return arena_copy(a, buf_str(&b));
}

static Str with_sheet(struct arena *a, Str sheet, size_t declared)
{
    struct zip_made z;
    zip_begin(&z, a);
    book_frame(&z, "");
    zip_add(&z, "xl/worksheets/sheet1.xml", sheet, declared);
    return zip_finish(&z);
}

TEST(hostile_zip_bombs)
{
    struct arena *a = arena_open();
    Str blanks = repeat(a, "                                                  ", 4 << 20);
    struct timespec t0, t1;
    Str bomb = with_sheet(a, blanks, SIZE_MAX); /* 200 MB, tells the truth */
    CHECK_INT(fault_of(a, bomb), SHEET_ZIP_BOMB);
    bomb = with_sheet(a, blanks, 1000); /* lies */
    (void)clock_gettime(CLOCK_MONOTONIC, &t0);
    CHECK_INT(fault_of(a, bomb), SHEET_ZIP_BOMB);
    (void)clock_gettime(CLOCK_MONOTONIC, &t1);
    CHECK(t1.tv_sec - t0.tv_sec <= 2);
    CHECK_INT(fault_of(a, with_sheet(a, S("<worksheet/>"), 0xFFFFFFFF)), SHEET_ZIP_BOMB);
    Str small = repeat(a, "<cols/>", 400000); /* 2.8 MB out of 6 kB */
    CHECK_INT(fault_of(a, book_of(a, "", small.p)), SHEET_ZIP_BOMB);
    arena_close(a);
}

TEST(hostile_zip_parts)
{
    struct arena *a = arena_open();
    struct zip_made z;
    zip_begin(&z, a);
    book_frame(&z, "");
    for (int i = 0; i < 1001; i++)
        zip_add(&z, "x", S("x"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_ZIP_MANY);
    zip_begin(&z, a);
    book_frame(&z, "");
    zip_add(&z, "xl/embeddings/inner.xlsx", S("PK"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_ZIP_NESTED);
    zip_begin(&z, a); /* names that lead out are only names */
    book_frame(&z, "");
    zip_add(&z, "../../../../tmp/geci-slip", S("x"), SIZE_MAX);
    zip_add(&z, "/etc/geci-slip", S("x"), SIZE_MAX);
    zip_add(&z, "xl/worksheets/sheet1.xml", S("<worksheet/>"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_NONE);
    FILE *slip = fopen("/tmp/geci-slip", "rb");
    CHECK(slip == NULL);
    zip_begin(&z, a); /* not a workbook */
    zip_add(&z, "word/document.xml", S("<w/>"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_NOT_KNOWN);
    zip_begin(&z, a);
    zip_add(&z, "xl/workbook.bin", S("x"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_XLSB);
    zip_begin(&z, a); /* the sheet that the workbook names is not there */
    book_frame(&z, "");
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_PART);
    arena_close(a);
}

TEST(hostile_xml)
{
    static const char *const types[] = {
        "<!DOCTYPE w><worksheet/>",
        ("<!DOCTYPE w [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;'>]>"
         "<worksheet>&b;</worksheet>"),
        "<!DOCTYPE w [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><worksheet>&x;</worksheet>",
        "<!DOCTYPE w SYSTEM 'http://127.0.0.1/x.dtd'><worksheet/>",
        "<!DOCTYPE w [<!ENTITY % p SYSTEM 'file:///etc/passwd'>%p;]><worksheet/>",
    };
    struct arena *a = arena_open();
    for (size_t i = 0; i < ARRAY_N(types); i++)
        CHECK_INT(fault_of(a, with_sheet(a, str_of(types[i]), SIZE_MAX)), SHEET_XML_DTD);
    CHECK_INT(fault_of(a, with_sheet(a, S("<worksheet>&x;</worksheet>"), SIZE_MAX)), SHEET_XML);
    CHECK_INT(fault_of(a, with_sheet(a, S("<worksheet><row>"), SIZE_MAX)), SHEET_XML);
    CHECK_INT(fault_of(a, with_sheet(a, S("<worksheet>\xFF</worksheet>"), SIZE_MAX)), SHEET_XML);
    struct zip_made z;
    zip_begin(&z, a);
    zip_add(&z, "xl/workbook.xml", S("<!DOCTYPE a><workbook/>"), SIZE_MAX);
    CHECK_INT(fault_of(a, zip_finish(&z)), SHEET_XML_DTD);
    arena_close(a);
}

TEST(hostile_sheets)
{
    struct arena *a = arena_open();
    Str word = repeat(a, "长", SHEET_TEXT_MAX), longer = repeat(a, "长", SHEET_TEXT_MAX + 1);
#define CELL "<row r='3'><c r='C3' t='inlineStr'><is><t>%.*s</t></is></c></row>"
    Str fits = arena_fmt(a, CELL, (int)word.n, word.p);
    Str over = arena_fmt(a, CELL, (int)longer.n, longer.p);
    CHECK_INT(fault_of(a, book_of(a, fits.p, "")), SHEET_NONE);
    CHECK_INT(fault_of(a, book_of(a, over.p, "")), SHEET_TEXT_LONG);
    CHECK_INT(fault_of(a, book_of(a, "<row r='1048577'/>", "")), SHEET_ROW_MANY);
    CHECK_INT(fault_of(a, book_of(a, "<row r='99999999999'/>", "")), SHEET_ROW_MANY);
    CHECK_INT(fault_of(a, book_of(a, "<row><c r='XFE1'><v>1</v></c></row>", "")),
              SHEET_COLUMN_MANY);
    CHECK_INT(fault_of(a, book_of(a, "<row r='2'/><row r='1'/>", "")), SHEET_ORDER);
    CHECK_INT(fault_of(a, book_of(a, "<row r='0'/>", "")), SHEET_ORDER);
    CHECK_INT(
        fault_of(a, book_of(a, "<row><c r='B1'><v>1</v></c><c r='A1'><v>1</v></c></row>", "")),
        SHEET_ORDER);
    CHECK_INT(fault_of(a, book_of(a, "<row><c t='s'><v>2</v></c></row>", "")), SHEET_XML);
    CHECK_INT(fault_of(a, book_of(a, "<c t='s'><v>1</v></c>", "")), SHEET_XML);
    Str merges = repeat(a, "<mergeCell ref='A1:B2'/>", SHEET_MERGES + 1);
    CHECK_INT(fault_of(a, book_of(a, "", merges.p)), SHEET_ZIP_BOMB); /* so alike: a bomb first */
    struct book *b;
    struct sheet_fault f;
    CHECK(sheet_read(a, &b, book_of(a, over.p, ""), NULL, &f) == ERR_LIMIT);
    CHECK_STR(sheet_fault_text(a, &f, LANG_ZH),
              "工作表“数据” 第 3 行 C 列：一格里超过 32,767 个字。建议：缩短这一格");
    arena_close(a);
}

/* Every prefix and every damaged byte of sound files: refused or read, never a crash. */
static void mangle(struct arena *a, Str sound)
{
    struct book *b;
    struct sheet_fault f;
    char *copy = arena_raw(a, sound.n, 1);
    for (size_t n = 0; n < sound.n; n += 1 + sound.n / 400)
        if (sheet_read_here(a, &b, str_sub(sound, 0, n), &f) == OK)
            CHECK(n == 0 || n > sound.n / 2);
    uint64_t seed = 1;
    for (size_t i = 0; i < 400; i++) {
        ArenaMark mark = arena_mark(a);
        memcpy(copy, sound.p, sound.n);
        for (int k = 0; k < 3; k++) {
            seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
            copy[(seed >> 33) % sound.n] = (char)(seed >> 20);
        }
        enum status st = sheet_read_here(a, &b, (Str){copy, sound.n}, &f);
        CHECK((st == OK) == (b != NULL)); /* either way is fine */
        arena_reset(a, mark);
    }
}

TEST(hostile_damage)
{
    struct arena *a = arena_open();
    mangle(a, book_of(a, "<row><c t='s'><v>1</v></c><c><v>2</v></c></row>", ""));
    CHECK_INT(fault_of(a, str_sub(book_of(a, "<row/>", ""), 0, 600)), SHEET_ZIP);
    CHECK_INT(fault_of(a, S("PK\3\4")), SHEET_ZIP);
    CHECK_INT(fault_of(a, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1....")), SHEET_CFB);
    CHECK_INT(fault_of(a, S("\0\0\0\0")), SHEET_NOT_KNOWN);
    const char *path = t_data("dirty-moe-universities/moe_universities_20250620.xls");
    if (path != NULL) {
        size_t n;
        char *bytes = t_read(path, &n);
        mangle(a, (Str){bytes, n});
        CHECK_INT(fault_of(a, (Str){bytes, n / 2}), SHEET_CFB);
        t_release(bytes);
    }
    arena_close(a);
}

static Str padded(struct arena *a, Str records)
{
    struct buf b;
    buf_init(&b, a, 8192);
    buf_add(&b, records);
    buf_fill(&b, '\0', 5000 - records.n);
    return buf_str(&b);
}

TEST(hostile_xls)
{
    struct arena *a = arena_open();
    Str locked = padded(a, S("\x09\x08\x04\0\0\x06\5\0\x2F\0\2\0\0\0\x0A\0\0\0"));
    Str old = padded(a, S("\x09\x08\x04\0\0\x05\5\0\x0A\0\0\0"));
    Str texts = padded(a, S("\x09\x08\x04\0\0\x06\5\0\xFC\0\x08\0\0\0\0\0\xFF\xFF\xFF\x7F"));
    Str lost =
        padded(a, S("\x09\x08\x04\0\0\x06\5\0\x85\0\x0A\0\xFF\xFF\xFF\x7F\0\0\2\0ab\x0A\0\0\0"));
    CHECK_INT(fault_of(a, xls_of(a, locked, false)), SHEET_LOCKED);
    CHECK_INT(fault_of(a, xls_of(a, old, false)), SHEET_OLD_XLS);
    CHECK_INT(fault_of(a, xls_of(a, texts, false)), SHEET_CFB);
    CHECK_INT(fault_of(a, xls_of(a, lost, false)), SHEET_CFB);
    CHECK_INT(fault_of(a, xls_of(a, locked, true)), SHEET_CFB);
    arena_close(a);
}
