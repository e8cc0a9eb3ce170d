/* sign.h - signatures by Ed25519 (RFC 8032), done by OpenSSL.
 *
 * A private key is 32 bytes kept in a PEM file (PKCS#8) that only its owner may read; whoever has
 * the public key, 32 bytes again, can check. Buffers with a private key are wiped. Threads: any.
 */
#ifndef GECI_CRYPTO_SIGN_H
#define GECI_CRYPTO_SIGN_H

#include "base/base.h"

enum { SIGN_KEY_N = 32, SIGNATURE_N = 64 };

typedef struct SignKey {
    uint8_t byte[SIGN_KEY_N];
} SignKey;

typedef struct Signature {
    uint8_t byte[SIGNATURE_N];
} Signature;

struct arena;
struct sign_private; /* a private key in memory */

/* A new key from the system's randomness; NULL where there is none. */
struct sign_private *sign_new(void);
/* From PEM text; NULL: it holds no Ed25519 private key. */
struct sign_private *sign_read(Str pem);
/* As PEM text, on `keep`: for a file of mode 0600, to be wiped by secret_wipe_str. */
Str sign_pem(struct arena *keep, const struct sign_private *k);
void sign_close(struct sign_private *k); /* NULL is fine */

Str sign_key_str(const SignKey *key); /* their bytes, borrowed */
Str signature_str(const Signature *s);

SignKey sign_public(const struct sign_private *k);
Signature sign_do(const struct sign_private *k, Str text);
bool sign_ok(const SignKey *key, const Signature *s, Str text);

#endif
