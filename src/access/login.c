#include "access/login.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "access/access_int.h"
#include "access/account.h"
#include "access/totp.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"

/* A bucket that holds `most` tries and gets one back every `us`: within any hour no more than
 * most + 3600 s / us. `spared`: of them so many are kept for known addresses. */
struct budget {
    int64_t us;
    int most, spared;
};

#define SECOND_US INT64_C(1000000)

enum { BY_NAME, BY_SOURCE, BY_ALL, BUDGETS };
static const struct budget BUDGET[BUDGETS] = {
    [BY_NAME] = {720 * SECOND_US, 5, 2}, /* 5 + 5 an hour */
    [BY_SOURCE] = {60 * SECOND_US, 20, 0},
    [BY_ALL] = {2 * SECOND_US, 120, 60}, /* a flood of strangers does not stop those we know */
};

static const int64_t KNOWN_US = INT64_C(30) * 86400 * 1000000;

Str login_source(struct arena *keep, Str address)
{
    char text[INET6_ADDRSTRLEN];
    struct in6_addr six;
    struct in_addr four;
    Str z = arena_copy(keep, address);
    if (z.n >= sizeof text)
        return S("?");
    if (inet_pton(AF_INET, z.p, &four) == 1)
        return z;
    if (inet_pton(AF_INET6, z.p, &six) != 1)
        return S("?");
    if (IN6_IS_ADDR_V4MAPPED(&six))
        return arena_copy(keep, str_of(inet_ntop(AF_INET, six.s6_addr + 12, text, sizeof text)));
    memset(six.s6_addr + 8, 0, 8);
    return arena_fmt(keep, "%s/64", inet_ntop(AF_INET6, &six, text, sizeof text));
}

/* When the bucket would be full again; one that is not there is full. */
static enum status read_bucket(const struct access_view *v, Str holder, int64_t *full_us)
{
    struct sql_login_budget_get_row row;
    bool there;
    TRY(found(&there,
              sql_login_budget_get_one(v->conn, v->keep,
                                       &(struct sql_login_budget_get){v->county, holder}, &row)));
    *full_us = there && row.full_us > v->now_us ? row.full_us : v->now_us;
    return OK;
}

static bool has_room(const struct budget *b, int64_t full_us, int64_t now_us, bool known)
{
    int64_t most = known ? b->most : b->most - b->spared;
    return full_us - now_us + b->us <= most * b->us;
}

/* Charges all of the buckets that have a holder, or none. */
static enum status charge(const struct access_view *v, const Str holder[static BUDGETS], bool known,
                          bool *ok)
{
    int64_t full_us[BUDGETS];
    *ok = true;
    for (int i = 0; i < BUDGETS; i++) {
        if (holder[i].n == 0)
            continue;
        TRY(read_bucket(v, holder[i], &full_us[i]));
        *ok &= has_room(&BUDGET[i], full_us[i], v->now_us, known);
    }
    for (int i = 0; i < BUDGETS && *ok; i++)
        if (holder[i].n > 0)
            TRY(sql_login_budget_set(
                v->conn,
                &(struct sql_login_budget_set){v->county, holder[i], full_us[i] + BUDGET[i].us}));
    return OK;
}

static enum status give_back(const struct access_view *v, const Str holder[static BUDGETS])
{
    for (int i = 0; i < BUDGETS; i++)
        if (holder[i].n > 0)
            TRY(sql_login_budget_give(
                v->conn, &(struct sql_login_budget_give){v->county, holder[i], BUDGET[i].us}));
    return OK;
}

/* Was the account logged in from there lately? */
static enum status is_known(const struct access_view *v, int64_t account, Str source, bool *known)
{
    struct sql_login_known_row row;
    struct sql_login_known in = {v->county, account, source, v->now_us - KNOWN_US};
    *known = false;
    return account == 0 ? OK : found(known, sql_login_known_one(v->conn, v->keep, &in, &row));
}

/* A name may be a password typed in the wrong place: the store gets a keyed digest of it. */
static void name_holder(const struct access *x, char out[static 64], Str name)
{
    char text[KEYED_TEXT_N + 1];
    Mac m = mac_sm3(&x->budget, name);
    mac_write(text, &m);
    (void)snprintf(out, 64, "name %.22s", text); /* fits */
}

static void source_holder(char out[static 64], Str source)
{
    (void)snprintf(out, 64, "from %.*s", STR_ARG(source)); /* fits: login_source */
}

static void put_text(char *out, size_t room, Str s)
{
    ASSERT(s.n < room);
    memcpy(out, s.p, s.n);
    out[s.n] = '\0';
}

static enum status fetch(const struct access_view *v, struct login *l)
{
    struct credential had = {.account = l->account, .kind = CREDENTIAL_PASSWORD};
    bool there;
    if (l->account == 0)
        return OK;
    TRY(found(&there, credential_get(v->conn, v->keep, v->access, v->county, &had)));
    if (there)
        put_text(l->kept, sizeof l->kept, had.secret);
    return OK;
}

static void holders_of(const struct login *l, Str holder[static BUDGETS])
{
    for (int i = 0; i < BUDGETS; i++)
        holder[i] = str_of(l->holder[i]);
}

enum status login_begin(const struct access_view *v, const struct login_ask *ask, struct login *out)
{
    Str name = account_name_fold(v->keep, ask->name), source = login_source(v->keep, ask->source);
    Str holder[BUDGETS];
    bool there, known;
    *out = (struct login){0};
    TRY(sql_login_budget_drop_full(v->conn,
                                   &(struct sql_login_budget_drop_full){v->county, v->now_us}));
    TRY(found(&there, account_find(v->conn, v->keep, v->county, name, &out->account)));
    TRY(is_known(v, out->account, source, &known));
    name_holder(v->access, out->holder[BY_NAME], name);
    source_holder(out->holder[BY_SOURCE], source);
    put_text(out->holder[BY_ALL], sizeof out->holder[BY_ALL], S("all"));
    holders_of(out, holder);
    TRY(charge(v, holder, known, &out->weighed));
    return out->weighed ? fetch(v, out) : OK;
}

enum status login_verify(struct access *x, const struct login_ask *ask, struct login *l)
{
    if (!l->weighed)
        return OK;
    l->right = password_ok(x, ask->password, str_of(l->kept));
    if (!l->right || ask->fresh.n == 0)
        return OK;
    struct arena *tmp = arena_open();
    Str fresh = password_hash(tmp, x, ask->fresh);
    put_text(l->fresh, sizeof l->fresh, fresh);
    arena_close(tmp);
    return fresh.n == 0 ? ERR_LIMIT : OK;
}

/* How it was proved, or what was wrong: the record tells, the answer does not. */
struct proof {
    bool must_change;
    const char *by, *wrong; /* one of them is NULL */
};

static enum status prove(struct access_desk *d, const struct login_ask *ask, const struct login *l,
                         struct proof *out)
{
    struct act *a = d->act;
    struct credential had = {.account = l->account, .kind = CREDENTIAL_PASSWORD};
    enum totp_answer second;
    struct access_view v = access_look(d);
    struct caller who;
    bool there, open;
    *out = (struct proof){.wrong = "password"};
    if (!l->right)
        return OK;
    TRY(found(&there, credential_get(a->conn, a->arena, d->access, a->county, &had)));
    if (!there || !secret_same(had.secret, str_of(l->kept)))
        return OK; /* changed since the first step */
    TRY(found(&open, account_caller(&v, l->account, &who)));
    out->must_change = had.must_change && ask->fresh.n == 0;
    out->wrong = "state";
    if (!open)
        return OK;
    TRY(totp_check(d, l->account, ask->code, &second));
    out->wrong = second == TOTP_WRONG ? "code" : NULL;
    out->by = second == TOTP_NONE    ? "password"
              : second == TOTP_RIGHT ? "password+totp"
                                     : "password+recovery";
    return OK;
}

/* The session proved again must be one of this account that still lives. */
static enum status renew(struct access_desk *d, const struct login_ask *ask, const struct login *l,
                         struct login_answer *out)
{
    struct act *a = d->act;
    struct sql_session_get_row row;
    bool there;
    if (ask->session == 0) {
        out->session = a->no;
        return session_open(d, l->account, login_source(a->arena, ask->source), ask->agent,
                            &out->cookie);
    }
    TRY(found(&there, session_live(a, ask->session, &row)));
    if (!there || row.account != l->account)
        return ERR_GONE;
    out->session = ask->session;
    return session_turn(d, ask->session, (uint32_t)row.roles, a->at_us, &out->cookie);
}

static enum status admit(struct access_desk *d, const struct login_ask *ask, const struct login *l,
                         const struct proof *p, struct login_answer *out)
{
    struct act *a = d->act;
    struct access_view v = access_look(d);
    Str source = login_source(a->arena, ask->source), holder[BUDGETS];
    TRY(renew(d, ask, l, out));
    if (ask->fresh.n > 0)
        TRY(account_password(d, l->account, str_of(l->fresh), false, out->session));
    TRY(sql_login_known_set(
        a->conn, &(struct sql_login_known_set){a->county, l->account, source, a->at_us}));
    holders_of(l, holder);
    TRY(give_back(&v, holder));
    out->ok = true;
    out->account = l->account;
    out->must_change = p->must_change;
    return OK;
}

static enum status tell(struct access_desk *d, const struct login_ask *ask, const struct proof *p,
                        const struct login_answer *answer)
{
    struct act *a = d->act;
    Str name = account_name_fold(a->arena, ask->name);
    Str verb = !answer->ok         ? S("login.refuse")
               : ask->fresh.n > 0  ? S("login.password")
               : ask->session != 0 ? S("login.prove")
                                   : S("login.enter");
    struct json j;
    struct buf b;
    buf_init(&b, a->arena, 1024);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "source", login_source(a->arena, ask->source));
    if (answer->ok)
        json_kint(&j, "session", answer->session);
    json_kstr(&j, answer->ok ? "by" : "wrong", str_of(answer->ok ? p->by : p->wrong));
    json_obj_end(&j);
    return act_end(a, &(struct act_words){name, verb, name, buf_str(&b)});
}

enum status login_end(const struct access_view *v, const struct login_ask *ask,
                      const struct login *l, struct login_answer *out)
{
    struct act act;
    struct proof proof;
    *out = (struct login_answer){0};
    if (!l->weighed || l->account == 0)
        return OK; /* nobody there to be told of, or no more of it than was told already */
    TRY(act_begin(&act, v->conn, v->keep, v->county, v->now_us));
    struct access_desk desk = {.act = &act, .access = v->access};
    TRY(prove(&desk, ask, l, &proof));
    if (proof.wrong == NULL) {
        enum status st = admit(&desk, ask, l, &proof, out);
        TRY(st == ERR_GONE ? OK : st);
        if (st == ERR_GONE) { /* the session ended meanwhile */
            *out = (struct login_answer){0};
            proof.wrong = "session";
        }
    }
    return tell(&desk, ask, &proof, out);
}

void login_wipe(struct login *l)
{
    secret_wipe(l, sizeof *l);
}

/* The holders that other credentials are charged to: room for the address's. */
static void of_source(const struct access_view *v, Str source, char room[static 64],
                      Str holder[static BUDGETS])
{
    source_holder(room, login_source(v->keep, source));
    holder[BY_NAME] = S("");
    holder[BY_SOURCE] = str_of(room);
    holder[BY_ALL] = S("all");
}

enum status login_weigh(const struct access_view *v, Str source, bool *ok)
{
    char room[64];
    Str holder[BUDGETS];
    of_source(v, source, room, holder);
    return charge(v, holder, false, ok);
}

enum status login_unweigh(const struct access_view *v, Str source)
{
    char room[64];
    Str holder[BUDGETS];
    of_source(v, source, room, holder);
    return give_back(v, holder);
}

enum status login_may(const struct access_view *v, Str source, bool *ok)
{
    char room[64];
    Str holder[BUDGETS];
    int64_t full_us;
    of_source(v, source, room, holder);
    TRY(read_bucket(v, holder[BY_SOURCE], &full_us));
    *ok = has_room(&BUDGET[BY_SOURCE], full_us, v->now_us, false);
    return OK;
}
