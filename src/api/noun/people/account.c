/* account.c - accounts as the security administrator keeps them. */
#include "access/account.h"

#include "access/password.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "crypto/keyed.h"
#include "record/record.h"
#include "sql.h"

enum { LIST_USUAL = 100, LIST_MAX = 500 };

/* --- looking --- */

static enum status write_roles(struct call *c, struct api_account *out)
{
    uint32_t own, lent;
    TRY(account_roles(c->conn, c->county, out->account, c->today, &own, &lent));
    out->roles.at = ARENA_ARRAY(c->arena, Str, ROLE_N);
    for (int i = 0; i < ROLE_N; i++)
        if (own >> i & 1)
            out->roles.at[out->roles.n++] = str_of(role_name((enum role)i)->word);
    return OK;
}

static struct api_account account_of(struct arena *keep, const struct sql_account_all_row *row)
{
    return (struct api_account){
        .account = row->account,
        .name = arena_copy(keep, row->name),
        .title = arena_copy(keep, row->title),
        .side = (int)row->side,
        .locality = arena_copy(keep, str_or_empty(row->locality)),
        .subject_kind = arena_copy(keep, str_or_empty(row->kind)),
        .subject_id = arena_copy(keep, str_or_empty(row->identity)),
        .organisation = arena_copy(keep, str_or_empty(row->organisation)),
        .state = (int)row->state - ACCOUNT_OPEN,
        .second = row->second != 0,
    };
}

enum status api_account_list(struct call *c, const struct api_account_list_in *in,
                             struct api_accounts *out)
{
    struct db_rows rows;
    struct sql_account_all_row row;
    size_t cap = 0;
    int64_t most = in->limit.set && in->limit.v > 0 ? in->limit.v : LIST_USUAL;
    most = most > LIST_MAX ? LIST_MAX : most;
    struct sql_account_all ask = {c->county, in->after.v, most + 1, str_or_empty(in->q)};
    TRY(sql_account_all(c->conn, &ask, &rows));
    while (sql_account_all_next(&rows, &row))
        VEC_PUSH(c->arena, out->accounts.at, out->accounts.n, cap) = account_of(c->arena, &row);
    TRY(db_rows_end(&rows));
    if ((int64_t)out->accounts.n > most) {
        out->accounts.n--;
        out->next = API_INT_OF(out->accounts.at[most - 1].account);
    }
    for (size_t i = 0; i < out->accounts.n; i++)
        TRY(write_roles(c, &out->accounts.at[i]));
    return OK;
}

/* --- who may do what --- */

static struct api_right right_of(struct arena *keep, const struct api_route *r)
{
    struct api_right out = {.route = str_of(r->name),
                            .noun = str_of(r->noun->zh),
                            .noun_en = str_of(r->noun->en),
                            .title = str_of(r->zh),
                            .title_en = str_of(r->en),
                            .changes = r->on == API_ON_WRITER ||
                                       (r->method != HTTP_GET && r->rows == API_ROWS_OWN),
                            .confirm = r->confirm,
                            .rows = (int)r->rows};
    out.roles.at = ARENA_ARRAY(keep, Str, ROLE_N);
    for (enum role role = 0; role < ROLE_N; role++)
        if (r->may & ROLE_BIT(role))
            out.roles.at[out.roles.n++] = str_of(role_name(role)->word);
    return out;
}

/* The table that the dispatcher asks, as it stands: nothing here can say otherwise. */
enum status api_right_list(struct call *c, struct api_rights *out)
{
    out->rights.at = ARENA_ARRAY(c->arena, struct api_right, (size_t)API_ROUTE_N);
    for (int i = 0; i < API_ROUTE_N; i++)
        out->rights.at[out->rights.n++] = right_of(c->arena, &API_ROUTES[i]);
    return OK;
}

/* --- changing --- */

static enum status done(struct call *c, int64_t account, struct api_account_done *out)
{
    c->object = arena_fmt(c->arena, "account %lld", (long long)account);
    *out = (struct api_account_done){c->act->no, account};
    return OK;
}

static enum status read_role(struct call *c, Str word, enum role *role)
{
    return role_find(word, role) ? OK : call_refuse(c, DIAG_API_TYPE, S("role"), S("officer …"));
}

/* What a first password goes through before it is a hash. */
static enum status hash(struct call *c, Str password, Str name, Str *kept)
{
    enum password_fault fault = password_fault(password, name);
    if (fault != PASSWORD_FINE)
        return diag_add(&c->diags, DIAG_ACCESS_PASSWORD, (Span){0, 0},
                        password_fault_text(fault, true), NO_ARG,
                        password_fault_text(fault, false));
    *kept = password_hash(c->arena, c->api->o.access, password);
    secret_wipe_str(password);
    secret_wipe_str(c->rq->body);
    return kept->n > 0 ? OK : ERR_LIMIT;
}

struct adding {
    const struct api_account_new *in;
    struct api_account_done *out;
    enum role role;
    Str kept;
};

static enum status add(struct call *c, void *arg)
{
    struct adding *a = arg;
    struct access_desk d = call_desk(c);
    struct account new = {
        .name = a->in->name,
        .title = a->in->title,
        .side = role_side(a->role),
        .locality = str_or_empty(a->in->locality),
        .organisation = str_or_empty(a->in->organisation),
    };
    int64_t account;
    if (a->in->subject_id.p != NULL) {
        enum status st = record_subject(c->conn, c->county, str_or_empty(a->in->subject_kind),
                                        a->in->subject_id, &new.subject);
        if (st == ERR_GONE)
            return call_refuse(c, DIAG_API_NO_SUBJECT, a->in->subject_id, NO_ARG);
        TRY(st);
    }
    TRY(account_add(&d, &new, a->role, &account));
    TRY(account_password(&d, account, a->kept, true, 0));
    json_kstr(&c->body, "name", new.name);
    json_kstr(&c->body, "role", str_of(role_name(a->role)->word));
    return done(c, account, a->out);
}

enum status api_account_add(struct call *c, const struct api_account_add_in *in,
                            struct api_account_done *out)
{
    struct adding a = {.in = &in->body, .out = out};
    TRY(read_role(c, in->body.role, &a.role));
    TRY(hash(c, in->body.password, in->body.name, &a.kept));
    return call_act(c, add, &a);
}

struct resetting {
    int64_t account;
    struct api_account_done *out;
    Str kept;
};

static enum status reset(struct call *c, void *arg)
{
    struct resetting *r = arg;
    struct access_desk d = call_desk(c);
    TRY(account_password(&d, r->account, r->kept, true, 0));
    return done(c, r->account, r->out);
}

enum status api_account_password(struct call *c, const struct api_account_password_in *in,
                                 struct api_account_done *out)
{
    struct resetting r = {.account = in->account, .out = out};
    struct account who;
    TRY(account_get(c->conn, c->arena, c->county, in->account, &who));
    TRY(hash(c, in->body.password, who.name, &r.kept));
    return call_act(c, reset, &r);
}

enum status api_account_role(struct call *c, const struct api_account_role_in *in,
                             struct api_account_done *out)
{
    struct access_desk d = call_desk(c);
    enum role role;
    TRY(read_role(c, in->body.role, &role));
    TRY(account_role(&d, in->account, role, in->body.given));
    json_kstr(&c->body, "role", str_of(role_name(role)->word));
    json_kbool(&c->body, "given", in->body.given);
    return done(c, in->account, out);
}

enum status api_account_state(struct call *c, const struct api_account_state_in *in,
                              struct api_account_done *out)
{
    struct access_desk d = call_desk(c);
    TRY(account_state(&d, in->account, (enum account_state)(in->body.state + ACCOUNT_OPEN),
                      in->body.why));
    json_kint(&c->body, "state", in->body.state + ACCOUNT_OPEN);
    return done(c, in->account, out);
}
