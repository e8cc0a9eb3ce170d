/* hash.h - SHA-256 (FIPS 180-4), the identity of rules, data and results. Pure. */
#ifndef GECI_BASE_HASH_H
#define GECI_BASE_HASH_H

#include "base/base.h"

typedef struct Sha256 {
    uint8_t byte[32];
} Sha256;

struct sha256 {
    uint32_t state[8];
    uint64_t n_bytes;
    uint8_t block[64];
};

void sha256_init(struct sha256 *h);
void sha256_add(struct sha256 *h, Str s);
Sha256 sha256_end(struct sha256 *h);
Sha256 sha256_of(Str s);
Str sha256_str(const Sha256 *h); /* its bytes, borrowed; NULL: no text at all */
/* From 32 bytes; zeros, which are nothing's digest, from any other number of them. */
Sha256 sha256_from(Str bytes);
void sha256_hex(char out[static 65], Sha256 h); /* lower case, NUL behind */

#endif
