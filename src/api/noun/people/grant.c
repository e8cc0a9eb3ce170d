/* grant.c - what accounts make, allow and lend: tokens, consents, delegations. */
#include "access/account.h"
#include "access/consent.h"
#include "access/token.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "record/record.h"
#include "sql.h"

static Str numbered(struct call *c, const char *what, int64_t n)
{
    return arena_fmt(c->arena, "%s %lld", what, (long long)n);
}

/* A time so many days from now; 0: that is no number of days. */
static int64_t until(struct call *c, int64_t days, int64_t most)
{
    return days < 1 || days > most ? 0 : c->now_us + days * INT64_C(86400000000);
}

/* Texts kept in one, a line each. */
static size_t split(struct arena *keep, Str text, Str **out)
{
    size_t n = 0, cap = 0;
    *out = NULL;
    text = arena_copy(keep, text);
    while (text.n > 0)
        VEC_PUSH(keep, *out, n, cap) = str_cut(&text, '\n');
    return n;
}

/* --- tokens --- */

static void write_scopes(struct call *c, struct api_token *out, uint32_t scopes)
{
    size_t cap = 0;
    for (uint32_t bit = 1; token_scope_word(bit).n > 0; bit <<= 1)
        if (scopes & bit)
            VEC_PUSH(c->arena, out->scopes.at, out->scopes.n, cap) = token_scope_word(bit);
}

enum status api_token_list(struct call *c, struct api_tokens *out)
{
    struct db_rows rows;
    struct sql_api_token_all_row row;
    size_t cap = 0;
    TRY(sql_api_token_all(c->conn, &(struct sql_api_token_all){c->county, c->who.account}, &rows));
    while (sql_api_token_all_next(&rows, &row)) {
        struct api_token t = {.token = row.token,
                              .title = arena_copy(c->arena, row.title),
                              .until = row.until_us,
                              .used = {row.used.set, row.used.v},
                              .ended = row.ended != 0};
        write_scopes(c, &t, (uint32_t)row.scopes);
        VEC_PUSH(c->arena, out->tokens.at, out->tokens.n, cap) = t;
    }
    return db_rows_end(&rows);
}

enum status api_token_add(struct call *c, const struct api_token_add_in *in,
                          struct api_token_secret *out)
{
    struct access_desk d = call_desk(c);
    char text[TOKEN_TEXT_N + 1];
    struct token_new new = {.account = c->who.account,
                            .title = in->body.title,
                            .until_us = until(c, in->body.days, TOKEN_DAYS_MAX)};
    for (size_t i = 0; i < in->body.scopes.n; i++) {
        uint32_t bit = token_scope_find(in->body.scopes.at[i]);
        if (bit == 0)
            return call_refuse(c, DIAG_API_TYPE, S("scopes"), S("read write …"));
        new.scopes |= bit;
    }
    if (new.until_us == 0)
        return call_refuse(c, DIAG_API_TYPE, S("days"), S("1..366"));
    TRY(token_make(&d, &new, text, &out->token));
    out->secret = arena_copy(c->arena, str_of(text));
    secret_wipe(text, sizeof text);
    c->object = numbered(c, "token", out->token);
    return OK;
}

enum status api_token_end(struct call *c, const struct api_token_end_in *in, struct api_done *out)
{
    struct access_desk d = call_desk(c);
    c->object = numbered(c, "token", in->token);
    out->act = c->act->no;
    return token_end(&d, c->who.account, in->token);
}

/* --- consents --- */

enum status api_consent_list(struct call *c, struct api_consents *out)
{
    struct db_rows rows;
    struct sql_consent_of_row row;
    size_t cap = 0;
    TRY(sql_consent_of(c->conn, &(struct sql_consent_of){c->county, c->who.subject}, &rows));
    while (sql_consent_of_next(&rows, &row)) {
        struct api_consent one = {.consent = row.consent,
                                  .organisation = arena_copy(c->arena, row.organisation),
                                  .purpose = arena_copy(c->arena, row.purpose),
                                  .until = row.until_us,
                                  .actor = arena_copy(c->arena, row.actor),
                                  .at = row.at_us,
                                  .ended = {row.ended_us.set, row.ended_us.v}};
        one.fields.n = split(c->arena, row.fields, &one.fields.at);
        VEC_PUSH(c->arena, out->consents.at, out->consents.n, cap) = one;
    }
    return db_rows_end(&rows);
}

enum status api_consent_add(struct call *c, const struct api_consent_add_in *in,
                            struct api_consent_done *out)
{
    struct access_desk d = call_desk(c);
    struct consent new = {.subject = c->who.subject,
                          .organisation = in->body.organisation,
                          .purpose = in->body.purpose,
                          .field = in->body.fields.at,
                          .field_n = in->body.fields.n,
                          .until_us = until(c, in->body.days, CONSENT_DAYS_MAX)};
    if (new.until_us == 0)
        return call_refuse(c, DIAG_API_TYPE, S("days"), S("1..1098"));
    TRY(consent_give(&d, &c->who, &new, &out->consent));
    out->act = c->act->no;
    c->object = numbered(c, "consent", out->consent);
    json_kstr(&c->body, "organisation", new.organisation);
    return OK;
}

enum status api_consent_end(struct call *c, const struct api_consent_end_in *in,
                            struct api_consent_done *out)
{
    struct access_desk d = call_desk(c);
    *out = (struct api_consent_done){c->act->no, in->consent};
    c->object = numbered(c, "consent", in->consent);
    return consent_revoke(&d, &c->who, in->consent);
}

enum status api_granted_list(struct call *c, struct api_granteds *out)
{
    struct consent *all;
    size_t n;
    TRY(consent_all(c->conn, c->arena, &c->who, &all, &n));
    out->granted.at = ARENA_ARRAY(c->arena, struct api_granted, n);
    for (size_t i = 0; i < n; i++) {
        struct api_granted *g = &out->granted.at[out->granted.n++];
        *g = (struct api_granted){.consent = all[i].number,
                                  .kind = all[i].kind,
                                  .purpose = all[i].purpose,
                                  .until = all[i].until_us};
        TRY(record_subject_identity(c->conn, c->arena, c->county, all[i].subject, &g->identity));
        g->fields.n = all[i].field_n;
        g->fields.at = ARENA_ARRAY(c->arena, Str, all[i].field_n);
        for (size_t k = 0; k < all[i].field_n; k++)
            g->fields.at[k] = all[i].field[k];
    }
    return OK;
}

/* --- roles lent --- */

enum status api_delegation_list(struct call *c, struct api_delegations *out)
{
    struct db_rows rows;
    struct sql_delegation_all_row row;
    size_t cap = 0;
    struct sql_delegation_all ask = {c->county, c->who.account, c->today};
    TRY(sql_delegation_all(c->conn, &ask, &rows));
    while (sql_delegation_all_next(&rows, &row))
        VEC_PUSH(c->arena, out->delegations.at, out->delegations.n, cap) = (struct api_delegation){
            .delegation = row.delegation,
            .lender = arena_copy(c->arena, row.lender),
            .borrower = arena_copy(c->arena, row.borrower),
            .role = str_of(role_name((enum role)row.role)->word),
            .first = (Day)row.first_day,
            .last = (Day)row.last_day,
            .why = arena_copy(c->arena, row.why),
            .ended = row.ended != 0,
        };
    return db_rows_end(&rows);
}

enum status api_delegation_add(struct call *c, const struct api_delegation_add_in *in,
                               struct api_delegation_done *out)
{
    struct access_desk d = call_desk(c);
    struct lending new = {.lender = c->who.account,
                          .first = in->body.first,
                          .last = in->body.last,
                          .why = in->body.why};
    if (!role_find(in->body.role, &new.role))
        return call_refuse(c, DIAG_API_TYPE, S("role"), S("officer …"));
    enum status st = account_find(c->conn, c->arena, c->county, in->body.borrower, &new.borrower);
    if (st == ERR_GONE)
        return call_refuse(c, DIAG_API_NO_SUBJECT, in->body.borrower, NO_ARG);
    TRY(st);
    TRY(account_lend(&d, &new, &out->delegation));
    out->act = c->act->no;
    c->object = numbered(c, "delegation", out->delegation);
    json_kstr(&c->body, "borrower", in->body.borrower);
    json_kstr(&c->body, "role", in->body.role);
    return OK;
}

enum status api_delegation_end(struct call *c, const struct api_delegation_end_in *in,
                               struct api_delegation_done *out)
{
    struct access_desk d = call_desk(c);
    *out = (struct api_delegation_done){c->act->no, in->delegation};
    c->object = numbered(c, "delegation", in->delegation);
    return account_lend_end(&d, in->delegation, c->who.account);
}
