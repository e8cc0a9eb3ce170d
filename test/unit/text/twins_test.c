/* twins_test.c - 200 planted pairs among thousands of firms: all are found, and little else. */
#include "test/t.h"

#include <stdio.h>
#include <string.h>
#include <zlib.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"
#include "field/uscc.h"
#include "text/twins.h"

enum { FIRMS = 4000, PLANTED = 200, FORMS = 8 };

static struct arena *a;

/* The i-th code of Zhangjiagang, with both check characters. */
static Str code_of(uint32_t i)
{
    char c[USCC_LEN + 1];
    (void)snprintf(c, sizeof c, "91320582%08u00", i * 7919 % 100000000);
    c[16] = uscc_org_check_char(c + 8);
    c[17] = uscc_check_char(c);
    return arena_copy(a, (Str){c, USCC_LEN});
}

static Str with_other_rune(Str s)
{
    size_t len;
    (void)utf8_at(s, 0, &len);
    return arena_fmt(a, "甪%.*s", (int)(s.n - len), s.p + len);
}

/* A second entry of the firm, written in one of FORMS ways; `why` is what should be found. */
static struct twin_subject twin_of(const struct twin_subject *s, Str brand, int form,
                                   enum twin_why *why)
{
    struct twin_subject t = {code_of(900000 + (uint32_t)form), s->name, S(""), s->locality};
    static uint32_t g_next = 1000000;
    t.identity = code_of(g_next++);
    *why = TWIN_NAME;
    switch (form) {
    case 0: t.name = arena_fmt(a, "張家港市%.*s機械有限公司", (int)brand.n, brand.p); break;
    case 1: t.name = arena_fmt(a, "%.*s机械有限责任公司", (int)brand.n, brand.p); break;
    case 2:
        t.name = arena_fmt(a, "江苏　%.*s机械 有限公司", (int)brand.n, brand.p), *why = TWIN_PLACE;
        break;
    case 3: t.name = S("鸿远贸易有限公司"), t.former = s->name, *why = TWIN_FORMER; break;
    case 4: t.identity = str_sub(s->identity, 8, 17), *why = TWIN_CODE; break;
    case 5: t.identity = arena_fmt(a, "320582%.*s", 9, s->identity.p + 8), *why = TWIN_CODE; break;
    case 6:
        t.name = arena_fmt(a, "张家港%.*s机械股份有限公司", (int)brand.n, brand.p),
        *why = TWIN_FORM;
        break;
    default:
        t.name = arena_fmt(a, "张家港市%.*s机械有限公司", (int)with_other_rune(brand).n,
                           with_other_rune(brand).p);
        *why = TWIN_NEAR;
    }
    return t;
}

/* Brands of the corpus: three or four characters, all Chinese, each once. */
static uint32_t read_brands(Str *brand, uint32_t max)
{
    char line[256];
    uint32_t n = 0, seen = 0;
    const char *path = t_data("company-short-names/company_short_form_267k.txt.gz");
    if (path == NULL) {
        arena_close(a);
        SKIP("company-short-names is not here");
    }
    gzFile in = gzopen(path, "rb");
    CHECK(in != NULL);
    while (n < max && gzgets(in, line, sizeof line) != NULL) {
        Str s = str_trim(str_of(line));
        if (seen++ % 17 == 7 && s.n >= 9 && s.n <= 12 && utf8_count(s) * 3 == s.n)
            brand[n++] = arena_copy(a, s);
    }
    gzclose(in);
    return n;
}

static bool is_found(const struct twins *t, uint32_t x, uint32_t y, enum twin_why why)
{
    for (size_t i = 0; i < t->n; i++)
        if (t->at[i].a == x && t->at[i].b == y)
            return t->at[i].why == why;
    return false;
}

TEST(twins_finds_200_planted_pairs)
{
    static Str brand[FIRMS];
    static struct twin_subject s[FIRMS + PLANTED];
    static enum twin_why why[PLANTED];
    struct places p;
    struct twins t;
    a = arena_open();
    places_read(a, &p, S("江苏省苏州市张家港市"));
    uint32_t n = read_brands(brand, FIRMS), found = 0, sure = 0;
    CHECK(n > 3000);
    for (uint32_t i = 0; i < n; i++)
        s[i] = (struct twin_subject){
            code_of(i + 1), arena_fmt(a, "张家港市%.*s机械有限公司", (int)brand[i].n, brand[i].p),
            S(""), S("320582100")};
    for (uint32_t i = 0; i < PLANTED; i++)
        s[n + i] = twin_of(&s[i * 7], brand[i * 7], (int)(i % FORMS), &why[i]);
    twins_find(a, &t, &p, s, n + PLANTED);
    for (uint32_t i = 0; i < PLANTED; i++)
        found += is_found(&t, i * 7, n + i, why[i]);
    CHECK_INT(found, PLANTED);
    for (size_t i = 0; i < t.n; i++)
        sure += t.at[i].score >= 80 && t.at[i].b < n;
    CHECK_INT(sure, 0); /* no two firms of the corpus are told to be one */
    arena_close(a);
}

TEST(twins_leaves_branches_alone)
{
    struct places none = {0};
    struct twins t;
    const struct twin_subject s[] = {
        {S("91330206MAEM8K1J2T"), S("外服（浙江）企业服务有限公司"), S(""), S("")},
        {S("91110105MAENTDM58T"), S("外服（浙江）企业服务有限公司北京分公司"), S(""), S("")},
        {S("91510105MAEPKQTR0R"), S("外服（浙江）企业服务有限公司成都分公司"), S(""), S("")},
        {S("91310101MAEQEP1150"), S("外服(浙江)企业服务有限公司上海分公司"), S(""), S("")}};
    a = arena_open();
    twins_find(a, &t, &none, s, ARRAY_N(s));
    CHECK_INT(t.n, 0);
    arena_close(a);
}

TEST(twins_each_pair_once_and_in_order)
{
    struct places none = {0};
    struct twins t;
    const struct twin_subject s[] = {
        {S("91320582704068740Y"), S("甲乙丙丁机械有限公司"), S("戊己; 庚辛"), S("1")},
        {S("704068740"), S("甲乙丙丁机械有限公司"), S(""), S("1")},
        {S("x"), S("甲乙丙戊机械有限公司"), S(""), S("1")},
        {S("y"), S("甲乙丙戊机械有限公司"), S(""), S("2")},
        {S("z"), S("庚辛"), S(""), S("")},
        {S("9132058"), S(""), S(";"), S("")}};
    a = arena_open();
    twins_find(a, &t, &none, s, ARRAY_N(s));
    CHECK_INT(t.n, 5);
    CHECK_INT(t.at[0].why, TWIN_CODE);
    CHECK_INT(t.at[0].score, 98);
    CHECK_INT(t.at[1].score, 95); /* x and y */
    CHECK_INT(t.at[2].why, TWIN_FORMER);
    CHECK_INT(t.at[3].score, 70);
    CHECK_STR(str_of(twin_why_name(t.at[3].why, false)), "只差一个字");
    CHECK_INT(t.at[4].score, 70);
    arena_close(a);
}
