/* Workbooks: a package as it comes, or one part of a sound package; the first byte says which.
 * A book has rows and cells in order and valid UTF-8; a fault has words. Reading it again gives
 * the same. */
#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "help/book_help.h"
#include "sheet/sheet.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_sheet(const struct sheet *s)
{
    ASSERT(utf8_bad_at(s->name) == s->name.n && s->merge_n <= SHEET_MERGES);
    for (uint32_t i = 0; i < s->row_n; i++) {
        const struct sheet_row *r = &s->row[i];
        ASSERT(r->cell_n > 0 && r->number > (i > 0 ? s->row[i - 1].number : 0));
        for (uint32_t k = 0; k < r->cell_n; k++) {
            ASSERT(r->cell[k].column < s->column_n && r->cell[k].text.n > 0);
            ASSERT(k == 0 || r->cell[k].column > r->cell[k - 1].column);
            ASSERT(utf8_bad_at(r->cell[k].text) == r->cell[k].text.n);
            ASSERT(str_eq(sheet_text(r, r->cell[k].column), r->cell[k].text));
        }
    }
}

static Str package_of(struct arena *a, int which, Str part)
{
    static const char *const names[] = {"xl/worksheets/sheet1.xml", "xl/workbook.xml",
                                        "xl/sharedStrings.xml", "xl/styles.xml"};
    struct zip_made z;
    zip_begin(&z, a);
    zip_add_stored(&z, names[which], part); /* the first of a name counts */
    book_frame(&z, "");
    zip_add_stored(&z, names[0],
                   S("<worksheet><row r='2'><c t='s'><v>1</v></c><c s='1'><v>45000</v></c></row>"
                     "</worksheet>"));
    return zip_finish(&z);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0)
        return 0;
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f = {0};
    Str bytes = {(const char *)data + 1, size - 1};
    if (data[0] % 5 < 4)
        bytes = package_of(a, data[0] % 5, bytes);
    enum status st = sheet_read_here(a, &b, bytes, &f);
    ASSERT((st == OK) == (b != NULL) && st == sheet_fault_status(f.code));
    ASSERT(st == OK || sheet_fault_text(a, &f, LANG_ZH).n > 0);
    for (uint32_t i = 0; b != NULL && i < b->sheet_n; i++)
        check_sheet(&b->sheet[i]);
    arena_close(a);
    return 0;
}
