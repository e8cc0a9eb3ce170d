#include <string.h>

#include "crypto/digest.h"
#include "test/t.h"

static const char *hex(Digest d)
{
    static char out[2 * DIGEST_N + 1];
    digest_hex(out, &d);
    return out;
}

#define CHECK_HEX(d, want) CHECK(strcmp(hex(d), want) == 0)

/* Appendix A of GB/T 32905-2016; FIPS 180-4's example. */
TEST(digests_are_the_standards)
{
    CHECK_HEX(digest_of(DIGEST_SM3, S("abc")),
              "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
    CHECK_HEX(digest_of(DIGEST_SHA256, S("abc")),
              "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST(fields_keep_apart)
{
    struct digest *d = digest_open(DIGEST_SM3);
    digest_field(d, S("ab"));
    digest_int(d, -7);
    digest_null(d);
    Digest one = digest_end(d);
    CHECK_HEX(digest_of(DIGEST_SM3, S("2:ab2:-7-")), hex(one));
    digest_field(d, S("a"));
    digest_field(d, S("b"));
    Digest two = digest_end(d);
    CHECK(memcmp(&one, &two, sizeof one) != 0);
    digest_close(d);
}

TEST(digest_digits_are_decimal)
{
    static const struct {
        int64_t v;
        const char *text;
    } cases[] = {{0, "0"},
                 {7, "7"},
                 {-10, "-10"},
                 {INT64_MAX, "9223372036854775807"},
                 {INT64_MIN, "-9223372036854775808"}};
    char room[DIGITS_MAX];
    for (size_t i = 0; i < ARRAY_N(cases); i++)
        CHECK_STR(digest_digits(room, cases[i].v), cases[i].text);
}

TEST(digests_are_kept_as_bytes)
{
    Digest d = digest_of(DIGEST_SM3, S("abc"));
    Digest back = digest_from(digest_str(&d));
    CHECK(memcmp(&back, &d, sizeof d) == 0);
    CHECK_HEX(digest_from(S("short")),
              "0000000000000000000000000000000000000000000000000000000000000000");
}
