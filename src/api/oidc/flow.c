/* flow.c - there and back: the two routes, and what is asked of the house between them. */
#include "api/oidc/oidc.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/str.h"
#include "crypto/keyed.h"
#include "os/thread.h"

enum { KEPT_S = 600, AWAY_S = 600, WAIT_S = 10, ANSWER_MAX = 1 << 18, SEALED_MAX = 1 << 11 };
static const int64_t SECOND_US = 1000000;
#define BACK "/api/v1/session/oidc/back"

/* --- the house: its description and its keys --- */

struct oidc_house {
    struct lock *lock;
    struct arena *arena; /* NULL: nothing is known yet */
    int64_t until_us;
    Str authorize, token;
    struct oidc_key *key;
    size_t key_n;
};

struct oidc_house *oidc_open(struct arena *keep)
{
    struct oidc_house *h = ARENA_NEW(keep, struct oidc_house);
    h->lock = lock_open(keep);
    return h;
}

void oidc_close(struct oidc_house *h)
{
    arena_close(h->arena);
    lock_close(h->lock);
}

static enum status refuse(struct call *c, const char *why)
{
    return call_refuse(c, DIAG_OIDC_HOUSE, c->api->o.oidc.issuer, str_of(why));
}

/* What it answers to a question of ours, as JSON on `keep`. */
static enum status ask(struct call *c, struct arena *keep, Str url, Str form, Str *out)
{
    static const Str GET[] = {{"Accept: application/json", 24}};
    static const Str POST[] = {{"Accept: application/json", 24},
                               {"Content-Type: application/x-www-form-urlencoded", 47}};
    struct outside_answer got;
    struct outside_ask q = {.url = url,
                            .post = form.n > 0,
                            .body = form,
                            .header = form.n > 0 ? POST : GET,
                            .header_n = form.n > 0 ? 2 : 1,
                            .wait_s = WAIT_S,
                            .answer_bytes = ANSWER_MAX};
    outside_ask(keep, &got, &q, &c->api->o.outside);
    if (got.end != OUTSIDE_ANSWERED)
        return refuse(c, outside_word(got.end, LANG_ZH));
    *out = got.body;
    return got.status == 200
               ? OK
               : call_refuse(c, DIAG_OIDC_HOUSE, url, arena_fmt(c->arena, "HTTP %d", got.status));
}

/* On a new arena; what was known before stays until all of it is there. */
static enum status learn(struct call *c, struct oidc_house *h, struct arena *keep)
{
    struct oidc_house new = {.lock = h->lock, .arena = keep};
    Str text = S(""), issuer = c->api->o.oidc.issuer;
    TRY(ask(c, keep, arena_fmt(keep, "%.*s/.well-known/openid-configuration", STR_ARG(issuer)),
            S(""), &text));
    bool same = str_eq(oidc_member(keep, text, "issuer"), issuer);
    Str keys = oidc_member(keep, text, "jwks_uri");
    new.authorize = oidc_member(keep, text, "authorization_endpoint");
    new.token = oidc_member(keep, text, "token_endpoint");
    if (!same || new.authorize.n == 0 || new.token.n == 0)
        return refuse(c, "openid-configuration");
    TRY(ask(c, keep, keys, S(""), &text));
    if (!oidc_keys_read(keep, &new.key, &new.key_n, text))
        return refuse(c, "jwks");
    new.until_us = c->now_us + KEPT_S *SECOND_US;
    arena_close(h->arena);
    *h = new;
    return OK;
}

/* The house as it is known, on the call's arena; `anew`: asked again, for keys that are newer. */
static enum status look(struct call *c, struct oidc_house *out, bool anew)
{
    struct oidc_house *h = c->api->oidc;
    enum status st = OK;
    lock_take(h->lock);
    if (h->arena == NULL || h->until_us < c->now_us || anew) {
        struct arena *keep = arena_open();
        st = learn(c, h, keep);
        if (st != OK)
            arena_close(keep);
    }
    if (st == OK) {
        *out = *h;
        out->authorize = arena_copy(c->arena, h->authorize);
        out->token = arena_copy(c->arena, h->token);
        out->key = ARENA_ARRAY(c->arena, struct oidc_key, h->key_n);
        for (size_t i = 0; i < h->key_n; i++)
            out->key[i] =
                (struct oidc_key){arena_copy(c->arena, h->key[i].id),
                                  {h->key[i].key.alg, arena_copy(c->arena, h->key[i].key.a),
                                   arena_copy(c->arena, h->key[i].key.b)}};
    }
    lock_give(h->lock);
    return st;
}

/* --- what goes along --- */

/* Kept by the browser between the two, sealed: nobody else can have begun what is ended here. */
struct errand {
    Str state, nonce, verifier;
    int64_t session, until_s;
};

static Str random_word(struct arena *keep)
{
    char text[KEYED_TEXT_N + 1];
    Secret s = secret_new();
    secret_write(text, &s);
    return arena_copy(keep, str_of(text));
}

static void set_cookie(struct call *c, Str value, int seconds)
{
    bool tls = c->rq->secure;
    http_set(c->rq, S("Set-Cookie"),
             arena_fmt(c->arena, "%sgeci-oidc=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                       tls ? "__Host-" : "", STR_ARG(value), seconds, tls ? "; Secure" : ""));
}

static void errand_keep(struct call *c, const struct errand *e)
{
    Str plain =
        arena_fmt(c->arena, "%.*s %.*s %.*s %lld %lld", STR_ARG(e->state), STR_ARG(e->nonce),
                  STR_ARG(e->verifier), (long long)e->session, (long long)e->until_s);
    Str sealed = access_seal(c->arena, c->api->o.access, plain);
    set_cookie(c, base64url_write(c->arena, sealed), AWAY_S);
}

static bool whole(int64_t *out, Str text)
{
    Dec d;
    bool lossy;
    if (!dec_parse(&d, text, &lossy) || d.scale != 0)
        return false;
    *out = (int64_t)d.m;
    return true;
}

static bool errand_read(struct call *c, struct errand *out)
{
    Str name = c->rq->secure ? S("__Host-geci-oidc") : S("geci-oidc");
    Str sealed, rest, text = http_cookie(c->rq, name);
    *out = (struct errand){0};
    if (text.n == 0 || text.n > SEALED_MAX || !base64url_read(c->arena, &sealed, text) ||
        !access_unseal(c->arena, &rest, c->api->o.access, sealed))
        return false;
    out->state = str_cut(&rest, ' ');
    out->nonce = str_cut(&rest, ' ');
    out->verifier = str_cut(&rest, ' ');
    Str session = str_cut(&rest, ' ');
    return whole(&out->session, session) && whole(&out->until_s, rest) &&
           out->until_s >= c->now_us / SECOND_US;
}

static void put_word(struct buf *b, const char *name, Str value)
{
    buf_fmt(b, "%s%s=", b->n > 0 ? "&" : "", name);
    for (size_t i = 0; i < value.n; i++) {
        char x = value.p[i];
        bool plain = (x >= 'a' && x <= 'z') || (x >= 'A' && x <= 'Z') || (x >= '0' && x <= '9') ||
                     x == '-' || x == '_' || x == '.';
        if (plain)
            buf_char(b, x);
        else
            buf_fmt(b, "%%%02X", (unsigned)(unsigned char)x);
    }
}

static Str back_here(struct call *c)
{
    return arena_fmt(c->arena, "%.*s" BACK, STR_ARG(c->api->o.origin));
}

/* --- there --- */

enum status api_session_oidc(struct call *c, const struct api_session_oidc_in *in,
                             struct api_oidc_there *out)
{
    const struct oidc_options *o = &c->api->o.oidc;
    struct oidc_house h;
    struct buf b;
    if (o->issuer.n == 0)
        return ERR_GONE;
    if (in->body.confirm.v && c->who.session == 0)
        return ERR_DENIED;
    TRY(look(c, &h, false));
    struct errand e = {random_word(c->arena), random_word(c->arena), random_word(c->arena),
                       in->body.confirm.v ? c->who.session : 0, c->now_us / SECOND_US + AWAY_S};
    Sha256 challenge = sha256_of(e.verifier);
    buf_init(&b, c->arena, 1 << 14);
    put_word(&b, "response_type", S("code"));
    put_word(&b, "client_id", o->client);
    put_word(&b, "redirect_uri", back_here(c));
    put_word(&b, "scope", o->scope);
    put_word(&b, "state", e.state);
    put_word(&b, "nonce", e.nonce);
    put_word(&b, "code_challenge", base64url_write(c->arena, sha256_str(&challenge)));
    put_word(&b, "code_challenge_method", S("S256"));
    if (e.session != 0) {
        put_word(&b, "prompt", S("login"));
        put_word(&b, "max_age", S("0"));
    }
    errand_keep(c, &e);
    bool more = str_find(h.authorize, S("?")) < h.authorize.n;
    out->url = arena_fmt(c->arena, "%.*s%s%.*s", STR_ARG(h.authorize), more ? "&" : "?",
                         STR_ARG(buf_str(&b)));
    return OK;
}

/* --- and back --- */

struct coming {
    struct call *c;
    struct oidc_person person;
    struct oidc_visit visit;
    struct login_answer answer;
    const char *wrong;
};

static enum status enter(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct coming *x = arg;
    struct access_view v = api_view(x->c, conn);
    v.keep = tmp;
    return oidc_enter(&v, &x->person, &x->visit, &x->answer, &x->wrong);
}

static enum status id_token(struct call *c, const struct oidc_house *h, const struct errand *e,
                            Str code, Str *out)
{
    const struct oidc_options *o = &c->api->o.oidc;
    struct buf b;
    Str text = S("");
    buf_init(&b, c->arena, 1 << 14);
    put_word(&b, "grant_type", S("authorization_code"));
    put_word(&b, "code", code);
    put_word(&b, "redirect_uri", back_here(c));
    put_word(&b, "code_verifier", e->verifier);
    put_word(&b, "client_id", o->client);
    if (o->secret.n > 0)
        put_word(&b, "client_secret", o->secret);
    TRY(ask(c, c->arena, h->token, buf_str(&b), &text));
    *out = oidc_member(c->arena, text, "id_token");
    secret_wipe_str(text);
    return OK;
}

static enum status vouched(struct coming *x, const struct errand *e, Str code)
{
    struct call *c = x->c;
    struct oidc_house h;
    Str token;
    TRY(look(c, &h, false));
    TRY(id_token(c, &h, e, code, &token));
    struct oidc_expected want = {.o = &c->api->o.oidc,
                                 .key = h.key,
                                 .key_n = h.key_n,
                                 .nonce = e->nonce,
                                 .now_s = c->now_us / SECOND_US,
                                 .fresh = e->session != 0};
    x->wrong = oidc_token_read(c->arena, &x->person, token, &want);
    if (x->wrong != NULL && str_eq(str_of(x->wrong), S("unknown key"))) {
        TRY(look(c, &h, true));
        want.key = h.key;
        want.key_n = h.key_n;
        x->wrong = oidc_token_read(c->arena, &x->person, token, &want);
    }
    if (x->wrong != NULL)
        return OK;
    enum status st = call_write(c, enter, x);
    return st == ERR_GONE ? OK : st; /* refused, and nobody there to be told of */
}

/* A page of ours: the browser's next step from it is from our own site, so that the cookie, which
 * never goes along from elsewhere, does. */
static Str page(struct call *c, const char *refresh, const char *zh, const char *en, Str why)
{
    return arena_fmt(c->arena,
                     "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\">%s<title>%s</title>"
                     "<p>%s %.*s</p><p lang=\"en\">%s %.*s</p><p><a href=\"/\">/</a></p></html>\n",
                     refresh, zh, zh, STR_ARG(why), en, STR_ARG(why));
}

static void turn_away(struct call *c)
{
    http_answer(c->rq, 403, S("text/html; charset=utf-8"), c->bytes);
}

enum status api_session_oidc_back(struct call *c, const struct api_session_oidc_back_in *in)
{
    struct coming x = {.c = c, .wrong = "error"};
    struct errand e;
    Str agent = http_header(c->rq, S("user-agent"));
    if (c->api->o.oidc.issuer.n == 0)
        return ERR_GONE;
    if (!errand_read(c, &e) || in->state.n == 0 || !secret_same(in->state, e.state))
        return call_refuse(c, DIAG_OIDC_STATE, NO_ARG, NO_ARG);
    if (in->iss.n > 0 && !str_eq(in->iss, c->api->o.oidc.issuer))
        return call_refuse(c, DIAG_OIDC_STATE, NO_ARG, NO_ARG);
    x.visit =
        (struct oidc_visit){login_source(c->arena, c->rq->peer), str_or_empty(agent), e.session};
    if (in->code.n > 0)
        TRY(vouched(&x, &e, in->code));
    if (x.wrong != NULL) {
        set_cookie(c, S(""), 0);
        c->bytes = page(c, "", "统一身份认证没有通过：",
                        "Logging in through the other house failed:", str_of(x.wrong));
        c->take = turn_away;
        return OK;
    }
    http_set(c->rq, S("Set-Cookie"), session_cookie(c->arena, &x.answer.cookie, c->rq->secure));
    c->bytes =
        page(c, "<meta http-equiv=\"refresh\" content=\"0;url=/\">", "已登录", "Logged in", S(""));
    return OK;
}
