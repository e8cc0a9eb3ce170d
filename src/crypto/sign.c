#include "crypto/sign.h"

#include <openssl/bio.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#include "base/arena.h"

struct sign_private {
    EVP_PKEY *key;
};

/* NULL of NULL. */
static struct sign_private *wrapped(EVP_PKEY *key)
{
    struct sign_private *k = key == NULL ? NULL : OPENSSL_malloc(sizeof *k);
    ASSERT(key == NULL || k != NULL);
    if (k != NULL)
        k->key = key;
    return k;
}

struct sign_private *sign_new(void)
{
    return wrapped(EVP_PKEY_Q_keygen(NULL, NULL, "ED25519"));
}

struct sign_private *sign_read(Str pem)
{
    BIO *in = BIO_new_mem_buf(pem.p, (int)pem.n);
    ASSERT(in != NULL);
    char none[] = ""; /* no pass phrase, and no question for one at the terminal */
    EVP_PKEY *k = PEM_read_bio_PrivateKey(in, NULL, NULL, none);
    (void)BIO_free(in); /* memory only */
    if (k != NULL && EVP_PKEY_get_id(k) != EVP_PKEY_ED25519) {
        EVP_PKEY_free(k);
        k = NULL;
    }
    return wrapped(k);
}

Str sign_pem(struct arena *keep, const struct sign_private *k)
{
    BIO *out = BIO_new(BIO_s_secmem());
    char *p;
    ASSERT(out != NULL);
    ASSERT(PEM_write_bio_PrivateKey(out, k->key, NULL, NULL, 0, NULL, NULL) == 1);
    long n = BIO_get_mem_data(out, &p);
    Str pem = arena_copy(keep, (Str){p, (size_t)n});
    (void)BIO_free(out); /* memory only, wiped */
    return pem;
}

void sign_close(struct sign_private *k)
{
    if (k == NULL)
        return;
    EVP_PKEY_free(k->key);
    OPENSSL_free(k);
}

Str sign_key_str(const SignKey *key)
{
    return (Str){(const char *)key->byte, SIGN_KEY_N};
}

Str signature_str(const Signature *s)
{
    return (Str){(const char *)s->byte, SIGNATURE_N};
}

SignKey sign_public(const struct sign_private *k)
{
    SignKey out;
    size_t n = SIGN_KEY_N;
    ASSERT(EVP_PKEY_get_raw_public_key(k->key, out.byte, &n) == 1 && n == SIGN_KEY_N);
    return out;
}

Signature sign_do(const struct sign_private *k, Str text)
{
    Signature out;
    size_t n = SIGNATURE_N;
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    ASSERT(c != NULL && EVP_DigestSignInit(c, NULL, NULL, NULL, k->key) == 1);
    ASSERT(EVP_DigestSign(c, out.byte, &n, (const uint8_t *)text.p, text.n) == 1 &&
           n == SIGNATURE_N);
    EVP_MD_CTX_free(c);
    return out;
}

bool sign_ok(const SignKey *key, const Signature *s, Str text)
{
    EVP_PKEY *k = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, key->byte, SIGN_KEY_N);
    EVP_MD_CTX *c = EVP_MD_CTX_new();
    ASSERT(k != NULL && c != NULL && EVP_DigestVerifyInit(c, NULL, NULL, NULL, k) == 1);
    bool ok = EVP_DigestVerify(c, s->byte, SIGNATURE_N, (const uint8_t *)text.p, text.n) == 1;
    EVP_MD_CTX_free(c);
    EVP_PKEY_free(k);
    return ok;
}
