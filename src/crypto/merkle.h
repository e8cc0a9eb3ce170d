/* merkle.h - one digest over many, of which each can be shown to be a part without the others.
 *
 * The tree of RFC 9162 section 2: leaf = H(0x00 | bytes), node = H(0x01 | left | right), the left
 * subtree is the largest power of two smaller than n. SHA-256. The root of nothing is H("").
 */
#ifndef GECI_CRYPTO_MERKLE_H
#define GECI_CRYPTO_MERKLE_H

#include "crypto/digest.h"

struct arena;

Digest merkle_leaf(Str bytes);
Digest merkle_root(const Digest *leaf, size_t n);
/* The digests from the leaf's neighbour up to below the root; *path_n of them, on `keep`. */
Digest *merkle_path(struct arena *keep, const Digest *leaf, size_t n, size_t at, size_t *path_n);
/* Is `leaf` the one at `at` of `n` below this root? */
bool merkle_holds(Digest root, Digest leaf, size_t n, size_t at, const Digest *path, size_t path_n);

#endif
