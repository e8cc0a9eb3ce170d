#include <string.h>

#include "base/hash.h"
#include "base/hash_int.h"
#include "base/str.h"
#include "t.h"

static bool hashes_to(Str text, const char *hex)
{
    char got[65];
    sha256_hex(got, sha256_of(text));
    return strcmp(got, hex) == 0;
}

/* The examples of NIST, the empty text, and two lengths around the padding. */
TEST(sha256_agrees_with_published_values)
{
    CHECK(hashes_to(S(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
    CHECK(hashes_to(S("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    CHECK(hashes_to(S("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
                    "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"));
    CHECK(hashes_to(S("县域创新格次赋分系统"),
                    "defe7d96c0918a9888490de3e6a30fab8670751db8e08ac79e5fc0563a5600c3"));
    char a[1000];
    memset(a, 'a', sizeof a);
    struct sha256 h;
    sha256_init(&h);
    for (int i = 0; i < 1000; i++)
        sha256_add(&h, (Str){a, sizeof a});
    char got[65];
    sha256_hex(got, sha256_end(&h));
    CHECK_STR(str_of(got), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* However the text is cut into pieces, and whatever its length, the hash is that of the whole. */
TEST(sha256_does_not_see_pieces)
{
    char text[200];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * 7);
    for (size_t n = 0; n <= sizeof text; n++) {
        Sha256 whole = sha256_of((Str){text, n});
        for (size_t piece = 1; piece < 80; piece += 13) {
            struct sha256 h;
            sha256_init(&h);
            for (size_t at = 0; at < n; at += piece)
                sha256_add(&h, (Str){text + at, n - at < piece ? n - at : piece});
            Sha256 pieces = sha256_end(&h);
            CHECK(memcmp(&whole, &pieces, sizeof whole) == 0);
        }
    }
}

/* The processor's way and ours, over one block and several, from any address. */
TEST(sha256_is_the_same_on_the_chip)
{
    uint8_t text[SHA256_BLOCK * 5];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (uint8_t)(i * i * 31 + i / 7);
    for (size_t n = 0; n <= 4; n++)
        for (size_t from = 0; from < SHA256_BLOCK; from++) {
            uint32_t plain[SHA256_WORDS], chip[SHA256_WORDS];
            for (uint32_t i = 0; i < SHA256_WORDS; i++)
                plain[i] = chip[i] = 0x9E3779B9U * (i + (uint32_t)from + 1);
            sha256_blocks_plain(plain, text + from, n);
            if (!sha256_blocks_chip(chip, text + from, n))
                SKIP("this processor has no instructions for SHA-256");
            CHECK(memcmp(plain, chip, sizeof plain) == 0);
        }
}

/* A text long enough for the chip, whole and in pieces that are not. */
TEST(sha256_of_a_long_text_is_that_of_its_pieces)
{
    static char text[SHA256_BLOCK * (SHA256_CHIP_FROM + 3) + 5];
    for (size_t i = 0; i < sizeof text; i++)
        text[i] = (char)(i * i);
    struct sha256 h;
    sha256_init(&h);
    for (size_t at = 0; at < sizeof text; at += 100)
        sha256_add(&h, (Str){text + at, sizeof text - at < 100 ? sizeof text - at : 100});
    Sha256 pieces = sha256_end(&h), whole = sha256_of((Str){text, sizeof text});
    CHECK(memcmp(pieces.byte, whole.byte, sizeof whole.byte) == 0);
}

TEST(sha256_is_kept_as_bytes)
{
    static const Sha256 zeros;
    Sha256 h = sha256_of(S("abc")), back = sha256_from(sha256_str(&h));
    CHECK(memcmp(&back, &h, sizeof h) == 0);
    back = sha256_from(S("short"));
    CHECK(memcmp(&back, &zeros, sizeof zeros) == 0);
    CHECK(sha256_str(NULL).p == NULL);
}
