/* session.c - logging in and out, and proving oneself again. */
#include "access/login.h"
#include "access/right.h"
#include "api/may.h"
#include "api/route.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypto/keyed.h"
#include "record/record.h"

/* --- who is here --- */

static void write_roles(struct call *c, struct api_me *out)
{
    out->roles.at = ARENA_ARRAY(c->arena, Str, ROLE_N);
    out->role_names.at = ARENA_ARRAY(c->arena, Str, ROLE_N);
    for (int i = 0; i < ROLE_N; i++) {
        if (!caller_has(&c->who, (enum role)i))
            continue;
        out->roles.at[out->roles.n++] = str_of(role_name((enum role)i)->word);
        out->role_names.at[out->role_names.n++] = str_of(role_name((enum role)i)->zh);
    }
}

/* What the client offers: a step that wants the password again is offered too. */
static void write_rights(struct call *c, struct api_me *out)
{
    out->may.at = ARENA_ARRAY(c->arena, Str, (size_t)API_ROUTE_N);
    for (int i = 0; i < API_ROUTE_N; i++) {
        enum api_may may = api_may(&API_ROUTES[i], &c->who);
        if (may == API_MAY || may == API_MAY_CONFIRM)
            out->may.at[out->may.n++] = str_of(API_ROUTES[i].name);
    }
}

static enum status write_me(struct call *c, struct db_conn *conn, Str cookie, struct api_me *out)
{
    const struct caller *who = &c->who;
    *out = (struct api_me){
        .account = who->account,
        .name = who->name,
        .locality = str_or_empty(who->locality),
        .subject = who->subject,
        .subject_kind = str_or_empty(who->subject_kind),
        .subject_id = S(""),
        .organisation = str_or_empty(who->organisation),
        .county = c->county,
        .confirmed = who->stepped_up,
        .must_change = who->must_change,
        .csrf = S(""),
    };
    write_roles(c, out);
    write_rights(c, out);
    if (cookie.n > 0) {
        char text[KEYED_TEXT_N + 1];
        session_csrf(text, cookie);
        out->csrf = arena_copy(c->arena, str_of(text));
    }
    return who->subject == 0
               ? OK
               : record_subject_identity(conn, c->arena, c->county, who->subject, &out->subject_id);
}

enum status api_session_get(struct call *c, struct api_me *out)
{
    Str cookie = session_value(http_header(c->rq, S("cookie")), c->rq->secure);
    return write_me(c, c->conn, c->who.session != 0 ? cookie : S(""), out);
}

/* --- proving --- */

struct proof {
    struct call *c;
    struct login_ask ask;
    struct login login;
    struct login_answer answer;
};

static enum status begin(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct proof *p = arg;
    struct access_view v = api_view(p->c, conn);
    v.keep = tmp;
    return login_begin(&v, &p->ask, &p->login);
}

static enum status end(struct db_conn *conn, struct arena *tmp, void *arg)
{
    struct proof *p = arg;
    struct access_view v = api_view(p->c, conn);
    v.keep = tmp;
    return login_end(&v, &p->ask, &p->login, &p->answer);
}

/* The three steps of access/login.h; this is a worker's thread, which waits for the writer's. */
static enum status prove(struct proof *p)
{
    TRY(call_write(p->c, begin, p));
    enum status st = login_verify(p->c->api->o.access, &p->ask, &p->login);
    if (st == OK)
        st = call_write(p->c, end, p);
    login_wipe(&p->login);
    return st;
}

static enum status open_session(struct call *c, struct login_ask ask, struct api_me *out)
{
    struct proof p = {.c = c, .ask = ask};
    bool touch;
    p.ask.source = login_source(c->arena, c->rq->peer);
    p.ask.agent = http_header(c->rq, S("user-agent"));
    if (p.ask.agent.p == NULL)
        p.ask.agent = S("");
    TRY(prove(&p));
    secret_wipe_str(c->rq->body);
    secret_wipe_str(p.ask.password);
    secret_wipe_str(p.ask.fresh);
    if (!p.answer.ok)
        return call_refuse(c, DIAG_LOGIN_NO, NO_ARG, NO_ARG);
    Str cookie = arena_copy(c->arena, str_of(p.answer.cookie.text));
    http_set(c->rq, S("Set-Cookie"), session_cookie(c->arena, &p.answer.cookie, c->rq->secure));
    db_rollback(c->conn); /* what the writer has done since this transaction began is news to it */
    TRY(db_begin(c->conn));
    struct access_view v = api_view(c, c->conn);
    TRY(session_find(&v, cookie, &c->who, &touch));
    return write_me(c, c->conn, cookie, out);
}

enum status api_session_open(struct call *c, const struct api_session_open_in *in,
                             struct api_me *out)
{
    struct login_ask ask = {.name = in->body.name,
                            .password = in->body.password,
                            .code = str_or_empty(in->body.code),
                            .fresh = S("")};
    return open_session(c, ask, out);
}

/* Only a session's owner proves anything: a token has no password. */
static enum status owner_only(struct call *c)
{
    return c->who.session != 0 ? OK : ERR_DENIED;
}

enum status api_session_confirm(struct call *c, const struct api_session_confirm_in *in,
                                struct api_me *out)
{
    struct login_ask ask = {.name = c->who.name,
                            .password = in->body.password,
                            .code = str_or_empty(in->body.code),
                            .fresh = S(""),
                            .session = c->who.session};
    TRY(owner_only(c));
    return open_session(c, ask, out);
}

enum status api_session_password(struct call *c, const struct api_session_password_in *in,
                                 struct api_me *out)
{
    struct login_ask ask = {.name = c->who.name,
                            .password = in->body.password,
                            .code = str_or_empty(in->body.code),
                            .fresh = in->body.fresh,
                            .session = c->who.session};
    TRY(owner_only(c));
    enum password_fault fault = password_fault(ask.fresh, ask.name);
    if (fault != PASSWORD_FINE)
        return diag_add(&c->diags, DIAG_ACCESS_PASSWORD, (Span){0, 0},
                        password_fault_text(fault, true), NO_ARG,
                        password_fault_text(fault, false));
    return open_session(c, ask, out);
}

enum status api_session_end(struct call *c)
{
    struct access_desk desk = call_desk(c);
    TRY(owner_only(c));
    http_set(c->rq, S("Set-Cookie"), session_cookie_gone(c->arena, c->rq->secure));
    c->object = arena_fmt(c->arena, "session %lld", (long long)c->who.session);
    return session_close(&desk, c->who.account, c->who.session);
}
