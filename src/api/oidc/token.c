/* token.c - what an ID token says, if it can be believed (OpenID Connect Core 3.1.3.7).
 *
 * A token is three texts in base64url: head, body, and the signature over the first two as they
 * stand. The algorithm is that of the key, never that which the head asks for. */
#include "api/member.h"
#include "api/oidc/oidc.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypto/keyed.h"

enum { TOKEN_MAX = 1 << 15, SKEW_S = 60, FRESH_S = 300, NAME_MAX = 200 };

static Str text_of(const json_t *root, const char *name)
{
    return member_text(root, name, S(""));
}

static bool is(const json_t *root, const char *name, Str word)
{
    return str_eq(text_of(root, name), word);
}

Str oidc_member(struct arena *keep, Str object, const char *name)
{
    json_t *root = json_loadb(object.p, object.n, JSON_REJECT_DUPLICATES, NULL);
    Str s = arena_copy(keep, text_of(root, name));
    json_decref(root);
    return s;
}

/* --- keys --- */

static bool key_read(struct arena *keep, struct oidc_key *out, const json_t *jwk)
{
    bool rsa = is(jwk, "kty", S("RSA"));
    if (!rsa && !(is(jwk, "kty", S("EC")) && is(jwk, "crv", S("P-256"))))
        return false;
    if (json_object_get(jwk, "use") != NULL && !is(jwk, "use", S("sig")))
        return false;
    out->id = arena_copy(keep, text_of(jwk, "kid"));
    out->key.alg = rsa ? JWS_RS256 : JWS_ES256;
    return base64url_read(keep, &out->key.a, text_of(jwk, rsa ? "n" : "x")) &&
           base64url_read(keep, &out->key.b, text_of(jwk, rsa ? "e" : "y"));
}

bool oidc_keys_read(struct arena *keep, struct oidc_key **out, size_t *n, Str text)
{
    json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, NULL);
    json_t *keys = json_object_get(root, "keys"), *jwk;
    bool is_set = json_is_array(keys);
    size_t i;
    *n = 0;
    *out = ARENA_ARRAY(keep, struct oidc_key, json_array_size(keys) + 1);
    json_array_foreach(keys, i, jwk) if (key_read(keep, &(*out)[*n], jwk))(*n)++;
    json_decref(root);
    return is_set;
}

/* --- the three parts --- */

struct parts {
    Str signed_text, signature;
    json_t *head, *body;
};

static json_t *part_read(struct arena *tmp, Str text)
{
    Str bytes;
    return base64url_read(tmp, &bytes, text)
               ? json_loadb(bytes.p, bytes.n, JSON_REJECT_DUPLICATES, NULL)
               : NULL;
}

static bool parts_read(struct arena *tmp, struct parts *out, Str token)
{
    Str rest = token;
    *out = (struct parts){0};
    if (token.n > TOKEN_MAX)
        return false;
    Str head = str_cut(&rest, '.'), body = str_cut(&rest, '.');
    out->signed_text = str_sub(token, 0, head.n + 1 + body.n);
    out->head = part_read(tmp, head);
    out->body = part_read(tmp, body);
    return json_is_object(out->head) && json_is_object(out->body) &&
           base64url_read(tmp, &out->signature, rest);
}

/* --- may it be believed? --- */

static const char *check_signature(const struct parts *p, const struct oidc_expected *want)
{
    Str kid = text_of(p->head, "kid");
    if (json_object_get(p->head, "crit") != NULL)
        return "crit";
    for (size_t i = 0; i < want->key_n; i++) {
        const struct oidc_key *k = &want->key[i];
        if (kid.n > 0 && !str_eq(k->id, kid))
            continue;
        if (!is(p->head, "alg", k->key.alg == JWS_RS256 ? S("RS256") : S("ES256")))
            continue;
        if (jws_verify(&k->key, p->signed_text, p->signature))
            return NULL;
        if (kid.n > 0)
            return "signature";
    }
    return "unknown key";
}

/* For us: among those it is for, and where there are several, asked for by us. */
static bool is_for(const json_t *body, Str client)
{
    json_t *aud = json_object_get(body, "aud"), *one;
    bool found = is(body, "aud", client);
    size_t i;
    json_array_foreach(aud, i, one) found |=
        json_is_string(one) && str_eq(str_of(json_string_value(one)), client);
    bool asked =
        json_object_get(body, "azp") != NULL ? is(body, "azp", client) : json_array_size(aud) <= 1;
    return found && asked;
}

static const char *check_body(const json_t *body, const struct oidc_expected *want)
{
    int64_t until = json_integer_value(json_object_get(body, "exp"));
    int64_t made = json_integer_value(json_object_get(body, "iat"));
    int64_t proved = json_integer_value(json_object_get(body, "auth_time"));
    if (!is(body, "iss", want->o->issuer))
        return "iss";
    if (!is_for(body, want->o->client))
        return "aud";
    if (until < want->now_s - SKEW_S || made > want->now_s + SKEW_S)
        return "exp";
    if (want->nonce.n == 0 || !secret_same(text_of(body, "nonce"), want->nonce))
        return "nonce";
    if (text_of(body, "sub").n == 0 || text_of(body, "sub").n > NAME_MAX)
        return "sub";
    return want->fresh && proved < want->now_s - FRESH_S ? "auth_time" : NULL;
}

/* --- what it says --- */

static bool has(json_t *claim, Str word)
{
    json_t *one;
    size_t i;
    bool found = json_is_string(claim) && str_eq(str_of(json_string_value(claim)), word);
    json_array_foreach(claim, i, one) found |=
        json_is_string(one) && str_eq(str_of(json_string_value(one)), word);
    return found;
}

static void person_read(struct arena *keep, struct oidc_person *out, json_t *body,
                        const struct oidc_options *o)
{
    json_t *roles = json_object_get(body, o->role_claim.p);
    json_t *groups = json_object_get(body, o->group_claim.p);
    Str title = text_of(body, o->title_claim.p), name = text_of(body, o->name_claim.p);
    *out = (struct oidc_person){.issuer = o->issuer,
                                .person = arena_copy(keep, text_of(body, "sub")),
                                .name = arena_copy(keep, name),
                                .title = arena_copy(keep, title.n > 0 ? title : name),
                                .locality = S("")};
    for (size_t i = 0; i < o->role_n; i++)
        out->roles |= has(roles, o->role[i].from) ? o->role_bit[i] : 0;
    /* Only a town has a place of its own. */
    for (size_t i = 0; i < o->locality_n && out->roles == ROLE_BIT(ROLE_TOWN); i++)
        if (out->locality.n == 0 && has(groups, o->locality[i].from))
            out->locality = o->locality[i].to;
}

const char *oidc_token_read(struct arena *keep, struct oidc_person *out, Str token,
                            const struct oidc_expected *want)
{
    struct parts p;
    const char *wrong = parts_read(keep, &p, token) ? check_signature(&p, want) : "form";
    if (wrong == NULL)
        wrong = check_body(p.body, want);
    if (wrong == NULL)
        person_read(keep, out, p.body, want->o);
    json_decref(p.head);
    json_decref(p.body);
    return wrong;
}
