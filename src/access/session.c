#include "access/session.h"

#include <string.h>

#include "access/access_int.h"
#include "access/account.h"
#include "base/arena.h"

static bool value_ok(Str value)
{
    Secret s;
    bool ok = secret_read(&s, value);
    secret_wipe(&s, sizeof s);
    return ok;
}

static Mac hash_of(const struct access *x, Str value)
{
    return mac_sm3(&x->session, value);
}

static int64_t earlier(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

/* When time alone will have changed something; `row` is of a session that is not to be touched. */
static int64_t lasts(const struct sql_session_find_row *row, const struct caller *who)
{
    int64_t until = earlier(who->until_us, row->until_us);
    until = earlier(until, row->seen_us + SESSION_TOUCH_US);
    return who->stepped_up ? earlier(until, row->step_us + SESSION_STEP_US) : until;
}

enum status session_find(const struct access_view *v, Str value, struct caller *out, bool *touch)
{
    struct sql_session_find_row row;
    *out = (struct caller){.county = v->county, .now_us = v->now_us};
    *touch = false;
    if (!value_ok(value))
        return ERR_GONE;
    Mac hash = hash_of(v->access, value);
    TRY(sql_session_find_one(v->conn, v->keep,
                             &(struct sql_session_find){v->county, mac_str(&hash),
                                                        v->now_us - SESSION_IDLE_US, v->now_us},
                             &row));
    TRY(account_caller(v, row.account, out));
    out->roles &= (uint32_t)row.roles;
    out->scopes = TOKEN_ALL;
    out->session = row.session;
    out->stepped_up = v->now_us - row.step_us < SESSION_STEP_US;
    out->must_change = row.must_change != 0;
    *touch = v->now_us - row.seen_us >= SESSION_TOUCH_US;
    out->until_us = *touch ? v->now_us : lasts(&row, out);
    return OK;
}

enum status session_touch(struct db_conn *c, Str county, int64_t session, int64_t now_us)
{
    return sql_session_touch(c, &(struct sql_session_touch){county, session, now_us});
}

static void new_cookie(Cookie *out)
{
    Secret s = secret_new();
    secret_write(out->text, &s);
    secret_wipe(&s, sizeof s);
}

enum status session_open(struct access_desk *d, int64_t account, Str source, Str agent, Cookie *out)
{
    enum { AGENT_MAX = 200 };
    struct act *a = d->act;
    new_cookie(out);
    Mac hash = hash_of(d->access, str_of(out->text));
    if (agent.n > AGENT_MAX)
        agent = S("");
    return sql_session_add(
        a->conn, &(struct sql_session_add){a->county, a->no, account, mac_str(&hash), ROLES_ALL,
                                           a->at_us, a->at_us + SESSION_MOST_US, source, agent});
}

enum status session_turn(struct access_desk *d, int64_t session, uint32_t roles, int64_t step_us,
                         Cookie *out)
{
    struct act *a = d->act;
    new_cookie(out);
    Mac hash = hash_of(d->access, str_of(out->text));
    return sql_session_turn(
        a->conn, &(struct sql_session_turn){a->county, session, mac_str(&hash), roles, step_us});
}

enum status session_live(const struct act *a, int64_t session, struct sql_session_get_row *row)
{
    return sql_session_get_one(
        a->conn, a->arena,
        &(struct sql_session_get){a->county, session, a->at_us - SESSION_IDLE_US, a->at_us}, row);
}

enum status session_take_roles(struct access_desk *d, const struct caller *who, uint32_t roles,
                               Cookie *out)
{
    struct act *a = d->act;
    struct sql_session_get_row row;
    TRY(session_live(a, who->session, &row));
    return session_turn(d, who->session, roles, 0, out);
}

enum status session_close(struct access_desk *d, int64_t account, int64_t session)
{
    struct act *a = d->act;
    struct sql_session_get_row row;
    TRY(session_live(a, session, &row));
    if (account != 0 && account != row.account)
        return ERR_GONE;
    return sql_session_drop(a->conn, &(struct sql_session_drop){a->county, session});
}

enum status session_sweep(struct db_conn *c, Str county, int64_t now_us)
{
    return sql_session_drop_old(
        c, &(struct sql_session_drop_old){county, now_us - SESSION_IDLE_US, now_us});
}

static const char *cookie_name(bool tls)
{
    return tls ? "__Host-geci" : "geci";
}

static Str cookie(struct arena *keep, const char *value, bool tls, int64_t seconds)
{
    return arena_fmt(keep, "%s=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=%lld%s",
                     cookie_name(tls), value, (long long)seconds, tls ? "; Secure" : "");
}

Str session_cookie(struct arena *keep, const Cookie *value, bool tls)
{
    return cookie(keep, value->text, tls, SESSION_MOST_US / 1000000);
}

Str session_cookie_gone(struct arena *keep, bool tls)
{
    return cookie(keep, "", tls, 0);
}

Str session_value(Str header, bool tls)
{
    Str name = str_of(cookie_name(tls)), found = {NULL, 0};
    int n = 0;
    while (header.n > 0) {
        Str value = str_trim(str_cut(&header, ';'));
        Str key = str_cut(&value, '=');
        if (!str_eq(key, name))
            continue;
        found = value;
        n++;
    }
    return n == 1 && value_ok(found) ? found : (Str){NULL, 0};
}

void session_csrf(char out[static KEYED_TEXT_N + 1], Str value)
{
    Secret key;
    ASSERT(secret_read(&key, value));
    Mac m = mac_sm3(&key, S("geci-csrf-1"));
    secret_wipe(&key, sizeof key);
    mac_write(out, &m);
}

bool session_csrf_ok(Str value, Str token)
{
    char right[KEYED_TEXT_N + 1];
    if (!value_ok(value))
        return false;
    session_csrf(right, value);
    return secret_same(str_of(right), token);
}
