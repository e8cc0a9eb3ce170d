/* name_test.c - foldings and the parts of names. */
#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"
#include "text/fold.h"
#include "text/name.h"

static const struct {
    const char *name, *place, *core, *branch;
    bool stock;
} cases[] = {
    {"张家港市沙源医疗科技有限公司", "张家港市", "沙源医疗科技", "", false},
    {"沙源医疗科技有限责任公司", "", "沙源医疗科技", "", false},
    {"張家港市沙源醫療科技有限公司", "张家港市", "沙源医疗科技", "", false},
    {"江苏省张家港市沙源医疗科技有限公司", "江苏省张家港市", "沙源医疗科技", "", false},
    {"沙源(张家港)医疗科技有限公司", "张家港", "沙源医疗科技", "", false},
    {"沙源（张家港）医疗科技有限公司", "张家港", "沙源医疗科技", "", false},
    {"沙源（張家港市）醫療科技有限責任公司", "张家港市", "沙源医疗科技", "", false},
    {"沙源)(医疗(集团)科技有限公司", "", "沙源医疗集团科技", "", false},
    {"江苏沙源医疗科技股份有限公司", "江苏", "沙源医疗科技", "", true},
    {"苏州ＡＢＣ 科技 有限公司", "苏州", "abc科技", "", false},
    {"沙源科技有限公司张家港分公司", "", "沙源科技", "张家港分公司", false},
    {"苏州有限公司", "苏州", "有限公司", "", false},
    {"张家港", "", "张家港", "", false},
    {"", "", "", "", false},
};

TEST(name_has_parts)
{
    struct arena *a = arena_open();
    struct places p;
    places_read(a, &p, S("江苏省苏州市张家港市"));
    CHECK_INT(p.n, 3);
    CHECK_STR(p.at[0], "张家港");
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        struct firm_name n;
        name_read(a, &n, &p, str_of(cases[i].name));
        CHECK_STR(n.place, cases[i].place);
        CHECK_STR(n.core, cases[i].core);
        CHECK_STR(n.branch, cases[i].branch);
        CHECK(n.stock == cases[i].stock);
    }
    arena_close(a);
}

TEST(fold_makes_one_spelling)
{
    struct arena *a = arena_open();
    CHECK_STR(fold_text(a, S("蘇州　Ｘ－１（集團）")), "苏州x1集团");
    CHECK_STR(fold_text(a, S("\xFF\xFE")), "");
    CHECK_INT(fold_rune('('), 0);
    CHECK_INT(fold_rune(0x8607), 0x82CF);
    arena_close(a);
}
