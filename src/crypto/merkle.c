#include "crypto/merkle.h"

#include <string.h>

#include "base/arena.h"
#include "base/hash.h"

/* Millions of nodes: base/hash.h needs no state of OpenSSL's for each. */
static Digest tagged(char tag, Str a, Str b)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, (Str){&tag, 1});
    sha256_add(&h, a);
    sha256_add(&h, b);
    Sha256 out = sha256_end(&h);
    return digest_from(sha256_str(&out));
}

Digest merkle_leaf(Str bytes)
{
    return tagged('\0', bytes, S(""));
}

static Digest node(Digest left, Digest right)
{
    return tagged('\1', digest_str(&left), digest_str(&right));
}

/* The largest power of two smaller than n, for n > 1. */
static size_t split(size_t n)
{
    size_t k = 1;
    while (k * 2 < n)
        k *= 2;
    return k;
}

static Digest root_of(const Digest *leaf, size_t n)
{
    if (n == 1)
        return leaf[0];
    size_t k = split(n); /* depth is the logarithm of n */
    return node(root_of(leaf, k), root_of(leaf + k, n - k));
}

Digest merkle_root(const Digest *leaf, size_t n)
{
    return n == 0 ? digest_of(DIGEST_SHA256, S("")) : root_of(leaf, n);
}

Digest *merkle_path(struct arena *keep, const Digest *leaf, size_t n, size_t at, size_t *path_n)
{
    enum { DEPTH_MAX = 64 };
    Digest *path = ARENA_ARRAY(keep, Digest, DEPTH_MAX), *top = path + DEPTH_MAX;
    ASSERT(at < n);
    *path_n = 0;
    while (n > 1) { /* from the root down: filled from behind */
        size_t k = split(n);
        bool right = at >= k;
        *--top = right ? root_of(leaf, k) : root_of(leaf + k, n - k);
        leaf += right ? k : 0;
        at -= right ? k : 0;
        n = right ? n - k : k;
        ++*path_n;
    }
    return top;
}

bool merkle_holds(Digest root, Digest leaf, size_t n, size_t at, const Digest *path, size_t path_n)
{
    /* RFC 9162, 2.1.3.2: fn and sn are at and n - 1, shifted up the tree. */
    size_t fn = at, sn = n - 1;
    Digest sum = leaf;
    if (at >= n)
        return false;
    for (size_t i = 0; i < path_n; i++) {
        if (sn == 0)
            return false;
        if ((fn & 1) == 1 || fn == sn) {
            sum = node(path[i], sum);
            while ((fn & 1) == 0 && fn != 0) {
                fn >>= 1;
                sn >>= 1;
            }
        } else {
            sum = node(sum, path[i]);
        }
        fn >>= 1;
        sn >>= 1;
    }
    return sn == 0 && memcmp(sum.byte, root.byte, DIGEST_N) == 0;
}
