#include <string.h>

#include "base/arena.h"
#include "base/csv.h"
#include "base/diag.h"
#include "base/str.h"
#include "field/code.h"
#include "t.h"

typedef enum status Check(Str code, uint32_t at, struct diags *ds);

static bool blames(Check *check, const char *code, enum diag_code want, uint32_t beg, uint32_t end)
{
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    bool right = check(str_of(code), 50, &ds) == ERR_INPUT && ds.n == 1 && ds.at[0].code == want &&
                 ds.at[0].span.beg == 50 + beg && ds.at[0].span.end == 50 + end &&
                 check(str_of(code), 0, NULL) == ERR_INPUT;
    arena_close(a);
    return right;
}

TEST(region_takes_five_lengths_and_34_provinces)
{
    static const char *const good[] = {"32",     "3205",   "320582", "320582001", "320582001001",
                                       "110000", "710000", "81",     "820000"};
    for (size_t i = 0; i < ARRAY_N(good); i++)
        CHECK(region_check(str_of(good[i]), 0, NULL) == OK);
    int provinces = 0;
    for (int i = 0; i < 100; i++) {
        char two[2] = {(char)('0' + i / 10), (char)('0' + i % 10)};
        provinces += region_check((Str){two, sizeof two}, 0, NULL) == OK;
    }
    CHECK_INT(provinces, 34);
}

TEST(region_blames)
{
    static const char *const odd[] = {"",           "3",      "320",           "32058", "3205820",
                                      "3205820010", "32058A", "3205820010011", "３２",  "3 ",
                                      "-1",         "32058/", "32058:"};
    for (size_t i = 0; i < ARRAY_N(odd); i++)
        CHECK(blames(region_check, odd[i], DIAG_REGION_SHAPE, 0, (uint32_t)strlen(odd[i])));
    CHECK(blames(region_check, "160000", DIAG_REGION_PROVINCE, 0, 2));
    CHECK(blames(region_check, "00", DIAG_REGION_PROVINCE, 0, 2));
    CHECK(blames(region_check, "100000", DIAG_REGION_PROVINCE, 0, 2)); /* the whole country */
    CHECK(blames(region_check, "13", DIAG_REGION_PROVINCE, 0, 2) == false);
}

TEST(region_lies_within)
{
    static const struct {
        const char *code, *ancestor;
        bool within;
    } row[] = {
        {"320582001", "320582", true},
        {"320582001001", "320582", true},
        {"320582", "320582", true},
        {"320582001", "320582001", true},
        {"320582001001", "320582001", true},
        {"320582001001", "320582001001", true},
        {"320582001", "320582001001", false},
        {"320582", "320582001", false},
        {"320583", "320582", false},
        {"320582100", "320582001", false},
        {"320582001002", "320582001001", false},
        {"320582001", "3205", false}, /* a city is nobody's county */
        {"320582001", "320582000", false},
        {"锦丰镇", "锦丰镇", true},
        {"锦丰镇东", "锦丰镇", false}, /* nine bytes, and no code */
        {"", "", false},
        {"320582", "", false},
    };
    for (size_t i = 0; i < ARRAY_N(row); i++)
        CHECK(region_within(str_of(row[i].code), str_of(row[i].ancestor)) == row[i].within);
}

TEST(industry_takes_letters_and_digits)
{
    static const char *const good[] = {"A",    "T",     "C",  "39", "397", "3972", "C39",
                                       "C397", "C3972", "01", "97", "T97", "A01",  "S9600"};
    for (size_t i = 0; i < ARRAY_N(good); i++)
        CHECK(industry_check(str_of(good[i]), 0, NULL) == OK);
}

TEST(industry_blames)
{
    static const char *const odd[] = {"",     "U",   "c",   "3",     "C3",    "39721", "C39721",
                                      "00",   "98",  "99",  "C00",   "c3972", "3972C", "CC39",
                                      "Ｃ39", "39 ", "U39", "C397A", "@",     "3.9"};
    for (size_t i = 0; i < ARRAY_N(odd); i++)
        CHECK(blames(industry_check, odd[i], DIAG_INDUSTRY_SHAPE, 0, (uint32_t)strlen(odd[i])));
    CHECK(blames(industry_check, "B3972", DIAG_INDUSTRY_SECTION, 0, 1));
    CHECK(blames(industry_check, "T01", DIAG_INDUSTRY_SECTION, 0, 1));
    struct arena *a = arena_open();
    struct diags ds;
    diags_init(&ds, a);
    CHECK(industry_check(S("B3972"), 0, &ds) == ERR_INPUT);
    CHECK_STR(ds.at[0].arg[0], "B3972");
    CHECK_STR(ds.at[0].arg[1], "C");
    arena_close(a);
}

/* Sections by their first and last division, as printed in GB/T 4754-2017. */
TEST(industry_sections_are_those_of_the_standard)
{
    static const struct {
        char letter;
        int first, last;
    } section[] = {{'A', 1, 5},   {'B', 6, 12},  {'C', 13, 43}, {'D', 44, 46}, {'E', 47, 50},
                   {'F', 51, 52}, {'G', 53, 60}, {'H', 61, 62}, {'I', 63, 65}, {'J', 66, 69},
                   {'K', 70, 70}, {'L', 71, 72}, {'M', 73, 75}, {'N', 76, 79}, {'O', 80, 82},
                   {'P', 83, 83}, {'Q', 84, 85}, {'R', 86, 90}, {'S', 91, 96}, {'T', 97, 97}};
    int next = 1;
    for (size_t i = 0; i < ARRAY_N(section); i++) {
        CHECK_INT(section[i].first, next);
        for (int d = section[i].first; d <= section[i].last; d++)
            CHECK_INT(industry_section(d), section[i].letter);
        next = section[i].last + 1;
    }
    CHECK_INT(next, 98);
    CHECK_INT(industry_section(0), 0);
    CHECK_INT(industry_section(98), 0);
    CHECK_INT(industry_section(-1), 0);
}

/* Calls `each` for the rows of a CSV file of outside data; how many there were, 0 if absent. */
static int each_row(const char *name, void (*each)(const struct csv *c))
{
    const char *path = t_data(name);
    if (path == NULL)
        return 0;
    size_t n;
    char *file = t_read(path, &n);
    struct arena *a = arena_open();
    struct csv c;
    int rows = 0;
    csv_open(&c, a, (Str){file, n});
    CHECK(csv_next(&c, NULL) == OK);
    for (; csv_next(&c, NULL) == OK && c.cell_n > 0; rows++)
        each(&c);
    arena_close(a);
    t_release(file);
    return rows;
}

/* level, class1 (the letter), class2, class3, class4 */
static void check_industry(const struct csv *c)
{
    Str letter = c->cell[1].text, code = letter;
    for (size_t i = 2; i < 5; i++)
        if (c->cell[i].text.n > 0)
            code = c->cell[i].text;
    CHECK(industry_check(code, 0, NULL) == OK);
    if (code.n > 1)
        CHECK(industry_section((code.p[0] - '0') * 10 + code.p[1] - '0') == letter.p[0]);
}

TEST(industry_agrees_with_the_published_table)
{
    int rows = each_row("gbt4754-2017/gbt4754_2017.csv", check_industry);
    if (rows == 0)
        SKIP("no gbt4754-2017/gbt4754_2017.csv");
    CHECK_INT(rows, 1772);
}

static void check_region(const struct csv *c)
{
    CHECK(region_check(c->cell[0].text, 0, NULL) == OK);
    if (c->cell[2].text.n >= 6) /* a county or a town */
        CHECK(region_within(c->cell[0].text, c->cell[2].text));
}

TEST(region_agrees_with_the_published_table)
{
    int rows = each_row("china-divisions/areas.csv", check_region);
    if (rows == 0)
        SKIP("no china-divisions/areas.csv");
    CHECK(rows > 2900);
    CHECK(each_row("china-divisions/cities.csv", check_region) > 300);
}
