/* pinyin_test.c - readings, and typed letters in steps. */
#include <string.h>

#include "base/str.h"
#include "test/t.h"
#include "text/pinyin.h"

TEST(pinyin_knows_readings)
{
    uint16_t s[PINYIN_READINGS];
    CHECK_INT(pinyin_each(pinyin_of(0x957F), s), 2); /* 长 */
    CHECK_STR(pinyin_text(s[0]), "zhang");
    CHECK_STR(pinyin_text(s[1]), "chang");
    CHECK_INT(pinyin_each(pinyin_of(0x7EFF), s), 2); /* 绿 */
    CHECK_STR(pinyin_text(s[0]), "lv");
    CHECK_INT(pinyin_of('a'), 0);
    CHECK(pinyin_same(pinyin_of(0x957F), pinyin_of(0x5E38)));  /* 长 常 */
    CHECK(!pinyin_same(pinyin_of(0x957F), pinyin_of(0x4E2D))); /* 长 中 */
    for (uint32_t i = 1; i < pinyin_syllables(); i++)
        CHECK(str_cmp(pinyin_text((uint16_t)(i - 1)), pinyin_text((uint16_t)i)) < 0);
}

static bool has_step(const char *letters, const char *step, bool syllable)
{
    struct pinyin_step at[PINYIN_STEPS_MAX];
    uint32_t n = pinyin_read(at, str_of(letters));
    for (uint32_t i = 0; i < n; i++)
        if (str_eq(str_sub(str_of(letters), at[i].beg, at[i].end), str_of(step)) &&
            (at[i].syllable != UINT16_MAX) == syllable)
            return true;
    return false;
}

TEST(pinyin_reads_what_is_typed)
{
    CHECK(has_step("xilaixq", "xi", true));
    CHECK(has_step("xilaixq", "lai", true));
    CHECK(has_step("xilaixq", "x", false));
    CHECK(!has_step("xilaixq", "l", false));
    CHECK(has_step("xian", "xian", true)); /* and xi an */
    CHECK(has_step("xian", "an", true));
    CHECK(has_step("zjg", "z", false));
    struct pinyin_step at[PINYIN_STEPS_MAX];
    CHECK_INT(pinyin_read(at, S("")), 0);
    char many[3 * PINYIN_TYPED_MAX];
    memset(many, 'a', sizeof many);
    CHECK(pinyin_read(at, (Str){many, sizeof many}) <= PINYIN_STEPS_MAX);
}
