/* Sound spreadsheets of every form. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "help/book_help.h"
#include "sheet/sheet.h"
#include "sheet/wire.h"
#include "t.h"

/* "2:A=甲,C=5 3:B#2024-01-31": rows and cells of the first sheet; = text, # number, @ day, ? truth,
 * ! error */
static Str cells_of(struct arena *a, Str bytes)
{
    struct book *book;
    struct sheet_fault f;
    struct buf b;
    buf_init(&b, a, 1 << 20);
    if (sheet_read(a, &book, bytes, NULL, &f) != OK)
        return sheet_fault_text(a, &f, LANG_ZH);
    const struct sheet *s = &book->sheet[0];
    for (uint32_t i = 0; i < s->row_n; i++) {
        buf_fmt(&b, "%s%u:", i > 0 ? " " : "", s->row[i].number);
        for (uint32_t k = 0; k < s->row[i].cell_n; k++) {
            const struct sheet_cell *c = &s->row[i].cell[k];
            char name[COLUMN_NAME_MAX];
            buf_add(&b, k > 0 ? S(",") : S(""));
            buf_add(&b, sheet_column_name(name, c->column));
            buf_char(&b, "=#@?!"[c->kind]);
            buf_add(&b, c->text);
        }
    }
    return buf_str(&b);
}

TEST(sheet_reads_xlsx)
{
    struct arena *a = arena_open();
    Str book = book_of(
        a,
        "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='C2'><v>0.30000000000000004</v></c>"
        "<c r='AA2' t='inlineStr'><is><t>行_x000A_内</t></is></c></row>"
        "<row><c s='1'><v>45322</v></c><c s='2'><v>5.1999999999999998E-2</v></c>"
        "<c t='b'><v>1</v></c><c t='e'><v>#N/A</v></c><c t='str'><f>A1</f><v>算</v></c>"
        "<c><f>A1</f></c><c t='d'><v>2024-01-31T00:00:00</v></c><c s='3'><v>0.5</v></c></row>"
        "<row r='9'><c r='B9'/><c r='C9' t='inlineStr'><is><t>  </t></is></c></row>",
        "<mergeCells><mergeCell ref='A2:B3'/><mergeCell ref='bad'/></mergeCells>");
    CHECK_STR(cells_of(a, book),
              "2:A=乙丙,C#0.3,AA=行\n内 3:A@2024-01-31,B#5.2%,C?是,D!#N/A,E=算,F!#公式未计算,"
              "G@2024-01-31,H@12:00");
    struct book *b;
    struct sheet_fault f;
    CHECK(sheet_read_here(a, &b, book, &f) == OK);
    CHECK_INT(b->form, BOOK_XLSX);
    CHECK(!b->macros && !b->sheet[0].hidden);
    CHECK_STR(b->sheet[0].name, "数据");
    CHECK_INT(b->sheet[0].merge_n, 1);
    CHECK_INT(b->sheet[0].merge[0].row_end, 3);
    CHECK_INT(b->sheet[0].column_n, 27);
    arena_close(a);
}

TEST(sheet_reads_text)
{
    struct arena *a = arena_open();
    CHECK_STR(cells_of(a, S("甲,\"乙\n丙\",\n\n1, 2 ,3\n")), "1:A=甲,B=乙\n丙 4:A=1,B=2,C=3");
    CHECK_STR(cells_of(a, S("甲\t乙\n1\t2\n")), "1:A=甲,B=乙 2:A=1,B=2");
    CHECK_STR(cells_of(a, S("\xBC\xD7,\xD2\xD2\n")), "1:A=甲,B=乙"); /* GB18030 */
    CHECK_STR(cells_of(a, S("\xFF\xFF,x\n")),
              "既不是 UTF-8 也不是 GB18030（第 1 字节）。建议：在 Excel 中另存为“CSV UTF-8”");
    CHECK_STR(cells_of(a, S("a,b\n1,\"x\n")),
              "第 2 行 A 列：双引号没有配对。建议：补上右引号，或去掉多余的引号");
    CHECK_STR(cells_of(a, S(" \n")), "文件是空的。建议：选有内容的文件");
    arena_close(a);
}

TEST(sheet_columns_have_names)
{
    char name[COLUMN_NAME_MAX];
    CHECK_STR(sheet_column_name(name, 0), "A");
    CHECK_STR(sheet_column_name(name, 25), "Z");
    CHECK_STR(sheet_column_name(name, 26), "AA");
    CHECK_STR(sheet_column_name(name, SHEET_COLUMNS - 1), "XFD");
}

/* A real .xls of a ministry: 2,953 rows, 33 merged ranges (see its SOURCE.md). */
TEST(sheet_reads_xls)
{
    const char *path = t_data("dirty-moe-universities/moe_universities_20250620.xls");
    if (path == NULL)
        SKIP("no shared data");
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f;
    size_t n;
    char *bytes = t_read(path, &n);
    CHECK(sheet_read(a, &b, (Str){bytes, n}, NULL, &f) == OK);
    CHECK_INT(b->form, BOOK_XLS);
    CHECK_INT(b->sheet_n, 1);
    const struct sheet *s = &b->sheet[0];
    CHECK_INT(s->row_n, 2953);
    CHECK_INT(s->column_n, 7);
    CHECK_INT(s->merge_n, 33);
    CHECK_STR(sheet_text(&s->row[2], 1), "学校名称");
    CHECK_STR(sheet_text(&s->row[4], 1), "北京大学");
    CHECK_STR(sheet_text(&s->row[4], 2), "4111010001");
    CHECK_STR(sheet_text(&s->row[4], 6), "");
    t_release(bytes);
    arena_close(a);
}

/* What arrives is believed only when it is whole: every cut and every changed byte is an error or
 * a book, never worse. */
TEST(sheet_wire_is_checked)
{
    struct arena *a = arena_open();
    struct book *b;
    struct sheet_fault f;
    char good[] = "V\0\0B\0\2\0\0\0abR\1\0\0\0C\0\0\0\0\0\1\0\0\0xE";
    Str all = {good, sizeof good - 1};
    CHECK(wire_read(a, &b, all, &f) == OK);
    CHECK_STR(sheet_text(&b->sheet[0].row[0], 0), "x");
    for (size_t n = 0; n < all.n; n++) {
        CHECK(wire_read(a, &b, str_sub(all, 0, n), &f) == ERR_INPUT);
        CHECK_INT(f.code, SHEET_CRASH);
    }
    for (size_t i = 0; i < all.n; i++)
        for (int v = 0; v < 256; v++) {
            char was = good[i];
            good[i] = (char)v;
            enum status st = wire_read(a, &b, all, &f);
            CHECK((st == OK) == (b != NULL)); /* either way is fine */
            good[i] = was;
        }
    arena_close(a);
}
