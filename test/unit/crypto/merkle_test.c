#include <string.h>

#include "base/arena.h"
#include "crypto/merkle.h"
#include "test/t.h"

enum { LEAVES = 33 };

/* The examples of the certificate transparency project for RFC 6962: eight leaves. */
TEST(merkle_roots_are_the_standards)
{
    static const Str leaf[] = {
        {"", 0},
        {"\x00", 1},
        {"\x10", 1},
        {"\x20\x21", 2},
        {"\x30\x31", 2},
        {"\x40\x41\x42\x43", 4},
        {"\x50\x51\x52\x53\x54\x55\x56\x57", 8},
        {"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f", 16}};
    Digest d[8];
    char hex[2 * DIGEST_N + 1];
    for (size_t i = 0; i < 8; i++)
        d[i] = merkle_leaf(leaf[i]);
    Digest root = merkle_root(d, 8);
    digest_hex(hex, &root);
    CHECK(strcmp(hex, "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328") == 0);
    root = merkle_root(d, 0);
    digest_hex(hex, &root);
    CHECK(strcmp(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == 0);
}

/* Every leaf of every size is shown by its path, and by no other. */
TEST(merkle_paths_hold)
{
    struct arena *a = arena_open();
    Digest leaf[LEAVES];
    for (size_t i = 0; i < LEAVES; i++)
        leaf[i] = merkle_leaf((Str){(const char *)&i, sizeof i});
    for (size_t n = 1; n <= LEAVES; n++) {
        Digest root = merkle_root(leaf, n);
        for (size_t at = 0; at < n; at++) {
            size_t path_n;
            Digest *path = merkle_path(a, leaf, n, at, &path_n);
            CHECK(merkle_holds(root, leaf[at], n, at, path, path_n));
            CHECK(!merkle_holds(root, leaf[(at + 1) % LEAVES], n, at, path, path_n));
            CHECK(n == 1 || !merkle_holds(root, leaf[at], n, (at + 1) % n, path, path_n));
            CHECK(n == 1 || !merkle_holds(root, leaf[at], n, at, path, path_n - 1));
        }
        CHECK(!merkle_holds(root, leaf[0], n, n, NULL, 0));
    }
    arena_close(a);
}
