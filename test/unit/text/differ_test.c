/* differ_test.c - names that mean one firm, and names that do not. */
#include "base/arena.h"
#include "base/str.h"
#include "test/t.h"
#include "text/differ.h"

static const struct {
    const char *a, *b;
    uint32_t cost;
} cases[] = {
    {"张家港市沙源科技有限公司", "张家港市沙源科技有限公司", 0},
    {"張家港市沙源科技有限責任公司", "张家港市沙源 科技有限公司", 0},
    {"张家港市沙源科技有限公司", "张家港沙原科技有限责任公司", 5},
    {"苏州沙源科技有限公司", "苏州沙源科有限公司", 6},
    {"苏州沙源科技有限公司", "苏州源沙科技有限公司", 6},
    {"苏州沙源科技有限公司", "苏州沙洲科技有限公司", 10},
    {"苏州沙源科技有限公司", "无锡沙源科技有限公司", 20},
    {"苏州沙源科技有限公司", "苏州沙源科技有限公司张家港分公司", 20},
    {"苏州沙源科技有限公司张家港分公司", "苏州沙源科技有限公司张家港分公司", 0},
    {"", "", 0},
    {"公司", "有限公司", 20},
};

TEST(differ_tells_one_firm_from_two)
{
    struct arena *a = arena_open();
    char longest[3 * 400];
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        CHECK_INT(differ_names(a, str_of(cases[i].a), str_of(cases[i].b)), cases[i].cost);
        CHECK_INT(differ_names(a, str_of(cases[i].b), str_of(cases[i].a)), cases[i].cost);
    }
    for (size_t i = 0; i < sizeof longest; i++)
        longest[i] = "沙"[i % 3];
    CHECK_INT(differ_names(a, (Str){longest, sizeof longest}, S("")), 360);
    arena_close(a);
}
