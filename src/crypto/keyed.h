/* keyed.h - what is done with secrets: random bytes, keyed digests, sealing, comparing, wiping.
 *
 * One server key of 32 bytes, kept in a file outside the store, has a sub-key for each use, so that
 * whoever reads the store alone can neither try passwords nor make credentials. libsodium and
 * OpenSSL do the work. A Secret has no formatter on purpose: what must not be printed has a type
 * that nothing prints. Threads: any.
 */
#ifndef GECI_CRYPTO_KEYED_H
#define GECI_CRYPTO_KEYED_H

#include "base/base.h"

struct arena;

enum { SECRET_N = 32, KEYED_TEXT_N = 43 /* of 32 bytes in base64url */ };

/* 256 bits that only their owner and this process may know. */
typedef struct Secret {
    uint8_t byte[SECRET_N];
} Secret;

/* A keyed digest: tells nothing without the key, may be stored. */
typedef struct Mac {
    uint8_t byte[SECRET_N];
} Mac;

/* Once before the rest, from any thread; stops the program where there is no randomness. */
void keyed_init(void);

Secret secret_new(void);
void secret_random(void *out, size_t n);
void secret_wipe(void *p, size_t n);
void secret_wipe_str(Str s); /* the bytes of a text that was ours */
/* The key of one use, `use` as in "password". */
Secret secret_derive(const Secret *key, Str use);

/* As 64 hexadecimal digits (a key file, blanks around them), and as 43 letters of base64url
 * (cookies and tokens). false: not such a text. */
bool secret_read_hex(Secret *out, Str text);
void secret_write_hex(char out[static 2 * SECRET_N + 1], const Secret *s);
void secret_write(char out[static KEYED_TEXT_N + 1], const Secret *s);
bool secret_read(Secret *out, Str text);

Mac mac_sm3(const Secret *key, Str text); /* HMAC-SM3, GB/T 32905 and GB/T 15852.2 */
void mac_sha1(uint8_t out[static 20], Str key, Str text);   /* as RFC 4226 wants */
void mac_sha256(uint8_t out[static 32], Str key, Str text); /* for others to check */
Str mac_str(const Mac *m);                                  /* its bytes, borrowed */
void mac_write(char out[static KEYED_TEXT_N + 1], const Mac *m);
bool secret_same(Str a, Str b); /* in a time that tells only their lengths */

/* XSalsa20-Poly1305 with a random nonce in front: kept secret and unchanged. */
Str secret_seal(struct arena *keep, const Secret *key, Str plain);
/* false: changed, or sealed with another key. */
bool secret_unseal(struct arena *keep, Str *plain, const Secret *key, Str sealed);

/* base64url without padding. */
Str base64url_write(struct arena *keep, Str bytes);
bool base64url_read(struct arena *keep, Str *bytes, Str text);

#endif
