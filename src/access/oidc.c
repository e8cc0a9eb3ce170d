#include "access/oidc.h"

#include "access/access_int.h"
#include "access/account.h"
#include "base/arena.h"
#include "base/buf.h"
#include "base/json.h"
#include "base/moment.h"

/* The side of all of them; SIDE_NONE: of none, or of several. */
static enum side side_of(uint32_t roles)
{
    enum side side = SIDE_NONE;
    for (int i = 0; i < ROLE_N; i++) {
        if ((roles >> i & 1) == 0)
            continue;
        if (side != SIDE_NONE && role_side((enum role)i) != side)
            return SIDE_NONE;
        side = role_side((enum role)i);
    }
    return side;
}

/* Only sides whose accounts stand for nobody else: a subject's or a bank's are made by hand. */
static bool may_be_made(enum side side)
{
    return side == SIDE_BUREAU || side == SIDE_TOWN || side == SIDE_FINANCE || side == SIDE_AUDITOR;
}

static enum status set_roles(struct access_desk *d, int64_t account, uint32_t own, uint32_t wanted)
{
    for (int i = 0; i < ROLE_N; i++)
        if (((own ^ wanted) >> i & 1) != 0)
            TRY(account_role(d, account, (enum role)i, (wanted >> i & 1) != 0));
    return OK;
}

static enum status make(struct access_desk *d, const struct oidc_person *p, int64_t *account,
                        const char **wrong)
{
    struct act *a = d->act;
    struct account new = {.name = account_name_fold(a->arena, p->name),
                          .title = p->title,
                          .side = side_of(p->roles),
                          .locality = str_or_empty(p->locality),
                          .organisation = S("")};
    enum role first = ROLE_PUBLIC;
    int64_t other;
    bool taken;
    while ((p->roles >> first & 1) == 0)
        first++;
    TRY(found(&taken, account_find(a->conn, a->arena, a->county, new.name, &other)));
    *wrong = !may_be_made(new.side)                            ? "side"
             : taken || !account_name_ok(new.name)             ? "name"
             : (new.side == SIDE_TOWN) != (new.locality.n > 0) ? "place"
                                                               : NULL;
    if (*wrong != NULL)
        return OK;
    TRY(account_add(d, &new, first, account));
    TRY(set_roles(d, *account, ROLE_BIT(first), p->roles));
    return sql_account_oidc_add(
        a->conn, &(struct sql_account_oidc_add){a->county, a->no, access_row(d, ACCESS_OIDC),
                                                *account, p->issuer, p->person});
}

static enum status meet(struct access_desk *d, const struct oidc_person *p, int64_t account,
                        const char **wrong)
{
    struct act *a = d->act;
    struct account x;
    uint32_t own, lent;
    TRY(account_get(a->conn, a->arena, a->county, account, &x));
    *wrong = x.state != ACCOUNT_OPEN                          ? "state"
             : x.side != side_of(p->roles)                    ? "side"
             : !str_eq(x.locality, str_or_empty(p->locality)) ? "place"
                                                              : NULL;
    if (*wrong != NULL)
        return OK;
    TRY(account_roles(a->conn, a->county, account, moment_day(a->at_us, ZONE_CHINA), &own, &lent));
    return set_roles(d, account, own, p->roles);
}

static enum status open_session(struct access_desk *d, const struct oidc_visit *visit,
                                struct login_answer *out, const char **wrong)
{
    struct act *a = d->act;
    struct sql_session_get_row row;
    bool there;
    out->session = visit->session;
    if (visit->session == 0) {
        out->session = a->no;
        TRY(session_open(d, out->account, login_source(a->arena, visit->source), visit->agent,
                         &out->cookie));
        return session_turn(d, a->no, ROLES_ALL, 0, &out->cookie); /* proved who knows when */
    }
    TRY(found(&there, session_live(a, visit->session, &row)));
    if (!there || row.account != out->account) {
        *wrong = "session";
        return OK;
    }
    return session_turn(d, visit->session, (uint32_t)row.roles, a->at_us, &out->cookie);
}

static enum status tell(struct access_desk *d, Str name, const struct oidc_visit *visit,
                        const struct login_answer *answer, const char *wrong)
{
    struct act *a = d->act;
    struct json j;
    struct buf b;
    Str verb = wrong != NULL         ? S("login.refuse")
               : visit->session != 0 ? S("login.prove")
                                     : S("login.enter");
    buf_init(&b, a->arena, 1024);
    json_open(&j, &b, false);
    json_obj(&j);
    json_kstr(&j, "source", login_source(a->arena, visit->source));
    if (wrong == NULL)
        json_kint(&j, "session", answer->session);
    json_kstr(&j, wrong == NULL ? "by" : "wrong", wrong == NULL ? S("oidc") : str_of(wrong));
    json_obj_end(&j);
    return act_end(a, &(struct act_words){name, verb, name, buf_str(&b)});
}

static enum status enter(struct access_desk *d, const struct oidc_person *p,
                         const struct oidc_visit *visit, struct login_answer *out,
                         const char **wrong)
{
    struct act *a = d->act;
    struct sql_account_oidc_find_row row;
    struct account x;
    bool there;
    TRY(found(&there, sql_account_oidc_find_one(
                          a->conn, a->arena,
                          &(struct sql_account_oidc_find){a->county, p->issuer, p->person}, &row)));
    out->account = there ? row.account : 0;
    TRY(there ? meet(d, p, out->account, wrong) : make(d, p, &out->account, wrong));
    if (*wrong == NULL)
        TRY(open_session(d, visit, out, wrong));
    out->ok = *wrong == NULL;
    if (out->account == 0)
        return ERR_GONE; /* nobody there to be told of */
    TRY(account_get(a->conn, a->arena, a->county, out->account, &x));
    return tell(d, x.name, visit, out, *wrong);
}

enum status oidc_enter(const struct access_view *v, const struct oidc_person *p,
                       const struct oidc_visit *visit, struct login_answer *out, const char **wrong)
{
    struct act act;
    *out = (struct login_answer){0};
    *wrong = side_of(p->roles) == SIDE_NONE ? p->roles == 0 ? "role" : "side" : NULL;
    if (*wrong != NULL)
        return OK;
    TRY(act_begin(&act, v->conn, v->keep, v->county, v->now_us));
    struct access_desk desk = {.act = &act, .access = v->access};
    return enter(&desk, p, visit, out, wrong);
}
