#include "access/account.h"

#include "access/access_int.h"
#include "base/arena.h"
#include "base/moment.h"
#include "base/utf8.h"

static bool is_name_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-' ||
           c == '@';
}

bool account_name_ok(Str name)
{
    static const char *const OURS[] = {"geci", "system", "job", "public"};
    if (name.n < 2 || name.n > 64)
        return false;
    for (size_t i = 0; i < ARRAY_N(OURS); i++)
        if (str_eq(name, str_of(OURS[i])))
            return false;
    for (size_t i = 0; i < name.n;) {
        if (is_name_letter(name.p[i])) {
            i++;
            continue;
        }
        size_t n;
        Rune r = utf8_at(name, i, &n);
        if (r < 0x4e00 || r > 0x9fff)
            return false;
        i += n;
    }
    return true;
}

Str account_name_fold(struct arena *keep, Str name)
{
    return access_lower(keep, name);
}

static enum status add_role(struct access_desk *d, int64_t account, enum side side, enum role role,
                            bool given)
{
    struct act *a = d->act;
    return sql_account_role_add(
        a->conn, &(struct sql_account_role_add){a->county, a->no, access_row(d, ACCESS_ROLE),
                                                account, side, role, given});
}

/* Does it say of itself what an account of its side has to say, and no more? */
static bool is_placed(const struct account *in)
{
    bool subject =
        in->side == SIDE_ENTERPRISE || in->side == SIDE_CARRIER || in->side == SIDE_INSTITUTE;
    return (in->side == SIDE_TOWN) == (in->locality.n > 0) &&
           (in->side == SIDE_BANK) == (in->organisation.n > 0) &&
           (in->side == SIDE_EXPERT || subject == (in->subject > 0));
}

static enum status check_new(struct access_desk *d, const struct account *in, enum role role)
{
    struct act *a = d->act;
    struct sql_subject_kind_row subject;
    int64_t other;
    bool there;
    if (!account_name_ok(in->name))
        return access_no(d, ERR_INPUT, DIAG_ACCESS_NAME, in->name);
    if (in->side == SIDE_NONE || role_side(role) != in->side)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_SIDE, str_of(role_name(role)->zh));
    if (!is_placed(in))
        return access_no(d, ERR_INPUT, DIAG_ACCESS_PLACE, str_of(role_name(role)->zh));
    TRY(found(&there, account_find(a->conn, a->arena, a->county, in->name, &other)));
    if (there)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_TAKEN, in->name);
    if (in->subject == 0)
        return OK;
    TRY(found(&there,
              sql_subject_kind_one(a->conn, a->arena,
                                   &(struct sql_subject_kind){a->county, in->subject}, &subject)));
    return there ? OK : access_no(d, ERR_GONE, DIAG_ACCESS_SUBJECT, in->name);
}

enum status account_add(struct access_desk *d, const struct account *in, enum role role,
                        int64_t *out)
{
    struct act *a = d->act;
    struct sql_account_last_row last = {0};
    bool there;
    TRY(check_new(d, in, role));
    TRY(found(&there, sql_account_last_one(a->conn, a->arena, &(struct sql_account_last){a->county},
                                           &last)));
    *out = (there ? last.account : 0) + 1;
    SqlInt subject = {in->subject, in->subject > 0};
    TRY(sql_account_add(a->conn,
                        &(struct sql_account_add){a->county, a->no, access_row(d, ACCESS_ACCOUNT),
                                                  *out, in->name, in->title, in->side, in->locality,
                                                  subject, in->organisation}));
    return add_role(d, *out, in->side, role, true);
}

/* The account to change; a closed one takes no change. */
static enum status open_account(struct access_desk *d, int64_t account, struct account *out)
{
    struct act *a = d->act;
    bool there;
    TRY(found(&there, account_get(a->conn, a->arena, a->county, account, out)));
    if (!there)
        return access_no(d, ERR_GONE, DIAG_ACCESS_GONE,
                         arena_fmt(a->arena, "%lld", (long long)account));
    if (out->state == ACCOUNT_CLOSED)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_CLOSED, out->name);
    return OK;
}

enum status account_role(struct access_desk *d, int64_t account, enum role role, bool given)
{
    struct account x;
    TRY(open_account(d, account, &x));
    if (role_side(role) != x.side)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_SIDE, str_of(role_name(role)->zh));
    return add_role(d, account, x.side, role, given);
}

static enum status drop_sessions(struct access_desk *d, int64_t account, int64_t keep)
{
    struct act *a = d->act;
    return sql_session_drop_others(a->conn,
                                   &(struct sql_session_drop_others){a->county, account, keep});
}

enum status account_state(struct access_desk *d, int64_t account, enum account_state state, Str why)
{
    struct act *a = d->act;
    struct account x;
    TRY(open_account(d, account, &x));
    TRY(sql_account_state_add(a->conn, &(struct sql_account_state_add){a->county, a->no,
                                                                       access_row(d, ACCESS_STATE),
                                                                       account, state, why}));
    return state == ACCOUNT_OPEN ? OK : drop_sessions(d, account, 0);
}

enum status account_password(struct access_desk *d, int64_t account, Str kept, bool must_change,
                             int64_t session)
{
    struct account x;
    TRY(open_account(d, account, &x));
    ASSERT(kept.n > 0);
    TRY(credential_put(
        d, &(struct credential){account, CREDENTIAL_PASSWORD, 0, kept, must_change, 0}));
    return drop_sessions(d, account, session);
}

enum status account_lend(struct access_desk *d, const struct lending *in, int64_t *out)
{
    struct act *a = d->act;
    struct account from, to;
    uint32_t own, lent;
    Day today = moment_day(a->at_us, ZONE_CHINA);
    TRY(open_account(d, in->lender, &from));
    TRY(open_account(d, in->borrower, &to));
    TRY(account_roles(a->conn, a->county, in->lender, today, &own, &lent));
    if ((ROLE_BIT(in->role) & ROLES_ADMIN) != 0 || (own & ROLE_BIT(in->role)) == 0)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_LEND_ROLE, str_of(role_name(in->role)->zh));
    if (in->lender == in->borrower || from.side != to.side || from.subject != to.subject ||
        !str_eq(from.locality, to.locality) || !str_eq(from.organisation, to.organisation))
        return access_no(d, ERR_DENIED, DIAG_ACCESS_LEND_WHOM, to.name);
    if (in->last < in->first || in->last < today || in->last - in->first > 366)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_LEND_DAYS, to.name);
    int64_t n = access_row(d, ACCESS_DELEGATION);
    *out = access_id(d, n);
    return sql_delegation_add(
        a->conn, &(struct sql_delegation_add){a->county, a->no, n, in->lender, in->borrower,
                                              from.side, in->role, in->first, in->last, in->why});
}

enum status account_lend_end(struct access_desk *d, int64_t delegation, int64_t by)
{
    struct act *a = d->act;
    struct sql_delegation_get_row row;
    Str shown = arena_fmt(a->arena, "%lld", (long long)delegation);
    bool there;
    TRY(found(&there,
              sql_delegation_get_one(a->conn, a->arena,
                                     &(struct sql_delegation_get){a->county, delegation}, &row)));
    if (!there || row.ended > 0)
        return access_no(d, ERR_GONE, DIAG_ACCESS_ENDED, shown);
    if (by != 0 && by != row.lender && by != row.borrower)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_NOT_YOURS, shown);
    return sql_delegation_end_add(
        a->conn, &(struct sql_delegation_end_add){
                     a->county, a->no, access_row(d, ACCESS_DELEGATION_END), delegation});
}

enum status account_find(struct db_conn *c, struct arena *keep, Str county, Str name, int64_t *out)
{
    struct sql_account_named_row row;
    TRY(sql_account_named_one(c, keep, &(struct sql_account_named){county, name}, &row));
    *out = row.account;
    return OK;
}

enum status account_get(struct db_conn *c, struct arena *keep, Str county, int64_t account,
                        struct account *out)
{
    struct sql_account_get_row row;
    TRY(sql_account_get_one(c, keep, &(struct sql_account_get){county, account}, &row));
    *out = (struct account){
        .account = account,
        .name = row.name,
        .title = row.title,
        .side = (enum side)row.side,
        .locality = row.locality,
        .subject = row.subject.set ? row.subject.v : 0,
        .subject_kind = row.kind,
        .subject_identity = row.identity,
        .organisation = row.organisation,
        .state = (enum account_state)row.state,
        .second = row.second > 0,
    };
    return OK;
}

enum status account_roles(struct db_conn *c, Str county, int64_t account, Day day, uint32_t *own,
                          uint32_t *lent)
{
    struct db_rows rows;
    struct sql_account_roles_row row;
    struct sql_delegation_roles_row borrowed;
    *own = 0;
    *lent = 0;
    TRY(sql_account_roles(c, &(struct sql_account_roles){county, account}, &rows));
    while (sql_account_roles_next(&rows, &row)) {
        uint32_t bit = ROLE_BIT(row.role) & ROLES_ALL;
        *own = row.given != 0 ? *own | bit : *own & ~bit;
    }
    TRY(db_rows_end(&rows));
    TRY(sql_delegation_roles(c, &(struct sql_delegation_roles){county, account, day}, &rows));
    while (sql_delegation_roles_next(&rows, &borrowed))
        *lent |= ROLE_BIT(borrowed.role) & ROLES_ALL;
    return db_rows_end(&rows);
}

enum status account_caller(const struct access_view *v, int64_t account, struct caller *out)
{
    struct account x;
    uint32_t own, lent;
    *out = (struct caller){.county = v->county, .now_us = v->now_us};
    TRY(account_get(v->conn, v->keep, v->county, account, &x));
    if (x.state != ACCOUNT_OPEN)
        return ERR_GONE;
    Day today = moment_day(v->now_us, ZONE_CHINA);
    TRY(account_roles(v->conn, v->county, account, today, &own, &lent));
    out->account = account;
    out->name = x.name;
    out->roles = own | lent;
    out->locality = x.locality;
    out->subject = x.subject;
    out->subject_kind = x.subject_kind;
    out->organisation = x.organisation;
    out->until_us = moment_of_day(today + 1, ZONE_CHINA); /* delegations go by days */
    return OK;
}
