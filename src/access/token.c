#include "access/token.h"

#include <string.h>

#include "access/access_int.h"
#include "access/account.h"
#include "access/login.h"
#include "base/arena.h"
#include "base/moment.h"

static const struct {
    uint32_t scope;
    const char *word;
} SCOPES[] = {
    {TOKEN_READ, "read"},     {TOKEN_WRITE, "write"}, {TOKEN_IMPORT, "import"},
    {TOKEN_EXPORT, "export"}, {TOKEN_RUN, "run"},     {TOKEN_LEDGER, "ledger"},
    {TOKEN_RULES, "rules"},   {TOKEN_ADMIN, "admin"}, {TOKEN_SCREEN, "screen"},
};

Str token_scope_word(uint32_t scope)
{
    for (size_t i = 0; i < ARRAY_N(SCOPES); i++)
        if (SCOPES[i].scope == scope)
            return str_of(SCOPES[i].word);
    return S("");
}

uint32_t token_scope_find(Str word)
{
    for (size_t i = 0; i < ARRAY_N(SCOPES); i++)
        if (str_eq(word, str_of(SCOPES[i].word)))
            return SCOPES[i].scope;
    return 0;
}

static enum status check_new(struct access_desk *d, const struct token_new *in)
{
    static const int64_t MOST_US = TOKEN_DAYS_MAX * INT64_C(86400) * 1000000;
    struct act *a = d->act;
    struct account x;
    bool there;
    TRY(found(&there, account_get(a->conn, a->arena, a->county, in->account, &x)));
    if (!there || x.state != ACCOUNT_OPEN)
        return access_no(d, ERR_GONE, DIAG_ACCESS_GONE,
                         arena_fmt(a->arena, "%lld", (long long)in->account));
    if (in->scopes == 0 || (in->scopes & ~(uint32_t)TOKEN_ALL) != 0 || in->title.n == 0)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_TOKEN, x.name);
    if (in->until_us <= a->at_us || in->until_us - a->at_us > MOST_US)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_TOKEN_DAYS, x.name);
    return OK;
}

enum status token_make(struct access_desk *d, const struct token_new *in,
                       char out[static TOKEN_TEXT_N + 1], int64_t *number)
{
    struct act *a = d->act;
    TRY(check_new(d, in));
    Secret s = secret_new();
    memcpy(out, "geci_", TOKEN_PREFIX_N);
    secret_write(out + TOKEN_PREFIX_N, &s);
    secret_wipe(&s, sizeof s);
    Mac kept = mac_sm3(&d->access->token, (Str){out, TOKEN_TEXT_N});
    int64_t n = access_row(d, ACCESS_TOKEN);
    *number = access_id(d, n);
    TRY(sql_api_token_add(a->conn,
                          &(struct sql_api_token_add){a->county, a->no, n, in->account, in->title,
                                                      in->scopes, in->until_us}));
    return credential_put(
        d, &(struct credential){in->account, CREDENTIAL_TOKEN, *number, mac_str(&kept), false, 0});
}

enum status token_end(struct access_desk *d, int64_t account, int64_t number)
{
    struct act *a = d->act;
    struct sql_api_token_get_row row;
    bool there;
    TRY(found(&there, sql_api_token_get_one(a->conn, a->arena,
                                            &(struct sql_api_token_get){a->county, number}, &row)));
    Str shown = arena_fmt(a->arena, "%lld", (long long)number);
    if (!there || row.ended > 0)
        return access_no(d, ERR_GONE, DIAG_ACCESS_ENDED, shown);
    if (account != 0 && account != row.account)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_NOT_YOURS, shown);
    TRY(sql_api_token_end_add(
        a->conn, &(struct sql_api_token_end_add){a->county, a->no, access_row(d, ACCESS_TOKEN_END),
                                                 number}));
    return credential_drop(d, row.account, CREDENTIAL_TOKEN, number);
}

/* The credential of this text, vouched for by its mark. */
static enum status look_up(const struct access_view *v, Str token, struct credential *out)
{
    struct sql_credential_by_token_row row;
    Secret s;
    bool formed = token.n == TOKEN_TEXT_N && str_starts(token, S("geci_")) &&
                  secret_read(&s, str_sub(token, TOKEN_PREFIX_N, token.n));
    if (!formed)
        return ERR_GONE;
    secret_wipe(&s, sizeof s);
    Mac kept = mac_sm3(&v->access->token, token);
    TRY(sql_credential_by_token_one(
        v->conn, v->keep, &(struct sql_credential_by_token){v->county, mac_str(&kept)}, &row));
    *out = (struct credential){.account = row.account, .kind = CREDENTIAL_TOKEN, .no = row.no};
    return credential_get(v->conn, v->keep, v->access, v->county, out);
}

enum status token_find(const struct access_view *v, Str token, Str source, struct caller *out,
                       bool *touch)
{
    struct credential had;
    struct sql_api_token_get_row row;
    bool may;
    *out = (struct caller){.county = v->county, .now_us = v->now_us};
    *touch = false;
    TRY(login_may(v, source, &may));
    if (!may)
        return ERR_DENIED;
    TRY(look_up(v, token, &had));
    TRY(sql_api_token_get_one(v->conn, v->keep, &(struct sql_api_token_get){v->county, had.no},
                              &row));
    if (row.ended > 0 || row.until_us <= v->now_us)
        return ERR_GONE;
    TRY(account_caller(v, had.account, out));
    out->scopes = (uint32_t)row.scopes;
    out->token = had.no;
    *touch = had.used < moment_day(v->now_us, ZONE_CHINA);
    if (out->until_us > row.until_us)
        out->until_us = row.until_us;
    if (*touch)
        out->until_us = v->now_us;
    return OK;
}

enum status token_touch(struct db_conn *c, Str county, const struct caller *who)
{
    return sql_credential_use(c, &(struct sql_credential_use){county, who->account,
                                                              CREDENTIAL_TOKEN, who->token,
                                                              moment_day(who->now_us, ZONE_CHINA)});
}
