/* Cells of decision tables: what they say against the input above them. */
#include "help/rule_help.h"
#include "t.h"

/* A table over `input` whose first row says `cell`; the rest is "-". The caller unloads. */
static struct loaded table_with(const char *input, const char *cell)
{
    struct arena *a = arena_open();
    Str body =
        arena_fmt(a, "## 指标 甲\n- 命中: 首行\n\n| %s | 甲 |\n|---|---|\n| %s | 1 |\n| - | 2 |\n",
                  input, cell);
    struct loaded l = load_body(body.p);
    arena_close(a);
    return l;
}

/* What is said of it: the first error's code, or "" */
static const char *table_code(const char *input, const char *cell)
{
    struct loaded l = table_with(input, cell);
    const char *code = "";
    for (size_t i = l.ds.n; i > 0; i--)
        if (diag_info(l.ds.at[i - 1].code)->sev == SEV_ERROR)
            code = diag_info(l.ds.at[i - 1].code)->mnemonic;
    unload(&l);
    return code;
}

/* An operator without a label is a slip; it must not turn into "anything". */
TEST(a_sign_alone_is_no_test)
{
    CHECK_STR(str_of(table_code("c", "<>")), "EXPR-END");
    CHECK_STR(str_of(table_code("t", "=")), "EXPR-END");
    CHECK_STR(str_of(table_code("n", ">=")), "EXPR-END");
    CHECK_STR(str_of(table_code("c", "<> 甲")), "");
}

TEST(cells_are_checked_against_their_input)
{
    CHECK_STR(str_of(table_code("b", "是")), "");
    CHECK_STR(str_of(table_code("b", "<> 否")), "");
    CHECK_STR(str_of(table_code("b", "> 否")), "TYPE-MISMATCH");
    CHECK_STR(str_of(table_code("b", "[否, 是]")), "TYPE-MISMATCH");
    CHECK_STR(str_of(table_code("b", "x > 0元")), "NEVER-EQUAL");
    CHECK_STR(str_of(table_code("n", "[1人, 没有)")), "NAME-UNKNOWN");
    CHECK_STR(str_of(table_code("n", "> 5元")), "UNIT-MISMATCH");
    CHECK_STR(str_of(table_code("n", "5人 以上")), "EXPR-EXPECT");
    CHECK_STR(str_of(table_code("d", ">= 2020-01-01")), "");
    CHECK_STR(str_of(table_code("d", "> 5")), "TYPE-MISMATCH");
}
