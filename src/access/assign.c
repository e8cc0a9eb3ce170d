#include "access/assign.h"

#include "access/access_int.h"
#include "access/account.h"
#include "base/arena.h"
#include "base/moment.h"

static const char *const WORDS[TIE_N][2] = {
    [TIE_EMPLOYER] = {"任职", "employer"}, [TIE_KIN] = {"亲属", "kin"},
    [TIE_PATENT] = {"共同专利", "patent"}, [TIE_TOWN] = {"同一区镇", "town"},
    [TIE_OTHER] = {"其他", "other"},
};

Str tie_word(enum tie_kind kind, bool zh)
{
    return str_of(WORDS[kind][zh ? 0 : 1]);
}

enum status assign_tie(struct access_desk *d, const struct tie *in)
{
    struct act *a = d->act;
    SqlInt last = {in->last, in->ended};
    return sql_tie_add(a->conn,
                       &(struct sql_tie_add){a->county, a->no, access_row(d, ACCESS_TIE),
                                             in->account, in->subject, in->kind, last, in->why});
}

enum status assign_conflict(const struct access_view *v, int64_t account, int64_t subject,
                            bool *conflict, enum tie_kind *why)
{
    struct account x;
    struct db_rows rows;
    struct sql_tie_of_row row;
    bool tied[TIE_N] = {false};
    TRY(account_get(v->conn, v->keep, v->county, account, &x));
    tied[TIE_EMPLOYER] = x.subject == subject; /* it is its own */
    Day since = day_add_months(moment_day(v->now_us, ZONE_CHINA), -12 * TIE_YEARS);
    TRY(sql_tie_of(v->conn, &(struct sql_tie_of){v->county, account, subject}, &rows));
    while (sql_tie_of_next(&rows, &row))
        tied[row.kind] = !row.last_day.set || row.last_day.v > since ||
                         (row.kind == TIE_EMPLOYER && x.subject == subject);
    TRY(db_rows_end(&rows));
    *conflict = false;
    for (int i = TIE_N - 1; i > 0; i--)
        if (tied[i]) {
            *conflict = true;
            *why = (enum tie_kind)i;
        }
    return OK;
}

static enum status check(struct access_desk *d, const struct assignment *in)
{
    struct act *a = d->act;
    struct account x;
    enum tie_kind why;
    bool there, conflict;
    struct access_view v = access_look(d);
    TRY(found(&there, account_get(a->conn, a->arena, a->county, in->account, &x)));
    if (!there || x.state != ACCOUNT_OPEN || x.side != SIDE_EXPERT)
        return access_no(d, ERR_DENIED, DIAG_ACCESS_NO_JUDGE,
                         arena_fmt(a->arena, "%lld", (long long)in->account));
    TRY(assign_conflict(&v, in->account, in->subject, &conflict, &why));
    if (!conflict)
        return OK;
    (void)diag_add(d->diags, DIAG_ACCESS_CONFLICT, (Span){0, 0}, x.name, tie_word(why, true),
                   tie_word(why, false)); /* denied, not wrong */
    return ERR_DENIED;
}

enum status assign_give(struct access_desk *d, const struct assignment *in, int64_t *number)
{
    struct act *a = d->act;
    TRY(check(d, in));
    int64_t n = access_row(d, ACCESS_ASSIGNMENT);
    *number = access_id(d, n);
    return sql_assignment_add(
        a->conn, &(struct sql_assignment_add){a->county, a->no, n, in->account, SIDE_EXPERT,
                                              in->subject, in->task, in->last});
}

enum status assign_end(struct access_desk *d, int64_t number, Str why)
{
    struct act *a = d->act;
    struct sql_assignment_get_row row;
    bool there;
    TRY(found(&there,
              sql_assignment_get_one(a->conn, a->arena,
                                     &(struct sql_assignment_get){a->county, number}, &row)));
    if (!there || row.ended > 0)
        return access_no(d, ERR_GONE, DIAG_ACCESS_ENDED,
                         arena_fmt(a->arena, "%lld", (long long)number));
    return sql_assignment_end_add(
        a->conn, &(struct sql_assignment_end_add){
                     a->county, a->no, access_row(d, ACCESS_ASSIGNMENT_END), number, why});
}

enum status assign_all(struct db_conn *c, struct arena *keep, const struct caller *who,
                       struct assignment **out, size_t *n)
{
    struct db_rows rows;
    struct sql_assignment_live_row row;
    struct assignment *all = NULL;
    size_t all_n = 0, cap = 0;
    TRY(sql_assignment_live(c,
                            &(struct sql_assignment_live){who->county, who->account,
                                                          moment_day(who->now_us, ZONE_CHINA)},
                            &rows));
    while (sql_assignment_live_next(&rows, &row))
        VEC_PUSH(keep, all, all_n, cap) = (struct assignment){row.assignment,
                                                              who->account,
                                                              row.subject,
                                                              arena_copy(keep, row.kind),
                                                              arena_copy(keep, row.task),
                                                              (Day)row.last_day};
    TRY(db_rows_end(&rows));
    *out = all;
    *n = 0;
    struct access_view v = {.conn = c, .keep = keep, .county = who->county, .now_us = who->now_us};
    for (size_t i = 0; i < all_n; i++) { /* what ties them may have come to light since */
        bool conflict;
        enum tie_kind why;
        TRY(assign_conflict(&v, who->account, all[i].subject, &conflict, &why));
        if (!conflict)
            all[(*n)++] = all[i];
    }
    return OK;
}
