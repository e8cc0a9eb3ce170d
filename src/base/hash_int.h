/* hash_int.h - the two ways through SHA-256's blocks. Both give the same bits; the tests hold them
 * to it. */
#ifndef GECI_BASE_HASH_INT_H
#define GECI_BASE_HASH_INT_H

#include "base/base.h"

enum { SHA256_BLOCK = 64, SHA256_WORDS = 8, SHA256_ROUNDS = 64 };
enum { SHA256_CHIP_FROM = 128 }; /* blocks: where the plain way takes longer than asking */

extern const uint32_t sha256_round_key[SHA256_ROUNDS];

/* n blocks of SHA256_BLOCK bytes into the state. */
void sha256_blocks_plain(uint32_t state[static SHA256_WORDS], const uint8_t *p, size_t n);
/* The same by the processor's own instructions, ten times as fast. False: it has none, and nothing
 * is done. Asking costs microseconds in a virtual machine, so it is for many blocks. */
bool sha256_blocks_chip(uint32_t state[static SHA256_WORDS], const uint8_t *p, size_t n);

#endif
