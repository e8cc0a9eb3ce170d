/* tie.c - what ties somebody to a subject, which is then not theirs to judge. Experts tell of their
 * own; the office of anybody's. */
#include "access/account.h"
#include "access/assign.h"
#include "api/server_int.h"
#include "api_types.h"
#include "base/arena.h"
#include "base/str.h"
#include "sql.h"

enum { WORDS_MAX = 400 };

_Static_assert((int)API_TIE_TIE_OTHER + TIE_EMPLOYER == TIE_OTHER &&
                   (int)API_TIE_NEW_TIE_OTHER + TIE_EMPLOYER == TIE_OTHER,
               "the words of the contract stand in the order of enum tie_kind");

static bool is_office(const struct call *c)
{
    return !caller_has(&c->who, ROLE_JUDGE) && !caller_has(&c->who, ROLE_EXPERT);
}

enum status api_tie_list(struct call *c, struct api_ties *out)
{
    struct db_rows rows;
    struct sql_tie_all_row row;
    size_t cap = 0;
    TRY(sql_tie_all(c->conn, &(struct sql_tie_all){c->county, c->who.account, is_office(c)},
                    &rows));
    while (sql_tie_all_next(&rows, &row))
        VEC_PUSH(c->arena, out->ties.at, out->ties.n, cap) =
            (struct api_tie){.account = arena_copy(c->arena, row.title),
                             .kind = arena_copy(c->arena, row.subject_kind),
                             .identity = arena_copy(c->arena, row.identity),
                             .tie = (int)row.kind - TIE_EMPLOYER,
                             .last = {row.last_day.set, (Day)row.last_day.v},
                             .why = arena_copy(c->arena, row.why),
                             .actor = arena_copy(c->arena, row.actor),
                             .at = row.at_us};
    return db_rows_end(&rows);
}

/* Who is not of the office learns that a subject is there only where identities are public. */
static bool may_know(const struct call *c, const struct roster *r)
{
    int32_t id = r->rules->role[SUBJECT_ROLE_ID];
    return is_office(c) || (id >= 0 && r->rules->field[id].protect == PROTECT_PUBLIC);
}

static enum status find_subject(struct call *c, const struct api_tie_new *in, int64_t *subject)
{
    struct rosters *all;
    TRY(call_rosters(c, &all));
    const struct roster *r = roster_take(all, in->kind);
    bool there = r != NULL && may_know(c, r) && roster_find(r, in->subject, subject);
    roster_release(r);
    return there ? OK
                 : call_refuse(c, DIAG_API_NO_SUBJECT, r == NULL ? in->kind : in->subject, NO_ARG);
}

static enum status find_account(struct call *c, const struct api_tie_new *in, int64_t *account)
{
    *account = c->who.account;
    if (in->account.n == 0)
        return OK;
    enum status st = account_find(c->conn, c->arena, c->county, in->account, account);
    bool may = st == OK && (is_office(c) || *account == c->who.account);
    if (st == OK || st == ERR_GONE)
        return may ? OK : call_refuse(c, DIAG_API_NO_SUBJECT, in->account, NO_ARG);
    return st;
}

enum status api_tie_add(struct call *c, const struct api_tie_add_in *in, struct api_tie_done *out)
{
    const struct api_tie_new *b = &in->body;
    struct access_desk d = call_desk(c);
    struct tie tie = {.kind = (enum tie_kind)(b->tie + TIE_EMPLOYER),
                      .ended = b->last.set,
                      .last = b->last.v,
                      .why = b->why};
    if (b->why.n == 0 || b->why.n > WORDS_MAX)
        return call_refuse(c, DIAG_API_TYPE, S("why"), S("1..400"));
    TRY(find_account(c, b, &tie.account));
    TRY(find_subject(c, b, &tie.subject));
    TRY(assign_tie(&d, &tie));
    c->object = arena_fmt(c->arena, "account %lld", (long long)tie.account);
    json_kstr(&c->body, "kind", b->kind);
    json_kstr(&c->body, "subject", b->subject);
    json_kstr(&c->body, "tie", tie_word(tie.kind, false));
    out->act = c->act->no;
    return OK;
}
