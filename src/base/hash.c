#include "base/hash.h"

#include <string.h>

#include "base/hash_int.h"
#include "base/str.h"

enum { BLOCK = SHA256_BLOCK, LENGTH_AT = 56 };

static uint32_t rotate(uint32_t x, int n)
{
    return x >> n | x << (32 - n);
}

static uint32_t word_at(const uint8_t *p)
{
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* First 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const uint32_t sha256_round_key[SHA256_ROUNDS] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static void compress(uint32_t state[static 8], const uint8_t block[static BLOCK])
{
    uint32_t w[64];
    for (size_t i = 0; i < 16; i++)
        w[i] = word_at(block + 4 * i);
    for (int i = 16; i < 64; i++) {
        uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + w[i - 7] + (rotate(x, 7) ^ rotate(x, 18) ^ x >> 3) +
               (rotate(y, 17) ^ rotate(y, 19) ^ y >> 10);
    }
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    for (int i = 0; i < 64; i++) {
        uint32_t t = h + (rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25)) + ((e & f) ^ (~e & g)) +
                     sha256_round_key[i] + w[i];
        uint32_t u = (rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + t;
        d = c, c = b, b = a, a = t + u;
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

void sha256_blocks_plain(uint32_t state[static SHA256_WORDS], const uint8_t *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        compress(state, p + i * BLOCK);
}

static void add_blocks(struct sha256 *h, const void *p, size_t n)
{
    if (n < SHA256_CHIP_FROM || !sha256_blocks_chip(h->state, p, n))
        sha256_blocks_plain(h->state, p, n);
}

void sha256_init(struct sha256 *h)
{
    *h = (struct sha256){.state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f,
                                   0x9b05688c, 0x1f83d9ab, 0x5be0cd19}};
}

void sha256_add(struct sha256 *h, Str s)
{
    size_t have = h->n_bytes % BLOCK, at = 0;
    h->n_bytes += s.n;
    while (at < s.n) {
        size_t left = s.n - at, n = BLOCK - have < left ? BLOCK - have : left;
        if (have == 0 && left >= BLOCK) {
            n = left / BLOCK * BLOCK;
            add_blocks(h, s.p + at, left / BLOCK);
        } else {
            memcpy(h->block + have, s.p + at, n);
            have = (have + n) % BLOCK;
            if (have == 0)
                add_blocks(h, h->block, 1);
        }
        at += n;
    }
}

Sha256 sha256_end(struct sha256 *h)
{
    static const char pad[BLOCK] = {(char)0x80};
    uint64_t bits = h->n_bytes * 8;
    size_t have = h->n_bytes % BLOCK;
    char length[8];
    for (int i = 0; i < 8; i++)
        length[i] = (char)(bits >> (56 - 8 * i));
    sha256_add(h, (Str){pad, have < LENGTH_AT ? LENGTH_AT - have : BLOCK + LENGTH_AT - have});
    sha256_add(h, (Str){length, sizeof length});
    Sha256 out;
    for (int i = 0; i < 32; i++)
        out.byte[i] = (uint8_t)(h->state[i / 4] >> (24 - 8 * (i % 4)));
    return out;
}

Sha256 sha256_of(Str s)
{
    struct sha256 h;
    sha256_init(&h);
    sha256_add(&h, s);
    return sha256_end(&h);
}

Str sha256_str(const Sha256 *h)
{
    return h == NULL ? (Str){NULL, 0} : (Str){(const char *)h->byte, sizeof h->byte};
}

Sha256 sha256_from(Str bytes)
{
    Sha256 h = {{0}};
    if (bytes.n == sizeof h.byte)
        memcpy(h.byte, bytes.p, sizeof h.byte);
    return h;
}

void sha256_hex(char out[static 65], Sha256 h)
{
    str_hex(out, sha256_str(&h));
}
