#include <string.h>

#include "base/hash.h"
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
