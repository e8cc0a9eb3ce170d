/* cap.c - what a subject or a group may get of a policy in a year, and once-only keys.
 *
 * Use is kept for every subject and group that was promised money, capped or not, so that a cap set
 * later counts what went before.
 */
#include "base/str.h"
#include "ledger/ledger_int.h"

enum { BY_SUBJECT, BY_GROUP, SCOPES };

static bool holder(const struct work *w, int scope, Str *out)
{
    *out = scope == BY_SUBJECT ? w->op.subject : w->op.grp;
    return out->n > 0;
}

static enum status look(struct work *w, int scope, Str who, int64_t *used)
{
    struct act *act = w->l->act;
    struct sql_ledger_use_get_row use;
    struct sql_ledger_cap_last_row cap;
    enum status st = sql_ledger_use_get_one(
        act->conn, w->l->tmp,
        &(struct sql_ledger_use_get){act->county, w->op.policy, w->op.year, scope + 1, who}, &use);
    *used = st == OK ? use.used : 0;
    w->use_known[scope] = st == OK;
    w->use_most[scope] = use.most;
    if (st != ERR_GONE)
        return st;
    st =
        sql_ledger_cap_last_one(act->conn, w->l->tmp,
                                &(struct sql_ledger_cap_last){act->county, w->op.policy, w->op.year,
                                                              scope == BY_SUBJECT ? S("") : who},
                                &cap);
    w->use_most[scope] = st == OK ? SQL_INT(cap.amount) : (SqlInt){0, false};
    return st == ERR_GONE ? OK : st;
}

static enum status once_check(struct work *w)
{
    struct act *act = w->l->act;
    struct sql_ledger_once_get_row row;
    if (w->op.item.n == 0)
        return OK;
    enum status st = sql_ledger_once_get_one(
        act->conn, w->l->tmp,
        &(struct sql_ledger_once_get){act->county, w->op.item, w->op.subject, w->op.year}, &row);
    if (st == ERR_GONE)
        return OK;
    TRY(st);
    return ledger_refuse(w, DIAG_LEDGER_ONCE, w->op.subject, w->op.item, ledger_id_text(w, row.op));
}

enum status ledger_claim_check(struct work *w, int64_t amount)
{
    struct act *act = w->l->act;
    struct sql_ledger_group_get_row grp;
    TRY(once_check(w));
    enum status st = sql_ledger_group_get_one(
        act->conn, w->l->tmp, &(struct sql_ledger_group_get){act->county, w->op.subject}, &grp);
    if (st == OK)
        w->op.grp = grp.grp;
    else if (st != ERR_GONE)
        return st;
    w->use = amount;
    for (int scope = 0; scope < SCOPES; scope++) {
        Str who;
        int64_t used;
        if (!holder(w, scope, &who))
            continue;
        TRY(look(w, scope, who, &used));
        if (w->use_most[scope].set && used + amount > w->use_most[scope].v)
            return ledger_refuse(w, DIAG_LEDGER_CAP, who, w->op.policy,
                                 ledger_fen_text(w, used + amount - w->use_most[scope].v));
    }
    return OK;
}

static enum status use_write(struct work *w, int scope, Str who)
{
    struct act *act = w->l->act;
    if (w->use_known[scope])
        return sql_ledger_use_move(
            act->conn, &(struct sql_ledger_use_move){act->county, w->op.policy, w->op.year,
                                                     scope + 1, who, w->use});
    return sql_ledger_use_add(act->conn, &(struct sql_ledger_use_add){act->county, w->op.policy,
                                                                      w->op.year, scope + 1, who,
                                                                      w->use, w->use_most[scope]});
}

static enum status uses_write(struct work *w)
{
    for (int scope = 0; scope < SCOPES; scope++) {
        Str who;
        if (holder(w, scope, &who))
            TRY(use_write(w, scope, who));
    }
    return OK;
}

enum status ledger_claim_write(struct work *w, int parts)
{
    struct act *act = w->l->act;
    TRY(uses_write(w));
    if (w->op.item.n == 0)
        return OK;
    return sql_ledger_once_add(act->conn,
                               &(struct sql_ledger_once_add){act->county, w->op.item, w->op.subject,
                                                             w->op.year, w->id, parts});
}

enum status ledger_claim_free(struct work *w)
{
    struct act *act = w->l->act;
    w->use_known[BY_SUBJECT] = w->use_known[BY_GROUP] = true;
    if (w->use != 0)
        TRY(uses_write(w));
    if (w->parts == 0 || w->op.item.n == 0)
        return OK;
    TRY(sql_ledger_once_end(act->conn,
                            &(struct sql_ledger_once_end){act->county, w->op.item, w->op.subject,
                                                          w->op.year, w->parts}));
    return sql_ledger_once_less(act->conn, &(struct sql_ledger_once_less){act->county, w->op.item,
                                                                          w->op.subject, w->op.year,
                                                                          w->parts});
}

enum status ledger_cap_check(struct work *w)
{
    struct act *act = w->l->act;
    struct sql_ledger_use_over_row row;
    int64_t scope = w->op.grp.n == 0 ? 1 : 2;
    enum status st =
        sql_ledger_use_over_one(act->conn, w->l->tmp,
                                &(struct sql_ledger_use_over){act->county, w->op.policy, w->op.year,
                                                              scope, w->op.grp, w->op.amount},
                                &row);
    if (st == ERR_GONE)
        return OK;
    TRY(st);
    return ledger_refuse(w, DIAG_LEDGER_CAP_BELOW, row.holder, w->op.policy,
                         ledger_fen_text(w, row.used));
}

enum status ledger_cap_write(struct work *w)
{
    struct act *act = w->l->act;
    return sql_ledger_use_cap(
        act->conn, &(struct sql_ledger_use_cap){act->county, w->op.policy, w->op.year,
                                                w->op.grp.n == 0 ? 1 : 2, w->op.grp, w->op.amount});
}
