#include "crypto/jws.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/param_build.h>
#include <string.h>

#include "base/str.h"

enum { P256_N = 32, POINT_N = 1 + 2 * P256_N, DER_MAX = 80 };

static BIGNUM *number(Str s)
{
    return BN_bin2bn((const unsigned char *)s.p, (int)s.n, NULL);
}

static EVP_PKEY *key_of(const char *type, OSSL_PARAM_BLD *from)
{
    EVP_PKEY *key = NULL;
    OSSL_PARAM *params = OSSL_PARAM_BLD_to_param(from);
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, type, NULL);
    bool made = params != NULL && ctx != NULL && EVP_PKEY_fromdata_init(ctx) == 1 &&
                EVP_PKEY_fromdata(ctx, &key, EVP_PKEY_PUBLIC_KEY, params) == 1;
    EVP_PKEY_CTX_free(ctx);
    OSSL_PARAM_free(params);
    return made ? key : NULL;
}

static EVP_PKEY *rsa_key(const struct jws_key *k)
{
    BIGNUM *n = number(k->a), *e = number(k->b);
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (n != NULL && e != NULL && b != NULL && BN_num_bits(n) >= JWS_RSA_BITS_MIN &&
        OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_N, n) == 1 &&
        OSSL_PARAM_BLD_push_BN(b, OSSL_PKEY_PARAM_RSA_E, e) == 1)
        key = key_of("RSA", b);
    OSSL_PARAM_BLD_free(b);
    BN_free(n);
    BN_free(e);
    return key;
}

static EVP_PKEY *p256_key(const struct jws_key *k)
{
    unsigned char point[POINT_N] = {4}; /* uncompressed */
    OSSL_PARAM_BLD *b = OSSL_PARAM_BLD_new();
    EVP_PKEY *key = NULL;
    if (k->a.n == P256_N && k->b.n == P256_N && b != NULL) {
        memcpy(point + 1, k->a.p, P256_N);
        memcpy(point + 1 + P256_N, k->b.p, P256_N);
        if (OSSL_PARAM_BLD_push_utf8_string(b, OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1", 0) == 1 &&
            OSSL_PARAM_BLD_push_octet_string(b, OSSL_PKEY_PARAM_PUB_KEY, point, sizeof point) == 1)
            key = key_of("EC", b);
    }
    OSSL_PARAM_BLD_free(b);
    return key;
}

/* r and s side by side, as the DER that OpenSSL wants; 0: they are not. */
static size_t der_of(unsigned char out[static DER_MAX], Str signature)
{
    ECDSA_SIG *sig = ECDSA_SIG_new();
    int n = 0;
    if (sig != NULL && signature.n == (size_t)2 * P256_N &&
        ECDSA_SIG_set0(sig, number(str_sub(signature, 0, P256_N)),
                       number(str_sub(signature, P256_N, signature.n))) == 1)
        n = i2d_ECDSA_SIG(sig, &(unsigned char *){out});
    ECDSA_SIG_free(sig);
    return n < 0 ? 0 : (size_t)n;
}

bool jws_verify(const struct jws_key *k, Str text, Str signature)
{
    unsigned char der[DER_MAX];
    const unsigned char *sig = (const unsigned char *)signature.p;
    size_t n = signature.n;
    EVP_PKEY *key = k->alg == JWS_RS256 ? rsa_key(k) : p256_key(k);
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    if (k->alg == JWS_ES256) {
        n = der_of(der, signature);
        sig = der;
    }
    bool good = key != NULL && ctx != NULL && n > 0 &&
                EVP_DigestVerifyInit(ctx, NULL, EVP_sha256(), NULL, key) == 1 &&
                EVP_DigestVerify(ctx, sig, n, (const unsigned char *)text.p, text.n) == 1;
    EVP_MD_CTX_free(ctx);
    EVP_PKEY_free(key);
    return good;
}
