#include "crypto/digest.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <string.h>

#include "base/str.h"

/* Fields are short and each call of the library costs as much as fifty bytes: they are gathered. */
struct digest {
    EVP_MD_CTX *at; /* the algorithm is fetched once and kept by it */
    size_t n;
    char wait[1024];
};

/* OpenSSL fails here for want of memory, or of the algorithm in the library: both end the run. */
struct digest *digest_open(enum digest_by by)
{
    struct digest *d = OPENSSL_malloc(sizeof *d);
    const EVP_MD *md = by == DIGEST_SM3 ? EVP_sm3() : EVP_sha256();
    ASSERT(d != NULL);
    d->at = EVP_MD_CTX_new();
    d->n = 0;
    ASSERT(d->at != NULL && EVP_DigestInit_ex2(d->at, md, NULL) == 1);
    return d;
}

void digest_close(struct digest *d)
{
    EVP_MD_CTX_free(d->at);
    OPENSSL_free(d);
}

static void flush(struct digest *d)
{
    ASSERT(EVP_DigestUpdate(d->at, d->wait, d->n) == 1);
    d->n = 0;
}

void digest_add(struct digest *d, Str bytes)
{
    if (bytes.n > sizeof d->wait - d->n)
        flush(d);
    if (bytes.n > sizeof d->wait) {
        ASSERT(EVP_DigestUpdate(d->at, bytes.p, bytes.n) == 1);
        return;
    }
    if (bytes.n > 0)
        memcpy(d->wait + d->n, bytes.p, bytes.n);
    d->n += bytes.n;
}

Str digest_digits(char room[static DIGITS_MAX], int64_t v)
{
    size_t at = DIGITS_MAX;
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    do
        room[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (v < 0)
        room[--at] = '-';
    return (Str){room + at, DIGITS_MAX - at};
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
    flush(d);
    ASSERT(EVP_DigestFinal_ex(d->at, out.byte, NULL) == 1);
    ASSERT(EVP_DigestInit_ex2(d->at, NULL, NULL) == 1);
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

Digest digest_from(Str bytes)
{
    Digest d = {{0}};
    if (bytes.n == DIGEST_N)
        memcpy(d.byte, bytes.p, DIGEST_N);
    return d;
}

void digest_hex(char out[static 2 * DIGEST_N + 1], const Digest *d)
{
    str_hex(out, digest_str(d));
}
