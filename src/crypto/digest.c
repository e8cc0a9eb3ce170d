#include "crypto/digest.h"

#include <openssl/evp.h>

#include "base/str.h"

struct digest; /* an EVP_MD_CTX; the algorithm is fetched once and kept by it */

static EVP_MD_CTX *context(struct digest *d)
{
    return (EVP_MD_CTX *)d;
}

/* OpenSSL fails here for want of memory, or of the algorithm in the library: both end the run. */
struct digest *digest_open(enum digest_by by)
{
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    const EVP_MD *md = by == DIGEST_SM3 ? EVP_sm3() : EVP_sha256();
    ASSERT(c != NULL && EVP_DigestInit_ex2(c, md, NULL) == 1);
    return (struct digest *)c;
}

void digest_close(struct digest *d)
{
    EVP_MD_CTX_free(context(d));
}

void digest_add(struct digest *d, Str bytes)
{
    ASSERT(EVP_DigestUpdate(context(d), bytes.p, bytes.n) == 1);
}

Str digest_digits(char room[static DIGITS_MAX], int64_t v)
{
    char *end = room + DIGITS_MAX, *at = end;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        *--at = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (v < 0)
        *--at = '-';
    return (Str){at, (size_t)(end - at)};
}

void digest_field(struct digest *d, Str field)
{
    char head[DIGITS_MAX + 1];
    Str n = digest_digits(head, (int64_t)field.n);
    head[DIGITS_MAX] = ':';
    digest_add(d, (Str){n.p, n.n + 1});
    digest_add(d, field);
}

void digest_null(struct digest *d)
{
    digest_add(d, S("-"));
}

void digest_int(struct digest *d, int64_t v)
{
    char digits[DIGITS_MAX];
    digest_field(d, digest_digits(digits, v));
}

Digest digest_end(struct digest *d)
{
    Digest out;
    ASSERT(EVP_DigestFinal_ex(context(d), out.byte, NULL) == 1);
    ASSERT(EVP_DigestInit_ex2(context(d), NULL, NULL) == 1);
    return out;
}

Digest digest_of(enum digest_by by, Str bytes)
{
    struct digest *d = digest_open(by);
    digest_add(d, bytes);
    Digest out = digest_end(d);
    digest_close(d);
    return out;
}

Str digest_str(const Digest *d)
{
    return (Str){(const char *)d->byte, DIGEST_N};
}

void digest_hex(char out[static 2 * DIGEST_N + 1], const Digest *d)
{
    static const char HEX[] = "0123456789abcdef";
    for (int i = 0; i < DIGEST_N; i++) {
        out[2 * i] = HEX[d->byte[i] >> 4];
        out[2 * i + 1] = HEX[d->byte[i] & 15];
    }
    out[2 * DIGEST_N] = '\0';
}
