#include "crypto/keyed.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <sodium.h>
#include <string.h>

#include "base/arena.h"
#include "base/str.h"

_Static_assert(SECRET_N == crypto_secretbox_KEYBYTES, "a key of a secretbox");

void keyed_init(void)
{
    ASSERT(sodium_init() >= 0);
}

void secret_random(void *out, size_t n)
{
    randombytes_buf(out, n);
}

Secret secret_new(void)
{
    Secret s = {0};
    secret_random(s.byte, sizeof s.byte);
    return s;
}

void secret_wipe(void *p, size_t n)
{
    sodium_memzero(p, n);
}

void secret_wipe_str(Str s)
{
    void *p;
    memcpy(&p, &s.p, sizeof p); /* read only by its type: the caller's arena is not */
    secret_wipe(p, s.n);
}

static void hmac(const EVP_MD *md, Str key, Str text, uint8_t *out, unsigned n)
{
    unsigned got = 0;
    ASSERT(HMAC(md, key.p, (int)key.n, (const uint8_t *)text.p, text.n, out, &got) != NULL);
    ASSERT(got == n);
}

static Str key_str(const Secret *s)
{
    return (Str){(const char *)s->byte, sizeof s->byte};
}

Mac mac_sm3(const Secret *key, Str text)
{
    Mac m = {0};
    hmac(EVP_sm3(), key_str(key), text, m.byte, sizeof m.byte);
    return m;
}

void mac_sha1(uint8_t out[static 20], Str key, Str text)
{
    hmac(EVP_sha1(), key, text, out, 20);
}

void mac_sha256(uint8_t out[static 32], Str key, Str text)
{
    hmac(EVP_sha256(), key, text, out, 32);
}

Secret secret_derive(const Secret *key, Str use)
{
    Mac m = mac_sm3(key, use);
    Secret s;
    memcpy(s.byte, m.byte, sizeof s.byte);
    secret_wipe(&m, sizeof m);
    return s;
}

bool secret_read_hex(Secret *out, Str text)
{
    return str_unhex(out->byte, sizeof out->byte, str_trim(text));
}

void secret_write_hex(char out[static 2 * SECRET_N + 1], const Secret *s)
{
    str_hex(out, key_str(s));
}

enum { VARIANT = sodium_base64_VARIANT_URLSAFE_NO_PADDING };

static void write_base64(char out[static KEYED_TEXT_N + 1], const uint8_t byte[static SECRET_N])
{
    (void)sodium_bin2base64(out, KEYED_TEXT_N + 1, byte, SECRET_N, VARIANT); /* returns `out` */
}

void secret_write(char out[static KEYED_TEXT_N + 1], const Secret *s)
{
    write_base64(out, s->byte);
}

void mac_write(char out[static KEYED_TEXT_N + 1], const Mac *m)
{
    write_base64(out, m->byte);
}

/* libsodium 1.0.18 takes some bytes above 127 for letters: one value would have many spellings. */
static bool all_ascii(Str text)
{
    for (size_t i = 0; i < text.n; i++)
        if ((unsigned char)text.p[i] > 127)
            return false;
    return true;
}

bool secret_read(Secret *out, Str text)
{
    size_t n = 0;
    return text.n == KEYED_TEXT_N && all_ascii(text) &&
           sodium_base642bin(out->byte, SECRET_N, text.p, text.n, NULL, &n, NULL, VARIANT) == 0 &&
           n == SECRET_N;
}

Str mac_str(const Mac *m)
{
    return (Str){(const char *)m->byte, sizeof m->byte};
}

bool secret_same(Str a, Str b)
{
    return a.n == b.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}

enum { NONCE_N = crypto_secretbox_NONCEBYTES, BOX_N = NONCE_N + crypto_secretbox_MACBYTES };

Str secret_seal(struct arena *keep, const Secret *key, Str plain)
{
    uint8_t *out = ARENA_ARRAY(keep, uint8_t, plain.n + BOX_N);
    secret_random(out, NONCE_N);
    ASSERT(crypto_secretbox_easy(out + NONCE_N, (const uint8_t *)plain.p, plain.n, out,
                                 key->byte) == 0);
    return (Str){(const char *)out, plain.n + BOX_N};
}

bool secret_unseal(struct arena *keep, Str *plain, const Secret *key, Str sealed)
{
    if (sealed.n < BOX_N)
        return false;
    const uint8_t *in = (const uint8_t *)sealed.p;
    uint8_t *out = ARENA_ARRAY(keep, uint8_t, sealed.n - BOX_N + 1);
    *plain = (Str){(const char *)out, sealed.n - BOX_N};
    return crypto_secretbox_open_easy(out, in + NONCE_N, sealed.n - NONCE_N, in, key->byte) == 0;
}

Str base64url_write(struct arena *keep, Str bytes)
{
    size_t room = sodium_base64_encoded_len(bytes.n, VARIANT); /* with its NUL */
    char *out = ARENA_ARRAY(keep, char, room);
    (void)sodium_bin2base64(out, room, (const uint8_t *)bytes.p, bytes.n, VARIANT); /* `out` */
    return (Str){out, room - 1};
}

bool base64url_read(struct arena *keep, Str *bytes, Str text)
{
    uint8_t *out = ARENA_ARRAY(keep, uint8_t, text.n + 1);
    size_t n = 0;
    if (!all_ascii(text) ||
        sodium_base642bin(out, text.n + 1, text.p, text.n, NULL, &n, NULL, VARIANT) != 0)
        return false;
    *bytes = (Str){(const char *)out, n};
    return true;
}
