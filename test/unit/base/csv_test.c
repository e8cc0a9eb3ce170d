#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "t.h"

/* All rows on one line: cells between bars, rows between newlines; an error as !CODE@beg-end. */
static Str rows_of(struct arena *a, Str text)
{
    struct csv c;
    struct buf b;
    struct diags ds;
    diags_init(&ds, a);
    buf_init(&b, a, BUF_MAX);
    csv_open(&c, a, text);
    for (;;) {
        enum status st = csv_next(&c, &ds);
        if (st != OK) {
            struct diag *d = &ds.at[0];
            buf_fmt(&b, "!%s@%u-%u", diag_info(d->code)->mnemonic, (unsigned)d->span.beg,
                    (unsigned)d->span.end);
            CHECK(ds.n == 1 && d->span.end <= text.n);
            CHECK(csv_next(&c, &ds) == OK && c.cell_n == 0); /* and no second time */
            return buf_str(&b);
        }
        if (c.cell_n == 0)
            return buf_str(&b);
        for (size_t i = 0; i < c.cell_n; i++) {
            buf_add(&b, i > 0 ? S("|") : S(""));
            buf_add(&b, c.cell[i].text);
        }
        buf_char(&b, '\n');
    }
}

static bool reads(const char *text, const char *want)
{
    struct arena *a = arena_open();
    Str got = rows_of(a, str_of(text));
    bool same = str_eq(got, str_of(want));
    if (!same)
        CHECK_STR(got, want);
    arena_close(a);
    return same;
}

TEST(csv_reads_rows_and_cells)
{
    CHECK(reads("", ""));
    CHECK(reads("\n\r\n  \n", ""));
    CHECK(reads("a,b\n1,2\n", "a|b\n1|2\n"));
    CHECK(reads("a,b\r\n1,2", "a|b\n1|2\n"));
    CHECK(reads("a,\n,b\n", "a|\n|b\n"));
    CHECK(reads("a, b ,\tc\t,　d　\n", "a|b|c|d\n"));
    CHECK(reads("a\n\n\nb\n", "a\nb\n"));
    CHECK(reads("a,b\n,\n , \n\"\",\"\"\nc,\n", "a|b\nc|\n")); /* a row of empty cells is blank */
    CHECK(reads("名称,收入\n张家港,1\n", "名称|收入\n张家港|1\n"));
}

TEST(csv_reads_quotes)
{
    CHECK(reads("\"a\",\"b,c\"\n", "a|b,c\n"));
    CHECK(reads("\"a\"\"b\",\"\"\"\"\n", "a\"b|\"\n"));
    CHECK(reads("\"a\nb\",c\n", "a\nb|c\n"));
    CHECK(reads("\"a\r\nb\"\r\n", "a\r\nb\n"));
    CHECK(reads(" \"a\" , \"b\"\t\r\n", "a|b\n"));
    CHECK(reads("\" a \"\n", " a \n"));
    CHECK(reads("\" \"\n", " \n"));
    CHECK(reads("\"\",a\n", "|a\n"));
    CHECK(reads("\"a\"", "a\n"));
    CHECK(reads("5\" pipe,6\"\n", "5\" pipe|6\"\n")); /* inside a plain cell a quote is a quote */
}

TEST(csv_blames_quotes)
{
    CHECK(reads("\"a", "!CSV-QUOTE@0-2"));
    CHECK(reads("\"", "!CSV-QUOTE@0-1"));
    CHECK(reads("x,\"a\nb,c\n", "!CSV-QUOTE@2-4"));
    CHECK(reads("\"a\"b,c\n", "!CSV-QUOTE@0-4"));
    CHECK(reads("x\ny,\"a\" b\n", "x\n!CSV-QUOTE@4-9"));
    CHECK(reads("\"a\"\"", "!CSV-QUOTE@0-4"));
}

TEST(csv_recognises_the_separator)
{
    CHECK(reads("a;b\n1,5;2\n", "a|b\n1,5|2\n"));
    CHECK(reads("a\tb\n1,5\t2\n", "a|b\n1,5|2\n"));
    CHECK(reads("a\tb;c\n", "a|b;c\n"));
    CHECK(reads("a,b;c\td\n", "a|b;c\td\n"));
    CHECK(reads("\n \n\"a,b\";c\n", "a,b|c\n")); /* blank lines first, a comma only in quotes */
    CHECK(reads("\"a\nb\",c;d\n", "a\nb|c;d\n"));
    CHECK(reads("5\";6\n7;\"x,y\"\n", "5\"|6\n7|x,y\n"));
    CHECK(reads("a\nb;c\n", "a\nb;c\n"));
    CHECK(reads("a;\"b,c\"\n", "a|b,c\n") && reads("a\t \"b,c\"\n", "a|b,c\n"));
    CHECK(reads("a\tb\n\t\n \t2\n", "a|b\n|2\n"));
    CHECK(reads("a\t \"b\" \n", "a|b\n"));
}

TEST(csv_tells_lines_and_spans)
{
    struct arena *a = arena_open();
    struct csv c;
    Str text = S("\n 名称 ,\"x\ny\"\n\n\n \"p\"\"q\" ,  ,\nlast");
    csv_open(&c, a, text);
    CHECK(csv_next(&c, NULL) == OK);
    CHECK_INT(c.line, 2);
    CHECK_INT(c.cell_n, 2);
    CHECK_STR(str_sub(text, c.cell[0].span.beg, c.cell[0].span.end), "名称");
    CHECK_STR(str_sub(text, c.cell[1].span.beg, c.cell[1].span.end), "\"x\ny\"");
    CHECK(csv_next(&c, NULL) == OK);
    CHECK_INT(c.line, 6);
    CHECK_INT(c.cell_n, 3);
    CHECK_STR(str_sub(text, c.cell[0].span.beg, c.cell[0].span.end), "\"p\"\"q\"");
    CHECK_STR(c.cell[0].text, "p\"q");
    CHECK_STR(str_sub(text, c.cell[1].span.beg, c.cell[1].span.end), "  ");
    CHECK(c.cell[2].text.n == 0 && c.cell[2].span.beg == c.cell[2].span.end);
    CHECK(csv_next(&c, NULL) == OK);
    CHECK_INT(c.line, 7);
    CHECK_STR(c.cell[0].text, "last");
    CHECK(csv_next(&c, NULL) == OK && c.cell_n == 0);
    CHECK(csv_next(&c, NULL) == OK && c.cell_n == 0);
    arena_close(a);
}

TEST(csv_has_limits)
{
    struct arena *a = arena_open();
    struct diags ds;
    struct csv c;
    char *commas = arena_alloc(a, CSV_CELLS_MAX + 2, 1, 1);
    memset(commas, ',', CSV_CELLS_MAX + 1);
    commas[0] = 'x';
    diags_init(&ds, a);
    csv_open(&c, a, (Str){commas, CSV_CELLS_MAX});
    CHECK(csv_next(&c, &ds) == OK && c.cell_n == CSV_CELLS_MAX);
    csv_open(&c, a, (Str){commas, CSV_CELLS_MAX + 1});
    CHECK(csv_next(&c, &ds) == ERR_LIMIT && ds.n == 1 && ds.at[0].code == DIAG_CSV_LIMIT);
    CHECK_STR(ds.at[0].arg[0], "1");
    csv_open(&c, a, S("a,b"));
    c.text.n = UINT32_MAX; /* a file that spans cannot point into */
    CHECK(csv_next(&c, &ds) == ERR_LIMIT && ds.n == 2 && ds.at[1].code == DIAG_CSV_LIMIT);
    arena_close(a);
}

TEST(csv_decodes_what_people_have)
{
    struct arena *a = arena_open();
    struct diags ds;
    Str out;
    bool was_gb = true;
    diags_init(&ds, a);
    CHECK(csv_decode(a, &out, S("名称,a"), &was_gb, &ds) == OK && !was_gb);
    CHECK_STR(out, "名称,a");
    CHECK(csv_decode(a, &out, S("\xEF\xBB\xBF名称"), NULL, &ds) == OK);
    CHECK_STR(out, "名称");
    CHECK(csv_decode(a, &out, S("\xC3\xFB\xB3\xC6,a"), &was_gb, &ds) == OK && was_gb);
    CHECK_STR(out, "名称,a");
    CHECK(csv_decode(a, &out, S("\xC3\xFB\xB3\xC6"), NULL, NULL) == OK);
    CHECK_STR(out, "名称");
    CHECK(csv_decode(a, &out, S(""), &was_gb, &ds) == OK && out.n == 0);
    CHECK_INT(ds.n, 0);
    arena_close(a);
}

TEST(csv_blames_the_byte_that_breaks_the_better_guess)
{
    struct arena *a = arena_open();
    struct diags ds;
    Str out;
    bool was_gb = true;
    diags_init(&ds, a);
    CHECK(csv_decode(a, &out, S("名称,\xFF"), &was_gb, &ds) == ERR_INPUT && !was_gb);
    CHECK(ds.n == 1 && ds.at[0].code == DIAG_ENC_BAD);
    CHECK(ds.at[0].span.beg == 7 && ds.at[0].span.end == 8);
    CHECK_STR(ds.at[0].arg[0], "8");
    CHECK(csv_decode(a, &out, S("\xC3\xFB\xB3\xC6,\xFF"), NULL, &ds) == ERR_INPUT);
    CHECK(ds.n == 2 && ds.at[1].span.beg == 5);
    CHECK(csv_decode(a, &out, S("\xEF\xBB\xBF,,,,\xFF"), NULL, &ds) == ERR_INPUT);
    CHECK(ds.n == 3 && ds.at[2].span.beg == 7);
    CHECK(csv_decode(a, &out, S("abcd\xFF"), NULL, NULL) == ERR_INPUT);
    arena_close(a);
}

/* The limit is checked before anything is converted; only the first bytes of this text are
 * there. */
TEST(csv_decode_has_a_limit)
{
    static const char bytes[64] = "\xFF";
    struct arena *a = arena_open();
    struct diags ds;
    Str out;
    diags_init(&ds, a);
    CHECK(csv_decode(a, &out, (Str){bytes, ((size_t)1 << 29) + 1}, NULL, &ds) == ERR_LIMIT);
    CHECK(ds.n == 1 && ds.at[0].code == DIAG_CSV_LIMIT);
    CHECK(ds.at[0].span.beg == 0 && ds.at[0].span.end == 0);
    CHECK_STR(ds.at[0].arg[0], "1");
    arena_close(a);
}

static Str written(struct arena *a, Str text, bool guard)
{
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    csv_write_cell(&b, text, true, guard);
    return buf_str(&b);
}

TEST(csv_writes_cells)
{
    struct arena *a = arena_open();
    struct buf b;
    CHECK_STR(written(a, S(""), true), "");
    CHECK_STR(written(a, S("张家港"), true), "张家港");
    CHECK_STR(written(a, S("a,b"), true), "\"a,b\"");
    CHECK_STR(written(a, S("a;b"), true), "\"a;b\"");
    CHECK_STR(written(a, S("a\tb"), true), "\"a\tb\"");
    CHECK_STR(written(a, S("a\"b\""), true), "\"a\"\"b\"\"\"");
    CHECK_STR(written(a, S("a\r\nb"), true), "\"a\r\nb\"");
    CHECK_STR(written(a, S(" a"), true), "\" a\"");
    CHECK_STR(written(a, S("a　"), true), "\"a　\"");
    CHECK_INT(written(a, S("a\0b"), true).n, 3);
    buf_init(&b, a, BUF_MAX);
    csv_write_cell(&b, S("a"), true, false);
    csv_write_cell(&b, S("b"), false, false);
    csv_write_end(&b);
    CHECK_STR(buf_str(&b), "a,b\n");
    arena_close(a);
}

/* OWASP, CSV injection: what a spreadsheet would run must arrive as text. Numbers stay numbers. */
TEST(csv_guards_formulas)
{
    struct arena *a = arena_open();
    static const char *const risky[] = {"=1+1", "+A1", "-A1",  "@SUM(A1)", "＝1", "＋A1",
                                        "－A1", "＠x", "-1-1", "+86 138",  "-",   "=\"x\""};
    for (size_t i = 0; i < sizeof risky / sizeof risky[0]; i++) {
        Str guarded = written(a, str_of(risky[i]), true),
            plain = written(a, str_of(risky[i]), false);
        CHECK(guarded.n == plain.n + 1 && str_find(guarded, S("'")) <= 1);
        CHECK(str_find(plain, S("'")) == plain.n);
    }
    CHECK_STR(written(a, S("\tx"), true), "\"'\tx\"");
    CHECK_STR(written(a, S("\rx"), true), "\"'\rx\"");
    CHECK_STR(written(a, S("\nx"), true), "\"'\nx\"");
    CHECK_STR(written(a, S("-12.5"), true), "-12.5");
    CHECK_STR(written(a, S("+3"), true), "+3");
    CHECK_STR(written(a, S("a=b"), true), "a=b");
    arena_close(a);
}
