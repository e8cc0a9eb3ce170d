#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "base/utf8.h"
#include "field/uscc.h"
#include "t.h"

static const char good[] = "91350100M000100Y43"; /* the example printed with the standard */
static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRTUWXY";

static enum status verdict(const char *text)
{
    Uscc id;
    return uscc_parse(&id, str_of(text), 0, NULL);
}

/* Parses text that must be wrong; true if the one diagnostic is `code` over [beg, end), counted
 * from where the text stands in its source. */
static bool blames(Str text, enum diag_code code, uint32_t beg, uint32_t end)
{
    enum { AT = 1000 };
    struct arena *a = arena_open();
    struct diags ds;
    Uscc id;
    diags_init(&ds, a);
    bool right = uscc_parse(&id, text, AT, &ds) == ERR_INPUT && ds.n == 1 &&
                 ds.at[0].code == code && ds.at[0].span.beg == AT + beg &&
                 ds.at[0].span.end == AT + end && uscc_parse(&id, text, 0, NULL) == ERR_INPUT;
    arena_close(a);
    return right;
}

TEST(uscc_reads_good_identifiers)
{
    /* public identifiers of enterprises, and the example of GB 32100-2015 */
    static const char *const real[] = {
        "914403001922038216", "91330100799655058B", "9144030071526726XG", "91110000802100433B",
        "91110108551385082Q", "91440300708461136T", "91320582704068740Y", "91320582565255473X",
        "91320582MA1W9P5P17", "9144030027939873X7", "91440300192317458F", "91440400192548256N",
        "9152000071430580XT", "91350100M000100Y43"};
    for (size_t i = 0; i < ARRAY_N(real); i++) {
        Uscc id;
        CHECK(uscc_parse(&id, str_of(real[i]), 0, NULL) == OK);
        CHECK(memcmp(id.ch, real[i], USCC_LEN) == 0 && uscc_org_code_ok(&id));
    }
}

TEST(uscc_refuses_identifiers_seen_in_mock_data)
{
    static const char *const mock[] = {"91110108717809965C", "9133010057462616XH",
                                       "914403001922038217", "9144030019220382I6",
                                       "913205827878989",    "91320582134789270Y"};
    for (size_t i = 0; i < ARRAY_N(mock); i++)
        CHECK(verdict(mock[i]) == ERR_INPUT);
}

TEST(uscc_folds_what_people_type)
{
    static const char *const same[] = {"91350100m000100y43",
                                       "  91350100M000100Y43\t",
                                       "　91350100M000100Y43　",
                                       "９１３５０１００Ｍ０００１００Ｙ４３",
                                       "９１３５０１００ｍ０００１００ｙ４３",
                                       "91350100M000100Y4３"};
    for (size_t i = 0; i < ARRAY_N(same); i++) {
        Uscc id;
        CHECK(uscc_parse(&id, str_of(same[i]), 0, NULL) == OK);
        CHECK(memcmp(id.ch, good, USCC_LEN) == 0);
    }
}

TEST(uscc_folds_every_letter)
{
    for (int c = 'A'; c <= 'Z'; c++) {
        char upper[] = "91350100M000100Y4?", lower[] = "91350100M000100Y4?";
        upper[9] = (char)c;
        lower[9] = (char)(c - 'A' + 'a');
        if (strchr(alphabet, c) != NULL)
            upper[17] = lower[17] = uscc_check_char(upper);
        CHECK(verdict(upper) == (strchr(alphabet, c) != NULL ? OK : ERR_INPUT));
        CHECK(verdict(lower) == verdict(upper));
    }
}

TEST(uscc_has_parts)
{
    Uscc id;
    CHECK(uscc_parse(&id, S("91350100m000100y43"), 0, NULL) == OK);
    CHECK_STR(uscc_region(&id), "350100");
    CHECK_STR(uscc_org_code(&id), "M000100Y4");
}

TEST(uscc_points_at_what_is_wrong)
{
    CHECK(blames(S(""), DIAG_USCC_LENGTH, 0, 0));
    CHECK(blames(S("  "), DIAG_USCC_LENGTH, 0, 0));
    CHECK(blames(S("91350100M000100Y4"), DIAG_USCC_LENGTH, 0, 17));
    CHECK(blames(S(" 91350100M000100Y433 "), DIAG_USCC_LENGTH, 1, 20));
    CHECK(blames(S("91350100 M000100Y43"), DIAG_USCC_LENGTH, 0, 19));
    CHECK(blames(S("91350100I000100Y43"), DIAG_USCC_CHAR, 8, 9));
    CHECK(blames(S("9~350100M000100Y43"), DIAG_USCC_CHAR, 1, 2));
    CHECK(blames(S("91350100M0\x00"
                   "0100Y43"),
                 DIAG_USCC_CHAR, 10, 11));
    CHECK(blames(S("91350100M00\xFF"
                   "100Y43"),
                 DIAG_USCC_CHAR, 11, 12));
    CHECK(blames(S("　９１350100I000100Y43"), DIAG_USCC_CHAR, 15, 16));
    CHECK(blames(S("91350100Ｉ000100Y43"), DIAG_USCC_CHAR, 8, 11));
    CHECK(blames(S("91350100M000100Y4甲"), DIAG_USCC_CHAR, 17, 20));
    CHECK(blames(S("91A50100M000100Y43"), DIAG_USCC_REGION, 2, 3));
    CHECK(blames(S("9135010AM000100Y43"), DIAG_USCC_REGION, 7, 8));
    CHECK(blames(S("91350100M000100Y44"), DIAG_USCC_CHECK, 17, 18));
    CHECK(blames(S("９1350100M000100Y4４"), DIAG_USCC_CHECK, 19, 22));
}

TEST(uscc_says_what_is_wrong)
{
    struct arena *a = arena_open();
    struct diags ds;
    Uscc id;
    char longer[120];
    diags_init(&ds, a);
    memset(longer, '9', sizeof longer);
    CHECK(uscc_parse(&id, S("913205827878989"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[0].arg[0], "15");
    CHECK(uscc_parse(&id, S("9"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[1].arg[0], "1");
    CHECK(uscc_parse(&id, (Str){longer, sizeof longer}, 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[2].arg[0], "99+");
    CHECK(uscc_parse(&id, S("91350100M000100o43"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[3].arg[0], "16");
    CHECK_STR(ds.at[3].arg[1], "o");
    CHECK(uscc_parse(&id, S("9135010AM000100Y43"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[4].arg[0], "8");
    CHECK(uscc_parse(&id, S("91350100M000100Y4A"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[5].arg[0], "3");
    CHECK_STR(ds.at[5].arg[1], "A");
    CHECK(uscc_parse(&id, (Str){longer, 10}, 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[6].arg[0], "10");
    CHECK(uscc_parse(&id, (Str){longer, 99}, 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[7].arg[0], "99");
    arena_close(a);
}

TEST(uscc_leaves_output_alone_on_error)
{
    Uscc id, before;
    memset(&id, 'x', sizeof id);
    before = id;
    CHECK(uscc_parse(&id, S("91350100M000100Y44"), 0, NULL) == ERR_INPUT);
    CHECK(memcmp(&id, &before, sizeof id) == 0);
}

/* Every remainder of GB 11714 selects exactly one check character: 11 - r, with 10 written X. */
TEST(uscc_checks_the_organisation_code_inside)
{
    for (int last = 0; last <= 10; last++) {
        int r = last * 2 % 11;
        for (int check = 0; check <= 10; check++) {
            Uscc id = {"9135010000000000X0"};
            id.ch[15] = alphabet[last];
            id.ch[16] = check == 10 ? 'X' : alphabet[check];
            CHECK(uscc_org_code_ok(&id) == (check == (11 - r) % 11));
        }
    }
    CHECK_INT(uscc_org_check_char("D2143569"), 'X'); /* the example of GB 11714-1997 */
}

TEST(uscc_warns_of_the_organisation_code)
{
    struct arena *a = arena_open();
    struct diags ds;
    Uscc id;
    diags_init(&ds, a);
    CHECK(uscc_parse(&id, str_of(good), 0, &ds) == OK);
    uscc_warn_org_code(&id, (Span){3, 21}, &ds);
    CHECK_INT(ds.n, 0);
    id.ch[16] = '5';
    uscc_warn_org_code(&id, (Span){3, 21}, &ds);
    CHECK(ds.n == 1 && ds.error_n == 0 && ds.at[0].code == DIAG_USCC_ORG);
    CHECK(ds.at[0].span.beg == 3 && ds.at[0].span.end == 21);
    CHECK_STR(ds.at[0].arg[0], "M000100Y5");
    CHECK_STR(ds.at[0].arg[1], "4");
    uscc_warn_org_code(&id, (Span){3, 21}, NULL);
    arena_close(a);
}

/* Property: the check character rejects every single wrong character and every adjacent swap. */
TEST(uscc_catches_every_slip_of_the_pen)
{
    for (size_t i = 0; i < USCC_LEN; i++) {
        for (const char *c = alphabet; *c != '\0'; c++) {
            char text[USCC_LEN + 1];
            memcpy(text, good, sizeof text);
            text[i] = *c;
            CHECK((verdict(text) == OK) == (*c == good[i]));
        }
        char swapped[USCC_LEN + 1];
        memcpy(swapped, good, sizeof swapped);
        if (i + 1 < USCC_LEN && swapped[i] != swapped[i + 1]) {
            swapped[i] = good[i + 1];
            swapped[i + 1] = good[i];
            CHECK(verdict(swapped) == ERR_INPUT);
        }
    }
}

static void outside_the_alphabet(void *unused)
{
    (void)unused;
    (void)uscc_check_char("91350100I000100Y4");
}

TEST(uscc_check_char_stops_outside_the_alphabet)
{
    CHECK(t_dies(outside_the_alphabet, NULL));
}

/* "check-digit-should-be-K;org-code-check-should-be-7": the character behind `key`, or 0. */
static char wanted(Str text, Str key)
{
    size_t at = str_find(text, key);
    return at + key.n < text.n ? text.p[at + key.n] : '\0';
}

static void check_case(struct arena *a, Str code, Str expected)
{
    struct diags ds;
    Uscc id;
    diags_init(&ds, a);
    enum status st = uscc_parse(&id, code, 0, &ds);
    char check = wanted(expected, S("check-digit-should-be-"));
    char org = wanted(expected, S("org-code-check-should-be-"));
    if (str_eq(expected, S("ok"))) {
        CHECK(st == OK && uscc_org_code_ok(&id));
        return;
    }
    if (str_eq(expected, S("bad-format"))) { /* lower case, which reading folds */
        CHECK(st == OK);
        return;
    }
    CHECK(st == ERR_INPUT && ds.n == 1 && ds.at[0].code == DIAG_USCC_CHECK);
    CHECK(ds.at[0].arg[0].n == 1 && ds.at[0].arg[0].p[0] == check);
    memcpy(id.ch, code.p, USCC_LEN);
    uscc_warn_org_code(&id, (Span){0, USCC_LEN}, &ds);
    CHECK_INT(ds.n, org != '\0' ? 2 : 1);
    if (org != '\0')
        CHECK(ds.at[1].arg[1].p[0] == org);
}

/* Identifiers found in public, with verdicts computed elsewhere. */
TEST(uscc_agrees_with_collected_cases)
{
    const char *path = t_data("uscc-cases/uscc_cases.csv");
    if (path == NULL)
        SKIP("no uscc-cases/uscc_cases.csv");
    size_t n;
    char *file = t_read(path, &n);
    struct arena *a = arena_open();
    struct csv c;
    int rows = 0;
    csv_open(&c, a, (Str){file, n});
    CHECK(csv_next(&c, NULL) == OK && c.cell_n == 4);
    while (csv_next(&c, NULL) == OK && c.cell_n == 4) {
        check_case(a, c.cell[1].text, c.cell[3].text);
        rows++;
    }
    CHECK_INT(rows, 94);
    arena_close(a);
    t_release(file);
}
