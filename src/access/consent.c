#include "access/consent.h"

#include <string.h>

#include "access/access_int.h"
#include "base/arena.h"
#include "base/buf.h"

/* In order, a name a line, each once; empty: there is none, or one is no name of a field. */
static Str join(struct arena *tmp, const Str *field, size_t n)
{
    struct buf b;
    Str *sorted = ARENA_ARRAY(tmp, Str, n + 1);
    size_t sorted_n = 0;
    for (size_t i = 0; i < n; i++) {
        size_t at = 0;
        if (field[i].n == 0 || str_find(field[i], S("\n")) < field[i].n)
            return S("");
        while (at < sorted_n && str_cmp(sorted[at], field[i]) < 0)
            at++;
        if (at < sorted_n && str_eq(sorted[at], field[i]))
            continue;
        memmove(sorted + at + 1, sorted + at, (sorted_n++ - at) * sizeof *sorted);
        sorted[at] = field[i];
    }
    buf_init(&b, tmp, 1 << 16);
    for (size_t i = 0; i < sorted_n; i++) {
        if (i > 0)
            buf_char(&b, '\n');
        buf_add(&b, sorted[i]);
    }
    return b.over ? S("") : buf_str(&b);
}

static bool is_own(const struct caller *who, int64_t subject)
{
    return subject > 0 && who->subject == subject && (who->roles & ROLES_SUBJECT) != 0;
}

enum status consent_give(struct access_desk *d, const struct caller *who, const struct consent *in,
                         int64_t *number)
{
    static const int64_t MOST_US = CONSENT_DAYS_MAX * INT64_C(86400) * 1000000;
    struct act *a = d->act;
    if (!is_own(who, in->subject))
        return access_no(d, ERR_DENIED, DIAG_ACCESS_CONSENT_WHO, who->name);
    Str fields = in->field_n > CONSENT_FIELDS_MAX ? S("") : join(a->arena, in->field, in->field_n);
    if (fields.n == 0 || in->organisation.n == 0 || in->purpose.n == 0)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_CONSENT, in->organisation);
    if (in->until_us <= a->at_us || in->until_us - a->at_us > MOST_US)
        return access_no(d, ERR_INPUT, DIAG_ACCESS_CONSENT_DAYS, in->organisation);
    int64_t n = access_row(d, ACCESS_CONSENT);
    *number = access_id(d, n);
    return sql_consent_add(a->conn, &(struct sql_consent_add){a->county, a->no, n, in->subject,
                                                              in->organisation, in->purpose, fields,
                                                              in->until_us});
}

enum status consent_revoke(struct access_desk *d, const struct caller *who, int64_t number)
{
    struct act *a = d->act;
    struct sql_consent_get_row row;
    bool there;
    TRY(found(&there, sql_consent_get_one(a->conn, a->arena,
                                          &(struct sql_consent_get){a->county, number}, &row)));
    Str shown = arena_fmt(a->arena, "%lld", (long long)number);
    if (!there || row.ended > 0)
        return access_no(d, ERR_GONE, DIAG_ACCESS_ENDED, shown);
    if (!is_own(who, row.subject))
        return access_no(d, ERR_DENIED, DIAG_ACCESS_CONSENT_WHO, who->name);
    return sql_consent_end_add(
        a->conn,
        &(struct sql_consent_end_add){a->county, a->no, access_row(d, ACCESS_CONSENT_END), number});
}

static void split(struct arena *keep, struct consent *out, Str fields)
{
    Str *field = NULL;
    size_t n = 0, cap = 0;
    for (Str rest = arena_copy(keep, fields); rest.n > 0;)
        VEC_PUSH(keep, field, n, cap) = str_cut(&rest, '\n');
    out->field = field;
    out->field_n = n;
}

/* Empty: for any purpose. */
static enum status live(struct db_conn *c, struct arena *keep, const struct sql_consent_live *in,
                        Str purpose, struct consent **out, size_t *n)
{
    struct db_rows rows;
    struct sql_consent_live_row row;
    struct consent *all = NULL;
    size_t all_n = 0, cap = 0;
    TRY(sql_consent_live(c, in, &rows));
    while (sql_consent_live_next(&rows, &row)) {
        if (purpose.n > 0 && !str_eq(row.purpose, purpose))
            continue;
        struct consent *one = &VEC_PUSH(keep, all, all_n, cap);
        *one = (struct consent){.number = row.consent,
                                .subject = row.subject,
                                .kind = arena_copy(keep, row.kind),
                                .organisation = in->organisation,
                                .purpose = arena_copy(keep, row.purpose),
                                .until_us = row.until_us};
        split(keep, one, row.fields);
    }
    *out = all;
    *n = all_n;
    return db_rows_end(&rows);
}

enum status consent_all(struct db_conn *c, struct arena *keep, const struct caller *who,
                        struct consent **out, size_t *n)
{
    *out = NULL;
    *n = 0;
    if (!caller_has(who, ROLE_BANK) || who->organisation.n == 0)
        return OK;
    struct sql_consent_live in = {who->county, who->organisation, who->now_us};
    return live(c, keep, &in, S(""), out, n);
}

enum status consent_for(struct db_conn *c, struct arena *keep, const struct caller *who,
                        const struct consent *like, struct consent **out, size_t *n)
{
    *out = NULL;
    *n = 0;
    if (like->organisation.n == 0 || like->purpose.n == 0)
        return OK;
    struct sql_consent_live in = {who->county, like->organisation, who->now_us};
    return live(c, keep, &in, like->purpose, out, n);
}

bool consent_covers(const struct consent *all, size_t n, int64_t subject, Str field)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; all[i].subject == subject && k < all[i].field_n; k++)
            if (str_eq(all[i].field[k], field))
                return true;
    return false;
}
