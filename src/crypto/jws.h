/* jws.h - is a text signed by a key of another house? The two algorithms houses use (RFC 7518):
 * RSASSA-PKCS1-v1_5 and ECDSA on P-256, both with SHA-256. Threads: any. */
#ifndef GECI_CRYPTO_JWS_H
#define GECI_CRYPTO_JWS_H

#include "base/base.h"

enum jws_alg { JWS_RS256, JWS_ES256 };

struct jws_key {
    enum jws_alg alg;
    Str a, b; /* bytes: modulus and exponent, or x and y */
};

enum { JWS_RSA_BITS_MIN = 2048 };

/* false also for a key that is none, or too short. */
bool jws_verify(const struct jws_key *k, Str text, Str signature);

#endif
