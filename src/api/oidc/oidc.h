/* oidc.h - logging in through another house (OpenID Connect, authorization code with PKCE).
 *
 *     page    POST /session/oidc -> address of the house; state, nonce, verifier sealed in a cookie
 *     browser goes there, and comes back with a code to GET /session/oidc/back
 *     server  the code and the verifier -> ID token, checked by the house's keys -> access/oidc.h
 *
 * The house's description and keys are asked for when they are needed and kept for ten minutes,
 * through outside/outside.h: it has to be named in --outgoing. Threads: workers.
 */
#ifndef GECI_API_OIDC_OIDC_H
#define GECI_API_OIDC_OIDC_H

#include "access/oidc.h"
#include "crypto/jws.h"

struct call;
struct oidc_house;

enum { OIDC_FILE_MAX = 1 << 16 };

struct oidc_map { /* what the house says -> what it means here */
    Str from, to;
};

/* A file of JSON: docs/operate.md. */
struct oidc_options {
    Str issuer, client, secret; /* issuer empty: nobody logs in so. secret empty: a public client */
    Str title;                  /* what people call it: 统一身份认证 */
    Str scope, name_claim, title_claim, role_claim, group_claim;
    struct oidc_map *role, *locality;
    size_t role_n, locality_n;
    uint32_t *role_bit; /* of each `role` */
};
/* OIDC-FILE with what is wrong. */
NODISCARD enum status oidc_read(struct arena *keep, struct oidc_options *out, Str text,
                                struct diags *ds);

struct oidc_house *oidc_open(struct arena *keep);
void oidc_close(struct oidc_house *h);

/* A member of a JSON object that is a text; empty: there is none. */
Str oidc_member(struct arena *keep, Str object, const char *name);

/* --- tokens --- */

struct oidc_key {
    Str id;
    struct jws_key key;
};
/* The signing keys of a set (RFC 7517); others are passed over. False: it is no set. */
bool oidc_keys_read(struct arena *keep, struct oidc_key **out, size_t *n, Str text);

struct oidc_expected {
    const struct oidc_options *o;
    const struct oidc_key *key;
    size_t key_n;
    Str nonce;
    int64_t now_s;
    bool fresh; /* proved within the last five minutes */
};
/* Who the ID token is of; NULL, or what is wrong with it. `unknown key` asks for newer keys. */
const char *oidc_token_read(struct arena *keep, struct oidc_person *out, Str token,
                            const struct oidc_expected *want);

#endif
