#include <limits.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/str.h"
#include "base/utf8.h"
#include "t.h"

static struct arena *arena;

static Str rendered(const struct diag *d, Str text, enum lang lang)
{
    struct buf b;
    buf_init(&b, arena, BUF_MAX);
    diag_render(&b, d, S("f.md"), text, lang);
    return buf_str(&b);
}

/* Which arguments a pattern asks for, one bit each; UINT_MAX if a brace is no placeholder. */
static unsigned arguments_of(const char *pattern)
{
    unsigned seen = 0;
    for (const char *p = pattern; (p = strpbrk(p, "{}")) != NULL; p++) {
        const char *end = p + strcspn(p + 1, "{}") + 1;
        bool argument = *p == '{' && *end == '}' && p[1] >= '0' && p[1] < '0' + DIAG_ARG_N &&
                        (p[2] == '}' || p[2] == '?');
        if (!argument)
            return UINT_MAX;
        seen |= 1u << (p[1] - '0');
        p = end;
    }
    return seen;
}

/* A word that has to be given in both languages is two arguments, the English one {2}. */
enum { ENGLISH_WORD = 1 << 2 };

/* Every entry of the list, whoever wrote it: filled in, no full stop, the same arguments in both
 * languages. */
static void check_pair(const char *const pattern[2])
{
    for (int lang = LANG_ZH; lang <= LANG_EN; lang++) {
        Str text = str_of(pattern[lang]);
        CHECK_INT(utf8_bad_at(text), text.n);
        CHECK(!str_ends(text, S(".")) && !str_ends(text, S("。")));
    }
    CHECK((pattern[LANG_ZH][0] == '\0') == (pattern[LANG_EN][0] == '\0'));
    unsigned zh = arguments_of(pattern[LANG_ZH]), en = arguments_of(pattern[LANG_EN]);
    CHECK(zh != UINT_MAX && en != UINT_MAX);
    if (zh != en && (zh & ENGLISH_WORD) == 0 && (en & ENGLISH_WORD) != 0)
        CHECK_INT(__builtin_popcount(zh), __builtin_popcount(en));
    else
        CHECK_INT(zh, en);
}

TEST(diag_list_is_complete)
{
    for (int code = 0; code < DIAG_CODE_N; code++) {
        const struct diag_info *info = diag_info((enum diag_code)code);
        CHECK(strlen(info->mnemonic) >= 3 && strchr(info->mnemonic, '_') == NULL);
        CHECK(info->sev == SEV_ERROR || info->sev == SEV_WARN || info->sev == SEV_NOTE);
        CHECK(info->text[LANG_ZH][0] != '\0');
        check_pair(info->text);
        check_pair(info->fix);
        for (int other = 0; other < code; other++)
            CHECK(strcmp(info->mnemonic, diag_info((enum diag_code)other)->mnemonic) != 0);
    }
}

TEST(diag_add_gives_the_verdict)
{
    arena = arena_open();
    struct diags ds;
    diags_init(&ds, arena);
    char word[] = "甲";
    CHECK(diag_add(&ds, DIAG_USCC_CHECK, (Span){1, 4}, str_of(word), NO_ARG, S("c")) == ERR_INPUT);
    word[0] = 'x'; /* arguments are copies */
    CHECK(diag_add(&ds, DIAG_USCC_ORG, (Span){4, 4}, NO_ARG, NO_ARG, NO_ARG) == OK);
    CHECK(ds.n == 2 && ds.error_n == 1 && ds.dropped == 0);
    CHECK_STR(ds.at[0].arg[0], "甲");
    CHECK(ds.at[0].arg[1].p == NULL);
    CHECK_STR(ds.at[0].arg[2], "c");
    CHECK(ds.at[1].code == DIAG_USCC_ORG && ds.at[1].span.beg == 4);
    diag_note(&ds, (Span){7, 9});
    CHECK(ds.at[1].has_note && ds.at[1].note_span.beg == 7 && !ds.at[0].has_note);
    CHECK(diag_add(NULL, DIAG_USCC_CHECK, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG) == ERR_INPUT);
    CHECK(diag_add(NULL, DIAG_USCC_ORG, (Span){0, 0}, NO_ARG, NO_ARG, NO_ARG) == OK);
    diag_note(NULL, (Span){0, 0});
    arena_close(arena);
}

TEST(diags_count_what_they_drop)
{
    arena = arena_open();
    struct diags ds;
    diags_init(&ds, arena);
    diag_note(&ds, (Span){0, 1}); /* nothing to add it to */
    for (uint32_t i = 0; i < DIAGS_MAX + 5; i++) {
        CHECK(diag_add(&ds, DIAG_ENC_BAD, (Span){i, i}, S("1"), NO_ARG, NO_ARG) == ERR_INPUT);
        diag_note(&ds, (Span){i, i});
    }
    CHECK(ds.n == DIAGS_MAX && ds.dropped == 5 && ds.error_n == DIAGS_MAX + 5);
    CHECK(ds.at[DIAGS_MAX - 1].note_span.beg == DIAGS_MAX - 1); /* not that of a dropped one */
    arena_close(arena);
}

TEST(diag_text_fills_in_arguments)
{
    arena = arena_open();
    struct buf b;
    struct diag d = {.code = DIAG_USCC_CHECK, .arg = {S("A"), S("{0}"), NO_ARG}};
    buf_init(&b, arena, BUF_MAX);
    diag_text(&b, &d, LANG_ZH);
    CHECK_STR(buf_str(&b), "统一社会信用代码校验不符: 按前 17 位推算, "
                           "末位应为“A”, 这里是“{0}”");
    buf_init(&b, arena, BUF_MAX);
    diag_text(&b, &d, LANG_EN);
    CHECK_STR(buf_str(&b),
              "the identifier fails its check: the 17 before it call for “A”, not “{0}”");
    arena_close(arena);
}

TEST(diag_text_leaves_out_what_goes_with_an_empty_argument)
{
    arena = arena_open();
    struct buf b;
    struct diag d = {.code = DIAG_FUNC_UNKNOWN, .arg = {S("f"), S("g"), NO_ARG}};
    buf_init(&b, arena, BUF_MAX);
    diag_text(&b, &d, LANG_EN);
    CHECK_STR(buf_str(&b), "there is no function “f”; the nearest: g");
    d.arg[1] = S("");
    buf_init(&b, arena, BUF_MAX);
    diag_text(&b, &d, LANG_EN);
    CHECK_STR(buf_str(&b), "there is no function “f”");
    arena_close(arena);
}

/* What is about all of a file has no place in it; a note to what was said before shows no line. */
TEST(diag_of_a_whole_file_shows_no_line)
{
    arena = arena_open();
    struct diag all = {.code = DIAG_DATA_ABSENT}, note = {.code = DIAG_DATA_CELL, .span = {1, 1}};
    Str out = rendered(&all, S("ab"), LANG_EN);
    CHECK(str_find(out, S("1 | ab")) == out.n && str_find(out, S(":1:1")) == out.n);
    out = rendered(&note, S("ab"), LANG_EN);
    CHECK(str_find(out, S("1 | ab")) == out.n && str_find(out, S(":1:2")) < out.n);
    arena_close(arena);
}

/* A code without a fix has no line, and no member, for one. */
TEST(diag_may_have_no_fix)
{
    arena = arena_open();
    int code = 0;
    while (code < DIAG_CODE_N && diag_info((enum diag_code)code)->fix[LANG_EN][0] != '\0')
        code++;
    if (code == DIAG_CODE_N)
        SKIP("every code has a fix now");
    struct diag d = {.code = (enum diag_code)code, .span = {0, 1}};
    Str out = rendered(&d, S("ab"), LANG_EN);
    CHECK(str_ends(out, S("    1 | ab\n      | ^\n")));
    struct buf b;
    struct json j;
    buf_init(&b, arena, BUF_MAX);
    json_open(&j, &b, false);
    diag_json(&j, &d, S("f"), S("ab"), LANG_EN);
    CHECK(str_find(buf_str(&b), S("\"fix\"")) == b.n &&
          str_find(buf_str(&b), S("\"note\":")) == b.n);
    arena_close(arena);
}

TEST(diag_renders_position_line_and_caret)
{
    arena = arena_open();
    Str text = S("# 企业\n| 代码 | 91350100M000100Y44 |\nend");
    struct diag d = {.code = DIAG_USCC_CHECK, .span = {37, 38}, .arg = {S("3"), S("4"), NO_ARG}};
    CHECK_STR(str_sub(text, 20, 38), "91350100M000100Y44");
    CHECK_STR(rendered(&d, text, LANG_ZH),
              "f.md:2:27: 错误 USCC-CHECK: "
              "统一社会信用代码校验不符: 按前 17 位推算, 末位应为“3”, 这里是“4”\n"
              "    2 | | 代码 | 91350100M000100Y44 |\n"
              "      |                           ^\n"
              "      = 建议: 对照营业执照逐位核对, 多半是抄错一位或相邻两位颠倒\n");
    d = (struct diag){.code = DIAG_USCC_ORG,
                      .span = {11, 17},
                      .arg = {S("x"), S("y"), NO_ARG},
                      .has_note = true,
                      .note_span = {2, 8}};
    CHECK_STR(rendered(&d, text, LANG_EN),
              "f.md:2:3: warning USCC-ORG: "
              "the organisation code “x” inside fails its own check, which calls for “y”\n"
              "    2 | | 代码 | 91350100M000100Y44 |\n"
              "      |   ^~~~\n"
              "      = see: f.md:1:3\n"
              "    1 | # 企业\n"
              "      |   ^~~~\n"
              "      = help: it may be used, but confirm the identifier with the registrar\n");
    arena_close(arena);
}

TEST(diag_renders_chinese_notes)
{
    arena = arena_open();
    struct diag d = {.code = DIAG_USCC_ORG, .span = {0, 1}, .has_note = true, .note_span = {2, 3}};
    Str out = rendered(&d, S("a\nb"), LANG_ZH);
    CHECK(str_find(out, S(": 警告 USCC-ORG: ")) < out.n);
    CHECK(str_find(out, S("      = 另见: f.md:2:1\n    2 | b\n      | ^\n")) < out.n);
    arena_close(arena);
}

/* Spans of nothing, at the end, over several lines, past the end; CR, tabs and controls. */
TEST(diag_renders_odd_spans)
{
    static const struct {
        const char *text;
        Span span;
        const char *place, *source;
    } row[] = {
        {"", {0, 0}, "f.md:1:1:", "    1 | \n      | ^\n"},
        {"ab", {2, 2}, "f.md:1:3:", "    1 | ab\n      |   ^\n"},
        {"ab", {9, 12}, "f.md:1:3:", "    1 | ab\n      |   ^\n"},
        {"ab\n", {3, 3}, "f.md:2:1:", "    2 | \n      | ^\n"},
        {"ab\ncd\n", {1, 5}, "f.md:1:2:", "    1 | ab\n      |  ^\n"},
        {"abc\nd", {1, 5}, "f.md:1:2:", "    1 | abc\n      |  ^~\n"},
        {"ab\r\ncd", {0, 4}, "f.md:1:1:", "    1 | ab\n      | ^~\n"},
        {"ab\r\ncd", {3, 4}, "f.md:1:4:", "    1 | ab\n      |   ^\n"},
        {"\ta", {1, 2}, "f.md:1:5:", "    1 |     a\n      |     ^\n"},
        {"\x01\xFF\x7F!", {3, 4}, "f.md:1:4:", "    1 | ���!\n      |    ^\n"},
        {"\xEF\xBF\xBD!", {3, 4}, "f.md:1:2:", "    1 | \xEF\xBF\xBD!\n      |  ^\n"},
        {"e\u0301!", {3, 4}, "f.md:1:2:", "    1 | e\u0301!\n      |  ^\n"},
    };
    arena = arena_open();
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        struct diag d = {.code = DIAG_ENC_BAD, .span = row[i].span, .arg = {S("1")}};
        Str out = rendered(&d, str_of(row[i].text), LANG_EN);
        CHECK(str_starts(out, str_of(row[i].place)));
        Str rest = out;
        (void)str_cut(&rest, '\n');
        rest.n = str_find(rest, S("      = help"));
        CHECK_STR(rest, row[i].source);
    }
    arena_close(arena);
}

/* A line wider than the screen is cut on both sides of the mark, and the caret stays under it. */
TEST(diag_cuts_long_lines_around_the_caret)
{
    arena = arena_open();
    char text[3 * 300 + 1];
    for (size_t i = 0; i < 300; i++)
        memcpy(text + 3 * i, i == 150 ? "错" : "长", 4);
    struct diag d = {.code = DIAG_ENC_BAD, .span = {450, 453}, .arg = {S("1")}};
    Str out = rendered(&d, str_of(text), LANG_EN);
    (void)str_cut(&out, '\n');
    Str line = str_cut(&out, '\n'), caret = str_cut(&out, '\n');
    CHECK(str_starts(line, S("    1 | …长")) && str_ends(line, S("长…")));
    CHECK(utf8_width(line) <= 100 && utf8_width(line) > 90);
    size_t mark = str_find(line, S("错"));
    CHECK(mark < line.n && str_ends(caret, S(" ^~")));
    CHECK_INT(utf8_width(str_sub(line, 0, mark)), caret.n - 2);
    d.span = (Span){0, 900}; /* a mark wider than the screen */
    out = rendered(&d, str_of(text), LANG_EN);
    (void)str_cut(&out, '\n');
    line = str_cut(&out, '\n');
    caret = str_cut(&out, '\n');
    CHECK(str_starts(line, S("    1 | 长")) && str_ends(line, S("长…")));
    CHECK_INT(utf8_width(line) - 1, caret.n);
    d.span = (Span){897, 900};
    out = rendered(&d, str_of(text), LANG_EN);
    (void)str_cut(&out, '\n');
    line = str_cut(&out, '\n');
    CHECK(str_starts(line, S("    1 | …长")) && str_ends(line, S("长")));
    arena_close(arena);
}

TEST(diag_counts_lines_and_columns)
{
    size_t line, col;
    Str text = S("甲a\n\nb\t张");
    static const struct {
        size_t at, line, col;
    } row[] = {{0, 1, 1}, {3, 1, 3}, {4, 1, 4},  {5, 2, 1}, {6, 3, 1},
               {7, 3, 2}, {8, 3, 6}, {11, 3, 8}, {99, 3, 8}};
    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        diag_line_col(text, row[i].at, &line, &col);
        CHECK_INT(line, row[i].line);
        CHECK_INT(col, row[i].col);
    }
    diag_line_col((Str){NULL, 0}, 0, &line, &col);
    CHECK(line == 1 && col == 1);
}

TEST(diag_writes_json)
{
    arena = arena_open();
    struct buf b;
    struct json j;
    struct diag d = {.code = DIAG_REGION_SHAPE,
                     .span = {4, 6},
                     .arg = {S("3\"")},
                     .has_note = true,
                     .note_span = {0, 1}};
    buf_init(&b, arena, BUF_MAX);
    json_open(&j, &b, false);
    diag_json(&j, &d, S("f.csv"), S("甲\n3\"\n"), LANG_EN);
    CHECK_STR(
        buf_str(&b),
        "{\"code\":\"REGION-SHAPE\",\"severity\":\"error\",\"file\":\"f.csv\",\"line\":2,\"col\":1,"
        "\"beg\":4,\"end\":6,\"message\":\"region code “3\\\"” should be 2, 4, 6, 9 or 12 "
        "digits\",\"fix\":\"a county has 6 digits, such as 320582; a town has 9, such as "
        "320582100\",\"note\":{\"line\":1,\"col\":1,\"beg\":0,\"end\":1}}");
    arena_close(arena);
}

TEST(diags_sort_is_stable)
{
    arena = arena_open();
    struct diags ds;
    diags_init(&ds, arena);
    diags_sort(&ds);
    for (uint32_t i = 0; i < 150; i++) {
        char order[2] = {(char)('a' + i / 10), (char)('a' + i % 10)};
        uint32_t at = (i * 7 + 5) % 13;
        (void)diag_add(&ds, i % 2 ? DIAG_ENC_BAD : DIAG_USCC_ORG, (Span){at, at + 200 - i},
                       (Str){order, 2}, NO_ARG, NO_ARG); /* the verdict is not the point here */
    }
    diags_sort(&ds);
    for (size_t i = 1; i < ds.n; i++) {
        const struct diag *x = &ds.at[i - 1], *y = &ds.at[i];
        CHECK(x->span.beg < y->span.beg ||
              (x->span.beg == y->span.beg && str_cmp(x->arg[0], y->arg[0]) < 0));
    }
    arena_close(arena);
}

static void no_such_code(void *unused)
{
    (void)unused;
    (void)diag_info(DIAG_CODE_N);
}

static void backwards(void *unused)
{
    (void)unused;
    (void)diag_add(NULL, DIAG_ENC_BAD, (Span){2, 1}, NO_ARG, NO_ARG, NO_ARG);
}

TEST(diag_stops_on_our_own_mistakes)
{
    CHECK(t_dies(no_such_code, NULL));
    CHECK(t_dies(backwards, NULL));
}
