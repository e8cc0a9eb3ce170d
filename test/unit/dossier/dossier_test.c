/* dossier_test.c - lines of the printer, and what is said where there is none beside the program.
 * What a dossier holds: test/cockpit; how pages look: test/print. */
#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "dossier/dossier_int.h"
#include "test/t.h"

TEST(dossier_cells_stay_on_their_line)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    lines_one(&b, "p", S("甲\t乙\n%丙\r"));
    CHECK_STR(buf_str(&b), "p\t甲 乙 %丙 \n");
    arena_close(a);
}

static const char TREE[] =
    "{\"items\":[{\"item\":\"得分\",\"text\":\"18\",\"value\":{\"low\":\"18\",\"high\":\"18\"},"
    "\"max\":{\"low\":\"25\",\"high\":\"25\"},\"how\":[\"合计\"],\"clause\":\"第一条\",\"parts\":["
    "{\"item\":\"研发\",\"text\":\"10~18\",\"value\":{\"low\":\"10\",\"high\":\"18\"},"
    "\"max\":{\"low\":\"20\",\"high\":\"20\"},\"facts\":[{\"field\":\"研发费用\",\"period\":2025,"
    "\"text\":\"缺数\"}],\"missing\":[\"研发费用@2025\"]}]}]}";

/* Definite ones get a bar, intervals none; parts stand below, and say what they are made of. */
TEST(dossier_reasons_as_rows)
{
    struct arena *a = arena_open();
    struct buf b;
    buf_init(&b, a, BUF_MAX);
    CHECK_INT(reasons_table(a, &b, str_of(TREE)), OK);
    Str text = buf_str(&b);
    CHECK(str_find(text, S("row\t得分\t72 18\t25\t合计\t第一条\n")) < text.n);
    CHECK(str_find(text, S("row\t　研发\t0 10~18\t20\t研发费用@2025 缺数；缺 研发费用@2025\t\n")) <
          text.n);
    CHECK_INT(reasons_table(a, &b, S("{")), ERR_IO);
    arena_close(a);
}

TEST(dossier_wants_a_printer)
{
    struct arena *a = arena_open();
    struct diags ds;
    Str pdf;
    diags_init(&ds, a);
    CHECK_INT(dossier_pdf(a, S("p\tx\n"), &pdf, &ds), ERR_BUSY); /* none lies beside the tests */
    CHECK_INT(ds.n, 1);
    CHECK_STR(str_of(diag_info(ds.at[0].code)->mnemonic), "DOSSIER-PRINTER");
    arena_close(a);
}
