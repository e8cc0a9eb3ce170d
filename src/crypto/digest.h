/* digest.h - message digests by number, so that what was hashed long ago can still be checked.
 *
 * SM3 (GB/T 32905-2016) is what official systems of China want; SHA-256 (FIPS 180-4) is four times
 * faster. Both give 32 bytes. Done by OpenSSL. Threads: one digest, one thread.
 */
#ifndef GECI_CRYPTO_DIGEST_H
#define GECI_CRYPTO_DIGEST_H

#include "base/base.h"

enum digest_by { DIGEST_SM3 = 1, DIGEST_SHA256 = 2 }; /* stored: never renumbered */

enum { DIGEST_N = 32 };

typedef struct Digest {
    uint8_t byte[DIGEST_N];
} Digest;

struct digest;

struct digest *digest_open(enum digest_by by);
void digest_add(struct digest *d, Str bytes);
/* A length in decimal, a colon and the bytes: no two lists of fields give the same bytes. */
void digest_field(struct digest *d, Str field);
void digest_null(struct digest *d);           /* the field that is not there: `-` */
void digest_int(struct digest *d, int64_t v); /* in decimal */
Digest digest_end(struct digest *d);          /* and starts anew */
void digest_close(struct digest *d);

Digest digest_of(enum digest_by by, Str bytes);
Str digest_str(const Digest *d); /* its bytes, borrowed */
/* From DIGEST_N bytes; zeros, which are nothing's digest, from any other number of them. */
Digest digest_from(Str bytes);
void digest_hex(char out[static 2 * DIGEST_N + 1], const Digest *d);

/* The decimal digits of v, in `room`, which must outlive them. Without printf: for many rows. */
enum { DIGITS_MAX = 20 };
Str digest_digits(char room[static DIGITS_MAX], int64_t v);

#endif
