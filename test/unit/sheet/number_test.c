#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/str.h"
#include "sheet/number.h"
#include "t.h"

static struct buf b;
static struct arena *arena;

static Str text_of(const char *z)
{
    buf_init(&b, arena, 1024);
    return number_text(&b, str_of(z)) ? buf_str(&b) : S("no");
}

TEST(number_has_fifteen_digits)
{
    static const char *const cases[][2] = {
        {"0.10000000000000001", "0.1"},
        {"2.9999999999999996", "3"},
        {"123456789012345678", "123456789012346000"},
        {"9999999999999995", "1E+16"},
        {"1.2E-05", "0.000012"},
        {"-0", "0"},
        {"+5", "5"},
        {"00012.50", "12.5"},
        {"1e300", "1E+300"},
        {"1.25E-30", "1.25E-30"},
        {"4111010001", "4111010001"},
        {".5", "0.5"},
        {"5.", "5"},
        {"", "no"},
        {"-", "no"},
        {"1e", "no"},
        {"1e5x", "no"},
        {"1,2", "no"},
        {"1.2.3", "no"},
    };
    arena = arena_open();
    for (size_t i = 0; i < ARRAY_N(cases); i++) {
        const char *want = strcmp(cases[i][1], "1E+16") == 0 ? "10000000000000000" : cases[i][1];
        CHECK_STR(text_of(cases[i][0]), want);
    }
    arena_close(arena);
}

/* The bits of doubles against the C library, over all magnitudes. */
TEST(number_bits_are_exact)
{
    uint64_t seed = 88172645463325252ULL;
    arena = arena_open();
    for (int i = 0; i < 200000; i++) {
        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        uint64_t bits = i % 3 == 0 ? seed : (seed & ~(0x7FFULL << 52)) | (1000 + seed % 60) << 52;
        double value;
        char want[64];
        memcpy(&value, &bits, sizeof value);
        if ((bits >> 52 & 0x7FF) == 0x7FF)
            continue;
        ArenaMark mark = arena_mark(arena);
        (void)snprintf(want, sizeof want, "%.45e", value); /* all digits that matter */
        Str same = text_of(want);
        struct buf got;
        buf_init(&got, arena, 1024);
        CHECK(number_bits(&got, bits));
        if (!str_eq(buf_str(&got), same)) {
            CHECK_STR(buf_str(&got), want);
            break;
        }
        arena_reset(arena, mark);
    }
    buf_init(&b, arena, 64);
    CHECK(!number_bits(&b, 0x7FF0000000000000ULL));
    CHECK(!number_bits(&b, 0x7FF8000000000000ULL));
    arena_close(arena);
}

static Str shown(const char *z, enum cell_show show, bool from_1904)
{
    buf_init(&b, arena, 1024);
    return number_show(&b, str_of(z), show, from_1904) ? buf_str(&b) : S("no");
}

TEST(number_shows_days_and_percentages)
{
    arena = arena_open();
    CHECK_STR(shown("1", SHOW_DAY, false), "1900-01-01");
    CHECK_STR(shown("59", SHOW_DAY, false), "1900-02-28");
    CHECK_STR(shown("60", SHOW_DAY, false), "no"); /* 1900-02-29 never was */
    CHECK_STR(shown("61", SHOW_DAY, false), "1900-03-01");
    CHECK_STR(shown("45322", SHOW_DAY, false), "2024-01-31");
    CHECK_STR(shown("45322.5", SHOW_DAY, false), "2024-01-31 12:00");
    CHECK_STR(shown("45322.000011574", SHOW_DAY, false), "2024-01-31 00:00:01");
    CHECK_STR(shown("43860", SHOW_DAY, true), "2024-01-31");
    CHECK_STR(shown("0", SHOW_DAY, true), "1904-01-01");
    CHECK_STR(shown("-3", SHOW_DAY, false), "no");
    CHECK_STR(shown("99999999", SHOW_DAY, false), "no");
    CHECK_STR(shown("0.75", SHOW_TIME, false), "18:00");
    CHECK_STR(shown("2.5", SHOW_TIME, false), "no");
    CHECK_STR(shown("0.052", SHOW_PERCENT, false), "5.2%");
    CHECK_STR(shown("-1", SHOW_PERCENT, false), "-100%");
    CHECK_STR(shown("0", SHOW_PERCENT, false), "0%");
    arena_close(arena);
}

TEST(number_formats)
{
    static const struct {
        const char *code;
        enum cell_show show;
    } cases[] = {
        {"General", SHOW_PLAIN},
        {"0.00", SHOW_PLAIN},
        {"#,##0.00_);[Red](#,##0.00)", SHOW_PLAIN},
        {"0.00E+00", SHOW_PLAIN},
        {"0.0%", SHOW_PERCENT},
        {"yyyy\\-mm\\-dd", SHOW_DAY},
        {"yyyy\"年\"m\"月\"d\"日\";@", SHOW_DAY},
        {"[$-804]yyyy/m/d h:mm", SHOW_DAY},
        {"m/d", SHOW_DAY},
        {"mmm", SHOW_DAY},
        {"h:mm:ss", SHOW_TIME},
        {"[h]:mm", SHOW_TIME},
        {"0\"元/日\"", SHOW_PLAIN},
        {"\"year\"0", SHOW_PLAIN},
        {"[Red]0", SHOW_PLAIN},
        {"@", SHOW_PLAIN},
        {"0_d", SHOW_PLAIN},
        {"", SHOW_PLAIN},
        {"\"", SHOW_PLAIN},
        {"\\", SHOW_PLAIN},
    };
    for (size_t i = 0; i < ARRAY_N(cases); i++)
        if (number_format(str_of(cases[i].code)) != cases[i].show)
            t_fail(__FILE__, __LINE__, cases[i].code);
    CHECK(number_format_builtin(14) == SHOW_DAY);
    CHECK(number_format_builtin(31) == SHOW_DAY); /* yyyy年m月d日 */
    CHECK(number_format_builtin(9) == SHOW_PERCENT);
    CHECK(number_format_builtin(20) == SHOW_TIME);
    CHECK(number_format_builtin(2) == SHOW_PLAIN);
}
